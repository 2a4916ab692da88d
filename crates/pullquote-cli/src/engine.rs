//! Inputs to output, on several threads, in order, in bounded memory.
//!
//! In: a [`Job`]. Out: its bytes on `out`, one line on `err` for everything amiss.
//!
//! Algorithm: one thread reads blocks of documents; workers take them from one queue, parse them
//! and fill a buffer each; the calling thread writes the buffers in the order in which the blocks
//! were read. For each block the reader puts a slot into the writer's queue, and the worker who
//! gets the block fills it. That queue is short, so a reader or a worker that runs ahead waits.
//!
//! Invariant: the output does not depend on the number of threads. Memory: a few blocks for each
//! worker, whatever the input's size.

use crate::args::Job;
use pullquote_formats::input::{self, Block, Event};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

/// Blocks on their way for each worker.
const AHEAD: usize = 3;

/// What became of one stretch of input, in the order of the input.
enum Slot {
    /// A worker is at it.
    Parsed(Receiver<Parsed>),
    /// Only something to say.
    Said { line: String, failed: bool },
}

/// What a worker made of one block.
#[derive(Default)]
struct Parsed {
    bytes: Vec<u8>,
    errors: Vec<String>,
}

struct Task {
    block: Block,
    result: SyncSender<Parsed>,
}

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
    let (tasks, queue) = mpsc::sync_channel(jobs * AHEAD);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| work(job, &queue));
        }
        scope.spawn(move || read(job, &mut stdin, &slots, &tasks));
        write(job, ready, out, err)
    })
}

/// Reads the inputs until they end or nobody waits for them.
fn read(job: &Job, stdin: &mut dyn Read, slots: &SyncSender<Slot>, tasks: &SyncSender<Task>) {
    // A closed queue means that the output is gone; there is nothing to tell.
    let _ = input::read(&job.inputs, &job.input, stdin, &mut |event| {
        let (slot, task) = match event {
            Event::Block(block) => {
                let (result, parsed) = mpsc::sync_channel(1);
                (Slot::Parsed(parsed), Some(Task { block, result }))
            }
            Event::Notice(notice) => (said(&notice, false), None),
            Event::Error(error) => (said(&error, true), None),
        };
        let sent = slots.send(slot).is_ok() && task.is_none_or(|task| tasks.send(task).is_ok());
        if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

fn said(what: &impl ToString, failed: bool) -> Slot {
    Slot::Said { line: what.to_string(), failed }
}

/// Parses blocks until there are no more.
fn work(job: &Job, queue: &Mutex<Receiver<Task>>) {
    loop {
        // The lock is held while waiting: the others would only wait for the same.
        let Ok(Ok(task)) = queue.lock().map(|queue| queue.recv()) else { return };
        let mut parsed = Parsed::default();
        task.block.read(&job.input, |draft| match draft {
            Ok(draft) => {
                job.report.write(&job.parser.parse(draft.article()), &mut parsed.bytes);
            }
            Err(error) => parsed.errors.push(error.to_string()),
        });
        // Nobody takes it when the output is gone.
        let _ = task.result.send(parsed);
    }
}

/// Writes what the workers made, in order.
fn write(
    job: &Job,
    ready: Receiver<Slot>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let frame = job.report.frame();
    out.write_all(frame.head.as_bytes())?;
    let (mut first, mut good) = (true, true);
    for slot in ready {
        match slot {
            Slot::Said { line, failed } => {
                good &= !failed;
                // Standard error may be closed; that is no reason to stop.
                let _ = writeln!(err, "pullquote: {line}");
            }
            Slot::Parsed(parsed) => {
                // A worker that died leaves no result; the scope hands its panic on.
                let Parsed { bytes, errors } = parsed.recv().unwrap_or_default();
                good &= errors.is_empty();
                for line in errors {
                    let _ = writeln!(err, "pullquote: {line}");
                }
                if !bytes.is_empty() {
                    if !first {
                        out.write_all(frame.between.as_bytes())?;
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
