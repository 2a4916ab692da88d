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

use super::{Evidence, Polarity};
use super::cues::{self, CueForm, CueGroup};
use super::phrases::Scene;
use super::regions::Places;
use crate::entities::{Entities, Label};
use crate::index::Id;
use crate::layout::{BlockId, BlockKind, Layout};
use crate::lexicon::Classes;
use crate::lexicon::cues::Cue;
use crate::marks::{RegionId, Regions};
use crate::sentences::SentenceId;
use crate::span::Span;
use crate::tokens::{Shape, TokenId, TokenKind, TokenRange};
use crate::words::Reading;

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

/// How many words may stand between a cue and the quoted words it brings in.
const BETWEEN: usize = 16;
/// Quoted regions of fewer words than this are not carried on from a speaker before.
const CARRIED_WORDS: usize = 5;

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
        let ids = (first..first + length).map(SentenceId::from_index);
        finder.block(row.block, ids, &mut drafts);
        first += length;
    }
    drafts
}

impl Finder<'_> {
    /// Adds the attributions of one block.
    fn block(
        &self,
        block: BlockId,
        sentences: impl Iterator<Item = SentenceId> + Clone,
        drafts: &mut Vec<Draft>,
    ) {
        let from = drafts.len();
        if let Some(draft) = self.label(block, sentences.clone()) {
            drafts.push(draft);
            return;
        }
        for sentence in sentences.clone() {
            let range = self.reading.sentence(sentence);
            let scene = self.scene(range);
            let groups = cues::find(self.reading, self.places, range);
            let start = drafts.len();
            for at in 0..groups.len() {
                if let Some(draft) = self.cue(scene, &groups, at, &drafts[start..]) {
                    drafts.push(draft);
                }
            }
        }
        self.carry(block, from, drafts);
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
                if let Some(subject) = subject {
                    if let Some(region) = self.quote_before(scene, subject.start) {
                        let end = group.range.end;
                        return self.quote_then_cue(scene, groups, at, region, Some(subject), end);
                    }
                }
                let coordinated = group.range.start.prev().is_some_and(|id| {
                    id >= scene.sentence.start && self.reading.reads(id, &["and", "but", "then"])
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

    /// `said NAME: "X"` and `"...," he wrote. Added NAME: "Y"` at the head of a sentence.
    fn inverted_clause(&self, scene: Scene<'_>, groups: &[CueGroup], at: usize) -> Option<Draft> {
        let group = groups[at];
        let head = group.range.start == scene.sentence.start;
        let comma = group
            .range
            .start
            .prev()
            .filter(|&id| id > scene.sentence.start && self.reading.written(id) == ",");
        if self.reading.reads(group.range.end, &["that", "whether"]) {
            return None;
        }
        let source = scene.subject_after(group.range.end)?;
        if head {
            let region = self.quote_after(scene, groups, at, source.end)?;
            return Some(self.cue_then_quote(scene, group, region, source, source.end));
        }
        // "C, said NAME."
        let comma = comma?;
        let content = TokenRange { start: scene.sentence.start, end: comma };
        let long = comma.index() - scene.sentence.start.index() >= 3;
        (long && group.cue.speech).then(|| Draft {
            content: vec![content],
            cue: Some(group.into()),
            source: Some(source),
            borrowed: false,
            carried: false,
            continues: false,
            between: None,
            evidence: Evidence::ClauseThenCue,
        })
    }

    /// The outermost region that ends right before `edge`, perhaps with a comma or dash between.
    fn quote_before(&self, scene: Scene<'_>, edge: TokenId) -> Option<RegionId> {
        let inside = |id: &TokenId| *id >= scene.sentence.start;
        let mut id = edge.prev().filter(inside)?;
        if !self.places.is_quoted(id)
            && matches!(self.reading.written(id), "," | "--" | "—" | "–" | "-")
        {
            id = id.prev().filter(inside)?;
        }
        self.places.region(id)
    }

    /// The outermost region that begins after `edge`, in the sentence, with no cue between.
    fn quote_after(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
        edge: TokenId,
    ) -> Option<RegionId> {
        let limit = groups.get(at + 1).map_or(scene.sentence.end, |next| next.range.start);
        let id = (edge.index()..limit.index().min(scene.sentence.end.index()))
            .map(TokenId::from_index)
            .find(|&id| self.places.is_quoted(id))?;
        self.places.region(id)
    }

    /// Pattern 1.
    fn quote_then_cue(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
        region: RegionId,
        source: Option<TokenRange>,
        end: TokenId,
    ) -> Option<Draft> {
        let quoted = self.places.tokens(region)?;
        let mut first = quoted;
        // Words before the mark in the same sentence are content too: `It "looks bad," he said.`
        let opening = self.reading.sentence(self.reading.sentence_of(quoted.start));
        if opening.start < quoted.start {
            let earlier = groups[..at].iter().any(|group| group.range.start < quoted.start);
            if !earlier {
                first.start = opening.start;
            }
        }
        let mut content = vec![first];
        let mut between = None;
        if let Some(next) = self.places_after(quoted.end) {
            let gap = TokenRange { start: end, end: next.1.start };
            if self.goes_on(scene, groups, at, gap, next.1) {
                between = Some(gap);
                content.push(next.1);
            }
        }
        self.add_whole_sentences(&mut content);
        Some(Draft {
            content,
            cue: Some(groups[at].into()),
            source,
            borrowed: false,
            carried: false,
            continues: false,
            between: between.or(Some(TokenRange { start: end, end: scene.sentence.end })),
            evidence: Evidence::QuoteThenCue,
        })
    }

    /// Whether quoted words after an attribution go on with the quotation before it.
    fn goes_on(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
        gap: TokenRange,
        next: TokenRange,
    ) -> bool {
        if gap.start >= gap.end {
            return false;
        }
        let cue_between = groups.get(at + 1).is_some_and(|group| group.range.start < gap.end);
        let Some(last) = gap.end.prev() else { return false };
        match self.reading.written(last) {
            "," | ":" | ";" | "--" | "—" | "–" => next.start < scene.sentence.end && !cue_between,
            // The attribution's sentence is over; the next one is quoted whole.
            _ => self.follows(gap.start, next),
        }
    }

    /// Whether a region is quoted whole and stands in the sentence after a token's, in its block.
    fn follows(&self, token: TokenId, next: TokenRange) -> bool {
        let sentence = self.reading.sentence_of(token);
        let (here, there) = (sentence.index(), self.reading.sentence_of(next.start).index());
        there == here + 1 && self.same_block(token, next.start) && self.is_whole(next)
    }

    /// The block that a token stands in.
    pub(super) fn block_of(&self, id: TokenId) -> Option<BlockId> {
        let sentence = self.reading.sentence_of(id);
        self.reading.sentences.get(sentence).map(|sentence| sentence.block)
    }

    fn same_block(&self, a: TokenId, b: TokenId) -> bool {
        let block = |id| {
            self.reading.sentences.get(self.reading.sentence_of(id)).map(|sentence| sentence.block)
        };
        block(a) == block(b)
    }

    /// The outermost region after a token.
    fn places_after(&self, id: TokenId) -> Option<(RegionId, TokenRange)> {
        let outer = self.places.outer();
        let at = outer.partition_point(|row| row.1.start < id);
        outer.get(at).map(|row| (row.0, row.1))
    }

    /// Whether a region begins where a sentence begins and ends where one ends.
    fn is_whole(&self, region: TokenRange) -> bool {
        let Some(last) = region.end.prev() else { return false };
        let opens = self.reading.sentence(self.reading.sentence_of(region.start)).start;
        let closes = self.reading.sentence(self.reading.sentence_of(last)).end;
        opens == region.start && closes == region.end
    }

    /// Adds the sentences quoted whole that follow the last fragment in its block.
    fn add_whole_sentences(&self, content: &mut Vec<TokenRange>) {
        while let Some(last) = content.last().copied() {
            let Some((_, next)) = self.places_after(last.end) else { break };
            if next.start != last.end
                || !self.is_whole(next)
                || !self.same_block(last.start, next.start)
            {
                break;
            }
            content.push(next);
        }
    }

    /// Pattern 2.
    fn cue_then_quote(
        &self,
        scene: Scene<'_>,
        group: CueGroup,
        region: RegionId,
        source: TokenRange,
        from: TokenId,
    ) -> Draft {
        let quoted = self.places.tokens(region).unwrap_or(TokenRange { start: from, end: from });
        let mut content = vec![quoted];
        self.add_whole_sentences(&mut content);
        let _ = scene;
        Draft {
            content,
            cue: Some(group.into()),
            source: Some(source),
            borrowed: false,
            carried: false,
            continues: false,
            between: Some(TokenRange { start: from, end: quoted.start }),
            evidence: Evidence::CueThenQuote,
        }
    }

    /// Patterns 2 to 5: the content follows the cue, or the whole clause before it is the content.
    fn after_cue(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
        source: TokenRange,
        borrowed: bool,
    ) -> Option<Draft> {
        let group = groups[at];
        let from = group.range.end;
        let draft = |content, between, evidence| Draft {
            content,
            cue: Some(group.into()),
            source: Some(source),
            borrowed,
            carried: false,
            continues: false,
            between,
            evidence,
        };
        let end = self.clause_end(scene, groups, at);
        if let Some(quoted) = self.next_block_quote(scene, from) {
            let between = Some(TokenRange { start: from, end: scene.sentence.end });
            let mut content = vec![quoted];
            self.add_whole_sentences(&mut content);
            return Some(draft(content, between, Evidence::CueThenQuote));
        }
        if let Some(region) = self.quote_after(scene, groups, at, from) {
            let quoted = self.places.tokens(region)?;
            let gap = TokenRange { start: from, end: quoted.start };
            let last = gap.end.prev().filter(|&last| last >= gap.start);
            let at_once = last.is_none_or(|last| {
                matches!(self.reading.written(last), "," | ":" | "--" | "—" | "–")
            });
            let short = gap.end.index() - gap.start.index() <= BETWEEN;
            if at_once && short {
                if gap.start < gap.end || self.ends_clause(quoted, scene) {
                    let mut draft = self.cue_then_quote(scene, group, region, source, from);
                    draft.borrowed = borrowed;
                    return Some(draft);
                }
                let content = TokenRange { start: quoted.start, end: end.max(quoted.end) };
                return Some(draft(vec![content], None, Evidence::Clause));
            }
            let start = self.content_start(scene, group, end.max(quoted.end));
            if group.cue.share >= 15 || group.cue.speech {
                let content = TokenRange { start, end: end.max(quoted.end) };
                let between = TokenRange { start: from, end: start };
                return Some(draft(vec![content], Some(between), Evidence::Clause));
            }
        }
        // Pattern 4: nothing follows but a time or a place, and a comma stands before the subject.
        let comma = source.start.prev().filter(|&id| {
            id > scene.sentence.start && self.reading.written(id) == "," && !borrowed
        });
        if let (Some(comma), true) = (comma, group.cue.speech) {
            let head = TokenRange { start: scene.sentence.start, end: comma };
            let long = comma.index() - scene.sentence.start.index() >= 3;
            let free = groups[..at].iter().all(|earlier| earlier.range.start > comma);
            if long && self.is_clause(head) {
                if self.nothing_follows(scene, from, end) {
                    return Some(draft(vec![head], None, Evidence::ClauseThenCue));
                }
                if free && self.reading.written(from) == "," && end > from.next() {
                    let tail = TokenRange { start: from.next(), end };
                    return Some(draft(vec![head, tail], None, Evidence::ClauseThenCue));
                }
            }
        }
        // Pattern 5.
        let start = self.content_start(scene, group, end);
        if start >= end {
            return None;
        }
        let that = self.reading.reads(start, &["that", "whether", "if", "how", "why", "what"]);
        let convinces = if that { 10 } else { 40 };
        let content = TokenRange { start, end };
        let between = TokenRange { start: from, end: start };
        (group.cue.share >= convinces)
            .then(|| draft(vec![content], Some(between), Evidence::Clause))
    }

    /// For a colon that ends its block: the region that opens the next block.
    fn next_block_quote(&self, scene: Scene<'_>, from: TokenId) -> Option<TokenRange> {
        let last = scene.sentence.end.prev()?;
        let near = last >= from && last.index() - from.index() <= BETWEEN;
        let next = scene.sentence.end;
        if !near || self.reading.written(last) != ":" || self.same_block(last, next) {
            return None;
        }
        self.places.tokens(self.places.region(next)?).filter(|region| region.start == next)
    }

    /// Whether a region is followed by nothing more of its clause.
    fn ends_clause(&self, region: TokenRange, scene: Scene<'_>) -> bool {
        region.end >= scene.sentence.end
            || matches!(self.reading.written(region.end), "." | "," | ";" | "!" | "?" | ")")
    }

    /// Whether tokens hold a verb: a clause, not an adverbial.
    fn is_clause(&self, range: TokenRange) -> bool {
        let verbs = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
        let opens = self.reading.is(range.start, Classes::PREPOSITION)
            || self.reading.reads(
                range.start,
                &["as", "when", "while", "after", "before", "if", "although", "though", "asked"],
            );
        let comma = range.ids().any(|id| self.reading.written(id) == ",");
        (!opens || comma) && range.ids().any(|id| self.reading.is(id, verbs))
    }

    /// Whether nothing but a time, place or medium stands between `from` and the clause's end.
    fn nothing_follows(&self, scene: Scene<'_>, from: TokenId, end: TokenId) -> bool {
        from >= end
            || self.reading.is(from, Classes::CALENDAR)
            || (self.reading.is(from, Classes::PREPOSITION)
                && !self.reading.reads(from, &["that"])
                && end.index() - from.index() <= 10
                && scene.sentence.end.index() - end.index() <= 1)
    }

    /// Where the content after a cue begins: past addressee, medium and time.
    fn content_start(&self, scene: Scene<'_>, group: CueGroup, end: TokenId) -> TokenId {
        let from = group.range.end;
        let reading = self.reading;
        let opens_insertion = reading.is(from, Classes::PREPOSITION.and(Classes::CALENDAR))
            || scene.is_addressee(group.cue, from)
            || reading.written(from) == ",";
        if opens_insertion {
            let limit = end.index().min(from.index() + BETWEEN);
            let that = (from.index()..limit)
                .map(TokenId::from_index)
                .find(|&id| reading.reads(id, &["that", "whether"]) && !self.places.is_quoted(id));
            if let Some(that) = that {
                return that;
            }
        }
        let mut start = from;
        if scene.is_addressee(group.cue, start) {
            start = scene.addressee_end(start, end);
        }
        while start < end && reading.is(start, Classes::CALENDAR) {
            start = start.next();
        }
        if reading.reads(start, &["on", "in"]) && reading.is(start.next(), Classes::CALENDAR) {
            start = start.next().next();
        }
        start
    }

    /// Where the clause that a cue governs ends: before a coordinated or participle cue, before
    /// "according to", else at the sentence's end without its full stop.
    fn clause_end(&self, scene: Scene<'_>, groups: &[CueGroup], at: usize) -> TokenId {
        let reading = self.reading;
        let last = scene.sentence.end.prev().unwrap_or(scene.sentence.end);
        let stop = matches!(reading.written(last), "." | "!" | "?" | "…");
        let mut end = match self.places.region(last).and_then(|region| self.places.tokens(region)) {
            Some(region) => region.end.max(scene.sentence.end),
            None if stop => last,
            None => scene.sentence.end,
        };
        let semicolon = (groups[at].range.end.index()..end.index())
            .map(TokenId::from_index)
            .find(|&id| reading.written(id) == ";" && !self.places.is_quoted(id));
        end = semicolon.unwrap_or(end);
        for next in groups.get(at + 1..).unwrap_or_default() {
            if next.range.start >= end {
                break;
            }
            let Some(mut before) = next.range.start.prev() else { break };
            if before < groups[at].range.end {
                break;
            }
            let cut = match next.form {
                CueForm::Participle => reading.written(before) == ",",
                CueForm::Preposition => true,
                CueForm::Finite => {
                    let coordinated = reading.reads(before, &["and", "but"]);
                    if !coordinated {
                        if let Some(subject) = scene.subject_before(next.range.start) {
                            if let Some(joint) = subject.start.prev() {
                                before = joint;
                            }
                        }
                    }
                    // "C, S said." closes the sentence: all before it is S's.
                    let closes = reading.written(before) == ","
                        && next.cue.speech
                        && self.nothing_follows(scene, next.range.end, end);
                    closes
                        || (reading.reads(before, &["and", "but", "while", "though"])
                            && (coordinated
                                || before
                                    .prev()
                                    .is_some_and(|comma| reading.written(comma) == ",")))
                }
            };
            if cut {
                let joint = reading.reads(before, &["and", "but", "while", "though", ","]);
                end = if joint { before } else { before.next() };
                if let Some(comma) = end.prev().filter(|&id| reading.written(id) == ",") {
                    end = comma;
                }
                break;
            }
        }
        end.max(groups[at].range.end)
    }

    /// The subject of the clause that a participle hangs on.
    fn main_subject(&self, scene: Scene<'_>, before: TokenId) -> Option<TokenRange> {
        let verbs = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
        let verb = (scene.sentence.start.index()..before.index())
            .map(TokenId::from_index)
            .find(|&id| self.reading.is(id, verbs) && !self.places.is_quoted(id))?;
        scene.subject_before(verb)
    }

    /// "According to NP, C", "C, according to NP", "C1, according to NP, C2".
    fn according_to(&self, scene: Scene<'_>, group: CueGroup) -> Option<Draft> {
        let source = scene.subject_after(group.range.end)?;
        let reading = self.reading;
        let mut content = Vec::new();
        let mut start = scene.sentence.start;
        if let Some(mut end) = group.range.start.prev().filter(|&id| id >= start) {
            // Keep the last word unless it is a comma.
            if reading.written(end) != "," {
                end = end.next();
            }
            while start < end && reading.reads(start, &["but", "and"]) {
                start = start.next();
            }
            if start < end {
                content.push(TokenRange { start, end });
            }
        }
        let mut rest = source.end;
        if reading.written(rest) == "," {
            rest = rest.next();
        }
        let last = scene.sentence.end.prev()?;
        let end =
            if matches!(reading.written(last), "." | "!" | "?") && !self.places.is_quoted(last) {
                last
            } else {
                scene.sentence.end
            };
        let opens = content.is_empty() || reading.written(source.end) == ",";
        if rest < end && opens && end.index() - rest.index() > 1 {
            content.push(TokenRange { start: rest, end });
        }
        (!content.is_empty()).then_some(Draft {
            content,
            cue: Some(group.into()),
            source: Some(source),
            borrowed: false,
            carried: false,
            continues: false,
            between: None,
            evidence: Evidence::AccordingTo,
        })
    }

    /// "NAME: what was said", alone in its block.
    fn label(
        &self,
        block: BlockId,
        mut sentences: impl Iterator<Item = SentenceId> + Clone,
    ) -> Option<Draft> {
        let first = self.reading.sentence(sentences.next()?);
        let last = sentences.last().map_or(first, |id| self.reading.sentence(id));
        let entity_end = {
            let span = self.reading.span(first.start);
            let rows = self.entities.rows();
            let at = rows.partition_point(|entity| entity.span.end() <= span.start());
            rows.get(at)
                .filter(|entity| entity.label == Label::Person && entity.span.contains(span))
                .map(|entity| self.reading.range(entity.span).end)
        };
        let upper = (first.start.index()..first.end.index().min(first.start.index() + 5))
            .map(TokenId::from_index)
            .take_while(|&id| {
                self.reading.token(id).is_some_and(|token| {
                    matches!(token.shape, Shape::Upper | Shape::Initial)
                        && token.kind == TokenKind::Word
                })
            })
            .last()
            .map(Id::next);
        let end = entity_end.or(upper)?;
        let headline =
            self.layout.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Headline);
        let quoted = self.places.is_quoted(end.next());
        let speaks = entity_end.is_some() || (upper.is_some() && !headline);
        let start = end.next();
        let content = TokenRange { start, end: last.end };
        (self.reading.written(end) == ":" && (speaks || quoted) && start < last.end).then(|| {
            Draft {
                content: vec![content],
                cue: None,
                source: Some(TokenRange { start: first.start, end }),
                borrowed: false,
                carried: false,
                continues: false,
                between: None,
                evidence: Evidence::Label,
            }
        })
    }

    /// Carries the speaker before on to quoted sentences of the block that no cue claims.
    pub(super) fn carry(&self, block: BlockId, from: usize, drafts: &mut Vec<Draft>) {
        let Some(block) = self.layout.blocks.get(block) else { return };
        if block.kind != BlockKind::Paragraph {
            return;
        }
        let tokens = self.reading.range(block.span);
        let outer = self.places.outer();
        let at = outer.partition_point(|row| row.1.start < tokens.start);
        let rows = outer[at..].iter().take_while(|row| row.1.start < tokens.end);
        for &(id, region, _) in rows {
            let claimed = drafts[from..].iter().any(|draft| {
                draft.content.iter().any(|part| part.start < region.end && region.start < part.end)
            });
            if claimed || !self.is_whole(region) || self.words(region) < CARRIED_WORDS {
                continue;
            }
            let reopened = self.regions.get(id).is_some_and(|row| row.reopened);
            let follows = drafts[from..].last().is_some_and(|draft| {
                let end = draft.cue.map(|cue| cue.range.start);
                end.is_some_and(|cue| self.follows(cue, region))
                    || draft.content.last().is_some_and(|part| {
                        part.end == region.start && draft.content.len() > 1
                    })
            });
            if let (true, Some(last)) = (reopened || follows, drafts.last_mut()) {
                last.content.push(region);
                continue;
            }
            // Only the speaker of the words right before is carried on.
            let near = drafts.last().is_some_and(|draft| self.is_near(draft, region.start));
            if near {
                drafts.push(Draft {
                    content: vec![region],
                    cue: None,
                    source: None,
                    borrowed: false,
                    carried: true,
                    continues: true,
                    between: None,
                    evidence: Evidence::Carried,
                });
            }
        }
    }

    /// Whether an attribution ends at most two sentences before a token.
    fn is_near(&self, draft: &Draft, token: TokenId) -> bool {
        let last = draft.content.iter().map(|part| part.end).max().and_then(Id::prev);
        last.is_some_and(|last| {
            let apart =
                self.reading.sentence_of(token).index() - self.reading.sentence_of(last).index();
            apart <= 2
        })
    }

    /// The number of words in a run of tokens.
    fn words(&self, range: TokenRange) -> usize {
        range.ids().filter(|&id| self.reading.word(id).hash != 0).count()
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
