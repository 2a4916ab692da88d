//! Quotes: what was said, by what verb, by whom.
//!
//! A view is a pointer to its document and the quote's id. Two quotes are equal when they are the
//! same quote of equal documents.

use crate::actor::Actor;
use crate::convert::{literal, tuple};
use crate::doc::Parsed;
use crate::span::{Entity, Sentence, Span, spans};
use pullquote::index::Id;
use pullquote::json::score;
use pullquote::quotes::{QuoteId, QuoteMarkId};
use pullquote_formats::html;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use std::sync::Arc;

/// One attribution: what was said, its cue, its source and its speakers.
#[pyclass(frozen, eq, hash, module = "pullquote")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Quote {
    parsed: Arc<Parsed>,
    id: QuoteId,
}

impl Quote {
    /// The view of one quote.
    pub(crate) fn new(parsed: &Arc<Parsed>, id: QuoteId) -> Self {
        Self { parsed: Arc::clone(parsed), id }
    }

    fn row(&self) -> &pullquote::quotes::Quote {
        &self.parsed.document.quote_table()[self.id]
    }

    fn who(&self, index: usize) -> Speaker {
        Speaker { parsed: Arc::clone(&self.parsed), quote: self.id, index }
    }
}

#[pymethods]
impl Quote {
    /// Its number in `doc.quotes`.
    #[getter]
    fn id(&self) -> usize {
        self.id.index()
    }

    /// What was said, marks included; an ellipsis stands where a split quote leaves words out.
    #[getter]
    fn text(&self) -> String {
        self.parsed.document.joined(&self.row().content)
    }

    /// `direct` (nine words in ten or more between marks), `mixed` (some) or `indirect` (none).
    #[getter]
    fn kind(&self) -> &'static str {
        self.row().kind.as_str()
    }

    /// What was said, one span per stretch, marks included.
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        spans(py, &self.parsed, &self.row().content)
    }

    /// The words between quotation marks, marks left out.
    #[getter]
    fn verbatim<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        spans(py, &self.parsed, &self.row().verbatim)
    }

    /// The verb group, "according to" or the noun that attributes it.
    #[getter]
    fn cue<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        spans(py, &self.parsed, &self.row().cue)
    }

    /// The cue's dictionary form, `say`, else None.
    #[getter]
    fn cue_lemma(&self) -> Option<&'static str> {
        self.row().cue_lemma
    }

    /// `say`, `write`, `ask`, `think`, `announce`, `accuse`, `deny`, `urge`, `evidential`,
    /// `label` or `none`.
    #[getter]
    fn cue_class(&self) -> &'static str {
        self.row().cue_class.as_str()
    }

    /// Whether the source stands by it: `asserted`, `denied` or `declined`.
    #[getter]
    fn polarity(&self) -> &'static str {
        self.row().polarity.as_str()
    }

    /// The source as written here, the whole noun phrase; empty when it is carried over.
    #[getter]
    fn source<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        spans(py, &self.parsed, &self.row().source)
    }

    /// How the source is written: `name`, `pronoun`, `role`, `organisation`, `collective`,
    /// `borrowed`, `carried` or `none`.
    #[getter]
    fn source_form(&self) -> &'static str {
        self.row().source_form.as_str()
    }

    /// Who said it, the first of several, else None.
    #[getter]
    fn speaker(&self) -> Option<Speaker> {
        (!self.row().speakers.is_empty()).then(|| self.who(0))
    }

    /// Who said it; several when they said it together.
    #[getter]
    fn speakers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, (0..self.row().speakers.len()).map(|index| self.who(index)))
    }

    /// Whom a pronoun, a role or a shared surname may mean instead, the likelier first; kept when
    /// close.
    #[getter]
    fn alternatives<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let first = self.row().speakers.len();
        let last = first + self.row().alternatives.len();
        PyTuple::new(py, (first..last).map(|index| self.who(index)))
    }

    /// To whom it was said, else None.
    #[getter]
    fn addressee(&self) -> Option<Span> {
        self.row().addressee.map(|span| Span::new(&self.parsed, &span))
    }

    /// Where it was said, "in a statement", else None.
    #[getter]
    fn medium(&self) -> Option<Span> {
        self.row().medium.map(|span| Span::new(&self.parsed, &span))
    }

    /// When it was said, else None.
    #[getter]
    fn time<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Entity>>> {
        self.row().time.map(|id| Entity::new(py, &self.parsed, id)).transpose()
    }

    /// Number of the utterance; fragments over several paragraphs share it.
    #[getter]
    fn group(&self) -> u32 {
        self.row().group
    }

    /// The sentence that its cue, or else its content, begins in.
    #[getter]
    fn sentence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Sentence>> {
        Sentence::new(py, &self.parsed, self.row().sentence)
    }

    /// How often an attribution found this way is right, from 0 to 1.
    #[getter]
    fn confidence(&self) -> f64 {
        score(self.row().confidence)
    }

    /// The pattern that found it, in words.
    #[getter]
    fn evidence(&self) -> &'static str {
        self.row().evidence.as_str()
    }

    /// What was said and by whom, for notebooks.
    fn _repr_html_(&self) -> String {
        html::quote(&self.parsed.document, self.id)
    }

    fn __str__(&self) -> String {
        self.text()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let speaker = self.parsed.document.speaker_name(self.row());
        let speaker = speaker.map_or_else(|| Ok("None".to_owned()), |name| literal(py, name))?;
        let (id, kind, text) = (self.id(), self.kind(), literal(py, &self.text())?);
        Ok(format!("Quote({id}, '{kind}', speaker={speaker}, text={text})"))
    }
}

/// Who said it.
#[pyclass(frozen, eq, hash, module = "pullquote")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Speaker {
    parsed: Arc<Parsed>,
    quote: QuoteId,
    index: usize,
}

impl Speaker {
    /// Its row; the alternatives are counted on after the speakers.
    fn row(&self) -> &pullquote::quotes::Speaker {
        let quote = &self.parsed.document.quote_table()[self.quote];
        let other = || &quote.alternatives[self.index - quote.speakers.len()];
        quote.speakers.get(self.index).unwrap_or_else(other)
    }
}

#[pymethods]
impl Speaker {
    /// The actor's fullest name, or the source as written when it has none.
    #[getter]
    fn name(&self) -> &str {
        self.parsed.document.text_of(&self.row().name)
    }

    /// The actor, else None when the source stays nameless.
    #[getter]
    fn actor(&self) -> Option<Actor> {
        self.row().actor.map(|id| Actor::new(&self.parsed, id))
    }

    /// How it was found: `name`, `pronoun`, `role`, `carried` or `as_written`.
    #[getter]
    fn via(&self) -> &'static str {
        self.row().via.as_str()
    }

    /// How often a speaker found this way is right, from 0 to 1.
    #[getter]
    fn confidence(&self) -> f64 {
        score(self.row().confidence)
    }

    fn __str__(&self) -> &str {
        self.name()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let name = literal(py, self.name())?;
        Ok(format!("Speaker({name}, via='{}', confidence={})", self.via(), self.confidence()))
    }
}

/// A region between quotation marks, speech or not.
#[pyclass(frozen, extends = Span, module = "pullquote")]
pub(crate) struct QuoteMark {
    id: QuoteMarkId,
}

impl QuoteMark {
    /// All regions of a document.
    pub(crate) fn all<'py>(py: Python<'py>, parsed: &Arc<Parsed>) -> PyResult<Bound<'py, PyTuple>> {
        let rows = parsed.document.quote_marks().iter().enumerate();
        let views = rows.map(|(index, row)| {
            let id = QuoteMarkId::from_index(index);
            Bound::new(py, (Self { id }, Span::new(parsed, row)))
        });
        tuple(py, views)
    }
}

/// The row that a region's view shows.
fn mark<'a>(slf: &'a Bound<'_, QuoteMark>) -> &'a pullquote::quotes::QuoteMark {
    &slf.as_super().get().parsed().document.quote_marks()[slf.get().id.index()]
}

#[pymethods]
impl QuoteMark {
    /// What the marks are for: `speech`, `term`, `title`, `nickname`, `sign` or `unknown`.
    #[getter]
    fn function(slf: &Bound<'_, Self>) -> &'static str {
        mark(slf).function.as_str()
    }

    /// The attribution its words belong to, else None.
    #[getter]
    fn quote(slf: &Bound<'_, Self>) -> Option<Quote> {
        mark(slf).quote.map(|id| Quote::new(slf.as_super().get().parsed(), id))
    }

    /// Whether a closing mark was found.
    #[getter]
    fn closed(slf: &Bound<'_, Self>) -> bool {
        mark(slf).closed
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let function = format!("'{}', ", mark(slf).function.as_str());
        slf.as_super().get().show(slf.py(), "QuoteMark", &function)
    }
}
