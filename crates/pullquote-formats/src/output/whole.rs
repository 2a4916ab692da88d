//! Files that have their name only when they are whole.
//!
//! In: a path. Out: a file beside it under a temporary name, which takes the path's own when it is
//! finished, so that an end halfway leaves what was there before, and no half results under a good
//! name. What is not a plain file, a pipe or a device, is written as it is.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file under its temporary name, which goes away unless the file is finished.
#[derive(Debug)]
pub struct WholeFile {
    /// The temporary and the own name; none of a pipe or a device.
    names: Option<(PathBuf, PathBuf)>,
}

impl WholeFile {
    /// A file that is to be called `path`.
    ///
    /// # Errors
    ///
    /// When its folder does not take it.
    pub fn create(path: &Path) -> io::Result<(File, Self)> {
        // A link stays one: the file that it leads to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Ok((File::create(&path)?, Self { names: None }));
        }
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(".partial");
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary)?;
        Ok((file, Self { names: Some((temporary, path)) }))
    }

    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// When its folder does not let it.
    pub fn finish(mut self) -> io::Result<()> {
        match &self.names {
            Some((temporary, path)) => fs::rename(temporary, path)?,
            None => return Ok(()),
        }
        self.names = None;
        Ok(())
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.names {
            // If it cannot be removed, its name still tells that it is not whole.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Writes a file that is there as a whole or not at all.
///
/// # Errors
///
/// When its folder does not take it.
pub fn write_whole(path: &Path, content: &str) -> io::Result<()> {
    let (mut file, whole) = WholeFile::create(path)?;
    file.write_all(content.as_bytes())?;
    whole.finish()
}
