//! Cues: the verb groups that bring in what somebody said.
//!
//! In: the words and the regions between quotation marks. Out: the [`CueGroup`]s of a sentence, in
//! order: the verb with its auxiliaries, negation and adverbs ("has repeatedly said", "did not
//! say", "declined to comment"), or a phrase ("according to").
//!
//! A word that can be a cue is left out inside quotation marks, after a determiner or a possessive
//! ("the report", "his claims": a noun), and as the participle of a passive ("was told").
//! Cost: one pass over the sentence's tokens.

use super::Polarity;
use super::regions::Places;
use crate::index::Id;
use crate::lexicon::Classes;
use crate::lexicon::cues::{Cue, Part};
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};

/// How a cue stands in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CueForm {
    /// A finite verb with its subject beside it.
    Finite,
    /// "..., saying": the subject of the clause before speaks.
    Participle,
    /// "according to": the source follows.
    Preposition,
}

/// A cue in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueGroup {
    /// The whole group.
    pub(super) range: TokenRange,
    /// The word that carries the meaning.
    pub(super) cue: &'static Cue,
    pub(super) form: CueForm,
    pub(super) polarity: Polarity,
}

/// Words between an auxiliary and "to" in "has to", "is to" keep a group together.
const GROUP: Classes = Classes::AUXILIARY.and(Classes::NEGATION).and(Classes::ADVERB);
/// Words in the longest phrase that is a cue: "had the following to say".
const PHRASE: usize = 5;
/// What stands before a noun.
const BEFORE_NOUN: Classes = Classes::DETERMINER.and(Classes::PREPOSITION);

/// The cues of a sentence, in order.
pub(super) fn find(
    reading: Reading<'_>,
    places: &Places,
    sentence: TokenRange,
    headline: bool,
) -> Vec<CueGroup> {
    let mut groups: Vec<CueGroup> = Vec::new();
    for id in sentence.ids() {
        let word = reading.word(id);
        let begins = word.begins_cue();
        if !(begins || word.is(Classes::CUE_VERB))
            || places.is_quoted(id)
            || groups.last().is_some_and(|group| id < group.range.end)
        {
            continue;
        }
        // A capital begins a name.
        let name = || id > sentence.start && !headline && reading.is_capitalised(id);
        let long = TokenId::from_index(id.index() + PHRASE).min(sentence.end);
        let group = if begins && !name() { phrase(reading, id, long) } else { None };
        if let Some(group) = group {
            groups.push(group);
        } else if word.is(Classes::CUE_VERB)
            && let Some(group) = verb(reading, places, id, sentence, headline)
        {
            groups.push(group);
        }
    }
    groups
}

/// A cue of several words: "according to".
fn phrase(reading: Reading<'_>, start: TokenId, end: TokenId) -> Option<CueGroup> {
    let (entry, end) = reading.phrase(start, end)?;
    let cue = entry.cue()?;
    let form = match cue.class {
        super::CueClass::Evidential => CueForm::Preposition,
        _ if cue.part == Part::Noun => return None,
        _ => CueForm::Finite,
    };
    let polarity = cue.polarity;
    Some(CueGroup { range: TokenRange { start, end }, cue, form, polarity })
}

/// Whether a verb is mostly one of saying and no noun as well: in a headline each word has a
/// capital, and "Claims" or "States" may be either.
fn only_verb(reading: Reading<'_>, id: TokenId) -> bool {
    let word = reading.word(id);
    let common = word.cue().is_some_and(|cue| cue.speech && cue.share >= 60);
    common && !word.is(Classes::CUE_NOUN)
}

/// The group around a verb that can be a cue.
fn verb(
    reading: Reading<'_>,
    places: &Places,
    id: TokenId,
    sentence: TokenRange,
    headline: bool,
) -> Option<CueGroup> {
    let cue = reading.word(id).cue()?;
    if id > sentence.start && reading.is_capitalised(id) && !(headline && only_verb(reading, id)) {
        return None;
    }
    let inside = |id: &TokenId| *id >= sentence.start && !places.is_quoted(*id);
    let before = id.prev().filter(inside);
    let bare = !reading.written(id).ends_with("ed") && !reading.written(id).ends_with("ing");
    if let Some(before) = before {
        let word = reading.word(before);
        let noun = word.is(BEFORE_NOUN) && !word.is(Classes::ADVERB.and(Classes::PRONOUN));
        let possessed = reading.is_kind(before, TokenKind::Clitic)
            || reading.is_form(before, forms!["his", "her", "their", "its", "my", "our", "your"]);
        let infinitive = reading.is_form(before, forms!["to"]);
        if (noun && !infinitive) || (possessed && bare) {
            return None;
        }
    }
    let mut polarity = cue.polarity;
    let mut start = id;
    let mut passive = false;
    let mut participle = reading.written(id).ends_with("ing");
    let mut at = before;
    while let Some(id) = at {
        let word = reading.word(id);
        if reading.is_form(id, forms!["to"]) {
            // "declined to say", "went on to say": the verb before governs the cue.
            let Some(governor) = governor(reading, id, sentence) else { break };
            start = governor.start;
            if governor.declines {
                polarity = Polarity::Declined;
            }
            at = start.prev().filter(inside);
            continue;
        }
        if !word.is(GROUP) || reading.is_kind(id, TokenKind::Punctuation) {
            break;
        }
        if word.is(Classes::NEGATION) {
            polarity = Polarity::Denied;
        }
        let be = forms!["is", "are", "was", "were", "be", "been", "being", "'s", "'re"];
        if reading.is_form(id, be) {
            passive |= !participle && !reading.written(id).ends_with("ing");
            participle = false;
        }
        if word.is(Classes::AUXILIARY) {
            participle = false;
        }
        start = id;
        at = id.prev().filter(inside);
    }
    if passive && !reading.written(id).ends_with("ing") {
        return None;
    }
    // An adverb that opens the sentence or the clause is not part of the group.
    while start < id && reading.is(start, Classes::ADVERB) && !reading.is(start, Classes::AUXILIARY)
    {
        let opens = start
            .prev()
            .is_none_or(|before| before < sentence.start || reading.written(before) == ",");
        if !opens {
            break;
        }
        start = start.next();
    }
    let form = if participle { CueForm::Participle } else { CueForm::Finite };
    Some(CueGroup { range: TokenRange { start, end: id.next() }, cue, form, polarity })
}

/// A verb that stands before "to" and a cue.
struct Governor {
    start: TokenId,
    declines: bool,
}

/// "declined to", "refused to", "went on to", "continued to".
fn governor(reading: Reading<'_>, to: TokenId, sentence: TokenRange) -> Option<Governor> {
    let verb = to.prev().filter(|&id| id >= sentence.start)?;
    let declines =
        forms!["decline", "declines", "declined", "refuse", "refuses", "refused", "declining"];
    if reading.is_form(verb, declines) {
        return Some(Governor { start: verb, declines: true });
    }
    let goes =
        forms!["continued", "continues", "proceeded", "began", "has", "have", "had", "sought"];
    if reading.is_form(verb, goes) {
        return Some(Governor { start: verb, declines: false });
    }
    let went = verb.prev().filter(|&id| id >= sentence.start)?;
    (reading.is_form(verb, forms!["on"])
        && reading.is_form(went, forms!["went", "goes", "go", "gone"]))
    .then_some(Governor { start: went, declines: false })
}
