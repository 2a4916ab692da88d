//! A linear sequence model: weights of hashed features, used in place, and exact decoding.
//!
//! In: a block of bytes made by `pullquote-train`, and for each token the hashes of its features.
//! Out: the best labelled segments of a stretch of tokens and how probable each is. The module knows
//! nothing of text: what a feature or a label stands for is its caller's business.
//!
//! A model scores each token for the four parts of a segment (begin, inside, end, single) of up to
//! [`LABELS`] labels, [`LANES`] numbers in all; being outside any segment scores zero. A segment's
//! label also scores against the label before it. [`table`] holds the weights, [`lattice`] finds the
//! best path and the probabilities.
//!
//! Invariant: no bytes, however wrong, make decoding panic or run long. Cost: reading a model is
//! free but for its header and, for foreign bytes, one pass for the checksum.

pub mod features;
pub mod lattice;
pub mod table;

pub use table::{ModelError, Tagger};

/// Labels of a model.
pub const LABELS: usize = 8;
/// Parts of a segment.
pub const PARTS: usize = 4;
/// Scores of a token: the labels' begins, insides, ends, singles.
pub const LANES: usize = LABELS * PARTS;
/// First lane of the segments' first tokens.
pub const BEGIN: usize = 0;
/// First lane of tokens inside a segment.
pub const INSIDE: usize = LABELS;
/// First lane of the segments' last tokens.
pub const END: usize = 2 * LABELS;
/// First lane of segments of one token.
pub const SINGLE: usize = 3 * LABELS;
/// What may come before a segment: each label, or none.
pub const STATES: usize = LABELS + 1;
/// The state of standing outside any segment.
pub const OUTSIDE: usize = LABELS;

/// The scores of one token.
pub type Scores = [i16; LANES];

/// A labelled run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First token.
    pub start: usize,
    /// The token after the last one.
    pub end: usize,
    /// The label's number.
    pub label: usize,
}
