//! References: whom mentions without a name stand for.
//!
//! In: the mentions by name, in text order. Out: a mention for each "he" and "she", each "who" after a name, each "the minister" and "the company" that has an antecedent.
//!
//! Algorithm: one walk through the text remembers who was mentioned last; at each mention without a
//! name the actors remembered are scored by the [`ranker`](super::ranker). Whoever is known to be of
//! the other gender, or whose sort does not fit, is no candidate. A resolved mention is itself
//! remembered, and tells its actor's gender when nothing else does.
//!
//! Invariant: only a pronoun may come before its name, and only in the name's sentence. Cost: at most [`MEMORY`] candidates a mention.
//! Does not attempt: "they", roles inside quotations.

mod bodies;
mod evidence;

use super::ranker::{Features, Kind};
use super::training::{Candidate, Choice};
use super::{Actor, ActorId, Gender, Mention, MentionForm, Odds};
use crate::entities::Label;
use crate::index::{Id, Table};
use crate::lexicon::{Classes, hash};
use crate::marks::Regions;
use crate::sentences::SentenceId;
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};
use std::cell::Cell;

/// How many actors are remembered.
const MEMORY: usize = 12;
/// How many sentences back an antecedent may stand.
const REACH: usize = 12;
/// How many words an apposition may have before "who".
const LONGEST_ASIDE: usize = 16;
/// How many words may stand between an article and its noun.
const LONGEST_NOMINAL: usize = 5;

/// A judge of choices: takes the place of the ranker while it is trained. What it answers, the
/// number of a candidate or `None` for nobody, is taken for right.
pub(super) type Judge<'j> = &'j mut dyn FnMut(&Choice<'_>) -> Option<usize>;

/// What a noun phrase or pronoun asks for.
#[derive(Clone, Copy, Debug)]
struct Anaphor {
    kind: Kind,
    range: TokenRange,
    gender: Gender,
    /// The noun of a role or body.
    noun: Option<TokenId>,
    /// The person that the sentence names next.
    ahead: Option<Remembered>,
}

/// An actor mentioned before.
#[expect(clippy::struct_excessive_bools, reason = "each is one feature of the ranker")]
#[derive(Clone, Copy, Debug)]
struct Remembered {
    actor: ActorId,
    range: TokenRange,
    sentence: SentenceId,
    form: MentionForm,
    quoted: bool,
    subject: bool,
    spoke: bool,
    /// The first of its sentence.
    foremost: bool,
    /// The sentence of the mention before.
    before: Option<SentenceId>,
}

/// The walk's state.
struct Walk<'a> {
    reading: Reading<'a>,
    regions: &'a Regions,
    actors: &'a mut Table<ActorId, Actor>,
    names: &'a [Mention],
    /// Each actor's last mention, the latest last.
    memory: Vec<Remembered>,
    counts: Vec<usize>,
    /// Pronouns taken for each actor: feminine, masculine.
    heard: Vec<[usize; 2]>,
    /// The sorts of bodies that each actor's name tells, once they are asked for.
    sorts: Vec<Cell<Option<bodies::Sorts>>>,
    last_speaker: Option<ActorId>,
    hashes: Hashes,
}

/// The words that the walk asks every pronoun and article for, as hashes.
#[derive(Clone, Copy, Debug)]
struct Hashes {
    relative: [u64; 3],
    it: u64,
    the: u64,
}

impl Hashes {
    fn new() -> Self {
        Self {
            relative: ["who", "whose", "whom"].map(hash::fold),
            it: hash::fold("it"),
            the: hash::fold("the"),
        }
    }
}

/// Finds the mentions without a name. `names` are the mentions by name, sorted by place.
pub(super) fn resolve(
    reading: Reading<'_>,
    regions: &Regions,
    names: &[Mention],
    actors: &mut Table<ActorId, Actor>,
    mut judge: Option<Judge<'_>>,
) -> Vec<Mention> {
    let size = actors.len();
    let mut walk = Walk {
        reading,
        regions,
        actors,
        names,
        memory: Vec::with_capacity(MEMORY + 1),
        counts: vec![0; size],
        heard: vec![[0; 2]; size],
        sorts: vec![Cell::new(None); size],
        last_speaker: None,
        hashes: Hashes::new(),
    };
    let mut found: Vec<Mention> = Vec::new();
    let mut next = 0;
    let mut free_from = TokenId::from_index(0);
    for (id, word) in reading.words.iter() {
        // All that stands for somebody begins with a word of these.
        if !word.is(Classes::PRONOUN.and(Classes::DETERMINER)) {
            continue;
        }
        let span = reading.span(id);
        while let Some(name) = names.get(next).filter(|name| name.span.start() < span.end()) {
            let range = super::range(reading, name.span);
            walk.remember(name.actor, range, MentionForm::Name);
            free_from = range.end;
            next += 1;
        }
        if id < free_from {
            continue;
        }
        if let Some(actor) = walk.relative(id).or_else(|| walk.own_clause(id)) {
            found.push(Mention::plain(span, MentionForm::Pronoun, actor));
            continue;
        }
        let Some(mut anaphor) = walk.anaphor(id) else { continue };
        if anaphor.kind == Kind::Pronoun {
            anaphor.ahead = walk.ahead(id, names.get(next..).unwrap_or_default());
        }
        free_from = anaphor.range.end;
        let Some(span) = reading.span_of(anaphor.range) else { continue };
        if let Some(actor) = walk.apposed(anaphor, names.get(next)) {
            found.push(Mention::plain(span, MentionForm::Role, actor));
            continue;
        }
        let Some((actor, odds)) = walk.antecedent(anaphor, span, &mut judge) else { continue };
        let form = match anaphor.kind {
            Kind::Pronoun => {
                walk.hear(actor, anaphor.gender);
                MentionForm::Pronoun
            }
            Kind::Body if anaphor.noun.is_none() => MentionForm::Pronoun,
            Kind::Role | Kind::Body => MentionForm::Role,
        };
        walk.remember(actor, anaphor.range, form);
        found.push(Mention { odds, ..Mention::plain(span, form, actor) });
    }
    found
}

impl Walk<'_> {
    /// The mention without a name that begins at a token.
    fn anaphor(&self, id: TokenId) -> Option<Anaphor> {
        let reading = self.reading;
        let word = reading.word(id);
        let single = TokenRange { start: id, end: id.next() };
        // "he" and "she" are the pronouns that have a gender.
        let pronoun = word.is(Classes::PRONOUN);
        let gender = if pronoun { super::gender_of(word.classes) } else { Gender::Unknown };
        if gender != Gender::Unknown {
            return Some(Anaphor {
                kind: Kind::Pronoun,
                range: single,
                gender,
                noun: None,
                ahead: None,
            });
        }
        // Inside quotation marks only persons are followed.
        let quoted = || self.regions.covers(reading.span(id).start());
        if word.hash == self.hashes.it {
            return (self.speaks_after(single) && !quoted()).then_some(Anaphor {
                kind: Kind::Body,
                range: single,
                gender,
                noun: None,
                ahead: None,
            });
        }
        // "it was the landlord" says what somebody is.
        let said = || {
            id.prev().is_some_and(|id| reading.is_form(id, forms!["is", "was", "be", "been", "as"]))
        };
        let role = word.hash == self.hashes.the && !said() && !quoted();
        role.then(|| self.nominal(id)).flatten()
    }

    /// The noun phrase that an article opens: "the French foreign minister", "the company".
    fn nominal(&self, article: TokenId) -> Option<Anaphor> {
        let reading = self.reading;
        let mut id = article.next();
        for _ in 0..LONGEST_NOMINAL {
            let word = reading.word(id);
            if word.hash == 0 || reading.is_kind(id, TokenKind::Clitic) {
                return None;
            }
            let reach = TokenId::from_index(id.index() + LONGEST_NOMINAL);
            let phrase = reading.phrase(id, reach);
            let is = |classes| phrase.filter(|(entry, _)| entry.classes.any(classes));
            // "the secretary of state": an office of several words.
            let office = is(Classes::ROLE.and(Classes::TITLE));
            let end = office.map_or(id.next(), |(_, end)| end);
            // "the coast guard" is no guard.
            if office.is_none() && is(Classes::BODY.and(Classes::PEOPLE)).is_some() {
                return None;
            }
            let after = reading.word(end);
            let noun = office.is_some()
                || word.is(Classes::ROLE.and(Classes::TITLE).and(Classes::BODY))
                || (id == article.next() && reading.is_capitalised(id));
            let last = after.hash == 0
                || after.is(Classes::AUXILIARY
                    .and(Classes::VERB)
                    .and(Classes::CUE_VERB)
                    .and(Classes::PREPOSITION)
                    .and(Classes::CONJUNCTION)
                    .and(Classes::PRONOUN)
                    .and(Classes::DETERMINER)
                    .and(Classes::ADVERB));
            if noun && last && !word.is(Classes::PEOPLE) {
                let end = self.second_role(end).unwrap_or(end);
                let possessive = reading.is_kind(end, TokenKind::Clitic);
                // Part of a name, or a title before one.
                let named = self.is_named(id) || self.is_named(end);
                // "the head of the bank" is told apart by what follows, not by what came before.
                let owned = reading.is_form(end, forms!["of", "for"])
                    || reading.is_form(end, forms!["i", "we", "you", "they", "he", "she"]);
                let role = office.is_some() || word.is(Classes::ROLE.and(Classes::TITLE));
                let kind = if role { Kind::Role } else { Kind::Body };
                let gender = super::gender_of(word.classes);
                let range = TokenRange { start: article, end };
                return (!possessive && !named && !owned).then_some(Anaphor {
                    kind,
                    range,
                    gender,
                    noun: Some(id),
                    ahead: None,
                });
            }
            if word.is(Classes::PREPOSITION.and(Classes::AUXILIARY).and(Classes::PRONOUN)) {
                return None;
            }
            id = id.next();
        }
        None
    }

    /// The end of a second role of the same person: "the former governor and presidential nominee".
    fn second_role(&self, and: TokenId) -> Option<TokenId> {
        let reading = self.reading;
        let start = Some(and).filter(|&and| reading.is_form(and, forms!["and"]))?.next();
        let outside = Classes::DETERMINER.and(Classes::PRONOUN).and(Classes::PREPOSITION);
        let words = (start.index()..start.index() + LONGEST_NOMINAL).map(TokenId::from_index);
        let mut words = words.take_while(|&id| {
            reading.word(id).hash != 0 && !reading.is(id, outside) && !self.is_named(id)
        });
        let last = words.find(|&id| reading.is(id, Classes::ROLE.and(Classes::TITLE)))?;
        let verb = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
        reading.is(last.next(), verb).then(|| last.next())
    }

    /// Whether a token is part of a name. Logarithmic in the number of names.
    fn is_named(&self, id: TokenId) -> bool {
        let span = self.reading.span(id);
        let at = self.names.partition_point(|name| name.span.end() <= span.start());
        self.names.get(at).is_some_and(|name| name.span.start() < span.end())
    }

    /// Whom "who" at a token stands for: the name that ends right before it.
    fn relative(&self, id: TokenId) -> Option<ActorId> {
        if !self.hashes.relative.contains(&self.reading.word(id).hash) {
            return None;
        }
        let comma = |id: TokenId| self.reading.written(id) == ",";
        let adjoins = |end: TokenId| end == id || (end.next() == id && comma(end));
        let last = self.memory.last()?;
        if self.is_person(last.actor) && adjoins(last.range.end) {
            return Some(last.actor);
        }
        // "NAME, the chief executive of a bank, who": behind the apposition.
        let person = self.memory.iter().rev().find(|last| self.is_person(last.actor))?;
        let end = person.range.end;
        let aside = comma(end) && id.prev().is_some_and(comma) && end < id;
        let gap = TokenRange { start: end, end: id };
        let plural = gap
            .ids()
            .take(LONGEST_ASIDE)
            .any(|id| self.reading.is(id, Classes::PEOPLE) || self.reading.written(id) == ".");
        let near = id.index() - end.index() <= LONGEST_ASIDE;
        (aside && near && !plural).then_some(person.actor)
    }

    /// Whose name stands in apposition right after a role: "The envoy, NAME, ...".
    fn apposed(&self, anaphor: Anaphor, name: Option<&Mention>) -> Option<ActorId> {
        let reading = self.reading;
        let name = name.filter(|name| anaphor.kind == Kind::Role && self.is_person(name.actor))?;
        let range = super::range(reading, name.span);
        let end = anaphor.range.end;
        let adjoins = reading.written(end) == "," && end.next() == range.start;
        // "The mayor, Ann Lee and Bo Ray" are three.
        let alone = !reading.is_form(range.end, forms!["and", "&", "or"]);
        (adjoins && alone).then_some(name.actor)
    }

    /// Whether a mention stands where a speaker's own words begin: "Lee said the captain". Nobody
    /// calls herself "the captain" there.
    fn is_own_words(&self, last: &Remembered, start: TokenId) -> bool {
        let reading = self.reading;
        let Some(mut verb) = start.prev() else { return false };
        if reading.is_form(verb, forms!["that"]) {
            verb = verb.prev().unwrap_or(verb);
        }
        let mut after = self.verb_after(last.range);
        while after < verb && reading.is(after, Classes::AUXILIARY.and(Classes::ADVERB)) {
            after = after.next();
        }
        after == verb && self.is_speech(verb)
    }

    /// Whom "it" at a token stands for in a clause of the body's own: "the union said (that) it".
    fn own_clause(&self, it: TokenId) -> Option<ActorId> {
        let reading = self.reading;
        let last = self.memory.last().filter(|_| reading.word(it).hash == self.hashes.it)?;
        let body = self.actors.get(last.actor)?.kind == Label::Org;
        (body && self.is_own_words(last, it)).then_some(last.actor)
    }

    /// The actor that fits best, if any does.
    fn antecedent(
        &self,
        anaphor: Anaphor,
        span: Span,
        judge: &mut Option<Judge<'_>>,
    ) -> Option<(ActorId, Option<Odds>)> {
        let sentence = self.reading.sentence_of(anaphor.range.start);
        let fits = |last: &&Remembered| {
            let actor = &self.actors[last.actor];
            let person = actor.kind == Label::Person;
            let clash = anaphor.gender != Gender::Unknown
                && actor.gender != Gender::Unknown
                && actor.gender != anaphor.gender;
            let sort = match anaphor.kind {
                Kind::Pronoun | Kind::Role => person,
                Kind::Body => actor.kind == Label::Org,
            };
            let own = || anaphor.noun.is_some() && self.is_own_words(last, anaphor.range.start);
            sort && !clash && sentence.index() - last.sentence.index() <= REACH && !own()
        };
        let mut latest: Vec<&Remembered> = self.memory.iter().rev().filter(fits).collect();
        if let Some(ahead) = anaphor.ahead.as_ref().filter(fits)
            && latest.iter().all(|last| last.actor != ahead.actor)
        {
            latest.push(ahead);
        }
        let most = latest.iter().map(|last| self.counts[last.actor.index()]).max()?;
        let setting = self.setting(anaphor, most, latest.len() == 1);
        let candidates: Vec<Candidate> = latest
            .iter()
            .enumerate()
            .map(|(rank, last)| {
                let features = self.features(anaphor, &setting, last, rank);
                Candidate { actor: last.actor, features }
            })
            .collect();
        let nobody = Candidate::nobody(setting.speaks);
        if let Some(judge) = judge {
            let names = self.names;
            let kind = anaphor.kind;
            let choice = Choice { span, kind, nobody, candidates: &candidates, names };
            return judge(&choice).and_then(|at| candidates.get(at)).map(|row| (row.actor, None));
        }
        let score = |features: &Features| features.score(anaphor.kind);
        let mut scored: Vec<(f32, ActorId)> =
            candidates.iter().map(|row| (score(&row.features), row.actor)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let &(best, actor) = scored.first()?;
        let none = score(&nobody);
        if best <= none {
            return None;
        }
        let all: f32 = scored.iter().map(|row| row.0).chain([none]).map(|s| (s - best).exp()).sum();
        let other = |at: usize| scored.get(at).map(|row| (row.1, (row.0 - best).exp() / all));
        Some((actor, Some(Odds { chosen: 1.0 / all, others: [other(1), other(2)] })))
    }

    /// The first person that the sentence names after a pronoun.
    fn ahead(&self, pronoun: TokenId, names: &[Mention]) -> Option<Remembered> {
        let sentence = self.reading.sentence_of(pronoun);
        let end = self.reading.sentence(sentence).end;
        let person = |name: &&Mention| self.is_person(name.actor);
        let name = names.iter().take(MEMORY).find(person)?;
        let range = super::range(self.reading, name.span);
        (range.start < end).then(|| Remembered {
            actor: name.actor,
            range,
            sentence,
            form: MentionForm::Name,
            quoted: self.regions.covers(name.span.start()),
            subject: self.is_subject(range),
            spoke: self.speaks(range),
            foremost: false,
            before: None,
        })
    }

    fn remember(&mut self, actor: ActorId, range: TokenRange, form: MentionForm) {
        let sentence = self.reading.sentence_of(range.start);
        let quoted = self.regions.covers(self.reading.span(range.start).start());
        let subject = self.is_subject(range);
        let spoke = !quoted && self.speaks(range);
        if spoke {
            self.last_speaker = Some(actor);
        }
        if let Some(count) = self.counts.get_mut(actor.index()) {
            *count += 1;
        }
        let foremost = self.memory.iter().all(|last| {
            last.sentence != sentence
                || last.range.start >= range.start
                || !self.is_person(last.actor)
        });
        let before = self.memory.iter().find(|last| last.actor == actor).map(|last| last.sentence);
        self.memory.retain(|last| last.actor != actor);
        if self.memory.len() >= MEMORY {
            self.memory.remove(0);
        }
        self.memory.push(Remembered {
            actor,
            range,
            sentence,
            form,
            quoted,
            subject: subject || spoke,
            spoke,
            foremost,
            before,
        });
    }

    fn is_person(&self, actor: ActorId) -> bool {
        self.actors.get(actor).is_some_and(|row| row.kind == Label::Person)
    }

    /// Takes in the gender of a pronoun that was taken for an actor.
    fn hear(&mut self, actor: ActorId, gender: Gender) {
        let Some(heard) = self.heard.get_mut(actor.index()) else { return };
        match gender {
            Gender::Feminine => heard[0] += 1,
            Gender::Masculine => heard[1] += 1,
            Gender::Unknown => {}
        }
    }

    /// The token after a mention, an apposition's comma and adverbs left out.
    fn verb_after(&self, range: TokenRange) -> TokenId {
        let mut after = range.end;
        while self.reading.is(after, Classes::ADVERB) {
            after = after.next();
        }
        after
    }

    fn is_subject(&self, range: TokenRange) -> bool {
        let after = self.verb_after(range);
        let verb = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
        let before = range.start.prev();
        let oblique = before.is_some_and(|id| self.reading.is(id, Classes::PREPOSITION));
        self.reading.is(after, verb) && !oblique
            || self.reading.sentence(self.reading.sentence_of(range.start)).start == range.start
                && !self.reading.is_kind(range.end, TokenKind::Clitic)
    }

    /// Whether a verb of speech stands beside a mention.
    fn speaks(&self, range: TokenRange) -> bool {
        self.speaks_after(range) || range.start.prev().is_some_and(|id| self.is_speech(id))
    }

    /// Whether a verb of speech stands after a mention: not "called it".
    fn speaks_after(&self, range: TokenRange) -> bool {
        let mut after = self.verb_after(range);
        while self.reading.is(after, Classes::AUXILIARY.and(Classes::ADVERB)) {
            after = after.next();
        }
        self.is_speech(after)
    }

    fn is_speech(&self, id: TokenId) -> bool {
        self.reading.is(id, Classes::CUE_VERB)
            && self.reading.word(id).cue().is_some_and(|cue| cue.speech)
    }
}
