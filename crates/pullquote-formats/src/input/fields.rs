//! Which fields of a record make an article.
//!
//! In: the names that the user gave, or those of a preset, and a way to look a name up. Out: a
//! [`Draft`]. Each part of an article has a list of names, of which the first that is filled counts.

use super::Draft;
use crate::error::{InputError, Place, Problem};
use std::borrow::Cow;

/// The names of the fields that are read. In JSON, a name with dots that is not itself a field
/// names one inside of objects: `body.text`; of a list, the first object that has it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Holds the article; required, a string.
    pub text: Vec<String>,
    /// Names the document; a string or a whole number.
    pub id: Vec<String>,
    /// The publication date, a string that starts with an ISO date.
    pub date: Vec<String>,
    /// The title, a string.
    pub title: Vec<String>,
    /// Carried through to the output as they are.
    pub keep: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        Self::named(&["text"], &["id"], &["date"], &["title"])
    }
}

impl Fields {
    fn named(text: &[&str], id: &[&str], date: &[&str], title: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().copied().map(str::to_owned).collect();
        let [text, id, date, title] = [text, id, date, title].map(owned);
        Self { text, id, date, title, keep: Vec::new() }
    }

    /// The fields of IPTC ninjs 1 to 3.
    pub fn ninjs() -> Self {
        Self::named(
            &["body_text", "bodies.value"],
            &["uri"],
            &["versioncreated", "versionCreated", "contentcreated", "contentCreated"],
            &["headline", "headlines.value", "title"],
        )
    }

    /// The fields of what trafilatura writes as JSON.
    pub fn trafilatura() -> Self {
        Self::named(&["text"], &["id", "source"], &["date"], &["title"])
    }
}

/// What a field holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Given<'a> {
    /// Nothing; the field may also be missing.
    #[default]
    Null,
    Text(Cow<'a, str>),
    /// A whole number's digits.
    Number(String),
    /// Anything else, in words.
    Other(&'static str),
}

/// Makes a document of what `look` finds under a name; `keep` gives the kept fields, as JSON.
pub(super) fn draft<'a>(
    fields: &Fields,
    place: impl Fn() -> Place,
    mut look: impl FnMut(&str) -> Given<'a>,
    keep: Vec<Cow<'a, str>>,
) -> Result<Draft<'a>, InputError> {
    let failed = |problem| InputError::new(place(), problem);
    let wrong = |field: &str, found, wanted| {
        failed(Problem::WrongType { field: field.to_owned(), found, wanted })
    };
    // The first name that is there decides, also when it is empty: an article may have no text.
    let mut first = |names: &[String]| {
        let mut found = names.iter().map(|name| (name.clone(), look(name)));
        found.find(|(_, given)| *given != Given::Null)
    };
    let string = |found: Option<(String, Given<'a>)>| match found {
        None | Some((_, Given::Null)) => Ok(None),
        Some((_, Given::Text(text))) => Ok(Some(text)),
        Some((field, Given::Number(_))) => Err(wrong(&field, "a number", "a string")),
        Some((field, Given::Other(found))) => Err(wrong(&field, found, "a string")),
    };
    let Some(text) = string(first(&fields.text))? else {
        return Err(failed(Problem::NoText(fields.text.join("` or `"))));
    };
    let id = match first(&fields.id) {
        Some((_, Given::Text(id))) => id,
        Some((_, Given::Number(number))) => number.into(),
        None | Some((_, Given::Null)) => place().to_string().into(),
        Some((field, Given::Other(found))) => {
            return Err(wrong(&field, found, "a string or a whole number"));
        }
    };
    // An empty string is how many exporters write "unknown".
    let filled = |given: Option<Cow<'a, str>>| given.filter(|text| !text.trim().is_empty());
    let date = filled(string(first(&fields.date))?)
        .map(|date| crate::parse_date(&date))
        .transpose()
        .map_err(|error| failed(Problem::Date(error)))?;
    let title = filled(string(first(&fields.title))?);
    Ok(Draft { text, id, title, date, keep })
}
