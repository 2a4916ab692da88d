//! What the name model sees of a token: the hashes of its features.
//!
//! In: an article's tokens as words, and its evidence. Out: for one token at a time a short list of
//! numbers, each the hash of a statement such as "the word before is `mr`" or "the longest run that
//! holds this word elsewhere ends in `university`". Training and tagging call the same function, so
//! they cannot drift apart.
//!
//! Algorithm: features mix what the token and its neighbours look like (lower-case hash, kind and
//! shape, classes) with a number of their own. No string is built. They are few: each was left out in
//! turn and in groups, and stays because names were found worse without it, in news or elsewhere.
//! Cost: about a nanosecond a feature, of which a token has some thirty. A change to any feature must
//! change [`FEATURES`].

use super::evidence::{Evidence, Run};
use super::looks::{self, NOWHERE, OPENS, TELLING, is_shouted, shape, three};
use crate::layout::{BlockKind, Layout};
use crate::model::features::{List, pair};
use crate::tokens::Token;
use crate::words::{Reading, Word};
use std::ops::Range;

/// Names this set of features; a model trained with another set is refused.
pub const FEATURES: u64 = 6;
/// The most features that a token can have.
const MOST: usize = 112;
/// The features of a token.
pub type Features = List<MOST>;
/// What stands in for the tokens before a sentence and after it.
const EDGE: u64 = 0x5bd1_e995;

/// An article as the features see it.
#[derive(Debug)]
pub struct Extractor<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a [Word],
    /// Of each sentence: what it is part of, twice, and whether it is set in capitals.
    sentences: Vec<u8>,
    phrases: Vec<u32>,
    evidence: Evidence,
}

impl<'a> Extractor<'a> {
    /// Reads what features see of the article as a whole. Linear in the text.
    pub fn new(reading: Reading<'a>, layout: &Layout) -> Self {
        let Reading { text, sentences, tokens, words, .. } = reading;
        let rows = tokens.rows();
        let sentences: Vec<u8> = sentences
            .iter()
            .map(|(id, sentence)| {
                let shouted = is_shouted(&rows[tokens.of_sentence(id).indices()]);
                let kind = layout.blocks.get(sentence.block).map(|block| block.kind);
                let kind = match kind {
                    Some(BlockKind::Headline) => 1,
                    Some(BlockKind::Byline) => 2,
                    Some(BlockKind::Caption | BlockKind::SignOff) => 3,
                    _ => 0,
                };
                kind * 2 + u8::from(shouted)
            })
            .collect();
        let evidence = Evidence::gather(text, tokens, words, &sentences);
        let phrases = looks::phrases(reading);
        Self { text, tokens: rows, words: words.rows(), sentences, phrases, evidence }
    }

    /// Fills `list` with the features of token `at` in the sentence with number `sentence` and these
    /// tokens.
    pub fn fill(&self, list: &mut Features, at: usize, sentence: usize, range: &Range<usize>) {
        list.clear();
        let (Some(token), Some(word)) = (self.tokens.get(at), self.words.get(at)) else { return };
        let beside = |offset| at.checked_add_signed(offset).filter(|at| range.contains(at));
        let code = |offset| u64::from(beside(offset).map_or(NOWHERE, |at| self.code(at)));
        let low = |offset| beside(offset).map_or(EDGE, |at| self.low(at));
        let here = looks::low(self.text, token, word);
        let own = u64::from(looks::code(token));
        let (before, after) = (code(-1), code(1));
        let written = token.span.of(self.text);
        let letters = written.as_bytes().iter();
        let classes = |offset| beside(offset).map_or(0, |at| self.classes(at));
        let telling = word.classes.0 & TELLING;
        let (next, held) = (low(1), u64::from(telling));
        let place = self.sentences.get(sentence).map_or(0, |&kind| u64::from(kind));
        let place = place * 2 + u64::from(at == range.start);

        list.extend([
            (0, 0),
            (1, low(-3)),
            (2, low(-2)),
            (3, next),
            (4, low(2)),
            (5, pair(here, own)),
            (6, pair(here, after)),
            (7, pair(pair(code(-2), before), own)),
            (8, pair(shape(written), pair(before, after))),
            (9, three(letters.clone().take(2))),
            (10, three(letters.clone())),
            (11, pair(three(letters.rev()), own)),
            (12, pair(place, own)),
            (13, classes(2)),
            (14, pair(held, classes(1))),
            (15, pair(held, own)),
        ]);
        each_bit(telling, |class| list.add(16, class));
        let phrase = self.phrase(at);
        if phrase != 0 {
            let beyond = beside(1).map_or(0, |at| self.phrase(at));
            let ends = u64::from(beyond == 0 || beyond & OPENS != 0);
            let phrase = pair(u64::from(phrase), ends);
            list.extend([(17, phrase), (18, pair(phrase, next))]);
        }
        self.in_run(list, at, range);
        self.tied(list, at, range);
        self.in_article(list, at, here, own);
    }

    fn low(&self, at: usize) -> u64 {
        let row = self.tokens.get(at).zip(self.words.get(at));
        row.map_or(EDGE, |(token, word)| looks::low(self.text, token, word))
    }

    fn code(&self, at: usize) -> u8 {
        self.tokens.get(at).map_or(NOWHERE, looks::code)
    }

    fn phrase(&self, at: usize) -> u32 {
        self.phrases.get(at).copied().unwrap_or_default()
    }

    fn classes(&self, at: usize) -> u64 {
        self.words.get(at).map_or(0, |word| u64::from(word.classes.0 & TELLING))
    }

    fn run(&self, at: usize) -> Option<&Run> {
        let number = self.evidence.run_of.get(at)?;
        self.evidence.runs.get((*number as usize).checked_sub(1)?)
    }

    /// Features of the capitalised run around the token.
    fn in_run(&self, list: &mut Features, at: usize, range: &Range<usize>) {
        let Some(run) = self.run(at) else { return };
        let (start, end) = (run.start as usize, run.end as usize);
        let (before, after) = (at - start, end - 1 - at);
        let place = (before.min(3) * 4 + after.min(3)) as u64;
        let sides = (u64::from(before > 0)) * 2 + u64::from(after > 0);
        let low = |at: usize| if range.contains(&at) { self.low(at) } else { EDGE };
        list.extend([
            (20, pair(start.checked_sub(1).map_or(EDGE, low), sides)),
            (21, pair(low(end), sides)),
            (22, pair(self.classes(end - 1), place)),
            (23, pair(u64::from(run.classes & TELLING), sides)),
        ]);
        each_bit(run.signs.0, |sign| list.add(24, pair(sign, sides)));
    }

    /// Features of the run that small words tie to the token: "Bank" in "the Bank of England", seen
    /// from "England" or from "of".
    fn tied(&self, list: &mut Features, at: usize, range: &Range<usize>) {
        let here = self.run(at);
        let start = here.map_or(at, |run| run.start as usize);
        let place = match here {
            Some(_) => 1 + u64::from(at > start),
            None => 0,
        };
        // At most two small words stand between two tied runs.
        let tie = |at: usize| matches!(self.code(at), 1 | 12);
        let mut left = start;
        while left > range.start && start - left < 2 && tie(left - 1) {
            left -= 1;
        }
        if left == start && here.is_some() {
            return;
        }
        let before = left.checked_sub(1).filter(|at| range.contains(at));
        if let Some(run) = before.and_then(|at| self.run(at)) {
            let between = (left..start).fold(place, |sum, at| pair(sum, self.low(at)));
            list.add(30, pair(between, self.classes(run.end as usize - 1)));
        }
    }

    /// Features of the same word elsewhere in the article.
    fn in_article(&self, list: &mut Features, at: usize, here: u64, own: u64) {
        let number = self.evidence.run_of.get(at).copied().unwrap_or_default();
        let Some(seen) = self.evidence.seen(here) else {
            list.add(46, own);
            return;
        };
        let capital = u64::from(number != 0);
        let count = |times: u8| u64::from(times.min(2));
        let ratio = u64::from(seen.small > seen.capital);
        list.add(40, pair(count(seen.small) * 6 + count(seen.capital) * 2 + ratio, capital));
        let (longest, offset) = if seen.runs[0] == number {
            (seen.runs[1], seen.places[1])
        } else {
            (seen.runs[0], seen.places[0])
        };
        let longest = (longest as usize).checked_sub(1).and_then(|at| self.evidence.runs.get(at));
        if let Some(run) = longest {
            let (start, end) = (run.start as usize, run.end as usize);
            let (before, next) = (offset > 0, start + offset as usize + 1);
            let sides = u64::from(before) * 2 + u64::from(next < end);
            list.extend([
                (41, pair(sides, if next < end { self.low(next) } else { EDGE })),
                (42, pair(sides, self.classes(end - 1))),
                (43, start.checked_sub(1).map_or(EDGE, |at| self.low(at))),
                (44, self.low(end)),
            ]);
        }
        each_bit(seen.signs, |sign| list.add(45, pair(sign, capital)));
    }
}

/// Calls `take` with the number of each bit that is set.
fn each_bit(mut bits: u32, mut take: impl FnMut(u64)) {
    while bits != 0 {
        take(u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}
