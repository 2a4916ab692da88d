//! Language data of pullquote, and nothing else.
//!
//! The lists under `lexicon/` are for people to read and edit; what stands under `generated/` is
//! made from them by `cargo run -p pullquote-train -- generate` and is what programs load. The
//! README names the source and licence of each.

/// The word table: classes and values of words and phrases, keyed by the hash of their lower case.
pub const LEXICON: &[u8] = include_bytes!("../generated/lexicon.bin");

/// The cue list: lemma, class, polarity, part of speech, speech or not, forms, share of uses.
pub const CUES: &str = include_str!("../lexicon/cues.tsv");

/// The model that finds names, laid out as the core reads it.
pub const ENTITIES: &[u8] = &ALIGNED.0;

/// The model that finds attributions, laid out as the core reads it.
pub const QUOTES: &[u8] = &ALIGNED_QUOTES.0;

static ALIGNED_QUOTES: Aligned<[u8; include_bytes!("../model/quotes.bin").len()]> =
    Aligned(*include_bytes!("../model/quotes.bin"));

/// Each line of weights then lies in one cache line.
#[repr(align(64))]
struct Aligned<B>(B);

static ALIGNED: Aligned<[u8; include_bytes!("../model/entities.bin").len()]> =
    Aligned(*include_bytes!("../model/entities.bin"));

#[path = "../generated/abbreviations.rs"]
mod abbreviations;

#[path = "../generated/antecedents.rs"]
mod antecedents;

pub use abbreviations::{ABBREVIATIONS, OPENERS};
pub use antecedents::ANTECEDENTS;

/// What an abbreviation stands for, as far as it tells whether a sentence may end at its full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// A title, rank or the head of a place name, before a name: Mr, Gen, Mt.
    Title,
    /// Before a number: No, Fig, pp.
    Number,
    /// Inside a clause, hardly ever its last word: e.g, vs.
    Inner,
    /// The end of a list: etc.
    List,
    /// After a name: Jr, Ph.D.
    Closing,
    /// A company's legal form: Inc, Ltd.
    Company,
    /// A country, a body or a state by its initials: U.S, D.C.
    Country,
    /// A state or province: Calif, Ont.
    State,
    /// A month or a weekday: Sept, Tues.
    Month,
    /// A time of day or an era: a.m, B.C.
    Time,
    /// A street or building: Ave, Blvd.
    Street,
    /// A unit of measure: ft, oz.
    Unit,
}
