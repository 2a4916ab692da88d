//! Compressed streams.
//!
//! In: bytes. Out: the same bytes unpacked, or packed. Reading goes by the first bytes, whatever
//! the name says, so that a pipe or a misnamed file is read too; several members or frames one
//! after another are read as one. Writing goes by the name's ending.
//!
//! Cost: zstd packs at level 3 and gzip at level 6, in one pass and constant memory.

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, BufReader, Chain, Cursor, ErrorKind, Read, Write};
use std::path::Path;

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip, `.gz`.
    Gzip,
    /// Zstandard, `.zst`.
    Zstd,
}

impl Packing {
    /// The ways to compress.
    pub const ALL: [Self; 2] = [Self::Gzip, Self::Zstd];

    /// The ending of files that are packed so, without its dot; nothing of plain ones.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gzip => "gz",
            Self::Zstd => "zst",
        }
    }

    /// What it is called.
    pub fn about(self) -> &'static str {
        match self {
            Self::Plain => "Not compressed",
            Self::Gzip => "gzip",
            Self::Zstd => "Zstandard",
        }
    }

    /// What a file with this name should be written as.
    pub fn of_name(path: &Path) -> Self {
        let ending = path.extension().unwrap_or_default();
        let mut packings = Self::ALL.into_iter();
        let packing = packings.find(|packing| ending.eq_ignore_ascii_case(packing.ending()));
        packing.unwrap_or(Self::Plain)
    }

    /// What a stream that begins with these bytes is.
    fn of_bytes(first: &[u8]) -> Self {
        match first {
            [0x1F, 0x8B, ..] => Self::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }
}

/// How much is asked for at a time, in bytes.
pub(crate) const READ: usize = 1 << 17;

/// The bytes that were looked at, and all after them.
type Whole<'a> = Chain<Cursor<Vec<u8>>, &'a mut dyn Read>;

/// A stream read unpacked.
pub(crate) enum Unpacked<'a> {
    Plain(Whole<'a>),
    Gzip(Box<MultiGzDecoder<BufReader<Whole<'a>>>>),
    Zstd(Box<zstd::Decoder<'static, BufReader<Whole<'a>>>>),
}

impl<'a> Unpacked<'a> {
    /// Looks at the first bytes of `source`.
    ///
    /// # Errors
    ///
    /// What reading them gave.
    pub(crate) fn new(source: &'a mut dyn Read) -> io::Result<Self> {
        let mut first = Vec::new();
        source.take(4).read_to_end(&mut first)?;
        let packing = Packing::of_bytes(&first);
        let whole = Cursor::new(first).chain(source);
        Ok(match packing {
            Packing::Plain => Self::Plain(whole),
            Packing::Gzip => {
                let buffered = BufReader::with_capacity(READ, whole);
                Self::Gzip(Box::new(MultiGzDecoder::new(buffered)))
            }
            Packing::Zstd => {
                let buffered = BufReader::with_capacity(READ, whole);
                Self::Zstd(Box::new(zstd::Decoder::with_buffer(buffered)?))
            }
        })
    }

    /// Whether the bytes were packed.
    pub(crate) fn is_packed(&self) -> bool {
        !matches!(self, Self::Plain(_))
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(out),
            Self::Gzip(source) => source.read(out),
            Self::Zstd(source) => source.read(out),
        }
    }
}

/// A stream written packed.
pub enum Packed<W: Write> {
    /// As it comes.
    Plain(W),
    /// By gzip.
    Gzip(Box<GzEncoder<W>>),
    /// By Zstandard.
    Zstd(Box<zstd::Encoder<'static, W>>),
}

impl<W: Write> std::fmt::Debug for Packed<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Plain(_) => "Plain",
            Self::Gzip(_) => "Gzip",
            Self::Zstd(_) => "Zstd",
        })
    }
}

impl<W: Write> Packed<W> {
    /// A stream into `out`.
    ///
    /// # Errors
    ///
    /// When the packer cannot be set up.
    pub fn new(out: W, packing: Packing) -> io::Result<Self> {
        Ok(match packing {
            Packing::Plain => Self::Plain(out),
            Packing::Gzip => {
                Self::Gzip(Box::new(GzEncoder::new(out, flate2::Compression::default())))
            }
            Packing::Zstd => Self::Zstd(Box::new(zstd::Encoder::new(out, 3)?)),
        })
    }

    /// Writes what is still held back; nothing may be written after it.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(out) => {
                out.try_finish()?;
                out.get_mut().flush()
            }
            Self::Zstd(out) => {
                out.do_finish()?;
                out.get_mut().flush()
            }
        }
    }
}

impl<W: Write> Write for Packed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(out) => out.write(bytes),
            Self::Zstd(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(out) => out.flush(),
            Self::Zstd(out) => out.flush(),
        }
    }
}

/// Whether an error came from unpacking and not from the system.
pub(crate) fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData | ErrorKind::InvalidInput
    ) || error.raw_os_error().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(bytes: &[u8], packing: Packing) -> Vec<u8> {
        let mut bytes_out = Vec::new();
        let mut out = Packed::new(&mut bytes_out, packing).expect("set up");
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory");
        drop(out);
        bytes_out
    }

    fn unpacked(mut bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Unpacked::new(&mut bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn what_is_packed_unpacks_to_itself() {
        let text = "Rain fell on Vellin. ".repeat(20_000);
        for packing in [Packing::Plain, Packing::Gzip, Packing::Zstd] {
            for bytes in [text.as_bytes(), b"", b"abc"] {
                let once = packed(bytes, packing);
                assert_eq!(unpacked(&once).expect("whole"), bytes, "{packing:?}");
                let twice = [once.as_slice(), &once].concat();
                assert_eq!(unpacked(&twice).expect("whole"), [bytes, bytes].concat());
            }
        }
    }

    #[test]
    fn what_is_cut_off_is_damage() {
        for packing in [Packing::Gzip, Packing::Zstd] {
            let whole = packed("Rain fell.".repeat(2000).as_bytes(), packing);
            let cut = whole.get(..whole.len() - 5).expect("long");
            assert!(is_damage(&unpacked(cut).expect_err("cut")), "{packing:?}");
        }
    }
}
