//! Tokens: the words of Universal Dependencies.
//!
//! In: the text and its sentences. Out: [`Tokens`], sorted and disjoint, covering every character
//! of every sentence that is not white space. Clitics stand apart: do|n't, Minister|'s.

use crate::index::{Id, Table, define_id};
use crate::sentences::{SentenceId, Sentences};
use crate::span::{Span, Spanned};

define_id! {
    /// Names a [`Token`].
    TokenId
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Letters, perhaps with hyphens, apostrophes, periods or digits inside.
    Word,
    /// A clitic: 's, n't, 'll, 're, 've, 'm, 'd, a plural possessive's apostrophe.
    Clitic,
    /// Digits, perhaps with separators.
    Number,
    /// A period, comma, bracket, dash ...
    Punctuation,
    /// A mark that can open or close a quotation.
    QuoteMark,
    /// A currency sign, %, &, + ...
    Symbol,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// @name.
    Handle,
    /// #topic.
    Hashtag,
    /// A pictograph.
    Emoji,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// No letter, or a script without case.
    None,
    /// no capital
    Lower,
    /// Capital first, at least one small letter after it, no other capital.
    Title,
    /// CAPITALS ONLY, two or more.
    Upper,
    /// A single capital, perhaps with a period: an initial, "A".
    Initial,
    /// miXed
    Mixed,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub shape: Shape,
}

impl Spanned for Token {
    fn span(&self) -> Span {
        self.span
    }
}

/// A run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRange {
    /// First token.
    pub start: TokenId,
    /// The token after the last one.
    pub end: TokenId,
}

impl TokenRange {
    /// The ids in the run.
    pub fn ids(self) -> impl DoubleEndedIterator<Item = TokenId> {
        (self.start.index()..self.end.index()).map(TokenId::from_index)
    }

    /// The run as indices into [`Tokens::rows`].
    pub fn indices(self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }
}

/// The tokens of a text and where each sentence's tokens lie.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    table: Table<TokenId, Token>,
    sentences: Table<SentenceId, TokenRange>,
}

impl Tokens {
    /// All tokens, in order.
    pub fn rows(&self) -> &[Token] {
        self.table.rows()
    }

    /// All tokens with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (TokenId, &Token)> + ExactSizeIterator {
        self.table.iter()
    }

    /// The token, unless the id is beyond the end.
    pub fn get(&self, id: TokenId) -> Option<&Token> {
        self.table.get(id)
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The tokens of a sentence.
    pub fn of_sentence(&self, sentence: SentenceId) -> TokenRange {
        self.sentences[sentence]
    }

    /// The tokens of each sentence, in order.
    pub fn by_sentence(&self) -> &[TokenRange] {
        self.sentences.rows()
    }
}

/// Cuts every sentence into tokens.
pub fn split(text: &str, sentences: &Sentences) -> Tokens {
    let mut table = Table::default();
    let mut ranges = Table::default();
    for (_, sentence) in sentences.iter() {
        let start = TokenId::from_index(table.len());
        let mut at = sentence.span.start();
        for piece in sentence.span.of(text).split_inclusive(' ') {
            let word = piece.trim_end();
            if !word.is_empty() {
                let span = Span::new(at, at + word.len());
                table.push(Token { span, kind: TokenKind::Word, shape: Shape::Lower });
            }
            at += piece.len();
        }
        ranges.push(TokenRange { start, end: TokenId::from_index(table.len()) });
    }
    Tokens { table, sentences: ranges }
}
