//! What is read and where results go: the flags that every command shares.
//!
//! In: the flags. Out: the parts of a [`Job`](super::Job) that do not depend on the command.

use super::form::one_of;
use clap::{Args, ValueEnum};
use pullquote::Date;
use pullquote_formats::input::{Fields, Input, InputFormat, InputOptions, own_name};
use pullquote_formats::output::Report;
use pullquote_formats::packed::Packing;
use pullquote_formats::parse_date;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Stdout,
    /// One file for all.
    File(PathBuf),
    /// One file for each file that is read.
    Folder(PathBuf),
}

#[derive(Debug, Args)]
pub(super) struct Source {
    /// Files, folders with all below them, or - for standard input; also compressed (.gz, .zst)
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// Write to a file, or to a folder (its name ends in /) one file for each file read [default:
    /// standard output]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Compress what is written [default: by the output's ending]
    #[arg(
        long,
        value_name = "METHOD",
        help_heading = "Output",
        value_parser = one_of(Packing::ALL, Packing::ending, Packing::about),
    )]
    compress: Option<Packing>,
    /// How to read the inputs [default: by the file's ending, else as text]
    #[arg(
        long,
        value_name = "FORMAT",
        help_heading = "Input",
        value_parser = one_of(InputFormat::ALL, InputFormat::name, InputFormat::about),
    )]
    input_format: Option<InputFormat>,
    /// Read the fields of a known kind of JSON
    #[arg(long, value_enum, value_name = "NAME", help_heading = "Input")]
    preset: Option<Preset>,
    /// The field or column with the text [default: text]. Given several times, the first that is
    /// there counts; `body.text` reads inside of JSON objects. The same holds for the other fields
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    text_field: Vec<String>,
    /// The field with the article's name [default: id]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    id_field: Vec<String>,
    /// The field with the publication date [default: date]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    date_field: Vec<String>,
    /// The field with the title [default: title]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    title_field: Vec<String>,
    /// Carry a field of the input through to the output; may be given several times
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(super) keep: Vec<String>,
    /// The publication date of articles that come without one
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date, help_heading = "Input")]
    date: Option<Date>,
    /// How many threads parse [default: one for each core]
    #[arg(long, value_name = "N", help_heading = "Batch")]
    jobs: Option<NonZeroUsize>,
    /// Write what was wrong with bad records to a file, one JSON object each
    #[arg(long, value_name = "FILE", help_heading = "Batch")]
    errors: Option<PathBuf>,
    /// Leave out the files that the output folder has results of
    #[arg(long, help_heading = "Batch")]
    resume: bool,
    /// Say nothing about progress and bad records
    #[arg(long, help_heading = "Batch")]
    quiet: bool,
}

/// Known kinds of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Preset {
    /// IPTC ninjs, versions 1 to 3
    Ninjs,
    /// What trafilatura writes
    Trafilatura,
}

/// What the flags say, apart from the command.
pub(super) struct Flow {
    pub(super) inputs: Vec<Input>,
    pub(super) input: InputOptions,
    pub(super) target: Target,
    pub(super) packing: Packing,
    pub(super) jobs: NonZeroUsize,
    pub(super) errors: Option<PathBuf>,
    pub(super) resume: bool,
    pub(super) quiet: bool,
}

impl Source {
    /// Where results go.
    pub(super) fn target(&self) -> Target {
        match &self.output {
            None => Target::Stdout,
            Some(path) if is_folder(path) => Target::Folder(path.clone()),
            Some(path) => Target::File(path.clone()),
        }
    }

    /// Puts the flags together for this report.
    ///
    /// # Errors
    ///
    /// What in them contradicts each other.
    pub(super) fn flow(self, report: &Report) -> Result<Flow, String> {
        let target = self.target();
        self.check(&target, report)?;
        let packing = match (self.compress, &target) {
            (Some(packing), _) => packing,
            (None, Target::File(path)) => Packing::of_name(path),
            (None, Target::Stdout | Target::Folder(_)) => Packing::Plain,
        };
        let preset = match self.preset {
            None => Fields::default(),
            Some(Preset::Ninjs) => Fields::ninjs(),
            Some(Preset::Trafilatura) => Fields::trafilatura(),
        };
        let given = |names: Vec<String>, other| if names.is_empty() { other } else { names };
        let fields = Fields {
            text: given(self.text_field, preset.text),
            id: given(self.id_field, preset.id),
            date: given(self.date_field, preset.date),
            title: given(self.title_field, preset.title),
            keep: self.keep,
        };
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Ok(Flow {
            inputs: self.inputs.into_iter().map(input).collect(),
            input: InputOptions {
                format: self.input_format,
                fields,
                date: self.date,
                ..InputOptions::default()
            },
            target,
            packing,
            jobs: self.jobs.unwrap_or_else(cores),
            errors: self.errors,
            resume: self.resume,
            quiet: self.quiet,
        })
    }

    fn check(&self, target: &Target, report: &Report) -> Result<(), String> {
        let files = [self.output.as_deref(), self.errors.as_deref()];
        check_outputs(&self.inputs, files.into_iter().flatten())?;
        let Target::Folder(_) = target else {
            return if self.resume {
                Err("--resume needs a folder of results; write `-o FOLDER/`".to_owned())
            } else {
                Ok(())
            };
        };
        if report.is_folder() {
            let refused = [
                (self.resume, "--resume goes by the files that are read; leave it out"),
                (self.compress.is_some(), "--compress is for one file; leave it out"),
            ];
            let refused = refused.iter().find(|(given, _)| *given);
            return refused.map_or(Ok(()), |(_, why)| {
                Err(format!("this folder gets files for each article, and {why}"))
            });
        }
        let mut names: Vec<_> = self.inputs.iter().map(|path| own_name(path)).collect();
        names.sort_unstable();
        let mut pairs = names.iter().zip(names.iter().skip(1));
        match pairs.find(|(one, other)| one == other) {
            Some((name, _)) => Err(format!(
                "two inputs are named {}, and their results would be too; read them one by one",
                name.display()
            )),
            None => Ok(()),
        }
    }
}

/// Makes sure that nothing that is read is written over.
pub(super) fn check_outputs<'a>(
    inputs: &[PathBuf],
    outputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), String> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let read = || inputs.iter().filter_map(|path| real(path));
    for path in outputs {
        if real(path).is_some_and(|written| read().any(|read| read.starts_with(&written))) {
            return Err(format!("{} is also an input; write elsewhere", path.display()));
        }
    }
    Ok(())
}

/// What a path on the command line means.
pub(super) fn input(path: PathBuf) -> Input {
    match path.to_str() {
        Some("-") => Input::Stdin,
        _ => Input::Path(path),
    }
}

/// Whether a path means a folder: it is one, or says so by its end.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}
