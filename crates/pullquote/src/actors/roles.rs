//! Roles: what the article says an actor is.
//!
//! In: the name mentions of people. Out: on each actor, the titles written before its name
//! ("French Foreign Minister NAME"), between commas after it ("NAME, a spokeswoman for ORG,") or
//! before it ("the bank's chief economist, NAME"), each with the name it belongs to; and the
//! mentions by role alone, "the minister", of the actor that last carried the role.
//!
//! Cost: a bounded look around each name, one pass over the tokens for the nominals.
//! Does not attempt: roles told in a clause of their own ("NAME has led the bank since May").

use super::{Actor, ActorId, Mention, MentionForm, Role};
use crate::entities::{Entities, EntityId, Label};
use crate::index::{Id, Table};
use crate::lexicon::Classes;
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::Reading;
use std::collections::BTreeMap;

/// How many words a role may have.
const LONGEST_ROLE: usize = 8;
/// How many words an apposition is followed.
const LONGEST_APPOSITION: usize = 24;
/// Titles that say nothing of what their bearer does.
const HONORIFICS: &[&str] = &[
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mx", "dr", "dr.", "sir", "dame", "lord",
    "lady", "madam", "st", "st.",
];
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
    actors: &mut Table<ActorId, Actor>,
) {
    for (id, entity) in entities.iter() {
        let (Label::Person, Some(&Some(actor))) = (entity.label, of_entity.get(id)) else {
            continue;
        };
        let name = reading.range(entity.span);
        let sentence = reading.sentence(reading.sentence_of(name.start));
        let around = Around { reading, entities, sentence };
        let roles = [around.before(name.start), around.after(name.end)];
        if let Some(row) = actors.get_mut(actor) {
            for role in roles.into_iter().flatten() {
                if !row.roles.contains(&role) {
                    row.roles.push(role);
                }
            }
        }
    }
}

/// A name's sentence.
#[derive(Clone, Copy)]
struct Around<'a> {
    reading: Reading<'a>,
    entities: &'a Entities,
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
            return None;
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
        let honorific = start == head && self.reading.reads(head, HONORIFICS);
        let title = self.reading.span_of(TokenRange { start, end: head.next() })?;
        (!honorific).then_some(Role { title, of })
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
        Some(Role { title, of })
    }

    /// The organisation, place or people named at a token.
    fn entity_at(self, id: TokenId) -> Option<Span> {
        let span = self.reading.span(id);
        let rows = self.entities.rows();
        let at = rows.partition_point(|entity| entity.span.end() <= span.start());
        let entity = rows.get(at).filter(|entity| entity.span.contains(span))?;
        matches!(entity.label, Label::Org | Label::Loc | Label::Norp | Label::Fac)
            .then_some(entity.span)
    }
}

/// Finds the mentions by role alone: "the minister", when an actor named before carries the role.
/// `names` are the name mentions, in text order.
pub(super) fn nominals(
    reading: Reading<'_>,
    names: &[Mention],
    actors: &Table<ActorId, Actor>,
) -> Vec<Mention> {
    let mut carriers: BTreeMap<u64, ActorId> = BTreeMap::new();
    let mut names = names.iter().peekable();
    let mut found = Vec::new();
    for (id, token) in reading.tokens.iter() {
        while let Some(name) = names.next_if(|name| name.span.start() < token.span.start()) {
            for role in actors.get(name.actor).map_or(&[][..], |actor| &actor.roles) {
                let title = reading.range(role.title);
                if let Some(head) = title.end.prev() {
                    carriers.insert(reading.word(head).hash, name.actor);
                }
            }
        }
        let word = reading.word(id);
        if carriers.is_empty() || !word.is(Classes::ROLE) {
            continue;
        }
        let Some(&actor) = carriers.get(&word.hash) else { continue };
        let Some(start) = article_before(reading, id) else { continue };
        // "the minister Ann Lee" is part of a name's title, "the minister's aide" is somebody else.
        let follows = reading.token(id.next());
        let named = names
            .peek()
            .is_some_and(|name| follows.is_some_and(|next| name.span.contains(next.span)));
        if !named
            && !reading.is_kind(id.next(), TokenKind::Clitic)
            && let Some(span) = reading.span_of(TokenRange { start, end: id.next() })
        {
            found.push(Mention { span, form: MentionForm::Role, actor, entity: None });
        }
    }
    found
}

/// The "the" that a role follows, with one word between them at most.
fn article_before(reading: Reading<'_>, role: TokenId) -> Option<TokenId> {
    let before = role.prev()?;
    if reading.reads(before, &["the"]) {
        return Some(before);
    }
    let article = before.prev()?;
    let word = reading.word(before);
    (word.hash != 0 && !word.is(OUTSIDE) && reading.reads(article, &["the"])).then_some(article)
}
