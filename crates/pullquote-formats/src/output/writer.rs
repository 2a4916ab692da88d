//! Parts to one whole output.
//!
//! In: the parts of all blocks, in order. Out: bytes on a stream. An output is whole only once
//! [`Writer::finish`] came back.

use super::brat;
use super::parquet::ParquetFile;
use super::report::{Frame, Part, Report, RowFormat};
use crate::packed::{Packed, Packing};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Takes the parts of an output.
pub trait Writer {
    /// Writes the next part.
    ///
    /// # Errors
    ///
    /// When the stream does not take it.
    fn part(&mut self, part: Part) -> io::Result<()>;

    /// Writes what comes after the last part.
    ///
    /// # Errors
    ///
    /// When the stream does not take it.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A writer of what `report` asks for into `out`.
///
/// # Errors
///
/// When the stream does not take what comes before the first part.
pub fn writer<'a>(
    report: &Report,
    out: Box<dyn Write + Send + 'a>,
    packing: Packing,
) -> io::Result<Box<dyn Writer + 'a>> {
    let mut out = Packed::new(out, packing)?;
    if let Report::Rows { table, format: RowFormat::Parquet, offsets, keep } = report {
        return Ok(Box::new(ParquetFile::new(*table, *offsets, keep, out)?));
    }
    let frame = report.frame();
    out.write_all(&frame.head)?;
    Ok(Box::new(Joined { out, frame, first: true }))
}

/// A writer of brat standoff into a folder, which must be there.
///
/// # Errors
///
/// When the folder does not take brat's configuration.
pub fn folder(path: &Path) -> io::Result<Box<dyn Writer>> {
    fs::write(path.join("annotation.conf"), brat::CONFIGURATION)?;
    Ok(Box::new(Standoff { path: path.to_owned(), names: BTreeMap::new() }))
}

/// Two files for each document.
struct Standoff {
    path: PathBuf,
    /// How often each name was used.
    names: BTreeMap<String, u32>,
}

impl Writer for Standoff {
    fn part(&mut self, part: Part) -> io::Result<()> {
        for [mut name, text, annotations] in part.files {
            let count = self.names.entry(name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                name = format!("{name}.{count}");
            }
            fs::write(self.path.join(format!("{name}.txt")), text)?;
            fs::write(self.path.join(format!("{name}.ann")), annotations)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes one after another, in their frame.
struct Joined<'a> {
    out: Packed<Box<dyn Write + Send + 'a>>,
    frame: Frame,
    first: bool,
}

impl Writer for Joined<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        if part.bytes.is_empty() {
            return Ok(());
        }
        if !std::mem::take(&mut self.first) && !part.goes_on {
            self.out.write_all(self.frame.between.as_bytes())?;
        }
        self.out.write_all(&part.bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(self.frame.tail.as_bytes())?;
        self.out.finish()
    }
}
