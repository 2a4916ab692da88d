//! Trains the model that finds names.
//!
//! In: the corpora of labelled articles. Out: the bytes of a model that the core reads in place.
//!
//! The recipe: articles that carry only foreign labels get ours by translation ([`silver`]);
//! weights are trained on all ([`crf`]) and rounded to a byte; lines without a telling weight are
//! left out. How far the model's probabilities can be trusted is measured on a fifth of the
//! articles that a model of the same recipe has not seen.

use crate::corpus;
use crate::crf::{self, Settings, Weights};
use crate::items::{self, Item, load};
use crate::pack;
use crate::problem::Problem;
use crate::silver::{self, Hints};
use anyhow::{Context, Result, ensure};
use pullquote::entities::features::FEATURES;
use pullquote::entities::names::{self, MODEL_LABELS};
use pullquote::model::table::{self, STEPS, step};
use pullquote::model::{LABELS, Tagger};
use std::path::{Path, PathBuf};

/// What to train on.
#[derive(Debug, clap::Args)]
pub struct TrainEntities {
    /// The folder of the project's corpora.
    #[arg(long, required_unless_present = "corpus")]
    data: Option<PathBuf>,
    /// A corpus of your own: one object {"id", "text", "entities": [{"start", "end", "label"}]} a
    /// line, positions in code points. May be given several times.
    #[arg(long)]
    corpus: Vec<PathBuf>,
    /// Where the model goes; by default the one that is built in.
    #[arg(long)]
    out: Option<PathBuf>,
}

const SETTINGS: Settings = Settings {
    epochs: 8,
    rate: 0.3,
    penalty: 0.05,
    spread: true,
    caution: 3.0,
    seeds: &[1, 2, 3, 4],
};
/// What a step of a rounded weight in logarithmic odds is in 65536ths of a halving.
const HALVING: u32 = 3940;
/// A line whose weights all lie below this is left out.
const PRUNE: f32 = 0.15;
/// As above for the model that translates, whose size does not matter.
const PRUNE_SILVER: f32 = 0.02;
/// Features used less often have no line.
const LEAST: usize = 2;
/// Epochs of the first training, which only chooses the features.
const FIRST: u32 = 4;
/// Features kept of the others: those that moved the scores most.
const KEEP: usize = 26_000;
/// One article in so many is held out to measure the confidences.
const HELD: usize = 5;

/// Trains the model and writes it.
///
/// # Errors
/// When a corpus cannot be read or has no name marked, or the model cannot be written.
pub fn train(args: &TrainEntities) -> Result<()> {
    let (mut gold, mut silver) = match &args.data {
        Some(data) => read_project(&data.join("ner"))?,
        None => (Vec::new(), Vec::new()),
    };
    for path in &args.corpus {
        gold.extend(load(path)?);
    }
    ensure!(
        gold.iter().any(|item| item.lanes().iter().any(|&lane| lane != items::NO_LANE)),
        "no name is marked in the corpus; its \"entities\" must have labels that pullquote has, \
         for example PERSON, and positions in code points"
    );
    let gate = items::gate(&gold);
    if !silver.is_empty() {
        let both: Vec<&Item> = gold.iter().filter(|item| item.hints.is_some()).collect();
        let bytes = fit(&both, &gate, true, None);
        let tagger = Tagger::read(&bytes, FEATURES)?;
        for item in &mut silver {
            item.article.spans = silver::translate(item, &gate, &tagger);
        }
    }
    let confidences = calibrate(&gold, &silver, &gate)?;
    let all: Vec<&Item> = gold.iter().chain(&silver).collect();
    let bytes = fit(&all, &gate, false, Some(confidences));
    let built_in = || crate::generate::data_crate().join("model/entities.bin");
    let out = args.out.clone().unwrap_or_else(built_in);
    std::fs::write(&out, &bytes).with_context(|| format!("writing {}", out.display()))
}

/// The project's corpora: articles with our labels, and articles with hints alone.
fn read_project(ner: &Path) -> Result<(Vec<Item>, Vec<Item>)> {
    let file = |name: &str| ner.join(format!("{name}.jsonl"));
    let mut gold = load(&file("ww-clean.train"))?;
    let mut silver = Vec::new();
    for article in corpus::read(&file("ww.train"))? {
        let hints = Hints::older(&article.spans);
        match gold.iter_mut().find(|item| item.article.id == article.id) {
            Some(item) => item.hints = Some(hints),
            None => silver.push(Item::new(article, Some(hints))),
        }
    }
    gold.extend(load(&file("polnear.train"))?);
    gold.extend(load(&file("newswire.train"))?);
    Ok((gold, silver))
}

/// Trains a model and lays it out; without confidences, as one to translate with.
fn fit(
    items: &[&Item],
    gate: &[u64],
    hinted: bool,
    confidences: Option<[[u8; STEPS]; LABELS]>,
) -> Vec<u8> {
    let mut problem = Problem::new(items, gate, hinted, LEAST);
    if !hinted {
        let weights = crf::train(&problem, Settings { epochs: FIRST, seeds: &[1], ..SETTINGS });
        pack::select(&mut problem, &weights, KEEP);
    }
    let weights = crf::train(&problem, SETTINGS);
    lay_out(&problem, &weights, gate, if hinted { PRUNE_SILVER } else { PRUNE }, confidences)
}

fn lay_out(
    problem: &Problem,
    weights: &Weights,
    gate: &[u64],
    prune: f32,
    confidences: Option<[[u8; STEPS]; LABELS]>,
) -> Vec<u8> {
    let small = pack::small(weights, confidences.unwrap_or_default());
    table::write(FEATURES, HALVING, &small, gate, &pack::rows(problem, weights, prune))
}

/// How often a name of each label and step of probability is right, in 255ths, on articles that
/// the model has not seen.
fn calibrate(gold: &[Item], silver: &[Item], gate: &[u64]) -> Result<[[u8; STEPS]; LABELS]> {
    let held = |index: usize| index.is_multiple_of(HELD);
    let seen = gold.iter().enumerate().filter(|(index, _)| !held(*index)).map(|(_, item)| item);
    let seen: Vec<&Item> = seen.chain(silver).collect();
    let bytes = fit(&seen, gate, false, Some([[0; STEPS]; LABELS]));
    let tagger = Tagger::read(&bytes, FEATURES)?;
    let mut counts = [[[0.0f32; 2]; STEPS]; LABELS];
    for item in gold.iter().step_by(HELD) {
        names::spot(item.reading(), &item.layout, &tagger, |span, label, probability| {
            let right = item.article.spans.iter().any(|&(gold, known)| {
                gold == span && MODEL_LABELS.get(label) == Some(&Some(known))
            });
            let [all, hits] = &mut counts[label][step(probability)];
            *all += 1.0;
            *hits += f32::from(u8::from(right));
        });
    }
    Ok(confidences(&counts))
}

/// Shares of hits, drawn towards those of all labels where a label has few, never falling as the
/// probability rises.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 255")]
fn confidences(counts: &[[[f32; 2]; STEPS]; LABELS]) -> [[u8; STEPS]; LABELS] {
    /// As many names of any label count as the label's own.
    const DRAW: f32 = 20.0;
    let all: [f32; STEPS] = std::array::from_fn(|step| {
        let sum = |which: usize| counts.iter().map(|label| label[step][which]).sum::<f32>();
        (sum(1) + 0.5) / (sum(0) + 1.0)
    });
    counts.map(|label| {
        let mut floor = 0.0f32;
        std::array::from_fn(|step| {
            let [count, hits] = label[step];
            floor = floor.max((hits + DRAW * all[step]) / (count + DRAW));
            (floor * 255.0) as u8
        })
    })
}
