//! The Python package, built, installed and tested as a user gets it.
//!
//! Tools go into a virtual environment under `target`, with the versions of
//! `python/dev-requirements.txt`. The wheel is built by pip out of the source distribution, as on a
//! machine with Rust alone; it is installed there and tested from outside the source folder, against
//! the program built from the same sources and models trained by the trainer.

use anyhow::{Context, Result, bail, ensure};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The most that the wheel may weigh, in bytes.
const WHEEL_BYTES: u64 = 8_000_000;

/// The folder of the virtual environment's programs; it is made where there is none.
pub(crate) fn tools(root: &Path) -> Result<PathBuf> {
    let environment = root.join("target/venv");
    let tools = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    if !tools.join("pip").exists() {
        crate::run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    Ok(tools)
}

/// Checks style and types, builds the wheel, installs it and runs the tests against it.
pub(crate) fn check(root: &Path) -> Result<()> {
    let (package, target) = (root.join("python"), root.join("target"));
    let tools = tools(root)?;
    let tool = |name: &str, folder: &Path, arguments: &str| {
        let arguments = arguments.split(' ');
        crate::run(Command::new(tools.join(name)).args(arguments).current_dir(folder))
    };

    tool("pip", &package, "install --quiet --requirement dev-requirements.txt")?;
    for folder in [".", "../examples"] {
        tool("ruff", &package, &format!("check --config pyproject.toml {folder}"))?;
        tool("ruff", &package, &format!("format --config pyproject.toml --check {folder}"))?;
    }
    tool("mypy", &package, "--config-file pyproject.toml")?;

    let program = crate::floors::program(root)?;
    crate::cargo(root, "build --package pullquote-train")?;
    let trainer = target.join(format!("debug/pullquote-train{}", std::env::consts::EXE_SUFFIX));
    let (sources, wheels) = (target.join("sdist"), target.join("wheels"));
    for folder in [&sources, &wheels] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
    }
    tool("maturin", &package, "sdist --out ../target/sdist")?;
    let mut build = Command::new(tools.join("pip"));
    // Not out of pip's cache, which knows a local file by its name; but with what cargo has built.
    build.args(["wheel", "--quiet", "--no-cache-dir", "--no-deps", "--wheel-dir"]).arg(&wheels);
    build.arg(only_file(&sources)?).env("CARGO_TARGET_DIR", &target);
    crate::run(&mut build)?;
    let wheel = only_file(&wheels)?;
    let bytes = fs::metadata(&wheel)?.len();
    println!("{}: {bytes} bytes, at most {WHEEL_BYTES}", wheel.display());
    ensure!(bytes <= WHEEL_BYTES, "the wheel weighs {bytes} bytes, more than {WHEEL_BYTES}");

    let name = wheel.file_name().and_then(OsStr::to_str).context("the wheel has no name")?;
    if cfg!(target_os = "linux") {
        portable(&tools.join("auditwheel"), &wheel)?;
    }
    tool("pip", &wheels, &format!("install --quiet --force-reinstall --no-deps ./{name}"))?;
    tool("python", &target, "-m mypy.stubtest pullquote._pullquote")?;
    let mut tests = Command::new(tools.join("pytest"));
    tests.env("PULLQUOTE_PROGRAM", program).env("PULLQUOTE_TRAIN", trainer);
    crate::run(tests.current_dir(&package))
}

/// Asks auditwheel whether the wheel needs nothing but what every Linux of some age has.
fn portable(auditwheel: &Path, wheel: &Path) -> Result<()> {
    let shown = Command::new(auditwheel).arg("show").arg(wheel).output()?;
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    println!("{shown}");
    ensure!(shown.contains("\"manylinux_"), "the wheel does not run on every Linux of some age");
    Ok(())
}

/// The one file in a folder.
fn only_file(folder: &Path) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder)?;
    let first = files.next().with_context(|| format!("{} is empty", folder.display()))??;
    if files.next().is_some() {
        bail!("{} holds more than one file", folder.display());
    }
    Ok(first.path())
}
