//! The wire form: a document as a schema-1 JSON record.
//!
//! In: a [`Document`]. Out: one JSON object, written by serde straight from the tables, with every
//! position in the unit asked for. The same bytes come from Rust, the program and Python.
//!
//! Field names and order are the schema; internal types may change without it.
//! Cost: one pass over the tables; the text is escaped once.

use crate::actors::{Actor, ActorId, MentionId, Role};
use crate::document::Document;
use crate::entities::{Decimal, Entity, EntityId, Value};
use crate::index::Id;
use crate::offsets::{OffsetUnit, Offsets};
use crate::quotes::{Quote, QuoteId, QuoteMark, Speaker};
use crate::span::Span;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

/// The version of the record's fields.
pub const SCHEMA: u32 = 1;

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordOptions {
    /// The unit of every `start` and `end`.
    pub offsets: OffsetUnit,
    /// Whether the record repeats the text.
    pub text: bool,
}

impl Default for RecordOptions {
    fn default() -> Self {
        Self { offsets: OffsetUnit::Chars, text: true }
    }
}

/// A document ready to be serialised.
#[derive(Debug)]
pub struct Record<'a> {
    doc: &'a Document,
    offsets: Offsets<'a>,
    options: RecordOptions,
}

impl<'a> Record<'a> {
    /// Prepares `doc` for writing. Linear in the text when it is not ASCII.
    pub fn new(doc: &'a Document, options: RecordOptions) -> Self {
        Self { doc, offsets: Offsets::new(doc.text(), options.offsets), options }
    }
}

impl Document {
    /// The schema-1 record as one line of JSON. Linear in the document.
    pub fn to_json(&self, options: RecordOptions) -> String {
        // Serialising to memory fails only for maps with non-string keys, of which there are none.
        serde_json::to_string(&Record::new(self, options)).unwrap_or_default()
    }
}

/// A list written row by row, each row turned into its wire form on the way.
struct List<'a, T, F>(&'a [T], F);

/// Fixes the closure's type at the call, which a struct literal would leave open.
fn list<'a, T, W: Serialize, F: Fn(usize, &'a T) -> W>(rows: &'a [T], view: F) -> List<'a, T, F> {
    List(rows, view)
}

impl<'a, T, W: Serialize, F: Fn(usize, &'a T) -> W> Serialize for List<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for (index, row) in self.0.iter().enumerate() {
            seq.serialize_element(&(self.1)(index, row))?;
        }
        seq.end()
    }
}

#[derive(Serialize)]
struct Range {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct BlockView {
    kind: &'static str,
    start: u32,
    end: u32,
}

struct EntityView<'a, 'r> {
    record: &'r Record<'a>,
    actor: Option<ActorId>,
    entity: &'r Entity,
}

impl Serialize for EntityView<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entity = self.entity;
        let Range { start, end } = self.record.at(entity.span);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("start", &start)?;
        map.serialize_entry("end", &end)?;
        map.serialize_entry("text", entity.span.of(self.record.doc.text()))?;
        map.serialize_entry("label", entity.label.as_str())?;
        if let Some(actor) = self.actor {
            map.serialize_entry("actor", &actor.index())?;
        }
        map.serialize_entry("confidence", &Score(entity.confidence))?;
        match &entity.value {
            None => {}
            Some(Value::Time(time)) => map.serialize_entry("value", &Printed(time))?,
            Some(Value::Number(number)) => map.serialize_entry("value", &Number(*number))?,
            Some(Value::Numbers(low, high)) => {
                map.serialize_entry("value", &Number(*low))?;
                map.serialize_entry("value_to", &Number(*high))?;
            }
        }
        if let Some(unit) = &entity.unit {
            map.serialize_entry("unit", unit.as_str())?;
        }
        if let Some(modifier) = entity.modifier {
            map.serialize_entry("mod", modifier.as_str())?;
        }
        if let Some(basis) = entity.basis {
            map.serialize_entry("basis", basis.as_str())?;
        }
        if let Some(country) = &entity.country {
            map.serialize_entry("country", country.as_str())?;
        }
        map.end()
    }
}

/// What prints itself, written as a JSON string.
struct Printed<T>(T);

impl<T: std::fmt::Display> Serialize for Printed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A decimal, written as a JSON number.
struct Number(Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Decimal { digits, scale } = self.0;
        if scale == 0 {
            return serializer.serialize_i64(digits);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "JSON readers hold numbers as doubles; past 2^53 the last digits are lost there"
        )]
        serializer.serialize_f64(digits as f64 / 10f64.powi(i32::from(scale)))
    }
}

/// A confidence with the two digits that the record has.
pub fn score(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// A confidence, written with two digits.
struct Score(f32);

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(score(self.0))
    }
}

#[derive(Serialize)]
struct RoleView<'a> {
    title: &'a str,
    of: Option<&'a str>,
    actor: Option<usize>,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct MentionView {
    start: u32,
    end: u32,
    form: &'static str,
}

#[derive(Serialize)]
struct SpeakerView<'a> {
    actor: Option<usize>,
    name: &'a str,
    via: &'static str,
    confidence: Score,
}

#[derive(Serialize)]
struct MarkView {
    start: u32,
    end: u32,
    function: &'static str,
    quote: Option<usize>,
    closed: bool,
}

impl Record<'_> {
    fn at(&self, span: Span) -> Range {
        Range { start: self.offsets.at(span.start()), end: self.offsets.at(span.end()) }
    }

    fn spans<'s>(&'s self, spans: &'s [Span]) -> impl Serialize + 's {
        list(spans, |_, &span: &Span| self.at(span))
    }

    fn mark(&self, mark: &QuoteMark) -> MarkView {
        let Range { start, end } = self.at(mark.span);
        MarkView {
            start,
            end,
            function: mark.function.as_str(),
            quote: mark.quote.map(Id::index),
            closed: mark.closed,
        }
    }
}

struct ActorView<'a, 'r> {
    record: &'r Record<'a>,
    index: usize,
    actor: &'r Actor,
}

impl Serialize for ActorView<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.record;
        let text = record.doc.text();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.index)?;
        map.serialize_entry("name", self.actor.name.of(text))?;
        map.serialize_entry("kind", self.actor.kind.as_str())?;
        if let Some(gender) = self.actor.gender.as_str() {
            map.serialize_entry("gender", gender)?;
        }
        map.serialize_entry(
            "roles",
            &list(&self.actor.roles, |_, role: &Role| {
                let Range { start, end } = record.at(role.title);
                let (title, of) = (role.title.of(text), role.of.map(|of| of.of(text)));
                RoleView { title, of, actor: role.of_actor.map(Id::index), start, end }
            }),
        )?;
        map.serialize_entry(
            "mentions",
            &list(record.doc.mentions_of(ActorId::from_index(self.index)), |_, &id: &MentionId| {
                let mention = &record.doc.mentions()[id];
                let Range { start, end } = record.at(mention.span);
                MentionView { start, end, form: mention.form.as_str() }
            }),
        )?;
        map.end()
    }
}

struct QuoteView<'a, 'r> {
    record: &'r Record<'a>,
    id: QuoteId,
    quote: &'r Quote,
}

impl Serialize for QuoteView<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (record, quote) = (self.record, self.quote);
        let text = record.doc.text();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id.index())?;
        map.serialize_entry("kind", quote.kind.as_str())?;
        map.serialize_entry("content", &record.spans(&quote.content))?;
        map.serialize_entry("verbatim", &record.spans(&quote.verbatim))?;
        map.serialize_entry("cue", &record.spans(&quote.cue))?;
        map.serialize_entry("cue_lemma", &quote.cue_lemma)?;
        map.serialize_entry("cue_class", quote.cue_class.as_str())?;
        map.serialize_entry("polarity", quote.polarity.as_str())?;
        map.serialize_entry("source", &record.spans(&quote.source))?;
        map.serialize_entry("source_form", quote.source_form.as_str())?;
        let view = |_, who: &Speaker| SpeakerView {
            actor: who.actor.map(Id::index),
            name: who.name.of(text),
            via: who.via.as_str(),
            confidence: Score(who.confidence),
        };
        map.serialize_entry("speakers", &list(&quote.speakers, view))?;
        map.serialize_entry("alternatives", &list(&quote.alternatives, view))?;
        map.serialize_entry("addressee", &quote.addressee.map(|span| record.at(span)))?;
        map.serialize_entry("medium", &quote.medium.map(|span| record.at(span)))?;
        map.serialize_entry("time", &quote.time.map(EntityId::index))?;
        map.serialize_entry("group", &quote.group)?;
        map.serialize_entry("sentence", &quote.sentence.index())?;
        map.serialize_entry("confidence", &Score(quote.confidence))?;
        map.serialize_entry("evidence", quote.evidence.as_str())?;
        map.end()
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let doc = self.doc;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("id", &doc.id())?;
        map.serialize_entry("offsets", self.options.offsets.as_str())?;
        map.serialize_entry("date", &doc.date().map(Printed))?;
        if let Some(title) = doc.title() {
            map.serialize_entry("title", title)?;
        }
        if self.options.text {
            map.serialize_entry("text", doc.text())?;
        }
        map.serialize_entry(
            "blocks",
            &list(doc.blocks(), |_, block| {
                let Range { start, end } = self.at(block.span);
                BlockView { kind: block.kind.as_str(), start, end }
            }),
        )?;
        map.serialize_entry("sentences", &list(doc.sentences(), |_, row| self.at(row.span)))?;
        map.serialize_entry(
            "entities",
            &list(doc.entities(), |index, entity| EntityView {
                record: self,
                actor: doc.actor_of(EntityId::from_index(index)),
                entity,
            }),
        )?;
        map.serialize_entry(
            "actors",
            &list(doc.actors(), |index, actor| ActorView { record: self, index, actor }),
        )?;
        map.serialize_entry(
            "quotes",
            &list(doc.quotes(), |index, quote| QuoteView {
                record: self,
                id: QuoteId::from_index(index),
                quote,
            }),
        )?;
        map.serialize_entry("quote_marks", &list(doc.quote_marks(), |_, mark| self.mark(mark)))?;
        map.serialize_entry(
            "stray_marks",
            &list(doc.stray_marks(), |_, &at| self.offsets.at(at as usize)),
        )?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidences_have_two_digits() {
        assert!((score(0.933_333_3) - 0.93).abs() < f64::EPSILON);
    }
}
