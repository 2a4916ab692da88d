//! Inputs to output, on several threads, in order, in bounded memory.
//!
//! In: a [`Job`]. Out: its bytes on `out`, one line on `err` for everything amiss.
//!
//! Algorithm: one thread reads blocks of documents; workers take them from one queue, parse them
//! and fill a buffer each; the calling thread writes the buffers in the order in which the blocks
//! were read. For each block the reader puts a slot into the writer's queue, and the worker who
//! gets the block fills it. That queue is short, so a reader or a worker that runs ahead waits.
//! When only sentences are wanted, the reader also cuts texts into them, part by part, and what
//! goes to the workers is a piece of a text.
//!
//! Invariant: the output does not depend on the number of threads. Memory: a few blocks or pieces
//! for each worker, whatever the input's size; a block is a whole document at least, a piece not.

use crate::args::{Job, Wanted};
use pullquote_formats::input::{self, Block, Event, Part};
use pullquote_formats::output::{Piece, Pieces, SentenceReport};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;

/// Blocks on their way for each worker.
const AHEAD: usize = 3;

/// What became of one stretch of input, in the order of the input.
enum Slot {
    /// A worker is at it; `before` is what parts it from what was written before.
    Parsed { result: Receiver<Parsed>, before: &'static str },
    /// Only something to say.
    Said { line: String, failed: bool },
}

/// What a worker made of one block.
#[derive(Default)]
struct Parsed {
    bytes: Vec<u8>,
    errors: Vec<String>,
}

/// What a worker is given.
enum Task {
    Block(Block),
    Piece(SentenceReport, Piece),
}

/// A task and where its result goes.
type Order = (Task, SyncSender<Parsed>);

/// Runs a job; returns whether every input gave its documents.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(crate) fn run(
    job: &Job,
    mut stdin: impl Read + Send,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let jobs = job.jobs.get();
    let (slots, ready) = mpsc::sync_channel(jobs * AHEAD);
    let (orders, queue) = mpsc::sync_channel(jobs * AHEAD);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| work(job, &queue));
        }
        scope.spawn(move || read(job, &mut stdin, &slots, &orders));
        write(job, ready, out, err)
    })
}

/// Reads the inputs until they end or nobody waits for them.
fn read(job: &Job, stdin: &mut dyn Read, slots: &SyncSender<Slot>, orders: &SyncSender<Order>) {
    let between = job.frame().between;
    let order = |task, before| {
        let (sender, result) = mpsc::sync_channel(1);
        slots.send(Slot::Parsed { result, before }).is_ok() && orders.send((task, sender)).is_ok()
    };
    let say = |line: String, failed| slots.send(Slot::Said { line, failed }).is_ok();
    let mut text = None;
    // A closed queue means that the output is gone; there is nothing to tell.
    let _ = input::read(&job.inputs, &job.input, stdin, &mut |event| {
        let sent = match event {
            Event::Block(block) => order(Task::Block(block), between),
            Event::Part(part) => match &job.wanted {
                Wanted::Sentences(report) => {
                    pieces(*report, &mut text, &part).into_iter().all(|piece| {
                        let before = report.before(&piece);
                        order(Task::Piece(*report, piece), before)
                    })
                }
                Wanted::Documents(_) => true,
            },
            Event::Notice(notice) => say(notice.to_string(), false),
            Event::Error(error) => say(error.to_string(), true),
        };
        if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

/// The pieces that a text has ready after this part; `text` is what is not ready of it.
fn pieces(report: SentenceReport, text: &mut Option<Pieces>, part: &Part) -> Vec<Piece> {
    let mut ready = Vec::new();
    let begin = || Pieces::new(Arc::clone(&part.id), report.offsets);
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
fn work(job: &Job, queue: &Mutex<Receiver<Order>>) {
    loop {
        // The lock is held while waiting: the others would only wait for the same.
        let Ok(Ok((task, result))) = queue.lock().map(|queue| queue.recv()) else { return };
        let mut parsed = Parsed::default();
        match task {
            Task::Block(block) => block.read(&job.input, |draft| match (draft, &job.wanted) {
                (Ok(draft), Wanted::Documents(report)) => {
                    report.write(&job.parser.parse(draft.article()), &mut parsed.bytes);
                }
                (Ok(draft), Wanted::Sentences(report)) => {
                    let id = draft.id.into();
                    let whole = Part { id, text: draft.text.into_owned(), last: true };
                    for piece in pieces(*report, &mut None, &whole) {
                        report.write(&piece, &mut parsed.bytes);
                    }
                }
                (Err(error), _) => parsed.errors.push(error.to_string()),
            }),
            Task::Piece(report, piece) => report.write(&piece, &mut parsed.bytes),
        }
        // Nobody takes it when the output is gone.
        let _ = result.send(parsed);
    }
}

/// Writes what the workers made, in order.
fn write(
    job: &Job,
    ready: Receiver<Slot>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let frame = job.frame();
    out.write_all(frame.head.as_bytes())?;
    let (mut first, mut good) = (true, true);
    for slot in ready {
        match slot {
            Slot::Said { line, failed } => {
                good &= !failed;
                // Standard error may be closed; that is no reason to stop.
                let _ = writeln!(err, "pullquote: {line}");
            }
            Slot::Parsed { result, before } => {
                // A worker that died leaves no result; the scope hands its panic on.
                let Parsed { bytes, errors } = result.recv().unwrap_or_default();
                good &= errors.is_empty();
                for line in errors {
                    let _ = writeln!(err, "pullquote: {line}");
                }
                if !bytes.is_empty() {
                    if !first {
                        out.write_all(before.as_bytes())?;
                    }
                    first = false;
                    out.write_all(&bytes)?;
                }
            }
        }
    }
    out.write_all(frame.tail.as_bytes())?;
    out.flush()?;
    Ok(good)
}
