//! Trains the weights of a linear-chain conditional random field.
//!
//! In: stretches of tokens, each token the rows of its features and the lane of its gold label. Out:
//! weights, averaged over the last epochs.
//!
//! Algorithm: stochastic gradient descent with `AdaGrad` steps, one stretch at a time, in an order
//! shuffled by a fixed seed; an L2 penalty on the weights that a step touches. Stretches of a second
//! domain, whose labels follow another guideline, add weights of their own to the shared ones
//! (feature augmentation), which are thrown away at the end: they take up what is peculiar to that
//! guideline. One thread; the same input gives the same bytes.

use pullquote::model::lattice::{Odds, Sums};
use pullquote::model::{BEGIN, END, INSIDE, LABELS, LANES, OUTSIDE, SINGLE, STATES};

/// The lane of a token outside any segment.
pub const NO_LANE: u8 = LANES as u8;

/// Stretches as numbers.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// Number of feature rows.
    pub rows: usize,
    /// The rows of all tokens, one after the other.
    pub features: Vec<u32>,
    /// Where each token's rows end.
    pub ends: Vec<usize>,
    /// Each token's gold lane.
    pub gold: Vec<u8>,
    /// The stretches.
    pub stretches: Vec<Stretch>,
}

/// A stretch of tokens.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// First token.
    pub start: usize,
    /// The token after the last one.
    pub end: usize,
    /// Whether its labels follow the other guideline.
    pub other: bool,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: u32,
    /// Size of the first steps.
    pub rate: f32,
    /// Weight of the L2 penalty.
    pub penalty: f32,
    pub init: f32,
    pub standard: bool,
    /// Chooses the order of the stretches.
    pub seed: u64,
}

/// A weight line and the sums of its squared gradients.
#[derive(Clone, Copy, Debug)]
struct Line {
    weights: [f32; LANES],
    squares: [f32; LANES],
    penalty: f32,
}

const LINE: Line = Line { weights: [0.0; LANES], squares: [0.0; LANES], penalty: 0.0 };
const TRANSITIONS: usize = STATES * STATES + 2 * LABELS;

/// Trained weights.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Of each feature row.
    pub rows: Vec<[f32; LANES]>,
    /// State (row) before state (column).
    pub follow: [[f32; STATES]; STATES],
    /// Going on inside a segment.
    pub inner: [f32; LABELS],
    /// Ending a segment of several tokens.
    pub last: [f32; LABELS],
}

/// A simple generator of numbers for the order of the stretches.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (u128::from(z ^ (z >> 31)) * bound as u128 >> 64) as usize
    }
}

/// Trains; `report` hears the epoch and the mean loss of a stretch.
pub fn train(problem: &Problem, settings: Settings, mut report: impl FnMut(u32, f64)) -> Weights {
    let two = problem.stretches.iter().any(|stretch| stretch.other);
    let mut lines = vec![LINE; problem.rows * if two { 2 } else { 1 }];
    let mut counts = vec![0f32; problem.rows];
    for &row in &problem.features {
        counts[row as usize] += 1.0;
    }
    for (at, line) in lines.iter_mut().enumerate() {
        line.squares = [settings.init; LANES];
        line.penalty = if settings.standard {
            settings.penalty / counts[at % problem.rows]
        } else {
            settings.penalty
        };
    }
    let mut moves = [[0.0f32; 2]; TRANSITIONS];
    let mut average = vec![[0.0f32; LANES]; problem.rows];
    let mut average_moves = [0.0f32; TRANSITIONS];
    let mut averaged = 0.0;
    let mut order: Vec<usize> = (0..problem.stretches.len()).collect();
    let mut random = Random(settings.seed);
    let mut sums = Sums::default();
    for epoch in 0..settings.epochs {
        for left in (1..order.len()).rev() {
            order.swap(left, random.below(left + 1));
        }
        let mut loss = 0.0;
        for &index in &order {
            loss += step(
                problem,
                problem.stretches[index],
                settings,
                &mut lines,
                &mut moves,
                &mut sums,
            );
        }
        report(epoch, loss / order.len().max(1) as f64);
        if epoch * 2 >= settings.epochs {
            averaged += 1.0;
            for (sum, line) in average.iter_mut().zip(&lines) {
                sum.iter_mut().zip(&line.weights).for_each(|(sum, weight)| *sum += weight);
            }
            average_moves.iter_mut().zip(&moves).for_each(|(sum, weight)| *sum += weight[0]);
        }
    }
    for sum in average.as_flattened_mut().iter_mut().chain(&mut average_moves) {
        *sum /= averaged;
    }
    let mut next = average_moves.into_iter();
    let mut next = || next.next().unwrap_or_default();
    Weights {
        rows: average,
        follow: std::array::from_fn(|_| std::array::from_fn(|_| next())),
        inner: std::array::from_fn(|_| next()),
        last: std::array::from_fn(|_| next()),
    }
}

/// The index of a transition between states.
fn follow(from: usize, to: usize) -> usize {
    from * STATES + to
}

fn odds(moves: &[[f32; 2]; TRANSITIONS]) -> (Odds, f64) {
    let top = moves.iter().map(|weight| weight[0]).fold(f32::MIN, f32::max);
    let odds = |at: usize| (moves[at][0] - top).exp();
    let labels = STATES * STATES;
    let made = Odds {
        follow: std::array::from_fn(|from| std::array::from_fn(|to| odds(follow(from, to)))),
        inner: std::array::from_fn(|label| odds(labels + label)),
        last: std::array::from_fn(|label| odds(labels + LABELS + label)),
    };
    (made, f64::from(top))
}

/// One step on one stretch; gives the loss before it.
fn step(
    problem: &Problem,
    stretch: Stretch,
    settings: Settings,
    lines: &mut [Line],
    moves: &mut [[f32; 2]; TRANSITIONS],
    sums: &mut Sums,
) -> f64 {
    let (odds, top) = odds(moves);
    let features = |token: usize| {
        let start = token.checked_sub(1).map_or(0, |before| problem.ends[before]);
        &problem.features[start..problem.ends[token]]
    };
    let mut gold_score = 0.0;
    let mut shift = top * (stretch.end - stretch.start + 1) as f64;
    sums.clear();
    for token in stretch.start..stretch.end {
        let mut lanes = [0.0f32; LANES];
        for &row in features(token) {
            add(&mut lanes, &lines[row as usize].weights);
            if stretch.other {
                add(&mut lanes, &lines[problem.rows + row as usize].weights);
            }
        }
        let highest = lanes.iter().copied().fold(0.0, f32::max);
        shift += f64::from(highest);
        let gold = usize::from(problem.gold[token]);
        gold_score += f64::from(lanes.get(gold).copied().unwrap_or_default());
        sums.push(lanes.map(|lane| (lane - highest).exp()), (-highest).exp());
    }
    sums.run(&odds);
    for token in stretch.start..stretch.end {
        let mut gradient = sums.lanes(token - stretch.start, &odds);
        if let Some(lane) = gradient.get_mut(usize::from(problem.gold[token])) {
            *lane -= 1.0;
        }
        // A token that is right and sure teaches nothing.
        if gradient.iter().all(|lane| lane.abs() < 1e-3) {
            continue;
        }
        for &row in features(token) {
            descend(&mut lines[row as usize], &gradient, settings);
            if stretch.other {
                descend(&mut lines[problem.rows + row as usize], &gradient, settings);
            }
        }
    }
    let mut counts = [[0.0; STATES]; STATES];
    sums.count(&odds, &mut counts);
    let mut gradient = [0.0f32; TRANSITIONS];
    for (to, &count) in gradient.iter_mut().zip(counts.as_flattened()) {
        *to = count;
    }
    let (inner, last) = sums.inside(&odds);
    for label in 0..LABELS {
        gradient[STATES * STATES + label] = inner[label];
        gradient[STATES * STATES + LABELS + label] = last[label];
    }
    let mut state = OUTSIDE;
    for token in stretch.start..=stretch.end {
        let lane = if token < stretch.end { usize::from(problem.gold[token]) } else { LANES };
        let (used, next) = match lane {
            BEGIN..INSIDE => (follow(state, lane), None),
            INSIDE..END => (STATES * STATES + lane - INSIDE, None),
            END..SINGLE => (STATES * STATES + LABELS + lane - END, Some(lane - END)),
            SINGLE..LANES => (follow(state, lane - SINGLE), Some(lane - SINGLE)),
            _ => (follow(state, OUTSIDE), Some(OUTSIDE)),
        };
        gradient[used] -= 1.0;
        gold_score += f64::from(moves[used][0]);
        state = next.unwrap_or(state);
    }
    for (weight, &slope) in moves.iter_mut().zip(&gradient) {
        let slope = slope + 1e-4 * weight[0];
        weight[1] += slope * slope;
        weight[0] -= settings.rate * slope / (weight[1] + 1e-6).sqrt();
    }
    sums.total + shift - gold_score
}

fn add(lanes: &mut [f32; LANES], weights: &[f32; LANES]) {
    lanes.iter_mut().zip(weights).for_each(|(lane, weight)| *lane += weight);
}

/// Moves a line against its gradient.
fn descend(line: &mut Line, gradient: &[f32; LANES], settings: Settings) {
    let penalty = line.penalty;
    for ((weight, square), slope) in line.weights.iter_mut().zip(&mut line.squares).zip(gradient) {
        let slope = slope + penalty * *weight;
        *square += slope * slope;
        *weight -= settings.rate * slope / (*square + 1e-6).sqrt();
    }
}
