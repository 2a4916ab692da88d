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
use args::Job;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// Runs the program.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    stdin: impl Read + Send,
    mut stdout: impl RawStream + AsLockedWrite,
    stderr: impl RawStream + AsLockedWrite,
) -> ExitCode {
    let mut stderr = AutoStream::auto(stderr);
    let job = match args::read(args) {
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
    match perform(&job, stdin, &mut stdout, &mut stderr) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(stderr, "pullquote: cannot write the output ({error})");
            ExitCode::FAILURE
        }
    }
}

/// Whether every input gave its documents.
fn perform(
    job: &Job,
    stdin: impl Read + Send,
    stdout: &mut impl RawStream,
    stderr: &mut impl Write,
) -> io::Result<bool> {
    engine::run(job, stdin, stdout, stderr)
}
