//! What temporal expressions mean, in TIMEX3.
//!
//! In: moments of the calendar, counts and units. Out: [`TimeValue`], whose `Display` is the TIMEX3
//! value ("2026-03", "P2Y6M", "XXXX-WXX-2", `PRESENT_REF`). Decades and centuries count as years;
//! an unknown count is written X.

use super::calendar::{Clock, DayPart, Moment, Season, Unit};
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

#[cfg(test)]
mod tests {
    use super::*;

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
