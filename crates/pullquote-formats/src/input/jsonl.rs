//! One JSON object to one article.
//!
//! In: an object's text and the names of the fields. Out: a [`Draft`]; fields with other names are
//! skipped without being stored. A string without escapes is borrowed from the text, any other is
//! copied once. Cost: one pass over the text, a second one over the fields that are read.

use super::Draft;
use super::fields::{Fields, Given, draft};
use crate::error::{InputError, Place, Problem};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// How records on lines must be written.
pub(super) const ON_LINES: &str = "one complete object on each line";
/// How records in a JSON file must be written.
pub(super) const IN_A_FILE: &str = "one object, or a list of objects";

/// Reads the document in one object.
pub(super) fn read<'a>(
    object: &'a str,
    fields: &Fields,
    wanted: &'static str,
    place: impl Fn() -> Place,
) -> Result<Draft<'a>, InputError> {
    let mut reader = serde_json::Deserializer::from_str(object);
    let row = Wanted(fields).deserialize(&mut reader).and_then(|row| reader.end().map(|()| row));
    let row = row.map_err(|error| {
        InputError::new(place(), Problem::Json { reason: reason(&error), wanted })
    })?;
    let keep = fields.keep.iter().map(|name| row.keep(name)).collect();
    draft(fields, place, |name| row.look(name), keep)
}

/// What the JSON reader says, without its own count of lines.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let words = message.split(" at line ").next().unwrap_or_default();
    format!("{words} at column {}", error.column())
}

/// The fields of one object that are read, unread yet.
struct Row<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Row<'a> {
    /// The text of a field; of several with one name the last, as most readers do.
    fn raw(&self, name: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, raw)| raw.get())
    }

    /// The value that a name with dots leads to.
    fn nested(&self, name: &str) -> Option<Value> {
        let (first, rest) = name.split_once('.')?;
        let value: Value = serde_json::from_str(self.raw(first)?).ok()?;
        follow(value, rest)
    }

    fn look(&self, name: &str) -> Given<'a> {
        match self.raw(name) {
            Some(raw) => given(raw),
            None => match self.nested(name) {
                Some(Value::String(text)) => Given::Text(text.into()),
                Some(value) => match given(&value.to_string()) {
                    Given::Number(digits) => Given::Number(digits),
                    Given::Other(found) => Given::Other(found),
                    Given::Text(_) | Given::Null => Given::Null,
                },
                None => Given::Null,
            },
        }
    }

    /// A field as it stands, `null` where there is none.
    fn keep(&self, name: &str) -> Cow<'a, str> {
        match self.raw(name) {
            Some(raw) => raw.into(),
            None => self.nested(name).map_or("null".into(), |value| value.to_string().into()),
        }
    }
}

/// The value under a path of names.
fn follow(value: Value, path: &str) -> Option<Value> {
    match value {
        Value::Array(list) => list.into_iter().find_map(|value| follow(value, path)),
        Value::Object(mut object) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            let value = object.remove(first)?;
            if rest.is_empty() { Some(value) } else { follow(value, rest) }
        }
        _ => None,
    }
}

/// What a value is. The text is known to be JSON.
fn given(raw: &str) -> Given<'_> {
    match raw.bytes().next() {
        Some(b'"') => {
            let plain = raw.get(1..raw.len() - 1).filter(|text| !text.contains('\\'));
            match plain {
                Some(text) => Given::Text(text.into()),
                // A lone half of a pair passes as JSON and is no text.
                None => serde_json::from_str(raw).map_or(
                    Given::Other("a string with half a character in it"),
                    |text: String| Given::Text(text.into()),
                ),
            }
        }
        Some(b'n') => Given::Null,
        Some(b't' | b'f') => Given::Other("true or false"),
        Some(b'[') => Given::Other("a list"),
        Some(b'{') => Given::Other("an object"),
        _ if raw.parse::<i64>().is_ok() || raw.parse::<u64>().is_ok() => {
            Given::Number(raw.to_owned())
        }
        _ => Given::Other("a fraction or past 64 bits"),
    }
}

struct Wanted<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Row<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut row = Row(Vec::new());
        while let Some(key) = object.next_key_seed(Key)? {
            if self.0.reads(&key) {
                row.0.push((key, object.next_value()?));
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(row)
    }
}

impl Fields {
    /// Whether a field of an object is read, whole or in part.
    fn reads(&self, key: &str) -> bool {
        let Self { text, id, date, title, keep } = self;
        [text, id, date, title, keep].into_iter().flatten().any(|name| {
            name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

/// A field's name, borrowed where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(key.into())
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(key.to_owned().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place::line(&"news.jsonl".into(), 7)
    }

    fn with<'a>(line: &'a str, fields: &Fields) -> Draft<'a> {
        read(line, fields, ON_LINES, place).expect("a good line")
    }

    fn of(line: &str) -> Draft<'_> {
        with(line, &Fields::default())
    }

    fn error(line: &str) -> String {
        read(line, &Fields::default(), ON_LINES, place).expect_err("a bad line").to_string()
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
    fn presets_read_nested_fields() {
        let line = r#"{"uri": "urn:1", "versioncreated": "2026-03-14T08:00:00Z",
            "headlines": [{"role": "main", "value": "Rain"}],
            "bodies": [{"charcount": 3}, {"value": "Rain fell."}]}"#;
        let draft = with(line, &Fields::ninjs());
        assert_eq!((&*draft.text, &*draft.id), ("Rain fell.", "urn:1"));
        assert_eq!(draft.title.as_deref(), Some("Rain"));
        let line = r#"{"id": null, "source": "https://example.org/a", "text": "Rain fell."}"#;
        assert_eq!(with(line, &Fields::trafilatura()).id, "https://example.org/a");
    }

    #[test]
    fn a_name_with_a_dot_may_be_a_field_itself() {
        let fields = Fields { text: vec!["a.b".to_owned()], ..Fields::default() };
        assert_eq!(with(r#"{"a": {"b": "in"}, "a.b": "out"}"#, &fields).text, "out");
        assert_eq!(with(r#"{"a": {"b": "in"}}"#, &fields).text, "in");
    }

    #[test]
    fn kept_fields_stay_as_they_are() {
        let keep = ["url", "n", "gone", "a.b", "text"].map(str::to_owned).to_vec();
        let fields = Fields { keep, ..Fields::default() };
        let line = r#"{"text": "x", "url": "\u0061", "n": 1.50, "a": {"b": [1,{"c":2}]}}"#;
        assert_eq!(
            with(line, &fields).keep,
            [r#""\u0061""#, "1.50", "null", r#"[1,{"c":2}]"#, "\"x\""]
        );
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
            (r#"{"text": "\ud800"}"#, "a string with half a character in it"),
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
