//! Units and seasons without a number: "the year", "the weekend", "year-end", "the week of 6 March",
//! "the summer of 2012".
//!
//! In: the piece where the unit or season stands. Out: the stretch of the calendar that holds the
//! document date, or that the words beside it name.

use super::super::calendar::{self, Moment, Season, Unit};
use super::super::timex::{Length, TimeValue};
use super::super::words::Word;
use super::super::{Basis, Label, Modifier};
use super::{Found, Reader, dates, direction, periods, relative, years};
use jiff::civil::Date;

/// The weekend behind or ahead of a day.
pub(super) fn weekend(document: Option<Date>, behind: bool, strictly: bool) -> Option<Moment> {
    let document = document?;
    let in_it = document.weekday().to_monday_one_offset() >= 6;
    let over = behind && (strictly || !in_it);
    let day = if over { calendar::days_on(document, -7)? } else { document };
    Some(Moment::weekend_of(day))
}

/// A unit without a number: "year-earlier", "year-end", "day-long", "year's end".
pub(super) fn unit(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let Word::Unit(unit) = reader.word(at) else { return None };
    let dash = usize::from(pieces.inner(at + 1, b'-'));
    match reader.word(at + 1 + dash) {
        Word::Long if dash == 1 => {
            let length = Length { count: Some(1), unit, half: false };
            Some(Found::new(
                at + 3,
                Label::Duration,
                Some(TimeValue::Length(length)),
                Basis::Explicit,
            ))
        }
        Word::Ago | Word::Earlier if unit == Unit::Year => {
            Some(periods::year_earlier(reader, at + 2 + dash))
        }
        Word::End if unit == Unit::Year => Some(year_end(reader, at + 2 + dash, dash == 1)),
        Word::Mark(b'\'')
            if unit == Unit::Year
                && reader.word(at + 2) == Word::Possessive
                && reader.word(at + 3) == Word::End =>
        {
            Some(year_end(reader, at + 4, false))
        }
        _ => None,
    }
}

/// "Year-end" is the day of the books, "year end" and "year's end" the end of the year.
fn year_end(reader: Reader<'_>, end: usize, hyphened: bool) -> Found {
    let year = reader.memory.current_year();
    if !hyphened {
        let found = Found::date(end, year.map(Moment::Year), Basis::DocumentDate);
        return Found { anchors: false, ..found.modified(Modifier::End) };
    }
    let date = year.and_then(|year| Date::new(year, 12, 31).ok());
    Found { anchors: false, ..Found::date(end, date.map(Moment::Day), Basis::DocumentDate) }
}

/// "The year", "the quarter", "the weekend", "the day before", "the year-ago period".
pub(super) fn the_unit(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let Word::Unit(unit) = reader.word(at) else { return None };
    let end = at + 1;
    let memory = reader.memory;
    if let Some(found) = self::unit(reader, at) {
        return Some(found);
    }
    let clause_ends =
        matches!(reader.word(at + 2), Word::Mark(0 | b'.' | b',' | b';' | b'"' | b')') | Word::And);
    match reader.word(end) {
        Word::Before if clause_ends => {
            return relative::stepped_unit(reader, relative::Step::Previous, unit, at, true)
                .map(|found| found.to(at + 2));
        }
        Word::After if clause_ends => {
            return relative::stepped_unit(reader, relative::Step::Following, unit, at, true)
                .map(|found| found.to(at + 2));
        }
        Word::Before | Word::After
            if reader.word(at + 2) == Word::Yesterday || reader.word(at + 2) == Word::Tomorrow =>
        {
            let shift = if reader.word(end) == Word::Before { -2 } else { 2 };
            let day = memory.document.and_then(|day| calendar::days_on(day, shift));
            return Some(Found::date(at + 3, day.map(Moment::Day), Basis::DocumentDate));
        }
        Word::Mark(b'-') if pieces.inner(end, b'-') => return None,
        _ => {}
    }
    // "the year 2000", "the week of March 6"
    if unit == Unit::Year && reader.word(end) == Word::Digits {
        return years::year_after_preposition(reader, end);
    }
    if unit == Unit::Year
        && let Some(found) = years::year_in_words(reader, end)
    {
        return Some(found);
    }
    if unit == Unit::Week && reader.word(end) == Word::Of {
        let found = match reader.word(at + 2) {
            Word::Month(_) | Word::MonthShort(_) => dates::month(reader, at + 2),
            Word::Digits => dates::day_month(reader, at + 2),
            _ => None,
        }?;
        let week = found.moment().and_then(Moment::day).map(Moment::week_of);
        return Some(Found::date(found.end, week, found.basis));
    }
    if reader.word(end) == Word::Of {
        return None;
    }
    match unit {
        Unit::Quarter => {
            let year_ago = reader.word(end) == Word::A
                && reader.word(end + 1) == Word::Unit(Unit::Year)
                && reader.word(end + 2) == Word::Ago;
            let quarter = periods::latest(memory.mentioned, memory.document, Unit::Quarter);
            if year_ago {
                let found = Found::date(
                    end + 3,
                    quarter.and_then(|quarter| quarter.years_on(-1)),
                    Basis::Mentioned,
                );
                return Some(Found { anchors: false, ..found });
            }
            Some(Found::date(end, quarter, Basis::Mentioned))
        }
        Unit::Year if pieces.is(end, "ended") || pieces.is(end, "ending") => {
            let length = Length { count: Some(1), unit, half: false };
            Some(Found::new(end, Label::Duration, Some(TimeValue::Length(length)), Basis::Explicit))
        }
        Unit::Year | Unit::Month | Unit::Week => {
            Some(Found { anchors: false, ..here(reader, unit, end) })
        }
        Unit::Weekend => {
            let ahead = direction::ahead(pieces, at, end);
            let basis = if ahead { Basis::Future } else { Basis::Past };
            Some(Found::date(end, weekend(memory.document, !ahead, false), basis))
        }
        _ => None,
    }
}

fn here(reader: Reader<'_>, unit: Unit, end: usize) -> Found {
    if unit == Unit::Year
        && let Some(year) = reader.memory.narrated_year()
    {
        return Found::date(end, Some(Moment::Year(year)), Basis::Mentioned);
    }
    let moment = reader.memory.document.and_then(|day| Moment::around(day, unit));
    Found::date(end, moment, Basis::DocumentDate)
}

/// The document's own year, month ... after "the end of the".
pub(super) fn unit_of_document(reader: Reader<'_>, at: usize) -> Option<Found> {
    match reader.word(at) {
        Word::Unit(
            unit @ (Unit::Year
            | Unit::Month
            | Unit::Week
            | Unit::Quarter
            | Unit::Decade
            | Unit::Century
            | Unit::Day),
        ) => Some(Found { anchors: false, ..here(reader, unit, at + 1) }),
        _ => None,
    }
}

/// A season behind a preposition: "in summer 2012", "since last winter".
pub(super) fn season(reader: Reader<'_>, at: usize) -> Option<Found> {
    let expected = matches!(
        reader.pieces.before(at, 1),
        Word::In | Word::Since | Word::By | Word::During | Word::Until | Word::Of | Word::From
    );
    let dated = matches!(reader.word(at + 1), Word::Digits)
        || reader.word(at + 1) == Word::Of && reader.word(at + 2) == Word::Digits;
    (expected || dated)
        .then(|| season_named(reader, at))
        .flatten()
        .filter(|found| expected || found.end > at + 1)
}

/// A season whose words are taken at their face: "the summer of 2012", "late spring".
pub(super) fn season_named(reader: Reader<'_>, at: usize) -> Option<Found> {
    let Word::Season(season) = reader.word(at) else { return None };
    let end = at + 1;
    let of = usize::from(reader.word(end) == Word::Of);
    let dated = match reader.word(end + of) {
        Word::Digits | Word::Mark(b'\'') => years::year_after_preposition(reader, end + of),
        Word::Number(_) => years::year_in_words(reader, end + of),
        Word::Last | Word::This | Word::Next if of == 1 => relative::read(reader, end + of, false),
        _ => None,
    };
    if let Some(found) = dated
        && let Some(Moment::Year(year)) = found.moment()
    {
        return Some(Found::date(found.end, Some(Moment::Season(year, season)), found.basis));
    }
    // "the fall of the wall", "the spring of the watch", "spring training"
    if of == 1 || reader.pieces.mark(end, b'-') {
        return None;
    }
    if let Some(year) = reader.memory.narrated_year() {
        return Some(Found::date(end, Some(Moment::Season(year, season)), Basis::Mentioned));
    }
    let ahead = direction::ahead(reader.pieces, at, end);
    let basis = if ahead { Basis::Future } else { Basis::Past };
    let moment = season_near(reader.memory.document, season, ahead);
    Some(Found::date(end, moment, basis))
}

/// The season that has begun last, or begins next.
pub(super) fn season_near(document: Option<Date>, season: Season, ahead: bool) -> Option<Moment> {
    let document = document?;
    let first = Moment::Season(document.year(), season).first_day()?;
    let begun = first <= document;
    let year = document.year();
    let year = match (ahead, begun) {
        (false, false) => year.checked_sub(1)?,
        (true, true) if document.month() > first.month() + 2 => year.checked_add(1)?,
        _ => year,
    };
    Some(Moment::Season(year, season))
}
