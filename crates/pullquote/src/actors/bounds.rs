//! Bounds: how far a mention by name reaches.
//!
//! In: the mentions by name, each the bare name. Out: the same mentions as the phrases that a reader
//! would mark: with titles ("US President NAME"), what follows the name and belongs to it ("NAME II",
//! "NAME himself", "NAME of the Harbour Party", "NAME (born 1950)"), the larger place ("Leeds,
//! England"), what a place is ("the Republic of NAME") and describing words ("these NAME", "the young
//! NAME"). Names that only form another word ("pro-NAME") or stand for a whole family are left out.
//!
//! Invariant: each phrase holds its name; no actor loses its last mention. Cost: one walk over the
//! mentions with a bounded look around each; a list of places is read once for each of its places, of
//! which [`LONGEST_LIST`] count.
//! Does not attempt: clauses ("NAME, who"), common nouns before a name ("the actor NAME").

use super::{Actor, ActorId, Mention, MentionForm};
use crate::entities::{Entities, Label};
use crate::index::{Id, Table};
use crate::lexicon::{Classes, hash};
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};

/// How many places in a row are looked at.
const LONGEST_LIST: usize = 8;
/// How many words a parenthesis about a birth may have.
const LONGEST_BIRTH: usize = 12;
/// How many describing words may stand before a name.
const MOST_ADJECTIVES: usize = 4;
/// What follows a name without a comma or after one.
const HONOURS: &[&str] = &[
    "Jr", "Jr.", "Sr", "Sr.", "QC", "KC", "SC", "MP", "MEP", "FRS", "OBE", "MBE", "CBE", "PhD",
    "Ph.D.", "MD", "M.D.", "Esq", "Esq.",
];
/// What a person does in person, then what others do.
const REFLEXIVES: [&str; 4] = ["himself", "herself", "itself", "themselves"];
/// The numbers of kings, queens and popes.
const REGNAL: &[&str] = &[
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII",
];
/// What a place is called before its name.
const KINDS_OF_PLACE: &[&str] = &[
    "Republic",
    "State",
    "Kingdom",
    "Commonwealth",
    "Principality",
    "Duchy",
    "Emirate",
    "Sultanate",
    "County",
    "Province",
    "Territory",
];
/// Words in the names of continents and their parts, which lie in no country.
const CONTINENTS: &[u64] = forms![
    "Africa",
    "America",
    "Asia",
    "Europe",
    "East",
    "West",
    "Gulf",
    "Balkans",
    "Caucasus",
    "Caribbean",
    "Arctic",
];
/// What a state calls itself before that.
const KINDS_OF_STATE: &[&str] =
    &["People's", "Democratic", "Islamic", "Federal", "Socialist", "Federative", "Arab"];
/// Several people of one name.
const FAMILIES: &[u64] =
    forms!["family", "families", "brothers", "sisters", "siblings", "twins", "dynasty", "clan"];
/// What tells that somebody no longer is, or also is, what the title says.
const STANDINGS: &[u64] = forms!["former", "fellow", "late", "acting", "incumbent", "outgoing"];
/// Words after which a name ends its phrase.
const AFTER: Classes = Classes::AUXILIARY
    .and(Classes::VERB)
    .and(Classes::CUE_VERB)
    .and(Classes::PREPOSITION)
    .and(Classes::CONJUNCTION)
    .and(Classes::PRONOUN)
    .and(Classes::DETERMINER)
    .and(Classes::ADVERB);

/// A mention by name while its bounds are found.
#[derive(Clone, Copy, Debug)]
struct Named {
    /// The bare name.
    range: TokenRange,
    /// The phrase.
    phrase: TokenRange,
    label: Label,
    /// Whether it is only a part of a word.
    cut: bool,
    kept: bool,
}

/// Where the mentions by name stand.
struct Bounds<'a> {
    reading: Reading<'a>,
    entities: &'a Entities,
    owners: &'a [Mention],
    names: Vec<Named>,
}

/// Gives each mention by name the bounds of its phrase, and takes out those that are none.
/// `mentions` are in text order and stay in the order of their names.
pub(super) fn widen(
    reading: Reading<'_>,
    entities: &Entities,
    owners: &[Mention],
    actors: &Table<ActorId, Actor>,
    mentions: &mut Vec<Mention>,
) {
    let mut left = vec![0_usize; actors.len()];
    let mut names = Vec::with_capacity(mentions.len());
    for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let Some(actor) = actors.get(mention.actor) else { continue };
        let range = super::range(reading, mention.span);
        let cut = reading.span(range.start).start() < mention.span.start();
        names.push(Named { range, phrase: range, label: actor.kind, cut, kept: true });
        if let Some(left) = left.get_mut(mention.actor.index()) {
            *left += 1;
        }
    }
    let mut bounds = Bounds { reading, entities, owners, names };
    // From the end, for a place takes in what the next one has taken in.
    for at in (0..bounds.names.len()).rev() {
        bounds.find(at);
    }
    let mut found = bounds.names.into_iter();
    let mut reach = 0;
    mentions.retain_mut(|mention| {
        // "NAME himself" is one mention.
        let itself = || REFLEXIVES.contains(&mention.span.of(reading.text));
        if mention.form == MentionForm::Pronoun && mention.span.end() <= reach && itself() {
            return false;
        }
        let named = mention.form == MentionForm::Name && actors.get(mention.actor).is_some();
        let Some(name) = named.then(|| found.next()).flatten() else { return true };
        if let Some(span) = reading.span_of(name.phrase) {
            mention.span = if name.cut { mention.span } else { span };
            reach = mention.span.end();
        }
        let left = left.get_mut(mention.actor.index()).filter(|left| !name.kept && **left > 1);
        left.is_none_or(|left| {
            *left -= 1;
            false
        })
    });
}

impl Bounds<'_> {
    /// Finds the phrase of one mention; those after it are found.
    fn find(&mut self, at: usize) {
        let Some(&name) = self.names.get(at) else { return };
        let sentence = self.reading.sentence(self.reading.sentence_of(name.range.start));
        let next = self.names.get(at + 1).filter(|next| next.range.start < sentence.end).copied();
        let end = self.end(at, name, next, sentence);
        let start = self.start(name, end, sentence);
        let kept = !self.is_compounded(name) && !self.is_family(name);
        // "Washington D.C." is one name.
        if let Some(next) = next.filter(|next| next.range.start == name.range.end)
            && end > next.range.start
            && let Some(row) = self.names.get_mut(at + 1)
        {
            row.kept = false;
        }
        if let Some(row) = self.names.get_mut(at) {
            row.phrase = TokenRange { start, end };
            row.kept &= kept;
        }
    }

    /// Where the phrase ends.
    fn end(&self, at: usize, name: Named, next: Option<Named>, sentence: TokenRange) -> TokenId {
        let reading = self.reading;
        let mut end = name.range.end;
        let person = name.label == Label::Person;
        let within = |id: TokenId| id < sentence.end;
        let itself =
            if person { forms!["himself", "herself"] } else { forms!["itself", "themselves"] };
        if within(end) && reading.is_form(end, itself) {
            return end.next();
        }
        if person {
            let comma = reading.written(end) == ",";
            let honour = if comma { end.next() } else { end };
            let after = honour.next();
            let number = !comma
                && REGNAL.contains(&reading.written(honour))
                // "I" and "V" are words of their own too.
                && (reading.written(honour).len() > 1
                    || [",", ")", "of"].contains(&reading.written(after)));
            if within(honour) && (number || HONOURS.contains(&reading.written(honour))) {
                end = after;
            }
            if let Some(close) = self.birth(end).filter(|&close| within(close)) {
                return close.next();
            }
        }
        let Some(next) = next else { return end };
        if self.is_of(name, end, next) || self.is_in(at, name, end, next) {
            return next.phrase.end;
        }
        end
    }

    /// The closing parenthesis of "(born ...)" or "(née NAME)".
    fn birth(&self, open: TokenId) -> Option<TokenId> {
        let reading = self.reading;
        let born = reading.written(open) == "("
            && (reading.is_form(open.next(), forms!["born", "b", "nee"])
                || matches!(reading.written(open.next()), "née" | "né"));
        let words = (open.index()..=open.index() + LONGEST_BIRTH).map(TokenId::from_index);
        born.then(|| words.into_iter().find(|&id| reading.written(id) == ")")).flatten()
    }

    /// Whether the next name says whose somebody is: "NAME of the Harbour Party".
    fn is_of(&self, name: Named, end: TokenId, next: Named) -> bool {
        let reading = self.reading;
        let whose = match name.label {
            Label::Person | Label::Org => reading.is_form(end, forms!["of"]),
            _ => false,
        };
        let of = end.next();
        let adjoins = next.range.start == of
            || (next.range.start == of.next() && reading.is_form(of, forms!["the"]));
        // "told NAME of Ruritania's plans" goes on.
        let owner = reading.is_kind(next.phrase.end, TokenKind::Clitic);
        whose && adjoins && next.label != Label::Person && !owner
    }

    /// Whether the next name is the larger place that a place lies in: "Leeds, England".
    fn is_in(&self, at: usize, name: Named, end: TokenId, next: Named) -> bool {
        let reading = self.reading;
        let place = |label| matches!(label, Label::Loc | Label::Fac);
        let adjoins = next.range.start == end
            || (reading.written(end) == "," && next.range.start == end.next());
        let entry = |range: TokenRange| {
            reading.lexicon.get(hash::phrase(range.ids().map(|id| reading.word(id).hash)))
        };
        if !place(name.label) || next.label != Label::Loc || !adjoins {
            return false;
        }
        let (inner, outer) = (entry(name.range), entry(next.range));
        let known = outer.classes.any(Classes::PLACE.and(Classes::COUNTRY));
        let wide = inner.classes.any(Classes::COUNTRY)
            || name.range.ids().any(|id| reading.is_form(id, CONTINENTS));
        let apart = inner
            .country()
            .is_some_and(|country| outer.country().is_some_and(|other| other != country));
        let listed = || !outer.classes.any(Classes::COUNTRY) && self.is_list(at);
        // "In Leeds, England's ..." names two.
        let owner = reading.is_kind(next.phrase.end, TokenKind::Clitic);
        known && !wide && !apart && !owner && !listed()
    }

    /// Whether the places that begin with one, each after a comma, end in "and" one more.
    fn is_list(&self, at: usize) -> bool {
        let reading = self.reading;
        let mut rows = self.names.iter().skip(at).take(LONGEST_LIST);
        let Some(mut end) = rows.next().map(|row| row.range.end) else { return false };
        for row in rows {
            if reading.written(end) != "," || row.range.start != end.next() {
                break;
            }
            end = row.range.end;
        }
        let and = if reading.written(end) == "," { end.next() } else { end };
        reading.is_form(and, forms!["and", "or", "&"])
    }

    /// Where the phrase starts.
    fn start(&self, name: Named, end: TokenId, sentence: TokenRange) -> TokenId {
        let reading = self.reading;
        let mut start = name.range.start;
        let before = |start: TokenId| start.prev().filter(|&id| id >= sentence.start);
        match name.label {
            Label::Person => {
                start = super::roles::titled_from(reading, self.entities, self.owners, start);
                if let Some(id) = before(start).filter(|&id| reading.is_form(id, STANDINGS)) {
                    start = id;
                }
            }
            Label::Loc => {
                start = super::forms::part_before(reading, start)
                    .unwrap_or_else(|| kind_of_place(reading, start, sentence.start));
            }
            _ => {}
        }
        // "these United States are", not "this United States senator".
        let after = reading.word(end);
        let possessive = reading.is_kind(end, TokenKind::Clitic);
        let verb = after.is(AFTER) || reading.written(end).ends_with("ed");
        let goes_on = (after.hash != 0 && !possessive && !verb) || reading.written(end) == "-";
        let is_last = end >= sentence.end || !goes_on;
        if let Some(id) = before(start).filter(|_| is_last) {
            let sides = ["pro-", "Pro-", "anti-", "Anti-"];
            let side = sides.iter().any(|side| reading.written(id).starts_with(side));
            if side || reading.is_form(id, forms!["this", "these", "those", "any"]) {
                return id;
            }
        }
        if !is_last && name.label != Label::Person {
            return start;
        }
        self.described(start, sentence, name.label).unwrap_or(start)
    }

    /// Where the describing words start that stand between an article and a name, or between a
    /// preposition and a place.
    fn described(&self, name: TokenId, sentence: TokenRange, label: Label) -> Option<TokenId> {
        let reading = self.reading;
        let mut start = name;
        for _ in 0..=MOST_ADJECTIVES {
            let id = start.prev().filter(|&id| id >= sentence.start)?;
            let bare = label == Label::Loc && reading.is(id, Classes::PREPOSITION);
            if bare || reading.is_form(id, forms!["the", "a", "an"]) {
                return (start < name).then_some(start);
            }
            let linking =
                start < name && reading.is_form(id, forms!["and", "more", "most", "very"]);
            // "war-torn" is one word.
            let first = self.before_hyphen(id).filter(|&first| first >= sentence.start);
            if let Some(first) = first {
                let title = Classes::ROLE.and(Classes::TITLE);
                let small = !reading.is_capitalised(first) && !reading.is_capitalised(id);
                if !small || reading.is_form(first, forms!["co"]) || reading.is(id, title) {
                    return None;
                }
                start = first;
            } else if linking || is_adjective(reading, id) {
                start = id;
            } else {
                return None;
            }
        }
        None
    }

    /// Whether a name is the second part of a compound word: "pro-NAME".
    fn is_compounded(&self, name: Named) -> bool {
        let reading = self.reading;
        let ex = |id: TokenId| {
            reading.written(id).get(..3).is_some_and(|word| word.eq_ignore_ascii_case("ex-"))
        };
        // The tagger may have cut it out of a word.
        (name.cut && !ex(name.range.start))
            || self.before_hyphen(name.range.start).is_some_and(|first| {
                !reading.is_capitalised(first) && !reading.is_form(first, forms!["ex"])
            })
    }

    /// The word that a hyphen joins to the one at a token.
    fn before_hyphen(&self, id: TokenId) -> Option<TokenId> {
        let span = |id| self.reading.span(id);
        let hyphen = id.prev().filter(|&hyphen| {
            self.reading.written(hyphen) == "-" && span(hyphen).end() == span(id).start()
        })?;
        hyphen.prev().filter(|&first| {
            span(first).end() == span(hyphen).start() && self.reading.word(first).hash != 0
        })
    }

    /// Whether a surname stands for a whole family.
    fn is_family(&self, name: Named) -> bool {
        name.label == Label::Person
            && name.range.end == name.range.start.next()
            && self.reading.is_form(name.range.end, FAMILIES)
    }
}

/// Where "the Republic of NAME" starts, when it starts at `from` or after it.
pub(super) fn kind_of_place(reading: Reading<'_>, name: TokenId, from: TokenId) -> TokenId {
    let before = |id: TokenId| id.prev().filter(|&id| id >= from);
    let of = before(name)
        .and_then(|id| if reading.is_form(id, forms!["the"]) { before(id) } else { Some(id) });
    let kind = of.filter(|&of| reading.is_form(of, forms!["of"])).and_then(before);
    let is_kind = |id: &TokenId| KINDS_OF_PLACE.contains(&reading.written(*id));
    let mut start = kind.filter(is_kind).unwrap_or(name);
    if start == name && !is_kind(&name) {
        return name;
    }
    for _ in 0..KINDS_OF_STATE.len() {
        let Some(id) = before(start) else { break };
        let whose = reading.is_kind(id, TokenKind::Clitic).then(|| before(id)).flatten();
        let word = whose.unwrap_or(id);
        let whole = reading.span_of(TokenRange { start: word, end: start });
        let whole = whole.map_or("", |span| span.of(reading.text).trim_end());
        if !KINDS_OF_STATE
            .iter()
            .any(|kind| *kind == whole || kind.replace('\'', "\u{2019}") == whole)
        {
            break;
        }
        start = word;
    }
    start
}

/// Whether a word in small letters describes, as far as its ending tells.
fn is_adjective(reading: Reading<'_>, id: TokenId) -> bool {
    const PLAIN: &[u64] = forms![
        "whole", "entire", "free", "young", "younger", "old", "older", "elder", "new", "great",
        "strong", "stronger", "modern", "poor", "rich", "late", "real", "good", "big", "little",
    ];
    const ENDINGS: &[&str] =
        &["ar", "ous", "ful", "ive", "ic", "ish", "less", "able", "ible", "ed", "ly"];
    let written = reading.written(id);
    let small = written.chars().all(|letter| letter.is_lowercase() || letter == '-');
    small
        && (reading.is_form(id, PLAIN)
            || (written.len() > 4 && ENDINGS.iter().any(|ending| written.ends_with(ending))))
}
