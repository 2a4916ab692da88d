//! A page for each document, and the index of their folder.
//!
//! In: a document. Out: its page, and its line in the index: title, date, how many quotes and who is
//! quoted most. The line's link is left to the writer of the folder, who names the files.

use super::{PAGE_TAIL, escape, page_head, voices, write_article};
use pullquote::Document;
use pullquote::layout::BlockKind;
use std::fmt::Write;

/// The file that the pages link back to.
pub(crate) const INDEX: &str = "index.html";

/// Its name without the ending, which no document's page may have.
pub(crate) const INDEX_NAME: &str = "index";

/// How many of those quoted the index names.
const NAMED: usize = 3;

/// What comes before the lines of the index.
pub(crate) fn index_head() -> String {
    let mut out = page_head("Who said what");
    out.push_str(
        "<div class=\"pullquote\">\n<div class=\"wide\">\n<h1>Who said what</h1>\n<table>\n\
         <thead><tr><th scope=\"col\">Article</th><th scope=\"col\">Date</th>\
         <th scope=\"col\" class=\"number\">Quotes</th><th scope=\"col\">Most quoted</th></tr></thead>\n\
         <tbody>\n",
    );
    out
}

/// What comes after the lines of the index.
pub(crate) const INDEX_TAIL: &str =
    "</tbody>\n</table>\n</div>\n</div>\n</main>\n</body>\n</html>\n";

/// The document's page.
pub(crate) fn own_page(doc: &Document) -> String {
    let mut out = page_head(name(doc));
    write_article(doc, Some(INDEX), &mut out);
    out.push_str(PAGE_TAIL);
    out
}

/// The document's line in the index, from behind the opening of its link.
pub(crate) fn index_line(doc: &Document) -> String {
    let mut out = String::new();
    escape(name(doc), &mut out);
    out.push_str("</a></th><td>");
    if let Some(date) = doc.date() {
        let _ = write!(out, "<time datetime=\"{date}\">{date}</time>");
    }
    let _ = write!(out, "</td><td class=\"number\">{}</td><td>", doc.quotes().len());
    for (at, (name, quotes)) in voices::most_quoted(doc, NAMED).into_iter().enumerate() {
        let between = if at > 0 { ", " } else { "" };
        let _ = write!(out, "{between}<bdi>{name}</bdi> <small>{quotes}</small>");
    }
    out.push_str("</td></tr>\n");
    out
}

/// What a document is called: its title, its headline or its id.
fn name(doc: &Document) -> &str {
    let headline = doc.blocks().iter().find(|block| block.kind == BlockKind::Headline);
    let headline = headline.map(|block| doc.text_of(block).trim()).filter(|name| !name.is_empty());
    doc.title().or(headline).or(doc.id()).unwrap_or("Article")
}
