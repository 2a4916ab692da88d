//! Quarters, halves, centuries and fiscal years: "third-quarter", "the first half of 1990", "Q3",
//! "the year-earlier period", "the 20th century".
//!
//! In: the piece where such a period may begin. Out: the period; its year is the one named with it,
//! else the last such period that has begun, or the next where the verb looks ahead. "The quarter"
//! and "a year earlier" follow the quarter spoken of last.

use super::super::Basis;
use super::super::calendar::{self, Moment, Unit};
use super::super::words::Word;
use super::{Found, Reader, dates, direction, lengths, relative, years};
use jiff::civil::Date;

/// "Fiscal 1989", "FY2026", "the fiscal second quarter".
pub(super) fn fiscal(reader: Reader<'_>, at: usize) -> Option<Found> {
    if reader.word(at) != Word::Fiscal {
        return None;
    }
    let next = at + 1 + usize::from(reader.pieces.inner(at + 1, b'-'));
    let next = next
        + usize::from(
            reader.word(next) == Word::Unit(Unit::Year) && reader.word(next + 1) == Word::Digits,
        );
    match reader.word(next) {
        Word::Digits => years::year_after_preposition(reader, next),
        Word::Ordinal(_) => ordinal(reader, next, false),
        _ => None,
    }
}

/// The quarter or year that has ended last, or that was spoken of.
pub(super) fn latest(
    mentioned: Option<Moment>,
    document: Option<Date>,
    unit: Unit,
) -> Option<Moment> {
    match (unit, mentioned) {
        (Unit::Quarter, Some(Moment::Quarter(year, quarter))) => {
            Some(Moment::Quarter(year, quarter))
        }
        _ => calendar::units_on(document?, unit, -1),
    }
}

/// "Year-earlier", "year-ago", with the period that they may name.
pub(super) fn year_earlier(reader: Reader<'_>, at: usize) -> Found {
    let pieces = reader.pieces;
    let memory = reader.memory;
    let mentioned = match memory.mentioned {
        Some(moment @ (Moment::Quarter(..) | Moment::Half(..))) => moment.years_on(-1),
        _ => memory.document.and_then(|day| Moment::Year(day.year()).years_on(-1)),
    };
    if let Word::Ordinal(_) = reader.word(at)
        && let Some(found) = ordinal(reader, at, false)
        && let Some(moment @ Moment::Quarter(..)) = found.moment()
    {
        let found = Found::date(found.end, moment.years_on(-1), Basis::Mentioned);
        return Found { anchors: false, ..found };
    }
    let named = pieces.is(at, "period") || matches!(reader.word(at), Word::Unit(Unit::Quarter));
    let moment = match (reader.word(at), memory.mentioned) {
        (Word::Unit(Unit::Quarter), Some(Moment::Quarter(..))) => mentioned,
        (Word::Unit(Unit::Quarter), _) => {
            latest(None, memory.document, Unit::Quarter).and_then(|quarter| quarter.years_on(-1))
        }
        _ => mentioned,
    };
    let found = Found::date(at + usize::from(named), moment, Basis::Mentioned);
    Found { anchors: false, ..found }
}

/// "Third-quarter", "the first half of 1990", "the 20th century", "the first nine months".
pub(super) fn ordinal(reader: Reader<'_>, at: usize, the: bool) -> Option<Found> {
    let pieces = reader.pieces;
    let (number, end) = ordinal_number(reader, at)?;
    let dash = usize::from(pieces.inner(end, b'-'));
    let mut noun = end + dash;
    if reader.word(noun) == Word::Fiscal {
        noun += 1;
    }
    match reader.word(noun) {
        Word::Unit(Unit::Century) => {
            let century = Moment::Century(i16::try_from(number).ok()?.checked_sub(1)?);
            (1..=30)
                .contains(&number)
                .then(|| Found::date(noun + 1, Some(century), Basis::Explicit))
        }
        // "the 19th and 20th centuries"
        Word::And if reader.word(noun + 1) != Word::Ordinal(1) || the => {
            let (_, second) = ordinal_number(reader, noun + 1)?;
            if let (Word::Units(Unit::Quarter), 1..=4) = (reader.word(second), number) {
                let number = i8::try_from(number).ok()?;
                return Some(quarter(reader, at, end, number));
            }
            let centuries = reader.word(second) == Word::Units(Unit::Century);
            let century = Moment::Century(i16::try_from(number).ok()?.checked_sub(1)?);
            centuries.then(|| Found::date(end, Some(century), Basis::Explicit))
        }
        // "the third and fourth quarters"
        Word::Units(Unit::Quarter)
            if (1..=4).contains(&number) && reader.pieces.before(at, 1) == Word::And =>
        {
            let number = i8::try_from(number).ok()?;
            Some(quarter(reader, at, noun + 1, number))
        }
        Word::Units(Unit::Century) => {
            let century = Moment::Century(i16::try_from(number).ok()?.checked_sub(1)?);
            Some(Found::date(noun + 1, Some(century), Basis::Explicit))
        }
        Word::Unit(Unit::Quarter) if (1..=4).contains(&number) => {
            let number = i8::try_from(number).ok()?;
            Some(quarter(reader, at, noun + 1, number))
        }
        Word::Half
            if number <= 2
                && (the
                    || reader.word(noun + 1) == Word::Of
                    || matches!(pieces.before(at, 1), Word::Fiscal)) =>
        {
            let number = i8::try_from(number).ok()?;
            half(reader, at, noun + 1, number)
        }
        Word::Number(_) | Word::Digits | Word::Few if the && dash == 0 => {
            let found = lengths::counted(reader, noun)?;
            (number == 1).then_some(found)
        }
        // "the fourth of July" and "the 3rd of March"
        Word::Of | Word::Month(_) if the => dates::day_of_month(reader, at),
        _ => None,
    }
}

/// An ordinal in words or digits: third, twenty-first, 20th.
fn ordinal_number(reader: Reader<'_>, at: usize) -> Option<(u32, usize)> {
    let pieces = reader.pieces;
    match reader.word(at) {
        Word::Ordinal(number) => Some((u32::from(number), at + 1)),
        Word::Number(tens @ 20..) => match reader.word(at + 2) {
            Word::Ordinal(unit @ 1..10) if pieces.inner(at + 1, b'-') => {
                Some((u32::from(tens + unit), at + 3))
            }
            _ => None,
        },
        Word::Digits => {
            let (number, _) = pieces.digits(at)?;
            let ending = reader.word(at + 1) == Word::OrdinalEnding && pieces.glued(at + 1);
            ending.then_some((number, at + 2))
        }
        _ => None,
    }
}

/// The year that "of 1990", "of last year" or a bare "1990" gives to what stands before it.
fn year_behind(reader: Reader<'_>, at: usize) -> Option<(i16, usize)> {
    let of = usize::from(reader.word(at) == Word::Of);
    let found = match reader.word(at + of) {
        Word::Digits => years::year_after_preposition(reader, at + of),
        Word::Fiscal => fiscal(reader, at + of),
        Word::Last | Word::This | Word::Next | Word::That => relative::read(reader, at + of, false),
        Word::The if of == 1 => relative::read(reader, at + 2, true),
        _ => None,
    }?;
    match found.moment() {
        Some(Moment::Year(year)) => Some((year, found.end)),
        _ => None,
    }
}

pub(super) fn part_of_year(
    reader: Reader<'_>,
    at: usize,
    part: impl Fn(i16) -> Moment,
) -> Option<Found> {
    let (year, end) = year_behind(reader, at)?;
    Some(Found::date(end, Some(part(year)), Basis::Explicit))
}

fn quarter(reader: Reader<'_>, at: usize, end: usize, number: i8) -> Found {
    if let Some((year, end)) = year_behind(reader, end) {
        return Found::date(end, Some(Moment::Quarter(year, number)), Basis::Explicit);
    }
    let (year, basis) = open_year(reader, at, end, 4, number);
    Found::date(end, year.map(|year| Moment::Quarter(year, number)), basis)
}

fn half(reader: Reader<'_>, at: usize, end: usize, number: i8) -> Option<Found> {
    let part = |year| Moment::Half(year, number);
    if let Some(found) = part_of_year(reader, end, part) {
        return Some(found);
    }
    // "the first half of the match"
    if reader.word(end) == Word::Of
        || !matches!(reader.pieces.before(at, 2), Word::In | Word::For | Word::During)
    {
        return None;
    }
    let (year, basis) = open_year(reader, at, end, 2, number);
    Some(Found::date(end, year.map(part), basis))
}

/// The year of a quarter or half that the text leaves open.
fn open_year(
    reader: Reader<'_>,
    from: usize,
    to: usize,
    parts: i8,
    number: i8,
) -> (Option<i16>, Basis) {
    let Some(document) = reader.memory.document else { return (None, Basis::Nearest) };
    let now = (document.month() - 1) / (12 / parts) + 1;
    let year = document.year();
    let ahead = (number - now).rem_euclid(parts);
    // What has just ended is reported on, whatever the verb: "expects to report third-quarter".
    let just_ended = parts > 2 && ahead == parts - 1;
    if direction::ahead(reader.pieces, from, to) && !just_ended {
        return (year.checked_add(i16::from(number < now)), Basis::Future);
    }
    (year.checked_sub(i16::from(number > now)), Basis::Past)
}

/// "The 1988 third quarter", "the 1989 period": a year before its part, after "the".
pub(super) fn year_first(reader: Reader<'_>, at: usize) -> Option<Found> {
    let found = years::year_after_preposition(reader, at)?;
    let Some(Moment::Year(year)) = found.moment() else { return None };
    if let Some(found) = year_quarter(reader, at, year) {
        return Some(found);
    }
    let moment = match reader.memory.mentioned {
        Some(Moment::Quarter(_, quarter)) => Moment::Quarter(year, quarter),
        _ => Moment::Year(year),
    };
    let named =
        reader.pieces.is(at + 1, "period") || reader.word(at + 1) == Word::Unit(Unit::Quarter);
    named.then(|| Found { anchors: false, ..Found::date(at + 2, Some(moment), Basis::Explicit) })
}

/// "1989 third quarter", "1990 first half".
pub(super) fn year_quarter(reader: Reader<'_>, at: usize, year: i16) -> Option<Found> {
    quarter_of_year(reader, at + 1, year)
}

/// The quarter mentioned last, or else ended last, of another year.
fn quarter_spoken_of(reader: Reader<'_>, year: i16) -> Option<Moment> {
    match latest(reader.memory.mentioned, reader.memory.document, Unit::Quarter)? {
        Moment::Quarter(_, quarter) => Some(Moment::Quarter(year, quarter)),
        _ => None,
    }
}

/// A quarter or half at `at`, of a year named before it.
pub(super) fn quarter_of_year(reader: Reader<'_>, at: usize, year: i16) -> Option<Found> {
    let noun = at + usize::from(reader.word(at) == Word::Fiscal);
    if reader.word(noun) == Word::Unit(Unit::Quarter) {
        let moment = quarter_spoken_of(reader, year);
        return Some(Found { anchors: false, ..Found::date(noun + 1, moment, Basis::Mentioned) });
    }
    let (number, end) = ordinal_number(reader, noun)?;
    let number = i8::try_from(number).ok()?;
    let end = end + usize::from(reader.pieces.inner(end, b'-'));
    let moment = match reader.word(end) {
        Word::Unit(Unit::Quarter) if (1..=4).contains(&number) => Moment::Quarter(year, number),
        Word::Half if (1..=2).contains(&number) => Moment::Half(year, number),
        _ => return None,
    };
    Some(Found::date(end + 1, Some(moment), Basis::Explicit))
}

/// "Q3 2019", "H1", "Q4".
pub(super) fn lettered(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let (number, digits) = pieces.digits(at + 1)?;
    if digits != 1 || !pieces.glued(at + 1) || !pieces.capital(at) || pieces.glued(at) {
        return None;
    }
    let number = i8::try_from(number).ok()?;
    let q = reader.word(at) == Word::Q;
    if number < 1 || number > if q { 4 } else { 2 } {
        return None;
    }
    let part = |year| if q { Moment::Quarter(year, number) } else { Moment::Half(year, number) };
    let end = at + 2;
    if let Some(found) = part_of_year(reader, end, part) {
        return Some(found);
    }
    let (year, basis) = open_year(reader, at, end, if q { 4 } else { 2 }, number);
    Some(Found::date(end, year.map(part), basis))
}
