//! Trains the weights of a linear-chain conditional random field.
//!
//! In: a [`Problem`]. Out: [`Weights`], averaged over the later half of the epochs and over trainings
//! in several orders, which takes out what an order does by chance.
//!
//! Algorithm: stochastic gradient descent with `AdaGrad` steps, one stretch at a time, in an order
//! shuffled by a fixed seed. The L2 penalty of a row may be spread over the row's uses, so that
//! each weight is held back once an epoch however often it is used.
//!
//! One thread and given orders: the same problem gives the same weights.

use crate::items::NO_LANE;
use crate::problem::{Piece, Problem};
use pullquote::model::lattice::{Odds, Sums};
use pullquote::model::{BEGIN, END, INSIDE, LABELS, LANES, OUTSIDE, SINGLE, STATES};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: u32,
    /// Size of the steps.
    pub rate: f32,
    /// Weight of the L2 penalty.
    pub penalty: f32,
    /// Whether the penalty of a row is spread over its uses, or falls due at each.
    pub spread: bool,
    /// What the sums of squared slopes start from: the larger, the smaller the first steps.
    pub caution: f32,
    /// Each chooses an order of the stretches.
    pub seeds: &'static [u64],
}

/// A line of weights and the sums of its squared slopes.
#[derive(Clone, Copy, Debug)]
struct Line {
    weights: [f32; LANES],
    squares: [f32; LANES],
    penalty: f32,
}

/// A weight of a transition and the sum of its squared slopes.
#[derive(Clone, Copy, Debug)]
struct Move {
    weight: f32,
    square: f32,
}

const INNER: usize = STATES * STATES;
const LAST: usize = INNER + LABELS;
const MOVES: usize = LAST + LABELS;

/// Trained weights.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Of each row.
    pub rows: Vec<[f32; LANES]>,
    /// State (row) before state (column).
    pub follow: [[f32; STATES]; STATES],
    /// Going on inside a segment.
    pub inner: [f32; LABELS],
    /// Ending a segment of several tokens.
    pub last: [f32; LABELS],
}

impl Weights {
    fn zero(rows: usize) -> Self {
        Self {
            rows: vec![[0.0; LANES]; rows],
            follow: [[0.0; STATES]; STATES],
            inner: [0.0; LABELS],
            last: [0.0; LABELS],
        }
    }

    /// The transitions in the order of their numbers.
    fn moves(&mut self) -> impl Iterator<Item = &mut f32> {
        self.follow.as_flattened_mut().iter_mut().chain(&mut self.inner).chain(&mut self.last)
    }

    fn scale(&mut self, share: f32) {
        self.rows.as_flattened_mut().iter_mut().for_each(|weight| *weight *= share);
        self.moves().for_each(|weight| *weight *= share);
    }
}

/// Numbers that look like chance: `SplitMix64`.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((u128::from(z ^ (z >> 31)) * bound as u128) >> 64).unwrap_or_default()
    }
}

/// Trains in each order and averages.
pub fn train(problem: &Problem, settings: Settings) -> Weights {
    let mut sum = Weights::zero(problem.rows.len());
    for &seed in settings.seeds {
        train_once(problem, settings, seed, &mut sum);
    }
    let passes = (settings.epochs - settings.epochs / 2) as usize * settings.seeds.len();
    let share = f32::from(u16::try_from(passes).unwrap_or(u16::MAX)).recip();
    sum.scale(share);
    sum
}

/// Trains in one order and adds the weights after each of the later epochs to `sum`.
fn train_once(problem: &Problem, settings: Settings, seed: u64, sum: &mut Weights) {
    let lines = problem.counts.iter().map(|&count| Line {
        weights: [0.0; LANES],
        squares: [settings.caution; LANES],
        penalty: if settings.spread {
            settings.penalty / f32::from(u16::try_from(count).unwrap_or(u16::MAX))
        } else {
            settings.penalty
        },
    });
    let mut trainer = Trainer {
        problem,
        settings,
        lines: lines.collect(),
        moves: [Move { weight: 0.0, square: settings.caution }; MOVES],
        sums: Sums::default(),
    };
    let mut order = problem.pieces.clone();
    let mut random = Random(seed);
    for epoch in 0..settings.epochs {
        for left in (1..order.len()).rev() {
            order.swap(left, random.below(left + 1));
        }
        for &piece in &order {
            trainer.step(piece);
        }
        if epoch >= settings.epochs / 2 {
            let weights = trainer.lines.iter().flat_map(|line| line.weights);
            for (sum, weight) in sum.rows.as_flattened_mut().iter_mut().zip(weights) {
                *sum += weight;
            }
            for (sum, to) in sum.moves().zip(&trainer.moves) {
                *sum += to.weight;
            }
        }
    }
}

/// The number of a transition between states.
fn follow(from: usize, to: usize) -> usize {
    from * STATES + to
}

struct Trainer<'a> {
    problem: &'a Problem,
    settings: Settings,
    lines: Vec<Line>,
    moves: [Move; MOVES],
    sums: Sums,
}

impl Trainer<'_> {
    fn odds(&self) -> Odds {
        let top = self.moves.iter().fold(f32::MIN, |top, to| top.max(to.weight));
        let odds = |at: usize| (self.moves[at].weight - top).exp();
        Odds {
            follow: std::array::from_fn(|from| std::array::from_fn(|to| odds(follow(from, to)))),
            inner: std::array::from_fn(|label| odds(INNER + label)),
            last: std::array::from_fn(|label| odds(LAST + label)),
        }
    }

    /// One step down the slope of one stretch.
    fn step(&mut self, piece: Piece) {
        let odds = self.odds();
        self.sums.clear();
        for token in piece.start..piece.end {
            let mut lanes = [0.0f32; LANES];
            for row in self.problem.features(token) {
                add(&mut lanes, &self.lines[row].weights);
            }
            let top = lanes.iter().copied().fold(0.0, f32::max);
            self.sums.push(lanes.map(|lane| (lane - top).exp()), (-top).exp());
        }
        self.sums.run(&odds);
        for token in piece.start..piece.end {
            let mut slope = self.sums.lanes(token - piece.start, &odds);
            if let Some(lane) = slope.get_mut(self.problem.gold[token]) {
                *lane -= 1.0;
            }
            // A token that is right and sure teaches nothing.
            if slope.iter().all(|lane| lane.abs() < 1e-3) {
                continue;
            }
            for row in self.problem.features(token) {
                descend(&mut self.lines[row], &slope, self.settings.rate);
            }
        }
        self.step_moves(piece, &odds);
    }

    fn step_moves(&mut self, piece: Piece, odds: &Odds) {
        let mut slope = [0.0f32; MOVES];
        let (counts, (inner, last)) = (self.sums.count(odds), self.sums.inside(odds));
        slope[..INNER].copy_from_slice(counts.as_flattened());
        slope[INNER..LAST].copy_from_slice(&inner);
        slope[LAST..].copy_from_slice(&last);
        let mut state = OUTSIDE;
        for lane in self.problem.gold[piece.start..piece.end].iter().copied().chain([NO_LANE]) {
            let used = match lane {
                BEGIN..INSIDE => follow(state, lane),
                INSIDE..END => INNER + lane - INSIDE,
                END..SINGLE => LAST + lane - END,
                SINGLE..LANES => follow(state, lane - SINGLE),
                _ => follow(state, OUTSIDE),
            };
            slope[used] -= 1.0;
            state = if lane < NO_LANE { lane % LABELS } else { OUTSIDE };
        }
        for (to, slope) in self.moves.iter_mut().zip(slope) {
            to.square += slope * slope;
            to.weight -= self.settings.rate * slope / to.square.sqrt();
        }
    }
}

fn add(lanes: &mut [f32; LANES], weights: &[f32; LANES]) {
    lanes.iter_mut().zip(weights).for_each(|(lane, weight)| *lane += weight);
}

/// Moves a line against its slope.
fn descend(line: &mut Line, slope: &[f32; LANES], rate: f32) {
    let penalty = line.penalty;
    for ((weight, square), slope) in line.weights.iter_mut().zip(&mut line.squares).zip(slope) {
        let slope = slope + penalty * *weight;
        *square += slope * slope;
        *weight -= rate * slope / square.sqrt();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::model::lattice::{Scratch, best};
    use pullquote::model::table::Small;

    /// Feature 10 marks the one-token segments of label 2, feature 20 all other tokens.
    fn problem() -> Problem {
        let tokens = [[10], [20], [20], [10], [20]];
        let gold = tokens.map(|[feature]| if feature == 10 { SINGLE + 2 } else { NO_LANE });
        let (mut problem, mut hashes) = (Problem::default(), Vec::new());
        for token in &tokens {
            problem.token(&mut hashes, token);
        }
        problem.number(&hashes, 1);
        problem.gold = gold.to_vec();
        problem.pieces = [(0, 2), (2, 5)].map(|(start, end)| Piece { start, end }).to_vec();
        problem
    }

    const SETTINGS: Settings = Settings {
        epochs: 20,
        rate: 0.5,
        penalty: 0.0,
        spread: true,
        caution: 1.0,
        seeds: &[1, 2],
    };

    #[test]
    fn learns_what_the_features_tell() {
        let weights = train(&problem(), SETTINGS);
        let [marked, other] = [weights.rows[0], weights.rows[1]];
        let top = marked.iter().copied().fold(f32::MIN, f32::max);
        assert!(marked[SINGLE + 2] > 0.5 && marked[SINGLE + 2] >= top, "{marked:?}");
        assert!(other[SINGLE + 2] < 0.0, "{other:?}");
    }

    #[test]
    #[expect(clippy::cast_possible_truncation, reason = "small scores")]
    fn what_is_learnt_decodes() {
        let weights = train(&problem(), SETTINGS);
        let whole = |weight: f32| (weight * 24.0) as i16;
        let small = Small {
            follow: weights.follow.map(|row| row.map(whole)),
            inner: weights.inner.map(whole),
            last: weights.last.map(whole),
            confidences: Default::default(),
        };
        let scores = [1, 0, 1, 1].map(|row: usize| weights.rows[row].map(whole));
        let mut found = Vec::new();
        best(&scores, &small, &mut Scratch::default(), |segment| found.push(segment));
        assert_eq!(
            found.iter().map(|it| (it.start, it.end, it.label)).collect::<Vec<_>>(),
            [(1, 2, 2)]
        );
    }

    #[test]
    fn the_same_problem_gives_the_same_weights() {
        let [a, b] = [(), ()].map(|()| train(&problem(), SETTINGS));
        assert_eq!((a.rows, a.follow), (b.rows, b.follow));
    }
}
