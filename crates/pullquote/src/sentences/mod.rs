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
mod stream;
mod words;

pub use stream::{Found, Stream};

use crate::index::{Table, define_id};
use crate::layout::{BlockId, Layout};
use crate::span::{Span, Spanned};
use bytes::skip_spaces;
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
            let bytes = &text.as_bytes()[..row.span.end().min(text.len())];
            Cutter::new(bytes, row.span.start()).run(bytes, true, |span| {
                sentences.push(Sentence { span, block });
            });
        }
    }
    sentences
}

/// The longest sentence, in bytes. What is longer is cut at a space, so that no text can ask for
/// more memory than this.
const LONGEST: usize = 1 << 20;

/// Cuts one block, which may come bit by bit.
#[derive(Debug)]
struct Cutter {
    /// Where the sentence begins that is not handed on yet.
    start: usize,
    items: Option<Items>,
}

impl Cutter {
    /// Prepares the block that begins at `start`; `bytes` hold its first [`rules::REACH`], or all.
    fn new(bytes: &[u8], start: usize) -> Self {
        Self { start, items: Items::of(bytes, start) }
    }

    /// Hands on the sentences that end with certainty within `bytes`, which end where the block
    /// does if it is `whole`, and at a non-space character.
    fn run(&mut self, bytes: &[u8], whole: bool, mut push: impl FnMut(Span)) {
        let end = bytes.len();
        // What stands this far from the end reads the same whatever follows.
        let certain = |at: usize| whole || at < end.saturating_sub(rules::REACH);
        let mut start = self.start;
        let mut terminators = Terminators::new(bytes, start);
        if let Some(items) = &mut self.items {
            items.seek(bytes);
        }
        loop {
            let mark = terminators.next();
            let item = self.items.as_ref().map_or(usize::MAX, |items| items.next);
            if mark.min(item).min(end) > start + LONGEST && certain(start + LONGEST) {
                let (cut, next) = cut_anywhere(bytes, start);
                push(Span::new(start, cut));
                start = next;
                continue;
            }
            if let Some(items) = &mut self.items
                && item < mark
            {
                push(Span::new(start, start + bytes[start..item].trim_ascii_end().len()));
                start = item;
                items.advance(bytes);
                continue;
            }
            if mark >= end || !certain(mark) {
                break;
            }
            match rules::judge(bytes, start, mark) {
                Verdict::Cut { next, .. } if next >= end => break,
                Verdict::Cut { end: cut, next } => {
                    push(Span::new(start, cut));
                    start = next;
                    terminators.skip_to(next);
                    if let Some(items) = &mut self.items
                        && items.next == next
                    {
                        items.advance(bytes);
                    }
                }
                Verdict::Go(next) => terminators.skip_to(next),
            }
        }
        if whole && start < end {
            push(Span::new(start, end));
            start = end;
        }
        self.start = start;
    }

    /// Counts positions from byte `gone` on, as what stands before it is no longer there.
    fn move_back(&mut self, gone: usize) {
        self.start -= gone;
        if let Some(items) = &mut self.items {
            items.move_back(gone);
        }
    }
}

/// Where the sentence at `start`, longer than any may be, ends, and where the next one begins: at the
/// last space within reach, else between two characters.
fn cut_anywhere(bytes: &[u8], start: usize) -> (usize, usize) {
    let boundary = |at: usize| (0..4).map(|back| at - back).find(|at| bytes[*at] & 0xC0 != 0x80);
    let cut = boundary(start + LONGEST).unwrap_or(start + LONGEST);
    let low = boundary(cut - rules::REACH).unwrap_or(cut);
    let text = |from: usize, to: usize| std::str::from_utf8(&bytes[from..to]).unwrap_or_default();
    let tail = text(low, cut);
    let space = low + tail.rfind(char::is_whitespace).unwrap_or(tail.len());
    let words = match text(low, space).trim_end() {
        // A longer run of spaces.
        "" => start + text(start, space).trim_end().len(),
        words => low + words.len(),
    };
    (words, skip_spaces(bytes, space))
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
