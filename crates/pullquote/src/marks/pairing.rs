//! What becomes of each mark of a block.
//!
//! In: the glyphs of one block. Out: a [`Fate`] for each.
//!
//! Algorithm: one pass with a stack of open marks. A mark that could do either closes when
//! something is open; an apostrophe at a word's end closes only when no better close comes before
//! the next open; a second open of the same style nests when both will be closed, and otherwise
//! ends the first, whose close was forgotten. Invariant: fates are settled by a stack, so regions
//! cannot cross. Cost: linear; looking ahead stops after [`WINDOW`] marks.

use super::MAX_DEPTH;
use super::glyphs::{Glyph, Hand, MarkStyle, Role, Twin};
use crate::span::Span;

/// How many marks ahead a decision may depend on.
const WINDOW: usize = 32;

/// Decides for every glyph of `block`. `goes_on` is the style of the mark that reopens a quotation
/// in the next paragraph, if one does.
pub(super) fn decide(
    text: &str,
    block: Span,
    glyphs: &[Glyph],
    goes_on: Option<MarkStyle>,
) -> Vec<Fate> {
    let fates = vec![Fate::Stray; glyphs.len()];
    let stack = Vec::with_capacity(MAX_DEPTH);
    Pairing { text, block, glyphs, goes_on, fates, stack }.run()
}

/// What became of a glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
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
    goes_on: Option<MarkStyle>,
    /// One for each glyph.
    fates: Vec<Fate>,
    /// Outermost first.
    stack: Vec<Open>,
}

impl Pairing<'_> {
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
                (Role::Either, None) => self.fates[at] = self.given_up(at),
                (Role::Clipped, None) if self.ahead(at, style).next() == Some(Role::Close) => {
                    self.open(at, style);
                }
                (Role::Clipped, _) => self.fates[at] = Fate::Apostrophe,
                (Role::Close, None) => {}
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
                _ => {}
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
                _ => {}
            }
        }
        self.goes_on != Some(open.style)
    }

    /// Whether a mark that could open a region finds its close before the next opening mark.
    fn is_closed_later(&self, at: usize, style: MarkStyle) -> bool {
        let next = self.ahead(at, style).next();
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
