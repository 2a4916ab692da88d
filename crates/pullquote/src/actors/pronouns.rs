//! Pronouns: whom "he" and "she" stand for.
//!
//! In: the mentions of people by name and role, in text order. Out: a mention for each third-person
//! singular pronoun outside quotation marks that has a fitting antecedent.
//!
//! Rule: among the people mentioned in the last [`REACH`] sentences, none of the other gender, the
//! one with the best standing: nearer sentences before farther ones, subjects before the rest,
//! people who have just been quoted before both. A resolved pronoun is itself an antecedent, and
//! tells its actor's gender when nothing else does.
//!
//! Invariant: a pronoun follows its antecedent. Cost: at most [`MEMORY`] candidates a pronoun.
//! Does not attempt: "they", "it", pronouns before their names, pronouns inside quotations.

use super::{Actor, ActorId, Gender, Mention, MentionForm};
use crate::entities::Label;
use crate::index::{Id, Table};
use crate::lexicon::Classes;
use crate::marks::Regions;
use crate::sentences::SentenceId;
use crate::span::Spanned;
use crate::tokens::{TokenId, TokenKind};
use crate::words::Reading;
use std::collections::VecDeque;

/// How many sentences back an antecedent may stand.
const REACH: usize = 6;
/// How many mentions are remembered.
const MEMORY: usize = 16;

/// A person mentioned before.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    actor: ActorId,
    sentence: SentenceId,
    standing: f32,
}

/// Finds the pronoun mentions. `mentions` are sorted by place.
pub(super) fn resolve(
    reading: Reading<'_>,
    regions: &Regions,
    mentions: &[Mention],
    actors: &mut Table<ActorId, Actor>,
) -> Vec<Mention> {
    let mut memory: VecDeque<Candidate> = VecDeque::with_capacity(MEMORY + 1);
    let mut mentions = mentions.iter().peekable();
    let mut found = Vec::new();
    for (sentence, range) in reading.tokens.by_sentence().iter().enumerate() {
        let sentence = SentenceId::from_index(sentence);
        for id in range.ids() {
            let span = reading.span(id);
            while let Some(mention) = mentions.next_if(|mention| mention.span.start() < span.end())
            {
                remember(reading, regions, &mut memory, *mention, sentence, actors);
            }
            let gender = pronoun(reading, id);
            if gender == Gender::Unknown || regions.covers(span.start()) {
                continue;
            }
            let fits = |candidate: &&Candidate| {
                let known = actors[candidate.actor].gender;
                known == gender || known == Gender::Unknown
            };
            let value = |candidate: &Candidate| {
                let distance = sentence.index() - candidate.sentence.index();
                #[expect(clippy::cast_precision_loss, reason = "a handful of sentences")]
                let near = -(distance as f32);
                let sure = f32::from(u8::from(actors[candidate.actor].gender == gender));
                near + candidate.standing + 0.5 * sure
            };
            let best = memory
                .iter()
                .filter(|candidate| sentence.index() - candidate.sentence.index() <= REACH)
                .filter(fits)
                .max_by(|a, b| value(a).total_cmp(&value(b)));
            let Some(&Candidate { actor, .. }) = best else { continue };
            if let Some(row) = actors.get_mut(actor) {
                row.gender = gender;
            }
            let mention = Mention { span, form: MentionForm::Pronoun, actor, entity: None };
            remember(reading, regions, &mut memory, mention, sentence, actors);
            found.push(mention);
        }
    }
    found
}

/// The gender of a third-person singular pronoun of a person.
fn pronoun(reading: Reading<'_>, id: TokenId) -> Gender {
    if !reading.is(id, Classes::PRONOUN) {
        Gender::Unknown
    } else if reading.reads(id, &["he", "him", "his", "himself"]) {
        Gender::Masculine
    } else if reading.reads(id, &["she", "her", "hers", "herself"]) {
        Gender::Feminine
    } else {
        Gender::Unknown
    }
}

fn remember(
    reading: Reading<'_>,
    regions: &Regions,
    memory: &mut VecDeque<Candidate>,
    mention: Mention,
    sentence: SentenceId,
    actors: &Table<ActorId, Actor>,
) {
    if actors.get(mention.actor).is_none_or(|actor| actor.kind != Label::Person) {
        return;
    }
    let standing = standing(reading, regions, mention);
    memory.push_back(Candidate { actor: mention.actor, sentence, standing });
    if memory.len() > MEMORY {
        memory.pop_front();
    }
}

/// How strongly a mention calls for the next pronoun.
fn standing(reading: Reading<'_>, regions: &Regions, mention: Mention) -> f32 {
    if regions.covers(mention.span().start()) {
        return -2.0;
    }
    let range = reading.range(mention.span);
    let mut after = range.end;
    while reading.is(after, Classes::ADVERB) {
        after = after.next();
    }
    let possessive = reading.is_kind(range.end, TokenKind::Clitic);
    let speaks = reading.is(after, Classes::CUE_VERB)
        || range.start.prev().is_some_and(|before| reading.is(before, Classes::CUE_VERB));
    let subject = reading.is(after, Classes::AUXILIARY.and(Classes::VERB))
        || reading.written(after) == ","
        || reading.sentence(reading.sentence_of(range.start)).start == range.start;
    match (possessive, speaks, subject) {
        (true, _, _) => 0.0,
        (_, true, _) => 1.5,
        (_, _, true) => 1.0,
        _ => 0.25,
    }
}
