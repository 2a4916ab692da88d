//! Publication dates as articles bring them.
//!
//! In: what a field or a flag holds. Out: the calendar date. Cost: constant.

use pullquote::{Date, Error};

/// Reads a publication date: an ISO date, perhaps with a time behind it, which is left out.
///
/// # Errors
///
/// [`Error::Date`] when the text does not start with a calendar date.
pub fn parse_date(text: &str) -> Result<Date, Error> {
    let wrong = || Error::Date(text.to_owned());
    let trimmed = text.trim();
    let date = match trimmed.split_once(['T', 't', ' ']) {
        Some((date, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => date,
        _ => trimmed,
    };
    // Only the extended form: "20260314" is as likely a number of something.
    let extended = date.len() == 10;
    if extended { date.parse().map_err(|_| wrong()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_carry_a_time() {
        for good in ["2026-03-14", " 2026-03-14", "2026-03-14T23:59:59+02:00", "2026-03-14 08:00"] {
            assert_eq!(parse_date(good).expect(good).to_string(), "2026-03-14");
        }
        for bad in ["", "2026-02-30", "20260314", "14/03/2026", "2026-03-14Tea", "2026-3-14", "Ⅻ"]
        {
            assert_eq!(parse_date(bad), Err(Error::Date(bad.to_owned())));
        }
    }
}
