//! Claims: which tokens some attribution already has.
//!
//! In: runs of tokens, in any order. Out: whether a run overlaps one of them. Cost: sorting once,
//! then logarithmic a question, so that a paragraph of ten thousand attributions stays cheap.

use crate::tokens::{TokenId, TokenRange};

/// Runs of tokens by their start, each with the furthest end up to it.
#[derive(Debug, Default)]
pub(super) struct Claims {
    rows: Vec<(TokenId, TokenId)>,
}

impl Claims {
    /// The claims of some runs.
    pub(super) fn new(runs: impl Iterator<Item = TokenRange>) -> Self {
        let mut rows: Vec<_> = runs.map(|run| (run.start, run.end)).collect();
        rows.sort_unstable();
        let mut furthest = None;
        for row in &mut rows {
            row.1 = furthest.map_or(row.1, |end: TokenId| end.max(row.1));
            furthest = Some(row.1);
        }
        Self { rows }
    }

    /// Whether a run overlaps a claimed one.
    pub(super) fn touch(&self, run: TokenRange) -> bool {
        let at = self.rows.partition_point(|row| row.0 < run.end);
        let last = at.checked_sub(1).and_then(|last| self.rows.get(last));
        last.is_some_and(|row| row.1 > run.start)
    }
}
