//! The `pullquote-train` program: builds and checks the data that pullquote ships.

use anyhow::Result;
use clap::{Parser, Subcommand};
use pullquote_train::{generate, tagger};

/// Builds and checks the data that pullquote ships.
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
}

#[derive(Debug, Subcommand)]
enum Train {
    /// The model that finds names.
    Entities(tagger::TrainEntities),
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Generate { check: true } => generate::check(),
        Command::Generate { check: false } => generate::write(),
        Command::Train(Train::Entities(args)) => tagger::train(&args),
    }
}
