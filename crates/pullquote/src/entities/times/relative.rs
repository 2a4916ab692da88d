//! Times named by where they lie from another: "last week", "the following day", "this year's third
//! quarter", "the year-earlier period", "today".
//!
//! In: the piece where such an expression may begin. Out: the expression, resolved against the
//! document date, or against the last time mentioned where the words say so ("that year", "the next
//! day"), or without a value where neither is known.

use super::super::calendar::{self, DayPart, Moment, Season, Unit};
use super::super::timex::{Length, TimeValue};
use super::super::words::Word;
use super::super::{Basis, Label};
use super::direction::{self, Direction};
use super::{Found, Reader, dates, holidays, lengths, periods, units, weekdays};
use jiff::civil::Date;

/// What the first word of a relative expression says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
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

    fn is_anaphoric(self) -> bool {
        matches!(self, Self::Previous | Self::Same | Self::Following)
    }
}

fn step(reader: Reader<'_>, at: usize, the: bool) -> Option<(Step, usize)> {
    Some(match (reader.word(at), reader.word(at + 1)) {
        (Word::This, Word::Past) => (Step::Back, at + 2),
        (Word::This, Word::Coming) => (Step::Ahead, at + 2),
        (Word::That, Word::Same) => (Step::Same, at + 2),
        (Word::This | Word::These | Word::Current, _) => (Step::Here, at + 1),
        (Word::Last | Word::Past, _) => (Step::Back, at + 1),
        (Word::Next, Word::Unit(Unit::Day) | Word::Part(_)) => (Step::Following, at + 1),
        (Word::Next, Word::Weekday(_)) | (Word::Following, _) if the => (Step::Following, at + 1),
        (Word::Next | Word::Coming, _) => (Step::Ahead, at + 1),
        (Word::Previous, _) => (Step::Previous, at + 1),
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
    if let Some(found) = reference(reader, at, the).or_else(|| periods::fiscal(reader, at)) {
        return Some(found);
    }
    let (step, next) = step(reader, at, the)?;
    // "This Week", "Next Tuesday" in capitals are titles.
    if !the
        && at > 0
        && pieces.capital(at)
        && pieces.capital(next)
        && matches!(reader.word(next), Word::Unit(_) | Word::Part(_))
    {
        return None;
    }
    let bare = next + usize::from(matches!(reader.word(next), Word::Fiscal | Word::Full));
    match reader.word(bare) {
        Word::Weekday(weekday) => named_weekday(reader, step, weekday, bare),
        Word::Month(_) => dates::month(reader, bare).filter(|_| step != Step::Vague),
        Word::MonthShort(_) => dates::month(reader, bare),
        Word::Season(season) => Some(stepped_season(reader, step, season, bare + 1)),
        Word::Part(part) => named_part(reader, step, part, bare + 1),
        Word::Feast if !the => holidays::holiday(reader, bare),
        Word::Unit(unit) => {
            let found = stepped_unit(reader, step, unit, bare, the)?;
            // "this year's third quarter", "last year's quarter"
            let of = pieces.mark(bare + 1, b'\'') && reader.word(bare + 2) == Word::Possessive;
            match found.moment() {
                Some(Moment::Year(year)) if of => {
                    periods::quarter_of_year(reader, bare + 3, year).or(Some(found))
                }
                _ => Some(found),
            }
        }
        Word::Units(unit) => stepped_units(reader, step, unit, bare + 1, the),
        Word::Half if reader.word(bare + 1) == Word::Of => {
            let half = if step == Step::Back { 2 } else { 1 };
            periods::part_of_year(reader, bare + 2, |year| Moment::Half(year, half))
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
        Word::Ordinal(_) if step == Step::Here && next > at => {
            periods::ordinal(reader, bare, false)
        }
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

/// "Last Friday", "the previous Monday", "this coming Sunday, 8 March".
fn named_weekday(reader: Reader<'_>, step: Step, weekday: u8, at: usize) -> Option<Found> {
    if !reader.pieces.capital(at) {
        return None;
    }
    let plain = weekdays::weekday(reader, at)?;
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
            let lean = direction::of(reader.pieces, at - 1, at + 1);
            let behind = lean.is_some_and(|lean| lean.direction == Direction::Back);
            let date = document.and_then(|day| calendar::weekday_near(day, weekday, !behind));
            (date, if behind { Basis::Past } else { Basis::Future })
        }
        Step::Same | Step::Latest | Step::Vague => {
            (document.and_then(|day| calendar::weekday_near(day, weekday, false)), Basis::Past)
        }
    };
    Some(weekdays::with_part(reader, at + 1, date, basis))
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
pub(super) fn stepped_unit(
    reader: Reader<'_>,
    step: Step,
    unit: Unit,
    at: usize,
    the: bool,
) -> Option<Found> {
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
            && reader.pieces.before(at, 1) == Word::Past
            && reader.pieces.before(at, 2) != Word::This
            && unit != Unit::Weekend;
    if length && (reader.pieces.before(at, 1) == Word::Past || matches!(unit, Unit::Decade)) {
        let length = Length { count: Some(1), unit, half: false };
        return Some(Found::new(
            end,
            Label::Duration,
            Some(TimeValue::Length(length)),
            Basis::Explicit,
        ));
    }
    let (moment, basis) = match step {
        Step::Vague => return None,
        _ if step.is_anaphoric() => {
            let Some(anchor) = memory.mentioned.or(memory.document.map(Moment::Day)) else {
                return Some(Found::date(end, None, Basis::Mentioned));
            };
            let fine = unit != Unit::Day || anchor.day().is_some();
            let day = anchor.first_day().filter(|_| fine);
            (day.and_then(|day| calendar::units_on(day, unit, step.shift())), Basis::Mentioned)
        }
        Step::Latest => {
            (periods::latest(memory.mentioned, memory.document, unit), Basis::DocumentDate)
        }
        Step::Back if unit == Unit::Weekend => {
            (units::weekend(memory.document, true, true), Basis::DocumentDate)
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

/// "Recent years", "the past weeks", "the coming months".
fn stepped_units(
    reader: Reader<'_>,
    step: Step,
    unit: Unit,
    end: usize,
    the: bool,
) -> Option<Found> {
    if unit < Unit::Day {
        return None;
    }
    let value = match step {
        // "Recent years" are the past, "recent weeks" a length of it.
        Step::Vague if unit != Unit::Year && !matches!(reader.word(end), Word::And) => {
            let length = TimeValue::Length(Length { count: None, unit, half: false });
            return Some(Found::new(end, Label::Duration, Some(length), Basis::Explicit));
        }
        Step::Vague | Step::Back => TimeValue::Past,
        Step::Ahead if !the || reader.pieces.before(end, 2) == Word::Coming => TimeValue::Future,
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
        Step::Latest => {
            periods::latest(reader.memory.mentioned, reader.memory.document, Unit::Quarter)
        }
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
        && reader.pieces.before(at, 1) == Word::Other;
    match reader.word(at) {
        _ if titled => None,
        Word::Today => Some(weekdays::with_part(reader, at + 1, day(0), Basis::DocumentDate)),
        Word::Yesterday => Some(weekdays::with_part(reader, at + 1, day(-1), Basis::DocumentDate)),
        Word::Tomorrow => Some(weekdays::with_part(reader, at + 1, day(1), Basis::DocumentDate)),
        Word::Tonight | Word::Overnight => part(DayPart::Night),
        Word::Now => undated(TimeValue::Present),
        Word::Recently => undated(TimeValue::Past),
        _ => None,
    }
}

/// "Mid-afternoon", and the day that may follow it.
pub(super) fn part_of_day(reader: Reader<'_>, at: usize, part: DayPart) -> Found {
    let named = match reader.word(at + 1) {
        Word::Yesterday | Word::Today | Word::Tomorrow => deictic(reader, at + 1),
        Word::Weekday(_) => weekdays::weekday(reader, at + 1),
        _ => None,
    };
    let (day, end) = match named {
        Some(found) => (found.moment().and_then(Moment::day), found.end),
        None => (reader.memory.day.or(reader.memory.document), at + 1),
    };
    let value = day.map(|day| TimeValue::At(Moment::Part(day, part)));
    Found::new(end, Label::Time, value, Basis::DocumentDate)
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
