//! More labelled news: foreign labels translated into ours.
//!
//! In: articles that carry the labels of another guideline (hints), some of which also carry ours.
//! Out: our labels for the rest.
//!
//! Algorithm: a model of the same kind as the one that ships is trained on the articles that carry
//! both, with features of the hints beside those of the text; it reads the foreign labels of the
//! others in their context and writes ours. It is thrown away afterwards.

use crate::items::Item;
use crate::problem::each_token;
use pullquote::Span;
use pullquote::entities::Label;
use pullquote::entities::names::MODEL_LABELS;
use pullquote::lexicon::hash;
use pullquote::model::lattice::{Scratch, best};
use pullquote::model::{LANES, Tagger};

/// Foreign labels of an article.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The spans, sorted and disjoint, each with its label's number.
    pub spans: Vec<(Span, u64)>,
}

impl Hints {
    /// Labels of the other guideline as hints.
    pub fn older(spans: &[(Span, Label)]) -> Self {
        let mut spans: Vec<_> = spans.iter().map(|&(span, label)| (span, label as u64)).collect();
        spans.sort_unstable();
        Self { spans }
    }

    /// The features of each token of their article.
    pub fn features(&self, item: &Item) -> Vec<Vec<u64>> {
        let count = item.tokens().len();
        // Zero outside; else the label, and whether the token is past the span's first.
        let mut codes = vec![0; count];
        let mut spans = vec![(0, 0, 0); count];
        for &(span, label) in &self.spans {
            let covered = item.covered(span);
            let ends = (item.word(covered.start), item.word(covered.end.saturating_sub(1)));
            for at in covered.clone() {
                codes[at] = 2 + label * 2 + u64::from(at > covered.start);
                spans[at] = (ends.0, ends.1, covered.len().min(6) as u64);
            }
        }
        let code = |at: Option<usize>| at.and_then(|at| codes.get(at)).copied().unwrap_or(1);
        let word = |at: Option<usize>| at.map_or(0, |at| item.word(at));
        (0..count)
            .map(|at| {
                let (left, right) = (at.checked_sub(1), Some(at + 1));
                let (before, here, after) = (code(left), codes[at], code(right));
                let (first, last, length) = spans[at];
                let around = before * 10_000 + here * 100 + after;
                let statements = [
                    here,
                    before * 100 + here,
                    here * 100 + after,
                    around,
                    hash::join(here, item.word(at)),
                    hash::join(around, item.word(at)),
                    hash::join(here, first),
                    hash::join(here, last),
                    hash::join(around, length),
                    hash::join(here, word(left)),
                    hash::join(here, word(right)),
                ];
                let numbers = (1000..).zip(statements);
                numbers.map(|(number, value)| hash::join(number, value)).collect()
            })
            .collect()
    }
}

/// Our labels for an article with hints, by a model that was trained on hints.
pub fn translate(item: &Item, gate: &[u64], tagger: &Tagger<'_>) -> Vec<(Span, Label)> {
    let rows = item.tokens();
    let mut found = Vec::new();
    each_token(item, gate, true, |stretch, tokens| {
        let scores = tokens.iter().map(|token| {
            let mut lanes = [0; LANES];
            tagger.score(token, &mut lanes);
            lanes
        });
        let scores: Vec<_> = scores.collect();
        best(&scores, &tagger.small, &mut Scratch::default(), |segment| {
            let start = stretch.tokens.start;
            let covered = rows.get(start + segment.start..start + segment.end);
            if let Some([first, ..]) = covered {
                let last = covered.and_then(<[_]>::last).unwrap_or(first);
                // Times and amounts are one label to the model.
                let label = MODEL_LABELS.get(segment.label).copied().flatten();
                found.push((first.span.cover(last.span), label.unwrap_or(Label::Date)));
            }
        });
    });
    found
}
