//! Counts over results.
//!
//! In: files of schema-1 records. Out: [`Stats`] as tables for people, as comma-separated values or
//! as a page, and a line for each record that is none.

use crate::args::{Counting, StatsForm};
use crate::log::{Log, Voice};
use crate::outlet::Failure;
use pullquote_formats::input::{Event, Fields, InputFormat, InputOptions, read, walk};
use pullquote_formats::output::write_whole;
use pullquote_formats::stats::Stats;
use pullquote_formats::{InputError, Place, Problem};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicU64;

/// Counts; returns whether every line was a record.
///
/// # Errors
///
/// When the counts cannot be written.
pub(crate) fn run(
    counting: &Counting,
    mut stdin: impl Read,
    mut stdout: impl Write,
    err: &mut dyn Write,
) -> Result<bool, Failure> {
    let Counting { inputs, top, form, output } = counting;
    let named = |name: &str| vec![name.to_owned()];
    let fields = Fields {
        // In a record that was written without its text, this is the text that is always there.
        text: named("offsets"),
        keep: ["quotes", "actors"].map(str::to_owned).to_vec(),
        ..Fields::default()
    };
    let format = Some(InputFormat::Jsonl);
    let options = InputOptions { format, fields, ..InputOptions::default() };
    let done = AtomicU64::new(0);
    let mut log = Log::new(err, Voice::Lines, &done, None)?;
    let mut stats = Stats::default();
    let mut told = Ok(());
    let mut tell = |error: InputError| {
        told = log.error(&error);
        if told.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let _ = walk(inputs, &options, &mut |found| match found {
        Err(error) => tell(error),
        Ok(found) => read(&found, &options, &mut stdin, &done, &mut |event| match event {
            // Records do not come in parts.
            Event::Notice(_) | Event::Part(_) => ControlFlow::Continue(()),
            Event::Error(error) => tell(error),
            Event::Block(block) => {
                let mut flow = ControlFlow::Continue(());
                block.read(&options, |draft| {
                    let counted = draft.and_then(|draft| {
                        let counted = match draft.keep.as_slice() {
                            [quotes, actors] => stats.add(quotes, actors).is_ok(),
                            _ => false,
                        };
                        let place = Place { name: found.name(), at: None };
                        let problem = Problem::NoRecord(draft.id.into_owned());
                        if counted { Ok(()) } else { Err(InputError { place, problem }) }
                    });
                    if let Err(error) = counted {
                        flow = tell(error);
                    }
                });
                flow
            }
        }),
    });
    told?;
    let text = match form {
        StatsForm::Table => stats.table(*top),
        StatsForm::Csv => stats.csv(*top),
        StatsForm::Html => stats.page(*top),
    };
    match output {
        None => stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
            .map_err(Failure::of_stdout)?,
        Some(path) => write_whole(path, &text).map_err(Failure::of(path))?,
    }
    log.finish()
}
