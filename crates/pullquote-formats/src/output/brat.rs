//! Documents as brat standoff, for annotators to correct.
//!
//! In: a document. Out: its text and the annotations that lie beside it: entities by their label;
//! of each quote its `Content`, `Cue` and `Source`, the two latter related to the first, its kind as
//! an attribute and its speaker as a note. Positions are code points. brat wants spans that cross no
//! line end, so one that does is written in pieces.
//!
//! Invariant: each piece's text is the document's text at its place. Cost: linear in the document.

use crate::wording::speaker;
use pullquote::offsets::Offsets;
use pullquote::{Document, OffsetUnit, Span};
use std::fmt::Write;

/// What `annotation.conf` must hold for brat to know the annotations.
pub(super) const CONFIGURATION: &str = "\
[entities]
PERSON
ORG
LOC
FAC
NORP
PRODUCT
MISC
DATE
TIME
DURATION
SET
MONEY
PERCENT
Content
Cue
Source

[relations]
Said\tSource:Source, Content:Content
Cues\tCue:Cue, Content:Content
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
Kind\tArg:Content, Value:direct|mixed|indirect
";

/// The annotations of a document.
pub(super) fn annotations(doc: &Document) -> String {
    let offsets = Offsets::new(doc.text(), OffsetUnit::Chars);
    let mut writer =
        Annotations { text: doc.text(), offsets, out: String::new(), spans: 0, relations: 0 };
    for entity in doc.entities() {
        writer.spans(entity.label.as_str(), &[entity.span]);
    }
    for (number, quote) in (1..).zip(doc.quotes()) {
        let Some(content) = writer.spans("Content", &quote.content) else { continue };
        let kind = quote.kind.as_str();
        let _ = writeln!(writer.out, "A{number}\tKind T{content} {kind}");
        if let Some(speaker) = speaker(doc, quote) {
            let speaker = speaker.replace(['\n', '\r', '\t'], " ");
            let _ = writeln!(writer.out, "#{number}\tAnnotatorNotes T{content}\t{speaker}");
        }
        if let Some(cue) = writer.spans("Cue", &quote.cue) {
            writer.relation("Cues", ("Cue", cue), content);
        }
        if let Some(source) = writer.spans("Source", &quote.source) {
            writer.relation("Said", ("Source", source), content);
        }
    }
    writer.out
}

struct Annotations<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    out: String,
    spans: usize,
    relations: usize,
}

impl Annotations<'_> {
    /// Writes one annotation of several pieces and gives its number; none without text.
    fn spans(&mut self, label: &str, spans: &[Span]) -> Option<usize> {
        let pieces: Vec<_> = spans.iter().flat_map(|span| lines(*span, self.text)).collect();
        if pieces.is_empty() {
            return None;
        }
        self.spans += 1;
        let _ = write!(self.out, "T{}\t{label} ", self.spans);
        for (at, piece) in pieces.iter().enumerate() {
            let (start, end) = (self.offsets.at(piece.start()), self.offsets.at(piece.end()));
            let part = if at > 0 { ";" } else { "" };
            let _ = write!(self.out, "{part}{start} {end}");
        }
        let texts: Vec<_> = pieces.iter().map(|piece| piece.of(self.text)).collect();
        let _ = writeln!(self.out, "\t{}", texts.join(" "));
        Some(self.spans)
    }

    fn relation(&mut self, name: &str, (role, from): (&str, usize), content: usize) {
        self.relations += 1;
        let _ = writeln!(self.out, "R{}\t{name} {role}:T{from} Content:T{content}", self.relations);
    }
}

/// The parts of a span between line ends, without white space around them.
fn lines(span: Span, text: &str) -> impl Iterator<Item = Span> {
    let mut start = span.start();
    span.of(text).split_inclusive(['\n', '\r']).filter_map(move |line| {
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| Span::new(from, from + trimmed.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::Parser;

    #[test]
    fn each_line_names_what_stands_at_its_place() {
        let text = "Zürich rose.\n\n“The dam will hold,” said Ann Lee.";
        let written = annotations(&Parser::new().parse(text));
        let chars: Vec<char> = text.chars().collect();
        let mut seen = Vec::new();
        for line in written.lines().filter(|line| line.starts_with('T')) {
            let [_, place, shown] = line.split('\t').collect::<Vec<_>>().try_into().expect("three");
            let (label, places) = place.split_once(' ').expect("a label");
            let pieces = places.split(';').map(|piece| {
                let (start, end) = piece.split_once(' ').expect("two numbers");
                let place = start.parse().expect("a number")..end.parse().expect("a number");
                chars.get(place).expect("in the text").iter().collect::<String>()
            });
            assert_eq!(pieces.collect::<Vec<_>>().join(" "), shown);
            seen.push(format!("{label}: {shown}"));
        }
        for expected in ["Content: “The dam will hold,”", "Cue: said", "Source: Ann Lee"] {
            assert!(seen.iter().any(|line| line == expected), "{seen:?}");
        }
        for line in ["Kind T", "Cues Cue:T", "Said Source:T", "\tAnn Lee\n"] {
            assert!(written.contains(line), "{written}");
        }
    }

    #[test]
    fn pieces_end_with_their_line() {
        let text = "“The dam \r\n\n will hold,” he said.";
        let span = Span::new(0, text.len() - " he said.".len());
        let pieces: Vec<_> = lines(span, text).map(|piece| piece.of(text)).collect();
        assert_eq!(pieces, ["“The dam", "will hold,”"]);
    }
}
