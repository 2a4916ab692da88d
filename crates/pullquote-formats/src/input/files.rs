//! Paths to blocks of bytes.
//!
//! In: paths, in the order given. Out: [`Event`]s. The walk and the cutting of [`input`](super)
//! happen here; nothing is decoded.

use super::encoding::Charset;
use super::parts::{Part, Parts};
use super::{Block, Content, Event, Input, InputFormat, InputOptions};
use crate::error::{InputError, Notice, Place};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much one read asks for, in bytes.
const READ: usize = 1 << 17;

/// Reads every input, in order, and hands what it finds to `each` until that breaks off.
/// Memory: one read or the longest line or text, whichever is longer.
pub fn read(
    inputs: &[Input],
    options: &InputOptions,
    stdin: &mut dyn Read,
    each: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut reader = Reader { options, each };
    for input in inputs {
        match input {
            Input::Stdin => {
                let format = options.format.unwrap_or(InputFormat::Text);
                reader.bytes(stdin, "-".into(), format)?;
            }
            Input::Path(path) => match fs::metadata(path) {
                Ok(found) if found.is_dir() => reader.folder(path)?,
                Ok(_) => {
                    let format = options.format.or(format_of(path)).unwrap_or(InputFormat::Text);
                    reader.file(path, format)?;
                }
                Err(error) => reader.failed(path, error)?,
            },
        }
    }
    ControlFlow::Continue(())
}

/// A text file's name without folder and ending; standard input's is kept.
pub(super) fn stem(name: &str) -> &str {
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name)
}

/// The layout that a file's ending tells.
fn format_of(path: &Path) -> Option<InputFormat> {
    let ending = path.extension()?;
    if ending.eq_ignore_ascii_case("txt") {
        Some(InputFormat::Text)
    } else if ending.eq_ignore_ascii_case("jsonl") {
        Some(InputFormat::Jsonl)
    } else {
        None
    }
}

fn name_of(path: &Path) -> Arc<str> {
    path.to_string_lossy().into()
}

struct Reader<'a> {
    options: &'a InputOptions,
    each: &'a mut dyn FnMut(Event) -> ControlFlow<()>,
}

impl Reader<'_> {
    fn failed(&mut self, path: &Path, source: io::Error) -> ControlFlow<()> {
        let place = Place { name: name_of(path), line: None };
        (self.each)(Event::Error(match source.kind() {
            ErrorKind::NotFound => InputError::Missing(place),
            _ => InputError::Unreadable { place, source },
        }))
    }

    fn folder(&mut self, root: &Path) -> ControlFlow<()> {
        let mut found = false;
        // Folders yet to list and files yet to read, the next one last.
        let mut open = vec![(root.to_owned(), true)];
        while let Some((path, is_folder)) = open.pop() {
            if !is_folder {
                if let Some(format) = self.wanted(&path) {
                    found = true;
                    self.file(&path, format)?;
                }
                continue;
            }
            match entries(&path) {
                Ok(entries) => open.extend(entries.into_iter().rev()),
                Err(error) => {
                    found = true;
                    self.failed(&path, error)?;
                }
            }
        }
        if !found {
            let wanted = match self.options.format {
                None => ".txt or .jsonl",
                Some(InputFormat::Text) => ".txt",
                Some(InputFormat::Jsonl) => ".jsonl",
            };
            let place = Place { name: name_of(root), line: None };
            (self.each)(Event::Error(InputError::NoInputs { place, wanted }))?;
        }
        ControlFlow::Continue(())
    }

    /// The layout of a file met in a folder, if it is to be read.
    fn wanted(&self, path: &Path) -> Option<InputFormat> {
        let format = format_of(path)?;
        let asked = self.options.format.is_none_or(|asked| asked == format);
        let written = self.options.output.as_ref().is_some_and(|output| {
            // The names are compared first: it spares a system call for each file.
            output.file_name() == path.file_name()
                && fs::canonicalize(path).is_ok_and(|path| path == *output)
        });
        (asked && !written).then_some(format)
    }

    fn file(&mut self, path: &Path, format: InputFormat) -> ControlFlow<()> {
        match File::open(path) {
            Ok(mut file) => self.bytes(&mut file, name_of(path), format),
            Err(error) => self.failed(path, error),
        }
    }

    fn bytes(
        &mut self,
        source: &mut dyn Read,
        name: Arc<str>,
        format: InputFormat,
    ) -> ControlFlow<()> {
        let read = match format {
            InputFormat::Text if self.options.in_parts => return self.parts(source, &name),
            InputFormat::Text => self.text(source, &name),
            InputFormat::Jsonl => self.jsonl(source, &name),
        };
        match read {
            Ok(flow) => flow,
            Err(source) => {
                let place = Place { name, line: None };
                (self.each)(Event::Error(InputError::Unreadable { place, source }))
            }
        }
    }

    fn text(&mut self, source: &mut dyn Read, name: &Arc<str>) -> io::Result<ControlFlow<()>> {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes)?;
        let charset = Charset::of(&bytes);
        if self.tell(charset, Place { name: Arc::clone(name), line: None }).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let name = Arc::clone(name);
        Ok((self.each)(Event::Block(Block { name, charset, bytes, content: Content::Text })))
    }

    /// A text in parts; one that cannot be read on ends there, with word of it.
    fn parts(&mut self, source: &mut dyn Read, name: &Arc<str>) -> ControlFlow<()> {
        let place = || Place { name: Arc::clone(name), line: None };
        let id: Arc<str> = stem(name).into();
        let (mut parts, mut begun) = (Parts::new(source), false);
        loop {
            let (text, last) = match parts.next() {
                Ok((text, last, charset)) => {
                    self.tell(charset.unwrap_or(Charset::Utf8), place())?;
                    (text, last)
                }
                Err(source) => {
                    (self.each)(Event::Error(InputError::Unreadable { place: place(), source }))?;
                    if !begun {
                        return ControlFlow::Continue(());
                    }
                    (String::new(), true)
                }
            };
            begun = true;
            (self.each)(Event::Part(Part { id: Arc::clone(&id), text, last }))?;
            if last {
                return ControlFlow::Continue(());
            }
        }
    }

    fn jsonl(&mut self, source: &mut dyn Read, name: &Arc<str>) -> io::Result<ControlFlow<()>> {
        let mut source = BufReader::with_capacity(READ, source);
        let mut first = 1;
        let mut charset = Charset::Utf8;
        let mut bytes: Vec<u8> = Vec::new();
        loop {
            let chunk = match source.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            let (seen, ended) = (bytes.len(), chunk.is_empty());
            bytes.extend_from_slice(chunk);
            let read = chunk.len();
            source.consume(read);
            let cut = match memchr::memrchr(b'\n', bytes.get(seen..).unwrap_or_default()) {
                _ if ended => bytes.len(),
                Some(at) => seen + at + 1,
                None => continue,
            };
            let rest = bytes.split_off(cut);
            let mut block = std::mem::replace(&mut bytes, rest);
            if first == 1 {
                if Charset::of(block.get(..2).unwrap_or_default()).is_utf16() {
                    let place = Place { name: Arc::clone(name), line: None };
                    return Ok((self.each)(Event::Error(InputError::Utf16(place))));
                }
                if block.starts_with(b"\xEF\xBB\xBF") {
                    block.drain(..3);
                }
            }
            if charset == Charset::Utf8
                && let Err(error) = std::str::from_utf8(&block)
            {
                charset = Charset::of(&block);
                let before = block.get(..error.valid_up_to()).unwrap_or_default();
                let place = Place { name: Arc::clone(name), line: Some(first + ends(before)) };
                if self.tell(charset, place).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            let count = ends(&block);
            if !block.is_empty() {
                let content = Content::Lines { first };
                let name = Arc::clone(name);
                let block = Block { name, charset, bytes: block, content };
                if (self.each)(Event::Block(block)).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            if ended {
                return Ok(ControlFlow::Continue(()));
            }
            first += count;
        }
    }

    /// Tells, once for a file, that it is not UTF-8.
    fn tell(&mut self, charset: Charset, place: Place) -> ControlFlow<()> {
        let notice = match charset {
            Charset::Utf8 => return ControlFlow::Continue(()),
            Charset::Broken => Notice::Repaired(place),
            Charset::Other(encoding) => Notice::Decoded { place, encoding: encoding.name() },
        };
        (self.each)(Event::Notice(notice))
    }
}

/// The entries of a folder, sorted by name, each with whether it is a folder. Links to folders
/// count as files, so that a circle of links cannot trap the walk.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?.is_dir()))))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort_unstable();
    Ok(entries)
}

/// The number of line ends.
fn ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most so many bytes at a time.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let some = self.0.get(..self.1).unwrap_or(self.0);
            let read = (&mut &*some).read(out)?;
            self.0 = self.0.get(read..).unwrap_or_default();
            Ok(read)
        }
    }

    /// Everything that comes out of standard input, in words.
    fn all(bytes: &[u8], at_a_time: usize, format: InputFormat) -> Vec<String> {
        let options = InputOptions { format: Some(format), ..InputOptions::default() };
        let mut seen = Vec::new();
        let mut source = Drip(bytes, at_a_time);
        let flow = read(&[Input::Stdin], &options, &mut source, &mut |event| {
            match event {
                Event::Block(block) => block.read(&options, |draft| {
                    seen.push(match draft {
                        Ok(draft) => format!("{}: {}", draft.id, draft.text),
                        Err(error) => error.to_string(),
                    });
                }),
                Event::Part(part) => seen.push(format!("{}: {} {}", part.id, part.text, part.last)),
                Event::Notice(notice) => seen.push(notice.to_string()),
                Event::Error(error) => seen.push(error.to_string()),
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        seen
    }

    #[test]
    fn what_comes_out_does_not_depend_on_how_it_was_cut() {
        let lines =
            "\u{FEFF}{\"text\": \"né\"}\r\n\n{\"text\": 1}\n{\"text\": \"“a”\", \"id\": 9}\n\n{}";
        let expected = [
            "-:1: né",
            "-:3: field `text` is a number; it must be a string",
            "9: “a”",
            "-:6: has no field `text`; name the field with the text by --text-field",
        ];
        for at_a_time in [1, 2, 3, 7, 1000] {
            assert_eq!(all(lines.as_bytes(), at_a_time, InputFormat::Jsonl), expected);
        }
        assert_eq!(all("né\n".as_bytes(), 1, InputFormat::Text), ["-: né\n"]);
        assert_eq!(all(b"", 1, InputFormat::Text), ["-: "]);
        assert_eq!(all(b"", 1, InputFormat::Jsonl), [""; 0]);
    }

    #[test]
    fn bad_bytes_are_told_once_with_the_first_line_that_has_some() {
        let mut bytes = "{\"text\": \"a\"}\n{\"text\": \"né né né\"}\n".as_bytes().to_vec();
        for _ in 0..2 {
            bytes.extend_from_slice(b"{\"text\": \"n\xC3 !\"}\n");
        }
        bytes.extend_from_slice("{\"text\": \"né\"}".as_bytes());
        let expected = [
            "-:3: not all UTF-8; what is not was read as U+FFFD",
            "-:1: a",
            "-:2: né né né",
            "-:3: n\u{FFFD} !",
            "-:4: n\u{FFFD} !",
            "-:5: né",
        ];
        assert_eq!(all(&bytes, 1000, InputFormat::Jsonl), expected);
    }

    #[test]
    fn a_stem_has_neither_folder_nor_ending() {
        assert_eq!(
            ["a/b.c.txt", "b", "-", ".txt", "a/.."].map(stem),
            ["b.c", "b", "-", ".txt", "a/.."]
        );
    }
}
