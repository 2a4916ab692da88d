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
use crate::error::Problem;
use dom_query::{Document, NodeData, Tree};
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most that a page may hold, in bytes.
pub(super) const PAGE: usize = 8 << 20;

/// Elements of a page, at most; a page within [`PAGE`] that has more is no article.
const ELEMENTS: usize = 50_000;

/// What remains of a page without an article, a menu say, is shorter than this, in code points.
const SHORTEST: usize = 140;

/// Nodes of a page's tree, at most: elements and the texts between them. Each open `<b>` is built anew
/// in each later paragraph, so that a page can ask for hundreds of times its own size.
const NODES: usize = 4 * ELEMENTS;

/// Bytes of a page after which its tree is looked at.
const PIECE: usize = 512;

/// Marks that may come apart attributes of one tag, at most: each attribute is compared to all before.
const MARKS: usize = 50_000;

/// How deep elements may lie in each other: the extraction goes down by recursion.
const DEPTH: usize = 512;

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
    if deepest(&html) > DEPTH {
        return Err(Problem::Page);
    }
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

/// The page's tree; `None` when it would be too large or takes too long to build.
fn parsed(html: &str) -> Option<Document> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = html5ever::parse_document(Document::default(), options);
    let (mut rest, mut built, mut marks) = (html, (0, 0), 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE));
        parser.process(piece.into());
        rest = after;
        // Nobody reads them, and each byte of a page can be one.
        parser.tokenizer.sink.sink.errors.borrow_mut().clear();
        let tree = &parser.tokenizer.sink.sink.tree;
        let now = (tree.len(), if tree.len() == built.0 { last_text(tree) } else { 0 });
        // A tag that is still open, or a comment, builds nothing.
        let apart = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'".contains(byte);
        marks = if now == built { marks + piece.bytes().filter(apart).count() } else { 0 };
        if tree.len() > NODES || marks > MARKS {
            return None;
        }
        built = now;
    }
    Some(parser.finish())
}

/// Bytes of the text that is being read: that of the last node.
fn last_text(tree: &Tree) -> usize {
    let mut node = tree.root();
    while let Some(last) = node.last_child() {
        node = last;
    }
    tree.query_node_or(&node.id, 0, |node| match &node.data {
        NodeData::Text { contents } => contents.len(),
        _ => 0,
    })
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

/// How deep tags lie in each other, at most: open ones less closed ones. Tags that need no end count
/// too, so that it is never too low for tags that do; they are left out where they are common.
fn deepest(html: &str) -> usize {
    const EMPTY: [&str; 14] = [
        "p", "li", "br", "img", "meta", "link", "input", "hr", "source", "td", "tr", "option",
        "wbr", "path",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let tag = html.get(at + 1..).unwrap_or_default();
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let end = tag.bytes().take(12).position(|byte| !byte.is_ascii_alphanumeric());
        let name = end.and_then(|end| tag.get(..end)).unwrap_or_default();
        if name.is_empty() || EMPTY.iter().any(|empty| name.eq_ignore_ascii_case(empty)) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
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

    #[test]
    fn depth_counts_open_tags() {
        assert_eq!(deepest("<div><p>a<p>b<br><span>c</span></div><b>d</b>"), 2);
        assert_eq!(deepest(&"<div>".repeat(700)), 700);
        assert_eq!(deepest("</div></div><i>"), 1);
        assert_eq!(deepest("a < b <"), 0);
    }
}
