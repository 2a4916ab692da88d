//! Speakers: from the words of a source to the actor behind them.
//!
//! In: a source's tokens and the mentions of actors. Out: the source's form and its [`Speaker`]s.
//!
//! A name that heads the source names the speaker; a name inside it ("a spokesman for NAME") does
//! not. A pronoun or a role stands for the actor its mention was resolved to; "who" for the name
//! right before it. What remains nameless is kept as written, never forced to a name.
//! Cost: logarithmic in the number of mentions, linear in those inside the source.

use super::turns::{self, Speaking};
use super::{SourceForm, Speaker, Via, bearers};
use crate::actors::{ActorId, Actors, Mention, MentionForm};
use crate::entities::Label;
use crate::index::Id;
use crate::lexicon::Classes;
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};

/// How far the words after a name are followed.
const LONGEST_PHRASE: usize = 6;

/// How likely an actor has to be that is kept beside the likeliest.
const CLOSE: f32 = 0.1;

/// How often a speaker found in each way is right, counted on the training articles.
fn confidence(via: Via, form: SourceForm) -> f32 {
    match (via, form) {
        (Via::Name, SourceForm::Organisation) => 0.93,
        (Via::Name, _) => 0.98,
        (Via::Pronoun, _) => 0.9,
        (Via::Role, _) => 0.75,
        (Via::Carried, _) => 0.7,
        (Via::AsWritten, SourceForm::Collective) => 0.88,
        (Via::AsWritten, _) => 0.65,
    }
}

/// What a source says about its speakers.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    pub(super) form: SourceForm,
    pub(super) speakers: Vec<Speaker>,
    /// Whom else it may mean.
    pub(super) alternatives: Vec<Speaker>,
}

impl Resolved {
    /// A source that names its speakers, or none.
    fn sure(form: SourceForm, speakers: Vec<Speaker>) -> Self {
        Self { form, speakers, alternatives: Vec::new() }
    }
}

/// A speaker that is one of the actors.
fn known(actors: &Actors, actor: ActorId, via: Via, form: SourceForm) -> Option<Speaker> {
    let name = actors.table.get(actor)?.name;
    Some(Speaker { actor: Some(actor), name, via, confidence: confidence(via, form) })
}

/// The likeliest of several actors, and the others that come close.
pub(super) fn weighed(
    actors: &Actors,
    form: SourceForm,
    via: Via,
    weights: &[(ActorId, f32)],
) -> Resolved {
    let speaker = |&(actor, odds): &(ActorId, f32)| {
        let speaker = known(actors, actor, via, form)?;
        Some(Speaker { confidence: turns::calibrated(via, odds), ..speaker })
    };
    let Some((first, others)) = weights.split_first() else {
        return Resolved::sure(form, Vec::new());
    };
    let close = others.iter().filter(|other| other.1 >= CLOSE);
    Resolved {
        form,
        speakers: speaker(first).into_iter().collect(),
        alternatives: close
            .filter_map(|other| Some(Speaker { confidence: other.1, ..speaker(other)? }))
            .collect(),
    }
}

/// Resolves a source; `before` spoke last.
pub(super) fn resolve(
    reading: Reading<'_>,
    actors: &Actors,
    source: TokenRange,
    before: &Speaking,
) -> Resolved {
    let Some(span) = reading.span_of(source) else { return Resolved::default() };
    if let Some(resolved) = before.goes_on(reading, actors, source, inside(actors, span).first()) {
        return resolved;
    }
    let source = without_dateline(reading, actors, source, inside(actors, span));
    let mentions = inside(actors, reading.span_of(source).unwrap_or(span));
    if reading.is_form(source.start, forms!["who", "which", "whose", "whom"]) {
        let resolved =
            mentions.first().filter(|mention| mention.span == reading.span(source.start));
        let speakers = resolved
            .map(|mention| mention.actor)
            .or_else(|| antecedent(reading, actors, source.start))
            .and_then(|actor| known(actors, actor, Via::Pronoun, SourceForm::Pronoun));
        return Resolved::sure(SourceForm::Pronoun, speakers.into_iter().collect());
    }
    let heads = heads(reading, actors, mentions, source);
    if !heads.is_empty() {
        return named(actors, &heads);
    }
    if let Some(mention) = leading(reading, mentions, source) {
        let (form, via) = match (mention.form, actors.table.get(mention.actor)) {
            (MentionForm::Pronoun, _) => (SourceForm::Pronoun, Via::Pronoun),
            (_, Some(actor)) if actor.kind != Label::Person => {
                (SourceForm::Organisation, Via::Role)
            }
            _ => (SourceForm::Role, Via::Role),
        };
        return weighed(actors, form, via, &mention.weights());
    }
    if let Some(actor) = bearers::interviewee(reading, actors, source) {
        let speaker = known(actors, actor, Via::Role, SourceForm::Role);
        return Resolved::sure(SourceForm::Role, speaker.into_iter().collect());
    }
    let form = nameless_form(reading, source);
    let named = mentions.iter().any(|mention| {
        let person = actors.table.get(mention.actor).is_some_and(|row| row.kind == Label::Person);
        let owner = reading.is_kind(reading.range(mention.span).end, TokenKind::Clitic);
        mention.form == MentionForm::Name && person && !owner
    });
    if form == SourceForm::Role
        && !named
        && let Some(actor) = bearers::find(reading, actors, source)
    {
        let speakers = known(actors, actor, Via::Role, form).into_iter().collect();
        return Resolved::sure(form, speakers);
    }
    if form == SourceForm::Pronoun {
        return Resolved::sure(form, Vec::new());
    }
    let via = Via::AsWritten;
    let name = institution(reading, mentions, source);
    let name = name.or_else(|| before_bracket(reading, source)).unwrap_or(span);
    let speaker = Speaker { actor: None, name, via, confidence: confidence(via, form) };
    Resolved::sure(form, vec![speaker])
}

/// The speakers that a source names: its people, if it names any.
fn named(actors: &Actors, heads: &[&Mention]) -> Resolved {
    let person = |mention: &&&Mention| {
        actors.table.get(mention.actor).is_some_and(|actor| actor.kind == Label::Person)
    };
    let people: Vec<&Mention> = heads.iter().filter(person).copied().collect();
    let (chosen, form) = if people.is_empty() {
        (heads, SourceForm::Organisation)
    } else {
        (people.as_slice(), SourceForm::Name)
    };
    if let [mention] = chosen
        && mention.odds.is_some()
    {
        return weighed(actors, form, Via::Name, &mention.weights());
    }
    let speakers =
        chosen.iter().filter_map(|mention| known(actors, mention.actor, Via::Name, form));
    Resolved::sure(form, speakers.collect())
}

/// A source without the dateline or label that a dash parts from it: "OSLO - Mayor NAME".
fn without_dateline(
    reading: Reading<'_>,
    actors: &Actors,
    source: TokenRange,
    mentions: &[Mention],
) -> TokenRange {
    let place = |mention: &&Mention| {
        let opens = reading.range(mention.span).start == source.start;
        opens && actors.table.get(mention.actor).is_some_and(|row| row.kind == Label::Loc)
    };
    if mentions.first().is_none_or(|mention| !place(&mention)) {
        return source;
    }
    let dash = |&id: &TokenId| {
        matches!(reading.written(id), "-" | "–" | "—" | "--")
            && name_end(reading, id) < reading.span(id).start()
    };
    let dash = source.ids().take(LONGEST_PHRASE * 2).find(dash).map(Id::next);
    let start = dash.filter(|&start| start < source.end).unwrap_or(source.start);
    TokenRange { start, end: source.end }
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
    let possessive = reading.is_form(range.start, forms!["his", "her", "its", "hers"]);
    let ends = range.end >= source.end || aside(range.end);
    (opens && ends && !(possessive && range.end < source.end)).then_some(mention)
}

/// The name of an institution that is called by its head, without an article: "Lee campaign".
fn institution(reading: Reading<'_>, mentions: &[Mention], source: TokenRange) -> Option<Span> {
    let name = mentions.first().filter(|mention| mention.form == MentionForm::Name)?;
    let name = reading.range(name.span);
    let bare = name.start == source.start
        || (name.start.prev() == Some(source.start)
            && reading.is_form(source.start, forms!["the", "a"]));
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
        let range = whole_name(reading, source, reading.range(mention.span));
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
            && (reading.is_form(range.end, forms!["and", "&"])
                || reading.written(range.end) == ",")
            && mentions.last().is_some_and(|last| last.span.start() > mention.span.start());
        let joined = (reading.is_form(before, forms!["and", "&"]) || listed)
            && (person || (before == end && kind == Some(Label::Org)))
            && last.actor != mention.actor
            && reading.range(last.span).end >= end
            && !hides(reading, source, range, person)
            && !(end.index()..range.start.index())
                .map(TokenId::from_index)
                .any(|id| reading.is_form(id, forms!["who", "which", "of", "for", "by", "with"]));
        if joined {
            heads.push(mention);
            end = range.end;
        }
    }
    heads
}

/// A name with the parts that hyphens join to it and the tagger left out: "Per-[Olav Lie]".
fn whole_name(reading: Reading<'_>, source: TokenRange, name: TokenRange) -> TokenRange {
    let joins = |id: TokenId| {
        reading.written(id) == "-"
            && reading.span(id).start() == name_end(reading, id)
            && reading.span(id).end() == reading.span(id.next()).start()
    };
    let TokenRange { mut start, mut end } = name;
    let before = start.prev().filter(|&id| id > source.start && joins(id)).and_then(Id::prev);
    if let Some(part) = before.filter(|&id| reading.is_capitalised(id)) {
        start = part;
    }
    if end < source.end && joins(end) && reading.is_capitalised(end.next()) {
        end = end.next().next();
    }
    TokenRange { start, end }
}

/// The token before a name and its title.
fn before_title(reading: Reading<'_>, name: TokenId) -> TokenId {
    let mut before = name.prev().unwrap_or(name);
    let title = Classes::TITLE.and(Classes::ROLE).and(Classes::PEOPLE).and(Classes::NORP);
    while reading.is(before, title) || (reading.written(before) == "." && before < name) {
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
                && !reading.is_form(id, forms!["the"])
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
            || reading.is_form(id, forms!["of", "who", "whose", "that", "which"])
    });
    // "Fight for Homes director NAME": what the preposition stands in is no party itself.
    let party = Classes::ROLE.and(Classes::PEOPLE).and(Classes::BODY).and(Classes::WRITING);
    let called = person
        && name.end >= source.end
        && name.start.prev().is_some_and(|id| {
            id >= source.start && reading.is(id, Classes::ROLE) && !reading.is_capitalised(id)
        })
        && !before
            .ids()
            .take_while(|&id| !reading.is(id, Classes::PREPOSITION))
            .any(|id| reading.is(id, party));
    let aside = before_title(reading, name.start);
    let comma = aside >= source.start && name.start > source.start && reading.written(aside) == ",";
    // What a body wrote, it said: "a report by NAME".
    let by = reading.is_form(aside, forms!["by", "from"])
        && before.ids().any(|id| reading.is(id, Classes::WRITING))
        && aside >= source.start;
    (!hidden || comma || office || called || by) && !hides(reading, source, name, person)
}

/// Whether what follows a name in the source makes somebody else its head: "NAME's aide", "Kremlin
/// officials", "European Council President NAME". What it wrote, it said itself.
fn hides(reading: Reading<'_>, source: TokenRange, name: TokenRange, person: bool) -> bool {
    let mut id = name.end;
    // "NAME SC": letters of rank belong to the name.
    if person && matches!(reading.written(id), "SC" | "QC" | "KC" | "MP" | "MEP" | "OBE" | "MBE") {
        id = id.next();
    }
    if id >= source.end {
        return false;
    }
    let possessive = reading.is_kind(id, TokenKind::Clitic);
    if possessive {
        id = id.next();
        // "NAME's" as the source of a noun, "NAME's claim".
        if id >= source.end {
            return false;
        }
    }
    let first = reading.word(id);
    if first.hash == 0 {
        // "Texas-based NAME"
        let compound =
            reading.written(id) == "-" && reading.span(id).start() == name_end(reading, id);
        return possessive || compound;
    }
    let stops = Classes::CONJUNCTION
        .and(Classes::PREPOSITION)
        .and(Classes::AUXILIARY)
        .and(Classes::ADVERB)
        .and(Classes::CUE_VERB)
        .and(Classes::VERB)
        .and(Classes::PRONOUN)
        .and(Classes::DETERMINER);
    let party = Classes::ROLE.and(Classes::PEOPLE).and(Classes::BODY).and(Classes::TITLE);
    let mut phrase = (id.index()..source.end.index())
        .map(TokenId::from_index)
        .take(LONGEST_PHRASE)
        .take_while(|&id| {
            let word = reading.word(id);
            word.hash != 0
                && (word.is(party.and(Classes::WRITING)) || !word.is(stops))
                && !reading.is_form(id, forms!["who", "which", "and", "that"])
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

/// Where the token before ends.
fn name_end(reading: Reading<'_>, id: TokenId) -> usize {
    id.prev().map_or(0, |before| reading.span(before).end())
}

/// Whom "who" stands for: the name that ends right before it.
fn antecedent(reading: Reading<'_>, actors: &Actors, relative: TokenId) -> Option<ActorId> {
    let start = reading.span(relative).start();
    let rows = actors.mentions.rows();
    let at = rows.partition_point(|mention| mention.span.start() < start);
    let mention = rows.get(at.checked_sub(1)?)?;
    let end = reading.range(mention.span).end;
    let next = if reading.written(end) == "," { end.next() } else { end };
    let person = actors.table.get(mention.actor).is_some_and(|row| row.kind == Label::Person);
    let fits = person || reading.is_form(relative, forms!["which", "whose"]);
    (next == relative && fits).then_some(mention.actor)
}

/// Pronouns that stand for somebody else; "somebody" and "many" do not.
const PERSONAL: &[u64] = forms![
    "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "this", "that",
    "these", "those", "one",
];

/// How a source without a resolved name is written.
fn nameless_form(reading: Reading<'_>, source: TokenRange) -> SourceForm {
    let is = |classes| source.ids().any(|id| reading.is(id, classes));
    let single = source.start.next() == source.end;
    if single && reading.is_form(source.start, PERSONAL) {
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
