//! What is found, in a few words for people.
//!
//! In: a quote or an entity. Out: a line that a table, a page or an annotator shows.

use pullquote::Document;
use pullquote::entities::{Entity, Value};
use pullquote::json::score;
use pullquote::quotes::{Quote, Via};

/// Who said it, all names in one.
pub(crate) fn speaker(doc: &Document, quote: &Quote) -> Option<String> {
    let names = quote.speakers.iter().map(|who| who.name.of(doc.text()));
    let names = names.collect::<Vec<_>>().join("; ");
    (!names.is_empty()).then_some(names)
}

/// How it was said and why it is thought to be so: the cue, the words that stand for the speaker where
/// these are not the name, the kind, the confidence and the evidence.
pub(crate) fn reasons(doc: &Document, quote: &Quote) -> Vec<String> {
    let cue = doc.joined(&quote.cue);
    let via = doc.speaker(quote).map(|who| who.via);
    let source = match via {
        Some(Via::Pronoun | Via::Role) => format!("“{}”", doc.joined(&quote.source)),
        _ => String::new(),
    };
    let sure = format!("{:.0} % sure", score(quote.confidence) * 100.0);
    let (kind, evidence) = (quote.kind.as_str().to_owned(), quote.evidence.as_str().to_owned());
    let parts = [source, cue, kind, sure, evidence].into_iter();
    parts.filter(|part| !part.is_empty()).collect()
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
