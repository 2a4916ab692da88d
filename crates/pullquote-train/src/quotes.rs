//! Trains the quotation model.
//!
//! In: the corpus of attributions. Out: the bytes of a model that the core reads in place.
//!
//! Raw text goes through the core's own stages; gold spans are laid over the units. Features seen
//! once are dropped, weights are trained by [`crf`] and rounded to a byte, and lines without a
//! telling weight are left out.

use crate::crf::{self, Settings, Weights};
use crate::items::NO_LANE;
use crate::pack;
use crate::polnear::{self, Article, Attribution};
use crate::problem::{Piece as Stretch, Problem};
use crate::rank::Choice;
use anyhow::{Context, Result};
use pullquote::Span;
use pullquote::model::table::{self, STEPS};
use pullquote::model::{BEGIN, END, INSIDE, LABELS, LANES, SINGLE, Tagger};
use pullquote::quotes::links::{Candidate, Link, step};
use pullquote::quotes::tags::{Part, Piece};
use pullquote::quotes::training::{ALWAYS, FEATURES, Study};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// Where the corpora lie and what is made of them.
#[derive(Debug, clap::Args)]
pub struct TrainQuotes {
    /// The folder of the corpora.
    #[arg(long)]
    data: PathBuf,
    /// The model's file.
    #[arg(long, default_value = "crates/pullquote-data/model/quotes.bin")]
    out: PathBuf,
}

const SETTINGS: Settings = Settings {
    epochs: 6,
    rate: 0.02,
    penalty: 0.003,
    spread: false,
    caution: 0.000_001,
    seeds: &[1, 2, 3, 4],
};
/// Epochs of the first training, which only chooses the features.
const FIRST: u32 = 2;
/// Features used less often have no line.
const LEAST: usize = 6;
/// Features kept of the others: those that moved the scores most.
const KEEP: usize = 18_000;
/// A line whose weights all lie below this is left out.
const PRUNE: f32 = 0.02;
/// How much more willingly a piece begins than was learned.
const LEAN: f32 = 0.2;
/// Parts of the articles that are held out in turn.
const FOLDS: usize = 2;

/// An article with its study and its gold pieces.
struct Item {
    article: Article,
    study: Study,
    gold: Vec<Piece>,
}

fn load(folder: &std::path::Path) -> Result<Vec<Item>> {
    Ok(polnear::read(folder)?
        .into_iter()
        .map(|article| {
            let study = pullquote::pipeline::study(&article.text);
            let gold = gold(&study, &article.attributions);
            Item { article, study, gold }
        })
        .collect())
}

/// The units that a span covers by more than half.
fn cover(spans: &[Span], span: Span) -> std::ops::Range<usize> {
    let start = spans.partition_point(|unit| unit.end() <= span.start());
    let end = spans.partition_point(|unit| unit.start() < span.end());
    let half = |unit: Span| {
        let shared = unit.end().min(span.end()).saturating_sub(unit.start().max(span.start()));
        shared * 2 >= unit.len()
    };
    let start = (start..end).find(|&at| half(spans[at])).unwrap_or(end);
    let end = (start..end).rev().find(|&at| half(spans[at])).map_or(start, |last| last + 1);
    start..end
}

/// The unit runs of a part, neighbours joined.
fn runs(spans: &[Span], part: &[Span]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for &span in part {
        let run = cover(spans, span);
        if run.is_empty() {
            continue;
        }
        match runs.last_mut() {
            Some(last) if last.end >= run.start => last.end = last.end.max(run.end),
            _ => runs.push(run),
        }
    }
    runs
}

/// The pieces of an article's attributions, none over another.
fn gold(study: &Study, attributions: &[Attribution]) -> Vec<Piece> {
    let spans = study.spans();
    let mut taken = vec![false; spans.len()];
    let mut pieces = Vec::new();
    let mut add = |run: std::ops::Range<usize>, part| {
        if taken[run.clone()].iter().all(|taken| !taken) {
            taken[run.clone()].fill(true);
            pieces.push(Piece { start: run.start, end: run.end, part });
        }
    };
    for attribution in attributions {
        let cue = runs(spans, &attribution.cue).first().cloned();
        let Some(cue) = cue else { continue };
        let contents = runs(spans, &attribution.content);
        let inverted = contents.first().is_some_and(|first| first.start < cue.start);
        add(cue.clone(), if inverted { Part::CueAfter } else { Part::CueBefore });
        for run in runs(spans, &attribution.source) {
            let before = run.start < cue.start;
            add(run, if before { Part::SourceBefore } else { Part::SourceAfter });
        }
        for (number, run) in contents.into_iter().enumerate() {
            let part = match run.start < cue.start {
                true => Part::ContentBefore,
                false if number > 0 => Part::ContentOn,
                false => Part::ContentAfter,
            };
            add(run, part);
        }
    }
    pieces.sort_by_key(|piece| piece.start);
    pieces
}

/// The lanes of a run's units by the pieces that begin in it, cut at its end.
fn lanes(gold: &[Piece], run: &Run) -> Vec<usize> {
    let mut lanes = vec![NO_LANE; run.len()];
    for piece in gold.iter().filter(|piece| run.contains(&piece.start)) {
        let number = Part::ALL.iter().position(|&part| part == piece.part).unwrap_or_default();
        let [start, end] = [piece.start, piece.end.min(run.end)].map(|at| at - run.start);
        match &mut lanes[start..end] {
            [only] => *only = SINGLE + number,
            [first, inner @ .., last] => {
                *first = BEGIN + number;
                inner.fill(INSIDE + number);
                *last = END + number;
            }
            [] => {}
        }
    }
    lanes
}

/// The articles as numbers; features used less than [`LEAST`] times are left out.
fn build(items: &[&Item]) -> Problem {
    let mut problem = Problem::default();
    let mut hashes: Vec<u64> = Vec::new();
    for item in items {
        item.study.runs(|run, lists| {
            let start = problem.gold.len();
            problem.gold.extend(lanes(&item.gold, &run));
            problem.pieces.push(Stretch { start, end: problem.gold.len() });
            for list in lists {
                problem.token(&mut hashes, &[&[ALWAYS], list.hashes()].concat());
            }
        });
    }
    problem.number(&hashes, LEAST);
    problem
}

/// What a model holds beside the tags.
#[derive(Default)]
struct Extra {
    ranks: Vec<(u64, f32)>,
    confidences: [[u8; STEPS]; LABELS],
}

/// Lays the weights out as bytes.
fn lay_out(built: &Problem, weights: &Weights, extra: &Extra) -> Vec<u8> {
    let mut rows = pack::rows(built, weights, PRUNE);
    pack::lean(&mut rows, ALWAYS, LEAN);
    rows.extend(extra.ranks.iter().filter(|row| row.1.abs() >= 0.1).map(|&(feature, weight)| {
        let mut line = [0; LANES];
        line[0] = pack::round(weight);
        (feature, line)
    }));
    // Pieces have no probability, so the worth of a step does not matter.
    table::write(FEATURES, 0, &pack::small(weights, extra.confidences), &[], &rows)
}

/// Learns the tags of some articles: once with all features, then with those that told most.
fn tags(items: &[&Item]) -> (Problem, Weights) {
    let mut built = build(items);
    let weights = crf::train(&built, Settings { epochs: FIRST, ..SETTINGS });
    pack::select(&mut built, &weights, KEEP);
    let weights = crf::train(&built, SETTINGS);
    (built, weights)
}

/// Trains the model and writes it; prints how often what rules alone find is right, which is what
/// `confidence` of `quotes/assemble.rs` in the core says.
///
/// # Errors
/// When a corpus cannot be read or the model not be written.
pub fn train(args: &TrainQuotes) -> Result<()> {
    let folder = args.data.join("quotes").join("polnear");
    let items = load(&folder.join("train"))?;
    // What is linked and judged must not have been learned from, so parts are held out in turn.
    let mut choices = Vec::new();
    let mut folds = Vec::new();
    for fold in 0..FOLDS {
        let rest: Vec<&Item> = pick(&items, |at| at % FOLDS != fold);
        let (built, weights) = tags(&rest);
        let bytes = lay_out(&built, &weights, &Extra::default());
        let tagger = Tagger::read(&bytes, FEATURES)?;
        for item in pick(&items, |at| at % FOLDS == fold) {
            examples(item, &item.study.tag(&tagger), &mut choices);
        }
        folds.push((built, weights));
    }
    for item in &items {
        examples(item, &item.gold, &mut choices);
    }
    let mut extra = Extra { ranks: crate::rank::train(&choices, 8, 0.001), ..Extra::default() };
    let merits = merits(&items, &folds, &extra)?;
    let ranked: Vec<Choice> = merits.iter().map(|row| row.0.clone()).collect();
    extra.ranks.extend(crate::rank::train(&ranked, 8, 0.01));
    extra.ranks.sort_by_key(|row| row.0);
    extra.confidences[0] = confidences(&items, &folds, &extra)?;
    let by_rule = by_rule(&items, &folds, &extra)?;
    drop(folds);
    let all: Vec<&Item> = items.iter().collect();
    let (built, weights) = tags(&all);
    let bytes = lay_out(&built, &weights, &extra);
    std::fs::write(&args.out, &bytes).with_context(|| format!("writing {}", args.out.display()))?;
    std::io::stdout().lock().write_all(by_rule.as_bytes())?;
    Ok(())
}

fn pick(items: &[Item], keep: impl Fn(usize) -> bool) -> Vec<&Item> {
    items.iter().enumerate().filter(|(at, _)| keep(*at)).map(|row| row.1).collect()
}

type Fold = (Problem, Weights);

/// The links of held-out articles as choices between being right and not, and their scores.
fn merits(items: &[Item], folds: &[Fold], extra: &Extra) -> Result<Vec<(Choice, i32)>> {
    let mut found = Vec::new();
    for (number, (built, weights)) in folds.iter().enumerate() {
        let bytes = lay_out(built, weights, extra);
        let tagger = Tagger::read(&bytes, FEATURES)?;
        for item in pick(items, |at| at % FOLDS == number) {
            let pieces = item.study.tag(&tagger);
            item.study.links(&pieces, &tagger, |link, list, score| {
                if link.contents.is_empty() {
                    return;
                }
                let right = usize::from(!is_right(item, link));
                let candidates = vec![list.hashes().to_vec(), Vec::new()];
                found.push((Choice { candidates, right }, score));
            });
        }
    }
    Ok(found)
}

/// How often the links of held-out articles are right, by the step of their score, in 255ths.
fn confidences(items: &[Item], folds: &[Fold], extra: &Extra) -> Result<[u8; STEPS]> {
    let mut counts = [[0_u32; 2]; STEPS];
    for (choice, score) in merits(items, folds, extra)? {
        counts[step(score)][usize::from(choice.right == 0)] += 1;
    }
    let mut last = 0;
    Ok(counts.map(|[wrong, right]| {
        let share = (right * 255 + 20) / (right + wrong + 40).max(1);
        // More merit is never less sure.
        last = last.max(u8::try_from(share).unwrap_or(u8::MAX));
        last
    }))
}

/// How many attributions rules alone find in held-out articles and how many of them are right.
fn by_rule(items: &[Item], folds: &[Fold], extra: &Extra) -> Result<String> {
    let mut counts: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    for (number, (built, weights)) in folds.iter().enumerate() {
        let bytes = lay_out(built, weights, extra);
        let tagger = Tagger::read(&bytes, FEATURES)?;
        for item in pick(items, |at| at % FOLDS == number) {
            let found = pullquote::pipeline::by_rule(&item.article.text, &tagger);
            for found in found.into_iter().filter(|found| !found.nested) {
                let right = is_annotated(item, &found.content, &found.source);
                counts.entry(found.evidence.as_str()).or_default()[usize::from(right)] += 1;
            }
        }
    }
    let mut table = "found by rule alone in held-out articles\tright\tof\n".to_owned();
    for (evidence, [wrong, right]) in counts {
        writeln!(table, "{evidence}\t{right}\t{}", wrong + right)?;
    }
    Ok(table)
}

/// Whether a link agrees with an attribution of the gold in content and source.
fn is_right(item: &Item, link: &Link) -> bool {
    let spans = item.study.spans();
    let bytes = |runs: &[std::ops::Range<usize>]| {
        let run = |run: &std::ops::Range<usize>| {
            let first = spans.get(run.start)?;
            Some(first.cover(*spans.get(run.end.checked_sub(1)?)?))
        };
        runs.iter().filter_map(run).collect::<Vec<Span>>()
    };
    is_annotated(item, &bytes(&link.contents), &bytes(link.source.as_slice()))
}

/// Whether some attribution of the gold agrees by half with a content and with a source.
fn is_annotated(item: &Item, content: &[Span], source: &[Span]) -> bool {
    let agree = |found: &[Span], gold: &[Span]| {
        let shared: usize = found
            .iter()
            .flat_map(|a| gold.iter().map(move |b| (a, b)))
            .map(|(a, b)| a.end().min(b.end()).saturating_sub(a.start().max(b.start())))
            .sum();
        let total = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>();
        let all = total(found) + total(gold) - shared;
        all == 0 || shared * 2 >= all
    };
    let gold = &item.article.attributions;
    gold.iter().any(|gold| agree(content, &gold.content) && agree(source, &gold.source))
}

type Run = std::ops::Range<usize>;

/// An annotated attribution in units.
struct Gold {
    cue: Run,
    source: Vec<Run>,
    contents: Vec<Run>,
}

/// The choices that an article's pieces give, with the right answers.
fn examples(item: &Item, pieces: &[Piece], choices: &mut Vec<Choice>) {
    let spans = item.study.spans();
    let shared = |a: &Run, b: &Run| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let gold: Vec<Gold> = item
        .article
        .attributions
        .iter()
        .filter_map(|attribution| {
            Some(Gold {
                cue: runs(spans, &attribution.cue).into_iter().next()?,
                source: runs(spans, &attribution.source),
                contents: runs(spans, &attribution.content),
            })
        })
        .collect();
    let of_cue = |cue: &Run| {
        gold.iter()
            .filter(|gold| shared(&gold.cue, cue) > 0)
            .max_by_key(|gold| shared(&gold.cue, cue))
    };
    let mut push = |candidates: Vec<Candidate>, right: Option<usize>| {
        if let (Some(right), true) = (right, candidates.len() > 1) {
            let rows = candidates.iter().map(|c| c.features.hashes().to_vec()).collect();
            choices.push(Choice { candidates: rows, right });
        }
    };
    for (at, piece) in pieces.iter().enumerate() {
        let own = piece.start..piece.end;
        if piece.part.is_content() {
            let owner = gold
                .iter()
                .map(|gold| {
                    (gold.contents.iter().map(|run| shared(run, &own)).sum::<usize>(), gold)
                })
                .max_by_key(|row| row.0)
                .filter(|row| row.0 > 0);
            let candidates = item.study.cues(pieces, at);
            let right = match owner {
                None => candidates.iter().position(|c| c.units.is_none()),
                Some((_, gold)) => candidates.iter().position(|c| {
                    c.units.as_ref().is_some_and(|units| shared(units, &gold.cue) > 0)
                }),
            };
            push(candidates, right);
        } else if piece.part.is_cue() {
            let Some(gold) = of_cue(&own) else { continue };
            // The contents as they would be linked: those of the same attribution.
            let contents: Vec<Run> = pieces
                .iter()
                .filter(|piece| piece.part.is_content())
                .map(|piece| piece.start..piece.end)
                .filter(|run| gold.contents.iter().any(|gold| shared(gold, run) > 0))
                .collect();
            let candidates = item.study.sources(pieces, at, &contents);
            let right = match gold.source.first() {
                None => candidates.iter().position(|c| c.units.is_none()),
                Some(source) => candidates
                    .iter()
                    .enumerate()
                    .filter_map(|(at, c)| Some((shared(c.units.as_ref()?, source), at)))
                    .filter(|row| row.0 > 0)
                    .max()
                    .map(|row| row.1),
            };
            push(candidates, right);
        }
    }
}
