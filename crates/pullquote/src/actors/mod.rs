//! Actors: who the names stand for.
//!
//! In: the entities, the words and the regions between quotation marks. Out: [`Actors`]: one row
//! for each person, organisation or place that the article names, with its canonical name, its
//! roles and its mentions by name, role and pronoun.
//!
//! Order: names are clustered first, then roles read off around them, then the mentions without a
//! name resolved from left to right.

mod bounds;
mod forms;
mod names;
pub mod ranker;
mod references;
mod repeats;
mod roles;
pub mod training;

use crate::entities::{Entities, EntityId, Label};
use crate::index::{Id, Table, define_id};
use crate::lexicon::Classes;
use crate::marks::Regions;
use crate::span::{Span, Spanned};
use crate::tokens::{TokenId, TokenRange};
use crate::words::{Reading, forms};

define_id! {
    /// Names an [`Actor`].
    ActorId
}
define_id! {
    /// Names a [`Mention`].
    MentionId
}

/// How a mention refers to its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// By name.
    Name,
    /// By role, "the minister".
    Role,
    /// By pronoun.
    Pronoun,
}

impl MentionForm {
    /// The form's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Pronoun => "pronoun",
        }
    }
}

/// How likely it is that a mention without a name stands for an actor, as the ranker weighs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// That it stands for the actor it was resolved to, from 0 to 1.
    pub chosen: f32,
    /// The next best actors, the likelier first.
    pub others: [Option<(ActorId, f32)>; 2],
}

/// One place where an actor is referred to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands; a name with what belongs to it, such as the titles right before it.
    pub span: Span,
    /// How it refers.
    pub form: MentionForm,
    /// Whom it refers to.
    pub actor: ActorId,
    /// The entity it is, when it is a name.
    pub entity: Option<EntityId>,
    /// How sure it is, when the ranker chose the actor.
    pub odds: Option<Odds>,
}

impl Mention {
    /// The actors it may stand for with their odds, the likelier first.
    pub(crate) fn weights(&self) -> Vec<(ActorId, f32)> {
        let odds = self.odds.unwrap_or(Odds { chosen: 1.0, others: [None; 2] });
        let others = odds.others.into_iter().flatten();
        std::iter::once((self.actor, odds.chosen)).chain(others).collect()
    }

    /// A mention about which there is no doubt to speak of.
    fn plain(span: Span, form: MentionForm, actor: ActorId) -> Self {
        Self { span, form, actor, entity: None, odds: None }
    }
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}

/// What the text says about a person's gender, by forename, title or pronoun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Nothing, or contradictions.
    #[default]
    Unknown,
    /// Feminine.
    Feminine,
    /// Masculine.
    Masculine,
}

impl Gender {
    /// The gender's name in the record; `None` when it is not known.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Feminine => Some("feminine"),
            Self::Masculine => Some("masculine"),
        }
    }
}

/// What an actor is or does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The title as written, "foreign minister".
    pub title: Span,
    /// Whose, "Ruritania" or "French", when the text says it.
    pub of: Option<Span>,
    /// The actor that this names, if it names one.
    pub of_actor: Option<ActorId>,
}

/// One person, organisation or place.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The fullest form of the name that the article has, without titles.
    pub name: Span,
    /// PERSON, ORG, LOC ...
    pub kind: Label,
    /// What the text says about the person's gender.
    pub gender: Gender,
    /// Titles and affiliations, in text order.
    pub roles: Vec<Role>,
}

/// The actors of a text and their mentions.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// The actors, in order of first mention.
    pub table: Table<ActorId, Actor>,
    /// The mentions, in text order.
    pub mentions: Table<MentionId, Mention>,
    /// The actor of each entity that names one.
    pub of_entity: Table<EntityId, Option<ActorId>>,
    /// The mentions of each actor, in text order.
    pub of_actor: Table<ActorId, Vec<MentionId>>,
    /// Mentions inside longer names, kept back until the sources are read.
    inside: Vec<Mention>,
    /// Names of bodies and places that are no entities.
    owners: Vec<Mention>,
    /// The last word of each role, as a hash, with whoever bears it; sorted.
    in_role: Vec<(u64, ActorId)>,
}

/// What a word's classes say of a person's gender.
fn gender_of(classes: Classes) -> Gender {
    match (classes.any(Classes::FEMININE), classes.any(Classes::MASCULINE)) {
        (true, false) => Gender::Feminine,
        (false, true) => Gender::Masculine,
        _ => Gender::Unknown,
    }
}

/// The tokens of a name or role: those that begin inside a span, or the one that it is cut out of, as
/// "NAME" out of "pro-NAME". Logarithmic in the number of tokens.
fn range(reading: Reading<'_>, span: Span) -> TokenRange {
    let tokens = reading.tokens.rows();
    let start = tokens.partition_point(|token| token.span.start() < span.start());
    let inside = tokens.iter().skip(start).take_while(|token| token.span.start() < span.end());
    let end = start + inside.count();
    let start = if start == end { start.saturating_sub(1) } else { start };
    TokenRange { start: TokenId::from_index(start), end: TokenId::from_index(end) }
}

/// Where the entities that can act stand.
type Spots = Table<EntityId, Option<forms::Spot>>;

/// How often a name that two bear is given to the right one, counted on the training articles.
const SHARED: f32 = 0.75;

/// Finds the actors and all their mentions.
pub fn find(reading: Reading<'_>, entities: &Entities, regions: &Regions) -> Actors {
    build(reading, entities, regions, None)
}

/// Finds the actors and their mentions; a `judge` chooses the antecedents in the ranker's place.
fn build(
    reading: Reading<'_>,
    entities: &Entities,
    regions: &Regions,
    judge: Option<references::Judge<'_>>,
) -> Actors {
    let spots: Spots = entities.rows().iter().map(|row| forms::Spot::of(reading, row)).collect();
    let names::Clusters { mut table, of_entity, rivals } =
        names::cluster(reading, entities, &spots);
    let repeats = repeats::find(reading, entities, &spots, &of_entity, &table);
    let person = |row: &&Mention| table.get(row.actor).is_some_and(|row| row.kind == Label::Person);
    let owners: Vec<Mention> = repeats.alone.iter().filter(|row| !person(row)).copied().collect();
    roles::find(reading, entities, &of_entity, &owners, &mut table);
    let mut mentions: Vec<Mention> = entities
        .iter()
        .filter_map(|(id, _)| {
            let actor = of_entity.get(id).copied().flatten()?;
            let span = spots.get(id).copied().flatten()?.span;
            let plain = Mention::plain(span, MentionForm::Name, actor);
            let rival = rivals.get(id).copied().flatten();
            let odds = rival
                .map(|rival| Odds { chosen: SHARED, others: [Some((rival, 1.0 - SHARED)), None] });
            Some(Mention { entity: Some(id), odds, ..plain })
        })
        .collect();
    mentions.extend(repeats.alone);
    mentions.sort_by_key(|mention| mention.span);
    let found = references::resolve(reading, regions, &mentions, &mut table, judge);
    mentions.extend(found);
    mentions.sort_by_key(|mention| mention.span);
    let in_role = roles::bearers(reading, &table);
    let mentions = mentions.into_iter().collect();
    let of_actor = Table::default();
    Actors { table, mentions, of_entity, of_actor, inside: repeats.inside, owners, in_role }
}

/// How many bearers of one role are weighed.
const MOST_BEARERS: usize = 16;

impl Actors {
    /// The actors that bear a role whose last word has this hash; none when too many do to tell
    /// them apart. Logarithmic in the number of roles.
    pub(crate) fn in_role(&self, hash: u64) -> &[(u64, ActorId)] {
        let from = self.in_role.partition_point(|row| row.0 < hash);
        let to = self.in_role.partition_point(|row| row.0 <= hash);
        self.in_role.get(from..to).filter(|rows| rows.len() <= MOST_BEARERS).unwrap_or_default()
    }

    /// Completes the mentions once the quotations are known. Each "I", "me" and "my" inside
    /// somebody's quoted words stands for the speaker; `spoken` are the stretches between marks with
    /// their speakers, in any order. Names inside longer names come in, and each name takes in
    /// what belongs to it, such as the titles right before it: until here a name is its own words alone, as the stages between
    /// need it. Linear in the mentions and the words spoken.
    pub(crate) fn complete(
        &mut self,
        reading: Reading<'_>,
        entities: &Entities,
        spoken: &[(Span, ActorId)],
    ) {
        let mut mentions = std::mem::take(&mut self.mentions).rows().to_vec();
        bounds::widen(reading, entities, &self.owners, &self.table, &mut mentions);
        mentions.append(&mut self.inside);
        for &(stretch, actor) in spoken {
            for id in reading.range(stretch).ids() {
                let first = reading.is(id, Classes::PRONOUN)
                    && reading.is_form(id, forms!["i", "me", "my", "mine", "myself"]);
                if first {
                    let span = reading.span(id);
                    mentions.push(Mention::plain(span, MentionForm::Pronoun, actor));
                }
            }
        }
        mentions.sort_by_key(|mention| mention.span);
        // Words quoted inside quoted words would be heard twice.
        mentions.dedup_by_key(|mention| mention.span);
        self.mentions = mentions.into_iter().collect();
        self.of_actor = self.table.rows().iter().map(|_| Vec::new()).collect();
        for (id, mention) in self.mentions.iter() {
            if let Some(list) = self.of_actor.get_mut(mention.actor) {
                list.push(id);
            }
        }
    }
}
