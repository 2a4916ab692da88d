//! Stretches of the calendar and their arithmetic.
//!
//! In: years, months, days and units as the grammar read them. Out: [`Moment`], whose `Display` is
//! the ISO 8601 / TIMEX3 value ("2026-03", "2026-W12", "2026-03-04TNI").
//!
//! Invariant: every constructor and every shift is checked, so that nothing leaves the years 1 to
//! 9999 and nothing panics. Cost: a few integer operations; the civil calendar is jiff's. It knows
//! the holidays whose day is fixed or can be computed, and no lunar calendar but Easter's.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};
use std::fmt;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A season, as TIMEX3 names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The month in which it begins in the north.
    fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
}

impl DayPart {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
        }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24; midnight at the end of a day is 24.
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
    /// Quarter hours east of Greenwich.
    pub(super) zone: Option<i8>,
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        match self.zone {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(quarters) => {
                let sign = if quarters < 0 { '-' } else { '+' };
                let minutes = u16::from(quarters.unsigned_abs()) * 15;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// A stretch of the calendar, no finer and no coarser than the text named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    Part(Date, DayPart),
    Clock(Date, Clock),
    Week(i16, i8),
    Weekend(i16, i8),
    Month(i16, i8),
    Season(i16, Season),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    /// 198 is the 1980s.
    Decade(i16),
    /// 19 is the 20th century.
    Century(i16),
}

impl Moment {
    /// The week of a day.
    pub(super) fn week_of(date: Date) -> Self {
        let week = date.iso_week_date();
        Self::Week(week.year(), week.week())
    }

    /// The weekend of a day's week.
    pub(super) fn weekend_of(date: Date) -> Self {
        let week = date.iso_week_date();
        Self::Weekend(week.year(), week.week())
    }

    pub(super) fn month_of(date: Date) -> Self {
        Self::Month(date.year(), date.month())
    }

    pub(super) fn quarter_of(date: Date) -> Self {
        Self::Quarter(date.year(), (date.month() - 1) / 3 + 1)
    }

    /// The stretch of length `unit` that the day lies in; `None` for units finer than a day.
    pub(super) fn around(date: Date, unit: Unit) -> Option<Self> {
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => Self::Day(date),
            Unit::Weekend => Self::weekend_of(date),
            Unit::Week | Unit::Fortnight => Self::week_of(date),
            Unit::Month => Self::month_of(date),
            Unit::Quarter => Self::quarter_of(date),
            Unit::Year => Self::Year(date.year()),
            Unit::Decade => Self::Decade(date.year() / 10),
            Unit::Century => Self::Century(date.year() / 100),
        })
    }

    /// The first day of the stretch.
    pub(super) fn first_day(self) -> Option<Date> {
        let month = |year, month| Date::new(year, month, 1).ok();
        match self {
            Self::Day(date) | Self::Part(date, _) | Self::Clock(date, _) => Some(date),
            Self::Week(year, week) => monday(year, week),
            Self::Weekend(year, week) => add(monday(year, week)?, 5.days()),
            Self::Month(year, number) => month(year, number),
            Self::Season(year, season) => month(year, season.first_month()),
            Self::Quarter(year, quarter) => month(year, quarter.checked_mul(3)?.checked_sub(2)?),
            Self::Half(year, half) => month(year, if half == 1 { 1 } else { 7 }),
            Self::Year(year) => month(year, 1),
            Self::Decade(decade) => month(decade.checked_mul(10)?, 1),
            Self::Century(century) => month(century.checked_mul(100)?, 1),
        }
    }

    /// The last day of the stretch. A season has none: where it ends differs from country to country.
    pub(super) fn last_day(self) -> Option<Date> {
        let month = |year, month| Some(Date::new(year, month, 1).ok()?.last_of_month());
        match self {
            Self::Day(date) | Self::Part(date, _) | Self::Clock(date, _) => Some(date),
            Self::Week(year, week) | Self::Weekend(year, week) => {
                add(monday(year, week)?, 6.days())
            }
            Self::Month(year, number) => month(year, number),
            Self::Season(..) => None,
            Self::Quarter(year, quarter) => month(year, quarter.checked_mul(3)?),
            Self::Half(year, half) => month(year, if half == 1 { 6 } else { 12 }),
            Self::Year(year) => month(year, 12),
            Self::Decade(decade) => month(decade.checked_mul(10)?.checked_add(9)?, 12),
            Self::Century(century) => month(century.checked_mul(100)?.checked_add(99)?, 12),
        }
    }

    /// The year that the stretch lies in, unless it is longer.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Decade(_) | Self::Century(_) => None,
            _ => Some(self.first_day()?.year()),
        }
    }

    /// The day, where the stretch is a day or lies in one.
    pub(super) fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) | Self::Part(date, _) | Self::Clock(date, _) => Some(date),
            _ => None,
        }
    }

    /// The same stretch so many years on: the third quarter of 1989 becomes that of 1988.
    pub(super) fn years_on(self, years: i16) -> Option<Self> {
        let on = |year: i16| year.checked_add(years).filter(|year| (1..=9999).contains(year));
        Some(match self {
            Self::Year(year) => Self::Year(on(year)?),
            Self::Quarter(year, quarter) => Self::Quarter(on(year)?, quarter),
            Self::Half(year, half) => Self::Half(on(year)?, half),
            Self::Month(year, month) => Self::Month(on(year)?, month),
            Self::Season(year, season) => Self::Season(on(year)?, season),
            Self::Day(date) => Self::Day(add(date, i64::from(years).years())?),
            _ => return None,
        })
    }
}

/// The day `span` away, within the calendar's years 1 to 9999.
fn add(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok().filter(|date| date.year() > 0)
}

fn monday(year: i16, week: i8) -> Option<Date> {
    Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
}

/// The day `days` after `date`.
pub(super) fn days_on(date: Date, days: i64) -> Option<Date> {
    add(date, Span::new().try_days(days).ok()?)
}

/// The stretch of length `unit` that lies `count` units after the one `date` lies in. Units finer
/// than a day give nothing.
pub(super) fn units_on(date: Date, unit: Unit, count: i64) -> Option<Moment> {
    let span = Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return None,
        Unit::Day => span.try_days(count),
        Unit::Week | Unit::Weekend => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count.checked_mul(2)?),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count.checked_mul(3)?),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.checked_mul(10)?),
        Unit::Century => span.try_years(count.checked_mul(100)?),
    };
    Moment::around(add(date, span.ok()?)?, unit)
}

/// The last or next day of the week `weekday` (Monday is 1), the day itself included.
pub(super) fn weekday_near(date: Date, weekday: u8, ahead: bool) -> Option<Date> {
    let today = i64::from(date.weekday().to_monday_one_offset());
    let behind = (today - i64::from(weekday)).rem_euclid(7);
    days_on(date, if ahead { (7 - behind) % 7 } else { -behind })
}

/// The `nth` (1 is the first, 0 the last) weekday (Monday is 1) of a month.
fn nth_weekday(year: i16, month: i8, nth: i64, weekday: u8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    if nth == 0 {
        return weekday_near(first.last_of_month(), weekday, false);
    }
    days_on(weekday_near(first, weekday, true)?, 7 * (nth - 1))
}

/// A holiday of fixed or computable date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed(i8, i8),
    /// The nth weekday of a month; the 0th is the last.
    Nth(i8, i8, u8),
    /// Days after Easter Sunday.
    Easter(i8),
    /// The Tuesday after the first Monday of November.
    Election,
}

impl Holiday {
    /// Its day in a year.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Nth(month, nth, weekday) => nth_weekday(year, month, i64::from(nth), weekday),
            Self::Easter(days) => days_on(easter(year)?, i64::from(days)),
            Self::Election => days_on(nth_weekday(year, 11, 1, 1)?, 1),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let shift = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * shift + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Part(date, part) => write!(f, "{date}{}", part.code()),
            Self::Clock(date, clock) => write!(f, "{date}{clock}"),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Weekend(year, week) => write!(f, "{year:04}-W{week:02}-WE"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Season(year, season) => write!(f, "{year:04}-{}", season.code()),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(decade) => write!(f, "{decade:03}"),
            Self::Century(century) => write!(f, "{century:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_and_its_neighbours() {
        for (year, month, day) in [(1999, 4, 4), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20)] {
            assert_eq!(Holiday::Easter(0).in_year(year), Some(date(year, month, day)));
        }
        assert_eq!(Holiday::Easter(-2).in_year(2025), Some(date(2025, 4, 18)), "Good Friday");
    }

    #[test]
    fn holidays_that_move_by_weekday() {
        assert_eq!(Holiday::Nth(11, 4, 4).in_year(2025), Some(date(2025, 11, 27)), "fourth");
        assert_eq!(Holiday::Nth(5, 0, 1).in_year(2026), Some(date(2026, 5, 25)), "last");
        assert_eq!(Holiday::Election.in_year(2024), Some(date(2024, 11, 5)));
    }

    #[test]
    fn weekdays_count_the_day_itself() {
        let wednesday = date(2026, 3, 4);
        assert_eq!(weekday_near(wednesday, 3, false), Some(wednesday));
        assert_eq!(weekday_near(wednesday, 4, false), Some(date(2026, 2, 26)));
        assert_eq!(weekday_near(wednesday, 1, true), Some(date(2026, 3, 9)));
    }

    #[test]
    fn shifts_keep_their_grain_and_stop_at_the_calendar_s_edge() {
        let day = date(2026, 3, 31);
        assert_eq!(units_on(day, Unit::Month, -1), Some(Moment::Month(2026, 2)));
        assert_eq!(units_on(day, Unit::Quarter, 1), Some(Moment::Quarter(2026, 2)));
        assert_eq!(units_on(day, Unit::Year, -3000), None);
        assert_eq!(units_on(day, Unit::Century, i64::MAX), None);
        assert_eq!(units_on(day, Unit::Hour, 1), None);
        assert_eq!(Moment::Year(9999).years_on(1), None);
    }
}
