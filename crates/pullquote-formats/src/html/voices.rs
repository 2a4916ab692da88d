//! Who said what: the filter by speaker and the list.
//!
//! In: a document. Out: its quotes grouped by who said them, the groups in order of their first
//! quote, and as HTML a choice of whose words to show and the list of the words.
//!
//! The filter is a group of radio buttons that the style sheet looks at. Each of the most quoted
//! has a rule there, of which there are [`FILTERS`]; all others share one, since neither a reader
//! nor a browser can do with thousands. Cost: n log n in the quotes.

use super::{Anchor, escape};
use crate::wording::{reasons, speaker};
use pullquote::actors::{ActorId, Role};
use pullquote::index::Id;
use pullquote::quotes::{Quote, QuoteId};
use pullquote::{Document, Spanned};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// How many voices can be chosen one by one.
const FILTERS: usize = 24;

/// What stands for a name where there is none.
pub(super) const NOBODY: &str = "nobody named";

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
    groups: Vec<Group<'a>>,
    /// The group of each quote.
    of_quote: Vec<usize>,
}

/// The quotes of one voice.
#[derive(Debug)]
struct Group<'a> {
    voice: Voice,
    quotes: Vec<(QuoteId, &'a Quote)>,
    choice: Choice,
}

/// The filter that a voice answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Choice {
    /// Its own.
    Own(usize),
    /// The one of all who have none.
    Others,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(number) => write!(f, "v{number}"),
            Self::Others => f.write_str("v"),
        }
    }
}

/// The rules of the style sheet that make the filter work.
pub(super) fn filter_style(out: &mut String) {
    for choice in (0..FILTERS).map(Choice::Own).chain([Choice::Others]) {
        let chosen = format_args!(".pullquote:has(.filter .{choice}:checked)").to_string();
        let _ = writeln!(
            out,
            "{chosen} section:not(.{choice}) {{ display: none; }}\n\
             {chosen} a.quote:not(.{choice}) {{ text-decoration: none; pointer-events: none; }}"
        );
    }
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
            if let Some(group) = voices.groups.get_mut(number) {
                group.quotes.push((id, quote));
            } else {
                let (quotes, choice) = (vec![(id, quote)], Choice::Others);
                voices.groups.push(Group { voice, quotes, choice });
            }
            voices.of_quote.push(number);
        }
        let mut most: Vec<_> = voices.groups.iter_mut().collect();
        most.sort_by_key(|group| Reverse(group.quotes.len()));
        for (number, group) in most.into_iter().take(FILTERS).enumerate() {
            group.choice = Choice::Own(number);
        }
        voices
    }

    /// The filter that a quote answers to.
    pub(super) fn choice_of(&self, quote: QuoteId) -> Choice {
        let group = self.of_quote.get(quote.index()).and_then(|group| self.groups.get(*group));
        group.map_or(Choice::Others, |group| group.choice)
    }
}

impl Voice {
    fn write(&self, doc: &Document, out: &mut String) {
        match self {
            Self::Actor(actor) => escape(doc.name_of(*actor), out),
            Self::Shown(name) => escape(name, out),
            Self::Nobody => out.push_str(NOBODY),
        }
    }
}

/// The names most often quoted, at most so many, with how often.
#[cfg(feature = "files")]
pub(super) fn most_quoted(doc: &Document, most: usize) -> Vec<(String, usize)> {
    let voices = Voices::of(doc);
    let mut groups: Vec<_> =
        voices.groups.iter().filter(|group| group.voice != Voice::Nobody).collect();
    groups.sort_by_key(|group| group.choice);
    let named = groups.into_iter().take(most).map(|group| {
        let mut name = String::new();
        group.voice.write(doc, &mut name);
        (name, group.quotes.len())
    });
    named.collect()
}

/// The choice of whose words to show, where there are several to choose from.
pub(super) fn filter(doc: &Document, anchor: Anchor, voices: &Voices<'_>, out: &mut String) {
    if voices.groups.len() < 2 {
        return;
    }
    let _ = write!(
        out,
        "<fieldset class=\"filter\">\n<legend>Show the words of</legend>\n\
         <input type=\"radio\" name=\"{anchor}-who\" id=\"{anchor}-all\" checked>\
         <label for=\"{anchor}-all\">everyone <small>{}</small></label>\n",
        voices.of_quote.len()
    );
    let mut groups: Vec<_> = voices.groups.iter().collect();
    groups.sort_by_key(|group| group.choice);
    let own = |group: &&&Group<'_>| group.choice != Choice::Others;
    let mut choice = |choice: Choice, name: &dyn Fn(&mut String), quotes: usize| {
        let _ = write!(
            out,
            "<input type=\"radio\" name=\"{anchor}-who\" id=\"{anchor}-{choice}\" \
             class=\"{choice}\"><label for=\"{anchor}-{choice}\">"
        );
        name(out);
        let _ = writeln!(out, " <small>{quotes}</small></label>");
    };
    for group in groups.iter().filter(own) {
        choice(group.choice, &|out| group.voice.write(doc, out), group.quotes.len());
    }
    let others: usize = groups.iter().skip_while(own).map(|group| group.quotes.len()).sum();
    if others > 0 {
        choice(Choice::Others, &|out| out.push_str("all others"), others);
    }
    out.push_str("</fieldset>\n");
}

/// The list. A quote's line says all that is known of it; on a narrow screen the one that was chosen
/// stands over the text.
pub(super) fn write(doc: &Document, anchor: Anchor, voices: &Voices<'_>, out: &mut String) {
    let _ = write!(
        out,
        "<aside id=\"{anchor}-said\" tabindex=\"-1\" aria-label=\"Who said what\">\n\
         <h2>Who said what</h2>\n"
    );
    if voices.groups.is_empty() {
        out.push_str("<p>No quotes.</p>\n");
    }
    for Group { voice, quotes, choice } in &voices.groups {
        let _ = write!(out, "<section class=\"{choice}\">\n<h3>");
        voice.write(doc, out);
        if let Voice::Actor(actor) = voice {
            role(doc, *actor, out);
        }
        out.push_str("</h3>\n<ul>\n");
        for (id, quote) in quotes {
            let number = id.index();
            let _ = write!(out, "<li id=\"{anchor}-n{number}\" tabindex=\"-1\"><strong>");
            voice.write(doc, out);
            let _ = write!(out, "</strong><a href=\"#{anchor}-q{number}\">");
            escape(&doc.joined(&quote.content), out);
            let _ = write!(out, "</a> <small id=\"{anchor}-w{number}\">");
            escape(&reasons(doc, quote).join(" · "), out);
            let _ = writeln!(
                out,
                "</small> <a class=\"close\" href=\"#{anchor}-q{number}\">Back to the text</a></li>"
            );
        }
        out.push_str("</ul>\n</section>\n");
    }
    out.push_str("</aside>\n");
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
