//! What a single line is, told from its form.
//!
//! In: a line. Out: whether it is a record header (with its day), an address, a headline, a
//! byline, a caption or a sign-off. Each question looks at the line's ends and at no other line.

use jiff::civil::Date;

/// The day of a record header, "date 2026-03-14 511".
pub(super) fn record_header(line: &str) -> Option<Date> {
    let rest = line.trim_start_matches('\u{feff}').strip_prefix("date ")?;
    let (day, number) = rest.split_at_checked(10)?;
    let number = number.trim();
    let date = day.parse().ok()?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(date)
}

/// Whether the line is nothing but a web address.
pub(super) fn is_url(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}');
    let line =
        ["url ", "URL: ", "URL "].iter().find_map(|head| line.strip_prefix(head)).unwrap_or(line);
    (line.starts_with("https://") || line.starts_with("http://") || line.starts_with("www."))
        && !line.contains(char::is_whitespace)
}

/// Whether the line can be a title: it begins like one and does not end like a sentence.
pub(super) fn is_headline(line: &str, longest: usize) -> bool {
    let end = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    line.len() <= longest
        && line.starts_with(|c: char| {
            c.is_uppercase()
                || c.is_ascii_digit()
                || matches!(c, '"' | '“' | '‘' | '\'' | '«' | '#' | '$' | '£' | '€')
        })
        && !end.ends_with(['.', ':', ';', ',', '…', '!', '-', '—'])
        && !list_item(line)
}

/// Whether the line begins with a list number or letter.
fn list_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line.as_bytes().get(digits.max(1));
    (digits > 0 || line.starts_with(|c: char| c.is_ascii_alphabetic()))
        && matches!(mark, Some(b'.' | b')'))
        && matches!(line.as_bytes().get(digits.max(1) + 1), Some(b' ' | b')'))
}

/// Whether the line names the author: "By Ann Lee, Staff Writer".
pub(super) fn is_byline(line: &str) -> bool {
    let Some(name) = ["By ", "BY ", "by "].iter().find_map(|head| line.strip_prefix(head)) else {
        return false;
    };
    let name = name.trim();
    name.len() <= 90
        && name.starts_with(char::is_uppercase)
        && !name.ends_with(['.', '!', '?', ':'])
        && {
            let words = name.split([' ', ',']).filter(|word| !word.is_empty());
            let (mut all, mut capital) = (0, 0);
            for word in words {
                all += 1;
                capital += usize::from(
                    word.starts_with(char::is_uppercase)
                        || word == "and"
                        || word == "for"
                        || word == "in",
                );
            }
            all <= 12 && capital * 4 >= all * 3
        }
}

/// Whether the line is the text under a picture.
pub(super) fn is_caption(line: &str) -> bool {
    const HEADS: [&str; 16] = [
        "Photo:",
        "PHOTO:",
        "Photos:",
        "Image:",
        "Picture:",
        "Caption:",
        "FILE PHOTO",
        "FILE -",
        "FILE –",
        "FILE —",
        "File photo",
        "File picture",
        "File image",
        "(Photo",
        "[Photo",
        "Photo by ",
    ];
    const TAILS: [&str; 6] = [
        "(File photo)",
        "(file photo)",
        "Getty Images)",
        "AP Photo)",
        "(Photo credit)",
        "/File Photo",
    ];
    begins_with_one(line, &HEADS)
        || matches!(line.as_bytes().last(), Some(b')' | b'o'))
            && TAILS.iter().any(|tail| line.ends_with(tail))
}

/// Whether the line is a desk's note after the article.
pub(super) fn is_sign_off(line: &str) -> bool {
    const HEADS: [&str; 21] = [
        "Reporting by ",
        "Additional reporting by ",
        "Reporting and writing by ",
        "Writing by ",
        "Editing by ",
        "Edited by ",
        "Compiled by ",
        "Written by ",
        "Translated by ",
        "Translation by ",
        "With additional reporting",
        "With reporting by ",
        "With files from ",
        "With inputs from ",
        "With input from ",
        "With agencies",
        "Source: ",
        "Sources: ",
        "Copyright ",
        "All rights reserved",
        "Follow us on ",
    ];
    const WHOLE: [&str; 8] = ["ENDS", "END", "Ends", "###", "-30-", "- 30 -", "***", "* * *"];
    begins_with_one(line.trim_start_matches(['(', '[', '*', '–', '—', '-', ' ']), &HEADS)
        || line.starts_with('©')
        || line.len() <= 6 && WHOLE.contains(&line)
}

/// Whether the line begins with one of the heads. Their first four bytes tell nearly all lines
/// apart, at the price of a comparison of integers each.
fn begins_with_one(line: &str, heads: &[&str]) -> bool {
    let Some(first) = line.as_bytes().first_chunk::<4>() else { return false };
    heads.iter().any(|head| head.as_bytes().first_chunk() == Some(first) && line.starts_with(head))
}
