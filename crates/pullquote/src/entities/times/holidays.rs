//! Holidays whose day is fixed or can be computed: "Christmas Day", "Good Friday 2026".
//!
//! In: the piece where a holiday's name may begin. Out: its day, in the year named with it or else
//! the nearest, by its verb's direction where two are as near.

use super::super::Basis;
use super::super::calendar::{Holiday, Moment};
use super::super::words::Word;
use super::direction::{self, Direction};
use super::{Found, Reader};
use jiff::civil::Date;

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
    let lean = match reader.pieces.before(from, 1) {
        Word::Last | Word::Past => Some(Direction::Back),
        Word::Next | Word::Coming => Some(Direction::Ahead),
        Word::This => None,
        _ => {
            return direction::by_nearness(
                days,
                document,
                direction::of(reader.pieces, from, to),
                false,
            );
        }
    };
    let mut days = days.iter().flatten().copied();
    match lean {
        Some(Direction::Back) => (days.rfind(|day| *day < document), Basis::Past),
        Some(Direction::Ahead) => (days.find(|day| *day > document), Basis::Future),
        None => (days.find(|day| day.year() == document.year()), Basis::DocumentDate),
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
