//! Names to actors: which mentions are the same person, organisation or place.
//!
//! In: the entities. Out: for each, the actor it names. Full names are placed first,
//! then those with a title, so that a surname in the headline finds its bearer in the text. People: full names join when surname and
//! forename agree; a single word joins a bearer of that surname, else of that forename, none of
//! another gender; among several the one with the most standing, by the number of times it is named
//! in full or with a title, and by whether it has just been named in full. Organisations: the same
//! words in any order, an acronym, a shortened form that fits one only. Places: the same words or
//! country. A name that is labelled now as one sort, now as another takes the sort it has most.
//!
//! Invariant: an entity of a kind that can act names exactly one actor. Cost: two passes, each a
//! few ordered-map look-ups an entity; at most [`RIVALS`] bearers of one name are weighed.
//! Does not attempt: names that share no word, except acronyms.

use super::forms::{self, MOST_WORDS, Name, Sort};
use super::{Actor, ActorId, Gender, Spots};
use crate::code::Country;
use crate::entities::{Entities, EntityId, Label};
use crate::index::{Id, Table};
use crate::lexicon::{Classes, hash};
use crate::span::Span;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};
use std::collections::BTreeMap;

/// How many bearers of one name are weighed against each other.
const RIVALS: usize = 16;
/// How many sentences a full name goes on to claim the surname.
const FRESH: usize = 4;
/// How many mentions such a claim is worth: it decides between equals.
const CLAIM: usize = 1;

/// Parts of a country and former states, which share a country's code with others but are not it.
const APART: &[&str] = &[
    "England",
    "Scotland",
    "Wales",
    "Northern Ireland",
    "Soviet Union",
    "USSR",
    "U.S.S.R.",
    "Union of Soviet Socialist Republics",
    "Yugoslavia",
    "Czechoslovakia",
];

/// Keys with their bearers.
type Bearers = BTreeMap<u64, Bearing>;

/// The bearers of a key, in order of entry. Most keys have one.
#[derive(Clone, Debug)]
struct Bearing {
    first: ActorId,
    others: Vec<ActorId>,
}

impl Bearing {
    fn iter(&self) -> impl DoubleEndedIterator<Item = ActorId> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The bearer, if there is one only.
    fn only(&self) -> Option<ActorId> {
        self.others.is_empty().then_some(self.first)
    }
}

/// An actor while its mentions are gathered.
#[derive(Clone, Debug)]
struct Draft {
    name: Name,
    span: Span,
    label: Label,
    gender: Gender,
    /// How many mentions by full name or with a title.
    standing: usize,
    /// The sentences of the mentions by full name, in order.
    named_in: Vec<usize>,
    /// The titles that stand before its full name.
    titles: Vec<u64>,
}

/// The draft that a name was placed in, and the other that it fits.
#[derive(Clone, Copy, Debug)]
struct Placed {
    id: ActorId,
    rival: Option<ActorId>,
}

impl Placed {
    fn sure(id: ActorId) -> Self {
        Self { id, rival: None }
    }
}

#[derive(Debug, Default)]
struct Index {
    drafts: Table<ActorId, Draft>,
    whole: BTreeMap<(Sort, u64), ActorId>,
    surnames: Bearers,
    forenames: Bearers,
    /// Words of people's names that are neither first nor last.
    middles: Bearers,
    acronyms: Bearers,
    /// Shortened forms of organisations' names.
    parts: Bearers,
    /// What stands before "of" in them, which is meant before the words of other names are: "the
    /// House" is the House of Representatives, not the White House.
    heads: Bearers,
    countries: Vec<(Country, ActorId)>,
}

/// One entity that names an actor.
struct Mentioned {
    name: Name,
    span: Span,
    label: Label,
    sentence: usize,
}

/// The entities grouped into actors.
pub(super) struct Clusters {
    /// The actors, numbered by first mention.
    pub(super) table: Table<ActorId, Actor>,
    /// The actor of each entity that names one.
    pub(super) of_entity: Table<EntityId, Option<ActorId>>,
    /// The other bearer of a surname or forename that two have.
    pub(super) rivals: Table<EntityId, Option<ActorId>>,
}

/// Groups the entities into actors, numbered by first mention.
pub(super) fn cluster(reading: Reading<'_>, entities: &Entities, spots: &Spots) -> Clusters {
    let labels = settled_labels(reading, entities, spots);
    let mut names: Vec<Option<Mentioned>> = Vec::with_capacity(labels.len());
    for (spot, label) in spots.rows().iter().zip(labels) {
        names.push(spot.zip(Sort::of(label)).map(|(spot, sort)| {
            let name = Name::read(reading, spot, sort);
            let sentence = reading.sentence_of(name.range.start).index();
            let part = name.part.map(|id| reading.span(id));
            let span = part.map_or(spot.span, |part| part.cover(spot.span));
            Mentioned { name, span, label, sentence }
        }));
    }
    join_nicknamed(reading, &mut names);
    let mut index = Index::default();
    let mut drafts: Vec<Option<Placed>> = vec![None; names.len()];
    for (full, titled) in [(true, true), (false, true), (false, false)] {
        for (at, mentioned) in names.iter().enumerate() {
            let Some(mentioned) = mentioned else { continue };
            let name = &mentioned.name;
            if name.is_full() == full && (full || name.title.is_some() == titled) {
                let before = at.checked_sub(1).and_then(|before| {
                    Some((names.get(before)?.as_ref()?, drafts.get(before).copied()??.id))
                });
                drafts[at] = Some(index.place(reading, mentioned, before));
            }
        }
    }
    let mut order = vec![None; index.drafts.len()];
    let mut table = Table::default();
    let mut of_entity = Table::with_capacity(drafts.len());
    for draft in &drafts {
        of_entity.push(draft.map(|Placed { id, .. }| {
            *order[id.index()].get_or_insert_with(|| {
                let draft = &index.drafts[id];
                table.push(Actor {
                    name: draft.span,
                    kind: draft.label,
                    gender: draft.gender,
                    roles: Vec::new(),
                })
            })
        }));
    }
    let rival = |draft: &Option<Placed>| order.get(draft.as_ref()?.rival?.index()).copied()?;
    let rivals = drafts.iter().map(rival).collect();
    Clusters { table, of_entity, rivals }
}

/// The label of each entity, once names written alike are labelled alike. Known places keep what
/// each mention has, for a city and its team are two; but one that is a person's more often than a
/// place's is a person where no preposition of place stands before it, and so is one that nowhere has
/// such a preposition and is no country but the surname of somebody named in full.
fn settled_labels(reading: Reading<'_>, entities: &Entities, spots: &Spots) -> Vec<Label> {
    let is_there = |range: TokenRange| {
        range.start.prev().is_some_and(|id| {
            reading.is_form(id, forms!["in", "from", "to", "near", "of", "at", "across", "for"])
        })
    };
    let mut labels: Vec<Label> = entities.rows().iter().map(|entity| entity.label).collect();
    let mut surnames: Vec<u64> = Vec::new();
    let mut names: Vec<(u64, usize, TokenRange)> = Vec::with_capacity(labels.len());
    for (at, (spot, label)) in spots.rows().iter().zip(&mut labels).enumerate() {
        let Some(range) = spot.map(|spot| spot.tagged) else { continue };
        let last = range.end.prev().filter(|&last| last > range.start);
        if let Some(last) = last.filter(|_| *label == Label::Person) {
            surnames.push(reading.word(last).hash);
        }
        names.push((name_hash(reading, range), at, range));
    }
    surnames.sort_unstable();
    names.sort_unstable_by_key(|&(key, at, _)| (key, at));
    for alike in names.chunk_by(|first, second| first.0 == second.0) {
        let Some(&(key, ..)) = alike.first() else { continue };
        let label_of = |at: usize| entities.rows().get(at).map(|entity| entity.label);
        let count = |label| alike.iter().filter(|row| label_of(row.1) == Some(label)).count();
        // The most frequent, and of such the first that is used.
        let sorts = [Label::Person, Label::Org, Label::Loc, Label::Fac];
        let first = |label| alike.iter().position(|row| label_of(row.1) == Some(label));
        let best = sorts.into_iter().filter(|&label| count(label) > 0);
        let best = best.min_by_key(|&label| (std::cmp::Reverse(count(label)), first(label)));
        let known = reading.lexicon.get(key).classes;
        let is_place = known.any(Classes::PLACE.and(Classes::COUNTRY));
        let surname = is_place
            && !known.any(Classes::COUNTRY)
            && surnames.binary_search(&key).is_ok()
            && !alike.iter().any(|&(_, _, range)| {
                let inside = reading.written(range.end) == ","
                    && reading.is(range.end.next(), Classes::PLACE.and(Classes::COUNTRY));
                inside || is_there(range)
            });
        for &(_, at, range) in alike {
            let (Some(label), Some(best)) = (labels.get_mut(at), best) else { continue };
            let place = || surname || (best == Label::Person && !is_there(range));
            if is_counsel(reading, *label, range) || (is_place && *label == Label::Loc && place()) {
                *label = Label::Person;
            } else if !is_place {
                *label = best;
            }
        }
    }
    labels
}

/// Whether a name that is labelled as a body's is a person's with letters after it: "Rohan Lee SC" is
/// counsel, no company.
fn is_counsel(reading: Reading<'_>, label: Label, range: TokenRange) -> bool {
    let letters = ["SC", "QC", "KC", "MP", "MEP", "OBE", "MBE", "CBE", "FRS"];
    label == Label::Org
        && reading.is(range.start, Classes::GIVEN)
        && range.end.prev().is_some_and(|last| letters.contains(&reading.written(last)))
}

/// Reads a forename, a nickname between marks and a surname as one name.
fn join_nicknamed(reading: Reading<'_>, names: &mut [Option<Mentioned>]) {
    for at in 0..names.len() {
        let end_of = |at: usize| names.get(at)?.as_ref().map(|row| row.name.range.end);
        let start_of = |at: usize| names.get(at)?.as_ref().map(|row| row.name.range.start);
        let mark =
            |id: Option<TokenId>| id.is_some_and(|id| reading.is_kind(id, TokenKind::QuoteMark));
        let gap = |at: usize| Some(start_of(at + 1)?.index().saturating_sub(end_of(at)?.index()));
        // The nickname is a name by itself, or one word between the two.
        let last = match (gap(at), gap(at + 1)) {
            (Some(1), Some(1)) if mark(end_of(at)) && mark(end_of(at + 1)) => at + 2,
            (Some(3), _) if mark(end_of(at)) && mark(start_of(at + 1).and_then(Id::prev)) => at + 1,
            _ => continue,
        };
        let Some((Some(first), rest)) = names.get_mut(at..=last).and_then(<[_]>::split_first_mut)
        else {
            continue;
        };
        let Some(Some(last)) = rest.last() else { continue };
        let people = first.name.sort == Sort::Person && last.name.sort == Sort::Person;
        if people && last.name.words.len() == 1 {
            first.span = first.span.cover(last.span);
            first.name.range.end = last.name.range.end;
            first.name.words.push(last.name.last());
            first.name.whole = hash::phrase(first.name.words.iter().copied());
        }
    }
}

impl Index {
    /// The actor that a mention names, new if none fits. `before` is the mention before it.
    fn place(
        &mut self,
        reading: Reading<'_>,
        mentioned: &Mentioned,
        before: Option<(&Mentioned, ActorId)>,
    ) -> Placed {
        let Mentioned { name, span, label, sentence } = mentioned;
        let known = self.whole.get(&(name.sort, name.whole)).copied();
        let country = reading.lexicon.get(name_hash(reading, name.range));
        let apart = APART.iter().any(|row| span.of(reading.text).eq_ignore_ascii_case(row));
        let whole = name.part.is_none() && !apart;
        let country = country.country().filter(|_| country.classes.any(Classes::COUNTRY) && whole);
        let found = match name.sort {
            Sort::Person if name.is_full() => {
                known.or_else(|| self.full_person(reading, name)).map(Placed::sure)
            }
            // A surname is asked for each time: the family may have several.
            Sort::Person => self.person(name, *sentence),
            Sort::Organisation => known
                .or_else(|| parenthesis(reading, name, before))
                .or_else(|| self.organisation(reading, name))
                .map(Placed::sure),
            Sort::Place => known
                .or_else(|| {
                    self.countries.iter().find(|row| Some(row.0) == country).map(|row| row.1)
                })
                .or_else(|| self.half(reading, name))
                .map(Placed::sure),
        };
        let found = found.or_else(|| self.mislabelled(reading, name, *sentence));
        let placed = found.unwrap_or_else(|| {
            Placed::sure(self.drafts.push(Draft {
                name: name.clone(),
                span: *span,
                label: *label,
                gender: name.gender,
                standing: 0,
                named_in: Vec::new(),
                titles: Vec::new(),
            }))
        });
        let id = placed.id;
        if known != Some(id) {
            self.enter(reading, name, id);
        }
        if let (Some(code), Sort::Place) = (country, name.sort)
            && !self.countries.iter().any(|row| row.0 == code)
        {
            self.countries.push((code, id));
        }
        if let Some(draft) = self.drafts.get_mut(id) {
            // Only people are chosen by these.
            let person = name.sort == Sort::Person;
            if person && (name.is_full() || name.title.is_some()) {
                draft.standing += 1;
            }
            if person && name.is_full() {
                draft.named_in.push(*sentence);
                if let Some(title) = name.title
                    && draft.titles.len() < RIVALS
                    && !draft.titles.contains(&title)
                {
                    draft.titles.push(title);
                }
            }
            if draft.gender == Gender::Unknown {
                draft.gender = name.gender;
            }
            if is_fuller(reading, name, &draft.name) {
                (draft.name, draft.span, draft.label) = (name.clone(), *span, *label);
            }
        }
        placed
    }

    /// The person whose full name fits.
    fn full_person(&self, reading: Reading<'_>, name: &Name) -> Option<ActorId> {
        let fits = |id: &ActorId| {
            let draft = &self.drafts[*id];
            agree(name.gender, draft.gender)
                && draft.name.is_full()
                && draft.name.is_same_person(name, reading)
        };
        let bearers = |map: &Bearers, key: u64| map.get(&key)?.iter().rev().take(RIVALS).find(fits);
        bearers(&self.surnames, name.last())
            .or_else(|| bearers(&self.forenames, name.first()))
            .or_else(|| bearers(&self.forenames, name.last()))
            .or_else(|| bearers(&self.middles, name.last()))
    }

    /// The person that a single word fits, by surname, else by forename.
    fn person(&self, name: &Name, sentence: usize) -> Option<Placed> {
        // What the word says as a forename counts only where it is one.
        let ways = [
            (&self.surnames, name.addressed),
            (&self.forenames, name.gender),
            (&self.middles, name.gender),
        ];
        ways.into_iter().find_map(|(map, gender)| {
            let bearers = map.get(&name.last())?.iter().take(RIVALS);
            let fitting = bearers.filter(|id| agree(gender, self.drafts[*id].gender));
            let claim = |id: &ActorId| {
                let draft = &self.drafts[*id];
                let later = draft.named_in.partition_point(|&named| named <= sentence);
                let named = later.checked_sub(1).and_then(|at| draft.named_in.get(at));
                let fresh = named.is_some_and(|named| sentence - named <= FRESH);
                let weight = draft.standing + CLAIM * usize::from(fresh);
                let titled = name.title.is_some_and(|title| draft.titles.contains(&title));
                (titled, weight, std::cmp::Reverse(*id))
            };
            let mut fitting: Vec<ActorId> = fitting.collect();
            fitting.sort_by_key(|id| std::cmp::Reverse(claim(id)));
            Some(Placed { id: *fitting.first()?, rival: fitting.get(1).copied() })
        })
    }

    /// The country that "the North" is where its other half is named too.
    fn half(&self, reading: Reading<'_>, name: &Name) -> Option<ActorId> {
        let halves = forms!["north", "south", "east", "west"];
        let half = name.words.len() == 1 && reading.is_form(name.range.start, halves);
        let parted =
            |other: &Name| matches!(*other.words.as_slice(), [first, _] if first != name.last());
        let mut fitting = self.countries.iter().filter(|_| half).filter(|(_, id)| {
            let whole = &self.drafts[*id].name;
            matches!(*whole.words.as_slice(), [first, _] if first == name.last())
                && self.countries.iter().any(|(_, id)| {
                    let other = &self.drafts[*id].name;
                    parted(other) && other.last() == whole.last()
                })
        });
        fitting.next().map(|row| row.1)
    }

    /// The person behind a surname that is labelled as something else.
    fn mislabelled(&self, reading: Reading<'_>, name: &Name, sentence: usize) -> Option<Placed> {
        const KNOWN: Classes = Classes::PLACE
            .and(Classes::COUNTRY)
            .and(Classes::ORG)
            .and(Classes::NORP)
            .and(Classes::ORG_HEAD)
            .and(Classes::LOC_HEAD)
            .and(Classes::COMMON);
        let plain = name.sort != Sort::Person
            && name.words.len() == 1
            && !reading.is(name.range.start, KNOWN)
            && !forms::is_acronym(reading, name.range.start);
        let given = reading.is(name.range.start, Classes::GIVEN);
        let forenames = self.forenames.get(&name.last()).filter(|_| given);
        let bearers = self.surnames.get(&name.last()).or(forenames).filter(|_| plain)?;
        let named = bearers.iter().any(|id| self.drafts[id].name.is_full());
        named.then(|| self.person(name, sentence)).flatten()
    }

    /// The organisation that an acronym or a shortened form fits.
    fn organisation(&self, reading: Reading<'_>, name: &Name) -> Option<ActorId> {
        let only = |map: &Bearers, key: u64| map.get(&key)?.only();
        let acronym = name.words.len() == 1 && forms::is_acronym(reading, name.range.start);
        let content = content_key(reading, name);
        let spelt_out = acronym.then(|| only(&self.acronyms, name.last())).flatten();
        spelt_out.or_else(|| only(&self.parts, content)).or_else(|| only(&self.heads, content))
    }

    /// Makes an actor findable by a form of its name.
    fn enter(&mut self, reading: Reading<'_>, name: &Name, id: ActorId) {
        fn bear(map: &mut Bearers, key: u64, id: ActorId) {
            let bearing =
                map.entry(key).or_insert_with(|| Bearing { first: id, others: Vec::new() });
            if bearing.iter().all(|other| other != id) && bearing.others.len() + 1 < RIVALS * 4 {
                bearing.others.push(id);
            }
        }
        self.whole.entry((name.sort, name.whole)).or_insert(id);
        match name.sort {
            Sort::Person => {
                bear(&mut self.surnames, name.last(), id);
                if let [first, middle @ .., _] = name.words.as_slice() {
                    bear(&mut self.forenames, *first, id);
                    for &word in middle {
                        bear(&mut self.middles, word, id);
                    }
                }
            }
            Sort::Organisation => {
                bear(&mut self.parts, content_key(reading, name), id);
                if let [first, rest @ ..] = name.words.as_slice() {
                    let place = Classes::COUNTRY.and(Classes::PLACE).and(Classes::NORP);
                    if !rest.is_empty() {
                        for acronym in forms::initials(reading, name.range) {
                            bear(&mut self.acronyms, acronym, id);
                        }
                        bear(&mut self.parts, set_key(rest), id);
                        if !reading.is(name.range.start, place) {
                            bear(&mut self.parts, set_key(&[*first]), id);
                        }
                        if reading.is_form(name.range.start.next(), forms!["of"]) {
                            bear(&mut self.heads, set_key(&[*first]), id);
                        }
                        if let [.., last] = rest {
                            bear(&mut self.parts, set_key(&[*last]), id);
                        }
                    }
                }
            }
            Sort::Place => {}
        }
    }
}

/// The organisation right before an acronym in parentheses: "Harbour Workers' Union (HWU)".
fn parenthesis(
    reading: Reading<'_>,
    name: &Name,
    before: Option<(&Mentioned, ActorId)>,
) -> Option<ActorId> {
    let (full, id) = before?;
    let open = name.range.start.prev()?;
    let follows = reading.written(open) == "(" && reading.written(name.range.end) == ")";
    let near = reading.range(full.span).end == open;
    let acronym = name.words.len() == 1 && forms::is_acronym(reading, name.range.start);
    let fits = full.name.sort == Sort::Organisation && full.name.is_full();
    let letter = |at| reading.written(at).chars().next();
    let starts = letter(name.range.start) == letter(full.name.range.start);
    (follows && near && acronym && fits && starts).then_some(id)
}

/// Whether a form of a name says more than another: more words, a word for an acronym or an initial.
fn is_fuller(reading: Reading<'_>, name: &Name, other: &Name) -> bool {
    let length = |name: &Name| reading.written(name.range.start).trim_end_matches('.').len();
    let initial = length(other) == 1 && length(name) > 1;
    name.sort == other.sort
        && (name.words.len() > other.words.len()
            || (name.words.len() == other.words.len() && name.is_full() && initial))
}

/// Whether nothing says that two genders differ.
fn agree(first: Gender, second: Gender) -> bool {
    first == Gender::Unknown || second == Gender::Unknown || first == second
}

/// The hash that the lexicon has for the name's words.
fn name_hash(reading: Reading<'_>, name: TokenRange) -> u64 {
    hash::phrase(name.ids().map(|id| reading.word(id).hash))
}

/// The key of an organisation's words in any order, its country left out: "Department of Justice",
/// "U.S. Justice Department".
fn content_key(reading: Reading<'_>, name: &Name) -> u64 {
    let words = match name.words.as_slice() {
        [_, rest @ ..] if rest.len() > 1 && reading.is(name.range.start, Classes::COUNTRY) => rest,
        words => words,
    };
    set_key(words)
}

fn set_key(words: &[u64]) -> u64 {
    let mut sorted = [0; MOST_WORDS];
    let rows = sorted.iter_mut().zip(words).map(|(slot, word)| *slot = *word).count();
    let sorted = sorted.get_mut(..rows).unwrap_or_default();
    sorted.sort_unstable();
    hash::phrase(sorted.iter().copied())
}
