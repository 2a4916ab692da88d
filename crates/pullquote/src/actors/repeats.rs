//! Repeats: names that the article has elsewhere and the tagger passed over.
//!
//! In: the entities and the actor of each. Out: a mention for every other place where a name that
//! stands for one actor only is written in the same way: on its own ([`Repeats::alone`]), or inside
//! a longer name of a body, a building or a work ([`Repeats::inside`]), "the Ann Lee Foundation".
//!
//! A name of one word counts only where no word beside it can be part of a longer one, and not when
//! it is an ordinary word too. Invariant: no repeat overlaps an entity that names an actor, but for
//! those inside. Cost: linear in the text; at most [`FORMS`] names that begin with one word are tried.
//! Does not attempt: names spelt otherwise than before.

use super::bounds;
use super::forms::{self, Sort};
use super::{Actor, ActorId, Mention, MentionForm, Spots};
use crate::entities::{Entities, Entity, EntityId, Label};
use crate::index::{Id, Table};
use crate::lexicon::Classes;
use crate::tokens::{Shape, TokenId, TokenKind, TokenRange};
use crate::words::Reading;
use std::collections::BTreeMap;

/// How many names that begin with one word are tried.
const FORMS: usize = 16;
/// How many words a name that is looked for may have.
const LONGEST: usize = 8;
/// How often the tagger may pass over a name for each time that it takes it.
const TRUST: usize = 3;

/// How often a surname stands by itself in an article that is about its bearer.
const OFTEN: usize = 3;

/// A name as written, and whom of one sort it stands for; nobody when it stands for several.
struct Form {
    range: TokenRange,
    actor: Option<ActorId>,
    sort: Sort,
    /// How often the tagger took it for a name, and how often it did not.
    tagged: usize,
    untagged: usize,
}

/// The names of an article by their first word.
type Forms = BTreeMap<u64, Vec<Form>>;

/// The mentions by name that the entities lack.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// On their own.
    pub(super) alone: Vec<Mention>,
    /// Inside longer names.
    pub(super) inside: Vec<Mention>,
}

/// Finds the names that are no entities.
pub(super) fn find(
    reading: Reading<'_>,
    entities: &Entities,
    spots: &Spots,
    of_entity: &Table<EntityId, Option<ActorId>>,
    actors: &Table<ActorId, Actor>,
) -> Repeats {
    let mut known = forms(reading, spots, of_entity, actors);
    let mut inside = Vec::new();
    let mut alone: Vec<(u64, usize, Mention)> = Vec::new();
    let mut rows = entities.iter().peekable();
    let mut free_from = TokenId::from_index(0);
    for (id, token) in reading.tokens.iter() {
        if token.shape == Shape::Lower || id < free_from || !reading.is_capitalised(id) {
            continue;
        }
        while rows.next_if(|(_, row)| row.span.end() <= token.span.start()).is_some() {}
        let outer = rows.peek().filter(|(_, row)| row.span.start() < token.span.end());
        if outer.is_some_and(|(_, row)| !holds_names(row.label)) {
            continue;
        }
        let first = forms::key_of(reading, id);
        let Some(candidates) = known.get_mut(&first) else { continue };
        // A longer name is no part of itself.
        let own = outer.and_then(|(outer, _)| of_entity.get(*outer).copied().flatten());
        let fitting = candidates.iter_mut().enumerate().filter(|(_, form)| {
            is_written(reading, form.range, id) && (own.is_none() || form.actor != own)
        });
        // A place before a team that is called by it.
        let best = fitting.max_by_key(|(_, form)| (length(form.range), form.sort));
        let Some((at, form)) = best else { continue };
        let Some(actor) = form.actor else { continue };
        let end = TokenId::from_index(id.index() + length(form.range));
        let range = TokenRange { start: id, end };
        let Some(span) = reading.span_of(range) else { continue };
        let mention = Mention::plain(span, MentionForm::Name, actor);
        if let Some((_, row)) = outer {
            if row.span.contains(span) && is_part(reading, form, range, row) {
                let from = super::range(reading, row.span).start;
                // "the Government of the Republic of NAME".
                let start = match form.sort {
                    Sort::Place => bounds::kind_of_place(reading, id, from),
                    _ => id,
                };
                inside.push(Mention { span: reading.span(start).cover(span), ..mention });
                free_from = end;
            }
        } else if rows.peek().is_none_or(|(_, row)| row.span.start() >= span.end())
            && stands_alone(reading, form.sort, range)
        {
            // "LEE: ..." calls nothing but a name.
            form.untagged += usize::from(reading.written(end) != ":");
            alone.push((first, at, mention));
            free_from = end;
        }
    }
    // What the tagger passed over nearly everywhere is no name.
    let trusted = |(first, at, mention): (u64, usize, Mention)| {
        let form = known.get(&first)?.get(at)?;
        (form.untagged <= form.tagged * TRUST).then_some(mention)
    };
    Repeats { alone: alone.into_iter().filter_map(trusted).collect(), inside }
}

fn length(range: TokenRange) -> usize {
    range.indices().len()
}

/// The names of actors, each form once.
fn forms(
    reading: Reading<'_>,
    spots: &Spots,
    of_entity: &Table<EntityId, Option<ActorId>>,
    actors: &Table<ActorId, Actor>,
) -> Forms {
    let mut forms = Forms::new();
    for (id, spot) in spots.iter() {
        let (Some(spot), Some(&Some(actor))) = (spot, of_entity.get(id)) else { continue };
        let Some(sort) = actors.get(actor).and_then(|row| Sort::of(row.kind)) else { continue };
        let range = spot.tagged;
        // "southern Ruritania" is not Ruritania.
        let part = sort == Sort::Place && forms::part_before(reading, range.start).is_some();
        if length(range) > LONGEST || part {
            continue;
        }
        let known = forms.entry(forms::key_of(reading, range.start)).or_default();
        let same = |form: &&mut Form| {
            form.sort == sort
                && length(form.range) == length(range)
                && is_written(reading, form.range, range.start)
        };
        if let Some(form) = known.iter_mut().find(same) {
            form.tagged += 1;
            if form.actor != Some(actor) {
                form.actor = None;
            }
        } else if known.len() < FORMS {
            known.push(Form { range, actor: Some(actor), sort, tagged: 1, untagged: 0 });
        }
    }
    forms
}

/// Whether the words of a name are written from a token on; a name of several words may also be in
/// capitals there, as in a transcript.
fn is_written(reading: Reading<'_>, name: TokenRange, from: TokenId) -> bool {
    let there = (from.index()..).map(TokenId::from_index);
    let several = length(name) > 1;
    name.ids().zip(there).all(|(id, there)| {
        let (known, found) = (reading.written(id), reading.written(there));
        let upper = || reading.token(there).is_some_and(|token| token.shape == Shape::Upper);
        known == found || (several && upper() && forms::key(known) == forms::key(found))
    })
}

/// Whether longer names of this label say whose something is or where.
fn holds_names(label: Label) -> bool {
    matches!(label, Label::Org | Label::Fac | Label::Misc | Label::Product)
}

/// Whether a name inside a longer one says whose or where, with nothing of the longer name's own right
/// before it ("Southern"): a place, a person, or a body that holds an event or makes a thing. A
/// surname in the name of a body is often another person's unless the article keeps using it.
fn is_part(reading: Reading<'_>, form: &Form, range: TokenRange, outer: &Entity) -> bool {
    let thing = matches!(outer.label, Label::Fac | Label::Misc | Label::Product);
    let other = Classes::PLACE.and(Classes::COUNTRY).and(Classes::COMMON);
    let whole = match form.sort {
        Sort::Person => {
            length(range) > 1
                || reading.is_kind(range.end, TokenKind::Clitic)
                || (!reading.is(range.start, other) && (thing || form.tagged >= OFTEN))
        }
        Sort::Organisation => thing,
        Sort::Place => true,
    };
    let before = range.start.prev().filter(|&id| reading.span(id).start() >= outer.span.start());
    whole && !before.is_some_and(|id| reading.is_capitalised(id))
}

/// Whether a name that is no entity can be meant by itself.
fn stands_alone(reading: Reading<'_>, sort: Sort, range: TokenRange) -> bool {
    if length(range) > 1 {
        return true;
    }
    let word = range.start;
    let sentence = reading.sentence(reading.sentence_of(word)).start;
    let title = Classes::TITLE.and(Classes::ROLE);
    let led = word.prev().filter(|&id| id > sentence && reading.is_capitalised(id));
    let led = led.is_some_and(|id| !reading.is(id, title));
    let plain = Classes::COMMON.and(match sort {
        Sort::Organisation => title.and(Classes::PEOPLE).and(Classes::BODY).and(Classes::ORG_HEAD),
        Sort::Person | Sort::Place => Classes::default(),
    });
    // "Lee Street" and "Lee Chan" are names of their own; "the Lee Papers" are Lee's.
    let other = Classes::ORG_HEAD
        .and(Classes::LOC_HEAD)
        .and(Classes::FAC_HEAD)
        .and(Classes::SURNAME)
        .and(Classes::GIVEN)
        .and(Classes::PLACE);
    let longer = reading.is_capitalised(range.end) && reading.is(range.end, other);
    !reading.is(word, plain) && !led && !longer
}
