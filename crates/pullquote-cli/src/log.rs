//! What there is to say while a job runs: bad records, notices and progress.
//!
//! In: what the engine meets. Out: lines on standard error, or a bar on a terminal, and bad records
//! as JSON lines in a file where one is named. Progress on no terminal is a line now and then.
//!
//! Invariant: whatever is said or not, every bad record is counted.

use crate::outlet::Failure;
use indicatif::{DecimalBytes, ProgressBar, ProgressStyle};
use pullquote_formats::{InputError, Notice, Position};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How often progress is told where there is no bar.
const PAUSE: Duration = Duration::from_secs(30);

/// How much is said.
pub(crate) enum Voice {
    /// Nothing.
    Quiet,
    /// Lines.
    Lines,
    /// Lines, and a bar that ends at so many bytes.
    Bar(u64),
}

/// The log of one job.
pub(crate) struct Log<'a> {
    err: &'a mut dyn Write,
    voice: Voice,
    bar: ProgressBar,
    /// The bytes read so far.
    read: &'a AtomicU64,
    documents: u64,
    bad: u64,
    file: Option<(PathBuf, BufWriter<File>)>,
    started: Instant,
    told: Instant,
}

impl<'a> Log<'a> {
    /// A log that says things on `err` and writes bad records to `file`.
    pub(crate) fn new(
        err: &'a mut dyn Write,
        voice: Voice,
        read: &'a AtomicU64,
        file: Option<&Path>,
    ) -> Result<Self, Failure> {
        let file = match file {
            Some(path) => {
                let opened = File::create(path).map_err(Failure::of(path))?;
                Some((path.to_owned(), BufWriter::new(opened)))
            }
            None => None,
        };
        let bar = match voice {
            Voice::Bar(total) => ProgressBar::new(total).with_style(style()),
            Voice::Quiet | Voice::Lines => ProgressBar::hidden(),
        };
        let started = Instant::now();
        Ok(Self { err, voice, bar, read, documents: 0, bad: 0, file, started, told: started })
    }

    /// Something gave no document.
    pub(crate) fn error(&mut self, error: &InputError) -> Result<(), Failure> {
        self.bad += 1;
        let Some((path, file)) = &mut self.file else {
            self.say(&error.to_string());
            return Ok(());
        };
        let InputError { place, problem } = error;
        let mut line = Map::new();
        line.insert("file".to_owned(), place.name.as_ref().into());
        match place.at {
            Some(Position::Line(number)) => line.insert("line".to_owned(), number.into()),
            Some(Position::Record(number)) => line.insert("record".to_owned(), number.into()),
            None => None,
        };
        line.insert("reason".to_owned(), problem.to_string().into());
        writeln!(file, "{}", Value::Object(line)).map_err(Failure::of(path))
    }

    /// Something was read another way than it says it is.
    pub(crate) fn notice(&mut self, notice: &Notice) {
        self.say(&notice.to_string());
    }

    /// So many documents more are written.
    pub(crate) fn documents(&mut self, more: u64) {
        self.documents += more;
        let read = self.read.load(Ordering::Relaxed);
        match self.voice {
            Voice::Quiet => {}
            Voice::Bar(_) => {
                self.bar.set_message(self.documents.to_string());
                self.bar.set_position(read);
            }
            Voice::Lines if self.told.elapsed() >= PAUSE => {
                self.told = Instant::now();
                let seconds = self.started.elapsed().as_secs().max(1);
                self.say(&format!(
                    "{} documents, {} read, {} a second",
                    self.documents,
                    DecimalBytes(read),
                    DecimalBytes(read / seconds)
                ));
            }
            Voice::Lines => {}
        }
    }

    /// Ends the log; returns whether every input gave its documents.
    pub(crate) fn finish(mut self) -> Result<bool, Failure> {
        self.bar.finish_and_clear();
        if let Some((path, mut file)) = self.file.take() {
            file.flush().map_err(Failure::of(&path))?;
            if self.bad > 0 {
                let (bad, path) = (self.bad, path.display());
                let what = if bad == 1 { "record" } else { "records" };
                self.say(&format!("{bad} {what} could not be read; the reasons are in {path}"));
            }
        }
        Ok(self.bad == 0)
    }

    fn say(&mut self, line: &str) {
        if matches!(self.voice, Voice::Quiet) {
            return;
        }
        let err = &mut *self.err;
        self.bar.suspend(|| {
            // Standard error may be closed; that is no reason to stop.
            let _ = writeln!(err, "pullquote: {line}");
        });
    }
}

fn style() -> ProgressStyle {
    let bar = ProgressStyle::default_bar();
    let plain = bar.clone();
    bar.template("{msg} documents {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left")
        .unwrap_or(plain)
}
