//! Rows to columns: Parquet and Arrow files.
//!
//! In: cells. Out: columns of text, 64-bit whole numbers and fractions, all of which may be empty;
//! whole numbers are signed, since some readers know no others. Kept fields are columns of text.
//!
//! Memory: rows are collected to some thousands, or some megabytes, and then written.

use super::cells::{Cell, Column, Kind};
use super::writer::Writer;
use super::{Part, Table};
use crate::packed::Packed;
use arrow_array::builder::{ArrayBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use pullquote::OffsetUnit;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of one Arrow batch, at least.
const BATCH: usize = 8192;
/// What a row group of Parquet may take while it is collected, in bytes.
const GROUP: usize = 16 << 20;

/// What the columns of a table are called and hold.
pub(super) fn schema(table: Table, offsets: OffsetUnit, keep: &[String]) -> SchemaRef {
    let own = table.columns().iter().map(|Column { name, kind }| match kind {
        Kind::Text => Field::new(*name, DataType::Utf8, true),
        Kind::Whole => Field::new(*name, DataType::Int64, true),
        Kind::Fraction => Field::new(*name, DataType::Float64, true),
    });
    let kept = keep.iter().map(|name| Field::new(name, DataType::Utf8, true));
    let about = [
        ("pullquote.schema", pullquote::json::SCHEMA.to_string()),
        ("pullquote.offsets", offsets.as_str().to_owned()),
    ];
    let fields: Vec<_> = own.chain(kept).collect();
    let about = about.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Arc::new(Schema::new_with_metadata(fields, about))
}

/// Columns under construction.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<Builder>);

#[derive(Debug)]
enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
    Fraction(Float64Builder),
}

impl Columns {
    /// Adds a row; the first one makes the columns.
    pub(super) fn row<'a>(&mut self, table: Table, cells: impl Iterator<Item = Cell<'a>>) {
        let mut kinds = table.columns().iter().map(|column| column.kind);
        for (at, cell) in cells.enumerate() {
            let kind = kinds.next().unwrap_or(Kind::Text);
            if at == self.0.len() {
                self.0.push(match kind {
                    Kind::Text => Builder::Text(StringBuilder::new()),
                    Kind::Whole => Builder::Whole(Int64Builder::new()),
                    Kind::Fraction => Builder::Fraction(Float64Builder::new()),
                });
            }
            match (self.0.get_mut(at), &cell) {
                (Some(Builder::Text(column)), cell) => column.append_option(cell.text()),
                (Some(Builder::Whole(column)), Cell::Whole(number)) => column.append_value(*number),
                (Some(Builder::Whole(column)), _) => column.append_null(),
                (Some(Builder::Fraction(column)), Cell::Fraction(number)) => {
                    column.append_value(*number);
                }
                (Some(Builder::Fraction(column)), _) => column.append_null(),
                (None, _) => {}
            }
        }
    }

    /// The rows; none when there are none.
    fn finish(mut self, schema: &SchemaRef) -> Result<Option<RecordBatch>, ArrowError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let columns = self.0.iter_mut().map(|column| -> ArrayRef {
            match column {
                Builder::Text(column) => ArrayBuilder::finish(column),
                Builder::Whole(column) => ArrayBuilder::finish(column),
                Builder::Fraction(column) => ArrayBuilder::finish(column),
            }
        });
        RecordBatch::try_new(Arc::clone(schema), columns.collect()).map(Some)
    }
}

/// What files go to.
type Out<'a> = Packed<Box<dyn Write + Send + 'a>>;

/// A Parquet file, compressed by Zstandard inside.
pub(super) struct ParquetFile<'a> {
    schema: SchemaRef,
    writer: ArrowWriter<Out<'a>>,
}

impl<'a> ParquetFile<'a> {
    pub(super) fn new(schema: SchemaRef, out: Out<'a>) -> io::Result<Self> {
        let level = ZstdLevel::try_new(3).map_err(of_parquet)?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level));
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties.build()));
        Ok(Self { schema, writer: writer.map_err(of_parquet)? })
    }
}

impl Writer for ParquetFile<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        if let Some(rows) = part.columns.finish(&self.schema).map_err(of_arrow)? {
            self.writer.write(&rows).map_err(of_parquet)?;
            if self.writer.in_progress_size() > GROUP {
                self.writer.flush().map_err(of_parquet)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.finish().map_err(of_parquet)?;
        self.writer.inner_mut().finish()
    }
}

/// An Arrow IPC file.
pub(super) struct ArrowFile<'a> {
    schema: SchemaRef,
    writer: FileWriter<Out<'a>>,
    waiting: Vec<RecordBatch>,
}

impl<'a> ArrowFile<'a> {
    pub(super) fn new(schema: SchemaRef, out: Out<'a>) -> io::Result<Self> {
        let writer = FileWriter::try_new(out, &schema).map_err(of_arrow)?;
        Ok(Self { schema, writer, waiting: Vec::new() })
    }

    fn write(&mut self) -> Result<(), ArrowError> {
        let rows = concat_batches(&self.schema, &self.waiting)?;
        self.waiting.clear();
        self.writer.write(&rows)
    }
}

impl Writer for ArrowFile<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        self.waiting.extend(part.columns.finish(&self.schema).map_err(of_arrow)?);
        if self.waiting.iter().map(RecordBatch::num_rows).sum::<usize>() >= BATCH {
            self.write().map_err(of_arrow)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.write().map_err(of_arrow)?;
        }
        self.writer.finish().map_err(of_arrow)?;
        self.writer.get_mut().finish()
    }
}

/// The system's error where there is one beneath.
fn of_arrow(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        other => io::Error::other(other),
    }
}

fn of_parquet(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        other => io::Error::other(other),
    }
}
