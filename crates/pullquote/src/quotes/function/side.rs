//! The text on one side of a region, cut into words.
//!
//! In: a few dozen bytes before or after a region. Out: its words, the nearest first. Cost: linear
//! in those bytes. Not attempted: sentences and tokens as the later stages know them.

use super::leads;

/// Words after a region that count.
const AFTER: usize = 12;

/// The text on one side of a region.
pub(super) struct Side<'a> {
    /// As it stands.
    pub(super) text: &'a str,
    /// Its words, the nearest first, as far as the sentence goes.
    pub(super) words: Vec<&'a str>,
}

impl<'a> Side<'a> {
    pub(super) fn before(text: &'a str) -> Self {
        let mut found = Vec::with_capacity(24);
        found.extend(words(&text[sentence_start(text)..]));
        found.reverse();
        Self { text, words: found }
    }

    pub(super) fn after(text: &'a str) -> Self {
        let mut found = Vec::with_capacity(AFTER);
        found.extend(words(text).take(AFTER));
        Self { text, words: found }
    }

    /// The nearest word.
    pub(super) fn nearest(&self) -> &'a str {
        self.words.first().copied().unwrap_or_default()
    }

    /// Whether one of the `count` nearest words is in `list`.
    pub(super) fn has(&self, list: &[&str], count: usize) -> bool {
        self.words.iter().take(count).any(|word| is_in(list, word))
    }

    /// How near the first word of saying stands, the nearest word being 0.
    pub(super) fn cue(&self) -> Option<usize> {
        self.words.iter().position(|word| leads::is_saying(word))
    }
}

/// Where the last sentence of a text begins, by a plain look at its stops.
fn sentence_start(text: &str) -> usize {
    let trimmed = text.trim_end().trim_end_matches(['"', '\'', '”', '’', '.', '!', '?']);
    let stop = trimmed.rmatch_indices(['.', '!', '?']).find(|(at, _)| {
        let rest = trimmed[at + 1..].trim_start_matches(['"', '\'', '”', '’']);
        rest.starts_with(' ')
            && rest.trim_start().starts_with(char::is_uppercase)
            && !trimmed[..*at].ends_with(char::is_uppercase)
    });
    stop.map_or(0, |(at, _)| at + 1)
}

/// The words of a text: letters and digits, with apostrophes and hyphens inside.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
        .map(|word| word.trim_matches(['\'', '’', '-']))
        .filter(|word| !word.is_empty())
}

pub(super) fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.len() == word.len() && entry.eq_ignore_ascii_case(word))
}

pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Capital first, small after it: a name's usual shape.
pub(super) fn is_name_like(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
}
