//! Tokens: the words of Universal Dependencies.
//!
//! In: the text and its sentences. Out: [`Tokens`], sorted and disjoint, covering every character
//! of every sentence that is not white space. Clitics stand apart: do|n't, Minister|'s.
//!
//! Algorithm: one pass; a table tells what each byte is, a run of letters is one token unless a
//! joint (apostrophe, stop, hyphen, slash, colon, @, &) follows, at which `words` decides. Cost:
//! linear, no allocation per token; a joint looks at a bounded stretch of what follows.

mod addresses;
mod chars;
mod marks;
mod scan;
mod words;

use crate::index::{Id, Table, define_id};
use crate::sentences::{SentenceId, Sentences};
use crate::span::{Span, Spanned};
use chars::class;

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

/// Cuts every sentence into tokens. Linear in the text.
pub fn split(text: &str, sentences: &Sentences) -> Tokens {
    let mut table = Table::with_capacity(text.len() / 5 + 8);
    let mut ranges = Table::with_capacity(sentences.len());
    for (_, sentence) in sentences.iter() {
        let start = TokenId::from_index(table.len());
        Cutter::new(text, sentence.span, &mut table).run();
        ranges.push(TokenRange { start, end: TokenId::from_index(table.len()) });
    }
    Tokens { table, sentences: ranges }
}

/// Cuts one sentence.
struct Cutter<'a> {
    text: &'a str,
    /// The text's bytes up to the sentence's end.
    bytes: &'a [u8],
    /// Where the sentence begins and ends.
    start: usize,
    end: usize,
    /// Where the next token is sought.
    at: usize,
    /// Whether a single quotation mark is open.
    open_single: bool,
    /// Where the last word began that was found to be no address.
    tried: usize,
    table: &'a mut Table<TokenId, Token>,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, span: Span, table: &'a mut Table<TokenId, Token>) -> Self {
        let end = span.end().min(text.len());
        let (start, bytes) = (span.start().min(end), &text.as_bytes()[..end]);
        Self { text, bytes, start, end, at: start, open_single: false, tried: usize::MAX, table }
    }

    fn run(&mut self) {
        let bytes = self.bytes;
        // A little more than the sentence, so that its last word is read as fast as the others.
        let text = &self.text.as_bytes()[..self.text.len().min(self.end + scan::LANES)];
        let mut start = self.start;
        while let Some(byte) = bytes.get(start) {
            let first = chars::of(*byte);
            if first & (class::LOWER | class::UPPER) != 0 {
                // Most words are ASCII letters with a space or comma after them.
                let (len, shape) = scan::letters(text, start);
                let end = (start + len).min(self.end);
                let next = match bytes.get(end) {
                    Some(b' ') => Some(end + 1),
                    None => Some(end),
                    Some(b'.') if end + 1 == self.end => {
                        (!words::is_abbreviation(&bytes[start..end])).then_some(end)
                    }
                    Some(stop) => (chars::of(*stop) & (class::JOINT | class::WIDE | class::DIGIT)
                        == 0)
                        .then_some(end),
                };
                if let Some(next) = next
                    && !words::may_be_double(len, *byte, text[end - 1])
                {
                    self.push(start, end, TokenKind::Word, shape);
                    start = next;
                    continue;
                }
            } else if first & class::SPACE != 0 {
                start += 1;
                continue;
            }
            self.at = start;
            if first & (class::LOWER | class::UPPER) != 0 {
                self.word();
            } else if first & class::DIGIT != 0 {
                self.number();
            } else if first & class::WIDE != 0 {
                self.wide();
            } else {
                self.mark();
            }
            start = self.at;
        }
    }

    /// The byte at `at`, or zero past the sentence.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, shape: Shape) {
        self.table.push(Token { span: Span::new(start, end), kind, shape });
    }
}
