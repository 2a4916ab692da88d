//! Rows to an Arrow IPC file.
//!
//! In: columns in memory. Out: a file of record batches, with the names, the types and the values of
//! the Parquet file and of the data frames: text of any size, signed 64-bit whole numbers, fractions,
//! and for whole documents lists of structures. Nothing in it is compressed, so that readers can map
//! it into memory.
//!
//! The file is written here and not by the `arrow-ipc` crate, which would make the program a seventh
//! heavier for three types of columns; that crate reads what is written in the tests.
//!
//! Memory: rows are collected to some megabytes and then written as a record batch.

mod flat;

use super::cells::{Column, Kind};
use super::columns::{Cells, Columns, LISTS, Shape, Values, about, in_list};
use super::writer::Writer;
use super::{Part, rows};
use crate::packed::Packed;
use flat::{Field, Node};
use pullquote::OffsetUnit;
use std::io::{self, Write};

/// What a file begins and ends with.
const MAGIC: &[u8; 6] = b"ARROW1";

/// What stands before each message, and alone after the last one.
const NEXT: [u8; 4] = [0xFF; 4];

/// The version of the format, 1.0 and later.
const VERSION: Field = Field::Short(4);

/// Kinds of messages.
const SCHEMA: Field = Field::Byte(1);
const BATCH: Field = Field::Byte(3);

/// An Arrow file under way.
pub(super) struct ArrowFile<'a> {
    out: Packed<Box<dyn Write + Send + 'a>>,
    /// How much was written, in bytes.
    at: usize,
    shape: Shape,
    keep: usize,
    schema: Node,
    /// Where each batch begins, and the lengths of its two parts.
    blocks: Vec<i64>,
    waiting: Columns,
}

impl<'a> ArrowFile<'a> {
    pub(super) fn new(
        shape: Shape,
        offsets: OffsetUnit,
        keep: &[String],
        out: Packed<Box<dyn Write + Send + 'a>>,
    ) -> io::Result<Self> {
        let schema = schema(shape, offsets, keep);
        let (blocks, waiting) = (Vec::new(), Columns::default());
        let mut file = Self { out, at: 0, shape, keep: keep.len(), schema, blocks, waiting };
        file.write(MAGIC)?;
        file.write(&[0; 2])?;
        let header = Field::Node(file.schema.clone());
        file.message(SCHEMA, header, &[])?;
        Ok(file)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len();
        self.out.write_all(bytes)
    }

    /// Writes a message with its data; gives the length of what stands before them.
    fn message(&mut self, kind: Field, header: Field, body: &[Vec<u8>]) -> io::Result<usize> {
        let length = body.iter().map(|buffer| buffer.len().next_multiple_of(8)).sum::<usize>();
        let message = Node::Table(vec![VERSION, kind, header, Field::Long(long(length))]);
        let message = flat::bytes(&message);
        self.write(&NEXT)?;
        self.write(&int(message.len()).to_le_bytes())?;
        self.write(&message)?;
        for buffer in body {
            self.write(buffer)?;
            self.write(zeros(buffer.len()))?;
        }
        Ok(message.len() + 8)
    }

    fn batch(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut columns = waiting.columns.iter();
        let mut body = Body::default();
        let alone = match self.shape {
            Shape::Flat(table) => table.columns().len(),
            Shape::Nested { text } => rows::ABOUT.len() + usize::from(text),
        };
        columns.by_ref().take(alone + self.keep).for_each(|column| body.column(column));
        if let Shape::Nested { .. } = self.shape {
            for table in LISTS {
                let columns: Vec<_> = columns.by_ref().take(in_list(table).len()).collect();
                body.list(&columns);
            }
        }
        let Body { rows, nodes, places, buffers, end } = body;
        let header = Node::Table(vec![
            Field::Long(rows.unwrap_or_default()),
            Field::Node(Node::Structures(2, nodes)),
            Field::Node(Node::Structures(2, places)),
        ]);
        let start = self.at;
        let before = self.message(BATCH, Field::Node(header), &buffers)?;
        self.blocks.extend([long(start), long(before), long(end)]);
        Ok(())
    }
}

/// What the columns are called and hold, and what the file says of itself.
fn schema(shape: Shape, offsets: OffsetUnit, keep: &[String]) -> Node {
    let leaves = |columns: &'static [Column]| columns.iter().map(|one| leaf(one.name, one.kind));
    let kept = keep.iter().map(|name| leaf(name, Kind::Text));
    let fields = match shape {
        Shape::Flat(table) => leaves(table.columns()).chain(kept).collect(),
        Shape::Nested { text } => {
            let text = text.then(|| leaf(rows::TEXT, Kind::Text));
            let lists = LISTS.map(|table| {
                let element = leaves(in_list(table)).collect();
                let element = field("element", false, 13, Vec::new(), element);
                field(table.name(), false, 12, Vec::new(), vec![element])
            });
            leaves(rows::ABOUT).chain(text).chain(kept).chain(lists).collect()
        }
    };
    let text = |text: &str| Field::Node(Node::Text(text.to_owned()));
    let about = about(offsets).map(|(key, value)| Node::Table(vec![text(key), text(&value)]));
    let (fields, about) = (Node::List(fields), Node::List(about.into()));
    Node::Table(vec![Field::None, Field::Node(fields), Field::Node(about)])
}

/// A column that may be empty.
fn leaf(name: &str, kind: Kind) -> Node {
    let (number, about) = match kind {
        Kind::Text => (20, Vec::new()),
        Kind::Whole => (2, vec![Field::Int(64), Field::Byte(1)]),
        Kind::Fraction => (3, vec![Field::Short(2)]),
    };
    field(name, true, number, about, Vec::new())
}

/// A column of the type that has this number in the format, with what else is to be said of the type.
fn field(name: &str, nullable: bool, kind: u8, about: Vec<Field>, children: Vec<Node>) -> Node {
    Node::Table(vec![
        Field::Node(Node::Text(name.to_owned())),
        Field::Byte(nullable.into()),
        Field::Byte(kind),
        Field::Node(Node::Table(about)),
        Field::None,
        Field::Node(Node::List(children)),
    ])
}

/// The data of a record batch.
#[derive(Default)]
struct Body {
    /// How many rows there are.
    rows: Option<i64>,
    /// Of each column, how many places and how many empty ones it has.
    nodes: Vec<i64>,
    /// Where each buffer begins, and its length.
    places: Vec<i64>,
    buffers: Vec<Vec<u8>>,
    end: usize,
}

impl Body {
    fn node(&mut self, length: usize, empty: usize) {
        self.rows.get_or_insert(long(length));
        self.nodes.extend([long(length), long(empty)]);
    }

    fn buffer(&mut self, bytes: Vec<u8>) {
        self.places.extend([long(self.end), long(bytes.len())]);
        self.end += bytes.len().next_multiple_of(8);
        self.buffers.push(bytes);
    }

    /// Adds the cells of a column, those of its lists one after another.
    fn column(&mut self, column: &Values) {
        let there: Vec<bool> = column.there().collect();
        self.node(there.len(), there.iter().filter(|there| !**there).count());
        let mut bits = vec![0_u8; there.len().div_ceil(8)];
        for (byte, cells) in bits.iter_mut().zip(there.chunks(8)) {
            *byte = cells.iter().rev().fold(0, |bits, there| bits << 1 | u8::from(*there));
        }
        self.buffer(bits);
        match &column.cells {
            Cells::Text(cells) => {
                let (mut ends, mut text) = (0_i64.to_le_bytes().to_vec(), Vec::new());
                let mut cells = cells.iter();
                for there in there {
                    if let Some(cell) = there.then(|| cells.next()).flatten() {
                        text.extend_from_slice(cell.data());
                    }
                    ends.extend_from_slice(&long(text.len()).to_le_bytes());
                }
                self.buffer(ends);
                self.buffer(text);
            }
            Cells::Whole(cells) => self.numbers(&there, cells, i64::to_le_bytes),
            Cells::Fraction(cells) => self.numbers(&there, cells, f64::to_le_bytes),
        }
    }

    /// Adds numbers; an empty place holds a zero.
    fn numbers<T: Copy>(&mut self, there: &[bool], cells: &[T], bytes: fn(T) -> [u8; 8]) {
        let mut cells = cells.iter();
        let numbers = there.iter().flat_map(|there| {
            let cell = if *there { cells.next() } else { None };
            cell.map_or([0; 8], |cell| bytes(*cell))
        });
        self.buffer(numbers.collect());
    }

    /// Adds the lists of one table, out of its columns.
    fn list(&mut self, columns: &[&Values]) {
        let lengths = columns.first().map(|column| column.lengths()).unwrap_or_default();
        self.node(lengths.len(), 0);
        let mut end = 0;
        let mut ends = int(0).to_le_bytes().to_vec();
        for length in lengths {
            end += length;
            ends.extend_from_slice(&int(end).to_le_bytes());
        }
        // None of the lists and none of their elements is empty, so no bits say which.
        self.buffer(Vec::new());
        self.buffer(ends);
        self.node(end, 0);
        self.buffer(Vec::new());
        for column in columns {
            self.column(column);
        }
    }
}

/// A length or a place, which fits: memory holds no more.
fn long(number: usize) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A number of rows of a batch, or the length of a header, which fits: a batch is some megabytes.
fn int(number: usize) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

/// What is missing to a multiple of eight.
fn zeros(length: usize) -> &'static [u8] {
    const ZEROS: [u8; 8] = [0; 8];
    ZEROS.get(..length.next_multiple_of(8) - length).unwrap_or_default()
}

impl Writer for ArrowFile<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        self.waiting.append(part.columns);
        if self.waiting.is_group() { self.batch() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.batch()?;
        }
        let (schema, blocks) = (self.schema.clone(), std::mem::take(&mut self.blocks));
        let footer = flat::bytes(&Node::Table(vec![
            VERSION,
            Field::Node(schema),
            Field::None,
            Field::Node(Node::Structures(3, blocks)),
        ]));
        self.write(&NEXT)?;
        self.write(&[0; 4])?;
        self.write(&footer)?;
        self.write(&int(footer.len()).to_le_bytes())?;
        self.write(MAGIC)?;
        self.out.finish()
    }
}
