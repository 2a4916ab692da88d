//! The article's text with its marks.
//!
//! In: a document. Out: one element for each block, and inside it sentences, in them quotes, in
//! them entities. These may overlap in any way, while elements must nest. So the text is cut at
//! every border; from one piece to the next, the elements from the outermost that differs inwards
//! are closed and opened anew. Where quotes lie in quotes, the innermost is the one shown.
//!
//! Invariant: every character that is not white space between blocks comes out exactly once.
//! Cost: linear, n log n in the quotes.

use super::voices::Voices;
use super::{Anchor, escape};
use crate::wording::{meaning, reasons, speaker};
use pullquote::entities::EntityId;
use pullquote::index::Id;
use pullquote::layout::BlockKind;
use pullquote::quotes::QuoteId;
use pullquote::sentences::SentenceId;
use pullquote::{Document, Span};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

pub(super) fn write(doc: &Document, anchor: Anchor, voices: &Voices<'_>, out: &mut String) {
    let sentences = doc.sentences().iter().enumerate();
    let sentences: Vec<_> =
        sentences.map(|(at, row)| (row.span, SentenceId::from_index(at))).collect();
    let fragments = doc
        .quote_table()
        .iter()
        .flat_map(|(id, quote)| quote.content.iter().map(move |span| (*span, id)));
    let quotes = innermost(fragments);
    let entities: Vec<_> = doc.entity_table().iter().map(|(id, row)| (row.span, id)).collect();
    let mut writer = Writer {
        doc,
        anchor,
        voices,
        sentences: Cursor { rows: &sentences, at: 0 },
        quotes: Cursor { rows: &quotes, at: 0 },
        entities: Cursor { rows: &entities, at: 0 },
        anchored: vec![false; doc.quotes().len()],
        out,
    };
    let mut done = 0;
    let mut headed = false;
    for block in doc.blocks().iter().filter(|block| !block.kind.is_inline()) {
        writer.rest(Span::new(done, block.span.start()));
        let (name, class) = match block.kind {
            BlockKind::Headline if headed => ("h3", "headline"),
            BlockKind::Headline => ("h2", "headline"),
            kind => ("p", kind.as_str()),
        };
        headed |= block.kind == BlockKind::Headline;
        writer.block(name, class, block.span);
        done = block.span.end();
    }
    writer.rest(Span::new(done, doc.text().len()));
}

/// The quotes' fragments cut so that none overlaps another; inner ones win.
fn innermost(fragments: impl Iterator<Item = (Span, QuoteId)>) -> Vec<(Span, QuoteId)> {
    let mut fragments: Vec<_> =
        fragments.map(|(span, id)| (span.start(), Reverse(span.end()), id)).collect();
    fragments.sort_unstable();
    let mut borders: Vec<_> =
        fragments.iter().flat_map(|(start, end, _)| [*start, end.0]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut coming = fragments.iter().peekable();
    let mut ending = fragments.clone();
    ending.sort_unstable_by_key(|(_, end, _)| *end);
    let mut open = BTreeSet::new();
    let mut runs: Vec<(Span, QuoteId)> = Vec::new();
    for (&from, &to) in borders.iter().zip(borders.iter().skip(1)) {
        while let Some(fragment) = coming.next_if(|(start, ..)| *start <= from) {
            open.insert(*fragment);
        }
        while let Some(fragment) = ending.pop_if(|(_, end, _)| end.0 <= from) {
            open.remove(&fragment);
        }
        if let Some(&(_, _, id)) = open.last() {
            let piece = Span::new(from, to);
            match runs.last_mut() {
                Some((run, last)) if *last == id && run.end() == from => *run = run.cover(piece),
                _ => runs.push((piece, id)),
            }
        }
    }
    runs
}

/// Walks along rows that are sorted and disjoint.
struct Cursor<'a, T> {
    rows: &'a [(Span, T)],
    at: usize,
}

impl<T: Copy> Cursor<'_, T> {
    /// The row at `place` and the next border after it. Places must not go back.
    fn look(&mut self, place: usize) -> (Option<T>, usize) {
        while let Some((span, id)) = self.rows.get(self.at) {
            if place < span.start() {
                return (None, span.start());
            }
            if place < span.end() {
                return (Some(*id), span.end());
            }
            self.at += 1;
        }
        (None, usize::MAX)
    }
}

/// An element of the text. Each kind nests in the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Sentence(SentenceId),
    Quote(QuoteId),
    Entity(EntityId),
}

struct Writer<'a> {
    doc: &'a Document,
    anchor: Anchor,
    voices: &'a Voices<'a>,
    sentences: Cursor<'a, SentenceId>,
    quotes: Cursor<'a, QuoteId>,
    entities: Cursor<'a, EntityId>,
    /// Which quotes have their anchor; only the first piece of one gets it.
    anchored: Vec<bool>,
    out: &'a mut String,
}

impl Writer<'_> {
    /// Text between blocks, shown when it is more than space.
    fn rest(&mut self, span: Span) {
        if !span.of(self.doc.text()).trim().is_empty() {
            self.block("p", "paragraph", span);
        }
    }

    fn block(&mut self, name: &str, class: &str, span: Span) {
        let _ = write!(self.out, "<{name} class=\"{class}\">");
        let mut open: [Option<Mark>; 3] = [None; 3];
        let mut at = span.start();
        while at < span.end() {
            let (sentence, after_sentence) = self.sentences.look(at);
            let (quote, after_quote) = self.quotes.look(at);
            let (entity, after_entity) = self.entities.look(at);
            let to = span.end().min(after_sentence).min(after_quote).min(after_entity);
            self.change(
                &mut open,
                [sentence.map(Mark::Sentence), quote.map(Mark::Quote), entity.map(Mark::Entity)],
            );
            escape(Span::new(at, to).of(self.doc.text()), self.out);
            at = to;
        }
        self.change(&mut open, [None; 3]);
        let _ = writeln!(self.out, "</{name}>");
    }

    /// Closes what ends and opens what begins.
    fn change(&mut self, open: &mut [Option<Mark>; 3], wanted: [Option<Mark>; 3]) {
        let same = open.iter().zip(&wanted).take_while(|(open, wanted)| open == wanted).count();
        for mark in open.iter().skip(same).rev().flatten() {
            self.out.push_str(match mark {
                Mark::Sentence(_) => "</span>",
                Mark::Quote(_) => "</a>",
                Mark::Entity(_) => "</mark>",
            });
        }
        for mark in wanted.iter().skip(same).flatten() {
            self.open(*mark);
        }
        *open = wanted;
    }

    fn open(&mut self, mark: Mark) {
        match mark {
            Mark::Sentence(_) => self.out.push_str("<span class=\"sentence\">"),
            Mark::Quote(id) => {
                let (anchor, number) = (self.anchor, id.index());
                let choice = self.voices.choice_of(id);
                let _ = write!(
                    self.out,
                    "<a class=\"quote {choice}\" href=\"#{anchor}-n{number}\" \
                     aria-describedby=\"{anchor}-w{number}\""
                );
                if let Some(anchored) = self.anchored.get_mut(number)
                    && !std::mem::replace(anchored, true)
                {
                    let _ = write!(self.out, " id=\"{anchor}-q{number}\"");
                }
                if let Some(quote) = self.doc.quote_table().get(id) {
                    let who = speaker(self.doc, quote);
                    let who = who.unwrap_or_else(|| "nobody named".to_owned());
                    let reasons = reasons(self.doc, quote).join(" · ");
                    self.attribute("data-note", "\n", [who, reasons]);
                }
                self.out.push('>');
            }
            Mark::Entity(id) => {
                let Some(entity) = self.doc.entity_table().get(id) else { return };
                let label = entity.label.as_str();
                let _ = write!(self.out, "<mark data-label=\"{label}\"");
                let name = self.doc.actor_of(id).map_or("", |actor| self.doc.name_of(actor));
                self.attribute("title", " · ", [label, name, &meaning(entity)]);
                self.out.push('>');
            }
        }
    }

    /// An attribute that tells something more, to be shown beside the element.
    fn attribute(
        &mut self,
        name: &str,
        between: &str,
        parts: impl IntoIterator<Item = impl AsRef<str>>,
    ) {
        let _ = write!(self.out, " {name}=\"");
        let parts = parts.into_iter().filter(|part| !part.as_ref().is_empty());
        for (at, part) in parts.enumerate() {
            if at > 0 {
                self.out.push_str(between);
            }
            escape(part.as_ref(), self.out);
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_quotes_win_and_outer_ones_go_on_after_them() {
        let of = |spans: &[(usize, usize)]| {
            let fragments = spans.iter().enumerate().map(|(number, &(start, end))| {
                (Span::new(start, end), QuoteId::from_index(number))
            });
            let runs = innermost(fragments).into_iter();
            runs.map(|(span, id)| (span.start(), span.end(), id.index())).collect::<Vec<_>>()
        };
        assert_eq!(of(&[(0, 9), (3, 5)]), [(0, 3, 0), (3, 5, 1), (5, 9, 0)]);
        assert_eq!(of(&[(0, 5), (3, 9)]), [(0, 3, 0), (3, 9, 1)]);
        assert_eq!(of(&[(3, 5), (0, 9)]), [(0, 3, 1), (3, 5, 0), (5, 9, 1)]);
        assert_eq!(of(&[(4, 6), (4, 6), (0, 2)]), [(0, 2, 2), (4, 6, 1)]);
        assert_eq!(of(&[(4, 4)]), []);
    }

    #[test]
    fn a_cursor_tells_rows_and_borders() {
        let rows = [(Span::new(2, 4), 'a'), (Span::new(4, 4), 'b'), (Span::new(6, 9), 'c')];
        let mut cursor = Cursor { rows: &rows, at: 0 };
        let seen: Vec<_> = [0, 2, 3, 4, 6, 9].map(|at| cursor.look(at)).into();
        assert_eq!(
            seen,
            [
                (None, 2),
                (Some('a'), 4),
                (Some('a'), 4),
                (None, 6),
                (Some('c'), 9),
                (None, usize::MAX)
            ]
        );
    }
}
