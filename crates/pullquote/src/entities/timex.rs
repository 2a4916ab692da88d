//! What temporal expressions mean, in TIMEX3 and in the calendar's own terms.
//!
//! In: moments of the calendar, counts and units, as the grammars hand them on in [`TimeValue`].
//! Out: [`Timex`], the same for those outside: it prints the TIMEX3 value ("2026-03", "P2Y6M",
//! "XXXX-WXX-2", `PRESENT_REF`) and tells its first and last day, its grain and, where it names
//! exactly one, the day or the time of day. Decades and centuries count as years; an unknown count
//! is written X.
//!
//! Invariant: nothing is made up: a season, whose days differ from country to country, and a length
//! of time have no days. Cost: a few integer operations.

use super::calendar::{Clock, DayPart, Moment, Season, Unit};
use jiff::civil::{Date, DateTime, Time};
use std::fmt;

/// A length of time; no count writes X.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) count: Option<u32>,
    pub(super) unit: Unit,
    /// "and a half" follows the count.
    pub(super) half: bool,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (times, code) = match self.unit {
            Unit::Second => (1, "S"),
            Unit::Minute | Unit::Month => (1, "M"),
            Unit::Hour => (1, "H"),
            Unit::Day => (1, "D"),
            Unit::Weekend => (1, "WE"),
            Unit::Week => (1, "W"),
            Unit::Fortnight => (2, "W"),
            Unit::Quarter => (1, "Q"),
            Unit::Year => (1, "Y"),
            Unit::Decade => (10, "Y"),
            Unit::Century => (100, "Y"),
        };
        f.write_str(if self.unit < Unit::Day { "PT" } else { "P" })?;
        let Some(count) = self.count else {
            return f.write_str(match self.unit {
                Unit::Decade => "XDE",
                Unit::Century => "XCE",
                Unit::Second => "XS",
                Unit::Minute | Unit::Month => "XM",
                Unit::Hour => "XH",
                Unit::Day => "XD",
                Unit::Weekend => "XWE",
                Unit::Week | Unit::Fortnight => "XW",
                Unit::Quarter => "XQ",
                Unit::Year => "XY",
            });
        };
        let count = u64::from(count) * times;
        if !self.half {
            return write!(f, "{count}{code}");
        }
        let half = match self.unit {
            Unit::Second | Unit::Weekend | Unit::Week | Unit::Month | Unit::Quarter => {
                return write!(f, "{count}.5{code}");
            }
            Unit::Minute => "30S",
            Unit::Hour => "30M",
            Unit::Day => "T12H",
            Unit::Fortnight => return write!(f, "{}W", count + 1),
            Unit::Year => "6M",
            Unit::Decade => return write!(f, "{}Y", count + 5),
            Unit::Century => return write!(f, "{}Y", count + 50),
        };
        if count == 0 { f.write_str(half) } else { write!(f, "{count}{code}{half}") }
    }
}

/// A time that comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    Unit(Unit),
    Weekday(u8, Option<DayPart>),
    Part(DayPart),
    Month(u8),
    Season(Season),
}

/// What a temporal expression means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeValue {
    At(Moment),
    /// From one to the other, both included.
    Span(Moment, Moment),
    /// A time of day on a day that nothing names.
    OfDay(Clock),
    Length(Length),
    Repeat(Repeat),
    Past,
    Present,
    Future,
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::At(moment) => write!(f, "{moment}"),
            Self::Span(from, to) => write!(f, "{from}/{to}"),
            Self::OfDay(clock) => write!(f, "{clock}"),
            Self::Length(length) => write!(f, "{length}"),
            Self::Repeat(Repeat::Unit(unit)) => {
                write!(f, "{}", Length { count: Some(1), unit, half: false })
            }
            Self::Repeat(Repeat::Weekday(day, None)) => write!(f, "XXXX-WXX-{day}"),
            Self::Repeat(Repeat::Weekday(day, Some(part))) => {
                write!(f, "XXXX-WXX-{day}{}", part.code())
            }
            Self::Repeat(Repeat::Part(part)) => write!(f, "XXXX-XX-XX{}", part.code()),
            Self::Repeat(Repeat::Month(month)) => write!(f, "XXXX-{month:02}"),
            Self::Repeat(Repeat::Season(season)) => write!(f, "XXXX-{}", season.code()),
            Self::Past => f.write_str("PAST_REF"),
            Self::Present => f.write_str("PRESENT_REF"),
            Self::Future => f.write_str("FUTURE_REF"),
        }
    }
}

/// A time as far as the text tells it, relative ones resolved. Prints its TIMEX3 value.
///
/// ```
/// use pullquote::entities::{Grain, Value};
///
/// let doc = pullquote::Parser::new().parse("The dam held in February 2024.");
/// let Some(Value::Time(time)) = doc.entities()[0].value else { panic!("a month has a value") };
/// assert_eq!(time.to_string(), "2024-02");
/// assert_eq!(time.days().unwrap().last.to_string(), "2024-02-29");
/// assert_eq!((time.grain(), time.exact()), (Some(Grain::Month), None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timex(TimeValue);

/// A run of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day, not before the first.
    pub last: Date,
}

/// A day, a moment or a time of day that a text names exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// A day.
    Day(Date),
    /// A time of day on a day, and its zone in minutes east of Greenwich where one is named.
    /// Midnight at the end of a day is the first moment of the next.
    Moment(DateTime, Option<i16>),
    /// A time of day on a day that nothing names, and its zone likewise.
    OfDay(Time, Option<i16>),
}

/// How finely a text tells a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grain {
    /// To the second.
    Second,
    /// To the minute; "9 p.m." too.
    Minute,
    /// To the hour: lengths only, "three hours".
    Hour,
    /// Morning, afternoon, evening or night.
    PartOfDay,
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A season.
    Season,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years, "the 1980s".
    Decade,
    /// A hundred years.
    Century,
}

impl Grain {
    /// The grain's name for users.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::PartOfDay => "part_of_day",
            Self::Day => "day",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

impl From<TimeValue> for Timex {
    fn from(value: TimeValue) -> Self {
        Self(value)
    }
}

impl fmt::Display for Timex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Timex {
    /// The first and the last day of a stretch of the calendar or of a range; none for a season, a
    /// time of day without a day, a length, a repeated time, and "now" and its like. A modifier
    /// ("early 2022") does not move them.
    pub fn days(self) -> Option<Days> {
        let (from, to) = match self.0 {
            TimeValue::At(moment) => (moment, moment),
            TimeValue::Span(from, to) => (from, to),
            _ => return None,
        };
        let days = Days { first: from.first_day()?, last: to.last_day()? };
        (days.first <= days.last).then_some(days)
    }

    /// The day or the time of day, where the text names exactly one.
    pub fn exact(self) -> Option<Exact> {
        match self.0 {
            TimeValue::At(Moment::Day(day)) => Some(Exact::Day(day)),
            TimeValue::At(Moment::Clock(day, clock)) => {
                let day = if clock.hour == 24 { day.tomorrow().ok()? } else { day };
                Some(Exact::Moment(day.to_datetime(clock.time()?), clock.minutes_east()))
            }
            TimeValue::OfDay(clock) => Some(Exact::OfDay(clock.time()?, clock.minutes_east())),
            _ => None,
        }
    }

    /// How finely it is told: of a range, the grain of both ends when they agree; of a length, its
    /// unit; of a repeated time, what is repeated. None for "now" and its like.
    pub fn grain(self) -> Option<Grain> {
        match self.0 {
            TimeValue::At(moment) => Some(moment.grain()),
            TimeValue::Span(from, to) => Some(from.grain()).filter(|grain| *grain == to.grain()),
            TimeValue::OfDay(clock) => Some(clock.grain()),
            TimeValue::Length(Length { unit, .. }) | TimeValue::Repeat(Repeat::Unit(unit)) => {
                Some(unit.grain())
            }
            TimeValue::Repeat(Repeat::Weekday(_, None)) => Some(Grain::Day),
            TimeValue::Repeat(Repeat::Weekday(_, Some(_)) | Repeat::Part(_)) => {
                Some(Grain::PartOfDay)
            }
            TimeValue::Repeat(Repeat::Month(_)) => Some(Grain::Month),
            TimeValue::Repeat(Repeat::Season(_)) => Some(Grain::Season),
            TimeValue::Past | TimeValue::Present | TimeValue::Future => None,
        }
    }
}

impl Clock {
    /// As the calendar has it; 24:00 is 0:00, and there is nothing after it.
    fn time(self) -> Option<Time> {
        let second = self.second.unwrap_or(0);
        if self.hour == 24 && (self.minute, second) != (0, 0) {
            return None;
        }
        let number = |number: u8| i8::try_from(number).ok();
        Time::new(number(self.hour % 24)?, number(self.minute)?, number(second)?, 0).ok()
    }

    fn minutes_east(self) -> Option<i16> {
        self.zone.map(|quarters| i16::from(quarters) * 15)
    }

    fn grain(self) -> Grain {
        if self.second.is_some() { Grain::Second } else { Grain::Minute }
    }
}

impl Unit {
    fn grain(self) -> Grain {
        match self {
            Self::Second => Grain::Second,
            Self::Minute => Grain::Minute,
            Self::Hour => Grain::Hour,
            Self::Day => Grain::Day,
            Self::Weekend => Grain::Weekend,
            Self::Week | Self::Fortnight => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter => Grain::Quarter,
            Self::Year => Grain::Year,
            Self::Decade => Grain::Decade,
            Self::Century => Grain::Century,
        }
    }
}

impl Moment {
    fn grain(self) -> Grain {
        match self {
            Self::Day(_) => Grain::Day,
            Self::Part(..) => Grain::PartOfDay,
            Self::Clock(_, clock) => clock.grain(),
            Self::Week(..) => Grain::Week,
            Self::Weekend(..) => Grain::Weekend,
            Self::Month(..) => Grain::Month,
            Self::Season(..) => Grain::Season,
            Self::Quarter(..) => Grain::Quarter,
            Self::Half(..) => Grain::Half,
            Self::Year(_) => Grain::Year,
            Self::Decade(_) => Grain::Decade,
            Self::Century(_) => Grain::Century,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime, time};

    fn days(moment: Moment) -> Option<(Date, Date)> {
        Timex(TimeValue::At(moment)).days().map(|days| (days.first, days.last))
    }

    #[test]
    fn stretches_end_where_the_calendar_says() {
        let table = [
            (Moment::Day(date(2024, 2, 29)), date(2024, 2, 29), date(2024, 2, 29)),
            (Moment::Month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
            (Moment::Month(2026, 2), date(2026, 2, 1), date(2026, 2, 28)),
            (Moment::Week(2026, 1), date(2025, 12, 29), date(2026, 1, 4)),
            (Moment::Week(2026, 53), date(2026, 12, 28), date(2027, 1, 3)),
            (Moment::Weekend(2026, 10), date(2026, 3, 7), date(2026, 3, 8)),
            (Moment::Quarter(2021, 3), date(2021, 7, 1), date(2021, 9, 30)),
            (Moment::Half(2021, 1), date(2021, 1, 1), date(2021, 6, 30)),
            (Moment::Half(2021, 2), date(2021, 7, 1), date(2021, 12, 31)),
            (Moment::Year(9999), date(9999, 1, 1), date(9999, 12, 31)),
            (Moment::Decade(198), date(1980, 1, 1), date(1989, 12, 31)),
            (Moment::Century(19), date(1900, 1, 1), date(1999, 12, 31)),
        ];
        for (moment, first, last) in table {
            assert_eq!(days(moment), Some((first, last)), "{moment}");
        }
        assert_eq!(days(Moment::Season(2026, Season::Winter)), None);
        assert_eq!(days(Moment::Week(2025, 53)), None, "2025 has 52 weeks");
    }

    #[test]
    fn a_range_runs_from_the_first_day_of_one_to_the_last_of_the_other() {
        let range = |from, to| Timex(TimeValue::Span(from, to));
        let (may, june) = (Moment::Month(2012, 5), Moment::Month(2012, 6));
        let days = range(may, june).days().unwrap();
        assert_eq!((days.first, days.last), (date(2012, 5, 1), date(2012, 6, 30)));
        assert_eq!(range(june, may).days(), None);
        assert_eq!(range(may, june).grain(), Some(Grain::Month));
        assert_eq!(range(may, Moment::Year(2013)).grain(), None);
    }

    #[test]
    fn midnight_at_the_end_of_a_day_begins_the_next() {
        let clock = |hour, second, zone| Clock { hour, minute: 0, second, zone };
        let at = |day, clock| Timex(TimeValue::At(Moment::Clock(day, clock))).exact();
        let leap = date(2024, 2, 28);
        let next = datetime(2024, 2, 29, 0, 0, 0, 0);
        assert_eq!(at(leap, clock(24, None, Some(-22))), Some(Exact::Moment(next, Some(-330))));
        assert_eq!(at(Date::MAX, clock(24, None, None)), None);
        assert_eq!(at(leap, clock(24, Some(5), None)), None, "24:00:05 is no time");
        let of_day = Timex(TimeValue::OfDay(clock(21, Some(7), None)));
        assert_eq!(of_day.exact(), Some(Exact::OfDay(time(21, 0, 7, 0), None)));
        assert_eq!(of_day.grain(), Some(Grain::Second));
    }

    #[test]
    fn lengths_print_as_timex3() {
        let show = |count, unit, half| Length { count, unit, half }.to_string();
        assert_eq!(show(Some(3), Unit::Day, false), "P3D");
        assert_eq!(show(Some(2), Unit::Year, true), "P2Y6M");
        assert_eq!(show(Some(0), Unit::Hour, true), "PT30M");
        assert_eq!(show(Some(2), Unit::Decade, false), "P20Y");
        assert_eq!(show(None, Unit::Minute, false), "PTXM");
    }
}
