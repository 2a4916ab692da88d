//! Stretches of the text: `Span` and the kinds of it.
//!
//! A span is a pointer to its document and a range of bytes; positions are turned into code points
//! when asked for. Two spans are equal when they cover the same characters of equal documents, of
//! whatever kind they are.

use crate::actor::Actor;
use crate::convert::{decimal, exact, literal, py_date, tuple};
use crate::doc::Parsed;
use pullquote::entities::{Basis, Code, EntityId, Grain, Modifier, Timex, Unit, Value};
use pullquote::index::Id;
use pullquote::json::score;
use pullquote::layout::BlockKind;
use pullquote::sentences::SentenceId;
use pullquote::{Span as ByteSpan, Spanned};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTuple};
use std::sync::Arc;

/// A stretch of a document's text.
///
/// `doc.text[span.start_char:span.end_char] == span.text`.
#[pyclass(frozen, subclass, eq, hash, module = "pullquote")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    parsed: Arc<Parsed>,
    span: ByteSpan,
}

impl Span {
    /// The view of `part` of a parsed document.
    pub(crate) fn new(parsed: &Arc<Parsed>, part: &impl Spanned) -> Self {
        Self { parsed: Arc::clone(parsed), span: part.span() }
    }

    /// The document it belongs to.
    pub(crate) fn parsed(&self) -> &Arc<Parsed> {
        &self.parsed
    }

    /// The text it covers.
    pub(crate) fn as_str(&self) -> &str {
        self.parsed.document.text_of(&self.span)
    }

    /// `Name('text', more, start, end)`.
    pub(crate) fn show(&self, py: Python<'_>, name: &str, more: &str) -> PyResult<String> {
        let (text, start, end) = (literal(py, self.as_str())?, self.start_char(), self.end_char());
        Ok(format!("{name}({text}, {more}{start}, {end})"))
    }
}

#[pymethods]
impl Span {
    /// The text it covers, exactly as the document has it.
    #[getter]
    fn text(&self) -> &str {
        self.as_str()
    }

    /// Its first character, counted in code points from the start of the text.
    #[getter]
    pub(crate) fn start_char(&self) -> u32 {
        self.parsed.char_at(self.span.start())
    }

    /// The character after its last one.
    #[getter]
    pub(crate) fn end_char(&self) -> u32 {
        self.parsed.char_at(self.span.end())
    }

    fn __str__(&self) -> &str {
        self.as_str()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.show(py, "Span", "")
    }
}

/// The views of `spans`, in order.
pub(crate) fn spans<'py>(
    py: Python<'py>,
    parsed: &Arc<Parsed>,
    spans: &[ByteSpan],
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, spans.iter().map(|span| Span::new(parsed, span)))
}

/// A part of the article: headline, byline, paragraph and so on.
#[pyclass(frozen, extends = Span, module = "pullquote")]
pub(crate) struct Block {
    kind: BlockKind,
}

impl Block {
    /// All blocks of a document.
    pub(crate) fn all<'py>(py: Python<'py>, parsed: &Arc<Parsed>) -> PyResult<Bound<'py, PyTuple>> {
        let view = |row: &pullquote::layout::Block| {
            Bound::new(py, (Self { kind: row.kind }, Span::new(parsed, row)))
        };
        tuple(py, parsed.document.blocks().iter().map(view))
    }
}

#[pymethods]
impl Block {
    /// What part it is: `record_header`, `url`, `headline`, `byline`, `dateline`, `agency`,
    /// `paragraph`, `caption` or `sign_off`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let kind = format!("'{}', ", slf.get().kind.as_str());
        slf.as_super().get().show(slf.py(), "Block", &kind)
    }
}

/// A sentence.
#[pyclass(frozen, extends = Span, module = "pullquote")]
pub(crate) struct Sentence {
    id: SentenceId,
}

impl Sentence {
    /// The view of one sentence.
    pub(crate) fn new<'py>(
        py: Python<'py>,
        parsed: &Arc<Parsed>,
        id: SentenceId,
    ) -> PyResult<Bound<'py, Self>> {
        let span = parsed.document.sentences().get(id.index()).map(Spanned::span);
        Bound::new(py, (Self { id }, Span::new(parsed, &span.unwrap_or_default())))
    }
}

#[pymethods]
impl Sentence {
    /// Its tokens, in order.
    #[getter]
    fn tokens<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let parsed = slf.as_super().get().parsed();
        let tokens = parsed.document.tokens_of(slf.get().id);
        PyTuple::new(slf.py(), tokens.iter().map(|token| Span::new(parsed, token)))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        slf.as_super().get().show(slf.py(), "Sentence", "")
    }
}

/// A named thing, a time (then it is a `Time`) or an amount (then it is an `Amount`).
#[pyclass(frozen, subclass, extends = Span, module = "pullquote")]
pub(crate) struct Entity {
    id: EntityId,
}

impl Entity {
    /// The view of one entity.
    pub(crate) fn new<'py>(
        py: Python<'py>,
        parsed: &Arc<Parsed>,
        id: EntityId,
    ) -> PyResult<Bound<'py, Self>> {
        let row = &parsed.document.entity_table()[id];
        let entity = PyClassInitializer::from(Span::new(parsed, row)).add_subclass(Self { id });
        if row.label.is_time() {
            Ok(Bound::new(py, entity.add_subclass(Time))?.into_super())
        } else if row.label.is_amount() {
            Ok(Bound::new(py, entity.add_subclass(Amount))?.into_super())
        } else {
            Bound::new(py, entity)
        }
    }
}

/// The document of an entity's view and its row there.
fn row<'a>(slf: &'a Bound<'_, Entity>) -> (&'a Arc<Parsed>, &'a pullquote::entities::Entity) {
    let parsed = slf.as_super().get().parsed();
    (parsed, &parsed.document.entity_table()[slf.get().id])
}

#[pymethods]
impl Entity {
    /// What it is: `PERSON`, `ORG`, `LOC`, `FAC`, `NORP`, `PRODUCT`, `MISC`, `DATE`, `TIME`,
    /// `DURATION`, `SET`, `MONEY` or `PERCENT`.
    #[getter]
    fn label(slf: &Bound<'_, Self>) -> &'static str {
        row(slf).1.label.as_str()
    }

    /// The ISO 8601 value of a time as a string, the number of an amount as a `decimal.Decimal`,
    /// else None.
    #[getter]
    fn value<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = slf.py();
        Ok(match row(slf).1.value {
            None => None,
            Some(Value::Time(time)) => Some(time.to_string().into_pyobject(py)?.into_any()),
            Some(Value::Number(low) | Value::Numbers(low, _)) => Some(decimal(py, low)?),
        })
    }

    /// The upper end of a range of amounts, of which `value` is the lower, else None.
    #[getter]
    fn value_to<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match row(slf).1.value {
            Some(Value::Numbers(_, high)) => decimal(slf.py(), high).map(Some),
            _ => Ok(None),
        }
    }

    /// What limits the value, as in TIMEX3: `START`, `END`, `APPROX`, `MORE_THAN` ..., else None.
    #[getter]
    fn modifier(slf: &Bound<'_, Self>) -> Option<&'static str> {
        row(slf).1.modifier.map(Modifier::as_str)
    }

    /// Why a time has its value: `explicit`, `document_date`, `mentioned`, `past`, `future` or
    /// `nearest`, else None.
    #[getter]
    fn basis(slf: &Bound<'_, Self>) -> Option<&'static str> {
        row(slf).1.basis.map(Basis::as_str)
    }

    /// The currency of an amount of money, ISO 4217, `pp` for percentage points, else None.
    #[getter]
    fn unit<'a>(slf: &'a Bound<'_, Self>) -> Option<&'a str> {
        row(slf).1.unit.as_ref().map(Unit::as_str)
    }

    /// The country that a place or a people belongs to, ISO 3166-1, else None.
    #[getter]
    fn country<'a>(slf: &'a Bound<'_, Self>) -> Option<&'a str> {
        row(slf).1.country.as_ref().map(Code::as_str)
    }

    /// How often an entity found this way is right, from 0 to 1.
    #[getter]
    fn confidence(slf: &Bound<'_, Self>) -> f64 {
        score(row(slf).1.confidence)
    }

    /// Whom or what it names, else None.
    #[getter]
    fn actor(slf: &Bound<'_, Self>) -> Option<Actor> {
        let (parsed, id) = (row(slf).0, slf.get().id);
        parsed.document.actor_of(id).map(|actor| Actor::new(parsed, actor))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let label = format!("'{}', ", row(slf).1.label.as_str());
        let name = slf.get_type().name()?;
        slf.as_super().get().show(slf.py(), name.to_str()?, &label)
    }
}

/// A date, a time of day, a length of time or a repeated time.
///
/// `value` is the whole meaning in ISO 8601 / TIMEX3 form, relative times resolved; what the
/// calendar has for it is here as Python's own types. `modifier` tells which part or side of it is
/// meant ("early 2022"), and moves nothing.
#[pyclass(frozen, extends = Entity, module = "pullquote")]
pub(crate) struct Time;

/// What a time means, if the text and the document date tell.
fn timex(slf: &Bound<'_, Time>) -> Option<Timex> {
    match row(slf.as_super()).1.value {
        Some(Value::Time(time)) => Some(time),
        _ => None,
    }
}

#[pymethods]
impl Time {
    /// The first day of a day, month, year ... or range, else None: a season, whose days differ
    /// from country to country, a length and a repeated time have none.
    #[getter]
    fn start_date<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyDate>> {
        py_date(slf.py(), timex(slf)?.days()?.first)
    }

    /// The last day, itself included, where `start_date` is the first, else None.
    #[getter]
    fn end_date<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyDate>> {
        py_date(slf.py(), timex(slf)?.days()?.last)
    }

    /// Where the text names exactly one, the day (`datetime.date`), the time of day on a day
    /// (`datetime.datetime`, with a time zone when one is named) or the time of day alone
    /// (`datetime.time`), else None. Midnight at the end of a day is the first moment of the next.
    #[getter]
    fn exact<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match timex(slf).and_then(Timex::exact) {
            Some(found) => exact(slf.py(), found),
            None => Ok(None),
        }
    }

    /// How finely it is told: `second`, `minute`, `hour`, `part_of_day`, `day`, `weekend`, `week`,
    /// `month`, `quarter`, `season`, `half`, `year`, `decade` or `century`, else None.
    #[getter]
    fn granularity(slf: &Bound<'_, Self>) -> Option<&'static str> {
        timex(slf).and_then(Timex::grain).map(Grain::as_str)
    }
}

/// An amount of money or a percentage.
///
/// `value` is a `decimal.Decimal` with the digits that the text has, `value_to` the upper end of a
/// range. `unit` is the currency (ISO 4217), or `pp` for percentage points, and None where the
/// words leave it open ("500 pesos"). `modifier` tells on which side of it the truth lies.
#[pyclass(frozen, extends = Entity, module = "pullquote")]
pub(crate) struct Amount;
