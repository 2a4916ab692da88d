//! Small readings of bytes that the rules share.
//!
//! In: the bytes of a text and a position. Out: what stands there. All of them are total: past the
//! end there is nothing, and a position inside a character is treated as no particular one.

/// What a character does at the start of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The block ends.
    End,
    /// A small letter.
    Lower,
    /// A capital, or a letter of a script without case.
    Upper,
    /// A digit.
    Digit,
    /// An opening bracket.
    Bracket,
    /// A dash or hyphen.
    Dash,
    /// A comma, semicolon or colon, which goes on.
    Comma,
    /// A currency sign, bullet, pictograph ...
    Other,
}

/// The byte at `at`, or zero past the end.
pub(super) fn at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// The length of the white space character at `i`, or zero.
pub(super) fn space(bytes: &[u8], i: usize) -> usize {
    match at(bytes, i) {
        b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => 1,
        0xC2 if matches!(at(bytes, i + 1), 0xA0 | 0x85) => 2,
        0xE1 if at(bytes, i + 1) == 0x9A && at(bytes, i + 2) == 0x80 => 3,
        0xE2 => match (at(bytes, i + 1), at(bytes, i + 2)) {
            (0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF) | (0x81, 0x9F) => 3,
            _ => 0,
        },
        0xE3 if at(bytes, i + 1) == 0x80 && at(bytes, i + 2) == 0x80 => 3,
        _ => 0,
    }
}

/// The position after the white space at `i`.
pub(super) fn skip_spaces(bytes: &[u8], mut i: usize) -> usize {
    loop {
        match space(bytes, i) {
            0 => return i,
            len => i += len,
        }
    }
}

/// The length of the quotation mark at `i`, or zero: straight, curly, low, angle, backtick.
pub(super) fn quote(bytes: &[u8], i: usize) -> usize {
    match at(bytes, i) {
        b'"' | b'\'' | b'`' => 1,
        0xC2 if matches!(at(bytes, i + 1), 0xAB | 0xBB) => 2,
        0xE2 if at(bytes, i + 1) == 0x80
            && matches!(at(bytes, i + 2), 0x98..=0x9F | 0xB2 | 0xB3 | 0xB9 | 0xBA) =>
        {
            3
        }
        _ => 0,
    }
}

/// The length of the closing bracket at `i`, or zero.
pub(super) fn bracket(bytes: &[u8], i: usize) -> usize {
    match at(bytes, i) {
        b')' | b']' | b'}' => 1,
        0xEF if at(bytes, i + 1) == 0xBC && at(bytes, i + 2) == 0x89 => 3,
        _ => 0,
    }
}

/// What begins at `i`, opening quotation marks left aside.
pub(super) fn next(bytes: &[u8], mut i: usize, end: usize) -> (Next, usize) {
    // More marks than this open nothing; the bound keeps every look short.
    for _ in 0..8 {
        match quote(bytes, i) {
            0 => break,
            len => i += len,
        }
    }
    if i >= end {
        return (Next::End, end);
    }
    let what = match bytes[i] {
        b'a'..=b'z' => Next::Lower,
        b'A'..=b'Z' => Next::Upper,
        b'0'..=b'9' => Next::Digit,
        b'(' | b'[' | b'{' => Next::Bracket,
        b'-' => Next::Dash,
        b',' | b';' | b':' => Next::Comma,
        0xE2 if at(bytes, i + 1) == 0x80 && (0x90..=0x95).contains(&at(bytes, i + 2)) => Next::Dash,
        byte if byte >= 0x80 => wide(bytes, i),
        _ => Next::Other,
    };
    (what, i)
}

/// What a character outside ASCII is.
fn wide(bytes: &[u8], i: usize) -> Next {
    let len = match bytes[i] {
        0xF0.. => 4,
        0xE0.. => 3,
        _ => 2,
    };
    let character = bytes.get(i..i + len).and_then(|c| std::str::from_utf8(c).ok());
    match character.and_then(|c| c.chars().next()) {
        Some(c) if c.is_lowercase() => Next::Lower,
        Some(c) if c.is_alphabetic() => Next::Upper,
        Some(c) if c.is_numeric() => Next::Digit,
        _ => Next::Other,
    }
}

/// The word that begins at `i`: letters, digits and inner apostrophes.
pub(super) fn word_at(bytes: &[u8], i: usize) -> &[u8] {
    let rest = bytes.get(i..).unwrap_or_default();
    let len = rest
        .iter()
        .take(32)
        .take_while(|byte| {
            byte.is_ascii_alphanumeric()
                || **byte == b'\''
                || **byte >= 0xC3 && **byte != 0xE2
                || (0x80..0xC0).contains(*byte)
        })
        .count();
    &rest[..len]
}

/// Whether the byte is part of a letter; outside ASCII nearly all are.
pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// The length of the emoticon at `i`, or zero.
pub(super) fn emoticon(bytes: &[u8], i: usize) -> usize {
    let eyes = usize::from(at(bytes, i) == b'>') + i;
    if !matches!(at(bytes, eyes), b':' | b';' | b'=' | b'^' | b'X') {
        return 0;
    }
    let nose = eyes + 1 + usize::from(matches!(at(bytes, eyes + 1), b'-' | b'_' | b'\'' | b'o'));
    let mouth = matches!(
        at(bytes, nose),
        b')' | b'(' | b'D' | b'P' | b'p' | b'O' | b'/' | b'|' | b'^' | b'*' | b'3'
    );
    if !mouth {
        return 0;
    }
    let repeats = bytes[nose..].iter().take_while(|byte| **byte == bytes[nose]).count();
    nose + repeats - i
}
