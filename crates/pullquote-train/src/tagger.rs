//! Trains the name model.
//!
//! In: the corpora of labelled articles. Out: the bytes of a model that the core reads in place.
//!
//! Raw text goes through the core's own sentences, tokens, gate and features; gold spans are laid
//! over the tokens by position. Features seen once are dropped, weights are trained by [`crf`],
//! rounded to a byte, and lines without a telling weight are left out.

use crate::corpus::{self, Labelled};
use crate::crf::{self, NO_LANE, Problem, Settings, Weights};
use crate::score_entities::Scores;
use anyhow::{Context, Result};
use pullquote::Span;
use pullquote::entities::features::{Extractor, FEATURES};
use pullquote::entities::names::{self, Input, MODEL_LABELS};
use pullquote::entities::Label;
use pullquote::lexicon::Lexicon;
use pullquote::model::table::{self, STEPS, Small};
use pullquote::model::{BEGIN, END, INSIDE, LANES, SINGLE, Tagger};
use pullquote::{layout, sentences, tokens, words};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the corpora lie and what is made of them.
#[derive(Debug, clap::Args)]
pub struct TrainEntities {
    /// The folder of the corpora.
    #[arg(long)]
    data: PathBuf,
    /// The model's file.
    #[arg(long)]
    out: PathBuf,
    /// Passes over the data.
    #[arg(long, default_value_t = 12)]
    epochs: u32,
    /// L2.
    #[arg(long, default_value_t = 0.003)]
    penalty: f32,
    /// i
    #[arg(long, default_value_t = 0.0)]
    init: f32,
    /// i
    #[arg(long)]
    standard: bool,
    /// Step.
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// Prune.
    #[arg(long, default_value_t = 0.1)]
    prune: f32,
    /// Cut-off.
    #[arg(long, default_value_t = 2)]
    cutoff: usize,
    /// Skipped features.
    #[arg(long, value_delimiter = ',')]
    skip: Vec<u64>,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The word part of every score is a whole number of these.
const UNITS: f32 = 24.0;

/// Everything the stages before the model hand on for an article.
#[derive(Debug)]
pub struct Read {
    layout: layout::Layout,
    sentences: sentences::Sentences,
    tokens: tokens::Tokens,
    words: words::Words,
}

impl Read {
    /// Runs the stages before the model.
    pub fn new(text: &str) -> Self {
        let layout = layout::read(text, None, None);
        let sentences = sentences::split(text, &layout);
        let tokens = tokens::split(text, &sentences);
        let words = words::look_up(text, &tokens, Lexicon::embedded());
        Self { layout, sentences, tokens, words }
    }

    /// The stages' results as the name finder takes them.
    pub fn input<'a>(&'a self, text: &'a str) -> Input<'a> {
        Input {
            text,
            layout: &self.layout,
            sentences: &self.sentences,
            tokens: &self.tokens,
            words: &self.words,
            lexicon: Lexicon::embedded(),
        }
    }
}

/// The lanes of an article's tokens.
fn lanes(read: &Read, spans: &[(Span, Label)], misfits: &mut usize) -> Vec<u8> {
    let rows = read.tokens.rows();
    let mut lanes = vec![NO_LANE; rows.len()];
    for &(span, label) in spans {
        let number = MODEL_LABELS.iter().position(|known| match label {
            Label::Date | Label::Money => known.is_none(),
            label => *known == Some(label),
        });
        let Some(number) = number else { continue };
        let first = rows.partition_point(|token| token.span.end() <= span.start());
        let end = rows.partition_point(|token| token.span.start() < span.end());
        let Some(covered) = rows.get(first..end) else { continue };
        let (Some(head), Some(tail)) = (covered.first(), covered.last()) else { continue };
        if head.span.start() != span.start() || tail.span.end() != span.end() {
            *misfits += 1;
            if std::env::var("MISFITS").is_ok() { eprintln!("misfit {:?} {:?}", label, covered.len()); }
        }
        let lane = |part: usize| u8::try_from(part + number).unwrap_or(NO_LANE);
        if lanes[first..end].iter().any(|&lane| lane != NO_LANE) {
            continue;
        }
        if end - first == 1 {
            lanes[first] = lane(SINGLE);
        } else {
            lanes[first] = lane(BEGIN);
            lanes[first + 1..end - 1].fill(lane(INSIDE));
            lanes[end - 1] = lane(END);
        }
    }
    lanes
}

/// The small words, numbers and signs that are part of a name in at least a tenth of their uses.
fn gate(articles: &[(Labelled, Read, bool)]) -> Vec<u64> {
    let mut counts: BTreeMap<u64, [u32; 2]> = BTreeMap::new();
    for (article, read, other) in articles {
        if *other {
            continue;
        }
        let lanes = lanes(read, &article.spans, &mut 0);
        for ((token, word), &lane) in read.tokens.rows().iter().zip(read.words.rows()).zip(&lanes) {
            if matches!(token.shape, tokens::Shape::Lower | tokens::Shape::None) && word.hash != 0 {
                let row = counts.entry(word.hash).or_default();
                row[0] += 1;
                row[1] += u32::from(lane < NO_LANE && usize::from(lane) % 8 != 7);
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, [all, named])| *named >= 2 && named * 10 >= *all)
        .map(|row| row.0)
        .collect()
}

/// A problem, and the features of its rows.
struct Built {
    problem: Problem,
    rows: Vec<u64>,
}

fn build(articles: &[(Labelled, Read, bool)], gate: &[u64], args: &TrainEntities) -> Built {
    let mut problem = Problem::default();
    let mut hashes: Vec<u64> = Vec::new();
    let mut misfits = 0;
    let (mut lost, mut total) = (0, 0);
    for (article, read, other) in articles {
        let gold = lanes(read, &article.spans, &mut misfits);
        let input = read.input(&article.text);
        let extractor = Extractor::new(input);
        let mut covered = vec![false; gold.len()];
        for stretch in names::stretches(input, |word| gate.binary_search(&word).is_ok()) {
            let start = problem.ends.len();
            for at in stretch.tokens.clone() {
                covered[at] = true;
                let list = extractor.list(at, stretch.sentence, &stretch.whole);
                hashes.extend(list.hashes());
                problem.ends.push(hashes.len());
            }
            // A name that the gate cuts cannot be found whole.
            let mut lanes = gold[stretch.tokens].to_vec();
            let begins = |lane: u8| usize::from(lane) < INSIDE;
            let ends = |lane: u8| (END..SINGLE).contains(&usize::from(lane));
            let mut from = 0;
            while from < lanes.len() && !begins(lanes[from]) && usize::from(lanes[from]) < SINGLE {
                lanes[from] = NO_LANE;
                from += 1;
            }
            if let Some(last) = lanes.iter().rposition(|&lane| begins(lane)) {
                if !lanes[last..].iter().any(|&lane| ends(lane)) {
                    lanes[last..].fill(NO_LANE);
                }
            }
            problem.gold.extend(lanes);
            problem.stretches.push(crf::Stretch { start, end: problem.ends.len(), other: *other });
        }
        total += gold.iter().filter(|&&l| l < NO_LANE && l % 8 != 7).count();
        lost += gold.iter().zip(&covered).filter(|(l, c)| **l < NO_LANE && **l % 8 != 7 && !**c).count();
    }
    eprintln!("misfits {misfits}, tokens of names outside the gate {lost} of {total}");
    let mut rows = hashes.clone();
    rows.sort_unstable();
    let rows: Vec<u64> = rows
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= args.cutoff)
        .map(|same| same[0])
        .collect();
    // Interpolation on the hash, which is even, then a short walk.
    let find = |hash: u64| {
        let mut at = ((u128::from(hash) * rows.len() as u128) >> 64) as usize;
        while at > 0 && rows.get(at).is_none_or(|&row| row > hash) {
            at -= 1;
        }
        while rows.get(at).is_some_and(|&row| row < hash) {
            at += 1;
        }
        (rows.get(at) == Some(&hash)).then_some(at as u32)
    };
    let mut from = 0;
    for end in &mut problem.ends {
        problem.features.extend(hashes[from..*end].iter().filter_map(|&hash| find(hash)));
        from = *end;
        *end = problem.features.len();
    }
    problem.rows = rows.len();
    Built { problem, rows }
}

#[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
fn round(weight: f32) -> i8 {
    (weight * UNITS).round().clamp(-127.0, 127.0) as i8
}

#[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
fn round_wide(weight: f32) -> i16 {
    (weight * UNITS).round().clamp(-9999.0, 9999.0) as i16
}

fn small(weights: &Weights) -> Small {
    Small {
        follow: weights.follow.map(|row| row.map(round_wide)),
        inner: weights.inner.map(round_wide),
        last: weights.last.map(round_wide),
        confidences: [std::array::from_fn(|step| (step * 255 / (STEPS - 1)) as u8); 8],
    }
}

fn pack(built: &Built, weights: &Weights, gate: &[u64], prune: f32) -> Result<Vec<u8>> {
    let telling = |line: &[f32; LANES]| line.iter().any(|weight| weight.abs() >= prune);
    let rows: Vec<(u64, [i8; LANES])> = built
        .rows
        .iter()
        .zip(&weights.rows)
        .filter(|(_, line)| telling(line))
        .map(|(&feature, line)| (feature, line.map(round)))
        .collect();
    eprintln!("{} of {} rows kept", rows.len(), built.rows.len());
    let slots = rows.len() * 5 / 4 + 1;
    let decay = (-1.0 / UNITS).exp();
    table::write(FEATURES, decay, &small(weights), gate, &rows, slots)
        .context("the features cluster; take another number of slots")
}

/// Reads a corpus through the core's stages.
fn load(path: &Path, other: bool) -> Result<Vec<(Labelled, Read, bool)>> {
    let articles = corpus::read(path)?;
    Ok(articles
        .into_iter()
        .map(|article| {
            let read = Read::new(&article.text);
            (article, read, other)
        })
        .collect())
}

/// Trains the model and writes it.
///
/// # Errors
/// When a corpus cannot be read or the model not be written.
pub fn train(args: &TrainEntities) -> Result<()> {
    let ner = args.data.join("ner");
    let mut articles = Vec::new();
    for (name, other) in [("ww-clean.train", false), ("polnear.train", false), ("newswire.train", false), ("ww.train", true)] {
        let known: Vec<String> = articles.iter().map(|(a, _, _): &(Labelled, Read, bool)| a.id.clone()).collect();
        let mut more = load(&ner.join(format!("{name}.jsonl")), other)?;
        more.retain(|(article, _, _)| !known.contains(&article.id));
        articles.extend(more);
    }
    let gate = gate(&articles);
    eprintln!("{} articles, {} small words pass", articles.len(), gate.len());
    let built = build(&articles, &gate, args);
    eprintln!(
        "{} rows, {} tokens of {} in {} stretches, {} features",
        built.rows.len(),
        built.problem.ends.len(),
        articles.iter().map(|a| a.1.tokens.len()).sum::<usize>(),
        built.problem.stretches.len(),
        built.problem.features.len()
    );
    let settings = Settings { epochs: args.epochs, rate: args.rate, penalty: args.penalty, init: args.init, standard: args.standard, seed: args.seed };
    let weights = crf::train(&built.problem, settings, |epoch, loss| {
        eprintln!("epoch {epoch}: loss {loss:.4}");
    });
    let bytes = pack(&built, &weights, &gate, args.prune)?;
    std::fs::write(&args.out, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    for name in ["ww-clean.dev", "ww.dev", "polnear.dev", "newswire.dev"] {
        let scores = score(&bytes, &load(&ner.join(format!("{name}.jsonl")), false)?)?;
        let f = |n: &str| scores.of(n).figures()[2];
        eprintln!("{name:13} names {:.2} named {:.2} P {:.1} O {:.1} L {:.1} F {:.1} N {:.1} Pr {:.1} M {:.1}", f("names"), f("named"), f("PERSON"), f("ORG"), f("LOC"), f("FAC"), f("NORP"), f("PRODUCT"), f("MISC"));
    }
    Ok(())
}

fn score(bytes: &[u8], articles: &[(Labelled, Read, bool)]) -> Result<Scores> {
    let tagger = Tagger::read(bytes, FEATURES)?;
    let mut scores = Scores::default();
    for (article, read, _) in articles {
        let found = names::find(read.input(&article.text), &tagger);
        let found: Vec<_> = found.iter().map(|entity| (entity.span, entity.label)).collect();
        scores.add(&article.text, &article.spans, &found);
    }
    Ok(scores)
}
