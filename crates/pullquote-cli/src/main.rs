//! The `pullquote` program's entry.

fn main() {}
