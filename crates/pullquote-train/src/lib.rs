//! Builds and checks the data that pullquote ships, and scores what it finds.
//!
//! This crate is the only writer of `pullquote-data`: every file under `generated/` is a function of
//! the readable lists, with no clock, no chance and no network, so that [`generate::check`] can
//! prove it. It is not published.

pub mod abbreviations;
pub mod antecedents;
pub mod corpus;
pub mod crf;
pub mod generate;
pub mod items;
pub mod lexicon;
pub mod pack;
pub mod polnear;
pub mod problem;
pub mod quotes;
pub mod rank;
pub mod score_entities;
pub mod silver;
pub mod tagger;
pub mod words;
