//! The command line.
//!
//! In: the arguments. Out: a [`Job`], which says everything there is to do. Every flag is declared
//! once and shared by the commands that have it.

mod form;
mod source;

pub(crate) use form::StatsForm;
pub(crate) use source::Target;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Subcommand, ValueEnum};
use form::{Format, one_of};
use pullquote::{OffsetUnit, Options, Parser, RecordOptions};
use pullquote_formats::input::{Input, InputOptions};
use pullquote_formats::model::with_model;
use pullquote_formats::output::{ColumnFile, Report, RowFormat, Table};
use pullquote_formats::packed::Packing;
use source::Source;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) inputs: Vec<Input>,
    pub(crate) input: InputOptions,
    pub(crate) parser: Parser,
    pub(crate) report: Report,
    pub(crate) target: Target,
    pub(crate) packing: Packing,
    /// The ending of files in an output folder, with its dot.
    pub(crate) ending: String,
    pub(crate) jobs: NonZeroUsize,
    /// Where bad records are written.
    pub(crate) errors: Option<PathBuf>,
    pub(crate) resume: bool,
    pub(crate) quiet: bool,
}

/// What is counted, and how it is written.
#[derive(Debug)]
pub(crate) struct Counting {
    pub(crate) inputs: Vec<Input>,
    pub(crate) top: usize,
    pub(crate) form: StatsForm,
    /// Standard output without it.
    pub(crate) output: Option<PathBuf>,
}

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Task {
    /// Articles in, results out.
    Job(Box<Job>),
    /// Results in, counts out.
    Stats(Counting),
    /// Something about the program itself, ready to be written.
    Text(Vec<u8>),
}

/// Reads the command line. `width` is the terminal's, for tables.
///
/// # Errors
///
/// What is wrong with it, or the help or version that was asked for.
pub(crate) fn read(
    args: impl IntoIterator<Item = OsString>,
    width: usize,
) -> Result<Task, clap::Error> {
    use clap::Parser;

    let task = Cli::try_parse_from(args)?.command.task(width);
    task.map_err(|message| Cli::command().error(ErrorKind::ValueValidation, message))
}

/// What somebody who has never used the program needs to see first.
const EXAMPLES: &str = "\
Examples:
  pullquote quotes article.txt                      a table: speaker, cue, quote
  pullquote view article.txt -o article.html        the article, marked, as a page for the browser
  pullquote view corpus/ -o pages/                  a page for each article, and an index
  pullquote parse corpus/ -o out.jsonl.zst          all that is found, a JSON record an article
  pullquote parse corpus/ -o out.parquet            the same as one table, with lists in it
  pullquote parse corpus/ --table quotes -o q.csv   a row for each quote
  pullquote stats out.jsonl.zst -o counts.html      who is quoted how often, with plots

Exit status: 0 when all went well, 1 when an input gave no article or the output could not
be written, 2 when the command line is wrong. `pullquote COMMAND --help` tells the rest.";

/// Reads news articles and pulls out who said what
#[derive(Debug, clap::Parser)]
#[command(name = "pullquote", version, after_help = EXAMPLES)]
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
    /// Write all that is found, one record for each article, or flat tables of it
    Parse {
        #[command(flatten)]
        source: Source,
        /// Write one flat table instead: a row for each of what is named
        #[arg(
            long,
            value_name = "NAME",
            help_heading = "Output",
            value_parser = one_of(Table::ALL, Table::name, Table::about),
        )]
        table: Option<Table>,
        /// How to write [default: by the output's ending, else jsonl]
        #[arg(long, value_enum, help_heading = "Output")]
        format: Option<Format>,
        #[command(flatten)]
        unit: Unit,
        /// Leave the articles' text out
        #[arg(long, help_heading = "Output")]
        no_text: bool,
        #[command(flatten)]
        names: Names,
        #[command(flatten)]
        beliefs: Beliefs,
    },
    /// Write a page for the browser with the articles and who said what in them, or to a folder a
    /// page for each article and an index
    View {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        names: Names,
        #[command(flatten)]
        beliefs: Beliefs,
    },
    /// Count over records that `parse` wrote: who is quoted how often, in what way
    Stats {
        /// Files or folders of records (.jsonl, also compressed), or - for standard input
        #[arg(required = true, value_name = "RECORDS")]
        inputs: Vec<PathBuf>,
        /// How many names of each kind
        #[arg(long, value_name = "N", default_value_t = 20)]
        top: usize,
        /// How to write the counts [default: by the output's ending, else table]
        #[arg(long, value_enum)]
        format: Option<StatsForm>,
        /// Write to a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write the completions of a shell to standard output
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page to standard output
    Man,
}

#[derive(Debug, Args)]
struct Rows {
    /// How to write the rows [default: by the output's ending, else table]
    #[arg(long, value_enum, help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    unit: Unit,
}

#[derive(Debug, Args)]
struct Unit {
    /// What positions count: Unicode code points, bytes of UTF-8 or units of UTF-16
    #[arg(
        long,
        value_name = "UNIT",
        help_heading = "Output",
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

impl Command {
    fn task(self, width: usize) -> Result<Task, String> {
        let job = match self {
            Self::Quotes { source, rows, names, beliefs } => {
                rows.job(Table::Quotes, source, beliefs.parser(&names)?, width)?
            }
            Self::People { source, rows, names } => {
                rows.job(Table::Actors, source, names.parser(Parser::new())?, width)?
            }
            Self::Entities { source, rows, names } => {
                rows.job(Table::Entities, source, names.parser(Parser::new())?, width)?
            }
            Self::Sentences { source, rows } => {
                rows.job(Table::Sentences, source, Parser::new(), width)?
            }
            Self::Parse { source, table, format, unit, no_text, names, beliefs } => {
                let format = format.or_else(|| Format::of(&source.target()));
                let format = format.unwrap_or(Format::Jsonl);
                let parser = beliefs.parser(&names)?;
                if let Some(table) = table {
                    let rows = Rows { format: Some(format), unit };
                    let job = rows.job(table, source, parser, width)?;
                    return Ok(Task::Job(Box::new(job)));
                }
                let options = RecordOptions { offsets: unit.offsets, text: !no_text };
                let keep = source.keep.clone();
                let records = |array, keep| Report::Records { array, options, keep };
                let report = match format {
                    Format::Jsonl => records(false, keep),
                    Format::Json => records(true, keep),
                    Format::Parquet | Format::Arrow => {
                        if let Some(name) = keep.iter().find(|name| Report::has_column(name)) {
                            return Err(taken(name));
                        }
                        let file = match format {
                            Format::Arrow => ColumnFile::Arrow,
                            _ => ColumnFile::Parquet,
                        };
                        Report::Nested { file, options, keep }
                    }
                    Format::Brat if matches!(source.target(), Target::Folder(_)) => Report::Brat,
                    Format::Brat => {
                        return Err(
                            "brat needs a folder to write to; write `-o FOLDER/`".to_owned()
                        );
                    }
                    Format::Table | Format::Csv => {
                        return Err(format!(
                            "records are written as jsonl, json, parquet or arrow; for {} choose a --table",
                            format.name()
                        ));
                    }
                };
                job(source, report, format.ending(), parser)?
            }
            Self::View { source, names, beliefs } => {
                let inputs = source.inputs.iter().map(|path| match path.to_string_lossy() {
                    name if name == "-" => "standard input".into(),
                    name => name,
                });
                let title = inputs.collect::<Vec<_>>().join(", ");
                let report = match source.target() {
                    Target::Folder(_) => Report::Pages,
                    Target::Stdout | Target::File(_) => Report::Page { title },
                };
                job(source, report, "html", beliefs.parser(&names)?)?
            }
            Self::Stats { inputs, top, format, output } => {
                source::check_outputs(&inputs, output.as_deref())?;
                let ending = output.as_deref().and_then(|path| path.extension()?.to_str());
                let named = ending.and_then(|ending| StatsForm::from_str(ending, true).ok());
                let form = format.or(named).unwrap_or(StatsForm::Table);
                let inputs = inputs.into_iter().map(source::input).collect();
                return Ok(Task::Stats(Counting { inputs, top, form, output }));
            }
            Self::Completions { shell } => {
                let mut text = Vec::new();
                clap_complete::generate(shell, &mut Cli::command(), "pullquote", &mut text);
                return Ok(Task::Text(text));
            }
            Self::Man => return Ok(Task::Text(manual().map_err(|error| error.to_string())?)),
        };
        Ok(Task::Job(Box::new(job)))
    }
}

/// The manual page, those of the commands after the program's own.
fn manual() -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut program = Cli::command();
    program.build();
    clap_mangen::Man::new(program.clone()).render(&mut text)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
    }
    Ok(text)
}

impl Names {
    /// `parser` with the model that was named, if one was.
    fn parser(&self, parser: Parser) -> Result<Parser, String> {
        match &self.model {
            Some(path) => with_model(parser, path).map_err(|error| format!("--model: {error}")),
            None => Ok(parser),
        }
    }
}

impl Beliefs {
    fn parser(&self, names: &Names) -> Result<Parser, String> {
        let Self { include_beliefs } = *self;
        names.parser(Parser::with_options(Options { include_beliefs }))
    }
}

impl Rows {
    fn job(
        self,
        table: Table,
        source: Source,
        parser: Parser,
        width: usize,
    ) -> Result<Job, String> {
        if let Some(name) = source.keep.iter().find(|name| table.has_column(name)) {
            return Err(taken(name));
        }
        let format = self.format.or_else(|| Format::of(&source.target()));
        let format = format.unwrap_or(Format::Table);
        let form = match format {
            Format::Table => RowFormat::Table { width },
            Format::Jsonl => RowFormat::Jsonl,
            Format::Json => RowFormat::Json,
            Format::Csv => RowFormat::Csv,
            Format::Parquet => RowFormat::Columns(ColumnFile::Parquet),
            Format::Arrow => RowFormat::Columns(ColumnFile::Arrow),
            Format::Brat => {
                return Err(
                    "brat holds whole articles; write it by `parse --format brat`".to_owned()
                );
            }
        };
        let keep = source.keep.clone();
        let report = Report::Rows { table, format: form, offsets: self.unit.offsets, keep };
        job(source, report, format.ending(), parser)
    }
}

fn taken(name: &str) -> String {
    format!("--keep {name}: the table has a column of that name")
}

fn job(source: Source, report: Report, ending: &str, parser: Parser) -> Result<Job, String> {
    let flow = source.flow(&report)?;
    let packed = match flow.packing {
        Packing::Plain => String::new(),
        packing => format!(".{}", packing.ending()),
    };
    Ok(Job {
        inputs: flow.inputs,
        input: InputOptions { in_parts: report.sentences().is_some(), ..flow.input },
        parser,
        report,
        target: flow.target,
        packing: flow.packing,
        ending: format!(".{ending}{packed}"),
        jobs: flow.jobs,
        errors: flow.errors,
        resume: flow.resume,
        quiet: flow.quiet,
    })
}
