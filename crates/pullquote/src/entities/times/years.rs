//! Years, in digits and words, and decades.
//!
//! In: the piece where a year may begin. Out: the year, the decade or two years joined by a dash, or
//! nothing where four digits are a count, a price, a flight or a part of a name. What stands before
//! and behind them tells.

use super::super::calendar::{self, Moment};
use super::super::timex::TimeValue;
use super::super::words::Word;
use super::super::{Basis, Label, Modifier};
use super::{Found, Reader, periods};

/// The earliest number that is read as a year.
pub(super) const FIRST_YEAR: u32 = 1000;
/// The last one.
pub(super) const LAST_YEAR: u32 = 2150;

impl Reader<'_> {
    /// A four-digit year at `at`.
    pub(super) fn year_at(self, at: usize) -> Option<i16> {
        let (number, digits) = self.pieces.digits(at)?;
        let stands = digits == 4 && (FIRST_YEAR..=LAST_YEAR).contains(&number);
        let joined = matches!(self.word(at + 1), Word::Mark(b'.' | b',' | b':'))
            && self.pieces.glued(at + 1)
            && self.pieces.glued(at + 2)
            && self.word(at + 2) == Word::Digits;
        (stands && !joined).then(|| i16::try_from(number).ok()).flatten()
    }
}

/// "Nineteen ninety-six", "two thousand and eight", "twenty twenty-five".
pub(super) fn words_year(reader: Reader<'_>, at: usize) -> Option<(i16, usize)> {
    let pieces = reader.pieces;
    let below_hundred = |at: usize| match (reader.word(at), reader.word(at + 1)) {
        (Word::Number(tens @ 20..), Word::Mark(b'-')) => match reader.word(at + 2) {
            Word::Number(unit @ 1..10) => Some((tens + unit, at + 3)),
            _ => Some((tens, at + 1)),
        },
        (Word::Number(tens @ 20..), Word::Number(unit @ 1..10)) => Some((tens + unit, at + 2)),
        (Word::Number(number @ 10..), _) => Some((number, at + 1)),
        _ => None,
    };
    match (reader.word(at), reader.word(at + 1)) {
        (Word::Number(2), Word::Scale(3)) => {
            let next = at + 2 + usize::from(reader.word(at + 2) == Word::And);
            match reader.word(next) {
                Word::Number(unit @ 1..20) => Some((2000 + i16::from(unit), next + 1)),
                _ => Some((2000, at + 2)),
            }
        }
        (Word::Number(century @ 16..=20), _) => {
            let next = at + 1 + usize::from(pieces.inner(at + 1, b'-'));
            let (rest, end) = below_hundred(next)?;
            (century < 20 || rest >= 10)
                .then_some((i16::from(century) * 100 + i16::from(rest), end))
        }
        _ => None,
    }
}

/// A year in words where a year is expected: after a preposition, or of the pattern 19xx.
pub(super) fn year_in_words(reader: Reader<'_>, at: usize) -> Option<Found> {
    let (year, end) = words_year(reader, at)?;
    let expected = matches!(
        reader.pieces.before(at, 1),
        Word::In | Word::Since | Word::By | Word::Of | Word::From | Word::Until | Word::Unit(_)
    );
    let unit = matches!(
        reader.word(end),
        Word::Units(_) | Word::Scale(_) | Word::Percent | Word::Mark(b'-')
    );
    (expected && !unit).then(|| Found::date(end, Some(Moment::Year(year)), Basis::Explicit))
}

/// "1990s", "the '90s", "the sixties".
pub(super) fn decade(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let short = |tens: i16| if tens >= 3 { 190 + tens } else { 200 + tens };
    let plural = |at: usize| {
        let quote = usize::from(pieces.inner(at, b'\''));
        let ends = reader.word(at + quote) == Word::Possessive && pieces.glued(at + quote);
        ends.then_some(at + quote + 1)
    };
    let (decade, end) = match reader.word(at) {
        Word::Sixties(tens) => {
            // "In his sixties" is an age.
            if matches!(pieces.before(at, 1), Word::Pronoun) {
                return None;
            }
            (short(i16::from(tens)), at + 1)
        }
        Word::Mark(b'\'') => {
            let (number, digits) = pieces.digits(at + 1).filter(|_| pieces.glued(at + 1))?;
            if digits != 2 || number % 10 != 0 {
                return short_year(reader, at, number, digits);
            }
            (short(i16::try_from(number / 10).ok()?), plural(at + 2)?)
        }
        _ => {
            let (number, digits) = pieces.digits(at)?;
            let decade = i16::try_from(number / 10).ok()?;
            let end = plural(at + 1)?;
            let expected = matches!(
                pieces.before(at, 1),
                Word::The | Word::Early | Word::Late | Word::Mid | Word::In | Word::Mark(b'-')
            );
            match digits {
                // "The 1930's", but "2030's goals" are a year's.
                4 if number % 10 == 0
                    && (FIRST_YEAR..=LAST_YEAR).contains(&number)
                    && (expected || !pieces.mark(at + 1, b'\'')) =>
                {
                    (decade, end)
                }
                2 if number % 10 == 0 && expected => (short(decade), end),
                _ => return None,
            }
        }
    };
    Some(Found::date(end, Some(Moment::Decade(decade)), Basis::Explicit))
}

/// "'96" where a year is expected.
fn short_year(reader: Reader<'_>, at: usize, number: u32, digits: usize) -> Option<Found> {
    let expected = matches!(
        reader.pieces.before(at, 1),
        Word::In | Word::Since | Word::Of | Word::From | Word::Until | Word::By | Word::Season(_)
    );
    if digits != 2 || !expected {
        return None;
    }
    let century = if number < 40 { 2000 } else { 1900 };
    let year = i16::try_from(century + number).ok()?;
    Some(Found::date(at + 2, Some(Moment::Year(year)), Basis::Explicit))
}

/// "Post-1945", "pre-2008".
pub(super) fn prefixed_year(reader: Reader<'_>, at: usize) -> Option<Found> {
    let modifier = if reader.pieces.is(at, "post") { Modifier::After } else { Modifier::Before };
    let year = reader.year_at(at + 2).filter(|_| reader.pieces.inner(at + 1, b'-'))?;
    let found = Found::date(at + 3, Some(Moment::Year(year)), Basis::Explicit);
    Some(found.modified(modifier))
}

/// A bare year, or two joined by a dash or a slash: "1991-92".
pub(super) fn year(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let year = reader.year_at(at)?;
    if !stands_as_year(reader, at, year) {
        return None;
    }
    if let Some((second, end)) = second_year(reader, at, year) {
        let value = TimeValue::Span(Moment::Year(year), Moment::Year(second));
        return Some(Found::new(end, Label::Date, Some(value), Basis::Explicit));
    }
    let found = Found::date(at + 1, Some(Moment::Year(year)), Basis::Explicit);
    periods::year_quarter(reader, at, year).or_else(|| {
        let tail = pieces.glued(at + 1) && !matches!(reader.word(at + 1), Word::Mark(_));
        (!tail).then_some(found)
    })
}

/// A year after "early", "the end of" and their like, where only a year can stand.
pub(super) fn year_after_preposition(reader: Reader<'_>, at: usize) -> Option<Found> {
    let year = reader.year_at(at)?;
    let counted = matches!(reader.word(at + 1), Word::Units(_) | Word::Percent | Word::Scale(_));
    (!counted).then(|| Found::date(at + 1, Some(Moment::Year(year)), Basis::Explicit))
}

/// "Around 1900", where no noun follows that it could count.
pub(super) fn year_about(reader: Reader<'_>, at: usize) -> Option<Found> {
    let year = reader.year_at(at).filter(|year| (1500..=2100).contains(year))?;
    let free = matches!(
        reader.word(at + 1),
        Word::Mark(0 | b'.' | b',' | b';' | b')') | Word::In | Word::Or | Word::And
    ) || reader.pieces.before(at, 1) == Word::About && reader.pieces.is(at - 1, "circa");
    free.then(|| Found::date(at + 1, Some(Moment::Year(year)), Basis::Explicit))
}

fn second_year(reader: Reader<'_>, at: usize, first: i16) -> Option<(i16, usize)> {
    let pieces = reader.pieces;
    let joined = match reader.word(at + 1) {
        // "1704 - 1787" are two dates, "1871 - 72" can only be one.
        Word::Mark(b'-') => {
            let short = pieces.text(at + 2).len() == 2;
            pieces.glued(at + 1) == pieces.glued(at + 2) && (pieces.glued(at + 1) || short)
        }
        Word::Mark(b'/') => pieces.inner(at + 1, b'/'),
        _ => false,
    };
    let (number, digits) = pieces.digits(at + 2).filter(|_| joined)?;
    let number = i16::try_from(number).ok()?;
    let second = match digits {
        4 => number,
        2 => first / 100 * 100 + number,
        _ => return None,
    };
    let plain = !pieces.glued(at + 3)
        || !matches!(reader.word(at + 3), Word::Digits | Word::Mark(b'-' | b'/' | b'.'))
        || !pieces.glued(at + 4);
    (plain && second > first && second < first.saturating_add(200)).then_some((second, at + 3))
}

/// Whether four digits are a year where they stand, not a count, a price or a part of a name.
fn stands_as_year(reader: Reader<'_>, at: usize, year: i16) -> bool {
    let pieces = reader.pieces;
    if pieces.glued(at) {
        let dash = pieces.mark(at.wrapping_sub(1), b'-');
        let free =
            matches!(pieces.before(at, 1), Word::Mark(b'(' | b'[' | b'"' | b'\'' | b'/' | 1))
                || dash && !pieces.glued(at - 1)
                || dash && matches!(pieces.before(at, 2), Word::Mid | Word::Early | Word::Late);
        let digits = matches!(pieces.before(at, 2), Word::Digits);
        if !free || digits {
            return false;
        }
    }
    // "020 7946 2018"
    if at > 0 && pieces.digits(at - 1).is_some_and(|(_, digits)| digits > 2) {
        return false;
    }
    let expected = matches!(
        pieces.before(at, 1),
        Word::In
            | Word::Since
            | Word::By
            | Word::From
            | Word::Until
            | Word::Mark(b'(')
            | Word::During
            | Word::Between
            | Word::Before
            | Word::After
            | Word::Early
            | Word::Late
            | Word::Mid
            | Word::Fiscal
            | Word::Month(_)
            | Word::Season(_)
            | Word::Unit(calendar::Unit::Year)
    ) || pieces.mark(at.wrapping_sub(1), b',')
        && matches!(pieces.before(at, 2), Word::Digits);
    let counted = matches!(
        reader.word(at + 1),
        Word::Units(_)
            | Word::Unit(_)
            | Word::Percent
            | Word::Scale(_)
            | Word::Mark(b'%')
            | Word::Sign
            | Word::Zone(_)
            | Word::More
            | Word::Pm(_)
            | Word::Points
    ) || pieces.is(at + 1, "hours")
        || pieces.mark(at + 1, b'%');
    let ranged = pieces.mark(at + 1, b'-') && reader.year_at(at + 2).is_some();
    let numbered = !ranged
        && matches!(
            pieces.before(at, 1),
            Word::Sign
                | Word::About
                | Word::Nearly
                | Word::Over
                | Word::Than
                | Word::Least
                | Word::Most
                | Word::Some
                | Word::Mark(b'#')
                | Word::No
        )
        || matches!(
            pieces.text(at.wrapping_sub(1)),
            "Flight"
                | "Route"
                | "Room"
                | "Rs"
                | "Tk"
                | "Highway"
                | "Resolution"
                | "number"
                | "Number"
                | "another"
                | "least"
        );
    if counted || numbered {
        return false;
    }
    if expected {
        return year >= 1900 || !plural_follows(reader, at + 1) || year >= 1500;
    }
    (1600..=2100).contains(&year) && (!plural_follows(reader, at + 1) || introduced(reader, at))
}

/// Whether a small plural follows, as after a count: "2000 soldiers".
fn plural_follows(reader: Reader<'_>, at: usize) -> bool {
    let text = reader.pieces.text(at);
    let plural = text.ends_with('s') && !text.ends_with("ss") && text.len() > 3;
    (plural && reader.word(at) == Word::Other && !reader.pieces.capital(at))
        || reader.word(at) == Word::Currency
        || reader.pieces.is(at, "people")
        || reader.pieces.is(at, "men")
        || reader.pieces.is(at, "women")
}

/// Whether a year stands between a determiner or a name and its noun: "the 2008 elections".
fn introduced(reader: Reader<'_>, at: usize) -> bool {
    let pieces = reader.pieces;
    matches!(
        pieces.before(at, 1),
        Word::The | Word::A | Word::Possessive | Word::Pronoun | Word::Of
    ) || at > 0 && pieces.capital(at - 1)
        // "the 2008 and 2012 elections"
        || matches!(pieces.before(at, 1), Word::Or | Word::And)
            && at > 1
            && reader.year_at(at - 2).is_some()
}
