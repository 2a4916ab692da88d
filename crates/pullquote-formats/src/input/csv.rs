//! Comma- or tab-separated records to articles.
//!
//! In: a header and blocks of whole records. Out: [`Draft`]s. Field contents are text; kept ones
//! come out as JSON strings. Cost: one pass over the bytes, and one copy of each field read.

use super::Draft;
use super::encoding::Charset;
use super::fields::{Fields, Given, draft};
use crate::error::{InputError, Place, Problem};
use csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;
use std::sync::Arc;

/// The columns of a file.
#[derive(Debug)]
pub(super) struct Header {
    separator: u8,
    columns: Vec<String>,
}

impl Header {
    /// Reads the header line.
    ///
    /// # Errors
    ///
    /// When none of the columns holds the text.
    pub(super) fn read(
        line: &[u8],
        separator: u8,
        charset: Charset,
        fields: &Fields,
    ) -> Result<Self, Problem> {
        let mut columns = Vec::new();
        for record in reader(line, separator).byte_records().flatten().take(1) {
            columns.extend(record.iter().map(|name| decoded(name, charset).trim().to_owned()));
        }
        if fields.text.iter().any(|name| columns.contains(name)) {
            return Ok(Self { separator, columns });
        }
        let wanted = fields.text.join("` or `");
        Err(Problem::NoColumn { wanted, found: columns.join(", ") })
    }
}

fn reader(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes)
}

fn decoded(field: &[u8], charset: Charset) -> Cow<'_, str> {
    match std::str::from_utf8(field) {
        Ok(text) => text.into(),
        Err(_) => charset.decode(field),
    }
}

/// Reads the records of a block whose first line has this number.
pub(super) fn read(
    bytes: &[u8],
    header: &Header,
    charset: Charset,
    fields: &Fields,
    name: &Arc<str>,
    first: u64,
    mut each: impl FnMut(Result<Draft<'_>, InputError>),
) {
    let wanted = header.columns.len();
    // The CSV reader takes any bytes; without files there is nothing that can fail.
    for record in reader(bytes, header.separator).byte_records().flatten() {
        let (start, line) = record.position().map_or((0, 1), |at| (at.byte(), at.line()));
        // A record's position is where the one before ended, ahead of blank lines.
        let rest = usize::try_from(start).ok().and_then(|start| bytes.get(start..));
        let ends = rest.unwrap_or_default().iter().take_while(|byte| b"\r\n".contains(byte));
        let blank = ends.filter(|byte| **byte == b'\n').count();
        let line = first + line - 1 + blank as u64;
        let place = || Place::line(name, line);
        if record.len() != wanted {
            let problem = Problem::Ragged { found: record.len(), wanted };
            each(Err(InputError::new(place(), problem)));
            continue;
        }
        let look =
            |column: &str| field(&record, header, column).map(|field| decoded(field, charset));
        let keep = fields.keep.iter().map(|column| {
            // Text as JSON; writing to memory cannot fail.
            let json = look(column).and_then(|text| serde_json::to_string(&text).ok());
            json.map_or(Cow::Borrowed("null"), Cow::Owned)
        });
        let keep = keep.collect();
        let given = |column: &str| look(column).map_or(Given::Null, Given::Text);
        each(draft(fields, place, given, keep));
    }
}

fn field<'r>(record: &'r ByteRecord, header: &Header, column: &str) -> Option<&'r [u8]> {
    let at = header.columns.iter().position(|name| name == column)?;
    record.get(at)
}
