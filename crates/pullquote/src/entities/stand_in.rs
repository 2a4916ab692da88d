//! stand-in
use super::*;
use crate::index::Id;
use crate::lexicon::Classes;
use crate::tokens::{TokenId, TokenRange};
use crate::words::Reading;
pub(crate) fn find(reading: Reading<'_>) -> Entities {
    let mut out = Entities::default();
    for range in reading.tokens.by_sentence() {
        let mut id = range.start;
        while id < range.end {
            let start = id;
            while id < range.end && reading.is_capitalised(id) && reading.word(id).hash != 0
                && !reading.is(id, Classes::CALENDAR)
                && !(reading.is(id, Classes::TITLE.and(Classes::PRONOUN).and(Classes::DETERMINER).and(Classes::PREPOSITION).and(Classes::CONJUNCTION).and(Classes::AUXILIARY).and(Classes::ADVERB)) ) {
                id = id.next();
            }
            if id == start { id = id.next(); continue; }
            if start == range.start && id.index() == start.index() + 1 && !reading.is(start, Classes::SURNAME) { continue; }
            let first = reading.word(start);
            let label = if first.is(Classes::GIVEN) || start.prev().is_some_and(|p| reading.is(p, Classes::TITLE)) || reading.word(id.prev().unwrap()).is(Classes::SURNAME) { Label::Person } else { Label::Org };
            if let Some(span) = reading.span_of(TokenRange { start, end: id }) {
                out.push(Entity { span, label, value: None, unit: None, country: None, confidence: 0.5 });
            }
            let _ = TokenId::from_index(0);
        }
    }
    out
}
