//! The `pullquote` program.
