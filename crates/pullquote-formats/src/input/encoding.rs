//! Bytes to text.
//!
//! In: a file's bytes. Out: the encoding they are in, and text decoded from it. A byte order mark
//! decides; else bytes that are valid UTF-8 are UTF-8; else bytes that hold more good UTF-8
//! characters than bad bytes are UTF-8 with errors (a text cut in mid-character, say); else the
//! encoding is guessed from the bytes' statistics, as browsers do.
//!
//! Invariant: valid UTF-8 without a mark comes out unchanged and uncopied. Cost: one pass to check,
//! one to guess when the check fails. Not attempted: binary formats, which read as nonsense.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What a stretch of bytes is, read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// Valid UTF-8.
    Utf8,
    /// UTF-8 with some bytes that are not.
    Broken,
    /// Something else.
    Other(&'static Encoding),
}

impl Charset {
    /// The charset of `bytes`. Linear.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if let Some((encoding, _)) = Encoding::for_bom(bytes)
            && encoding != UTF_8
        {
            return Self::Other(encoding);
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Self::Utf8;
        }
        let (mut good, mut bad) = (0, 0);
        for chunk in bytes.utf8_chunks() {
            good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
            bad += usize::from(!chunk.invalid().is_empty());
        }
        if good > bad {
            return Self::Broken;
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        Self::Other(detector.guess(None, Utf8Detection::Deny))
    }

    /// Whether line ends are two bytes wide.
    pub(super) fn is_utf16(self) -> bool {
        matches!(self, Self::Other(encoding) if encoding == UTF_16LE || encoding == UTF_16BE)
    }

    /// What decodes it.
    pub(super) fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 | Self::Broken => UTF_8,
            Self::Other(encoding) => encoding,
        }
    }

    /// The text of a whole file, without its byte order mark. Copies only what is not valid UTF-8.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        self.encoding().decode_with_bom_removal(bytes).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Charset, Cow<'_, str>) {
        let charset = Charset::of(bytes);
        (charset, charset.decode(bytes))
    }

    #[test]
    fn utf8_is_borrowed_and_its_mark_dropped() {
        assert!(matches!(read("café".as_bytes()), (Charset::Utf8, Cow::Borrowed("café"))));
        assert!(matches!(read("\u{FEFF}café".as_bytes()), (Charset::Utf8, Cow::Borrowed("café"))));
        assert!(matches!(read(b""), (Charset::Utf8, Cow::Borrowed(""))));
    }

    #[test]
    fn a_mark_names_utf16() {
        let bytes: Vec<u8> = "\u{FEFF}né".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (charset, text) = read(&bytes);
        assert!(charset.is_utf16());
        assert_eq!(text, "né");
    }

    #[test]
    fn western_bytes_are_guessed() {
        let (charset, text) = read(b"The caf\xE9 said \x93no\x94 to the mayor.");
        assert_eq!(charset, Charset::Other(encoding_rs::WINDOWS_1252));
        assert_eq!(text, "The café said “no” to the mayor.");
    }

    #[test]
    fn a_text_cut_in_mid_character_stays_utf8() {
        let (charset, text) = read(&"“né” — ü".as_bytes()[.."“né” — ü".len() - 1]);
        assert_eq!(charset, Charset::Broken);
        assert_eq!(text, "“né” — \u{FFFD}");
    }
}
