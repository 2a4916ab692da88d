//! Language data of pullquote, and nothing else.
//!
//! The lists under `lexicon/` are for people to read and edit; what stands under `generated/` is
//! made from them by `cargo run -p pullquote-train -- generate` and is what programs load. The
//! README names the source and licence of each.

/// The word table: classes and values of words and phrases, keyed by the hash of their lower case.
pub const LEXICON: &[u8] = include_bytes!("../generated/lexicon.bin");

/// The cue list: lemma, class, polarity, part of speech, speech or not, forms, share of uses.
pub const CUES: &str = include_str!("../lexicon/cues.tsv");
