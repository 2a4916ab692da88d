//! A text in parts, in memory that does not grow with it.
//!
//! In: a reader. Out: [`Part`]s of decoded text, in order, none cut inside a character.
//!
//! Algorithm: a mebibyte is read at a time. It is UTF-8 until a stretch shows that it is not; the
//! encoding is then guessed from that stretch, and what follows is decoded by it. A text of up to a
//! mebibyte is therefore read as a whole file is; in a longer one the guess sees less of the text.

use super::encoding::Charset;
use encoding_rs::{Decoder, Encoding, UTF_8};
use std::io::{self, ErrorKind, Read};
use std::sync::Arc;

/// Bytes read at a time.
const STRETCH: usize = 1 << 20;

/// A part of a text, in order with the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The text's name.
    pub id: Arc<str>,
    /// What comes next of it; may be empty.
    pub text: String,
    /// Whether the text ends with this part.
    pub last: bool,
}

/// Reads one text's parts.
pub(super) struct Parts<'a> {
    source: &'a mut dyn Read,
    /// Bytes that begin a character whose rest is still to come.
    rest: Vec<u8>,
    begun: bool,
    /// Why reading cannot go on after what it gave.
    failed: Option<io::Error>,
    /// What decodes the text once it is known not to be UTF-8 throughout.
    decoder: Option<Decoder>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(source: &'a mut dyn Read) -> Self {
        Self { source, rest: Vec::new(), begun: false, failed: None, decoder: None }
    }

    /// The next part's text, whether it is the last one, and, when the encoding has just been found
    /// out not to be UTF-8, what it is.
    pub(super) fn next(&mut self) -> io::Result<(String, bool, Option<Charset>)> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut bytes = std::mem::take(&mut self.rest);
        let last = match fill(self.source, &mut bytes) {
            Ok(ended) => ended,
            Err(error) if bytes.is_empty() => return Err(error),
            Err(error) => {
                self.failed = Some(error);
                false
            }
        };
        let mut found = None;
        if !self.begun {
            self.begun = true;
            if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
                bytes.drain(..mark);
                if encoding != UTF_8 {
                    found = Some(Charset::Other(encoding));
                }
            }
        }
        if self.decoder.is_none() && found.is_none() {
            match String::from_utf8(bytes) {
                Ok(text) => return Ok((text, last, None)),
                Err(error) => {
                    let good = error.utf8_error();
                    bytes = error.into_bytes();
                    if good.error_len().is_none() && !last {
                        self.rest = bytes.split_off(good.valid_up_to());
                        // What is left was found good above.
                        return Ok((String::from_utf8(bytes).unwrap_or_default(), last, None));
                    }
                }
            }
            found = Some(Charset::of(&bytes));
        }
        let decoder = self.decoder.get_or_insert_with(|| {
            let encoding = found.map_or(UTF_8, Charset::encoding);
            encoding.new_decoder_without_bom_handling()
        });
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or_default();
        let mut text = String::with_capacity(room);
        // There is room for the longest text that the bytes can give.
        let _ = decoder.decode_to_string(&bytes, &mut text, last);
        Ok((text, last, found))
    }
}

/// Reads on until a stretch is there; returns whether the source has ended. What was read before an
/// error is there too.
fn fill(source: &mut dyn Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut at = bytes.len();
    bytes.resize(at + STRETCH, 0);
    while let Some(free) = bytes.get_mut(at..).filter(|free| !free.is_empty()) {
        match source.read(free) {
            Ok(0) => break,
            Ok(read) => at += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                bytes.truncate(at);
                return Err(error);
            }
        }
    }
    let ended = at < bytes.len();
    bytes.truncate(at);
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::super::drip::Drip;
    use super::*;

    /// The parts' texts, and every word of an encoding.
    fn all(bytes: &[u8], at_a_time: usize) -> (Vec<String>, Vec<Charset>) {
        let (mut texts, mut charsets) = (Vec::new(), Vec::new());
        let mut source = Drip(bytes, at_a_time);
        let mut parts = Parts::new(&mut source);
        loop {
            let (text, last, charset) = parts.next().expect("memory can be read");
            texts.push(text);
            charsets.extend(charset);
            if last {
                return (texts, charsets);
            }
        }
    }

    #[test]
    fn parts_join_to_the_text() {
        // Three bytes divide no power of two: the cuts fall inside characters.
        let text = "語".repeat(STRETCH);
        for at_a_time in [99_999, usize::MAX] {
            let (texts, charsets) = all(text.as_bytes(), at_a_time);
            assert_eq!((texts.len(), charsets.len()), (4, 0), "three full ones and the end");
            assert!(texts.concat() == text);
        }
        assert_eq!(all(b"", 1).0, [""]);
        assert_eq!(all("\u{FEFF}né".as_bytes(), 1).0, ["né"]);
    }

    #[test]
    fn what_was_read_before_an_error_comes_first() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("cut off"))
            }
        }
        let text = "Rain fell. ".repeat(STRETCH / 7) + "n\u{e9}";
        // The last character is cut in two.
        let bytes = &text.as_bytes()[..text.len() - 1];
        let mut source = Drip(bytes, 99_999).chain(Broken);
        let mut parts = Parts::new(&mut source);
        let mut read = String::new();
        let error = loop {
            match parts.next() {
                Ok((text, last, _)) => {
                    assert!(!last, "there would be more");
                    read += &text;
                }
                Err(error) => break error,
            }
        };
        assert!(read == text[..text.len() - 2] && error.to_string() == "cut off");
    }

    #[test]
    fn other_encodings_are_decoded_over_the_cuts() {
        let text = "\u{FEFF}né🌧".to_owned() + &"né ".repeat(STRETCH / 4);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (texts, charsets) = all(&utf16, 77_777);
        assert_eq!((texts.len(), charsets.len()), (2, 1));
        assert!(texts.concat() == text[3..]);

        let mut western = "Rain fell. ".repeat(STRETCH / 10).into_bytes();
        western.extend_from_slice(b"The caf\xE9 said \x93no\x94 to the mayor.");
        let (texts, charsets) = all(&western, 99_999);
        assert_eq!(charsets, [Charset::Other(encoding_rs::WINDOWS_1252)]);
        assert!(texts.concat().ends_with("Rain fell. The café said “no” to the mayor."));
    }

    #[test]
    fn a_text_cut_in_mid_character_ends_so() {
        let bytes = &"“né” — ü".as_bytes()[.."“né” — ü".len() - 1];
        assert_eq!(all(bytes, 1), (vec!["“né” — \u{FFFD}".to_owned()], vec![Charset::Broken]));
    }
}
