//! Inputs to output, on several threads, in order, in bounded memory.
//!
//! In: a [`Job`]. Out: its files or its bytes on standard output, and word of everything amiss to
//! the log.
//!
//! Algorithm: one thread reads blocks of documents; workers take them from one queue, parse them
//! and make a part of the output of each; the calling thread writes the parts in the order in which
//! the blocks were read. For each block the reader puts a slot into the writer's queue, and the
//! worker who gets the block fills it. That queue is short, so a reader or a worker that runs ahead
//! waits.
//!
//! Invariant: the output does not depend on the number of threads. Memory: a few blocks for each
//! worker, whatever the input's size.

use crate::args::{Job, Target};
use crate::log::Log;
use crate::outlet::{Failure, Outlet, shard};
use pullquote::Parser;
use pullquote_formats::input::{self, Block, Event, Found, Input};
use pullquote_formats::output::{Part, Report};
use pullquote_formats::{InputError, Notice};
use std::fs;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

/// Blocks on their way for each worker.
const AHEAD: usize = 3;

/// What became of one stretch of input, in the order of the input.
enum Slot {
    /// A worker is at it.
    Parsed(Receiver<Parsed>),
    Notice(Notice),
    Error(InputError),
    /// What follows goes into this file.
    Start(PathBuf),
    /// The file that was started has all its parts.
    End,
}

/// What a worker made of one block.
#[derive(Default)]
struct Parsed {
    part: Part,
    documents: u64,
    errors: Vec<InputError>,
}

struct Task {
    block: Block,
    result: SyncSender<Parsed>,
}

/// Runs a job. `done` counts the bytes that were read.
///
/// # Errors
///
/// When an output or the file of errors cannot be written.
pub(crate) fn run<'a>(
    job: &'a Job,
    mut stdin: impl Read + Send,
    stdout: Box<dyn Write + Send + 'a>,
    done: &AtomicU64,
    log: &mut Log<'_>,
) -> Result<(), Failure> {
    let jobs = job.jobs.get();
    let (slots, ready) = mpsc::sync_channel(jobs * AHEAD);
    let (tasks, queue) = mpsc::sync_channel(jobs * AHEAD);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| work(job, &queue));
        }
        scope.spawn(move || Reader { job, done, slots: &slots, tasks: &tasks }.read(&mut stdin));
        write(job, ready, stdout, log)
    })
}

struct Reader<'a> {
    job: &'a Job,
    done: &'a AtomicU64,
    slots: &'a SyncSender<Slot>,
    tasks: &'a SyncSender<Task>,
}

impl Reader<'_> {
    /// Reads the inputs until they end or nobody waits for them.
    fn read(&self, stdin: &mut dyn Read) {
        // A closed queue means that the output is gone; there is nothing to tell.
        let _ = input::walk(&self.job.inputs, &self.job.input, &mut |found| match found {
            Ok(found) => self.file(&found, stdin),
            Err(error) => self.send(Slot::Error(error)),
        });
    }

    fn file(&self, found: &Found, stdin: &mut dyn Read) -> ControlFlow<()> {
        let shard = match &self.job.target {
            Target::Folder(_) if self.job.report == Report::Brat => None,
            Target::Folder(folder) => Some(shard(folder, found, &self.job.ending)),
            Target::Stdout | Target::File(_) => None,
        };
        if let Some(path) = &shard {
            if self.job.resume && path.exists() {
                if let Input::Path(path) = &found.input {
                    let bytes = fs::metadata(path).map_or(0, |file| file.len());
                    self.done.fetch_add(bytes, Ordering::Relaxed);
                }
                return ControlFlow::Continue(());
            }
            self.send(Slot::Start(path.clone()))?;
        }
        input::read(found, &self.job.input, stdin, self.done, &mut |event| self.event(event))?;
        if shard.is_some() { self.send(Slot::End) } else { ControlFlow::Continue(()) }
    }

    fn event(&self, event: Event) -> ControlFlow<()> {
        match event {
            Event::Notice(notice) => self.send(Slot::Notice(notice)),
            Event::Error(error) => self.send(Slot::Error(error)),
            Event::Block(block) => {
                let (result, parsed) = mpsc::sync_channel(1);
                self.send(Slot::Parsed(parsed))?;
                match self.tasks.send(Task { block, result }) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            }
        }
    }

    fn send(&self, slot: Slot) -> ControlFlow<()> {
        match self.slots.send(slot) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Parses blocks until there are no more.
fn work(job: &Job, queue: &Mutex<Receiver<Task>>) {
    let parser = Parser::with_options(job.options);
    loop {
        // The lock is held while waiting: the others would only wait for the same.
        let Ok(Ok(task)) = queue.lock().map(|queue| queue.recv()) else { return };
        let mut parsed = Parsed::default();
        task.block.read(&job.input, |draft| match draft {
            Ok(draft) => {
                parsed.documents += 1;
                job.report.write(&parser.parse(draft.article()), &draft.keep, &mut parsed.part);
            }
            Err(error) => parsed.errors.push(error),
        });
        // Nobody takes it when the output is gone.
        let _ = task.result.send(parsed);
    }
}

/// Writes what the workers made, in order.
fn write<'a>(
    job: &'a Job,
    ready: Receiver<Slot>,
    stdout: Box<dyn Write + Send + 'a>,
    log: &mut Log<'_>,
) -> Result<(), Failure> {
    let mut outlet = Outlet::new(job, stdout)?;
    for slot in ready {
        match slot {
            Slot::Notice(notice) => log.notice(&notice),
            Slot::Error(error) => {
                outlet.failed();
                log.error(&error)?;
            }
            Slot::Start(path) => outlet.start(path),
            Slot::End => outlet.end()?,
            Slot::Parsed(parsed) => {
                // A worker that died leaves no result; the scope hands its panic on.
                let Parsed { part, documents, errors } = parsed.recv().unwrap_or_default();
                for error in errors {
                    log.error(&error)?;
                }
                outlet.part(part)?;
                log.documents(documents);
            }
        }
    }
    outlet.finish()
}
