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
    line.len() <= longest
        && opens_title(line)
        && !line
            .trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
            .ends_with(['.', ':', ';', ',', '…', '!', '-', '—'])
        && !list_item(line)
}

/// Whether the line begins with a capital, a digit, a quotation mark or a currency sign.
fn opens_title(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(b'A'..=b'Z' | b'0'..=b'9' | b'"' | b'\'' | b'#' | b'$') => true,
        Some(0x80..) => {
            line.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '‘' | '«' | '£' | '€'))
        }
        _ => false,
    }
}

/// Whether the line is a title that some sites close with a full stop: one sentence, its longer
/// words capitalised.
pub(super) fn is_closed_title(line: &str, longest: usize) -> bool {
    let Some(words) = line.strip_suffix('.').filter(|words| words.len() < longest) else {
        return false;
    };
    let (mut long, mut capital) = (0, 0);
    for word in words.as_bytes().split(|byte| *byte == b' ').filter(|word| word.len() > 3) {
        long += 1;
        capital += usize::from(!word[0].is_ascii_lowercase());
    }
    capital >= 3 && capital * 5 >= long * 4 && !words.contains(". ")
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
    const TAILS: [&str; 6] = [
        "(File photo)",
        "(file photo)",
        "Getty Images)",
        "AP Photo)",
        "(Photo credit)",
        "/File Photo",
    ];
    // The first two letters spare nearly all lines the comparisons.
    let heads: &[&str] = match line.as_bytes() {
        [b'P', b'h', ..] => &["Photo:", "Photos:", "Photo by "],
        [b'P', b'H', ..] => &["PHOTO:"],
        [b'P', b'i', ..] => &["Picture:"],
        [b'I', b'm', ..] => &["Image:"],
        [b'C', b'a', ..] => &["Caption:"],
        [b'F', b'I', ..] => &["FILE PHOTO", "FILE -", "FILE –", "FILE —"],
        [b'F', b'i', ..] => &["File photo", "File picture", "File image"],
        [b'(' | b'[', b'P', ..] => &["(Photo", "[Photo"],
        _ => &[],
    };
    heads.iter().any(|head| line.starts_with(head))
        || matches!(line.as_bytes().last(), Some(b')' | b'o'))
            && TAILS.iter().any(|tail| line.ends_with(tail))
}

/// Whether the line is a desk's note after the article.
pub(super) fn is_sign_off(line: &str) -> bool {
    const WHOLE: [&str; 8] = ["ENDS", "END", "Ends", "###", "-30-", "- 30 -", "***", "* * *"];
    let words = if line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        line
    } else {
        line.trim_start_matches(['(', '[', '*', '–', '—', '-', ' '])
    };
    let heads: &[&str] = match words.as_bytes() {
        [b'R', b'e', ..] => &["Reporting by ", "Reporting and writing by "],
        [b'A', b'd', ..] => &["Additional reporting by "],
        [b'A', b'l', ..] => &["All rights reserved"],
        [b'C', b'o', ..] => &["Compiled by ", "Copyright "],
        [b'E', b'd', ..] => &["Editing by ", "Edited by "],
        [b'F', b'o', ..] => &["Follow us on "],
        [b'S', b'o', ..] => &["Source: ", "Sources: "],
        [b'T', b'r', ..] => &["Translated by ", "Translation by "],
        [b'W', b'r', ..] => &["Writing by ", "Written by "],
        [b'W', b'i', ..] => &[
            "With additional reporting",
            "With reporting by ",
            "With files from ",
            "With inputs from ",
            "With input from ",
            "With agencies",
        ],
        [0xC2, 0xA9, ..] => &["©"],
        _ => &[],
    };
    heads.iter().any(|head| words.starts_with(head)) || line.len() <= 6 && WHOLE.contains(&line)
}
