//! Documents to one Arrow table in memory, for data frames.
//!
//! In: documents, one by one. Out: a [`RecordBatch`] with the columns and the values that the
//! program writes for the same table: text, 64-bit whole numbers (signed, since some readers know no
//! others) and fractions, each of which may be null. A document without an id is called by its
//! number among those added, counted from 0, so that its rows can be told from others'. Positions
//! count code points.
//!
//! Cost: linear in the rows; text is copied once. Text columns take any size.

use super::rows::{self, EntityRow, PersonRow, QuoteRow, Row, SentenceRow};
use arrow_array::builder::{ArrayBuilder, Float64Builder, Int64Builder, LargeStringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pullquote::{Document, OffsetUnit};
use serde_json::Value;
use std::sync::Arc;

/// What the rows of a data frame are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameTable {
    /// Attributions.
    Quotes,
    /// People, organisations and places.
    People,
    /// Entities.
    Entities,
    /// Sentences.
    Sentences,
}

impl FrameTable {
    /// The names of its columns, in order.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Quotes => QuoteRow::COLUMNS,
            Self::People => PersonRow::COLUMNS,
            Self::Entities => EntityRow::COLUMNS,
            Self::Sentences => SentenceRow::COLUMNS,
        }
    }
}

/// A table under construction.
#[derive(Debug)]
pub struct DataFrame {
    table: FrameTable,
    documents: usize,
    columns: Vec<(&'static str, Column)>,
}

/// One column of it.
#[derive(Debug)]
enum Column {
    Text(LargeStringBuilder),
    Whole(Int64Builder),
    Fraction(Float64Builder),
}

impl DataFrame {
    /// A table without rows.
    pub fn new(table: FrameTable) -> Self {
        let columns = table.columns().iter().map(|&name| (name, Column::new(table, name)));
        Self { table, documents: 0, columns: columns.collect() }
    }

    /// Adds a document's rows. Linear in the document.
    pub fn add(&mut self, doc: &Document) {
        let number = self.documents.to_string();
        let name = doc.id().unwrap_or(&number);
        let unit = OffsetUnit::Chars;
        match self.table {
            FrameTable::Quotes => rows::quotes(doc, unit).for_each(|row| self.row(name, row)),
            FrameTable::People => rows::people(doc).for_each(|row| self.row(name, row)),
            FrameTable::Entities => rows::entities(doc, unit).for_each(|row| self.row(name, row)),
            FrameTable::Sentences => rows::sentences(doc, unit).for_each(|row| self.row(name, row)),
        }
        self.documents += 1;
    }

    fn row(&mut self, document: &str, row: impl Row) {
        // A flat row is an object, whatever it holds.
        let row = serde_json::to_value(row).unwrap_or_default();
        for (name, column) in &mut self.columns {
            match column {
                Column::Text(column) if *name == DOCUMENT => column.append_value(document),
                column => column.append(row.get(*name)),
            }
        }
    }

    /// The table.
    ///
    /// # Errors
    /// None that a table made here can have; the Arrow library checks it once more.
    pub fn finish(self) -> Result<RecordBatch, ArrowError> {
        let columns = self.columns.into_iter().map(|(name, column)| {
            let (kind, values): (_, ArrayRef) = match column {
                Column::Text(mut column) => {
                    (DataType::LargeUtf8, ArrayBuilder::finish(&mut column))
                }
                Column::Whole(mut column) => (DataType::Int64, ArrayBuilder::finish(&mut column)),
                Column::Fraction(mut column) => {
                    (DataType::Float64, ArrayBuilder::finish(&mut column))
                }
            };
            (Field::new(name, kind, true), values)
        });
        let (fields, values): (Vec<_>, Vec<_>) = columns.unzip();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), values)
    }
}

/// The column that names the document.
const DOCUMENT: &str = "document";

impl Column {
    fn new(table: FrameTable, name: &str) -> Self {
        match name {
            // The name of whom an entity names, the number of who spoke.
            "actor" if table == FrameTable::Entities => Self::Text(LargeStringBuilder::new()),
            "id" | "actor" | "start" | "end" | "group" | "sentence" | "mentions" | "quotes" => {
                Self::Whole(Int64Builder::new())
            }
            "confidence" => Self::Fraction(Float64Builder::new()),
            _ => Self::Text(LargeStringBuilder::new()),
        }
    }

    /// A number in a column of text is its digits.
    fn append(&mut self, value: Option<&Value>) {
        match (self, value) {
            (Self::Text(column), Some(Value::String(text))) => column.append_value(text),
            (Self::Text(column), Some(Value::Number(number))) => {
                column.append_value(number.to_string());
            }
            (Self::Text(column), _) => column.append_null(),
            (Self::Whole(column), value) => column.append_option(value.and_then(Value::as_i64)),
            (Self::Fraction(column), value) => column.append_option(value.and_then(Value::as_f64)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};
    use pullquote::{Article, Parser};

    const TEXT: &str = "Rain fell on Vellin. “We will rebuild,” said Ann Lee. It cost $2.50.";

    fn of(table: FrameTable, articles: &[Article<'_>]) -> RecordBatch {
        let mut frame = DataFrame::new(table);
        for &article in articles {
            frame.add(&Parser::new().parse(article));
        }
        frame.finish().expect("a table")
    }

    #[test]
    fn rows_come_with_their_document_and_their_types() {
        let named = Article { text: TEXT, id: Some("a"), ..Article::default() };
        let quotes = of(FrameTable::Quotes, &[named, TEXT.into(), "Nobody spoke.".into()]);
        assert_eq!(quotes.num_rows(), 2);
        let text = |name: &str| quotes[name].as_string::<i64>();
        assert_eq!(text("document").iter().collect::<Vec<_>>(), [Some("a"), Some("1")]);
        assert_eq!(text("speaker").value(0), "Ann Lee");
        assert_eq!(text("content").value(0), "“We will rebuild,”");
        assert_eq!(text("addressee").iter().next(), Some(None));
        let starts = quotes["start"].as_primitive::<Int64Type>();
        assert_eq!(starts.value(0), 21, "in code points");
        let confidence = quotes["confidence"].as_primitive::<Float64Type>().value(0);
        assert!((0.0..=1.0).contains(&confidence));
    }

    #[test]
    fn every_table_has_its_columns_even_without_a_row() {
        for table in
            [FrameTable::Quotes, FrameTable::People, FrameTable::Entities, FrameTable::Sentences]
        {
            let (empty, one) = (of(table, &[]), of(table, &[TEXT.into()]));
            assert_eq!((empty.num_rows(), empty.schema()), (0, one.schema()));
            assert!(one.num_rows() > 0);
            let nulls = |column: &str| one[column].null_count();
            assert!(one.schema().fields().iter().any(|field| nulls(field.name()) == 0));
        }
        let entities = of(FrameTable::Entities, &[TEXT.into()]);
        let (labels, values) = (&entities["label"], &entities["value"]);
        let money = labels.as_string::<i64>().iter().position(|label| label == Some("MONEY"));
        assert_eq!(values.as_string::<i64>().value(money.expect("an amount")), "2.5");
    }
}
