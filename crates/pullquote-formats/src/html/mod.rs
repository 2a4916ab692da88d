//! A document as HTML: the article beside a list of who said what.
//!
//! In: a [`Document`]. Out: a fragment for a notebook, one part of a page, or a page of its own with
//! a line for the index of its folder; also one quote, one actor or a table alone. Sentences, entities and quotes are marked in the text; a
//! pointer or the keyboard on a quote shows its speaker, cue, confidence and evidence; each quote
//! links to its line in the list, each line of the list back to the quote; and the words of one
//! speaker can be chosen. All of this is markup and a style sheet: there is no script, no font and
//! no picture, and the page's policy forbids the browser to run or to fetch any.
//!
//! Invariant: whatever stands in the article, its id or its title comes out as text, never as
//! markup. Anchors begin with a digest of the document, so that several fit on one page.
//! Cost: linear in the document, n log n in its quotes.

mod card;
#[cfg(feature = "frames")]
mod frame;
#[cfg(feature = "files")]
mod index;
mod text;
mod voices;

pub use card::{actor, quote};
#[cfg(feature = "frames")]
pub use frame::frame;
#[cfg(feature = "files")]
pub(crate) use index::{INDEX, INDEX_NAME, INDEX_TAIL, index_head, index_line, own_page};

use pullquote::Document;
use pullquote::layout::BlockKind;
use std::fmt::Write;
use voices::Voices;

const STYLE: &str = include_str!("style.css");

/// What closes a page.
#[cfg(feature = "files")]
pub(crate) const PAGE_TAIL: &str = "</main>\n</body>\n</html>\n";

/// What opens a page with this title.
#[cfg(feature = "files")]
pub(crate) fn page_head(title: &str) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>",
    );
    escape(title, &mut out);
    out.push_str("</title>\n");
    style(&mut out);
    out.push_str("</head>\n<body>\n<main>\n");
    out
}

fn style(out: &mut String) {
    let _ = write!(out, "<style>\n{STYLE}");
    voices::filter_style(out);
    out.push_str("</style>\n");
}

/// The document as a piece of HTML that brings its own style, for notebooks.
pub fn fragment(doc: &Document) -> String {
    let mut out = String::new();
    style(&mut out);
    write_article(doc, None, &mut out);
    out
}

/// Appends the document as a part of a page.
#[cfg(feature = "files")]
pub(crate) fn article(doc: &Document, out: &mut Vec<u8>) {
    let mut html = String::new();
    write_article(doc, None, &mut html);
    out.extend_from_slice(html.as_bytes());
}

/// `index` is where to find the other articles.
fn write_article(doc: &Document, index: Option<&str>, out: &mut String) {
    let anchor = Anchor::of(doc);
    let voices = Voices::of(doc);
    out.push_str("<div class=\"pullquote\">\n<nav class=\"places\">");
    if let Some(index) = index {
        let _ = write!(out, "<a href=\"{index}\">All articles</a>");
    }
    let _ =
        writeln!(out, "<a class=\"skip\" href=\"#{anchor}-said\">Skip to who said what</a></nav>");
    voices::filter(doc, anchor, &voices, out);
    out.push_str("<article>\n");
    header(doc, out);
    text::write(doc, anchor, &voices, out);
    out.push_str("</article>\n");
    voices::write(doc, anchor, &voices, out);
    out.push_str("</div>\n");
}

/// Name and date, and the title where the text does not hold one.
fn header(doc: &Document, out: &mut String) {
    let headed = doc.blocks().iter().any(|block| block.kind == BlockKind::Headline);
    let title = doc.title().filter(|_| !headed);
    if doc.id().is_none() && doc.date().is_none() && title.is_none() {
        return;
    }
    out.push_str("<header>\n");
    if let Some(title) = title {
        element("h2", title, out);
    }
    out.push_str("<p class=\"about\">");
    if let Some(id) = doc.id() {
        element("span", id, out);
    }
    if let Some(date) = doc.date() {
        let _ = writeln!(out, "<time datetime=\"{date}\">{date}</time>");
    }
    out.push_str("</p>\n</header>\n");
}

fn element(name: &str, text: &str, out: &mut String) {
    let _ = write!(out, "<{name}>");
    escape(text, out);
    let _ = writeln!(out, "</{name}>");
}

/// What every anchor of one document begins with.
#[derive(Clone, Copy, Debug)]
struct Anchor(u64);

impl Anchor {
    /// A digest (FNV-1a) of name and text: the same on every run, different for other documents.
    fn of(doc: &Document) -> Self {
        let bytes = doc.id().unwrap_or_default().bytes().chain([0]).chain(doc.text().bytes());
        Self(bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        }))
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "d{:016x}", self.0)
    }
}

/// Appends text so that it is nothing but text, in elements and in quoted attributes.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // Not allowed in HTML in any form.
            0..=8 | 11 | 12 | 14..=31 | 127 => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(replacement);
        done = at + 1;
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::{Article, Parser};

    #[test]
    fn markup_in_the_article_stays_text() {
        let mut out = String::new();
        escape("<b a=\"x\" c='y'>&amp;\0é</b>", &mut out);
        assert_eq!(out, "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;amp;\u{FFFD}é&lt;/b&gt;");
    }

    #[test]
    fn anchors_differ_between_documents_only() {
        let parser = Parser::new();
        let of = |text, id| {
            let article = Article { text, id: Some(id), ..Article::default() };
            Anchor::of(&parser.parse(article)).to_string()
        };
        assert_eq!(of("a", "b"), of("a", "b"));
        assert_ne!(of("a", "b"), of("ab", ""));
    }

    #[test]
    fn a_title_is_shown_when_the_text_has_no_headline() {
        let article = Article { text: "", title: Some("Rain & wind"), ..Article::default() };
        assert!(fragment(&Parser::new().parse(article)).contains("<h2>Rain &amp; wind</h2>"));
    }
}
