//! Entity scores: exact span and label, micro-averaged.
//!
//! In: gold and found spans of each article. Out: precision, recall and F1 of `names` (PERSON, LOC
//! with FAC, ORG), `all` nine classes, `span` (labels ignored), `named` (the seven classes that the
//! model finds) and each class. The rules are those of the project's reference scorer: spans equal
//! up to a leading article or a trailing possessive are equal, and a found date that the gold does
//! not have counts only when it is an absolute one.

use crate::items::load;
use anyhow::{Context, Result};
use pullquote::Span;
use pullquote::entities::features::FEATURES;
use pullquote::entities::{self, Label, names};
use pullquote::model::Tagger;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

const CLASSES: [Label; 9] = [
    Label::Person,
    Label::Org,
    Label::Loc,
    Label::Fac,
    Label::Norp,
    Label::Product,
    Label::Misc,
    Label::Date,
    Label::Money,
];

/// Scores what is found in a file's articles and writes the table, how often names with a
/// confidence of 0.9 and more are right, and up to `errors` errors.
///
/// # Errors
/// When a file cannot be read or does not hold what it should.
pub fn run(file: &Path, model: Option<&Path>, errors: usize, out: &mut impl Write) -> Result<()> {
    let bytes = model
        .map(|path| std::fs::read(path).with_context(|| format!("reading {}", path.display())));
    let bytes = bytes.transpose()?;
    let tagger = match &bytes {
        Some(bytes) => Some(Tagger::read(bytes, FEATURES)?),
        None => names::embedded(),
    };
    let (mut scores, mut sure, mut shown) = (Scores::default(), Count::default(), 0);
    for item in load(file)? {
        let (text, gold) = (&item.article.text, &item.article.spans);
        let found = entities::find(item.reading(), &item.layout, tagger.as_ref());
        let found = found.rows();
        let spans: Vec<_> = found.iter().map(|entity| (entity.span, entity.label)).collect();
        scores.add(text, gold, &spans);
        for entity in found.iter().filter(|entity| is_named(entity.label)) {
            let right = gold.contains(&(entity.span, entity.label));
            if entity.confidence >= 0.9 {
                sure.found += 1;
                sure.right += usize::from(right);
            }
            sure.wanted += 1;
        }
        let (gold, spans) = (keyed(text, gold, None), keyed(text, &spans, None));
        for (span, label) in gold.iter().filter(|row| spans.get(row.0) != Some(row.1)) {
            if shown < errors {
                shown += 1;
                let found = spans.get(span).map_or("nothing", |label| label.as_str());
                let id = &item.article.id;
                writeln!(out, "{id}\t{}\t{}\t{found}", label.as_str(), span.of(text))?;
            }
        }
    }
    write!(out, "{}", scores.table())?;
    let share = sure.figures();
    writeln!(out, "sure     {:5.1} % right of {} names in {}", share[0], sure.found, sure.wanted)?;
    Ok(())
}

/// Right, found and wanted spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Count {
    /// Precision, recall and F1, in percent.
    #[expect(clippy::cast_precision_loss, reason = "counts of spans are small")]
    pub fn figures(self) -> [f64; 3] {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * self.right as f64 / of as f64 };
        let (p, r) = (share(self.found), share(self.wanted));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// Counts of all articles so far.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    rows: BTreeMap<&'static str, Count>,
}

type Spans = BTreeMap<Span, Label>;

impl Scores {
    /// Adds an article.
    pub fn add(&mut self, text: &str, gold: &[(Span, Label)], found: &[(Span, Label)]) {
        let gold = keyed(text, gold, None);
        let found = keyed(text, found, Some(&gold));
        let place = |label: Label| if label == Label::Fac { Label::Loc } else { label };
        let is_name =
            |label: Label| matches!(place(label), Label::Person | Label::Org | Label::Loc);
        let mut count = |name,
                         keep: &dyn Fn(Label) -> bool,
                         same: &dyn Fn(Label, Label) -> bool| {
            let row = self.rows.entry(name).or_default();
            row.wanted += gold.values().filter(|&&label| keep(label)).count();
            row.found += found.values().filter(|&&label| keep(label)).count();
            row.right += gold
                .iter()
                .filter(|&(span, &want)| {
                    found.get(span).is_some_and(|&has| keep(want) && keep(has) && same(want, has))
                })
                .count();
        };
        count("names", &is_name, &|a, b| place(a) == place(b));
        count("all", &|_| true, &|a, b| a == b);
        count("span", &|_| true, &|_, _| true);
        count("named", &is_named, &|a, b| a == b);
        for class in CLASSES {
            count(class.as_str(), &|label| label == class, &|a, b| a == b);
        }
    }

    /// One row's counts.
    pub fn of(&self, name: &str) -> Count {
        self.rows.get(name).copied().unwrap_or_default()
    }

    /// The table for people, one row a line.
    pub fn table(&self) -> String {
        let names = ["names", "all", "span", "named"].into_iter();
        let rows = names.chain(CLASSES.map(Label::as_str)).map(|name| {
            let [p, r, f] = self.of(name).figures();
            format!("{name:<8} P {p:5.1}  R {r:5.1}  F1 {f:5.1}  ({})\n", self.of(name).wanted)
        });
        rows.collect()
    }
}

/// Whether the model finds entities of this label; rules find the others.
fn is_named(label: Label) -> bool {
    names::MODEL_LABELS.contains(&Some(label))
}

fn keyed(text: &str, spans: &[(Span, Label)], gold: Option<&Spans>) -> Spans {
    let mut out = Spans::new();
    for &(span, label) in spans {
        let label = match label {
            Label::Time | Label::Duration | Label::Set => Label::Date,
            Label::Percent => continue,
            label => label,
        };
        let key = bare(text, span);
        let stray = label == Label::Date && gold.is_some_and(|gold| !gold.contains_key(&key));
        if !stray || is_absolute(span.of(text)) {
            out.insert(key, label);
        }
    }
    out
}

/// The span without a leading article and a trailing possessive.
fn bare(text: &str, span: Span) -> Span {
    let word = span.of(text);
    let (mut start, mut end) = (span.start(), span.end());
    if let Some((first, rest)) = word.split_once(char::is_whitespace) {
        let rest = rest.trim_start();
        if ["the", "a", "an"].contains(&first.to_ascii_lowercase().as_str()) && !rest.is_empty() {
            start = end - rest.len();
        }
    }
    let word = Span::new(start, end).of(text);
    let stem = word.strip_suffix('s').unwrap_or(word);
    if let Some(stem) = stem.strip_suffix(['\'', '’']).filter(|stem| !stem.is_empty()) {
        end = start + stem.len();
    }
    Span::new(start, end)
}

/// Whether a time names a digit, a month or a weekday.
fn is_absolute(time: &str) -> bool {
    const STARTS: [&str; 19] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    let lower = time.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    time.chars().any(char::is_numeric)
        || words.any(|word| {
            STARTS.iter().any(|start| {
                word.strip_prefix(start)
                    .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_lowercase()))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The Quay Board met Ann Lee's aide on Monday, two days after May 3.";

    fn at(part: &str) -> Span {
        let start = TEXT.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[test]
    fn articles_and_possessives_do_not_count() {
        let gold = [(at("Quay Board"), Label::Org), (at("Ann Lee"), Label::Person)];
        let found = [(at("The Quay Board"), Label::Org), (at("Ann Lee's"), Label::Person)];
        let mut scores = Scores::default();
        scores.add(TEXT, &gold, &found);
        assert_eq!(scores.of("names"), Count { right: 2, found: 2, wanted: 2 });
    }

    #[test]
    fn only_absolute_times_count_as_wrong() {
        let gold = [(at("Monday"), Label::Date)];
        let found = [
            (at("Monday"), Label::Date),
            (at("two days"), Label::Duration),
            (at("May 3"), Label::Date),
        ];
        let mut scores = Scores::default();
        scores.add(TEXT, &gold, &found);
        assert_eq!(scores.of("DATE"), Count { right: 1, found: 2, wanted: 1 });
    }

    #[test]
    fn a_building_is_a_place_among_names() {
        let (gold, found) = ([(at("Quay"), Label::Fac)], [(at("Quay"), Label::Loc)]);
        let mut scores = Scores::default();
        scores.add(TEXT, &gold, &found);
        assert_eq!(scores.of("names").right, 1);
        assert_eq!(scores.of("all").right, 0);
        assert_eq!(scores.of("span").right, 1);
    }
}
