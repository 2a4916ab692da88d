//! Python views over pullquote's types.

/// The compiled half of the `pullquote` package.
#[pyo3::pymodule(gil_used = false)]
mod _pullquote {}
