//! Documents to bytes.
//!
//! In: a [`Document`] and a [`Report`], which says what is wanted in what form. Out: bytes appended
//! to a buffer. A whole output is the report's [`Frame::head`], what each document wrote with
//! [`Frame::between`] between two that wrote anything, and [`Frame::tail`]; buffers of several
//! documents may be filled apart and joined later in order.
//!
//! Invariant: a document's bytes depend on nothing but the document and the report.

mod frame;
pub(crate) mod rows;
mod sentences;
mod table;

pub use frame::{DataFrame, FrameTable};
pub use sentences::{Piece, Pieces};

use crate::html;
use pullquote::{Document, OffsetUnit, Record, RecordOptions};
use rows::{EntityRow, PersonRow, QuoteRow, Row, SentenceRow};

/// What is written of each document, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// Its schema-1 record.
    Records {
        /// One array of all records instead of one record a line.
        array: bool,
        /// Unit and text.
        options: RecordOptions,
    },
    /// One table of it.
    Rows {
        /// Which table.
        table: Table,
        /// In what form.
        format: RowFormat,
        /// The unit of positions.
        offsets: OffsetUnit,
    },
    /// A page to read.
    Page {
        /// The page's title.
        title: String,
    },
}

/// The tables that a document can be flattened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A row for each attribution.
    Quotes,
    /// A row for each person, organisation and place.
    People,
    /// A row for each entity.
    Entities,
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
}

impl RowFormat {
    /// What stands around documents whose rows have these columns.
    fn frame(self, columns: &[&str]) -> Frame {
        match self {
            Self::Table { .. } => Frame::new("", "\n", ""),
            Self::Jsonl => Frame::lines(),
            Self::Json => Frame::array(),
            Self::Csv => Frame::new(columns.join(",") + "\n", "", ""),
        }
    }
}

/// Sentences, in what form. They are written a [`Piece`] at a time, with no document parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceReport {
    /// In what form.
    pub format: RowFormat,
    /// The unit of positions.
    pub offsets: OffsetUnit,
}

impl SentenceReport {
    /// What stands around the texts.
    pub fn frame(&self) -> Frame {
        self.format.frame(SentenceRow::COLUMNS)
    }

    /// What stands before a piece when something was written before it.
    pub fn before(&self, piece: &Piece) -> &'static str {
        match self.format {
            RowFormat::Table { .. } if !piece.is_first() => "",
            _ => self.frame().between,
        }
    }

    /// Appends a piece, with what stands before it when the buffer is not empty. Linear in it.
    pub fn write(&self, piece: &Piece, out: &mut Vec<u8>) {
        match self.format {
            RowFormat::Table { width } => table::sentences(piece, width, out),
            format => flat(piece.rows(), format, out),
        }
    }
}

/// What stands around the documents of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Before the first.
    pub head: String,
    /// Between two that wrote anything.
    pub between: &'static str,
    /// After the last.
    pub tail: &'static str,
}

impl Frame {
    fn new(head: impl Into<String>, between: &'static str, tail: &'static str) -> Self {
        Self { head: head.into(), between, tail }
    }

    fn array() -> Self {
        Self::new("[\n", ELEMENT, "\n]\n")
    }

    fn lines() -> Self {
        Self::new("", "", "")
    }
}

/// What parts two elements of a JSON array.
const ELEMENT: &str = ",\n";

impl Report {
    /// What stands around the documents.
    pub fn frame(&self) -> Frame {
        match self {
            Self::Records { array: true, .. } => Frame::array(),
            Self::Records { array: false, .. } => Frame::lines(),
            Self::Rows { format, table, .. } => format.frame(match table {
                Table::Quotes => QuoteRow::COLUMNS,
                Table::People => PersonRow::COLUMNS,
                Table::Entities => EntityRow::COLUMNS,
            }),
            Self::Page { title } => Frame::new(html::page_head(title), "", html::PAGE_TAIL),
        }
    }

    /// Appends what is wanted of `doc`, with the frame's `between` before it when the buffer is not
    /// empty. Linear in the document.
    pub fn write(&self, doc: &Document, out: &mut Vec<u8>) {
        match self {
            Self::Records { array, options } => json(&Record::new(doc, *options), *array, out),
            Self::Rows { table, format: RowFormat::Table { width }, offsets } => match table {
                Table::Quotes => table::quotes(doc, *width, out),
                Table::People => table::people(doc, *width, out),
                Table::Entities => table::entities(doc, *offsets, *width, out),
            },
            Self::Rows { table, format, offsets } => match table {
                Table::Quotes => flat(rows::quotes(doc, *offsets), *format, out),
                Table::People => flat(rows::people(doc), *format, out),
                Table::Entities => flat(rows::entities(doc, *offsets), *format, out),
            },
            Self::Page { .. } => html::article(doc, out),
        }
    }
}

/// Appends rows for programs.
fn flat<R: Row>(rows: impl Iterator<Item = R>, format: RowFormat, out: &mut Vec<u8>) {
    if format == RowFormat::Csv {
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
        for row in rows {
            // Rows are flat and memory takes all that is written: nothing here can fail.
            let _ = writer.serialize(row);
        }
        let _ = writer.flush();
    } else {
        for row in rows {
            json(&row, format == RowFormat::Json, out);
        }
    }
}

/// Appends one JSON value as an element of an array or as a line.
fn json(value: &impl serde::Serialize, array: bool, out: &mut Vec<u8>) {
    if array && !out.is_empty() {
        out.extend_from_slice(ELEMENT.as_bytes());
    }
    // Writing to memory fails only for maps with keys that are not strings; there are none.
    let _ = serde_json::to_writer(&mut *out, value);
    if !array {
        out.push(b'\n');
    }
}
