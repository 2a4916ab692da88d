//! Words: what each token is as a word.
//!
//! In: the text and its tokens. Out: [`Words`], one row per token in the same order: the hash of
//! its lower-cased form and what the lexicon knows of it. Later stages compare numbers, never
//! strings.
//!
//! Invariant: as many rows as tokens. Cost: one hash and one table look-up a token, about ten
//! nanoseconds.

use crate::index::{Id, Table};
use crate::lexicon::cues::Cue;
use crate::lexicon::{BEGINS_CUE, Classes, Entry, Lexicon, hash};
use crate::sentences::{SentenceId, Sentences};
use crate::span::Span;
use crate::tokens::{Shape, Token, TokenId, TokenKind, TokenRange, Tokens};

/// Words that the code names, as [`Reading::is_form`] compares them. Punctuation is no word.
macro_rules! forms {
    ($($word:literal),+ $(,)?) => {
        const { &$crate::lexicon::hash::forms([$($word),+]) }
    };
}
pub(crate) use forms;

/// One token as a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The hash of its lower-cased form; zero for punctuation.
    pub hash: u64,
    /// Its lexicon classes.
    pub classes: Classes,
    /// Its lexicon value.
    pub value: u32,
}

impl Word {
    /// Whether the word has any of the classes.
    pub fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    /// Whether a phrase that is a cue begins with the word: "according to".
    pub fn begins_cue(&self) -> bool {
        self.value & BEGINS_CUE != 0
    }

    /// The cue that the word is a form of.
    pub fn cue(&self) -> Option<&'static Cue> {
        Entry { classes: self.classes, value: self.value }.cue()
    }
}

/// The words of a text, one for each token.
pub type Words = Table<TokenId, Word>;

/// Looks every token up.
pub fn look_up(text: &str, tokens: &Tokens, lexicon: Lexicon) -> Words {
    tokens
        .rows()
        .iter()
        .map(|token| match token.kind {
            TokenKind::Punctuation | TokenKind::QuoteMark => Word::default(),
            _ => {
                let hash = hash::fold(token.span.of(text));
                let entry = lexicon.get(hash);
                Word { hash, classes: entry.classes, value: entry.value }
            }
        })
        .collect()
}

/// A text with its sentences, tokens and words: what the later stages read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The text.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a Sentences,
    /// Their tokens.
    pub tokens: &'a Tokens,
    /// The tokens as words.
    pub words: &'a Words,
    /// Where phrases are looked up.
    pub lexicon: Lexicon,
}

impl<'a> Reading<'a> {
    /// The token; `None` past the end.
    pub fn token(self, id: TokenId) -> Option<&'a Token> {
        self.tokens.get(id)
    }

    /// The token as a word; an empty word past the end.
    pub fn word(self, id: TokenId) -> Word {
        self.words.get(id).copied().unwrap_or_default()
    }

    /// The token as written; empty past the end.
    pub fn written(self, id: TokenId) -> &'a str {
        self.token(id).map_or("", |token| token.span.of(self.text))
    }

    /// Whether the token is one of the [`forms`], whatever its case.
    #[inline]
    pub fn is_form(self, id: TokenId, forms: &[u64]) -> bool {
        let hash = self.word(id).hash;
        forms.contains(&hash)
    }

    /// Whether the token has any of the classes.
    pub fn is(self, id: TokenId, classes: Classes) -> bool {
        self.word(id).is(classes)
    }

    /// Whether the token is of the kind.
    pub fn is_kind(self, id: TokenId, kind: TokenKind) -> bool {
        self.token(id).is_some_and(|token| token.kind == kind)
    }

    /// Whether the token is a word that starts with a capital.
    pub fn is_capitalised(self, id: TokenId) -> bool {
        let capital = [Shape::Title, Shape::Upper, Shape::Initial, Shape::Mixed];
        self.token(id).is_some_and(|token| {
            capital.contains(&token.shape)
                && token.span.of(self.text).chars().next().is_some_and(char::is_uppercase)
        })
    }

    /// The span of one token; empty past the end.
    pub fn span(self, id: TokenId) -> Span {
        self.token(id).map_or_else(Span::default, |token| token.span)
    }

    /// The span from the first to the last token of a run; `None` for an empty one.
    pub fn span_of(self, range: TokenRange) -> Option<Span> {
        let last = range.end.prev().filter(|&last| last >= range.start)?;
        Some(self.token(range.start)?.span.cover(self.token(last)?.span))
    }

    /// The tokens that begin inside a span. Logarithmic in the number of tokens.
    pub fn range(self, span: Span) -> TokenRange {
        let at = |byte| self.tokens.rows().partition_point(|token| token.span.start() < byte);
        TokenRange {
            start: TokenId::from_index(at(span.start())),
            end: TokenId::from_index(at(span.end())),
        }
    }

    /// The sentence that holds a token. Logarithmic in the number of sentences.
    pub fn sentence_of(self, id: TokenId) -> SentenceId {
        let ranges = self.tokens.by_sentence();
        SentenceId::from_index(ranges.partition_point(|range| range.end <= id))
    }

    /// The tokens of a sentence.
    pub fn sentence(self, id: SentenceId) -> TokenRange {
        self.tokens.of_sentence(id)
    }

    /// The longest phrase of two words or more that begins at `start` and ends by `end`: what the
    /// lexicon has for it, and the token after it.
    pub fn phrase(self, start: TokenId, end: TokenId) -> Option<(Entry, TokenId)> {
        let first = self.word(start);
        let rows = self.words.rows().get(start.index() + 1..end.index()).unwrap_or_default();
        let rest = rows.iter().map(|word| word.hash);
        let known = |entry| entry != Entry::default();
        let (entry, more) = self.lexicon.longest((first.classes, first.hash), rest, known)?;
        Some((entry, TokenId::from_index(start.index() + 1 + more)))
    }
}
