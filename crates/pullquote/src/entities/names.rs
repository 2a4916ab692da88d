//! Names: people, organisations, places and the rest, found by the trained model.
//!
//! In: an article's tokens as words, and the model. Out: entities, sorted and disjoint.
//!
//! Algorithm: only stretches of tokens that could be part of a name are scored: words with a
//! capital, the few small words that names hold (the model's gate), and neighbours that were part of
//! a name in training. Each stretch is decoded by itself; a stretch that holds a name is summed over
//! all paths too, which gives each name its probability. Mentions of one name that differ in their
//! label then [agree] on the label that the model is surest of; the model's table turns the
//! probability into a confidence.
//!
//! Invariant: a name lies inside one sentence. Cost: about a sixth of the tokens of news are
//! scored. Times and amounts of money have a label in the model, so that it can tell "May" from a
//! May, but the rules that also know their values find them.

use super::evidence::is_function;
use super::features::{Extractor, FEATURES, Features};
use super::{Entity, Label};
use crate::layout::Layout;
use crate::lexicon::{Classes, hash};
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
    let mut names: Vec<Name> = Vec::new();
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
                names.push(Name {
                    span,
                    label: segment.label,
                    probability: sums.of(segment, &odds),
                });
            }
        }
    }
    agree(reading.text, &mut names);
    for name in names {
        found(name.span, name.label, name.probability);
    }
}

/// The number of people's label.
const PERSON: usize = 0;

/// A name as the model alone sees it.
#[derive(Clone, Copy, Debug)]
struct Name {
    span: Span,
    label: usize,
    probability: f32,
}

/// Lets mentions of one name agree on their label: where they differ, the label with the highest sum
/// of fourth powers of probabilities goes to those whose own has clearly less. `n log n` in the
/// names.
fn agree(text: &str, names: &mut [Name]) {
    /// As many times more must a label have than a mention's own.
    const MARGIN: f32 = 1.5;
    let mut order: Vec<(u64, usize)> =
        names.iter().map(|name| hash::fold(name.span.of(text))).zip(0..).collect();
    order.sort_unstable();
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        let mentions = || same.iter().filter_map(|&(_, at)| names.get(at));
        if mentions().zip(mentions().skip(1)).all(|(a, b)| a.label == b.label) {
            continue;
        }
        let (mut sums, mut tops) = ([0.0f32; LABELS], [0.0f32; LABELS]);
        for name in mentions() {
            sums[name.label] += name.probability.powi(4);
            tops[name.label] = tops[name.label].max(name.probability);
        }
        let more = |best, label| if sums[label] > sums[best] { label } else { best };
        let best = (0..LABELS).fold(0, more);
        let share = sums[best] / sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        for &(_, at) in same {
            if let Some(name) = names.get_mut(at)
                && sums[best] > MARGIN * sums[name.label]
            {
                (name.label, name.probability) = (best, share * tops[best]);
            }
        }
    }
}

/// The text that a segment of a stretch covers. What "anti-Rome" names begins after the hyphen, and
/// a person's name after an office ("Captain Hope").
fn span(reading: Reading<'_>, start: usize, segment: Segment) -> Option<Span> {
    const PREFIXES: [&str; 8] = ["anti", "ex", "mid", "non", "post", "pre", "pro", "un"];
    let rows = reading.tokens.rows();
    let word = reading.words.rows().get(start + segment.start)?;
    let office = segment.label == PERSON
        && segment.end - segment.start > 1
        && word.is(Classes::TITLE)
        && word.is(Classes::ROLE)
        && !word.is(Classes::GIVEN.and(Classes::SURNAME));
    let first = rows.get(start + segment.start + usize::from(office))?.span;
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
        let row = |at: usize| rows.get(at).zip(words.get(at)).filter(|_| whole.contains(&at));
        let beside = |at: usize| {
            row(at).is_some_and(|(token, word)| {
                may_border(reading.text, token, word)
                    && match token.kind {
                        TokenKind::Word => !is_small(token) || passes(bordering(word.hash)),
                        // A sentence's last stop is no part of a name.
                        TokenKind::Punctuation => at + 1 < whole.end,
                        _ => true,
                    }
            })
        };
        let inside =
            |at: usize| row(at).is_some_and(|(token, word)| may_link(reading.text, token, word));
        let mut open: Option<Range<usize>> = None;
        let tokens = rows.get(whole.clone()).unwrap_or_default().iter();
        let tokens = tokens.zip(words.get(whole.clone()).unwrap_or_default());
        for (at, (token, word)) in whole.clone().zip(tokens) {
            if !may_name(token, word, at == whole.start, &passes) {
                continue;
            }
            let start = at.checked_sub(1).filter(|&before| beside(before)).unwrap_or(at);
            // A hyphen holds a name together, whatever stands behind it: "Min-jun".
            let hyphen = row(at + 1).is_some_and(|(token, _)| token.span.of(reading.text) == "-");
            let next = if hyphen { at + 2 } else { at + 1 };
            let joined =
                hyphen && row(next).is_some_and(|(token, _)| token.kind == TokenKind::Word);
            let around = start..next + usize::from(joined || beside(next));
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

/// What the gate is asked for a small word beside a capitalised one, made of the word's hash.
pub const fn bordering(word: u64) -> u64 {
    word >> 32
}

/// Whether a word has no capital.
fn is_small(token: &Token) -> bool {
    matches!(token.shape, Shape::Lower | Shape::None)
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
        TokenKind::Word if is_small(token) => passes(word.hash),
        TokenKind::Word => !(first && is_function(word)),
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
    fn an_office_stays_outside_the_name() {
        with("Captain Brell spoke.", |reading, _| {
            let segment = Segment { start: 0, end: 2, label: PERSON };
            let found = span(reading, 0, segment).unwrap();
            assert_eq!(found.of(reading.text), "Brell");
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
    fn a_hyphen_brings_in_what_follows() {
        with("They met Oh Min-jun there and Ada left.", |reading, _| {
            let rows = reading.tokens.rows();
            let found = stretches(reading, |_| false);
            let shown: Vec<_> = found
                .iter()
                .map(|found| rows[found.tokens.start].span.cover(rows[found.tokens.end - 1].span))
                .map(|span| span.of(reading.text))
                .collect();
            assert_eq!(shown, ["Oh Min-jun", "Ada"]);
        });
    }

    #[test]
    fn mentions_agree_on_the_surest_label() {
        let text = "Lunn met Lunn and Lunn and Quay.";
        let name = |start: usize, label, probability| Name {
            span: Span::new(start, start + 4),
            label,
            probability,
        };
        let mut names = [name(0, 0, 0.9), name(9, 2, 0.5), name(18, 0, 0.8), name(27, 2, 0.5)];
        agree(text, &mut names);
        assert_eq!(names.map(|name| name.label), [0, 0, 0, 2], "Quay is another name");
        assert!(names[1].probability < 0.9 && names[1].probability > 0.8, "{names:?}");
        let mut even = [name(0, 0, 0.9), name(9, 2, 0.9)];
        agree(text, &mut even);
        assert_eq!(even.map(|name| name.label), [0, 2], "neither is surer");
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
