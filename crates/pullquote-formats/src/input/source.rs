//! One file to blocks of bytes.
//!
//! In: a [`Found`]. Out: [`Event`]s. The bytes are unpacked and cut here; nothing is decoded but a
//! header line.

use super::csv::Header;
use super::cut::{Cutter, Lines, Objects, Piece, Separated, cut};
use super::encoding::Charset;
use super::page::PAGE;
use super::parts::{Part, Parts};
use super::{
    Block, Content, Event, Found, Input, InputFormat, InputOptions, LONGEST, parquet, walk, warc,
};
use crate::error::{InputError, Notice, Place, Problem};
use crate::packed::{READ, Unpacked, is_damage};
use ::parquet::record::Row;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Reads one file and hands what it holds to `each` until that breaks off. `done` grows by the
/// bytes taken from the file, packed as they are. Memory: one read or the longest record, whichever
/// is longer; a text as a whole, unless it comes in parts.
pub fn read(
    found: &Found,
    options: &InputOptions,
    stdin: &mut dyn Read,
    done: &AtomicU64,
    each: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut file;
    let source: &mut dyn Read = match &found.input {
        Input::Stdin => stdin,
        Input::Path(path) => match File::open(path) {
            Ok(opened) if found.format == InputFormat::Parquet => {
                return table(opened, found, options, done, each);
            }
            Ok(opened) => {
                file = opened;
                &mut file
            }
            Err(error) => return each(Event::Error(walk::failed(path, error))),
        },
    };
    let name = found.name();
    let mut counted = Counted { source, done };
    let mut source = match Unpacked::new(&mut counted) {
        Ok(source) => source,
        Err(error) => return each(unreadable(&name, error, false)),
    };
    let packed = source.is_packed();
    let mut reader = Reader { name: Arc::clone(&name), options, charset: Charset::Utf8, each };
    let read = match found.format {
        InputFormat::Text if options.in_parts => return reader.parts(&mut source, packed),
        InputFormat::Text => reader.text(&mut source, packed),
        InputFormat::Jsonl => reader.records(&mut source, Layout::Lines),
        InputFormat::Json => reader.records(&mut source, Layout::Objects),
        InputFormat::Csv => reader.records(&mut source, Layout::Separated(b',')),
        InputFormat::Tsv => reader.records(&mut source, Layout::Separated(b'\t')),
        InputFormat::Html => reader.page(&mut source),
        InputFormat::Warc => reader.archive(&mut source),
        InputFormat::Parquet => Ok(reader.failed(Place::whole(&name), Problem::Unseekable)),
    };
    match read {
        Ok(flow) => flow,
        Err(error) => (reader.each)(unreadable(&name, error, packed)),
    }
}

/// Reads a table, whose reader jumps about in its file.
fn table(
    mut file: File,
    found: &Found,
    options: &InputOptions,
    done: &AtomicU64,
    each: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let name = found.name();
    let place = Place::whole(&name);
    let failed = |problem| Event::Error(InputError::new(place.clone(), problem));
    let bytes = file.metadata().map_or(0, |file| file.len());
    match Unpacked::new(&mut file).map(|unpacked| unpacked.is_packed()) {
        Ok(false) => {}
        Ok(true) => return each(failed(Problem::Unseekable)),
        Err(error) => return each(unreadable(&name, error, false)),
    }
    let mut next = 1;
    let mut block = |rows: Result<Vec<Row>, Problem>| match rows {
        Ok(rows) => {
            let first = next;
            next += rows.len() as u64;
            let content = Content::Rows(rows, first);
            let name = Arc::clone(&name);
            each(Event::Block(Block { name, charset: Charset::Utf8, bytes: Vec::new(), content }))
        }
        Err(problem) => each(failed(problem)),
    };
    let flow = match file.rewind() {
        Err(error) => block(Err(Problem::Unreadable(error))),
        Ok(()) => parquet::rows(file, &options.fields, &mut block),
    };
    // Which bytes a table's reader is at, nothing tells.
    done.fetch_add(bytes, Ordering::Relaxed);
    flow
}

fn unreadable(name: &Arc<str>, error: io::Error, packed: bool) -> Event {
    let damaged = packed && is_damage(&error);
    let problem = if damaged { Problem::Damaged(error) } else { Problem::Unreadable(error) };
    Event::Error(InputError::new(Place::whole(name), problem))
}

/// Counts the bytes that pass.
struct Counted<'a> {
    source: &'a mut dyn Read,
    done: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(out)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// How a file of records is cut.
#[derive(Clone, Copy)]
enum Layout {
    Lines,
    Objects,
    Separated(u8),
}

struct Reader<'a> {
    name: Arc<str>,
    options: &'a InputOptions,
    /// What the file's bytes were found to be so far.
    charset: Charset,
    each: &'a mut dyn FnMut(Event) -> ControlFlow<()>,
}

impl Reader<'_> {
    fn text(&mut self, source: &mut dyn Read, packed: bool) -> io::Result<ControlFlow<()>> {
        let mut bytes = Vec::new();
        if packed {
            source.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
            if bytes.len() > LONGEST {
                return Ok(self.failed(Place::whole(&self.name), Problem::TooLong(LONGEST)));
            }
        } else {
            source.read_to_end(&mut bytes)?;
        }
        self.charset = Charset::of(&bytes);
        if self.tell(Place::whole(&self.name)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        Ok(self.block(bytes, Content::Text))
    }

    /// A text in parts; one that cannot be read on ends there, with word of it.
    fn parts(&mut self, source: &mut dyn Read, packed: bool) -> ControlFlow<()> {
        let id: Arc<str> = walk::stem(&self.name).into();
        let (mut parts, mut begun) = (Parts::new(source), false);
        loop {
            let (text, last) = match parts.next() {
                Ok((text, last, charset)) => {
                    if let Some(charset) = charset {
                        self.charset = charset;
                        self.tell(Place::whole(&self.name))?;
                    }
                    (text, last)
                }
                Err(error) => {
                    (self.each)(unreadable(&self.name, error, packed))?;
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

    fn page(&mut self, source: &mut dyn Read) -> io::Result<ControlFlow<()>> {
        let mut bytes = Vec::new();
        // One byte too much is told as such when the page is read.
        source.take(PAGE as u64 + 1).read_to_end(&mut bytes)?;
        Ok(self.block(bytes, Content::Page))
    }

    fn archive(&mut self, source: &mut dyn Read) -> io::Result<ControlFlow<()>> {
        let mut source = BufReader::with_capacity(READ, source);
        warc::read(&mut source, &mut |number, response| match response {
            Ok(response) => self.block(Vec::new(), Content::Response(response, number)),
            Err(problem) => self.failed(Place::record(&self.name, number), problem),
        })
    }

    fn records(&mut self, source: &mut dyn Read, layout: Layout) -> io::Result<ControlFlow<()>> {
        let mut cutter: Box<dyn Cutter> = match layout {
            Layout::Lines => Box::new(Lines::default()),
            Layout::Objects => Box::new(Objects::default()),
            Layout::Separated(separator) => Box::new(Separated::new(separator)),
        };
        let mut next = 1;
        let mut header = None;
        let mut broken = false;
        let flow = cut(source, &mut *cutter, &mut |piece| {
            let first = next;
            let (mut bytes, count) = match piece {
                Piece::Records(bytes, count) => (bytes, count),
                Piece::Bad(problem) => {
                    next += 1;
                    return self.failed(self.place(layout, first), problem);
                }
            };
            next += count;
            if first == 1 {
                if Charset::of(bytes.get(..2).unwrap_or_default()).is_utf16() {
                    broken = true;
                    self.failed(Place::whole(&self.name), Problem::Utf16)?;
                    return ControlFlow::Break(());
                }
                if bytes.starts_with(b"\xEF\xBB\xBF") {
                    bytes.drain(..3);
                }
            }
            self.check(&bytes, layout, first)?;
            let content = match (layout, &header) {
                (Layout::Lines, _) => Content::Lines(first),
                (Layout::Objects, _) => Content::Object(first),
                (Layout::Separated(_), Some(header)) => {
                    Content::Separated(Arc::clone(header), first)
                }
                (Layout::Separated(separator), None) => {
                    let fields = &self.options.fields;
                    match Header::read(&bytes, separator, self.charset, fields) {
                        Ok(read) => header = Some(Arc::new(read)),
                        Err(problem) => {
                            broken = true;
                            self.failed(Place::whole(&self.name), problem)?;
                            return ControlFlow::Break(());
                        }
                    }
                    return ControlFlow::Continue(());
                }
            };
            self.block(bytes, content)
        })?;
        // What broke off may be this file alone.
        Ok(if broken { ControlFlow::Continue(()) } else { flow })
    }

    /// Where the record with this number is.
    fn place(&self, layout: Layout, number: u64) -> Place {
        match layout {
            Layout::Lines | Layout::Separated(_) => Place::line(&self.name, number),
            Layout::Objects => Place::record(&self.name, number),
        }
    }

    /// Guesses and tells the charset at the first records that are not UTF-8.
    fn check(&mut self, bytes: &[u8], layout: Layout, first: u64) -> ControlFlow<()> {
        if self.charset == Charset::Utf8
            && let Err(error) = std::str::from_utf8(bytes)
        {
            self.charset = Charset::of(bytes);
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let lines = match layout {
                Layout::Objects => 0,
                Layout::Lines | Layout::Separated(_) => memchr::memchr_iter(b'\n', before).count(),
            };
            return self.tell(self.place(layout, first + lines as u64));
        }
        ControlFlow::Continue(())
    }

    fn block(&mut self, bytes: Vec<u8>, content: Content) -> ControlFlow<()> {
        let name = Arc::clone(&self.name);
        (self.each)(Event::Block(Block { name, charset: self.charset, bytes, content }))
    }

    fn failed(&mut self, place: Place, problem: Problem) -> ControlFlow<()> {
        (self.each)(Event::Error(InputError::new(place, problem)))
    }

    /// Tells, once for a file, that it is not UTF-8.
    fn tell(&mut self, place: Place) -> ControlFlow<()> {
        let notice = match self.charset {
            Charset::Utf8 => return ControlFlow::Continue(()),
            Charset::Broken => Notice::Repaired(place),
            Charset::Other(encoding) => Notice::Decoded { place, encoding: encoding.name() },
        };
        (self.each)(Event::Notice(notice))
    }
}

#[cfg(test)]
mod tests {
    use super::super::drip::Drip;
    use super::*;

    /// Everything that comes out of standard input, in words.
    fn all(bytes: &[u8], at_a_time: usize, format: InputFormat) -> Vec<String> {
        let options = InputOptions { format: Some(format), ..InputOptions::default() };
        let mut seen = Vec::new();
        let mut source = Drip(bytes, at_a_time);
        let below = "-".into();
        let found = Found { input: Input::Stdin, format, below };
        let flow = read(&found, &options, &mut source, &AtomicU64::new(0), &mut |event| {
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
        let table = "text\n\n\na\r\n\r\n\"b\nb\"\n\n\nc,c\n\nd\n";
        let expected = [
            "-:4: a",
            "-:6: b\nb",
            "-:10: has 2 fields where the header has 1; quote fields that hold separators",
            "-:12: d",
        ];
        for at_a_time in [1, 2, 3, 7, 1000] {
            assert_eq!(all(table.as_bytes(), at_a_time, InputFormat::Csv), expected);
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
}
