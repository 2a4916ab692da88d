//! From bytes to other units of counting.
//!
//! The tables count bytes, as Rust slices do. Python and JSON users count Unicode code points,
//! Java and JavaScript users UTF-16 units. [`Offsets`] turns one into the other; [`OffsetTable`] is
//! the same for an owner of the text, who cannot hold a borrow of it beside it.
//!
//! Algorithm: one sweep stores the count at every [`STEP`]th byte; a look-up counts on from the
//! nearest stored place. For a text that is all ASCII, or when bytes are asked for, nothing is
//! stored and a look-up is the identity. Cost: one pass over the text at memory speed, four bytes
//! for every 64 bytes; a look-up reads at most 64 bytes.

use crate::error::Error;

/// Bytes between two stored counts.
const STEP: usize = 64;

/// How positions are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OffsetUnit {
    /// Unicode code points, what Python slices by.
    #[default]
    Chars,
    /// Bytes of UTF-8, what Rust slices by.
    Bytes,
    /// UTF-16 code units, what Java and JavaScript slice by.
    Utf16,
}

impl OffsetUnit {
    /// The unit's name in the record and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chars => "chars",
            Self::Bytes => "bytes",
            Self::Utf16 => "utf16",
        }
    }
}

impl std::str::FromStr for OffsetUnit {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "chars" => Ok(Self::Chars),
            "bytes" => Ok(Self::Bytes),
            "utf16" => Ok(Self::Utf16),
            other => Err(Error::OffsetUnit(other.to_owned())),
        }
    }
}

/// The stored counts of one text, apart from the text, for owners of both.
#[derive(Clone, Debug)]
pub struct OffsetTable {
    unit: OffsetUnit,
    /// Units before byte `STEP * i`; empty when the conversion is the identity.
    counts: Vec<u32>,
}

impl OffsetTable {
    /// Prepares the conversion of `text`'s byte positions to `unit`. Linear in the text.
    pub fn new(text: &str, unit: OffsetUnit) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::new();
        if unit != OffsetUnit::Bytes && !bytes.is_ascii() {
            counts.reserve_exact(bytes.len() / STEP + 2);
            let mut before = 0_u32;
            for block in bytes.chunks(STEP) {
                counts.push(before);
                before = before.saturating_add(units(block, unit));
            }
            counts.push(before);
        }
        Self { unit, counts }
    }

    /// The position of byte `at` of `text`, the text this table was made for, in the table's unit.
    /// Constant time.
    pub fn at(&self, text: &str, at: usize) -> u32 {
        let at = at.min(text.len());
        let block = at / STEP;
        match self.counts.get(block) {
            Some(&before) => {
                let rest = text.as_bytes().get(block * STEP..at).unwrap_or_default();
                before + units(rest, self.unit)
            }
            None => u32::try_from(at).unwrap_or(u32::MAX),
        }
    }
}

/// Converts byte positions of one text.
#[derive(Clone, Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    table: OffsetTable,
}

impl<'a> Offsets<'a> {
    /// Prepares the conversion of `text`'s byte positions to `unit`. Linear in the text.
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        Self { text, table: OffsetTable::new(text, unit) }
    }

    /// The position of byte `at`, in this converter's unit. Constant time.
    pub fn at(&self, at: usize) -> u32 {
        self.table.at(self.text, at)
    }
}

/// How many units begin in these bytes.
pub(crate) fn units(bytes: &[u8], unit: OffsetUnit) -> u32 {
    bytes.iter().map(|&byte| units_at(byte, unit)).sum()
}

/// A character counts at its first byte; one outside the basic plane is two UTF-16 units.
fn units_at(byte: u8, unit: OffsetUnit) -> u32 {
    let starts = u32::from(byte & 0xC0 != 0x80);
    match unit {
        OffsetUnit::Bytes => 1,
        OffsetUnit::Chars => starts,
        OffsetUnit::Utf16 => starts + u32::from(byte >= 0xF0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_by_hand() {
        let text = "né “quote” 🗞 end — ".repeat(20);
        let (chars, utf16) =
            (Offsets::new(&text, OffsetUnit::Chars), Offsets::new(&text, OffsetUnit::Utf16));
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(chars.at(at) as usize, text[..at].chars().count());
            assert_eq!(utf16.at(at) as usize, text[..at].encode_utf16().count());
        }
    }

    #[test]
    fn ascii_and_bytes_store_nothing() {
        assert!(OffsetTable::new("plain", OffsetUnit::Chars).counts.is_empty());
        assert!(OffsetTable::new("né", OffsetUnit::Bytes).counts.is_empty());
        assert_eq!(Offsets::new("plain", OffsetUnit::Utf16).at(3), 3);
    }

    #[test]
    fn a_position_past_the_end_is_the_end() {
        assert_eq!(Offsets::new("né", OffsetUnit::Chars).at(99), 2);
    }
}
