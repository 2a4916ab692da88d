//! Weekdays: "Friday", "Friday night", "Friday, 3 March 2026".
//!
//! In: the piece where a weekday stands. Out: the day by its date, else by its verb's direction, and
//! the part of the day named with it. Weekdays in titles ("Sunday Times", "Black Friday") are none.

use super::super::calendar::{self, Moment};
use super::super::timex::{Repeat, TimeValue};
use super::super::words::Word;
use super::super::{Basis, Label};
use super::{Found, Reader, clock, dates, direction};
use jiff::civil::Date;

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
    if let Word::Parts(part) = reader.word(end) {
        let value = TimeValue::Repeat(Repeat::Weekday(weekday, Some(part)));
        return Some(Found::new(end + 1, Label::Set, Some(value), Basis::Explicit));
    }
    let ahead = direction::ahead(pieces, at, end);
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
        Word::Month(_) | Word::MonthShort(_) => dates::month(reader, next),
        Word::Digits | Word::Ordinal(_) => {
            dates::numeric(reader, next).or_else(|| dates::day_month(reader, next))
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
