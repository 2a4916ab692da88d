//! The forms of what is written, and the names by which the command line calls things.

use super::Target;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use pullquote_formats::packed::Packing;
use std::path::Path;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    /// Comma-separated values
    Csv,
    /// Apache Parquet
    Parquet,
    /// Apache Arrow's file format, also called Feather
    Arrow,
    /// Text and brat standoff for each article, into a folder
    Brat,
}

impl Format {
    /// The format that the output's ending names.
    pub(super) fn of(target: &Target) -> Option<Self> {
        let Target::File(path) = target else { return None };
        let inner = match Packing::of_name(path) {
            Packing::Plain => path,
            Packing::Gzip | Packing::Zstd => Path::new(path.file_stem()?),
        };
        let ending = inner.extension()?.to_str()?;
        [Self::Jsonl, Self::Json, Self::Csv, Self::Parquet, Self::Arrow]
            .into_iter()
            .find(|format| ending.eq_ignore_ascii_case(format.name()))
    }

    /// The ending of its files.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Table => "txt",
            format => format.name(),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Brat => "brat",
        }
    }
}

/// How counts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsForm {
    /// For people
    Table,
    /// Comma-separated values
    Csv,
    /// A page with plots
    Html,
}

/// Takes the name of one of these values.
pub(super) fn one_of<T: Copy + Send + Sync + 'static, const N: usize>(
    all: [T; N],
    name: fn(T) -> &'static str,
    about: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let values = all.map(|value| PossibleValue::new(name(value)).help(about(value)));
    PossibleValuesParser::new(values).try_map(move |given| {
        // The parser before has refused all other names.
        all.into_iter().find(|value| name(*value) == given).ok_or("no such name")
    })
}
