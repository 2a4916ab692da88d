//! `Parser`, and the two stages that can be had alone.
//!
//! In: a text and what is known about it. Out: a `Doc`, or the spans of its sentences or tokens. The
//! interpreter's lock is released while the core works.

use crate::convert;
use crate::doc::{Doc, Parsed};
use crate::pipe::Pipe;
use crate::span::spans;
use pullquote::{Article, Document, Options, Span as ByteSpan};
use pullquote_formats::model::with_model;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use std::ffi::OsStr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

/// Turns texts into documents.
///
/// With `include_beliefs=True` it also gives beliefs and plans ("he hopes", "is expected to"),
/// which were not said. With `model` it finds names by a model of your own, a file made by
/// `pullquote-train train entities`: `OSError` when the file cannot be read, `ValueError` when it
/// holds no model that this version can use.
///
/// A parser is safe to share between threads, and without a model free to make. It is pickled with
/// the path of its model, not with the model: the file must be there when it is loaded.
#[pyclass(frozen, eq, module = "pullquote")]
pub(crate) struct Parser {
    parser: pullquote::Parser,
    model: Option<PathBuf>,
}

impl Parser {
    /// The core's parser.
    pub(crate) fn core(&self) -> &pullquote::Parser {
        &self.parser
    }
}

/// Equal when they make the same of every text, wherever their models lie.
impl PartialEq for Parser {
    fn eq(&self, other: &Self) -> bool {
        self.parser == other.parser
    }
}

#[pymethods]
impl Parser {
    #[new]
    #[pyo3(signature = (*, include_beliefs = false, model = None))]
    fn new(py: Python<'_>, include_beliefs: bool, model: Option<PathBuf>) -> PyResult<Self> {
        let parser = pullquote::Parser::with_options(Options { include_beliefs });
        let parser = match &model {
            Some(path) => py
                .detach(|| with_model(parser, path))
                .map_err(|error| convert::model_error(py, &error))?,
            None => parser,
        };
        Ok(Self { parser, model })
    }

    /// Whether beliefs and plans are given too.
    #[getter]
    fn include_beliefs(&self) -> bool {
        self.parser.options().include_beliefs
    }

    /// The file of your own model, else None.
    #[getter]
    fn model(&self) -> Option<&OsStr> {
        self.model.as_deref().map(Path::as_os_str)
    }

    /// Reads one article and pulls out who said what. Never fails on any text.
    ///
    /// `text` is the article; it is never changed, so that every span slices it. `id` is your name
    /// for it, `title` helps to recognise its headline, `date` (a `datetime.date` or "YYYY-MM-DD")
    /// is its publication date, which "on Tuesday" counts from, and wins over what the text says.
    ///
    /// >>> import pullquote
    /// >>> doc = pullquote.parse("“The dam will hold,” said Ann Lee on Tuesday.", date="2026-03-14")
    /// >>> quote = doc.quotes[0]
    /// >>> quote.speaker.name, quote.cue[0].text, quote.text
    /// ('Ann Lee', 'said', '“The dam will hold,”')
    /// >>> doc.times[0].exact
    /// datetime.date(2026, 3, 10)
    ///
    /// `TypeError` when `text` is not a str, `ValueError` when it holds half a surrogate pair or
    /// `date` is no date.
    #[pyo3(signature = (text, *, id = None, title = None, date = None))]
    fn parse(
        slf: &Bound<'_, Self>,
        text: &Bound<'_, PyAny>,
        id: Option<&str>,
        title: Option<&str>,
        date: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Doc> {
        let date = date.map(convert::date).transpose()?;
        let article = Article { text: convert::text(text)?, id, title, date };
        let parser = slf.get().core();
        let parsed = slf.py().detach(|| Parsed::new(parser.parse(article), parser.clone()));
        Ok(Doc::new(parsed, slf.clone().unbind()))
    }

    /// Parses many texts on several threads and yields their documents in order.
    ///
    /// `texts` is read a few texts ahead, never all at once. An exception it raises comes after the
    /// documents of the texts before it. `threads` is, unless given, the number of CPUs that this
    /// process may use.
    #[pyo3(signature = (texts, *, threads = None))]
    fn pipe(
        slf: &Bound<'_, Self>,
        texts: &Bound<'_, PyAny>,
        threads: Option<isize>,
    ) -> PyResult<Pipe> {
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
        Pipe::new(texts.try_iter()?.unbind(), slf, threads)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyDict>)> {
        let known = PyDict::new(py);
        known.set_item("include_beliefs", self.include_beliefs())?;
        known.set_item("model", self.model())?;
        Ok(((), known))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut options = Vec::new();
        if self.include_beliefs() {
            options.push("include_beliefs=True".to_owned());
        }
        if let Some(path) = self.model() {
            options.push(format!("model={}", path.into_pyobject(py)?.repr()?.to_str()?));
        }
        Ok(format!("Parser({})", options.join(", ")))
    }
}

/// The sentences of a text, in order, without the rest of the analysis and at a fraction of its
/// cost. They are those of `parse(text).sents`.
///
/// >>> import pullquote
/// >>> text = "Dr. Voss left at 9 p.m. The crowd stayed."
/// >>> print(*pullquote.sentences(text), sep=" | ")
/// Dr. Voss left at 9 p.m. | The crowd stayed.
///
/// `TypeError` when `text` is not a str, `ValueError` when it holds half a surrogate pair.
#[pyfunction]
pub(crate) fn sentences<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
    alone(text, |text| pullquote::sentences(text).rows().iter().map(|row| row.span).collect())
}

/// The tokens of a text, in order, without the rest of the analysis and at a fraction of its cost.
/// They are those of `parse(text).tokens`: words as Universal Dependencies cut them.
///
/// >>> import pullquote
/// >>> print(*pullquote.tokens("They don't know."))
/// They do n't know .
///
/// `TypeError` when `text` is not a str, `ValueError` when it holds half a surrogate pair.
#[pyfunction]
pub(crate) fn tokens<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
    alone(text, |text| pullquote::tokens(text).rows().iter().map(|row| row.span).collect())
}

/// What one stage finds in a text, as spans of a document of which nothing else was read.
fn alone<'py>(
    text: &Bound<'py, PyAny>,
    stage: fn(&str) -> Vec<ByteSpan>,
) -> PyResult<Bound<'py, PyTuple>> {
    let (py, text) = (text.py(), convert::text(text)?);
    let (parsed, found) =
        py.detach(|| (Parsed::new(Document::unread(text), pullquote::Parser::new()), stage(text)));
    spans(py, &parsed, &found)
}
