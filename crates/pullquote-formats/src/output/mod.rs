//! Documents to bytes.
//!
//! In: a [`Document`] and a [`Report`], which says what is wanted in what form. Out: bytes appended
//! to a buffer. A whole output is the report's [`Frame::head`], what each document wrote with
//! [`Frame::between`] between two that wrote anything, and [`Frame::tail`]; buffers of several
//! documents may be filled apart and joined later in order.
//!
//! Invariant: a document's bytes depend on nothing but the document and the report.

use pullquote::{Document, Record, RecordOptions};

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

/// The frame of a JSON array, or of lines.
fn frame(array: bool) -> Frame {
    let [head, between, tail] = if array { ["[\n", ",\n", "\n]\n"] } else { ["", "", ""] };
    Frame { head: head.to_owned(), between, tail }
}

impl Report {
    /// What stands around the documents.
    pub fn frame(&self) -> Frame {
        match self {
            Self::Records { array, .. } => frame(*array),
        }
    }

    /// Appends what is wanted of `doc`, with the frame's `between` before it when the buffer is not
    /// empty. Linear in the document.
    pub fn write(&self, doc: &Document, out: &mut Vec<u8>) {
        match self {
            Self::Records { array, options } => json(&Record::new(doc, *options), *array, out),
        }
    }
}

/// Appends one JSON value as an element of an array or as a line.
fn json(value: &impl serde::Serialize, array: bool, out: &mut Vec<u8>) {
    if array && !out.is_empty() {
        out.extend_from_slice(b",\n");
    }
    // Writing to memory fails only for maps with keys that are not strings; there are none.
    let _ = serde_json::to_writer(&mut *out, value);
    if !array {
        out.push(b'\n');
    }
}
