//! Trains the ranker of antecedents and writes its table.
//!
//! In: the folder of the corpora: speakers of attributions, pronouns with two names, mention
//! clusters. Out: `model/antecedents.tsv`, one row a feature with a weight for each kind of mention,
//! and from it the generated table that the core reads.
//!
//! Algorithm: the parser puts each choice to a judge, who answers from the annotation where it has
//! an answer and by the weights so far where it has none; choices with an answer are examples.
//! Weights are fitted to the examples by a log-linear model over the candidates and nobody:
//! stochastic gradient steps in an order drawn from a fixed seed, averaged over all steps. Choices
//! depend on those before, so examples are gathered and fitted twice. Deterministic: same corpora,
//! same table.

use anyhow::{Context, Result, ensure};
use pullquote::Parser;
use pullquote::actors::ranker::{FEATURES, Feature, Features, Kind};
use pullquote::actors::training::{Candidate, Choice};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const ROUNDS: usize = 2;
const EPOCHS: u32 = 60;
const RATE: f32 = 0.02;
/// How much each weight shrinks in a step.
const SHRINK: f32 = 3e-3;

type Weights = [[f32; FEATURES]; Kind::ALL.len()];

/// A choice with its answer.
struct Example {
    kind: usize,
    /// Nobody first, then the candidates.
    options: Vec<Features>,
    right: Vec<bool>,
    weight: f32,
}

/// What an annotation says of a mention.
enum Answer {
    /// An actor one of whose names reads so.
    Called(Vec<String>),
    /// An actor one of whose names lies here, in characters.
    At(Vec<(usize, usize)>),
}

/// A text with the answers it has, by the characters of the mention.
struct Article {
    text: String,
    answers: BTreeMap<(usize, usize), Answer>,
    weight: f32,
}

#[derive(Deserialize)]
struct Speakers {
    text: String,
    quotes: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    source: Vec<(usize, usize)>,
    speaker: Option<String>,
    aliases: Vec<String>,
    form: String,
}

#[derive(Deserialize)]
struct Gap {
    text: String,
    pronoun: Place,
    a: Place,
    b: Place,
}

#[derive(Deserialize)]
struct Place {
    start: usize,
    end: usize,
    #[serde(default)]
    coref: bool,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct Clustered {
    text: String,
    split: String,
    clusters: Vec<Cluster>,
}

#[derive(Deserialize)]
struct Cluster {
    mentions: Vec<Place>,
}

/// Trains on the corpora below `folder` and returns the readable table.
///
/// # Errors
/// When a corpus cannot be read.
pub fn train(folder: &Path) -> Result<String> {
    let articles = articles(folder)?;
    let mut weights: Weights = [[0.0; FEATURES]; Kind::ALL.len()];
    // Before the first round, the last mentioned.
    for row in &mut weights {
        row[Feature::Latest as usize] = 1.0;
    }
    for _ in 0..ROUNDS {
        let examples: Vec<Example> =
            articles.iter().flat_map(|article| examples(article, &weights)).collect();
        weights = fit(&examples);
    }
    let mut table = String::from(
        "# antecedents.tsv: weights of the ranker of antecedents\n\
         # columns: feature, weight for pronouns, for roles, for bodies\n\
         # source: trained by `pullquote-train antecedents`\n",
    );
    for (at, name) in Feature::NAMES.iter().enumerate() {
        let _ = write!(table, "{name}");
        for row in &weights {
            let _ = write!(table, "\t{:.2}", row[at]);
        }
        table.push('\n');
    }
    Ok(table)
}

/// The generated table, from the readable one.
///
/// # Errors
/// When a row does not have a feature and a weight for each kind.
pub fn generated(table: &str) -> Result<String> {
    let mut out = String::from(
        "// Made by `cargo run -p pullquote-train -- generate`; do not edit.\n\
         // Source: model/antecedents.tsv.\n\n\
         /// The ranker of antecedents: each feature with its weight for pronouns, roles and bodies.\n\
         #[rustfmt::skip]\n\
         pub const ANTECEDENTS: &[(&str, [f32; 3])] = &[\n",
    );
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        ensure!(columns.len() == 1 + Kind::ALL.len(), "antecedents.tsv: {line}");
        let weights = columns[1..].iter().map(|weight| Ok(weight.parse::<f32>()?));
        let weights = weights.collect::<Result<Vec<f32>>>().context("antecedents.tsv")?;
        let weights: Vec<String> = weights.iter().map(|weight| format!("{weight:?}")).collect();
        let _ = writeln!(out, "    (\"{}\", [{}]),", columns[0], weights.join(", "));
    }
    out.push_str("];\n");
    Ok(out)
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn articles(folder: &Path) -> Result<Vec<Article>> {
    let mut articles = Vec::new();
    for row in lines::<Speakers>(&folder.join("speakers/polnear-train.jsonl"))? {
        let mut answers = BTreeMap::new();
        for quote in row.quotes {
            let asked = matches!(quote.form.as_str(), "pronoun" | "relative" | "role" | "org");
            let (Some(&source), true) = (quote.source.first(), asked) else { continue };
            let names = quote.speaker.into_iter().chain(quote.aliases);
            let names = names.map(|name| name.to_lowercase()).collect();
            answers.insert(source, Answer::Called(names));
        }
        articles.push(Article { text: row.text, answers, weight: 2.0 });
    }
    for row in lines::<Gap>(&folder.join("coref/gap.train.jsonl"))? {
        let right = [row.a, row.b].into_iter().filter(|place| place.coref);
        let right: Vec<_> = right.map(|place| (place.start, place.end)).collect();
        if !right.is_empty() {
            let at = (row.pronoun.start, row.pronoun.end);
            let answers = BTreeMap::from([(at, Answer::At(right))]);
            articles.push(Article { text: row.text, answers, weight: 1.0 });
        }
    }
    for row in lines::<Clustered>(&folder.join("coref/gum-clusters.jsonl"))? {
        if row.split != "train" {
            continue;
        }
        let mut answers = BTreeMap::new();
        for cluster in row.clusters {
            let place = |mention: &Place| (mention.start, mention.end);
            let named = |mention: &&Place| mention.kind == "NAM";
            let names: Vec<_> = cluster.mentions.iter().filter(named).map(place).collect();
            for mention in cluster.mentions.iter().filter(|mention| mention.kind != "NAM") {
                answers.insert(place(mention), Answer::At(names.clone()));
            }
        }
        articles.push(Article { text: row.text, answers, weight: 1.0 });
    }
    Ok(articles)
}

/// The examples of one article.
fn examples(article: &Article, weights: &Weights) -> Vec<Example> {
    let text = article.text.as_str();
    // The character that begins at each byte.
    let mut places = vec![0; text.len() + 1];
    for (count, (at, _)) in text.char_indices().enumerate() {
        places[at] = count;
    }
    places[text.len()] = text.chars().count();
    let chars = |span: pullquote::Span| (places[span.start()], places[span.end()]);
    let mut examples = Vec::new();
    Parser::choices(text, &mut |choice: &Choice<'_>| {
        let kind = choice.kind as usize;
        let mut options = vec![choice.nobody];
        options.extend(choice.candidates.iter().map(|candidate| candidate.features));
        let Some(answer) = article.answers.get(&chars(choice.span)) else {
            return best(&options, &weights[kind]).checked_sub(1);
        };
        let fits = |candidate: &Candidate| {
            choice.names.iter().filter(|name| name.actor == candidate.actor).any(
                |name| match answer {
                    Answer::Called(names) => names.contains(&name.span.of(text).to_lowercase()),
                    Answer::At(spans) => {
                        let (start, end) = chars(name.span);
                        spans.iter().any(|span| span.0 <= start && end <= span.1)
                    }
                },
            )
        };
        let mut right: Vec<bool> = choice.candidates.iter().map(fits).collect();
        let first = right.iter().position(|right| *right);
        right.insert(0, first.is_none());
        // A pronoun whose bearer is not among the candidates teaches nothing about nobody.
        if first.is_some() || choice.kind != Kind::Pronoun {
            examples.push(Example { kind, options, right, weight: article.weight });
        }
        first
    });
    examples
}

/// The number of the best option; nobody's on a tie.
fn best(options: &[Features], weights: &[f32; FEATURES]) -> usize {
    let scores = options.iter().map(|option| score(option, weights));
    let best = scores.enumerate().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(0, |best| best.0)
}

fn score(option: &Features, weights: &[f32; FEATURES]) -> f32 {
    option.0.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Fits the weights to the examples.
fn fit(examples: &[Example]) -> Weights {
    let mut weights: Weights = [[0.0; FEATURES]; Kind::ALL.len()];
    let mut sums = weights;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x5DEE_CE66_D1CE_4E5B_u64;
    let mut steps = 0.0_f32;
    for epoch in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let draw = usize::try_from(state >> 33).unwrap_or_default() % (at + 1);
            order.swap(at, draw);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few dozen epochs")]
        let rate = RATE / (1.0 + epoch as f32 / 5.0);
        for example in order.iter().filter_map(|&at| examples.get(at)) {
            let row = &mut weights[example.kind];
            let scores: Vec<f32> = example.options.iter().map(|o| score(o, row)).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let odds: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f32 = odds.iter().sum();
            let good: f32 = odds.iter().zip(&example.right).filter(|o| *o.1).map(|o| o.0).sum();
            for ((option, odd), right) in example.options.iter().zip(&odds).zip(&example.right) {
                let wanted = if *right { odd / good.max(1e-9) } else { 0.0 };
                let step = rate * example.weight * (wanted - odd / all);
                for (weight, value) in row.iter_mut().zip(option.0) {
                    *weight += step * value - rate * SHRINK * *weight;
                }
            }
        }
        steps += 1.0;
        for (sum, row) in sums.iter_mut().flatten().zip(weights.iter().flatten()) {
            *sum += row;
        }
    }
    sums.iter_mut().flatten().for_each(|sum| *sum /= steps);
    sums
}
