//! Training: the choices of antecedents, laid open.
//!
//! In: an article. Out: each [`Choice`] that the resolution of mentions without a name has to make,
//! put to a judge whose answers take the ranker's place. The trainer thus sees exactly the
//! candidates and features that the parser sees.

use super::ranker::{Feature, Features, Kind};
use super::{ActorId, Actors, Mention};
use crate::entities::Entities;
use crate::marks::Regions;
use crate::span::Span;
use crate::words::Reading;

/// An actor that a mention may stand for.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The actor.
    pub actor: ActorId,
    /// What speaks for it and against it.
    pub features: Features,
}

impl Candidate {
    /// The features of nobody's being meant by a mention, which `speaks` or not.
    pub(super) fn nobody(speaks: bool) -> Features {
        let mut features = Features::default();
        features.mark(Feature::Nobody, true);
        features.mark(Feature::NobodySpeaks, speaks);
        features
    }
}

/// A mention without a name and the actors it may stand for.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// The mention.
    pub span: Span,
    /// Its kind.
    pub kind: Kind,
    /// What speaks for nobody's being meant.
    pub nobody: Features,
    /// The candidates, the last mentioned first.
    pub candidates: &'a [Candidate],
    /// All mentions by name, in text order.
    pub names: &'a [Mention],
}

/// Puts every choice of a text to the judge: the number of a candidate, or `None` for nobody.
pub(crate) fn follow(
    reading: Reading<'_>,
    entities: &Entities,
    regions: &Regions,
    judge: &mut dyn FnMut(&Choice<'_>) -> Option<usize>,
) -> Actors {
    super::build(reading, entities, regions, Some(judge))
}
