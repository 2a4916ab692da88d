//! What can be wrong with an input, in words for the person who gave it.
//!
//! Every message is one line: the file, the line where there is one, what is wrong, and what to do
//! about it. None ends the run; the reader goes on with the next line or file.

use std::fmt;
use std::io;
use std::sync::Arc;

/// A file, or one line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as its user named it, `-` for standard input.
    pub name: Arc<str>,
    /// The line, counted from 1; `None` for the file as a whole.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Why a file or a line gave no document.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The path names nothing.
    #[error("{0}: no such file or folder; check the path")]
    Missing(Place),
    /// The system refused to read it.
    #[error("{place}: cannot be read ({source}); check the file and its permissions")]
    Unreadable {
        /// Which file.
        place: Place,
        /// The system's words.
        source: io::Error,
    },
    /// A folder without anything to read.
    #[error("{place}: holds no {wanted} file; name the files themselves")]
    NoInputs {
        /// Which folder.
        place: Place,
        /// The endings looked for.
        wanted: &'static str,
    },
    /// A JSONL file in an encoding whose line ends are not single bytes.
    #[error("{0}: is UTF-16; convert it to UTF-8 first")]
    Utf16(Place),
    /// A line that is not a JSON object.
    #[error("{place}: not a JSON object ({reason}); write one complete object on each line")]
    Json {
        /// Which line.
        place: Place,
        /// The JSON reader's words.
        reason: String,
    },
    /// A line without the field that holds the text.
    #[error("{place}: has no field `{field}`; name the field with the text by --text-field")]
    NoText {
        /// Which line.
        place: Place,
        /// The field looked for.
        field: String,
    },
    /// A field that holds something else than it should.
    #[error("{place}: field `{field}` is {found}; it must be {wanted}")]
    WrongType {
        /// Which line.
        place: Place,
        /// Which field.
        field: String,
        /// What it holds.
        found: &'static str,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A date that is none.
    #[error("{place}: {source}")]
    Date {
        /// Which line.
        place: Place,
        /// What is wrong with it.
        source: pullquote::Error,
    },
}

/// Something the reader did that its user should know; the documents are there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The bytes are in another encoding than UTF-8.
    Decoded {
        /// The file, or the first such line.
        place: Place,
        /// The encoding's name in the WHATWG standard.
        encoding: &'static str,
    },
    /// The bytes are UTF-8 with errors.
    Repaired(Place),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decoded { place, encoding } => {
                write!(f, "{place}: not UTF-8; read as {encoding}")
            }
            Self::Repaired(place) => {
                write!(f, "{place}: not all UTF-8; what is not was read as U+FFFD")
            }
        }
    }
}
