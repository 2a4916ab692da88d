//! The parser: the one place that knows the order of the stages.
//!
//! In: an [`Article`]. Out: a [`Document`]. Each stage is a plain function of what came before; a
//! parser holds nothing but its options and a shared pointer to a model of the caller's own, if
//! there is one. So it is `Send + Sync`, free to build and to clone, and the same article gives the
//! same document on any thread. Cost: linear in the text.

use crate::actors::training::Choice;
use crate::actors::{ActorId, Actors};
use crate::document::Document;
use crate::entities::{Entities, NameModel};
use crate::index::Table;
use crate::layout::Layout;
use crate::lexicon::Lexicon;
use crate::marks::Regions;
use crate::model::{ModelError, Tagger};
use crate::quotes::training::{self, ByRule, Study};
use crate::quotes::{QuoteId, Quotes, Speaker};
use crate::sentences::Sentences;
use crate::span::Span;
use crate::tokens::Tokens;
use crate::words::{Reading, Words};
use crate::{actors, entities, layout, marks, quotes, sentences, tokens, words};
use jiff::civil::Date;
use std::sync::Arc;

/// What the parser is asked to find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Also give beliefs and plans ("he hopes", "is expected to"), which were not said.
    pub include_beliefs: bool,
}

/// A text and what its caller knows about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Article<'a> {
    /// The article's text; never changed, never trimmed.
    pub text: &'a str,
    /// The caller's name for it.
    pub id: Option<&'a str>,
    /// Its title; helps to recognise the headline when the text holds it.
    pub title: Option<&'a str>,
    /// Its publication date; wins over what the text says.
    pub date: Option<Date>,
}

impl<'a> From<&'a str> for Article<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }
}

/// Turns articles into documents. Two parsers are equal when they make the same of every article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parser {
    options: Options,
    names: NameModel,
}

impl Parser {
    /// A parser with the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// A parser with these options.
    pub fn with_options(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// This parser, finding names by a model of your own instead of the one inside: the bytes of a
    /// file that `pullquote-train train entities` wrote. Clones share them. Linear in the bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole model that this version of the crate can use; the error says
    /// whether they are foreign, cut short, damaged or made by another version.
    pub fn with_model(self, bytes: impl Into<Arc<[u8]>>) -> Result<Self, ModelError> {
        Ok(Self { names: NameModel::own(bytes.into())?, ..self })
    }

    /// What the parser was asked to find.
    pub fn options(&self) -> Options {
        self.options
    }

    /// Puts every choice of an antecedent in a text to `judge`, which answers with the number of a
    /// candidate or `None` for nobody: what the ranker of antecedents is trained on. Linear in the
    /// text.
    pub fn choices(text: &str, judge: &mut dyn FnMut(&Choice<'_>) -> Option<usize>) {
        let text = readable(text);
        let before = Before::read(text, None, None, &NameModel::Embedded);
        let reading = before.reading(text);
        actors::training::follow(reading, &before.entities, &before.regions, judge);
    }

    /// Parses a text, or an [`Article`] with what is known about it. Never fails; linear in the
    /// text. Text past 4 GiB is kept but left unread.
    pub fn parse<'a>(&self, article: impl Into<Article<'a>>) -> Document {
        let article = article.into();
        let text = readable(article.text);
        let before = Before::read(text, article.title, article.date, &self.names);
        let reading = before.reading(text);
        let Before { layout, entities, regions, .. } = &before;
        let mut actors = actors::find(reading, entities, regions);
        let (quotes, marks) =
            quotes::find(reading, layout, regions, entities, &actors, self.options.include_beliefs);
        actors.complete(reading, entities, &spoken(&quotes));
        let Before { layout, sentences, tokens, entities, .. } = before;
        Document {
            text: article.text.into(),
            id: article.id.map(Into::into),
            title: article.title.map(Into::into),
            layout,
            sentences,
            tokens,
            entities,
            spoken: spoken_by(&actors, &quotes),
            actors,
            quotes,
            marks,
        }
    }
}

/// What the stages before the actors hand on.
struct Before {
    layout: Layout,
    sentences: Sentences,
    tokens: Tokens,
    words: Words,
    entities: Entities,
    regions: Regions,
}

impl Before {
    fn read(text: &str, title: Option<&str>, date: Option<Date>, names: &NameModel) -> Self {
        let lexicon = Lexicon::embedded();
        let layout = layout::read(text, title, date);
        let sentences = sentences::split(text, &layout);
        let tokens = tokens::split(text, &sentences);
        let words = words::look_up(text, &tokens, lexicon);
        let reading =
            Reading { text, sentences: &sentences, tokens: &tokens, words: &words, lexicon };
        let entities = entities::find(reading, &layout, names.tagger().as_ref());
        let regions = marks::pair(text, &layout);
        Self { layout, sentences, tokens, words, entities, regions }
    }

    fn reading<'a>(&'a self, text: &'a str) -> Reading<'a> {
        let Self { sentences, tokens, words, .. } = self;
        Reading { text, sentences, tokens, words, lexicon: Lexicon::embedded() }
    }
}

/// An article as the models of the quotes see it, for the trainer. Linear in the text.
pub fn study(text: &str) -> Study {
    let text = readable(text);
    let before = Before::read(text, None, None, &NameModel::Embedded);
    let Before { layout, entities, regions, .. } = &before;
    training::study(before.reading(text), layout, regions, entities)
}

/// The attributions that rules alone find beside those of a model, for the trainer. Linear in the
/// text.
pub fn by_rule(text: &str, tagger: &Tagger<'_>) -> Vec<ByRule> {
    let text = readable(text);
    let before = Before::read(text, None, None, &NameModel::Embedded);
    let Before { layout, entities, regions, .. } = &before;
    training::by_rule(before.reading(text), layout, regions, entities, tagger)
}

/// The part of the text that spans can name.
pub(crate) fn readable(text: &str) -> &str {
    &text[..text.floor_char_boundary(u32::MAX as usize)]
}

/// The quotes of each actor.
fn spoken_by(actors: &Actors, quotes: &Quotes) -> Table<ActorId, Vec<QuoteId>> {
    let mut spoken: Table<ActorId, Vec<QuoteId>> =
        actors.table.rows().iter().map(|_| Vec::new()).collect();
    for (id, quote) in quotes.iter() {
        for actor in quote.speakers.iter().filter_map(|speaker| speaker.actor) {
            if let Some(list) = spoken.get_mut(actor)
                && list.last() != Some(&id)
            {
                list.push(id);
            }
        }
    }
    spoken
}

/// The stretches between marks that one known actor spoke.
fn spoken(quotes: &Quotes) -> Vec<(Span, ActorId)> {
    let mut found = Vec::new();
    for quote in quotes.rows() {
        if let [Speaker { actor: Some(actor), .. }] = quote.speakers[..] {
            found.extend(quote.verbatim.iter().map(|&span| (span, actor)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“The dam will hold,” said Ann Lee of Vellin. She denied that it leaks.";

    fn json(parser: &Parser) -> String {
        parser.parse(TEXT).to_json(crate::json::RecordOptions::default())
    }

    #[test]
    fn the_built_in_model_handed_over_finds_the_same() {
        let own = Parser::new().with_model(pullquote_data::ENTITIES).unwrap();
        assert_eq!(json(&own), json(&Parser::new()));
        assert_eq!(own, own.clone());
        assert_ne!(own, Parser::new());
        assert!(format!("{own:?}").len() < 200, "it does not print the model");
    }

    #[test]
    fn what_is_no_model_is_refused_with_its_reason() {
        let good = pullquote_data::ENTITIES;
        let refused = |bytes: &[u8]| Parser::new().with_model(bytes).unwrap_err();
        assert_eq!(refused(b"%PDF-1.7"), ModelError::Foreign);
        assert!(matches!(refused(&good[..good.len() / 2]), ModelError::Length { .. }));
        let mut damaged = good.to_vec();
        damaged[good.len() / 2] ^= 1;
        assert_eq!(refused(&damaged), ModelError::Checksum);
        assert_eq!(refused(pullquote_data::QUOTES), ModelError::Features, "it finds no names");
    }
}
