//! Runs the project's checks.

fn main() {}
