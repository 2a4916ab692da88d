//! Articles on their way into training.
//!
//! In: labelled articles. Out: [`Item`]s: the article as the core's own stages read it, and its gold
//! labels laid over the tokens by position.
//!
//! Raw text goes through the same layout, sentences, tokens and words as in the product, so that a
//! model learns to live with their errors.

use crate::corpus::{self, Labelled};
use crate::silver::Hints;
use anyhow::Result;
use pullquote::Span;
use pullquote::entities::Label;
use pullquote::entities::names::{self, MODEL_LABELS};
use pullquote::lexicon::Lexicon;
use pullquote::model::{BEGIN, END, INSIDE, LABELS, LANES, SINGLE};
use pullquote::tokens::{Shape, Token, Tokens};
use pullquote::words::{Reading, Words};
use pullquote::{layout, sentences, tokens, words};
use std::collections::BTreeMap;
use std::path::Path;

/// The lane of a token outside any name.
pub const NO_LANE: usize = LANES;

/// An article, read and labelled.
#[derive(Debug)]
pub struct Item {
    /// The article and its spans.
    pub article: Labelled,
    /// Labels of another guideline.
    pub hints: Option<Hints>,
    /// The article's parts.
    pub layout: layout::Layout,
    sentences: sentences::Sentences,
    tokens: Tokens,
    words: Words,
}

impl Item {
    /// Reads an article. Linear in its text.
    pub fn new(article: Labelled, hints: Option<Hints>) -> Self {
        let text = &article.text;
        let layout = layout::read(text, None, None);
        let sentences = sentences::split(text, &layout);
        let tokens = tokens::split(text, &sentences);
        let words = words::look_up(text, &tokens, Lexicon::embedded());
        Self { article, hints, layout, sentences, tokens, words }
    }

    /// The article as the later stages take it.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            text: &self.article.text,
            sentences: &self.sentences,
            tokens: &self.tokens,
            words: &self.words,
            lexicon: Lexicon::embedded(),
        }
    }

    /// The tokens.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.rows()
    }

    /// The hash of a token's lower case; zero for punctuation and past the end.
    pub fn word(&self, token: usize) -> u64 {
        self.words.rows().get(token).map_or(0, |word| word.hash)
    }

    /// The gold lane of each token. A span that cuts a token counts as covering it.
    pub fn lanes(&self) -> Vec<usize> {
        let mut lanes = vec![NO_LANE; self.tokens().len()];
        for &(span, label) in &self.article.spans {
            let known = MODEL_LABELS.iter().position(|known| *known == learnt(label));
            let (Some(label), Some(covered)) = (known, lanes.get_mut(self.covered(span))) else {
                continue;
            };
            if covered.iter().any(|&lane| lane != NO_LANE) {
                continue;
            }
            match covered {
                [] => {}
                [only] => *only = SINGLE + label,
                [first, middle @ .., last] => {
                    *first = BEGIN + label;
                    middle.fill(INSIDE + label);
                    *last = END + label;
                }
            }
        }
        lanes
    }

    /// The tokens that share a character with a span.
    pub fn covered(&self, span: Span) -> std::ops::Range<usize> {
        let rows = self.tokens();
        let first = rows.partition_point(|token| token.span.end() <= span.start());
        first..rows.partition_point(|token| token.span.start() < span.end()).max(first)
    }
}

/// The label that the model learns for a gold label.
fn learnt(label: Label) -> Option<Label> {
    (!label.is_time() && !label.is_amount()).then_some(label)
}

/// Reads a corpus through the core's stages.
///
/// # Errors
/// As [`corpus::read`].
pub fn load(path: &Path) -> Result<Vec<Item>> {
    Ok(corpus::read(path)?.into_iter().map(|article| Item::new(article, None)).collect())
}

/// What the gate lets pass, sorted: the words without a capital that are part of a name in at least
/// a tenth of their uses, and, [beside capitals](names::bordering), those that ever were.
pub fn gate(items: &[Item]) -> Vec<u64> {
    let mut counts: BTreeMap<u64, [u32; 2]> = BTreeMap::new();
    for item in items {
        for (at, (token, lane)) in item.tokens().iter().zip(item.lanes()).enumerate() {
            let (word, small) = (item.word(at), matches!(token.shape, Shape::Lower | Shape::None));
            if small && word != 0 {
                let [all, named] = counts.entry(word).or_default();
                *all += 1;
                *named += u32::from(is_name(lane));
            }
        }
    }
    // Once may be a slip of the annotation.
    counts.retain(|_, [_, named]| *named >= 2);
    let beside = counts.keys().map(|&word| names::bordering(word));
    let telling = counts.iter().filter(|(_, [all, named])| named * 10 >= *all);
    let mut gate: Vec<u64> = telling.map(|(&word, _)| word).chain(beside).collect();
    gate.sort_unstable();
    gate
}

/// Whether a lane is part of a name, not of a time or an amount.
fn is_name(lane: usize) -> bool {
    lane < LANES && MODEL_LABELS.get(lane % LABELS).is_some_and(Option::is_some)
}
