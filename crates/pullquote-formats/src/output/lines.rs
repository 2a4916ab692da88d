//! Rows as lines that programs read.
//!
//! In: cells. Out: fields of comma-separated values, or the inside of a JSON object.

use super::cells::Cell;

fn json(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::None => out.extend_from_slice(b"null"),
        Cell::Text(text) => quoted(text, out),
        Cell::Json(json) => out.extend_from_slice(json.as_bytes()),
        Cell::Whole(_) | Cell::Fraction(_) => {
            out.extend_from_slice(cell.text().unwrap_or_default().as_bytes());
        }
    }
}

/// Appends text as a JSON string.
fn quoted(text: &str, out: &mut Vec<u8>) {
    // Writing a string to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Appends `"name":value` pairs, a comma between two, without the braces.
pub(super) fn pairs<'a>(pairs: impl Iterator<Item = (&'a str, Cell<'a>)>, out: &mut Vec<u8>) {
    for (at, (name, cell)) in pairs.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        quoted(name, out);
        out.push(b':');
        json(&cell, out);
    }
}

/// Appends one line of comma-separated values.
pub(super) fn csv_line<'a>(cells: impl Iterator<Item = Cell<'a>>, out: &mut Vec<u8>) {
    let mut writer = csv::Writer::from_writer(out);
    for cell in cells {
        // Memory takes all that is written.
        let _ = writer.write_field(cell.text().unwrap_or_default().as_bytes());
    }
    let _ = writer.write_record(None::<&[u8]>);
    let _ = writer.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_out_as_json_and_as_fields() {
        let cells = || {
            [
                ("a", Cell::None),
                ("b", "x, \"y\"".into()),
                ("c", Cell::Whole(-3)),
                ("d", Cell::Fraction(1.0)),
                ("e", Cell::Json("\"\\u00e9\"")),
                ("f", Cell::Json("[1.50]")),
                ("g", Cell::Json("null")),
            ]
        };
        let mut out = Vec::new();
        pairs(cells().into_iter(), &mut out);
        let expected = r#""a":null,"b":"x, \"y\"","c":-3,"d":1.0,"e":"\u00e9","f":[1.50],"g":null"#;
        assert_eq!(String::from_utf8_lossy(&out), expected);
        out.clear();
        csv_line(cells().into_iter().map(|(_, cell)| cell), &mut out);
        assert_eq!(String::from_utf8_lossy(&out), ",\"x, \"\"y\"\"\",-3,1.0,é,[1.50],\n");
    }
}
