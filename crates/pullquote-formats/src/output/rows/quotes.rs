//! A row for each quote.

use super::super::cells::{Cell, Column};
use super::{Row, row};
use crate::wording::speaker;
use pullquote::index::Id;
use pullquote::json::score;
use pullquote::offsets::Offsets;
use pullquote::{Document, OffsetUnit, Spanned};

/// One attribution.
#[derive(Debug)]
pub(in crate::output) struct QuoteRow<'a> {
    document: Option<&'a str>,
    id: usize,
    kind: &'static str,
    /// The names, with "; " between several.
    pub(in crate::output) speaker: Option<String>,
    /// The first speaker's number among the record's actors.
    actor: Option<usize>,
    via: Option<&'static str>,
    pub(in crate::output) cue: String,
    cue_lemma: Option<&'static str>,
    cue_class: &'static str,
    polarity: &'static str,
    source: String,
    source_form: &'static str,
    /// The fragments, with a space between two.
    pub(in crate::output) content: String,
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

row!(QuoteRow {
    document: text,
    id: whole,
    kind: text,
    speaker: text,
    actor: whole,
    via: text,
    cue: text,
    cue_lemma: text,
    cue_class: text,
    polarity: text,
    source: text,
    source_form: text,
    content: text,
    start: whole,
    end: whole,
    addressee: text,
    medium: text,
    time: text,
    group: whole,
    sentence: whole,
    confidence: fraction,
    evidence: text,
});

/// The quotes of a document, one row each.
pub(in crate::output) fn quotes(
    doc: &Document,
    unit: OffsetUnit,
) -> impl Iterator<Item = QuoteRow<'_>> {
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
