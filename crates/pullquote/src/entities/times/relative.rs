//! Times named by where they lie from another: "last week", "the following day", "this year's third
//! quarter", "the year-earlier period", "today".
//!
//! In: the piece where such an expression may begin. Out: the expression, resolved against the
//! document date, or against the last time mentioned where the words say so ("that year", "the next
//! day"), or without a value where neither is known.

use super::super::calendar::{self, DayPart, Moment, Season, TimeValue, Unit};
use super::super::words::Word;
use super::super::{Basis, Label};
use super::direction::{self, Direction};
use super::{Found, Reader, dates, lengths};
use jiff::civil::Date;

/// What the first word of a relative expression says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Last, past.
    Back,
    /// This, current.
    Here,
    /// Next, coming.
    Ahead,
    /// The one before what was mentioned.
    Previous,
    /// What was mentioned.
    Same,
    /// The one after what was mentioned.
    Following,
    /// The last one that has ended, or is ending.
    Latest,
    /// Recent: no definite one.
    Vague,
}

impl Step {
    fn shift(self) -> i64 {
        match self {
            Self::Back | Self::Previous => -1,
            Self::Ahead | Self::Following => 1,
            Self::Here | Self::Same | Self::Latest | Self::Vague => 0,
        }
    }

    fn from_mentioned(self) -> bool {
        matches!(self, Self::Previous | Self::Same | Self::Following)
    }
}

fn step(reader: Reader<'_>, at: usize, the: bool) -> Option<(Step, usize)> {
    Some(match (reader.word(at), reader.word(at + 1)) {
        (Word::This, Word::Past) => (Step::Back, at + 2),
        (Word::This, Word::Coming) => (Step::Ahead, at + 2),
        (Word::That, Word::Same) => (Step::Same, at + 2),
        (Word::This | Word::Current, _) => (Step::Here, at + 1),
        (Word::These, _) => (Step::Here, at + 1),
        (Word::Last | Word::Past, _) => (Step::Back, at + 1),
        (Word::Next, Word::Unit(Unit::Day) | Word::Part(_)) => (Step::Following, at + 1),
        (Word::Next, Word::Weekday(_)) if the => (Step::Following, at + 1),
        (Word::Next | Word::Coming, _) => (Step::Ahead, at + 1),
        (Word::Previous, _) => (Step::Previous, at + 1),
        (Word::Following, _) if the => (Step::Following, at + 1),
        (Word::Same | Word::That, _) => (Step::Same, at + 1),
        (Word::Latest, _) => (Step::Latest, at + 1),
        (Word::Recent, _) => (Step::Vague, at + 1),
        (Word::Fiscal | Word::Full, _) => (Step::Here, at),
        _ => return None,
    })
}

/// An expression from "last", "this", "the following" and their like on; `the` when "the" stands
/// before and belongs to it.
pub(super) fn read(reader: Reader<'_>, at: usize, the: bool) -> Option<Found> {
    let pieces = reader.pieces;
    if let Some(found) = reference(reader, at, the).or_else(|| fiscal(reader, at)) {
        return Some(found);
    }
    let (step, next) = step(reader, at, the)?;
    let bare = next + usize::from(matches!(reader.word(next), Word::Fiscal | Word::Full));
    match reader.word(bare) {
        Word::Weekday(weekday) => named_weekday(reader, step, weekday, bare),
        Word::Month(_) => dates::month(reader, bare).filter(|_| step != Step::Vague),
        Word::MonthShort(_) => dates::month(reader, bare),
        Word::Season(season) => Some(stepped_season(reader, step, season, bare + 1)),
        Word::Part(part) => named_part(reader, step, part, bare + 1),
        Word::Feast if !the => dates::holiday(reader, bare),
        Word::Unit(unit) => {
            let found = stepped_unit(reader, step, unit, bare, the)?;
            // "this year's third quarter", "last year's quarter"
            let of = pieces.mark(bare + 1, b'\'') && reader.word(bare + 2) == Word::Possessive;
            match found.moment() {
                Some(Moment::Year(year)) if of => {
                    quarter_of_year(reader, bare + 3, year).or(Some(found))
                }
                _ => Some(found),
            }
        }
        Word::Units(unit) => units(reader, step, unit, bare + 1, the),
        Word::Half if reader.word(bare + 1) == Word::Of => {
            let half = if step == Step::Back { 2 } else { 1 };
            part_of_year(reader, bare + 2, |year| Moment::Half(year, half))
        }
        Word::Number(_)
        | Word::Digits
        | Word::Few
        | Word::Several
        | Word::Many
        | Word::Couple
        | Word::A
        | Word::Dozen => {
            let span = matches!(step, Step::Back | Step::Ahead | Step::Previous | Step::Following)
                && !matches!(reader.word(at), Word::Past if !the && pieces.before(at, 1) != Word::This && bare > at + 1);
            span.then(|| lengths::counted(reader, bare)).flatten()
        }
        Word::Ordinal(_) if step == Step::Here && next > at => ordinal(reader, bare, false),
        _ if pieces.is(bare, "period") => period(reader, step, bare),
        _ => None,
    }
}

/// "The future", "the past", "these days": references without a date.
fn reference(reader: Reader<'_>, at: usize, the: bool) -> Option<Found> {
    let pieces = reader.pieces;
    let undated = |end, value| {
        Some(Found { anchors: false, ..Found::new(end, Label::Date, Some(value), Basis::Explicit) })
    };
    match reader.word(at) {
        Word::These if reader.word(at + 1) == Word::Units(Unit::Day) => {
            undated(at + 2, TimeValue::Present)
        }
        Word::Future if the && !matches!(reader.word(at + 1), Word::Of | Word::Other) => {
            undated(at + 1, TimeValue::Future)
        }
        Word::Future
            if the && pieces.before(at, 2) == Word::In && reader.word(at + 1) != Word::Of =>
        {
            undated(at + 1, TimeValue::Future)
        }
        Word::Past
            if the
                && pieces.before(at, 2) == Word::In
                && !matches!(
                    reader.word(at + 1),
                    Word::Unit(_)
                        | Word::Units(_)
                        | Word::Number(_)
                        | Word::Digits
                        | Word::Few
                        | Word::Several
                        | Word::Couple
                        | Word::Season(_)
                        | Word::Half
                        | Word::A
                ) =>
        {
            undated(at + 1, TimeValue::Past)
        }
        _ if the
            && reader.word(at + 1) == Word::Future
            && ["near", "foreseeable", "immediate", "distant"]
                .iter()
                .any(|word| pieces.is(at, word)) =>
        {
            undated(at + 2, TimeValue::Future)
        }
        _ => None,
    }
}

/// "Fiscal 1989", "FY2026", "the fiscal second quarter".
fn fiscal(reader: Reader<'_>, at: usize) -> Option<Found> {
    if reader.word(at) != Word::Fiscal {
        return None;
    }
    let next = at + 1 + usize::from(reader.pieces.inner(at + 1, b'-'));
    let next = next
        + usize::from(
            reader.word(next) == Word::Unit(Unit::Year) && reader.word(next + 1) == Word::Digits,
        );
    match reader.word(next) {
        Word::Digits => dates::year_after_preposition(reader, next),
        Word::Ordinal(_) => ordinal(reader, next, false),
        _ => None,
    }
}

/// "Last Friday", "the previous Monday", "this coming Sunday, 8 March".
fn named_weekday(reader: Reader<'_>, step: Step, weekday: u8, at: usize) -> Option<Found> {
    if !reader.pieces.capital(at) {
        return None;
    }
    let plain = dates::weekday(reader, at)?;
    if plain.end > at + 1 && plain.label == Label::Date {
        return Some(plain);
    }
    let document = reader.memory.document;
    let (date, basis) = match step {
        Step::Back => (before(document, weekday), Basis::DocumentDate),
        Step::Ahead => (after(document, weekday), Basis::DocumentDate),
        Step::Previous | Step::Following => {
            let day = reader.memory.mentioned.and_then(Moment::day).or(document);
            let date =
                if step == Step::Previous { before(day, weekday) } else { after(day, weekday) };
            (date, Basis::Mentioned)
        }
        Step::Here => {
            let behind = direction::of(reader.pieces, at - 1, at + 1) == Some(Direction::Back);
            let date = document.and_then(|day| calendar::weekday_near(day, weekday, !behind));
            (date, if behind { Basis::Past } else { Basis::Future })
        }
        Step::Same | Step::Latest | Step::Vague => {
            (document.and_then(|day| calendar::weekday_near(day, weekday, false)), Basis::Past)
        }
    };
    Some(dates::with_part(reader, at + 1, date, basis))
}

fn before(day: Option<Date>, weekday: u8) -> Option<Date> {
    calendar::weekday_near(calendar::days_on(day?, -1)?, weekday, false)
}

fn after(day: Option<Date>, weekday: u8) -> Option<Date> {
    calendar::weekday_near(calendar::days_on(day?, 1)?, weekday, true)
}

/// "This morning", "last night", "the next evening".
fn named_part(reader: Reader<'_>, step: Step, part: DayPart, end: usize) -> Option<Found> {
    let document = reader.memory.document;
    let mentioned = reader.memory.mentioned.and_then(Moment::day).or(document);
    let (day, basis) = match step {
        Step::Here => (document, Basis::DocumentDate),
        Step::Back => (document.and_then(|day| calendar::days_on(day, -1)), Basis::DocumentDate),
        Step::Previous | Step::Same | Step::Following => {
            let day = mentioned.and_then(|day| calendar::days_on(day, step.shift()));
            (day, Basis::Mentioned)
        }
        Step::Ahead | Step::Latest | Step::Vague => return None,
    };
    let value = day.map(|day| TimeValue::At(Moment::Part(day, part)));
    Some(Found::new(end, Label::Time, value, basis))
}

/// "Last year", "this week", "the following day", "the latest quarter".
fn stepped_unit(reader: Reader<'_>, step: Step, unit: Unit, at: usize, the: bool) -> Option<Found> {
    let end = at + 1;
    let memory = reader.memory;
    if unit < Unit::Day || unit == Unit::Fortnight {
        return None;
    }
    // "The past year", "the last decade" are lengths that end now.
    let length = the
        && matches!(step, Step::Back)
        && !matches!(unit, Unit::Weekend | Unit::Quarter | Unit::Day | Unit::Century)
        || step == Step::Back
            && reader.word(at - 1) == Word::Past
            && reader.word(at - 2) != Word::This
            && unit != Unit::Weekend;
    if length && (reader.word(at - 1) == Word::Past || matches!(unit, Unit::Decade)) {
        let length = calendar::Length { count: Some(1), unit, half: false };
        return Some(Found::new(
            end,
            Label::Duration,
            Some(TimeValue::Length(length)),
            Basis::Explicit,
        ));
    }
    let (moment, basis) = match step {
        Step::Vague => return None,
        _ if step.from_mentioned() => {
            let Some(anchor) = memory.mentioned.or(memory.document.map(Moment::Day)) else {
                return Some(Found::date(end, None, Basis::Mentioned));
            };
            let fine = unit != Unit::Day || anchor.day().is_some();
            let day = anchor.first_day().filter(|_| fine);
            (day.and_then(|day| calendar::units_on(day, unit, step.shift())), Basis::Mentioned)
        }
        Step::Latest => (latest(memory.mentioned, memory.document, unit), Basis::DocumentDate),
        Step::Back if unit == Unit::Weekend => {
            (weekend(memory.document, true, true), Basis::DocumentDate)
        }
        Step::Back if unit == Unit::Day => return None,
        _ => {
            let moment =
                memory.document.and_then(|day| calendar::units_on(day, unit, step.shift()));
            (moment, Basis::DocumentDate)
        }
    };
    if step == Step::Same && unit == Unit::Day && memory.mentioned.is_none() {
        return None;
    }
    let found = Found::date(end, moment, basis);
    Some(if step == Step::Same || unit == Unit::Century {
        Found { anchors: false, ..found }
    } else {
        found
    })
}

/// The quarter or year that has ended last, or that was spoken of.
fn latest(mentioned: Option<Moment>, document: Option<Date>, unit: Unit) -> Option<Moment> {
    match (unit, mentioned) {
        (Unit::Quarter, Some(Moment::Quarter(year, quarter))) => {
            Some(Moment::Quarter(year, quarter))
        }
        _ => calendar::units_on(document?, unit, -1),
    }
}

/// The weekend behind or ahead of a day.
fn weekend(document: Option<Date>, behind: bool, strictly: bool) -> Option<Moment> {
    let document = document?;
    let in_it = document.weekday().to_monday_one_offset() >= 6;
    let day = match (behind, in_it) {
        (true, false) | (true, true) if strictly || !in_it => calendar::days_on(document, -7)?,
        _ => document,
    };
    Some(Moment::weekend_of(day))
}

/// "Recent years", "the past weeks", "the coming months".
fn units(reader: Reader<'_>, step: Step, unit: Unit, end: usize, the: bool) -> Option<Found> {
    if unit < Unit::Day {
        return None;
    }
    let value = match step {
        Step::Vague | Step::Back => TimeValue::Past,
        Step::Ahead if !the || reader.word(end - 2) == Word::Coming => TimeValue::Future,
        _ => return None,
    };
    // "recent weeks and months"
    let end = match (reader.word(end), reader.word(end + 1)) {
        (Word::And, Word::Units(_)) => end + 2,
        _ => end,
    };
    Some(Found { anchors: false, ..Found::new(end, Label::Date, Some(value), Basis::Explicit) })
}

/// "The latest period", "the same period": the quarter spoken of.
fn period(reader: Reader<'_>, step: Step, at: usize) -> Option<Found> {
    let moment = match step {
        Step::Latest => latest(reader.memory.mentioned, reader.memory.document, Unit::Quarter),
        _ => return None,
    };
    Some(Found::date(at + 1, moment, Basis::Mentioned))
}

/// Today, yesterday, tonight, now: with the part of the day that may follow.
pub(super) fn deictic(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let day = |shift| reader.memory.document.and_then(|day| calendar::days_on(day, shift));
    let part = |part| {
        let value = day(0).map(|day| TimeValue::At(Moment::Part(day, part)));
        Some(Found::new(at + 1, Label::Time, value, Basis::DocumentDate))
    };
    let undated = |value| {
        Some(Found {
            anchors: false,
            ..Found::new(at + 1, Label::Date, Some(value), Basis::Explicit)
        })
    };
    // "USA Today"
    let titled = pieces.capital(at)
        && at > 0
        && pieces.capital(at - 1)
        && reader.word(at - 1) == Word::Other;
    match reader.word(at) {
        _ if titled => None,
        Word::Today => Some(dates::with_part(reader, at + 1, day(0), Basis::DocumentDate)),
        Word::Yesterday => Some(dates::with_part(reader, at + 1, day(-1), Basis::DocumentDate)),
        Word::Tomorrow => Some(dates::with_part(reader, at + 1, day(1), Basis::DocumentDate)),
        Word::Tonight | Word::Overnight => part(DayPart::Night),
        Word::Now => undated(TimeValue::Present),
        Word::Recently => undated(TimeValue::Past),
        _ => None,
    }
}

/// "Mid-afternoon", and the day that may follow it.
pub(super) fn part_of_day(reader: Reader<'_>, at: usize, part: DayPart) -> Option<Found> {
    let named = match reader.word(at + 1) {
        Word::Yesterday | Word::Today | Word::Tomorrow => deictic(reader, at + 1),
        Word::Weekday(_) => dates::weekday(reader, at + 1),
        _ => None,
    };
    let (day, end) = match named {
        Some(found) => (found.moment().and_then(Moment::day), found.end),
        None => (reader.memory.day.or(reader.memory.document), at + 1),
    };
    let value = day.map(|day| TimeValue::At(Moment::Part(day, part)));
    Some(Found::new(end, Label::Time, value, Basis::DocumentDate))
}

/// A unit without a number: "year-earlier", "year-end", "day-long", "year's end".
pub(super) fn unit(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let Word::Unit(unit) = reader.word(at) else { return None };
    let dash = usize::from(pieces.inner(at + 1, b'-'));
    match reader.word(at + 1 + dash) {
        Word::Long if dash == 1 => {
            let length = calendar::Length { count: Some(1), unit, half: false };
            Some(Found::new(
                at + 3,
                Label::Duration,
                Some(TimeValue::Length(length)),
                Basis::Explicit,
            ))
        }
        Word::Ago | Word::Earlier if unit == Unit::Year => year_earlier(reader, at + 2 + dash),
        Word::End if unit == Unit::Year => Some(year_end(reader, at + 2 + dash)),
        Word::Mark(b'\'')
            if unit == Unit::Year
                && reader.word(at + 2) == Word::Possessive
                && reader.word(at + 3) == Word::End =>
        {
            Some(year_end(reader, at + 4))
        }
        _ => None,
    }
}

fn year_end(reader: Reader<'_>, end: usize) -> Found {
    let year = reader.memory.document.map(Date::year);
    let date = year.and_then(|year| Date::new(year, 12, 31).ok());
    Found { anchors: false, ..Found::date(end, date.map(Moment::Day), Basis::DocumentDate) }
}

/// "Year-earlier", "year-ago", with the period that they may name.
fn year_earlier(reader: Reader<'_>, at: usize) -> Option<Found> {
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
        return Some(Found { anchors: false, ..found });
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
    Some(Found { anchors: false, ..found })
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
            return stepped_unit(reader, Step::Previous, unit, at, true)
                .map(|found| found.to(at + 2));
        }
        Word::After if clause_ends => {
            return stepped_unit(reader, Step::Following, unit, at, true)
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
        return dates::year_after_preposition(reader, end);
    }
    if unit == Unit::Year {
        if let Some(found) = dates::year_in_words(reader, end) {
            return Some(found);
        }
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
            let quarter = latest(memory.mentioned, memory.document, Unit::Quarter);
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
        Unit::Year if pieces.before(at, 2) == Word::For => {
            let length = calendar::Length { count: Some(1), unit, half: false };
            Some(Found::new(end, Label::Duration, Some(TimeValue::Length(length)), Basis::Explicit))
        }
        Unit::Year | Unit::Month | Unit::Week => {
            Some(Found { anchors: false, ..here(reader, unit, end) })
        }
        Unit::Weekend => {
            let ahead = direction::of(pieces, at, end) == Some(Direction::Ahead);
            let basis = if ahead { Basis::Future } else { Basis::Past };
            Some(Found::date(end, weekend(memory.document, !ahead, false), basis))
        }
        _ => None,
    }
}

fn here(reader: Reader<'_>, unit: Unit, end: usize) -> Found {
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
        Word::Digits | Word::Mark(b'\'') => dates::year_after_preposition(reader, end + of),
        Word::Number(_) => dates::year_in_words(reader, end + of),
        Word::Last | Word::This | Word::Next if of == 1 => read(reader, end + of, false),
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
    let ahead = direction::of(reader.pieces, at, end) == Some(Direction::Ahead);
    let step = if ahead { Step::Ahead } else { Step::Here };
    let basis = if ahead { Basis::Future } else { Basis::Past };
    let moment = season_near(reader.memory.document, season, ahead);
    let _ = step;
    Some(Found::date(end, moment, basis))
}

/// The season that has begun last, or begins next.
fn season_near(document: Option<Date>, season: Season, ahead: bool) -> Option<Moment> {
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

fn stepped_season(reader: Reader<'_>, step: Step, season: Season, end: usize) -> Found {
    let document = reader.memory.document;
    let moment = document.and_then(|day| {
        let first = Moment::Season(day.year(), season).first_day()?;
        let year = day.year();
        let over = day.month() >= first.month() + 3 || season == Season::Winter && day.month() < 12;
        let year = match step {
            Step::Back if !over => year.checked_sub(1)?,
            Step::Back if season == Season::Winter => year.checked_sub(1)?,
            Step::Ahead if first <= day => year.checked_add(1)?,
            _ => year,
        };
        Some(Moment::Season(year, season))
    });
    Found::date(end, moment, Basis::DocumentDate)
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
            let centuries = reader.word(second) == Word::Units(Unit::Century);
            let century = Moment::Century(i16::try_from(number).ok()?.checked_sub(1)?);
            centuries.then(|| Found::date(end, Some(century), Basis::Explicit))
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
        Word::Of if the => dates::day_of_month(reader, at),
        Word::Month(_) if the => dates::day_of_month(reader, at),
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
        Word::Digits => dates::year_after_preposition(reader, at + of),
        Word::Fiscal => fiscal(reader, at + of),
        Word::Last | Word::This | Word::Next | Word::That => read(reader, at + of, false),
        Word::The if of == 1 => read(reader, at + 2, true),
        _ => None,
    }?;
    match found.moment() {
        Some(Moment::Year(year)) => Some((year, found.end)),
        _ => None,
    }
}

fn part_of_year(reader: Reader<'_>, at: usize, part: impl Fn(i16) -> Moment) -> Option<Found> {
    let (year, end) = year_behind(reader, at)?;
    Some(Found::date(end, Some(part(year)), Basis::Explicit))
}

fn quarter(reader: Reader<'_>, at: usize, end: usize, number: i8) -> Found {
    if let Some((year, end)) = year_behind(reader, end) {
        return Found::date(end, Some(Moment::Quarter(year, number)), Basis::Explicit);
    }
    let (year, basis) = open_year(reader, at, end, |day| (day.month() - 1) / 3 + 1, number);
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
    let (year, basis) = open_year(reader, at, end, |day| (day.month() - 1) / 6 + 1, number);
    Some(Found::date(end, year.map(part), basis))
}

/// The year of a quarter or half that the text leaves open.
fn open_year(
    reader: Reader<'_>,
    from: usize,
    to: usize,
    current: impl Fn(Date) -> i8,
    number: i8,
) -> (Option<i16>, Basis) {
    let Some(document) = reader.memory.document else { return (None, Basis::Nearest) };
    let now = current(document);
    let year = document.year();
    if direction::of(reader.pieces, from, to) == Some(Direction::Ahead) {
        return (year.checked_add(i16::from(number < now)), Basis::Future);
    }
    (year.checked_sub(i16::from(number > now)), Basis::Past)
}

/// "The 1988 third quarter", "the 1989 period": a year before its part, after "the".
pub(super) fn year_first(reader: Reader<'_>, at: usize) -> Option<Found> {
    let found = dates::year_after_preposition(reader, at)?;
    let Some(Moment::Year(year)) = found.moment() else { return None };
    if let Some(found) = year_quarter(reader, at, year) {
        return Some(found);
    }
    let memory = reader.memory;
    let moment = match memory.mentioned {
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

/// A quarter or half at `at`, of a year named before it.
fn quarter_of_year(reader: Reader<'_>, at: usize, year: i16) -> Option<Found> {
    let noun = at + usize::from(reader.word(at) == Word::Fiscal);
    if reader.word(noun) == Word::Unit(Unit::Quarter) {
        let moment = match reader.memory.mentioned {
            Some(Moment::Quarter(_, quarter)) => Some(Moment::Quarter(year, quarter)),
            _ => None,
        };
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
    let current = |day: Date| if q { (day.month() - 1) / 3 + 1 } else { (day.month() - 1) / 6 + 1 };
    let (year, basis) = open_year(reader, at, end, current, number);
    Some(Found::date(end, year.map(part), basis))
}
