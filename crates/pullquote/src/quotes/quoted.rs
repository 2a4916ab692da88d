//! Contents that are quoted: patterns 1 and 2, and what goes on from them.
//!
//! In: a cue beside a region between marks. Out: the draft whose content is the region, with the
//! sentences quoted whole that go on after it, in the same paragraph or a reopened one.
//!
//! Invariant: a region is taken whole or not at all. Cost: each region is visited once a cue.

use super::Evidence;
use super::claims::Claims;
use super::cues::CueGroup;
use super::find::{CARRIED_WORDS, Draft, Finder};
use super::phrases::Scene;
use crate::index::Id;
use crate::layout::{BlockId, BlockKind};
use crate::marks::RegionId;
use crate::tokens::{TokenId, TokenRange};
use crate::words::forms;

impl Finder<'_> {
    /// The outermost region that ends right before `edge`, perhaps with a comma or dash between.
    pub(super) fn quote_before(&self, scene: Scene<'_>, edge: TokenId) -> Option<RegionId> {
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
    pub(super) fn quote_after(
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
    pub(super) fn quote_then_cue(
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
                self.add_stretches(groups, at, &mut content);
            }
        }
        self.add_whole_sentences(&mut content);
        Some(Draft {
            cue: Some(groups[at].into()),
            source,
            between: between.or(Some(TokenRange { start: end, end: scene.sentence.end })),
            ..Draft::new(content, Evidence::QuoteThenCue)
        })
    }

    /// Pattern 2.
    pub(super) fn cue_then_quote(
        &self,
        group: CueGroup,
        region: RegionId,
        source: TokenRange,
        from: TokenId,
    ) -> Draft {
        let quoted = self.places.tokens(region).unwrap_or(TokenRange { start: from, end: from });
        let mut content = vec![quoted];
        self.add_whole_sentences(&mut content);
        Draft {
            cue: Some(group.into()),
            source: Some(source),
            between: Some(TokenRange { start: from, end: quoted.start }),
            ..Draft::new(content, Evidence::CueThenQuote)
        }
    }

    /// Adds further quoted stretches of the same sentence: `"A," she said, "B," and then "C."`
    fn add_stretches(&self, groups: &[CueGroup], at: usize, content: &mut Vec<TokenRange>) {
        const APART: usize = 8;
        let cue = groups.get(at + 1).map(|group| group.range.start);
        while let Some(last) = content.last().copied() {
            let Some((_, next)) = self.places_after(last.end) else { break };
            let apart = next.start.index().saturating_sub(last.end.index());
            let near = apart > 0 && apart <= APART;
            let joined = self.reading.written(last.end) == ","
                || self.reading.is_form(last.end, forms!["and", "but", "then"]);
            if !near
                || !joined
                || cue.is_some_and(|cue| next.start > cue)
                || !self.same_block(last.start, next.start)
            {
                break;
            }
            content.push(next);
        }
    }

    /// Whether quoted words after an attribution go on with the quotation before it.
    pub(super) fn goes_on(
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
            "," | ":" | ";" | "--" | "—" | "–" => {
                next.start < scene.sentence.end && !cue_between
            }
            // The attribution's sentence is over; the next one is quoted whole.
            _ => self.follows(gap.start, next),
        }
    }

    /// Whether a region is quoted whole and stands in the sentence after a token's, in its block.
    pub(super) fn follows(&self, token: TokenId, next: TokenRange) -> bool {
        let sentence = self.reading.sentence_of(token);
        let (here, there) = (sentence.index(), self.reading.sentence_of(next.start).index());
        there == here + 1 && self.same_block(token, next.start) && self.is_whole(next)
    }

    pub(super) fn same_block(&self, a: TokenId, b: TokenId) -> bool {
        let block = |id| {
            self.reading.sentences.get(self.reading.sentence_of(id)).map(|sentence| sentence.block)
        };
        block(a) == block(b)
    }

    /// The outermost region after a token.
    pub(super) fn places_after(&self, id: TokenId) -> Option<(RegionId, TokenRange)> {
        let outer = self.places.outer();
        let at = outer.partition_point(|row| row.1.start < id);
        outer.get(at).map(|row| (row.0, row.1))
    }

    /// Whether a region begins where a sentence begins and ends where one ends.
    pub(super) fn is_whole(&self, region: TokenRange) -> bool {
        let Some(last) = region.end.prev() else { return false };
        let opens = self.reading.sentence(self.reading.sentence_of(region.start)).start;
        let closes = self.reading.sentence(self.reading.sentence_of(last)).end;
        opens == region.start && closes == region.end
    }

    /// Adds the sentences quoted whole that follow the last fragment in its block.
    pub(super) fn add_whole_sentences(&self, content: &mut Vec<TokenRange>) {
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

    /// Carries the speaker before on to quoted sentences of the block that no cue claims.
    pub(super) fn carry(&self, block: BlockId, from: usize, drafts: &mut Vec<Draft>) {
        let Some(block) = self.layout.blocks.get(block) else { return };
        if block.kind != BlockKind::Paragraph {
            return;
        }
        let tokens = self.reading.range(block.span);
        let outer = self.places.outer();
        let at = outer.partition_point(|row| row.1.start < tokens.start);
        // A colon in the block before may have claimed the first region.
        let claimed = drafts.get(from.saturating_sub(2)..).unwrap_or_default();
        let claims = Claims::new(claimed.iter().flat_map(|draft| draft.content.iter().copied()));
        let rows = outer[at..].iter().take_while(|row| row.1.start < tokens.end);
        for &(id, region, _) in rows {
            let reopened = self.regions.get(id).is_some_and(|row| row.reopened);
            let long = reopened || self.words(region) >= CARRIED_WORDS;
            if claims.touch(region) || !self.is_whole(region) || !long {
                continue;
            }
            let follows = drafts[from..].last().is_some_and(|draft| {
                let end = draft.cue.map(|cue| cue.range.start);
                end.is_some_and(|cue| self.follows(cue, region))
                    || draft
                        .content
                        .last()
                        .is_some_and(|part| part.end == region.start && draft.content.len() > 1)
            });
            if let (true, Some(last)) = (reopened || follows, drafts.last_mut()) {
                last.content.push(region);
                continue;
            }
            // Only the speaker of the words right before is carried on.
            let near = drafts.last().is_some_and(|draft| self.is_near(draft, region.start));
            if near {
                drafts.push(Draft {
                    carried: true,
                    continues: true,
                    ..Draft::new(vec![region], Evidence::Carried)
                });
            }
        }
    }

    /// Whether an attribution ends at most two sentences before a token.
    pub(super) fn is_near(&self, draft: &Draft, token: TokenId) -> bool {
        let last = draft.content.iter().map(|part| part.end).max().and_then(Id::prev);
        last.is_some_and(|last| {
            let apart = self
                .reading
                .sentence_of(token)
                .index()
                .abs_diff(self.reading.sentence_of(last).index());
            apart <= 2
        })
    }

    /// The number of words in a run of tokens.
    pub(super) fn words(&self, range: TokenRange) -> usize {
        range.ids().filter(|&id| self.reading.word(id).hash != 0).count()
    }
}
