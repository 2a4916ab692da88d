//! What single words tell about a sentence's end.
//!
//! In: a word's bytes. Out: whether it is a list number, initials, a verb of saying ... Each is a
//! look at a few bytes or a short list.

use super::bytes::at;
use crate::lexicon::abbreviations::opens_sentence;

/// Verbs that attribute the question or cry before them.
const SAYING: [&[u8]; 22] = [
    b"said",
    b"asked",
    b"says",
    b"asks",
    b"say",
    b"ask",
    b"told",
    b"wrote",
    b"added",
    b"replied",
    b"shouted",
    b"wondered",
    b"cried",
    b"exclaimed",
    b"called",
    b"yelled",
    b"answered",
    b"whispered",
    b"screamed",
    b"continued",
    b"howled",
    b"tweeted",
];

/// What may follow "10 a.m.": a day, a zone. Matched by the first letters.
const AFTER_TIME: [&[u8]; 27] = [
    b"Monday",
    b"Tuesday",
    b"Wednesday",
    b"Thursday",
    b"Friday",
    b"Saturday",
    b"Sunday",
    b"Eastern",
    b"Pacific",
    b"Central",
    b"Mountain",
    b"GMT",
    b"UTC",
    b"EST",
    b"EDT",
    b"ET",
    b"PST",
    b"PDT",
    b"PT",
    b"CST",
    b"CET",
    b"BST",
    b"IST",
    b"Jan",
    b"Feb",
    b"Sept",
    b"Sat",
];

/// Small-letter words that open a sentence by a writer who does not capitalise.
const LOWER_OPENERS: [&[u8]; 32] = [
    b"i", b"it", b"its", b"he", b"she", b"they", b"we", b"you", b"the", b"this", b"that", b"these",
    b"there", b"here", b"what", b"why", b"how", b"when", b"where", b"who", b"but", b"if", b"so",
    b"my", b"im", b"i'm", b"it's", b"please", b"thanks", b"then", b"also", b"just",
];

/// Openers that are surnames or given names as well.
const NAMES: [&[u8]; 9] = [b"Will", b"May", b"Can", b"Do", b"An", b"So", b"No", b"Long", b"Such"];

/// Whether the word is a verb of saying.
pub(super) fn says(word: &[u8]) -> bool {
    SAYING.contains(&word)
}

/// Whether the word goes on after a time of day.
pub(super) fn after_time(word: &[u8]) -> bool {
    !opens_sentence(word) && AFTER_TIME.iter().any(|follower| word.starts_with(follower))
}

/// Whether the small-letter word opens sentences.
pub(super) fn lower_opener(word: &[u8]) -> bool {
    LOWER_OPENERS.contains(&word)
}

/// Whether the opener can be part of a name as well: "K. Will".
pub(super) fn spells_name(word: &[u8]) -> bool {
    NAMES.contains(&word)
}

/// Whether the word has a capital after a small first letter: eBay, iPhone.
pub(super) fn mixed_case(word: &[u8]) -> bool {
    word.len() > 2 && word[0].is_ascii_lowercase() && word[1..].iter().any(u8::is_ascii_uppercase)
}

/// Whether the word can be a list's number: 12, 2.1, IV, b.
pub(super) fn list_number(word: &[u8]) -> bool {
    let digits = |byte: &u8| byte.is_ascii_digit();
    match word {
        [] => false,
        [letter] => letter.is_ascii_alphanumeric(),
        _ if word.iter().all(digits) => word.len() <= 3,
        _ if digits(&word[0]) => {
            word.len() <= 6 && word.iter().all(|byte| digits(byte) || *byte == b'.')
        }
        _ => word.len() <= 5 && roman(word),
    }
}

/// Whether the word is a Roman numeral in capitals.
pub(super) fn roman(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the word is one letter, or letters with stops between them: J, U.S, p.m.
pub(super) fn initials(word: &[u8]) -> bool {
    word.len() % 2 == 1
        && word.len() <= 11
        && word
            .iter()
            .enumerate()
            .all(|(i, byte)| if i % 2 == 0 { byte.is_ascii_alphabetic() } else { *byte == b'.' })
}

/// Whether the word before `end` is capitalised; looks no further back than `start`.
pub(super) fn after_name(bytes: &[u8], start: usize, end: usize) -> bool {
    let low = start.max(end.saturating_sub(24));
    let stretch = bytes.get(low..end).unwrap_or_default().trim_ascii_end();
    let word =
        stretch.iter().rposition(|byte| matches!(byte, b' ' | b'(')).map_or(0, |found| found + 1);
    at(stretch, word).is_ascii_uppercase()
}
