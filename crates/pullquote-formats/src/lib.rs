//! How documents come in and how results go out.
//!
//! [`input`] turns files, folders and standard input into articles; [`output`] turns documents into
//! JSON, CSV and tables for people; [`html`] shows one as a page. Nothing here starts a thread or
//! knows the command line; the program and the Python package share all of it.

mod error;
pub mod html;
pub mod input;
pub mod output;
pub mod packed;
pub mod stats;

pub use error::{InputError, Notice, Place, Position, Problem};
