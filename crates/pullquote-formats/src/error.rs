//! What can be wrong with an input, in words for the person who gave it.
//!
//! Every message is one line: the file, the line or record where there is one, what is wrong, and
//! what to do about it. None ends the run; the reader goes on with the next record or file.

use std::fmt;
use std::io;
use std::sync::Arc;

/// A file, or one record of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as its user named it, `-` for standard input.
    pub name: Arc<str>,
    /// Where in the file; `None` for the file as a whole.
    pub at: Option<Position>,
}

/// A record's place in its file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The line on which it begins.
    Line(u64),
    /// Its number, where lines mean nothing.
    Record(u64),
}

impl Place {
    /// The file as a whole.
    pub(crate) fn whole(name: &Arc<str>) -> Self {
        Self { name: Arc::clone(name), at: None }
    }

    /// The record that begins on this line.
    pub(crate) fn line(name: &Arc<str>, line: u64) -> Self {
        Self { name: Arc::clone(name), at: Some(Position::Line(line)) }
    }

    /// The record with this number.
    pub(crate) fn record(name: &Arc<str>, record: u64) -> Self {
        Self { name: Arc::clone(name), at: Some(Position::Record(record)) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(Position::Line(line)) => write!(f, "{}:{line}", self.name),
            Some(Position::Record(record)) => write!(f, "{}#{record}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Why a file or a record gave no document.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct InputError {
    /// Which one.
    pub place: Place,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

impl InputError {
    pub(crate) fn new(place: Place, problem: Problem) -> Self {
        Self { place, problem }
    }
}

/// What is wrong with a file or a record, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The path names nothing.
    #[error("no such file or folder; check the path")]
    Missing,
    /// The system refused to read it.
    #[error("cannot be read ({0}); check the file and its permissions")]
    Unreadable(io::Error),
    /// Compressed bytes that do not unpack to their end.
    #[error("is damaged or cut off ({0}); at most what came before was read, fetch the file again")]
    Damaged(io::Error),
    /// A folder without anything to read.
    #[error("holds no {} file; name the files themselves", endings(*.0))]
    NoInputs(Option<&'static [&'static str]>),
    /// A file whose reader must jump about in it, compressed or on standard input.
    #[error("can be read from an uncompressed file only; write it to one first")]
    Unseekable,
    /// A result that is no schema-1 record; its id.
    #[error("{0} is no record; give what `pullquote parse` wrote as jsonl")]
    NoRecord(String),
    /// A page without an article.
    #[error("holds no article that could be told from the rest of the page; give its text")]
    NoArticle,
    /// A page that the extraction cannot cope with.
    #[error("is built in a way that cannot be read as an article; give its text")]
    Page,
    /// Bytes where a record of a web archive should begin or go on.
    #[error("is not a WARC record; reading goes on at the next one, fetch the file again")]
    Warc,
    /// A record of a web archive that ends before its length.
    #[error("is cut off; what came before was read, fetch the file again")]
    CutRecord,
    /// A table that cannot be read, or not to its end.
    #[error("cannot be read as a table ({0}); write the file anew")]
    Table(String),
    /// Records in an encoding whose line ends are not single bytes.
    #[error("is UTF-16; convert it to UTF-8 first")]
    Utf16,
    /// A record longer than memory should have to hold.
    #[error("is longer than {} MiB; split it", .0 >> 20)]
    TooLong(usize),
    /// A record that is not a JSON object.
    #[error("not a JSON object ({reason}); write {wanted}")]
    Json {
        /// The JSON reader's words.
        reason: String,
        /// How records must be written.
        wanted: &'static str,
    },
    /// A CSV record whose quotation marks do not pair.
    #[error("a quoted field is not closed; double the quotation marks inside it")]
    OpenQuote,
    /// A CSV record with more or fewer fields than the header.
    #[error("has {found} fields where the header has {wanted}; quote fields that hold separators")]
    Ragged {
        /// How many it has.
        found: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// A table without the column that holds the text.
    #[error(
        "has no column `{wanted}`, only {found}; name the column with the text by --text-field"
    )]
    NoColumn {
        /// The column looked for.
        wanted: String,
        /// The columns there are.
        found: String,
    },
    /// A record without the field that holds the text.
    #[error("has no field `{0}`; name the field with the text by --text-field")]
    NoText(String),
    /// A field that holds something else than it should.
    #[error("field `{field}` is {found}; it must be {wanted}")]
    WrongType {
        /// Which field.
        field: String,
        /// What it holds.
        found: &'static str,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A date that is none.
    #[error("{0}")]
    Date(pullquote::Error),
}

/// The endings of files looked for; those of all layouts are too many to tell.
fn endings(wanted: Option<&[&str]>) -> String {
    let Some(wanted) = wanted else { return "readable".to_owned() };
    wanted.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" or ")
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
