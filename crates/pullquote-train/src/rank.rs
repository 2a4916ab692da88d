//! Trains a ranker: which of several candidates is the right one.
//!
//! In: choices, each a list of candidates as features and the right one. Out: a weight for each
//! feature. Algorithm: maximum likelihood of the right candidate under a softmax, by stochastic
//! gradient descent with `AdaGrad` steps in a fixed shuffled order, averaged over the later passes.

use crate::crf::Random;
use std::collections::BTreeMap;

/// One choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The features of each candidate.
    pub candidates: Vec<Vec<u64>>,
    /// The number of the right one.
    pub right: usize,
}

/// Trains; gives the weights in the order of the features.
pub fn train(choices: &[Choice], epochs: u32, penalty: f32) -> Vec<(u64, f32)> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for feature in choices.iter().flat_map(|choice| choice.candidates.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    let features: Vec<u64> =
        counts.into_iter().filter(|&(_, count)| count >= 6).map(|(feature, _)| feature).collect();
    let number = |feature: &u64| features.binary_search(feature).ok();
    let choices: Vec<(Vec<Vec<usize>>, usize)> = choices
        .iter()
        .map(|choice| {
            let rows = choice.candidates.iter();
            let rows = rows.map(|row| row.iter().filter_map(number).collect()).collect();
            (rows, choice.right)
        })
        .collect();
    let mut weights = vec![[0.0_f32; 2]; features.len()];
    let mut sums = vec![0.0_f32; features.len()];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut random = Random(7);
    let mut averaged = 0.0;
    for epoch in 0..epochs {
        for left in (1..order.len()).rev() {
            order.swap(left, random.below(left + 1));
        }
        for &at in &order {
            let (rows, right) = &choices[at];
            let scores: Vec<f32> =
                rows.iter().map(|row| row.iter().map(|&f| weights[f][0]).sum()).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let odds: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let total: f32 = odds.iter().sum();
            for (candidate, (row, odds)) in rows.iter().zip(&odds).enumerate() {
                let slope = odds / total - f32::from(u8::from(candidate == *right));
                if slope.abs() < 1e-3 {
                    continue;
                }
                for &feature in row {
                    let [weight, square] = &mut weights[feature];
                    let slope = slope + penalty * *weight;
                    *square += slope * slope;
                    *weight -= 0.1 * slope / (*square + 1e-6).sqrt();
                }
            }
        }
        if epoch * 2 >= epochs {
            averaged += 1.0;
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight[0]);
        }
    }
    features.into_iter().zip(sums.into_iter().map(|sum| sum / averaged)).collect()
}
