//! How documents come in and how results go out.
