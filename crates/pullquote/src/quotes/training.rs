//! What the trainer sees of this stage.
//!
//! In: an article's text through the stages before. Out: a [`Study`]: its units with their features.
//! The trainer lays gold spans over the units and learns; everything that is computed of a text is
//! computed here, by the code that also runs.

use super::features::Extractor;
use super::find::Draft;
use super::function::{self, Guess};
use super::hints::{self, Hint};
use super::links::{self, Board, Candidate, Link, Merits, Pattern};
use super::tags::{self, Piece};
use super::units::{self, Units};
use super::{Evidence, find, regions};
use crate::entities::Entities;
use crate::index::Id;
use crate::layout::Layout;
use crate::marks::Regions;
use crate::model::Tagger;
use crate::span::Span;
use crate::tokens::TokenId;
use crate::words::Reading;
use std::ops::Range;

pub use super::features::{ALWAYS, FEATURES, Features};

/// An article as the models see it.
#[derive(Debug)]
pub struct Study {
    units: Units,
    hints: Vec<Hint>,
    patterns: Vec<Pattern>,
    spans: Vec<Span>,
}

/// Studies an article.
pub(crate) fn study(
    reading: Reading<'_>,
    layout: &Layout,
    regions: &Regions,
    entities: &Entities,
) -> Study {
    let places = regions::place(reading, regions);
    let finder = find::Finder { reading, entities, layout, regions, places: &places };
    let guesses: Vec<Guess> = function::guess(reading.text, layout, regions);
    let drafts = find::find(&finder);
    let first = TokenId::from_index(0);
    let units = units::read(reading, entities, &places, &guesses, first, usize::MAX);
    let hints = hints::read(&units, &drafts);
    let span = |unit: &units::Unit| reading.span_of(unit.tokens).unwrap_or_default();
    let spans = units.rows.iter().map(span).collect();
    let patterns = links::patterns(&units, &drafts);
    Study { units, hints, patterns, spans }
}

/// An attribution that no link of the model gave.
#[derive(Clone, Debug)]
pub struct ByRule {
    /// The pattern that found it.
    pub evidence: Evidence,
    /// Whether it stands inside what somebody else said; the corpus leaves those out.
    pub nested: bool,
    /// What was said, in bytes.
    pub content: Vec<Span>,
    /// Who said it, in bytes.
    pub source: Vec<Span>,
}

/// The attributions of an article that rules alone found beside those of `tagger`.
pub(crate) fn by_rule(
    reading: Reading<'_>,
    layout: &Layout,
    regions: &Regions,
    entities: &Entities,
    tagger: &Tagger<'_>,
) -> Vec<ByRule> {
    let places = regions::place(reading, regions);
    let finder = find::Finder { reading, entities, layout, regions, places: &places };
    let guesses = function::guess(reading.text, layout, regions);
    let drafts = super::drafts(&finder, &guesses, Some(tagger));
    let spans = |draft: &Draft| -> Vec<Span> {
        draft.content.iter().filter_map(|&part| reading.span_of(part)).collect()
    };
    let outer: Vec<Span> = drafts.iter().flat_map(spans).collect();
    let rows = drafts.iter().filter(|draft| draft.confidence.is_none()).map(|draft| {
        let content = spans(draft);
        let holds = |span: &Span| content.iter().any(|&part| span.contains(part) && *span != part);
        ByRule {
            evidence: draft.evidence,
            nested: outer.iter().any(holds),
            content,
            source: draft.source.and_then(|source| reading.span_of(source)).into_iter().collect(),
        }
    });
    rows.collect()
}

impl Study {
    /// Where each unit stands.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Calls `found` with each run of units that is tagged together, and the features of each.
    pub fn runs(&self, mut found: impl FnMut(Range<usize>, &[Features])) {
        let mut extractor = Extractor::default();
        let mut lists = Vec::new();
        for stretch in self.units.parts() {
            extractor.begin(&self.units, &self.hints, &stretch);
            for run in extractor.runs() {
                lists.clear();
                lists.extend(run.clone().map(|at| {
                    let mut list = Features::default();
                    extractor.fill(&mut list, at);
                    list
                }));
                found(run.start + stretch.start..run.end + stretch.start, &lists);
            }
        }
    }

    /// The pieces that a model finds.
    pub fn tag(&self, tagger: &Tagger<'_>) -> Vec<Piece> {
        tags::decode(&self.units, &self.hints, tagger)
    }

    /// The cues that the content at `piece` may belong to.
    pub fn cues(&self, pieces: &[Piece], piece: usize) -> Vec<Candidate> {
        Board { units: &self.units, pieces, patterns: &self.patterns }.cues(piece)
    }

    /// The sources that the cue at `piece` may have, given its contents.
    pub fn sources(
        &self,
        pieces: &[Piece],
        piece: usize,
        contents: &[Range<usize>],
    ) -> Vec<Candidate> {
        Board { units: &self.units, pieces, patterns: &self.patterns }.sources(piece, contents)
    }

    /// The links between pieces; `judged` hears each with its merits and their score.
    pub fn links(
        &self,
        pieces: &[Piece],
        tagger: &Tagger<'_>,
        judged: impl FnMut(&Link, &Merits, i32),
    ) -> Vec<Link> {
        let board = Board { units: &self.units, pieces, patterns: &self.patterns };
        board.links(tagger, judged)
    }
}
