//! What an entity's words mean: a time in ISO 8601 form, a number and what it counts.
//!
//! In: what the grammars of [`times`](super::times) and [`amounts`](super::amounts) read. Out: the
//! values as they stand in the record. Numbers are exact decimals, never floating point.

use super::timex::Timex;
use crate::code::Currency;
use std::fmt;

/// An exact decimal number: `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits, as an integer.
    pub digits: i64,
    /// How many of them stand after the point.
    pub scale: u8,
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

/// The normalised meaning of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A time, which prints in ISO 8601 / TIMEX3 form, "2026-03", "P3D", "2026-W12".
    Time(Timex),
    /// A number of currency units or percent.
    Number(Decimal),
    /// From one number to another, "$5-7 million".
    Numbers(Decimal, Decimal),
}

/// What limits a value: which part of it is meant, or on which side of it the truth lies. The names
/// in the record are those of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modifier {
    /// The beginning of the time, "early 2022".
    Start,
    /// The middle of the time, "mid-June".
    Mid,
    /// The end of the time, "late last week".
    End,
    /// About the value.
    Approx,
    /// More than the value.
    MoreThan,
    /// Less than the value.
    LessThan,
    /// The value or more.
    AtLeast,
    /// The value or less.
    AtMost,
    /// Before the time, "pre-1914".
    Before,
    /// After the time, "post-1945".
    After,
}

impl Modifier {
    /// The modifier's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::MoreThan => "MORE_THAN",
            Self::LessThan => "LESS_THAN",
            Self::AtLeast => "EQUAL_OR_MORE",
            Self::AtMost => "EQUAL_OR_LESS",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
        }
    }
}

/// Why a time was given the value it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The words say it all: "3 March 2026", "two weeks".
    Explicit,
    /// Counted from the document date: "yesterday", "last month".
    DocumentDate,
    /// Counted from the time mentioned before: "the following day".
    Mentioned,
    /// The last such time, because the governing verb is past or nothing speaks against it.
    Past,
    /// The next such time, because the governing verb or word looks ahead.
    Future,
    /// The nearest such time, because nothing tells past from future.
    Nearest,
}

impl Basis {
    /// The basis' name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::DocumentDate => "document_date",
            Self::Mentioned => "mentioned",
            Self::Past => "past",
            Self::Future => "future",
            Self::Nearest => "nearest",
        }
    }
}

/// What a number counts, where the label does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Units of a currency.
    Currency(Currency),
    /// Percentage points, the difference of two percentages.
    Points,
}

impl Unit {
    /// The unit's name in the record: the currency's code, or "pp".
    pub fn as_str(&self) -> &str {
        match self {
            Self::Currency(code) => code.as_str(),
            Self::Points => "pp",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_print_exactly() {
        let show = |digits, scale| Decimal { digits, scale }.to_string();
        assert_eq!(show(240, 2), "2.40");
        assert_eq!(show(5, 3), "0.005");
        assert_eq!(show(-25, 1), "-2.5");
        assert_eq!(show(7, 0), "7");
    }
}
