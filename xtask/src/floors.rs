//! The figures that the program must reach on annotated corpora.
//!
//! In: `tests/floors.toml`, one table per set with the least value of each figure. The corpora are
//! not part of the project: where they are not laid beside it, the check says so and passes. Each
//! set is measured by the evaluation script that lies with them, and every figure is printed.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the release program and returns its path.
pub(crate) fn program(root: &Path) -> Result<PathBuf> {
    crate::cargo(root, "build --release --package pullquote-cli")?;
    Ok(root.join("target/release").join(format!("pullquote{}", std::env::consts::EXE_SUFFIX)))
}

/// Measures every set of `tests/floors.toml` and compares.
pub(crate) fn check(root: &Path) -> Result<()> {
    let corpora = root.join("../shared");
    if !corpora.join("data/manifest.json").exists() {
        println!("no corpora beside the project: nothing is measured");
        return Ok(());
    }
    let floors: toml::Table = fs::read_to_string(root.join("tests/floors.toml"))?.parse()?;
    ensure!(!floors.is_empty(), "tests/floors.toml names no figure");
    let program = program(root)?;
    let report = root.join("target/floors.json");
    let mut below = Vec::new();
    for (set, wanted) in &floors {
        let wanted = wanted.as_table().with_context(|| format!("`{set}` is no table"))?;
        let mut evaluate = Command::new("python3");
        evaluate.arg(corpora.join("eval/evaluate.py")).arg("--bin").arg(&program);
        crate::run(evaluate.args(["--set", set]).arg("--json").arg(&report))?;
        let measured: serde_json::Value = serde_json::from_str(&fs::read_to_string(&report)?)?;
        for (figure, least) in wanted {
            let name = format!("{set} {figure}");
            let least = number(least).with_context(|| format!("`{name}` has no number"))?;
            let reached = measured.pointer(&format!("/{set}/{figure}"));
            let reached = reached
                .and_then(serde_json::Value::as_f64)
                .with_context(|| format!("`{name}` was not measured"))?;
            println!("{name}: {reached:.1}, at least {least:.1}");
            if reached < least {
                below.push(format!("{name} is {reached:.2}, below {least}"));
            }
        }
    }
    ensure!(below.is_empty(), "{}", below.join("; "));
    Ok(())
}

/// A whole or a decimal number.
fn number(value: &toml::Value) -> Option<f64> {
    value
        .as_float()
        .or_else(|| value.as_integer().and_then(|whole| i32::try_from(whole).ok()).map(f64::from))
}
