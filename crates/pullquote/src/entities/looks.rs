//! Looks: what the features of names see of a single token.
//!
//! In: the tokens as words. Out: one [`Look`] for each: the hash of its lower case, kind and shape as
//! one number, lexicon classes, the lexicon's phrase it is in. Also the spelling of a word as
//! numbers: its shape, its first and last letters.
//!
//! Cost: one pass over the tokens; a phrase is tried only where one begins.

use crate::lexicon::{Classes, Entry, hash};
use crate::model::features::{mix, pair};
use crate::tokens::{Shape, Token, TokenKind};
use crate::words::Reading;

/// One token as the features see it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// The hash of its lower case, digits made equal in numbers.
    pub(super) low: u64,
    /// Kind and shape as one small number.
    pub(super) code: u8,
    /// Lexicon classes that tell names.
    pub(super) classes: u32,
    /// Classes of the longest phrase of the lexicon that the token is in.
    pub(super) phrase: u32,
    /// Whether it begins that phrase.
    pub(super) opens: bool,
}

/// The classes that features use.
pub(super) const TELLING: u32 = Classes::TITLE.0
    | Classes::ROLE.0
    | Classes::PEOPLE.0
    | Classes::BODY.0
    | Classes::GIVEN.0
    | Classes::SURNAME.0
    | Classes::PLACE.0
    | Classes::COUNTRY.0
    | Classes::NORP.0
    | Classes::ORG.0
    | Classes::ORG_HEAD.0
    | Classes::FAC_HEAD.0
    | Classes::LOC_HEAD.0
    | Classes::MISC.0
    | Classes::PRODUCT.0
    | Classes::CUE_VERB.0
    | Classes::CALENDAR.0
    | Classes::COMMON.0;

impl Look {
    /// Kind and shape, as features take them.
    pub(super) fn code(&self) -> u64 {
        u64::from(self.code)
    }
}

/// Looks at every token.
pub(super) fn look(reading: Reading<'_>) -> Vec<Look> {
    let Reading { text, tokens, words, .. } = reading;
    let rows = tokens.rows().iter().zip(words.rows());
    let looks = rows.map(|(token, word)| Look {
        low: low(text, token, word.hash),
        code: code(token),
        classes: word.classes.0 & TELLING,
        ..Look::default()
    });
    let mut looks: Vec<Look> = looks.collect();
    mark_phrases(&mut looks, reading);
    looks
}

/// The hash of a token's lower case; numbers of equal form count as equal.
fn low(text: &str, token: &Token, word: u64) -> u64 {
    match token.kind {
        TokenKind::Number => {
            let mut digits = [0u8; 16];
            for (to, &byte) in digits.iter_mut().zip(token.span.of(text).as_bytes()) {
                *to = if byte.is_ascii_digit() { b'0' } else { byte };
            }
            let low = u64::from_le_bytes(*digits.first_chunk().unwrap_or(&[0; 8]));
            let high = u64::from_le_bytes(*digits.last_chunk().unwrap_or(&[0; 8]));
            mix(pair(low, high))
        }
        TokenKind::Punctuation | TokenKind::QuoteMark => hash::fold(token.span.of(text)),
        _ => word,
    }
}

/// A token's kind and shape as one number below 63.
fn code(token: &Token) -> u8 {
    let shape = match token.shape {
        Shape::None => 0,
        Shape::Lower => 1,
        Shape::Title => 2,
        Shape::Upper => 3,
        Shape::Initial => 4,
        Shape::Mixed => 5,
    };
    match token.kind {
        TokenKind::Word => shape,
        TokenKind::Clitic => 6,
        TokenKind::Number => 8 + u8::from(token.span.len() == 4),
        TokenKind::Punctuation => 10,
        TokenKind::QuoteMark => 11,
        TokenKind::Symbol => 12,
        _ => 13,
    }
}

/// Marks the longest phrases of the lexicon that begin with a capital.
fn mark_phrases(looks: &mut [Look], reading: Reading<'_>) {
    let Reading { tokens, words, lexicon, .. } = reading;
    let (rows, words) = (tokens.rows(), words.rows());
    for range in tokens.by_sentence() {
        let range = range.indices();
        let mut at = range.start;
        while at < range.end {
            if matches!(rows[at].shape, Shape::Lower | Shape::None) {
                at += 1;
                continue;
            }
            let first = words[at].classes;
            let rest = looks[at + 1..range.end].iter().map(|look| look.low);
            let telling = |entry: Entry| entry.classes.0 & TELLING != 0;
            let found = lexicon.longest((first, looks[at].low), rest, telling);
            let best = found
                .map_or((at + 1, 0), |(entry, more)| (at + 1 + more, entry.classes.0 & TELLING));
            if best.1 != 0 {
                looks[at].opens = true;
                looks[at..best.0].iter_mut().for_each(|look| look.phrase = best.1);
            }
            at = best.0;
        }
    }
}

/// Whether a line is set in capitals or title case, so that capitals say little in it.
pub(super) fn is_shouted(tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|token| token.kind == TokenKind::Word && token.span.len() > 3);
    let (mut small, mut large) = (0, 0);
    for token in long {
        match token.shape {
            Shape::Lower => small += 1,
            _ => large += 1,
        }
    }
    large >= 3 && large > 4 * small
}

/// A token's letters as classes: runs cut to three, and to one.
pub(super) fn shapes(word: &str) -> (u64, u64) {
    let (mut fine, mut coarse) = (1, 1);
    let (mut last, mut run) = (0, 0);
    for letter in word.chars().take(24) {
        let class = match letter {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            '0'..='9' => 3,
            '-' => 4,
            '.' => 5,
            '\'' | '’' => 6,
            _ if letter.is_uppercase() => 2,
            _ if letter.is_alphabetic() => 1,
            _ => 7,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run == 1 {
            coarse = coarse << 3 | class;
        }
        if run <= 3 {
            fine = (fine << 3 | class) ^ (fine >> 50);
        }
    }
    (fine, coarse)
}

/// The first and the last eight bytes of a word, blind to ASCII case; the last bytes lie lowest.
pub(super) fn ends(word: &str) -> (u64, u64) {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let bytes = word.as_bytes();
    let (mut head, mut tail) = ([0; 8], [0; 8]);
    head.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    tail.iter_mut().zip(bytes.iter().rev()).for_each(|(to, from)| *to = *from);
    (u64::from_le_bytes(head) | CASE, u64::from_le_bytes(tail) | CASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_fold_runs() {
        assert_eq!(shapes("London"), shapes("Berlins"), "long runs are cut");
        assert_ne!(shapes("London").0, shapes("Lon").0);
        assert_eq!(shapes("Lo").1, shapes("London").1);
        assert_ne!(shapes("Ab").0, shapes("AB").0);
        assert_ne!(shapes("A-b"), shapes("Ab"));
    }

    #[test]
    fn ends_are_blind_to_case() {
        assert_eq!(ends("LTD"), ends("ltd"));
        assert_eq!(ends("Holdings").1 & 0xFF_FFFF, ends("RINGS").1 & 0xFF_FFFF);
        assert_ne!(ends("abc").0, ends("abd").0);
    }
}
