//! Hints: what the patterns said of each unit.
//!
//! In: the units and the attributions that the patterns found. Out: one [`Hint`] a unit: its part in
//! an attribution, the pattern, and whether the part begins or ends there. Cost: linear.

use super::find::Draft;
use super::units::Units;
use crate::tokens::TokenRange;

/// What the patterns said of a unit; zero when nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hint(pub(super) u8);

/// Begins its part.
const FIRST: u8 = 1;
/// Ends its part.
const LAST: u8 = 2;

/// The hints of all units.
pub(super) fn read(units: &Units, drafts: &[Draft]) -> Vec<Hint> {
    let mut hints = vec![Hint::default(); units.rows.len()];
    for draft in drafts {
        let pattern = draft.evidence as u8;
        for (number, part) in (0_u8..).zip(&draft.content) {
            mark(units, &mut hints, *part, 16 + 2 * pattern + number.min(1));
        }
    }
    for draft in drafts {
        let pattern = draft.evidence as u8;
        if let Some(source) = draft.source.filter(|_| !draft.borrowed) {
            let before = draft.cue.is_none_or(|cue| source.start < cue.range.start);
            mark(units, &mut hints, source, 1 + u8::from(before));
        }
        if let Some(cue) = draft.cue {
            mark(units, &mut hints, cue.range, 4 + pattern);
        }
    }
    hints
}

fn mark(units: &Units, hints: &mut [Hint], range: TokenRange, role: u8) {
    let start = units.rows.partition_point(|unit| unit.tokens.end <= range.start);
    let end = units.rows.partition_point(|unit| unit.tokens.start < range.end);
    let Some(rows) = hints.get_mut(start..end) else { return };
    let last = rows.len().saturating_sub(1);
    for (at, hint) in rows.iter_mut().enumerate() {
        let edges = FIRST * u8::from(at == 0) + LAST * u8::from(at == last);
        *hint = Hint(role * 4 + edges);
    }
}
