//! What is found, in a few words for people.
//!
//! In: a quote or an entity. Out: a line that a table, a page or an annotator shows.

use pullquote::Document;
use pullquote::entities::{Entity, Value};
use pullquote::quotes::Quote;

/// Who said it, all names in one.
pub(crate) fn speaker(doc: &Document, quote: &Quote) -> Option<String> {
    let names = quote.speakers.iter().map(|who| who.name.of(doc.text()));
    let names = names.collect::<Vec<_>>().join("; ");
    (!names.is_empty()).then_some(names)
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
