//! What the name model sees of a token: the hashes of its features.
//!
//! In: an article's tokens as words, and its evidence. Out: for one token at a time a short list of
//! numbers, each the hash of a statement such as "the word before is `mr`" or "the longest run that
//! holds this word elsewhere ends in `university`". Training and tagging call the same function, so
//! they cannot drift apart.
//!
//! Algorithm: a look per token is computed once (lower-case hash, kind and shape); features mix
//! looks of the token and its neighbours with a number of their own. No string is built. Cost: about
//! a nanosecond a feature. A change to any feature must change [`FEATURES`].

use super::evidence::{Evidence, Run};
use super::looks::{self, Look, TELLING, ends, is_shouted, shapes};
use crate::layout::{BlockKind, Layout};
use crate::model::features::{List, pair};
use crate::tokens::{Shape, Token};
use crate::words::Reading;

/// Names this set of features; a model trained with another set is refused.
pub const FEATURES: u64 = 5;
/// The most features that a token can have.
const MOST: usize = 160;
/// The features of a token.
pub type Features = List<MOST>;
/// What stands in for the tokens before a sentence and after it.
const EDGE: u64 = 0x5bd1_e995;

/// An article as the features see it.
#[derive(Debug)]
pub struct Extractor<'a> {
    text: &'a str,
    tokens: &'a [Token],
    looks: Vec<Look>,
    evidence: Evidence,
    /// Flags of each sentence: its block's kind, capitals throughout.
    sentences: Vec<u64>,
}
impl<'a> Extractor<'a> {
    /// Looks at every token once. Linear in the text.
    pub fn new(reading: Reading<'a>, layout: &Layout) -> Self {
        let Reading { text, sentences, tokens, words, .. } = reading;
        let rows = tokens.rows();
        let looks = looks::look(reading);
        let flags: Vec<u64> = sentences
            .iter()
            .map(|(id, sentence)| {
                let shouted = u64::from(is_shouted(&rows[tokens.of_sentence(id).indices()]));
                let kind = layout.blocks.get(sentence.block).map(|block| block.kind);
                let kind = match kind {
                    Some(BlockKind::Headline) => 1,
                    Some(BlockKind::Byline) => 2,
                    Some(BlockKind::Caption | BlockKind::SignOff) => 3,
                    _ => 0,
                };
                kind * 2 + shouted
            })
            .collect();
        let low = |at: usize| looks.get(at).map_or(EDGE, |look| look.low);
        let shouted = |at: usize| flags.get(at).is_some_and(|&flags| flags != 0);
        let evidence = Evidence::gather(text, tokens, words, low, shouted);
        Self { text, tokens: rows, looks, evidence, sentences: flags }
    }

    /// Fills `list` with the features of token `at` in the sentence with number `sentence` and these
    /// tokens.
    pub fn fill(
        &self,
        list: &mut Features,
        at: usize,
        sentence: usize,
        range: &std::ops::Range<usize>,
    ) {
        list.clear();
        let edge = Look { low: EDGE, code: 63, ..Look::default() };
        let look = |offset: isize| {
            let at = at.checked_add_signed(offset).filter(|at| range.contains(at));
            at.and_then(|at| self.looks.get(at)).copied().unwrap_or(edge)
        };
        let window: [Look; 7] = std::array::from_fn(|place| look(place.cast_signed() - 3));
        let [_, b2, b1, here, n1, n2, _] = window;
        let [m3, _, _, _, _, _, p3] = window;
        let Some(token) = self.tokens.get(at) else { return };
        let word = token.span.of(self.text);

        list.add(0, 0);
        for (number, look) in (1..).zip(window) {
            list.add(number, look.low);
        }
        list.add(8, pair(here.low, here.code()));
        list.add(14, pair(b1.low, here.code()));
        list.add(15, pair(n1.low, here.code()));
        list.add(17, pair(here.low, n1.code()));
        list.add(18, pair(b1.code(), here.code()));
        list.add(19, pair(here.code(), n1.code()));
        list.add(20, pair(pair(b1.code(), here.code()), n1.code()));
        list.add(21, pair(pair(b2.code(), b1.code()), here.code()));
        list.add(22, pair(pair(here.code(), n1.code()), n2.code()));
        list.add(25, pair(m3.code(), pair(b2.code(), pair(b1.code(), here.code()))));
        list.add(26, pair(p3.code(), pair(n2.code(), pair(n1.code(), here.code()))));

        let (fine, coarse) = shapes(word);
        list.add(30, fine);
        list.add(31, coarse);
        list.add(32, pair(fine, pair(b1.code(), n1.code())));
        let (head, tail) = ends(word);
        for length in 1..=3u64 {
            if length <= word.len() as u64 {
                let mask = u64::MAX >> (64 - 8 * length);
                list.add(32 + length, head & mask);
                list.add(36 + length, tail & mask);
            }
        }
        list.add(41, pair(tail & 0xFF_FFFF, here.code()));
        let flags = self.sentences.get(sentence).copied().unwrap_or_default();
        let first = u64::from(at == range.start);
        list.add(42, pair(flags * 2 + first, here.code()));

        Self::lexical(list, &window);
        self.in_run(list, at, range);
        self.tied(list, at, range);
        self.in_article(list, at, here, word, flags * 2 + first);
    }

    /// Features of the lexicon's classes.
    fn lexical(list: &mut Features, window: &[Look; 7]) {
        let [_, b2, b1, here, n1, n2, _] = window;
        let classes = |look: &Look| u64::from(look.classes);
        list.add(50, classes(here));
        list.add(51, classes(b1));
        list.add(52, classes(n1));
        list.add(53, classes(b2));
        list.add(54, classes(n2));
        list.add(55, pair(classes(b1), classes(here)));
        list.add(56, pair(classes(here), classes(n1)));
        list.add(58, pair(classes(here), here.code()));
        let mut rest = here.classes;
        while rest != 0 {
            list.add(59, u64::from(rest.trailing_zeros()));
            rest &= rest - 1;
        }
        let phrase = |look: &Look| u64::from(look.phrase) * 2 + u64::from(look.opens);
        if here.phrase != 0 {
            let ends = u64::from(n1.phrase == 0 || n1.opens);
            list.add(60, pair(phrase(here), ends));
            list.add(61, pair(pair(phrase(here), ends), n1.low));
        }
        if b1.phrase != 0 && (here.phrase == 0 || here.opens) {
            list.add(62, phrase(b1));
        }
        if n1.opens {
            list.add(63, phrase(n1));
        }
    }

    fn run(&self, at: usize) -> Option<&Run> {
        let number = self.evidence.run_of.get(at)?;
        self.evidence.runs.get((*number as usize).checked_sub(1)?)
    }

    fn low(&self, at: usize, range: &std::ops::Range<usize>) -> u64 {
        if range.contains(&at) { self.looks.get(at).map_or(EDGE, |look| look.low) } else { EDGE }
    }

    /// Features of the capitalised run around the token.
    fn in_run(&self, list: &mut Features, at: usize, range: &std::ops::Range<usize>) {
        let Some(run) = self.run(at) else {
            list.add(70, 0);
            return;
        };
        let (start, end) = (run.start as usize, run.end as usize);
        let (before, after) = (at - start, end - 1 - at);
        let place = (before.min(3) * 4 + after.min(3)) as u64;
        list.add(70, place + 1);
        let left = start.checked_sub(1).map_or(EDGE, |at| self.low(at, range));
        let right = self.low(end, range);
        let sides = (u64::from(before > 0)) * 2 + u64::from(after > 0);
        list.add(73, pair(left, sides));
        list.add(74, pair(right, sides));
        let classes = run.classes & TELLING;
        list.add(77, pair(u64::from(classes), sides));
        let tail = self.looks.get(end - 1).map_or(0, |look| look.classes);
        list.add(78, pair(u64::from(tail), place));
        let mut rest = run.signs.0;
        while rest != 0 {
            list.add(79, pair(u64::from(rest.trailing_zeros()), sides));
            rest &= rest - 1;
        }
    }

    /// Features of the runs that small words tie to the token: "Bank" and "England" in "the Bank of
    /// England", seen from either and from "of".
    fn tied(&self, list: &mut Features, at: usize, range: &std::ops::Range<usize>) {
        let here = self.run(at);
        let (start, end) = here.map_or((at, at + 1), |run| (run.start as usize, run.end as usize));
        let place = match here {
            Some(_) => 1 + u64::from(at > start),
            None => 0,
        };
        // At most two small words stand between two tied runs.
        let tie = |at: usize| {
            range.contains(&at)
                && self.looks.get(at).is_some_and(|look| look.code == 1 || look.code == 12)
        };
        let mut left = start;
        while left > range.start && start - left < 2 && tie(left - 1) {
            left -= 1;
        }
        let mut right = end;
        while right < range.end && right - end < 2 && tie(right) {
            right += 1;
        }
        let between = |tie: &[Look]| tie.iter().fold(place, |sum, look| pair(sum, look.low));
        let before =
            left.checked_sub(1).filter(|at| range.contains(at)).and_then(|at| self.run(at));
        if let Some(run) = before.filter(|_| left < start || here.is_none()) {
            let head = self.looks[run.end as usize - 1];
            list.add(101, pair(between(&self.looks[left..start]), u64::from(head.classes)));
        }
        let after = Some(right).filter(|at| range.contains(at)).and_then(|at| self.run(at));
        if let Some(run) = after.filter(|_| right > end || here.is_none()) {
            let first = self.looks[run.start as usize];
            list.add(105, pair(between(&self.looks[end..right]), u64::from(first.classes)));
        }
    }

    /// Features of the same word elsewhere in the article.
    fn in_article(&self, list: &mut Features, at: usize, here: Look, word: &str, place: u64) {
        let number = self.evidence.run_of.get(at).copied().unwrap_or_default();
        let Some(seen) = self.evidence.seen(here.low) else {
            list.add(80, here.code());
            return;
        };
        let capital = u64::from(number != 0);
        let count = |times: u8| u64::from(times.min(2));
        let ratio = u64::from(seen.small > seen.capital);
        let written = pair(count(seen.small) * 6 + count(seen.capital) * 2 + ratio, capital);
        list.add(81, written);
        list.add(82, pair(written, place));
        let (longest, offset) = if seen.runs[0] == number {
            (seen.runs[1], seen.places[1])
        } else {
            (seen.runs[0], seen.places[0])
        };
        let longest = (longest as usize).checked_sub(1).and_then(|at| self.evidence.runs.get(at));
        if let Some(run) = longest {
            let lows = &self.looks[run.start as usize..run.end as usize];
            let offset = offset as usize;
            let sides = u64::from(offset > 0) * 2 + u64::from(offset + 1 < lows.len());
            let low = |at: usize| lows.get(at).map_or(EDGE, |look| look.low);
            let classes = |at: usize| lows.get(at).map_or(0, |look| u64::from(look.classes));
            list.add(83, sides);
            list.add(86, pair(sides, offset.checked_sub(1).map_or(EDGE, low)));
            list.add(87, pair(sides, low(offset + 1)));
            list.add(88, pair(sides, classes(0)));
            list.add(89, pair(sides, classes(lows.len() - 1)));
            let before = (run.start as usize).checked_sub(1);
            list.add(90, before.and_then(|at| self.looks.get(at)).map_or(EDGE, |look| look.low));
            list.add(91, self.looks.get(run.end as usize).map_or(EDGE, |look| look.low));
        }
        let mut rest = seen.signs;
        while rest != 0 {
            list.add(92, pair(u64::from(rest.trailing_zeros()), capital));
            rest &= rest - 1;
        }
        if self.tokens.get(at).is_some_and(|token| token.shape == Shape::Upper) {
            match self.evidence.spelled(word) {
                Some(run) => {
                    list.add(93, 0);
                    list.add(96, u64::from(run.classes & TELLING));
                }
                None => list.add(93, 1),
            }
        }
    }
}
