//! Evidence: what speaks for a candidate and against it.
//!
//! In: a mention without a name and an actor that was mentioned before. Out: the ranker's
//! [`Features`]. Cost: constant, but for the words of at most [`MEMORY`] roles.

use super::super::ranker::{Feature, Features, Kind};
use super::super::{Gender, range};
use super::bodies;
use super::{ActorId, Anaphor, MEMORY, MentionForm, Remembered, Walk};
use crate::index::Id;
use crate::layout::BlockId;
use crate::lexicon::Classes;
use crate::sentences::SentenceId;
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind};
use crate::words::forms;

/// Words for one office.
const SAME_OFFICE: &[&[u64]] = &[
    forms!["governor", "gov",],
    forms!["senator", "sen", "lawmaker"],
    forms!["representative", "rep", "congressman", "congresswoman", "lawmaker"],
    forms!["general", "gen",],
    forms!["lieutenant", "lt",],
    forms!["sergeant", "sgt",],
    forms!["captain", "capt",],
    forms!["colonel", "col",],
    forms!["professor", "prof",],
    forms!["doctor", "dr", "physician"],
    forms!["reverend", "rev", "pastor", "minister"],
    forms!["candidate", "nominee", "contender"],
    forms!["chairman", "chairwoman", "chair", "chairperson"],
    forms!["spokesman", "spokeswoman", "spokesperson"],
    forms!["lawyer", "attorney", "barrister"],
    forms!["chief", "executive", "ceo"],
    forms!["mogul", "businessman", "businesswoman", "entrepreneur"],
];

/// What is the same for all candidates of one mention.
#[expect(clippy::struct_excessive_bools, reason = "each is one half of a feature")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    sentence: SentenceId,
    block: Option<BlockId>,
    subject: bool,
    pub(super) speaks: bool,
    quoted: bool,
    /// After a preposition.
    oblique: bool,
    /// "his", "her".
    own: bool,
    /// "him".
    object: bool,
    /// First in its sentence.
    opens: bool,
    /// In a clause that opens the sentence.
    clause: bool,
    /// The sort of bodies that its noun names.
    sort: bodies::Sorts,
    /// How often the most frequent candidate was mentioned.
    most: usize,
    /// Whether there is one candidate only.
    only: bool,
}

impl Walk<'_> {
    /// What is the same for all candidates. `most` is how often the most frequent of them was
    /// mentioned, `only` whether there is one only.
    pub(super) fn setting(&self, anaphor: Anaphor, most: usize, only: bool) -> Setting {
        let reading = self.reading;
        let start = anaphor.range.start;
        let sentence = reading.sentence_of(start);
        let opener = reading.sentence(sentence).start;
        let body = anaphor.noun.filter(|_| anaphor.kind == Kind::Body);
        Setting {
            sentence,
            block: self.block(sentence),
            subject: self.is_subject(anaphor.range),
            speaks: self.speaks(anaphor.range),
            quoted: self.regions.covers(reading.span(start).start()),
            oblique: start.prev().is_some_and(|id| reading.is(id, Classes::PREPOSITION)),
            own: reading.is_form(start, forms!["his", "her"]),
            object: reading.is_form(start, forms!["him"]),
            opens: opener == start,
            clause: reading.is(opener, Classes::PREPOSITION.and(Classes::CONJUNCTION))
                && !reading.is_form(opener, forms!["and", "but", "or"]),
            sort: body.map(|noun| bodies::of_noun(reading, noun)).unwrap_or_default(),
            most,
            only,
        }
    }

    /// The block of a sentence.
    fn block(&self, id: SentenceId) -> Option<BlockId> {
        self.reading.sentences.get(id).map(|row| row.block)
    }

    /// The features of a candidate. `rank` is how many candidates were mentioned since.
    pub(super) fn features(
        &self,
        anaphor: Anaphor,
        setting: &Setting,
        last: &Remembered,
        rank: usize,
    ) -> Features {
        let Setting { sentence, subject, speaks, quoted, own, .. } = *setting;
        let mut set = Features::default();
        let distance = sentence.index() - last.sentence.index();
        let actor = &self.actors[last.actor];
        let count = self.counts[last.actor.index()];
        let speaker = self.last_speaker == Some(last.actor);
        set.mark(Feature::SameSentence, distance == 0);
        set.mark(Feature::OneBack, distance == 1);
        set.mark(Feature::TwoBack, distance == 2);
        set.mark(Feature::FewBack, (3..=4).contains(&distance));
        set.mark(Feature::FarBack, distance > 4);
        let block = self.block(last.sentence);
        set.mark(Feature::SameBlock, setting.block == block);
        set.mark(Feature::Latest, rank == 0);
        set.mark(Feature::SecondLatest, rank == 1);
        set.mark(Feature::Subject, last.subject);
        set.mark(Feature::SubjectOneBack, last.subject && distance == 1);
        set.mark(Feature::BothSubjects, last.subject && subject);
        let opening = self.reading.sentence(last.sentence).start;
        set.mark(Feature::Opened, opening == last.range.start);
        set.mark(Feature::Spoke, last.spoke);
        set.mark(Feature::BothSpeak, last.spoke && speaks);
        set.mark(Feature::LastSpeaker, speaker);
        set.mark(Feature::LastSpeakerSpeaks, speaker && speaks);
        let clitic = self.reading.is_kind(last.range.end, TokenKind::Clitic);
        set.mark(Feature::Possessive, clitic);
        let before = last.range.start.prev();
        let oblique = before.is_some_and(|id| self.reading.is(id, Classes::PREPOSITION));
        set.mark(Feature::Oblique, oblique);
        set.mark(Feature::Quoted, last.quoted && !quoted);
        set.mark(Feature::BothQuoted, last.quoted && quoted);
        set.mark(Feature::OutsideQuoted, !last.quoted && quoted);
        set.mark(Feature::OwnWords, quoted && speaker);
        let pronoun = last.form == MentionForm::Pronoun;
        set.mark(Feature::ByPronoun, pronoun);
        set.mark(Feature::ByPronounHere, pronoun && distance == 0);
        let full =
            last.form == MentionForm::Name && last.range.end.index() > last.range.start.index() + 1;
        set.mark(Feature::ByFullName, full);
        let known = anaphor.gender != Gender::Unknown && actor.gender == anaphor.gender;
        set.mark(Feature::SameGender, known);
        let heard = self.heard[last.actor.index()];
        let (same, other) = match anaphor.gender {
            Gender::Feminine => (heard[0], heard[1]),
            Gender::Masculine => (heard[1], heard[0]),
            Gender::Unknown => (0, 0),
        };
        set.mark(Feature::HeardSame, !known && same > other);
        set.mark(Feature::HeardOther, !known && other > same);
        let unknown = anaphor.gender != Gender::Unknown && !known && same == 0;
        set.mark(Feature::UnknownNear, unknown && distance < 2);
        set.mark(Feature::UnknownFar, unknown && distance >= 2);
        set.set(Feature::Others, doublings(rank + 1));
        set.mark(Feature::Described, self.reading.written(last.range.end) == ",");
        set.mark(Feature::Foremost, last.foremost);
        set.mark(Feature::ForemostOpens, last.foremost && setting.opens && distance == 1);
        let heads = last.sentence.prev().and_then(|id| self.block(id)) != block;
        set.mark(Feature::Topic, heads && last.foremost);
        let repeated = last.before.is_some_and(|id| last.sentence.index() - id.index() <= 2);
        set.mark(Feature::Repeated, repeated);
        let gap = anaphor.range.start.index().saturating_sub(last.range.end.index());
        set.mark(Feature::CloseBy, gap <= 4);
        set.mark(Feature::InClause, gap <= 10 && distance == 0);
        set.mark(Feature::BothOblique, oblique && setting.oblique);
        set.mark(Feature::BothPossessive, own && clitic);
        let near = last.subject && distance == 0 && gap <= 6;
        set.mark(Feature::OwnObject, setting.object && near);
        let ahead = anaphor.ahead.is_some_and(|ahead| ahead.actor == last.actor);
        set.mark(Feature::NamedAfter, ahead);
        set.mark(Feature::NamedAfterOpening, ahead && setting.clause);
        set.set(Feature::Frequency, doublings(count));
        set.mark(Feature::MostFrequent, count == setting.most);
        set.mark(Feature::First, last.actor.index() == 0);
        set.mark(Feature::OwnSubject, own && last.subject && distance == 0);
        set.mark(Feature::Only, setting.only);
        if let Some(noun) = anaphor.noun {
            self.noun_features(anaphor, setting.sort, noun, last.actor, &mut set);
        }
        set
    }

    /// The sorts of bodies that an actor's name tells, looked up once.
    fn sorts_of(&self, id: ActorId) -> bodies::Sorts {
        let known = &self.sorts[id.index()];
        known.get().unwrap_or_else(|| {
            let name = range(self.reading, self.actors[id].name);
            let sorts = bodies::of_name(self.reading, name);
            known.set(Some(sorts));
            sorts
        })
    }

    /// What the noun of a role or body has in common with an actor.
    fn noun_features(
        &self,
        anaphor: Anaphor,
        sort: bodies::Sorts,
        noun: TokenId,
        id: ActorId,
        set: &mut Features,
    ) {
        let reading = self.reading;
        let actor = &self.actors[id];
        let word = noun;
        let noun = reading.word(noun).hash;
        let holds = |span: Span, hash: u64| {
            range(reading, span).ids().any(|id| reading.word(id).hash == hash)
        };
        let roles = actor.roles.iter().take(MEMORY);
        let alike = SAME_OFFICE.iter().filter(|office| reading.is_form(word, office));
        let same = roles.clone().any(|role| {
            holds(role.title, noun)
                || alike.clone().any(|office| {
                    range(reading, role.title).ids().any(|id| reading.is_form(id, office))
                })
        });
        set.mark(Feature::SameRole, same);
        set.mark(Feature::OtherRole, !same && !actor.roles.is_empty());
        set.mark(Feature::NameHoldsNoun, holds(actor.name, noun));
        if anaphor.kind == Kind::Body {
            let fit = if sort.is_none() { None } else { self.sorts_of(id).fit(sort) };
            set.mark(Feature::SameSort, fit == Some(true));
            set.mark(Feature::OtherSort, fit == Some(false));
        }
        let modifiers = anaphor.range.start.next().index()..anaphor.range.end.index() - 1;
        let shared = modifiers.map(TokenId::from_index).any(|id| {
            let hash = reading.word(id).hash;
            roles
                .clone()
                .any(|role| holds(role.title, hash) || role.of.is_some_and(|of| holds(of, hash)))
        });
        set.mark(Feature::SameModifier, shared);
    }
}

/// The base-two logarithm, rounded down.
fn doublings(count: usize) -> f32 {
    f32::from(u8::try_from(count.max(1).ilog2()).unwrap_or(u8::MAX))
}
