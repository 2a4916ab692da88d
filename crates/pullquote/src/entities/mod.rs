//! Entities: people, organisations, places, dates, money and the rest of what has a name.
//!
//! In: the tokens with what the lexicon knows of them, the layout's date. Out: [`Entities`], sorted
//! and disjoint, each with its label, a confidence and, where it applies, a normalised value.

mod amounts;
mod calendar;
mod currencies;
pub(crate) mod measures;
mod numbers;
mod pieces;
mod prices;
mod times;
mod timex;
mod wordlist;
mod words;

use crate::index::{Table, define_id};
use crate::span::{Span, Spanned};
use std::fmt;

define_id! {
    /// Names an [`Entity`].
    EntityId
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Label {
    /// People, real or fictional; titles stand outside.
    Person,
    /// Organisations: companies, parties, bodies of government, media, teams.
    Org,
    /// Countries, cities, regions, rivers.
    Loc,
    /// Buildings, airports, roads, stadiums.
    Fac,
    /// Nationalities, religious, ethnic and political groups.
    Norp,
    /// Products, vehicles, weapons, software.
    Product,
    /// Events, works, laws, diseases, awards.
    Misc,
    /// A day, month, year or other calendar stretch.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time, "every Monday".
    Set,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
}

impl Label {
    /// The label's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Fac => "FAC",
            Self::Norp => "NORP",
            Self::Product => "PRODUCT",
            Self::Misc => "MISC",
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
            Self::Money => "MONEY",
            Self::Percent => "PERCENT",
        }
    }
}

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A time in ISO 8601 / TIMEX3 form, "2026-03", "P3D", "2026-W12".
    Time(Box<str>),
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

/// Three letters of ISO 4217 or two of ISO 3166-1.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code<const N: usize>([u8; N]);

impl<const N: usize> Code<N> {
    /// The code of these ASCII capitals; `None` for anything else.
    pub fn new(letters: &[u8]) -> Option<Self> {
        let letters: [u8; N] = letters.try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Debug for Code<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A currency, ISO 4217.
pub type Currency = Code<3>;
/// A country, ISO 3166-1 alpha-2.
pub type Country = Code<2>;

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

/// One entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub label: Label,
    /// The normalised value of a time, an amount of money or a percentage.
    pub value: Option<Value>,
    /// The currency of an amount of money, or the percentage point.
    pub unit: Option<Unit>,
    /// What limits the value.
    pub modifier: Option<Modifier>,
    /// Why a time has its value.
    pub basis: Option<Basis>,
    /// The country that a place or a demonym belongs to.
    pub country: Option<Country>,
    /// How often an entity found this way is right, from 0 to 1.
    pub confidence: f32,
}

impl Spanned for Entity {
    fn span(&self) -> Span {
        self.span
    }
}

/// The entities of a text, sorted and disjoint.
pub type Entities = Table<EntityId, Entity>;

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
