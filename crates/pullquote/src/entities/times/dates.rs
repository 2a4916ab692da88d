//! Calendar dates: days and months.
//!
//! In: the piece where a date may begin. Out: the date as read, or nothing. A day or month without
//! a year is resolved by the direction of its verb, else to the nearest. Numbers that are no dates
//! (32 January, scores, versions, telephone numbers) are refused here.

use super::super::calendar::{self, Moment};
use super::super::timex::TimeValue;
use super::super::words::Word;
use super::super::{Basis, Label};
use super::direction::{self, Direction, Lean};
use super::{Found, Reader, years};
use jiff::civil::Date;

impl Reader<'_> {
    /// The number of a day at `at`, and the piece after it and its ordinal ending.
    fn day_at(self, at: usize) -> Option<(i8, usize)> {
        if let Word::Ordinal(day) = self.word(at) {
            return Some((i8::try_from(day).ok()?, at + 1));
        }
        let pieces = self.pieces;
        // "May twenty-first"
        if let (Word::Number(tens @ (20 | 30)), Word::Ordinal(unit @ 1..10)) =
            (self.word(at), self.word(at + 2))
            && pieces.inner(at + 1, b'-')
        {
            return Some((i8::try_from(tens + unit).ok()?, at + 3));
        }
        let (number, digits) = pieces.digits(at)?;
        if digits > 2 || !(1..=31).contains(&number) {
            return None;
        }
        let mut end = at + 1;
        if self.word(end) == Word::OrdinalEnding && pieces.glued(end) {
            end += 1;
        } else if pieces.glued(end)
            && (pieces.glued(end + 1)
                && self.word(end + 1) == Word::Digits
                && matches!(self.word(end), Word::Mark(b':' | b'.' | b'/' | b',')))
            || matches!(self.word(end), Word::Mark(b'%') | Word::Percent | Word::Scale(_))
            || pieces.glued(end) && !matches!(self.word(end), Word::Mark(_) | Word::Possessive)
        {
            return None;
        }
        Some((i8::try_from(number).ok()?, end))
    }

    /// A year after a date: "3 March 2026", "March 3, 2026", "March 3 this year".
    pub(super) fn year_after(self, at: usize) -> Option<(i16, usize)> {
        let comma = self.pieces.mark(at, b',');
        let next = at + usize::from(comma);
        if let Some(year) = self.year_at(next) {
            return Some((year, next + 1));
        }
        if comma {
            return None;
        }
        if let Some((year, end)) = years::words_year(self, next) {
            return Some((year, end));
        }
        let of = usize::from(self.word(next) == Word::Of);
        let shift = match (self.word(next + of), self.word(next + of + 1)) {
            (Word::Last, Word::Unit(calendar::Unit::Year)) => -1,
            (Word::This, Word::Unit(calendar::Unit::Year)) => 0,
            (Word::Next, Word::Unit(calendar::Unit::Year)) => 1,
            _ => return None,
        };
        let year = self.memory.document?.year().checked_add(shift)?;
        let free = self.word(next + of + 2) != Word::Mark(b'\'');
        free.then_some((year, next + of + 2))
    }

    /// A day of a month whose year is left open.
    fn open_day(self, month: u8, day: i8, from: usize, to: usize) -> (Option<Date>, Basis) {
        let Ok(month) = i8::try_from(month) else { return (None, Basis::Nearest) };
        // The attacks are a proper name for their day.
        if (month, day) == (9, 11)
            && ["attacks", "attack", "terrorist", "terror", "hijackings"]
                .iter()
                .any(|word| self.pieces.is(to, word))
        {
            return (Date::new(2001, 9, 11).ok(), Basis::Explicit);
        }
        if let Some(year) = self.memory.narrated_year() {
            return (Date::new(year, month, day).ok(), Basis::Mentioned);
        }
        let Some(document) = self.memory.document else { return (None, Basis::Nearest) };
        let candidates = [-1, 0, 1].map(|shift| {
            document.year().checked_add(shift).and_then(|year| Date::new(year, month, day).ok())
        });
        let ended = from > 0 && self.pieces.is(from - 1, "ended");
        direction::by_nearness(candidates, document, direction::of(self.pieces, from, to), ended)
    }
}

/// A date that begins with a month: "March 3, 2026", "March 2026", "March".
pub(super) fn month(reader: Reader<'_>, at: usize) -> Option<Found> {
    let (month, short) = match reader.word(at) {
        Word::Month(month) => (month, false),
        Word::MonthShort(month) => (month, true),
        _ => return None,
    };
    let pieces = reader.pieces;
    if !pieces.capital(at) || (pieces.glued(at) && !matches!(pieces.before(at, 1), Word::Mark(_))) {
        return None;
    }
    // "32 January": a day that no month has.
    if at > 0 && pieces.digits(at - 1).is_some_and(|(_, digits)| digits <= 2) {
        return None;
    }
    let dot = short && pieces.mark(at + 1, b'.') && pieces.glued(at + 1);
    let next = at + 1 + usize::from(dot);
    let number = i8::try_from(month).ok()?;
    // "the" may stand before an ordinal: "July the 4th".
    let the = usize::from(reader.word(next) == Word::The);
    let day = reader.day_at(next + the).filter(|(_, end)| the == 0 || *end > next + the + 1);
    if let Some((day, end)) = day {
        return month_day(reader, (month, day), at, end);
    }
    if reader.word(next) == Word::Digits
        && pieces.digits(next).is_some_and(|(number, digits)| digits <= 2 && number > 31)
        && !pieces.mark(next - 1, b'\'')
        && reader.year_at(next).is_none()
    {
        return None;
    }
    if let Some((year, end)) = reader.year_after(
        next + usize::from(reader.word(next) == Word::Of && reader.year_at(next + 1).is_some()),
    ) {
        return Some(Found::date(end, Some(Moment::Month(year, number)), Basis::Explicit));
    }
    if short && !dot && !matches!(reader.word(next), Word::Mark(_)) || is_name(reader, at) {
        return None;
    }
    if let Some(range) = month_range(reader, number, next) {
        return Some(range);
    }
    let end = if dot && !pieces.glued(next) { next } else { at + 1 };
    let (value, basis) = open_month(reader, number, at, end);
    Some(Found::date(end, value, basis))
}

/// "May-June 2012"
fn month_range(reader: Reader<'_>, first: i8, dash: usize) -> Option<Found> {
    let Word::Month(second) = reader.word(dash + 1) else { return None };
    let second = i8::try_from(second).ok()?;
    let year = reader.year_at(dash + 2)?;
    let value = TimeValue::Span(Moment::Month(year, first), Moment::Month(year, second));
    (reader.pieces.mark(dash, b'-') && first < second)
        .then(|| Found::new(dash + 3, Label::Date, Some(value), Basis::Explicit))
}

/// Whether a month's word is a person's or a thing's name here, or a verb.
fn is_name(reader: Reader<'_>, at: usize) -> bool {
    let pieces = reader.pieces;
    let expected = matches!(
        pieces.before(at, 1),
        Word::In
            | Word::Since
            | Word::By
            | Word::Of
            | Word::From
            | Word::Until
            | Word::To
            | Word::On
            | Word::Last
            | Word::Next
            | Word::This
            | Word::Early
            | Word::Late
            | Word::Mid
            | Word::During
            | Word::Between
            | Word::Before
            | Word::After
            | Word::Every
            | Word::Coming
            | Word::Previous
            | Word::Following
            | Word::Or
            | Word::For
            | Word::About
            | Word::End
            | Word::Past
    ) || matches!(pieces.before(at, 1), Word::Mark(b'-'));
    if expected {
        return false;
    }
    // "The March accession"
    if pieces.before(at, 1) == Word::The
        && !pieces.capital(at + 1)
        && reader.word(at + 1) == Word::Other
    {
        return false;
    }
    let ambiguous = matches!(reader.word(at), Word::Month(3 | 4 | 5 | 6 | 8) | Word::MonthShort(_));
    let named = |at: usize| pieces.capital(at) && reader.word(at) == Word::Other;
    let surname = named(at + 1) && !pieces.mark(at, b'.');
    let forename = at > 0 && named(at - 1) || pieces.mark(at.wrapping_sub(1), b'.');
    let first = at == 0 || matches!(pieces.before(at, 1), Word::Mark(_));
    match reader.word(at) {
        // The verb "may" and the forenames carry no capital or no neighbour that a month would have.
        Word::Month(5 | 3) => true,
        _ if ambiguous => surname || forename || first && reader.word(at + 1) == Word::Other,
        _ => surname && forename,
    }
}

fn open_month(reader: Reader<'_>, month: i8, from: usize, to: usize) -> (Option<Moment>, Basis) {
    if let Some(year) = reader.memory.narrated_year() {
        return (Some(Moment::Month(year, month)), Basis::Mentioned);
    }
    let Some(document) = reader.memory.document else { return (None, Basis::Nearest) };
    let year =
        |shift: i16| document.year().checked_add(shift).map(|year| Moment::Month(year, month));
    let now = document.month();
    // Months ahead, 0 for the document's own month.
    let ahead = (month - now).rem_euclid(12);
    let next = || year(i16::from(month < now));
    let last = || year(-i16::from(month > now));
    match reader.pieces.before(from, 1) {
        // "Last February", written in March, is that of the year before.
        Word::Last if ahead == 0 || ahead == 11 => {
            return (year(-1 - i16::from(month > now)), Basis::Past);
        }
        Word::Last | Word::Past => return (last(), Basis::Past),
        Word::Next | Word::Coming if ahead == 0 => return (year(1), Basis::Future),
        Word::Next | Word::Coming => return (next(), Basis::Future),
        _ => {}
    }
    let lean = direction::of(reader.pieces, from, to);
    // "In November, in December and in January": a list goes on from its first month.
    if let Some(Moment::Month(listed, first)) = reader.memory.month
        && (listed, first) > (document.year(), now)
    {
        let on = i16::from(month < first);
        return (listed.checked_add(on).map(|year| Moment::Month(year, month)), Basis::Mentioned);
    }
    match lean {
        Some(Lean { direction: Direction::Ahead, strong: true }) if ahead < 11 => {
            (next(), Basis::Future)
        }
        Some(Lean { direction: Direction::Back, strong: true })
            if ahead != 1 || document.day() < 20 =>
        {
            (last(), Basis::Past)
        }
        Some(Lean { direction: Direction::Ahead, .. }) if ahead <= 7 => (next(), Basis::Future),
        Some(Lean { direction: Direction::Back, .. }) if ahead >= 3 => (last(), Basis::Past),
        // Without a verb the last such month, unless one stands at the door.
        _ if ahead <= 3 => (next(), Basis::Nearest),
        _ => (last(), Basis::Nearest),
    }
}

/// "20 and 21": two days on end are a range like "20-21".
fn next_day(reader: Reader<'_>, day: i8, and: usize) -> Option<(i8, usize)> {
    if reader.word(and) != Word::And {
        return None;
    }
    let (second, end) = reader.day_at(and + 1)?;
    let plain = matches!(
        reader.word(end),
        Word::Mark(_) | Word::Of | Word::In | Word::At | Word::To | Word::Verb(_)
    ) || reader.word(end) == Word::Other && !reader.pieces.text(end).ends_with('s');
    (second == day + 1 && plain).then_some((second, end))
}

/// A day after its month, perhaps to another day, and its year.
fn month_day(reader: Reader<'_>, date: (u8, i8), at: usize, end: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let (month, day) = date;
    let second = match reader.word(end) {
        Word::Mark(b'-') if pieces.glued(end) == pieces.glued(end + 1) => reader.day_at(end + 1),
        Word::To | Word::Until => reader.day_at(end + 1).filter(|(_, end)| {
            !matches!(
                reader.word(*end),
                Word::Month(_) | Word::MonthShort(_) | Word::Units(_) | Word::Other
            )
        }),
        _ => None,
    }
    .filter(|&(second, _)| second > day)
    .or_else(|| next_day(reader, day, end));
    let after = second.map_or(end, |(_, end)| end);
    let year = reader.year_after(after);
    let to = year.map_or(after, |(_, end)| end);
    let dated = |day: i8| match year {
        Some((year, _)) => {
            (Date::new(year, i8::try_from(month).ok()?, day).ok(), Basis::Explicit).into()
        }
        None => Some(reader.open_day(month, day, at, to)),
    };
    let (first, basis) = dated(day)?;
    // A day that no year has is no date.
    Date::new(2000, i8::try_from(month).ok()?, day).ok()?;
    if year.is_some() && first.is_none() {
        return None;
    }
    let found = match second {
        Some((second, _)) => {
            let last = dated(second)?.0;
            let value =
                first.zip(last).map(|(a, b)| TimeValue::Span(Moment::Day(a), Moment::Day(b)));
            Found::new(to, Label::Date, value, basis)
        }
        None => Found::date(to, first.map(Moment::Day), basis),
    };
    Some(Found { order: -1, ..found })
}

/// "3 March 2026", "3rd of March", "5-7 June", "5 to 7 June".
pub(super) fn day_month(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    if pieces.glued(at)
        && !matches!(pieces.before(at, 1), Word::Mark(b'(' | b'"' | b'\'' | b'-' | 1))
    {
        return None;
    }
    let (day, end) = reader.day_at(at)?;
    let second = match reader.word(end) {
        Word::Mark(b'-') | Word::To | Word::Until => {
            reader.day_at(end + 1).filter(|&(next, _)| next > day)
        }
        _ => None,
    };
    let after = second.map_or(end, |(_, end)| end);
    // "the 24th day of November"
    let day_of =
        reader.word(after) == Word::Unit(calendar::Unit::Day) && reader.word(after + 1) == Word::Of;
    let after = after + usize::from(day_of);
    let of = usize::from(reader.word(after) == Word::Of);
    let (month, short) = match reader.word(after + of) {
        Word::Month(month) => (month, false),
        Word::MonthShort(month) => (month, true),
        // "5 and 6 March": the first day borrows the month.
        Word::And if second.is_none() && of == 0 => return borrowed(reader, day, at, after),
        _ => return None,
    };
    if !pieces.capital(after + of) {
        return None;
    }
    let dot = short && pieces.mark(after + of + 1, b'.') && pieces.glued(after + of + 1);
    let next = after + of + 1 + usize::from(dot);
    let year = reader.year_after(next);
    let to = year.map_or(
        if dot {
            next - usize::from(!pieces.glued(next) && pieces.rows.len() == next)
        } else {
            next
        },
        |(_, end)| end,
    );
    let number = i8::try_from(month).ok()?;
    Date::new(2000, number, day).ok()?;
    let dated = |day: i8| match year {
        Some((year, _)) => (Date::new(year, number, day).ok(), Basis::Explicit),
        None => reader.open_day(month, day, at, to),
    };
    let (first, basis) = dated(day);
    if year.is_some() && first.is_none() {
        return None;
    }
    let found = match second {
        Some((second, _)) => {
            let last = dated(second).0;
            let value =
                first.zip(last).map(|(a, b)| TimeValue::Span(Moment::Day(a), Moment::Day(b)));
            Found::new(to, Label::Date, value, basis)
        }
        None => Found::date(to, first.map(Moment::Day), basis),
    };
    Some(Found { order: 1, ..found })
}

/// The first day of "5 and 6 March 2026".
fn borrowed(reader: Reader<'_>, day: i8, at: usize, and: usize) -> Option<Found> {
    let whole = day_month(reader, and + 1)?;
    let Some(Moment::Day(date)) = whole.moment() else { return None };
    let date = Date::new(date.year(), date.month(), day).ok()?;
    let plain = reader.word(at) == Word::Digits;
    plain.then(|| Found::date(and, Some(Moment::Day(date)), whole.basis))
}

/// "The 4th of July", "the first of March": an ordinal day with "of".
pub(super) fn day_of_month(reader: Reader<'_>, at: usize) -> Option<Found> {
    let (_, end) = reader.day_at(at)?;
    (end > at + 1 || matches!(reader.word(at), Word::Ordinal(_)))
        .then(|| day_month(reader, at))
        .flatten()
}

/// "On the 15th": a day of the month spoken of, or else of the document's.
pub(super) fn bare_day(reader: Reader<'_>, at: usize) -> Option<Found> {
    let (day, end) = reader.day_at(at).filter(|(_, end)| *end == at + 2)?;
    let expected = matches!(reader.pieces.before(at, 2), Word::On | Word::By | Word::Until);
    let free =
        matches!(reader.word(end), Word::Mark(0 | b'.' | b',' | b';') | Word::And | Word::At);
    let (year, month) = match (reader.memory.mentioned, reader.memory.document) {
        (Some(Moment::Month(year, month)), _) => (year, month),
        (_, Some(document)) => (document.year(), document.month()),
        _ => return None,
    };
    let date = Date::new(year, month, day).ok().map(Moment::Day);
    (expected && free).then(|| Found::date(end, date, Basis::Mentioned))
}

/// Dates in digits alone: 2026-03-14, 14/03/2026, 3.14.2026.
pub(super) fn numeric(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    if pieces.glued(at) && !matches!(pieces.before(at, 1), Word::Mark(b'(' | b'"' | b'\'')) {
        return None;
    }
    let Word::Mark(mark @ (b'-' | b'/' | b'.')) = reader.word(at + 1) else { return None };
    if !pieces.inner(at + 1, mark) || !pieces.inner(at + 3, mark) {
        return None;
    }
    let end = at + 5;
    let goes_on = pieces.glued(end)
        && (reader.word(end) == Word::Digits
            || matches!(reader.word(end), Word::Mark(b'-' | b'/' | b'.')) && pieces.glued(end + 1));
    let (first, first_digits) = pieces.digits(at)?;
    let (second, second_digits) = pieces.digits(at + 2)?;
    let (third, third_digits) = pieces.digits(at + 4)?;
    if goes_on || second_digits > 2 || second == 0 {
        return None;
    }
    if first_digits == 4 {
        let date = (third_digits <= 2).then(|| date(first, second, third))??;
        return Some(Found::date(end, Some(Moment::Day(date)), Basis::Explicit));
    }
    let year = match third_digits {
        4 if (years::FIRST_YEAR..=years::LAST_YEAR).contains(&third) => third,
        2 if mark == b'/' => {
            let century = if third < 70 { 2000 } else { 1900 };
            century + third
        }
        _ => return None,
    };
    if first_digits > 2 {
        return None;
    }
    let day_first = first > 12 || second <= 12 && (mark == b'.' || reader.memory.day_first > 0);
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    let found = date(year, month, day)?;
    let order = if first > 12 { 1 } else { -i8::from(second > 12) };
    let found = Found::date(end, Some(Moment::Day(found)), Basis::Explicit);
    Some(Found { order, ..found })
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let small = |number: u32| i8::try_from(number).ok();
    Date::new(i16::try_from(year).ok().filter(|year| *year > 0)?, small(month)?, small(day)?).ok()
}
