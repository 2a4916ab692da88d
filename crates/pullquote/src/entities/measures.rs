//! Times and amounts: what has a value to calculate with.
//!
//! In: text, tokens, sentences and the document date. Out: DATE, TIME, DURATION, SET, MONEY and
//! PERCENT entities, sorted and disjoint, with their normalised values.
//!
//! Algorithm: each sentence is cut into [pieces] once; the grammars of
//! [times] read it, and those of [amounts] where a currency or a
//! percentage can stand in it. Where both claim a stretch, the longer one wins.
//!
//! Cost: linear in the text; the buffers hold one sentence, or a stretch of a longer one.

use super::pieces::{self, Piece, Pieces};
use super::times::Memory;
use super::{Entity, amounts, times};
use crate::layout::DocumentDate;
use crate::sentences::Sentences;
use crate::tokens::Tokens;

/// Tokens read at a time; a longer sentence is read in stretches, which bounds the buffers.
const STRETCH: usize = 4096;

/// The times and amounts of a text.
pub(crate) fn find(
    text: &str,
    tokens: &Tokens,
    sentences: &Sentences,
    date: Option<DocumentDate>,
) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut priced = Vec::new();
    let mut rows: Vec<Piece> = Vec::new();
    let mut memory = Memory::new(date.map(|found| found.date));
    let sterling = memchr::memmem::find(text.as_bytes(), "£".as_bytes()).is_some();
    for (id, _) in sentences.iter() {
        let sentence = tokens.rows().get(tokens.of_sentence(id).indices()).unwrap_or_default();
        memory.begin_sentence();
        for stretch in sentence.chunks(STRETCH) {
            rows.clear();
            pieces::cut(text, stretch, &mut rows);
            let pieces = Pieces { text, rows: &rows };
            times::read(pieces, &mut memory, &mut found);
            if rows.iter().any(amounts::triggers) {
                amounts::read(pieces, sterling, &mut priced);
            }
        }
    }
    merge(found, priced)
}

/// Joins two sorted lists; of two entities that overlap the longer stays, the first where both are
/// equally long.
fn merge(times: Vec<Entity>, amounts: Vec<Entity>) -> Vec<Entity> {
    let mut all: Vec<Entity> = Vec::with_capacity(times.len() + amounts.len());
    let (mut times, mut amounts) = (times.into_iter().peekable(), amounts.into_iter().peekable());
    loop {
        let next = match (times.peek(), amounts.peek()) {
            (Some(time), Some(amount)) if amount.span < time.span => amounts.next(),
            (Some(_), _) => times.next(),
            (None, _) => amounts.next(),
        };
        let Some(next) = next else { return all };
        match all.last_mut() {
            Some(last) if last.span.overlaps(next.span) => {
                if next.span.len() > last.span.len() {
                    *last = next;
                }
            }
            _ => all.push(next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::wordlist::WORDS;
    use crate::layout::DateOrigin;
    use crate::span::Spanned;
    use crate::{layout, sentences, tokens};
    use jiff::civil::{Date, date};

    fn found(text: &str, date: Option<Date>) -> Vec<Entity> {
        let layout = layout::read(text, None, None);
        let sentences = sentences::split(text, &layout);
        let tokens = tokens::split(text, &sentences);
        let date = date.map(|date| DocumentDate { date, origin: DateOrigin::Given });
        find(text, &tokens, &sentences, date)
    }

    /// The grammars' own words in every order are what breaks grammars.
    #[test]
    fn any_mix_of_the_words_gives_entities_in_order() {
        let marks = [
            "-",
            ",",
            ".",
            "'",
            "$",
            "%",
            "/",
            ":",
            "(",
            "9",
            "31",
            "2024",
            "1999",
            "00",
            "12345678901",
            "999999999",
            "½",
            "€",
            "s",
            "th",
            "é",
            "New",
            "bn",
            "p",
            "o",
            "\u{a0}",
        ];
        let dates = [None, Some(date(2026, 3, 4)), Some(Date::MIN), Some(Date::MAX)];
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(state >> 33).unwrap_or_default() % below
        };
        for round in 0..20_000 {
            let mut text = String::new();
            for _ in 0..=random(12) {
                let word = match random(3) {
                    0 => marks[random(marks.len())],
                    _ => WORDS[random(WORDS.len())].0,
                };
                match random(3) {
                    0 => text.push_str(&word.to_uppercase()),
                    1 => text.extend(
                        word.chars()
                            .take(1)
                            .flat_map(char::to_uppercase)
                            .chain(word.chars().skip(1)),
                    ),
                    _ => text.push_str(word),
                }
                if random(4) > 0 {
                    text.push(' ');
                }
            }
            let mut end = 0;
            for entity in found(&text, dates[round % dates.len()]) {
                let span = entity.span();
                assert!(end <= span.start() && !span.is_empty(), "{text}");
                assert!(!span.of(&text).is_empty(), "{text}");
                end = span.end();
            }
        }
    }

    #[test]
    fn the_longer_of_two_claims_wins() {
        let text = "Sales rose 10 percent in 2020 dollars.";
        let labels: Vec<_> = found(text, None).iter().map(|entity| entity.span.of(text)).collect();
        assert_eq!(labels, ["10 percent", "2020 dollars"]);
    }
}
