//! HTML pages to articles.
//!
//! In: a page's bytes and what is known of where it came from. Out: a [`Draft`] of the article in it,
//! without menus, teasers and comments; the title and the date of publication as the page's metadata
//! has them. The text is what a reader sees, a blank line between paragraphs; positions refer to it.
//!
//! Algorithm: Mozilla's Readability, by `dom_smoothie`. Its fields `url`, `author`, `site`,
//! `language` and `fetched` can be kept.
//!
//! Cost: linear in the page, some twenty times its size in memory; a page may hold [`PAGE`]. One that
//! would be built into much more than its size is left when that shows.

use super::Draft;
use super::encoding::Charset;
use super::tree::{ELEMENTS, parsed};
use crate::error::Problem;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most that a page may hold, in bytes.
pub(super) const PAGE: usize = 8 << 20;

/// What remains of a page without an article, a menu say, is shorter than this, in code points.
const SHORTEST: usize = 140;

/// Where a page came from.
#[derive(Debug, Default)]
pub(super) struct Origin {
    pub(super) url: Option<String>,
    /// When it was fetched, as the archive has it.
    pub(super) fetched: Option<String>,
    /// The charset that the server told.
    pub(super) charset: Option<&'static Encoding>,
}

/// The article on a page; `None` when there is none.
pub(super) fn read(
    bytes: &[u8],
    origin: &Origin,
    id: &str,
    keep: &[String],
) -> Result<Option<Draft<'static>>, Problem> {
    if bytes.len() > PAGE {
        return Err(Problem::TooLong(PAGE));
    }
    let html = decoded(bytes, origin.charset);
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: ELEMENTS,
        ..Config::default()
    };
    // A page is hostile input to a reader that was not written for it.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let document = parsed(&html)?;
        let found = Readability::with_document(document, origin.url.as_deref(), Some(config));
        Some(found.and_then(|mut found| found.parse()))
    }));
    let article = match read {
        Ok(Some(Ok(article))) => article,
        Ok(Some(Err(_))) => return Ok(None),
        Ok(None) | Err(_) => return Err(Problem::Page),
    };
    if article.text_content.trim().chars().count() < SHORTEST {
        return Ok(None);
    }
    let field = |name: &str| match name {
        "url" => origin.url.as_deref().or(article.url.as_deref()),
        "author" => article.byline.as_deref(),
        "site" => article.site_name.as_deref(),
        "language" => article.lang.as_deref(),
        "fetched" => origin.fetched.as_deref(),
        _ => None,
    };
    let keep = keep.iter().map(|name| serde_json::Value::from(field(name)).to_string().into());
    let date = article.published_time.as_deref().and_then(|date| crate::parse_date(date).ok());
    Ok(Some(Draft {
        text: article.text_content.to_string().into(),
        id: origin.url.clone().unwrap_or_else(|| id.to_owned()).into(),
        title: Some(article.title.into()).filter(|title: &Cow<'_, str>| !title.trim().is_empty()),
        date,
        keep: keep.collect(),
    }))
}

/// The page as text: what the server said wins over what the page says of itself.
fn decoded<'a>(bytes: &'a [u8], told: Option<&'static Encoding>) -> Cow<'a, str> {
    match Charset::of(bytes) {
        Charset::Other(guess) => {
            let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
            let encoding = marked.or(told).or_else(|| declared(bytes)).unwrap_or(guess);
            encoding.decode(bytes).0
        }
        charset => charset.decode(bytes),
    }
}

/// The charset that a page names in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..1024).unwrap_or(bytes).to_ascii_lowercase();
    charset_in(&head)
}

/// The charset that stands behind `charset=`.
pub(super) fn charset_in(bytes: &[u8]) -> Option<&'static Encoding> {
    const KEY: &[u8] = b"charset=";
    let at = bytes.windows(KEY.len()).position(|window| window.eq_ignore_ascii_case(KEY))?;
    let label = bytes.get(at + KEY.len()..)?;
    let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
    let end =
        label.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte));
    Encoding::for_label(label.get(..end.unwrap_or(label.len()))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_found_where_it_is_named() {
        let name = |bytes: &[u8]| charset_in(bytes).map(Encoding::name);
        assert_eq!(name(b"text/html; Charset=ISO-8859-2; x"), Some("ISO-8859-2"));
        assert_eq!(name(b"<meta charset='koi8-r'>"), Some("KOI8-R"));
        assert_eq!(name(b"<meta charset=\"no-such\">"), None);
        assert_eq!(name(b"charset="), None);
    }
}
