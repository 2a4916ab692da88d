//! Flat rows: one for each quote, actor, entity or sentence of a document.
//!
//! In: a document and the unit of its positions. Out: rows whose fields are single values, ready
//! for a spreadsheet or a data frame. What a flat row cannot hold (fragments, several speakers) is
//! joined; the schema-1 record has it in full.
//!
//! Cost: linear in the document's tables.

mod quotes;

pub(super) use quotes::{QuoteRow, quotes};

use super::cells::{Cell, Column};
use pullquote::actors::Role;
use pullquote::entities::{Country, Decimal, EntityId, Unit, Value};
use pullquote::index::Id;
use pullquote::json::score;
use pullquote::offsets::Offsets;
use pullquote::{Document, OffsetUnit, Span};

/// A row with named columns.
pub(super) trait Row<'a> {
    /// The columns.
    const COLUMNS: &'static [Column];

    /// The cells, in the order of the columns.
    fn cells(self) -> Vec<Cell<'a>>;
}

/// Makes a row of a struct's fields: each is a column of that name, of the kind behind it.
macro_rules! row {
    ($row:ident { $($field:ident: $kind:ident),* $(,)? }) => {
        impl<'a> Row<'a> for $row<'a> {
            const COLUMNS: &'static [Column] = &[$(Column::$kind(stringify!($field))),*];

            fn cells(self) -> Vec<Cell<'a>> {
                vec![$(self.$field.into()),*]
            }
        }
    };
}
use row;

/// One entity.
#[derive(Debug)]
pub(super) struct EntityRow<'a> {
    document: Option<&'a str>,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) text: &'a str,
    pub(super) label: &'static str,
    /// The canonical name of the actor it belongs to.
    pub(super) actor: Option<&'a str>,
    /// As in the record: times are strings, amounts numbers.
    value: Cell<'a>,
    /// The upper end of a range, when the value is its lower end.
    value_to: Cell<'a>,
    unit: Option<&'a str>,
    country: Option<&'a str>,
    confidence: f64,
}

row!(EntityRow {
    document: text,
    start: whole,
    end: whole,
    text: text,
    label: text,
    actor: text,
    value: text,
    value_to: text,
    unit: text,
    country: text,
    confidence: fraction,
});

/// The entities of a document, one row each.
pub(super) fn entities(doc: &Document, unit: OffsetUnit) -> impl Iterator<Item = EntityRow<'_>> {
    let offsets = Offsets::new(doc.text(), unit);
    doc.entity_table().iter().map(move |(id, entity)| EntityRow {
        document: doc.id(),
        start: offsets.at(entity.span.start()),
        end: offsets.at(entity.span.end()),
        text: doc.text_of(entity),
        label: entity.label.as_str(),
        actor: name(doc, id),
        value: match &entity.value {
            None => Cell::None,
            Some(Value::Time(time)) => time.to_string().into(),
            Some(Value::Number(number) | Value::Numbers(number, _)) => amount(*number),
        },
        value_to: match entity.value {
            Some(Value::Numbers(_, high)) => amount(high),
            _ => Cell::None,
        },
        unit: entity.unit.as_ref().map(Unit::as_str),
        country: entity.country.as_ref().map(Country::as_str),
        confidence: score(entity.confidence),
    })
}

fn amount(number: Decimal) -> Cell<'static> {
    if number.scale == 0 {
        Cell::Whole(number.digits)
    } else {
        Cell::Fraction(number.to_string().parse().unwrap_or_default())
    }
}

fn name(doc: &Document, id: EntityId) -> Option<&str> {
    doc.actor_of(id).map(|actor| doc.name_of(actor))
}

/// One person, organisation or place.
#[derive(Debug)]
pub(super) struct PersonRow<'a> {
    document: Option<&'a str>,
    /// Its number among the record's actors.
    id: usize,
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    /// What the text tells of a person's gender.
    gender: Option<&'static str>,
    /// The titles, with "; " between several.
    pub(super) role: String,
    /// Whose, by the fullest name that the article has, with "; " between several.
    pub(super) affiliation: String,
    /// How often it is mentioned, by name or without one.
    pub(super) mentions: usize,
    /// How many quotes it speaks, alone or with others.
    pub(super) quotes: usize,
}

row!(PersonRow {
    document: text,
    id: whole,
    name: text,
    kind: text,
    gender: text,
    role: text,
    affiliation: text,
    mentions: whole,
    quotes: whole,
});

/// The actors of a document, one row each.
pub(super) fn people(doc: &Document) -> impl Iterator<Item = PersonRow<'_>> {
    let owner = |role: &Role| match role.of_actor.and_then(|id| doc.actor_table().get(id)) {
        Some(actor) => Some(actor.name),
        None => role.of,
    };
    doc.actor_table().iter().map(move |(id, actor)| PersonRow {
        document: doc.id(),
        id: id.index(),
        name: actor.name.of(doc.text()),
        kind: actor.kind.as_str(),
        gender: actor.gender.as_str(),
        role: listed(doc, actor.roles.iter().map(|role| role.title)),
        affiliation: listed(doc, actor.roles.iter().filter_map(owner)),
        mentions: doc.mentions_of(id).len(),
        quotes: doc.quotes_of(id).len(),
    })
}

/// The different texts under several spans, "; " between two.
fn listed(doc: &Document, spans: impl Iterator<Item = Span>) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for text in spans.map(|span| span.of(doc.text())) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("; ")
}

/// One sentence.
#[derive(Debug)]
pub(super) struct SentenceRow<'a> {
    pub(super) document: Option<&'a str>,
    pub(super) id: u64,
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) text: &'a str,
}

row!(SentenceRow { document: text, id: whole, start: whole, end: whole, text: text });

/// The sentences of a document, one row each.
pub(super) fn sentences(doc: &Document, unit: OffsetUnit) -> impl Iterator<Item = SentenceRow<'_>> {
    let offsets = Offsets::new(doc.text(), unit);
    doc.sentences().iter().zip(0..).map(move |(sentence, id)| SentenceRow {
        document: doc.id(),
        id,
        start: offsets.at(sentence.span.start()).into(),
        end: offsets.at(sentence.span.end()).into(),
        text: doc.text_of(sentence),
    })
}

/// One document.
#[derive(Debug)]
pub(super) struct DocumentRow<'a> {
    document: Option<&'a str>,
    date: Option<String>,
    title: Option<&'a str>,
    sentences: usize,
    entities: usize,
    actors: usize,
    quotes: usize,
}

row!(DocumentRow {
    document: text,
    date: text,
    title: text,
    sentences: whole,
    entities: whole,
    actors: whole,
    quotes: whole,
});

/// What a row that holds a whole document tells of it beside its tables and its text.
#[cfg(feature = "files")]
pub(super) const ABOUT: &[Column] =
    &[Column::text("document"), Column::text("date"), Column::text("title")];

/// The column that holds a whole document's text.
#[cfg(feature = "files")]
pub(super) const TEXT: &str = "text";

/// The cells of [`ABOUT`].
#[cfg(feature = "files")]
pub(super) fn about(doc: &Document) -> [Cell<'_>; 3] {
    [doc.id().into(), doc.date().map(|date| date.to_string()).into(), doc.title().into()]
}

/// What is in a document, in one row.
pub(super) fn document(doc: &Document) -> DocumentRow<'_> {
    DocumentRow {
        document: doc.id(),
        date: doc.date().map(|date| date.to_string()),
        title: doc.title(),
        sentences: doc.sentences().len(),
        entities: doc.entities().len(),
        actors: doc.actors().len(),
        quotes: doc.quotes().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the columns that hold something, to be compared by eye with the cells.
    fn filled<'a, R: Row<'a>>(row: R) -> Vec<&'static str> {
        let cells = row.cells();
        assert_eq!(cells.len(), R::COLUMNS.len());
        let cells = R::COLUMNS.iter().zip(cells);
        cells.filter(|(_, cell)| *cell != Cell::None).map(|(column, _)| column.name).collect()
    }

    #[test]
    fn each_column_has_its_cell() {
        let text = "“The dam will hold,” said Ann Lee on Monday.";
        let doc = pullquote::Parser::new().parse(text);
        let sentence = sentences(&doc, OffsetUnit::Chars).next().expect("one sentence");
        assert_eq!(filled(sentence), ["id", "start", "end", "text"]);
        let person = people(&doc).next().expect("one person");
        let names = ["id", "name", "kind", "gender", "role", "affiliation", "mentions", "quotes"];
        assert_eq!(filled(person), names);
        let name = entities(&doc, OffsetUnit::Chars).next().expect("a name");
        assert_eq!(filled(name), ["start", "end", "text", "label", "actor", "confidence"]);
        let quote = quotes(&doc, OffsetUnit::Chars).next().expect("a quote");
        let cells = quote.cells();
        let at = |name| QuoteRow::COLUMNS.iter().position(|column| column.name == name);
        let cell = |name| at(name).and_then(|at| cells.get(at).cloned());
        assert_eq!(cell("speaker"), Some("Ann Lee".into()));
        assert_eq!(cell("cue"), Some("said".into()));
        assert_eq!(cell("kind"), Some("direct".into()));
        assert_eq!((cell("start"), cell("end")), (Some(0_u32.into()), Some(20_u32.into())));
        assert_eq!(filled(document(&doc)), ["sentences", "entities", "actors", "quotes"]);
    }
}
