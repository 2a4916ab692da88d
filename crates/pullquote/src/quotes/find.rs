//! Attributions: a cue, its source and its content, put together by pattern.
//!
//! In: the reading, the entities and the regions between marks. Out: [`Draft`]s in text order.
//!
//! Patterns, tried in this order for each cue outside quotation marks:
//! 1. quoted words that end right before the subject or the inverted verb: `"X," S said`;
//! 2. quoted words after the cue, at once or after a comma or colon: `S said: "X"`;
//! 3. a clause after the cue with quoted words inside: `S said that it was "X"`;
//! 4. a clause before the subject and nothing after the cue: `C, S said.`;
//! 5. a clause after the cue: `S said (that) C`.
//!
//! "according to" takes the rest of its sentence. Sentences that are quoted whole go on with the
//! quotation before them; a paragraph that is quoted whole and has no cue is carried on from the
//! speaker before. A name and a colon at the head of a block label what follows.
//!
//! Invariant: one draft per cue at most; fragments of a draft are sorted and disjoint.
//! Cost: each look around a cue is bounded by its sentence; regions are visited once.

use super::cues::{self, CueForm, CueGroup};
use super::phrases::Scene;
use super::regions::Places;
use super::{Evidence, Polarity};
use crate::entities::Entities;
use crate::index::Id;
use crate::layout::{BlockId, BlockKind, Layout};
use crate::lexicon::cues::Cue;
use crate::marks::Regions;
use crate::sentences::SentenceId;
use crate::span::Span;
use crate::tokens::{TokenId, TokenRange};
use crate::words::{Reading, forms};
use std::ops::Range;

/// An attribution before its speaker is known.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// One run of tokens per fragment.
    pub(super) content: Vec<TokenRange>,
    pub(super) cue: Option<CueWords>,
    pub(super) source: Option<TokenRange>,
    /// The source is another attribution's.
    pub(super) borrowed: bool,
    /// No source here; the speaker before goes on.
    pub(super) carried: bool,
    /// Goes on with the utterance of the draft before.
    pub(super) continues: bool,
    /// Words between the cue and the content: addressee, medium, time.
    pub(super) between: Option<TokenRange>,
    pub(super) evidence: Evidence,
    /// How often a link like this is right, when the model made it.
    pub(super) confidence: Option<f32>,
}

impl Draft {
    /// Contents that a pattern found, with nothing else known of them.
    pub(super) fn new(content: Vec<TokenRange>, evidence: Evidence) -> Self {
        Self {
            content,
            cue: None,
            source: None,
            borrowed: false,
            carried: false,
            continues: false,
            between: None,
            evidence,
            confidence: None,
        }
    }
}

/// A cue's words and what is known of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueWords {
    pub(super) range: TokenRange,
    /// Its lexicon entry, if it has one.
    pub(super) cue: Option<&'static Cue>,
    pub(super) polarity: Polarity,
}

impl CueWords {
    /// Whether the cue reports speech proper; a word that nobody listed is not known to.
    pub(super) fn speech(&self) -> bool {
        self.cue.is_some_and(|cue| cue.speech)
    }
}

/// A sentence of more tokens is read in stretches, which bounds what a look around a cue costs.
const WINDOW: usize = 512;
/// How many words may stand between a cue and the quoted words it brings in.
pub(super) const BETWEEN: usize = 16;
/// Quoted regions of fewer words than this are not carried on from a speaker before.
pub(super) const CARRIED_WORDS: usize = 5;

/// Everything the patterns look at.
pub(super) struct Finder<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) entities: &'a Entities,
    pub(super) layout: &'a Layout,
    pub(super) regions: &'a Regions,
    pub(super) places: &'a Places,
}

/// Finds the attributions of a text.
pub(super) fn find(finder: &Finder<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let sentences = finder.reading.sentences;
    let mut first = 0;
    while let Some(row) = sentences.rows().get(first) {
        let length = sentences.rows()[first..].iter().take_while(|s| s.block == row.block).count();
        finder.block(row.block, first..first + length, &mut drafts);
        first += length;
    }
    drafts
}

impl Finder<'_> {
    /// Adds the attributions of one block.
    fn block(&self, block: BlockId, sentences: Range<usize>, drafts: &mut Vec<Draft>) {
        let from = drafts.len();
        if let Some(draft) = self.label(block, sentences.clone()) {
            Self::add_label(draft, drafts);
            return;
        }
        for sentence in sentences.map(SentenceId::from_index) {
            let TokenRange { mut start, end } = self.reading.sentence(sentence);
            while start < end {
                let stop = end.min(TokenId::from_index(start.index() + WINDOW));
                self.window(TokenRange { start, end: stop }, drafts);
                start = stop;
            }
        }
        self.carry(block, from, drafts);
    }

    /// Adds the attributions of a sentence, or of a stretch of one that never ends.
    fn window(&self, range: TokenRange, drafts: &mut Vec<Draft>) {
        let scene = self.scene(range);
        let groups = cues::find(self.reading, self.places, range, self.is_headline(range.start));
        let start = drafts.len();
        for at in 0..groups.len() {
            if let Some(draft) = self.cue(scene, &groups, at, &drafts[start..]) {
                drafts.push(draft);
            }
        }
    }

    /// The draft of one cue. `before` are the drafts of the cues before it in the sentence.
    fn cue(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
        before: &[Draft],
    ) -> Option<Draft> {
        let group = groups[at];
        match group.form {
            CueForm::Preposition => self.according_to(scene, group),
            CueForm::Finite => {
                let inverted = self.quote_before(scene, group.range.start);
                if let Some(region) = inverted {
                    let source = scene.subject_after(group.range.end);
                    let end = source.map_or(group.range.end, |source| source.end);
                    return self.quote_then_cue(scene, groups, at, region, source, end);
                }
                let subject = scene.subject_before(group.range.start);
                if let Some(subject) = subject
                    && let Some(region) = self.quote_before(scene, subject.start)
                {
                    let end = group.range.end;
                    return self.quote_then_cue(scene, groups, at, region, Some(subject), end);
                }
                let coordinated = group.range.start.prev().is_some_and(|id| {
                    id >= scene.sentence.start
                        && self.reading.is_form(id, forms!["and", "but", "then"])
                });
                let borrowed = before.last().and_then(|draft| draft.source);
                match (subject, coordinated) {
                    (_, true) => {
                        let source =
                            borrowed.or_else(|| self.main_subject(scene, group.range.start))?;
                        self.after_cue(scene, groups, at, source, true)
                    }
                    (Some(subject), false) => self.after_cue(scene, groups, at, subject, false),
                    (None, false) => self.inverted_clause(scene, groups, at),
                }
            }
            CueForm::Participle => {
                let source = before
                    .last()
                    .and_then(|draft| draft.source)
                    .or_else(|| self.main_subject(scene, group.range.start))?;
                let follows = self.quote_after(scene, groups, at, group.range.end).is_some();
                let quote_before = self.quote_before(scene, group.range.start);
                if let (Some(region), false) = (quote_before, follows) {
                    let end = group.range.end;
                    let mut draft =
                        self.quote_then_cue(scene, groups, at, region, Some(source), end)?;
                    draft.borrowed = true;
                    return Some(draft);
                }
                self.after_cue(scene, groups, at, source, true)
            }
        }
    }

    /// The block that a token stands in.
    pub(super) fn block_of(&self, id: TokenId) -> Option<BlockId> {
        let sentence = self.reading.sentence_of(id);
        self.reading.sentences.get(sentence).map(|sentence| sentence.block)
    }

    /// Whether a token stands in a headline.
    pub(super) fn is_headline(&self, id: TokenId) -> bool {
        let block = self.block_of(id).and_then(|block| self.layout.blocks.get(block));
        block.is_some_and(|block| block.kind == BlockKind::Headline)
    }

    /// The finder's view of a run of tokens.
    pub(super) fn scene(&self, sentence: TokenRange) -> Scene<'_> {
        Scene { reading: self.reading, entities: self.entities, places: self.places, sentence }
    }

    /// The span of a run of tokens.
    pub(super) fn span(&self, range: TokenRange) -> Option<Span> {
        self.reading.span_of(range)
    }
}
