//! Roles: what the article says an actor is.
//!
//! In: the name mentions of people. Out: on each actor, the titles written before its name
//! ("French Foreign Minister NAME"), between commas after it ("NAME, a spokeswoman for ORG,") or
//! before it ("the bank's chief economist, NAME"), each with the name it belongs to. A role that only
//! women or only men have tells the actor's gender when nothing else does.
//!
//! Cost: a bounded look around each name.
//! Does not attempt: roles told in a clause of their own ("NAME has led the bank since May").

use super::{Actor, ActorId, Gender, Mention, Role};
use crate::entities::{Entities, EntityId, Label};
use crate::index::{Id, Table};
use crate::lexicon::Classes;
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};

/// How many roles an actor may have.
const MOST_ROLES: usize = 16;
/// How many words a role may have.
const LONGEST_ROLE: usize = 8;
/// How many titles in a row are followed.
const MOST_TITLES: usize = 4;
/// How many words the name of an office may have.
const LONGEST_OFFICE: usize = 5;
/// How many words an apposition is followed.
const LONGEST_APPOSITION: usize = 24;
/// Titles that say nothing of what their bearer does.
const HONORIFICS: &[u64] =
    forms!["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "madam", "st",];
/// Words that end a noun phrase to the left.
const OUTSIDE: Classes = Classes::DETERMINER
    .and(Classes::PREPOSITION)
    .and(Classes::CONJUNCTION)
    .and(Classes::PRONOUN)
    .and(Classes::AUXILIARY)
    .and(Classes::VERB)
    .and(Classes::CUE_VERB);

/// Finds the roles of people and writes them on their actors.
pub(super) fn find(
    reading: Reading<'_>,
    entities: &Entities,
    of_entity: &Table<EntityId, Option<ActorId>>,
    owners: &[Mention],
    actors: &mut Table<ActorId, Actor>,
) {
    for (id, entity) in entities.iter() {
        let (Label::Person, Some(&Some(actor))) = (entity.label, of_entity.get(id)) else {
            continue;
        };
        let name = super::range(reading, entity.span);
        let sentence = reading.sentence(reading.sentence_of(name.start));
        let around = Around { reading, entities, owners, sentence };
        let roles = [around.before(name.start), around.after(name.end)];
        if let Some(row) = actors.get_mut(actor) {
            for mut role in roles.into_iter().flatten() {
                role.of_actor = role.of.and_then(|of| around.actor_at(of, of_entity));
                let head = reading.range(role.title).end.prev();
                if let (Gender::Unknown, Some(head)) = (row.gender, head) {
                    row.gender = super::gender_of(reading.word(head).classes);
                }
                let same = |other: &Role| {
                    let written = |span: Span| span.of(reading.text);
                    written(other.title).eq_ignore_ascii_case(written(role.title))
                        && (role.of.is_none() || other.of.map(written) == role.of.map(written))
                };
                if row.roles.len() < MOST_ROLES && !row.roles.iter().any(same) {
                    row.roles.push(role);
                }
            }
        }
    }
}

/// The last word of each role, as a hash, with whoever bears it; sorted.
pub(super) fn bearers(reading: Reading<'_>, actors: &Table<ActorId, Actor>) -> Vec<(u64, ActorId)> {
    let mut rows: Vec<(u64, ActorId)> = Vec::new();
    for (id, actor) in actors.iter() {
        let heads = actor.roles.iter().filter_map(|role| reading.range(role.title).end.prev());
        rows.extend(heads.map(|head| (reading.word(head).hash, id)));
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Where the titles begin that stand right before a person's name, with whose they are: "US
/// President NAME", "Dr. NAME". The name's own start where there are none.
pub(super) fn titled_from(
    reading: Reading<'_>,
    entities: &Entities,
    owners: &[Mention],
    name: TokenId,
) -> TokenId {
    let sentence = reading.sentence(reading.sentence_of(name));
    let around = Around { reading, entities, owners, sentence };
    let mut start = name;
    for _ in 0..MOST_TITLES {
        let title = super::forms::title_before(reading, start).filter(|&id| id >= sentence.start);
        let Some(title) = title else { break };
        start = title;
    }
    let role = start.prev().is_none_or(|id| reading.written(id) != ",");
    let role = role.then(|| around.before(name)).flatten();
    let Some(role) = role else { return start };
    let first = reading.range(role.title).start;
    // "the student NAME" tells what somebody is; only a capital makes it a title.
    if !reading.range(role.title).ids().all(|id| reading.is_capitalised(id)) {
        return start;
    }
    let owner = role.of.map(|of| reading.range(of)).filter(|of| of.end == first);
    owner.map_or(first, |of| of.start).min(start)
}

/// A name's sentence.
#[derive(Clone, Copy)]
struct Around<'a> {
    reading: Reading<'a>,
    entities: &'a Entities,
    /// Names of bodies and places that are no entities.
    owners: &'a [Mention],
    sentence: TokenRange,
}

impl Around<'_> {
    /// The role that ends right before a name, or before the comma that stands there.
    fn before(self, name: TokenId) -> Option<Role> {
        let mut head = name.prev().filter(|&id| id >= self.sentence.start)?;
        if self.reading.written(head) == "," {
            head = head.prev().filter(|&id| id >= self.sentence.start)?;
        }
        if !self.reading.is(head, Classes::ROLE.and(Classes::TITLE)) {
            return self.office_before(name);
        }
        let mut start = head;
        let mut of = None;
        for _ in 0..LONGEST_ROLE {
            let Some(id) = start.prev().filter(|&id| id >= self.sentence.start) else { break };
            if let Some(owner) = self.entity_at(id) {
                of = Some(owner);
                break;
            }
            if self.reading.is_kind(id, TokenKind::Clitic) {
                // "the bank's chief economist": the owner ends right before the possessive.
                of = id.prev().and_then(|owner| {
                    self.entity_at(owner).or_else(|| Some(self.reading.span(owner)))
                });
                break;
            }
            let word = self.reading.word(id);
            if word.hash == 0 || (word.is(OUTSIDE) && !word.is(Classes::TITLE.and(Classes::ROLE))) {
                break;
            }
            start = id;
        }
        let honorific = start == head && self.reading.is_form(head, HONORIFICS);
        let title = self.reading.span_of(TokenRange { start, end: head.next() })?;
        (!honorific).then_some(Role { title, of, of_actor: None })
    }

    /// The office of several words that ends right before a name: "Secretary of State".
    fn office_before(self, name: TokenId) -> Option<Role> {
        let first = name.index().saturating_sub(LONGEST_OFFICE).max(self.sentence.start.index());
        let start = (first..name.index()).map(TokenId::from_index).find(|&start| {
            self.reading.phrase(start, name).is_some_and(|(entry, end)| {
                end == name && entry.classes.any(Classes::ROLE.and(Classes::TITLE))
            })
        })?;
        let title = self.reading.span_of(TokenRange { start, end: name })?;
        Some(Role { title, of: None, of_actor: None })
    }

    /// The role in the apposition that begins with the comma after a name.
    fn after(self, end: TokenId) -> Option<Role> {
        if self.reading.written(end) != "," {
            return None;
        }
        let mut start = end.next();
        // "NAME, 54, a carpenter": the age is passed over.
        if self.reading.is_kind(start, TokenKind::Number)
            && self.reading.written(start.next()) == ","
        {
            start = start.next().next();
        }
        let mut of = None;
        let mut head = None;
        let mut id = start;
        for _ in 0..LONGEST_APPOSITION {
            if id >= self.sentence.end {
                break;
            }
            let word = self.reading.word(id);
            let owner = self.entity_at(id);
            if head.is_none() {
                if let Some(owner) = owner {
                    of = Some(owner);
                    start = id.next();
                } else if self.reading.is_kind(id, TokenKind::Clitic)
                    || word.is(Classes::DETERMINER)
                {
                    start = id.next();
                } else if word.is(Classes::ROLE.and(Classes::TITLE)) {
                    head = Some(id);
                } else if word.hash == 0 || word.is(OUTSIDE) {
                    return None;
                }
            } else if word.is(Classes::ROLE) && head.is_some_and(|head| head.next() == id) {
                head = Some(id);
            } else if owner.is_some() && of.is_none() {
                of = owner;
                break;
            } else if word.hash == 0 || word.is(Classes::AUXILIARY.and(Classes::VERB)) {
                break;
            }
            id = id.next();
        }
        let title = self.reading.span_of(TokenRange { start, end: head?.next() })?;
        Some(Role { title, of, of_actor: None })
    }

    /// The actor that an owner's name stands for.
    fn actor_at(self, of: Span, of_entity: &Table<EntityId, Option<ActorId>>) -> Option<ActorId> {
        let rows = self.entities.rows();
        let at = rows.partition_point(|entity| entity.span.end() <= of.start());
        if rows.get(at).is_some_and(|entity| entity.span.contains(of)) {
            return of_entity.get(EntityId::from_index(at)).copied().flatten();
        }
        let at = self.owners.partition_point(|owner| owner.span.end() <= of.start());
        self.owners.get(at).filter(|owner| owner.span.contains(of)).map(|owner| owner.actor)
    }

    /// The organisation, place or people named at a token.
    fn entity_at(self, id: TokenId) -> Option<Span> {
        let span = self.reading.span(id);
        let rows = self.entities.rows();
        let at = rows.partition_point(|entity| entity.span.end() <= span.start());
        let Some(entity) = rows.get(at).filter(|entity| entity.span.contains(span)) else {
            let at = self.owners.partition_point(|owner| owner.span.end() <= span.start());
            let owner = self.owners.get(at).filter(|owner| owner.span.contains(span));
            return owner.map(|owner| owner.span);
        };
        matches!(entity.label, Label::Org | Label::Loc | Label::Norp | Label::Fac)
            .then_some(entity.span)
    }
}
