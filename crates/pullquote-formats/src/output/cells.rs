//! Cells: what a flat row is made of, and how rows are written for programs.
//!
//! In: columns and cells. Out: CSV fields, a JSON object, or (elsewhere) columns of Arrow. The kind
//! of a column tells its type where types are fixed; a number in a column of text is its digits.
//! Kept fields of the input are cells too; they come as JSON and stay so in JSON.

use std::borrow::Cow;

/// A column's name and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// What a column holds where types are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Fraction,
}

impl Column {
    pub(super) const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text }
    }

    pub(super) const fn whole(name: &'static str) -> Self {
        Self { name, kind: Kind::Whole }
    }

    pub(super) const fn fraction(name: &'static str) -> Self {
        Self { name, kind: Kind::Fraction }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    None,
    Text(Cow<'a, str>),
    Whole(i64),
    Fraction(f64),
    /// A value that is JSON already.
    Json(&'a str),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Fraction(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// A count or an index, which fits: texts end at 4 GiB.
pub(super) fn whole(number: usize) -> Cell<'static> {
    Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
}

impl Cell<'_> {
    /// The cell as text; nothing where it is empty.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Whole(number) => Some(number.to_string().into()),
            // As JSON has it: with a fraction, however small.
            Self::Fraction(number) => Some(format!("{number:?}").into()),
            Self::Json("null") => None,
            Self::Json(json) if json.starts_with('"') => {
                Some(serde_json::from_str::<String>(json).map_or(Cow::Borrowed(*json), Cow::Owned))
            }
            Self::Json(json) => Some(Cow::Borrowed(json)),
        }
    }

    fn json(&self, out: &mut Vec<u8>) {
        match self {
            Self::None => out.extend_from_slice(b"null"),
            Self::Text(text) => quoted(text, out),
            Self::Json(json) => out.extend_from_slice(json.as_bytes()),
            Self::Whole(_) | Self::Fraction(_) => {
                out.extend_from_slice(self.text().unwrap_or_default().as_bytes());
            }
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
        cell.json(out);
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
