//! Labels: a name and a colon before what was said, or a dash and a name after it.
//!
//! In: a block. Out: the draft of "NAME: words", of a name and colon alone above a quoted block, or
//! of `"words" — Name`. They have no cue, and the whole block is theirs.
//!
//! Cost: a few tokens at either end of the block.

use super::Evidence;
use super::find::{Draft, Finder};
use crate::entities::Label;
use crate::index::Id;
use crate::layout::{BlockId, BlockKind};
use crate::sentences::SentenceId;
use crate::tokens::{Shape, TokenId, TokenKind, TokenRange};
use crate::words::forms;
use std::ops::Range;

/// The longest signature, in tokens.
const SIGNATURE: usize = 16;

/// Words before a colon that speak for nobody.
const NOTICES: &[u64] = forms![
    "breaking",
    "clarification",
    "correction",
    "exclusive",
    "listen",
    "live",
    "note",
    "photo",
    "photos",
    "read",
    "update",
    "updated",
    "video",
    "watch",
];

/// The draft of words with a label or a signature.
pub(super) fn draft(content: Vec<TokenRange>, source: TokenRange) -> Draft {
    Draft { source: Some(source), ..Draft::new(content, Evidence::Label) }
}

impl Finder<'_> {
    /// The draft of a block that is labelled. `sentences` are the block's.
    pub(super) fn label(&self, block: BlockId, sentences: Range<usize>) -> Option<Draft> {
        let sentence = |at| self.reading.sentence(SentenceId::from_index(at));
        let first = sentence(sentences.start);
        let last = sentence(sentences.end.checked_sub(1)?);
        let whole = TokenRange { start: first.start, end: last.end };
        self.colon(block, first, whole)
            .or_else(|| self.signature(whole))
            .or_else(|| self.signature_below(whole))
    }

    /// Adds the draft of a labelled block; it has a better claim to its words than carrying on.
    pub(super) fn add_label(draft: Draft, drafts: &mut Vec<Draft>) {
        drafts.pop_if(|last| last.carried && last.content == draft.content);
        drafts.push(draft);
    }

    /// "NAME: what was said", alone in its block, or the name and colon above a quoted block.
    fn colon(&self, block: BlockId, first: TokenRange, whole: TokenRange) -> Option<Draft> {
        let mut head = first.start;
        // A mark that opens before the name and closes at the transcript's end.
        if self.reading.is_kind(head, TokenKind::QuoteMark) {
            head = head.next();
        }
        let upper = self.upper_end(head, first.end);
        let person = self.person_end(head);
        let named = self.capitals_end(head, first.end);
        let plain = self.reading.is_capitalised(head).then(|| head.next());
        let colon = |end: &TokenId| self.reading.written(*end) == ":";
        let end = [person, upper, named, plain].into_iter().flatten().find(colon)?;
        if end == head.next() && self.reading.is_form(head, NOTICES) {
            return None;
        }
        let headline =
            self.layout.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Headline);
        let start = end.next();
        let source = TokenRange { start: head, end };
        if start >= whole.end {
            // The words stand in the next block.
            let region = self.places.tokens(self.places.region(start)?)?;
            let spoken = person.is_some() || upper.is_some();
            return (spoken && region.start == start).then(|| draft(vec![region], source));
        }
        // A short question looks like a headline; among other turns it is one too.
        let speaks = person == Some(end)
            || (upper == Some(end) && !headline)
            || ((upper == Some(end) || named == Some(end)) && self.is_among_turns(block));
        let quoted = self.places.is_quoted(start) && head == first.start;
        let content = TokenRange { start, end: whole.end };
        (speaks || quoted).then(|| draft(vec![content], source))
    }

    /// `"what was said" — Name (@handle)`, alone in its block; without marks only with a handle.
    fn signature(&self, whole: TokenRange) -> Option<Draft> {
        let region = self.places.region(whole.start).and_then(|region| self.places.tokens(region));
        let region = region.filter(|region| region.start == whole.start);
        let dash = match region {
            Some(region) if self.reading.written(region.end) == "," => region.end.next(),
            Some(region) => region.end,
            None => {
                let from = whole.end.index().saturating_sub(SIGNATURE).max(whole.start.index());
                let ids = (from..whole.end.index()).map(TokenId::from_index);
                ids.rev().find(|&id| self.is_dash(id))?
            }
        };
        let content = region.unwrap_or(TokenRange { start: whole.start, end: dash });
        let short = whole.end.index().saturating_sub(dash.index()) <= SIGNATURE;
        if !short || content.start >= content.end || dash >= whole.end || !self.is_dash(dash) {
            return None;
        }
        let (source, handle) = self.signer(dash.next(), whole.end)?;
        (region.is_some() || handle).then(|| draft(vec![content], source))
    }

    /// A dash and a name alone in the block below a quotation.
    fn signature_below(&self, whole: TokenRange) -> Option<Draft> {
        let last = whole.start.prev().filter(|_| self.is_dash(whole.start))?;
        let (source, _) = self.signer(whole.start.next(), whole.end)?;
        let region = self.places.tokens(self.places.region(last)?)?;
        let before = region.start.prev();
        let alone = before.is_none_or(|before| !self.same_block(before, region.start));
        (source.end == whole.end && alone).then(|| draft(vec![region], source))
    }

    fn is_dash(&self, id: TokenId) -> bool {
        matches!(self.reading.written(id), "-" | "--" | "—" | "–" | "―")
    }

    /// The name that begins at `start` with its handle in brackets, and whether it has one.
    fn signer(&self, start: TokenId, end: TokenId) -> Option<(TokenRange, bool)> {
        let mut last = self.person_end(start).or_else(|| {
            let ids = (start.index()..end.index()).map(TokenId::from_index);
            ids.take_while(|&id| self.reading.is_capitalised(id)).last().map(Id::next)
        })?;
        let mut handle = false;
        if self.reading.written(last) == "(" {
            handle = self.reading.written(last.next()).starts_with('@');
            let ids = (last.index()..end.index()).map(TokenId::from_index).take(4);
            let close = ids.into_iter().find(|&id| self.reading.written(id) == ")");
            last = close.map_or(last, Id::next);
        }
        (last <= end).then_some((TokenRange { start, end: last }, handle))
    }

    /// Whether the block before or after begins with a name or capitals and a colon too.
    fn is_among_turns(&self, block: BlockId) -> bool {
        let turn = |index: Option<usize>| {
            let block = index.and_then(|index| self.layout.blocks.rows().get(index))?;
            let range = self.reading.range(block.span);
            let ends = [self.person_end(range.start), self.upper_end(range.start, range.end)];
            let colon = |end: TokenId| end < range.end && self.reading.written(end) == ":";
            ends.into_iter().flatten().find(|&end| colon(end))
        };
        let at = block.index();
        turn(at.checked_sub(1)).or_else(|| turn(Some(at + 1))).is_some()
    }

    /// Where the words in capitals that a token begins end: "MR. NAME", "NAME-NAME", "Q".
    fn upper_end(&self, start: TokenId, end: TokenId) -> Option<TokenId> {
        let upper = |id: TokenId| {
            self.reading.token(id).is_some_and(|token| {
                matches!(token.shape, Shape::Upper | Shape::Initial)
                    && token.kind == TokenKind::Word
            })
        };
        (start.index()..end.index().min(start.index() + 6))
            .map(TokenId::from_index)
            .take_while(|&id| upper(id) || (self.reading.written(id) == "-" && upper(id.next())))
            .last()
            .map(Id::next)
    }

    /// Where the capitalised words that a token begins end: "The Review".
    fn capitals_end(&self, start: TokenId, end: TokenId) -> Option<TokenId> {
        (start.index()..end.index().min(start.index() + 5))
            .map(TokenId::from_index)
            .take_while(|&id| self.reading.is_capitalised(id))
            .last()
            .map(Id::next)
    }

    /// Where the person's name that a token begins ends.
    fn person_end(&self, id: TokenId) -> Option<TokenId> {
        let span = self.reading.span(id);
        let rows = self.entities.rows();
        let at = rows.partition_point(|entity| entity.span.end() <= span.start());
        rows.get(at)
            .filter(|entity| entity.label == Label::Person && entity.span.contains(span))
            .map(|entity| self.reading.range(entity.span).end)
    }
}
