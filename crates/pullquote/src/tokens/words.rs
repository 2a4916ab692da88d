//! Words, and the joints at which they are cut.
//!
//! In: a sentence and where a word begins. Out: its tokens. The rules of Universal Dependencies
//! for English: clitics stand apart (do|n't, minister|'s), so do the parts of compounds, at each
//! hyphen and slash (long|-|term, and|/|or), except after a prefix that is no word (non-profit,
//! re-elect). A full stop belongs to the word when it abbreviates it.

use super::chars::{self, Wide, class, of, wide};
use super::{Cutter, TokenKind, addresses};
use crate::lexicon::abbreviations::{Abbreviation, abbreviation};

/// Prefixes that keep their hyphen, in small letters.
const PREFIXES: [&[u8]; 36] = [
    b"non", b"co", b"re", b"pro", b"anti", b"mid", b"semi", b"pre", b"e", b"counter", b"mini",
    b"post", b"sub", b"inter", b"ex", b"super", b"multi", b"micro", b"neo", b"pseudo", b"ultra",
    b"bi", b"tri", b"extra", b"intra", b"trans", b"hyper", b"un", b"cross", b"proto", b"uh",
    b"socio", b"anglo", b"mega", b"over", b"under",
];

/// Words that are two, and where they are cut: can|not, gon|na.
const DOUBLE: [&[u8]; 7] = [b"cannot", b"gonna", b"wanna", b"gotta", b"gimme", b"lemme", b"lotta"];
const DOUBLE_CUT: usize = 3;

/// Whether the word keeps the stop that also ends its sentence. "No." at the end is an answer.
pub(super) fn is_abbreviation(word: &[u8]) -> bool {
    abbreviation(word).is_some_and(|class| class != Abbreviation::Number)
}

/// Whether a word of this length, first and last letter can be two words. Computed without a
/// branch, as a word's length is hard to foretell; hardly ever true.
#[inline]
pub(super) fn may_be_double(len: usize, first: u8, last: u8) -> bool {
    let (first, last) = (first | 0x20, last | 0x20);
    let five = u8::from(len == 5) & u8::from(last == b'a');
    let six = u8::from(len == 6) & u8::from(last == b't') & u8::from(first == b'c');
    five | six != 0
}

/// Whether the word is two words.
fn is_double(word: &[u8]) -> bool {
    DOUBLE.iter().any(|double| double.eq_ignore_ascii_case(word))
}

impl Cutter<'_> {
    /// Cuts the word at `self.at`, which begins with a letter or digit.
    pub(super) fn word(&mut self) {
        let start = self.at;
        let mut i = start;
        let mut bits = 0;
        let first = of(self.byte(start));
        loop {
            let mut stop = of(self.byte(i));
            while stop & class::WORD != 0 {
                bits |= if i == start { 0 } else { stop };
                i += 1;
                stop = of(self.byte(i));
            }
            if stop & (class::JOINT | class::WIDE) == 0 {
                break;
            }
            if stop & class::WIDE != 0 {
                let Some(c) = chars::char_at(self.text, i) else { break };
                match wide(c) {
                    Wide::Letter | Wide::Digit => {
                        bits |= class::WIDE;
                        i += c.len_utf8();
                        continue;
                    }
                    Wide::Apostrophe => {}
                    _ => break,
                }
            }
            match self.joint(start, i) {
                Joint::Inside(to) => {
                    bits |= self.bits(i, to);
                    i = to;
                }
                Joint::Here => break,
                Joint::Done => return,
            }
        }
        self.finish_word(start, i, first, bits);
    }

    /// The class bits of a stretch joined.
    fn bits(&self, from: usize, to: usize) -> u8 {
        self.bytes[from..to.min(self.end)].iter().fold(0, |all, byte| all | of(*byte))
    }

    /// Pushes the word from `start` to `end`, in two parts where it is two words.
    fn finish_word(&mut self, start: usize, end: usize, first: u8, rest: u8) {
        self.at = end;
        if is_double(&self.bytes[start..end]) {
            self.push_word(start, start + DOUBLE_CUT);
            self.push_word(start + DOUBLE_CUT, end);
            return;
        }
        let shape = if (first | rest) & class::WIDE == 0 {
            chars::shape(first, rest)
        } else {
            chars::wide_shape(&self.text[start..end])
        };
        self.push(start, end, TokenKind::Word, shape);
    }

    /// Pushes a word whose bits are not known yet.
    pub(super) fn push_word(&mut self, start: usize, end: usize) {
        let first = of(self.byte(start));
        let rest = self.bits(start + 1, end);
        let shape = if (first | rest) & class::WIDE == 0 {
            chars::shape(first, rest)
        } else {
            chars::wide_shape(self.text.get(start..end).unwrap_or_default())
        };
        self.push(start, end, TokenKind::Word, shape);
    }

    /// Decides at a mark inside or after the word from `start` to `at`.
    fn joint(&mut self, start: usize, at: usize) -> Joint {
        match self.byte(at) {
            b'.' => self.stop(start, at),
            b'\'' => self.apostrophe(start, at, 1),
            0xE2 if self.byte(at + 2) == 0x99 => self.apostrophe(start, at, 3),
            0xCA => self.apostrophe(start, at, 2),
            b'-' => self.hyphen(start, at),
            b':' | b'@' => self.address(start),
            b'&' => {
                let both = at - start <= 3
                    && self.bytes[start..at].iter().all(u8::is_ascii_uppercase)
                    && self.byte(at + 1).is_ascii_uppercase();
                if both { Joint::Inside(at + 1) } else { Joint::Here }
            }
            b'_' => Joint::Inside(at + 1),
            _ => Joint::Here,
        }
    }

    /// Pushes the address that begins at `start`, if one does.
    fn address(&mut self, start: usize) -> Joint {
        match addresses::find(&self.bytes[..self.end], start) {
            Some((end, kind)) => {
                self.push(start, end, kind, super::Shape::None);
                self.at = end;
                Joint::Done
            }
            None => Joint::Here,
        }
    }

    /// A full stop after the word.
    fn stop(&mut self, start: usize, at: usize) -> Joint {
        let next = self.byte(at + 1);
        if at + 1 < self.end
            && of(next) & (class::WORD | class::WIDE) != 0
            && next < 0xE0
            && next != 0xC2
        {
            // The first stop decides for the whole word.
            if self.tried != start
                && let Joint::Done = self.address(start)
            {
                return Joint::Done;
            }
            self.tried = start;
            return Joint::Inside(at + 1);
        }
        if next == b'.' {
            return Joint::Here;
        }
        if self.owns_stop(start, at) { self.with_stop(start, at) } else { Joint::Here }
    }

    /// Takes the stop into the word, which may then go on: "U.S.-style", "U.S.'s".
    fn with_stop(&mut self, start: usize, at: usize) -> Joint {
        self.push_word(start, at + 1);
        self.at = at + 1;
        Joint::Done
    }

    /// Whether the stop at `at` abbreviates the word rather than ends the sentence.
    fn owns_stop(&self, start: usize, at: usize) -> bool {
        let word = &self.bytes[start..at];
        let dotted = word.len() <= 9 && word.contains(&b'.');
        match self.after_stop(at) {
            After::Words | After::Joined => true,
            After::Closed => {
                dotted || is_abbreviation(word) || word.len() == 1 && word[0].is_ascii_uppercase()
            }
            After::End => dotted || is_abbreviation(word),
        }
    }

    /// What stands after the stop at `at`.
    fn after_stop(&self, at: usize) -> After {
        let next = at + 1;
        if next >= self.end {
            return After::End;
        }
        match self.byte(next) {
            b' ' if self.only_notes_after(next) => After::End,
            b' ' | b'\t' | b'\n' | b'\r' | 0xC2 => After::Words,
            b',' | b';' | b':' | b'-' | b'/' | b'?' | b'!' => After::Joined,
            b'\'' if self.byte(next + 1) == b's' => After::Joined,
            _ => {
                let rest = &self.bytes[next..self.end];
                let closers = rest.len() <= 6
                    && !rest.iter().any(|byte| of(*byte) & (class::WORD | class::SPACE) != 0);
                if closers { After::End } else { After::Closed }
            }
        }
    }

    /// Whether nothing but a note, mark or emoticon is left of the sentence: `in May. [17]`
    fn only_notes_after(&self, at: usize) -> bool {
        let rest = self.bytes[at..].trim_ascii_start();
        rest.len() <= 40
            && matches!(
                rest,
                [b'[' | b']' | b')' | b'"' | b':' | b';', ..] | [0xE2, 0x80, 0x98..=0x9F, ..]
            )
    }

    /// An apostrophe of `len` bytes after the word.
    fn apostrophe(&mut self, start: usize, at: usize, len: usize) -> Joint {
        let after = at + len;
        let run = self.bytes[after.min(self.end)..self.end]
            .iter()
            .take(5)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let tail = &self.bytes[after.min(self.end)..after.min(self.end) + run];
        let wide_after = of(self.byte(after + run)) & (class::WIDE | class::DIGIT) != 0
            && self.starts_letter(after + run);
        if run == 0 && !wide_after {
            // The plural possessive, or a closing mark: apart in either case.
            return Joint::Here;
        }
        if !wide_after
            && tail.eq_ignore_ascii_case(b"t")
            && matches!(self.byte(at - 1), b'n' | b'N')
            && at - start >= 2
        {
            if at - 1 > start {
                self.push_word(start, at - 1);
            }
            self.push(at - 1, after + 1, TokenKind::Clitic, super::Shape::Lower);
            self.at = after + 1;
            return Joint::Done;
        }
        if !wide_after && is_clitic(tail) {
            self.push_word(start, at);
            self.push(at, after + run, TokenKind::Clitic, super::Shape::Lower);
            self.at = after + run;
            return Joint::Done;
        }
        Joint::Inside(after)
    }

    /// Whether a letter stands at `at`.
    pub(super) fn starts_letter(&self, at: usize) -> bool {
        at < self.end && chars::char_at(self.text, at).is_some_and(char::is_alphanumeric)
    }

    /// A hyphen after the word from `start` to `at`.
    fn hyphen(&mut self, start: usize, at: usize) -> Joint {
        let next = self.byte(at + 1);
        if next == b'-' || at + 1 >= self.end {
            return Joint::Here;
        }
        if self.address_ahead(at)
            && let Joint::Done = self.address(start)
        {
            return Joint::Done;
        }
        let word = &self.bytes[start..at];
        if !self.starts_letter(at + 1) {
            // A word broken off, "th-".
            return if of(next) & class::SPACE != 0 || next == b',' {
                Joint::Inside(at + 1)
            } else {
                Joint::Here
            };
        }
        let prefix =
            word.len() <= 7 && PREFIXES.iter().any(|prefix| prefix.eq_ignore_ascii_case(word));
        if prefix { Joint::Inside(at + 1) } else { Joint::Here }
    }

    /// Whether an @ or a stop before a letter stands ahead in the same chunk, as in an address
    /// whose first part has a hyphen.
    fn address_ahead(&self, at: usize) -> bool {
        let reach = &self.bytes[at..self.end.min(at + 48)];
        let chunk = &reach[..memchr::memchr(b' ', reach).unwrap_or(reach.len())];
        chunk
            .windows(2)
            .any(|pair| pair[0] == b'@' || pair[0] == b'.' && pair[1].is_ascii_alphabetic())
    }
}

/// What to do at a mark inside a word.
enum Joint {
    /// It belongs to the word, which goes on from here.
    Inside(usize),
    /// The word ends before it.
    Here,
    /// The tokens are pushed.
    Done,
}

/// What stands after a full stop.
enum After {
    /// White space and more words of the sentence.
    Words,
    /// A mark that never follows a sentence's end.
    Joined,
    /// A closing mark and more words.
    Closed,
    /// Nothing but closing marks.
    End,
}

/// Whether the letters after an apostrophe are a clitic.
pub(super) fn is_clitic(tail: &[u8]) -> bool {
    [&b"s"[..], b"re", b"ve", b"ll", b"d", b"m"]
        .iter()
        .any(|clitic| clitic.eq_ignore_ascii_case(tail))
}
