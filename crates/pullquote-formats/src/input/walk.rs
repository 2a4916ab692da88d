//! Paths to files.
//!
//! In: files, folders and standard input, in the order given. Out: one [`Found`] for each file that
//! is to be read, or why a path gives none. A folder is walked depth first, names sorted, so that
//! the order never depends on the file system; links to folders are not followed, so that a circle
//! of them cannot trap the walk.
//!
//! Cost: one listing for each folder; memory grows with the entries of the folders on the way down.

use super::{Input, InputFormat, InputOptions};
use crate::error::{InputError, Place, Problem};
use crate::packed::Packing;
use std::fs;
use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where its bytes come from; never a folder.
    pub input: Input,
    /// How they are laid out.
    pub format: InputFormat,
    /// The path below the folder that was named, with that folder's name in front where there are
    /// several inputs; or the file's own name.
    pub below: PathBuf,
}

impl Found {
    /// The name in messages: the path as given, `-` for standard input.
    pub fn name(&self) -> Arc<str> {
        match &self.input {
            Input::Stdin => "-".into(),
            Input::Path(path) => name_of(path),
        }
    }
}

/// Hands every file of the inputs, in order, to `each` until that breaks off.
pub fn walk(
    inputs: &[Input],
    options: &InputOptions,
    each: &mut dyn FnMut(Result<Found, InputError>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let alone = inputs.len() < 2;
    for input in inputs {
        let Input::Path(path) = input else {
            let format = options.format.unwrap_or(InputFormat::Text);
            each(Ok(Found { input: Input::Stdin, format, below: "-".into() }))?;
            continue;
        };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                let prefix = if alone { PathBuf::new() } else { own_name(path) };
                folder(path, &prefix, options, each)?;
            }
            Ok(_) => {
                let format = options.format.or(format_of(path)).unwrap_or(InputFormat::Text);
                each(Ok(Found { input: input.clone(), format, below: own_name(path) }))?;
            }
            Err(error) => each(Err(failed(path, error)))?,
        }
    }
    ControlFlow::Continue(())
}

/// The last part of a path, also of `.` and `a/..`.
pub fn own_name(path: &Path) -> PathBuf {
    let name = |path: &Path| path.file_name().map(PathBuf::from);
    name(path)
        .or_else(|| fs::canonicalize(path).ok().and_then(|path| name(&path)))
        .unwrap_or_default()
}

/// A file's name without folder and endings; standard input's is kept.
pub(super) fn stem(name: &str) -> &str {
    let path = Path::new(name);
    let inner = if is_packed(path) { path.file_stem().map_or(path, Path::new) } else { path };
    inner.file_stem().and_then(|stem| stem.to_str()).unwrap_or(name)
}

/// Whether the ending is one of compressed files.
fn is_packed(path: &Path) -> bool {
    Packing::of_name(path) != Packing::Plain
}

/// The layout that a file's ending tells, the one of its compression left out.
fn format_of(path: &Path) -> Option<InputFormat> {
    let inner = if is_packed(path) { Path::new(path.file_stem()?) } else { path };
    let ending = inner.extension()?.to_str()?.to_ascii_lowercase();
    InputFormat::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()))
}

pub(super) fn name_of(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

/// What is wrong with a path that cannot be opened or listed.
pub(super) fn failed(path: &Path, error: io::Error) -> InputError {
    let problem = match error.kind() {
        ErrorKind::NotFound => Problem::Missing,
        _ => Problem::Unreadable(error),
    };
    InputError::new(Place::whole(&name_of(path)), problem)
}

fn folder(
    root: &Path,
    prefix: &Path,
    options: &InputOptions,
    each: &mut dyn FnMut(Result<Found, InputError>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut found = false;
    // Folders yet to list and files yet to read, the next one last.
    let mut open = vec![(root.to_owned(), true)];
    while let Some((path, is_folder)) = open.pop() {
        if is_folder {
            match entries(&path) {
                Ok(entries) => open.extend(entries.into_iter().rev()),
                Err(error) => {
                    found = true;
                    each(Err(failed(&path, error)))?;
                }
            }
        } else if let Some(format) = wanted(&path, options) {
            found = true;
            let below = prefix.join(path.strip_prefix(root).unwrap_or(&path));
            each(Ok(Found { input: Input::Path(path), format, below }))?;
        }
    }
    if !found {
        let problem = Problem::NoInputs(options.format.map(InputFormat::endings));
        each(Err(InputError::new(Place::whole(&name_of(root)), problem)))?;
    }
    ControlFlow::Continue(())
}

/// The layout of a file met in a folder, if it is to be read.
fn wanted(path: &Path, options: &InputOptions) -> Option<InputFormat> {
    let format = format_of(path)?;
    let asked = options.format.is_none_or(|asked| asked == format);
    let written = !options.outputs.is_empty()
        && fs::canonicalize(path)
            .is_ok_and(|path| options.outputs.iter().any(|output| path.starts_with(output)));
    (asked && !written).then_some(format)
}

/// The entries of a folder, sorted by name, each with whether it is a folder.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?.is_dir()))))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort_unstable();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_has_neither_folder_nor_endings() {
        assert_eq!(
            ["a/b.c.txt", "b", "-", ".txt", "a/..", "a/b.txt.gz", "b.zst"].map(stem),
            ["b.c", "b", "-", ".txt", "a/..", "b", "b"]
        );
    }

    #[test]
    fn endings_tell_the_layout() {
        let of = |name: &str| format_of(Path::new(name));
        assert_eq!(of("a.TXT"), Some(InputFormat::Text));
        assert_eq!(of("a/b.jsonl.GZ"), Some(InputFormat::Jsonl));
        assert_eq!(of("b.txt.zst"), Some(InputFormat::Text));
        assert_eq!(of("b.gz"), None);
        assert_eq!(of("b.txt.bz2"), None);
        assert_eq!(of("b"), None);
    }
}
