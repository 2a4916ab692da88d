//! Bearers: whom a role stands for that the text names elsewhere.
//!
//! In: a source that names nobody, "Ruritania's tax commissioner", and the actors. Out: the actor who
//! bears that role of that owner, or, for a source of the lead, whom the text names right after it.
//!
//! Algorithm: first the actors with the same role word whose owner the source names too, if they are
//! one; then, in the lead, the next person's full name, if it is new and speaks. A source that may
//! well wish to stay nameless ("an official") names nobody. Cost: bounded by [`LEAD_MENTIONS`] and
//! the bearers of one role.

use crate::actors::{ActorId, Actors, MentionForm, Role};
use crate::entities::Label;
use crate::index::Id;
use crate::lexicon::Classes;
use crate::tokens::{TokenId, TokenRange};
use crate::words::{Reading, forms};

/// How many sentences the lead has, in which a role may come before its bearer's name.
const LEAD: usize = 5;
/// How many sentences later the name stands.
const NAMED_WITHIN: usize = 3;
/// Words of sources that are not named later.
const NAMELESS: &[u64] = forms![
    "official",
    "source",
    "aide",
    "insider",
    "person",
    "man",
    "woman",
    "witness",
    "neighbor",
    "neighbour",
    "resident",
    "who",
    "whose",
    "anonymous",
    "unnamed",
    "another",
    "someone",
    "friend",
    "relative",
    "boy",
    "girl",
    "voter",
    "no",
];
/// How many mentions the lead has.
const LEAD_MENTIONS: usize = 64;

/// Whom the "A" of questions and answers stands for: the only person named before them.
pub(super) fn interviewee(
    reading: Reading<'_>,
    actors: &Actors,
    source: TokenRange,
) -> Option<ActorId> {
    let answer = reading.written(source.start) == "A" && reading.written(source.end) == ":";
    if !answer || source.start.next() != source.end {
        return None;
    }
    let here = reading.span(source.start).start();
    let rows = actors.mentions.rows().iter().take(LEAD_MENTIONS);
    let mut people = rows
        .take_while(|mention| mention.span.start() < here)
        .filter(|mention| mention.form == MentionForm::Name)
        .map(|mention| mention.actor)
        .filter(|&id| actors.table.get(id).is_some_and(|row| row.kind == Label::Person));
    let first = people.next()?;
    people.all(|other| other == first).then_some(first)
}

/// The actor whose role a source names.
pub(super) fn find(reading: Reading<'_>, actors: &Actors, source: TokenRange) -> Option<ActorId> {
    let ends =
        |id: TokenId| reading.written(id) == "," || reading.is_form(id, forms!["of", "for", "who"]);
    let head = source.ids().take_while(|&id| !ends(id)).last()?;
    let outside = Classes::VERB.and(Classes::PREPOSITION).and(Classes::CONJUNCTION);
    let phrase = source.ids().take_while(|&id| id < head).all(|id| !reading.is(id, outside));
    let role = reading.is(head, Classes::ROLE.and(Classes::TITLE));
    let nameless =
        source.ids().any(|id| reading.is_form(id, NAMELESS) || reading.is(id, Classes::PEOPLE));
    if !phrase || !role || nameless {
        return None;
    }
    bearer(reading, actors, source, head).or_else(|| named_next(reading, actors, source))
}

/// The one actor whose role a source names with its owner: "Ruritania's tax commissioner", where
/// the text has "NAME, the tax commissioner of Ruritania".
fn bearer(
    reading: Reading<'_>,
    actors: &Actors,
    source: TokenRange,
    head: TokenId,
) -> Option<ActorId> {
    let owned = |role: &Role| {
        let of = role.of.map(|of| reading.range(of));
        of.is_some_and(|of| {
            let last = of.end.prev().map(|id| reading.word(id).hash);
            source.ids().any(|id| Some(reading.word(id).hash) == last)
        })
    };
    let mut found = None;
    for &(_, id) in actors.in_role(reading.word(head).hash) {
        let row = actors.table.get(id)?;
        if row.roles.iter().any(owned) && found.replace(id).is_some_and(|other| other != id) {
            return None;
        }
    }
    found
}

/// Whom a role in the lead stands for when the text names its bearer right after: "A Ruritanian
/// judge ruled ... Judge NAME said".
fn named_next(reading: Reading<'_>, actors: &Actors, source: TokenRange) -> Option<ActorId> {
    let here = reading.sentence_of(source.start);
    let known =
        reading.is(source.start, Classes::PRONOUN) || reading.is_form(source.start, forms!["the"]);
    if here.index() >= LEAD || known {
        return None;
    }
    let end = reading.sentence(here).end;
    let rows = actors.mentions.rows();
    let mut known: Vec<ActorId> = Vec::new();
    for mention in rows.iter().take(LEAD_MENTIONS) {
        let person = actors.table.get(mention.actor).is_some_and(|row| row.kind == Label::Person);
        let range = reading.range(mention.span);
        if range.start < end {
            known.push(mention.actor);
        } else if person && mention.form == MentionForm::Name {
            let near = reading.sentence_of(range.start).index() <= here.index() + NAMED_WITHIN;
            let new = !known.contains(&mention.actor);
            let full = range.start.next() < range.end;
            return (near && new && full && speaks(reading, range)).then_some(mention.actor);
        }
    }
    None
}

/// Whether a verb of speech stands right beside a name, or behind the comma after it.
fn speaks(reading: Reading<'_>, name: TokenRange) -> bool {
    let cue = |id: TokenId| reading.word(id).cue().is_some_and(|cue| cue.speech);
    let mut after = name.end;
    if reading.written(after) == "," {
        after = after.next();
    }
    while reading.is(after, Classes::AUXILIARY.and(Classes::ADVERB)) {
        after = after.next();
    }
    cue(after) || name.start.prev().is_some_and(cue)
}
