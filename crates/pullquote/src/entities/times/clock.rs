//! Times of day: "10:35 a.m. GMT on Tuesday", "14:30", "1430 GMT", "noon", "4 in the morning".
//!
//! In: the piece where a time may begin. Out: a TIME with the day that is named beside it, else the
//! day that its sentence named before, else the document date. A bare "2:30" counts only behind a
//! preposition of time, so that scores and running times stay out.

use super::super::calendar::{Clock, DayPart, Moment};
use super::super::timex::TimeValue;
use super::super::words::Word;
use super::super::{Basis, Label};
use super::{Found, Reader, dates, relative, weekdays};
use jiff::civil::Date;

/// A time of day that begins at piece `at`.
pub(super) fn read(reader: Reader<'_>, at: usize) -> Option<Found> {
    let (clock, end) = time_of_day(reader, at)?;
    Some(on_its_day(reader, clock, end))
}

/// Noon of a day.
pub(super) fn midday(end: usize, date: Option<Date>, basis: Basis) -> Found {
    let noon = Clock { hour: 12, minute: 0, second: None, zone: None };
    timed(end, date, noon, basis)
}

fn timed(end: usize, date: Option<Date>, clock: Clock, basis: Basis) -> Found {
    let value = match date {
        Some(date) => TimeValue::At(Moment::Clock(date, clock)),
        None => TimeValue::OfDay(clock),
    };
    Found::new(end, Label::Time, Some(value), basis)
}

/// The clock's reading and the piece after it, its zone included.
fn time_of_day(reader: Reader<'_>, at: usize) -> Option<(Clock, usize)> {
    let pieces = reader.pieces;
    let plain = |hour| Clock { hour, minute: 0, second: None, zone: None };
    match reader.word(at) {
        // "High Noon" is a film.
        Word::Midday if pieces.capital(at) && at > 0 => return None,
        Word::Midday => return Some(with_zone(reader, plain(12), at + 1)),
        Word::Midnight => return Some(with_zone(reader, plain(24), at + 1)),
        _ => {}
    }
    if pieces.glued(at) && !matches!(pieces.before(at, 1), Word::Mark(b'(' | b'"' | b'[' | 1)) {
        return None;
    }
    let (hour, digits) = if let Word::Number(hour @ 1..=12) = reader.word(at) {
        (u32::from(hour), 0)
    } else {
        pieces.digits(at)?
    };
    let mut end = at + 1;
    // "1430 GMT"
    if digits == 4 && matches!(reader.word(end), Word::Zone(_)) && pieces.capital(end) {
        let clock = checked(hour / 100, hour % 100, None)?;
        return Some(with_zone(reader, clock, end));
    }
    let mut minute = None;
    let mut second = None;
    if digits > 0 && digits <= 2 && matches!(reader.word(end), Word::Mark(b':' | b'.')) {
        let mark = if pieces.mark(end, b':') { b':' } else { b'.' };
        if let Some((number, 2)) = pieces.digits(end + 1).filter(|_| pieces.inner(end, mark)) {
            minute = Some(number);
            end += 2;
            if let Some((number, 2)) = pieces.digits(end + 1).filter(|_| pieces.inner(end, b':')) {
                second = Some(number);
                end += 2;
            }
        }
    }
    let dotted = pieces.mark(at + 1, b'.') && minute.is_some();
    if let Some((pm, after)) = half_of_day(reader, end) {
        if !(1..=12).contains(&hour) || digits > 2 {
            return None;
        }
        let hour = hour % 12 + if pm { 12 } else { 0 };
        return Some(with_zone(reader, checked(hour, minute.unwrap_or(0), second)?, after));
    }
    if minute.is_none() && pieces.mark(end, b'\'') || pieces.is(end, "o") {
        // "seven o'clock"
        if pieces.is(end, "o") && reader.word(end + 2) == Word::Clock {
            return Some(with_zone(reader, checked(hour, 0, None)?, end + 3));
        }
        return None;
    }
    // "4 in the morning"
    if let (Word::In, Word::The, Word::Part(part)) =
        (reader.word(end), reader.word(end + 1), reader.word(end + 2))
        && (1..=12).contains(&hour)
        && !dotted
        && (minute.is_some()
            || matches!(pieces.before(at, 1), Word::At | Word::About | Word::Until | Word::By))
    {
        let hour = hour % 12 + if part == DayPart::Morning { 0 } else { 12 };
        return Some((checked(hour, minute.unwrap_or(0), None)?, end + 3));
    }
    let minute = minute?;
    let expected = matches!(
        pieces.before(at, 1),
        Word::At
            | Word::By
            | Word::Until
            | Word::From
            | Word::About
            | Word::Since
            | Word::Before
            | Word::After
            | Word::Between
            | Word::Mark(b'(')
    ) || matches!(pieces.before(at, 1), Word::To | Word::And if reader.memory.day.is_some() || pieces.mark(at.wrapping_sub(3), b':'));
    let zoned = matches!(reader.word(end), Word::Zone(_)) && pieces.capital(end);
    let hours = pieces.is(end, "hrs") || pieces.is(end, "hours") || pieces.is(end, "local");
    if !(zoned || hours || expected && !dotted) {
        return None;
    }
    let clock = checked(hour, minute, second)?;
    let end = if pieces.is(end, "hrs") || pieces.is(end, "hours") { end + 1 } else { end };
    Some(with_zone(reader, clock, end))
}

fn checked(hour: u32, minute: u32, second: Option<u32>) -> Option<Clock> {
    let second = match second {
        Some(second) if second > 59 => return None,
        Some(second) => Some(u8::try_from(second).ok()?),
        None => None,
    };
    (hour <= 24 && minute <= 59 && (hour < 24 || minute == 0)).then_some(())?;
    let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
    Some(Clock { hour, minute, second, zone: None })
}

/// "am", "p.m.": whether it is the second half of the day, and the piece after it.
fn half_of_day(reader: Reader<'_>, at: usize) -> Option<(bool, usize)> {
    let pieces = reader.pieces;
    if let Word::Pm(pm) = reader.word(at) {
        return Some((pm, at + 1));
    }
    let pm = pieces.is(at, "p");
    if !(pm || pieces.is(at, "a")) || !pieces.mark(at + 1, b'.') || !pieces.is(at + 2, "m") {
        return None;
    }
    let dot = usize::from(pieces.mark(at + 3, b'.') && pieces.glued(at + 3));
    Some((pm, at + 3 + dot))
}

fn with_zone(reader: Reader<'_>, clock: Clock, at: usize) -> (Clock, usize) {
    let pieces = reader.pieces;
    if let Word::Zone(zone) = reader.word(at)
        && pieces.text(at).bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return (Clock { zone: Some(zone), ..clock }, at + 1);
    }
    if reader.word(at) == Word::SeasonalZone
        && pieces.text(at).bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return (clock, at + 1);
    }
    if pieces.is(at, "local") && pieces.is(at + 1, "time") {
        return (clock, at + 2);
    }
    (clock, at)
}

/// Joins a time to the day named after it, or to the day it falls on.
fn on_its_day(reader: Reader<'_>, clock: Clock, end: usize) -> Found {
    let pieces = reader.pieces;
    let comma = usize::from(pieces.mark(end, b','));
    let next = end + comma;
    let next = next + usize::from(comma == 0 && reader.word(next) == Word::On);
    let day = match reader.word(next) {
        Word::Weekday(_) | Word::WeekdayShort(_) => weekdays::weekday(reader, next),
        Word::Month(_) | Word::MonthShort(_) => dates::month(reader, next),
        Word::Digits => dates::day_month(reader, next).or_else(|| dates::numeric(reader, next)),
        Word::Today | Word::Yesterday | Word::Tomorrow if comma == 0 => {
            relative::deictic(reader, next)
        }
        Word::The
            if matches!(
                reader.word(next + 1),
                Word::Next | Word::Following | Word::Previous | Word::Same
            ) =>
        {
            relative::read(reader, next + 1, true)
        }
        _ => None,
    };
    match day {
        Some(day) if day.label == Label::Date => {
            let date = day.moment().and_then(Moment::day);
            match (date, day.value) {
                (Some(date), _) => timed(day.end, Some(date), clock, day.basis),
                (None, None) => Found::new(day.end, Label::Time, None, day.basis),
                _ => alone(reader, clock, end),
            }
        }
        _ => alone(reader, clock, end),
    }
}

fn alone(reader: Reader<'_>, clock: Clock, end: usize) -> Found {
    let (date, basis) = match (reader.memory.day, reader.memory.document) {
        (Some(day), _) => (Some(day), Basis::Mentioned),
        (None, Some(document)) => (Some(document), Basis::DocumentDate),
        (None, None) => (None, Basis::Explicit),
    };
    Found { anchors: false, ..timed(end, date, clock, basis) }
}
