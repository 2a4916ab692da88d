//! Words: what each token is as a word.
//!
//! In: the text and its tokens. Out: [`Words`], one row per token in the same order: the hash of
//! its lower-cased form and what the lexicon knows of it. Later stages compare numbers, never
//! strings.
//!
//! Invariant: as many rows as tokens. Cost: one hash and one table look-up a token, about ten
//! nanoseconds.

use crate::index::Table;
use crate::lexicon::cues::Cue;
use crate::lexicon::{Classes, Lexicon, hash};
use crate::tokens::{TokenId, TokenKind, Tokens};

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

    /// The cue that the word is a form of.
    pub fn cue(&self) -> Option<&'static Cue> {
        crate::lexicon::Entry { classes: self.classes, value: self.value }.cue()
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
