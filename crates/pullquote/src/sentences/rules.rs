//! Whether a sentence ends at a terminator.
//!
//! In: the bytes of a block, where the sentence begins and where a terminator stands. Out: a
//! [`Verdict`]. Each rule reads the word before, the run of terminators and closers, and the word
//! or two after; none looks further than a fixed number of bytes.

use super::bytes::{Next, at, bracket, next, quote, skip_spaces, space, word_at};
use crate::lexicon::abbreviations::{Abbreviation, abbreviation, opens_sentence};

/// What a look at a terminator found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence ends at `end`; the next one begins at `next`.
    Cut { end: usize, next: usize },
    /// It goes on; the next terminator is to be sought from here.
    Go(usize),
}

/// The length of the ellipsis character or full-width terminator at `i`, or zero.
pub(super) fn wide_terminator(bytes: &[u8], i: usize) -> usize {
    match (at(bytes, i), at(bytes, i + 1), at(bytes, i + 2)) {
        (0xE2, 0x80, 0xA6)
        | (0xE3, 0x80, 0x82)
        | (0xEF, 0xBC, 0x81 | 0x8E | 0x9F)
        | (0xEF, 0xBD, 0xA1)
        | (0xE2, 0x81, 0x87..=0x89)
        | (0xE2, 0x80, 0xBC | 0xBD) => 3,
        _ => 0,
    }
}

/// A run of terminators, what closes after it, and what follows.
struct Site<'a> {
    bytes: &'a [u8],
    /// Where the sentence begins.
    start: usize,
    /// The first terminator.
    mark: usize,
    /// After the last terminator of the run.
    after: usize,
    /// After the marks and brackets that close it.
    closed: usize,
    /// Where the next word begins.
    next: usize,
    /// Number of full stops in the run, an ellipsis character counting three.
    stops: usize,
    /// Whether a question or exclamation mark is in the run.
    loud: bool,
    /// Whether a quotation mark is among the closers.
    quoted: bool,
}

/// Looks at the terminator at `mark` of the sentence that begins at `start`; `bytes` end where
/// the block does.
pub(super) fn judge(bytes: &[u8], start: usize, mark: usize) -> Verdict {
    let site = Site::read(bytes, start, mark);
    if site.next >= bytes.len() {
        return Verdict::Cut { end: site.closed, next: bytes.len() };
    }
    if site.ends() {
        Verdict::Cut { end: site.closed, next: site.next }
    } else {
        Verdict::Go(site.after.max(mark + 1))
    }
}

impl<'a> Site<'a> {
    fn read(bytes: &'a [u8], start: usize, mark: usize) -> Self {
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
        let mut i = mark;
        loop {
            let len = match at(bytes, i) {
                b'.' => {
                    site.stops += 1;
                    1
                }
                b'!' | b'?' => {
                    site.loud = true;
                    1
                }
                b' ' if at(bytes, i + 1) == b'.'
                    && matches!(at(bytes, i + 2), b' ' | b'.' | 0 | b'"' | b')' | 0xE2)
                    && site.stops > 0 =>
                {
                    1
                }
                _ => match wide_terminator(bytes, i) {
                    0 => break,
                    len => {
                        if at(bytes, i) == 0xE2 && at(bytes, i + 2) == 0xA6 {
                            site.stops += 3
                        } else {
                            site.loud = true
                        }
                        len
                    }
                },
            };
            i += len;
        }
        site.after = i;
        site.close();
        site.next = skip_spaces(bytes, site.closed);
        site
    }

    /// Takes in the quotation marks and brackets that close the sentence.
    fn close(&mut self) {
        let mut i = self.after;
        loop {
            let mark = quote(self.bytes, i);
            let len = mark.max(bracket(self.bytes, i));
            if len == 0 {
                break;
            }
            self.quoted |= mark > 0;
            i += len;
        }
        // An opening mark glued to the stop belongs to what follows: `end."The`.
        if i < self.bytes.len() && space(self.bytes, i) == 0 && i > self.after {
            let (what, _) = next(self.bytes, i, self.bytes.len());
            if matches!(what, Next::Upper) && self.stops < 2 && bracket(self.bytes, i - 1) == 0 {
                i = self.after;
                self.quoted = false;
            }
        }
        self.closed = i;
        // Notes in brackets, "[17]", stand after the stop they belong to.
        loop {
            let open = skip_spaces(self.bytes, i);
            if at(self.bytes, open) != b'[' {
                break;
            }
            let digits = self.bytes[open + 1..]
                .iter()
                .take(4)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits == 0 || at(self.bytes, open + 1 + digits) != b']' {
                break;
            }
            i = open + digits + 2;
            self.closed = i;
        }
    }

    /// Whether the sentence ends here.
    fn ends(&self) -> bool {
        let (what, word) = next(self.bytes, self.next, self.bytes.len());
        if self.next == self.closed && self.closed == self.after {
            return self.glued(what, word);
        }
        if self.next == self.closed {
            // A closer glued to a word: `"Stop!"he said`.
            return false;
        }
        let after = word_at(self.bytes, word);
        if self.loud {
            return self.ends_loud(what, after, word);
        }
        if self.stops > 1 {
            return match what {
                Next::Lower => mixed_case(after),
                Next::Upper => true,
                Next::Digit => true,
                Next::Bracket | Next::Dash | Next::Other => !self.quoted || what == Next::Bracket,
                Next::End => true,
            };
        }
        self.ends_stop(what, after, word)
    }

    /// A stop directly followed by a letter: two sentences glued, or one word.
    fn glued(&self, what: Next, word: usize) -> bool {
        if what != Next::Upper || self.stops > 1 {
            return false;
        }
        let before = self.word_before();
        let after = word_at(self.bytes, word);
        let plain = before.len() >= 2
            && before[before.len() - 2..].iter().all(u8::is_ascii_lowercase)
            && !before.contains(&b'.')
            && !before.contains(&b'@')
            || self.mark > 0 && matches!(at(self.bytes, self.mark - 1), b')' | b'"' | b'0'..=b'9');
        let end = word + after.len();
        let clean = matches!(at(self.bytes, end), b' ' | b',' | b'\'' | 0xE2 | b'.' | b'?' | b'!')
            && !(at(self.bytes, end) == b'.' && at(self.bytes, end + 1).is_ascii_alphanumeric());
        plain
            && clean
            && (after.len() == 1 && matches!(after, b"A" | b"I")
                || after.len() > 1 && after[1..].iter().all(|b| !b.is_ascii_uppercase()))
            && !(before.first().is_some_and(u8::is_ascii_uppercase) && !opens_sentence(after))
    }

    /// A question or exclamation mark is in the run.
    fn ends_loud(&self, what: Next, after: &[u8], _word: usize) -> bool {
        match what {
            Next::Lower => {
                !self.quoted && !self.brand() && (self.closed == self.after) || mixed_case(after)
            }
            Next::Upper if self.quoted => !self.attribution(),
            _ => true,
        }
    }

    /// Whether the word before is a name that ends in an exclamation mark: "Yahoo! said".
    fn brand(&self) -> bool {
        at(self.bytes, self.mark) == b'!' && {
            let word = self.word_before();
            word.first().is_some_and(u8::is_ascii_uppercase) && self.mark - word.len() > self.start
        }
    }

    /// Whether a name and a verb of saying follow: `"Why now?" Okafor asked.`
    fn attribution(&self) -> bool {
        let mut i = self.next;
        for _ in 0..4 {
            let word = word_at(self.bytes, i);
            if !word.first().is_some_and(|byte| byte.is_ascii_uppercase() || *byte >= 0x80) {
                return SAID.contains(&word);
            }
            i += word.len();
            i += usize::from(at(self.bytes, i) == b'.');
            i = skip_spaces(self.bytes, i);
        }
        false
    }

    /// A single full stop, white space after it.
    fn ends_stop(&self, what: Next, after: &[u8], _word: usize) -> bool {
        let before = self.word_before();
        let word_start = self.mark - before.len();
        let first = self.start == word_start || skip_marks(self.bytes, self.start) == word_start;
        if self.closed > self.after {
            // Something closed between the stop and the next word.
            return match what {
                Next::Lower => mixed_case(after),
                _ => {
                    !(self.closed == self.after + 1
                        && bracket(self.bytes, self.after) > 0
                        && abbreviation(before).is_some()
                        && what != Next::Upper)
                }
            };
        }
        if first && list_number(before) {
            return false;
        }
        let class = abbreviation(before);
        let initials = initials(before);
        match what {
            Next::Lower => {
                class.is_none()
                    && !initials
                    && before.len() > 2
                    && before.iter().all(u8::is_ascii_lowercase)
                    || mixed_case(after)
            }
            Next::Digit => match class {
                Some(
                    Abbreviation::Number
                    | Abbreviation::Month
                    | Abbreviation::Inner
                    | Abbreviation::Title,
                ) => false,
                Some(
                    Abbreviation::State
                    | Abbreviation::Time
                    | Abbreviation::Country
                    | Abbreviation::Company
                    | Abbreviation::Closing
                    | Abbreviation::Street
                    | Abbreviation::Unit,
                ) => false,
                None => !initials,
            },
            Next::Upper => match class {
                Some(Abbreviation::Title | Abbreviation::Inner) => false,
                Some(Abbreviation::Number) => {
                    !(after.len() == 1 || roman(after)) && !(before.len() == 1)
                }
                Some(Abbreviation::Time) => {
                    opens_sentence(after) || !TIME_FOLLOWERS.iter().any(|w| after.starts_with(w))
                }
                Some(Abbreviation::Month) => opens_sentence(after),
                Some(_) => opens_sentence(after),
                None if initials => {
                    opens_sentence(after)
                        && (before.len() > 1
                            || before == b"I"
                            || !after_name(self.bytes, word_start))
                }
                None => true,
            },
            Next::Bracket => !(class.is_some() || initials),
            Next::Dash => class.is_none() && !initials && before.len() > 1,
            Next::Other => class.is_none() && !initials,
            Next::End => true,
        }
    }

    /// The word that the terminator ends, without it; empty when white space stands there.
    fn word_before(&self) -> &'a [u8] {
        let low = self.start.max(self.mark.saturating_sub(24));
        let mut i = self.mark;
        while i > low {
            let byte = self.bytes[i - 1];
            let stops = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b'(' | b'[' | b'{' | b'"' | b'\'' | b'/' | b'`'
                | b',' | b';' | b':' | b')' | b']' | b'-' | b'&' => true,
                0x80..=0xBF => self.punctuation_ends_at(i),
                _ => false,
            };
            if stops {
                break;
            }
            i -= 1;
        }
        &self.bytes[i..self.mark]
    }

    /// Whether the bytes before `i` are a space, dash or mark outside ASCII.
    fn punctuation_ends_at(&self, i: usize) -> bool {
        i >= 3 && self.bytes[i - 3] == 0xE2 && self.bytes[i - 2] == 0x80
            || i >= 2 && self.bytes[i - 2] == 0xC2
    }
}

const SAID: [&[u8]; 12] = [
    b"said",
    b"asked",
    b"says",
    b"asks",
    b"told",
    b"wrote",
    b"added",
    b"replied",
    b"shouted",
    b"wondered",
    b"cried",
    b"exclaimed",
];

const TIME_FOLLOWERS: [&[u8]; 24] = [
    b"Monday",
    b"Tuesday",
    b"Wednesday",
    b"Thursday",
    b"Friday",
    b"Saturday",
    b"Sunday",
    b"Eastern",
    b"Pacific",
    b"Central",
    b"GMT",
    b"EST",
    b"EDT",
    b"ET",
    b"PST",
    b"PDT",
    b"PT",
    b"CET",
    b"BST",
    b"UTC",
    b"Jan",
    b"Feb",
    b"Mountain",
    b"CST",
];

/// Whether the word has a capital after a small first letter: eBay, iPhone.
fn mixed_case(word: &[u8]) -> bool {
    word.len() > 2 && word[0].is_ascii_lowercase() && word[1].is_ascii_uppercase()
}

/// The position after bullets and opening marks.
fn skip_marks(bytes: &[u8], mut i: usize) -> usize {
    for _ in 0..4 {
        let len = match at(bytes, i) {
            b'(' | b'[' | b'*' | b'-' => 1,
            0xE2 if at(bytes, i + 1) != 0x80 || at(bytes, i + 2) == 0xA2 => 3,
            _ => quote(bytes, i).max(space(bytes, i)),
        };
        if len == 0 {
            break;
        }
        i += len;
    }
    i
}

/// Whether the word can be a list's number: 12, IV, b.
fn list_number(word: &[u8]) -> bool {
    !word.is_empty()
        && (word.len() <= 3 && word.iter().all(u8::is_ascii_digit)
            || word.len() == 1 && word[0].is_ascii_alphabetic()
            || word.len() <= 5 && roman(word)
            || word.len() <= 6
                && word.iter().all(|b| b.is_ascii_digit() || *b == b'.')
                && word[0].is_ascii_digit())
}

/// Whether the word is a Roman numeral in capitals.
fn roman(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the word is one letter, or letters with stops between them: J, U.S, p.m.
fn initials(word: &[u8]) -> bool {
    !word.is_empty()
        && word.len() <= 11
        && word
            .iter()
            .enumerate()
            .all(|(i, byte)| if i % 2 == 0 { byte.is_ascii_alphabetic() } else { *byte == b'.' })
        && word.len() % 2 == 1
}

/// Whether the word before `at` is capitalised.
fn after_name(bytes: &[u8], i: usize) -> bool {
    let end = bytes[..i].iter().rposition(|byte| *byte != b' ').map_or(0, |p| p + 1);
    let start = bytes[end.saturating_sub(24)..end]
        .iter()
        .rposition(|b| *b == b' ' || *b == b'(')
        .map_or(end.saturating_sub(24), |p| end.saturating_sub(24) + p + 1);
    at(bytes, start).is_ascii_uppercase()
}
