//! Entities: people, organisations, places, dates, money and the rest of what has a name.
//!
//! In: the tokens with what the lexicon knows of them, the layout's date. Out: [`Entities`], sorted
//! and disjoint, each with its label, a confidence and, where it applies, a normalised value.

mod amounts;
mod calendar;
mod currencies;
pub mod evidence;
pub mod features;
mod looks;
mod measures;
mod model;
pub mod names;
mod numbers;
mod pieces;
mod prices;
mod signs;
mod times;
mod timex;
mod value;
mod wordlist;
mod words;

pub use crate::code::{Code, Country, Currency};
pub(crate) use model::NameModel;
pub use timex::{Days, Exact, Grain, Timex};
pub use value::{Basis, Decimal, Modifier, Unit, Value};

use crate::index::{Table, define_id};
use crate::layout::Layout;
use crate::model::Tagger;
use crate::span::{Span, Spanned};
use crate::words::Reading;

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

    /// Whether it is a date, a time of day, a length of time or a repeated time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::Time | Self::Duration | Self::Set)
    }

    /// Whether it is an amount of money or a percentage.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Money | Self::Percent)
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

/// Finds the entities of a text. A name that begins before a time or an amount and holds it wins
/// ("Vision 2030"), and so does a person's name that reads like one ("April"); a time or an amount
/// wins over any other name. Linear in the text.
pub fn find(reading: Reading<'_>, layout: &Layout, tagger: Option<&Tagger<'_>>) -> Entities {
    let Reading { text, sentences, tokens, .. } = reading;
    let find = |tagger| names::find(reading, layout, tagger);
    let mut found = tagger.map(find).unwrap_or_default();
    for name in &mut found {
        name.country = country(reading, name);
    }
    found.extend(measures::find(text, tokens, sentences, layout.date));
    found.sort_by_key(|entity| entity.span);
    let mut kept: Vec<Entity> = Vec::with_capacity(found.len());
    for entity in found {
        match kept.last_mut() {
            Some(last) if last.span.overlaps(entity.span) => {
                let holds = last.span.contains(entity.span) && last.span != entity.span;
                if !holds && precedence(&entity) > precedence(last) {
                    *last = entity;
                }
            }
            _ => kept.push(entity),
        }
    }
    kept.into_iter().collect()
}

/// Which of two overlapping entities stays: the higher, then the longer.
fn precedence(entity: &Entity) -> (u8, usize) {
    let rank = match entity.label {
        Label::Person => 2,
        label if label.is_time() || label.is_amount() => 1,
        _ => 0,
    };
    (rank, entity.span.len())
}

/// The country that a place, or people of one country, belong to.
fn country(reading: Reading<'_>, name: &Entity) -> Option<Country> {
    if !matches!(name.label, Label::Loc | Label::Norp) {
        return None;
    }
    let words = reading.range(name.span).ids().map(|id| reading.word(id).hash);
    reading.lexicon.get(crate::lexicon::hash::phrase(words)).country()
}
