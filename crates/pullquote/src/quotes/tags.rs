//! Tags: sources, cues and contents by the trained model.
//!
//! In: the units of a text, the hints of the patterns, the model. Out: [`Piece`]s, the stretches of
//! units that are a source, a cue or a content, in order. A source or a content also says on which
//! side its cue stands, which is most of what is needed to link them.
//!
//! Cost: linear in the units; one table look-up a feature.

use super::features::{ALWAYS, Extractor, Features};
use super::hints::Hint;
use super::units::Units;
use crate::model::lattice::{self, Scratch};
use crate::model::{Scores, Tagger};

/// What a piece of an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A source whose cue comes after it.
    SourceBefore,
    /// A source whose cue comes before it.
    SourceAfter,
    /// A cue whose content, or the first of it, comes after it.
    CueBefore,
    /// A cue whose content, or the first of it, comes before it.
    CueAfter,
    /// A content whose cue comes after it.
    ContentBefore,
    /// A content whose cue comes before it.
    ContentAfter,
    /// A content that goes on after a cue that stood inside it.
    ContentOn,
}

impl Part {
    /// All parts, by the number that the model knows them by.
    pub const ALL: [Self; 7] = [
        Self::SourceBefore,
        Self::SourceAfter,
        Self::CueBefore,
        Self::CueAfter,
        Self::ContentBefore,
        Self::ContentAfter,
        Self::ContentOn,
    ];

    /// Whether it is a source.
    pub fn is_source(self) -> bool {
        matches!(self, Self::SourceBefore | Self::SourceAfter)
    }

    /// Whether it is a cue.
    pub fn is_cue(self) -> bool {
        matches!(self, Self::CueBefore | Self::CueAfter)
    }

    /// Whether it is a content.
    pub fn is_content(self) -> bool {
        matches!(self, Self::ContentBefore | Self::ContentAfter | Self::ContentOn)
    }
}

/// A run of units with a part in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First unit.
    pub start: usize,
    /// The unit after the last one.
    pub end: usize,
    /// Its part.
    pub part: Part,
}

/// Tags the units of a text.
pub(super) fn decode(units: &Units, hints: &[Hint], tagger: &Tagger<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut extractor = Extractor::default();
    let mut list = Features::default();
    let mut scratch = Scratch::default();
    let mut scores: Vec<Scores> = Vec::new();
    let mut always = Scores::default();
    tagger.score(&[ALWAYS], &mut always);
    for stretch in units.parts() {
        extractor.begin(units, hints, &stretch);
        for run in extractor.runs() {
            scores.clear();
            scores.extend(run.clone().map(|at| {
                let mut lanes = always;
                extractor.fill(&mut list, at);
                tagger.score(list.hashes(), &mut lanes);
                lanes
            }));
            let from = pieces.len();
            lattice::best(&scores, &tagger.small, &mut scratch, |segment| {
                if let Some(&part) = Part::ALL.get(segment.label) {
                    let [start, end] =
                        [segment.start, segment.end].map(|at| stretch.start + run.start + at);
                    pieces.push(Piece { start, end, part });
                }
            });
            if let Some(found) = pieces.get_mut(from..) {
                found.reverse();
            }
        }
    }
    pieces
}
