//! The words that times and amounts are made of.
//!
//! In: the letters of one word. Out: a [`Word`], its part in the grammar of numbers, dates and
//! money; [`Word::Other`] for the rest of the language.
//!
//! Algorithm: a hash table built by the compiler from the [word list](super::wordlist). A word of up to sixteen
//! letters is lower-cased into one 128-bit integer, so that a look-up is one multiplication and, as
//! a rule, one comparison. Invariant: no allocation, no look at the word's surroundings. Cost: some
//! ten nanoseconds a word. It does not know names, and it does not settle what a word means where
//! it stands ("may", "second", "march"): the grammars do.

use super::calendar::{DayPart, Season, Unit};
use super::wordlist::{PAST, WORDS};

/// How a verb form places what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Said, went, was: what it governs lies behind.
    Past,
    /// Is, opens, begins.
    Present,
    /// Will, due, scheduled: what it governs lies ahead.
    Future,
    /// Agreed, vowed: past, but an infinitive after it lies ahead.
    Promise,
    /// Has, have: past when a participle follows.
    Have,
    /// Be, been: keeps the tense of what stands before it.
    Be,
}

/// What a word can be in an expression of time or an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A word that no grammar knows.
    Other,
    /// A run of digits.
    Digits,
    /// One ASCII mark; every dash is `-`, every apostrophe `'`, every double quotation mark `"`.
    Mark(u8),
    /// A currency sign; the grammar of amounts reads it.
    Sign,
    /// One character that is a fraction, in quarters: ½ is 2.
    Fraction(u8),
    Number(u8),
    /// A power of ten: hundred, million, crore.
    Scale(u8),
    Dozen,
    Ordinal(u8),
    /// st, nd, rd, th after digits.
    OrdinalEnding,
    Month(u8),
    /// A month's short form, which a period may follow.
    MonthShort(u8),
    /// Monday is 1.
    Weekday(u8),
    WeekdayShort(u8),
    Weekdays(u8),
    Season(Season),
    Unit(Unit),
    Units(Unit),
    /// Daily, weekly.
    Each(Unit),
    Part(DayPart),
    Parts(DayPart),
    Midday,
    Midnight,
    /// The sixties: 6.
    Sixties(u8),
    /// am or pm, whether it is pm.
    Pm(bool),
    /// A time zone, in quarter hours east of Greenwich.
    Zone(i8),
    /// A time zone whose offset the season decides: ET.
    SeasonalZone,
    Today,
    Yesterday,
    Tomorrow,
    Tonight,
    Overnight,
    Now,
    Recently,
    Future,
    The,
    A,
    This,
    That,
    These,
    Last,
    Next,
    Past,
    Previous,
    Following,
    Coming,
    Recent,
    Current,
    Same,
    Latest,
    Every,
    Few,
    Several,
    Couple,
    Many,
    Some,
    More,
    Less,
    Than,
    Least,
    Most,
    Over,
    Up,
    No,
    About,
    Nearly,
    Half,
    Early,
    Late,
    Mid,
    Earlier,
    Later,
    Start,
    Middle,
    End,
    Ago,
    Before,
    After,
    From,
    To,
    Until,
    By,
    Since,
    In,
    At,
    On,
    Of,
    And,
    Or,
    Between,
    During,
    Within,
    For,
    Fiscal,
    Full,
    /// Trading, straight: what may stand between a number and its unit.
    Working,
    Old,
    Long,
    Clock,
    /// A word or code of a currency, or a letter that can stand for one.
    Currency,
    /// The currency or the verb.
    Won,
    /// The first word of a holiday's name.
    Feast,
    /// Pre and post before a year.
    Prefix,
    /// The letter of a quarter: Q3.
    Q,
    /// The letter of a half-year: H1.
    H,
    Percent,
    Points,
    Possessive,
    Verb(Tense),
    /// Words after "to" that show it is no infinitive: his, their, it.
    Pronoun,
}

const SLOTS: usize = 2048;

/// The word's letters in small as one integer, the first letter lowest.
const fn key(letters: &[u8]) -> u128 {
    let mut key = 0;
    let mut at = letters.len();
    while at > 0 {
        at -= 1;
        key = (key << 8) | (letters[at] | 0x20) as u128;
    }
    key
}

/// The same for `length` bytes of `text` from `start` on, if they are ASCII letters, at most
/// sixteen. All sixteen bytes are looked at in a handful of instructions.
fn letters_key(text: &[u8], start: usize, length: usize) -> Option<u128> {
    const ONES: u128 = u128::MAX / 0xff;
    const HIGH: u128 = ONES * 0x80;
    if length == 0 || length > LONGEST {
        return None;
    }
    let raw = match text.get(start..start + LONGEST).and_then(|bytes| bytes.try_into().ok()) {
        Some(bytes) => u128::from_le_bytes(bytes),
        None => text
            .get(start..start + length)?
            .iter()
            .rev()
            .fold(0, |key, &byte| (key << 8) | u128::from(byte)),
    };
    let unused = 8 * (LONGEST - length);
    let mask = u128::MAX >> unused;
    let small = (raw | (ONES * 0x20)) & mask;
    // No byte reaches 0x80, so that no sum carries into its neighbour.
    let plain = small & HIGH == 0;
    let from_a = small.wrapping_add(ONES * (0x80 - 0x61));
    let past_z = small.wrapping_add(ONES * (0x80 - 0x7b));
    let letters = from_a & !past_z & HIGH & mask;
    (plain && letters == HIGH & mask).then_some(small)
}

const fn slot(key: u128) -> usize {
    let folded = (key >> 61) ^ key;
    #[expect(clippy::cast_possible_truncation, reason = "the low half is what is hashed")]
    let product = (folded as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (product >> 53) as usize
}

static KEYS: [u128; WORDS.len()] = {
    let mut keys = [0; WORDS.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = key(WORDS[at].0.as_bytes());
        at += 1;
    }
    keys
};

/// For each slot the number of its word plus one; zero ends a probe.
static TABLE: [u16; SLOTS] = {
    let mut table = [0; SLOTS];
    let mut at = 0;
    while at < WORDS.len() {
        let mut place = slot(key(WORDS[at].0.as_bytes()));
        while table[place] != 0 {
            place = (place + 1) % SLOTS;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the list is shorter than the table")]
        let number = at as u16 + 1;
        table[place] = number;
        at += 1;
    }
    table
};

/// Longest word that is looked up, in bytes.
const LONGEST: usize = 16;

/// The part that `length` bytes of `text` from `start` on play, at whatever capitals; nothing if
/// they are not all ASCII letters or too many.
pub(super) fn classify(text: &[u8], start: usize, length: usize) -> Option<Word> {
    let key = letters_key(text, start, length)?;
    let mut place = slot(key);
    while let Some(&number) = TABLE.get(place)
        && number != 0
    {
        let index = usize::from(number) - 1;
        if KEYS.get(index) == Some(&key) {
            return WORDS.get(index).map(|entry| entry.1);
        }
        place = (place + 1) % SLOTS;
    }
    // The last three letters: "speed" and "need" are no pasts.
    let tail = key >> (8 * length.saturating_sub(3));
    let past = length > 4 && tail >> 8 == 0x6465 && tail & 0xff != 0x65;
    Some(if past { PAST } else { Word::Other })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Word::Other;

    fn word(name: &str) -> Option<Word> {
        // Behind and before other text, and at the very end of it.
        let text = format!("é, {name}, and seventeen letters behind it");
        let inside = classify(text.as_bytes(), 4, name.len());
        assert_eq!(classify(name.as_bytes(), 0, name.len()), inside, "{name}");
        inside
    }

    #[test]
    fn every_listed_word_is_found_at_any_case() {
        for (name, part) in WORDS {
            assert_eq!(word(name), Some(*part), "{name}");
            assert_eq!(word(&name.to_uppercase()), Some(*part), "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let mut names: Vec<_> = WORDS.iter().map(|entry| entry.0).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn other_words_are_other() {
        for name in ["x", "tuesdayish", "constitutionally"] {
            assert_eq!(word(name), Some(Other), "{name}");
        }
        assert_eq!(word("launched"), Some(PAST), "a regular past");
        assert_eq!(word("shred"), Some(PAST), "the price of the rule");
        assert_eq!(word("red"), Some(Other), "too short for a past");
        assert_eq!(word("speed"), Some(Other));
        for name in ["", "constitutionallyx", "it's", "mid-1990s", "né", "{zz", "`aa", "@"] {
            assert_eq!(word(name), None, "{name}");
        }
    }
}
