//! Positions in the text.
//!
//! A [`Span`] is a half-open range of bytes of the text that the caller gave. Every table of the
//! document stores spans, never strings, so that nothing is copied and nothing can drift.
//!
//! Invariant: `start <= end`; spans made by the stages lie on character boundaries of their text.
//! Cost: eight bytes, copied. Texts beyond 4 GiB are outside what a span can name; the pipeline
//! leaves what lies past that point unread. Other units (code points, UTF-16) are the business of
//! [`offsets`](crate::offsets).

use std::fmt;

/// A half-open range of bytes in a text.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`. An end before the start gives
    /// the empty span at `start`; a position past `u32::MAX` is cut to it.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text under the span; empty when the span was made for another text and does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Anything that stands at one place in the text.
pub trait Spanned {
    /// Where it stands.
    fn span(&self) -> Span;
}

impl Spanned for Span {
    fn span(&self) -> Span {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backward_range_is_empty() {
        assert_eq!(Span::new(5, 3), Span::new(5, 5));
    }

    #[test]
    fn a_foreign_span_reads_as_nothing() {
        assert_eq!(Span::new(1, 9).of("né"), "");
        assert_eq!(Span::new(2, 3).of("né"), "", "inside a character");
        assert_eq!(Span::new(1, 3).of("né"), "é");
    }
}
