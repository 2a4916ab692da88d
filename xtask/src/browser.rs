//! The pages in a browser.
//!
//! The tests of `tests/browser.rs` need Chromium. Where there is none they are skipped, which is said
//! with the reason; but in continuous integration (`CI` is set) it is installed from the system's
//! packages, so that they do run there.

use anyhow::Result;
use std::env;
use std::path::Path;
use std::process::Command;

/// What the tests look for; `CHROMIUM` names another.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Runs the tests where they can run.
pub(crate) fn check(root: &Path) -> Result<()> {
    if !found() && env::var_os("CI").is_some() && runs("apt-get") {
        crate::run(Command::new("apt-get").args(["-qq", "update"]))?;
        let install = ["-qq", "-y", "--no-install-recommends", "install", "chromium"];
        let mut apt = Command::new("apt-get");
        crate::run(apt.args(install).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    if !found() {
        println!(
            "SKIPPED: no Chromium ({}, or CHROMIUM) was found; install one \
             (`apt-get install chromium`) and run `cargo xtask browser`",
            NAMES.join(", ")
        );
        return Ok(());
    }
    // One after another: each starts a browser, and a slow machine has enough with one.
    let tests = "test --package pullquote-cli --test browser -- --ignored --test-threads=1";
    crate::cargo(root, tests)
}

fn found() -> bool {
    env::var_os("CHROMIUM").is_some() || NAMES.iter().any(|name| runs(name))
}

fn runs(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok_and(|found| found.status.success())
}
