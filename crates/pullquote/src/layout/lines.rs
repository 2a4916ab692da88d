//! Lines of text, and the paragraphs that a hard wrap cut into lines.
//!
//! In: the text. Out: its non-blank lines, trimmed, in order, with lines that a fixed width broke
//! joined again.
//!
//! A line ends at LF, CR, CRLF, a form feed, U+2028 or U+2029. Text counts as hard-wrapped when
//! most line ends inside paragraphs stand where the next word would have crossed the widest
//! line's end, and enough of them stand in mid-sentence; the first quarter of a mebibyte tells, so
//! that a text of any length can be read as it comes. A lone long line that ends in "and" or
//! "of" is joined to the small letter that follows. Cost: one pass over the text with
//! `memchr`, then one over the lines. Not attempted: text wrapped at several widths, or justified.

use crate::span::Span;
use memchr::{Memchr2, Memchr3, memchr2_iter, memchr3_iter};
use std::iter::Peekable;

/// A non-blank line, or several that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// From its first to after its last non-space character.
    pub span: Span,
    /// Whether a blank line, a page break or the start of the text stands before it.
    pub after_gap: bool,
}

/// Widths a hard wrap may have, in characters. Longer lines are paragraphs, shorter ones verse.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// A line of so many bytes has more characters than any width.
pub(crate) const LONG: usize = 512;

/// How much of a text is read to tell its width, in bytes.
pub(crate) const SAMPLE: usize = 1 << 18;

/// The lines of `text`, hard-wrapped ones joined.
pub(super) fn read(text: &str) -> Vec<Line> {
    let lines: Vec<Line> = Lines::new(text, 0, true).collect();
    let width = if text.len() <= SAMPLE { wrap_width(text, &lines) } else { width(text) };
    join_wrapped(text, lines, width)
}

/// The width at which the text was broken, if it was, told from the lines that end within its
/// first [`SAMPLE`] bytes.
pub(crate) fn width(text: &str) -> Option<usize> {
    let sample = match text.get(..text.floor_char_boundary(SAMPLE)) {
        Some(head) if head.len() < text.len() => {
            let end = head.rfind(['\n', '\r', '\x0c', '\u{2028}', '\u{2029}']).unwrap_or(0);
            &head[..end]
        }
        _ => text,
    };
    wrap_width(sample, &Lines::new(sample, 0, true).collect::<Vec<_>>())
}

/// The non-blank lines of a text, one by one, none joined.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    narrow: Peekable<Memchr3<'a>>,
    /// Positions of the last byte of what may be a Unicode separator.
    wide: Memchr2<'a>,
    /// The next Unicode separator; `usize::MAX` when there is none.
    separator: usize,
    /// Where the narrow line breaks are counted from.
    from: usize,
    /// Where the line that is read next begins.
    pub(crate) start: usize,
    /// Whether a blank line, a page break or the start of the text stands before it.
    pub(crate) gap: bool,
    /// Whether the text's last line, which no break ends, has been read.
    pub(crate) ended: bool,
}

impl<'a> Lines<'a> {
    /// The lines from byte `from` on, where one begins; `gap` says what stands before it.
    pub(crate) fn new(text: &'a str, from: usize, gap: bool) -> Self {
        let rest = text.get(from..).unwrap_or_default().as_bytes();
        // Nearly no text has the Unicode separators; one fast search settles it.
        let wide = memchr2_iter(0xA8, 0xA9, if rest.is_ascii() { &[] } else { rest });
        let narrow = memchr3_iter(b'\n', b'\r', 0x0C, rest).peekable();
        let mut lines =
            Self { text, narrow, wide, separator: 0, from, start: from, gap, ended: false };
        lines.seek_separator();
        lines
    }

    /// Finds the next Unicode separator.
    fn seek_separator(&mut self) {
        let bytes = self.text.as_bytes();
        let from = self.from;
        let found = self.wide.find_map(|at| {
            let start = (from + at).checked_sub(2)?;
            bytes.get(start..start + 2).filter(|lead| *lead == [0xE2, 0x80]).map(|_| start)
        });
        self.separator = found.unwrap_or(usize::MAX);
    }

    /// The position of the next line break.
    fn next_break(&mut self) -> Option<usize> {
        let narrow = self.narrow.peek().map(|at| self.from + at);
        if self.separator < narrow.unwrap_or(usize::MAX) {
            let separator = self.separator;
            self.seek_separator();
            return Some(separator);
        }
        self.narrow.next();
        narrow
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while !self.ended {
            let (start, found) = (self.start, self.next_break());
            let end = found.unwrap_or(self.text.len());
            let mark = self.text.as_bytes().get(end).copied();
            let span = trim(self.text, start, end);
            let after_gap = self.gap;
            if !span.is_empty() {
                self.gap = false;
            } else if found.is_some() {
                // The empty stretch inside CRLF is not a blank line.
                let inside = start == end && mark == Some(b'\n') && after_return(self.text, end);
                self.gap |= !inside;
            }
            self.gap |= matches!(mark, Some(0x0C | 0xE2));
            if found.is_some() {
                self.start = end + if mark == Some(0xE2) { 3 } else { 1 };
            } else {
                self.ended = true;
            }
            if !span.is_empty() {
                return Some(Line { span, after_gap });
            }
        }
        None
    }
}

/// Whether the byte before `at` is a carriage return.
fn after_return(text: &str, at: usize) -> bool {
    at > 0 && text.as_bytes().get(at - 1) == Some(&b'\r')
}

/// The stretch without the white space at its ends.
fn trim(text: &str, start: usize, end: usize) -> Span {
    let bytes = text.as_bytes();
    let solid = |at: usize| bytes.get(at).is_some_and(|byte| (b'!'..0x7F).contains(byte));
    if start == end || solid(start) && solid(end - 1) {
        return Span::new(start, end);
    }
    let Some(line) = text.get(start..end) else { return Span::new(start, start) };
    let head = line.trim_start();
    let start = end - head.len();
    Span::new(start, start + head.trim_end().len())
}

/// Joins lines that a fixed width broke, and single lines broken after a word that cannot end one.
fn join_wrapped(text: &str, mut lines: Vec<Line>, width: Option<usize>) -> Vec<Line> {
    let mut kept = 0;
    let mut last = Span::default();
    for at in 0..lines.len() {
        let line = lines[at];
        if at > 0 && joins(text, last, false, line, width) {
            lines[kept - 1].span = lines[kept - 1].span.cover(line.span);
        } else {
            lines[kept] = line;
            kept += 1;
        }
        last = line.span;
    }
    lines.truncate(kept);
    lines
}

/// Whether `line` goes on what the line before it, at `last`, left open; `cut` says that the
/// beginning of that one, [`LONG`] bytes or more, is no longer in the text.
pub(crate) fn joins(text: &str, last: Span, cut: bool, line: Line, width: Option<usize>) -> bool {
    let wrapped = || width.is_some_and(|width| cut || fills(text, last, line.span, width));
    let hangs = || (cut || last.len() >= *WRAP_WIDTHS.start()) && hangs(text, last, line.span);
    !line.after_gap && (wrapped() || hangs()) && !opens_item(line.span.of(text))
}

/// Whether the line ends in a word that joins it to the small letter that begins the next.
fn hangs(text: &str, line: Span, next: Span) -> bool {
    const JOINING: [&str; 12] =
        ["and", "or", "of", "the", "to", "a", "an", "in", "for", "with", "by", "from"];
    let small = text.as_bytes().get(next.start()).is_some_and(u8::is_ascii_lowercase);
    small && {
        let end = line.end();
        let tail = Span::new(text.floor_char_boundary(end.saturating_sub(5)), end).of(text);
        tail.rsplit_once(' ').is_some_and(|(_, word)| JOINING.contains(&word))
    }
}

/// The width, in characters, at which the text was broken, if it was.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs =
        || lines.windows(2).filter(|pair| !pair[1].after_gap).map(|p| (p[0].span, p[1].span));
    // A line has at most as many characters as bytes, and hardly more than three bytes in two.
    let longest = pairs().map(|(line, _)| line.len()).max()?;
    if longest > WRAP_WIDTHS.end() * 3 / 2 {
        return None;
    }
    let width = pairs().map(|(line, _)| line.of(text).chars().count()).max()?;
    if !WRAP_WIDTHS.contains(&width) {
        return None;
    }
    let (mut all, mut filled, mut inside) = (0, 0, 0);
    for (line, next) in pairs() {
        all += 1;
        if fills(text, line, next, width) {
            filled += 1;
            inside += usize::from(breaks_sentence(line.of(text), next.of(text)));
        }
    }
    (all >= 2 && filled * 10 >= all * 7 && inside * 10 >= all * 3).then_some(width)
}

/// Whether the next line's first word would have crossed the width, or filled it to the last.
fn fills(text: &str, line: Span, next: Span, width: usize) -> bool {
    let word = next.of(text).chars().take(width).take_while(|c| *c != ' ').count();
    line.of(text).chars().count() + 1 + word >= width
}

/// Whether the line end between the two stands in mid-sentence.
fn breaks_sentence(line: &str, next: &str) -> bool {
    let closed = line.ends_with(['.', '!', '?', ':', '"', '”']);
    !closed && next.starts_with(char::is_lowercase)
}

/// Whether the line is an item of a list, which begins a paragraph of its own.
fn opens_item(line: &str) -> bool {
    line.starts_with(['•', '·', '*', '▪', '●', '–', '—', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<&str> {
        read(text).into_iter().map(|line| line.span.of(text)).collect()
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        let text = "a\r\nb\rc\nd\u{2028}e\u{2029}f\x0cg \u{a0}\n\u{a0}h";
        assert_eq!(show(text), ["a", "b", "c", "d", "e", "f", "g", "h"]);
    }

    #[test]
    fn windows_line_ends_are_not_blank_lines() {
        let gaps = |text| read(text).into_iter().map(|line| line.after_gap).collect::<Vec<_>>();
        assert_eq!(gaps("a\r\nb"), [true, false]);
        assert_eq!(gaps("a\r\n\r\nb"), [true, true]);
        assert_eq!(gaps("a\x0cb"), [true, true]);
    }

    #[test]
    fn a_hard_wrap_is_mended_and_blank_lines_stay() {
        let text = "Pilots from the three harbours of the strait agreed\n\
                    to share the watch for as long as the ice stays in\n\
                    the channel. Two ships wait.\n\n\
                    Nobody has been hurt so far, the coast guard said\n\
                    on Monday.";
        assert_eq!(show(text).len(), 2);
    }

    #[test]
    fn a_lone_break_after_a_joining_word_is_mended() {
        let text =
            "The office asked the crews of all ships to wait outside and\nto keep their lights on.";
        assert_eq!(show(text), [text]);
        assert_eq!(show("Rules of the\nroad").len(), 2, "short lines may be verse or a title");
    }

    #[test]
    fn paragraphs_on_single_lines_stay_apart() {
        let text = "The strait is open again, the harbour office said.\n\
                    Pilots guided fourteen ships through.\n\
                    Two more are waiting outside.";
        assert_eq!(show(text).len(), 3);
    }
}
