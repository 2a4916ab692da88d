//! Where results go: standard output, one file, or one file for each input.
//!
//! In: parts, and in a folder where one file's parts begin and end. Out: whole files. Each is
//! written under a temporary name beside its own and takes its own only when it is complete, so that
//! an end halfway leaves what was there before, and no half results under a good name. What is not a
//! plain file, a pipe or a device, is written as it is.

use crate::args::{Job, Target};
use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use pullquote_formats::input::Found;
use pullquote_formats::output::{Part, Report, RowFormat, Writer, folder, writer};
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
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
    file: Option<Unfinished>,
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
            Target::Folder(path) if job.report == Report::Brat => {
                let writer = folder(path).map_err(Failure::of(path))?;
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
        let finished = writer.finish().and_then(|()| file.map_or(Ok(()), Unfinished::finish));
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
        let (file, unfinished) = Unfinished::create(path)?;
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

/// A file under its temporary name, which goes away unless the file is finished.
struct Unfinished {
    /// The temporary and the own name; none of a pipe or a device.
    names: Option<(PathBuf, PathBuf)>,
}

impl Unfinished {
    fn create(path: &Path) -> io::Result<(File, Self)> {
        // A link stays one: the file that it leads to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Ok((File::create(&path)?, Self { names: None }));
        }
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".partial");
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary)?;
        Ok((file, Self { names: Some((temporary, path)) }))
    }

    fn finish(mut self) -> io::Result<()> {
        match &self.names {
            Some((temporary, path)) => fs::rename(temporary, path)?,
            None => return Ok(()),
        }
        self.names = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.names {
            // If it cannot be removed, its name still tells that it is not whole.
            let _ = fs::remove_file(temporary);
        }
    }
}
