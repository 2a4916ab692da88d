//! `Parser` and the one-call `parse`.
//!
//! In: a text and what is known about it. Out: a `Doc`. The interpreter's lock is released while
//! the core works.

use crate::convert;
use crate::doc::{Doc, Parsed};
use crate::pipe::Pipe;
use pullquote::{Article, Options};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict, PyString};
use std::num::NonZeroUsize;
use std::thread;

/// Turns texts into documents.
///
/// With `include_beliefs=True` it also gives beliefs and plans ("he hopes", "is expected to"),
/// which were not said. A parser holds nothing else, so it is free to make and safe to share.
#[pyclass(frozen, eq, module = "pullquote")]
#[derive(PartialEq)]
pub(crate) struct Parser {
    options: Options,
}

#[pymethods]
impl Parser {
    #[new]
    #[pyo3(signature = (*, include_beliefs = false))]
    fn new(include_beliefs: bool) -> Self {
        Self { options: Options { include_beliefs } }
    }

    /// Whether beliefs and plans are given too.
    #[getter]
    fn include_beliefs(&self) -> bool {
        self.options.include_beliefs
    }

    /// Parses one text.
    ///
    /// `id` is your name for it, `title` helps to recognise its headline, `date` (a `datetime.date`
    /// or "YYYY-MM-DD") is its publication date and wins over what the text says.
    #[pyo3(signature = (text, *, id = None, title = None, date = None))]
    fn parse(
        &self,
        text: &Bound<'_, PyAny>,
        id: Option<&str>,
        title: Option<&str>,
        date: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Doc> {
        let py = text.py();
        let date = date.map(convert::date).transpose()?;
        let article = Article { text: convert::text(text)?, id, title, date };
        let options = self.options;
        let parsed = py.detach(|| {
            Parsed::new(pullquote::Parser::with_options(options).parse(article), options)
        });
        Ok(Doc::new(parsed))
    }

    /// The same as `parse`.
    #[pyo3(signature = (text, *, id = None, title = None, date = None))]
    fn __call__(
        &self,
        text: &Bound<'_, PyAny>,
        id: Option<&str>,
        title: Option<&str>,
        date: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Doc> {
        self.parse(text, id, title, date)
    }

    /// Parses many texts on several threads and yields their documents in order.
    ///
    /// `texts` is read a few texts ahead, never all at once. An exception it raises comes after the
    /// documents of the texts before it. `threads` is, unless given, the number of CPUs that this
    /// process may use.
    #[pyo3(signature = (texts, *, threads = None))]
    fn pipe(&self, texts: &Bound<'_, PyAny>, threads: Option<isize>) -> PyResult<Pipe> {
        if texts.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err(
                "texts must be an iterable of str, not one str; for one text write parser.parse(text)",
            ));
        }
        let threads = match threads {
            None => thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            Some(threads) => {
                usize::try_from(threads).ok().and_then(NonZeroUsize::new).ok_or_else(|| {
                    PyValueError::new_err(format!("threads must be 1 or more, not {threads}"))
                })?
            }
        };
        Pipe::new(texts.try_iter()?.unbind(), self.options, threads)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyDict>)> {
        Ok(((), [("include_beliefs", self.options.include_beliefs)].into_py_dict(py)?))
    }

    fn __repr__(&self) -> &'static str {
        if self.options.include_beliefs { "Parser(include_beliefs=True)" } else { "Parser()" }
    }
}

/// Parses one text; see `Parser.parse` for what the arguments mean.
#[pyfunction]
#[pyo3(signature = (text, *, id = None, title = None, date = None, include_beliefs = false))]
pub(crate) fn parse(
    text: &Bound<'_, PyAny>,
    id: Option<&str>,
    title: Option<&str>,
    date: Option<&Bound<'_, PyAny>>,
    include_beliefs: bool,
) -> PyResult<Doc> {
    Parser::new(include_beliefs).parse(text, id, title, date)
}
