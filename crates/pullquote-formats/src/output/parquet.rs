//! Rows to a Parquet file.
//!
//! In: columns in memory. Out: columns of text, 64-bit whole numbers and fractions, all of which may
//! be empty; whole numbers are signed, since some readers know no others. Kept fields are columns of
//! text. Of a document there is one row, and in it, under the name of each table, a list of
//! structures with the table's columns. Pages are compressed by Zstandard; metadata tells the
//! schema's version and the unit of positions.
//!
//! Memory: rows are collected to some megabytes and then written as a row group.

use super::cells::{Column, Kind};
use super::columns::{Cells, Columns, LISTS, Shape, Values, about, in_list};
use super::writer::Writer;
use super::{Part, rows};
use crate::packed::Packed;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use pullquote::OffsetUnit;
use std::io::{self, Write};
use std::sync::Arc;

/// A Parquet file under way.
pub(super) struct ParquetFile<'a> {
    writer: SerializedFileWriter<Packed<Box<dyn Write + Send + 'a>>>,
    waiting: Columns,
}

impl<'a> ParquetFile<'a> {
    pub(super) fn new(
        shape: Shape,
        offsets: OffsetUnit,
        keep: &[String],
        out: Packed<Box<dyn Write + Send + 'a>>,
    ) -> io::Result<Self> {
        let about = about(offsets).map(|(key, value)| KeyValue::new(key.to_owned(), value));
        let level = ZstdLevel::try_new(3).map_err(of_parquet)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_key_value_metadata(Some(about.to_vec()))
            .build();
        let schema = schema(shape, keep).map_err(of_parquet)?;
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        Ok(Self { writer: writer.map_err(of_parquet)?, waiting: Columns::default() })
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut group = self.writer.next_row_group()?;
        for column in &waiting.columns {
            let Some(mut writer) = group.next_column()? else { break };
            write(column, &mut writer)?;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

/// Writes a column of a row group.
fn write(column: &Values, writer: &mut SerializedColumnWriter<'_>) -> Result<usize, ParquetError> {
    let (filled, goes_on) = (Some(column.filled.as_slice()), column.goes_on.as_deref());
    match &column.cells {
        Cells::Text(cells) => writer.typed::<ByteArrayType>().write_batch(cells, filled, goes_on),
        Cells::Whole(cells) => writer.typed::<Int64Type>().write_batch(cells, filled, goes_on),
        Cells::Fraction(cells) => writer.typed::<DoubleType>().write_batch(cells, filled, goes_on),
    }
}

/// What the columns are called and hold.
fn schema(shape: Shape, keep: &[String]) -> Result<Type, ParquetError> {
    let kept = keep.iter().map(|name| leaf(name, Kind::Text));
    let leaves = |columns: &[Column]| -> Vec<_> {
        columns.iter().map(|column| leaf(column.name, column.kind)).collect()
    };
    let fields: Result<Vec<_>, _> = match shape {
        Shape::Flat(table) => leaves(table.columns()).into_iter().chain(kept).collect(),
        Shape::Nested { text } => {
            let text = text.then(|| leaf(rows::TEXT, Kind::Text));
            let lists = LISTS.map(|table| {
                let fields = leaves(in_list(table)).into_iter().collect::<Result<_, _>>()?;
                list(table.name(), fields)
            });
            leaves(rows::ABOUT).into_iter().chain(text).chain(kept).chain(lists).collect()
        }
    };
    Type::group_type_builder("pullquote").with_fields(fields?).build()
}

/// A column that may be empty.
fn leaf(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Fraction => (Physical::DOUBLE, None),
    };
    let field = Type::primitive_type_builder(name, physical).with_logical_type(logical);
    field.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
}

/// A list of structures, with the names that all readers know.
fn list(name: &str, fields: Vec<Arc<Type>>) -> Result<Arc<Type>, ParquetError> {
    let group = |name, repetition, logical, fields| {
        let group = Type::group_type_builder(name).with_repetition(repetition);
        group.with_logical_type(logical).with_fields(fields).build().map(Arc::new)
    };
    let element = group("element", Repetition::REQUIRED, None, fields)?;
    let repeated = group("list", Repetition::REPEATED, None, vec![element])?;
    group(name, Repetition::REQUIRED, Some(LogicalType::List), vec![repeated])
}

impl Writer for ParquetFile<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        self.waiting.append(part.columns);
        if self.waiting.is_group() { self.group().map_err(of_parquet) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if !self.waiting.is_empty() {
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
