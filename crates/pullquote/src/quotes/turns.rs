//! Turns: who goes on speaking.
//!
//! In: who spoke last and a source that is a pronoun. Out: whom the pronoun means: the actors that the
//! ranker of antecedents weighed, with more weight on whoever spoke last, whom the ranker cannot
//! know. "they" goes on with several who spoke together, or with a group without a name. A paragraph
//! of quoted words without a source goes on with whoever spoke last.
//!
//! Cost: constant.

use super::speakers::{Resolved, weighed};
use super::{SourceForm, Speaker, Via};
use crate::actors::{Actors, Gender, Mention};
use crate::entities::Label;
use crate::index::Id;
use crate::sentences::SentenceId;
use crate::tokens::TokenRange;
use crate::words::Reading;

/// How many sentences back whoever spoke last is still heard. This and the weights were fitted on
/// the training articles.
const NEAR: usize = 2;
/// How much more whoever has just spoken weighs.
const HEARD: f32 = 50.0;
/// How much more when more sentences stand between.
const HEARD_BEFORE: f32 = 5.0;
/// What is left to an actor that the ranker gave nothing.
const UNSEEN: f32 = 0.01;

/// How often a speaker that was held for so likely is right, counted on the training articles.
pub(super) fn calibrated(via: Via, odds: f32) -> f32 {
    match (via, odds) {
        (Via::Pronoun, 0.95..) => 0.97,
        (Via::Pronoun, 0.85..) => 0.86,
        (Via::Pronoun, 0.65..) => 0.8,
        (Via::Pronoun, _) => 0.55,
        (Via::Role, 0.7..) => 0.9,
        (Via::Role, 0.5..) => 0.7,
        (Via::Role, _) => 0.5,
        _ => odds,
    }
}

/// Who spoke last.
#[derive(Debug, Default)]
pub(super) struct Speaking {
    pub(super) speakers: Vec<Speaker>,
    pub(super) form: SourceForm,
    /// The sentence of the cue.
    pub(super) sentence: Option<SentenceId>,
}

impl Speaking {
    /// The speakers of words that have no source of their own.
    pub(super) fn carried(&self) -> Resolved {
        let go_on = |speaker: &Speaker| Speaker { via: Via::Carried, confidence: 0.7, ..*speaker };
        let speakers = self.speakers.iter().map(go_on).collect();
        Resolved { form: SourceForm::Carried, speakers, alternatives: Vec::new() }
    }

    /// Whom "he", "she" or "they" stands for when one who spoke before can be meant. `mention` is
    /// what the source begins with.
    pub(super) fn goes_on(
        &self,
        reading: Reading<'_>,
        actors: &Actors,
        source: TokenRange,
        mention: Option<&Mention>,
    ) -> Option<Resolved> {
        let last = self.sentence.map_or(0, Id::index);
        let back = reading.sentence_of(source.start).index().saturating_sub(last);
        let wanted = match reading.written(source.start) {
            "he" | "He" => Gender::Masculine,
            "she" | "She" => Gender::Feminine,
            "they" | "They" if back <= NEAR => return self.together(),
            _ => return None,
        };
        let [Speaker { actor: Some(before), .. }] = self.speakers[..] else { return None };
        let row = actors.table.get(before)?;
        if row.kind != Label::Person || ![wanted, Gender::Unknown].contains(&row.gender) {
            return None;
        }
        let mention = mention.filter(|mention| mention.span == reading.span(source.start));
        let mut weights = mention.map(Mention::weights).unwrap_or_default();
        let heard = if back > NEAR { HEARD_BEFORE } else { HEARD };
        match weights.iter_mut().find(|row| row.0 == before) {
            Some(row) => row.1 = (row.1 + UNSEEN) * heard,
            None => weights.push((before, UNSEEN * heard)),
        }
        let all: f32 = weights.iter().map(|row| row.1).sum();
        for row in &mut weights {
            row.1 /= all;
        }
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Some(weighed(actors, SourceForm::Pronoun, Via::Pronoun, &weights))
    }

    /// Those who spoke together, or a group without a name.
    fn together(&self) -> Option<Resolved> {
        let several = self.speakers.len() > 1 || self.form == SourceForm::Collective;
        let go_on = |speaker: &Speaker| Speaker { via: Via::Pronoun, confidence: 0.8, ..*speaker };
        let speakers = self.speakers.iter().map(go_on).collect();
        several.then_some(Resolved {
            form: SourceForm::Pronoun,
            speakers,
            alternatives: Vec::new(),
        })
    }
}
