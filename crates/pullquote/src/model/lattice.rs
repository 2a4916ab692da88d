//! Decoding: the best path through a stretch of tokens, and the probability of its parts.
//!
//! In: the scores of each token and the transitions. Out: the best [`Segment`]s, or sums over all
//! paths. A stretch stands between tokens outside any segment.
//!
//! Algorithm: Viterbi and forward-backward over nine closed states (outside, or just past a segment
//! of a label) and eight open ones (inside a segment). Because a segment's begin may only be followed
//! by its own inside and end, a token costs 81 sums rather than the thousand of a full transition
//! matrix. Probabilities stay in range by a scale for each token; their exponentials come from
//! products of a small table, so they are the same on every machine.
//!
//! Invariant: segments are sorted and disjoint. Cost: linear in the stretch, no allocation once the
//! scratch has grown.

use super::table::Small;
use super::{BEGIN, END, INSIDE, LABELS, LANES, OUTSIDE, SINGLE, STATES, Scores, Segment};

/// Less than any path scores, and far from the edge of the type.
const NEVER: i32 = -(1 << 28);

/// How the best path came to a token's states.
#[derive(Clone, Copy, Debug, Default)]
struct Back {
    /// The closed state before each start.
    before: [u8; STATES],
    /// Bit of a label: the open state goes on rather than begins here.
    goes_on: u8,
    /// Bit of a label: the closed state ends a longer segment rather than holds this token alone.
    ends: u8,
}

/// Memory for decoding, to be used again and again.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    back: Vec<Back>,
}

/// Finds the best segments of a stretch and calls `found` with each, last first.
pub fn best(
    scores: &[Scores],
    transitions: &Small,
    scratch: &mut Scratch,
    mut found: impl FnMut(Segment),
) {
    let mut closed = [NEVER; STATES];
    closed[OUTSIDE] = 0;
    let mut open = [NEVER; LABELS];
    scratch.back.clear();
    for lanes in scores {
        let mut back = Back::default();
        let mut start = [i32::MIN; STATES];
        for (state, (score, follow)) in (0u8..).zip(closed.iter().zip(&transitions.follow)) {
            for ((best, before), &step) in start.iter_mut().zip(&mut back.before).zip(follow) {
                let sum = score + i32::from(step);
                if sum > *best {
                    *best = sum;
                    *before = state;
                }
            }
        }
        for label in 0..LABELS {
            let lane = |part: usize| i32::from(lanes[part + label]);
            let (begin, single) = (start[label] + lane(BEGIN), start[label] + lane(SINGLE));
            let on = open[label] + i32::from(transitions.inner[label]) + lane(INSIDE);
            let end = open[label] + i32::from(transitions.last[label]) + lane(END);
            back.goes_on |= u8::from(on > begin) << label;
            back.ends |= u8::from(end > single) << label;
            open[label] = on.max(begin);
            closed[label] = end.max(single);
        }
        closed[OUTSIDE] = start[OUTSIDE];
        // Only differences count; this keeps a long stretch from running out of range.
        let top = closed.iter().chain(&open).fold(i32::MIN, |top, &score| top.max(score));
        closed.iter_mut().chain(&mut open).for_each(|score| *score = (*score - top).max(NEVER));
        scratch.back.push(back);
    }
    let end = |state: usize| closed[state] + i32::from(transitions.follow[state][OUTSIDE]);
    let mut state =
        (0..STATES).fold(OUTSIDE, |best, state| if end(state) > end(best) { state } else { best });
    let mut at = scratch.back.len();
    while let Some(back) = at.checked_sub(1).and_then(|last| scratch.back.get(last)) {
        let mut first = at - 1;
        if state < LABELS {
            if back.ends >> state & 1 == 1 {
                first = first.saturating_sub(1);
                while first > 0 && scratch.back[first].goes_on >> state & 1 == 1 {
                    first -= 1;
                }
            }
            found(Segment { start: first, end: at, label: state });
        }
        state = usize::from(scratch.back[first].before[state]);
        at = first;
    }
}

/// Exponentials of the transitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Odds {
    /// State (row) before another (column).
    pub follow: [[f32; STATES]; STATES],
    /// A further token inside a segment.
    pub inner: [f32; LABELS],
    /// A further token that ends a segment.
    pub last: [f32; LABELS],
}

impl Odds {
    /// The odds of a model's transitions, the likeliest of which counts as one: every path takes
    /// equally many.
    pub fn new(transitions: &Small, powers: &Powers) -> Self {
        let Small { follow, inner, last, .. } = transitions;
        let all = follow.iter().flatten().chain(inner).chain(last);
        let top = i32::from(all.copied().max().unwrap_or_default());
        let odds = |score: i16| powers.below(i32::from(score) - top);
        Self {
            follow: follow.map(|row| row.map(odds)),
            inner: inner.map(odds),
            last: last.map(odds),
        }
    }
}

/// One token of a stretch in the sums.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    /// Exponentials of the scores, and of being outside.
    lanes: [f32; LANES],
    outside: f32,
    /// Sums over the paths up to this token that start something here.
    start: [f32; STATES],
    /// Sums over the paths up to and with this token.
    closed: [f32; STATES],
    open: [f32; LABELS],
    /// One over what the sums were divided by.
    scale: f32,
    /// Sums over the paths after this token.
    after_closed: [f32; STATES],
    after_open: [f32; LABELS],
    /// Sums over the paths from this token on that start something here.
    from_start: [f32; STATES],
}

/// The sums over all paths of a stretch.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    rows: Vec<Row>,
    /// The logarithm of the sum over all paths, less what the callers' shifts took away.
    pub total: f64,
}

impl Sums {
    /// Forgets the last stretch.
    pub fn clear(&mut self) {
        self.rows.clear();
    }

    /// Adds a token by its scores.
    pub fn push_scores(&mut self, scores: &Scores, powers: &Powers) {
        let top = i32::from(scores.iter().copied().fold(0, i16::max));
        let lanes = scores.map(|score| powers.below(i32::from(score) - top));
        self.push(lanes, powers.below(-top));
    }

    /// Adds a token: exponentials of its scores and of being outside, all from zero to one.
    pub fn push(&mut self, lanes: [f32; LANES], outside: f32) {
        self.rows.push(Row { lanes, outside, ..Row::default() });
    }

    /// Computes the sums from both ends.
    pub fn run(&mut self, odds: &Odds) {
        let mut closed = [0.0; STATES];
        closed[OUTSIDE] = 1.0;
        let mut open = [0.0; LABELS];
        self.total = 0.0;
        for row in &mut self.rows {
            let mut start = [0.0; STATES];
            for (sum, follow) in closed.iter().zip(&odds.follow) {
                for (to, step) in start.iter_mut().zip(follow) {
                    *to += sum * step;
                }
            }
            for label in 0..LABELS {
                let lane = |part: usize| row.lanes[part + label];
                let on = open[label] * odds.inner[label] * lane(INSIDE);
                let end = open[label] * odds.last[label] * lane(END);
                open[label] = on + start[label] * lane(BEGIN);
                closed[label] = end + start[label] * lane(SINGLE);
            }
            closed[OUTSIDE] = start[OUTSIDE] * row.outside;
            let sum = closed.iter().chain(&open).sum::<f32>().max(f32::MIN_POSITIVE);
            self.total += f64::from(sum).ln();
            row.scale = sum.recip();
            closed.iter_mut().chain(&mut open).for_each(|score| *score *= row.scale);
            (row.start, row.closed, row.open) = (start, closed, open);
        }
        let mut after_closed = odds.follow.map(|follow| follow[OUTSIDE]);
        let sum: f32 = closed.iter().zip(&after_closed).map(|(a, b)| a * b).sum();
        let sum = sum.max(f32::MIN_POSITIVE);
        self.total += f64::from(sum).ln();
        after_closed.iter_mut().for_each(|score| *score /= sum);
        let mut after_open = [0.0; LABELS];
        for row in self.rows.iter_mut().rev() {
            (row.after_closed, row.after_open) = (after_closed, after_open);
            let mut from = [0.0; STATES];
            for label in 0..LABELS {
                let lane = |part: usize| row.lanes[part + label] * row.scale;
                let (on, end) = (after_open[label], after_closed[label]);
                from[label] = lane(BEGIN) * on + lane(SINGLE) * end;
                after_open[label] =
                    odds.inner[label] * lane(INSIDE) * on + odds.last[label] * lane(END) * end;
            }
            from[OUTSIDE] = row.outside * row.scale * after_closed[OUTSIDE];
            row.from_start = from;
            for (after, follow) in after_closed.iter_mut().zip(&odds.follow) {
                *after = follow.iter().zip(&from).map(|(step, sum)| step * sum).sum();
            }
        }
    }

    /// The probability of a segment, given [`run`](Self::run).
    pub fn of(&self, segment: Segment, odds: &Odds) -> f32 {
        let label = segment.label;
        let Some(rows) = self.rows.get(segment.start..segment.end) else { return 0.0 };
        let [first, middle @ .., last] = rows else {
            let Some(row) = rows.first() else { return 0.0 };
            return row.start[label]
                * row.lanes[SINGLE + label]
                * row.scale
                * row.after_closed[label];
        };
        let begin = first.start[label] * first.lanes[BEGIN + label] * first.scale;
        let on = middle.iter().fold(begin, |product, row| {
            product * odds.inner[label] * row.lanes[INSIDE + label] * row.scale
        });
        on * odds.last[label] * last.lanes[END + label] * last.scale * last.after_closed[label]
    }

    /// The probability of each lane of each token, given [`run`](Self::run).
    pub fn lanes(&self, token: usize, odds: &Odds) -> [f32; LANES] {
        let mut out = [0.0; LANES];
        let Some(row) = self.rows.get(token) else { return out };
        let open = token.checked_sub(1).map_or([0.0; LABELS], |before| self.rows[before].open);
        for label in 0..LABELS {
            let lane = |part: usize| row.lanes[part + label] * row.scale;
            let (on, end) = (row.after_open[label], row.after_closed[label]);
            out[BEGIN + label] = row.start[label] * lane(BEGIN) * on;
            out[INSIDE + label] = open[label] * odds.inner[label] * lane(INSIDE) * on;
            out[END + label] = open[label] * odds.last[label] * lane(END) * end;
            out[SINGLE + label] = row.start[label] * lane(SINGLE) * end;
        }
        out
    }

    /// How many tokens of the stretch are expected inside a segment of each label without ending
    /// it, and how many to end one of several tokens.
    pub fn inside(&self, odds: &Odds) -> ([f32; LABELS], [f32; LABELS]) {
        let (mut inner, mut last) = ([0.0; LABELS], [0.0; LABELS]);
        for token in 0..self.rows.len() {
            let lanes = self.lanes(token, odds);
            for label in 0..LABELS {
                inner[label] += lanes[INSIDE + label];
                last[label] += lanes[END + label];
            }
        }
        (inner, last)
    }

    /// Adds the probability of each transition between states, token by token, to `counts`.
    pub fn count(&self, odds: &Odds, counts: &mut [[f32; STATES]; STATES]) {
        let mut closed = [0.0; STATES];
        closed[OUTSIDE] = 1.0;
        for row in &self.rows {
            for ((count, follow), sum) in counts.iter_mut().zip(&odds.follow).zip(&closed) {
                for ((count, step), from) in count.iter_mut().zip(follow).zip(&row.from_start) {
                    *count += sum * step * from;
                }
            }
            closed = row.closed;
        }
        if let Some(row) = self.rows.last() {
            for (count, (sum, after)) in
                counts.iter_mut().zip(row.closed.iter().zip(&row.after_closed))
            {
                count[OUTSIDE] += sum * after;
            }
        }
    }
}

/// Powers of a number a little below one, from products of two small tables.
#[derive(Clone, Debug)]
pub struct Powers {
    fine: [f32; 32],
    coarse: [f32; 32],
}

impl Powers {
    /// The powers of a number a little below one.
    pub fn new(base: f32) -> Self {
        let mut fine = [1.0; 32];
        for at in 1..32 {
            fine[at] = fine[at - 1] * base;
        }
        let step = fine[31] * base;
        let mut coarse = [1.0; 32];
        for at in 1..32 {
            coarse[at] = coarse[at - 1] * step;
        }
        Self { fine, coarse }
    }

    /// The odds of a score at or below zero.
    #[inline]
    pub fn below(&self, score: i32) -> f32 {
        let steps = score.saturating_neg().clamp(0, 1023) as usize;
        self.fine[steps & 31] * self.coarse[steps >> 5]
    }
}
