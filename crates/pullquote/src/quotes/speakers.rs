//! Speakers: from the words of a source to the actor behind them.
//!
//! In: a source's tokens and the mentions of actors. Out: the source's form and its [`Speaker`]s.
//!
//! A name that heads the source names the speaker; a name inside it ("a spokesman for NAME") does
//! not. A pronoun or a role stands for the actor its mention was resolved to; "who" for the name
//! right before it. What remains nameless is kept as written, never forced to a name.
//! Cost: logarithmic in the number of mentions, linear in those inside the source.

use super::{SourceForm, Speaker, Via};
use crate::actors::{ActorId, Actors, Mention, MentionForm};
use crate::entities::Label;
use crate::index::Id;
use crate::lexicon::Classes;
use crate::span::Span;
use crate::tokens::{TokenId, TokenRange};
use crate::words::Reading;

/// How often a speaker found in each way is right.
fn confidence(via: Via) -> f32 {
    match via {
        Via::Name => 0.95,
        Via::AsWritten => 0.9,
        Via::Pronoun => 0.8,
        Via::Role => 0.7,
        Via::Carried => 0.75,
    }
}

/// What a source says about its speakers.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) form: SourceForm,
    pub(super) speakers: Vec<Speaker>,
}

/// A speaker that is one of the actors.
pub(super) fn known(actors: &Actors, actor: ActorId, via: Via) -> Option<Speaker> {
    let name = actors.table.get(actor)?.name;
    Some(Speaker { actor: Some(actor), name, via, confidence: confidence(via) })
}

/// Resolves a source.
pub(super) fn resolve(reading: Reading<'_>, actors: &Actors, source: TokenRange) -> Resolved {
    let Some(span) = reading.span_of(source) else {
        return Resolved { form: SourceForm::None, speakers: Vec::new() };
    };
    let mentions = inside(actors, span);
    if reading.reads(source.start, &["who", "which", "whose", "whom"]) {
        let speakers = antecedent(reading, actors, source.start)
            .and_then(|actor| known(actors, actor, Via::Pronoun));
        return Resolved { form: SourceForm::Pronoun, speakers: speakers.into_iter().collect() };
    }
    let heads = heads(reading, mentions, source);
    if !heads.is_empty() {
        let person = |mention: &&Mention| {
            actors.table.get(mention.actor).is_some_and(|actor| actor.kind == Label::Person)
        };
        let people: Vec<&Mention> = heads.iter().copied().filter(person).collect();
        let chosen = if people.is_empty() { &heads } else { &people };
        let form = if people.is_empty() { SourceForm::Organisation } else { SourceForm::Name };
        let speakers =
            chosen.iter().filter_map(|mention| known(actors, mention.actor, Via::Name)).collect();
        return Resolved { form, speakers };
    }
    let first = mentions.first().filter(|mention| mention.span.start() == span.start());
    if let Some(mention) = first {
        let whole = mention.span.end() == span.end();
        let (form, via) = match mention.form {
            MentionForm::Pronoun => (SourceForm::Pronoun, Via::Pronoun),
            _ => (SourceForm::Role, Via::Role),
        };
        if whole && mention.form != MentionForm::Name {
            let speakers = known(actors, mention.actor, via).into_iter().collect();
            return Resolved { form, speakers };
        }
    }
    let form = nameless_form(reading, source);
    let speakers = if form == SourceForm::Pronoun {
        Vec::new()
    } else {
        let via = Via::AsWritten;
        vec![Speaker { actor: None, name: span, via, confidence: confidence(via) }]
    };
    Resolved { form, speakers }
}

/// The mentions inside a span, in order.
fn inside(actors: &Actors, span: Span) -> &[Mention] {
    let rows = actors.mentions.rows();
    let from = rows.partition_point(|mention| mention.span.start() < span.start());
    let to = rows.partition_point(|mention| mention.span.start() < span.end());
    rows.get(from..to).unwrap_or_default()
}

/// The name mentions that head the source: the first name that no preposition or possessive hides,
/// and those joined to it by "and".
fn heads<'a>(
    reading: Reading<'_>,
    mentions: &'a [Mention],
    source: TokenRange,
) -> Vec<&'a Mention> {
    let mut heads: Vec<&Mention> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let range = reading.range(mention.span);
        let possessive = reading
            .token(range.end)
            .is_some_and(|token| token.kind == crate::tokens::TokenKind::Clitic)
            && range.end < source.end;
        if possessive {
            continue;
        }
        match heads.last() {
            None => {
                if is_head(reading, source, range) {
                    heads.push(mention);
                }
            }
            Some(last) => {
                let gap = TokenRange { start: reading.range(last.span).end, end: range.start };
                let joined = gap.end.index() == gap.start.index() + 1
                    && reading.reads(gap.start, &["and", "&"]);
                if joined {
                    heads.push(mention);
                }
            }
        }
    }
    heads
}

/// Whether a name inside a source is its head: everything before it is title, or it is set off by a
/// comma; not after a preposition, and not a modifier of a role ("Kremlin officials").
fn is_head(reading: Reading<'_>, source: TokenRange, name: TokenRange) -> bool {
    let mut before = (source.start.index()..name.start.index()).map(TokenId::from_index);
    let hidden = before.any(|id| {
        reading.is(id, Classes::PREPOSITION) && !reading.reads(id, &["of"])
            || (reading.reads(id, &["of", "who", "whose", "that"]))
    });
    let comma = name.start.prev().is_some_and(|id| {
        id >= source.start && reading.written(id) == "," && name.start > source.start
    });
    let modifies = name.end < source.end && {
        let next = reading.word(name.end);
        next.hash != 0
            && !reading.is_capitalised(name.end)
            && !next.is(Classes::CONJUNCTION.and(Classes::PREPOSITION))
            && !reading.reads(name.end, &["who", "which", "and"])
    };
    (!hidden || comma) && !modifies
}

/// Whom "who" stands for: the name that ends right before it.
fn antecedent(reading: Reading<'_>, actors: &Actors, relative: TokenId) -> Option<ActorId> {
    let start = reading.span(relative).start();
    let rows = actors.mentions.rows();
    let at = rows.partition_point(|mention| mention.span.start() < start);
    let mention = rows.get(at.checked_sub(1)?)?;
    let end = reading.range(mention.span).end;
    let next = if reading.written(end) == "," { end.next() } else { end };
    (next == relative).then_some(mention.actor)
}

/// How a source without a resolved name is written.
fn nameless_form(reading: Reading<'_>, source: TokenRange) -> SourceForm {
    let is = |classes| source.ids().any(|id| reading.is(id, classes));
    let single = source.start.next() == source.end;
    if single && reading.is(source.start, Classes::PRONOUN) {
        SourceForm::Pronoun
    } else if is(Classes::PEOPLE) {
        SourceForm::Collective
    } else if is(Classes::ROLE) {
        SourceForm::Role
    } else if is(Classes::BODY.and(Classes::WRITING).and(Classes::ORG).and(Classes::ORG_HEAD)) {
        SourceForm::Organisation
    } else {
        SourceForm::Role
    }
}
