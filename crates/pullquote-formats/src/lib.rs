//! How documents come in and how results go out.
//!
//! With the feature `files`, [`input`] turns files, folders and standard input into articles,
//! `output` turns documents into JSON, CSV, Parquet, brat standoff and tables for people, and
//! [`stats`] counts over results. With the feature `frames`, [`output`] makes Arrow tables for data
//! frames. [`html`] shows a document as a page; [`model`] reads a model of one's own; these need no
//! feature. Nothing here starts a thread or knows the command line.

mod dates;
#[cfg(feature = "files")]
mod error;
pub mod html;
#[cfg(feature = "files")]
pub mod input;
pub mod model;
#[cfg(any(feature = "files", feature = "frames"))]
pub mod output;
#[cfg(feature = "files")]
pub mod packed;
#[cfg(feature = "files")]
pub mod stats;
mod wording;

pub use dates::parse_date;
#[cfg(feature = "files")]
pub use error::{InputError, Notice, Place, Position, Problem};
