//! The parsed article: its text and one table per stage.
//!
//! A [`Document`] is immutable, owns its text and answers queries; it analyses nothing. All spans
//! slice the text exactly as the caller gave it.

use crate::actors::{Actor, ActorId, Actors, Mention, MentionId};
use crate::entities::{Entities, Entity, EntityId};
use crate::index::{Id, Table};
use crate::layout::{Block, Layout};
use crate::quotes::{Quote, QuoteId, QuoteMark, QuoteMarks, Quotes, Speaker};
use crate::sentences::{Sentence, SentenceId, Sentences};
use crate::span::{Span, Spanned};
use crate::tokens::{Token, Tokens};
use jiff::civil::Date;

/// An article and all that was found in it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub(crate) text: Box<str>,
    pub(crate) id: Option<Box<str>>,
    pub(crate) title: Option<Box<str>>,
    pub(crate) layout: Layout,
    pub(crate) sentences: Sentences,
    pub(crate) tokens: Tokens,
    pub(crate) entities: Entities,
    pub(crate) actors: Actors,
    pub(crate) quotes: Quotes,
    /// The quotes of each actor, in order.
    pub(crate) spoken: Table<ActorId, Vec<QuoteId>>,
    pub(crate) marks: QuoteMarks,
}

impl Document {
    /// A text of which nothing was read: all tables are empty. Copies the text.
    pub fn unread(text: &str) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a row's or span's position.
    pub fn text_of(&self, part: &impl Spanned) -> &str {
        part.span().of(&self.text)
    }

    /// The caller's name for the document.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The caller's title of the document.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The publication date, given or found in the text.
    pub fn date(&self) -> Option<Date> {
        self.layout.date.map(|found| found.date)
    }

    /// The layout: blocks and document date.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        self.layout.blocks.rows()
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        self.sentences.rows()
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.rows()
    }

    /// The tokens of a sentence, in order; none when the id is beyond the end. Constant time.
    pub fn tokens_of(&self, sentence: SentenceId) -> &[Token] {
        let range = self.tokens.by_sentence().get(sentence.index());
        range.and_then(|range| self.tokens().get(range.indices())).unwrap_or_default()
    }

    /// The entities, in order.
    pub fn entities(&self) -> &[Entity] {
        self.entities.rows()
    }

    /// The actors, in order of first mention.
    pub fn actors(&self) -> &[Actor] {
        self.actors.table.rows()
    }

    /// The quotes with their ids, in order of their content.
    pub fn quotes(&self) -> &[Quote] {
        self.quotes.rows()
    }

    /// The account of every region between quotation marks, in order.
    pub fn quote_marks(&self) -> &[QuoteMark] {
        self.marks.table.rows()
    }

    /// Byte positions of quotation marks that pair with nothing, in order.
    pub fn stray_marks(&self) -> &[u32] {
        &self.marks.stray
    }

    /// The actors by id.
    pub fn actor_table(&self) -> &Table<ActorId, Actor> {
        &self.actors.table
    }

    /// The entities by id.
    pub fn entity_table(&self) -> &Entities {
        &self.entities
    }

    /// The quotes by id.
    pub fn quote_table(&self) -> &Table<QuoteId, Quote> {
        &self.quotes
    }

    /// The mentions of all actors, in text order.
    pub fn mentions(&self) -> &Table<MentionId, Mention> {
        &self.actors.mentions
    }

    /// The mentions of one actor, in text order; none when the id is beyond the end. Constant time.
    pub fn mentions_of(&self, actor: ActorId) -> &[MentionId] {
        self.actors.of_actor.get(actor).map_or(&[], Vec::as_slice)
    }

    /// The quotes that one actor speaks, alone or with others, in order; none when the id is beyond
    /// the end. Constant time.
    pub fn quotes_of(&self, actor: ActorId) -> &[QuoteId] {
        self.spoken.get(actor).map_or(&[], Vec::as_slice)
    }

    /// The actor that an entity names.
    pub fn actor_of(&self, entity: EntityId) -> Option<ActorId> {
        self.actors.of_entity.get(entity).copied().flatten()
    }

    /// The canonical name of an actor.
    pub fn name_of(&self, actor: ActorId) -> &str {
        self.actors.table.get(actor).map_or("", |row| row.name.of(&self.text))
    }

    /// The first speaker of a quote.
    pub fn speaker<'a>(&self, quote: &'a Quote) -> Option<&'a Speaker> {
        quote.speakers.first()
    }

    /// The name of the first speaker: the actor's canonical name, or the source as written.
    pub fn speaker_name(&self, quote: &Quote) -> Option<&str> {
        self.speaker(quote).map(|speaker| speaker.name.of(&self.text))
    }

    /// The text under several spans in order, to be read in one line: with a space between two where
    /// the text has nothing else there, with an ellipsis where it has words of somebody else.
    /// Linear in what is joined.
    ///
    /// ```
    /// let doc = pullquote::Parser::new().parse("“If it fails,” Ann Lee said, “we walk.”");
    /// assert_eq!(doc.joined(&doc.quotes()[0].content), "“If it fails,” … “we walk.”");
    /// ```
    pub fn joined(&self, spans: &[Span]) -> String {
        let mut joined = String::new();
        let mut end = None;
        for span in spans {
            if let Some(end) = end {
                let gap = self.text.get(end..span.start()).unwrap_or_default();
                joined.push_str(if gap.trim().is_empty() { " " } else { " … " });
            }
            joined.push_str(span.of(&self.text));
            end = Some(span.end());
        }
        joined
    }

    /// The whole stretch from the first to the last word of a quote's content.
    pub fn content_span(&self, quote: &Quote) -> Span {
        quote.span()
    }
}
