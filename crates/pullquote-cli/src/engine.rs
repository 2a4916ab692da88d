//! Inputs to output, on several threads, in order, in bounded memory.
//!
//! In: a [`Job`]. Out: its files or its bytes on standard output, and word of everything amiss to
//! the log.
//!
//! Algorithm: one thread reads blocks of documents; workers take them from one queue, parse them
//! and make a part of the output of each; the calling thread writes the parts in the order in which
//! the blocks were read. For each block the reader puts a slot into the writer's queue, and the
//! worker who gets the block fills it. That queue is short, so a reader or a worker that runs ahead
//! waits. When only sentences are wanted, nothing is parsed: the reader also cuts plain texts into
//! them as they come, and what goes to the workers is a piece of a text.
//!
//! Invariant: the output does not depend on the number of threads. Memory: a few blocks or pieces
//! for each worker, whatever the input's size; a block is a whole document at least, a piece not.

use crate::args::{Job, Target};
use crate::log::Log;
use crate::outlet::{Failure, Outlet, shard};
use pullquote_formats::input::{self, Block, Draft, Event, Found, Input};
use pullquote_formats::output::{Part, Piece, Pieces, SentenceReport};
use pullquote_formats::{InputError, Notice};
use std::fs;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};
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

/// What a worker made of one task.
#[derive(Default)]
struct Parsed {
    part: Part,
    documents: u64,
    errors: Vec<InputError>,
}

/// What a worker is given.
enum Task<'a> {
    Block(Block),
    Piece(SentenceReport<'a>, Piece),
}

/// A task and where its result goes.
type Order<'a> = (Task<'a>, SyncSender<Parsed>);

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
    let (orders, queue) = mpsc::sync_channel(jobs * AHEAD);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| work(job, &queue));
        }
        scope.spawn(move || {
            Reader { job, done, slots, orders, text: None }.read(&mut stdin);
        });
        write(job, ready, stdout, log)
    })
}

struct Reader<'a> {
    job: &'a Job,
    done: &'a AtomicU64,
    slots: SyncSender<Slot>,
    orders: SyncSender<Order<'a>>,
    /// What is not ready of a text that comes in parts.
    text: Option<Pieces>,
}

impl<'a> Reader<'a> {
    /// Reads the inputs until they end or nobody waits for them.
    fn read(&mut self, stdin: &mut dyn Read) {
        let job = self.job;
        // A closed queue means that the output is gone; there is nothing to tell.
        let _ = input::walk(&job.inputs, &job.input, &mut |found| match found {
            Ok(found) => self.file(&found, stdin),
            Err(error) => self.send(Slot::Error(error)),
        });
    }

    fn file(&mut self, found: &Found, stdin: &mut dyn Read) -> ControlFlow<()> {
        let shard = match &self.job.target {
            Target::Folder(_) if self.job.report.is_folder() => None,
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
        let (job, done) = (self.job, self.done);
        input::read(found, &job.input, stdin, done, &mut |event| self.event(event))?;
        if shard.is_some() { self.send(Slot::End) } else { ControlFlow::Continue(()) }
    }

    fn event(&mut self, event: Event) -> ControlFlow<()> {
        match event {
            Event::Notice(notice) => self.send(Slot::Notice(notice)),
            Event::Error(error) => self.send(Slot::Error(error)),
            Event::Block(block) => self.order(Task::Block(block)),
            Event::Part(part) => match self.job.report.sentences() {
                Some(report) => {
                    let ready = pieces(report, &mut self.text, &part);
                    ready.into_iter().try_for_each(|piece| self.order(Task::Piece(report, piece)))
                }
                // Texts come in parts only where sentences are wanted.
                None => ControlFlow::Continue(()),
            },
        }
    }

    fn order(&self, task: Task<'a>) -> ControlFlow<()> {
        let (sender, result) = mpsc::sync_channel(1);
        self.send(Slot::Parsed(result))?;
        match self.orders.send((task, sender)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn send(&self, slot: Slot) -> ControlFlow<()> {
        match self.slots.send(slot) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// The pieces that a text has ready after this part; `text` is what is not ready of it.
fn pieces(report: SentenceReport<'_>, text: &mut Option<Pieces>, part: &input::Part) -> Vec<Piece> {
    let mut ready = Vec::new();
    let begin = || report.pieces(Arc::clone(&part.id));
    let mut open = text.take().unwrap_or_else(begin);
    open.push(&part.text, |piece| ready.push(piece));
    if part.last {
        open.finish(|piece| ready.push(piece));
    } else {
        *text = Some(open);
    }
    ready
}

/// Does what is ordered until there is no more.
fn work(job: &Job, queue: &Mutex<Receiver<Order<'_>>>) {
    loop {
        // The lock is held while waiting: the others would only wait for the same.
        let Ok(Ok((task, result))) = queue.lock().map(|queue| queue.recv()) else { return };
        let mut parsed = Parsed::default();
        match task {
            Task::Block(block) => block.read(&job.input, |draft| match draft {
                Ok(draft) => {
                    parsed.documents += 1;
                    document(job, draft, &mut parsed.part);
                }
                Err(error) => parsed.errors.push(error),
            }),
            Task::Piece(report, piece) => {
                parsed.documents += u64::from(piece.is_first());
                report.write(&piece, &[], &mut parsed.part);
            }
        }
        // Nobody takes it when the output is gone.
        let _ = result.send(parsed);
    }
}

/// Adds what is wanted of a document to a part.
fn document(job: &Job, draft: Draft<'_>, out: &mut Part) {
    let Some(report) = job.report.sentences() else {
        job.report.write(&job.parser.parse(draft.article()), &draft.keep, out);
        return;
    };
    let part = input::Part { id: draft.id.into(), text: draft.text.into_owned(), last: true };
    for piece in pieces(report, &mut None, &part) {
        report.write(&piece, &draft.keep, out);
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
