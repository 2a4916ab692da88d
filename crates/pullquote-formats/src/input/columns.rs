//! Parquet and Arrow tables to articles.
//!
//! In: a file, and the names of the columns. Out: batches of rows with only the columns that are
//! read, and [`Draft`]s of their rows. Columns of text may be of any of Arrow's string types, ids
//! also whole numbers, dates also dates and timestamps; kept columns come out as JSON.
//!
//! Memory: a batch of a Parquet file is [`ROWS`] rows, whatever its row groups are; one of an Arrow
//! file is what its writer made it.

use super::fields::{Fields, Given, draft};
use super::{Draft, LONGEST};
use crate::error::{InputError, Place, Problem};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, DataType, Schema, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

/// How many rows are read at a time.
const ROWS: usize = 64;

/// What a table's rows go to.
type Each<'e> = dyn FnMut(Result<RecordBatch, Problem>) -> ControlFlow<()> + 'e;

/// Reads a Parquet file.
pub(super) fn parquet(file: File, fields: &Fields, each: &mut Each<'_>) -> ControlFlow<()> {
    let builder = match ParquetRecordBatchReaderBuilder::try_new(file) {
        Ok(builder) => builder,
        Err(error) => return each(Err(Problem::Table(error.to_string()))),
    };
    let columns = match wanted(builder.schema(), fields) {
        Ok(columns) => columns,
        Err(problem) => return each(Err(problem)),
    };
    let mask = ProjectionMask::roots(builder.parquet_schema(), columns);
    match builder.with_projection(mask).with_batch_size(ROWS).build() {
        Ok(reader) => batches(reader, each),
        Err(error) => each(Err(Problem::Table(error.to_string()))),
    }
}

/// Reads an Arrow file, or a stream of Arrow batches.
pub(super) fn arrow(mut file: File, fields: &Fields, each: &mut Each<'_>) -> ControlFlow<()> {
    let mut magic = [0; 6];
    let looked = file.read_exact(&mut magic).and_then(|()| file.rewind());
    let is_file = match looked {
        Ok(()) => magic == *b"ARROW1",
        Err(error) => return each(Err(Problem::Table(error.to_string()))),
    };
    let file = io::BufReader::new(file);
    // The columns are known only after the schema was read; taking them out copies nothing.
    if is_file {
        match FileReader::try_new(file, None) {
            Ok(reader) => projected(&reader.schema(), reader, fields, each),
            Err(error) => each(Err(Problem::Table(error.to_string()))),
        }
    } else {
        match StreamReader::try_new(file, None) {
            Ok(reader) => projected(&reader.schema(), reader, fields, each),
            Err(error) => each(Err(Problem::Table(error.to_string()))),
        }
    }
}

fn projected(
    schema: &Schema,
    reader: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    fields: &Fields,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    match wanted(schema, fields) {
        Ok(columns) => batches(reader.map(|batch| batch?.project(&columns)), each),
        Err(problem) => each(Err(problem)),
    }
}

fn batches(
    reader: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    each: &mut Each<'_>,
) -> ControlFlow<()> {
    for batch in reader {
        let batch = match batch {
            Ok(batch) => batch,
            // Nothing tells where the next whole row would be.
            Err(error) => return each(Err(Problem::Table(error.to_string()))),
        };
        for start in (0..batch.num_rows()).step_by(ROWS) {
            each(Ok(batch.slice(start, ROWS.min(batch.num_rows() - start))))?;
        }
    }
    ControlFlow::Continue(())
}

/// The numbers of the columns that are read.
fn wanted(schema: &Schema, fields: &Fields) -> Result<Vec<usize>, Problem> {
    let Fields { text, id, date, title, keep } = fields;
    let names = || schema.fields().iter().map(|field| field.name());
    if !names().any(|name| text.contains(name)) {
        let found = names().map(String::as_str).collect::<Vec<_>>().join(", ");
        return Err(Problem::NoColumn { wanted: text.join("` or `"), found });
    }
    let read = |name: &String| [text, id, date, title, keep].iter().any(|list| list.contains(name));
    Ok(names().enumerate().filter(|(_, name)| read(name)).map(|(at, _)| at).collect())
}

/// Reads the rows of a batch whose first row has this number.
pub(super) fn read(
    batch: &RecordBatch,
    fields: &Fields,
    name: &Arc<str>,
    first: u64,
    mut each: impl FnMut(Result<Draft<'_>, InputError>),
) {
    for (row, number) in (0..batch.num_rows()).zip(first..) {
        let place = || Place::record(name, number);
        let keep = fields.keep.iter().map(|column| {
            let value = batch.column_by_name(column).map(|array| value(array, row));
            Cow::Owned(value.unwrap_or_default().to_string())
        });
        let keep = keep.collect();
        let look = |column: &str| {
            batch.column_by_name(column).map_or(Given::Null, |array| given(array, row))
        };
        let draft = draft(fields, place, look, keep);
        each(match draft {
            Ok(draft) if draft.text.len() > LONGEST => {
                Err(InputError::new(place(), Problem::TooLong(LONGEST)))
            }
            draft => draft,
        });
    }
}

/// What a field of a table is; text is borrowed.
fn given(array: &dyn Array, row: usize) -> Given<'_> {
    if let Some(text) = text(array, row) {
        return Given::Text(text.into());
    }
    match value(array, row) {
        Value::Null => Given::Null,
        Value::String(text) => Given::Text(text.into()),
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            Given::Number(number.to_string())
        }
        Value::Number(_) => Given::Other("a fraction"),
        Value::Bool(_) => Given::Other("true or false"),
        Value::Array(_) => Given::Other("a list"),
        Value::Object(_) => Given::Other("an object"),
    }
}

fn text(array: &dyn Array, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(array.as_string_view().value(row)),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let key = dictionary.normalized_keys().get(row).copied()?;
            text(dictionary.values().as_ref(), key)
        }
        _ => None,
    }
}

/// A value as JSON; a type that JSON has nothing for is `null`.
fn value(array: &dyn Array, row: usize) -> Value {
    macro_rules! number {
        ($type:ty) => {
            array.as_primitive::<$type>().value(row).into()
        };
    }
    macro_rules! instant {
        ($type:ty, $a_day:expr) => {
            day(array.as_primitive::<$type>().value(row).div_euclid($a_day)).into()
        };
    }
    /// Microseconds of a day; the other units follow from it.
    const MICROS: i64 = 86_400_000_000;
    if array.is_null(row) {
        return Value::Null;
    }
    if let Some(text) = text(array, row) {
        return text.into();
    }
    match array.data_type() {
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Date32 => day(array.as_primitive::<Date32Type>().value(row).into()).into(),
        DataType::Timestamp(TimeUnit::Second, _) => {
            instant!(TimestampSecondType, MICROS / 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            instant!(TimestampMillisecondType, MICROS / 1000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => instant!(TimestampMicrosecondType, MICROS),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            instant!(TimestampNanosecondType, MICROS * 1000)
        }
        DataType::List(_) => list(array.as_list::<i32>().value(row).as_ref()),
        DataType::LargeList(_) => list(array.as_list::<i64>().value(row).as_ref()),
        DataType::Struct(fields) => {
            let columns = fields.iter().zip(array.as_struct().columns());
            let pairs = columns.map(|(field, array)| (field.name().clone(), value(array, row)));
            Value::Object(pairs.collect())
        }
        _ => Value::Null,
    }
}

fn list(array: &dyn Array) -> Value {
    (0..array.len()).map(|row| value(array, row)).collect()
}

/// The date of a day counted from 1970-01-01 (days of eras of 400 years, which begin in March).
fn day(days: i64) -> String {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        let known = [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (31 + 28, "1970-03-01"),
            (19_723, "2024-01-01"),
            (19_723 + 59, "2024-02-29"),
            (11_016, "2000-02-29"),
        ];
        for (days, date) in known {
            assert_eq!(day(days), date);
        }
    }
}
