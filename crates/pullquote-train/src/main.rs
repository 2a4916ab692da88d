//! The `pullquote-train` program: builds, checks and scores the data that pullquote ships.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand, ValueEnum};
use pullquote_train::{antecedents, generate, quotes, score_entities, tagger, words};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Builds, checks and scores the data that pullquote ships.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the tables of pullquote-data from its readable lists.
    Generate {
        /// Write nothing; fail when a file differs from what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Trains a model.
    #[command(subcommand)]
    Train(Train),
    /// Trains the ranker of antecedents and writes model/antecedents.tsv; run `generate` after it.
    Antecedents {
        /// The folder that holds speakers/ and coref/.
        corpora: PathBuf,
    },
    /// Scores what is found against an annotated file.
    Score {
        /// What to score.
        task: Task,
        /// The annotated file.
        file: PathBuf,
        /// Print up to so many errors.
        #[arg(long, default_value_t = 0)]
        errors: usize,
        /// Use this model, for `entities`, instead of the one built in.
        #[arg(long)]
        model: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum Train {
    /// The model that finds attributions.
    Quotes(quotes::TrainQuotes),
    /// The model that finds names.
    Entities(tagger::TrainEntities),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Task {
    /// Words, against CoNLL-U.
    Tokens,
    /// Entities, against articles with labelled spans.
    Entities,
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Generate { check: true } => generate::check(),
        Command::Generate { check: false } => generate::write(),
        Command::Train(Train::Quotes(args)) => quotes::train(&args),
        Command::Train(Train::Entities(args)) => tagger::train(&args),
        Command::Antecedents { corpora } => {
            let path = generate::data_crate().join("model/antecedents.tsv");
            std::fs::write(&path, antecedents::train(&corpora)?)
                .with_context(|| format!("writing {}", path.display()))
        }
        Command::Score { task: Task::Tokens, file, errors, .. } => score_tokens(&file, errors),
        Command::Score { task: Task::Entities, file, errors, model } => {
            let out = &mut std::io::stdout().lock();
            score_entities::run(&file, model.as_deref(), errors, out)
        }
    }
}

/// Prints the score of the words and the first `errors` misses.
fn score_tokens(file: &Path, errors: usize) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut shown = Vec::new();
    let score = words::score(&text, |miss| {
        if shown.len() < errors {
            shown.push(miss);
        }
    })?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{score}")?;
    for miss in shown {
        let kind = if miss.expected { "missed" } else { "false" };
        writeln!(out, "{kind}\t{}\t{}", miss.word, miss.context.replace('\n', " ⏎ "))?;
    }
    Ok(())
}
