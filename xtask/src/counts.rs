//! How many instructions each stage takes, held by the gate.
//!
//! In: `benches/counts.toml`, with the instructions that each stage took when it was last written.
//! Out: the counts of now, side by side; a stage that takes more than [`RISE`] over its count fails.
//! `--update` writes the file anew.
//!
//! Also how the instructions of the whole pipeline grow with each kind of hostile text, between two
//! small sizes: a stage that is worse than linear shows there long before it is slow.
//!
//! Algorithm: `benches/counts` runs under callgrind once for each number of stages; what one stage
//! more adds is its own. Instructions do not depend on how busy the machine is, so one run is enough.
//! They do depend on the compiler: a file written with another one is not compared, which is said.

use anyhow::{Context, Result, ensure};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The stages in the order in which the measured program runs them.
const STAGES: [&str; 10] = [
    "layout",
    "sentences",
    "tokens",
    "words",
    "marks",
    "entities",
    "actors",
    "quotes",
    "document",
    "record",
];

/// By how much of its count a stage may rise.
const RISE: f64 = 0.10;

/// The sizes between which growth is measured, in bytes.
const SIZES: [u32; 2] = [1 << 13, 1 << 15];

/// The exponent of the growth between them, at most: 1 is linear, 2 quadratic.
const STEEPEST: f64 = 1.10;

/// Where the counts are kept.
const FILE: &str = "benches/counts.toml";

/// Compares, or with `--update` writes anew.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<()> {
    match arguments.first().map(String::as_str) {
        None | Some("--check") => check(root),
        Some("--update") => {
            ensure!(has_valgrind(), "there is no valgrind, which counts the instructions");
            fs::write(root.join(FILE), file(&compiler()?, &count(&program(root)?)?)?)?;
            println!("{FILE} is written");
            Ok(())
        }
        Some(other) => anyhow::bail!("`{other}` is neither --check nor --update"),
    }
}

/// Fails when a stage takes more instructions than it may.
pub(crate) fn check(root: &Path) -> Result<()> {
    if !has_valgrind() {
        println!("skipped: there is no valgrind here, which counts the instructions");
        return Ok(());
    }
    let program = program(root)?;
    grow(&program)?;
    let kept: toml::Table = fs::read_to_string(root.join(FILE))?.parse()?;
    let (ours, theirs) = (compiler()?, kept.get("compiler").and_then(toml::Value::as_str));
    if theirs != Some(&ours) {
        let theirs = theirs.unwrap_or("no compiler");
        println!("skipped: {FILE} was counted with {theirs}, this is {ours}");
        return Ok(());
    }
    let counts = count(&program)?;
    println!("{:10} {:>12} {:>12} {:>8}", "stage", "kept", "now", "change");
    let mut risen = Vec::new();
    for (stage, now) in STAGES.iter().zip(counts) {
        let before = kept.get("instructions").and_then(|table| table.get(stage)?.as_integer());
        let before = number(before.with_context(|| format!("{FILE} has no `{stage}`"))?)?;
        let change = number(now)? / before - 1.0;
        println!("{stage:10} {before:12} {now:12} {:7.1}%", change * 100.0);
        if change > RISE {
            risen.push(format!("{stage} takes {:.0}% more instructions", change * 100.0));
        }
    }
    ensure!(
        risen.is_empty(),
        "{}; if that is what it costs, `cargo xtask counts --update`",
        risen.join(", ")
    );
    Ok(())
}

/// The file's text.
fn file(compiler: &str, counts: &[i64]) -> Result<String> {
    let mut text = format!(
        "# Instructions of each stage on five articles, written by `cargo xtask counts --update`.\n\
         compiler = \"{compiler}\"\n\n[instructions]\n"
    );
    for (stage, count) in STAGES.iter().zip(counts) {
        writeln!(text, "{stage} = {count}")?;
    }
    Ok(text)
}

fn has_valgrind() -> bool {
    let found = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

/// The compiler's version line.
fn compiler() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Builds the program that is measured.
fn program(root: &Path) -> Result<PathBuf> {
    crate::cargo(root, "build --release --package pullquote-counts")?;
    Ok(root.join("target/release/counts"))
}

/// Fails when the instructions of a kind of text grow faster than the text.
fn grow(program: &Path) -> Result<()> {
    let kinds = Command::new(program).arg("kinds").output()?;
    let kinds = String::from_utf8(kinds.stdout)?;
    println!("{:21} {:>16} {:>8}", "kind", "instructions/byte", "exponent");
    let none = total(program, &["kind", "dots", "0"])?;
    let mut steep = Vec::new();
    for kind in kinds.lines() {
        let of = |bytes: u32| total(program, &["kind", kind, &bytes.to_string()]);
        let [less, more] = [number(of(SIZES[0])? - none)?, number(of(SIZES[1])? - none)?];
        let [short, long] = SIZES.map(f64::from);
        let exponent = (more / less).ln() / (long / short).ln();
        println!("{kind:21} {:16.0} {exponent:8.3}", more / long);
        if exponent > STEEPEST {
            steep.push(format!("{kind} by {exponent:.2}"));
        }
    }
    ensure!(!kinds.is_empty(), "there are no kinds of text");
    ensure!(steep.is_empty(), "worse than linear: {}", steep.join(", "));
    Ok(())
}

/// The instructions that each stage adds.
fn count(program: &Path) -> Result<Vec<i64>> {
    let totals = (0..=STAGES.len()).map(|stages| total(program, &["stages", &stages.to_string()]));
    let totals = totals.collect::<Result<Vec<_>>>()?;
    Ok(totals.windows(2).map(|pair| pair[1] - pair[0]).collect())
}

/// The instructions of a run with these arguments.
fn total(program: &Path, arguments: &[&str]) -> Result<i64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let output = command.arg(program).args(arguments).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{told}");
    let line = told.lines().find_map(|line| line.split_once("Collected :"));
    let count = line.and_then(|(_, count)| count.trim().parse().ok());
    count.with_context(|| format!("callgrind told no count:\n{told}"))
}

/// A count as a fraction.
fn number(count: i64) -> Result<f64> {
    Ok(f64::from(u32::try_from(count).context("a count beyond 32 bits")?))
}
