//! The head of an Arrow table as HTML, for notebooks.
//!
//! In: the rows of a data frame. Out: a bare `table`, which notebooks style, of the first rows, with
//! long texts cut. Cost: linear in what is shown.

use super::escape;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use std::fmt::Write;

/// Rows that are shown.
const ROWS: usize = 10;
/// Code points that are shown of a text.
const LENGTH: usize = 80;

/// The first rows of a table, and how many there are.
pub fn frame(rows: &RecordBatch) -> String {
    let mut out = String::from("<table>\n<thead><tr>");
    for field in rows.schema().fields() {
        out.push_str("<th>");
        escape(field.name(), &mut out);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in 0..rows.num_rows().min(ROWS) {
        out.push_str("<tr>");
        for column in rows.columns() {
            out.push_str("<td>");
            cell(column.as_ref(), row, &mut out);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    let (rows, columns) = (rows.num_rows(), rows.num_columns());
    let _ = writeln!(out, "</tbody>\n</table>\n<p>{rows} rows × {columns} columns</p>");
    out
}

/// One value; nothing for a null.
fn cell(column: &dyn Array, row: usize, out: &mut String) {
    if column.is_null(row) {
        return;
    }
    if let Some(texts) = column.as_string_opt::<i64>() {
        let text = texts.value(row);
        match text.char_indices().nth(LENGTH) {
            Some((at, _)) => {
                escape(text.get(..at).unwrap_or_default(), out);
                out.push('…');
            }
            None => escape(text, out),
        }
    } else if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
        let _ = write!(out, "{}", numbers.value(row));
    } else if let Some(numbers) = column.as_primitive_opt::<Float64Type>() {
        let _ = write!(out, "{}", numbers.value(row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{DataFrame, Table};

    #[test]
    fn the_first_rows_are_shown_with_long_texts_cut() {
        let mut table = DataFrame::new(Table::Sentences);
        let long = "é".repeat(LENGTH);
        let text = format!("Rain <fell>. The {long} fell. {}", "It rained. ".repeat(9));
        table.add(&pullquote::Parser::new().parse(text.as_str()));
        let html = frame(&table.finish().expect("a table"));
        let lines: Vec<_> = html.lines().collect();
        assert_eq!(
            lines.get(1),
            Some(
                &"<thead><tr><th>document</th><th>id</th><th>start</th><th>end</th><th>text</th>\
                  </tr></thead>"
            )
        );
        assert_eq!(
            lines.get(3),
            Some(&"<tr><td>0</td><td>0</td><td>0</td><td>12</td><td>Rain &lt;fell&gt;.</td></tr>")
        );
        let cut = format!("<td>The {}…</td></tr>", "é".repeat(LENGTH - 4));
        assert!(lines.get(4).is_some_and(|line| line.ends_with(&cut)), "{html}");
        assert_eq!(html.matches("<tr>").count(), 1 + ROWS);
        assert!(html.ends_with("</tbody>\n</table>\n<p>11 rows × 5 columns</p>\n"));
    }
}
