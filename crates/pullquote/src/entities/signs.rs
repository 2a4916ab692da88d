//! Signs: what the words around a capitalised run say of it.
//!
//! In: a run of tokens and its sentence. Out: [`Signs`], a set of bits such as "after a title", "the
//! town of", "a local newspaper" in apposition.
//!
//! Cost: a look at the run's words, two tokens before it and up to nine after it. It does not attempt
//! grammar: an apposition is a comma and the words up to the next mark or small word.

use super::evidence::is_function;
use crate::lexicon::Classes;
use crate::tokens::{Shape, Token, TokenKind};
use crate::words::Word;

/// What stands in or around a run, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(pub u32);

impl Signs {
    /// After a title or a role.
    pub const TITLED: u32 = 1;
    /// Beside a verb of saying.
    pub const SPEAKS: u32 = 1 << 1;
    /// Its first word is a forename.
    pub const GIVEN: u32 = 1 << 2;
    /// Its last word is a surname.
    pub const SURNAME: u32 = 1 << 3;
    /// A word of it heads organisations.
    pub const ORG_HEAD: u32 = 1 << 4;
    /// Its last word heads buildings.
    pub const FAC_HEAD: u32 = 1 << 5;
    /// Its first or last word heads places.
    pub const LOC_HEAD: u32 = 1 << 6;
    /// After "the".
    pub const THE: u32 = 1 << 7;
    /// After "in".
    pub const IN: u32 = 1 << 8;
    /// Before a possessive 's.
    pub const OWNS: u32 = 1 << 9;
    /// Before a comma and a known place.
    pub const IN_PLACE: u32 = 1 << 10;
    /// Before ", who", or a comma and a number: an age.
    pub const AGED: u32 = 1 << 11;
    /// Before a bracket with an acronym.
    pub const SPELLED: u32 = 1 << 12;
    /// In brackets.
    pub const BRACKETED: u32 = 1 << 13;
    /// Of several words.
    pub const LONG: u32 = 1 << 14;
    /// Before a plural or singular noun in small letters.
    pub const MODIFIES: u32 = 1 << 15;
    /// After "of".
    pub const OF: u32 = 1 << 16;
    /// Before "of".
    pub const OF_AFTER: u32 = 1 << 17;
    /// After a comma or "and" that follows another run.
    pub const LISTED: u32 = 1 << 18;
    /// After "at", "from" or "near".
    pub const AT: u32 = 1 << 19;
    /// After "by", "with" or "told".
    pub const BY: u32 = 1 << 20;
    /// Beside a noun for a body in small letters: "the rights group X", "the X party".
    pub const BODY: u32 = 1 << 21;
    /// Beside a noun for a place in small letters: "the town of X", "X province".
    pub const REGION: u32 = 1 << 22;
    /// Before a comma and words that say who the person is: ", a teacher".
    pub const IS_ROLE: u32 = 1 << 23;
    /// Before a comma and words that say what body it is: ", a local newspaper".
    pub const IS_BODY: u32 = 1 << 24;
    /// Between quotation marks.
    pub const QUOTED: u32 = 1 << 25;
}

/// What stands in and around a run of these tokens in a sentence of these; `run_of` gives the run of
/// each token before it. Constant time for a run of a few words.
pub(super) fn signs(
    text: &str,
    rows: &[Token],
    words: &[Word],
    run_of: &[u32],
    sentence: std::ops::Range<usize>,
    run: std::ops::Range<usize>,
) -> Signs {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let inside = |at: usize| at >= sentence.start && at < sentence.end;
    let show = |at: usize| rows.get(at).map_or("", |token| token.span.of(text));
    let mut signs = 0;
    let mut set = |sign: u32, when: bool| signs |= if when { sign } else { 0 };
    let (first, last) = (word(run.start), word(run.end - 1));
    let titles = Classes::TITLE.and(Classes::ROLE);
    set(Signs::TITLED, run.len() > 1 && first.is(titles));
    set(Signs::GIVEN, first.is(Classes::GIVEN));
    set(Signs::SURNAME, last.is(Classes::SURNAME));
    set(Signs::FAC_HEAD, last.is(Classes::FAC_HEAD));
    set(Signs::LOC_HEAD, first.is(Classes::LOC_HEAD) || last.is(Classes::LOC_HEAD));
    set(Signs::ORG_HEAD, run.clone().any(|at| word(at).is(Classes::ORG_HEAD)));
    set(Signs::LONG, run.len() > 1);
    if run.start > sentence.start {
        let before = run.start - 1;
        set(Signs::TITLED, word(before).is(titles));
        set(Signs::SPEAKS, word(before).is(Classes::CUE_VERB));
        match show(before) {
            "the" | "The" => set(Signs::THE, true),
            "in" | "In" => set(Signs::IN, true),
            "of" => set(Signs::OF, true),
            "at" | "from" | "near" | "At" | "From" => set(Signs::AT, true),
            "by" | "with" | "told" | "By" => set(Signs::BY, true),
            "(" => set(Signs::BRACKETED, true),
            "," | "and" => {
                set(Signs::LISTED, before > sentence.start && run_of[before - 1] != 0);
            }
            _ => {}
        }
    }
    if inside(run.end) {
        let after = word(run.end);
        set(Signs::SPEAKS, after.is(Classes::CUE_VERB));
        let next = run.end + 1;
        match show(run.end) {
            "'s" | "’s" | "'" | "’" => set(Signs::OWNS, true),
            "of" => set(Signs::OF_AFTER, true),
            "(" if inside(next) => {
                set(Signs::SPELLED, rows[next].shape == Shape::Upper);
            }
            "," if inside(next) => {
                set(Signs::IN_PLACE, word(next).is(Classes::PLACE.and(Classes::COUNTRY)));
                set(Signs::AGED, show(next) == "who" || rows[next].kind == TokenKind::Number);
                let head = apposed(rows, words, next..sentence.end);
                set(Signs::IS_ROLE, head.is(Classes::ROLE.and(Classes::PEOPLE)));
                set(Signs::IS_BODY, head.is(Classes::BODY));
            }
            _ => set(
                Signs::MODIFIES,
                rows[run.end].shape == Shape::Lower
                    && !is_function(&after)
                    && !after.is(Classes::VERB.and(Classes::CUE_VERB)),
            ),
        }
    }
    // The small words on either side, past an opening quotation mark and "of".
    let small = |at: usize| inside(at) && rows[at].shape == Shape::Lower;
    let mut before = run.start.checked_sub(1).filter(|&at| inside(at));
    if let Some(at) = before.filter(|&at| rows[at].kind == TokenKind::QuoteMark) {
        set(Signs::QUOTED, inside(run.end) && rows[run.end].kind == TokenKind::QuoteMark);
        before = at.checked_sub(1).filter(|&at| inside(at));
    }
    let of = before.filter(|&at| show(at) == "of").and_then(|at| at.checked_sub(1));
    set(Signs::REGION, of.is_some_and(|at| small(at) && is_region(show(at))));
    set(Signs::BODY, before.is_some_and(|at| small(at) && word(at).is(Classes::BODY)));
    if small(run.end) {
        set(Signs::BODY, word(run.end).is(Classes::BODY));
        set(Signs::REGION, is_region(show(run.end)));
    }
    Signs(signs)
}

/// Whether a noun says that a place has the name beside it.
fn is_region(noun: &str) -> bool {
    matches!(
        noun,
        "city"
            | "town"
            | "village"
            | "province"
            | "district"
            | "region"
            | "state"
            | "county"
            | "island"
            | "islands"
            | "river"
            | "lake"
            | "mountain"
            | "mountains"
            | "capital"
            | "area"
            | "municipality"
            | "suburb"
            | "port"
            | "peninsula"
            | "valley"
            | "coast"
            | "department"
            | "prefecture"
            | "neighbourhood"
            | "neighborhood"
            | "republic"
            | "border"
            | "desert"
            | "sea"
            | "strait"
            | "forest"
            | "locality"
            | "commune"
    )
}

/// The noun that heads the words in apposition which begin at the start of a range: the last small
/// word before a mark, a preposition or a verb.
fn apposed(rows: &[Token], words: &[Word], range: std::ops::Range<usize>) -> Word {
    /// As many words are read.
    const REACH: usize = 7;
    let mut head = Word::default();
    for at in range.take(REACH) {
        let (Some(token), Some(word)) = (rows.get(at), words.get(at)) else { break };
        let ends = Classes::PREPOSITION
            .and(Classes::CONJUNCTION)
            .and(Classes::AUXILIARY)
            .and(Classes::PRONOUN)
            .and(Classes::CUE_VERB);
        match token.kind {
            TokenKind::Word if word.is(Classes::DETERMINER) => {}
            TokenKind::Word if word.is(ends) => break,
            TokenKind::Word => {
                if token.shape == Shape::Lower {
                    head = *word;
                }
            }
            TokenKind::Clitic | TokenKind::Number => {}
            _ => break,
        }
    }
    head
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::gather;
    use super::*;

    #[test]
    fn what_stands_beside_a_run_says_what_it_is() {
        let sign = |text: &str, sign: u32| {
            let (found, runs) = gather(text);
            let brell = runs.iter().position(|run| run.contains("Brell")).unwrap();
            found.runs[brell].signs.0 & sign != 0
        };
        for (text, want) in [
            ("We asked Brell, a young teacher from here, about it.", Signs::IS_ROLE),
            ("We asked Brell, a large company in the north, about it.", Signs::IS_BODY),
            ("They asked the company “Brell” about it.", Signs::BODY | Signs::QUOTED),
            ("They came to the town of Brell by train.", Signs::REGION),
            ("They came to Brell district by train.", Signs::REGION),
        ] {
            assert!(sign(text, want), "{text}");
        }
        let plain = "We saw Brell, and the company of others knows.";
        assert!(!sign(plain, Signs::IS_ROLE | Signs::IS_BODY | Signs::BODY | Signs::REGION));
    }
}
