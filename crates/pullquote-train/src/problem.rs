//! Training data as numbers.
//!
//! In: articles and the gate. Out: a [`Problem`]: for each token that the model will score, the rows
//! of its features and its gold lane. Features come from the core; those seen too seldom have no
//! row.

use crate::items::{Item, NO_LANE};
use pullquote::entities::features::{Extractor, Features};
use pullquote::entities::names::{self, Stretch};
use pullquote::model::{END, INSIDE, SINGLE};

/// A stretch of tokens.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// First token.
    pub start: usize,
    /// The token after the last one.
    pub end: usize,
}

/// Stretches of tokens as numbers.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// The feature of each row, sorted.
    pub rows: Vec<u64>,
    /// How often each row is used.
    pub counts: Vec<u32>,
    /// The rows of all tokens, one after the other.
    features: Vec<u32>,
    /// Where each token's rows end.
    ends: Vec<usize>,
    /// Each token's gold lane.
    pub gold: Vec<usize>,
    /// The stretches.
    pub pieces: Vec<Piece>,
}

impl Problem {
    /// The rows of a token's features.
    pub fn features(&self, token: usize) -> impl Iterator<Item = usize> {
        let start = token.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(token).copied().unwrap_or_default();
        let rows = self.features.get(start.copied().unwrap_or_default()..end);
        rows.unwrap_or_default().iter().map(|&row| row as usize)
    }

    /// Turns articles into numbers. `hinted` adds the features of hints; features used less than
    /// `least` times get no row.
    pub fn new(items: &[&Item], gate: &[u64], hinted: bool, least: usize) -> Self {
        let mut problem = Self::default();
        let mut hashes: Vec<u64> = Vec::new();
        for item in items {
            let gold = item.lanes();
            each_token(item, gate, hinted, |stretch, tokens| {
                let start = problem.ends.len();
                for token in tokens {
                    problem.token(&mut hashes, &token);
                }
                let mut lanes = gold.get(stretch.tokens.clone()).unwrap_or_default().to_vec();
                drop_cut_names(&mut lanes);
                problem.gold.extend(lanes);
                let end = problem.ends.len();
                problem.pieces.push(Piece { start, end });
            });
        }
        problem.number(&hashes, least);
        problem
    }

    /// Adds a token: its features go to the end of `hashes`.
    pub fn token(&mut self, hashes: &mut Vec<u64>, features: &[u64]) {
        hashes.extend(features);
        self.ends.push(hashes.len());
    }

    /// Gives the features of all tokens their rows; those used less than `least` times get none.
    pub fn number(&mut self, hashes: &[u64], least: usize) {
        let mut sorted = hashes.to_vec();
        sorted.sort_unstable();
        let kept = sorted.chunk_by(u64::eq).filter(|same| same.len() >= least);
        let kept = kept.filter_map(|same| Some((*same.first()?, u32::try_from(same.len()).ok()?)));
        (self.rows, self.counts) = kept.unzip();
        let mut from = 0;
        for end in &mut self.ends {
            let token = hashes.get(from..*end).unwrap_or_default();
            from = *end;
            self.features.extend(token.iter().filter_map(|&hash| row(&self.rows, hash)));
            *end = self.features.len();
        }
    }

    /// Leaves only some rows, given by number in rising order.
    pub fn keep(&mut self, rows: &[usize]) {
        let mut place = vec![None; self.rows.len()];
        for (new, &old) in (0_u32..).zip(rows) {
            if let Some(place) = place.get_mut(old) {
                *place = Some(new);
            }
        }
        let old = std::mem::take(&mut self.features);
        let mut from = 0;
        for end in &mut self.ends {
            let token = old.get(from..*end).unwrap_or_default();
            from = *end;
            self.features.extend(token.iter().filter_map(|&row| place.get(row as usize).copied()?));
            *end = self.features.len();
        }
        self.rows = rows.iter().filter_map(|&row| self.rows.get(row).copied()).collect();
        self.counts = rows.iter().filter_map(|&row| self.counts.get(row).copied()).collect();
    }
}

/// The row of a feature. Hashes are spread evenly, so the search begins where it must almost end.
fn row(rows: &[u64], hash: u64) -> Option<u32> {
    let guess = (u128::from(hash) * rows.len() as u128) >> 64;
    let mut at = usize::try_from(guess).ok()?;
    while at > 0 && rows.get(at).is_none_or(|&row| row > hash) {
        at -= 1;
    }
    while rows.get(at).is_some_and(|&row| row < hash) {
        at += 1;
    }
    if rows.get(at) == Some(&hash) { u32::try_from(at).ok() } else { None }
}

/// Calls `take` with each stretch of an article and its tokens' features.
pub fn each_token(
    item: &Item,
    gate: &[u64],
    hinted: bool,
    mut take: impl FnMut(&Stretch, Vec<Vec<u64>>),
) {
    let extractor = Extractor::new(item.reading(), &item.layout);
    let hints = match &item.hints {
        Some(hints) if hinted => hints.features(item),
        _ => Vec::new(),
    };
    for stretch in names::stretches(item.reading(), |word| gate.binary_search(&word).is_ok()) {
        let tokens = stretch.tokens.clone().map(|at| {
            let mut list = Features::default();
            extractor.fill(&mut list, at, stretch.sentence, &stretch.whole);
            let hints = hints.get(at).into_iter().flatten();
            list.hashes().iter().chain(hints).copied().collect()
        });
        take(&stretch, tokens.collect());
    }
}

/// Unlabels the names that reach past a stretch: they cannot be found whole.
fn drop_cut_names(lanes: &mut [usize]) {
    let whole = |lane: usize| !(INSIDE..SINGLE).contains(&lane);
    let first = lanes.iter().position(|&lane| whole(lane)).unwrap_or(lanes.len());
    lanes.iter_mut().take(first).for_each(|lane| *lane = NO_LANE);
    let closes = |lane: usize| (END..SINGLE).contains(&lane);
    if let Some(last) = lanes.iter().rposition(|&lane| lane < INSIDE)
        && !lanes.iter().skip(last).any(|&lane| closes(lane))
    {
        lanes.iter_mut().skip(last).for_each(|lane| *lane = NO_LANE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::model::BEGIN;

    #[test]
    fn features_seen_too_seldom_have_no_row() {
        let (mut problem, mut hashes) = (Problem::default(), Vec::new());
        problem.token(&mut hashes, &[1, u64::MAX]);
        problem.token(&mut hashes, &[5]);
        problem.token(&mut hashes, &[u64::MAX, 5]);
        problem.number(&hashes, 2);
        assert_eq!((&problem.rows[..], &problem.counts[..]), (&[5, u64::MAX][..], &[2, 2][..]));
        let rows = |token| problem.features(token).collect::<Vec<_>>();
        assert_eq!([rows(0), rows(1), rows(2)], [vec![1], vec![0], vec![1, 0]]);
    }

    #[test]
    fn a_name_that_reaches_past_the_stretch_is_unlabelled() {
        let mut lanes = [END + 1, NO_LANE, SINGLE + 2, BEGIN + 3, INSIDE + 3];
        drop_cut_names(&mut lanes);
        assert_eq!(lanes, [NO_LANE, NO_LANE, SINGLE + 2, NO_LANE, NO_LANE]);
        let mut whole = [BEGIN + 1, INSIDE + 1, END + 1];
        drop_cut_names(&mut whole);
        assert_eq!(whole, [BEGIN + 1, INSIDE + 1, END + 1]);
    }
}
