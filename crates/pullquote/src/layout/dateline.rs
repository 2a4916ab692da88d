//! What stands before the first word of a report: the dateline and the agency's mark.
//!
//! In: a paragraph. Out: the dateline at its head, "LISBON, March 3 (Agency) -", with the day it
//! names, or the mark "(NORDWIRE)".
//!
//! A dateline is a short run of words before a dash that shows one of three signs: its place in
//! capitals, an agency in brackets at its end, or a day of a month. After the article's first
//! paragraph only capitals count. Cost: a look at the first ninety bytes of such a paragraph.

use crate::span::Span;
use jiff::civil::Date;

/// Where a dateline must have ended, in bytes.
const LONGEST: usize = 90;

/// What was found at the head of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// Place and day, without the dash.
    pub dateline: Option<Span>,
    /// The agency's mark, brackets included.
    pub agency: Option<Span>,
    /// The day that the dateline names with its year.
    pub date: Option<Date>,
}

/// Looks for a dateline and an agency's mark at the head of the paragraph at `span`; `first` says
/// whether it is the article's first.
pub(super) fn find(text: &str, span: Span, first: bool) -> Opening {
    let paragraph = span.of(text);
    let part = |from: usize, to: usize| Span::new(span.start() + from, span.start() + to);
    match paragraph.as_bytes() {
        [b'(', ..] => {
            Opening { agency: agency(paragraph).map(|len| part(0, len)), ..Opening::default() }
        }
        [b'A'..=b'Z', second, ..] if first || !second.is_ascii_lowercase() => {
            let head = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
            let Some((end, len)) = dash(head) else { return Opening::default() };
            let words = &head[..end];
            let goes_on = head[end + len..].trim_start().starts_with(|c: char| !c.is_lowercase());
            let open = words.rfind('(').filter(|open| *open > 0 && words.ends_with(')'));
            let place = words[..open.unwrap_or(end)].trim_end();
            let day = day(place);
            if !(goes_on
                && words_fit(words)
                && (day.is_some() || open.is_some() || in_capitals(place)))
            {
                return Opening::default();
            }
            Opening {
                dateline: Some(part(0, place.len())),
                agency: open.map(|open| part(open, end)),
                date: day.flatten(),
            }
        }
        _ => Opening::default(),
    }
}

/// The length of "(NORDWIRE)" at the head of the text, when words follow it.
fn agency(text: &str) -> Option<usize> {
    let close = text.as_bytes().iter().take(40).position(|byte| *byte == b')')?;
    let name = text.get(1..close)?;
    let capitals = name.bytes().filter(u8::is_ascii_uppercase).count();
    let named = capitals >= 2
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '/' | '-' | '&'))
        && name.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '&'))
        && (name.split(' ').count() > 1 || capitals * 2 > name.len());
    (named && text[close + 1..].starts_with([' ', '\u{a0}'])).then_some(close + 1)
}

/// The first dash that stands apart, or follows a bracket or capital at once: where the white
/// space before it begins, and the length from there to the dash's end.
fn dash(head: &str) -> Option<(usize, usize)> {
    let bytes = head.as_bytes();
    memchr::memchr3_iter(b'-', b'_', 0xE2, bytes).find_map(|at| {
        let rest = &head[at..];
        let len = ["--", "-", "—", "–", "―", "_"]
            .iter()
            .find_map(|mark| rest.starts_with(mark).then_some(mark.len()))?;
        let apart = at > 0 && bytes[at - 1] == b' ';
        let ends = len > 1 || matches!(bytes.get(at + len), None | Some(b' '));
        let glued =
            len == 3 && at > 0 && (bytes[at - 1] == b')' || bytes[at - 1].is_ascii_uppercase());
        let start = at - usize::from(apart);
        ((apart && ends) || glued).then_some((start, at + len - start))
    })
}

/// Whether the place is written in capitals: its first word, of three letters or more.
fn in_capitals(words: &str) -> bool {
    let first = words.split([' ', ',']).next().unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let stop = first.ends_with('.');
    (letters >= 3 || (stop && letters >= 2)) && !first.chars().any(char::is_lowercase)
}

/// Whether every word could stand in a dateline: capitalised, a number, or a small particle.
fn words_fit(words: &str) -> bool {
    words.split([' ', '/', '(']).filter(|word| !word.is_empty()).all(|word| {
        let small = word.trim_end_matches([',', ')']);
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(small, "de" | "la" | "el" | "al" | "of" | "the" | "and" | "du" | "da")
    })
}

/// The day of a month among the words: with its year as a date, without as `Some(None)`.
fn day(words: &str) -> Option<Option<Date>> {
    let parts: Vec<&str> =
        words.split([' ', ',', '(', ')']).filter(|part| !part.is_empty()).collect();
    let month_at = parts.iter().position(|part| month(part).is_some())?;
    let month = month(parts[month_at])?;
    let number = |at: Option<usize>| {
        let day: i8 = at.and_then(|at| parts.get(at))?.parse().ok()?;
        (1..=31).contains(&day).then_some(day)
    };
    let (day, after) = match number(Some(month_at + 1)) {
        Some(day) => (day, month_at + 2),
        None => (number(month_at.checked_sub(1))?, month_at + 1),
    };
    let year = parts.get(after).filter(|part| part.len() == 4).and_then(|part| part.parse().ok());
    Some(year.and_then(|year| Date::new(year, month, day).ok()))
}

/// The month's number, from its English name or abbreviation.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.');
    if word.len() < 3 || !word.starts_with(char::is_uppercase) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let short = word.len() <= 4;
    (1i8..)
        .zip(MONTHS)
        .find(|(_, name)| *name == word || short && name.starts_with(&word))
        .map(|(n, _)| n)
}
