//! Runs the project's checks: `cargo xtask test`, or one of them by name; and its measures.
//!
//! Each check is a list of commands run in the workspace's root. The first that fails ends the run
//! and is named, with the command that repeats it alone. `.ci/run` runs the same.
#![expect(clippy::print_stdout, reason = "it is a program that reports")]

mod browser;
mod corpus;
mod counts;
mod deny;
mod floors;
mod peers;
mod python;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// A check: its name, what it shows, and how it is run in the workspace's root.
type Check = (&'static str, &'static str, fn(&Path) -> Result<()>);

/// All checks, in the order in which `test` runs them: quick ones first.
const CHECKS: [Check; 11] = [
    ("format", "the Rust code is formatted", |root| cargo(root, "fmt --all --check")),
    ("lint", "clippy has nothing to say", lint),
    ("deny", "every library has a licence and a source that deny.toml allows", deny::check),
    ("rust", "the Rust tests pass", rust),
    ("docs", "the documentation's examples run", |root| cargo(root, "test --workspace --doc")),
    ("benches", "each bench runs once and gives the right answers", |root| {
        cargo(root, "test --workspace --benches")
    }),
    ("data", "what is shipped is what its sources give", |root| {
        cargo(root, "run --package pullquote-train -- generate --check")
    }),
    ("python", "the installed wheel passes its tests", python::check),
    ("browser", "pages can be read and used, and run nothing of an article", browser::check),
    (
        "counts",
        "no stage takes 10 % more instructions than it did, and none grows faster than its text",
        counts::check,
    ),
    ("floors", "the figures reach tests/floors.toml", floors::check),
];

/// A measure: its name, what it tells, and how it is run in the workspace's root, with what else the
/// command line says.
type Measure = (&'static str, &'static str, fn(&Path, &[String]) -> Result<()>);

const MEASURES: [Measure; 5] = [
    (
        "growth",
        "time and memory on hostile texts of 1 to 16 MiB (--sizes, --stage, --kind)",
        growth,
    ),
    ("bench-peers", "speed beside other libraries; writes the table of README.md", |root, _| {
        peers::measure(root)
    }),
    (
        "corpus",
        "time and memory of a run over 1,000 MB of articles, or as many as told",
        |root, rest| corpus::measure(root, rest.first().map(String::as_str)),
    ),
    ("counts", "instructions of each stage (--check, --update)", counts::run),
    ("fuzz", "hostile inputs, a million for each target (--target, --runs, --seed)", fuzz),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("", &[][..]),
    };
    if let Some((_, _, measure)) = MEASURES.iter().find(|(measure, _, _)| *measure == name) {
        return match root().and_then(|root| measure(&root, rest)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                println!("xtask: {name} failed: {error:#}");
                ExitCode::FAILURE
            }
        };
    }
    let chosen: Vec<_> =
        CHECKS.iter().filter(|(check, _, _)| name == "test" || name == *check).collect();
    if chosen.is_empty() {
        println!("usage: cargo xtask test, or one of its checks:");
        for (check, shows, _) in CHECKS {
            println!("  {check:11} {shows}");
        }
        println!("or a measure:");
        for (measure, tells, _) in MEASURES {
            println!("  {measure:11} {tells}");
        }
        return ExitCode::from(2);
    }
    for (done, (check, shows, run)) in chosen.iter().enumerate() {
        println!("=== {check}: {shows}");
        let started = Instant::now();
        if let Err(error) = root().and_then(|root| run(&root)) {
            println!("xtask: {check} failed: {error:#}");
            println!("xtask: repeat it alone with `cargo xtask {check}`");
            println!("checks: {done} passed, 1 failed");
            return ExitCode::FAILURE;
        }
        println!("=== {check}: passed in {:.0} s", started.elapsed().as_secs_f64());
    }
    println!("checks: {} passed, 0 failed", chosen.len());
    ExitCode::SUCCESS
}

/// Measures how the release build grows.
fn growth(root: &Path, arguments: &[String]) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["bench", "--package", "pullquote", "--bench", "growth", "--"]);
    run(command.args(arguments).args(["--sizes", "1,2,4,8,16"]).current_dir(root))
}

/// Tries hostile inputs, on a build that checks what it does.
fn fuzz(root: &Path, arguments: &[String]) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args([
        "bench",
        "--profile",
        "fuzz",
        "--package",
        "pullquote-cli",
        "--bench",
        "fuzz",
        "--",
    ]);
    run(command.args(arguments).current_dir(root))
}

/// The workspace's root, which holds this package.
fn root() -> Result<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(package.parent().context("xtask lies in no workspace")?.to_owned())
}

/// Clippy over everything, and over what the program and the Python package build each alone.
fn lint(root: &Path) -> Result<()> {
    cargo(root, "clippy --workspace --all-targets -- -D warnings")?;
    cargo(root, "clippy --package pullquote-cli -- -D warnings")?;
    cargo(root, "clippy --package pullquote-python -- -D warnings")
}

/// The tests, by nextest where it is installed, which runs them side by side.
fn rust(root: &Path) -> Result<()> {
    let nextest = Command::new("cargo").args(["nextest", "--version"]).output();
    if nextest.is_ok_and(|found| found.status.success()) {
        cargo(root, "nextest run --workspace --no-fail-fast")
    } else {
        cargo(root, "test --workspace --lib --bins --tests --no-fail-fast")
    }
}

/// Runs cargo with these arguments, written with spaces.
fn cargo(root: &Path, arguments: &str) -> Result<()> {
    run(Command::new("cargo").args(arguments.split(' ')).current_dir(root))
}

/// Runs a command that prints for itself; fails unless it succeeds.
fn run(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}").replace('"', "");
    println!("$ {shown}");
    let status = command.status().with_context(|| format!("{shown} could not be started"))?;
    if !status.success() {
        bail!("{shown} ended with {status}");
    }
    Ok(())
}
