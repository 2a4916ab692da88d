//! Quotation marks paired into regions.
//!
//! In: the text and its layout. Out: [`Regions`], every stretch between marks in order of its
//! opening mark, and the marks that pair with nothing.
//!
//! Algorithm: for each line block, `glyphs` lists the marks with the role their neighbours give
//! them, `pairing` decides with a stack what each does, and the decisions are written down in order.
//! The block's end ends every region.
//!
//! Invariant: regions nest but never cross; each mark is one edge of one region or stands in
//! `stray`; apostrophes, primes and commas in a mark's guise are no marks. Cost: linear in the text;
//! no memory but the rows and the marks of one block. Not attempted: regions across blocks; one that
//! goes on in the next paragraph is two, the second `reopened`.

mod glyphs;
mod pairing;

use glyphs::Glyph;
pub(crate) use glyphs::MarkStyle;
use pairing::Fate;

use crate::index::{Id, define_id};
use crate::layout::{Block, BlockKind, Layout};
use crate::span::{Span, Spanned};

/// Regions inside regions; marks that would open a deeper one are stray.
const MAX_DEPTH: usize = 8;

define_id! {
    /// Names a [`Region`].
    RegionId
}

/// A stretch between quotation marks, before it is known what the marks are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// From the opening mark to after the closing one, or to where it ends without one: at the
    /// block's end, or before the next opening mark of its style.
    pub(crate) span: Span,
    /// The same without the marks.
    pub(crate) inner: Span,
    /// Whether a closing mark was found.
    pub(crate) closed: bool,
    /// Whether it opens its paragraph and goes on with a region that the paragraph before left
    /// open.
    pub(crate) reopened: bool,
    /// How many regions it lies in.
    pub(crate) depth: u8,
    /// The kind of its opening mark.
    pub(crate) style: MarkStyle,
}

impl Spanned for Region {
    fn span(&self) -> Span {
        self.span
    }
}

/// The regions of a text and the marks left over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    /// In order of the opening mark.
    pub(crate) rows: Vec<Region>,
    /// Those that lie in no other, in order.
    outermost: Vec<RegionId>,
    /// Byte positions of marks that pair with nothing, in order.
    pub(crate) stray: Vec<u32>,
}

impl Regions {
    /// All regions with their ids, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.rows.iter().enumerate().map(|(index, row)| (RegionId::from_index(index), row))
    }

    /// The region, unless the id is beyond the end.
    pub(crate) fn get(&self, id: RegionId) -> Option<&Region> {
        self.rows.get(id.index())
    }

    /// The regions that lie in no other, in order.
    pub(crate) fn outermost(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.outermost.iter().filter_map(|&id| Some((id, self.get(id)?)))
    }

    /// Whether byte `at` lies in a region. Logarithmic in the number of regions.
    pub(crate) fn covers(&self, at: usize) -> bool {
        let starts_by = |id: &RegionId| self.rows[id.index()].span.start() <= at;
        let before = self.outermost.partition_point(starts_by).checked_sub(1);
        before.is_some_and(|last| at < self.rows[self.outermost[last].index()].span.end())
    }
}

/// Pairs the quotation marks of every line block. Linear in the text.
pub(crate) fn pair(text: &str, layout: &Layout) -> Regions {
    let mut regions = Regions::default();
    let mut glyphs = Vec::new();
    // Styles that the last paragraph left open, outermost first.
    let mut left_open = Vec::new();
    let blocks = layout.blocks.rows();
    for (index, block) in blocks.iter().enumerate() {
        if block.kind.is_inline() {
            continue;
        }
        glyphs.clear();
        glyphs::scan(text, block.span, &mut glyphs);
        let running = block.kind == BlockKind::Paragraph;
        if glyphs.is_empty() {
            if running {
                left_open.clear();
            }
            continue;
        }
        let goes_on = if running { goes_on(text, block, &blocks[index + 1..]) } else { None };
        let fates = pairing::decide(text, block.span, &glyphs, goes_on);
        let mut none = Vec::new();
        let before = if running { &mut left_open } else { &mut none };
        settle(block.span, &glyphs, &fates, before, &mut regions);
    }
    regions
}

/// The style of the mark that opens the next paragraph, unless this one ends with a mark.
fn goes_on(text: &str, block: &Block, rest: &[Block]) -> Option<MarkStyle> {
    if glyphs::ends_with_mark(block.span.of(text)) {
        return None;
    }
    let next = rest.iter().find(|next| next.kind == BlockKind::Paragraph)?;
    glyphs::first_style(next.span.of(text))
}

/// Writes down the regions and stray marks of a block; `left_open` goes from the styles that the
/// paragraph before left open to those that this one does.
fn settle(
    block: Span,
    glyphs: &[Glyph],
    fates: &[Fate],
    left_open: &mut Vec<MarkStyle>,
    regions: &mut Regions,
) {
    // The mark that the glyph is, with its second half.
    let mark = |at: usize| {
        let first = glyphs.get(at).map_or(Span::default(), |glyph| glyph.span);
        let second = glyphs.get(at + 1).filter(|_| fates.get(at + 1) == Some(&Fate::Joined));
        second.map_or(first, |second| first.cover(second.span))
    };
    let before = std::mem::take(left_open);
    let mut reopened = before.iter();
    // Where the next mark must stand to be one of those that open the paragraph.
    let mut front = block.start();
    let mut ends: Vec<usize> = Vec::with_capacity(MAX_DEPTH);
    let mut stray_before = false;
    for (at, (glyph, fate)) in glyphs.iter().zip(fates).enumerate() {
        let stray = *fate == Fate::Stray || (stray_before && *fate == Fate::Joined);
        stray_before = *fate == Fate::Stray;
        if stray {
            regions.stray.push(u32::try_from(glyph.span.start()).unwrap_or(u32::MAX));
        }
        let (style, inner_end, end, closed) = match *fate {
            Fate::Opens { style, close } => (style, mark(close).start(), mark(close).end(), true),
            Fate::Runs { style, to } => (style, to, to, false),
            Fate::Closes | Fate::Joined | Fate::Apostrophe | Fate::Stray => continue,
        };
        let open = mark(at);
        while ends.last().is_some_and(|&outer| outer <= open.start()) {
            ends.pop();
        }
        let depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(end);
        let in_front = open.start() == front;
        if in_front {
            front = open.end();
        }
        if !closed && end == block.end() {
            left_open.push(style);
        }
        if depth == 0 {
            regions.outermost.push(RegionId::from_index(regions.rows.len()));
        }
        regions.rows.push(Region {
            span: Span::new(open.start(), end),
            inner: Span::new(open.end(), inner_end),
            closed,
            reopened: in_front && reopened.next() == Some(&style),
            depth,
            style,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout;

    fn pair_lines(text: &str) -> Regions {
        pair(text, &layout::read(text, None, None))
    }

    fn regions(text: &str) -> Vec<&str> {
        pair_lines(text).rows.iter().map(|region| region.span.of(text)).collect()
    }

    #[test]
    fn every_pair_of_marks_is_one_region() {
        for region in [
            "\"It will hold.\"",
            "“It will hold.”",
            "”It will hold.“",
            "”It will hold.”",
            "„It will hold.“",
            "“It will hold.\"",
            "\"It will hold.”",
            "'It will hold.'",
            "‘It will hold.’",
            "‚It will hold.‘",
            "`It will hold.'",
            "``It will hold.''",
            "''It will hold.''",
            "‘‘It will hold.’’",
            "«It will hold.»",
            "« It will hold. »",
            "»It will hold.«",
            "»It will hold.»",
            "‹It will hold.›",
        ] {
            let text = format!("Ann Lee said: {region} She left.");
            assert_eq!(regions(&text), [region], "{text}");
            assert!(pair_lines(&text).stray.is_empty(), "{text}");
            let inner = pair_lines(&text).rows[0].inner;
            assert_eq!(inner.of(&text).trim(), "It will hold.");
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        for text in [
            "Don't, won’t, Hawai‘i, O'Brien.",
            "The '90s, the ’08 crash, 'em and ’twas.",
            "The workers' hall and the bakers’ shop.",
            "Rock 'n' roll at six o'clock, goin' home.",
            "The \"Osprey\"'s crew and the U.S.'s coast.",
            "She left the 'burbs for good.",
            "He is 6' tall, a 5′ 10″ man.",
        ] {
            let found = pair_lines(text);
            assert!(found.rows.iter().all(|r| r.style == MarkStyle::Double), "{text}");
            assert!(found.stray.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_better_close_spares_the_possessive() {
        assert_eq!(
            regions("'The farmers' union is right,' he said."),
            ["'The farmers' union is right,'"]
        );
        assert_eq!(regions("'Old Boats' and 'New Boats' sank."), ["'Old Boats'", "'New Boats'"]);
    }

    #[test]
    fn nested_regions_know_their_depth() {
        let text = "“I heard ‘go, “now,” go,’ twice,” he said.";
        let depths: Vec<_> = pair_lines(text).rows.iter().map(|region| region.depth).collect();
        assert_eq!(depths, [0, 1, 2]);
        assert_eq!(regions(text)[2], "“now,”");
    }

    #[test]
    fn a_paragraph_that_reopens_a_quotation_says_so() {
        let text = "“One.” “Two.\n“Three ‘four’.\n“Five.”\n“Six.”";
        let flags: Vec<_> =
            pair_lines(text).rows.iter().map(|region| (region.closed, region.reopened)).collect();
        assert_eq!(
            flags,
            [
                (true, false),
                (false, false),
                (false, true),
                (true, false),
                (true, true),
                (true, false)
            ]
        );
    }

    #[test]
    fn a_forgotten_close_ends_before_the_next_opening_mark() {
        let text = "“It will hold, he said. “It must.”";
        assert_eq!(regions(text), ["“It will hold, he said.", "“It must.”"]);
        assert!(!pair_lines(text).rows[0].closed);
    }

    #[test]
    fn marks_that_pair_with_nothing_are_stray() {
        assert_eq!(pair_lines("It will hold,” he said.").stray, [13]);
        assert_eq!(pair_lines("A 12\" pipe.").stray, [4]);
        assert_eq!(pair_lines("At 6'2\" he wins.").stray, [6]);
        assert_eq!(pair_lines("“Ann said ‘Go, and left,” he said.").stray, [12]);
    }

    #[test]
    fn a_deep_heap_of_opens_stays_bounded() {
        let text = "“‘".repeat(1000);
        let found = pair_lines(&text);
        assert!(found.rows.iter().all(|region| usize::from(region.depth) < MAX_DEPTH));
        assert_eq!(found.rows.len() + found.stray.len(), 2000);
    }
}
