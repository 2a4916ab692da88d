//! Links: which content and which source belong to a cue.
//!
//! In: the pieces that the model tagged, the units, what the patterns found. Out: for each content
//! its candidate cues and for each cue its candidate sources, each with the features by which the
//! trained rankers choose; and [`Link`]s, the choices.
//!
//! Sources are searched for a cue, not cues for a source: two cues may share one ("said A, adding
//! B"), and a source that only the patterns saw is a candidate too. Cost: bounded by [`REACH`]
//! pieces on either side of each piece and [`FAR`] units between two.

use super::features::near;
use super::find::Draft;
use super::tags::Piece;
use super::units::{Tag, Units};
use crate::model::features::{List, pair};
use crate::model::{Scores, Tagger};
use crate::tokens::TokenRange;
use std::ops::Range;

/// How many pieces away a link may reach.
const REACH: usize = 16;
/// How many units apart two linked pieces may be told apart.
const FAR: usize = 80;

/// What one attribution of the patterns is in units.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) cue: Range<usize>,
    pub(super) source: Option<Range<usize>>,
    pub(super) contents: Vec<Range<usize>>,
    /// Its number among the drafts.
    pub(super) draft: usize,
}

/// The units that hold a run of tokens.
pub(super) fn units_of(units: &Units, range: TokenRange) -> Range<usize> {
    let start = units.rows.partition_point(|unit| unit.tokens.end <= range.start);
    let end = units.rows.partition_point(|unit| unit.tokens.start < range.end);
    start..end.max(start)
}

/// The patterns' attributions that have a cue, in order of it.
pub(super) fn patterns(units: &Units, drafts: &[Draft]) -> Vec<Pattern> {
    let mut found: Vec<Pattern> = drafts
        .iter()
        .enumerate()
        .filter_map(|(number, draft)| {
            let cue = draft.cue?;
            Some(Pattern {
                cue: units_of(units, cue.range),
                source: draft.source.map(|source| units_of(units, source)),
                contents: draft.content.iter().map(|&part| units_of(units, part)).collect(),
                draft: number,
            })
        })
        .collect();
    found.sort_by_key(|pattern| pattern.cue.start);
    found
}

/// What links are looked for among.
pub(super) struct Board<'a> {
    pub(super) units: &'a Units,
    pub(super) pieces: &'a [Piece],
    pub(super) patterns: &'a [Pattern],
}

/// The pieces of one attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its cue.
    pub cue: Range<usize>,
    /// Its source.
    pub source: Option<Range<usize>>,
    /// Its contents, in order.
    pub contents: Vec<Range<usize>>,
    /// How often a link like this is right, from 0 to 1.
    pub confidence: f32,
}

/// The features of a candidate or of a link.
pub type Merits = List<16>;

/// A candidate and its features.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its units; `None` is the candidate of having none.
    pub units: Option<Range<usize>>,
    /// Its features.
    pub features: Merits,
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    units: usize,
    breaks: u64,
    signs: u64,
}

impl Board<'_> {
    fn range(piece: &Piece) -> Range<usize> {
        piece.start..piece.end
    }

    fn tag(&self, at: usize) -> u64 {
        self.units.rows.get(at).map_or(0, |unit| u64::from(unit.tag.0))
    }

    fn before(&self, at: usize) -> u64 {
        at.checked_sub(1).map_or(0, |at| self.tag(at))
    }

    /// The pattern's attribution whose cue overlaps a range.
    pub(super) fn pattern(&self, cue: &Range<usize>) -> Option<&Pattern> {
        let at = self.patterns.partition_point(|pattern| pattern.cue.end <= cue.start);
        self.patterns.get(at).filter(|pattern| overlap(&pattern.cue, cue))
    }

    fn gap(&self, a: &Range<usize>, b: &Range<usize>) -> Gap {
        let (from, to) = if a.start < b.start { (a.end, b.start) } else { (b.end, a.start) };
        let mut gap = Gap { units: to.saturating_sub(from), ..Gap::default() };
        // The unit after the gap may open a clause too.
        for unit in self.units.rows.iter().take(to + 1).skip(from).take(FAR) {
            gap.breaks += u64::from(unit.opens);
            gap.signs |= match unit.tag {
                Tag::COMMA => 1,
                Tag::COLON | Tag::SEMICOLON => 2,
                Tag::DASH => 4,
                Tag::THAT => 8,
                tag if tag.is_verb() => 16,
                tag if tag.is_region() => 32,
                _ => 0,
            };
        }
        gap.breaks = gap.breaks.min(3);
        gap
    }

    /// How many cues, sources and contents stand between two pieces, up to two of each.
    fn between(&self, a: usize, b: usize) -> [u64; 3] {
        let (from, to) = if a < b { (a + 1, b) } else { (b + 1, a) };
        let mut counts = [0; 3];
        for piece in self.pieces.get(from..to).unwrap_or_default() {
            let kind =
                if piece.part.is_cue() { 0 } else { 1 + usize::from(piece.part.is_content()) };
            counts[kind] = (counts[kind] + 1).min(2);
        }
        counts
    }

    /// The numbers of the pieces near a piece that are in its stretch.
    fn around(&self, at: usize) -> Range<usize> {
        let Some(piece) = self.pieces.get(at) else { return 0..0 };
        let stretches = &self.units.stretches;
        let stretch = stretches.partition_point(|stretch| stretch.end <= piece.start);
        let Some(stretch) = stretches.get(stretch) else { return 0..0 };
        let mut start = at;
        while start > 0 && at - start < REACH && self.pieces[start - 1].start >= stretch.start {
            start -= 1;
        }
        let mut end = at + 1;
        while end - at <= REACH
            && self.pieces.get(end).is_some_and(|piece| piece.end <= stretch.end)
        {
            end += 1;
        }
        start..end
    }

    /// The cues that a content may belong to, and none.
    pub(super) fn cues(&self, content: usize) -> Vec<Candidate> {
        let Some(piece) = self.pieces.get(content) else { return Vec::new() };
        let own = Self::range(piece);
        let region =
            u64::from(self.units.rows.get(piece.start).is_some_and(|unit| unit.tag.is_region()))
                * 2
                + u64::from(self.units.rows.get(piece.start).is_some_and(|unit| unit.opens));
        let part = piece.part as u64;
        let around = self.around(content);
        let mut found = Vec::with_capacity(around.len() + 1);
        for at in around {
            let cue = &self.pieces[at];
            if !cue.part.is_cue() {
                continue;
            }
            let range = Self::range(cue);
            let gap = self.gap(&own, &range);
            let side = u64::from(at > content);
            let shape = pair(part, pair(side, cue.part as u64));
            let [cues, sources, contents] = self.between(content, at);
            let agrees = self.pattern(&range).map_or(0, |pattern| {
                1 + u64::from(pattern.contents.iter().any(|content| overlap(content, &own)))
            });
            let mut list = Merits::default();
            list.extend([
                (100, shape),
                (101, pair(shape, pair(cues, contents))),
                (102, pair(shape, pair(near(gap.units), cues))),
                (103, pair(shape, pair(gap.breaks, pair(cues, region)))),
                (104, pair(shape, pair(gap.signs, cues))),
                (105, pair(side, pair(self.tag(own.end), self.before(range.start)))),
                (106, pair(side, pair(self.before(own.start), self.tag(range.end)))),
                (107, pair(shape, pair(self.tag(range.start), region))),
                (108, pair(shape, pair(agrees, cues))),
                (109, pair(side, pair(cues, pair(sources, contents)))),
                (110, pair(pair(side, gap.breaks), pair(agrees, near(gap.units)))),
            ]);
            let last = self.units.rows.get(range.end.saturating_sub(1));
            list.add(111, pair(side, pair(last.map_or(0, |unit| unit.low), cues)));
            found.push(Candidate { units: Some(range), features: list });
        }
        let mut list = Merits::default();
        let any = found.len().min(2) as u64;
        list.extend([
            (120, pair(part, any)),
            (121, pair(part, pair(region, any))),
            (122, pair(self.tag(own.start), any)),
            (123, pair(part, pair(near(own.len()), any))),
        ]);
        found.push(Candidate { units: None, features: list });
        found
    }

    /// The sources that a cue may have, and none. `contents` are those linked to it.
    pub(super) fn sources(&self, cue: usize, contents: &[Range<usize>]) -> Vec<Candidate> {
        let Some(piece) = self.pieces.get(cue) else { return Vec::new() };
        let own = Self::range(piece);
        let around = self.around(cue);
        let pattern = self.pattern(&own);
        let mut ranges: Vec<(Range<usize>, Option<usize>)> = around
            .filter(|&at| self.pieces[at].part.is_source())
            .map(|at| (Self::range(&self.pieces[at]), Some(at)))
            .collect();
        if let Some(source) = pattern.and_then(|pattern| pattern.source.clone()) {
            let known = ranges.iter().any(|(range, _)| overlap(range, &source));
            if !known && !source.is_empty() && !overlap(&source, &own) {
                ranges.push((source, None));
            }
        }
        let head = self.units.rows.get(own.end.saturating_sub(1));
        let head_tag = head.map_or(0, |unit| u64::from(unit.tag.0));
        let head_low = head.map_or(0, |unit| unit.low);
        let lead = pair(self.before(own.start), self.tag(own.start));
        let mut found = Vec::with_capacity(ranges.len() + 1);
        for (range, at) in &ranges {
            let before = range.start < own.start;
            let side = u64::from(before);
            let gap = self.gap(range, &own);
            let part = at.map_or(9, |at| self.pieces[at].part as u64);
            let [cues, sources, between] = at.map_or([3; 3], |at| self.between(cue, at));
            let agrees = pattern.map_or(0, |pattern| {
                1 + u64::from(pattern.source.is_some())
                    + u64::from(pattern.source.as_ref().is_some_and(|s| overlap(s, range)))
            });
            let inside = contents.iter().any(|content| overlap(content, range));
            let order = contents.first().map_or(5, |content| {
                u64::from(content.start < own.start) * 2 + u64::from(content.start < range.start)
            });
            let shape = pair(pair(part, side), piece.part as u64);
            let first = self.tag(range.start);
            let mut list = Merits::default();
            list.extend([
                (130, shape),
                (131, pair(shape, pair(cues, pair(sources, between)))),
                (132, pair(shape, pair(near(gap.units), cues))),
                (133, pair(shape, pair(gap.breaks, cues))),
                (134, pair(shape, pair(gap.signs, cues))),
                (135, pair(side, pair(first, pair(head_tag, cues)))),
                (136, pair(side, pair(lead, cues))),
                (137, pair(shape, pair(agrees, cues))),
                (138, pair(shape, pair(order, u64::from(inside)))),
                (139, pair(side, pair(order, pair(near(gap.units), between)))),
                (140, pair(side, pair(self.tag(range.end), self.before(own.start)))),
                (141, pair(side, pair(head_low, cues))),
                (142, pair(side, pair(first, near(gap.units)))),
                (143, pair(agrees, pair(gap.breaks, near(gap.units)))),
            ]);
            found.push(Candidate { units: Some(range.clone()), features: list });
        }
        let mut list = Merits::default();
        let any = found.len().min(2) as u64;
        list.extend([
            (150, any),
            (151, pair(any, head_low)),
            (152, pair(any, head_tag)),
            (153, pair(any, lead)),
            (154, pair(any, pair(piece.part as u64, head_tag))),
            (155, pair(any, pair(head_low, self.before(own.start)))),
        ]);
        let agrees = pattern.map_or(0, |pattern| 1 + u64::from(pattern.source.is_some()));
        list.extend([
            (156, pair(any, pair(agrees, head_tag))),
            (157, pair(any, pair(self.tag(own.end), head_tag))),
        ]);
        found.push(Candidate { units: None, features: list });
        found
    }

    /// The cue of each content and then the source of each cue, by a trained ranker. `judged` hears
    /// each link with the features that tell how good it is and their score.
    pub(super) fn links(
        &self,
        tagger: &Tagger<'_>,
        mut judged: impl FnMut(&Link, &Merits, i32),
    ) -> Vec<Link> {
        let mut contents: Vec<(usize, Range<usize>, i32)> = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            if piece.part.is_content()
                && let (Some(cue), margin) = choose(tagger, self.cues(at))
            {
                contents.push((cue.start, Self::range(piece), margin));
            }
        }
        contents.sort_by_key(|row| (row.0, row.1.start));
        let mut links = Vec::new();
        let mut next = 0;
        for (at, piece) in self.pieces.iter().enumerate() {
            if !piece.part.is_cue() {
                continue;
            }
            while contents.get(next).is_some_and(|row| row.0 < piece.start) {
                next += 1;
            }
            let own = contents.get(next..).unwrap_or_default();
            let own = own.iter().take_while(|row| row.0 == piece.start);
            let least = own.clone().map(|row| row.2).min().unwrap_or_default();
            let own: Vec<Range<usize>> = own.map(|row| row.1.clone()).collect();
            let (source, margin) = choose(tagger, self.sources(at, &own));
            let mut link = Link { cue: Self::range(piece), source, contents: own, confidence: 0.0 };
            let list = self.merits(&link, margin, least);
            let score = score(tagger, &list);
            link.confidence = {
                let found = tagger.small.confidences[0].get(step(score));
                f32::from(found.copied().unwrap_or_default()) / 255.0
            };
            judged(&link, &list, score);
            links.push(link);
        }
        links
    }

    /// The features that tell whether a link is right.
    fn merits(&self, link: &Link, source_margin: i32, content_margin: i32) -> Merits {
        let mut list = Merits::default();
        let unit = |at: usize| self.units.rows.get(at);
        let head = unit(link.cue.end.saturating_sub(1));
        let (head_low, head_tag) = head.map_or((0, 0), |unit| (unit.low, u64::from(unit.tag.0)));
        let pattern = self.pattern(&link.cue);
        let first = link.contents.first();
        let region = first.is_some_and(|first| {
            unit(first.start).is_some_and(|unit| unit.tag.is_region()) && first.len() == 1
        });
        let mixed = first.is_some_and(|first| {
            self.units.rows.get(first.clone()).unwrap_or_default().iter().any(|u| u.tag.is_region())
        });
        let kind = u64::from(region) + u64::from(mixed);
        let before = first.is_some_and(|first| first.start < link.cue.start);
        let agrees = pattern.map_or(0, |pattern| {
            let same = |a: Option<&Range<usize>>, b: Option<&Range<usize>>| match (a, b) {
                (Some(a), Some(b)) if a.start == b.start && a.end.abs_diff(b.end) <= 1 => 2,
                (Some(a), Some(b)) if overlap(a, b) => 1,
                (None, None) => 2,
                _ => 0,
            };
            1 + same(link.source.as_ref(), pattern.source.as_ref())
                + 3 * same(first, pattern.contents.first())
        });
        let bucket = |margin: i32| (margin / 12).clamp(0, 8).unsigned_abs();
        let source = link.source.as_ref();
        let source_tag = source.map_or(0, |source| self.tag(source.start));
        let side = source.map_or(2, |source| u64::from(source.start < link.cue.start));
        let shape = pair(kind, pair(u64::from(before), side));
        list.extend([
            (160, shape),
            (161, pair(shape, agrees)),
            (162, pair(kind, head_low)),
            (163, pair(shape, head_tag)),
            (164, pair(kind, u64::from(bucket(source_margin)))),
            (165, pair(kind, u64::from(bucket(content_margin)))),
            (166, pair(source_tag, head_tag)),
            (167, pair(shape, first.map_or(0, |first| near(first.len())))),
            (168, pair(shape, near(link.cue.len()))),
            (169, pair(kind, first.map_or(0, |first| self.tag(first.start)))),
        ]);
        list
    }
}

/// The score of a list of features: the first lane of their weights.
fn score(tagger: &Tagger<'_>, list: &Merits) -> i32 {
    let mut lanes = Scores::default();
    tagger.score(list.hashes(), &mut lanes);
    i32::from(lanes[0])
}

/// The best candidate, and by how much it leads.
fn choose(tagger: &Tagger<'_>, candidates: Vec<Candidate>) -> (Option<Range<usize>>, i32) {
    let mut best = (i32::MIN, None);
    let mut second = i32::MIN;
    for candidate in candidates {
        let score = score(tagger, &candidate.features);
        if score > best.0 {
            second = best.0;
            best = (score, candidate.units);
        } else {
            second = second.max(score);
        }
    }
    (best.1, best.0.saturating_sub(second))
}

/// The step of confidence that a score of merits falls in.
pub fn step(score: i32) -> usize {
    usize::try_from((score / 8 + 5).clamp(0, 15)).unwrap_or_default()
}
