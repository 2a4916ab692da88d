//! Parquet tables to articles.
//!
//! In: a file, and the names of the columns. Out: rows with only the columns that are read, and
//! [`Draft`]s of them. The text's column holds text; ids may be whole numbers, dates also dates and
//! timestamps; kept columns come out as JSON, nested ones too.
//!
//! Memory: [`ROWS`] rows or [`FULL`] bytes and one more row, and the pages they lie on, whatever the row
//! groups are.

use super::fields::{Fields, Given, draft};
use super::footer;
use super::{Draft, LONGEST};
use crate::error::{InputError, Place, Problem};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use std::borrow::Cow;
use std::fs::File;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// How many rows are read at a time.
const ROWS: usize = 64;

/// Bytes of rows after which no more are read at a time: many rows may share one long text.
const FULL: usize = 1 << 20;

/// How deep columns may lie in each other: the reader goes down by recursion.
const DEPTH: usize = 64;

/// Hands the rows of a file to `each`, or why there are no more.
pub(super) fn rows(
    file: File,
    fields: &Fields,
    each: &mut dyn FnMut(Result<Vec<Row>, Problem>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    // A broken file can make its reader give up in ways that are no errors.
    let read = catch_unwind(AssertUnwindSafe(|| read_rows(file, fields, each)));
    match read {
        Ok(Ok(flow)) => flow,
        Ok(Err(problem)) => each(Err(problem)),
        Err(_) => each(Err(Problem::Table("its parts contradict each other".to_owned()))),
    }
}

fn read_rows(
    mut file: File,
    fields: &Fields,
    each: &mut dyn FnMut(Result<Vec<Row>, Problem>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Problem> {
    let failed = |error: ParquetError| Problem::Table(error.to_string());
    let depth = footer::depth(&mut file).map_err(Problem::Unreadable)?;
    if depth.is_none_or(|depth| depth > DEPTH) {
        let reason = depth.map_or("its footer is no table's", |_| "its columns lie too deep");
        return Err(Problem::Table(reason.to_owned()));
    }
    let reader = SerializedFileReader::new(file).map_err(failed)?;
    let schema = reader.metadata().file_metadata().schema();
    let projection = wanted(schema, fields)?;
    let (mut rows, mut bytes) = (Vec::new(), 0);
    for row in reader.get_row_iter(Some(projection)).map_err(failed)? {
        let row = row.map_err(failed)?;
        bytes += size(&row);
        rows.push(row);
        let full = rows.len() == ROWS || bytes >= FULL;
        bytes = if full { 0 } else { bytes };
        if full && each(Ok(std::mem::take(&mut rows))).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(if rows.is_empty() { ControlFlow::Continue(()) } else { each(Ok(rows)) })
}

/// About how many bytes a row holds.
fn size(row: &Row) -> usize {
    fn of(field: &Field) -> usize {
        let within = match field {
            Field::Str(text) => text.len(),
            Field::Bytes(bytes) => bytes.len(),
            Field::Group(row) => size(row),
            Field::ListInternal(list) => list.elements().iter().map(of).sum(),
            Field::MapInternal(map) => {
                map.entries().iter().map(|(key, value)| of(key) + of(value)).sum()
            }
            _ => 0,
        };
        within + size_of::<Field>()
    }
    row.get_column_iter().map(|(name, field)| name.len() + of(field)).sum()
}

/// The schema with only the columns that are read.
fn wanted(schema: &Type, fields: &Fields) -> Result<Type, Problem> {
    let Fields { text, id, date, title, keep } = fields;
    let columns = schema.get_fields();
    if !columns.iter().any(|column| text.iter().any(|name| name == column.name())) {
        let found: Vec<_> = columns.iter().map(|column| column.name()).collect();
        let found = found.join(", ");
        return Err(Problem::NoColumn { wanted: text.join("` or `"), found });
    }
    let read = |column: &Arc<Type>| {
        [text, id, date, title, keep].into_iter().flatten().any(|name| name == column.name())
    };
    let columns = columns.iter().filter(|column| read(column)).cloned().collect();
    let schema = Type::group_type_builder(schema.name()).with_fields(columns).build();
    schema.map_err(|error| Problem::Table(error.to_string()))
}

/// Reads rows of which the first has this number.
pub(super) fn read(
    rows: &[Row],
    fields: &Fields,
    name: &Arc<str>,
    first: u64,
    mut each: impl FnMut(Result<Draft<'_>, InputError>),
) {
    for (row, number) in rows.iter().zip(first..) {
        let place = || Place::record(name, number);
        let column = |wanted: &str| {
            let mut columns = row.get_column_iter();
            columns.find(|(name, _)| *name == wanted).map(|(_, field)| field)
        };
        let keep = fields.keep.iter().map(|name| {
            let value = column(name).map(Field::to_json_value).unwrap_or_default();
            Cow::Owned(value.to_string())
        });
        let keep = keep.collect();
        let look = |name: &str| column(name).map_or(Given::Null, given);
        each(match draft(fields, place, look, keep) {
            Ok(draft) if draft.text.len() > LONGEST => {
                Err(InputError::new(place(), Problem::TooLong(LONGEST)))
            }
            draft => draft,
        });
    }
}

/// What a field is; text is borrowed.
fn given(field: &Field) -> Given<'_> {
    match field {
        Field::Null => Given::Null,
        Field::Str(text) => Given::Text(text.as_str().into()),
        // Without a note in the schema, text is bytes; much is written so.
        Field::Bytes(bytes) => match bytes.as_utf8() {
            Ok(text) => Given::Text(text.into()),
            Err(_) => Given::Other("bytes"),
        },
        Field::Date(_) | Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            let value = field.to_json_value();
            Given::Text(value.as_str().unwrap_or_default().to_owned().into())
        }
        Field::Byte(_) | Field::Short(_) | Field::Int(_) | Field::Long(_) => number(field),
        Field::UByte(_) | Field::UShort(_) | Field::UInt(_) | Field::ULong(_) => number(field),
        Field::Bool(_) => Given::Other("true or false"),
        Field::ListInternal(_) => Given::Other("a list"),
        Field::Group(_) | Field::MapInternal(_) => Given::Other("an object"),
        _ => Given::Other("a fraction or a time"),
    }
}

fn number(field: &Field) -> Given<'_> {
    Given::Number(field.to_json_value().to_string())
}
