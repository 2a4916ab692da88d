//! Bytes to blocks of whole records.
//!
//! In: a stream of lines, of JSON objects or of comma-separated records. Out: blocks that end where
//! a record ends, and word of records that have no end.
//!
//! Algorithm: each read is added to what is left of the last; the cutter says how much of that is
//! whole records, and the rest stays. So the lines of a slow pipe go on as they come, and memory
//! stays at one read, or at twice the longest record if that is longer, but never beyond twice
//! [`LONGEST`]: a record that grows past it is named and left out.
//!
//! Invariant: every byte of every record is in exactly one block or belongs to a record that was
//! named as bad. Cost: linear; of a quote that is never closed, each line is looked at once more.

use super::LONGEST;
use super::jsonl::IN_A_FILE;
use crate::error::Problem;
use crate::packed::READ;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::ops::ControlFlow;

/// What a cutter found at the start of the buffer.
#[derive(Debug)]
pub(super) enum Step {
    /// No whole record; more bytes are needed.
    More,
    /// Whole records up to here; how many they are, or how many lines.
    Records(usize, u64),
    /// A bad record up to here.
    Bad(usize, Problem),
    /// The rest of a record named before, up to here.
    Drop(usize),
}

/// A rule where records end.
pub(super) trait Cutter {
    /// Looks at the buffer, which grows at its end from call to call until a step takes bytes from
    /// its start. `ended` says that nothing comes after it.
    fn look(&mut self, buffer: &[u8], ended: bool) -> Step;
}

/// What comes of cutting.
pub(super) enum Piece {
    /// Whole records, and how many they are, or how many lines.
    Records(Vec<u8>, u64),
    /// A record that is left out; it counts as one.
    Bad(Problem),
}

/// Cuts a stream and hands the pieces to `each`, with nothing left when it returns.
///
/// # Errors
///
/// What reading gave; the whole records before it went on.
pub(super) fn cut(
    source: &mut dyn Read,
    cutter: &mut dyn Cutter,
    each: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut source = BufReader::with_capacity(READ, source);
    let mut buffer: Vec<u8> = Vec::new();
    // How much of it has been taken; it is moved out when it is the larger part.
    let mut start = 0;
    loop {
        let chunk = match source.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            chunk => chunk?,
        };
        let (read, ended) = (chunk.len(), chunk.is_empty());
        if start * 2 >= buffer.len() {
            buffer.drain(..start);
            start = 0;
        }
        buffer.extend_from_slice(chunk);
        source.consume(read);
        loop {
            let piece = match cutter.look(buffer.get(start..).unwrap_or_default(), ended) {
                Step::More => break,
                Step::Drop(end) => {
                    start += end;
                    continue;
                }
                Step::Records(end, count) => {
                    Piece::Records(take(&mut buffer, &mut start, end), count)
                }
                Step::Bad(end, problem) => {
                    start += end;
                    Piece::Bad(problem)
                }
            };
            if each(piece).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if ended {
            return Ok(ControlFlow::Continue(()));
        }
    }
}

/// Takes bytes from `start` on out of the buffer; what is shorter, they or the rest, is copied.
fn take(buffer: &mut Vec<u8>, start: &mut usize, count: usize) -> Vec<u8> {
    let end = (*start + count).min(buffer.len());
    if *start == 0 && buffer.len() - end <= end {
        let rest = buffer.split_off(end);
        return std::mem::replace(buffer, rest);
    }
    let taken = buffer.get(*start..end).unwrap_or_default().to_vec();
    *start = end;
    taken
}

/// The records up to `end`, counted by their line ends.
fn by_line(buffer: &[u8], end: usize) -> Step {
    let ends = memchr::memchr_iter(b'\n', buffer.get(..end).unwrap_or_default()).count();
    Step::Records(end, ends as u64)
}

/// Records that end where a line ends.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// How far there is no line end.
    seen: usize,
    /// Within a line that was named as too long.
    skipping: bool,
}

impl Cutter for Lines {
    fn look(&mut self, buffer: &[u8], ended: bool) -> Step {
        let new = buffer.get(self.seen..).unwrap_or_default();
        if self.skipping {
            let end = memchr::memchr(b'\n', new).map(|at| at + 1);
            self.skipping = end.is_none();
            return match end.unwrap_or(new.len()) {
                0 => Step::More,
                end => Step::Drop(end),
            };
        }
        if let Some(at) = memchr::memrchr(b'\n', new) {
            let end = self.seen + at + 1;
            self.seen = 0;
            return by_line(buffer, end);
        }
        self.seen = buffer.len();
        if ended && !buffer.is_empty() {
            self.seen = 0;
            return by_line(buffer, buffer.len());
        }
        if buffer.len() > LONGEST {
            (self.seen, self.skipping) = (0, true);
            return Step::Bad(buffer.len(), Problem::TooLong(LONGEST));
        }
        Step::More
    }
}

/// Records that end where the braces of an object close, whatever stands between two: nothing, line
/// ends, or the commas and brackets of a list.
#[derive(Debug, Default)]
pub(super) struct Objects {
    seen: usize,
    /// How many braces are open.
    depth: u64,
    string: bool,
    escape: bool,
    /// After something that is neither an object nor between objects.
    stopped: bool,
}

impl Cutter for Objects {
    fn look(&mut self, buffer: &[u8], ended: bool) -> Step {
        if self.stopped {
            return if buffer.is_empty() { Step::More } else { Step::Drop(buffer.len()) };
        }
        for (at, byte) in buffer.iter().enumerate().skip(self.seen) {
            match byte {
                _ if self.escape => self.escape = false,
                b'\\' if self.string => self.escape = true,
                b'"' if self.depth > 0 => self.string = !self.string,
                _ if self.string => {}
                b'{' if self.depth == 0 && at > 0 => {
                    self.seen = 0;
                    return Step::Drop(at);
                }
                b'{' => self.depth += 1,
                b'}' if self.depth == 1 => {
                    (self.seen, self.depth) = (0, 0);
                    return Step::Records(at + 1, 1);
                }
                b'}' if self.depth > 0 => self.depth -= 1,
                _ if self.depth > 0 || byte.is_ascii_whitespace() => {}
                b'[' | b']' | b',' => {}
                _ => return self.stop(buffer, not_objects("text outside of any object")),
            }
        }
        self.seen = buffer.len();
        if self.depth == 0 {
            self.seen = 0;
            return if buffer.is_empty() { Step::More } else { Step::Drop(buffer.len()) };
        }
        if ended {
            return self.stop(buffer, not_objects("the file ends inside of an object"));
        }
        if buffer.len() > LONGEST {
            return self.stop(buffer, Problem::TooLong(LONGEST));
        }
        Step::More
    }
}

impl Objects {
    /// Gives up: nothing tells where the next object begins.
    fn stop(&mut self, buffer: &[u8], problem: Problem) -> Step {
        self.stopped = true;
        Step::Bad(buffer.len(), problem)
    }
}

fn not_objects(reason: &str) -> Problem {
    Problem::Json { reason: reason.to_owned(), wanted: IN_A_FILE }
}

/// Comma-separated records. A quotation mark opens a field only at its start; inside, two of them
/// are one; after the closing one only a separator or a line end may come, else the record's quoting
/// is bad and the next line is a record again.
#[derive(Debug)]
pub(super) struct Separated {
    separator: u8,
    /// The first record, the header, makes a block of its own.
    header: bool,
    seen: usize,
    /// Where the record under way begins.
    start: usize,
    field: Field,
    skipping: bool,
    /// A quoted field that is open at a line's end before this place stays open up to it, where it is
    /// in this state: so far a record that was given up had been looked at.
    known: Option<(usize, Field)>,
}

/// What the next byte is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Start,
    Plain,
    Quoted,
    /// Just after a quotation mark in a quoted field.
    Closed,
}

impl Separated {
    pub(super) fn new(separator: u8) -> Self {
        let field = Field::Start;
        Self { separator, header: true, seen: 0, start: 0, field, skipping: false, known: None }
    }

    /// Gives the whole records; the record under way begins the next buffer.
    fn records(&mut self, buffer: &[u8]) -> Step {
        let end = self.start;
        (self.seen, self.start, self.field) = (0, 0, Field::Start);
        self.known = self.known.and_then(|(at, field)| Some((at.checked_sub(end)?, field)));
        by_line(buffer, end)
    }

    /// Gives up the record that begins the buffer and was looked at up to `at`, where its field is as
    /// told; reading goes on with its second line.
    fn bad(&mut self, buffer: &[u8], at: usize, field: Field, problem: Problem) -> Step {
        (self.seen, self.start, self.field) = (0, 0, Field::Start);
        let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
        self.skipping = end.is_none();
        self.known = end.and_then(|end| Some((at.checked_sub(end)?, field)));
        Step::Bad(end.unwrap_or(buffer.len()), problem)
    }
}

impl Cutter for Separated {
    fn look(&mut self, buffer: &[u8], ended: bool) -> Step {
        if self.skipping {
            let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
            self.skipping = end.is_none();
            return match end.unwrap_or(buffer.len()) {
                0 => Step::More,
                end => Step::Drop(end),
            };
        }
        let mut at = self.seen;
        while let Some(byte) = buffer.get(at) {
            if (self.field, *byte) == (Field::Quoted, b'\n')
                && let Some((known, field)) = self.known
                && at < known
            {
                (at, self.field) = (known, field);
                continue;
            }
            self.field = match (self.field, byte) {
                (Field::Quoted, b'"') => Field::Closed,
                (Field::Quoted, _) => Field::Quoted,
                (Field::Closed, b'"') => Field::Quoted,
                (_, b'\n') => {
                    let record = buffer.get(self.start..at);
                    let blank = record.is_none_or(|record| record.trim_ascii().is_empty());
                    self.start = at + 1;
                    if self.header && !blank {
                        self.header = false;
                        return self.records(buffer);
                    }
                    Field::Start
                }
                (_, byte) if *byte == self.separator => Field::Start,
                (Field::Start, b'"') => Field::Quoted,
                (Field::Closed, b'\r') => Field::Closed,
                (Field::Closed, _) if self.start > 0 => return self.records(buffer),
                (Field::Closed, _) => {
                    return self.bad(buffer, at, Field::Closed, Problem::OpenQuote);
                }
                (Field::Start | Field::Plain, _) => Field::Plain,
            };
            at += 1;
        }
        self.seen = buffer.len();
        let quoted = self.field == Field::Quoted;
        if self.start > 0 {
            // Looked at once more with what follows: a record is short beside a read.
            return self.records(buffer);
        }
        if ended && !buffer.is_empty() {
            if quoted {
                return self.bad(buffer, buffer.len(), Field::Quoted, Problem::OpenQuote);
            }
            self.start = buffer.len();
            return self.records(buffer);
        }
        if buffer.len() > LONGEST {
            return self.bad(buffer, buffer.len(), self.field, Problem::TooLong(LONGEST));
        }
        Step::More
    }
}

#[cfg(test)]
mod tests {
    use super::super::drip::Drip;
    use super::*;

    /// The pieces, those next to each other joined; bad ones are `!`.
    fn pieces(text: &str, at_a_time: usize, cutter: &mut dyn Cutter) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut source = Drip(text.as_bytes(), at_a_time);
        let flow = cut(&mut source, cutter, &mut |piece| {
            match piece {
                Piece::Records(bytes, _) => {
                    let text = String::from_utf8(bytes).expect("UTF-8");
                    match out.last_mut() {
                        Some(last) if last != "!" => last.push_str(&text),
                        _ => out.push(text),
                    }
                }
                Piece::Bad(_) => out.push("!".to_owned()),
            }
            ControlFlow::Continue(())
        });
        assert!(flow.is_ok_and(|flow| flow.is_continue()));
        out
    }

    #[test]
    fn objects_end_at_their_brace() {
        let good = "[{\"a\": \"}\\\"}\", \"b\": {\"c\": [1]}},\n {} ]\n{\"d\": 1}\n";
        let expected = "{\"a\": \"}\\\"}\", \"b\": {\"c\": [1]}}{}{\"d\": 1}";
        for at_a_time in [1, 2, 3, 7, 1000] {
            assert_eq!(pieces(good, at_a_time, &mut Objects::default()), [expected]);
        }
        let all = |text: &str| pieces(text, 1000, &mut Objects::default());
        assert_eq!(all("{} x {}"), ["{}", "!"]);
        assert_eq!(all("{}{\"a\": {}"), ["{}", "!"]);
        assert_eq!(all(""), [""; 0]);
    }

    #[test]
    fn records_end_outside_of_quotes() {
        let text = "h,i\n\"a\nb\",\"c\"\"\n\"\r\nd\"e\",f\n";
        for at_a_time in [1, 2, 3, 7, 1000] {
            assert_eq!(pieces(text, at_a_time, &mut Separated::new(b',')), [text]);
        }
    }

    #[test]
    fn bad_quoting_costs_one_line() {
        let text = "h,i\n1,a\n2,\"b\n3,\"c\"\n4,\"d\ne\"\n5,\"f\n6,g\n";
        let expected = ["h,i\n1,a\n", "!", "3,\"c\"\n4,\"d\ne\"\n", "!", "6,g\n"];
        for at_a_time in [1, 2, 3, 7, 1000] {
            assert_eq!(pieces(text, at_a_time, &mut Separated::new(b',')), expected);
        }
    }

    #[test]
    fn a_line_too_long_is_named_and_the_next_one_read() {
        let long = "x".repeat(LONGEST + 2 * READ);
        let text = format!("a\n{long}\nb\n");
        assert_eq!(pieces(&text, READ, &mut Lines::default()), ["a\n", "!", "b\n"]);
    }

    #[test]
    fn many_bad_or_tiny_records_take_as_long_as_their_bytes() {
        // Each record's quote is open to the end, and each line begins such a record: looked at anew from
        // each line, this would take hours.
        let lines = 150_000;
        let text = "h,i\n".to_owned() + &"a\",\"b\n".repeat(lines) + "1,2";
        let found = pieces(&text, READ, &mut Separated::new(b','));
        assert_eq!(found.len(), 2 + lines, "the header, every bad line, the good one");
        assert_eq!(found.last().map(String::as_str), Some("1,2"));
        // The quote is closed in the last line, in a way that is bad for all.
        let text = "h,i\n".to_owned() + &"a\",\"b\n".repeat(lines) + "x\"y,2\n1,2";
        assert_eq!(pieces(&text, READ, &mut Separated::new(b',')).len(), 2 + lines);
        let text = "\n".repeat(lines) + "h,i\n";
        assert_eq!(pieces(&text, READ, &mut Separated::new(b',')), [text]);
        let text = "{}".repeat(lines);
        assert_eq!(pieces(&text, READ, &mut Objects::default()), [text]);
    }
}
