//! Decoding: the best path through a stretch of tokens, and the probability of its parts.
//!
//! In: the scores of each token and the transitions. Out: the best [`Segment`]s, or sums over all
//! paths. A stretch stands between tokens outside any segment.
//!
//! Algorithm: Viterbi and forward-backward over nine closed states (outside, or just past a segment
//! of a label) and eight open ones (inside a segment). Because a segment's begin may only be followed
//! by its own inside and end, a token costs 81 sums at most rather than the thousand of a full transition
//! matrix. Probabilities stay in range by a scale for each token; they come from whole numbers and a
//! polynomial, so they are the same on every machine.
//!
//! Invariant: segments are sorted and disjoint. Cost: linear in the stretch, no allocation once the
//! scratch has grown.

use super::table::Small;
use super::{BEGIN, END, INSIDE, LABELS, LANES, OUTSIDE, SINGLE, STATES, Scores, Segment};

/// Less than any path scores.
const NEVER: i16 = i16::MIN;

/// How the best path came to a token's states.
#[derive(Clone, Copy, Debug)]
struct Back {
    /// The best scores before the token, by its closed states.
    closed: [i16; STATES],
    /// Whether the best path that is outside here was outside before, as it mostly was.
    stays: bool,
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
///
/// Scores are sixteen bits, so that eight labels are one step of the processor; they count from the
/// best path of each token, and a path that falls out of their range stays at the least.
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
    // What coming from a label rather than from outside gains at most: mostly, too little.
    let from_outside = &transitions.follow[OUTSIDE];
    let gains: [i16; LABELS] = std::array::from_fn(|label| {
        let gains = transitions.follow[label].iter().zip(from_outside);
        gains.map(|(step, outside)| step.saturating_sub(*outside)).max().unwrap_or_default()
    });
    for lanes in scores {
        let mut back = Back { closed, stays: false, goes_on: 0, ends: 0 };
        let outside = closed[OUTSIDE];
        let mut start = transitions.follow[OUTSIDE].map(|step| outside.saturating_add(step));
        let others = closed.iter().zip(&gains);
        if others.into_iter().any(|(score, &gain)| score.saturating_add(gain) > outside) {
            for (&score, follow) in closed.iter().zip(&transitions.follow) {
                for (best, &step) in start.iter_mut().zip(follow) {
                    *best = (*best).max(score.saturating_add(step));
                }
            }
        }
        let mut parts = lanes.as_chunks::<LABELS>().0.iter();
        let [begin, inside, end, single] =
            std::array::from_fn(|_| parts.next().copied().unwrap_or_default());
        let mut top = start[OUTSIDE];
        for label in 0..LABELS {
            let begin = start[label].saturating_add(begin[label]);
            let single = start[label].saturating_add(single[label]);
            let on = open[label].saturating_add(transitions.inner[label]);
            let on = on.saturating_add(inside[label]);
            let end =
                open[label].saturating_add(transitions.last[label]).saturating_add(end[label]);
            back.goes_on |= u8::from(on > begin) << label;
            back.ends |= u8::from(end > single) << label;
            open[label] = on.max(begin);
            closed[label] = end.max(single);
            top = top.max(open[label]).max(closed[label]);
        }
        let stay = closed[OUTSIDE].saturating_add(transitions.follow[OUTSIDE][OUTSIDE]);
        back.stays = stay == start[OUTSIDE];
        closed[OUTSIDE] = start[OUTSIDE];
        closed.iter_mut().chain(&mut open).for_each(|score| *score = score.saturating_sub(top));
        scratch.back.push(back);
    }
    // Which closed state the best path into a state comes from; outside where two are equal.
    let before = |closed: &[i16; STATES], state: usize| {
        let into = |from: usize| closed[from].saturating_add(transitions.follow[from][state]);
        (0..STATES).fold(OUTSIDE, |best, from| if into(from) > into(best) { from } else { best })
    };
    let mut state = before(&closed, OUTSIDE);
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
        let row = &scratch.back[first];
        state = if state == OUTSIDE && row.stays { OUTSIDE } else { before(&row.closed, state) };
        at = first;
    }
}

/// The odds of the transitions.
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
    pub fn new(transitions: &Small, halving: u32) -> Self {
        let Small { follow, inner, last, .. } = transitions;
        let all = follow.iter().flatten().chain(inner).chain(last);
        let top = i32::from(all.copied().max().unwrap_or_default());
        let odds = |score: i16| below(top - i32::from(score), halving);
        Self {
            follow: follow.map(|row| row.map(odds)),
            inner: inner.map(odds),
            last: last.map(odds),
        }
    }
}

/// The odds of lying `steps` below the best: a half to the power of `steps * halving / 65536`.
///
/// Whole numbers and a polynomial, so that every machine gives the same bits; right to a thousandth.
#[inline]
fn below(steps: i32, halving: u32) -> f32 {
    let halvings = steps.clamp(0, 0x1FFF).cast_unsigned().wrapping_mul(halving.min(0xFFFF));
    let whole = (halvings >> 16).min(126);
    #[expect(clippy::cast_precision_loss, reason = "sixteen bits")]
    let part = (halvings & 0xFFFF).cast_signed() as f32 * (1.0 / 65536.0);
    let curve = 0.240_227 + part * (-0.055_504 + part * 0.008_424);
    let power = 1.0 + part * (part * curve - std::f32::consts::LN_2);
    power * f32::from_bits((127 - whole) << 23)
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
}

impl Sums {
    /// Forgets the last stretch.
    pub fn clear(&mut self) {
        self.rows.clear();
    }

    /// Adds a token by its scores.
    pub fn push_scores(&mut self, scores: &Scores, halving: u32) {
        let top = i32::from(scores.iter().copied().fold(0, i16::max));
        let lanes = scores.map(|score| below(top - i32::from(score), halving));
        self.push(lanes, below(top, halving));
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
            row.scale = sum.recip();
            closed.iter_mut().chain(&mut open).for_each(|score| *score *= row.scale);
            (row.start, row.closed, row.open) = (start, closed, open);
        }
        let mut after_closed = odds.follow.map(|follow| follow[OUTSIDE]);
        let sum: f32 = closed.iter().zip(&after_closed).map(|(a, b)| a * b).sum();
        let sum = sum.max(f32::MIN_POSITIVE);
        for score in &mut after_closed {
            *score /= sum;
        }
        let mut after_open = [0.0; LABELS];
        // By column, so that the sums below run over neighbours in memory.
        let before: [[f32; STATES]; STATES] =
            std::array::from_fn(|to| std::array::from_fn(|from| odds.follow[from][to]));
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
            after_closed = [0.0; STATES];
            for (sum, before) in from.iter().zip(&before) {
                for (after, step) in after_closed.iter_mut().zip(before) {
                    *after += sum * step;
                }
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

    /// How often each transition between states is expected in the stretch, given
    /// [`run`](Self::run).
    pub fn count(&self, odds: &Odds) -> [[f32; STATES]; STATES] {
        let mut counts = [[0.0; STATES]; STATES];
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
            let ends = row.closed.iter().zip(&row.after_closed);
            for (count, (sum, after)) in counts.iter_mut().zip(ends) {
                count[OUTSIDE] += sum * after;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALVING: u32 = 3940;

    /// Transitions that favour nothing.
    fn flat() -> Small {
        Small {
            follow: [[0; STATES]; STATES],
            inner: [0; LABELS],
            last: [0; LABELS],
            confidences: [[0; 16]; LABELS],
        }
    }

    /// Scores that are high in these lanes and low elsewhere.
    fn high(lanes: &[usize]) -> Scores {
        std::array::from_fn(|lane| if lanes.contains(&lane) { 90 } else { -90 })
    }

    fn segments(scores: &[Scores], transitions: &Small) -> Vec<Segment> {
        let mut found = Vec::new();
        best(scores, transitions, &mut Scratch::default(), |segment| found.push(segment));
        found.reverse();
        found
    }

    #[test]
    fn follows_the_scores_where_they_make_a_path() {
        let scores = [
            high(&[BEGIN + 2]),
            high(&[INSIDE + 2]),
            high(&[END + 2]),
            high(&[]),
            high(&[SINGLE + 5]),
            high(&[SINGLE + 1]),
        ];
        let want = [(0, 3, 2), (4, 5, 5), (5, 6, 1)];
        let want = want.map(|(start, end, label)| Segment { start, end, label });
        assert_eq!(segments(&scores, &flat()), want);
    }

    #[test]
    fn never_leaves_a_segment_open() {
        assert_eq!(segments(&[high(&[BEGIN]), high(&[])], &flat()), []);
        let pair = segments(&[high(&[BEGIN, SINGLE]), high(&[INSIDE])], &flat());
        assert_eq!(pair, [Segment { start: 0, end: 1, label: 0 }]);
        assert_eq!(segments(&[], &flat()), []);
    }

    #[test]
    fn transitions_decide_where_scores_do_not() {
        let mut transitions = flat();
        transitions.follow[3][3] = -200;
        let scores = [high(&[SINGLE + 3]), high(&[SINGLE + 3, SINGLE + 4])];
        let labels: Vec<_> =
            segments(&scores, &transitions).iter().map(|found| found.label).collect();
        assert_eq!(labels, [3, 4]);
    }

    #[test]
    fn probabilities_agree_with_counting_paths() {
        // One token that may be outside or one of eight singles, all equally likely.
        let odds = Odds::new(&flat(), HALVING);
        let mut scores = [i16::MIN; LANES];
        scores[SINGLE..].fill(0);
        let mut sums = Sums::default();
        sums.push_scores(&scores, HALVING);
        sums.run(&odds);
        let probability = sums.of(Segment { start: 0, end: 1, label: 4 }, &odds);
        assert!((probability - 1.0 / 9.0).abs() < 1e-3, "{probability}");
        let lanes: f32 = sums.lanes(0, &odds).iter().sum();
        assert!((lanes - 8.0 / 9.0).abs() < 1e-3, "{lanes}");
        let count: f32 = sums.count(&odds).as_flattened().iter().sum();
        assert!((count - 2.0).abs() < 1e-3, "into the token and out of it: {count}");
    }

    #[test]
    fn a_long_stretch_of_extremes_stays_in_range() {
        let scores = vec![[i16::MAX; LANES]; 5000];
        let found = segments(&scores, &flat());
        assert!(found.is_sorted_by_key(|segment| segment.start));
        let odds = Odds::new(&flat(), HALVING);
        let mut sums = Sums::default();
        for lanes in &scores {
            sums.push_scores(lanes, HALVING);
        }
        sums.run(&odds);
        let sum: f32 = sums.lanes(2500, &odds).iter().sum();
        assert!((sum - 1.0).abs() < 1e-2, "{sum}");
    }

    #[test]
    fn halves_as_often_as_asked() {
        assert!((below(0, 65536 / 8) - 1.0).abs() < 1e-6);
        assert!((below(8, 65536 / 8) - 0.5).abs() < 1e-3);
        assert!((below(24, HALVING) - (-1f32).exp()).abs() < 1e-3);
        assert!(below(i32::MAX, HALVING) < 1e-30);
    }
}
