//! What the language data says about words.

pub(crate) mod abbreviations;
