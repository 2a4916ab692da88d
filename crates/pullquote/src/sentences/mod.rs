//! Sentence boundaries, found straight on the bytes.
//!
//! In: the text and its layout. Out: [`Sentences`], in order, each inside one line block.
//!
//! Policy, as in the Penn Treebank and Universal Dependencies: a quotation of several sentences is
//! cut inside; closing marks and brackets belong to the sentence they close.
//!
//! Algorithm: `memchr` finds the next terminator of a block; `rules` looks once at what stands
//! around it and says whether the sentence ends and where to go on. A block's last sentence ends
//! with the block. Invariant: sentences are sorted, disjoint, and begin and end at non-space
//! characters; together they hold every non-space character of their blocks. Cost: linear; every
//! look reads a bounded stretch, and runs of terminators, closers or spaces are read once.

mod bytes;
mod items;
mod rules;
mod site;
mod words;

use crate::index::{Table, define_id};
use crate::layout::{BlockId, Layout};
use crate::span::{Span, Spanned};
use items::Items;
use rules::Verdict;

define_id! {
    /// Names a [`Sentence`].
    SentenceId
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to after its last non-space character.
    pub span: Span,
    /// The line block it stands in.
    pub block: BlockId,
}

impl Spanned for Sentence {
    fn span(&self) -> Span {
        self.span
    }
}

/// The sentences of a text, sorted and disjoint.
pub type Sentences = Table<SentenceId, Sentence>;

/// Cuts every line block that is not metadata into sentences. Linear in the text.
pub fn split(text: &str, layout: &Layout) -> Sentences {
    let mut sentences = Sentences::with_capacity(text.len() / 96 + layout.blocks.len() / 2);
    for (block, row) in layout.blocks.iter() {
        if !row.kind.is_inline() && !row.kind.is_metadata() {
            cut(text.as_bytes(), row.span, |span| {
                sentences.push(Sentence { span, block });
            });
        }
    }
    sentences
}

/// Hands on the sentences of one block.
fn cut(text: &[u8], block: Span, mut push: impl FnMut(Span)) {
    let end = block.end().min(text.len());
    let bytes = &text[..end];
    let mut start = block.start();
    let mut items = Items::of(bytes, start);
    let mut terminators = Terminators::new(bytes, start);
    loop {
        let mark = terminators.next();
        if let Some(items) = &mut items
            && items.next < mark
        {
            let item = items.next;
            push(Span::new(start, start + bytes[start..item].trim_ascii_end().len()));
            start = item;
            items.advance();
            continue;
        }
        if mark >= end {
            break;
        }
        match rules::judge(bytes, start, mark) {
            Verdict::Cut { next, .. } if next >= end => break,
            Verdict::Cut { end: cut, next } => {
                push(Span::new(start, cut));
                start = next;
                terminators.skip_to(next);
                if let Some(items) = &mut items
                    && items.next == next
                {
                    items.advance();
                }
            }
            Verdict::Go(next) => terminators.skip_to(next),
        }
    }
    if start < end {
        push(Span::new(start, end));
    }
}

/// Finds the marks that can end a sentence.
struct Terminators<'a> {
    bytes: &'a [u8],
    /// The next ASCII mark, and the next one outside ASCII; `usize::MAX` when there is none.
    narrow: usize,
    wide: usize,
}

impl<'a> Terminators<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, narrow: next_narrow(bytes, at), wide: next_wide(bytes, at) }
    }

    /// The next mark; `usize::MAX` when there is none.
    fn next(&self) -> usize {
        self.narrow.min(self.wide)
    }

    fn skip_to(&mut self, at: usize) {
        if self.narrow < at {
            self.narrow = next_narrow(self.bytes, at);
        }
        if self.wide < at {
            self.wide = next_wide(self.bytes, at);
        }
    }
}

/// The next `.`, `!` or `?` at or after `at`.
fn next_narrow(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr3(b'.', b'!', b'?', rest).map_or(usize::MAX, |found| at + found)
}

/// The next ellipsis character or full-width terminator at or after `at`.
fn next_wide(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr::memchr3(0xE2, 0xE3, 0xEF, &bytes[at.min(bytes.len())..]) {
        at += found;
        if site::wide_terminator(bytes, at) > 0 {
            return at;
        }
        at += 3;
    }
    usize::MAX
}
