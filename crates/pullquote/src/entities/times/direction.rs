//! Whether "on Tuesday" lies behind or ahead, from the verb that governs it.
//!
//! In: the pieces of a sentence and where the expression stands. Out: a [`Lean`], if the words tell.
//!
//! Algorithm: "since" looks back; a verb right behind the expression decides ("on Sunday issued"),
//! then the nearest verb to the left, and where none stands there, the first to the right. "Will",
//! "due", "scheduled" and an infinitive look ahead ("agreed to meet on Tuesday"), simple pasts and
//! participles look back, "be" hands on to what stands before it ("will be held", "to be held").
//! A day without a year is the nearest one, and its verb decides only where two years are as near:
//! "was put off to 20 March" is the coming one. Cost: a bounded window. It does not parse: clauses
//! nested deeply can mislead.

use super::super::Basis;
use super::super::pieces::Pieces;
use super::super::words::{Tense, Word};
use jiff::civil::Date;

/// On which side of the document date a time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    Ahead,
}

/// A direction and whether its verb stands right by the expression, so that it may outweigh the
/// calendar's nearness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lean {
    pub(super) direction: Direction,
    pub(super) strong: bool,
}

const fn lean(direction: Direction, strong: bool) -> Lean {
    Lean { direction, strong }
}

/// How far a governing verb is looked for, in pieces.
const REACH: usize = 16;

/// What is usually still to come when an article names its day: "Tuesday's election".
const EVENTS: [&str; 14] = [
    "election",
    "elections",
    "vote",
    "referendum",
    "game",
    "match",
    "meeting",
    "deadline",
    "summit",
    "hearing",
    "primary",
    "debate",
    "final",
    "runoff",
];

/// Days from the document date up to which a day without a year is simply the nearest: nobody
/// writes "on 3 March" of the next year's when last week's is as near.
const NEAR: u32 = 120;

/// The day among three years' that an expression means.
pub(super) fn by_nearness(
    candidates: [Option<Date>; 3],
    document: Date,
    lean: Option<Lean>,
    ended: bool,
) -> (Option<Date>, Basis) {
    let far = |date: &Date| (*date - document).get_days().unsigned_abs();
    let all = || candidates.iter().flatten().copied();
    let nearest = all().min_by_key(far);
    match lean.map(|lean| lean.direction) {
        Some(Direction::Back) if ended => (all().rfind(|date| *date <= document), Basis::Past),
        _ if nearest.is_some_and(|date| far(&date) <= NEAR) => (nearest, Basis::Nearest),
        Some(Direction::Back) => (all().rfind(|date| *date <= document), Basis::Past),
        Some(Direction::Ahead) => (all().find(|date| *date >= document), Basis::Future),
        None => (nearest, Basis::Nearest),
    }
}

/// Whether the expression `from..to` looks ahead; back where nothing tells.
pub(super) fn ahead(pieces: Pieces<'_>, from: usize, to: usize) -> bool {
    of(pieces, from, to).is_some_and(|lean| lean.direction == Direction::Ahead)
}

/// The direction of the expression `from..to`.
pub(super) fn of(pieces: Pieces<'_>, from: usize, to: usize) -> Option<Lean> {
    use Direction::{Ahead, Back};
    match pieces.before(from, 1) {
        Word::Since => return Some(lean(Back, true)),
        // "The year ended 31 January"
        Word::Verb(Tense::Past) if pieces.is(from - 1, "ended") => return Some(lean(Back, true)),
        // "Until Thursday, they had not": at the head of its clause it looks to the right.
        Word::Until if from > 1 && !matches!(pieces.before(from, 2), Word::Mark(_)) => {
            return Some(lean(Ahead, false));
        }
        Word::Start if pieces.before(from, 2) != Word::The => return Some(lean(Ahead, true)),
        _ if from > 1 && pieces.is(from - 1, "as") => return Some(lean(Ahead, false)),
        _ => {}
    }
    if pieces.mark(to, b'\'') && pieces.word(to + 1) == Word::Possessive {
        let event = EVENTS.iter().any(|event| pieces.is(to + 2, event) || pieces.is(to + 3, event));
        if !event {
            return Some(lean(Back, true));
        }
    }
    match pieces.word(to) {
        Word::Verb(Tense::Past) if !pieces.capital(to) => return Some(lean(Back, true)),
        Word::Verb(Tense::Future) if pieces.is(to, "will") || pieces.is(to, "would") => {
            return Some(lean(Ahead, true));
        }
        _ => {}
    }
    left(pieces, from).or_else(|| right(pieces, to))
}

fn left(pieces: Pieces<'_>, from: usize) -> Option<Lean> {
    use Direction::{Ahead, Back};
    let mut infinitive = false;
    let mut at = from;
    let floor = from.saturating_sub(REACH);
    while at > floor {
        at -= 1;
        let near = from - at <= 8;
        match pieces.word(at) {
            Word::Verb(_) if pieces.capital(at) && at > 0 => {}
            Word::Verb(Tense::Future) if is_noun(pieces, at) => {}
            Word::Verb(Tense::Future) => {
                // "It had been due to expire on Friday": it did, or it did not.
                let been = pieces.is(at.saturating_sub(1), "been")
                    && pieces.is(at.saturating_sub(2), "had");
                return Some(if been { lean(Back, false) } else { lean(Ahead, near) });
            }
            Word::Verb(Tense::Promise) => {
                let told = infinitive || pieces.is(at, "set");
                return Some(lean(if told { Ahead } else { Back }, near));
            }
            Word::Verb(Tense::Past) => {
                // "will be held", "is being held", "is heard": the auxiliary before decides.
                if pieces.is(at.saturating_sub(1), "be") || pieces.is(at.saturating_sub(1), "being")
                {
                    at -= 1;
                    continue;
                }
                // "a still unspecified date": an adjective.
                let still = usize::from(pieces.is(at.saturating_sub(1), "still"));
                let passive = pieces.before(at, 1) == Word::Verb(Tense::Present);
                if passive || pieces.before(at, 1 + still) == Word::A {
                    continue;
                }
                return Some(lean(Back, near));
            }
            Word::Verb(Tense::Have) | Word::Won => return Some(lean(Back, near)),
            Word::Verb(Tense::Present) => return Some(lean(Ahead, false)),
            // "until 9 a.m. on Tuesday"
            Word::Until if from - at <= 6 => return Some(lean(Ahead, false)),
            Word::To if infinitive_follows(pieces, at + 1) => infinitive = true,
            Word::Mark(b';' | b':') => break,
            _ => {}
        }
    }
    infinitive.then_some(lean(Ahead, false))
}

/// Whether "plan", "hope" and their like are nouns here.
fn is_noun(pieces: Pieces<'_>, at: usize) -> bool {
    let either = ["plan", "plans", "hope", "hopes", "forecast", "planning"];
    either.iter().any(|word| pieces.is(at, word))
        && matches!(
            pieces.before(at, 1),
            Word::The | Word::A | Word::This | Word::That | Word::Pronoun | Word::Possessive
        )
}

/// Whether "to" before piece `at` opens an infinitive: a plain small word follows.
fn infinitive_follows(pieces: Pieces<'_>, at: usize) -> bool {
    let plain = matches!(
        pieces.word(at),
        Word::Other
            | Word::Start
            | Word::End
            | Word::Verb(Tense::Be | Tense::Have | Tense::Promise | Tense::Past | Tense::Present)
    );
    plain && !pieces.capital(at)
}

fn right(pieces: Pieces<'_>, to: usize) -> Option<Lean> {
    use Direction::{Ahead, Back};
    (to..to + REACH).find_map(|at| match pieces.word(at) {
        Word::Verb(_) if pieces.capital(at) => None,
        Word::Verb(Tense::Future) if is_noun(pieces, at) => None,
        Word::Verb(Tense::Future) => Some(lean(Ahead, true)),
        Word::Verb(Tense::Past | Tense::Promise | Tense::Have) | Word::Won => {
            Some(lean(Back, true))
        }
        Word::Verb(Tense::Present) => Some(lean(Ahead, false)),
        _ => None,
    })
}
