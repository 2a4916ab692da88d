//! The `pullquote-train` program's entry.

fn main() {}
