//! Texts made to be hard to cut, given bit by bit and as a whole.
//!
//! In: lines of pieces that the rules look at, some of them thousands of times over, lists, wrapped
//! paragraphs, lines of metadata. Each text must be cut alike whatever the parts it comes in; the
//! dice are the same in every run.

use super::*;
use crate::layout;

/// Numbers that look thrown, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// What is hard to cut.
const PIECES: [&str; 44] = [
    "The",
    "boats",
    "of",
    "and",
    "Dr",
    "U.S",
    "No",
    "a",
    "e\u{301}",
    "語",
    "N°",
    "said",
    "St",
    "Okafor asked",
    "http",
    "www",
    "x.org/a/b",
    "a.m",
    "3",
    "12",
    "[17]",
    ".",
    ".",
    ". ",
    "...",
    "?",
    "!",
    "…",
    "\"",
    "”",
    "“",
    "'",
    ")",
    "(",
    "-",
    "—",
    ":)",
    ",",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\t",
    "• ",
];

/// A stretch of one line: pieces in any order, some of them many times.
fn soup(dice: &mut Dice, text: &mut String) {
    for _ in 0..dice.below(400) {
        let piece = PIECES[dice.below(PIECES.len())];
        let sides = if dice.below(9) == 0 { 9 } else { 7 };
        let most = [1, 1, 1, 1, 1, 1, 3, 200, 6000][dice.below(sides)];
        text.push_str(&piece.repeat(1 + dice.below(most)));
    }
}

/// A paragraph of words, broken at one width; one line in `odd` is much longer.
fn wrapped(dice: &mut Dice, end: &str, odd: usize, text: &mut String) {
    let words = ["boats", "and", "nets.", "The", "of", "neighbouring-harbours"];
    let mut word = "The";
    for _ in 0..dice.below(60) {
        let width = if dice.below(odd) == 0 { 100 + dice.below(3000) } else { 60 };
        let start = text.len();
        while text.len() - start + word.len() <= width {
            text.push_str(word);
            text.push(' ');
            word = words[dice.below(words.len())];
        }
        text.push_str(end);
    }
}

/// A list in one line.
fn list(dice: &mut Dice, text: &mut String) {
    let bullet = ["", "• "][dice.below(2)];
    let close = [")", ".", ".)"][dice.below(3)];
    for number in 1..dice.below(9) {
        let item = ["Rain in the north ", "No wind. "][dice.below(2)];
        let item = item.repeat(1 + dice.below(300));
        text.push_str(&[bullet, &number.to_string(), close, " ", &item].concat());
    }
}

fn hostile(dice: &mut Dice) -> String {
    let mut text = String::new();
    while dice.below(3) == 0 {
        text.push_str(["http://example.org/a?b=1\n", "date 2026-03-14 61\n"][dice.below(2)]);
    }
    for _ in 0..dice.below(9) {
        match dice.below(4) {
            0 => wrapped(dice, "\n", 30, &mut text),
            1 => list(dice, &mut text),
            _ => soup(dice, &mut text),
        }
        let end = ["\n", "\r\n", "\r", "\n\n", "\x0c", "\u{2028}", "", " "][dice.below(8)];
        let most = [1, 1, 3, 6000][dice.below(4)];
        text.push_str(&end.repeat(1 + dice.below(most)));
    }
    text
}

fn expected(text: &str) -> Vec<Span> {
    let layout = layout::read(text, None, None);
    crate::sentences::split(text, &layout).rows().iter().map(|row| row.span).collect()
}

/// The sentences, tried for after every part.
fn streamed(text: &str, parts: &mut dyn FnMut() -> usize) -> Vec<Span> {
    let mut cut = Vec::new();
    let mut each = |found: Found<'_>| {
        let at = |at: u64| usize::try_from(at).expect("small");
        assert_eq!(Some(found.text), text.get(at(found.start)..at(found.end)));
        cut.push(Span::new(at(found.start), at(found.end)));
    };
    let mut stream = Stream::new(OffsetUnit::Bytes);
    // Known, as the sample is longer than the text.
    (stream.width, stream.looked) = (width(text), true);
    let mut rest = text;
    while !rest.is_empty() {
        let (part, others) = rest.split_at(rest.ceil_char_boundary(parts()));
        stream.enough = 0;
        stream.push(part, &mut each);
        rest = others;
    }
    stream.finish(&mut each);
    cut
}

#[test]
fn hostile_texts_are_cut_as_a_whole_whatever_the_parts() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..400 {
        let text = hostile(&mut dice);
        let expected = expected(&text);
        for size in [1 + text.len() / 40, 777, 4096, 1 << 15] {
            assert_eq!(streamed(&text, &mut || size), expected, "parts of {size}: {text:?}");
        }
        let mut thrown = || 1 + dice.below(3000);
        assert_eq!(streamed(&text, &mut thrown), expected, "{text:?}");
    }
}

#[test]
fn a_wrapped_text_stays_so_to_its_end() {
    let mut dice = Dice(7);
    for end in ["\n", "\r\n", "\r\n", "\n", "\r"] {
        let mut text = String::new();
        while text.len() <= SAMPLE {
            wrapped(&mut dice, end, usize::MAX, &mut text);
            text.push_str(end);
        }
        assert_eq!(width(&text), Some(60), "the case is what it is meant to be");
        while text.len() <= SAMPLE + (1 << 16) {
            wrapped(&mut dice, end, 9, &mut text);
            text.push_str(&hostile(&mut dice));
        }
        let expected = expected(&text);
        assert_eq!(streamed(&text, &mut || 1 << 16), expected, "{text:?}");
        let mut thrown = || 1 + dice.below(300);
        assert_eq!(streamed(&text, &mut thrown), expected, "{text:?}");
    }
}

#[test]
fn a_sentence_without_end_is_cut_at_the_limit() {
    for (piece, cuts) in [("boats and ", 3), ("語", 3), ("..", 3), ("a\u{a0}", 3)] {
        let text = piece.repeat((5 << 19) / piece.len());
        let expected = expected(&text);
        assert_eq!(expected.len(), cuts, "{piece}");
        assert!(expected.iter().all(|span| span.len() <= crate::sentences::LONGEST));
        assert_eq!(streamed(&text, &mut || 300_001), expected, "{piece}");
    }
}

#[test]
fn a_long_run_of_spaces_at_the_limit_is_in_no_sentence() {
    let (words, more) = ("boats ".repeat(174_000), "and boats ".repeat(20_000));
    let text = [words.trim_end(), &" ".repeat(9000), "nets", &" ".repeat(9000), &more].concat();
    // The first mebibyte, 1,048,576 bytes, ends within the first run.
    let expected = expected(&text);
    assert_eq!(expected[0].len(), 1_043_999);
    assert!(expected[1].of(&text).starts_with("nets") && expected.len() == 2);
    assert_eq!(streamed(&text, &mut || 300_001), expected);
}

#[test]
fn one_byte_at_a_time_is_the_same() {
    let mut dice = Dice(1);
    for _ in 0..40 {
        let mut text = hostile(&mut dice);
        text.truncate(text.floor_char_boundary(9000));
        assert_eq!(streamed(&text, &mut || 1), expected(&text), "{text:?}");
    }
}
