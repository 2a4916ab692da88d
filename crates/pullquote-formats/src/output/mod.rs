//! Documents to bytes and to columns.
//!
//! In: a [`Document`], or the sentences of a text. Out: with the feature `files`, what a [`Report`]
//! asks for: a [`Part`] for each stretch of the input, which may be made on any thread, and a
//! [`Writer`], which takes the parts in order and makes one whole output of them; with the feature
//! `frames`, a [`DataFrame`] in memory. Both take their tables' columns from [`Table`].

#[cfg(feature = "files")]
mod arrow;
#[cfg(feature = "files")]
mod brat;
mod cells;
#[cfg(feature = "files")]
mod columns;
#[cfg(feature = "frames")]
mod frame;
#[cfg(feature = "files")]
mod lines;
#[cfg(feature = "files")]
mod parquet;
#[cfg(feature = "files")]
mod report;
mod rows;
#[cfg(feature = "files")]
mod sentences;
#[cfg(feature = "files")]
mod table;
#[cfg(feature = "files")]
mod whole;
#[cfg(feature = "files")]
mod writer;

#[cfg(feature = "frames")]
pub use frame::DataFrame;
#[cfg(feature = "files")]
pub use report::{ColumnFile, Part, Report, RowFormat, SentenceReport};
#[cfg(feature = "files")]
pub use sentences::{Piece, Pieces};
#[cfg(feature = "files")]
pub use whole::{WholeFile, write_whole};
#[cfg(feature = "files")]
pub use writer::{Writer, folder, writer};

use cells::{Cell, Column};
use pullquote::{Document, OffsetUnit};
use rows::{DocumentRow, EntityRow, PersonRow, QuoteRow, Row, SentenceRow};

/// The tables that a document can be flattened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A row for each attribution.
    Quotes,
    /// A row for each person, organisation and place.
    Actors,
    /// A row for each entity.
    Entities,
    /// A row for each sentence.
    Sentences,
    /// A row for each document.
    Documents,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Quotes, Self::Entities, Self::Actors, Self::Sentences, Self::Documents];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotes => "quotes",
            Self::Actors => "actors",
            Self::Entities => "entities",
            Self::Sentences => "sentences",
            Self::Documents => "documents",
        }
    }

    /// What it tells, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Quotes => "Who said what",
            Self::Actors => "Who is who",
            Self::Entities => "People, organisations and places by name, dates and amounts",
            Self::Sentences => "The sentences",
            Self::Documents => "How much is in each article",
        }
    }

    fn columns(self) -> &'static [Column] {
        match self {
            Self::Quotes => QuoteRow::COLUMNS,
            Self::Actors => PersonRow::COLUMNS,
            Self::Entities => EntityRow::COLUMNS,
            Self::Sentences => SentenceRow::COLUMNS,
            Self::Documents => DocumentRow::COLUMNS,
        }
    }

    /// Whether the table has a column with this name of its own.
    pub fn has_column(self, name: &str) -> bool {
        self.columns().iter().any(|column| column.name == name)
    }

    /// Hands the cells of each row to `each`.
    fn rows<'a>(self, doc: &'a Document, unit: OffsetUnit, each: &mut dyn FnMut(Vec<Cell<'a>>)) {
        match self {
            Self::Quotes => rows::quotes(doc, unit).for_each(|row| each(row.cells())),
            Self::Actors => rows::people(doc).for_each(|row| each(row.cells())),
            Self::Entities => rows::entities(doc, unit).for_each(|row| each(row.cells())),
            Self::Sentences => rows::sentences(doc, unit).for_each(|row| each(row.cells())),
            Self::Documents => each(rows::document(doc).cells()),
        }
    }
}
