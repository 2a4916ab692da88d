//! Where results go: standard output, one file, or one file for each input.
//!
//! In: parts, and in a folder where one file's parts begin and end. Out: whole files; each has its
//! name only when it is complete.

use crate::args::{Job, Target};
use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use pullquote_formats::input::Found;
use pullquote_formats::output::{Part, Report, RowFormat, WholeFile, Writer, folder, writer};
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// An output that cannot be written.
#[derive(Debug)]
pub(crate) struct Failure {
    name: String,
    pub(crate) error: io::Error,
}

impl Failure {
    pub(crate) fn of(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let name = path.display().to_string();
        |error| Self { name, error }
    }

    pub(crate) fn of_stdout(error: io::Error) -> Self {
        Self { name: "standard output".to_owned(), error }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, error } = self;
        write!(
            f,
            "{name}: cannot be written ({error}); \
             check the path, its permissions and the space left"
        )
    }
}

/// The file in an output folder that holds the results of an input.
pub(crate) fn shard(folder: &Path, found: &Found, ending: &str) -> PathBuf {
    let mut name = found.below.clone().into_os_string();
    name.push(ending);
    folder.join(name)
}

/// The outputs of a job.
pub(crate) struct Outlet<'a> {
    job: &'a Job,
    open: Option<Open<'a>>,
    shard: Option<Shard>,
}

/// A file in an output folder.
struct Shard {
    path: PathBuf,
    /// Its input could not be read to its end.
    failed: bool,
}

/// An output under way.
struct Open<'a> {
    writer: Box<dyn Writer + 'a>,
    /// Standard output has none.
    file: Option<WholeFile>,
}

impl<'a> Outlet<'a> {
    /// Opens what there is one of.
    pub(crate) fn new(job: &'a Job, stdout: Box<dyn Write + Send + 'a>) -> Result<Self, Failure> {
        let open = match &job.target {
            Target::Stdout => {
                let writer = writer(&job.report, stdout, job.packing);
                let writer = writer.map_err(Failure::of_stdout)?;
                Some(Open { writer, file: None })
            }
            Target::File(path) => Some(Open::file(job, path).map_err(Failure::of(path))?),
            Target::Folder(path) if job.report.is_folder() => {
                let writer = folder(&job.report, path).map_err(Failure::of(path))?;
                Some(Open { writer, file: None })
            }
            Target::Folder(_) => None,
        };
        Ok(Self { job, open, shard: None })
    }

    /// What follows goes into this file, which is made when there is something to write.
    pub(crate) fn start(&mut self, path: PathBuf) {
        self.shard = Some(Shard { path, failed: false });
    }

    /// The input under way is damaged.
    pub(crate) fn failed(&mut self) {
        if let Some(shard) = &mut self.shard {
            shard.failed = true;
        }
    }

    pub(crate) fn part(&mut self, part: Part) -> Result<(), Failure> {
        self.open_shard()?;
        match &mut self.open {
            Some(open) => open.writer.part(part).map_err(|error| self.failure(error)),
            None => Ok(()),
        }
    }

    /// The file that was started is complete. One of an input that gave nothing but an error is not
    /// made, so that it is tried again.
    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        if self.shard.as_ref().is_some_and(|shard| !shard.failed) {
            self.open_shard()?;
        }
        self.close()?;
        self.shard = None;
        Ok(())
    }

    /// All outputs are complete.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.close()
    }

    fn open_shard(&mut self) -> Result<(), Failure> {
        if let (None, Some(Shard { path, .. })) = (&self.open, &self.shard) {
            let folder = path.parent().unwrap_or(path);
            fs::create_dir_all(folder).map_err(Failure::of(folder))?;
            self.open = Some(Open::file(self.job, path).map_err(Failure::of(path))?);
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Failure> {
        let Some(Open { writer, file }) = self.open.take() else { return Ok(()) };
        let finished = writer.finish().and_then(|()| file.map_or(Ok(()), WholeFile::finish));
        finished.map_err(|error| self.failure(error))
    }

    fn failure(&self, error: io::Error) -> Failure {
        match (&self.shard, &self.job.target) {
            (Some(Shard { path, .. }), _) | (None, Target::File(path) | Target::Folder(path)) => {
                Failure::of(path)(error)
            }
            (None, Target::Stdout) => Failure::of_stdout(error),
        }
    }
}

impl<'a> Open<'a> {
    fn file(job: &'a Job, path: &Path) -> io::Result<Self> {
        let (file, unfinished) = WholeFile::create(path)?;
        let stream = stream(job, file);
        let writer = writer(&job.report, stream, job.packing)?;
        Ok(Self { writer, file: Some(unfinished) })
    }
}

/// A stream that shows colours only where they are wanted.
pub(crate) fn stream<'a>(
    job: &Job,
    raw: impl RawStream + AsLockedWrite + Send + 'a,
) -> Box<dyn Write + Send + 'a> {
    match job.report {
        Report::Rows { format: RowFormat::Table { .. }, .. } => Box::new(AutoStream::auto(raw)),
        // What programs read passes as it is, escape characters of an article included.
        _ => Box::new(raw),
    }
}
