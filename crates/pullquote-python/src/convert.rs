//! Values at the border between Python and the core.
//!
//! In: what callers hand over, checked, with errors that say the remedy. Out: Python's own dates
//! and representations. Cost: one pass over a text to check that it is Unicode.

use pullquote::Date;
use pullquote_formats::input::parse_date;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDate, PyDateAccess, PyString};

/// The longest piece of text that a `repr` shows, in code points.
const SHOWN: usize = 60;

/// The text to parse, borrowed from Python's string.
pub(crate) fn text<'a>(value: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    if let Ok(string) = value.cast::<PyString>() {
        return string.to_str().map_err(|_| {
            PyValueError::new_err(
                "the text holds half a surrogate pair, which is no character; replace it with \
                 text.encode(\"utf-8\", \"replace\").decode(\"utf-8\")",
            )
        });
    }
    let mut message = format!("the text must be str, not {}", value.get_type().name()?);
    if value.is_instance_of::<PyBytes>() {
        message.push_str("; decode it first, for example data.decode(\"utf-8\")");
    }
    Err(PyTypeError::new_err(message))
}

/// A document date: a `datetime.date`, or a string `YYYY-MM-DD` as the program reads it.
pub(crate) fn date(value: &Bound<'_, PyAny>) -> PyResult<Date> {
    if let Ok(date) = value.cast::<PyDate>() {
        let year = i16::try_from(date.get_year()).map_err(|error| value_error(&error))?;
        let (month, day) = (date.get_month().cast_signed(), date.get_day().cast_signed());
        return Date::new(year, month, day).map_err(|error| value_error(&error));
    }
    let Ok(string) = value.cast::<PyString>() else {
        return Err(PyTypeError::new_err(format!(
            "the date must be a datetime.date or a string YYYY-MM-DD, not {}",
            value.get_type().name()?
        )));
    };
    parse_date(string.to_str()?).map_err(|error| value_error(&error))
}

/// Python's date of the same day. `None` outside the years 1 to 9999, which Python has no date for.
pub(crate) fn py_date(py: Python<'_>, date: Date) -> Option<Bound<'_, PyDate>> {
    let (month, day) = (date.month().cast_unsigned(), date.day().cast_unsigned());
    PyDate::new(py, date.year().into(), month, day).ok()
}

/// A `ValueError` that says what the core's error says.
pub(crate) fn value_error(error: &impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A confidence with the two digits that the record has.
pub(crate) fn score(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// `text` as a Python literal, shortened when long.
pub(crate) fn literal(py: Python<'_>, text: &str) -> PyResult<String> {
    let cut = text.char_indices().nth(SHOWN).map(|(at, _)| at);
    let shown = match cut {
        Some(at) => PyString::new(py, &format!("{}…", text.get(..at).unwrap_or_default())),
        None => PyString::new(py, text),
    };
    shown.repr()?.extract()
}
