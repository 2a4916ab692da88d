//! What stands around a terminator.
//!
//! In: the bytes of a block, where the sentence begins and where a terminator stands. Out: a
//! [`Site`]: the run of terminators, the marks, brackets, notes and emoticons that close the
//! sentence after it, and where the next word begins. Runs are read once; all else is bounded.

use super::bytes::{
    Next, at, bracket, emoticon, is_letter, next, quote, skip_spaces, space, word_at,
};
use crate::lexicon::abbreviations::opens_sentence;

/// The length of the ellipsis character or full-width terminator at `i`, or zero.
pub(super) fn wide_terminator(bytes: &[u8], i: usize) -> usize {
    match (at(bytes, i), at(bytes, i + 1), at(bytes, i + 2)) {
        (0xE2, 0x80, 0xA6 | 0xBC | 0xBD)
        | (0xE2, 0x81, 0x87..=0x89)
        | (0xE3, 0x80, 0x82)
        | (0xEF, 0xBC, 0x81 | 0x8E | 0x9F)
        | (0xEF, 0xBD, 0xA1) => 3,
        _ => 0,
    }
}

/// A run of terminators, what closes after it, and what follows.
pub(super) struct Site<'a> {
    pub(super) bytes: &'a [u8],
    /// Where the sentence begins.
    pub(super) start: usize,
    /// The first terminator.
    pub(super) mark: usize,
    /// After the last terminator of the run.
    pub(super) after: usize,
    /// After the marks and brackets that close it.
    pub(super) closed: usize,
    /// Where the next word begins.
    pub(super) next: usize,
    /// Number of full stops in the run, an ellipsis character counting three.
    pub(super) stops: usize,
    /// Whether a question or exclamation mark is in the run.
    pub(super) loud: bool,
    /// Whether a quotation mark is among the closers.
    pub(super) quoted: bool,
}

impl<'a> Site<'a> {
    /// Reads what stands around the terminator at `mark`.
    pub(super) fn read(bytes: &'a [u8], start: usize, mark: usize) -> Self {
        let mut site = Self {
            bytes,
            start,
            mark,
            after: mark,
            closed: mark,
            next: mark,
            stops: 0,
            loud: false,
            quoted: false,
        };
        site.take_run();
        site.take_closers();
        site.next = skip_spaces(bytes, site.closed);
        site
    }

    /// Takes in the terminators that stand together, `?!`, `...`, and dots set apart, `. . .`
    fn take_run(&mut self) {
        let mut i = self.mark;
        loop {
            i += match at(self.bytes, i) {
                b'.' => {
                    self.stops += 1;
                    1
                }
                b'!' | b'?' => {
                    self.loud = true;
                    1
                }
                b' ' if self.run_goes_on(i + 1) => 1,
                _ => match wide_terminator(self.bytes, i) {
                    0 => break,
                    len => {
                        let ellipsis = at(self.bytes, i) == 0xE2 && at(self.bytes, i + 2) == 0xA6;
                        self.stops += if ellipsis { 3 } else { 0 };
                        self.loud |= !ellipsis;
                        len
                    }
                },
            };
        }
        self.after = i;
    }

    /// Whether the terminator at `i`, after a space, belongs to the run before it.
    fn run_goes_on(&self, i: usize) -> bool {
        match at(self.bytes, i) {
            b'.' => self.stops > 0 && !at(self.bytes, i + 1).is_ascii_alphanumeric(),
            b'!' | b'?' => !at(self.bytes, i + 1).is_ascii_alphanumeric(),
            _ => false,
        }
    }

    /// Takes in the marks, brackets, notes and emoticons that belong to the sentence.
    fn take_closers(&mut self) {
        let bytes = self.bytes;
        let mut i = self.after;
        loop {
            let mark = quote(bytes, i);
            let len = mark.max(bracket(bytes, i));
            if len == 0 {
                break;
            }
            self.quoted |= mark > 0;
            i += len;
        }
        // A mark glued to a capital opens what follows: `It ended."The hall ...`
        if i > self.after && i < bytes.len() && space(bytes, i) == 0 {
            let opens = next(bytes, i, bytes.len()).0 == Next::Upper && self.stops < 2;
            if opens && bracket(bytes, i - 1) == 0 {
                i = self.after;
                self.quoted = false;
            }
        }
        self.closed = i;
        loop {
            let apart = skip_spaces(bytes, i);
            let len = self.stray_closer(apart).max(note(bytes, apart)).max(emoticon(bytes, apart));
            if len == 0 || apart + len < bytes.len() && space(bytes, apart + len) == 0 {
                break;
            }
            i = apart + len;
            self.closed = i;
        }
    }

    /// The length of the closing mark at `i` that white space cut off from its sentence, or zero.
    fn stray_closer(&self, i: usize) -> usize {
        let bytes = self.bytes;
        let len = quote(bytes, i).max(bracket(bytes, i));
        let apart = i > self.after && (i + len >= bytes.len() || space(bytes, i + len) > 0);
        if apart { len } else { 0 }
    }

    /// The word that the terminator ends, without it; empty when white space stands there.
    pub(super) fn word_before(&self) -> &'a [u8] {
        let low = self.start.max(self.mark.saturating_sub(24));
        let mut i = self.mark;
        while i > low {
            let stops = match self.bytes[i - 1] {
                b' ' | b'\t' | b'\n' | b'\r' | b'(' | b'[' | b'{' | b'"' | b'`' | b',' | b';'
                | b':' | b')' | b']' | b'&' | b'*' => true,
                // Inside a word these join: isn't, J-K, km/h; before one they open it.
                b'\'' | b'-' | b'/' => i - 1 == low || !is_letter(self.bytes[i - 2]),
                0x99 if i >= 4 && self.bytes[i - 3..i - 1] == [0xE2, 0x80] => {
                    !is_letter(self.bytes[i - 4])
                }
                0x80..=0xBF => {
                    i >= 3 && self.bytes[i - 3] == 0xE2 && matches!(self.bytes[i - 2], 0x80 | 0x81)
                        || i >= 2 && self.bytes[i - 2] == 0xC2
                }
                _ => false,
            };
            if stops {
                break;
            }
            i -= 1;
        }
        &self.bytes[i..self.mark]
    }
}

/// The length of a note that stands after the stop of its sentence, or zero: a reference `[17]`,
/// a remark `[citation needed]`, words left out `[...]` at the block's end, or a footnote's number
/// before a word that opens.
fn note(bytes: &[u8], i: usize) -> usize {
    if at(bytes, i).is_ascii_digit() {
        let digits = 1 + usize::from(at(bytes, i + 1).is_ascii_digit());
        let opener = word_at(bytes, i + digits + 1);
        let opens = opener.first().is_some_and(u8::is_ascii_uppercase) && opens_sentence(opener);
        return if at(bytes, i + digits) == b' ' && opens { digits } else { 0 };
    }
    if bytes.get(i..).is_some_and(|rest| matches!(rest, b"[...]" | b"(...)" | b"[\xE2\x80\xA6]")) {
        return bytes.len() - i;
    }
    if at(bytes, i) != b'['
        || !(at(bytes, i + 1).is_ascii_digit() || at(bytes, i + 1).is_ascii_lowercase())
    {
        return 0;
    }
    let reach = &bytes[i..bytes.len().min(i + 40)];
    match reach.iter().position(|byte| matches!(byte, b']' | b'.' | b'!' | b'?')) {
        Some(end) if reach[end] == b']' => end + 1,
        _ => 0,
    }
}
