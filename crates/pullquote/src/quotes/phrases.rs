//! Noun phrases: the source beside a cue.
//!
//! In: a cue's place. Out: the tokens of the noun phrase that is its subject, with title, age,
//! apposition and relative clause, without an edge comma.
//!
//! There is no parse: a phrase is grown from the cue outward until a word that cannot belong to it
//! (a verb, a conjunction, a mark, a comma that opens no apposition). Names and determiners say
//! where it may begin. Cost: at most [`REACH`] tokens on either side.

use super::regions::Places;
use crate::entities::{Entities, Entity, Label};
use crate::index::Id;
use crate::lexicon::Classes;
use crate::lexicon::cues::Cue;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};

/// How far a phrase is followed, in tokens.
const REACH: usize = 60;
/// How far an apposition between commas is followed.
const APPOSITION: usize = 30;

/// What a phrase search needs to see.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) entities: &'a Entities,
    pub(super) places: &'a Places,
    pub(super) sentence: TokenRange,
}

/// Verbs of any sort.
const VERBS: Classes = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
/// Words that a person or body is called by.
const PARTY: Classes =
    Classes::ROLE.and(Classes::PEOPLE).and(Classes::BODY).and(Classes::TITLE).and(Classes::WRITING);

impl<'a> Scene<'a> {
    /// The entity that holds a token.
    pub(super) fn entity(self, id: TokenId) -> Option<&'a Entity> {
        let span = self.reading.span(id);
        let rows = self.entities.rows();
        let at = rows.partition_point(|entity| entity.span.end() <= span.start());
        rows.get(at).filter(|entity| entity.span.contains(span) && !span.is_empty())
    }

    /// Whether a token is part of the name of somebody who can speak.
    pub(super) fn is_name(self, id: TokenId) -> bool {
        self.entity(id).is_some_and(|entity| {
            matches!(
                entity.label,
                Label::Person | Label::Org | Label::Loc | Label::Norp | Label::Fac
            )
        })
    }

    fn is_time(self, id: TokenId) -> bool {
        self.reading.is(id, Classes::CALENDAR)
            || self.entity(id).is_some_and(|entity| {
                matches!(entity.label, Label::Date | Label::Time | Label::Duration | Label::Set)
            })
    }

    fn comma(self, id: TokenId) -> bool {
        self.reading.written(id) == ","
    }

    /// Whether a phrase cannot run past this token.
    fn is_wall(self, id: TokenId) -> bool {
        let word = self.reading.word(id);
        if self.places.is_quoted(id) {
            return true;
        }
        if self.is_name(id) {
            return false;
        }
        if word.hash == 0 {
            return !matches!(self.reading.written(id), "-" | "." | "'" | "’");
        }
        let noun_before = id.prev().is_some_and(|before| {
            self.reading.is(before, Classes::DETERMINER)
                || self.reading.is_kind(before, TokenKind::Clitic)
        });
        let verb = word.is(VERBS) && !noun_before && !self.reading.is_capitalised(id);
        let joins =
            word.is(Classes::CONJUNCTION) && !self.reading.is_form(id, forms!["and", "or", "&"]);
        (verb && !word.is(PARTY)) || joins || self.reading.is_form(id, RELATIVE)
    }

    /// The subject that ends right before `end`.
    pub(super) fn subject_before(self, end: TokenId) -> Option<TokenRange> {
        let mut end = self.back_over_adverbs(end);
        let last = end.prev().filter(|&id| id >= self.sentence.start)?;
        if self.reading.is_form(last, RELATIVE) {
            return Some(TokenRange { start: last, end });
        }
        if self.comma(last) {
            let (head, apposition) = self.apposition_before(last)?;
            let mut phrase = self.phrase_before(head)?;
            if apposition {
                phrase.end = last;
            }
            return Some(phrase);
        }
        // "Trump, on Tuesday, said" and "Trump on Tuesday said": the time is not part of it.
        if self.is_time(last) {
            let mut start = last;
            while let Some(id) = start.prev().filter(|&id| {
                id >= self.sentence.start
                    && (self.is_time(id) || self.reading.is(id, Classes::PREPOSITION))
            }) {
                start = id;
            }
            end = start;
        }
        self.phrase_before(end)
    }

    fn back_over_adverbs(self, mut end: TokenId) -> TokenId {
        while let Some(id) = end.prev().filter(|&id| {
            id >= self.sentence.start
                && self.reading.is(id, Classes::ADVERB)
                && !self.reading.is(id, Classes::PRONOUN)
        }) {
            end = id;
        }
        end
    }

    /// For the comma that ends an insertion: where the phrase before the insertion ends, and
    /// whether the insertion belongs to it (an apposition, an age, a relative clause).
    fn apposition_before(self, comma: TokenId) -> Option<(TokenId, bool)> {
        let mut open = None;
        let mut first_comma = None;
        let mut id = comma;
        for _ in 0..APPOSITION {
            let Some(before) = id.prev().filter(|&id| id >= self.sentence.start) else { break };
            id = before;
            if self.places.is_quoted(id) {
                break;
            }
            if self.comma(id) {
                first_comma.get_or_insert(id);
                let head = id.prev().filter(|&head| head >= self.sentence.start);
                let named = head.is_some_and(|head| {
                    self.is_name(head)
                        || self.reading.is(head, PARTY)
                        || self.reading.is(head, Classes::PRONOUN)
                });
                if named {
                    open = Some(id);
                    let person = head
                        .and_then(|head| self.entity(head))
                        .is_some_and(|entity| entity.label == Label::Person);
                    if person {
                        break;
                    }
                }
            }
        }
        // "Makers of cement, for instance, said": a short insertion after any phrase.
        let short = |open: &TokenId| comma.index() - open.index() <= 4;
        let open = open.or(first_comma.filter(short))?;
        let first = open.next();
        let word = self.reading.word(first);
        let belongs = self.reading.is_kind(first, TokenKind::Number)
            || word.is(Classes::DETERMINER.and(PARTY))
            || self.reading.is_capitalised(first)
            || self.reading.is_form(first, RELATIVE)
            || (first.index()..comma.index())
                .map(TokenId::from_index)
                .any(|id| self.reading.is(id, Classes::ROLE.and(Classes::PEOPLE)));
        Some((open, belongs))
    }

    /// The noun phrase that ends right before `end`.
    fn phrase_before(self, end: TokenId) -> Option<TokenRange> {
        let mut start = end;
        for _ in 0..REACH {
            let Some(id) = start.prev().filter(|&id| id >= self.sentence.start) else { break };
            if self.is_wall(id) {
                break;
            }
            start = id;
        }
        self.trim(TokenRange { start, end })
    }

    /// Leaves out what stands before the phrase proper: "But", "On Monday", "In a statement".
    fn trim(self, range: TokenRange) -> Option<TokenRange> {
        let TokenRange { mut start, end } = range;
        while start < end {
            let word = self.reading.word(start);
            let name = self.is_name(start);
            let opener = (word.is(Classes::CONJUNCTION.and(Classes::ADVERB))
                && !word.is(Classes::PRONOUN.and(Classes::DETERMINER)))
                || self.is_time(start)
                || self.reading.is_form(start, forms!["and", "or", "&"])
                || word.hash == 0;
            if opener && !name {
                start = start.next();
                continue;
            }
            if word.is(Classes::PREPOSITION) && !name {
                start = self.after_preposition(start, end)?;
                continue;
            }
            break;
        }
        let range = TokenRange { start, end };
        (start < end && self.can_speak(range)).then_some(range)
    }

    /// Where the subject begins in a phrase that opens with a preposition and has no comma: at the
    /// last name, pronoun or determiner that a noun follows.
    fn after_preposition(self, start: TokenId, end: TokenId) -> Option<TokenId> {
        let last = end.prev()?;
        if let Some(entity) = self.entity(last) {
            let mut first = self.reading.range(entity.span).start;
            while let Some(title) = first
                .prev()
                .filter(|&id| id > start && self.reading.is(id, Classes::TITLE.and(Classes::ROLE)))
            {
                first = title;
            }
            return (first > start).then_some(first);
        }
        if self.reading.is(last, Classes::PRONOUN) && last > start {
            return Some(last);
        }
        let ids = (start.next().index()..end.index()).map(TokenId::from_index);
        ids.rev().find(|&id| self.reading.is(id, Classes::DETERMINER))
    }

    /// Whether a phrase holds somebody who can speak: a name, a pronoun, a role, a body.
    fn can_speak(self, range: TokenRange) -> bool {
        range.ids().any(|id| {
            let word = self.reading.word(id);
            self.is_name(id)
                || word.is(PARTY.and(Classes::PRONOUN).and(Classes::NORP))
                || self.reading.is_capitalised(id)
        }) || self.reading.is(range.start, Classes::DETERMINER)
    }

    /// The subject that begins at `start`, after its verb: "said NAME, a lawyer,".
    pub(super) fn subject_after(self, start: TokenId) -> Option<TokenRange> {
        let first = self.reading.word(start);
        let opens = self.is_name(start)
            || first.is(Classes::DETERMINER.and(PARTY))
            || first.is(Classes::PRONOUN)
            || self.reading.is_capitalised(start)
            || self.reading.is_kind(start, TokenKind::Number)
            || self.is_described(start);
        if !opens || self.places.is_quoted(start) || self.is_time(start) {
            return None;
        }
        if first.is(Classes::PRONOUN) && !first.is(Classes::DETERMINER) {
            return Some(TokenRange { start, end: start.next() });
        }
        let mut id = start;
        let mut relative = false;
        for _ in 0..REACH {
            if id >= self.sentence.end || self.places.is_quoted(id) {
                break;
            }
            let written = self.reading.written(id);
            if self.comma(id) {
                let Some(end) = self.apposition_after(id) else { break };
                id = end;
                continue;
            }
            if matches!(written, "." | ";" | ":" | "?" | "!" | "--" | "—" | "–" | "(" | ")") {
                break;
            }
            let word = self.reading.word(id);
            if self.reading.is_form(id, forms!["who", "whose"]) {
                relative = true;
            } else if !relative && id > start && !self.is_name(id) {
                let verb = word.is(VERBS) && !word.is(PARTY) && !self.reading.is_capitalised(id);
                let leaves = self.leaves(id);
                let joins = word.is(Classes::CONJUNCTION)
                    && !self.reading.is_form(id, forms!["and", "&", "or"]);
                let after_and = self.reading.is_form(id, forms!["and", "or"])
                    && !self.is_name(id.next())
                    && !self.reading.is(id.next(), PARTY.and(Classes::DETERMINER));
                if verb || leaves || joins || after_and {
                    break;
                }
            }
            id = id.next();
        }
        (id > start).then_some(TokenRange { start, end: id })
    }

    /// Whether a word or two describe a role or a name: "swimming teacher", "fellow councillor".
    fn is_described(self, start: TokenId) -> bool {
        const OTHER: Classes = VERBS
            .and(Classes::PREPOSITION)
            .and(Classes::CONJUNCTION)
            .and(Classes::ADVERB)
            .and(Classes::NEGATION)
            .and(Classes::CALENDAR);
        let mut words = (start.index()..start.index() + 3).map(TokenId::from_index);
        let party = |id: TokenId| self.is_name(id) || self.reading.is(id, PARTY);
        let plain = |id: TokenId| {
            !party(id) && self.reading.word(id).hash != 0 && !self.reading.is(id, OTHER)
        };
        words.find(|&id| !plain(id)).is_some_and(|id| id < self.sentence.end && party(id))
    }

    /// Whether a preposition or time leads away from the phrase: "on Tuesday", "in a statement",
    /// "during a rally"; not "of the bank", "for the ministry", "in Texas".
    fn leaves(self, id: TokenId) -> bool {
        let next = id.next();
        if self.is_time(id)
            || self.reading.is_form(id, forms!["last", "earlier", "later", "when", "as"])
        {
            return true;
        }
        if !self.reading.is(id, Classes::PREPOSITION) {
            return false;
        }
        if self.reading.is_form(id, forms!["of", "for", "from", "with"]) {
            return self.is_time(next);
        }
        if self.reading.is_form(id, forms!["in", "at", "to"]) {
            return !self.is_name(next) && !self.reading.is_form(next, forms!["the"]);
        }
        true
    }

    /// For the comma after a name: where the apposition or age that it opens ends, on a comma, a
    /// full stop or a mark. `None` when it opens none.
    fn apposition_after(self, comma: TokenId) -> Option<TokenId> {
        let first = comma.next();
        if first >= self.sentence.end || self.places.is_quoted(first) {
            return None;
        }
        let word = self.reading.word(first);
        let opens = self.reading.is_kind(first, TokenKind::Number)
            || word.is(Classes::DETERMINER.and(PARTY))
            || self.is_name(first)
            || self.reading.is_form(first, RELATIVE)
            || (self.reading.is_capitalised(first) && !word.is(Classes::PRONOUN));
        if !opens {
            return None;
        }
        let mut id = first;
        for _ in 0..APPOSITION {
            if id >= self.sentence.end || self.places.is_quoted(id) {
                return Some(id);
            }
            if self.comma(id)
                || matches!(self.reading.written(id), "." | ";" | ":" | "—" | "–" | "--")
            {
                return Some(id);
            }
            id = id.next();
        }
        None
    }
}

/// Words that open a relative clause about a person or body.
pub(super) const RELATIVE: &[u64] = forms!["who", "which", "whom"];

impl Scene<'_> {
    /// Whether an addressee follows a cue: "told reporters".
    pub(super) fn is_addressee(self, cue: &Cue, id: TokenId) -> bool {
        const TAKES_ADDRESSEE: &[&str] = &["tell", "inform", "remind", "assure", "warn", "advise"];
        let opens =
            self.places.region(id) != id.prev().and_then(|before| self.places.region(before));
        TAKES_ADDRESSEE.contains(&cue.lemma)
            && !opens
            && !self.reading.is_kind(id, TokenKind::QuoteMark)
            && !self.reading.is_form(id, forms!["that", "whether", "of", "about"])
            && !matches!(self.reading.written(id), "," | ":")
    }

    /// Where the addressee that begins at `start` ends.
    pub(super) fn addressee_end(self, start: TokenId, end: TokenId) -> TokenId {
        if self.reading.is(start, Classes::PRONOUN) {
            return start.next();
        }
        let mut id = start;
        while id < end {
            let word = self.reading.word(id);
            if let Some(entity) = self.entity(id) {
                id = self.reading.range(entity.span).end;
                if !self.reading.is_kind(id, TokenKind::Clitic) {
                    return id;
                }
            } else if id > start
                && (word.is(Classes::DETERMINER.and(Classes::PRONOUN).and(Classes::PREPOSITION))
                    || self.reading.is_capitalised(id)
                    || word.hash == 0)
            {
                return id;
            } else if word.is(Classes::PEOPLE.and(Classes::ROLE)) {
                return id.next();
            } else {
                id = id.next();
            }
        }
        id
    }
}
