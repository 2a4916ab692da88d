//! Documents to one Arrow table in memory, for data frames.
//!
//! In: documents, one by one. Out: a [`RecordBatch`] with the columns, the types and the values that
//! the program writes for the same table. A document without an id is called by its number among
//! those added, counted from 0, so that its rows can be told from others'. Positions count code
//! points.
//!
//! Cost: linear in the rows; text is copied once. Text columns take any size.

use super::Table;
use super::cells::{Cell, Kind};
use arrow_array::builder::{ArrayBuilder, Float64Builder, Int64Builder, LargeStringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pullquote::{Document, OffsetUnit};
use std::sync::Arc;

/// A table under construction.
#[derive(Debug)]
pub struct DataFrame {
    table: Table,
    documents: usize,
    columns: Vec<Column>,
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
    pub fn new(table: Table) -> Self {
        let columns = table.columns().iter().map(|column| match column.kind {
            Kind::Text => Column::Text(LargeStringBuilder::new()),
            Kind::Whole => Column::Whole(Int64Builder::new()),
            Kind::Fraction => Column::Fraction(Float64Builder::new()),
        });
        Self { table, documents: 0, columns: columns.collect() }
    }

    /// Adds a document's rows. Linear in the document.
    pub fn add(&mut self, doc: &Document) {
        let number = self.documents.to_string();
        self.table.rows(doc, OffsetUnit::Chars, &mut |mut cells| {
            // The first cell of every table is the document's name.
            if let Some(name @ Cell::None) = cells.first_mut() {
                *name = number.as_str().into();
            }
            for (column, cell) in self.columns.iter_mut().zip(cells) {
                column.append(&cell);
            }
        });
        self.documents += 1;
    }

    /// The table.
    ///
    /// # Errors
    /// None that a table made here can have; the Arrow library checks it once more.
    pub fn finish(self) -> Result<RecordBatch, ArrowError> {
        let names = self.table.columns().iter().map(|column| column.name);
        let columns = names.zip(self.columns).map(|(name, column)| {
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

impl Column {
    fn append(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(column), cell) => column.append_option(cell.text()),
            (Self::Whole(column), Cell::Whole(number)) => column.append_value(*number),
            (Self::Fraction(column), Cell::Fraction(number)) => column.append_value(*number),
            (Self::Whole(column), _) => column.append_null(),
            (Self::Fraction(column), _) => column.append_null(),
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

    fn of(table: Table, articles: &[Article<'_>]) -> RecordBatch {
        let mut frame = DataFrame::new(table);
        for &article in articles {
            frame.add(&Parser::new().parse(article));
        }
        frame.finish().expect("a table")
    }

    #[test]
    fn rows_come_with_their_document_and_their_types() {
        let named = Article { text: TEXT, id: Some("a"), ..Article::default() };
        let quotes = of(Table::Quotes, &[named, TEXT.into(), "Nobody spoke.".into()]);
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
        for table in [Table::Quotes, Table::Actors, Table::Entities, Table::Sentences] {
            let (empty, one) = (of(table, &[]), of(table, &[TEXT.into()]));
            assert_eq!((empty.num_rows(), empty.schema()), (0, one.schema()));
            assert!(one.num_rows() > 0);
            let nulls = |column: &str| one[column].null_count();
            assert!(one.schema().fields().iter().any(|field| nulls(field.name()) == 0));
        }
        let entities = of(Table::Entities, &[TEXT.into()]);
        let (labels, values) = (&entities["label"], &entities["value"]);
        let money = labels.as_string::<i64>().iter().position(|label| label == Some("MONEY"));
        assert_eq!(values.as_string::<i64>().value(money.expect("an amount")), "2.5");
    }
}
