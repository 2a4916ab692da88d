//! Reads a news article and pulls out who said what.
//!
//! ```
//! let parser = pullquote::Parser::new();
//! let doc = parser.parse("The bridge opens in May. It is early.");
//! assert_eq!(doc.sentences().len(), 2);
//! ```
//!
//! Text goes in, a [`Document`] comes out: its sentences, tokens, entities, actors and quotations.
//! Every position is a [`Span`] of bytes of the text as given; [`Document::to_json`] writes the document
//! as JSON with positions in the unit asked for.
//!
//! The crate reads no file, opens no connection, starts no thread and never panics on any text.

pub mod actors;
pub mod code;
pub mod document;
pub mod entities;
mod error;
pub mod index;
pub mod json;
pub mod layout;
pub mod lexicon;
pub mod marks;
pub mod model;
pub mod offsets;
pub mod pipeline;
pub mod quotes;
pub mod sentences;
pub mod span;
pub mod tokens;
pub mod words;

pub use document::Document;
pub use error::Error;
pub use jiff::civil::{Date, DateTime, Time};
pub use json::RecordOptions;
pub use model::ModelError;
pub use offsets::OffsetUnit;
pub use pipeline::{Article, Options, Parser};
pub use span::{Span, Spanned};

/// The sentences of a text, without the rest of the analysis. Linear in the text.
///
/// ```
/// let text = "Dr. Voss left at 9 p.m. The crowd stayed.";
/// let found = pullquote::sentences(text);
/// let cut: Vec<&str> = found.rows().iter().map(|row| row.span.of(text)).collect();
/// assert_eq!(cut, ["Dr. Voss left at 9 p.m.", "The crowd stayed."]);
/// ```
pub fn sentences(text: &str) -> sentences::Sentences {
    let text = pipeline::readable(text);
    sentences::split(text, &layout::read(text, None, None))
}

/// The tokens of a text, sentence by sentence, without the rest of the analysis. Linear in the
/// text.
///
/// ```
/// let text = "They don't know.";
/// let found = pullquote::tokens(text);
/// let words: Vec<&str> = found.rows().iter().map(|token| token.span.of(text)).collect();
/// assert_eq!(words, ["They", "do", "n't", "know", "."]);
/// ```
pub fn tokens(text: &str) -> tokens::Tokens {
    let text = pipeline::readable(text);
    tokens::split(text, &sentences(text))
}
