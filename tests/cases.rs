//! The cases under `tests/cases`: a text, and what a reader expects of one stage.
//!
//! Each file is one stage. A case is read by people first, so it names the habit it pins; a
//! failure prints the name, what was expected and what was found, for all cases at once.

use pullquote::entities::{Entity, Label, Value};
use pullquote::{Article, Document, Parser, Spanned};
use serde::Deserialize;
use std::fmt::Debug;

#[derive(Deserialize)]
struct File<C> {
    case: Vec<C>,
}

/// The cases of a file.
#[expect(clippy::unwrap_used, reason = "a case file that cannot be read is a failure to show")]
fn read<C: for<'a> Deserialize<'a>>(file: &str) -> Vec<C> {
    let path = format!("{}/../../tests/cases/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    let file: File<C> = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file.case
}

/// Checks each case of a file; fails with all that differ.
fn check<C, W>(file: &str, found: impl Fn(&C, &Document) -> (W, W))
where
    C: for<'a> Deserialize<'a> + Case,
    W: PartialEq + Debug,
{
    let mut wrong = Vec::new();
    for case in read::<C>(file) {
        let doc = Parser::new().parse(case.article());
        let (expected, found) = found(&case, &doc);
        if expected != found {
            let name = case.name();
            wrong.push(format!("{name}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What every case has.
trait Case {
    fn name(&self) -> &str;
    fn text(&self) -> &str;
    fn article(&self) -> Article<'_> {
        self.text().into()
    }
}

macro_rules! case {
    ($name:ident { $($field:ident: $kind:ty),* }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            name: String,
            text: String,
            $($field: $kind),*
        }

        impl Case for $name {
            fn name(&self) -> &str {
                &self.name
            }
            fn text(&self) -> &str {
                &self.text
            }
        }
    };
}

case!(Strings { expect: Vec<String> });
case!(Blocks { expect: Vec<Block>, document_date: Option<String> });

#[derive(Debug, PartialEq, Deserialize)]
struct Block {
    kind: String,
    text: String,
}

/// The texts of rows, in order.
fn texts<'a, R: Spanned + 'a>(
    doc: &Document,
    rows: impl IntoIterator<Item = &'a R>,
) -> Vec<String> {
    rows.into_iter().map(|row| doc.text_of(row).to_owned()).collect()
}

#[test]
fn sentences() {
    // A record header stands in the expected list so that the list holds the whole text.
    check("sentences", |case: &Strings, doc| {
        let header = doc.blocks().iter().filter(|block| block.kind.is_metadata());
        let mut found = texts(doc, header);
        found.extend(texts(doc, doc.sentences()));
        (case.expect.clone(), found)
    });
}

#[test]
fn tokens() {
    check("tokens", |case: &Strings, doc| (case.expect.clone(), texts(doc, doc.tokens())));
}

#[test]
fn layout() {
    check("layout", |case: &Blocks, doc| {
        let blocks = doc.blocks().iter().map(|block| Block {
            kind: block.kind.as_str().to_owned(),
            text: doc.text_of(block).to_owned(),
        });
        let found = (blocks.collect::<Vec<_>>(), doc.date().map(|date| date.to_string()));
        let expected = case
            .expect
            .iter()
            .map(|block| Block { kind: block.kind.clone(), text: block.text.clone() });
        ((expected.collect(), case.document_date.clone()), found)
    });
}

/// Lines that were not broken at a width are cut alike alone and together.
#[test]
fn a_document_is_cut_as_its_lines_are() {
    let cases = read::<Strings>("sentences");
    let one_line = cases.iter().filter(|case| !case.text.contains('\n'));
    let whole = one_line.map(|case| case.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let parser = Parser::new();
    let doc = parser.parse(whole.as_str());
    let mut alone = Vec::new();
    for line in whole.split("\n\n") {
        let doc = parser.parse(line);
        alone.extend(texts(&doc, doc.sentences()));
    }
    assert_eq!(texts(&doc, doc.sentences()), alone);
}

/// A case of what has a value: times and amounts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    name: String,
    text: String,
    /// The document date; without one the text has none.
    date: Option<String>,
    expect: Vec<Valued>,
}

impl Case for Values {
    fn name(&self) -> &str {
        &self.name
    }
    fn text(&self) -> &str {
        &self.text
    }
    fn article(&self) -> Article<'_> {
        let date = self.date.as_deref().and_then(|date| date.parse().ok());
        Article { text: &self.text, date, ..Article::default() }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Valued {
    text: String,
    label: String,
    /// A time in TIMEX3 form, a number, or "low..high".
    value: Option<String>,
    unit: Option<String>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
}

/// Entities of some labels, as a case writes them.
fn valued(doc: &Document, labels: &[Label]) -> Vec<Valued> {
    let wanted = |entity: &&Entity| labels.contains(&entity.label);
    let entities = doc.entities().iter().filter(wanted);
    let show = |entity: &Entity| Valued {
        text: doc.text_of(entity).to_owned(),
        label: entity.label.as_str().to_owned(),
        value: entity.value.as_ref().map(|value| match value {
            Value::Time(iso) => iso.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Numbers(low, high) => format!("{low}..{high}"),
        }),
        unit: entity.unit.as_ref().map(|unit| unit.as_str().to_owned()),
        modifier: entity.modifier.map(|modifier| modifier.as_str().to_owned()),
    };
    entities.map(show).collect()
}

#[test]
fn dates() {
    let labels = [Label::Date, Label::Time, Label::Duration, Label::Set];
    check("dates", |case: &Values, doc| (case.expect.clone(), valued(doc, &labels)));
}

#[test]
fn amounts() {
    let labels = [Label::Money, Label::Percent];
    check("amounts", |case: &Values, doc| (case.expect.clone(), valued(doc, &labels)));
}
