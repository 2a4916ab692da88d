//! Sentences to rows, a bounded number at a time.
//!
//! In: the parts of a text. Out: [`Piece`]s, each a run of its sentences that can be written by
//! itself, on another thread if its owner likes.
//!
//! Invariant: a piece ends at its thousandth sentence, or at the first one that makes its text
//! longer than a mebibyte, so that the pieces do not depend on how the text was cut into parts.
//! Cost: linear in the text. Memory: a piece, and what the stream of sentences holds.

use super::rows::SentenceRow;
use pullquote::OffsetUnit;
use pullquote::sentences::{Found, Stream};
use std::mem;
use std::sync::Arc;

/// The most sentences in a piece.
const ROWS: usize = 1000;

/// A piece that has so many bytes of text takes no more.
const BYTES: usize = 1 << 20;

/// A run of the sentences of one text.
#[derive(Clone, Debug)]
pub struct Piece {
    document: Arc<str>,
    /// The number of the first sentence.
    first: u64,
    /// The sentences' texts, one after another.
    text: String,
    rows: Vec<At>,
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug)]
struct At {
    start: u64,
    end: u64,
    /// The end of its text in the piece's.
    text_end: usize,
}

impl Piece {
    /// The name of the text.
    pub(super) fn document(&self) -> &str {
        &self.document
    }

    /// Whether it is the first of its text.
    pub fn is_first(&self) -> bool {
        self.first == 0
    }

    /// Its sentences, one row each.
    pub(super) fn rows(&self) -> impl Iterator<Item = SentenceRow<'_>> {
        let mut from = 0;
        self.rows.iter().zip(0..).map(move |(row, n)| {
            let text = self.text.get(from..row.text_end).unwrap_or_default();
            from = row.text_end;
            let (start, end) = (row.start, row.end);
            SentenceRow { document: Some(&self.document), id: self.first + n, start, end, text }
        })
    }

    /// Whether another sentence belongs to the next piece.
    fn is_full(&self) -> bool {
        self.rows.len() >= ROWS || self.text.len() >= BYTES
    }

    fn push(&mut self, found: Found<'_>) {
        self.text.push_str(found.text);
        self.rows.push(At { start: found.start, end: found.end, text_end: self.text.len() });
    }

    /// The piece so far; what remains is the beginning of the next one.
    fn take(&mut self) -> Self {
        let next = Self {
            document: Arc::clone(&self.document),
            first: self.first + self.rows.len() as u64,
            text: String::new(),
            rows: Vec::new(),
        };
        mem::replace(self, next)
    }
}

/// Cuts a text that comes in parts into pieces.
#[derive(Debug)]
pub struct Pieces {
    stream: Stream,
    piece: Piece,
}

impl Pieces {
    /// The pieces of the text named `document`; positions count `unit`.
    pub(super) fn new(document: Arc<str>, unit: OffsetUnit) -> Self {
        let piece = Piece { document, first: 0, text: String::new(), rows: Vec::new() };
        Self { stream: Stream::new(unit), piece }
    }

    /// Takes the next part and hands on the pieces that are full.
    pub fn push(&mut self, part: &str, mut each: impl FnMut(Piece)) {
        let piece = &mut self.piece;
        self.stream.push(part, &mut |found: Found<'_>| {
            if piece.is_full() {
                each(piece.take());
            }
            piece.push(found);
        });
    }

    /// Hands on what is left: at least one piece, which is empty when the text has no sentence.
    pub fn finish(self, mut each: impl FnMut(Piece)) {
        let Self { stream, mut piece } = self;
        stream.finish(&mut |found: Found<'_>| {
            if piece.is_full() {
                each(piece.take());
            }
            piece.push(found);
        });
        each(piece);
    }
}
