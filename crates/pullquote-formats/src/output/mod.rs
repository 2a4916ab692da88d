//! Documents to bytes.
//!
//! In: a [`Document`] and a [`Report`], which says what is wanted in what form. Out: a [`Part`] for
//! the documents of one block, which may be made on any thread, and a [`Writer`], which takes the
//! parts in order and makes one whole output of them.
//!
//! Invariant: a document's bytes depend on nothing but the document, its kept fields and the report.

mod brat;
mod cells;
mod parquet;
pub(crate) mod rows;
mod table;
mod writer;

pub use writer::{Writer, folder, writer};

use crate::html;
use cells::{Cell, Column, csv_line, pairs};
use pullquote::{Document, OffsetUnit, Record, RecordOptions};
use rows::{DocumentRow, EntityRow, PersonRow, QuoteRow, Row, SentenceRow};
use std::borrow::Cow;

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
    /// Text and brat standoff, two files for each document in a folder.
    Brat,
}

/// The tables that a document can be flattened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A row for each attribution.
    Quotes,
    /// A row for each person, organisation and place.
    Actors,
    /// A row for each entity.
    Entities,
    /// A row for each sentence.
    Sentences,
    /// A row for each document.
    Documents,
}

impl Table {
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Quotes => QuoteRow::COLUMNS,
            Self::Actors => PersonRow::COLUMNS,
            Self::Entities => EntityRow::COLUMNS,
            Self::Sentences => SentenceRow::COLUMNS,
            Self::Documents => DocumentRow::COLUMNS,
        }
    }

    /// Whether the table has a column with this name of its own.
    pub fn has_column(self, name: &str) -> bool {
        self.columns().iter().any(|column| column.name == name)
    }

    /// Hands the cells of each row to `each`.
    fn rows<'a>(self, doc: &'a Document, unit: OffsetUnit, each: &mut dyn FnMut(Vec<Cell<'a>>)) {
        match self {
            Self::Quotes => rows::quotes(doc, unit).for_each(|row| each(row.cells())),
            Self::Actors => rows::people(doc).for_each(|row| each(row.cells())),
            Self::Entities => rows::entities(doc, unit).for_each(|row| each(row.cells())),
            Self::Sentences => rows::sentences(doc, unit).for_each(|row| each(row.cells())),
            Self::Documents => each(rows::document(doc).cells()),
        }
    }
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
    /// A Parquet file.
    Parquet,
}

/// What the documents of one block came to.
#[derive(Debug, Default)]
pub struct Part {
    bytes: Vec<u8>,
    columns: parquet::Columns,
    /// The name, the text and the annotations of each document.
    files: Vec<[String; 3]>,
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
                    // Writing to memory fails only for maps with keys that are not strings.
                    let _ = serde_json::to_writer(&mut *out, &Record::new(doc, *options));
                    if !names.is_empty() && out.pop().is_some() {
                        out.extend_from_slice(b",\"kept\":{");
                        pairs(kept(names, keep), out);
                        out.extend_from_slice(b"}}");
                    }
                });
            }
            Self::Rows { table, format: RowFormat::Table { width }, offsets, .. } => match table {
                Table::Quotes => table::quotes(doc, *width, out),
                Table::Actors => table::people(doc, *width, out),
                Table::Entities => table::entities(doc, *offsets, *width, out),
                Table::Sentences => table::sentences(doc, *offsets, *width, out),
                Table::Documents => table::document(doc, *width, out),
            },
            Self::Rows { table, format: RowFormat::Csv, offsets, keep: names } => {
                table.rows(doc, *offsets, &mut |cells| {
                    csv_line(cells.into_iter().chain(kept(names, keep).map(|(_, cell)| cell)), out);
                });
            }
            Self::Rows { table, format: RowFormat::Parquet, offsets, keep: names } => {
                table.rows(doc, *offsets, &mut |cells| {
                    let cells = cells.into_iter().chain(kept(names, keep).map(|(_, cell)| cell));
                    part.columns.row(*table, cells);
                });
            }
            Self::Rows { table, format, offsets, keep: names } => {
                let array = *format == RowFormat::Json;
                table.rows(doc, *offsets, &mut |cells| {
                    element(array, out, |out| {
                        let columns = table.columns().iter().map(|column| column.name);
                        out.push(b'{');
                        pairs(columns.zip(cells).chain(kept(names, keep)), out);
                        out.push(b'}');
                    });
                });
            }
            Self::Page { .. } => html::article(doc, out),
            Self::Brat => {
                let name = brat::file_name(doc.id().unwrap_or_default());
                part.files.push([name, doc.text().to_owned(), brat::annotations(doc)]);
            }
        }
    }

    /// What stands around the documents.
    fn frame(&self) -> Frame {
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
            Self::Rows { format: RowFormat::Parquet, .. } | Self::Brat => Frame::new("", "", ""),
            Self::Page { title } => Frame::new(&html::page_head(title), "", html::PAGE_TAIL),
        }
    }
}

/// What stands around the documents of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Frame {
    /// Before the first.
    head: Vec<u8>,
    /// Between two parts that hold anything.
    between: &'static str,
    /// After the last.
    tail: &'static str,
}

impl Frame {
    fn new(head: &str, between: &'static str, tail: &'static str) -> Self {
        Self { head: head.into(), between, tail }
    }
}

/// The kept fields with their names.
fn kept<'a>(
    names: &'a [String],
    keep: &'a [Cow<'_, str>],
) -> impl Iterator<Item = (&'a str, Cell<'a>)> {
    names.iter().map(String::as_str).zip(keep.iter().map(|json| Cell::Json(json)))
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
