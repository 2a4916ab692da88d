//! Entities: people, organisations, places, dates, money and the rest of what has a name.
//!
//! In: the tokens with what the lexicon knows of them, the layout's date. Out: [`Entities`], sorted
//! and disjoint, each with its label, a confidence and, where it applies, a normalised value.

pub mod evidence;
pub mod features;
pub mod names;
pub(crate) mod stand_in;

pub use crate::code::{Code, Country, Currency};
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
    /// The currency of an amount of money.
    pub unit: Option<Currency>,
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
