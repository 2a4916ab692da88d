//! Whether "on Tuesday" lies behind or ahead, from the verb that governs it.
//!
//! In: the pieces of a sentence and where the expression stands. Out: a [`Direction`], if the words
//! tell.
//!
//! Algorithm: "since" looks back; otherwise the nearest verb to the left decides, and where none
//! stands there, the first to the right. "Will", "due", "scheduled" and an infinitive look ahead
//! ("agreed to meet on Tuesday"), simple pasts and participles look back, "be" hands on to what
//! stands before it ("will be held", "to be held"). Invariant: it answers from words alone and never
//! from the calendar. Cost: a bounded window. It does not parse: clauses nested deeply can mislead.

use super::super::pieces::Pieces;
use super::super::words::{Tense, Word};

/// On which side of the document date a time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    Ahead,
}

/// How far a governing verb is looked for, in pieces.
const REACH: usize = 16;

/// The direction of the expression `from..to`.
pub(super) fn of(pieces: Pieces<'_>, from: usize, to: usize) -> Option<Direction> {
    match pieces.before(from, 1) {
        Word::Since => return Some(Direction::Back),
        Word::Until => {
            return Some(left(pieces, from).unwrap_or(Direction::Ahead));
        }
        Word::Start if pieces.before(from, 2) != Word::The => return Some(Direction::Ahead),
        _ => {}
    }
    left(pieces, from).or_else(|| right(pieces, to))
}

fn left(pieces: Pieces<'_>, from: usize) -> Option<Direction> {
    let mut infinitive = false;
    let mut at = from;
    let floor = from.saturating_sub(REACH);
    while at > floor {
        at -= 1;
        match pieces.word(at) {
            Word::Verb(Tense::Future) => return Some(Direction::Ahead),
            Word::Verb(Tense::Promise) => {
                let told = infinitive || pieces.is(at, "set");
                return Some(if told { Direction::Ahead } else { Direction::Back });
            }
            Word::Verb(Tense::Past) => {
                // "will be held", "to be held": the auxiliary before "be" decides.
                if pieces.before(at, 1) == Word::Verb(Tense::Be) && pieces.is(at - 1, "be") {
                    at -= 1;
                    continue;
                }
                return Some(Direction::Back);
            }
            Word::Verb(Tense::Have) => return Some(Direction::Back),
            Word::Verb(Tense::Present) => return Some(Direction::Ahead),
            Word::To if infinitive_follows(pieces, at + 1) => infinitive = true,
            Word::Mark(b';' | b':') => break,
            _ => {}
        }
    }
    infinitive.then_some(Direction::Ahead)
}

/// Whether "to" before piece `at` opens an infinitive: a plain small word follows.
fn infinitive_follows(pieces: Pieces<'_>, at: usize) -> bool {
    let plain = matches!(
        pieces.word(at),
        Word::Other
            | Word::Verb(Tense::Be | Tense::Have)
            | Word::Start
            | Word::End
            | Word::Verb(Tense::Promise | Tense::Past)
    );
    plain && !pieces.capital(at)
}

fn right(pieces: Pieces<'_>, to: usize) -> Option<Direction> {
    (to..to + REACH).find_map(|at| match pieces.word(at) {
        Word::Verb(Tense::Future) => Some(Direction::Ahead),
        Word::Verb(Tense::Past | Tense::Promise | Tense::Have) => Some(Direction::Back),
        Word::Verb(Tense::Present) => Some(Direction::Ahead),
        _ => None,
    })
}
