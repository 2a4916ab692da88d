//! What the article as a whole says about its capitalised words.
//!
//! In: the tokens as words. Out: [`Evidence`]: the capitalised runs, what stands around each, and
//! for every capitalised word what all its runs together show: whether it is also written small, the
//! longest runs that hold it, whether any of them follows a title or ends in "Corporation".
//!
//! Invariant: a run holds capitalised word tokens of one sentence, and no token is in two. Cost: one
//! pass over the tokens and a look-up in a small open-addressed table for each word.

use super::signs::{Signs, signs};
use crate::lexicon::Classes;
use crate::tokens::{Shape, Token, TokenKind, Tokens};
use crate::words::{Word, Words};

/// A maximal run of capitalised words in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// First token.
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
    /// The lexicon classes of any of its words.
    pub classes: u32,
    /// What stands around it.
    pub signs: Signs,
    /// Whether it opens its sentence or stands in a line set in capitals, where capitals say little.
    pub weak: bool,
}

impl Run {
    /// Number of words.
    fn words(&self) -> u32 {
        self.end - self.start
    }
}

/// What the article shows of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    key: u64,
    /// Written small, up to 255 times.
    pub small: u8,
    /// Capitalised where capitals say something.
    pub capital: u8,
    /// The longest run that holds it, and the longest other one; runs counted from one.
    pub runs: [u32; 2],
    /// Where it stands in those runs.
    pub places: [u32; 2],
    /// What stands around any of its runs.
    pub signs: u32,
}

/// The capitalised runs of an article and what they show together.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The runs, in order.
    pub runs: Vec<Run>,
    /// The run of each token, counted from one; zero for none.
    pub run_of: Vec<u32>,
    seen: Vec<Seen>,
}

/// Whether a token can be part of a run.
pub fn is_capital(token: &Token) -> bool {
    matches!(token.shape, Shape::Title | Shape::Upper | Shape::Initial | Shape::Mixed)
        && matches!(token.kind, TokenKind::Word)
}

impl Evidence {
    /// Gathers the evidence of an article. `kinds` is zero for the sentences in which capitals tell
    /// something.
    pub fn gather(text: &str, tokens: &Tokens, words: &Words, kinds: &[u8]) -> Self {
        let rows = tokens.rows();
        let words = words.rows();
        let mut found = Self { run_of: vec![0; rows.len()], ..Self::default() };
        for (sentence, range) in tokens.by_sentence().iter().enumerate() {
            let range = range.indices();
            let shouted = kinds.get(sentence).is_some_and(|&kind| kind != 0);
            let mut at = range.start;
            while at < range.end {
                if !is_capital(&rows[at]) || (at == range.start && is_function(&words[at])) {
                    at += 1;
                    continue;
                }
                let start = at;
                while at < range.end && is_capital(&rows[at]) {
                    at += 1;
                }
                let number = u32::try_from(found.runs.len() + 1).unwrap_or(u32::MAX);
                found.run_of[start..at].fill(number);
                found.runs.push(Run {
                    start: u32::try_from(start).unwrap_or(u32::MAX),
                    end: u32::try_from(at).unwrap_or(u32::MAX),
                    classes: (start..at).fold(0, |all, at| all | words[at].classes.0),
                    signs: signs(text, rows, words, &found.run_of, range.clone(), start..at),
                    weak: start == range.start || shouted,
                });
            }
        }
        found.tabulate(rows, words);
        found
    }

    /// What the article shows of a word; nothing for a word never capitalised.
    pub fn seen(&self, low: u64) -> Option<&Seen> {
        let found = self.seen.get(self.find(low)?)?;
        (found.key == low).then_some(found)
    }

    /// Where a word is in the table, or could be.
    fn find(&self, low: u64) -> Option<usize> {
        // Words chosen to meet in one place get no evidence rather than make the search long.
        const PROBES: usize = 32;
        let mask = self.seen.len().wrapping_sub(1);
        let places = (0..PROBES).map(|step| (place(low) + step) & mask);
        places
            .into_iter()
            .find(|&at| self.seen.get(at).is_some_and(|seen| seen.key == low || seen.key == 0))
    }

    fn tabulate(&mut self, rows: &[Token], words: &[Word]) {
        let count: usize = self.runs.iter().map(|run| run.words() as usize).sum();
        // At most half full, so that a search for a word that is not there is short.
        self.seen = vec![Seen::default(); (count * 2 + 1).next_power_of_two()];
        let length = |runs: &[Run], number: u32| {
            let run = (number as usize).checked_sub(1).and_then(|index| runs.get(index));
            run.map_or(0, Run::words)
        };
        for (number, &run) in (1u32..).zip(&self.runs) {
            let held = words.get(run.start as usize..run.end as usize).unwrap_or_default();
            for (offset, word) in (0u32..).zip(held) {
                let Some(at) = self.find(word.hash) else { continue };
                let seen = &mut self.seen[at];
                seen.key = word.hash;
                seen.capital = seen.capital.saturating_add(u8::from(!run.weak));
                seen.signs |= run.signs.0;
                if run.words() > length(&self.runs, seen.runs[0]) {
                    seen.runs = [number, seen.runs[0]];
                    seen.places = [offset, seen.places[0]];
                } else if run.words() > length(&self.runs, seen.runs[1]) && seen.runs[0] != number {
                    seen.runs[1] = number;
                    seen.places[1] = offset;
                }
            }
        }
        for (token, word) in rows.iter().zip(words) {
            if token.shape == Shape::Lower
                && token.kind == TokenKind::Word
                && let Some(at) = self.find(word.hash)
                && self.seen[at].key == word.hash
            {
                self.seen[at].small = self.seen[at].small.saturating_add(1);
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low bits choose the slot")]
fn place(low: u64) -> usize {
    (low >> 20) as u32 as usize
}

/// Whether a word is one that a sentence may open with without naming anything.
pub fn is_function(word: &Word) -> bool {
    word.is(Classes::DETERMINER
        .and(Classes::PREPOSITION)
        .and(Classes::PRONOUN)
        .and(Classes::CONJUNCTION)
        .and(Classes::AUXILIARY)
        .and(Classes::ADVERB))
}

#[cfg(test)]
pub(in crate::entities) mod tests {
    use super::*;
    use crate::lexicon::{Lexicon, hash};
    use crate::{layout, sentences, tokens, words};

    pub(in crate::entities) fn gather(text: &str) -> (Evidence, Vec<String>) {
        let layout = layout::read(text, None, None);
        let sentences = sentences::split(text, &layout);
        let tokens = tokens::split(text, &sentences);
        let words = words::look_up(text, &tokens, Lexicon::embedded());
        let found = Evidence::gather(text, &tokens, &words, &[]);
        let show = |run: &Run| {
            let rows = tokens.rows();
            let last = rows[run.end as usize - 1].span;
            rows[run.start as usize].span.cover(last).of(text).to_owned()
        };
        let runs = found.runs.iter().map(show).collect();
        (found, runs)
    }

    const TEXT: &str = "The mayor met Ada Brell of the Harbour Trust on the quay. Later Brell \
        praised the Harbour Trust of Lunn (HTL). A trust needs trust.";

    #[test]
    fn runs_are_whole_and_leave_opening_words_out() {
        let (_, runs) = gather(TEXT);
        for want in ["Ada Brell", "Harbour Trust", "Lunn", "HTL"] {
            assert!(runs.iter().any(|run| run == want), "{want} in {runs:?}");
        }
        assert!(!runs.iter().any(|run| run.starts_with("The")), "{runs:?}");
    }

    #[test]
    fn a_word_is_known_by_all_its_runs() {
        let (found, runs) = gather(TEXT);
        let brell = found.seen(hash::fold("brell")).unwrap();
        assert_eq!(runs[brell.runs[0] as usize - 1], "Ada Brell");
        assert_eq!(brell.places[0], 1);
        let trust = found.seen(hash::fold("trust")).unwrap();
        assert_eq!((trust.capital, trust.small), (2, 2));
        assert!(trust.signs & Signs::THE != 0);
        assert!(found.seen(hash::fold("quay")).is_none(), "never capitalised");
    }
}
