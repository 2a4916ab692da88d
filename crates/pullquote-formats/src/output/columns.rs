//! Rows to columns in memory, before they become a Parquet or an Arrow file.
//!
//! In: the cells of flat rows, or documents, whose row holds their tables as lists. Out: for each
//! column its cells, and where in the rows and their lists they stand. All cells may be empty.
//!
//! Cost: linear in the rows; text is copied once.

use super::cells::{Cell, Column, Kind};
use super::{Table, rows};
use parquet::data_type::ByteArray;
use pullquote::{Document, OffsetUnit, RecordOptions};

/// What the cells of a group may take before they are written, in bytes.
const GROUP: usize = 16 << 20;

/// The tables that a document's row holds as lists.
pub(super) const LISTS: [Table; 4] =
    [Table::Quotes, Table::Entities, Table::Actors, Table::Sentences];

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One of a table.
    Flat(Table),
    /// A document, with its text or without.
    Nested { text: bool },
}

/// Columns under construction.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) columns: Vec<Values>,
    bytes: usize,
}

/// The cells of a column and where they stand, in the format's own terms: for each place, filled or
/// not, how far down it is filled and, in a list, whether it goes on with the row's list (1).
#[derive(Debug)]
pub(super) struct Values {
    pub(super) cells: Cells,
    pub(super) filled: Vec<i16>,
    pub(super) goes_on: Option<Vec<i16>>,
}

/// The place of a cell in its row.
#[derive(Clone, Copy)]
enum Place {
    Alone,
    First,
    Later,
}

#[derive(Debug)]
pub(super) enum Cells {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Fraction(Vec<f64>),
}

impl Columns {
    /// Adds a row; the first one makes the columns.
    pub(super) fn row<'a>(&mut self, table: Table, cells: impl Iterator<Item = Cell<'a>>) {
        let mut kinds = table.columns().iter().map(|column| column.kind);
        for (at, cell) in cells.enumerate() {
            let kind = kinds.next().unwrap_or(Kind::Text);
            self.add(at, kind, &cell, Place::Alone);
        }
    }

    /// Adds a document's row; `kept` are the kept fields.
    pub(super) fn nested<'a>(
        &mut self,
        doc: &'a Document,
        options: RecordOptions,
        kept: impl Iterator<Item = Cell<'a>>,
    ) {
        let text = options.text.then(|| Cell::from(doc.text()));
        let mut next = 0;
        for cell in rows::about(doc).into_iter().chain(text).chain(kept) {
            self.add(next, Kind::Text, &cell, Place::Alone);
            next += 1;
        }
        for table in LISTS {
            let columns = in_list(table);
            let mut place = Place::First;
            table.rows(doc, options.offsets, &mut |cells| {
                // The document's name stands in the row already.
                for (at, (column, cell)) in columns.iter().zip(cells.iter().skip(1)).enumerate() {
                    self.add(next + at, column.kind, cell, place);
                }
                place = Place::Later;
            });
            if matches!(place, Place::First) {
                for (at, column) in columns.iter().enumerate() {
                    self.column(next + at, column.kind, true, Values::add_empty_list);
                }
            }
            next += columns.len();
        }
    }

    fn add(&mut self, at: usize, kind: Kind, cell: &Cell<'_>, place: Place) {
        let listed = !matches!(place, Place::Alone);
        self.column(at, kind, listed, |values| values.add(cell, place));
    }

    /// Changes a column, which is made when it is the next one; `change` gives the bytes it took.
    fn column(
        &mut self,
        at: usize,
        kind: Kind,
        listed: bool,
        change: impl FnOnce(&mut Values) -> usize,
    ) {
        if at == self.columns.len() {
            let cells = match kind {
                Kind::Text => Cells::Text(Vec::new()),
                Kind::Whole => Cells::Whole(Vec::new()),
                Kind::Fraction => Cells::Fraction(Vec::new()),
            };
            let goes_on = listed.then(Vec::new);
            self.columns.push(Values { cells, filled: Vec::new(), goes_on });
        }
        if let Some(column) = self.columns.get_mut(at) {
            self.bytes += change(column);
        }
    }

    /// Whether no row was added.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether there is enough for a group.
    pub(super) fn is_group(&self) -> bool {
        self.bytes > GROUP
    }

    /// Adds the rows of another part.
    pub(super) fn append(&mut self, other: Self) {
        self.bytes += other.bytes;
        if self.columns.is_empty() {
            self.columns = other.columns;
            return;
        }
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            column.filled.extend(more.filled);
            if let (Some(goes_on), Some(more)) = (&mut column.goes_on, more.goes_on) {
                goes_on.extend(more);
            }
            match (&mut column.cells, more.cells) {
                (Cells::Text(cells), Cells::Text(more)) => cells.extend(more),
                (Cells::Whole(cells), Cells::Whole(more)) => cells.extend(more),
                (Cells::Fraction(cells), Cells::Fraction(more)) => cells.extend(more),
                // All parts of an output have the same columns.
                _ => {}
            }
        }
    }
}

impl Values {
    /// Adds a cell; gives the bytes that it takes.
    fn add(&mut self, cell: &Cell<'_>, place: Place) -> usize {
        let mut bytes = 8;
        let there = match (&mut self.cells, cell) {
            (Cells::Text(cells), cell) => cell.text().is_some_and(|text| {
                bytes += text.len() + size_of::<ByteArray>();
                cells.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }),
            (Cells::Whole(cells), Cell::Whole(number)) => {
                cells.push(*number);
                true
            }
            (Cells::Fraction(cells), Cell::Fraction(number)) => {
                cells.push(*number);
                true
            }
            (Cells::Whole(_) | Cells::Fraction(_), _) => false,
        };
        // In a list, the list's own element counts as a step down.
        let (step, goes_on) = match place {
            Place::Alone => (0, 0),
            Place::First => (1, 0),
            Place::Later => (1, 1),
        };
        self.filled.push(i16::from(there) + step);
        if let Some(levels) = &mut self.goes_on {
            levels.push(goes_on);
        }
        bytes
    }

    /// For each cell, those of lists one after another, whether it holds something.
    pub(super) fn there(&self) -> impl Iterator<Item = bool> {
        // In a list, an element is a step down, and a row without any is no cell.
        let step = i16::from(self.goes_on.is_some());
        self.filled.iter().filter(move |level| **level >= step).map(move |level| *level > step)
    }

    /// How many elements the list of each row has.
    pub(super) fn lengths(&self) -> Vec<usize> {
        let mut lengths: Vec<usize> = Vec::new();
        let goes_on = self.goes_on.iter().flatten();
        for (filled, goes_on) in self.filled.iter().zip(goes_on) {
            match lengths.last_mut() {
                Some(length) if *goes_on > 0 => *length += 1,
                _ => lengths.push(usize::from(*filled > 0)),
            }
        }
        lengths
    }

    /// Adds a row whose list has no element.
    fn add_empty_list(&mut self) -> usize {
        self.filled.push(0);
        if let Some(levels) = &mut self.goes_on {
            levels.push(0);
        }
        4
    }
}

/// The columns of a table in a list: all but the document's name.
pub(super) fn in_list(table: Table) -> &'static [Column] {
    table.columns().get(1..).unwrap_or_default()
}

/// What a file says of itself: the schema's version and the unit of positions.
pub(super) fn about(offsets: OffsetUnit) -> [(&'static str, String); 2] {
    [
        ("pullquote.schema", pullquote::json::SCHEMA.to_string()),
        ("pullquote.offsets", offsets.as_str().to_owned()),
    ]
}
