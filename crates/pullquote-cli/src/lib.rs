//! The `pullquote` program.
//!
//! In: the command line and the three standard streams. Out: what the command writes, what there
//! is to say on standard error, and the exit status: 0 when all went well (a reader that went away
//! is well), 1 when an input gave no document or the output could not be written, 2 when the
//! command line is wrong.

mod args;
mod engine;
mod log;
mod outlet;
mod stats;

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use args::{Job, Target, Task};
use log::{Log, Voice};
use outlet::{Failure, stream};
use pullquote_formats::input::{Input, walk};
use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;

/// The width of tables that no terminal shows.
const PAPER: usize = 100;

/// Runs the program.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    stdin: impl Read + Send,
    stdout: impl RawStream + AsLockedWrite + Send,
    stderr: impl RawStream + AsLockedWrite,
) -> ExitCode {
    let shown = stderr.is_terminal() && !stdout.is_terminal();
    let mut stderr = AutoStream::auto(stderr);
    let width = if stdout.is_terminal() { terminal_size::terminal_size() } else { None };
    let width = width.map_or(PAPER, |(width, _)| usize::from(width.0));
    let task = match args::read(args, width) {
        Ok(task) => task,
        Err(error) if error.use_stderr() => {
            let _ = write!(stderr, "{}", error.render().ansi());
            return ExitCode::from(2);
        }
        Err(help) => {
            let _ = write!(AutoStream::auto(stdout), "{}", help.render().ansi());
            return ExitCode::SUCCESS;
        }
    };
    let done = match task {
        Task::Job(job) => perform(*job, stdin, stdout, &mut stderr, shown),
        Task::Stats(counting) => stats::run(&counting, stdin, stdout, &mut stderr),
        Task::Text(text) => {
            let mut stdout = stdout;
            stdout.write_all(&text).map(|()| true).map_err(Failure::of_stdout)
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) if failure.error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(stderr, "pullquote: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Does the job; returns whether every input gave its documents.
fn perform(
    mut job: Job,
    stdin: impl Read + Send,
    stdout: impl RawStream + AsLockedWrite + Send,
    stderr: &mut dyn Write,
    shown: bool,
) -> Result<bool, Failure> {
    let outputs = match &job.target {
        Target::Stdout => None,
        Target::File(path) => Some(path),
        Target::Folder(path) => {
            fs::create_dir_all(path).map_err(Failure::of(path))?;
            Some(path)
        }
    };
    // A folder that is read may hold what is written, also from the last time.
    let outputs = outputs.into_iter().chain(&job.errors);
    job.input.outputs = outputs.filter_map(|path| fs::canonicalize(path).ok()).collect();

    let voice = match (job.quiet, shown) {
        (true, _) => Voice::Quiet,
        (false, true) => Voice::Bar(bytes(&job)),
        (false, false) => Voice::Lines,
    };
    let read = AtomicU64::new(0);
    let mut log = Log::new(stderr, voice, &read, job.errors.as_deref())?;
    engine::run(&job, stdin, stream(&job, stdout), &read, &mut log)?;
    log.finish()
}

/// How much there is to read, as far as it can be known.
fn bytes(job: &Job) -> u64 {
    let mut sum = 0;
    let _ = walk(&job.inputs, &job.input, &mut |found| {
        if let Ok(found) = found
            && let Input::Path(path) = &found.input
        {
            sum += fs::metadata(path).map_or(0, |file| file.len());
        }
        ControlFlow::Continue(())
    });
    sum
}
