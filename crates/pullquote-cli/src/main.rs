//! The `pullquote` program's entry.

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    pullquote_cli::run(std::env::args_os(), io::stdin(), io::stdout(), io::stderr())
}
