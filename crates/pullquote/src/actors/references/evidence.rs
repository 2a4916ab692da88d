//! Evidence: what speaks for a candidate and against it.
//!
//! In: a mention without a name and an actor that was mentioned before. Out: the ranker's
//! [`Features`]. Cost: constant, but for the words of at most [`MEMORY`] roles.

use super::super::Gender;
use super::super::ranker::{Feature, Features, Kind};
use super::bodies;
use super::{ActorId, Anaphor, MEMORY, MentionForm, Remembered, Walk};
use crate::index::Id;
use crate::lexicon::Classes;
use crate::sentences::SentenceId;
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind};

/// Words for one office.
const SAME_OFFICE: &[&[&str]] = &[
    &["governor", "gov", "gov."],
    &["senator", "sen", "sen.", "lawmaker"],
    &["representative", "rep", "rep.", "congressman", "congresswoman", "lawmaker"],
    &["general", "gen", "gen."],
    &["lieutenant", "lt", "lt."],
    &["sergeant", "sgt", "sgt."],
    &["captain", "capt", "capt."],
    &["colonel", "col", "col."],
    &["professor", "prof", "prof."],
    &["doctor", "dr", "dr.", "physician"],
    &["reverend", "rev", "rev.", "pastor", "minister"],
    &["candidate", "nominee", "contender"],
    &["chairman", "chairwoman", "chair", "chairperson"],
    &["spokesman", "spokeswoman", "spokesperson"],
    &["lawyer", "attorney", "barrister"],
    &["chief", "executive", "ceo"],
    &["mogul", "businessman", "businesswoman", "entrepreneur"],
];

impl Walk<'_> {
    /// The features of a candidate. `rank` is how many candidates were mentioned since, `most` how
    /// often the most frequent candidate was mentioned, `only` whether there is no other.
    pub(super) fn features(
        &self,
        anaphor: Anaphor,
        sentence: SentenceId,
        last: &Remembered,
        rank: usize,
        most: usize,
        only: bool,
    ) -> Features {
        let mut set = Features::default();
        let distance = sentence.index() - last.sentence.index();
        let actor = &self.actors[last.actor];
        let count = self.counts[last.actor.index()];
        let subject = self.is_subject(anaphor.range);
        let speaks = self.speaks(anaphor.range);
        let speaker = self.last_speaker == Some(last.actor);
        let block = |id: SentenceId| self.reading.sentences.get(id).map(|row| row.block);
        set.mark(Feature::SameSentence, distance == 0);
        set.mark(Feature::OneBack, distance == 1);
        set.mark(Feature::TwoBack, distance == 2);
        set.mark(Feature::FewBack, (3..=4).contains(&distance));
        set.mark(Feature::FarBack, distance > 4);
        set.mark(Feature::SameBlock, block(sentence) == block(last.sentence));
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
        let quoted = self.regions.covers(self.reading.span(anaphor.range.start).start());
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
        let opens = self.reading.sentence(sentence).start == anaphor.range.start;
        set.mark(Feature::ForemostOpens, last.foremost && opens && distance == 1);
        let heads = last.sentence.prev().and_then(block) != block(last.sentence);
        set.mark(Feature::Topic, heads && last.foremost);
        let repeated = last.before.is_some_and(|id| last.sentence.index() - id.index() <= 2);
        set.mark(Feature::Repeated, repeated);
        let gap = anaphor.range.start.index().saturating_sub(last.range.end.index());
        set.mark(Feature::CloseBy, gap <= 4);
        set.mark(Feature::InClause, gap <= 10 && distance == 0);
        let after_preposition =
            |id: TokenId| id.prev().is_some_and(|id| self.reading.is(id, Classes::PREPOSITION));
        set.mark(Feature::BothOblique, oblique && after_preposition(anaphor.range.start));
        let own = self.reading.reads(anaphor.range.start, &["his", "her"]);
        set.mark(Feature::BothPossessive, own && clitic);
        let object = self.reading.reads(anaphor.range.start, &["him"]);
        set.mark(Feature::OwnObject, object && last.subject && distance == 0 && gap <= 6);
        let ahead = anaphor.ahead.is_some_and(|ahead| ahead.actor == last.actor);
        set.mark(Feature::NamedAfter, ahead);
        let opener = self.reading.sentence(sentence).start;
        let clause = self.reading.is(opener, Classes::PREPOSITION.and(Classes::CONJUNCTION))
            && !self.reading.reads(opener, &["and", "but", "or"]);
        set.mark(Feature::NamedAfterOpening, ahead && clause);
        set.set(Feature::Frequency, doublings(count));
        set.mark(Feature::MostFrequent, count == most);
        set.mark(Feature::First, last.actor.index() == 0);
        set.mark(Feature::OwnSubject, own && last.subject && distance == 0);
        set.mark(Feature::Only, only);
        if let Some(noun) = anaphor.noun {
            self.noun_features(anaphor, noun, last.actor, &mut set);
        }
        set
    }

    /// What the noun of a role or body has in common with an actor.
    fn noun_features(&self, anaphor: Anaphor, noun: TokenId, id: ActorId, set: &mut Features) {
        let reading = self.reading;
        let actor = &self.actors[id];
        let word = noun;
        let noun = reading.word(noun).hash;
        let holds = |span: Span, hash: u64| {
            reading.range(span).ids().any(|id| reading.word(id).hash == hash)
        };
        let roles = actor.roles.iter().take(MEMORY);
        let alike = SAME_OFFICE.iter().filter(|office| reading.reads(word, office));
        let same = roles.clone().any(|role| {
            holds(role.title, noun)
                || alike.clone().any(|office| {
                    reading.range(role.title).ids().any(|id| reading.reads(id, office))
                })
        });
        set.mark(Feature::SameRole, same);
        set.mark(Feature::OtherRole, !same && !actor.roles.is_empty());
        set.mark(Feature::NameHoldsNoun, holds(actor.name, noun));
        if anaphor.kind == Kind::Body {
            let sort = bodies::sort(reading, word, actor.name);
            set.mark(Feature::SameSort, sort == Some(true));
            set.mark(Feature::OtherSort, sort == Some(false));
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
