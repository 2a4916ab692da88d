//! Numbers, punctuation, symbols, pictographs, handles and hashtags.
//!
//! In: a sentence and where a token begins that is not a word. Out: its tokens. Digits keep the
//! separators inside them; a unit glued to a number, a currency or percent sign stand apart.

use super::chars::{self, Wide, class, of, wide};
use super::words::is_clitic;
use super::{Cutter, Shape, TokenKind};

/// Units that are cut from the number they are glued to.
const UNITS: [&[u8]; 24] = [
    b"km", b"kg", b"m", b"cm", b"mm", b"g", b"mg", b"lb", b"lbs", b"ft", b"mph", b"kph", b"am",
    b"pm", b"bn", b"mn", b"tn", b"kmh", b"mi", b"hrs", b"min", b"ml", b"kw", b"mw",
];

/// A number is not joined across a separator after so many bytes.
const LONGEST: usize = 64;

impl Cutter<'_> {
    /// Cuts the number at `self.at`.
    pub(super) fn number(&mut self) {
        let start = self.at;
        let mut i = start;
        let mut slashes = 0;
        loop {
            while self.byte(i).is_ascii_digit() && i < self.end {
                i += 1;
            }
            let joined = match self.byte(i) {
                b'.' | b',' | b':' => true,
                b'/' => {
                    let short = i - start <= 2 || slashes > 0;
                    slashes += 1;
                    short && self.date_part(i + 1)
                }
                _ => false,
            };
            let more = i - start < LONGEST && i + 1 < self.end;
            if joined && more && self.byte(i + 1).is_ascii_digit() {
                i += 1;
            } else {
                break;
            }
        }
        let letters = self.bytes[i..self.end]
            .iter()
            .take(12)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        if letters > 0 {
            let after = of(self.byte(i + letters));
            let unit = after & class::DIGIT == 0
                && i + letters <= self.end
                && UNITS.contains(&&self.bytes[i..i + letters]);
            if !unit {
                // An ordinal, a decade, a model: 19th, 1990s, 4G.
                self.word();
                return;
            }
        } else if self.byte(i) == b'.' && self.list_number(start, i) {
            i += 1;
        } else if matches!(self.byte(i), b'@' | b'_') && i < self.end {
            self.word();
            return;
        }
        self.push(start, i, TokenKind::Number, Shape::None);
        self.at = i;
    }

    /// Whether at most two digits, or a year's four after a second slash, stand at `at`.
    fn date_part(&self, at: usize) -> bool {
        let digits = self.bytes[at.min(self.end)..self.end]
            .iter()
            .take(5)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        matches!(digits, 1 | 2 | 4)
    }

    /// Whether a stop after the number belongs to it: words of the sentence follow.
    fn list_number(&self, start: usize, at: usize) -> bool {
        at + 1 < self.end
            && matches!(self.byte(at + 1), b' ' | b'\t')
            && (start == self.start || at - start <= 3)
    }

    /// Cuts the ASCII mark at `self.at`.
    pub(super) fn mark(&mut self) {
        let start = self.at;
        let byte = self.byte(start);
        let mut kind = TokenKind::Punctuation;
        let mut end = start + 1;
        match byte {
            b'.' => end = self.dots(start),
            b'-' => {
                end = self.run_of(b'-');
            }
            b'\'' => return self.single(start, 1),
            b'"' => kind = TokenKind::QuoteMark,
            b'`' => {
                kind = TokenKind::QuoteMark;
                end += usize::from(self.byte(start + 1) == b'`');
            }
            b'@' | b'#' => {
                let name = self.tag(start + 1);
                if name > start + 1
                    && (byte == b'@'
                        || self.starts_letter(start + 1)
                        || self.letter_in(start + 1, name))
                {
                    end = name;
                    kind = if byte == b'@' { TokenKind::Handle } else { TokenKind::Hashtag };
                } else {
                    kind = TokenKind::Symbol;
                }
            }
            b'$' | b'%' | b'&' | b'+' | b'=' | b'<' | b'>' | b'^' | b'|' | b'~' | b'\\' => {
                kind = TokenKind::Symbol;
            }
            b'*' | b'_' => end = self.run_of(byte),
            _ => {}
        }
        self.push(start, end, kind, Shape::None);
        self.at = end;
    }

    /// The end of a handle or hashtag's name.
    fn tag(&self, mut at: usize) -> usize {
        while at < self.end {
            let byte = self.bytes[at];
            if of(byte) & class::WORD != 0 || byte == b'_' {
                at += 1;
            } else if byte >= 0x80 && self.starts_letter(at) {
                at += chars::char_at(self.text, at).map_or(1, char::len_utf8);
            } else {
                break;
            }
        }
        at
    }

    fn letter_in(&self, from: usize, to: usize) -> bool {
        self.bytes[from..to].iter().any(|byte| of(*byte) & class::DIGIT == 0)
    }

    /// The end of the run of one byte at `self.at`.
    fn run_of(&self, byte: u8) -> usize {
        self.at + self.bytes[self.at..self.end].iter().take_while(|found| **found == byte).count()
    }

    /// The end of the dots at `start`: one, or an ellipsis, whose fourth dot ends the sentence.
    fn dots(&self, start: usize) -> usize {
        let run = self.run_of(b'.');
        if run - start == 4 { start + 3 } else { run }
    }

    /// Cuts at a single mark of `len` bytes: a clitic, an elision, a quotation mark.
    fn single(&mut self, start: usize, len: usize) {
        let after = start + len;
        if len == 1 && self.byte(after) == b'\'' && after < self.end {
            self.push(start, after + 1, TokenKind::QuoteMark, Shape::None);
            self.at = after + 1;
            return;
        }
        let glued = start > self.start && of(self.byte(start - 1)) & class::SPACE == 0;
        let run = self.bytes[after.min(self.end)..self.end]
            .iter()
            .take(8)
            .take_while(|byte| of(**byte) & class::WORD != 0)
            .count();
        let tail = &self.bytes[after.min(self.end)..after.min(self.end) + run];
        let whole = !self.starts_letter(after + run);
        if glued && whole && is_clitic(tail) {
            self.push(start, after + run, TokenKind::Clitic, Shape::Lower);
            self.at = after + run;
            return;
        }
        if !glued && whole && elided(tail) {
            self.push(start, after + run, TokenKind::Word, chars::shape(of(tail[0]), 0));
            self.at = after + run;
            return;
        }
        let possessive =
            glued && !self.open_single && matches!(self.byte(start - 1) | 0x20, b's' | b'z' | b'x');
        self.open_single = !glued;
        let kind = if possessive { TokenKind::Clitic } else { TokenKind::QuoteMark };
        self.push(start, after, kind, Shape::None);
        self.at = after;
    }

    /// Cuts at a character outside ASCII.
    pub(super) fn wide(&mut self) {
        let start = self.at;
        let Some(c) = chars::char_at(self.text, start) else {
            self.at = self.end;
            return;
        };
        let end = start + c.len_utf8();
        let kind = match wide(c) {
            Wide::Space => {
                self.at = end;
                return;
            }
            Wide::Letter | Wide::Digit => return self.word(),
            Wide::Apostrophe => return self.single(start, end - start),
            Wide::Quote => {
                self.open_single |= c == '‘';
                TokenKind::QuoteMark
            }
            Wide::Emoji => return self.emoji(start, c),
            Wide::Dash | Wide::Ellipsis | Wide::Punctuation => TokenKind::Punctuation,
            Wide::Symbol => TokenKind::Symbol,
        };
        self.push(start, end, kind, Shape::None);
        self.at = end;
    }

    /// Cuts the pictograph at `start`, with its modifiers and what is joined to it.
    fn emoji(&mut self, start: usize, first: char) {
        let mut end = start + first.len_utf8();
        let flag = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
        if flag(first) {
            end += chars::char_at(self.text, end).filter(|c| flag(*c)).map_or(0, char::len_utf8);
        }
        while end < self.end {
            let Some(c) = chars::char_at(self.text, end) else { break };
            if chars::modifies_emoji(c) {
                end += c.len_utf8();
            } else if c == '\u{200D}' {
                end += c.len_utf8();
                end += chars::char_at(self.text, end)
                    .filter(|c| chars::is_emoji(*c))
                    .map_or(0, char::len_utf8);
            } else {
                break;
            }
        }
        let end = end.min(self.end);
        self.push(start, end, TokenKind::Emoji, Shape::None);
        self.at = end;
    }
}

/// Whether the word after an apostrophe has lost its beginning: ’70s, 'em, 'til.
fn elided(tail: &[u8]) -> bool {
    let decade = tail.len() >= 2
        && tail[..2].iter().all(u8::is_ascii_digit)
        && (tail.len() == 2 || tail[2..] == *b"s");
    decade
        || [&b"em"[..], b"cause", b"cuz", b"til", b"bout", b"round"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(tail))
}
