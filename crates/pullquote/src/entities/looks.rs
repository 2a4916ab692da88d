//! Looks: what the features of names see of a single token.
//!
//! In: the tokens as words. Out: for a token the hash of its lower case, its kind and shape as one
//! number, its shape letter by letter, its first and last letters; for all of them, the phrases of
//! the lexicon that they are in.
//!
//! Cost: constant for a token; a phrase is tried only where one may begin.

use crate::lexicon::{Classes, Entry, hash};
use crate::model::features::{mix, pair};
use crate::tokens::{Shape, Token, TokenKind};
use crate::words::{Reading, Word};

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

/// The code of what stands before a sentence and after it.
pub(super) const NOWHERE: u8 = 63;

/// The hash of a token's lower case; numbers of equal form count as equal.
pub(super) fn low(text: &str, token: &Token, word: &Word) -> u64 {
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
        _ => word.hash,
    }
}

/// A token's kind and shape as one number below [`NOWHERE`].
pub(super) fn code(token: &Token) -> u8 {
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

/// Set in the [phrase](phrases) of a token that begins it.
pub(super) const OPENS: u32 = Classes::PHRASE_START.0;

/// For each token the telling classes of the longest phrase of the lexicon that it is in, of those
/// that begin with a capital; zero for none.
pub(super) fn phrases(reading: Reading<'_>) -> Vec<u32> {
    let Reading { text, tokens, words, lexicon, .. } = reading;
    let (rows, words) = (tokens.rows(), words.rows());
    let mut found = vec![0; rows.len()];
    let mut free = 0;
    for range in tokens.by_sentence() {
        let range = range.indices();
        let starts = rows.get(range.clone()).unwrap_or_default().iter();
        let starts = starts.zip(words.get(range.clone()).unwrap_or_default());
        for (at, (token, word)) in range.clone().zip(starts) {
            if matches!(token.shape, Shape::Lower | Shape::None)
                || !word.is(Classes::PHRASE_START)
                || at < free
            {
                continue;
            }
            let rest = rows.get(at + 1..range.end).unwrap_or_default().iter();
            let rest = rest.zip(words.get(at + 1..range.end).unwrap_or_default());
            let rest = rest.map(|(token, word)| low(text, token, word));
            let telling = |entry: Entry| entry.classes.0 & TELLING != 0;
            let first = (word.classes, low(text, token, word));
            if let Some((entry, more)) = lexicon.longest(first, rest, telling) {
                free = at + 1 + more;
                let phrase = found.get_mut(at..free).unwrap_or_default();
                phrase.fill(entry.classes.0 & TELLING);
                phrase.iter_mut().take(1).for_each(|first| *first |= OPENS);
            }
        }
    }
    found
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

/// A token's letters as classes, runs cut to three.
pub(super) fn shape(word: &str) -> u64 {
    let mut shape = 1;
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
        if run <= 3 {
            shape = (shape << 3 | class) ^ (shape >> 50);
        }
    }
    shape
}

/// Up to three bytes as one number, blind to ASCII case.
pub(super) fn three<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.take(3).fold(0, |sum, byte| sum << 8 | u64::from(byte | 0x20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_fold_runs() {
        assert_eq!(shape("London"), shape("Berlins"), "long runs are cut");
        assert_ne!(shape("London"), shape("Lon"));
        assert_ne!(shape("Ab"), shape("AB"));
        assert_ne!(shape("A-b"), shape("Ab"));
    }

    #[test]
    fn ends_are_blind_to_case() {
        let end = |word: &str| three(word.as_bytes().iter().rev());
        assert_eq!(end("LTD"), end("ltd"));
        assert_eq!(end("Holdings"), end("RINGS"));
        assert_ne!(end("abc"), end("abd"));
    }
}
