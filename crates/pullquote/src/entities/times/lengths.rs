//! Durations, what is counted from a point ("two years ago", "a day later") and repeated times.
//!
//! In: the piece where a count or "every" may begin. Out: a DURATION, or the DATE that the count
//! leads to, or a SET. An age ("35 years old", "a two-year-old") is none of them.

use super::super::calendar::{self, Moment, Unit};
use super::super::numbers;
use super::super::timex::{Length, Repeat, TimeValue};
use super::super::words::{Tense, Word};
use super::super::{Basis, Label, Modifier};
use super::{Found, Reader};

/// A count of units.
#[derive(Clone, Copy)]
struct Counted {
    length: Length,
    end: usize,
    /// "A year", "one day": a single unit.
    single: bool,
    /// Joined by a hyphen, "ten-year".
    hyphened: bool,
    modifier: Option<Modifier>,
}

/// A duration or what it leads to, from its number on.
pub(super) fn read(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    if pieces.glued(at)
        && matches!(pieces.before(at, 1), Word::Mark(b'-' | b'.' | b'/' | b':') | Word::Sign)
    {
        return None;
    }
    let counted = count(reader, at)?;
    if is_age(reader, counted.end) || at > 0 && pieces.is(at - 1, "aged") {
        return None;
    }
    if let Some(found) = anchored(reader, &counted) {
        return Some(found);
    }
    if reader.word(at) == Word::A && counted.single && !stands_alone(reader, at, &counted) {
        return None;
    }
    if reader.word(at) == Word::A && counted.single && is_rate(reader, at) {
        let value = TimeValue::Repeat(Repeat::Unit(counted.length.unit));
        return Some(Found::new(counted.end, Label::Set, Some(value), Basis::Explicit));
    }
    Some(duration(reader, &counted))
}

/// "The nine months", "the past": a count after "the", which takes no "ago".
pub(super) fn counted(reader: Reader<'_>, at: usize) -> Option<Found> {
    let counted = count(reader, at)?;
    (!is_age(reader, counted.end) && !counted.hyphened).then(|| duration(reader, &counted))
}

fn duration(reader: Reader<'_>, counted: &Counted) -> Found {
    let value = TimeValue::Length(counted.length);
    let (end, trailing) = trailing(reader, counted.end);
    let modifier = trailing.or(counted.modifier);
    Found { modifier, ..Found::new(end, Label::Duration, Some(value), Basis::Explicit) }
}

/// "Or so", "or more" after a count.
fn trailing(reader: Reader<'_>, at: usize) -> (usize, Option<Modifier>) {
    if reader.word(at) != Word::Or {
        return (at, None);
    }
    match reader.word(at + 1) {
        Word::More => (at + 2, Some(Modifier::AtLeast)),
        Word::Less => (at + 2, Some(Modifier::AtMost)),
        _ if reader.pieces.is(at + 1, "so") => (at + 2, Some(Modifier::Approx)),
        _ => (at, None),
    }
}

fn count(reader: Reader<'_>, at: usize) -> Option<Counted> {
    let pieces = reader.pieces;
    let whole = |count| (Some(count), false);
    let mut modifier = None;
    let ((number, half), mut end) = match (reader.word(at), reader.word(at + 1)) {
        (Word::A, Word::Couple) | (Word::Couple, _) => {
            modifier = Some(Modifier::Approx);
            let end = at + 1 + usize::from(reader.word(at) == Word::A);
            (whole(2), end + usize::from(reader.word(end) == Word::Of))
        }
        (Word::A, Word::Few) => ((None, false), at + 2),
        (Word::Few | Word::Several | Word::Many, _) => ((None, false), at + 1),
        (Word::Half, Word::A) | (Word::A, Word::Half) => ((Some(0), true), at + 2),
        (Word::A, Word::Unit(_) | Word::Full | Word::Working) => (whole(1), at + 1),
        _ => {
            let number = numbers::read(pieces, at)?;
            let counted = number.count().map(whole);
            let halved = number.halves().map(|count| (Some(count), true));
            (counted.or(halved)?, number.end)
        }
    };
    let single = number == Some(1) && !half;
    let open = number.is_none();
    // "two to three weeks", "ten or fifteen years", "10-15 years": the lower end is the value.
    let joined = match reader.word(end) {
        Word::To | Word::Or => true,
        Word::Mark(b'-') => pieces.inner(end, b'-'),
        _ => false,
    };
    if joined
        && !open
        && let Some(second) = numbers::read(pieces, end + 1)
        && second.count().is_some_and(|second| number.is_some_and(|first| second > first))
        && second.digits == matches!(reader.word(at), Word::Digits)
        && unit(reader, second.end, false).is_some()
    {
        modifier = Some(Modifier::AtLeast);
        end = second.end;
    }
    let hyphened = pieces.inner(end, b'-');
    if hyphened {
        end += 1;
    }
    // "Three-quarters" is a fraction.
    if hyphened && reader.word(end) == Word::Units(Unit::Quarter) {
        return None;
    }
    let (unit, after) = unit(reader, end, single || hyphened || half || number == Some(0))
        .or_else(|| unit(reader, end, matches!(reader.word(at), Word::Number(_) | Word::Digits)))?;
    let plural = matches!(reader.word(after - 1), Word::Units(_));
    // "five year low" is an adjective; "5 day" and "In 2008 quarter" are nothing.
    if !plural
        && !hyphened
        && !single
        && !half
        && !matches!(unit, Unit::Year | Unit::Day | Unit::Hour | Unit::Month | Unit::Week)
    {
        return None;
    }
    // "60 Minutes" is a programme, "World Cup 2018 day five" no length.
    let digits = reader.word(at) == Word::Digits;
    let titled = plural && digits && pieces.capital(after - 1) && reader.word(after) != Word::Ago;
    let great = !plural && digits && number.is_some_and(|number| number > 100) && !hyphened;
    if titled && !pieces.text(after - 1).bytes().all(|byte| byte.is_ascii_uppercase()) || great {
        return None;
    }
    let mut length = Length { count: number, unit, half };
    let mut end = after;
    // "a year and a half"
    if single
        && reader.word(end) == Word::And
        && reader.word(end + 1) == Word::A
        && reader.word(end + 2) == Word::Half
    {
        length.half = true;
        end += 3;
    }
    // "day-long", "years-long"
    if pieces.inner(end, b'-') && reader.word(end + 1) == Word::Long {
        end += 2;
    }
    Some(Counted { length, end, single: single && !length.half, hyphened, modifier })
}

/// A unit at `at`, past "trading", "more" and "full".
fn unit(reader: Reader<'_>, at: usize, singular: bool) -> Option<(Unit, usize)> {
    let next = at + usize::from(matches!(reader.word(at), Word::Working | Word::More | Word::Full));
    match reader.word(next) {
        Word::Units(unit) => Some((unit, next + 1)),
        Word::Unit(unit) if singular => Some((unit, next + 1)),
        _ => None,
    }
}

/// Whether what follows makes the count an age.
fn is_age(reader: Reader<'_>, end: usize) -> bool {
    let pieces = reader.pieces;
    let next = end + usize::from(pieces.mark(end, b'-'));
    reader.word(next) == Word::Old || (pieces.is(end, "of") && pieces.is(end + 1, "age"))
}

/// Whether "a year" is a length of time or a rate where it stands, and no mere article and noun.
fn stands_alone(reader: Reader<'_>, at: usize, counted: &Counted) -> bool {
    let pieces = reader.pieces;
    let end = counted.end;
    // "a year-round", "a month-old"
    if pieces.mark(end, b'-') && pieces.glued(end) || counted.hyphened {
        return counted.hyphened;
    }
    if counted.length.half {
        return true;
    }
    if is_price(reader, at) {
        return false;
    }
    let adjective = reader.word(at + 1) != Word::Unit(counted.length.unit);
    match counted.length.unit {
        Unit::Year
        | Unit::Month
        | Unit::Week
        | Unit::Decade
        | Unit::Century
        | Unit::Fortnight
        | Unit::Hour => true,
        Unit::Day => is_rate(reader, at) || adjective,
        _ => adjective,
    }
}

/// Whether "times" stands before "a year".
fn is_rate(reader: Reader<'_>, at: usize) -> bool {
    ["times", "once", "twice"].iter().any(|word| at > 0 && reader.pieces.is(at - 1, word))
}

/// Whether an amount stands before "a year", which makes it a price's unit and no time.
fn is_price(reader: Reader<'_>, at: usize) -> bool {
    let units =
        ["dollars", "euros", "pounds", "cents", "barrels", "tons", "tonnes", "miles", "flights"];
    matches!(
        reader.pieces.before(at, 1),
        Word::Digits | Word::Scale(_) | Word::Percent | Word::Mark(b'%') | Word::Number(_)
    ) || at > 1 && reader.pieces.before(at, 2) == Word::Digits && reader.pieces.glued(at - 1)
        || units.iter().any(|word| at > 0 && reader.pieces.is(at - 1, word))
}

/// "Two years ago", "a day later", "three weeks from now": the date that a count leads to.
fn anchored(reader: Reader<'_>, counted: &Counted) -> Option<Found> {
    let pieces = reader.pieces;
    let Counted { length, end, .. } = *counted;
    let (end, approx) = trailing(reader, end);
    let memory = reader.memory;
    let signed = |sign: i64| length.count.map(|count| i64::from(count) * sign);
    let dash = usize::from(pieces.inner(end, b'-'));
    let at = end + dash;
    let (moment, basis, end) = match reader.word(at) {
        Word::Ago => (ago(reader, length), Basis::DocumentDate, at + 1),
        _ if pieces.is(at, "back")
            && dash == 0
            && !pieces.capital(at)
            && closes(reader, at + 1) =>
        {
            (ago(reader, length), Basis::DocumentDate, at + 1)
        }
        Word::From if pieces.is(at + 1, "now") => {
            let moment = memory
                .document
                .zip(signed(1))
                .and_then(|(document, count)| calendar::units_on(document, length.unit, count));
            (moment, Basis::DocumentDate, at + 2)
        }
        Word::Earlier => (earlier(reader, length), Basis::Mentioned, at + 1),
        Word::Before if closes(reader, at + 1) => {
            (earlier(reader, length), Basis::Mentioned, at + 1)
        }
        Word::Later => (from_mentioned(reader, length, signed(1)), Basis::Mentioned, at + 1),
        Word::After if closes(reader, at + 1) && counted.single => {
            (from_mentioned(reader, length, signed(1)), Basis::Mentioned, at + 1)
        }
        _ => return None,
    };
    if length.unit < Unit::Day && moment.is_none() {
        // Hours away from a day are no day of their own.
        let back = reader.word(at) == Word::Ago;
        return back.then(|| Found { anchors: false, ..duration(reader, counted).to(end) });
    }
    let found = match length.count {
        None if reader.word(at) == Word::Ago => {
            Found::new(end, Label::Date, Some(TimeValue::Past), Basis::Explicit)
        }
        _ => Found::date(end, moment, basis),
    };
    let modifier = approx.or(counted.modifier);
    Some(Found { modifier, anchors: false, ..found })
}

/// Whether a clause ends at `at`, so that "before" and "after" have nothing to govern.
fn closes(reader: Reader<'_>, at: usize) -> bool {
    matches!(
        reader.word(at),
        Word::Mark(0 | b'.' | b',' | b';' | b'"' | b')' | b'-') | Word::And | Word::Verb(_)
    )
}

/// The stretch that lies a length before the document date.
fn ago(reader: Reader<'_>, length: Length) -> Option<Moment> {
    let document = reader.memory.document?;
    let count = i64::from(length.count?);
    if let (Unit::Year, 1, Some(moment @ (Moment::Quarter(..) | Moment::Half(..)))) =
        (length.unit, count, reader.memory.mentioned)
    {
        return moment.years_on(-1);
    }
    if length.unit == Unit::Hour && count % 24 == 0 {
        return calendar::units_on(document, Unit::Day, -count / 24);
    }
    if length.half && length.unit == Unit::Year {
        return calendar::units_on(document, Unit::Month, -(count * 12 + 6));
    }
    if length.unit == Unit::Decade || length.unit == Unit::Century {
        let years = if length.unit == Unit::Decade { 10 } else { 100 };
        return calendar::units_on(document, Unit::Year, -count.checked_mul(years)?);
    }
    calendar::units_on(document, length.unit, -count)
}

/// The stretch that lies a length before the last time mentioned.
fn earlier(reader: Reader<'_>, length: Length) -> Option<Moment> {
    let count = i64::from(length.count?);
    from_mentioned(reader, length, Some(-count))
}

fn from_mentioned(reader: Reader<'_>, length: Length, count: Option<i64>) -> Option<Moment> {
    let count = count?;
    let anchor = match reader.memory.mentioned {
        Some(moment) => moment,
        None => Moment::Day(reader.memory.document?),
    };
    if length.unit == Unit::Year
        && let Ok(years) = i16::try_from(count)
        && matches!(
            anchor,
            Moment::Quarter(..) | Moment::Half(..) | Moment::Year(_) | Moment::Month(..)
        )
    {
        return anchor.years_on(years);
    }
    let unit = match length.unit {
        Unit::Decade | Unit::Century => {
            let years = if length.unit == Unit::Decade { 10 } else { 100 };
            return calendar::units_on(anchor.first_day()?, Unit::Year, count.checked_mul(years)?);
        }
        unit => unit,
    };
    // A day before "March" is no day that anybody knows.
    if unit <= Unit::Day && anchor.day().is_none() {
        return None;
    }
    calendar::units_on(anchor.first_day()?, unit, count)
}

/// "Years", "weeks" without a count: "for years", "weeks ago", "days after the vote".
pub(super) fn bare(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let Word::Units(unit) = reader.word(at) else { return None };
    let length = Length { count: None, unit, half: false };
    let value = Some(TimeValue::Length(length));
    match reader.word(at + 1) {
        Word::Ago => {
            return Some(Found::new(at + 2, Label::Date, Some(TimeValue::Past), Basis::Explicit));
        }
        Word::Mark(b'-') if pieces.inner(at + 1, b'-') && reader.word(at + 2) == Word::Long => {
            return Some(Found::new(at + 3, Label::Duration, value, Basis::Explicit));
        }
        _ => {}
    }
    let after =
        matches!(reader.word(at + 1), Word::After | Word::Before | Word::Earlier | Word::Later)
            && unit < Unit::Decade;
    let within = matches!(pieces.before(at, 1), Word::For | Word::In | Word::Within)
        && !matches!(reader.word(at + 1), Word::Of | Word::Verb(Tense::Past));
    (after || within).then(|| Found::new(at + 1, Label::Duration, value, Basis::Explicit))
}

/// "Every day", "each Thursday", "Mondays", "daily".
pub(super) fn repeated(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let set = |end, repeat| {
        Some(Found::new(end, Label::Set, Some(TimeValue::Repeat(repeat)), Basis::Explicit))
    };
    match reader.word(at) {
        Word::Each(unit) => {
            // "Daily News" is a paper, "daily" a rate.
            let name = pieces.capital(at) && (at > 0 || pieces.capital(at + 1));
            return if name { None } else { set(at + 1, Repeat::Unit(unit)) };
        }
        Word::Weekdays(day) => return set(at + 1, Repeat::Weekday(day, None)),
        Word::Parts(_) => return None,
        _ => {}
    }
    let next = at + 1 + usize::from(pieces.is(at + 1, "other") || pieces.is(at + 1, "single"));
    match (reader.word(next), reader.word(next + 1)) {
        (Word::Unit(unit), _) => set(next + 1, Repeat::Unit(unit)),
        (Word::Weekday(day), Word::Part(part)) => set(next + 2, Repeat::Weekday(day, Some(part))),
        (Word::Weekday(day), _) => set(next + 1, Repeat::Weekday(day, None)),
        (Word::Month(month), _) if pieces.capital(next) => set(next + 1, Repeat::Month(month)),
        (Word::Season(season), _) => set(next + 1, Repeat::Season(season)),
        (Word::Part(part), _) => set(next + 1, Repeat::Part(part)),
        (Word::Number(_) | Word::Digits | Word::Few, _) => {
            let counted = count(reader, next)?;
            let value = TimeValue::Length(counted.length);
            let plain = matches!(reader.word(counted.end - 1), Word::Units(_));
            plain.then(|| Found::new(counted.end, Label::Set, Some(value), Basis::Explicit))
        }
        _ => None,
    }
}
