//! The command line.
//!
//! In: the arguments. Out: a [`Job`], which says everything the engine needs to know.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use pullquote::{Date, OffsetUnit, Options, RecordOptions};
use pullquote_formats::input::{Fields, Input, InputFormat, InputOptions, parse_date};
use pullquote_formats::output::Report;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) inputs: Vec<Input>,
    pub(crate) input: InputOptions,
    pub(crate) options: Options,
    pub(crate) report: Report,
    pub(crate) jobs: NonZeroUsize,
}

/// Reads the command line.
///
/// # Errors
///
/// What is wrong with it, or the help or version that was asked for.
pub(crate) fn read(args: impl IntoIterator<Item = OsString>) -> Result<Job, clap::Error> {
    Ok(Cli::try_parse_from(args)?.command.job())
}

/// Reads news articles and pulls out who said what.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write everything found, one JSON record for each article
    Parse {
        #[command(flatten)]
        source: Source,
        /// How to write it
        #[arg(long, value_enum, default_value_t = RecordFormat::Jsonl)]
        format: RecordFormat,
        #[command(flatten)]
        offsets: Offsets,
        /// Leave the articles' text out
        #[arg(long)]
        no_text: bool,
        #[command(flatten)]
        beliefs: Beliefs,
    },
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RecordFormat {
    /// One record a line
    Jsonl,
    /// One array
    Json,
}

#[derive(Debug, Args)]
struct Offsets {
    /// What positions count: code points, bytes of UTF-8 or units of UTF-16
    #[arg(
        long,
        value_name = "UNIT",
        default_value = "chars",
        value_parser = PossibleValuesParser::new(["chars", "bytes", "utf16"])
            .try_map(|unit| unit.parse::<OffsetUnit>()),
    )]
    offsets: OffsetUnit,
}

#[derive(Debug, Args)]
struct Beliefs {
    /// Also give beliefs and plans ("he hopes"), which were not said
    #[arg(long)]
    include_beliefs: bool,
}

#[derive(Debug, Args)]
struct Source {
    /// Files, folders (every *.txt and *.jsonl in them) or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// How to read the inputs [default: by the file's ending; text if there is none]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<Layout>,
    /// The JSON field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// The JSON field that names the article
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// The JSON field that holds the date
    #[arg(long, value_name = "NAME", default_value = "date")]
    date_field: String,
    /// The JSON field that holds the title
    #[arg(long, value_name = "NAME", default_value = "title")]
    title_field: String,
    /// The publication date of articles that come without one
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    date: Option<Date>,
    /// Articles parsed at a time [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// How inputs are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// One article
    Text,
    /// One JSON object a line
    Jsonl,
}

impl Command {
    fn job(self) -> Job {
        match self {
            Self::Parse { source, format, offsets, no_text, beliefs } => {
                let options = RecordOptions { offsets: offsets.offsets, text: !no_text };
                let array = format == RecordFormat::Json;
                source.job(Report::Records { array, options }, beliefs.include_beliefs)
            }
        }
    }
}

impl Source {
    fn job(self, report: Report, include_beliefs: bool) -> Job {
        let input = |path: PathBuf| match path.to_str() {
            Some("-") => Input::Stdin,
            _ => Input::Path(path),
        };
        let format = self.input_format.map(|layout| match layout {
            Layout::Text => InputFormat::Text,
            Layout::Jsonl => InputFormat::Jsonl,
        });
        let fields = Fields {
            text: self.text_field,
            id: self.id_field,
            date: self.date_field,
            title: self.title_field,
        };
        Job {
            inputs: self.inputs.into_iter().map(input).collect(),
            input: InputOptions { format, fields, date: self.date, output: None },
            options: Options { include_beliefs },
            report,
            jobs: self
                .jobs
                .or_else(|| thread::available_parallelism().ok())
                .unwrap_or(NonZeroUsize::MIN),
        }
    }
}
