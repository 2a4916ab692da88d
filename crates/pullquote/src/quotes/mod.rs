//! Quotations: what was said, by what verb, by whom.
//!
//! In: the words, the entities, the actors and the regions between marks. Out: [`Quotes`], one row
//! per attribution, and [`QuoteMarks`], an account of every quotation mark in the text, speech or
//! not.
//!
//! Order: tokens are placed in or out of the marks, cues found outside them, attributions put
//! together around the cues, speakers resolved, and last every region told its function.

mod assemble;
mod bearers;
mod claims;
mod clauses;
mod cues;
mod edges;
pub mod features;
mod find;
mod function;
mod hints;
mod labels;
mod learned;
pub mod links;
mod nested;
mod phrases;
mod quoted;
mod regions;
mod speakers;
pub mod tags;
pub mod training;
mod turns;
mod units;

use find::{Draft, Finder};
use function::Guess;

use crate::actors::{ActorId, Actors};
use crate::entities::{Entities, EntityId};
use crate::index::{Table, define_id};
use crate::layout::Layout;
pub use crate::lexicon::cues::{CueClass, Polarity};
use crate::marks::Regions;
use crate::model::Tagger;
use crate::sentences::SentenceId;
use crate::span::{Span, Spanned};
use crate::words::Reading;

define_id! {
    /// Names a [`Quote`].
    QuoteId
}
define_id! {
    /// Names a [`QuoteMark`].
    QuoteMarkId
}

/// How much of the content stands between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// At least nine words in ten.
    Direct,
    /// Some.
    Mixed,
    /// None.
    Indirect,
}

impl QuoteKind {
    /// The kind's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// How the source is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SourceForm {
    /// A person's name in it.
    Name,
    /// he, she, they, who
    Pronoun,
    /// A person without a name: the minister, a neighbour.
    Role,
    /// An organisation's name, or a noun for one.
    Organisation,
    /// Several people or a people: officials, residents.
    Collective,
    /// The subject of the clause before: "..., adding that".
    Borrowed,
    /// None here; the speaker of the words before goes on.
    Carried,
    /// None at all.
    #[default]
    None,
}

impl SourceForm {
    /// The form's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Role => "role",
            Self::Organisation => "organisation",
            Self::Collective => "collective",
            Self::Borrowed => "borrowed",
            Self::Carried => "carried",
            Self::None => "none",
        }
    }
}

/// How the speaker was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Via {
    /// The source holds the speaker's name.
    Name,
    /// A pronoun and its nearest fitting antecedent.
    Pronoun,
    /// A role that the article gives the actor elsewhere.
    Role,
    /// The speaker of the words before goes on.
    Carried,
    /// The source has no name; it is kept as written.
    AsWritten,
}

impl Via {
    /// The way's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Role => "role",
            Self::Carried => "carried",
            Self::AsWritten => "as_written",
        }
    }
}

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speaker {
    /// The actor, unless the source stays nameless.
    pub actor: Option<ActorId>,
    /// The name to show: the actor's canonical name, or the source as written.
    pub name: Span,
    /// How it was found.
    pub via: Via,
    /// How often a speaker found this way is right, from 0 to 1.
    pub confidence: f32,
}

/// One attribution: a content, its cue, its source and its speakers.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// What was said, one fragment per stretch, marks included.
    pub content: Vec<Span>,
    /// The words between quotation marks, marks left out.
    pub verbatim: Vec<Span>,
    /// The verb group, "according to" or the noun.
    pub cue: Vec<Span>,
    /// The cue's dictionary form.
    pub cue_lemma: Option<&'static str>,
    /// What sort of act the cue names.
    pub cue_class: CueClass,
    /// Whether the source stands by the content.
    pub polarity: Polarity,
    /// The whole noun phrase of the source as written here.
    pub source: Vec<Span>,
    /// How the source is written.
    pub source_form: SourceForm,
    /// Who said it; several when they said it together.
    pub speakers: Vec<Speaker>,
    /// Whom a pronoun, a role or a shared surname may mean instead, the likelier first; kept when
    /// close.
    pub alternatives: Vec<Speaker>,
    /// To whom, "told reporters".
    pub addressee: Option<Span>,
    /// Where, "in a statement".
    pub medium: Option<Span>,
    /// When it was said.
    pub time: Option<EntityId>,
    /// Number of the utterance; fragments over several paragraphs share it.
    pub group: u32,
    /// The sentence its cue, or else its content, begins in.
    pub sentence: SentenceId,
    /// How often an attribution found this way is right, from 0 to 1.
    pub confidence: f32,
    /// The pattern that found it, in words.
    pub evidence: Evidence,
}

impl Spanned for Quote {
    fn span(&self) -> Span {
        self.content.iter().copied().reduce(Span::cover).unwrap_or_default()
    }
}

/// The pattern that found an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// `"X," S said`
    QuoteThenCue,
    /// `S said: "X"`
    CueThenQuote,
    /// `S said that C`
    Clause,
    /// `C, S said.`
    ClauseThenCue,
    /// `According to S, C`
    AccordingTo,
    /// `S: C`
    Label,
    /// Quoted words that go on from the speaker before.
    Carried,
}

impl Evidence {
    /// The pattern in words that a reader understands.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::QuoteThenCue => "quoted words before a source and its verb",
            Self::CueThenQuote => "quoted words after a source and its verb",
            Self::Clause => "a clause after a source and its verb",
            Self::ClauseThenCue => "a clause before a source and its verb",
            Self::AccordingTo => "a sentence with \"according to\" and a source",
            Self::Label => "words after a name and a colon",
            Self::Carried => "quoted words that go on from the speaker before",
        }
    }
}

/// What a pair of quotation marks is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MarkFunction {
    /// Somebody's words.
    Speech,
    /// A word as a word, a scare quote, a code name.
    Term,
    /// A work's or a ship's name.
    Title,
    /// A person's nickname.
    Nickname,
    /// A motto, a banner, a sign.
    Sign,
    /// Not decided.
    #[default]
    Unknown,
}

impl MarkFunction {
    /// The function's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Term => "term",
            Self::Title => "title",
            Self::Nickname => "nickname",
            Self::Sign => "sign",
            Self::Unknown => "unknown",
        }
    }
}

/// A region between quotation marks, speech or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteMark {
    /// From the opening mark to after the closing one, or to the paragraph's end.
    pub span: Span,
    /// What the marks are for.
    pub function: MarkFunction,
    /// The attribution its words belong to.
    pub quote: Option<QuoteId>,
    /// Whether a closing mark was found.
    pub closed: bool,
}

impl Spanned for QuoteMark {
    fn span(&self) -> Span {
        self.span
    }
}

/// The attributions of a text, in order of their content.
pub type Quotes = Table<QuoteId, Quote>;

/// An account of every quotation mark.
#[derive(Clone, Debug, Default)]
pub struct QuoteMarks {
    /// The regions, in order of their opening mark.
    pub table: Table<QuoteMarkId, QuoteMark>,
    /// Byte positions of marks that pair with nothing, in order.
    pub stray: Vec<u32>,
}

/// Finds the attributions and accounts for every mark.
pub fn find(
    reading: Reading<'_>,
    layout: &Layout,
    regions: &Regions,
    entities: &Entities,
    actors: &Actors,
    include_beliefs: bool,
) -> (Quotes, QuoteMarks) {
    let places = regions::place(reading, regions);
    let finder = Finder { reading, entities, layout, regions, places: &places };
    let guesses: Vec<Guess> = function::guess(reading.text, layout, regions);
    let tagger = Tagger::trust(pullquote_data::QUOTES, features::FEATURES).ok();
    let drafts = drafts(&finder, &guesses, tagger.as_ref());
    let quotes = assemble::quotes(&finder, drafts, actors, &guesses, include_beliefs);
    let marks = assemble::marks(&finder, &quotes, &guesses);
    (quotes, marks)
}

/// The attributions of the patterns and, where there is one, the model.
fn drafts(finder: &Finder<'_>, guesses: &[Guess], tagger: Option<&Tagger<'_>>) -> Vec<Draft> {
    let mut drafts = find::find(finder);
    if let Some(tagger) = tagger {
        drafts = learned::find(finder, &drafts, guesses, tagger);
        nested::join_relays(finder, &mut drafts);
        drafts.extend(nested::find(finder, &drafts));
    }
    drafts
}

#[cfg(test)]
mod tests;
