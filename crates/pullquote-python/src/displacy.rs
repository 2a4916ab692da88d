//! Dictionaries that spaCy's displaCy draws as they are.
//!
//! In: a document. Out: its entities by their positions in code points, or its quotes, cues and
//! sources by their tokens. spaCy itself is not needed. Cost: linear in the document's tables, times
//! the logarithm of its tokens for the quotes.

use crate::doc::Parsed;
use pullquote::{Document, Span};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// `{"text", "title", "ents": [{"start", "end", "label"}]}`.
pub(crate) fn ents<'py>(py: Python<'py>, parsed: &Parsed) -> PyResult<Bound<'py, PyDict>> {
    let document = &parsed.document;
    let ents = PyList::empty(py);
    for entity in document.entities() {
        let ent = PyDict::new(py);
        ent.set_item("start", parsed.char_at(entity.span.start()))?;
        ent.set_item("end", parsed.char_at(entity.span.end()))?;
        ent.set_item("label", entity.label.as_str())?;
        ents.append(ent)?;
    }
    let out = PyDict::new(py);
    out.set_item("text", document.text())?;
    out.set_item("title", document.title())?;
    out.set_item("ents", ents)?;
    Ok(out)
}

/// `{"text", "title", "tokens", "spans": [{"start_token", "end_token", "label"}]}`.
pub(crate) fn spans<'py>(py: Python<'py>, parsed: &Parsed) -> PyResult<Bound<'py, PyDict>> {
    let document = &parsed.document;
    let found = PyList::empty(py);
    for quote in document.quotes() {
        let kinds =
            [(&quote.content, quote.kind.as_str()), (&quote.cue, "cue"), (&quote.source, "source")];
        for (parts, label) in kinds {
            for part in parts {
                let (start, end) = tokens_of(document, *part);
                let span = PyDict::new(py);
                span.set_item("start_token", start)?;
                span.set_item("end_token", end)?;
                span.set_item("label", label)?;
                found.append(span)?;
            }
        }
    }
    let out = PyDict::new(py);
    out.set_item("text", document.text())?;
    out.set_item("title", document.title())?;
    out.set_item(
        "tokens",
        PyList::new(py, document.tokens().iter().map(|token| document.text_of(token)))?,
    )?;
    out.set_item("spans", found)?;
    Ok(out)
}

/// The number of the first token that a span touches, and the one after the last.
fn tokens_of(document: &Document, span: Span) -> (usize, usize) {
    let tokens = document.tokens();
    let first = tokens.partition_point(|token| token.span.end() <= span.start());
    let after = tokens.partition_point(|token| token.span.start() < span.end());
    (first, after)
}
