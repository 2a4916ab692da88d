//! The numbers of prices: their letters of magnitude and their ranges.
//!
//! In: the piece where a price's number begins. Out: its exact value, "1.2m" with its magnitude, and
//! the upper end where a dash leads to one: "5-7 million". An end without a magnitude takes over the
//! other's, if it stays below it.

use super::Decimal;
use super::numbers::{self, Reading};
use super::pieces::Pieces;
use super::words::Word;

/// A number with its magnitude, perhaps up to a second one joined by a dash.
pub(super) fn priced(pieces: Pieces<'_>, at: usize) -> Option<(Decimal, Option<Decimal>, usize)> {
    let first = magnitude(pieces, numbers::read(pieces, at)?)?;
    let dash = first.end;
    if pieces.mark(dash, b'-') {
        let sign = pieces.word(dash + 1) == Word::Sign;
        let second = dash + 1 + usize::from(sign);
        let plain = pieces.glued(dash) == pieces.glued(dash + 1);
        if plain
            && pieces.word(second) == Word::Digits
            && let Some(second) = numbers::read(pieces, second).and_then(|r| magnitude(pieces, r))
            && let Some((low, high)) = ordered(pieces, &first, &second)
        {
            return Some((low, Some(high), second.end));
        }
    }
    Some((first.value, None, first.end))
}

/// Both ends of a range, the lower taking over the higher one's magnitude; `None` if they fall.
pub(super) fn ordered(
    pieces: Pieces<'_>,
    first: &Reading,
    second: &Reading,
) -> Option<(Decimal, Decimal)> {
    let low = if first.scaled { first.value } else { scaled_like(pieces, first.value, second) };
    low.less_than(second.value).then_some((low, second.value))
}

/// `low` times the magnitude that closes `second`, if that keeps it below.
fn scaled_like(pieces: Pieces<'_>, low: Decimal, second: &Reading) -> Decimal {
    let power = match pieces.word(second.end.saturating_sub(1)) {
        _ if !second.scaled => 0,
        Word::Scale(power) => power,
        _ => letter_magnitude(pieces.text(second.end.saturating_sub(1))).unwrap_or(0),
    };
    low.shifted(power).filter(|scaled| scaled.less_than(second.value)).unwrap_or(low)
}

/// "$5 to $7 million": the first amount counts in the second one's millions.
pub(super) fn inherited(pieces: Pieces<'_>, low: Decimal, end: usize) -> Option<Decimal> {
    let joined = matches!(pieces.word(end), Word::To | Word::And | Word::Or);
    if !joined || pieces.word(end + 1) != Word::Sign || low.digits >= 1000 {
        return None;
    }
    let between = pieces.word(end) == Word::To
        || (0..4).any(|back| pieces.before(end, back + 1) == Word::Between);
    let second = magnitude(pieces, numbers::read(pieces, end + 2)?)?;
    (between && second.scaled).then(|| scaled_like(pieces, low, &second))
}

/// Letters that stand for a magnitude.
fn letter_magnitude(letters: &str) -> Option<u8> {
    Some(match letters {
        "k" | "K" => 3,
        "m" | "M" | "mn" | "mln" | "mil" | "mio" | "MM" => 6,
        "b" | "B" | "bn" | "bln" | "Bn" | "BN" => 9,
        "t" | "T" | "tn" | "trn" => 12,
        "cr" | "Cr" => 7,
        _ => return None,
    })
}

/// Takes in "bn", "m" and their like after digits.
pub(super) fn magnitude(pieces: Pieces<'_>, number: Reading) -> Option<Reading> {
    if number.scaled || !number.digits {
        return Some(number);
    }
    let Some(power) = letter_magnitude(pieces.text(number.end)) else { return Some(number) };
    let apart = pieces.text(number.end).len() > 1;
    if !pieces.glued(number.end) && !apart || pieces.inner(number.end + 1, b'\'') {
        return Some(number);
    }
    let value = number.value.shifted(power)?;
    Some(Reading { value, end: number.end + 1, scaled: true, ..number })
}
