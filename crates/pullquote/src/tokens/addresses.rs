//! Addresses inside running text: web, e-mail.
//!
//! In: a sentence and where a word begins. Out: where the address that begins there ends, and
//! which kind it is. The stop, comma or bracket after an address is not part of it. Only called
//! when a joint such as `:` or `@` follows a word; reads at most [`LONGEST`] bytes.

use super::TokenKind;
use super::chars::{class, of};

/// Longest address that is kept whole, in bytes.
const LONGEST: usize = 400;

/// Endings of host names that are taken for one without `www.` or `http:`.
const ENDINGS: [&[u8]; 38] = [
    b"com", b"org", b"net", b"gov", b"edu", b"mil", b"int", b"info", b"biz", b"io", b"uk", b"us",
    b"ca", b"au", b"nz", b"de", b"fr", b"ie", b"eu", b"tv", b"za", b"ke", b"ng", b"gh", b"pk",
    b"bd", b"lk", b"my", b"sg", b"hk", b"jp", b"cn", b"ru", b"br", b"mx", b"ar", b"es", b"dk",
];

/// Beginnings that make an address of whatever follows.
const SCHEMES: [&[u8]; 4] = [b"http://", b"https://", b"www.", b"ftp://"];

/// The address that begins at `start`, in a sentence that ends with `bytes`.
pub(super) fn find(bytes: &[u8], start: usize) -> Option<(usize, TokenKind)> {
    let rest = bytes.get(start..)?;
    let rest = &rest[..rest.len().min(LONGEST)];
    let (len, kind) = if SCHEMES.iter().any(|scheme| rest.starts_with(scheme)) {
        (whole(rest), TokenKind::Url)
    } else if let Some(len) = email(rest) {
        (len, TokenKind::Email)
    } else {
        (host(rest)?, TokenKind::Url)
    };
    (len > 0).then_some((start + len, kind))
}

/// The length of the address at the head of `rest`, up to white space, a quotation mark or an
/// angle bracket.
fn whole(rest: &[u8]) -> usize {
    let ends = |byte: &u8| {
        of(*byte) & class::SPACE != 0 || matches!(byte, b'"' | b'<' | b'>' | 0xC2 | 0xE1..=0xE3)
    };
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    // A cut at the limit must not fall inside a character.
    let wide = rest[..end].iter().rev().take_while(|byte| of(**byte) & class::WIDE != 0).count();
    trim(&rest[..if end == LONGEST { end - wide } else { end }])
}

/// The length of `chunk` without the punctuation that closes the clause around it.
fn trim(chunk: &[u8]) -> usize {
    let mut len = chunk.len();
    while let Some(last) = chunk[..len].last() {
        let closes = match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b']' => true,
            b')' => !chunk[..len].contains(&b'('),
            _ => false,
        };
        if !closes {
            break;
        }
        len -= 1;
    }
    len
}

/// The length of the e-mail address at the head of `chunk`.
fn email(chunk: &[u8]) -> Option<usize> {
    let mail =
        |byte: &u8| of(*byte) & class::WORD != 0 || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let at =
        chunk.iter().position(|byte| !mail(byte)).filter(|at| *at > 0 && chunk[*at] == b'@')?;
    let host = chunk[at + 1..].iter().take_while(|byte| mail(byte)).count();
    let host = trim(&chunk[at + 1..at + 1 + host]);
    chunk[at + 1..at + 1 + host].contains(&b'.').then_some(at + 1 + host)
}

/// The length of the bare host name, with its path, at the head of `chunk`.
fn host(chunk: &[u8]) -> Option<usize> {
    let name = chunk
        .iter()
        .take_while(|byte| of(**byte) & class::WORD != 0 || matches!(byte, b'.' | b'-'))
        .count();
    let name = trim(&chunk[..name]);
    let dot = chunk[..name].iter().rposition(|byte| *byte == b'.')?;
    let known = dot >= 2
        && ENDINGS.contains(&&chunk[dot + 1..name])
        && chunk[..dot].split(|byte| *byte == b'.').all(|part| !part.is_empty());
    let path = chunk.get(name) == Some(&b'/');
    known.then(|| if path { whole(chunk) } else { name })
}
