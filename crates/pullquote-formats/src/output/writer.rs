//! Parts to one whole output.
//!
//! In: the parts of all blocks, in order. Out: bytes on a stream. An output is whole only once
//! [`Writer::finish`] came back.

use super::{Frame, Part, Report};
use crate::packed::{Packed, Packing};
use std::io::{self, Write};

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
    out: Box<dyn Write + 'a>,
    packing: Packing,
) -> io::Result<Box<dyn Writer + 'a>> {
    let mut out = Packed::new(out, packing)?;
    let frame = report.frame();
    out.write_all(&frame.head)?;
    Ok(Box::new(Joined { out, frame, first: true }))
}

/// Bytes one after another, in their frame.
struct Joined<'a> {
    out: Packed<Box<dyn Write + 'a>>,
    frame: Frame,
    first: bool,
}

impl Writer for Joined<'_> {
    fn part(&mut self, part: Part) -> io::Result<()> {
        if part.bytes.is_empty() {
            return Ok(());
        }
        if !std::mem::take(&mut self.first) {
            self.out.write_all(self.frame.between.as_bytes())?;
        }
        self.out.write_all(&part.bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(self.frame.tail.as_bytes())?;
        self.out.finish()?.flush()
    }
}
