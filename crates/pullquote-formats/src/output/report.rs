//! What is wanted of documents, in what form, and the bytes of it.
//!
//! In: a [`Report`] and a document, or a [`SentenceReport`] and a piece of a text's sentences. Out:
//! what it comes to, added to a [`Part`].
//!
//! Invariant: a document's bytes depend on nothing but the document, its kept fields and the report.

use super::cells::Cell;
use super::lines::{csv_line, pairs};
use super::rows::{self, Row};
use super::sentences::{Piece, Pieces};
use super::{Table, brat, columns, table};
use crate::html;
use pullquote::{Document, OffsetUnit, RecordOptions};
use std::borrow::Cow;
use std::iter;
use std::sync::Arc;

/// What is written of each document, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// Its schema-1 record.
    Records {
        /// One array of all records instead of one record a line.
        array: bool,
        /// Unit and text.
        options: RecordOptions,
        /// The names of the kept fields, which come in an object `kept`.
        keep: Vec<String>,
    },
    /// One row of a file of columns, which holds its tables as lists.
    Nested {
        /// Which kind of file.
        file: ColumnFile,
        /// Unit and text.
        options: RecordOptions,
        /// The names of the kept fields, which come as columns after the document's own.
        keep: Vec<String>,
    },
    /// One table of it.
    Rows {
        /// Which table.
        table: Table,
        /// In what form.
        format: RowFormat,
        /// The unit of positions.
        offsets: OffsetUnit,
        /// The names of the kept fields, which come as columns after the table's own.
        keep: Vec<String>,
    },
    /// A page to read.
    Page {
        /// The page's title.
        title: String,
    },
    /// A page for each document in a folder, and an index of them.
    Pages,
    /// Text and brat standoff, two files for each document in a folder.
    Brat,
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// For people, with ANSI colours, wrapped to this many columns.
    Table {
        /// The terminal's width.
        width: usize,
    },
    /// One JSON object a line.
    Jsonl,
    /// One JSON array.
    Json,
    /// Comma-separated values, one header line.
    Csv,
    /// A file of columns.
    Columns(ColumnFile),
}

/// Files that hold columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnFile {
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow's own, also called Feather.
    Arrow,
}

/// What the documents of one block, or a piece of one's sentences, came to.
#[derive(Debug, Default)]
pub struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) columns: columns::Columns,
    /// The files of each document, where each has its own.
    pub(super) files: Vec<OwnFiles>,
    /// Whether the bytes go on with a table for people that an earlier part began.
    pub(super) goes_on: bool,
}

/// The files of one document.
#[derive(Debug)]
pub(super) struct OwnFiles {
    /// What they are called, without their endings, unless another document is called so.
    pub(super) name: String,
    /// The ending and the content of each.
    pub(super) files: Vec<(&'static str, String)>,
    /// The document's line in the folder's index, from behind the files' name.
    pub(super) line: String,
}

/// What parts two elements of a JSON array.
const ELEMENT: &str = ",\n";

impl Report {
    /// Adds what is wanted of `doc` to `part`; `keep` are its kept fields, as JSON. Linear in the
    /// document.
    pub fn write(&self, doc: &Document, keep: &[Cow<'_, str>], part: &mut Part) {
        let out = &mut part.bytes;
        match self {
            Self::Records { array, options, keep: names } => {
                element(*array, out, |out| {
                    out.extend_from_slice(doc.to_json(*options).as_bytes());
                    if !names.is_empty() && out.pop().is_some() {
                        out.extend_from_slice(b",\"kept\":{");
                        pairs(kept(names, keep), out);
                        out.extend_from_slice(b"}}");
                    }
                });
            }
            Self::Nested { options, keep: names, .. } => {
                let kept = kept(names, keep).map(|(_, cell)| cell);
                part.columns.nested(doc, *options, kept);
            }
            Self::Rows { table, format: RowFormat::Table { width }, offsets, .. } => match table {
                Table::Quotes => table::quotes(doc, *width, out),
                Table::Actors => table::people(doc, *width, out),
                Table::Entities => table::entities(doc, *offsets, *width, out),
                Table::Sentences => {
                    let (name, rows) = (doc.id().unwrap_or("-"), rows::sentences(doc, *offsets));
                    table::sentences(name, true, rows, *width, out);
                }
                Table::Documents => table::document(doc, *width, out),
            },
            Self::Rows { table, format, offsets, keep: names } => {
                table.rows(doc, *offsets, &mut |cells| {
                    row(*table, cells, kept(names, keep), *format, part);
                });
            }
            Self::Page { .. } => html::article(doc, out),
            Self::Pages => {
                let (files, line) = (vec![("html", html::own_page(doc))], html::index_line(doc));
                part.files.push(OwnFiles { name: file_name(doc), files, line });
            }
            Self::Brat => {
                let annotations = ("ann", brat::annotations(doc));
                let files = vec![("txt", doc.text().to_owned()), annotations];
                part.files.push(OwnFiles { name: file_name(doc), files, line: String::new() });
            }
        }
    }

    /// The sentences of the documents, when they are all that is wanted: no document needs to be
    /// parsed for them.
    pub fn sentences(&self) -> Option<SentenceReport<'_>> {
        match self {
            Self::Rows { table: Table::Sentences, format, offsets, keep } => {
                Some(SentenceReport { format: *format, offsets: *offsets, keep })
            }
            _ => None,
        }
    }

    /// Whether the row of a whole document has a column with this name of its own.
    pub fn has_column(name: &str) -> bool {
        let about = rows::ABOUT.iter().map(|column| column.name);
        let lists = columns::LISTS.map(Table::name);
        about.chain([rows::TEXT]).chain(lists).any(|own| own == name)
    }

    /// Whether each document has files of its own, which only a folder takes.
    pub fn is_folder(&self) -> bool {
        matches!(self, Self::Pages | Self::Brat)
    }

    /// What stands around the documents.
    pub(super) fn frame(&self) -> Frame {
        match self {
            Self::Records { array: true, .. } | Self::Rows { format: RowFormat::Json, .. } => {
                Frame::new("[\n", ELEMENT, "\n]\n")
            }
            Self::Records { .. } | Self::Rows { format: RowFormat::Jsonl, .. } => {
                Frame::new("", "", "")
            }
            Self::Rows { format: RowFormat::Table { .. }, .. } => Frame::new("", "\n", ""),
            Self::Rows { format: RowFormat::Csv, table, keep, .. } => {
                let columns = table.columns().iter().map(|column| column.name.into());
                let mut head = Vec::new();
                csv_line(columns.chain(keep.iter().map(|name| name.as_str().into())), &mut head);
                Frame { head, between: "", tail: "" }
            }
            Self::Rows { format: RowFormat::Columns(_), .. }
            | Self::Nested { .. }
            | Self::Pages
            | Self::Brat => Frame::new("", "", ""),
            Self::Page { title } => Frame::new(&html::page_head(title), "", html::PAGE_TAIL),
        }
    }
}

/// A document's name as a file's: letters, digits and some signs stay.
fn file_name(doc: &Document) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let name: String = doc.id().unwrap_or_default().chars().map(plain).take(100).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}

/// Sentences, in what form; they are written a [`Piece`] at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceReport<'a> {
    format: RowFormat,
    offsets: OffsetUnit,
    keep: &'a [String],
}

impl SentenceReport<'_> {
    /// What cuts the text named `document` into pieces.
    pub fn pieces(&self, document: Arc<str>) -> Pieces {
        Pieces::new(document, self.offsets)
    }

    /// Adds a piece to `part`; `keep` are its document's kept fields, as JSON. Linear in the piece.
    pub fn write(&self, piece: &Piece, keep: &[Cow<'_, str>], part: &mut Part) {
        if let RowFormat::Table { width } = self.format {
            part.goes_on |= part.bytes.is_empty() && !piece.is_first();
            let (name, first) = (piece.document(), piece.is_first());
            table::sentences(name, first, piece.rows(), width, &mut part.bytes);
            return;
        }
        for sentence in piece.rows() {
            let kept = kept(self.keep, keep);
            row(Table::Sentences, sentence.cells(), kept, self.format, part);
        }
    }
}

/// What stands around the documents of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Before the first.
    pub(super) head: Vec<u8>,
    /// Between two parts that hold anything.
    pub(super) between: &'static str,
    /// After the last.
    pub(super) tail: &'static str,
}

impl Frame {
    fn new(head: &str, between: &'static str, tail: &'static str) -> Self {
        Self { head: head.into(), between, tail }
    }
}

/// The kept fields with their names; an input without fields has no value for them.
fn kept<'a>(
    names: &'a [String],
    keep: &'a [Cow<'_, str>],
) -> impl Iterator<Item = (&'a str, Cell<'a>)> {
    let values = keep.iter().map(|json| Cell::Json(json));
    names.iter().map(String::as_str).zip(values.chain(iter::repeat(Cell::None)))
}

/// Adds one row, its own cells and the kept ones, in a form for programs.
fn row<'a>(
    table: Table,
    cells: Vec<Cell<'a>>,
    kept: impl Iterator<Item = (&'a str, Cell<'a>)>,
    format: RowFormat,
    part: &mut Part,
) {
    let columns = table.columns().iter().map(|column| column.name);
    let named = columns.zip(cells).chain(kept);
    match format {
        RowFormat::Columns(_) => part.columns.row(table, named.map(|(_, cell)| cell)),
        RowFormat::Csv => csv_line(named.map(|(_, cell)| cell), &mut part.bytes),
        // A table for people has lines of its own.
        RowFormat::Table { .. } | RowFormat::Jsonl | RowFormat::Json => {
            element(format == RowFormat::Json, &mut part.bytes, |out| {
                out.push(b'{');
                pairs(named, out);
                out.push(b'}');
            });
        }
    }
}

/// Appends one JSON value as an element of an array or as a line.
fn element(array: bool, out: &mut Vec<u8>, value: impl FnOnce(&mut Vec<u8>)) {
    if array && !out.is_empty() {
        out.extend_from_slice(ELEMENT.as_bytes());
    }
    value(out);
    if !array {
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::{Article, Parser};

    #[test]
    fn names_of_files_lead_nowhere_else() {
        let parser = Parser::new();
        let name = |id| file_name(&parser.parse(Article { id: Some(id), ..Article::default() }));
        assert_eq!(name("../a b/ü.txt:7"), "_a_b_ü.txt_7");
        assert_eq!(name("..."), "document");
    }
}
