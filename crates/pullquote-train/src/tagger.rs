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
use crate::silver::{Gmb, Hints};
use anyhow::{Context, Result};
use pullquote::Span;
use pullquote::entities::Label;
use pullquote::entities::features::{Extractor, FEATURES};
use pullquote::entities::names::{self, Input, MODEL_LABELS};
use pullquote::lexicon::Lexicon;
use pullquote::model::lattice::{Scratch, best};
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
    #[arg(long, default_value_t = 8)]
    epochs: u32,
    /// L2.
    #[arg(long, default_value_t = 0.05)]
    penalty: f32,
    /// i
    #[arg(long, default_value_t = 3.0)]
    init: f32,
    /// i
    #[arg(long, default_value_t = true)]
    standard: bool,
    /// Step.
    #[arg(long, default_value_t = 0.3)]
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
    /// x
    #[arg(long)]
    cross: bool,
    /// x
    #[arg(long, default_value = "none")]
    extra: String,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The word part of every score is a whole number of these.
const UNITS: f32 = 24.0;

/// Everything the stages before the model hand on for an article.
#[derive(Debug)]
pub struct Read {
    text: String,
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
        Self { text: text.to_owned(), layout, sentences, tokens, words }
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

/// An article on its way into training.
#[derive(Debug)]
pub struct Item {
    article: Labelled,
    read: Read,
    other: bool,
    hints: Option<Hints>,
}

impl Item {
    fn new(article: Labelled, hints: Option<Hints>) -> Self {
        let read = Read::new(&article.text);
        Self { article, read, other: false, hints }
    }

    /// The features of its hints, token by token; none for an article without.
    fn hint_features(&self) -> Vec<Vec<u64>> {
        let rows = self.read.words.rows();
        let word = |at: usize| rows.get(at).map_or(0, |word| word.hash);
        let hints = self.hints.as_ref();
        hints.map(|hints| hints.features(self.read.tokens.rows(), word)).unwrap_or_default()
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
            if std::env::var("MISFITS").is_ok() {
                eprintln!(
                    "misfit {:?} {:?}",
                    label,
                    (head.span.start(), span, tail.span.end(), first, end)
                );
                eprintln!(
                    "MF {label:?} [{}] {}",
                    span.of(&read.text),
                    head.span.cover(tail.span).of(&read.text)
                );
            }
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
fn gate(articles: &[Item]) -> Vec<u64> {
    let mut counts: BTreeMap<u64, [u32; 2]> = BTreeMap::new();
    for Item { article, read, other, .. } in articles {
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

fn build(articles: &[&Item], gate: &[u64], args: &TrainEntities, hinted: bool) -> Built {
    let mut problem = Problem::default();
    let mut hashes: Vec<u64> = Vec::new();
    let mut misfits = 0;
    let (mut lost, mut total) = (0, 0);
    for item in articles {
        let Item { article, read, other, .. } = item;
        let hints = if hinted { item.hint_features() } else { Vec::new() };
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
                hashes.extend(hints.get(at).into_iter().flatten());
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
        lost += gold
            .iter()
            .zip(&covered)
            .filter(|(l, c)| **l < NO_LANE && **l % 8 != 7 && !**c)
            .count();
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
fn load(path: &Path) -> Result<Vec<Item>> {
    Ok(corpus::read(path)?.into_iter().map(|article| Item::new(article, None)).collect())
}

/// Trains a model and lays it out.
fn fit(
    articles: &[&Item],
    gate: &[u64],
    args: &TrainEntities,
    hinted: bool,
    prune: f32,
) -> Result<Vec<u8>> {
    let built = build(articles, gate, args, hinted);
    eprintln!(
        "{} rows, {} tokens of {} in {} stretches, {} features",
        built.rows.len(),
        built.problem.ends.len(),
        articles.iter().map(|a| a.read.tokens.len()).sum::<usize>(),
        built.problem.stretches.len(),
        built.problem.features.len()
    );
    let settings = Settings {
        epochs: args.epochs,
        rate: args.rate,
        penalty: args.penalty,
        init: args.init,
        standard: args.standard,
        seed: args.seed,
    };
    let weights = crf::train(&built.problem, settings, |epoch, loss| {
        eprintln!("epoch {epoch}: loss {loss:.4}");
    });
    pack(&built, &weights, gate, prune)
}

/// Labels an article from its text and its hints.
fn translate(item: &Item, tagger: &Tagger<'_>) -> Vec<(Span, Label)> {
    let input = item.read.input(&item.article.text);
    let extractor = Extractor::new(input);
    let hints = item.hint_features();
    let rows = item.read.tokens.rows();
    let mut found = Vec::new();
    for stretch in names::stretches(input, |word| tagger.passes(word)) {
        let scores: Vec<_> = stretch
            .tokens
            .clone()
            .map(|at| {
                let mut lanes = [0; LANES];
                let list = extractor.list(at, stretch.sentence, &stretch.whole);
                let all = list.hashes().iter().chain(hints.get(at).into_iter().flatten());
                all.for_each(|&feature| tagger.add(feature, &mut lanes));
                lanes
            })
            .collect();
        best(&scores, &tagger.small, &mut Scratch::default(), |segment| {
            let first = rows[stretch.tokens.start + segment.start].span;
            let last = rows[stretch.tokens.start + segment.end - 1].span;
            let label = MODEL_LABELS[segment.label].unwrap_or(Label::Date);
            found.push((first.cover(last), label));
        });
    }
    found
}

/// Trains the model and writes it.
///
/// # Errors
/// When a corpus cannot be read or the model not be written.
pub fn train(args: &TrainEntities) -> Result<()> {
    let ner = args.data.join("ner");
    let file = |name: &str| ner.join(format!("{name}.jsonl"));
    let mut gold = load(&file("ww-clean.train"))?;
    let mut extra = Vec::new();
    for article in corpus::read(&file("ww.train"))? {
        let hints = Hints::older(&article.spans);
        match gold.iter_mut().find(|item| item.article.id == article.id) {
            Some(item) => item.hints = Some(hints),
            None => extra.push(Item::new(article, Some(hints))),
        }
    }
    gold.extend(load(&file("polnear.train"))?);
    let gmb = Gmb::read(&ner.join("gmb-silver.tsv"))?;
    let mut taken = Vec::new();
    let start = |id: &str| id.strip_prefix("gmb:").and_then(|start| start.parse::<usize>().ok());
    for article in corpus::read(&file("newswire.train"))? {
        let hints = start(&article.id).map(|start| {
            taken.push(start);
            gmb.hints(start, &article.text)
        });
        gold.push(Item::new(article, hints));
    }
    taken.extend(
        corpus::read(&file("newswire.dev"))?.iter().filter_map(|article| start(&article.id)),
    );
    if args.extra != "old" {
        extra.extend(
            gmb.rest(&taken).into_iter().map(|(article, hints)| Item::new(article, Some(hints))),
        );
    }
    let gate = gate(&gold);
    eprintln!("{} articles, {} more, {} small words pass", gold.len(), extra.len(), gate.len());
    if args.cross {
        for scheme in [1, 2] {
            let held: Vec<usize> = (0..gold.len())
                .filter(|i| {
                    gold[*i].hints.as_ref().is_some_and(|h| h.scheme == scheme) && i % 4 == 0
                })
                .collect();
            let rest: Vec<&Item> = gold
                .iter()
                .enumerate()
                .filter(|(i, item)| item.hints.is_some() && !held.contains(i))
                .map(|x| x.1)
                .collect();
            let bytes = fit(&rest, &gate, args, true, 0.02)?;
            let tagger = Tagger::read(&bytes, FEATURES)?;
            let mut scores = Scores::default();
            for i in held {
                let item = &gold[i];
                scores.add(&item.article.text, &item.article.spans, &translate(item, &tagger));
            }
            eprintln!("scheme {scheme}\n{}", scores.table());
        }
    }
    if args.extra != "none" && args.extra != "other" {
        let both: Vec<&Item> = gold.iter().filter(|item| item.hints.is_some()).collect();
        let bytes = fit(&both, &gate, args, true, 0.02)?;
        let tagger = Tagger::read(&bytes, FEATURES)?;
        for item in &mut extra {
            item.article.spans = translate(item, &tagger);
        }
    }
    if args.extra.starts_with("other") {
        extra.iter_mut().for_each(|item| item.other = true);
    }
    if args.extra == "mixed" {
        extra
            .iter_mut()
            .for_each(|item| item.other = item.hints.as_ref().is_some_and(|h| h.scheme == 2));
    }
    if args.extra == "none" {
        extra.clear();
    }
    if args.extra == "gmb" {
        extra.retain(|item| item.hints.as_ref().is_some_and(|h| h.scheme == 2));
    }
    let all: Vec<&Item> = gold.iter().chain(&extra).collect();
    let bytes = fit(&all, &gate, args, false, args.prune)?;
    std::fs::write(&args.out, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    for name in ["ww-clean.dev", "ww.dev", "polnear.dev", "newswire.dev"] {
        let scores = score(&bytes, &load(&file(name))?)?;
        let f = |n: &str| scores.of(n).figures()[2];
        eprintln!(
            "{name:13} names {:.2} named {:.2} P {:.1} O {:.1} L {:.1} F {:.1} N {:.1} Pr {:.1} M {:.1}",
            f("names"),
            f("named"),
            f("PERSON"),
            f("ORG"),
            f("LOC"),
            f("FAC"),
            f("NORP"),
            f("PRODUCT"),
            f("MISC")
        );
    }
    Ok(())
}

fn score(bytes: &[u8], articles: &[Item]) -> Result<Scores> {
    let tagger = Tagger::read(bytes, FEATURES)?;
    let mut scores = Scores::default();
    for Item { article, read, .. } in articles {
        let found = names::find(read.input(&article.text), &tagger);
        if let Ok(dump) = std::env::var("DUMP") {
            use std::io::Write;
            let mut f = std::fs::OpenOptions::new().append(true).create(true).open(dump)?;
            let point = |b: usize| article.text[..b].chars().count();
            let ents: Vec<_> = found.iter().map(|e| serde_json::json!({"start": point(e.span.start()), "end": point(e.span.end()), "label": e.label.as_str(), "p": e.confidence})).collect();
            writeln!(
                f,
                "{}",
                serde_json::json!({"id": article.id, "text": article.text, "entities": ents})
            )?;
        }
        let found: Vec<_> = found.iter().map(|entity| (entity.span, entity.label)).collect();
        scores.add(&article.text, &article.spans, &found);
    }
    Ok(scores)
}
