//! `Doc`, the parsed article.
//!
//! A `Doc` shares one [`Parsed`] with all its views. Each table's tuple of views is made when it is
//! first asked for and kept, so that `doc.sents[i]` in a loop stays linear.

use crate::actor::Actor;
use crate::convert::{installed, literal, py_date, tuple, value_error};
use crate::displacy;
use crate::parser::Parser;
use crate::quote::{Quote, QuoteMark};
use crate::span::{Amount, Block, Entity, Sentence, Span, Time};
use pullquote::index::Id;
use pullquote::layout::DateOrigin;
use pullquote::offsets::OffsetTable;
use pullquote::sentences::SentenceId;
use pullquote::{Date, Document, OffsetUnit, RecordOptions};
use pullquote_formats::html::fragment;
use pyo3::PyTypeInfo;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyDict, PyIterator, PyString, PyTuple};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// A document, how its positions convert and what it was made by.
pub(crate) struct Parsed {
    pub(crate) document: Document,
    chars: OffsetTable,
    parser: pullquote::Parser,
    hash: OnceLock<u64>,
}

impl Parsed {
    /// Prepares a document for views of it. Linear in the text.
    pub(crate) fn new(document: Document, parser: pullquote::Parser) -> Arc<Self> {
        let chars = OffsetTable::new(document.text(), OffsetUnit::Chars);
        Arc::new(Self { document, chars, parser, hash: OnceLock::new() })
    }

    /// The code points before byte `at`.
    pub(crate) fn char_at(&self, at: usize) -> u32 {
        self.chars.at(self.document.text(), at)
    }

    /// The date that the caller gave.
    fn given_date(&self) -> Option<Date> {
        let found = self.document.layout().date?;
        (found.origin == DateOrigin::Given).then_some(found.date)
    }

    /// All that the document is made from, but for the parser; the rest follows.
    fn made_from(&self) -> (&str, Option<&str>, Option<&str>, Option<Date>) {
        let document = &self.document;
        (document.text(), document.id(), document.title(), self.given_date())
    }

    /// A hash of what it was made from, computed once.
    fn digest(&self) -> u64 {
        *self.hash.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            self.made_from().hash(&mut hasher);
            hasher.finish()
        })
    }
}

impl PartialEq for Parsed {
    fn eq(&self, other: &Self) -> bool {
        self.made_from() == other.made_from() && self.parser == other.parser
    }
}

impl Eq for Parsed {}

impl Hash for Parsed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.digest());
    }
}

/// Made when first asked for.
type Views = PyOnceLock<Py<PyTuple>>;

/// An article and all that was found in it.
///
/// `len(doc)` and `doc[i]` are its tokens. Two documents are equal when they were made from the
/// same text, id, title and date by equal parsers. A document is pickled as what it was made from
/// and parsed again when loaded.
#[pyclass(frozen, eq, module = "pullquote")]
pub(crate) struct Doc {
    parsed: Arc<Parsed>,
    parser: Py<Parser>,
    text: PyOnceLock<Py<PyString>>,
    blocks: Views,
    sents: Views,
    tokens: Views,
    ents: Views,
    times: Views,
    amounts: Views,
    actors: Views,
    quotes: Views,
    quote_marks: Views,
}

impl Doc {
    /// The view of a document that `parser` parsed.
    pub(crate) fn new(parsed: Arc<Parsed>, parser: Py<Parser>) -> Self {
        Self {
            parsed,
            parser,
            text: PyOnceLock::new(),
            blocks: Views::new(),
            sents: Views::new(),
            tokens: Views::new(),
            ents: Views::new(),
            times: Views::new(),
            amounts: Views::new(),
            actors: Views::new(),
            quotes: Views::new(),
            quote_marks: Views::new(),
        }
    }

    /// The parsed document.
    pub(crate) fn document(&self) -> &Document {
        &self.parsed.document
    }

    /// The entities of one class.
    fn ents_of<'py, T: PyTypeInfo>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let of_class = self.ents(py)?.iter().filter(PyAnyMethods::is_instance_of::<T>);
        PyTuple::new(py, of_class.collect::<Vec<_>>())
    }
}

impl PartialEq for Doc {
    fn eq(&self, other: &Self) -> bool {
        self.parsed == other.parsed
    }
}

/// The tuple kept in `views`, made by `make` the first time.
fn kept<'a, 'py>(
    py: Python<'py>,
    views: &'a Views,
    make: impl FnOnce() -> PyResult<Bound<'py, PyTuple>>,
) -> PyResult<&'a Bound<'py, PyTuple>> {
    Ok(views.get_or_try_init(py, || make().map(Bound::unbind))?.bind(py))
}

#[pymethods]
impl Doc {
    /// The text exactly as given.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.text.get_or_init(py, || PyString::new(py, self.document().text()).unbind()).bind(py)
    }

    /// The caller's name for the document, else None.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.document().id()
    }

    /// The caller's title of the document, else None.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.document().title()
    }

    /// The publication date, given or found in the text, else None.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyDate>> {
        self.document().date().and_then(|date| py_date(py, date))
    }

    /// The parts of the article, in order.
    #[getter]
    fn blocks<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.blocks, || Block::all(py, &self.parsed))
    }

    /// The sentences, in order.
    #[getter]
    fn sents<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.sents, || {
            let ids = (0..self.document().sentences().len()).map(SentenceId::from_index);
            tuple(py, ids.map(|id| Sentence::new(py, &self.parsed, id)))
        })
    }

    /// The tokens, in order.
    #[getter]
    fn tokens<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.tokens, || {
            let tokens = self.document().tokens().iter();
            PyTuple::new(py, tokens.map(|token| Span::new(&self.parsed, token)))
        })
    }

    /// The entities, in order.
    #[getter]
    fn ents<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.ents, || {
            let ids = self.document().entity_table().iter().map(|(id, _)| id);
            tuple(py, ids.map(|id| Entity::new(py, &self.parsed, id)))
        })
    }

    /// The dates, times of day, lengths of time and repeated times among `ents`.
    #[getter]
    fn times<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.times, || self.ents_of::<Time>(py))
    }

    /// The amounts of money and percentages among `ents`.
    #[getter]
    fn amounts<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.amounts, || self.ents_of::<Amount>(py))
    }

    /// The people, organisations and places, in order of first mention.
    #[getter]
    fn actors<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.actors, || {
            let ids = self.document().actor_table().iter().map(|(id, _)| id);
            PyTuple::new(py, ids.map(|id| Actor::new(&self.parsed, id)))
        })
    }

    /// The quotes, in order of their content.
    #[getter]
    fn quotes<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.quotes, || {
            let ids = self.document().quote_table().iter().map(|(id, _)| id);
            PyTuple::new(py, ids.map(|id| Quote::new(&self.parsed, id)))
        })
    }

    /// The account of every region between quotation marks, in order.
    #[getter]
    fn quote_marks<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        kept(py, &self.quote_marks, || QuoteMark::all(py, &self.parsed))
    }

    /// Positions of quotation marks that pair with nothing, in code points, in order.
    #[getter]
    fn stray_marks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let strays = self.document().stray_marks().iter();
        PyTuple::new(py, strays.map(|&at| self.parsed.char_at(at as usize)))
    }

    /// The schema-1 record as one line of JSON, the same that the program writes.
    ///
    /// `offsets` is `chars` (code points), `bytes` (of UTF-8) or `utf16` (code units); with
    /// `text=False` the record leaves the text out.
    #[pyo3(signature = (*, offsets = "chars", text = true))]
    fn to_json(&self, py: Python<'_>, offsets: &str, text: bool) -> PyResult<String> {
        let offsets = offsets.parse::<OffsetUnit>().map_err(|error| value_error(&error))?;
        Ok(py.detach(|| self.document().to_json(RecordOptions { offsets, text })))
    }

    /// The schema-1 record as a dictionary.
    #[pyo3(signature = (*, offsets = "chars", text = true))]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        offsets: &str,
        text: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json(py, offsets, text)?,))
    }

    /// A `spacy.tokens.Doc` in the tokens of the pipeline `nlp`, with what the component `pullquote`
    /// sets (see `help("pullquote.spacy")`). `ImportError` when spaCy is not installed.
    fn to_spacy<'py>(
        slf: &Bound<'py, Self>,
        nlp: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        installed(py, "spacy", "spacy")?;
        let doc = nlp.call_method1("make_doc", (slf.get().text(py),))?;
        py.import("pullquote.spacy")?.call_method1("annotate", (doc, slf))
    }

    /// A dictionary for `spacy.displacy.render(..., style=style, manual=True)`: the entities for
    /// `ent`, the quotes with cues and sources for `span`. Needs no spaCy itself.
    ///
    /// `ValueError` for any other style.
    #[pyo3(signature = (style = "ent"))]
    fn to_displacy<'py>(&self, py: Python<'py>, style: &str) -> PyResult<Bound<'py, PyDict>> {
        match style {
            "ent" => displacy::ents(py, &self.parsed),
            "span" => displacy::spans(py, &self.parsed),
            _ => {
                Err(PyValueError::new_err(format!("style must be 'ent' or 'span', not {style:?}")))
            }
        }
    }

    /// The article beside a list of who said what, for notebooks.
    fn _repr_html_(&self, py: Python<'_>) -> String {
        py.detach(|| fragment(self.document()))
    }

    fn __len__(&self) -> usize {
        self.document().tokens().len()
    }

    fn __getitem__(&self, index: isize) -> PyResult<Span> {
        let tokens = self.document().tokens();
        let from_start =
            if index < 0 { index.checked_add_unsigned(tokens.len()) } else { Some(index) };
        let token = from_start.and_then(|at| tokens.get(usize::try_from(at).ok()?));
        token.map(|token| Span::new(&self.parsed, token)).ok_or_else(|| {
            PyIndexError::new_err(format!("no token {index} in a document of {}", tokens.len()))
        })
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.tokens(py)?.try_iter()
    }

    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, (&Bound<'py, PyString>,))> {
        let known = PyDict::new(py);
        known.set_item("id", self.id())?;
        known.set_item("title", self.title())?;
        known.set_item("date", self.parsed.given_date().map(|date| date.to_string()))?;
        let parse = self.parser.bind(py).getattr("parse")?;
        let partial = py.import("functools")?.call_method("partial", (parse,), Some(&known))?;
        Ok((partial, (self.text(py),)))
    }

    fn __hash__(&self) -> u64 {
        self.parsed.digest()
    }

    fn __str__<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.text(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let document = self.document();
        let id = document.id().map(|id| literal(py, id)).transpose()?;
        let id = id.map(|id| format!("id={id}, ")).unwrap_or_default();
        let (sentences, quotes) = (document.sentences().len(), document.quotes().len());
        let text = literal(py, document.text())?;
        Ok(format!("Doc({id}{sentences} sentences, {quotes} quotes, text={text})"))
    }
}
