//! The files of `pullquote-data/generated`, and the proof that they are up to date.
//!
//! In: the readable lists. Out: one file per [`Product`]. A new kind of generated data is one more
//! line in [`products`].

use crate::{abbreviations, antecedents, lexicon};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// A generated file.
#[derive(Debug)]
pub struct Product {
    /// Its path below the data crate.
    pub path: &'static str,
    /// What it must hold.
    pub bytes: Vec<u8>,
}

/// The data crate's folder.
pub fn data_crate() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("pullquote-data")
}

/// Makes every generated file in memory.
///
/// # Errors
/// When a list cannot be read or a row does not fit its columns; the message names file and line.
pub fn products() -> Result<Vec<Product>> {
    let lists = data_crate().join("lexicon");
    let read = |name| {
        let path = lists.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let abbreviations =
        abbreviations::abbreviations(&read("abbreviations.tsv")?, &read("openers.tsv")?)?;
    let weights = data_crate().join("model/antecedents.tsv");
    let weights = std::fs::read_to_string(&weights)
        .with_context(|| format!("reading {}", weights.display()))?;
    let weights = antecedents::generated(&weights)?;
    Ok(vec![
        Product { path: "generated/antecedents.rs", bytes: weights.into_bytes() },
        Product { path: "generated/abbreviations.rs", bytes: abbreviations.into_bytes() },
        Product { path: "generated/lexicon.bin", bytes: lexicon::table(&lists)? },
    ])
}

/// Writes the generated files.
///
/// # Errors
/// As [`products`], and when a file cannot be written.
pub fn write() -> Result<()> {
    for Product { path, bytes } in products()? {
        let path = data_crate().join(path);
        std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Compares the generated files with what [`write`] would write.
///
/// # Errors
/// As [`products`], and when a file is missing or differs.
pub fn check() -> Result<()> {
    for Product { path, bytes } in products()? {
        let file = data_crate().join(path);
        let found = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        if found != bytes {
            bail!("{path} is out of date; run `cargo run -p pullquote-train -- generate`");
        }
    }
    Ok(())
}
