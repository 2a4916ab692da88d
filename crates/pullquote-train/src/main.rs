//! The `pullquote-train` program's entry.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand, ValueEnum};
use pullquote_train::words;
use std::io::Write;
use std::path::PathBuf;

#[derive(Parser)]
#[command(about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scores what is found against an annotated file.
    Score {
        /// What to score.
        task: Task,
        /// The annotated file.
        file: PathBuf,
        /// Print up to so many errors.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Task {
    /// Words, against CoNLL-U.
    Tokens,
}

fn main() -> Result<()> {
    let Command::Score { task: Task::Tokens, file, errors } = Args::parse().command;
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
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
