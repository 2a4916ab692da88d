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
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::Reading;

/// How far the words after a name are followed.
const LONGEST_PHRASE: usize = 6;

/// How often a speaker found in each way is right, counted on the training articles.
fn confidence(via: Via, form: SourceForm) -> f32 {
    match (via, form) {
        (Via::Name, SourceForm::Organisation) => 0.83,
        (Via::Name, _) => 0.97,
        (Via::Pronoun, _) => 0.86,
        (Via::Role, _) => 0.76,
        (Via::Carried, _) => 0.6,
        (Via::AsWritten, SourceForm::Collective) => 0.9,
        (Via::AsWritten, SourceForm::Organisation) => 0.6,
        (Via::AsWritten, _) => 0.5,
    }
}

/// The speakers of the words before, who go on.
pub(super) fn carried(before: &[Speaker]) -> Vec<Speaker> {
    let confidence = confidence(Via::Carried, SourceForm::Carried);
    let go_on = |speaker: &Speaker| Speaker { via: Via::Carried, confidence, ..*speaker };
    before.iter().map(go_on).collect()
}

/// What a source says about its speakers.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) form: SourceForm,
    pub(super) speakers: Vec<Speaker>,
}

/// A speaker that is one of the actors.
fn known(actors: &Actors, actor: ActorId, via: Via, form: SourceForm) -> Option<Speaker> {
    let name = actors.table.get(actor)?.name;
    Some(Speaker { actor: Some(actor), name, via, confidence: confidence(via, form) })
}

/// Resolves a source.
pub(super) fn resolve(reading: Reading<'_>, actors: &Actors, source: TokenRange) -> Resolved {
    let Some(span) = reading.span_of(source) else {
        return Resolved { form: SourceForm::None, speakers: Vec::new() };
    };
    let mentions = inside(actors, span);
    if reading.reads(source.start, &["who", "which", "whose", "whom"]) {
        let speakers = antecedent(reading, actors, source.start)
            .and_then(|actor| known(actors, actor, Via::Pronoun, SourceForm::Pronoun));
        return Resolved { form: SourceForm::Pronoun, speakers: speakers.into_iter().collect() };
    }
    let heads = heads(reading, actors, mentions, source);
    if !heads.is_empty() {
        let person = |mention: &&Mention| {
            actors.table.get(mention.actor).is_some_and(|actor| actor.kind == Label::Person)
        };
        let people = heads.iter().any(person);
        let form = if people { SourceForm::Name } else { SourceForm::Organisation };
        let speakers = heads
            .iter()
            .filter_map(|mention| known(actors, mention.actor, Via::Name, form))
            .collect();
        return Resolved { form, speakers };
    }
    if let Some(mention) = leading(reading, mentions, source) {
        let (form, via) = match (mention.form, actors.table.get(mention.actor)) {
            (MentionForm::Pronoun, _) => (SourceForm::Pronoun, Via::Pronoun),
            (_, Some(actor)) if actor.kind != Label::Person => {
                (SourceForm::Organisation, Via::Role)
            }
            _ => (SourceForm::Role, Via::Role),
        };
        let speakers = known(actors, mention.actor, via, form).into_iter().collect();
        return Resolved { form, speakers };
    }
    let form = nameless_form(reading, source);
    let speakers = if form == SourceForm::Pronoun {
        Vec::new()
    } else {
        let via = Via::AsWritten;
        let name = institution(reading, mentions, source);
        let name = name.or_else(|| before_bracket(reading, source)).unwrap_or(span);
        vec![Speaker { actor: None, name, via, confidence: confidence(via, form) }]
    };
    Resolved { form, speakers }
}

/// The pronoun or role that a source opens with and that nothing but an aside follows.
fn leading<'a>(
    reading: Reading<'_>,
    mentions: &'a [Mention],
    source: TokenRange,
) -> Option<&'a Mention> {
    let mention = mentions.first().filter(|mention| mention.form != MentionForm::Name)?;
    let range = reading.range(mention.span);
    let aside = |id: TokenId| reading.written(id) == "," || reading.is(id, Classes::ADVERB);
    let opens = source.ids().take_while(|&id| id < range.start).all(aside);
    let possessive = reading.reads(range.start, &["his", "her", "its", "hers"]);
    let ends = range.end >= source.end || aside(range.end);
    (opens && ends && !(possessive && range.end < source.end)).then_some(mention)
}

/// The name of an institution that is called by its head, without an article: "Lee campaign".
fn institution(reading: Reading<'_>, mentions: &[Mention], source: TokenRange) -> Option<Span> {
    let name = mentions.first().filter(|mention| mention.form == MentionForm::Name)?;
    let name = reading.range(name.span);
    let bare = name.start == source.start
        || (name.start.prev() == Some(source.start) && reading.reads(source.start, &["the", "a"]));
    let head = name.end;
    let whole = head.next() == source.end && reading.is(head, Classes::BODY);
    (bare && whole).then(|| reading.span_of(TokenRange { start: name.start, end: source.end }))?
}

/// What stands before the bracket in a source: "Ann Lee (@annlee)".
fn before_bracket(reading: Reading<'_>, source: TokenRange) -> Option<Span> {
    let end = source.ids().find(|&id| reading.written(id) == "(")?;
    reading.span_of(TokenRange { start: source.start, end })
}

/// The mentions inside a span, in order. A name that goes on behind it is none: in a headline the
/// name may have taken the verb for a part of it.
fn inside(actors: &Actors, span: Span) -> &[Mention] {
    let rows = actors.mentions.rows();
    let from = rows.partition_point(|mention| mention.span.start() < span.start());
    let to = rows.partition_point(|mention| mention.span.end() <= span.end());
    rows.get(from..to).unwrap_or_default()
}

/// The name mentions that head the source: the first name that no preposition, possessive or
/// following noun hides, and those joined to it by "and" or a comma.
fn heads<'a>(
    reading: Reading<'_>,
    actors: &Actors,
    mentions: &'a [Mention],
    source: TokenRange,
) -> Vec<&'a Mention> {
    let mut heads: Vec<&Mention> = Vec::new();
    let mut end = source.start;
    for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let range = reading.range(mention.span);
        let kind = actors.table.get(mention.actor).map(|row| row.kind);
        let person = kind == Some(Label::Person);
        let Some(last) = heads.last() else {
            if is_head(reading, source, range, person) {
                heads.push(mention);
                end = range.end;
            }
            continue;
        };
        // "Ann Lee and Bo Ray", "Ann Lee, D-Ohio, and minister Bo Ray", "Ann Lee, Bo Ray and Cy Day".
        let before = before_title(reading, range.start);
        let listed = before == end
            && reading.written(before) == ","
            && (reading.reads(range.end, &["and", "&"]) || reading.written(range.end) == ",")
            && mentions.last().is_some_and(|last| last.span.start() > mention.span.start());
        let joined = (reading.reads(before, &["and", "&"]) || listed)
            && (person || (before == end && kind == Some(Label::Org)))
            && last.actor != mention.actor
            && reading.range(last.span).end >= end
            && !hides(reading, source, range, person)
            && !(end.index()..range.start.index())
                .map(TokenId::from_index)
                .any(|id| reading.reads(id, &["who", "which", "of", "for", "by", "with"]));
        if joined {
            heads.push(mention);
            end = range.end;
        }
    }
    heads
}

/// The token before a name and its title.
fn before_title(reading: Reading<'_>, name: TokenId) -> TokenId {
    let mut before = name.prev().unwrap_or(name);
    while reading.is(before, Classes::TITLE.and(Classes::ROLE))
        || (reading.written(before) == "." && before < name)
    {
        let Some(id) = before.prev() else { break };
        before = id;
    }
    before
}

/// Whether a name inside a source is its head: nothing but title and role before it, or set off by a
/// comma; not after a preposition, and not itself hidden by what follows.
fn is_head(reading: Reading<'_>, source: TokenRange, name: TokenRange, person: bool) -> bool {
    let before = TokenRange { start: source.start, end: name.start };
    // "Secretary of State NAME": an office may hold a preposition.
    let office = person
        && name.start.prev().is_some_and(|id| {
            id >= source.start
                && reading.is_capitalised(id)
                && !reading.reads(id, &["the"])
                && reading
                    .is(source.start, Classes::TITLE.and(Classes::ROLE).and(Classes::DETERMINER))
                // "a spokesman for Minister NAME" is no office.
                && !before.ids().any(|id| {
                    reading.is(id, Classes::ROLE.and(Classes::PEOPLE))
                        && !reading.is_capitalised(id)
                        && reading.is(id.next(), Classes::PREPOSITION)
                })
        });
    let hidden = before.ids().any(|id| {
        reading.is(id, Classes::PREPOSITION)
            || reading.reads(id, &["of", "who", "whose", "that", "which"])
    });
    let aside = before_title(reading, name.start);
    let comma = aside >= source.start && name.start > source.start && reading.written(aside) == ",";
    // What a body wrote, it said: "a report by NAME".
    let by = reading.reads(aside, &["by", "from"])
        && before.ids().any(|id| reading.is(id, Classes::WRITING))
        && aside >= source.start;
    (!hidden || comma || office || by) && !hides(reading, source, name, person)
}

/// Whether what follows a name in the source makes somebody else its head: "NAME's aide", "Kremlin
/// officials", "European Council President NAME". What it wrote, it said itself.
fn hides(reading: Reading<'_>, source: TokenRange, name: TokenRange, person: bool) -> bool {
    let mut id = name.end;
    if id >= source.end {
        return false;
    }
    let possessive = reading.is_kind(id, TokenKind::Clitic);
    if possessive {
        id = id.next();
    }
    let first = reading.word(id);
    if first.hash == 0 {
        return possessive;
    }
    let stops = Classes::CONJUNCTION
        .and(Classes::PREPOSITION)
        .and(Classes::AUXILIARY)
        .and(Classes::ADVERB)
        .and(Classes::CUE_VERB)
        .and(Classes::VERB)
        .and(Classes::DETERMINER);
    let party = Classes::ROLE.and(Classes::PEOPLE).and(Classes::BODY).and(Classes::TITLE);
    let mut phrase = (id.index()..source.end.index())
        .map(TokenId::from_index)
        .take(LONGEST_PHRASE)
        .take_while(|&id| {
            let word = reading.word(id);
            word.hash != 0
                && (word.is(party.and(Classes::WRITING)) || !word.is(stops))
                && !reading.reads(id, &["who", "which", "and", "that"])
        })
        .peekable();
    let Some(next) = phrase.peek().copied() else { return possessive };
    let manner = !first.is(party) && reading.written(next).ends_with("ly");
    if manner && !possessive {
        return false;
    }
    let mut wrote = false;
    for id in phrase {
        if reading.is(id, party) {
            return true;
        }
        wrote |= reading.is(id, Classes::WRITING);
    }
    if wrote {
        return false;
    }
    possessive || person || !reading.is_capitalised(id)
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

/// Pronouns that stand for somebody else; "somebody" and "many" do not.
const PERSONAL: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "this", "that",
    "these", "those", "one",
];

/// How a source without a resolved name is written.
fn nameless_form(reading: Reading<'_>, source: TokenRange) -> SourceForm {
    let is = |classes| source.ids().any(|id| reading.is(id, classes));
    let single = source.start.next() == source.end;
    if single && reading.reads(source.start, PERSONAL) {
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
