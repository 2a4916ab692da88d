//! Names to actors: which mentions are the same person, organisation or place.
//!
//! In: the entities. Out: for each, the actor it names. People: a full name opens an actor; a
//! shorter or longer form of it joins when surname and forename agree; a surname or forename alone
//! joins the one actor that carries it, on a tie the one its title's gender fits, else the last
//! mentioned. Organisations: the same words, an acronym of their initials, or a shortened form that
//! fits one only. Places: the same words or the same country.
//!
//! Invariant: an entity of a kind that can act names exactly one actor. Cost: two passes, each a
//! few ordered-map look-ups an entity; at most [`RIVALS`] bearers of one name are weighed.
//! Does not attempt: nicknames, transliterations, reversed names.

use super::{Actor, ActorId, Gender};
use crate::entities::{Entities, Entity, EntityId, Label};
use crate::index::{Id, Table};
use crate::lexicon::{Classes, hash};
use crate::span::Span;
use crate::tokens::{Shape, TokenId, TokenRange};
use crate::words::Reading;
use std::collections::BTreeMap;

/// How many bearers of one name are weighed against each other.
const RIVALS: usize = 16;

/// The sorts of actors; a name of one sort never joins another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Person,
    Organisation,
    Place,
}

fn sort(label: Label) -> Option<Sort> {
    match label {
        Label::Person => Some(Sort::Person),
        Label::Org => Some(Sort::Organisation),
        Label::Loc | Label::Fac => Some(Sort::Place),
        _ => None,
    }
}

/// The words of a name that count.
#[derive(Clone, Copy, Debug)]
struct Name {
    sort: Sort,
    /// All words.
    whole: u64,
    first: TokenId,
    last: TokenId,
    /// The number of words, endings such as "Jr." and "Inc." left out.
    words: usize,
}

/// Bearers of a key, the latest last.
type Bearers<K> = BTreeMap<K, Vec<ActorId>>;

/// An actor while its mentions are gathered.
#[derive(Clone, Copy, Debug)]
struct Draft {
    name: Name,
    span: Span,
    label: Label,
    gender: Gender,
    country: Option<crate::entities::Country>,
    last_mention: usize,
}

#[derive(Debug, Default)]
struct Index {
    drafts: Table<ActorId, Draft>,
    whole: BTreeMap<(Sort, u64), ActorId>,
    surnames: Bearers<u64>,
    forenames: Bearers<u64>,
    acronyms: BTreeMap<u64, ActorId>,
    /// Heads and tails of organisations' names.
    parts: Bearers<u64>,
    countries: BTreeMap<[u8; 2], ActorId>,
}

/// Groups the entities into actors, numbered by first mention.
pub(super) fn cluster(
    reading: Reading<'_>,
    entities: &Entities,
) -> (Table<ActorId, Actor>, Table<EntityId, Option<ActorId>>) {
    let names: Vec<Option<Name>> =
        entities.rows().iter().map(|entity| name(reading, entity)).collect();
    let mut index = Index::default();
    let mut drafts: Vec<Option<ActorId>> = vec![None; names.len()];
    // Full names first, so that a surname in the headline finds its bearer in the text.
    for full in [true, false] {
        for (at, (entity, name)) in entities.rows().iter().zip(&names).enumerate() {
            let Some(name) = name else { continue };
            if (name.words > 1) == full {
                drafts[at] = Some(index.place(reading, entity, *name, at));
            }
        }
    }
    let mut order = vec![None; index.drafts.len()];
    let mut actors = Table::default();
    let mut of_entity = Table::with_capacity(drafts.len());
    for draft in drafts {
        of_entity.push(draft.map(|id| {
            *order[id.index()].get_or_insert_with(|| {
                let draft = &index.drafts[id];
                actors.push(Actor {
                    name: draft.span,
                    kind: draft.label,
                    gender: draft.gender,
                    roles: Vec::new(),
                })
            })
        }));
    }
    (actors, of_entity)
}

/// What counts in an entity's name.
fn name(reading: Reading<'_>, entity: &Entity) -> Option<Name> {
    let sort = sort(entity.label)?;
    let TokenRange { start, mut end } = reading.range(entity.span);
    let last = |end: TokenId| end.prev().filter(|&last| last >= start);
    let whole = hash::phrase((start.index()..end.index()).map(|at| hash_at(reading, at)));
    while let Some(ending) = last(end).filter(|&id| id > start && is_ending(reading, id)) {
        end = ending;
    }
    let words = (start.index()..end.index())
        .filter(|&at| reading.word(TokenId::from_index(at)).hash != 0)
        .count();
    Some(Name { sort, whole, first: start, last: last(end)?, words })
}

fn hash_at(reading: Reading<'_>, at: usize) -> u64 {
    reading.word(TokenId::from_index(at)).hash
}

/// Whether the token ends a name without being part of it: Jr., III, Inc., a comma before them.
fn is_ending(reading: Reading<'_>, id: TokenId) -> bool {
    const ENDINGS: &[&str] = &[
        ",", "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "inc", "inc.", "corp", "corp.", "ltd",
        "ltd.", "co", "co.", "plc", "llc", "ag", "sa", "gmbh", "nv",
    ];
    reading.reads(id, ENDINGS)
}

impl Index {
    /// The actor that a mention names, new if none fits.
    fn place(
        &mut self,
        reading: Reading<'_>,
        entity: &Entity,
        name: Name,
        mention: usize,
    ) -> ActorId {
        let gender = gender(reading, name);
        let known = self.whole.get(&(name.sort, name.whole)).copied();
        let found = known.or_else(|| match name.sort {
            Sort::Person => self.person(reading, name, gender),
            Sort::Organisation => self.organisation(reading, name),
            Sort::Place => entity.country.and_then(|code| {
                let country = self.is_country(reading, name);
                self.countries.get(code.as_str().as_bytes()).copied().filter(|_| country)
            }),
        });
        let id = found.unwrap_or_else(|| {
            self.drafts.push(Draft {
                name,
                span: entity.span,
                label: entity.label,
                gender,
                country: entity.country,
                last_mention: mention,
            })
        });
        if known.is_none() {
            self.enter(reading, name, id);
        }
        if let Some(draft) = self.drafts.get_mut(id) {
            draft.last_mention = mention;
            if draft.gender == Gender::Unknown {
                draft.gender = gender;
            }
            if name.words > draft.name.words {
                (draft.name, draft.span, draft.label) = (name, entity.span, entity.label);
            }
        }
        id
    }

    /// Whether the whole name is a country's, not only inside one.
    fn is_country(&self, reading: Reading<'_>, name: Name) -> bool {
        reading.lexicon.get(name.whole).classes.any(Classes::COUNTRY)
    }

    /// The person that a form of a name fits.
    fn person(&self, reading: Reading<'_>, name: Name, gender: Gender) -> Option<ActorId> {
        let surname = reading.word(name.last).hash;
        let bearers = self.surnames.get(&surname).map_or(&[][..], Vec::as_slice);
        let fits = |id: &ActorId| {
            let draft = &self.drafts[*id];
            let clash = gender != Gender::Unknown
                && draft.gender != Gender::Unknown
                && draft.gender != gender;
            !clash
                && (name.words == 1
                    || draft.name.words == 1
                    || same_forename(reading, draft.name.first, name.first))
        };
        let latest = |id: &ActorId| self.drafts[*id].last_mention;
        let rivals = bearers.iter().rev().take(RIVALS);
        let by_surname = rivals.filter(|id| fits(id)).copied().max_by_key(latest);
        if by_surname.is_some() || name.words > 1 {
            return by_surname;
        }
        match self.forenames.get(&surname).map(Vec::as_slice) {
            Some(&[only]) => Some(only),
            _ => None,
        }
    }

    /// The organisation that an acronym or a shortened form fits.
    fn organisation(&self, reading: Reading<'_>, name: Name) -> Option<ActorId> {
        let upper = reading.token(name.first).is_some_and(|token| token.shape == Shape::Upper);
        if name.words == 1
            && upper
            && let Some(&id) = self.acronyms.get(&letters(reading.written(name.first)))
        {
            return Some(id);
        }
        match self.parts.get(&key(reading, name)).map(Vec::as_slice) {
            Some(&[only]) => Some(only),
            _ => None,
        }
    }

    /// Makes an actor findable by a form of its name.
    fn enter(&mut self, reading: Reading<'_>, name: Name, id: ActorId) {
        self.whole.entry((name.sort, name.whole)).or_insert(id);
        let bear = |map: &mut Bearers<u64>, key| {
            let bearers = map.entry(key).or_default();
            if bearers.last() != Some(&id) && bearers.len() < RIVALS * 4 {
                bearers.push(id);
            }
        };
        match name.sort {
            Sort::Person => {
                bear(&mut self.surnames, reading.word(name.last).hash);
                if name.words > 1 {
                    bear(&mut self.forenames, reading.word(name.first).hash);
                }
            }
            Sort::Organisation if name.words > 1 => {
                let (acronym, length) = initials(reading, name);
                if length > 1 {
                    self.acronyms.entry(acronym).or_insert(id);
                }
                // "Justice Department" for "U.S. Justice Department", "Goldman" for "Goldman Sachs".
                let ids = (name.first.index()..=name.last.index()).map(TokenId::from_index);
                let tail: Vec<u64> = ids.skip(1).map(|word| reading.word(word).hash).collect();
                if tail.len() > 1 {
                    bear(&mut self.parts, hash::phrase(tail));
                }
                if !reading.is(name.first, Classes::COUNTRY.and(Classes::PLACE).and(Classes::NORP))
                {
                    bear(&mut self.parts, reading.word(name.first).hash);
                }
                bear(&mut self.parts, key(reading, name));
            }
            Sort::Organisation => {}
            Sort::Place => {
                let country = self.drafts.get(id).and_then(|draft| draft.country);
                if let (Some(code), true) = (country, self.is_country(reading, name))
                    && let Ok(code) = code.as_str().as_bytes().try_into()
                {
                    self.countries.entry(code).or_insert(id);
                }
            }
        }
    }
}

/// The hash of a name without its ending.
fn key(reading: Reading<'_>, name: Name) -> u64 {
    let ids = (name.first.index()..=name.last.index()).map(TokenId::from_index);
    hash::phrase(ids.map(|id| reading.word(id).hash))
}

/// Whether two forenames can be one: the same word, or one the other's initial.
fn same_forename(reading: Reading<'_>, a: TokenId, b: TokenId) -> bool {
    let (first, second) = (reading.written(a), reading.written(b));
    let initial = |name: &str| name.trim_end_matches('.').chars().count() == 1;
    reading.word(a).hash == reading.word(b).hash
        || ((initial(first) || initial(second)) && first.chars().next() == second.chars().next())
}

/// The hash of a word's letters, periods left out: "U.N." and "UN" are one.
fn letters(word: &str) -> u64 {
    let mut buffer = [0; 16];
    let mut length = 0;
    for byte in word.bytes().filter(|byte| *byte != b'.') {
        let Some(place) = buffer.get_mut(length) else { break };
        *place = byte;
        length += 1;
    }
    hash::fold(std::str::from_utf8(&buffer[..length]).unwrap_or_default())
}

/// The hash of the initials of a name's capitalised words, and how many there are.
fn initials(reading: Reading<'_>, name: Name) -> (u64, usize) {
    let mut buffer = [0; 16];
    let mut length = 0;
    for id in (name.first.index()..=name.last.index()).map(TokenId::from_index) {
        if let (Some(&byte), true) =
            (reading.written(id).as_bytes().first(), reading.is_capitalised(id))
        {
            let Some(place) = buffer.get_mut(length) else { break };
            *place = byte;
            length += 1;
        }
    }
    (hash::fold(std::str::from_utf8(&buffer[..length]).unwrap_or_default()), length)
}

/// What forename and title say of a person's gender.
fn gender(reading: Reading<'_>, name: Name) -> Gender {
    if name.sort != Sort::Person {
        return Gender::Unknown;
    }
    let title = name.first.prev().map(|id| reading.word(id)).filter(|word| word.is(Classes::TITLE));
    let forename = Some(reading.word(name.first))
        .filter(|word| word.is(Classes::GIVEN) && (name.words > 1 || !word.is(Classes::SURNAME)));
    [title, forename]
        .into_iter()
        .flatten()
        .map(|word| super::gender_of(word.classes))
        .find(|gender| *gender != Gender::Unknown)
        .unwrap_or_default()
}
