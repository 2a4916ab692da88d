//! Many texts on several threads, documents out in order.
//!
//! In: a Python iterator of texts. Out: an iterator of `Doc`. Worker threads take texts from one
//! queue and never touch the interpreter; the caller's thread reads the texts, hands them out and
//! waits for the document that is due with the interpreter's lock released.
//!
//! Invariant: at most [`AHEAD`] texts per thread are read beyond the document that is due. The
//! texts' own exception waits until the documents of the texts before it are out.

use crate::convert;
use crate::doc::{Doc, Parsed};
use crate::parser::Parser;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Texts read ahead for each thread.
const AHEAD: usize = 4;

/// A text and where its document is awaited.
type Job = (String, Sender<Arc<Parsed>>);

/// Yields the documents of an iterator of texts.
#[pyclass(module = "pullquote")]
pub(crate) struct Pipe {
    /// Where texts come from and where they go. `None` once the texts ended, by exhaustion or by
    /// their exception; that closes the queue, so that the threads end when it is worked off.
    source: Option<(Py<PyIterator>, Sender<Job>)>,
    failure: Option<PyErr>,
    /// One receiver per text handed out, in order. The lock is never contended: it is there because
    /// a receiver alone may not be shared.
    due: Mutex<VecDeque<Receiver<Arc<Parsed>>>>,
    ahead: usize,
    parser: Py<Parser>,
}

impl Pipe {
    /// Starts the threads. They end when the texts do or the `Pipe` is dropped. `OSError` when the
    /// system gives no more threads.
    pub(crate) fn new(
        texts: Py<PyIterator>,
        parser: &Bound<'_, Parser>,
        threads: NonZeroUsize,
    ) -> PyResult<Self> {
        let (jobs, queue) = channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..threads.get() {
            let (queue, parser) = (Arc::clone(&queue), parser.get().core().clone());
            thread::Builder::new().name("pullquote".into()).spawn(move || work(&queue, &parser))?;
        }
        let ahead = threads.get().saturating_mul(AHEAD);
        let (source, parser) = (Some((texts, jobs)), parser.clone().unbind());
        Ok(Self { source, failure: None, due: Mutex::default(), ahead, parser })
    }

    /// Reads texts and hands them out until enough are under way.
    fn fill(&mut self, py: Python<'_>) {
        let due = self.due.get_mut().unwrap_or_else(PoisonError::into_inner);
        while let Some((texts, jobs)) = &self.source
            && due.len() < self.ahead
        {
            let next = texts.bind(py).clone().next();
            match next.map(|text| convert::text(&text?).map(str::to_owned)) {
                Some(Ok(text)) => {
                    let (answer, receiver) = channel();
                    // Fails only when every thread has died; the receiver then reports it.
                    let _ = jobs.send((text, answer));
                    due.push_back(receiver);
                }
                ended => {
                    self.source = None;
                    self.failure = ended.and_then(Result::err);
                }
            }
        }
    }
}

/// Parses texts until the queue closes.
fn work(queue: &Mutex<Receiver<Job>>, parser: &pullquote::Parser) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((text, answer)) = job else { return };
        // Fails when the `Pipe` was dropped and nobody waits any more.
        let _ = answer.send(Parsed::new(parser.parse(text.as_str()), parser.clone()));
    }
}

#[pymethods]
impl Pipe {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Doc>> {
        self.fill(py);
        let due = self.due.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(receiver) = due.pop_front() else {
            return self.failure.take().map_or(Ok(None), Err);
        };
        match py.detach(move || receiver.recv()) {
            Ok(parsed) => Ok(Some(Doc::new(parsed, self.parser.clone_ref(py)))),
            Err(_) => {
                Err(PyRuntimeError::new_err("a parsing thread ended before its text was done"))
            }
        }
    }
}
