//! Names: people, organisations, places and the rest, found by the trained model.
//!
//! In: an article's tokens as words, and the model. Out: entities, sorted and disjoint.
//!
//! Algorithm: only stretches of tokens that could be part of a name are scored: words with a
//! capital, the few small words that names hold (the model's gate), and their neighbours. Each
//! stretch is decoded by itself; a stretch that holds a name is summed over all paths too, which
//! gives each name its probability and, by the model's table, its confidence.
//!
//! Invariant: a name lies inside one sentence. Cost: about a quarter of the tokens of news are
//! scored. Times and amounts of money have a label in the model, so that it can tell "May" from a
//! May, but the rules that also know their values find them.

use super::evidence::is_function;
use super::features::{Extractor, FEATURES};
use super::{Entity, Label};
use crate::layout::Layout;
use crate::lexicon::Lexicon;
use crate::model::lattice::{Odds, Powers, Scratch, Sums, best};
use crate::model::{LABELS, LANES, Segment, Tagger};
use crate::sentences::Sentences;
use crate::span::Span;
use crate::tokens::{Shape, Token, TokenKind, Tokens};
use crate::words::{Word, Words};
use std::ops::Range;

/// The label of each of the model's numbers; none for times and amounts.
pub const MODEL_LABELS: [Option<Label>; LABELS] = [
    Some(Label::Person),
    Some(Label::Org),
    Some(Label::Loc),
    Some(Label::Fac),
    Some(Label::Norp),
    Some(Label::Product),
    Some(Label::Misc),
    None,
];

/// What the earlier stages hand on.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text.
    pub text: &'a str,
    /// Its blocks.
    pub layout: &'a Layout,
    /// Its sentences.
    pub sentences: &'a Sentences,
    /// Their tokens.
    pub tokens: &'a Tokens,
    /// The tokens as words.
    pub words: &'a Words,
    /// Where phrases are looked up.
    pub lexicon: Lexicon,
}

/// A run of tokens of one sentence that may hold names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The sentence's number.
    pub sentence: usize,
    /// All its tokens.
    pub whole: Range<usize>,
    /// The tokens of the stretch.
    pub tokens: Range<usize>,
}

/// The model inside the binary; `None` only when the build carries a model of another version,
/// which the tests rule out.
pub fn embedded() -> Option<Tagger<'static>> {
    Tagger::trust(pullquote_data::ENTITIES, FEATURES).ok()
}

/// Finds the names of an article. Linear in the text.
pub fn find(input: Input<'_>, tagger: &Tagger<'_>) -> Vec<Entity> {
    let extractor = Extractor::new(input);
    let powers = Powers::new(tagger.decay);
    let odds = Odds::new(&tagger.small, &powers);
    let (mut scratch, mut sums) = (Scratch::default(), Sums::default());
    let (mut scores, mut segments) = (Vec::new(), Vec::new());
    let mut entities = Vec::new();
    for stretch in stretches(input, |word| tagger.passes(word)) {
        scores.clear();
        for at in stretch.tokens.clone() {
            let mut lanes = [0; LANES];
            for &feature in extractor.list(at, stretch.sentence, &stretch.whole).hashes() {
                tagger.add(feature, &mut lanes);
            }
            scores.push(lanes);
        }
        segments.clear();
        best(&scores, &tagger.small, &mut scratch, |segment| segments.push(segment));
        if segments.is_empty() {
            continue;
        }
        sums.clear();
        scores.iter().for_each(|lanes| sums.push_scores(lanes, &powers));
        sums.run(&odds);
        for &segment in segments.iter().rev() {
            let Some(Some(label)) = MODEL_LABELS.get(segment.label).copied() else { continue };
            let probability = sums.of(segment, &odds);
            let Some(span) = span(input, stretch.tokens.start, segment) else { continue };
            entities.push(Entity {
                span,
                label,
                value: None,
                unit: None,
                modifier: None,
                basis: None,
                country: None,
                confidence: tagger.confidence(segment.label, probability),
            });
        }
    }
    entities
}

/// The text that a segment of a stretch covers.
fn span(input: Input<'_>, start: usize, segment: Segment) -> Option<Span> {
    let rows = input.tokens.rows();
    let first = rows.get(start + segment.start)?;
    let last = rows.get((start + segment.end).checked_sub(1)?)?;
    Some(first.span.cover(last.span))
}

/// The stretches of an article that may hold names; `passes` tells the small words that names hold.
pub fn stretches(input: Input<'_>, passes: impl Fn(u64) -> bool) -> Vec<Stretch> {
    /// Fewer tokens than this between two stretches join them.
    const BRIDGE: usize = 4;
    let (rows, words) = (input.tokens.rows(), input.words.rows());
    let mut found: Vec<Stretch> = Vec::new();
    for (sentence, range) in input.tokens.by_sentence().iter().enumerate() {
        let whole = range.indices();
        let mut open: Option<Range<usize>> = None;
        for at in whole.clone() {
            let (Some(token), Some(word)) = (rows.get(at), words.get(at)) else { continue };
            if !may_name(token, word, at == whole.start, &passes) {
                continue;
            }
            let around = at.saturating_sub(1).max(whole.start)..(at + 2).min(whole.end);
            match &mut open {
                Some(stretch) if around.start < stretch.end + BRIDGE - 1 => {
                    stretch.end = around.end
                }
                _ => {
                    if let Some(tokens) = open.replace(around) {
                        found.push(Stretch { sentence, whole: whole.clone(), tokens });
                    }
                }
            }
        }
        if let Some(tokens) = open {
            found.push(Stretch { sentence, whole: whole.clone(), tokens });
        }
    }
    found
}

/// Whether a token by itself is reason to look for a name.
fn may_name(token: &Token, word: &Word, first: bool, passes: impl Fn(u64) -> bool) -> bool {
    match token.kind {
        TokenKind::Word => match token.shape {
            Shape::Lower | Shape::None => passes(word.hash),
            _ => !(first && is_function(word)),
        },
        TokenKind::Number | TokenKind::Symbol => passes(word.hash),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_is_whole() {
        assert!(Tagger::read(pullquote_data::ENTITIES, FEATURES).is_ok());
    }
}
