//! How deep the columns of a Parquet file lie in each other.
//!
//! In: a file. Out: the depth of its schema, or that its footer cannot be read. The reader of tables
//! goes down a schema by recursion, so that a file of a few kilobytes could take all its stack;
//! what is too deep must be known before that reader sees it.
//!
//! Algorithm: the footer is written by Thrift's compact protocol. Its fields are passed over but for
//! the schema, a list of elements in the order of a walk, each with the number of its children.
//!
//! Invariant: no length in the file is trusted; what leads past the end is unreadable. Cost: linear in
//! the footer, which is never longer than the file.

use std::io::{self, Read, Seek, SeekFrom};

/// Kinds of values.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
const UUID: u8 = 13;

/// How deep values may lie in each other.
const NESTED: usize = 32;

/// The depth of the schema, one for plain columns; `None` when the footer is none.
///
/// # Errors
///
/// What reading the file gave.
pub(super) fn depth(file: &mut (impl Read + Seek)) -> io::Result<Option<usize>> {
    const TAIL: u64 = 8;
    let end = file.seek(SeekFrom::End(0))?;
    let Some(start) = end.checked_sub(TAIL) else { return Ok(None) };
    file.seek(SeekFrom::Start(start))?;
    let mut tail = [0; 4];
    file.read_exact(&mut tail)?;
    let length = u64::from(u32::from_le_bytes(tail));
    let Some(start) = start.checked_sub(length) else { return Ok(None) };
    file.seek(SeekFrom::Start(start))?;
    let mut footer = Vec::new();
    file.take(length).read_to_end(&mut footer)?;
    Ok(Compact(&footer).depth())
}

/// What is still to be read.
struct Compact<'a>(&'a [u8]);

impl Compact<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn pass(&mut self, count: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// The next field's number and kind; kind zero ends a struct.
    fn field(&mut self, last: i64) -> Option<(i64, u8)> {
        let head = self.byte()?;
        let field = match head >> 4 {
            0 if head != 0 => self.signed()?,
            step => last + i64::from(step),
        };
        Some((field, head & 0x0F))
    }

    /// How many values a list holds and their kind.
    fn list(&mut self) -> Option<(u64, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 0x0F { self.number()? } else { u64::from(head >> 4) };
        Some((count, head & 0x0F))
    }

    /// Passes over a value that lies so deep in others.
    fn skip(&mut self, kind: u8, nested: usize) -> Option<()> {
        if nested > NESTED {
            return None;
        }
        match kind {
            TRUE | FALSE => Some(()),
            BYTE => self.pass(1),
            I16 | I32 | I64 => self.number().map(|_| ()),
            DOUBLE => self.pass(8),
            UUID => self.pass(16),
            BINARY => {
                let length = self.number()?;
                self.pass(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| self.element(kind, nested))
            }
            MAP => {
                let count = self.number()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                (0..count).try_for_each(|_| {
                    self.element(kinds >> 4, nested)?;
                    self.element(kinds & 0x0F, nested)
                })
            }
            STRUCT => {
                let mut last = 0;
                loop {
                    let (field, kind) = self.field(last)?;
                    if kind == 0 {
                        return Some(());
                    }
                    self.skip(kind, nested + 1)?;
                    last = field;
                }
            }
            _ => None,
        }
    }

    /// Passes over a value in a list; there, unlike in a struct, truth values take a byte.
    fn element(&mut self, kind: u8, nested: usize) -> Option<()> {
        if matches!(kind, TRUE | FALSE) { self.pass(1) } else { self.skip(kind, nested + 1) }
    }

    /// The depth of the schema, which is the footer's second field.
    fn depth(&mut self) -> Option<usize> {
        let mut last = 0;
        loop {
            match self.field(last)? {
                (_, 0) => return None,
                (2, LIST) => return self.schema(),
                (field, kind) => {
                    self.skip(kind, 0)?;
                    last = field;
                }
            }
        }
    }

    fn schema(&mut self) -> Option<usize> {
        let (count, kind) = self.list()?;
        if kind != STRUCT {
            return None;
        }
        // How many children are still to come, of the root and of each group below it.
        let mut open: Vec<i64> = Vec::new();
        let mut deepest = 0;
        for _ in 0..count {
            while open.last() == Some(&0) {
                open.pop();
            }
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            let children = self.children()?;
            if children > 0 {
                open.push(children);
                deepest = deepest.max(open.len());
            }
        }
        Some(deepest)
    }

    /// How many children an element of the schema has.
    fn children(&mut self) -> Option<i64> {
        let (mut last, mut children) = (0, 0);
        loop {
            match self.field(last)? {
                (_, 0) => return Some(children),
                (5, I32) => (last, children) = (5, self.signed()?),
                (field, kind) => {
                    self.skip(kind, 0)?;
                    last = field;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// A file with nothing but a schema: a root with as many groups in each other, and a column.
    fn file(groups: usize) -> Vec<u8> {
        // Version 1; then the list of elements, of which each has a name and most one child.
        let mut footer = vec![0x15, 2, 0x19, 0xFC];
        let count = u8::try_from(groups + 2).expect("few");
        footer.extend([count | 0x80, 0]);
        for _ in 0..=groups {
            footer.extend([0x48, 1, b'a', 0x15, 2, 0]);
        }
        footer.extend([0x15, 2, 0x38, 1, b'b', 0]);
        let length = u32::try_from(footer.len()).expect("short").to_le_bytes();
        [b"PAR1", footer.as_slice(), &length, b"PAR1"].concat()
    }

    #[test]
    fn groups_are_counted() {
        let of = |bytes: Vec<u8>| depth(&mut Cursor::new(bytes)).expect("memory");
        assert_eq!(of(file(0)), Some(1), "a column of the root");
        assert_eq!(of(file(90)), Some(91));
    }

    #[test]
    fn no_length_is_trusted() {
        let good = file(3);
        for at in 0..good.len() {
            for byte in [0, 1, 0x0F, 0x7F, 0x80, 0xF0, 0xFF] {
                let mut bad = good.clone();
                bad[at] = byte;
                let _ = depth(&mut Cursor::new(bad)).expect("memory");
            }
            let _ = depth(&mut Cursor::new(&good[..at])).expect("memory");
        }
    }
}
