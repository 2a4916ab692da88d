//! Values at the border between Python and the core.
//!
//! In: what callers hand over, checked, with errors that say the remedy. Out: Python's own dates,
//! times, numbers, tuples and representations. Cost: one pass over a text to check that it is
//! Unicode.

use pullquote::entities::{Decimal, Exact};
use pullquote::{Date, Time};
use pullquote_formats::model::ModelFileError;
use pullquote_formats::parse_date;
use pyo3::exceptions::{PyImportError, PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBytes, PyDate, PyDateAccess, PyDateTime, PyDelta, PyString, PyTime, PyTuple, PyType, PyTzInfo,
};

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

/// Python's value of what a text names exactly; `None` outside the years 1 to 9999.
pub(crate) fn exact(py: Python<'_>, exact: Exact) -> PyResult<Option<Bound<'_, PyAny>>> {
    let zone = |minutes: Option<i16>| {
        let offset = minutes.map(|minutes| PyDelta::new(py, 0, i32::from(minutes) * 60, 0, true));
        offset.transpose()?.map(|offset| PyTzInfo::fixed_offset(py, offset)).transpose()
    };
    let parts = |time: Time| [time.hour(), time.minute(), time.second()].map(i8::cast_unsigned);
    Ok(match exact {
        Exact::Day(day) => py_date(py, day).map(Bound::into_any),
        Exact::Moment(moment, east) => {
            let (day, [hour, minute, second]) = (moment.date(), parts(moment.time()));
            let (month, number) = (day.month().cast_unsigned(), day.day().cast_unsigned());
            let (year, zone) = (day.year().into(), zone(east)?);
            let zone = zone.as_ref();
            PyDateTime::new(py, year, month, number, hour, minute, second, 0, zone)
                .ok()
                .map(Bound::into_any)
        }
        Exact::OfDay(time, east) => {
            let [hour, minute, second] = parts(time);
            let zone = zone(east)?;
            Some(PyTime::new(py, hour, minute, second, 0, zone.as_ref())?.into_any())
        }
    })
}

/// A `decimal.Decimal` with the digits that the text has.
pub(crate) fn decimal(py: Python<'_>, number: Decimal) -> PyResult<Bound<'_, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((number.to_string(),))
}

/// A tuple of views, in order.
pub(crate) fn tuple<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    views: impl Iterator<Item = PyResult<T>>,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, views.collect::<PyResult<Vec<_>>>()?)
}

/// `OSError` with number, reason and file for a model that cannot be read, else `ValueError`.
pub(crate) fn model_error(py: Python<'_>, error: &ModelFileError) -> PyErr {
    if let ModelFileError::Unreadable { path, source } = error
        && let Some(number) = source.raw_os_error()
        && let Ok(reason) = py.import("os").and_then(|os| os.call_method1("strerror", (number,)))
    {
        return PyOSError::new_err((number, reason.unbind(), path.as_os_str().to_owned()));
    }
    value_error(error)
}

/// A `ValueError` that says what the core's error says.
pub(crate) fn value_error(error: &impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Another library, or what to install.
pub(crate) fn installed<'py>(
    py: Python<'py>,
    name: &str,
    packages: &str,
) -> PyResult<Bound<'py, PyModule>> {
    py.import(name).map_err(|error| {
        if error.is_instance_of::<PyImportError>(py) {
            PyImportError::new_err(format!("{error}; pip install {packages}"))
        } else {
            error
        }
    })
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
