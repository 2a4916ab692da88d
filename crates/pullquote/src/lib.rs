//! Reads a news article and pulls out who said what.
//!
//! ```
//! let parser = pullquote::Parser::new();
//! let doc = parser.parse("The bridge opens in May. It is early.");
//! assert_eq!(doc.sentences().len(), 2);
//! ```
//!
//! Text goes in, a [`Document`] comes out: its sentences, tokens, entities, actors and quotations.
//! Every position is a [`Span`] of bytes of the text as given; [`json::Record`] writes the document
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
mod marks;
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
pub use jiff::civil::Date;
pub use json::{Record, RecordOptions};
pub use offsets::OffsetUnit;
pub use pipeline::{Article, Options, Parser};
pub use span::{Span, Spanned};

/// The tokens of a text, without paying for any later stage. Linear in the text.
pub fn tokens(text: &str) -> Vec<tokens::Token> {
    let layout = layout::read(text, None, None);
    tokens::split(text, &sentences::split(text, &layout)).rows().to_vec()
}
