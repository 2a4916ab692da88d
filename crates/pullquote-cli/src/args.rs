//! The command line.
//!
//! In: the arguments. Out: a [`Job`], which says everything there is to do. Every flag is declared
//! once and shared by the commands that have it.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Subcommand, ValueEnum};
use pullquote::{Date, OffsetUnit, Options, Parser, RecordOptions};
use pullquote_formats::input::{Fields, Input, InputFormat, InputOptions, parse_date};
use pullquote_formats::model::{ModelFileError, with_model};
use pullquote_formats::output::{Frame, Report, RowFormat, SentenceReport, Table};
use std::ffi::OsString;
use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) inputs: Vec<Input>,
    pub(crate) input: InputOptions,
    pub(crate) parser: Parser,
    pub(crate) wanted: Wanted,
    /// The file to write to; standard output without it.
    pub(crate) output: Option<PathBuf>,
    pub(crate) jobs: NonZeroUsize,
}

impl Job {
    /// What stands around the documents.
    pub(crate) fn frame(&self) -> Frame {
        match &self.wanted {
            Wanted::Documents(report) => report.frame(),
            Wanted::Sentences(report) => report.frame(),
        }
    }
}

/// What is made of the inputs.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Parsed documents.
    Documents(Report),
    /// Sentences, without the rest of the analysis.
    Sentences(SentenceReport),
}

/// Reads the command line. `width` is the terminal's, for tables.
///
/// # Errors
///
/// What is wrong with it, or the help or version that was asked for.
pub(crate) fn read(
    args: impl IntoIterator<Item = OsString>,
    width: usize,
) -> Result<Job, clap::Error> {
    use clap::Parser;

    let wrong = |message: String| Cli::command().error(ErrorKind::ValueValidation, message);
    let job = Cli::try_parse_from(args)?.command.job(width);
    let job = job.map_err(|error| wrong(format!("--model: {error}")))?;
    if let Some(output) = &job.output
        && let Ok(written) = fs::canonicalize(output)
        && job.inputs.iter().any(|input| match input {
            Input::Path(path) => fs::canonicalize(path).is_ok_and(|read| read == written),
            Input::Stdin => false,
        })
    {
        return Err(wrong(format!("{} is also an input; write to another file", output.display())));
    }
    Ok(job)
}

/// Reads news articles and pulls out who said what
#[derive(Debug, clap::Parser)]
#[command(name = "pullquote", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show who said what
    Quotes {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        names: Names,
        #[command(flatten)]
        beliefs: Beliefs,
    },
    /// Show who is who: people, organisations and places with their roles
    People {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        names: Names,
    },
    /// Show people, organisations, places, dates and amounts
    Entities {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        names: Names,
    },
    /// Show the sentences; a text of any size goes through in a few megabytes of memory
    Sentences {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        rows: Rows,
    },
    /// Write all that is found, one JSON record for each article
    Parse {
        #[command(flatten)]
        source: Source,
        /// How to write the records
        #[arg(long, value_enum, default_value_t = RecordFormat::Jsonl)]
        format: RecordFormat,
        #[command(flatten)]
        unit: Unit,
        /// Leave the articles' text out
        #[arg(long)]
        no_text: bool,
        #[command(flatten)]
        names: Names,
        #[command(flatten)]
        beliefs: Beliefs,
    },
    /// Write a page of HTML with the articles and who said what in them
    View {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        names: Names,
        #[command(flatten)]
        beliefs: Beliefs,
    },
}

#[derive(Debug, Args)]
struct Rows {
    /// How to write the rows
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    unit: Unit,
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    /// Comma-separated values
    Csv,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RecordFormat {
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
}

#[derive(Debug, Args)]
struct Unit {
    /// What positions count: Unicode code points, bytes of UTF-8 or units of UTF-16
    #[arg(
        long,
        value_name = "UNIT",
        default_value = OffsetUnit::Chars.as_str(),
        value_parser = PossibleValuesParser::new(UNITS).try_map(|unit| unit.parse::<OffsetUnit>()),
    )]
    offsets: OffsetUnit,
}

const UNITS: [&str; 3] = ["chars", "bytes", "utf16"];

#[derive(Debug, Args)]
struct Names {
    /// Find names by a model of your own, made by `pullquote-train train entities`
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Beliefs {
    /// Also give beliefs and plans ("he hopes"), which were not said
    #[arg(long)]
    include_beliefs: bool,
}

#[derive(Debug, Args)]
struct Source {
    /// Files, folders (every *.txt and *.jsonl in them), or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How to read the inputs [default: by the file's ending, else as text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<Layout>,
    /// The JSON field with the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// The JSON field with the article's name
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// The JSON field with the publication date
    #[arg(long, value_name = "NAME", default_value = "date")]
    date_field: String,
    /// The JSON field with the title
    #[arg(long, value_name = "NAME", default_value = "title")]
    title_field: String,
    /// The publication date of articles that come without one
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    date: Option<Date>,
    /// How many threads parse [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// How inputs are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// One article a file
    Text,
    /// One JSON object a line
    Jsonl,
}

impl Command {
    fn job(self, width: usize) -> Result<Job, ModelFileError> {
        Ok(match self {
            Self::Quotes { source, rows, names, beliefs } => {
                source.job(rows.report(Table::Quotes, width), beliefs.parser(&names)?)
            }
            Self::People { source, rows, names } => {
                source.job(rows.report(Table::People, width), names.parser(Parser::new())?)
            }
            Self::Entities { source, rows, names } => {
                source.job(rows.report(Table::Entities, width), names.parser(Parser::new())?)
            }
            Self::Sentences { source, rows } => {
                let report =
                    SentenceReport { format: rows.format(width), offsets: rows.unit.offsets };
                source.job(Wanted::Sentences(report), Parser::new())
            }
            Self::Parse { source, format, unit, no_text, names, beliefs } => {
                let options = RecordOptions { offsets: unit.offsets, text: !no_text };
                let array = format == RecordFormat::Json;
                let report = Wanted::Documents(Report::Records { array, options });
                source.job(report, beliefs.parser(&names)?)
            }
            Self::View { source, names, beliefs } => {
                let inputs = source.inputs.iter().map(|path| match path.to_string_lossy() {
                    name if name == "-" => "standard input".into(),
                    name => name,
                });
                let title = inputs.collect::<Vec<_>>().join(", ");
                let report = Wanted::Documents(Report::Page { title });
                source.job(report, beliefs.parser(&names)?)
            }
        })
    }
}

impl Names {
    /// `parser` with the model that was named, if one was.
    fn parser(&self, parser: Parser) -> Result<Parser, ModelFileError> {
        match &self.model {
            Some(path) => with_model(parser, path),
            None => Ok(parser),
        }
    }
}

impl Beliefs {
    fn parser(&self, names: &Names) -> Result<Parser, ModelFileError> {
        let Self { include_beliefs } = *self;
        names.parser(Parser::with_options(Options { include_beliefs }))
    }
}

impl Rows {
    fn report(&self, table: Table, width: usize) -> Wanted {
        let (format, offsets) = (self.format(width), self.unit.offsets);
        Wanted::Documents(Report::Rows { table, format, offsets })
    }

    fn format(&self, width: usize) -> RowFormat {
        match self.format {
            Format::Table => RowFormat::Table { width },
            Format::Jsonl => RowFormat::Jsonl,
            Format::Json => RowFormat::Json,
            Format::Csv => RowFormat::Csv,
        }
    }
}

impl Source {
    fn job(self, wanted: Wanted, parser: Parser) -> Job {
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
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Job {
            inputs: self.inputs.into_iter().map(input).collect(),
            input: InputOptions {
                format,
                fields,
                date: self.date,
                output: None,
                in_parts: matches!(wanted, Wanted::Sentences(_)),
            },
            parser,
            wanted,
            output: self.output,
            jobs: self.jobs.unwrap_or_else(cores),
        }
    }
}
