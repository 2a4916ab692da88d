//! What the language data says about words.
//!
//! In: the [`hash`](hash::fold) of a lower-cased word or of a phrase's words. Out: an [`Entry`]: the
//! word's classes and a small value (a cue's number, a country's code).
//!
//! The table is one block of bytes inside the binary, made by `pullquote-train generate` from the
//! readable lists and used in place: nothing is parsed or copied at start. It is open-addressed with
//! linear probing; a key is 32 bits of the hash, so an unknown word passes for a known one about
//! once in four thousand million probes. Phrases are keyed by the fold of their words' hashes, and
//! each beginning of one carries [`Classes::PHRASE_START`], so a search ends at the first word that
//! leads nowhere.
//!
//! Invariant: at least a quarter of the slots is empty, so a probe ends. Cost: one or two cache
//! lines a look-up.

pub(crate) mod abbreviations;
pub mod cues;
pub mod hash;

use crate::code::Country;

/// Bytes of one slot: key, classes, value.
pub const SLOT: usize = 12;
/// Bytes before the first slot: magic, version, number of slots.
pub const HEADER: usize = 12;
/// The first bytes of a table.
pub const MAGIC: [u8; 4] = *b"PQLX";
/// The layout this crate reads.
pub const VERSION: u32 = 1;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Classes(pub u32);

/// Names the single classes and lists them for the generator.
macro_rules! classes {
    ($($(#[$meta:meta])* $name:ident = $bit:literal;)*) => {
        impl Classes {
            $($(#[$meta])* pub const $name: Self = Self(1 << $bit);)*
        }
    };
}

classes! {
    /// Stands before a person's name: mr, president, coach.
    TITLE = 0;
    /// Heads a person's role: minister, spokeswoman.
    ROLE = 1;
    /// A plural role or a noun for several people: ministers, officials, police.
    PEOPLE = 2;
    /// A noun that speaks as an institution: government, company, court.
    BODY = 3;
    /// A text that speaks: report, statement, study.
    WRITING = 4;
    /// A forename.
    GIVEN = 5;
    /// A surname.
    SURNAME = 6;
    /// A city, region, river.
    PLACE = 7;
    /// A country.
    COUNTRY = 8;
    /// A nationality, religion, people or party adherent.
    NORP = 9;
    /// A known organisation.
    ORG = 10;
    /// A word that heads or ends an organisation's name.
    ORG_HEAD = 11;
    /// A word that heads a building's name.
    FAC_HEAD = 12;
    /// A word that heads a place's name.
    LOC_HEAD = 13;
    /// A known event, work, law, disease, award.
    MISC = 14;
    /// A known product.
    PRODUCT = 15;
    /// A verb that can bring in what somebody said or thinks.
    CUE_VERB = 16;
    /// A noun that can.
    CUE_NOUN = 17;
    /// A pronoun.
    PRONOUN = 18;
    /// the, a, this, his, several.
    DETERMINER = 19;
    /// A preposition.
    PREPOSITION = 20;
    /// A conjunction.
    CONJUNCTION = 21;
    /// be, have, do and the modal verbs.
    AUXILIARY = 22;
    /// not, never, n't.
    NEGATION = 23;
    /// An adverb that stands inside a verb group.
    ADVERB = 24;
    /// A common finite verb that is no cue.
    VERB = 25;
    /// A month or a weekday.
    CALENDAR = 26;
    /// Also an ordinary word: will, mark, rose.
    COMMON = 27;
    /// Masculine.
    MASCULINE = 28;
    /// Feminine.
    FEMININE = 29;
    /// Plural.
    PLURAL = 30;
    /// The beginning of a phrase in the table: its first word, its first two.
    PHRASE_START = 31;
}

impl Classes {
    /// Whether any class of `other` is in the set.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The part of a value that is the number of the word's cue, counted from one.
pub const CUE: u32 = 0x7FFF;
/// The bit of a value that says that a phrase which is a cue begins with the word: "according".
pub const BEGINS_CUE: u32 = 0x8000;
/// The part of a value that holds the two letters of the word's country.
pub const COUNTRY: u32 = 0xFFFF_0000;

/// What the table holds of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its classes.
    pub classes: Classes,
    /// [`CUE`], [`BEGINS_CUE`] and [`COUNTRY`] together.
    pub value: u32,
}

impl Entry {
    /// The country of a place or demonym.
    pub fn country(self) -> Option<Country> {
        let [_, _, first, second] = self.value.to_le_bytes();
        Country::new(&[first, second])
    }

    /// The cue that the word is a form of.
    pub fn cue(self) -> Option<&'static cues::Cue> {
        let number = usize::try_from(self.value & CUE).ok()?;
        cues::all().get(number.checked_sub(1)?)
    }
}

/// The embedded word table.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon {
    slots: &'static [[u8; SLOT]],
}

impl Lexicon {
    /// The table inside the binary. One without a good header reads as empty, which the data
    /// crate's tests rule out.
    pub fn embedded() -> Self {
        Self::read(pullquote_data::LEXICON).unwrap_or(Self { slots: &[] })
    }

    /// Reads a table: header, a power of two of slots.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let (header, slots) = bytes.split_at_checked(HEADER)?;
        let (magic, version) = (header.get(..4)?, header.get(4..8)?);
        let (slots, rest) = slots.as_chunks::<SLOT>();
        let good = magic == MAGIC
            && version == VERSION.to_le_bytes()
            && !slots.is_empty()
            && rest.is_empty();
        good.then_some(Self { slots })
    }

    /// What is known of the word or phrase with this hash; an empty entry when nothing is.
    pub fn get(self, hash: u64) -> Entry {
        let key = key(hash);
        let mut at = slot(hash, self.slots.len());
        for _ in 0..self.slots.len() {
            let Some(&[k0, k1, k2, k3, c0, c1, c2, c3, v0, v1, v2, v3]) = self.slots.get(at) else {
                break;
            };
            let found = u32::from_le_bytes([k0, k1, k2, k3]);
            if found == key {
                let classes = Classes(u32::from_le_bytes([c0, c1, c2, c3]));
                return Entry { classes, value: u32::from_le_bytes([v0, v1, v2, v3]) };
            }
            if found == 0 {
                break;
            }
            at += 1;
            if at == self.slots.len() {
                at = 0;
            }
        }
        Entry::default()
    }

    /// The longest phrase that begins with a word and goes on with those after it, among those that
    /// `counts`: what is known of it and how many words follow its first. `first` is the word's
    /// entry, so that words that begin no phrase cost nothing. One look-up a word of a phrase begun.
    pub(crate) fn longest(
        self,
        (first, mut hash): (Classes, u64),
        rest: impl IntoIterator<Item = u64>,
        counts: impl Fn(Entry) -> bool,
    ) -> Option<(Entry, usize)> {
        let mut goes_on = first;
        let mut found = None;
        for (number, next) in (1..).zip(rest) {
            if !goes_on.any(Classes::PHRASE_START) {
                break;
            }
            hash = hash::join(hash, next);
            let entry = self.get(hash);
            goes_on = entry.classes;
            let entry = Entry { classes: Classes(goes_on.0 & !Classes::PHRASE_START.0), ..entry };
            if counts(entry) {
                found = Some((entry, number));
            }
        }
        found
    }
}

/// The part of a hash that a slot stores; never zero, which marks an empty slot.
pub fn key(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

/// The slot at which the search for a hash begins: the low half of the hash as a fraction of the
/// table's length, which need not be a power of two.
pub fn slot(hash: u64, slots: usize) -> usize {
    let place = (hash & u64::from(u32::MAX)).saturating_mul(slots as u64) >> 32;
    usize::try_from(place).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_whole() {
        let lexicon = Lexicon::read(pullquote_data::LEXICON).unwrap();
        let full = lexicon.slots.iter().filter(|slot| slot[..4] != [0; 4]).count();
        assert!(full * 4 <= lexicon.slots.len() * 3, "{full} of {} slots", lexicon.slots.len());
    }

    #[test]
    fn knows_words_phrases_and_nothing_else() {
        let lexicon = Lexicon::embedded();
        let minister = lexicon.get(hash::fold("Minister"));
        assert!(minister.classes.any(Classes::ROLE));
        let said = lexicon.get(hash::fold("said"));
        assert_eq!(said.cue().map(|cue| cue.lemma), Some("say"));
        let phrase = hash::phrase(["prime", "minister"].map(hash::fold));
        assert!(lexicon.get(phrase).classes.any(Classes::TITLE));
        assert_eq!(lexicon.get(hash::fold("qwzzk")), Entry::default());
    }

    #[test]
    fn a_foreign_table_is_refused() {
        assert!(Lexicon::read(b"PQLX").is_none());
        assert!(Lexicon::read(&[0; HEADER + SLOT]).is_none());
    }
}
