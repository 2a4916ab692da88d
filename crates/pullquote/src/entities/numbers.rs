//! Numbers in digits and words, as exact decimals.
//!
//! In: pieces and where a number may begin. Out: its value and where it ends: "1,234.5",
//! "2.4 million", "9 1/2", "twenty-four", "a hundred and five", "two and a half million".
//!
//! Invariant: a value is exact or the number is not read; nothing overflows. Cost: a bounded number
//! of pieces. It reads no currency and no unit.

use super::Decimal;
use super::pieces::Pieces;
use super::words::Word;

/// A number and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) value: Decimal,
    /// The piece after it.
    pub(super) end: usize,
    /// A word of magnitude (thousand, million) closed it.
    pub(super) scaled: bool,
    /// Its digits were grouped in thousands.
    pub(super) grouped: bool,
    /// It was written in digits.
    pub(super) digits: bool,
}

impl Reading {
    /// The value as a count, if whole, small and not negative.
    pub(super) fn count(&self) -> Option<u32> {
        (self.value.scale == 0).then(|| u32::try_from(self.value.digits).ok()).flatten()
    }

    /// The whole part of a number that ends in exactly one half.
    pub(super) fn halves(&self) -> Option<u32> {
        let half = self.value.scale == 1 && self.value.digits % 10 == 5;
        half.then(|| u32::try_from(self.value.digits / 10).ok()).flatten()
    }
}

impl Decimal {
    /// A whole number.
    pub(super) const fn whole(digits: i64) -> Self {
        Self { digits, scale: 0 }
    }

    /// This times ten to the `power`.
    pub(super) fn shifted(self, power: u8) -> Option<Self> {
        if power <= self.scale {
            return Some(Self { digits: self.digits, scale: self.scale - power }.trimmed(self));
        }
        let factor = 10i64.checked_pow(u32::from(power - self.scale))?;
        Some(Self { digits: self.digits.checked_mul(factor)?, scale: 0 })
    }

    /// Drops zeros after the point once a magnitude has swallowed what was written.
    fn trimmed(mut self, written: Self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 && self.scale < written.scale {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }

    /// This divided by a hundred, as cents of a unit.
    pub(super) fn hundredth(self) -> Option<Self> {
        Some(Self { digits: self.digits, scale: self.scale.checked_add(2)? })
    }

    /// This plus `numerator / denominator`, if that is a finite decimal of at most four places.
    fn plus_fraction(self, numerator: u32, denominator: u32) -> Option<Self> {
        let scale = match denominator {
            2 => 1,
            4 => 2,
            8 => 3,
            16 => 4,
            _ => return None,
        };
        let one = 10i64.pow(scale);
        if self.scale != 0 || numerator >= denominator {
            return None;
        }
        let part = i64::from(numerator) * one / i64::from(denominator);
        let digits = self.digits.checked_mul(one)?.checked_add(part)?;
        let mut sum = Self { digits, scale: u8::try_from(scale).ok()? };
        while sum.scale > 0 && sum.digits % 10 == 0 {
            sum = Self { digits: sum.digits / 10, scale: sum.scale - 1 };
        }
        Some(sum)
    }

    /// Which of two is greater, in units of the last place written; unequal scales are widened.
    pub(super) fn less_than(self, other: Self) -> bool {
        let widen = |number: Self, scale: u8| {
            i128::from(number.digits) * 10i128.pow(u32::from(scale - number.scale).min(18))
        };
        let scale = self.scale.max(other.scale);
        widen(self, scale) < widen(other, scale)
    }
}

/// Reads the number that begins at piece `at`.
pub(super) fn read(pieces: Pieces<'_>, at: usize) -> Option<Reading> {
    let base = match pieces.word(at) {
        Word::Digits => digits(pieces, at)?,
        Word::Number(_) | Word::Scale(_) | Word::Dozen => words(pieces, at)?,
        Word::A if matches!(pieces.word(at + 1), Word::Scale(_) | Word::Dozen) => {
            words(pieces, at)?
        }
        Word::Half if pieces.word(at + 1) == Word::A => half(pieces, at)?,
        Word::Fraction(quarters) => {
            let value = Decimal::whole(0).plus_fraction(u32::from(quarters), 4)?;
            Reading { value, end: at + 1, scaled: false, grouped: false, digits: true }
        }
        _ => return None,
    };
    let base = and_a_half(pieces, base);
    magnitude(pieces, base)
}

/// "Half a million": the half is the number, the magnitude follows.
fn half(pieces: Pieces<'_>, at: usize) -> Option<Reading> {
    let follows = matches!(pieces.word(at + 2), Word::Scale(3..));
    let value = Decimal { digits: 5, scale: 1 };
    follows.then_some(Reading { value, end: at + 2, scaled: false, grouped: false, digits: false })
}

/// "Two and a half": the fraction joins the number before it.
fn and_a_half(pieces: Pieces<'_>, base: Reading) -> Reading {
    let end = base.end;
    let half = pieces.word(end) == Word::And
        && pieces.word(end + 1) == Word::A
        && pieces.word(end + 2) == Word::Half;
    match base.value.plus_fraction(1, 2) {
        Some(value) if half && !base.scaled => Reading { value, end: end + 3, ..base },
        _ => base,
    }
}

/// Takes in the words of magnitude after a number.
fn magnitude(pieces: Pieces<'_>, mut base: Reading) -> Option<Reading> {
    while let Word::Scale(power) = pieces.word(base.end) {
        if pieces.text(base.end).ends_with(['s', 'S']) && !matches!(power, 5 | 7) {
            break;
        }
        base.value = base.value.shifted(power)?;
        base.end += 1;
        base.scaled = true;
    }
    // "2-million" and "12-million-dollar" are hyphened.
    if pieces.inner(base.end, b'-')
        && let Word::Scale(power) = pieces.word(base.end + 1)
    {
        base.value = base.value.shifted(power)?;
        base.end += 2;
        base.scaled = true;
    }
    Some(base)
}

/// Digits with separators, decimals and a vulgar fraction.
fn digits(pieces: Pieces<'_>, at: usize) -> Option<Reading> {
    let first = pieces.text(at);
    if first.len() > 15 {
        return None;
    }
    let mut value: i64 = first.parse().ok()?;
    let mut end = at + 1;
    let mut grouped = false;
    // Groups of three, or of two after the first in the Indian way.
    let group = |end: usize| {
        let text = pieces.text(end + 1);
        (pieces.inner(end, b',') && pieces.word(end + 1) == Word::Digits)
            .then_some(text)
            .filter(|text| text.len() == 3 || (text.len() == 2 && pieces.inner(end + 2, b',')))
    };
    if first.len() <= 3 {
        while let Some(text) = group(end) {
            let power = if text.len() == 3 { 1000 } else { 100 };
            value = value.checked_mul(power)?.checked_add(text.parse().ok()?)?;
            end += 2;
            grouped = true;
        }
    }
    let mut number = Decimal::whole(value);
    let tail = pieces.text(end + 1);
    if pieces.inner(end, b'.') && pieces.word(end + 1) == Word::Digits && tail.len() <= 9 {
        let places = u8::try_from(tail.len()).ok()?;
        let factor = 10i64.checked_pow(u32::from(places))?;
        number.digits = number.digits.checked_mul(factor)?.checked_add(tail.parse().ok()?)?;
        number.scale = places;
        end += 2;
    } else if let Some((sum, after)) = fraction(pieces, end, number) {
        number = sum;
        end = after;
    }
    Some(Reading { value: number, end, scaled: false, grouped, digits: true })
}

/// "9 1/2", "9½".
fn fraction(pieces: Pieces<'_>, at: usize, whole: Decimal) -> Option<(Decimal, usize)> {
    if let Word::Fraction(quarters) = pieces.word(at) {
        return Some((whole.plus_fraction(u32::from(quarters), 4)?, at + 1));
    }
    let joined = pieces.mark(at, b'-') && pieces.glued(at);
    let at = if joined { at + 1 } else { at };
    let (numerator, _) = pieces.digits(at)?;
    let (denominator, _) = pieces.digits(at + 2)?;
    let apart = joined || !pieces.glued(at);
    (apart && pieces.inner(at + 1, b'/') && !pieces.inner(at + 3, b'/'))
        .then(|| whole.plus_fraction(numerator, denominator))
        .flatten()
        .map(|sum| (sum, at + 3))
}

/// The longest number in words that is read, in pieces: a text of nothing but numbers must not be
/// read to its end from each of them.
const LONGEST: usize = 20;

/// A number in words.
fn words(pieces: Pieces<'_>, at: usize) -> Option<Reading> {
    let mut end = if pieces.word(at) == Word::A { at + 1 } else { at };
    let (mut total, mut group, mut scaled) = (0i64, 0i64, false);
    let start = end;
    while end - start < LONGEST {
        // A hyphen or an "and" only joins; what follows decides whether it is taken in.
        let joint = match pieces.word(end) {
            Word::Mark(b'-') if pieces.glued(end) && end > start => 1,
            Word::And if group >= 100 || (total > 0 && group == 0) => 1,
            _ => 0,
        };
        match pieces.word(end + joint) {
            Word::Number(number) => {
                let number = i64::from(number);
                let room = if number < 10 { 10 } else { 100 };
                let open = group == 0 || (group % room == 0 && group % 100 != 10);
                if !open || (joint == 0 && end > start && pieces.mark(end, b'-')) {
                    break;
                }
                group = group.checked_add(number)?;
            }
            Word::Dozen if total == 0 => group = group.max(1).checked_mul(12)?,
            Word::Scale(power) => {
                let several = pieces.text(end + joint).ends_with(['s', 'S']);
                if several && !matches!(power, 5 | 7) {
                    break;
                }
                let factor = 10i64.checked_pow(u32::from(power))?;
                if power == 2 {
                    group = group.max(1).checked_mul(factor)?;
                } else {
                    let part = group.max(i64::from(total == 0)).checked_mul(factor)?;
                    total = total.checked_add(part)?;
                    group = 0;
                    scaled = true;
                }
            }
            _ => break,
        }
        end += joint + 1;
    }
    let value = Decimal::whole(total.checked_add(group)?);
    (end > start).then_some(Reading { value, end, scaled, grouped: false, digits: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::pieces;
    use crate::{layout, sentences, tokens};

    fn number(text: &str) -> Option<String> {
        let layout = layout::read(text, None, None);
        let tokens = tokens::split(text, &sentences::split(text, &layout));
        let mut rows = Vec::new();
        pieces::cut(text, tokens.rows(), &mut rows);
        let reading = read(Pieces { text, rows: &rows }, 0)?;
        Some(format!("{} {}", reading.value, rows.len() - reading.end))
    }

    #[test]
    fn digits_in_every_form() {
        for (text, value) in [
            ("7", "7 0"),
            ("1,234.50", "1234.50 0"),
            ("12,34,567", "1234567 0"),
            ("2.30 crore", "23000000 0"),
            ("9 1/2", "9.5 0"),
            ("9½", "9.5 0"),
            ("27 3/8", "27.375 0"),
            ("2.4 million people", "2400000 1"),
            ("1990, 1991", "1990 2"),
            ("2-million", "2000000 0"),
        ] {
            assert_eq!(number(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn words_in_every_form() {
        for (text, value) in [
            ("seven", "7 0"),
            ("twenty-four hours", "24 1"),
            ("twenty four hours", "24 1"),
            ("a hundred and five", "105 0"),
            ("two thousand and eight", "2008 0"),
            ("three hundred thousand", "300000 0"),
            ("two and a half million", "2500000 0"),
            ("half a million", "500000 0"),
            ("a dozen", "12 0"),
            ("one two", "1 1"),
        ] {
            assert_eq!(number(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn too_long_is_no_number() {
        assert_eq!(number("99999999999999999999"), None);
        assert_eq!(number("999999999 trillion trillion"), None);
    }
}
