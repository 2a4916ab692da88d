//! Parts to one whole output.
//!
//! In: the parts of all blocks, in order. Out: bytes on a stream, or files in a folder. An output is
//! whole only once [`Writer::finish`] came back.

use super::arrow::ArrowFile;
use super::brat;
use super::columns::Shape;
use super::parquet::ParquetFile;
use super::report::{ColumnFile, Frame, OwnFiles, Part, Report, RowFormat};
use super::whole::{WholeFile, write_whole};
use crate::html;
use crate::packed::{Packed, Packing};
use pullquote::RecordOptions;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
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
    let columns = match report {
        Report::Rows { table, format: RowFormat::Columns(file), offsets, keep } => {
            Some((*file, Shape::Flat(*table), *offsets, keep))
        }
        Report::Nested { file, options: RecordOptions { offsets, text }, keep } => {
            Some((*file, Shape::Nested { text: *text }, *offsets, keep))
        }
        _ => None,
    };
    match columns {
        Some((ColumnFile::Parquet, shape, offsets, keep)) => {
            return Ok(Box::new(ParquetFile::new(shape, offsets, keep, out)?));
        }
        Some((ColumnFile::Arrow, shape, offsets, keep)) => {
            return Ok(Box::new(ArrowFile::new(shape, offsets, keep, out)?));
        }
        None => {}
    }
    let frame = report.frame();
    out.write_all(&frame.head)?;
    Ok(Box::new(Joined { out, frame, first: true }))
}

/// A writer of what `report` asks for into a folder, which must be there, with files for each
/// document. Memory grows with the documents' names.
///
/// # Errors
///
/// When the folder does not take what it holds beside the documents.
pub fn folder(report: &Report, path: &Path) -> io::Result<Box<dyn Writer>> {
    let mut taken = BTreeMap::new();
    let index = if *report == Report::Pages {
        let (file, whole) = WholeFile::create(&path.join(html::INDEX))?;
        let mut file = BufWriter::new(file);
        file.write_all(html::index_head().as_bytes())?;
        taken.insert(html::INDEX_NAME.to_owned(), 1);
        Some((file, whole))
    } else {
        write_whole(&path.join("annotation.conf"), brat::CONFIGURATION)?;
        None
    };
    Ok(Box::new(Folder { path: path.to_owned(), taken, index }))
}

/// Some files for each document, and perhaps an index.
struct Folder {
    path: PathBuf,
    /// How often each name was asked for.
    taken: BTreeMap<String, u32>,
    index: Option<(BufWriter<File>, WholeFile)>,
}

impl Folder {
    /// A name that no document has had.
    fn free(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        while self.taken.contains_key(&free) {
            let count = self.taken.entry(name.to_owned()).or_default();
            *count += 1;
            free = format!("{name}.{count}");
        }
        self.taken.insert(free.clone(), 1);
        free
    }
}

impl Writer for Folder {
    fn part(&mut self, part: Part) -> io::Result<()> {
        for OwnFiles { name, files, line } in part.files {
            let name = self.free(&name);
            for (ending, content) in files {
                write_whole(&self.path.join(format!("{name}.{ending}")), &content)?;
            }
            if let Some((index, _)) = &mut self.index {
                writeln!(index, "<tr><th scope=\"row\"><a href=\"{name}.html\">{line}")?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if let Some((mut index, whole)) = self.index.take() {
            index.write_all(html::INDEX_TAIL.as_bytes())?;
            index.flush()?;
            whole.finish()?;
        }
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
