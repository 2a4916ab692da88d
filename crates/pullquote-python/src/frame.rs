//! Data frames: documents as one table of quotes, entities, actors or sentences.
//!
//! In: an iterable of documents and texts. Out: a `Frame`, one Arrow table, which other libraries
//! take over by its capsule without a copy. The package itself needs none of them.

use crate::convert;
use crate::doc::Doc;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use pullquote_formats::html;
use pullquote_formats::output::{DataFrame, Table};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyString, PyTuple};

/// A table of Arrow columns.
///
/// `pyarrow.table(frame)`, `polars.DataFrame(frame)`, `pandas.DataFrame.from_arrow(frame)` and
/// whatever else reads `__arrow_c_stream__` take it without a copy.
#[pyclass(frozen, module = "pullquote")]
pub(crate) struct Frame {
    rows: RecordBatch,
}

#[pymethods]
impl Frame {
    /// The names of its columns, in order.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.rows.schema().fields().iter().map(|field| field.name().as_str()))
    }

    /// A `pandas.DataFrame`; `ImportError` when pandas and pyarrow are not installed.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let library = |name| convert::installed(slf.py(), name, "pandas pyarrow");
        library("pandas")?;
        library("pyarrow")?.call_method1("table", (slf,))?.call_method0("to_pandas")
    }

    /// A `polars.DataFrame`; `ImportError` when polars is not installed.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        convert::installed(slf.py(), "polars", "polars")?.call_method1("DataFrame", (slf,))
    }

    /// The table as an Arrow C stream, for libraries that ask for one. It comes as it is, whatever
    /// schema is asked for, as the protocol allows.
    #[pyo3(signature = (requested_schema = None))]
    #[expect(unused_variables, reason = "part of the protocol, and only a wish")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let rows = RecordBatchIterator::new([Ok(self.rows.clone())], self.rows.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(rows));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The first rows, for notebooks.
    fn _repr_html_(&self) -> String {
        html::frame(&self.rows)
    }

    fn __len__(&self) -> usize {
        self.rows.num_rows()
    }

    fn __repr__(&self) -> String {
        let schema = self.rows.schema();
        let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!("Frame({} rows: {})", self.rows.num_rows(), names.join(", "))
    }
}

/// Who said what: a row for each quote.
///
/// `docs` is an iterable of documents and texts; a text is parsed by the default parser. For many
/// texts, or with options, hand over `Parser(...).pipe(texts)`, which parses on several threads. The
/// columns are those of `pullquote quotes --format csv`; `document` is the document's id, or its
/// number among `docs` when it has none. Positions count code points.
///
/// >>> import pullquote
/// >>> texts = "“The dam will hold,” said Ann Lee.", "Nobody spoke."
/// >>> frame = pullquote.quotes_frame(pullquote.Parser().pipe(texts))
/// >>> len(frame), frame.columns[:4]
/// (1, ('document', 'id', 'kind', 'speaker'))
///
/// `TypeError` when `docs` is no iterable of documents and texts.
#[pyfunction]
pub(crate) fn quotes_frame(docs: &Bound<'_, PyAny>) -> PyResult<Frame> {
    frame(docs, Table::Quotes)
}

/// What is named, when and how much: a row for each entity; see `quotes_frame` for `docs`.
#[pyfunction]
pub(crate) fn entities_frame(docs: &Bound<'_, PyAny>) -> PyResult<Frame> {
    frame(docs, Table::Entities)
}

/// Who is who: a row for each person, organisation and place, with gender, titles and affiliations;
/// see `quotes_frame` for `docs`.
#[pyfunction]
pub(crate) fn actors_frame(docs: &Bound<'_, PyAny>) -> PyResult<Frame> {
    frame(docs, Table::Actors)
}

/// A row for each sentence; see `quotes_frame` for `docs`.
#[pyfunction]
pub(crate) fn sentences_frame(docs: &Bound<'_, PyAny>) -> PyResult<Frame> {
    frame(docs, Table::Sentences)
}

fn frame(docs: &Bound<'_, PyAny>, table: Table) -> PyResult<Frame> {
    let py = docs.py();
    if docs.is_instance_of::<PyString>() || docs.is_instance_of::<Doc>() {
        let name = docs.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "docs must be an iterable of Doc and str, not one {name}; put it into a list"
        )));
    }
    let parser = pullquote::Parser::new();
    let mut rows = DataFrame::new(table);
    for item in docs.try_iter()? {
        let item = item?;
        if let Ok(doc) = item.cast::<Doc>() {
            rows.add(doc.get().document());
        } else {
            let text = convert::text(&item)?;
            rows.add(&py.detach(|| parser.parse(text)));
        }
    }
    let rows = rows.finish().map_err(|error| convert::value_error(&error))?;
    Ok(Frame { rows })
}
