//! The list of who said what.
//!
//! In: a document. Out: its quotes grouped by who said them, the groups in order of their first
//! quote, and the list as HTML. Cost: n log n in the quotes.

use super::{Anchor, escape};
use crate::wording::speaker;
use pullquote::actors::{ActorId, Role};
use pullquote::index::Id;
use pullquote::quotes::{Quote, QuoteId};
use pullquote::{Document, Spanned};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What stands for a name where there is none.
pub(super) const NOBODY: &str = "Nobody named";

/// Whom quotes are grouped under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// An actor of the document.
    Actor(ActorId),
    /// Somebody without a name, or several together, as shown.
    Shown(String),
    /// Nobody was found.
    Nobody,
}

/// The quotes of a document by who said them.
#[derive(Debug)]
pub(super) struct Voices<'a> {
    groups: Vec<(Voice, Vec<(QuoteId, &'a Quote)>)>,
    /// The group of each quote.
    of_quote: Vec<usize>,
}

impl<'a> Voices<'a> {
    pub(super) fn of(doc: &'a Document) -> Self {
        let mut numbers = BTreeMap::new();
        let mut voices = Self { groups: Vec::new(), of_quote: Vec::new() };
        for (id, quote) in doc.quote_table().iter() {
            let voice = match quote.speakers.as_slice() {
                [only] if let Some(actor) = only.actor => Voice::Actor(actor),
                _ => speaker(doc, quote).map_or(Voice::Nobody, Voice::Shown),
            };
            let next = voices.groups.len();
            let number = *numbers.entry(voice.clone()).or_insert(next);
            match voices.groups.get_mut(number) {
                Some((_, quotes)) => quotes.push((id, quote)),
                None => voices.groups.push((voice, vec![(id, quote)])),
            }
            voices.of_quote.push(number);
        }
        voices
    }

    /// The number of the group that a quote is in.
    pub(super) fn group_of(&self, quote: QuoteId) -> usize {
        self.of_quote.get(quote.index()).copied().unwrap_or_default()
    }
}

pub(super) fn write(doc: &Document, anchor: Anchor, voices: &Voices<'_>, out: &mut String) {
    out.push_str("<aside aria-label=\"Who said what\">\n<h2>Who said what</h2>\n");
    if voices.groups.is_empty() {
        out.push_str("<p>No quotes.</p>\n");
    }
    for (number, (voice, quotes)) in voices.groups.iter().enumerate() {
        let _ = write!(out, "<section id=\"{anchor}-v{number}\">\n<h3>");
        match voice {
            Voice::Actor(actor) => {
                escape(doc.name_of(*actor), out);
                role(doc, *actor, out);
            }
            Voice::Shown(name) => escape(name, out),
            Voice::Nobody => out.push_str(NOBODY),
        }
        out.push_str("</h3>\n<ul>\n");
        for (id, quote) in quotes {
            said(doc, quote, Some((anchor, *id)), out);
        }
        out.push_str("</ul>\n</section>\n");
    }
    out.push_str("</aside>\n");
}

/// A line of the list: what was said and by what words, with a link to where the page has it.
pub(super) fn said(
    doc: &Document,
    quote: &Quote,
    place: Option<(Anchor, QuoteId)>,
    out: &mut String,
) {
    out.push_str("<li>");
    if let Some((anchor, id)) = place {
        let _ = write!(out, "<a href=\"#{anchor}-q{}\">", id.index());
    }
    escape(&doc.joined(&quote.content), out);
    if place.is_some() {
        out.push_str("</a>");
    }
    let _ = write!(out, " <small>{}", quote.kind.as_str());
    let cue = doc.joined(&quote.cue);
    if !cue.is_empty() {
        out.push_str(" · ");
        escape(&cue, out);
    }
    out.push_str("</small></li>\n");
}

/// The actor's first role, as the article has it.
fn role(doc: &Document, actor: ActorId, out: &mut String) {
    let Some(role) = doc.actor_table().get(actor).and_then(|actor| actor.roles.first()) else {
        return;
    };
    out.push_str(" <small>");
    title(doc, role, out);
    out.push_str("</small>");
}

/// A role with whose it is.
pub(super) fn title(doc: &Document, role: &Role, out: &mut String) {
    escape(doc.text_of(&role.title), out);
    if let Some(of) = role.of
        && !role.title.contains(of.span())
    {
        out.push_str(", ");
        escape(doc.text_of(&of), out);
    }
}
