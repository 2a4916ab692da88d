//! The `pullquote` program.
//!
//! In: the command line and the three standard streams. Out: what the command writes, what there
//! is to say on standard error, and the exit status: 0 when all went well (a reader that went away
//! is well), 1 when an input gave no document or the output could not be written, 2 when the
//! command line is wrong.

mod args;
mod engine;

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use args::{Job, Wanted};
use pullquote_formats::output::{Report, RowFormat};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::process::ExitCode;

/// The width of tables that no terminal shows.
const PAPER: usize = 100;

/// Runs the program.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    stdin: impl Read + Send,
    stdout: impl RawStream + AsLockedWrite,
    stderr: impl RawStream + AsLockedWrite,
) -> ExitCode {
    let mut stderr = AutoStream::auto(stderr);
    let width = if stdout.is_terminal() { terminal_size::terminal_size() } else { None };
    let width = width.map_or(PAPER, |(width, _)| usize::from(width.0));
    let job = match args::read(args, width) {
        Ok(job) => job,
        Err(error) if error.use_stderr() => {
            let _ = write!(stderr, "{}", error.render().ansi());
            return ExitCode::from(2);
        }
        Err(help) => {
            let _ = write!(AutoStream::auto(stdout), "{}", help.render().ansi());
            return ExitCode::SUCCESS;
        }
    };
    let name = job.output.as_ref().map(|path| path.display().to_string());
    match perform(job, stdin, stdout, &mut stderr) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let name = name.as_deref().unwrap_or("standard output");
            let _ = writeln!(
                stderr,
                "pullquote: {name}: cannot be written ({error}); \
                 check the path, its permissions and the space left"
            );
            ExitCode::FAILURE
        }
    }
}

/// Does the job; returns whether every input gave its documents.
fn perform(
    mut job: Job,
    stdin: impl Read + Send,
    stdout: impl RawStream + AsLockedWrite,
    stderr: &mut dyn Write,
) -> io::Result<bool> {
    match job.output.take() {
        Some(path) => {
            let file = File::create(&path)?;
            // Known only now that it exists; a folder that is read may hold it.
            job.input.output = fs::canonicalize(&path).ok();
            send(&job, stdin, file, stderr)
        }
        None => send(&job, stdin, stdout, stderr),
    }
}

/// Runs the engine into a stream, which shows colours only where they are wanted.
fn send(
    job: &Job,
    stdin: impl Read + Send,
    mut out: impl RawStream + AsLockedWrite,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let table = match &job.wanted {
        Wanted::Documents(Report::Rows { format, .. }) => matches!(format, RowFormat::Table { .. }),
        Wanted::Documents(Report::Records { .. } | Report::Page { .. }) => false,
        Wanted::Sentences(report) => matches!(report.format, RowFormat::Table { .. }),
    };
    if table {
        engine::run(job, stdin, &mut AutoStream::auto(out), err)
    } else {
        // What programs read passes as it is, escape characters of an article included.
        engine::run(job, stdin, &mut out, err)
    }
}
