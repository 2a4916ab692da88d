//! A model of names of one's own, from a file.
//!
//! In: a parser and the path of a file that `pullquote-train train entities` wrote. Out: the parser
//! with that model, or one line that says what is wrong with the file and what to do about it. A
//! file that does not begin as a model does is not read any further.

use pullquote::model::table::MAGIC;
use pullquote::{ModelError, Parser};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Why a file gave no model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelFileError {
    /// The system refused to read it.
    #[error("{}: cannot be read ({source}); check the path and its permissions", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// It holds no model that this version can use.
    #[error(
        "{}: {source}; a model is made by \
         `pullquote-train train entities --corpus MINE.jsonl --out MINE.bin`",
        path.display()
    )]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: ModelError,
    },
}

/// `parser`, finding names by the model in a file. Linear in the file.
///
/// # Errors
/// When the file cannot be read or holds no model that this version can use.
pub fn with_model(parser: Parser, path: &Path) -> Result<Parser, ModelFileError> {
    let bytes =
        read(path).map_err(|source| ModelFileError::Unreadable { path: path.into(), source })?;
    parser
        .with_model(bytes)
        .map_err(|source| ModelFileError::Unusable { path: path.into(), source })
}

/// The bytes of a model; of anything else the first few.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut bytes)?;
    if bytes == MAGIC {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
