//! More labelled news: foreign labels translated into ours.
//!
//! In: articles that carry the labels of another guideline or of another program (hints), some of
//! which also carry ours. Out: our labels for the rest.
//!
//! Algorithm: a model of the same kind as the one that ships is trained on the articles that carry
//! both, with features of the hints beside those of the text; it reads the foreign labels of the
//! others in their context and writes ours. It is thrown away afterwards.

use crate::corpus::Labelled;
use crate::items::Item;
use crate::problem::each_token;
use anyhow::{Context, Result};
use pullquote::Span;
use pullquote::entities::Label;
use pullquote::entities::names::MODEL_LABELS;
use pullquote::lexicon::hash;
use pullquote::model::lattice::{Scratch, best};
use pullquote::model::{LANES, Tagger};
use std::path::Path;

/// Foreign labels of an article.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Which guideline they follow.
    pub scheme: u64,
    /// The spans, sorted and disjoint, each with its label's number.
    pub spans: Vec<(Span, u64)>,
}

impl Hints {
    /// Our older labels as hints.
    pub fn older(spans: &[(Span, Label)]) -> Self {
        let mut spans: Vec<_> = spans.iter().map(|&(span, label)| (span, label as u64)).collect();
        spans.sort_unstable();
        Self { scheme: 1, spans }
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
                let numbers = (1000 + self.scheme * 100..).zip(statements);
                numbers.map(|(number, value)| hash::join(number, value)).collect()
            })
            .collect()
    }
}

/// Sentences of a pseudo article.
const BLOCK: usize = 30;
/// The scheme of the machine-tagged world news.
const GMB: u64 = 2;

type Tagged = Vec<(String, String)>;

/// The machine-tagged world news.
#[derive(Debug)]
pub struct Gmb {
    sentences: Vec<Tagged>,
}

impl Gmb {
    /// Reads the table of one token a line, sentences apart by an empty line.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        let file =
            std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let sentences = file.split("\n\n").map(|sentence| {
            let lines = sentence.lines().filter_map(|line| line.split_once('\t'));
            lines.map(|(word, tag)| (word.to_owned(), tag.to_owned())).collect()
        });
        Ok(Self { sentences: sentences.collect() })
    }

    /// The hints for an article made of the sentences from `first` on, one a line.
    pub fn hints(&self, first: usize, text: &str) -> Hints {
        let mut spans: Vec<(Span, u64)> = Vec::new();
        let mut at = 0;
        let sentences = self.sentences.get(first..).unwrap_or_default();
        'all: for sentence in sentences.iter().take(BLOCK + 12) {
            let from = at;
            let mut found = Vec::new();
            let mut misses = 0;
            for (word, tag) in sentence {
                // Quotation marks may have been written anew.
                let near = text.get(at..).unwrap_or_default();
                match near.find(word.as_str()).filter(|&gap| gap < 8) {
                    Some(gap) => {
                        let start = at + gap;
                        at = start + word.len();
                        found.push((Span::new(start, at), tag));
                    }
                    None => misses += 1,
                }
                if misses > 4 {
                    at = from;
                    continue 'all;
                }
            }
            for (span, tag) in found {
                let Some(label) = number(tag) else { continue };
                match spans.last_mut() {
                    Some(last) if tag.starts_with('I') && last.1 == label => {
                        last.0 = last.0.cover(span);
                    }
                    _ => spans.push((span, label)),
                }
            }
        }
        Hints { scheme: GMB, spans }
    }

    /// The pseudo articles whose first sentence is not among `taken`, with their hints.
    pub fn rest(&self, taken: &[usize]) -> Vec<(Labelled, Hints)> {
        let starts = (0..self.sentences.len()).step_by(BLOCK);
        starts
            .filter(|start| !taken.contains(start))
            .map(|start| {
                let end = (start + BLOCK).min(self.sentences.len());
                let lines: Vec<String> = self.sentences[start..end].iter().map(plain).collect();
                let text = lines.join("\n");
                let hints = self.hints(start, &text);
                (Labelled { id: format!("gmb:{start}"), text, spans: Vec::new() }, hints)
            })
            .collect()
    }
}

fn number(tag: &str) -> Option<u64> {
    let names = ["per", "org", "geo", "gpe", "tim", "art", "eve", "nat"];
    let name = tag.get(2..)?;
    names.iter().position(|known| *known == name).map(|at| at as u64)
}

/// A sentence as it would be printed.
fn plain(sentence: &Tagged) -> String {
    let mut text = String::new();
    let (mut glue, mut open) = (true, false);
    for (word, _) in sentence {
        let closes =
            matches!(word.as_str(), "." | "," | ";" | ":" | "!" | "?" | ")" | "%" | "'" | "''")
                || word.starts_with('\'')
                || word == "n't"
                || (word == "\"" && open);
        if !(glue || closes) {
            text.push(' ');
        }
        text.push_str(if word == "``" || word == "''" { "\"" } else { word });
        glue = matches!(word.as_str(), "(" | "$" | "``") || (word == "\"" && !open);
        match word.as_str() {
            "\"" => open = !open,
            "``" => open = true,
            "''" => open = false,
            _ => {}
        }
    }
    text
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
