//! One line of JSON to one article.
//!
//! In: a line and the names of the fields. Out: a [`Draft`]; fields with other names are skipped
//! without being stored. A string without escapes is borrowed from the line, any other is copied
//! once. Cost: one pass over the line.

use super::{Draft, parse_date};
use crate::error::{InputError, Place};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The names of the fields that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Holds the article; required, a string.
    pub text: String,
    /// Names the document; a string or a whole number.
    pub id: String,
    /// The publication date, a string that starts with an ISO date.
    pub date: String,
    /// The title, a string.
    pub title: String,
}

impl Default for Fields {
    fn default() -> Self {
        let [text, id, date, title] = ["text", "id", "date", "title"].map(str::to_owned);
        Self { text, id, date, title }
    }
}

/// Reads the document on one line, which must not be blank.
pub(super) fn read<'a>(
    line: &'a str,
    fields: &Fields,
    place: impl Fn() -> Place,
) -> Result<Draft<'a>, InputError> {
    let mut reader = serde_json::Deserializer::from_str(line);
    let row = RowSeed(fields).deserialize(&mut reader).and_then(|row| reader.end().map(|()| row));
    let row = row.map_err(|error| InputError::Json { place: place(), reason: reason(&error) })?;
    let wrong = |field: &str, found, wanted| InputError::WrongType {
        place: place(),
        field: field.to_owned(),
        found,
        wanted,
    };
    let string = |field: &str, given| match given {
        Given::Text(text) => Ok(Some(text)),
        Given::Null => Ok(None),
        Given::Number(_) => Err(wrong(field, "a number", "a string")),
        Given::Other(found) => Err(wrong(field, found, "a string")),
    };
    let Some(text) = string(&fields.text, row.text)? else {
        return Err(InputError::NoText { place: place(), field: fields.text.clone() });
    };
    let id = match row.id {
        Given::Text(id) => id,
        Given::Number(number) => number.into(),
        Given::Null => place().to_string().into(),
        Given::Other(found) => return Err(wrong(&fields.id, found, "a string or a whole number")),
    };
    // An empty string is how many exporters write "unknown".
    let filled = |given: Option<Cow<'a, str>>| given.filter(|text| !text.trim().is_empty());
    let date = filled(string(&fields.date, row.date)?)
        .map(|date| parse_date(&date))
        .transpose()
        .map_err(|source| InputError::Date { place: place(), source })?;
    let title = filled(string(&fields.title, row.title)?);
    Ok(Draft { text, id, title, date })
}

/// What the JSON reader says, without its own count of lines.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let words = message.split(" at line ").next().unwrap_or_default();
    format!("{words} at column {}", error.column())
}

/// The fields of one line, as found.
#[derive(Default)]
struct Row<'a> {
    text: Given<'a>,
    id: Given<'a>,
    date: Given<'a>,
    title: Given<'a>,
}

/// What a field holds.
#[derive(Default)]
enum Given<'a> {
    /// Nothing; the field may also be missing.
    #[default]
    Null,
    Text(Cow<'a, str>),
    /// A whole number's digits.
    Number(String),
    /// Anything else, in words.
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Given<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Given::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Given::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Given::Number(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Given::Number(number.to_string()))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Given::Other("a fraction or past 64 bits"))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Given::Other("true or false"))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Given::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Given::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Given::Other("an object"))
    }
}

struct RowSeed<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Row<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut row = Row::default();
        while let Some(key) = object.next_key_seed(KeySeed(self.0))? {
            let slot = match key {
                Key::Text => &mut row.text,
                Key::Id => &mut row.id,
                Key::Date => &mut row.date,
                Key::Title => &mut row.title,
                Key::Other => {
                    object.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *slot = object.next_value()?;
        }
        Ok(row)
    }
}

/// Which of the fields a key names.
enum Key {
    Text,
    Id,
    Date,
    Title,
    Other,
}

struct KeySeed<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        Ok(match key {
            _ if key == self.0.text => Key::Text,
            _ if key == self.0.id => Key::Id,
            _ if key == self.0.date => Key::Date,
            _ if key == self.0.title => Key::Title,
            _ => Key::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { name: "news.jsonl".into(), line: Some(7) }
    }

    fn of(line: &str) -> Draft<'_> {
        read(line, &Fields::default(), place).expect("a good line")
    }

    fn error(line: &str) -> String {
        read(line, &Fields::default(), place).expect_err("a bad line").to_string()
    }

    #[test]
    fn reads_the_four_fields_and_no_other() {
        let draft = of(
            r#" {"url": {"a": [1, "x"]}, "text": "Rain\nfell.", "id": "a1", "date": "2026-03-14T08:00:00Z", "title": "Rain"} "#,
        );
        assert_eq!(draft.text, "Rain\nfell.");
        assert_eq!(draft.id, "a1");
        assert_eq!(draft.date.map(|date| date.to_string()).as_deref(), Some("2026-03-14"));
        assert_eq!(draft.title.as_deref(), Some("Rain"));
    }

    #[test]
    fn plain_strings_are_borrowed() {
        assert!(matches!(of(r#"{"text": "Rain fell."}"#).text, Cow::Borrowed(_)));
    }

    #[test]
    fn ids_may_be_numbers_and_default_to_the_place() {
        assert_eq!(of(r#"{"text": "", "id": 18446744073709551615}"#).id, "18446744073709551615");
        assert_eq!(of(r#"{"text": "", "id": -3}"#).id, "-3");
        assert_eq!(of(r#"{"text": "", "id": null}"#).id, "news.jsonl:7");
        assert!(error(r#"{"text": "", "id": 0.5}"#).contains("a fraction"));
    }

    #[test]
    fn what_is_empty_is_unknown() {
        let draft = of(r#"{"text": "", "date": "", "title": " "}"#);
        assert_eq!((draft.date, draft.title), (None, None));
    }

    #[test]
    fn errors_say_where_and_what() {
        let cases = [
            (
                r#"{"text": "a""#,
                "news.jsonl:7: not a JSON object (EOF while parsing an object at column 12)",
            ),
            (r#"["a"]"#, "invalid type: sequence, expected an object at column 0"),
            (r#"{"text": "a"} x"#, "trailing characters at column 15"),
            (r#"{"body": "a"}"#, "news.jsonl:7: has no field `text`"),
            (r#"{"text": null}"#, "has no field `text`"),
            (r#"{"text": 5}"#, "field `text` is a number; it must be a string"),
            (r#"{"text": ["a"]}"#, "field `text` is a list; it must be a string"),
            (r#"{"text": "a", "date": "2026-02-30"}"#, "news.jsonl:7: `2026-02-30` is not a date"),
            (r#"{"text": "a", "title": {}}"#, "field `title` is an object; it must be a string"),
        ];
        for (line, words) in cases {
            let message = error(line);
            assert!(message.contains(words), "{line}: {message}");
        }
    }
}
