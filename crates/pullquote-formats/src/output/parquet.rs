//! Rows to a Parquet file.
//!
//! In: cells. Out: columns of text, 64-bit whole numbers and fractions, all of which may be empty;
//! whole numbers are signed, since some readers know no others. Kept fields are columns of text.
//! Pages are compressed by Zstandard; metadata tells the schema's version and the unit of positions.
//!
//! Memory: rows are collected to some megabytes and then written as a row group.

use super::cells::{Cell, Column, Kind};
use super::writer::Writer;
use super::{Part, Table};
use crate::packed::Packed;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use pullquote::OffsetUnit;
use std::io::{self, Write};
use std::sync::Arc;

/// What the cells of a row group may take before they are written, in bytes.
const GROUP: usize = 16 << 20;

/// Columns under construction.
#[derive(Debug, Default)]
pub(super) struct Columns {
    columns: Vec<Values>,
    bytes: usize,
}

/// The cells of a column, and for each row whether it has one (1) or is empty (0).
#[derive(Debug)]
struct Values {
    cells: Cells,
    there: Vec<i16>,
}

#[derive(Debug)]
enum Cells {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Fraction(Vec<f64>),
}

impl Columns {
    /// Adds a row; the first one makes the columns.
    pub(super) fn row<'a>(&mut self, table: Table, cells: impl Iterator<Item = Cell<'a>>) {
        let mut kinds = table.columns().iter().map(|column| column.kind);
        for (at, cell) in cells.enumerate() {
            let kind = kinds.next().unwrap_or(Kind::Text);
            if at == self.columns.len() {
                let cells = match kind {
                    Kind::Text => Cells::Text(Vec::new()),
                    Kind::Whole => Cells::Whole(Vec::new()),
                    Kind::Fraction => Cells::Fraction(Vec::new()),
                };
                self.columns.push(Values { cells, there: Vec::new() });
            }
            if let Some(column) = self.columns.get_mut(at) {
                self.bytes += column.add(&cell);
            }
        }
    }

    /// Adds the rows of another part.
    fn append(&mut self, other: Self) {
        self.bytes += other.bytes;
        if self.columns.is_empty() {
            self.columns = other.columns;
            return;
        }
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            column.there.extend(more.there);
            match (&mut column.cells, more.cells) {
                (Cells::Text(cells), Cells::Text(more)) => cells.extend(more),
                (Cells::Whole(cells), Cells::Whole(more)) => cells.extend(more),
                (Cells::Fraction(cells), Cells::Fraction(more)) => cells.extend(more),
                // All parts of an output have the same columns.
                _ => {}
            }
        }
    }
}

impl Values {
    /// Adds a cell; gives the bytes that it takes.
    fn add(&mut self, cell: &Cell<'_>) -> usize {
        let mut bytes = 8;
        let there = match (&mut self.cells, cell) {
            (Cells::Text(cells), cell) => cell.text().is_some_and(|text| {
                bytes += text.len() + size_of::<ByteArray>();
                cells.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }),
            (Cells::Whole(cells), Cell::Whole(number)) => {
                cells.push(*number);
                true
            }
            (Cells::Fraction(cells), Cell::Fraction(number)) => {
                cells.push(*number);
                true
            }
            (Cells::Whole(_) | Cells::Fraction(_), _) => false,
        };
        self.there.push(there.into());
        bytes
    }

    fn write(&self, writer: &mut SerializedColumnWriter<'_>) -> Result<usize, ParquetError> {
        let there = Some(self.there.as_slice());
        match &self.cells {
            Cells::Text(cells) => writer.typed::<ByteArrayType>().write_batch(cells, there, None),
            Cells::Whole(cells) => writer.typed::<Int64Type>().write_batch(cells, there, None),
            Cells::Fraction(cells) => writer.typed::<DoubleType>().write_batch(cells, there, None),
        }
    }
}

/// A Parquet file under way.
pub(super) struct ParquetFile<'a> {
    writer: SerializedFileWriter<Packed<Box<dyn Write + Send + 'a>>>,
    waiting: Columns,
}

impl<'a> ParquetFile<'a> {
    pub(super) fn new(
        table: Table,
        offsets: OffsetUnit,
        keep: &[String],
        out: Packed<Box<dyn Write + Send + 'a>>,
    ) -> io::Result<Self> {
        let about = [
            ("pullquote.schema", pullquote::json::SCHEMA.to_string()),
            ("pullquote.offsets", offsets.as_str().to_owned()),
        ];
        let about = about.map(|(key, value)| KeyValue::new(key.to_owned(), value)).to_vec();
        let level = ZstdLevel::try_new(3).map_err(of_parquet)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_key_value_metadata(Some(about))
            .build();
        let schema = schema(table, keep).map_err(of_parquet)?;
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        Ok(Self { writer: writer.map_err(of_parquet)?, waiting: Columns::default() })
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut group = self.writer.next_row_group()?;
        for column in &waiting.columns {
            let Some(mut writer) = group.next_column()? else { break };
            column.write(&mut writer)?;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

/// What the columns of a table are called and hold.
fn schema(table: Table, keep: &[String]) -> Result<Type, ParquetError> {
    let own = table.columns().iter().map(|Column { name, kind }| (*name, *kind));
    let kept = keep.iter().map(|name| (name.as_str(), Kind::Text));
    let fields = own.chain(kept).map(|(name, kind)| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Whole => (Physical::INT64, None),
            Kind::Fraction => (Physical::DOUBLE, None),
        };
        let field = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        field.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    });
    let fields = fields.collect::<Result<_, _>>()?;
    Type::group_type_builder("pullquote").with_fields(fields).build()
}

impl Writer for ParquetFile<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        self.waiting.append(part.columns);
        if self.waiting.bytes > GROUP { self.group().map_err(of_parquet) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if !self.waiting.columns.is_empty() {
            self.group().map_err(of_parquet)?;
        }
        self.writer.finish().map_err(of_parquet)?;
        self.writer.inner_mut().finish()
    }
}

/// The system's error where there is one beneath.
fn of_parquet(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        other => io::Error::other(other),
    }
}
