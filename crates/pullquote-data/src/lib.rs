//! Language data of pullquote, and nothing else.
//!
//! The lists under `lexicon/` are for people to read and edit; what stands under `generated/` is
//! made from them by `cargo run -p pullquote-train -- generate` and is what programs load.

#[path = "../generated/abbreviations.rs"]
mod abbreviations;

pub use abbreviations::{ABBREVIATIONS, OPENERS};

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
