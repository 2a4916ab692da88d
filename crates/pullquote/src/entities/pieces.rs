//! The pieces that the grammars of times and amounts read.
//!
//! In: a run of tokens. Out: [`Piece`]s, each a word, a run of digits or one mark, with the part
//! it plays. A token of letters is one piece; any other is cut at every change of kind, so that
//! "mid-1990s", "$2.4bn", "10:30am" and "14/03/2026" can be read whatever the tokens' policy is.
//!
//! Invariant: pieces are in order, disjoint, inside their tokens. Cost: one pass, no allocation
//! once the buffer has grown to the longest run.

use super::words::{Word, classify};
use crate::span::Span;
use crate::tokens::{Token, TokenKind};

/// One word, run of digits or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) word: Word,
    /// It follows the piece before it without a blank.
    pub(super) glued: bool,
    /// It begins with a capital letter.
    pub(super) capital: bool,
}

/// A run of pieces over its text; every look-up beyond the ends finds [`Word::Mark`] of NUL.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pieces<'a> {
    pub(super) text: &'a str,
    pub(super) rows: &'a [Piece],
}

impl<'a> Pieces<'a> {
    /// The part that piece `at` plays.
    pub(super) fn word(self, at: usize) -> Word {
        self.rows.get(at).map_or(Word::Mark(0), |piece| piece.word)
    }

    /// The part that the piece `back` before `at` plays.
    pub(super) fn before(self, at: usize, back: usize) -> Word {
        at.checked_sub(back).map_or(Word::Mark(0), |at| self.word(at))
    }

    /// The letters of piece `at`.
    pub(super) fn text(self, at: usize) -> &'a str {
        self.rows.get(at).map_or("", |piece| piece.span.of(self.text))
    }

    /// Whether piece `at` reads so, at whatever capitals.
    pub(super) fn is(self, at: usize, word: &str) -> bool {
        self.text(at).eq_ignore_ascii_case(word)
    }

    /// Whether no blank stands before piece `at`.
    pub(super) fn glued(self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|piece| piece.glued)
    }

    /// Whether piece `at` begins with a capital.
    pub(super) fn capital(self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|piece| piece.capital)
    }

    /// Whether piece `at` is this mark.
    pub(super) fn mark(self, at: usize, mark: u8) -> bool {
        self.word(at) == Word::Mark(mark)
    }

    /// Whether piece `at` is this mark, with no blank on either side.
    pub(super) fn inner(self, at: usize, mark: u8) -> bool {
        self.mark(at, mark) && self.glued(at) && self.glued(at + 1)
    }

    /// The digits of piece `at` as a number, with how many there are; at most nine.
    pub(super) fn digits(self, at: usize) -> Option<(u32, usize)> {
        let text = self.text(at);
        (self.word(at) == Word::Digits && text.len() <= 9)
            .then(|| text.parse().ok().map(|number| (number, text.len())))
            .flatten()
    }

    /// The text's stretch under the pieces `from` up to, not including, `to`.
    pub(super) fn span(self, from: usize, to: usize) -> Span {
        match (self.rows.get(from), to.checked_sub(1).and_then(|last| self.rows.get(last))) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// Cuts tokens into pieces, added to `out`.
pub(super) fn cut(text: &str, tokens: &[Token], out: &mut Vec<Piece>) {
    let mut end = usize::MAX;
    let bytes = text.as_bytes();
    for token in tokens {
        let (span, start) = (token.span, token.span.start());
        let glued = start == end;
        end = span.end();
        let opaque = match token.kind {
            TokenKind::Url | TokenKind::Email | TokenKind::Handle => true,
            // "#54.8 million" is a price on old wires.
            TokenKind::Hashtag => !bytes.get(start + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        };
        let word = if opaque { Some(Word::Other) } else { classify(bytes, start, span.len()) };
        match word {
            Some(word) => {
                let capital = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
                out.push(Piece { span, word, glued, capital });
            }
            None => cut_token(span.of(text), start, glued, out),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letters,
    Digits,
    Blank,
    Mark(Word),
}

fn kind(letter: char) -> Kind {
    match letter {
        'a'..='z' | 'A'..='Z' => Kind::Letters,
        '0'..='9' => Kind::Digits,
        '-' | '\u{2010}'..='\u{2015}' | '−' => Kind::Mark(Word::Mark(b'-')),
        '\'' | '’' | '‘' => Kind::Mark(Word::Mark(b'\'')),
        '"' | '“' | '”' => Kind::Mark(Word::Mark(b'"')),
        '$' | '¢' | '£' | '¤' | '¥' | '\u{20a0}'..='\u{20cf}' | '฿' => Kind::Mark(Word::Sign),
        '¼' => Kind::Mark(Word::Fraction(1)),
        '½' => Kind::Mark(Word::Fraction(2)),
        '¾' => Kind::Mark(Word::Fraction(3)),
        _ if letter.is_whitespace() => Kind::Blank,
        _ if letter.is_alphabetic() => Kind::Letters,
        _ => Kind::Mark(Word::Mark(u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or(1))),
    }
}

fn cut_token(text: &str, offset: usize, mut glued: bool, out: &mut Vec<Piece>) {
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let kind_here = kind(letter);
        let mut end = start + letter.len_utf8();
        if matches!(kind_here, Kind::Letters | Kind::Digits) {
            while let Some((at, next)) = letters.next_if(|&(_, next)| kind(next) == kind_here) {
                end = at + next.len_utf8();
            }
        }
        let word = match kind_here {
            Kind::Blank => {
                glued = false;
                continue;
            }
            Kind::Digits => Word::Digits,
            Kind::Mark(word) => word,
            Kind::Letters => text.get(start..end).map_or(Word::Other, |run| {
                classify(run.as_bytes(), 0, run.len()).unwrap_or(Word::Other)
            }),
        };
        let span = Span::new(offset + start, offset + end);
        out.push(Piece { span, word, glued, capital: letter.is_uppercase() });
        glued = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout, sentences, tokens};

    fn cut_text(text: &str) -> Vec<String> {
        let layout = layout::read(text, None, None);
        let tokens = tokens::split(text, &sentences::split(text, &layout));
        let mut out = Vec::new();
        cut(text, tokens.rows(), &mut out);
        out.iter().map(|piece| piece.span.of(text).to_owned()).collect()
    }

    #[test]
    fn every_change_of_kind_cuts() {
        assert_eq!(cut_text("mid-1990s"), ["mid", "-", "1990", "s"]);
        assert_eq!(cut_text("US$2.4bn"), ["US", "$", "2", ".", "4", "bn"]);
        assert_eq!(cut_text("9½ hours"), ["9", "½", "hours"]);
    }

    #[test]
    fn the_edges_are_empty() {
        let none = Pieces { text: "", rows: &[] };
        assert_eq!(none.word(7), Word::Mark(0));
        assert_eq!(none.before(0, 1), Word::Mark(0));
        assert_eq!((none.text(0), none.glued(1), none.digits(2)), ("", false, None));
        assert_eq!(none.span(0, 0), Span::default());
    }
}
