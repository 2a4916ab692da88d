//! Flat rows: one for each quote, actor, entity or sentence of a document.
//!
//! In: a document and the unit of its positions. Out: rows whose fields are single values, ready
//! for a spreadsheet or a data frame. What a flat row cannot hold (fragments, several speakers) is
//! joined; the schema-1 record has it in full.
//!
//! Cost: linear in the document's tables.

use pullquote::actors::Role;
use pullquote::entities::{Country, Decimal, Entity, EntityId, Unit, Value};
use pullquote::index::Id;
use pullquote::json::score;
use pullquote::offsets::Offsets;
use pullquote::quotes::Quote;
use pullquote::{Document, OffsetUnit, Span, Spanned};
use serde::Serialize;

/// A row with named columns.
pub(super) trait Row: Serialize {
    /// The columns, in the order in which the row is serialised.
    const COLUMNS: &'static [&'static str];
}

/// One attribution.
#[derive(Debug, Serialize)]
pub(super) struct QuoteRow<'a> {
    document: Option<&'a str>,
    id: usize,
    kind: &'static str,
    /// The names, with "; " between several.
    pub(super) speaker: Option<String>,
    /// The first speaker's number among the record's actors.
    actor: Option<usize>,
    via: Option<&'static str>,
    pub(super) cue: String,
    cue_lemma: Option<&'static str>,
    cue_class: &'static str,
    polarity: &'static str,
    source: String,
    source_form: &'static str,
    /// The fragments, with a space between two.
    pub(super) content: String,
    /// From the first fragment's start ...
    start: u32,
    /// ... to the last one's end.
    end: u32,
    addressee: Option<&'a str>,
    medium: Option<&'a str>,
    time: Option<&'a str>,
    group: u32,
    sentence: usize,
    confidence: f64,
    evidence: &'static str,
}

impl Row for QuoteRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "id",
        "kind",
        "speaker",
        "actor",
        "via",
        "cue",
        "cue_lemma",
        "cue_class",
        "polarity",
        "source",
        "source_form",
        "content",
        "start",
        "end",
        "addressee",
        "medium",
        "time",
        "group",
        "sentence",
        "confidence",
        "evidence",
    ];
}

/// The quotes of a document, one row each.
pub(super) fn quotes(doc: &Document, unit: OffsetUnit) -> impl Iterator<Item = QuoteRow<'_>> {
    let offsets = Offsets::new(doc.text(), unit);
    doc.quote_table().iter().map(move |(id, quote)| {
        let span = quote.span();
        let first = doc.speaker(quote);
        QuoteRow {
            document: doc.id(),
            id: id.index(),
            kind: quote.kind.as_str(),
            speaker: speaker(doc, quote),
            actor: first.and_then(|who| who.actor).map(Id::index),
            via: first.map(|who| who.via.as_str()),
            cue: doc.joined(&quote.cue),
            cue_lemma: quote.cue_lemma,
            cue_class: quote.cue_class.as_str(),
            polarity: quote.polarity.as_str(),
            source: doc.joined(&quote.source),
            source_form: quote.source_form.as_str(),
            content: doc.joined(&quote.content),
            start: offsets.at(span.start()),
            end: offsets.at(span.end()),
            addressee: quote.addressee.map(|span| span.of(doc.text())),
            medium: quote.medium.map(|span| span.of(doc.text())),
            time: quote.time.and_then(|id| doc.entity_table().get(id)).map(|row| doc.text_of(row)),
            group: quote.group,
            sentence: quote.sentence.index(),
            confidence: score(quote.confidence),
            evidence: quote.evidence.as_str(),
        }
    })
}

/// Who said it, all names in one.
pub(crate) fn speaker(doc: &Document, quote: &Quote) -> Option<String> {
    let names = quote.speakers.iter().map(|who| who.name.of(doc.text()));
    let names = names.collect::<Vec<_>>().join("; ");
    (!names.is_empty()).then_some(names)
}

/// One entity.
#[derive(Debug, Serialize)]
pub(super) struct EntityRow<'a> {
    document: Option<&'a str>,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) text: &'a str,
    pub(super) label: &'static str,
    /// The canonical name of the actor it belongs to.
    pub(super) actor: Option<&'a str>,
    value: Option<Amount>,
    /// The upper end of a range, when the value is its lower end.
    value_to: Option<Amount>,
    unit: Option<&'a str>,
    country: Option<&'a str>,
    confidence: f64,
}

impl Row for EntityRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "start",
        "end",
        "text",
        "label",
        "actor",
        "value",
        "value_to",
        "unit",
        "country",
        "confidence",
    ];
}

/// A value as in the record: times are strings, amounts numbers.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Amount {
    Time(String),
    Whole(i64),
    Fraction(f64),
}

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
        value: entity.value.as_ref().map(|value| match value {
            Value::Time(time) => Amount::Time(time.to_string()),
            Value::Number(number) | Value::Numbers(number, _) => amount(*number),
        }),
        value_to: match entity.value {
            Some(Value::Numbers(_, high)) => Some(amount(high)),
            _ => None,
        },
        unit: entity.unit.as_ref().map(Unit::as_str),
        country: entity.country.as_ref().map(Country::as_str),
        confidence: score(entity.confidence),
    })
}

fn amount(number: Decimal) -> Amount {
    if number.scale == 0 {
        Amount::Whole(number.digits)
    } else {
        Amount::Fraction(number.to_string().parse().unwrap_or_default())
    }
}

fn name(doc: &Document, id: EntityId) -> Option<&str> {
    doc.actor_of(id).map(|actor| doc.name_of(actor))
}

/// What an entity means, in words: "2026-03-14", "2.40 USD", "FR".
pub(crate) fn meaning(entity: &Entity) -> String {
    let value = entity.value.as_ref().map(|value| match value {
        Value::Time(time) => time.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Numbers(low, high) => format!("{low}-{high}"),
    });
    let unit = entity.unit.as_ref().map(|unit| unit.as_str().to_owned());
    let country = entity.country.as_ref().map(|country| country.as_str().to_owned());
    [value, unit, country].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// One person, organisation or place.
#[derive(Debug, Serialize)]
pub(super) struct PersonRow<'a> {
    document: Option<&'a str>,
    /// Its number among the record's actors.
    id: usize,
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    /// The titles, with "; " between several.
    pub(super) role: String,
    /// Whose, by the fullest name that the article has, with "; " between several.
    pub(super) affiliation: String,
    /// How often it is mentioned, by name or without one.
    pub(super) mentions: usize,
    /// How many quotes it speaks, alone or with others.
    pub(super) quotes: usize,
}

impl Row for PersonRow<'_> {
    const COLUMNS: &'static [&'static str] =
        &["document", "id", "name", "kind", "role", "affiliation", "mentions", "quotes"];
}

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
#[derive(Debug, Serialize)]
pub(super) struct SentenceRow<'a> {
    pub(super) document: Option<&'a str>,
    pub(super) id: u64,
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) text: &'a str,
}

impl Row for SentenceRow<'_> {
    const COLUMNS: &'static [&'static str] = &["document", "id", "start", "end", "text"];
}

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

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns as the CSV writer derives them from the row.
    fn derived(row: impl Row) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(row).expect("flat");
        let bytes = writer.into_inner().expect("memory");
        let text = String::from_utf8(bytes).expect("UTF-8");
        text.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn columns_are_the_fields() {
        let sentence = SentenceRow { document: None, id: 0, start: 0, end: 10, text: "Rain fell." };
        assert_eq!(derived(sentence), SentenceRow::COLUMNS.join(","));
        let person = PersonRow {
            document: None,
            id: 0,
            name: "Ann Lee",
            kind: "PERSON",
            role: String::new(),
            affiliation: String::new(),
            mentions: 1,
            quotes: 0,
        };
        assert_eq!(derived(person), PersonRow::COLUMNS.join(","));
        let entity = EntityRow {
            document: None,
            start: 0,
            end: 4,
            text: "Rain",
            label: "MISC",
            actor: None,
            value: Some(Amount::Whole(1)),
            value_to: None,
            unit: None,
            country: None,
            confidence: 0.5,
        };
        assert_eq!(derived(entity), EntityRow::COLUMNS.join(","));
        let quote = QuoteRow {
            document: None,
            id: 0,
            kind: "direct",
            speaker: None,
            actor: None,
            via: None,
            cue: String::new(),
            cue_lemma: None,
            cue_class: "none",
            polarity: "asserted",
            source: String::new(),
            source_form: "none",
            content: String::new(),
            start: 0,
            end: 0,
            addressee: None,
            medium: None,
            time: None,
            group: 0,
            sentence: 0,
            confidence: 1.0,
            evidence: "",
        };
        assert_eq!(derived(quote), QuoteRow::COLUMNS.join(","));
    }
}
