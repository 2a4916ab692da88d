//! Names: people, organisations, places and the rest, found by the trained model.
//!
//! In: an article's tokens as words, and the model. Out: entities, sorted and disjoint.
//!
//! Algorithm: only stretches of tokens that could be part of a name are scored: words with a
//! capital, the few small words that names hold (the model's gate), and their neighbours. Each
//! stretch is decoded by itself; a stretch that holds a name is summed over all paths too, which
//! gives each name its probability and, by the model's table, its confidence.
//!
//! Invariant: a name lies inside one sentence. Cost: about a quarter of the tokens of news are
//! scored. Times and amounts of money have a label in the model, so that it can tell "May" from a
//! May, but the rules that also know their values find them.

use super::evidence::is_function;
use super::features::{Extractor, FEATURES, Features};
use super::{Entity, Label};
use crate::layout::Layout;
use crate::lexicon::Classes;
use crate::model::lattice::{Odds, Scratch, Sums, best};
use crate::model::{LABELS, LANES, Segment, Tagger};
use crate::span::Span;
use crate::tokens::{Shape, Token, TokenKind};
use crate::words::{Reading, Word};
use std::ops::Range;

/// The label of each of the model's numbers; none for times and amounts.
pub const MODEL_LABELS: [Option<Label>; LABELS] = [
    Some(Label::Person),
    Some(Label::Org),
    Some(Label::Loc),
    Some(Label::Fac),
    Some(Label::Norp),
    Some(Label::Product),
    Some(Label::Misc),
    None,
];

/// A run of tokens of one sentence that may hold names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The sentence's number.
    pub sentence: usize,
    /// All its tokens.
    pub whole: Range<usize>,
    /// The tokens of the stretch.
    pub tokens: Range<usize>,
}

/// The model inside the binary; `None` only when the build carries a model of another version,
/// which the tests rule out.
pub fn embedded() -> Option<Tagger<'static>> {
    Tagger::trust(pullquote_data::ENTITIES, FEATURES).ok()
}

/// Finds the names of an article. Linear in the text.
pub fn find(reading: Reading<'_>, layout: &Layout, tagger: &Tagger<'_>) -> Vec<Entity> {
    let mut entities = Vec::new();
    spot(reading, layout, tagger, |span, number, probability| {
        if let Some(Some(label)) = MODEL_LABELS.get(number).copied() {
            entities.push(Entity {
                span,
                label,
                value: None,
                unit: None,
                modifier: None,
                basis: None,
                country: None,
                confidence: tagger.confidence(number, probability),
            });
        }
    });
    entities
}

/// Calls `found` with each name in order: where it stands, its label's number in
/// [`MODEL_LABELS`], and its probability by the model. Linear in the text.
pub fn spot(
    reading: Reading<'_>,
    layout: &Layout,
    tagger: &Tagger<'_>,
    mut found: impl FnMut(Span, usize, f32),
) {
    let extractor = Extractor::new(reading, layout);
    let odds = Odds::new(&tagger.small, tagger.halving);
    let (mut scratch, mut sums) = (Scratch::default(), Sums::default());
    let (mut scores, mut segments) = (Vec::new(), Vec::new());
    let mut list = Features::default();
    for stretch in stretches(reading, |word| tagger.passes(word)) {
        scores.clear();
        for at in stretch.tokens.clone() {
            let mut lanes = [0; LANES];
            extractor.fill(&mut list, at, stretch.sentence, &stretch.whole);
            tagger.score(list.hashes(), &mut lanes);
            scores.push(lanes);
        }
        segments.clear();
        best(&scores, &tagger.small, &mut scratch, |segment| {
            if MODEL_LABELS.get(segment.label).is_some_and(Option::is_some) {
                segments.push(segment);
            }
        });
        if segments.is_empty() {
            continue;
        }
        sums.clear();
        for lanes in &scores {
            sums.push_scores(lanes, tagger.halving);
        }
        sums.run(&odds);
        for &segment in segments.iter().rev() {
            if let Some(span) = span(reading, stretch.tokens.start, segment) {
                found(span, segment.label, sums.of(segment, &odds));
            }
        }
    }
}

/// The text that a segment of a stretch covers. What "anti-Rome" names begins after the hyphen.
fn span(reading: Reading<'_>, start: usize, segment: Segment) -> Option<Span> {
    const PREFIXES: [&str; 8] = ["anti", "ex", "mid", "non", "post", "pre", "pro", "un"];
    let rows = reading.tokens.rows();
    let first = rows.get(start + segment.start)?.span;
    let last = rows.get((start + segment.end).checked_sub(1)?)?.span;
    let prefix = first.of(reading.text).split_once('-').filter(|(prefix, rest)| {
        !rest.is_empty() && PREFIXES.iter().any(|known| known.eq_ignore_ascii_case(prefix))
    });
    let cut = prefix.map_or(0, |(prefix, _)| prefix.len() + 1);
    Some(Span::new(first.start() + cut, last.end()))
}

/// The stretches of an article that may hold names; `passes` tells the small words that names hold.
pub fn stretches(reading: Reading<'_>, passes: impl Fn(u64) -> bool) -> Vec<Stretch> {
    /// As many tokens that a name may hold inside join two stretches.
    const BRIDGE: usize = 3;
    /// A stretch is cut here, so that memory stays small whatever the text.
    const LONGEST: usize = 512;
    let (rows, words) = (reading.tokens.rows(), reading.words.rows());
    let mut found: Vec<Stretch> = Vec::new();
    for (sentence, range) in reading.tokens.by_sentence().iter().enumerate() {
        let whole = range.indices();
        let can = |at: usize, test: &dyn Fn(&Token, &Word) -> bool| {
            let token = rows.get(at).zip(words.get(at)).filter(|_| whole.contains(&at));
            token.is_some_and(|(token, word)| test(token, word))
        };
        let beside = |at: usize| can(at, &|token, word| may_border(reading.text, token, word));
        let inside = |at: usize| can(at, &|token, word| may_link(reading.text, token, word));
        let mut open: Option<Range<usize>> = None;
        for at in whole.clone() {
            if !can(at, &|token, word| may_name(token, word, at == whole.start, &passes)) {
                continue;
            }
            let start = at.checked_sub(1).filter(|&before| beside(before)).unwrap_or(at);
            let around = start..at + 1 + usize::from(beside(at + 1));
            match &mut open {
                Some(stretch)
                    if around.start <= stretch.end + BRIDGE
                        && around.end - stretch.start <= LONGEST
                        && (stretch.end..around.start).all(inside) =>
                {
                    stretch.end = around.end;
                }
                _ => {
                    let free = open.as_ref().map_or(around.start, |before| before.end);
                    let tokens = around.start.max(free)..around.end;
                    if let Some(tokens) = open.replace(tokens) {
                        found.push(Stretch { sentence, whole: whole.clone(), tokens });
                    }
                }
            }
        }
        if let Some(tokens) = open {
            found.push(Stretch { sentence, whole: whole.clone(), tokens });
        }
    }
    found
}

/// Whether a token beside a capitalised word may belong to its name: "Group of 7", "iPhone 4".
fn may_border(text: &str, token: &Token, word: &Word) -> bool {
    match token.kind {
        TokenKind::Word => !is_function(word) && !word.is(Classes::CUE_VERB.and(Classes::VERB)),
        TokenKind::Number | TokenKind::Symbol => true,
        TokenKind::Punctuation => matches!(token.span.of(text), "." | "-" | "/"),
        TokenKind::QuoteMark => matches!(token.span.of(text), "'" | "’"),
        _ => false,
    }
}

/// Whether a token may stand inside a name: "Bank of the West", "Ada “Swift” Brell".
fn may_link(text: &str, token: &Token, word: &Word) -> bool {
    let ties = Classes::PREPOSITION.and(Classes::DETERMINER).and(Classes::CONJUNCTION);
    matches!(token.kind, TokenKind::Clitic | TokenKind::QuoteMark)
        || word.is(ties)
        || may_border(text, token, word)
}

/// Whether a token by itself is reason to look for a name.
fn may_name(token: &Token, word: &Word, first: bool, passes: impl Fn(u64) -> bool) -> bool {
    match token.kind {
        TokenKind::Word => match token.shape {
            Shape::Lower | Shape::None => passes(word.hash),
            _ => !(first && is_function(word)),
        },
        TokenKind::Number | TokenKind::Symbol => passes(word.hash),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::{layout, sentences, tokens, words};

    /// Calls `test` with a text as the stages before this one read it.
    fn with(text: &str, test: impl FnOnce(Reading<'_>, &Layout)) {
        let layout = layout::read(text, None, None);
        let sentences = sentences::split(text, &layout);
        let tokens = tokens::split(text, &sentences);
        let lexicon = Lexicon::embedded();
        let words = words::look_up(text, &tokens, lexicon);
        let reading =
            Reading { text, sentences: &sentences, tokens: &tokens, words: &words, lexicon };
        test(reading, &layout);
    }

    #[test]
    fn the_embedded_model_is_whole() {
        assert!(Tagger::read(pullquote_data::ENTITIES, FEATURES).is_ok());
    }

    #[test]
    fn finds_plain_names() {
        let text = "The mayor of Lisbon, Maria Lopes, told Reuters that Portuguese firms would \
            build the bridge. Lopes spoke on Monday.";
        with(text, |reading, layout| {
            let found = find(reading, layout, &embedded().unwrap());
            let shown: Vec<_> = found.iter().map(|it| (it.span.of(text), it.label)).collect();
            let want = [
                ("Lisbon", Label::Loc),
                ("Maria Lopes", Label::Person),
                ("Reuters", Label::Org),
                ("Portuguese", Label::Norp),
                ("Lopes", Label::Person),
            ];
            assert_eq!(shown, want);
            assert!(found.iter().all(|it| it.confidence > 0.5), "{found:?}");
        });
    }

    #[test]
    fn a_prefix_stays_outside_the_name() {
        with("They joined anti-Lopes marches.", |reading, _| {
            let rows = reading.tokens.rows();
            let start = rows.iter().position(|row| row.span.of(reading.text).contains("Lopes"));
            let segment = Segment { start: 0, end: 1, label: 0 };
            let found = span(reading, start.unwrap(), segment).unwrap();
            assert_eq!(found.of(reading.text), "Lopes");
        });
    }

    #[test]
    fn stretches_are_disjoint_and_short() {
        let text = "Bank of the West and A B C, D. ".repeat(400);
        with(&text.replace(". ", " "), |reading, _| {
            let found = stretches(reading, |_| true);
            assert!(found.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
            assert!(found.iter().all(|stretch| stretch.tokens.len() <= 512));
            assert!(found.len() > 1);
        });
    }

    #[test]
    fn small_words_inside_a_name_join_its_parts() {
        with("He left the Bank of the West, and Lopes stayed.", |reading, _| {
            let rows = reading.tokens.rows();
            let shown: Vec<_> = stretches(reading, |_| false)
                .iter()
                .map(|found| rows[found.tokens.start].span.cover(rows[found.tokens.end - 1].span))
                .map(|span| span.of(reading.text))
                .collect();
            assert!(shown.iter().any(|part| part.contains("Bank of the West")), "{shown:?}");
            assert!(!shown.iter().any(|part| part.contains(',')), "{shown:?}");
        });
    }
}
