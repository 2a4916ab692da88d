//! Files, folders and standard input to articles.
//!
//! In: paths and how to read them. Out: [`Event`]s in the order of the paths, each a [`Block`] of
//! bytes that holds whole documents, or word of something wrong. The caller turns a block into
//! [`Draft`]s, on another thread if it likes: cutting is cheap and sequential, reading JSON is not.
//!
//! Algorithm: [`walk()`] finds the files; [`read()`] unpacks one and cuts it. A text file is one block, or
//! comes in [`Part`]s when those are asked for; files of records are cut at the last record's end of what one read gave (`cut`).
//!
//! Invariant: each document of each input is in exactly one block. Cost: linear in the bytes;
//! memory is one read or the longest record, of which none may pass [`LONGEST`] but a plain text
//! file. Not attempted: a guess of one encoding for a whole file of records: it is made at the first
//! block that is not UTF-8, lest the whole file be read before its first record goes on.

mod csv;
mod cut;
#[cfg(test)]
mod drip;
mod encoding;
mod fields;
mod footer;
mod jsonl;
mod page;
mod parquet;
mod parts;
mod source;
mod tree;
mod walk;
mod warc;

pub use fields::Fields;
pub use parts::Part;
pub use source::read;
pub use walk::{Found, own_name, walk};

use crate::error::{InputError, Notice, Place, Problem};
use ::parquet::record::Row;
use encoding::Charset;
use pullquote::{Article, Date};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

/// The most that one record of a file of records, or a text that comes compressed, may hold, in
/// bytes. It keeps a broken or hostile file from taking all memory.
pub const LONGEST: usize = 64 << 20;

/// How an input's bytes are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// One article, nothing else.
    Text,
    /// One JSON object on each line.
    Jsonl,
    /// One JSON object, or a list of them.
    Json,
    /// Comma-separated values with a header line.
    Csv,
    /// Tab-separated values with a header line.
    Tsv,
    /// Apache Parquet.
    Parquet,
    /// One HTML page; the article is what remains without menus and the like.
    Html,
    /// A web archive; each HTML page in it that holds an article.
    Warc,
}

impl InputFormat {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Jsonl,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Parquet,
        Self::Html,
        Self::Warc,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Parquet => "parquet",
            Self::Html => "html",
            Self::Warc => "warc",
        }
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Text => "One article a file",
            Self::Jsonl => "One JSON object a line",
            Self::Json => "One JSON object or a list of them",
            Self::Csv => "Comma-separated values with a header line",
            Self::Tsv => "Tab-separated values with a header line",
            Self::Parquet => "Apache Parquet",
            Self::Html => "One HTML page a file",
            Self::Warc => "A web archive of HTML pages",
        }
    }

    /// The endings of files with this layout, in lower case and without their dot.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Jsonl => &["jsonl", "ndjson"],
            Self::Json => &["json"],
            Self::Csv => &["csv"],
            Self::Tsv => &["tsv"],
            Self::Parquet => &["parquet"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Warc => &["warc"],
        }
    }
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
    /// The layout of every input; without it a file's ending tells, and anything unknown is text.
    /// In a folder, only files with the layout's endings are read.
    pub format: Option<InputFormat>,
    /// The names of the fields.
    pub fields: Fields,
    /// The date of documents that bring none.
    pub date: Option<Date>,
    /// Files and folders that are being written meanwhile, in their canonical form; not read where
    /// they lie in a folder that is.
    pub outputs: Vec<PathBuf>,
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
#[derive(Debug)]
enum Content {
    /// One text, a whole file.
    Text,
    /// Lines of JSON; the number of the first one.
    Lines(u64),
    /// One JSON object, with its number in the file.
    Object(u64),
    /// Separated values; the number of the first line.
    Separated(Arc<csv::Header>, u64),
    /// One HTML page, a whole file.
    Page,
    /// One response of a web archive, and no bytes; the record's number.
    Response(warc::Response, u64),
    /// Rows of a table, and no bytes; the number of the first one.
    Rows(Vec<Row>, u64),
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
    /// The kept fields as JSON, in the order of [`Fields::keep`]; `null` for what is missing, and
    /// none at all of a plain text.
    pub keep: Vec<Cow<'a, str>>,
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
        let mut each = |draft: Result<Draft<'_>, InputError>| {
            each(draft.map(|draft| Draft { date: draft.date.or(options.date), ..draft }));
        };
        let fields = &options.fields;
        match &self.content {
            Content::Text => {
                let (text, id) = (self.charset.decode(&self.bytes), walk::stem(&self.name).into());
                each(Ok(Draft { text, id, title: None, date: None, keep: Vec::new() }));
            }
            Content::Lines(first) => {
                for (line, number) in lines(&self.bytes).zip(*first..) {
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    // Lines of one file may differ: only those that are not UTF-8 are decoded.
                    let line = self.decoded(line);
                    let place = || Place::line(&self.name, number);
                    each(jsonl::read(&line, fields, jsonl::ON_LINES, place));
                }
            }
            Content::Object(number) => {
                let place = || Place::record(&self.name, *number);
                let object = self.decoded(&self.bytes);
                each(jsonl::read(&object, fields, jsonl::IN_A_FILE, place));
            }
            Content::Page => {
                let (origin, id) = (page::Origin::default(), walk::stem(&self.name));
                let article = page::read(&self.bytes, &origin, id, &fields.keep);
                let article = article.and_then(|article| article.ok_or(Problem::NoArticle));
                let place = || Place::whole(&self.name);
                each(article.map_err(|problem| InputError::new(place(), problem)));
            }
            // A crawl holds front pages, forms and so on; they are no more in error than pictures.
            Content::Response(response, number) => match response.article(&fields.keep) {
                Ok(None) => {}
                Ok(Some(article)) => each(Ok(article)),
                Err(problem) => {
                    let place = Place::record(&self.name, *number);
                    each(Err(InputError::new(place, problem)));
                }
            },
            Content::Rows(rows, first) => parquet::read(rows, fields, &self.name, *first, each),
            Content::Separated(header, first) => {
                csv::read(&self.bytes, header, self.charset, fields, &self.name, *first, each);
            }
        }
    }

    fn decoded<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => self.charset.decode(bytes),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_split_at_every_end() {
        let of = |text: &'static str| lines(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(of("a\nb"), [b"a", b"b"]);
        assert_eq!(of("a\n\n"), [&b"a"[..], b"", b""]);
    }
}
