//! Times and amounts: what has a value to calculate with.
//!
//! In: text, tokens, sentences and the document date. Out: DATE, TIME, DURATION, SET, MONEY and
//! PERCENT entities, sorted and disjoint, with their normalised values.
//!
//! Algorithm: each sentence is cut into [pieces](super::pieces) once; the grammars of
//! [times](super::times) read it, and those of [amounts](super::amounts) where a currency or a
//! percentage can stand in it. Where both claim a stretch, the longer one wins.
//!
//! Cost: linear in the text; the buffers hold one sentence, or a stretch of a longer one.

use super::pieces::{self, Piece, Pieces};
use super::times::Memory;
use super::{Entity, amounts, times};
use crate::layout::DocumentDate;
use crate::sentences::Sentences;
use crate::tokens::Tokens;

/// Tokens read at a time; a longer sentence is read in stretches, which bounds the buffers.
const STRETCH: usize = 4096;

/// The times and amounts of a text.
pub(crate) fn find(
    text: &str,
    tokens: &Tokens,
    sentences: &Sentences,
    date: Option<DocumentDate>,
) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut priced = Vec::new();
    let mut rows: Vec<Piece> = Vec::new();
    let mut memory = Memory::new(date.map(|found| found.date));
    let sterling = memchr::memmem::find(text.as_bytes(), "£".as_bytes()).is_some();
    for (id, _) in sentences.iter() {
        let sentence = tokens.rows().get(tokens.of_sentence(id).indices()).unwrap_or_default();
        memory.begin_sentence();
        for stretch in sentence.chunks(STRETCH) {
            rows.clear();
            pieces::cut(text, stretch, &mut rows);
            let pieces = Pieces { text, rows: &rows };
            times::read(pieces, &mut memory, &mut found);
            if rows.iter().any(amounts::triggers) {
                amounts::read(pieces, sterling, &mut priced);
            }
        }
    }
    merge(found, priced)
}

/// Joins two sorted lists; of two entities that overlap the longer stays, the first where both are
/// equally long.
fn merge(times: Vec<Entity>, amounts: Vec<Entity>) -> Vec<Entity> {
    let mut all: Vec<Entity> = Vec::with_capacity(times.len() + amounts.len());
    let (mut times, mut amounts) = (times.into_iter().peekable(), amounts.into_iter().peekable());
    loop {
        let next = match (times.peek(), amounts.peek()) {
            (Some(time), Some(amount)) if amount.span < time.span => amounts.next(),
            (Some(_), _) => times.next(),
            (None, _) => amounts.next(),
        };
        let Some(next) = next else { return all };
        match all.last_mut() {
            Some(last) if last.span.overlaps(next.span) => {
                if next.span.len() > last.span.len() {
                    *last = next;
                }
            }
            _ => all.push(next),
        }
    }
}
