//! What can be wrong with an option.
//!
//! Parsing cannot fail; what can is reading an option from text, and a model of one's own, which
//! has a [`ModelError`](crate::model::ModelError). Each message says what was wrong with the value
//! and what would be right, so that a program can print it as it is.

/// What can go wrong before a text is parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A document date that is not a calendar date.
    #[error("`{0}` is not a date; write it as YYYY-MM-DD, for example 2026-03-14")]
    Date(String),
    /// The name of an offset unit that does not exist.
    #[error("`{0}` is not an offset unit; use chars, bytes or utf16")]
    OffsetUnit(String),
}
