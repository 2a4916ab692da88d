//! The sentences of a text that comes in parts, whatever its size.
//!
//! In: the parts, in order, cut anywhere between two characters. Out: [`Found`]s, the sentences
//! that [`split`](super::split) finds in the whole, with positions in the whole.
//!
//! Algorithm: what is not yet cut is held. When enough has come, lines are told apart and joined as
//! the layout does, and the cutter takes every sentence of which nothing that follows can change the
//! end; these are handed on and let go. Of what lies before, two facts are kept: whether an article
//! has begun (else a line may be metadata), and at what width the text's beginning was wrapped. When nothing can be let go, twice as much must come before the next
//! try, so that a try's cost is always paid by new text.
//!
//! Invariant: what is found does not depend on where the parts were cut. Cost: linear in the text.
//! Memory: a few times the longest sentence, of which there is a limit; more only for a longer run
//! of spaces inside one line. Not attempted: such a run of 4 GiB, and a title or a date, which have
//! no part in where sentences end.

use super::Cutter;
use super::rules::REACH;
use crate::layout::lines::{LONG, Lines, SAMPLE, joins, width};
use crate::layout::{METADATA, metadata};
use crate::offsets::{OffsetUnit, units};
use crate::span::Span;

/// A sentence of a text that comes in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Where it begins in the whole text, in the stream's unit.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// The sentence.
    pub text: &'a str,
}

/// Cuts a text that comes in parts into sentences.
///
/// ```
/// use pullquote::OffsetUnit;
/// use pullquote::sentences::{Found, Stream};
///
/// let mut cut = Vec::new();
/// let mut each = |found: Found<'_>| cut.push((found.start, found.text.to_owned()));
/// let mut stream = Stream::new(OffsetUnit::Chars);
/// for part in ["Dr. Voss le", "ft at 9 p.m. The crowd", " stayed."] {
///     stream.push(part, &mut each);
/// }
/// stream.finish(&mut each);
/// assert_eq!(cut, [(0, "Dr. Voss left at 9 p.m.".into()), (24, "The crowd stayed.".into())]);
/// ```
#[derive(Debug)]
pub struct Stream {
    /// What is not let go yet.
    held: String,
    /// How much must be held before the next try.
    enough: usize,
    /// The width at which the text was wrapped, once that is looked for.
    width: Option<usize>,
    looked: bool,
    /// Whether a line that is not metadata has been read.
    begun: bool,
    open: Option<Open>,
    place: Place,
    /// The sentences of a line that is metadata if another line follows.
    doubtful: Vec<(u64, u64, String)>,
}

/// A block whose end is not known yet.
#[derive(Debug)]
struct Open {
    cutter: Option<Cutter>,
    start: usize,
    /// Its last line so far.
    last: Span,
    /// Whether [`LONG`] bytes or more of that line were let go.
    cut: bool,
}

/// A place in what is held, and how many units of the whole text stand before it.
#[derive(Clone, Copy, Debug)]
struct Place {
    unit: OffsetUnit,
    at: usize,
    before: u64,
}

impl Place {
    /// How many units stand before the byte `at` of `text`, which is not before this place.
    fn advance(&mut self, text: &str, at: usize) -> u64 {
        let between = text.as_bytes().get(self.at..at).unwrap_or_default();
        self.before += u64::from(units(between, self.unit));
        self.at = at;
        self.before
    }

    /// The sentence at `span`.
    fn found<'a>(&mut self, text: &'a str, span: Span) -> Found<'a> {
        let start = self.advance(text, span.start());
        let end = self.advance(text, span.end());
        Found { start, end, text: span.of(text) }
    }
}

/// What is kept before a place that is held, for rules that look back, in bytes.
const BEFORE: usize = 16;

impl Stream {
    /// A stream whose positions count `unit`.
    pub fn new(unit: OffsetUnit) -> Self {
        Self {
            held: String::new(),
            enough: SAMPLE + 1,
            width: None,
            looked: false,
            begun: false,
            open: None,
            place: Place { unit, at: 0, before: 0 },
            doubtful: Vec::new(),
        }
    }

    /// Takes the next part and hands on what sentences are certain. Amortised linear.
    pub fn push(&mut self, part: &str, each: &mut impl FnMut(Found<'_>)) {
        self.held.push_str(part);
        if self.held.len() >= self.enough {
            self.advance(false, each);
            self.enough = SAMPLE.max(2 * self.held.len());
        }
    }

    /// Hands on the sentences that are left: the text ends here.
    pub fn finish(mut self, each: &mut impl FnMut(Found<'_>)) {
        self.advance(true, each);
        for (start, end, text) in &self.doubtful {
            each(Found { start: *start, end: *end, text });
        }
    }

    /// Hands on what is certain, or all if the text is `whole`, and lets go of it.
    fn advance(&mut self, whole: bool, each: &mut impl FnMut(Found<'_>)) {
        let held = std::mem::take(&mut self.held);
        let text = held.as_str();
        if !self.looked {
            self.width = width(text);
            self.looked = true;
        }
        let mut resumed = self.open.is_some();
        let from = self.open.as_ref().map_or(0, |open| open.last.start());
        let mut lines = Lines::new(text, from, false);
        while let Some(line) = lines.next() {
            if let Some(open) = &mut self.open {
                if resumed {
                    resumed = false;
                    open.last = line.span;
                    continue;
                }
                // The line's first word and whether it is an item are known from this much.
                if lines.ended && !whole && line.span.len() < LONG && !line.after_gap {
                    break;
                }
                if joins(text, open.last, open.cut, line, self.width) {
                    open.last = line.span;
                    open.cut = false;
                    continue;
                }
                self.close(text, each);
            }
            // Another line follows: what was doubtful is metadata.
            self.doubtful.clear();
            let start = line.span.start();
            self.open = Some(Open { cutter: None, start, last: line.span, cut: false });
        }
        if whole || lines.gap {
            self.close(text, each);
        } else if let Some(open) = &self.open
            && (self.begun || open.last.end() - open.start > METADATA)
        {
            self.cut(text, false, each);
        }
        let keep = self.open.as_mut().map_or(lines.start, |open| open.keep(text));
        self.let_go(held, keep);
    }

    /// Hands on what is left of the open block, which ends with its last line.
    fn close(&mut self, text: &str, each: &mut impl FnMut(Found<'_>)) {
        let Some(open) = &self.open else { return };
        let block = Span::new(open.start, open.last.end());
        if self.begun || metadata(block.of(text)).is_none() {
            self.cut(text, true, each);
        } else {
            let mut doubtful = Vec::new();
            self.cut(text, true, &mut |found: Found<'_>| {
                doubtful.push((found.start, found.end, found.text.to_owned()));
            });
            self.doubtful = doubtful;
            self.begun = false;
        }
        self.open = None;
    }

    /// Cuts the open block as far as it is there.
    fn cut(&mut self, text: &str, whole: bool, each: &mut impl FnMut(Found<'_>)) {
        let Some(open) = &mut self.open else { return };
        let end = open.last.end();
        if !whole && end - open.start < REACH {
            return;
        }
        self.begun = true;
        let bytes = text.as_bytes().get(..end).unwrap_or_default();
        let cutter = open.cutter.get_or_insert_with(|| Cutter::new(bytes, open.start));
        let place = &mut self.place;
        cutter.run(bytes, whole, |span| each(place.found(text, span)));
    }

    /// Lets go of what stands before `keep`.
    fn let_go(&mut self, mut held: String, keep: usize) {
        if self.place.at < keep {
            self.place.advance(&held, keep);
        }
        self.place.at -= keep;
        held.drain(..keep);
        self.held = held;
    }
}

impl Open {
    /// From where on the text must be held; positions count from there afterwards.
    fn keep(&mut self, text: &str) -> usize {
        let start = self.cutter.as_ref().map_or(self.start, |cutter| cutter.start);
        let line = self.last.start();
        let inside = start.saturating_sub(line);
        let first = if inside >= LONG { start } else { start.min(line) };
        let keep = text.floor_char_boundary(first.saturating_sub(BEFORE));
        self.cut |= inside >= LONG;
        self.last = Span::new(line.max(keep) - keep, self.last.end() - keep);
        self.start = start - keep;
        if let Some(cutter) = &mut self.cutter {
            cutter.move_back(keep);
        }
        keep
    }
}

#[cfg(test)]
mod tests;
