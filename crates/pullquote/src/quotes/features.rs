//! What the quotation model sees of a unit: the hashes of its features.
//!
//! In: the units of a text and what the patterns said of them. Out: for one unit at a time a short
//! list of numbers, each the hash of a statement such as "the word before is `that`" or "a strong cue
//! stands two units to the left with no verb between". Training and tagging call the same function,
//! so they cannot drift apart. A change to any feature must change [`FEATURES`].
//!
//! Cost: about a nanosecond a feature; no allocation for a unit.

use super::hints::Hint;
use super::units::{Signs, Unit, Units};
use crate::model::features::{List, feature};
use std::ops::Range;

/// Names this set of features; a model trained with another set is refused.
pub const FEATURES: u64 = 7;
/// The feature that every unit has, and that no list names.
pub const ALWAYS: u64 = feature(0, 0);
/// The features of a unit.
pub type Features = List<18>;

/// A distance in few steps.
#[inline]
pub(super) fn near(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        _ => 8,
    }
}

/// The share from which a word counts as a strong cue.
const STRONG: u8 = 30;

/// The share from which a word is reason to look for an attribution where nothing else is. More
/// clauses would be found with less, but more of what is found would be wrong.
const LIKELY: u8 = 20;

/// What stands to one side of a unit in its clause.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    /// Nearest strong cue: its word and tag; none is zero.
    low: u64,
    tag: u8,
    /// What stands between: comma 1, that 2, verb 4, region 8, name or pronoun 16.
    between: u8,
    /// Whether a region stands on this side.
    region: u8,
    /// Nearest verb, strong cue or not.
    verb: u64,
    /// Nearest subordinator or sign that parts clauses.
    joint: u64,
}

/// One unit as its neighbours see it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    low: u64,
    tag: u8,
    hint: u8,
}

/// What stands beyond the ends of a stretch.
const EDGE: Seen = Seen { low: 0x5bd1_e995, tag: 0, hint: 0 };

/// What a clause holds: nothing, a region 1, a strong cue 2; 4 beyond the ends.
type Kind = u8;

/// The features of the units of one stretch.
#[derive(Debug, Default)]
pub struct Extractor {
    /// The units, with an edge before and after them.
    seen: Vec<Seen>,
    left: Vec<Side>,
    right: Vec<Side>,
    /// What the clauses beside that of a unit hold.
    beside: Vec<Kind>,
    clauses: Vec<Clause>,
}

/// A run of units that no sentence boundary divides.
#[derive(Debug)]
struct Clause {
    units: Range<usize>,
    kind: Kind,
    /// Whether anything in it may belong to an attribution.
    live: bool,
}

impl Extractor {
    /// Looks over a stretch from both sides.
    pub(super) fn begin(&mut self, units: &Units, hints: &[Hint], stretch: &Range<usize>) {
        let rows = units.rows.get(stretch.clone()).unwrap_or_default();
        let hints = hints.get(stretch.clone()).unwrap_or_default();
        self.seen.clear();
        self.seen.push(EDGE);
        self.seen.extend(rows.iter().zip(hints).map(|(unit, hint)| {
            let Unit { low, tag, .. } = *unit;
            Seen { low, tag: tag.0, hint: hint.0 }
        }));
        self.seen.push(EDGE);
        self.clauses.clear();
        for (at, (unit, hint)) in rows.iter().zip(hints).enumerate() {
            if unit.opens || at == 0 {
                self.clauses.push(Clause { units: at..at, kind: 0, live: false });
            }
            if let Some(clause) = self.clauses.last_mut() {
                clause.units.end += 1;
                let region = unit.tag.is_region();
                clause.kind |= u8::from(region) + 2 * u8::from(unit.share >= STRONG);
                clause.live |= region || unit.share >= LIKELY || *hint != Hint::default();
            }
        }
        for sides in [&mut self.left, &mut self.right] {
            sides.clear();
            sides.resize(rows.len(), Side::default());
        }
        for clause in self.clauses.iter().filter(|clause| clause.live) {
            let units = rows.get(clause.units.clone()).unwrap_or_default();
            let [left, right] = [&mut self.left, &mut self.right]
                .map(|sides| sides.get_mut(clause.units.clone()).unwrap_or_default());
            look(left.iter_mut().zip(units));
            look(right.iter_mut().zip(units).rev());
        }
        self.beside.clear();
        for (number, clause) in self.clauses.iter().enumerate() {
            let before = number.checked_sub(1).and_then(|before| self.clauses.get(before));
            let [before, after] =
                [before, self.clauses.get(number + 1)].map(|clause| clause.map_or(4, |it| it.kind));
            self.beside.extend(clause.units.clone().map(|_| before * 5 + after));
        }
    }

    /// The runs of units of the stretch last begun that may hold anything, counted from its first:
    /// neighbouring clauses with a region, a likely cue, or a pattern. The others need no features.
    pub(super) fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = |clauses: &[Clause]| {
            let (first, last) = (clauses.first()?, clauses.last()?);
            first.live.then_some(first.units.start..last.units.end)
        };
        self.clauses.chunk_by(|a, b| a.live == b.live).filter_map(ends)
    }

    /// Fills `list` with the features of the unit that is `from` units into the stretch.
    #[inline]
    pub(super) fn fill(&self, list: &mut Features, from: usize) {
        list.clear();
        let window = self.seen.get(from..).and_then(|rest| rest.first_chunk());
        let Some(window) = window else { return };
        let [low1, low0, rlow1] = window.map(|unit| unit.low);
        let [tl1, t0, tr1] = window.map(|unit| unit.tag);
        let [hl, h0, hr] = window.map(|unit| unit.hint);
        let left = self.left.get(from).copied().unwrap_or_default();
        let right = self.right.get(from).copied().unwrap_or_default();
        let state = left.region * 2 + right.region;
        let clause = self.beside.get(from).copied().unwrap_or_default();
        list.extend([
            (1, low0),
            (2, low1),
            (5, rlow1),
            (10, with(low1, [t0])),
            (12, with(low0, [tl1])),
            (30, pack([state, t0])),
            (33, pack([state, t0, tr1])),
            (36, with(left.low, [t0, left.between])),
            (37, with(right.low, [t0, right.between])),
            (40, pack([left.tag, left.between, right.tag, right.between, t0])),
            (44, pack([clause, state, left.tag, right.tag])),
            (61, with(two(left.verb, right.verb), [t0, state])),
            (65, with(two(left.joint, right.joint), [t0])),
        ]);
        if hl | h0 | hr != 0 {
            list.extend([
                (51, pack([hl, h0])),
                (52, pack([h0, hr])),
                (53, pack([h0, tl1, t0, tr1])),
                (57, pack([hl, hr, h0, t0])),
            ]);
        }
    }
}

/// Small numbers side by side.
#[inline]
fn pack<const N: usize>(numbers: [u8; N]) -> u64 {
    numbers.into_iter().rev().fold(0, |all, number| all << 8 | u64::from(number))
}

/// A word and up to three small numbers. A word's hash is random enough to take them in.
#[inline]
fn with<const N: usize>(word: u64, numbers: [u8; N]) -> u64 {
    word ^ pack(numbers) << 40
}

/// Two words in order.
#[inline]
fn two(first: u64, second: u64) -> u64 {
    first.rotate_left(25) ^ second
}

/// Writes down for each unit what stands before it.
fn look<'a>(units: impl Iterator<Item = (&'a mut Side, &'a Unit)>) {
    let mut side = Side::default();
    for (place, unit) in units {
        *place = side;
        pass(&mut side, unit);
    }
}

/// Moves a side on past a unit.
#[inline]
fn pass(side: &mut Side, unit: &Unit) {
    let signs = unit.tag.signs();
    if signs.has(Signs::VERB) {
        side.verb = unit.low;
    }
    if signs.has(Signs::JOINT) {
        side.joint = unit.low;
    }
    side.between |= signs.between();
    if unit.share >= STRONG {
        side.low = unit.low;
        side.tag = unit.tag.0;
        side.between = 0;
    }
    side.region |= u8::from(signs.has(Signs::REGION));
}
