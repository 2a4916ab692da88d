//! Quotation marks paired into regions.
//!
//! In: the text and its layout. Out: [`Regions`], every stretch between marks in order of its
//! opening mark, and the marks that pair with nothing.
//!
//! Algorithm: for each line block, `glyphs` lists the marks with the role their neighbours give
//! them; one pass over them with a stack of open marks settles the rest: a mark that could do
//! either closes when something is open, an apostrophe at a word's end closes only when no better
//! close comes before the next open. A second open of the same style nests when both will be
//! closed, and otherwise ends the first, whose close was forgotten. The block's end ends all.
//!
//! Invariant: regions nest but never cross; each mark is one edge of one region or stands in
//! `stray`; apostrophes and primes are no marks. Cost: linear; the stack holds [`MAX_DEPTH`] opens,
//! looking ahead stops after [`WINDOW`] marks. Not attempted: regions across blocks; a region that
//! goes on in the next paragraph is two, the second `reopened`.

mod glyphs;

pub(crate) use glyphs::MarkStyle;
use glyphs::{Glyph, Hand, Role, Twin};

use crate::index::{Id, define_id};
use crate::layout::{Block, BlockKind, Layout};
use crate::span::{Span, Spanned};

/// Regions inside regions; marks that would open a deeper one are stray.
const MAX_DEPTH: usize = 8;
/// How many marks ahead a decision may depend on.
const WINDOW: usize = 32;

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
        let fates = Pairing::new(text, block.span, &glyphs, goes_on).run();
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

/// What became of a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Opens a region that the glyph of this number closes.
    Opens { style: MarkStyle, close: usize },
    /// Opens a region that runs up to this byte without a closing mark.
    Runs { style: MarkStyle, to: usize },
    /// Closes a region.
    Closes,
    /// Is the second half of the mark before.
    Joined,
    /// Pairs with nothing.
    Stray,
    /// Is no quotation mark.
    Apostrophe,
}

/// An open mark.
#[derive(Clone, Copy, Debug)]
struct Open {
    glyph: usize,
    style: MarkStyle,
}

/// The pass over one block.
struct Pairing<'a> {
    text: &'a str,
    block: Span,
    glyphs: &'a [Glyph],
    /// Style of the region that the next paragraph reopens.
    goes_on: Option<MarkStyle>,
    /// One for each glyph.
    fates: Vec<Fate>,
    /// Outermost first.
    stack: Vec<Open>,
}

impl<'a> Pairing<'a> {
    fn new(text: &'a str, block: Span, glyphs: &'a [Glyph], goes_on: Option<MarkStyle>) -> Self {
        let fates = vec![Fate::Stray; glyphs.len()];
        Self { text, block, glyphs, goes_on, fates, stack: Vec::with_capacity(MAX_DEPTH) }
    }

    fn run(mut self) -> Vec<Fate> {
        for (at, glyph) in self.glyphs.iter().enumerate() {
            if self.fates[at] == Fate::Joined {
                continue;
            }
            let style = self.read_style(at);
            if style != glyph.style {
                self.fates[at + 1] = Fate::Joined;
            }
            match (glyph.role, self.nearest_open(style)) {
                (Role::Open, _) => self.open(at, style),
                (Role::Close | Role::Either, Some(depth)) => self.close(at, depth),
                (Role::Maybe { loose }, Some(depth)) => {
                    if !loose || self.closes_here(at, depth) {
                        self.close(at, depth);
                    } else {
                        self.fates[at] = unpaired(style);
                    }
                }
                (Role::Maybe { .. }, None) => self.fates[at] = unpaired(style),
                (Role::Either, None) if self.is_closed_later(at, style) => self.open(at, style),
                (Role::Either | Role::Close, None) | (Role::Lone, _) => {}
            }
        }
        while let Some(open) = self.stack.pop() {
            self.fates[open.glyph] = self.fate_at_end(open);
        }
        self.fates
    }

    /// Two single marks are read as a double one unless the first closes a single one.
    fn read_style(&self, at: usize) -> MarkStyle {
        let glyph = &self.glyphs[at];
        let closes_single = glyph.role != Role::Open
            && self.stack.last().is_some_and(|open| open.style == MarkStyle::Single);
        if glyph.twin == Twin::First && !closes_single { MarkStyle::Double } else { glyph.style }
    }

    /// Depth in the stack of the innermost open mark that a mark of `style` can close. Single
    /// marks close nothing outside the double marks they stand in.
    fn nearest_open(&self, style: MarkStyle) -> Option<usize> {
        let walled = matches!(style, MarkStyle::Single | MarkStyle::Angle);
        let is_wall = |open: &Open| matches!(open.style, MarkStyle::Double | MarkStyle::Guillemet);
        let depth =
            self.stack.iter().rposition(|open| open.style == style || (walled && is_wall(open)))?;
        (self.stack[depth].style == style).then_some(depth)
    }

    fn open(&mut self, at: usize, style: MarkStyle) {
        if let Some(depth) = self.nearest_open(style)
            && !self.nests(at, style, depth)
        {
            if style == MarkStyle::Single && self.looks_clipped(at) {
                self.fates[at] = self.given_up(at);
                return;
            }
            self.drop_above(depth);
            if let Some(first) = self.stack.pop() {
                let start = self.glyphs[first.glyph].span.end();
                let here = self.glyphs[at].span.start();
                let to = start + Span::new(start, here).of(self.text).trim_end().len();
                self.fates[first.glyph] = match self.fate_at_end(first) {
                    Fate::Runs { style, .. } => Fate::Runs { style, to },
                    other => other,
                };
            }
        }
        if self.stack.len() < MAX_DEPTH {
            self.stack.push(Open { glyph: at, style });
        }
    }

    fn close(&mut self, at: usize, depth: usize) {
        self.drop_above(depth);
        if let Some(open) = self.stack.pop() {
            self.fates[open.glyph] = Fate::Opens { style: open.style, close: at };
            self.fates[at] = Fate::Closes;
        }
    }

    /// Gives up the open marks above `depth`, which the region around them outlives.
    fn drop_above(&mut self, depth: usize) {
        while self.stack.len() > depth + 1 {
            if let Some(open) = self.stack.pop() {
                self.fates[open.glyph] = self.given_up(open.glyph);
            }
        }
    }

    /// The marks after `at` that count for `style`, with their roles.
    fn ahead(&self, at: usize, style: MarkStyle) -> impl Iterator<Item = Role> {
        let rest = self.glyphs.get(at + 1..).unwrap_or_default();
        rest.iter().take(WINDOW).filter_map(move |glyph| {
            let double = glyph.twin == Twin::First && style == MarkStyle::Double;
            let same = glyph.twin == Twin::No && glyph.style == style;
            (double || same).then_some(glyph.role)
        })
    }

    /// Whether a second open mark at `at` begins a region inside the first of its style, at
    /// `depth`: both will be closed, or the first goes on in the next paragraph.
    fn nests(&self, at: usize, style: MarkStyle, depth: usize) -> bool {
        let outer = self.stack[..=depth].iter().filter(|open| open.style == style).count();
        let mut open = outer + 1;
        for role in self.ahead(at, style) {
            match role {
                Role::Open => open += 1,
                Role::Close | Role::Maybe { loose: false } => open -= 1,
                Role::Either | Role::Maybe { loose: true } | Role::Lone => {}
            }
            if open == 0 {
                return true;
            }
        }
        open == outer && self.goes_on == Some(style)
    }

    /// Whether a mark that may be an apostrophe or an inch sign closes the region at `depth`: it
    /// does unless a better closing mark comes before the next opening one.
    fn closes_here(&self, at: usize, depth: usize) -> bool {
        let open = self.stack[depth];
        let inner = Span::new(self.glyphs[open.glyph].span.end(), self.glyphs[at].span.start());
        // called '9' or "12"
        if inner.len() <= 4 && inner.of(self.text).bytes().all(|byte| byte.is_ascii_digit()) {
            return true;
        }
        for role in self.ahead(at, open.style) {
            match role {
                Role::Open => return true,
                Role::Close | Role::Maybe { loose: false } => return false,
                Role::Either | Role::Maybe { loose: true } | Role::Lone => {}
            }
        }
        self.goes_on != Some(open.style)
    }

    /// Whether a mark that could open a region finds its close before the next opening mark.
    fn is_closed_later(&self, at: usize, style: MarkStyle) -> bool {
        let next = self.ahead(at, style).find(|role| *role != Role::Lone);
        match self.glyphs[at].hand {
            Hand::Both if style == MarkStyle::Double => true,
            _ => matches!(next, Some(Role::Close | Role::Either | Role::Maybe { loose: false })),
        }
    }

    /// The fate of a mark still open when the block ends.
    fn fate_at_end(&self, open: Open) -> Fate {
        let reopened = self.goes_on == Some(open.style);
        if open.style == MarkStyle::Single && !reopened && self.looks_clipped(open.glyph) {
            return self.given_up(open.glyph);
        }
        Fate::Runs { style: open.style, to: self.block.end() }
    }

    /// The fate of an opening mark that opens nothing after all.
    fn given_up(&self, at: usize) -> Fate {
        let glyph = &self.glyphs[at];
        let apostrophe = glyph.style == MarkStyle::Single
            && glyph.twin == Twin::No
            && matches!(glyph.hand, Hand::Both | Hand::Right);
        if apostrophe && self.looks_clipped(at) { Fate::Apostrophe } else { Fate::Stray }
    }

    /// Whether a single mark at a word's front is more likely an apostrophe, as in 'burbs: the word
    /// is small and goes on with the sentence before it.
    fn looks_clipped(&self, at: usize) -> bool {
        let span = self.glyphs[at].span;
        let small = self
            .text
            .get(span.end()..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
        let before = Span::new(self.block.start(), span.start()).of(self.text).trim_end();
        small && before.ends_with(char::is_alphanumeric)
    }
}

/// A mark that could only have closed: a single one is an apostrophe.
fn unpaired(style: MarkStyle) -> Fate {
    if style == MarkStyle::Single { Fate::Apostrophe } else { Fate::Stray }
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
