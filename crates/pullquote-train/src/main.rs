//! The `pullquote-train` program: builds and checks the data that pullquote ships.

use anyhow::Result;
use clap::{Parser, Subcommand};
use pullquote_train::generate;

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
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Generate { check: true } => generate::check(),
        Command::Generate { check: false } => generate::write(),
    }
}
