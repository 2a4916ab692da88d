//! Abbreviations and the words that open sentences, looked up by their bytes.
//!
//! In: a word as it stands in the text. Out: its class, or whether it opens sentences.
//!
//! A word of up to sixteen bytes is packed, in small letters, into one integer; the tables are
//! open-addressed on it and built by the compiler, so loading costs nothing and a look-up is one
//! multiplication and mostly one comparison. Longer words are in neither table.

pub(crate) use pullquote_data::Abbreviation;
use pullquote_data::{ABBREVIATIONS, OPENERS};

/// The class of `word`, an abbreviation without its last full stop.
pub(crate) fn abbreviation(word: &[u8]) -> Option<Abbreviation> {
    let (class, capital) = ABBREVIATION_TABLE.get(key(word)?)?;
    let fits = !capital || word.first().is_some_and(u8::is_ascii_uppercase);
    fits.then_some(class)
}

/// Whether `word`, when capitalised, opens a sentence far more often than it stands in a name.
pub(crate) fn opens_sentence(word: &[u8]) -> bool {
    key(word).is_some_and(|key| OPENER_TABLE.get(key).is_some())
}

/// Whether the form is listed with a capital, and its class.
type Entry = (Abbreviation, bool);

static ABBREVIATION_TABLE: WordTable<Entry, 1024> = {
    let mut table = WordTable::new((Abbreviation::Title, false));
    let mut row = 0;
    while row < ABBREVIATIONS.len() {
        let (form, class) = ABBREVIATIONS[row];
        let form = form.as_bytes();
        table.insert(form, (class, form[0].is_ascii_uppercase()));
        row += 1;
    }
    table
};

static OPENER_TABLE: WordTable<(), 512> = {
    let mut table = WordTable::new(());
    let mut row = 0;
    while row < OPENERS.len() {
        table.insert(OPENERS[row].as_bytes(), ());
        row += 1;
    }
    table
};

/// The word's bytes in small letters as one number; `None` when it is empty or too long.
const fn key(word: &[u8]) -> Option<u128> {
    if word.is_empty() || word.len() > 16 {
        return None;
    }
    let mut key = 0;
    let mut at = 0;
    while at < word.len() {
        key = key << 8 | word[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    Some(key)
}

/// A fixed hash table; `SLOTS` is a power of two, at least twice the number of words, and zero
/// marks a free slot, which no word packs to.
struct WordTable<V, const SLOTS: usize> {
    keys: [u128; SLOTS],
    values: [V; SLOTS],
}

impl<V: Copy, const SLOTS: usize> WordTable<V, SLOTS> {
    const fn new(filler: V) -> Self {
        Self { keys: [0; SLOTS], values: [filler; SLOTS] }
    }

    /// Where the search for a key begins: the high bits of a product, which depend on all others.
    #[expect(clippy::cast_possible_truncation, reason = "the hash is folded on purpose")]
    const fn home(key: u128) -> usize {
        let folded = key as u64 ^ ((key >> 64) as u64).rotate_left(29);
        let product = folded.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (product >> (64 - SLOTS.trailing_zeros())) as usize
    }

    /// Adds a word; the compiler stops at an empty, overlong or repeated one.
    const fn insert(&mut self, word: &[u8], value: V) {
        let Some(key) = key(word) else { panic!("a word that cannot be packed") };
        let mut slot = Self::home(key);
        while self.keys[slot] != 0 {
            assert!(self.keys[slot] != key, "a word stands twice");
            slot = (slot + 1) % SLOTS;
        }
        self.keys[slot] = key;
        self.values[slot] = value;
    }

    fn get(&self, key: u128) -> Option<V> {
        let mut slot = Self::home(key);
        while self.keys[slot] != 0 {
            if self.keys[slot] == key {
                return Some(self.values[slot]);
            }
            slot = (slot + 1) % SLOTS;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_form_is_found_with_its_class() {
        for &(form, class) in ABBREVIATIONS {
            assert_eq!(abbreviation(form.as_bytes()), Some(class), "{form}");
            assert_eq!(abbreviation(form.to_uppercase().as_bytes()), Some(class), "{form}");
        }
        assert!(OPENERS.iter().all(|word| opens_sentence(word.as_bytes())));
    }

    #[test]
    fn a_capitalised_form_does_not_stand_for_the_small_word() {
        assert_eq!(abbreviation(b"Ill"), Some(Abbreviation::State));
        assert_eq!(abbreviation(b"ill"), None);
        assert_eq!(abbreviation(b"ETC"), Some(Abbreviation::List));
    }

    #[test]
    fn unlisted_empty_and_overlong_words_are_not_found() {
        assert_eq!(abbreviation(b"harbour"), None);
        assert_eq!(abbreviation(b""), None);
        assert!(!opens_sentence(b"counterintuitively"));
        assert!(!opens_sentence(b"Adeyemi"));
    }
}
