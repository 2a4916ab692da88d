//! What the quotation model sees of a unit: the hashes of its features.
//!
//! In: the units of a text and what the patterns said of them. Out: for one unit at a time a short
//! list of numbers, each the hash of a statement such as "the word before is `that`" or "a strong cue
//! stands two units to the left with no verb between". Training and tagging call the same function,
//! so they cannot drift apart. A change to any feature must change [`FEATURES`].
//!
//! Cost: about a nanosecond a feature; no allocation for a unit.

use super::hints::Hint;
use super::units::{Tag, Unit, Units};
use std::ops::Range;

/// Names this set of features; a model trained with another set is refused.
pub const FEATURES: u64 = 4;
/// The feature that every unit has.
pub const ALWAYS: u64 = mix(0);
/// The most features that a unit can have.
const MOST: usize = 96;

/// A list of feature hashes.
#[derive(Clone, Copy, Debug)]
pub struct List {
    hashes: [u64; MOST],
    len: usize,
}

impl Default for List {
    fn default() -> Self {
        Self { hashes: [0; MOST], len: 0 }
    }
}

impl List {
    /// The hashes.
    pub fn hashes(&self) -> &[u64] {
        self.hashes.get(..self.len).unwrap_or_default()
    }

    /// Adds the feature `number` with the value `value`.
    #[inline]
    pub(super) fn add(&mut self, number: u64, value: u64) {
        if let Some(place) = self.hashes.get_mut(self.len) {
            *place = mix(value ^ number.wrapping_mul(0xA24B_AED4_963E_E407));
            self.len += 1;
        }
    }
}

/// Spreads every bit over the whole number.
#[inline]
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let value = (value ^ (value >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    value ^ (value >> 32)
}

/// Two values as one; the order counts.
#[inline]
pub(super) fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(25) ^ b).wrapping_mul(0x9FB2_1C65_1E98_DF25)
}

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

/// What stands to one side of a unit in its clause.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    /// Nearest strong cue: its word, tag and distance; none is zero.
    low: u64,
    tag: u8,
    away: u64,
    /// What stands between: comma 1, that 2, verb 4, region 8, name or pronoun 16.
    between: u8,
    /// Whether a region stands on this side.
    region: u8,
    /// Units to the clause's edge.
    edge: u64,
    /// Nearest verb, strong cue or not, and its distance.
    verb: u64,
    verb_away: u64,
    /// Nearest subordinator or sign that parts clauses.
    joint: u64,
}

/// The features of the units of one stretch.
#[derive(Debug, Default)]
pub struct Extractor {
    left: Vec<Side>,
    right: Vec<Side>,
    /// Number of clauses before a unit, and what the clauses beside it look like.
    clause: Vec<u8>,
}

impl Extractor {
    /// Looks over a stretch from both sides.
    pub(super) fn begin(&mut self, units: &Units, stretch: Range<usize>) {
        let rows = units.rows.get(stretch).unwrap_or_default();
        self.left.clear();
        self.right.clear();
        self.clause.clear();
        let mut side = Side::default();
        for unit in rows {
            if unit.opens {
                side = Side::default();
            }
            self.left.push(side);
            pass(&mut side, unit);
        }
        side = Side::default();
        for (at, unit) in rows.iter().enumerate().rev() {
            if rows.get(at + 1).is_some_and(|after| after.opens) {
                side = Side::default();
            }
            self.right.push(side);
            pass(&mut side, unit);
        }
        self.right.reverse();
        // What each clause holds: a region, a strong cue.
        let mut kinds: Vec<u8> = Vec::new();
        for unit in rows {
            if unit.opens || kinds.is_empty() {
                kinds.push(0);
            }
            if let Some(kind) = kinds.last_mut() {
                *kind |= u8::from(unit.tag.is_region()) + 2 * u8::from(unit.share >= STRONG);
            }
        }
        let mut number = 0;
        for (at, unit) in rows.iter().enumerate() {
            number += usize::from(unit.opens && at > 0);
            let before = number.checked_sub(1).and_then(|before| kinds.get(before));
            let before = before.map_or(4, |&kind| kind);
            let after = kinds.get(number + 1).map_or(4, |&kind| kind);
            self.clause.push(before * 5 + after);
        }
    }

    /// The features of unit `at` of the stretch last begun.
    pub(super) fn list(
        &self,
        units: &Units,
        hints: &[Hint],
        stretch: &Range<usize>,
        at: usize,
    ) -> List {
        let mut list = List::default();
        let get = |offset: isize| {
            let at = at.checked_add_signed(offset).filter(|at| stretch.contains(at));
            at.and_then(|at| units.rows.get(at))
        };
        let low = |offset| get(offset).map_or(0x5bd1_e995, |unit| unit.low);
        let tag = |offset| get(offset).map_or(0, |unit| u64::from(unit.tag.0));
        let hint = |offset: isize| {
            let at = at.checked_add_signed(offset).filter(|at| stretch.contains(at));
            at.and_then(|at| hints.get(at)).map_or(0, |hint| u64::from(hint.0))
        };
        let Some(here) = get(0) else { return list };
        let (l0, t0) = (here.low, tag(0));
        let (l1, r1) = (low(-1), low(1));
        let (tl1, tr1) = (tag(-1), tag(1));
        let (tl2, tr2) = (tag(-2), tag(2));
        list.add(0, 0);
        list.add(1, l0);
        list.add(2, l1);
        list.add(3, low(-2));
        list.add(5, r1);
        list.add(6, low(2));
        list.add(8, pair(l1, l0));
        list.add(9, pair(l0, r1));
        list.add(10, pair(l1, t0));
        list.add(11, pair(r1, t0));
        list.add(12, pair(l0, tl1));
        list.add(13, pair(l0, tr1));
        list.add(16, t0);
        list.add(21, pair(tl1, pair(t0, tr1)));
        list.add(22, pair(pair(tag(-3), tl2), pair(tl1, t0)));
        list.add(23, pair(pair(t0, tr1), pair(tr2, tag(3))));
        let entity = u64::from(here.entity);
        let (el, er) = (
            get(-1).map_or(0, |unit| u64::from(unit.entity)),
            get(1).map_or(0, |unit| u64::from(unit.entity)),
        );
        list.add(26, pair(entity, pair(el, er)));

        let from = at - stretch.start;
        let left = self.left.get(from).copied().unwrap_or_default();
        let right = self.right.get(from).copied().unwrap_or_default();
        let state = u64::from(left.region) * 2 + u64::from(right.region);
        list.add(30, pair(state, t0));
        list.add(32, pair(state, pair(tl1, t0)));
        list.add(33, pair(state, pair(t0, tr1)));
        let code = |side: Side| pair(u64::from(side.tag), pair(side.away, u64::from(side.between)));
        list.add(34, pair(code(left), t0));
        list.add(35, pair(code(right), t0));
        list.add(36, pair(left.low, pair(t0, u64::from(left.between))));
        list.add(37, pair(right.low, pair(t0, u64::from(right.between))));
        let gist = |side: Side| pair(u64::from(side.tag), u64::from(side.between));
        list.add(40, pair(pair(gist(left), gist(right)), t0));
        list.add(42, pair(left.edge.min(3), pair(right.edge.min(3), t0)));
        let clause = u64::from(self.clause.get(from).copied().unwrap_or_default());
        list.add(44, pair(clause, pair(state, pair(u64::from(left.tag), u64::from(right.tag)))));

        list.add(62, pair(left.verb, pair(left.verb_away, t0)));
        list.add(63, pair(right.verb, pair(right.verb_away, t0)));
        list.add(65, pair(pair(left.joint, right.joint), t0));

        let (h0, hl, hr) = (hint(0), hint(-1), hint(1));
        list.add(51, pair(hl, h0));
        list.add(52, pair(h0, hr));
        list.add(55, pair(h0, pair(tl1, t0)));
        list.add(56, pair(h0, pair(t0, tr1)));
        list.add(57, pair(pair(hl, hr), pair(h0, t0)));
        list
    }
}

/// Moves a side on past a unit.
fn pass(side: &mut Side, unit: &Unit) {
    side.edge += 1;
    side.verb_away = (side.verb_away + 1).min(6);
    if unit.tag.is_verb() {
        side.verb = unit.low;
        side.verb_away = 0;
    }
    if matches!(unit.tag, Tag::COMMA | Tag::THAT | Tag::COLON | Tag::SEMICOLON | Tag::DASH)
        || unit.tag.joins()
    {
        side.joint = unit.low;
    }
    if unit.share >= STRONG {
        side.low = unit.low;
        side.tag = unit.tag.0;
        side.away = 0;
        side.between = 0;
    } else {
        side.away = (side.away + 1).min(8);
        let tag = unit.tag;
        side.between |= u8::from(tag == Tag::COMMA)
            + 2 * u8::from(tag == Tag::THAT)
            + 4 * u8::from(tag.is_verb())
            + 8 * u8::from(tag.is_region())
            + 16 * u8::from(tag.is_name() || tag == Tag::PRONOUN);
    }
    if unit.tag.is_region() {
        side.region = 1;
    }
}
