//! From trained weights to a model: which features stay, and their weights as whole numbers.
//!
//! In: the weights of features and transitions. Out: rows and the [`Small`] part of a model, each
//! score a whole number of one over [`UNITS`]. A row without a telling weight is left out. What does
//! not fit is cut to the range.

use crate::crf::Weights;
use crate::problem::Problem;
use pullquote::model::table::{STEPS, Small};
use pullquote::model::{BEGIN, INSIDE, LABELS, LANES, SINGLE};

/// Weights are whole numbers of one over this.
const UNITS: f32 = 24.0;

/// A feature's hash and its rounded weights.
pub type Row = (u64, [i8; LANES]);

/// A weight as it is stored.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
pub fn round(weight: f32) -> i8 {
    (weight * UNITS).round().clamp(-127.0, 127.0) as i8
}

/// The rows with a weight of at least `prune`, the most used first.
#[must_use]
pub fn rows(problem: &Problem, weights: &Weights, prune: f32) -> Vec<Row> {
    let lines = problem.rows.iter().zip(&weights.rows).zip(&problem.counts);
    let telling = lines.filter(|row| row.0.1.iter().any(|weight| weight.abs() >= prune));
    let mut rows: Vec<_> = telling.collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.1));
    rows.into_iter().map(|((&feature, line), _)| (feature, line.map(round))).collect()
}

/// Makes a segment begin more willingly than was learned; `always` is the feature of every token.
pub fn lean(rows: &mut [Row], always: u64, by: f32) {
    if let Some((_, line)) = rows.iter_mut().find(|row| row.0 == always) {
        for lane in (BEGIN..INSIDE).chain(SINGLE..LANES) {
            line[lane] = line[lane].saturating_add(round(by));
        }
    }
}

/// The transitions, with these confidences.
#[must_use]
pub fn small(weights: &Weights, confidences: [[u8; STEPS]; LABELS]) -> Small {
    #[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
    let wide = |weight: f32| (weight * UNITS).round().clamp(-9999.0, 9999.0) as i16;
    Small {
        follow: weights.follow.map(|row| row.map(wide)),
        inner: weights.inner.map(wide),
        last: weights.last.map(wide),
        confidences,
    }
}

/// Leaves only the `keep` features that moved the scores most in all.
pub fn select(problem: &mut Problem, weights: &Weights, keep: usize) {
    let worth = |row: usize| {
        let square: f32 = weights.rows[row].iter().map(|weight| weight * weight).sum();
        square * f32::from(u16::try_from(problem.counts[row]).unwrap_or(u16::MAX)).sqrt()
    };
    let mut order: Vec<usize> = (0..problem.rows.len()).collect();
    order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b)));
    order.truncate(keep);
    order.sort_unstable();
    problem.keep(&order);
}
