//! Calendar dates: days, months, years, decades, holidays.
//!
//! In: the piece where a date may begin. Out: the date as read, or nothing. A day or month without
//! a year is resolved by the direction of its verb, else to the nearest. Numbers that are no dates
//! (32 January, scores, versions, telephone numbers) are refused here.

use super::super::calendar::{self, Holiday, Moment, TimeValue};
use super::super::words::Word;
use super::super::{Basis, Label};
use super::direction::{self, Direction};
use super::{Found, Reader, clock, relative};
use jiff::civil::Date;

/// The earliest bare number that is read as a year.
const FIRST_YEAR: u32 = 1000;
const LAST_YEAR: u32 = 2150;

impl Reader<'_> {
    /// A four-digit year at `at`.
    fn year_at(self, at: usize) -> Option<i16> {
        let (number, digits) = self.pieces.digits(at)?;
        let stands = digits == 4 && (FIRST_YEAR..=LAST_YEAR).contains(&number);
        let joined = matches!(self.word(at + 1), Word::Mark(b'.' | b',' | b':' | b'/' | b'%'))
            && self.pieces.glued(at + 1)
            && self.pieces.glued(at + 2)
            && self.word(at + 2) == Word::Digits;
        (stands && !joined).then(|| i16::try_from(number).ok()).flatten()
    }

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
    fn year_after(self, at: usize) -> Option<(i16, usize)> {
        let comma = self.pieces.mark(at, b',');
        let next = at + usize::from(comma);
        if let Some(year) = self.year_at(next) {
            return Some((year, next + 1));
        }
        if comma {
            return None;
        }
        if let Some((year, end)) = words_year(self, next) {
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
        let Some(document) = self.memory.document else { return (None, Basis::Nearest) };
        let direction = direction::of(self.pieces, from, to);
        let candidates = [-1, 0, 1].map(|shift| {
            document.year().checked_add(shift).and_then(|year| Date::new(year, month, day).ok())
        });
        let far = |date: &Date| (*date - document).get_days().unsigned_abs();
        let all = || candidates.iter().flatten().copied();
        // Within a fortnight the words' direction is trusted less than the calendar's nearness.
        let (chosen, basis) = match direction {
            Some(Direction::Back) => (all().rfind(|date| *date <= document), Basis::Past),
            Some(Direction::Ahead) => (all().find(|date| *date >= document), Basis::Future),
            None => (all().min_by_key(far), Basis::Nearest),
        };
        (chosen.or_else(|| all().min_by_key(far)), basis)
    }
}

/// "Nineteen ninety-six", "two thousand and eight", "twenty twenty-five".
fn words_year(reader: Reader<'_>, at: usize) -> Option<(i16, usize)> {
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
    let Some(document) = reader.memory.document else { return (None, Basis::Nearest) };
    let year =
        |shift: i16| document.year().checked_add(shift).map(|year| Moment::Month(year, month));
    let direction = match reader.pieces.before(from, 1) {
        Word::Last | Word::Past => Some(Direction::Back),
        Word::Next | Word::Coming => Some(Direction::Ahead),
        _ => direction::of(reader.pieces, from, to),
    };
    let now = document.month();
    match direction {
        Some(Direction::Ahead) => (year(i16::from(month < now)), Basis::Future),
        Some(Direction::Back) => (year(-i16::from(month > now)), Basis::Past),
        // Without a verb the last such month, unless one stands at the door.
        None => {
            let soon = (month - now).rem_euclid(12) <= 3;
            (year(i16::from(soon && month < now) - i16::from(!soon && month > now)), Basis::Nearest)
        }
    }
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
    .filter(|&(second, _)| second > day);
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

/// A weekday, perhaps of a date: "Friday", "Friday, 3 March 2026", "Friday night".
pub(super) fn weekday(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let (weekday, short) = match reader.word(at) {
        Word::Weekday(weekday) => (weekday, false),
        Word::WeekdayShort(weekday) => (weekday, true),
        _ => return None,
    };
    if !pieces.capital(at) || pieces.glued(at) && !matches!(pieces.before(at, 1), Word::Mark(_)) {
        return None;
    }
    if let Some(date) = dated_weekday(reader, at, short) {
        return Some(date);
    }
    if short || is_title(reader, at) {
        return None;
    }
    let end = at + 1;
    let direction = direction::of(pieces, at, end);
    let ahead = direction == Some(Direction::Ahead);
    let basis = if ahead { Basis::Future } else { Basis::Past };
    let date = reader
        .memory
        .document
        .and_then(|document| calendar::weekday_near(document, weekday, ahead));
    Some(with_part(reader, end, date, basis))
}

/// A day and the part of it that may follow: "Friday night".
pub(super) fn with_part(reader: Reader<'_>, end: usize, date: Option<Date>, basis: Basis) -> Found {
    let early = match reader.word(end) {
        Word::Early | Word::Late => end + 1,
        _ => end,
    };
    if let Word::Part(part) = reader.word(early) {
        let value = date.map(|date| TimeValue::At(Moment::Part(date, part)));
        return Found::new(early + 1, Label::Time, value, basis);
    }
    if reader.word(end) == Word::Midday {
        return clock::midday(end + 1, date, basis);
    }
    Found::date(end, date.map(Moment::Day), basis)
}

/// "Friday, 3 March 2026", "Mon. Feb 2".
fn dated_weekday(reader: Reader<'_>, at: usize, short: bool) -> Option<Found> {
    let pieces = reader.pieces;
    let mut next = at + 1;
    if short && pieces.mark(next, b'.') {
        next += 1;
    }
    if pieces.mark(next, b',') {
        next += 1;
    }
    let next = next + usize::from(reader.word(next) == Word::The);
    let found = match reader.word(next) {
        Word::Month(_) | Word::MonthShort(_) => month(reader, next),
        Word::Digits | Word::Ordinal(_) => {
            numeric(reader, next).or_else(|| day_month(reader, next))
        }
        _ => None,
    }?;
    let day = match found.value {
        Some(TimeValue::At(moment)) => moment.day().is_some(),
        Some(TimeValue::Span(..)) | None => true,
        Some(_) => false,
    };
    day.then_some(found)
}

/// Whether a weekday is part of a title or a nickname: "Sunday Times", "Bloody Sunday".
fn is_title(reader: Reader<'_>, at: usize) -> bool {
    let pieces = reader.pieces;
    let paper =
        ["Times", "Telegraph", "Mail", "Mirror", "Express", "Herald", "Post", "Star", "Tribune"]
            .contains(&pieces.text(at + 1));
    let name = at > 0
        && ["Black", "Super", "Bloody", "Cyber", "Giving", "Ash", "Sheffield"]
            .contains(&pieces.text(at - 1));
    paper || name
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
        4 if (FIRST_YEAR..=LAST_YEAR).contains(&third) => third,
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
                4 if number % 10 == 0 && (FIRST_YEAR..=LAST_YEAR).contains(&number) => {
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
    relative::year_quarter(reader, at, year).or_else(|| {
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

fn second_year(reader: Reader<'_>, at: usize, first: i16) -> Option<(i16, usize)> {
    let pieces = reader.pieces;
    let joined = match reader.word(at + 1) {
        Word::Mark(b'-') => pieces.glued(at + 1) == pieces.glued(at + 2),
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
    let numbered = matches!(
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
    ) || matches!(
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
    (1700..=2100).contains(&year) && (!plural_follows(reader, at + 1) || introduced(reader, at))
}

/// Whether a small plural follows, as after a count: "2000 soldiers".
fn plural_follows(reader: Reader<'_>, at: usize) -> bool {
    let text = reader.pieces.text(at);
    let plural = text.ends_with('s') && !text.ends_with("ss") && text.len() > 3;
    (plural && reader.word(at) == Word::Other && !reader.pieces.capital(at))
        || reader.pieces.is(at, "people")
        || reader.pieces.is(at, "men")
        || reader.pieces.is(at, "women")
}

/// Whether a year stands between a determiner or a name and its noun: "the 2008 elections".
fn introduced(reader: Reader<'_>, at: usize) -> bool {
    let pieces = reader.pieces;
    matches!(
        pieces.before(at, 1),
        Word::The | Word::A | Word::Possessive | Word::Pronoun | Word::Of | Word::Or | Word::And
    ) || at > 0 && pieces.capital(at - 1)
}

/// A holiday: "Christmas Day", "Thanksgiving", "Good Friday 2026".
pub(super) fn holiday(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    if !pieces.capital(at) {
        return None;
    }
    let (holiday, end) = named_holiday(reader, at)?;
    let (year, to) = match reader.year_after(end) {
        Some((year, to)) => (Some(year), to),
        None => (None, end),
    };
    if let Some(year) = year {
        return Some(Found::date(to, holiday.in_year(year).map(Moment::Day), Basis::Explicit));
    }
    let (date, basis) = nearest_holiday(reader, holiday, at, end);
    Some(Found::date(end, date.map(Moment::Day), basis))
}

/// A holiday whose year is left open, by its verb's direction.
fn nearest_holiday(
    reader: Reader<'_>,
    holiday: Holiday,
    from: usize,
    to: usize,
) -> (Option<Date>, Basis) {
    let Some(document) = reader.memory.document else { return (None, Basis::Nearest) };
    let days = [-1, 0, 1]
        .map(|shift| document.year().checked_add(shift).and_then(|year| holiday.in_year(year)));
    let direction = match reader.pieces.before(from, 1) {
        Word::Last | Word::Past => Some(Direction::Back),
        Word::Next | Word::Coming => Some(Direction::Ahead),
        Word::This => None,
        _ => direction::of(reader.pieces, from, to),
    };
    let mut days = days.iter().flatten().copied();
    match direction {
        Some(Direction::Back) => (days.rfind(|day| *day <= document), Basis::Past),
        Some(Direction::Ahead) => (days.find(|day| *day >= document), Basis::Future),
        None => {
            let far = |day: &Date| (*day - document).get_days().unsigned_abs();
            (days.min_by_key(far), Basis::Nearest)
        }
    }
}

fn named_holiday(reader: Reader<'_>, at: usize) -> Option<(Holiday, usize)> {
    let pieces = reader.pieces;
    let next = |word: &str| pieces.is(at + 1, word);
    let day = || next("Day").then_some(at + 2);
    let optional = at + 1 + usize::from(next("Day"));
    Some(match pieces.text(at).to_ascii_lowercase().as_str() {
        "christmas" if next("Eve") => (Holiday::Fixed(12, 24), at + 2),
        "christmas" => (Holiday::Fixed(12, 25), optional),
        "easter" if next("Monday") => (Holiday::Easter(1), at + 2),
        "easter" if next("Sunday") => (Holiday::Easter(0), at + 2),
        "easter" if reader.word(at + 1) != Word::Other || !pieces.capital(at + 1) => {
            (Holiday::Easter(0), at + 1)
        }
        "thanksgiving" => (Holiday::Nth(11, 4, 4), optional),
        "halloween" => (Holiday::Fixed(10, 31), at + 1),
        "independence" => (Holiday::Fixed(7, 4), day()?),
        "labor" => (Holiday::Nth(9, 1, 1), day()?),
        "memorial" => (Holiday::Nth(5, 0, 1), day()?),
        "boxing" => (Holiday::Fixed(12, 26), day()?),
        "veterans" | "armistice" | "remembrance" => (Holiday::Fixed(11, 11), day()?),
        "columbus" => (Holiday::Nth(10, 2, 1), day()?),
        "election" => (Holiday::Election, day()?),
        "bastille" => (Holiday::Fixed(7, 14), day()?),
        "anzac" => (Holiday::Fixed(4, 25), day()?),
        "juneteenth" => (Holiday::Fixed(6, 19), at + 1),
        "good" if next("Friday") => (Holiday::Easter(-2), at + 2),
        "ash" if next("Wednesday") => (Holiday::Easter(-46), at + 2),
        "palm" if next("Sunday") => (Holiday::Easter(-7), at + 2),
        "valentine" if pieces.mark(at + 1, b'\'') && pieces.is(at + 3, "Day") => {
            (Holiday::Fixed(2, 14), at + 4)
        }
        "new" if next("Year") && pieces.mark(at + 2, b'\'') => {
            let eve = pieces.is(at + 4, "Eve");
            let holiday = if eve { Holiday::Fixed(12, 31) } else { Holiday::Fixed(1, 1) };
            (eve || pieces.is(at + 4, "Day")).then_some((holiday, at + 5))?
        }
        "martin" if next("Luther") && pieces.is(at + 2, "King") => {
            let junior = if pieces.is(at + 3, "Jr") {
                1 + usize::from(pieces.mark(at + 4, b'.'))
            } else {
                0
            };
            pieces.is(at + 3 + junior, "Day").then_some((Holiday::Nth(1, 3, 1), at + 4 + junior))?
        }
        _ => return None,
    })
}
