//! One quote or one actor as a piece of HTML, for notebooks.
//!
//! In: a document and what to show of it. Out: a fragment that brings its own style and looks like
//! the list beside the article. Cost: linear in what is shown, and in the style sheet.

use super::voices::{NOBODY, title};
use super::{STYLE, element, escape};
use crate::wording::speaker;
use pullquote::Document;
use pullquote::actors::ActorId;
use pullquote::quotes::{Quote, QuoteId};
use std::fmt::Write;

/// One quote: what was said, and by whom. Empty when the document has no such quote.
pub fn quote(doc: &Document, id: QuoteId) -> String {
    let Some(quote) = doc.quote_table().get(id) else { return String::new() };
    card(|out| {
        element("h3", speaker(doc, quote).as_deref().unwrap_or(NOBODY), out);
        out.push_str("<ul>\n");
        said(doc, quote, out);
        out.push_str("</ul>\n");
    })
}

/// One actor: name, roles, and all that it is quoted with. Empty when the document has no such actor.
pub fn actor(doc: &Document, id: ActorId) -> String {
    let Some(row) = doc.actor_table().get(id) else { return String::new() };
    card(|out| {
        element("h3", doc.name_of(id), out);
        out.push_str("<p class=\"about\">");
        element("span", row.kind.as_str(), out);
        for role in &row.roles {
            out.push_str("<span>");
            title(doc, role, out);
            out.push_str("</span>\n");
        }
        let mentions = doc.mentions_of(id).len();
        let _ = writeln!(out, "<span>mentioned {mentions} ×</span></p>\n<ul>");
        for quote in doc.quotes_of(id).iter().filter_map(|&id| doc.quote_table().get(id)) {
            said(doc, quote, out);
        }
        out.push_str("</ul>\n");
    })
}

/// What was said and by what words.
fn said(doc: &Document, quote: &Quote, out: &mut String) {
    out.push_str("<li>");
    escape(&doc.joined(&quote.content), out);
    let _ = write!(out, " <small>{}", quote.kind.as_str());
    let cue = doc.joined(&quote.cue);
    if !cue.is_empty() {
        out.push_str(" · ");
        escape(&cue, out);
    }
    out.push_str("</small></li>\n");
}

/// A fragment with its style around what `write` writes.
fn card(write: impl FnOnce(&mut String)) -> String {
    let mut out = format!("<style>\n{STYLE}</style>\n<div class=\"pullquote\">\n<aside>\n");
    write(&mut out);
    out.push_str("</aside>\n</div>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::index::Id;

    /// A fragment without its style.
    fn bare(card: &str) -> &str {
        card.split_once("</style>\n").map_or(card, |(_, bare)| bare)
    }

    #[test]
    fn a_card_says_who_said_it_and_nothing_commands_the_page() {
        let text = "“Rain <b>& wind,” said Mayor Ann Lee. She denied that it hurts.";
        let doc = pullquote::Parser::new().parse(text);
        assert_eq!(
            bare(&quote(&doc, QuoteId::from_index(0))),
            "<div class=\"pullquote\">\n<aside>\n<h3>Ann Lee</h3>\n<ul>\n\
             <li>“Rain &lt;b&gt;&amp; wind,” <small>direct · said</small></li>\n\
             </ul>\n</aside>\n</div>\n"
        );
        assert_eq!(
            bare(&actor(&doc, ActorId::from_index(0))),
            "<div class=\"pullquote\">\n<aside>\n<h3>Ann Lee</h3>\n<p class=\"about\">\
             <span>PERSON</span>\n<span>Mayor</span>\n<span>mentioned 2 ×</span></p>\n<ul>\n\
             <li>“Rain &lt;b&gt;&amp; wind,” <small>direct · said</small></li>\n\
             <li>that it hurts <small>indirect · denied</small></li>\n\
             </ul>\n</aside>\n</div>\n"
        );
    }

    #[test]
    fn what_is_not_there_is_nothing() {
        let doc = pullquote::Parser::new().parse("Nobody spoke.");
        assert_eq!(quote(&doc, QuoteId::from_index(0)), "");
        assert_eq!(actor(&doc, ActorId::from_index(0)), "");
    }
}
