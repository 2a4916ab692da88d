//! Files, folders and standard input to articles.
//!
//! In: paths and how to read them. Out: [`Event`]s in the order of the paths, each a [`Block`] of
//! bytes that holds whole documents, or word of something wrong. The caller turns a block into
//! [`Draft`]s, on another thread if it likes: cutting is cheap and sequential, reading JSON is not.
//!
//! Algorithm: a text file is one block, or comes in [`Part`]s when those are asked for. A JSONL file is cut at the last line end of what one read
//! gave, so that a slow pipe's lines go on as they come and memory stays at one read, or at the
//! longest line if that is longer. A folder is walked depth first, names sorted, so that the order
//! never depends on the file system.
//!
//! Invariant: each document of each input is in exactly one block. Cost: linear in the bytes.
//! Not attempted: compressed files. The encoding of a JSONL file that is not UTF-8 is guessed from
//! the first block that shows it, lest the whole file be read before its first line goes on.

mod encoding;
mod files;
mod jsonl;
mod parts;

pub use files::read;
pub use jsonl::Fields;
pub use parts::Part;

use crate::error::{InputError, Notice, Place};
use encoding::Charset;
use pullquote::{Article, Date, Error};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

/// How an input's bytes are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// One article, nothing else.
    Text,
    /// One JSON object on each line.
    Jsonl,
}

/// Where documents are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, or a folder with everything in it.
    Path(PathBuf),
}

/// How inputs are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputOptions {
    /// The layout of every input; without it a file's ending tells, and anything but `.jsonl` is
    /// text. In a folder, only files with the layout's ending are read.
    pub format: Option<InputFormat>,
    /// The names of the JSON fields.
    pub fields: Fields,
    /// The date of documents that bring none.
    pub date: Option<Date>,
    /// A file that is being written meanwhile, in its canonical form; left out of folders.
    pub output: Option<PathBuf>,
    /// Whether a text comes as [`Event::Part`]s, in bounded memory, instead of as a block.
    pub in_parts: bool,
}

/// What reading inputs comes upon.
#[derive(Debug)]
pub enum Event {
    /// Documents.
    Block(Block),
    /// A part of a text; the parts of one text follow one another.
    Part(Part),
    /// Something worth telling.
    Notice(Notice),
    /// Something that gave no document.
    Error(InputError),
}

/// Bytes that hold whole documents, undecoded.
#[derive(Debug)]
pub struct Block {
    name: Arc<str>,
    charset: Charset,
    bytes: Vec<u8>,
    content: Content,
}

/// What a block's bytes are.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// One text, a whole file.
    Text,
    /// Lines of JSON.
    Lines {
        /// The number of the first one.
        first: u64,
    },
}

/// A document as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft<'a> {
    /// The article.
    pub text: Cow<'a, str>,
    /// Its name: the id field, the file's stem, or the file and line.
    pub id: Cow<'a, str>,
    /// Its title.
    pub title: Option<Cow<'a, str>>,
    /// Its publication date.
    pub date: Option<Date>,
}

impl Draft<'_> {
    /// The draft as what the parser takes.
    pub fn article(&self) -> Article<'_> {
        Article {
            text: &self.text,
            id: Some(&self.id),
            title: self.title.as_deref(),
            date: self.date,
        }
    }
}

impl Block {
    /// Decodes the documents one after another and hands each, or what is wrong with it, to `each`.
    /// Blank lines hold no document. Linear in the bytes.
    pub fn read(
        &self,
        options: &InputOptions,
        mut each: impl FnMut(Result<Draft<'_>, InputError>),
    ) {
        match self.content {
            Content::Text => {
                let (text, id) = (self.charset.decode(&self.bytes), files::stem(&self.name).into());
                each(Ok(Draft { text, id, title: None, date: options.date }));
            }
            Content::Lines { first } => {
                for (line, number) in lines(&self.bytes).zip(first..) {
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    let place = || Place { name: Arc::clone(&self.name), line: Some(number) };
                    // Lines of one file may differ: only those that are not UTF-8 are decoded.
                    let line = match std::str::from_utf8(line) {
                        Ok(line) => Cow::Borrowed(line),
                        Err(_) => self.charset.decode(line),
                    };
                    each(
                        jsonl::read(&line, &options.fields, place)
                            .map(|draft| Draft { date: draft.date.or(options.date), ..draft }),
                    );
                }
            }
        }
    }
}

/// The lines, without their ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]).map(move |end| {
        let line = bytes.get(start..end).unwrap_or_default();
        start = end + 1;
        line
    })
}

/// Reads a publication date: an ISO date, perhaps with a time behind it, which is left out.
///
/// # Errors
///
/// [`Error::Date`] when the text does not start with a calendar date.
pub fn parse_date(text: &str) -> Result<Date, Error> {
    let wrong = || Error::Date(text.to_owned());
    let trimmed = text.trim();
    let date = match trimmed.split_once(['T', 't', ' ']) {
        Some((date, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => date,
        _ => trimmed,
    };
    // Only the extended form: "20260314" is as likely a number of something.
    let extended = date.len() == 10;
    if extended { date.parse().map_err(|_| wrong()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_carry_a_time() {
        for good in ["2026-03-14", " 2026-03-14", "2026-03-14T23:59:59+02:00", "2026-03-14 08:00"] {
            assert_eq!(parse_date(good).expect(good).to_string(), "2026-03-14");
        }
        for bad in ["", "2026-02-30", "20260314", "14/03/2026", "2026-03-14Tea", "2026-3-14", "Ⅻ"]
        {
            assert_eq!(parse_date(bad), Err(Error::Date(bad.to_owned())));
        }
    }

    #[test]
    fn lines_split_at_every_end() {
        let of = |text: &'static str| lines(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(of("a\nb"), [b"a", b"b"]);
        assert_eq!(of("a\n\n"), [&b"a"[..], b"", b""]);
    }
}
