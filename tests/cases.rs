//! The cases of `tests/cases`, run through the core: what each file's header promises.
//!
//! A file, or a folder of files, holds many short texts with what must be found in each.
//! `required.toml` says which share of its cases must pass; the Python tests read the same files and the same shares, and the
//! program's tests hold its records to the core's, so that no face can drift from another.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a case file that cannot be read is a failure to show, and so is each share"
)]

use pullquote::entities::{Exact, Label, Timex, Value};
use pullquote::{Article, Date, Document, Parser, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One file.
#[derive(Deserialize)]
struct File<E> {
    case: Vec<Case<E>>,
}

/// One text and what must be found in it.
#[derive(Deserialize)]
struct Case<E> {
    name: String,
    text: String,
    date: Option<String>,
    expect: Vec<E>,
    #[serde(default)]
    stray: usize,
    document_date: Option<String>,
    speakers: Option<Vec<String>>,
    #[serde(default)]
    people: Vec<Person>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Mark {
    text: String,
    function: String,
    closed: bool,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Block {
    kind: String,
    text: String,
}

/// An entity; what is left out is not asked for.
#[derive(Debug, Deserialize)]
struct Entity {
    text: String,
    label: String,
    value: Option<String>,
    unit: Option<String>,
    country: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Actor {
    name: String,
    kind: String,
    #[serde(default)]
    roles: Vec<String>,
    mentions: Vec<String>,
}

/// A quotation by a stretch of its words, and who said it.
#[derive(Debug, Deserialize)]
struct Spoken {
    words: String,
    by: Vec<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Person {
    name: String,
    #[serde(default)]
    roles: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Quote {
    kind: String,
    content: Vec<String>,
    #[serde(default)]
    cue: String,
    #[serde(default)]
    source: String,
    speaker: Option<String>,
    speakers: Option<Vec<String>>,
    polarity: Option<String>,
    addressee: Option<String>,
    medium: Option<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases"))
}

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let path = folder().join(format!("{name}.toml"));
    let text = std::fs::read_to_string(&path).expect("a file of cases");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Checks that enough of a file's `total` expectations are met.
fn require(name: &str, total: usize, failed: &[String]) {
    let required = read::<BTreeMap<String, f64>>("required")[name];
    let passed = total - failed.len();
    println!("{name}: {passed} of {total} pass; failed: {failed:#?}");
    #[expect(clippy::cast_precision_loss, reason = "a few hundred cases")]
    let share = passed as f64 / total as f64;
    assert!(share >= required, "{share:.3} of {name} pass, {required} required: {failed:#?}");
}

/// The files of a name: its file, or those in its folder.
fn files(name: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder().join(name)) else { return vec![name.to_owned()] };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let files = paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut files: Vec<String> =
        files.filter_map(|path| Some(format!("{name}/{}", path.file_stem()?.to_str()?))).collect();
    files.sort();
    files
}

/// Checks every case of a name against the share that must pass.
fn run<E: for<'de> Deserialize<'de>>(name: &str, passes: fn(&Document, &Case<E>) -> bool) {
    let parser = Parser::new();
    let mut failed = Vec::new();
    let mut count = 0;
    for file in files(name) {
        let cases = read::<File<E>>(&file).case;
        let before = failed.len();
        failed.extend(cases.iter().filter_map(|case| {
            let date = case.date.as_ref().map(|date| date.parse::<Date>().expect("a date"));
            let article = Article { text: &case.text, date, ..Article::default() };
            (!passes(&parser.parse(article), case)).then(|| format!("{file}: {}", case.name))
        }));
        let wrong = failed.len() - before;
        println!("{file}: {} of {} cases pass", cases.len() - wrong, cases.len());
        count += cases.len();
    }
    require(name, count, &failed);
}

fn joined(doc: &Document, spans: &[Span]) -> String {
    spans.iter().map(|span| doc.text_of(span)).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_file_is_required_and_checked() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder of cases")
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .filter(|name| name != "required")
        .collect();
    files.sort();
    let required = read::<BTreeMap<String, f64>>("required").into_keys();
    assert!(required.eq(files), "required.toml names each file of cases");
}

#[test]
fn sentences() {
    run::<String>("sentences", |doc, case| {
        doc.sentences()
            .iter()
            .map(|row| doc.text_of(row))
            .eq(case.expect.iter().map(String::as_str))
    });
}

#[test]
fn tokens() {
    run::<String>("tokens", |doc, case| {
        doc.tokens().iter().map(|row| doc.text_of(row)).eq(case.expect.iter().map(String::as_str))
    });
}

#[test]
fn layout() {
    run::<Block>("layout", |doc, case| {
        let blocks = doc.blocks().iter().map(|block| Block {
            kind: block.kind.as_str().to_owned(),
            text: doc.text_of(block).to_owned(),
        });
        blocks.collect::<Vec<_>>() == case.expect
            && doc.date().map(|date| date.to_string()) == case.document_date
    });
}

#[test]
fn marks() {
    run::<Mark>("marks", |doc, case| {
        let marks = doc.quote_marks().iter().map(|mark| Mark {
            text: doc.text_of(mark).to_owned(),
            function: mark.function.as_str().to_owned(),
            closed: mark.closed,
        });
        marks.collect::<Vec<_>>() == case.expect && doc.stray_marks().len() == case.stray
    });
}

fn entities_pass(doc: &Document, case: &Case<Entity>) -> bool {
    let rows = doc.entities();
    rows.len() == case.expect.len()
        && rows.iter().zip(&case.expect).all(|(row, wanted)| {
            let value = row.value.as_ref().map(|value| match value {
                Value::Time(time) => time.to_string(),
                Value::Number(number) | Value::Numbers(number, _) => {
                    let plain = number.to_string();
                    if plain.contains('.') {
                        plain.trim_end_matches('0').trim_end_matches('.').to_owned()
                    } else {
                        plain
                    }
                }
            });
            let agrees = |wanted: &Option<String>, found: Option<&str>| {
                wanted.as_deref().is_none_or(|wanted| found == Some(wanted))
            };
            doc.text_of(row) == wanted.text
                && row.label.as_str() == wanted.label
                && agrees(&wanted.value, value.as_deref())
                && agrees(&wanted.unit, row.unit.as_ref().map(pullquote::entities::Unit::as_str))
                && agrees(&wanted.country, row.country.as_ref().map(pullquote::code::Code::as_str))
        })
}

#[test]
fn entities() {
    run::<Entity>("entities", entities_pass);
}

/// An actor's roles as the cases write them.
fn roles_of(doc: &Document, actor: &pullquote::actors::Actor) -> Vec<String> {
    let roles = actor.roles.iter().map(|role| {
        let title = role.title.of(doc.text());
        role.of.map_or(title.to_owned(), |of| format!("{title} ({})", of.of(doc.text())))
    });
    roles.collect()
}

/// The actors as the cases write them.
fn actors_of(doc: &Document) -> Vec<Actor> {
    let actors = doc.actor_table().iter().map(|(id, actor)| Actor {
        name: actor.name.of(doc.text()).to_owned(),
        kind: actor.kind.as_str().to_owned(),
        roles: roles_of(doc, actor),
        mentions: doc
            .mentions()
            .rows()
            .iter()
            .filter(|mention| mention.actor == id)
            .map(|mention| doc.text_of(mention).to_owned())
            .collect(),
    });
    actors.collect()
}

/// The speakers of each quote, "; " between several.
fn speakers_of(doc: &Document) -> Vec<String> {
    let names = doc.quotes().iter().map(|quote| {
        quote.speakers.iter().map(|who| who.name.of(doc.text())).collect::<Vec<_>>().join("; ")
    });
    names.collect()
}

#[test]
fn actors() {
    run::<Actor>("actors", |doc, case| {
        actors_of(doc) == case.expect
            && case.speakers.as_ref().is_none_or(|wanted| *wanted == speakers_of(doc))
    });
}

/// Who said the innermost quotation that holds some words; nobody when none does.
fn speakers_of_words<'a>(doc: &'a Document, words: &str) -> Vec<&'a str> {
    let holding = doc.quotes().iter().filter(|quote| joined(doc, &quote.content).contains(words));
    let innermost = holding.min_by_key(|quote| joined(doc, &quote.content).len());
    let speakers = innermost.map_or(&[][..], |quote| quote.speakers.as_slice());
    speakers.iter().map(|who| who.name.of(doc.text())).collect()
}

#[test]
fn speakers() {
    let cases = read::<File<Spoken>>("speakers").case;
    let (mut total, mut failed) = (0, Vec::new());
    for case in &cases {
        let doc = Parser::new().parse(case.text.as_str());
        let people: Vec<Person> = (doc.actors().iter())
            .filter(|actor| actor.kind == Label::Person)
            .map(|actor| Person {
                name: actor.name.of(doc.text()).to_owned(),
                roles: roles_of(&doc, actor),
            })
            .collect();
        let mut check = |met: bool, what: &str| {
            total += 1;
            if !met {
                failed.push(format!("{}: {what}", case.name));
            }
        };
        for row in &case.expect {
            check(speakers_of_words(&doc, &row.words) == row.by, &row.words);
        }
        for person in &case.people {
            check(people.contains(person), &person.name);
        }
        check(doc.quotes().len() == case.expect.len(), "as many quotations");
        check(people.len() == case.people.len(), "as many people");
    }
    require("speakers", total, &failed);
}

#[test]
fn quotes() {
    run::<Quote>("quotes", |doc, case| {
        doc.quotes().len() == case.expect.len()
            && doc.quotes().iter().zip(&case.expect).all(|(row, wanted)| {
                let names = row.speakers.iter().map(|speaker| speaker.name.of(doc.text()));
                let one = wanted.speaker.iter().cloned().collect();
                let speakers = wanted.speakers.as_ref().unwrap_or(&one);
                let agrees = |wanted: &Option<String>, found: Option<Span>| {
                    wanted.is_none() || found.map(|span| doc.text_of(&span)) == wanted.as_deref()
                };
                row.kind.as_str() == wanted.kind
                    && row.content.iter().map(|part| doc.text_of(part)).eq(&wanted.content)
                    && joined(doc, &row.cue) == wanted.cue
                    && joined(doc, &row.source) == wanted.source
                    && names.eq(speakers)
                    && row.polarity.as_str() == wanted.polarity.as_deref().unwrap_or("asserted")
                    && agrees(&wanted.addressee, row.addressee)
                    && agrees(&wanted.medium, row.medium)
            })
    });
}

/// A time or an amount with all that its value says.
#[derive(Debug, PartialEq, Deserialize)]
struct Measure {
    text: String,
    label: String,
    /// A time in TIMEX3 form, a number with its zeros, or "low..high".
    value: Option<String>,
    unit: Option<String>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
}

/// Whether the entities of a kind of label are those of a case.
fn measures(doc: &Document, case: &Case<Measure>, of_kind: fn(Label) -> bool) -> bool {
    let rows = doc.entities().iter().filter(|entity| of_kind(entity.label));
    let found = rows.map(|row| Measure {
        text: doc.text_of(row).to_owned(),
        label: row.label.as_str().to_owned(),
        value: row.value.as_ref().map(|value| match value {
            Value::Time(time) => time.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Numbers(low, high) => format!("{low}..{high}"),
        }),
        unit: row.unit.as_ref().map(|unit| unit.as_str().to_owned()),
        modifier: row.modifier.map(|modifier| modifier.as_str().to_owned()),
    });
    found.collect::<Vec<_>>() == case.expect
}

/// A time with the days it covers; what is left out must be absent.
#[derive(Debug, PartialEq, Deserialize)]
struct Interval {
    text: String,
    value: Option<String>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    first: Option<String>,
    last: Option<String>,
    exact: Option<String>,
    grain: Option<String>,
}

/// A time's exact value in ISO form.
fn iso(exact: Exact) -> String {
    let zone = |minutes: Option<i16>| {
        minutes.map_or(String::new(), |minutes| {
            let (sign, size) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
            format!("{sign}{:02}:{:02}", size / 60, size % 60)
        })
    };
    match exact {
        Exact::Day(day) => day.to_string(),
        Exact::Moment(moment, east) => format!("{moment}{}", zone(east)),
        Exact::OfDay(time, east) => format!("{time}{}", zone(east)),
    }
}

#[test]
fn intervals() {
    run::<Interval>("intervals", |doc, case| {
        let rows = doc.entities().iter().filter(|entity| entity.label.is_time());
        let found = rows.map(|row| {
            let time = match row.value {
                Some(Value::Time(time)) => Some(time),
                _ => None,
            };
            let days = time.and_then(Timex::days);
            Interval {
                text: doc.text_of(row).to_owned(),
                value: time.map(|time| time.to_string()),
                modifier: row.modifier.map(|modifier| modifier.as_str().to_owned()),
                first: days.map(|days| days.first.to_string()),
                last: days.map(|days| days.last.to_string()),
                exact: time.and_then(Timex::exact).map(iso),
                grain: time.and_then(Timex::grain).map(|grain| grain.as_str().to_owned()),
            }
        });
        found.collect::<Vec<_>>() == case.expect
    });
}

#[test]
fn dates() {
    run::<Measure>("dates", |doc, case| measures(doc, case, Label::is_time));
}

#[test]
fn amounts() {
    run::<Measure>("amounts", |doc, case| measures(doc, case, Label::is_amount));
}
