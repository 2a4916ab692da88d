//! The wire form: a document as a schema-1 JSON record.
//!
//! In: a [`Document`]. Out: one JSON object, written straight from the tables, with every position in
//! the unit asked for. The same bytes come from Rust, the program and Python.
//!
//! Field names and order are the schema; internal types may change without it. Names are fixed and
//! plain, so they are written as they stand, for a record is mostly names; every value is written by
//! `serde_json`.
//! Cost: one pass over the tables; the text is escaped once.

use crate::actors::{Actor, ActorId};
use crate::document::Document;
use crate::entities::{Decimal, Entity, EntityId, Value};
use crate::index::Id;
use crate::offsets::{OffsetUnit, Offsets};
use crate::quotes::{Quote, QuoteId, QuoteMark, Speaker};
use crate::span::Span;
use serde::Serialize;

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

impl Document {
    /// The schema-1 record as one line of JSON. Linear in the document.
    pub fn to_json(&self, options: RecordOptions) -> String {
        let offsets = Offsets::new(self.text(), options.offsets);
        let mut record = Record { doc: self, offsets, json: Json(Vec::new()) };
        record.document(options);
        // What is written is text and nothing else.
        String::from_utf8(record.json.0).unwrap_or_default()
    }
}

/// JSON on its way.
struct Json(Vec<u8>);

impl Json {
    /// Writes a value.
    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        // Writing numbers and strings to memory cannot fail.
        serde_json::to_writer(&mut self.0, value).unwrap_or_default();
    }

    /// Writes the name of a field, plain ASCII without quotation marks and backslashes.
    #[expect(
        clippy::inline_always,
        reason = "copying a name of known length is three instructions"
    )]
    #[inline(always)]
    fn key(&mut self, key: &'static str) {
        if self.0.last() != Some(&b'{') {
            self.0.push(b',');
        }
        self.0.push(b'"');
        self.0.extend_from_slice(key.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    /// Writes a field.
    #[expect(clippy::inline_always, reason = "as for the name in it")]
    #[inline(always)]
    fn field(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) {
        self.key(key);
        self.value(value);
    }
}

/// A document on its way into JSON.
struct Record<'a> {
    doc: &'a Document,
    offsets: Offsets<'a>,
    json: Json,
}

impl<'a> Record<'a> {
    /// Writes an object.
    fn object(&mut self, fields: impl FnOnce(&mut Self)) {
        self.json.0.push(b'{');
        fields(self);
        self.json.0.push(b'}');
    }

    /// Writes the field of a list.
    fn list<T>(
        &mut self,
        key: &'static str,
        rows: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.json.key(key);
        self.json.0.push(b'[');
        for (index, row) in rows.into_iter().enumerate() {
            if index > 0 {
                self.json.0.push(b',');
            }
            write(self, row);
        }
        self.json.0.push(b']');
    }

    /// Writes where a span starts and ends.
    fn ends(&mut self, span: Span) {
        self.json.field("start", &self.offsets.at(span.start()));
        self.json.field("end", &self.offsets.at(span.end()));
    }

    fn span(&mut self, span: Span) {
        self.object(|to| to.ends(span));
    }

    fn spans(&mut self, key: &'static str, spans: &[Span]) {
        self.list(key, spans, |to, &span| to.span(span));
    }

    /// Writes the field of a span that may be missing.
    fn maybe_span(&mut self, key: &'static str, span: Option<Span>) {
        self.json.key(key);
        match span {
            Some(span) => self.span(span),
            None => self.json.value(&()),
        }
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(self.doc.text())
    }

    fn document(&mut self, options: RecordOptions) {
        let doc = self.doc;
        self.object(|to| {
            to.json.field("schema", &SCHEMA);
            to.json.field("id", &doc.id());
            to.json.field("offsets", options.offsets.as_str());
            to.json.field("date", &doc.date().map(|date| date.to_string()));
            if let Some(title) = doc.title() {
                to.json.field("title", title);
            }
            if options.text {
                to.json.field("text", doc.text());
            }
            to.list("blocks", doc.blocks(), |to, block| {
                to.object(|to| {
                    to.json.field("kind", block.kind.as_str());
                    to.ends(block.span);
                });
            });
            to.list("sentences", doc.sentences(), |to, row| to.span(row.span));
            to.list("entities", (0..).zip(doc.entities()), |to, (index, entity)| {
                to.entity(entity, doc.actor_of(EntityId::from_index(index)));
            });
            to.list("actors", (0..).zip(doc.actors()), |to, (index, actor)| {
                to.actor(ActorId::from_index(index), actor);
            });
            to.list("quotes", (0..).zip(doc.quotes()), |to, (index, quote)| {
                to.quote(QuoteId::from_index(index), quote);
            });
            to.list("quote_marks", doc.quote_marks(), Self::mark);
            to.list("stray_marks", doc.stray_marks(), |to, &at| {
                to.json.value(&to.offsets.at(at as usize));
            });
        });
    }

    fn entity(&mut self, entity: &Entity, actor: Option<ActorId>) {
        self.object(|to| {
            to.ends(entity.span);
            to.json.field("text", to.text(entity.span));
            to.json.field("label", entity.label.as_str());
            if let Some(actor) = actor {
                to.json.field("actor", &actor.index());
            }
            to.json.field("confidence", &score(entity.confidence));
            match &entity.value {
                None => {}
                Some(Value::Time(time)) => to.json.field("value", &time.to_string()),
                Some(Value::Number(number)) => to.number("value", *number),
                Some(Value::Numbers(low, high)) => {
                    to.number("value", *low);
                    to.number("value_to", *high);
                }
            }
            if let Some(unit) = &entity.unit {
                to.json.field("unit", unit.as_str());
            }
            if let Some(modifier) = entity.modifier {
                to.json.field("mod", modifier.as_str());
            }
            if let Some(basis) = entity.basis {
                to.json.field("basis", basis.as_str());
            }
            if let Some(country) = &entity.country {
                to.json.field("country", country.as_str());
            }
        });
    }

    /// Writes the field of a decimal.
    fn number(&mut self, key: &'static str, Decimal { digits, scale }: Decimal) {
        if scale == 0 {
            return self.json.field(key, &digits);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "JSON readers hold numbers as doubles; past 2^53 the last digits are lost there"
        )]
        self.json.field(key, &(digits as f64 / 10f64.powi(i32::from(scale))));
    }

    fn actor(&mut self, id: ActorId, actor: &Actor) {
        let doc = self.doc;
        self.object(|to| {
            to.json.field("id", &id.index());
            to.json.field("name", to.text(actor.name));
            to.json.field("kind", actor.kind.as_str());
            if let Some(gender) = actor.gender.as_str() {
                to.json.field("gender", gender);
            }
            to.list("roles", &actor.roles, |to, role| {
                to.object(|to| {
                    to.json.field("title", to.text(role.title));
                    to.json.field("of", &role.of.map(|of| to.text(of)));
                    to.json.field("actor", &role.of_actor.map(Id::index));
                    to.ends(role.title);
                });
            });
            to.list("mentions", doc.mentions_of(id), |to, &id| {
                let mention = &doc.mentions()[id];
                to.object(|to| {
                    to.ends(mention.span);
                    to.json.field("form", mention.form.as_str());
                });
            });
        });
    }

    fn quote(&mut self, id: QuoteId, quote: &Quote) {
        self.object(|to| {
            to.json.field("id", &id.index());
            to.json.field("kind", quote.kind.as_str());
            to.spans("content", &quote.content);
            to.spans("verbatim", &quote.verbatim);
            to.spans("cue", &quote.cue);
            to.json.field("cue_lemma", &quote.cue_lemma);
            to.json.field("cue_class", quote.cue_class.as_str());
            to.json.field("polarity", quote.polarity.as_str());
            to.spans("source", &quote.source);
            to.json.field("source_form", quote.source_form.as_str());
            to.list("speakers", &quote.speakers, Self::speaker);
            to.list("alternatives", &quote.alternatives, Self::speaker);
            to.maybe_span("addressee", quote.addressee);
            to.maybe_span("medium", quote.medium);
            to.json.field("time", &quote.time.map(EntityId::index));
            to.json.field("group", &quote.group);
            to.json.field("sentence", &quote.sentence.index());
            to.json.field("confidence", &score(quote.confidence));
            to.json.field("evidence", quote.evidence.as_str());
        });
    }

    fn speaker(&mut self, who: &Speaker) {
        self.object(|to| {
            to.json.field("actor", &who.actor.map(Id::index));
            to.json.field("name", to.text(who.name));
            to.json.field("via", who.via.as_str());
            to.json.field("confidence", &score(who.confidence));
        });
    }

    fn mark(&mut self, mark: &QuoteMark) {
        self.object(|to| {
            to.ends(mark.span);
            to.json.field("function", mark.function.as_str());
            to.json.field("quote", &mark.quote.map(Id::index));
            to.json.field("closed", &mark.closed);
        });
    }
}

/// A confidence with the two digits that the record has.
pub fn score(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidences_have_two_digits() {
        assert!((score(0.933_333_3) - 0.93).abs() < f64::EPSILON);
    }
}
