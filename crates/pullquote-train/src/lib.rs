//! Builds and checks the data that pullquote ships, and scores what it finds.

pub mod abbreviations;
pub mod words;
