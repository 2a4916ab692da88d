//! The parts of an article, told from its lines.
//!
//! In: the text and, when known, its title and date. Out: [`Layout`], the blocks in order and the
//! document date with where it was found.
//!
//! Invariant: line blocks (header, headline, paragraph ...) are disjoint, in order, and start and
//! end at a non-space character; inline blocks (dateline, agency credit) lie inside the line block
//! that they open and follow it in the table. Cost: one pass over the line ends.

mod dateline;
pub(crate) mod lines;
mod parts;

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
    /// Where and when it was filed, "LISBON, March 3" before a dash; inside its paragraph.
    Dateline,
    /// The agency's mark at the head of a paragraph or after its dateline, "(NORDWIRE)"; inside
    /// its paragraph.
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
/// given, wins over what the text says. Linear in the text.
pub fn read(text: &str, title: Option<&str>, date: Option<Date>) -> Layout {
    let lines = lines::read(text);
    let mut layout = Layout {
        blocks: Table::with_capacity(lines.len()),
        date: date.map(|date| DocumentDate { date, origin: DateOrigin::Given }),
    };
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    let mut place = Place::Head;
    let mut first = true;
    for (at, line) in lines.iter().enumerate() {
        let words = line.span.of(text);
        let has_next = at + 1 < lines.len();
        let kind = kind(words, place, title, has_next);
        if kind == BlockKind::RecordHeader {
            layout.offer(parts::record_header(words), DateOrigin::Header);
        } else if !kind.is_metadata() {
            place = place.after(kind);
        }
        layout.blocks.push(Block { span: line.span, kind });
        if kind == BlockKind::Paragraph {
            let opening = dateline::find(text, line.span, first);
            first = false;
            layout.offer(opening.date, DateOrigin::Dateline);
            let inline =
                [(opening.dateline, BlockKind::Dateline), (opening.agency, BlockKind::Agency)];
            for (span, kind) in inline {
                if let Some(span) = span {
                    layout.blocks.push(Block { span, kind });
                }
            }
        }
    }
    layout
}

impl Layout {
    /// Takes a date found in the text, unless there is one already.
    fn offer(&mut self, date: Option<Date>, origin: DateOrigin) {
        if self.date.is_none() {
            self.date = date.map(|date| DocumentDate { date, origin });
        }
    }
}

/// How far into the article a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first line that is not metadata.
    Head,
    /// After the headline, before the first paragraph.
    Top,
    /// From the first paragraph on.
    Body,
}

impl Place {
    /// The place after a block of this kind.
    fn after(self, kind: BlockKind) -> Self {
        match (self, kind) {
            (Self::Head | Self::Top, BlockKind::Paragraph) | (Self::Body, _) => Self::Body,
            _ => Self::Top,
        }
    }
}

/// Longest line of metadata, headline and crosshead, in bytes.
pub(crate) const METADATA: usize = 4096;
const HEADLINE: usize = 200;
const CROSSHEAD: usize = 80;

/// What a line before the article is, when it is metadata.
pub(crate) fn metadata(line: &str) -> Option<BlockKind> {
    if line.len() > METADATA {
        None
    } else if parts::record_header(line).is_some() {
        Some(BlockKind::RecordHeader)
    } else {
        parts::is_url(line).then_some(BlockKind::Url)
    }
}

/// What a line is, from its form and place.
fn kind(line: &str, place: Place, title: Option<&str>, has_next: bool) -> BlockKind {
    if place == Place::Head
        && has_next
        && let Some(kind) = metadata(line)
    {
        return kind;
    }
    if title.is_some_and(|title| title.eq_ignore_ascii_case(line)) {
        return BlockKind::Headline;
    }
    if place != Place::Body && parts::is_byline(line) {
        return BlockKind::Byline;
    }
    if parts::is_caption(line) {
        return BlockKind::Caption;
    }
    if parts::is_sign_off(line) {
        return BlockKind::SignOff;
    }
    let titled = match place {
        _ if !has_next => false,
        Place::Head => parts::is_headline(line, HEADLINE) || parts::is_closed_title(line, HEADLINE),
        Place::Top => false,
        Place::Body => parts::is_headline(line, CROSSHEAD),
    };
    if titled {
        return BlockKind::Headline;
    }
    BlockKind::Paragraph
}
