//! Tables for people, one for each document.
//!
//! In: a document's rows and the width to fit. Out: lines with ANSI colours, which the caller
//! strips where they are not wanted. A column is as wide as its longest cell, up to a limit; the
//! last one takes what is left and wraps.
//!
//! Invariant: what comes from the article cannot command the terminal: control characters and
//! marks that reverse the writing direction never come out. Cost: linear in the document.

use super::rows::{self, EntityRow, PersonRow, QuoteRow, SentenceRow};
use crate::wording::meaning;
use anstyle::{AnsiColor, Style};
use pullquote::{Date, Document, OffsetUnit};
use std::fmt::Write;
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

/// Spaces between two columns.
const GAP: usize = 2;
/// What the last column gets however narrow the terminal is.
const LEAST: usize = 20;

const TITLE: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const NAME: Style = AnsiColor::Cyan.on_default().bold();
const CUE: Style = AnsiColor::Green.on_default();
const LABEL: Style = AnsiColor::Yellow.on_default();
const PLAIN: Style = Style::new();

/// A column: its title, how its cells look and how wide they may get before they wrap.
struct Column(&'static str, Style, usize);

/// Who said what.
pub(super) fn quotes(doc: &Document, width: usize, out: &mut Vec<u8>) {
    let columns = [Column("SPEAKER", NAME, 26), Column("CUE", CUE, 18), Column("QUOTE", PLAIN, 0)];
    let rows = rows::quotes(doc, OffsetUnit::Chars).map(|row| {
        let QuoteRow { speaker, cue, content, .. } = row;
        [speaker.unwrap_or_else(|| "-".to_owned()), cue, content]
    });
    table(doc, &columns, rows, "no quotes", width, out);
}

/// Who is who.
pub(super) fn people(doc: &Document, width: usize, out: &mut Vec<u8>) {
    let columns = [
        Column("NAME", NAME, 30),
        Column("KIND", LABEL, 8),
        Column("MENTIONS", FAINT, 8),
        Column("QUOTES", FAINT, 8),
        Column("ROLE", PLAIN, 0),
    ];
    let rows = rows::people(doc).map(|row| {
        let PersonRow { name, kind, role, affiliation, mentions, quotes, .. } = row;
        let parts = [role, affiliation].into_iter().filter(|part| !part.is_empty());
        let role = parts.collect::<Vec<_>>().join(", ");
        [name.to_owned(), kind.to_owned(), mentions.to_string(), quotes.to_string(), role]
    });
    table(doc, &columns, rows, "no people", width, out);
}

/// How much of each there is.
pub(super) fn document(doc: &Document, width: usize, out: &mut Vec<u8>) {
    let columns = [
        Column("SENTENCES", FAINT, 10),
        Column("ENTITIES", FAINT, 10),
        Column("ACTORS", FAINT, 10),
        Column("QUOTES", FAINT, 0),
    ];
    let counts =
        [doc.sentences().len(), doc.entities().len(), doc.actors().len(), doc.quotes().len()];
    let row = std::iter::once(counts.map(|count| count.to_string()));
    table(doc, &columns, row, "", width, out);
}

/// The entities with their positions and meanings.
pub(super) fn entities(doc: &Document, unit: OffsetUnit, width: usize, out: &mut Vec<u8>) {
    let columns = [
        Column("AT", FAINT, 20),
        Column("LABEL", LABEL, 8),
        Column("TEXT", NAME, 40),
        Column("MEANS", PLAIN, 0),
    ];
    let rows = rows::entities(doc, unit).zip(doc.entities()).map(|(row, entity)| {
        let EntityRow { start, end, text, label, actor, .. } = row;
        // An actor's name says something only where it is not the words themselves.
        let name = actor.filter(|name| *name != text).unwrap_or_default();
        let means = format!("{name} {}", meaning(entity));
        [format!("{start}-{end}"), label.to_owned(), text.to_owned(), means]
    });
    table(doc, &columns, rows, "no entities", width, out);
}

/// A run of the sentences of a document with their positions, `first` when it is the first one; its
/// columns are as wide as it needs.
pub(super) fn sentences<'a>(
    document: &str,
    first: bool,
    rows: impl Iterator<Item = SentenceRow<'a>>,
    width: usize,
    out: &mut Vec<u8>,
) {
    let columns = [Column("AT", FAINT, 20), Column("SENTENCE", PLAIN, 0)];
    let rows = rows.map(|row| [format!("{}-{}", row.start, row.end), row.text.to_owned()]);
    let mut text = String::new();
    if first {
        title(document, None, out, &mut text);
    }
    body(&columns, rows, "no sentences", first, width, &mut text);
    out.extend_from_slice(text.as_bytes());
}

fn table<const N: usize>(
    doc: &Document,
    columns: &[Column; N],
    rows: impl Iterator<Item = [String; N]>,
    none: &str,
    width: usize,
    out: &mut Vec<u8>,
) {
    let mut text = String::new();
    title(doc.id().unwrap_or("-"), doc.date(), out, &mut text);
    body(columns, rows, none, true, width, &mut text);
    out.extend_from_slice(text.as_bytes());
}

/// The line that names a document, after a blank one when something stands before it.
fn title(id: &str, date: Option<Date>, before: &[u8], text: &mut String) {
    if !before.is_empty() {
        text.push('\n');
    }
    paint(text, TITLE, &clean(id));
    if let Some(date) = date {
        text.push_str("  ");
        paint(text, FAINT, &date.to_string());
    }
    text.push('\n');
}

/// The rows, under the columns' names when these are wanted.
fn body<const N: usize>(
    columns: &[Column; N],
    rows: impl Iterator<Item = [String; N]>,
    none: &str,
    named: bool,
    width: usize,
    text: &mut String,
) {
    let rows: Vec<[String; N]> = rows.map(|row| row.map(|cell| clean(&cell))).collect();
    if rows.is_empty() {
        paint(text, FAINT, none);
        text.push('\n');
        return;
    }
    let widths = widths(columns, &rows, width);
    if named {
        line(text, &columns.each_ref().map(|column| (column.0, FAINT)), &widths);
    }
    for row in &rows {
        let mut cells = row.each_ref().map(|cell| (cell.as_str(), PLAIN));
        for (cell, column) in cells.iter_mut().zip(columns) {
            cell.1 = column.1;
        }
        line(text, &cells, &widths);
    }
}

/// The width of each column; the last one's is what the others leave.
fn widths<const N: usize>(columns: &[Column; N], rows: &[[String; N]], width: usize) -> [usize; N] {
    let mut widths = [0; N];
    let mut left = width;
    for (at, (slot, column)) in widths.iter_mut().zip(columns).enumerate() {
        let longest = rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell));
        *slot = match column.2 {
            0 => left.max(LEAST),
            most => longest.max().unwrap_or(0).clamp(display_width(column.0), most),
        };
        left = left.saturating_sub(*slot + GAP);
    }
    widths
}

/// One row, on as many lines as its longest cell needs.
fn line<const N: usize>(out: &mut String, cells: &[(&str, Style); N], widths: &[usize; N]) {
    let mut wrapped = Vec::with_capacity(N);
    for (&(cell, style), &width) in cells.iter().zip(widths) {
        let options = Options::new(width).word_splitter(WordSplitter::NoHyphenation);
        wrapped.push((textwrap::wrap(cell, options), style, width));
    }
    let height = wrapped.iter().map(|(lines, ..)| lines.len()).max().unwrap_or(0);
    for at in 0..height {
        let mut missing = 0;
        for (lines, style, width) in &wrapped {
            let piece = lines.get(at).map_or("", |line| line.as_ref());
            if !piece.is_empty() {
                let _ = write!(out, "{:missing$}", "");
                paint(out, *style, piece);
                missing = 0;
            }
            missing += width.saturating_sub(display_width(piece)) + GAP;
        }
        out.push('\n');
    }
}

fn paint(out: &mut String, style: Style, text: &str) {
    let _ = write!(out, "{style}{text}{style:#}");
}

/// A cell on one line, with nothing in it that a terminal would obey.
fn clean(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for word in cell.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(word.chars().filter(|c| !is_direction_mark(*c)));
        }
    }
    out
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_command_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{7}\r\nc\u{202E}d \t e"), "a [31mb cd e");
    }

    #[test]
    fn lines_wrap_under_their_column_and_do_not_trail() {
        let mut out = String::new();
        line(&mut out, &[("Ann", PLAIN), ("one two three", PLAIN)], &[5, 8]);
        assert_eq!(out, "Ann    one two\n       three\n");
    }

    #[test]
    fn narrow_terminals_leave_the_last_column_its_least() {
        let columns = [Column("A", PLAIN, 26), Column("B", PLAIN, 0)];
        let rows = [["x".repeat(40), String::new()]];
        assert_eq!(widths(&columns, &rows, 30), [26, LEAST]);
        assert_eq!(widths(&columns, &rows, 100), [26, 72]);
    }
}
