//! Dates, times of day, durations and repeated times.
//!
//! In: text, tokens, sentences and the document date. Out: DATE, TIME, DURATION and SET entities,
//! sorted and disjoint, with their TIMEX3 value, a modifier (START, MID, END, APPROX ...) and the
//! basis on which a relative time was resolved.
//!
//! Algorithm: tokens are cut into [pieces](super::pieces); each piece that can begin an expression
//! is tried by the grammars of this module, which read forward over a bounded number of pieces:
//! [`dates`] (calendar dates and years), [`clock`] (times of day), [`lengths`] (durations, "ago",
//! repeated times) and [`relative`] (last, this, the following ...). A year, a month or a weekday
//! that the text leaves open is resolved by [`direction`].
//!
//! Conventions: TimeML's. The span takes in "the", the modifier ("early 2022", "the end of June",
//! "nearly two years") and the weekday of a date ("Friday, 3 March 2026" is one); "9 p.m. on
//! Tuesday" is one time; "2004 to 2009" are two dates, "2004-09" and "5-7 June" one, from one to the
//! other. A preposition stays outside. "Now", "currently" and "recently" are dates, "current",
//! "soon" and "previously" are not; an age ("a 35-year-old") is no time.
//!
//! Invariant: a relative time has a value only where a document date or a date mentioned before
//! gives it one; impossible dates ("32 January") are no dates. Cost: linear; one table look-up a
//! word, and a few dozen nanoseconds for each word that can begin an expression.

mod clock;
mod dates;
mod direction;
mod lengths;
mod relative;

use super::calendar::{Moment, TimeValue};
use super::pieces::{self, Piece, Pieces};
use super::words::Word;
use super::{Basis, Entity, Label, Modifier, Value};
use crate::layout::DocumentDate;
use crate::sentences::Sentences;
use crate::tokens::Tokens;
use jiff::civil::Date;

/// Tokens read at a time; a longer sentence is read in stretches, which bounds the buffers.
const STRETCH: usize = 4096;

/// The temporal expressions of a text.
pub(crate) fn find(
    text: &str,
    tokens: &Tokens,
    sentences: &Sentences,
    date: Option<DocumentDate>,
) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut rows: Vec<Piece> = Vec::new();
    let mut memory = Memory { document: date.map(|found| found.date), ..Memory::default() };
    debug_assert_eq!(sentences.len(), tokens.by_sentence().len(), "one token range per sentence");
    for range in tokens.by_sentence() {
        let sentence = tokens.rows().get(range.indices()).unwrap_or_default();
        memory.begin_sentence();
        for stretch in sentence.chunks(STRETCH) {
            rows.clear();
            pieces::cut(text, stretch, &mut rows);
            read(Pieces { text, rows: &rows }, &mut memory, &mut found);
        }
    }
    found
}

/// What the text has said of times so far.
#[derive(Clone, Copy, Debug, Default)]
struct Memory {
    document: Option<Date>,
    /// The last calendar time mentioned, against which "the following day" is read.
    mentioned: Option<Moment>,
    /// The last day mentioned in this sentence, on which its times of day fall.
    day: Option<Date>,
    /// Dates written day first, less those written month first.
    day_first: i32,
}

impl Memory {
    fn begin_sentence(&mut self) {
        self.day = None;
    }

    fn note(&mut self, found: &Found) {
        self.day_first += i32::from(found.order);
        if let Some(TimeValue::At(moment)) = found.value
            && found.anchors
        {
            self.mentioned = Some(moment);
            self.day = moment.day().or(self.day);
        }
    }
}

/// An expression as read.
#[derive(Clone, Copy, Debug)]
struct Found {
    /// The piece after it.
    end: usize,
    label: Label,
    value: Option<TimeValue>,
    modifier: Option<Modifier>,
    basis: Basis,
    /// Later expressions may count from it.
    anchors: bool,
    /// 1 when it was written day first, -1 when month first.
    order: i8,
}

impl Found {
    fn new(end: usize, label: Label, value: Option<TimeValue>, basis: Basis) -> Self {
        let anchors = matches!(label, Label::Date | Label::Time);
        Self { end, label, value, modifier: None, basis, anchors, order: 0 }
    }

    /// A date, or nothing known of it.
    fn date(end: usize, moment: Option<Moment>, basis: Basis) -> Self {
        Self::new(end, Label::Date, moment.map(TimeValue::At), basis)
    }

    fn modified(self, modifier: Modifier) -> Self {
        Self { modifier: Some(modifier), ..self }
    }

    fn to(self, end: usize) -> Self {
        Self { end, ..self }
    }

    /// The stretch it names, if it is one.
    fn moment(&self) -> Option<Moment> {
        match self.value {
            Some(TimeValue::At(moment)) => Some(moment),
            _ => None,
        }
    }
}

/// What the grammars read from: the sentence's pieces and what was said before.
#[derive(Clone, Copy)]
struct Reader<'a> {
    pieces: Pieces<'a>,
    memory: Memory,
}

impl Reader<'_> {
    fn word(self, at: usize) -> Word {
        self.pieces.word(at)
    }
}

fn read(pieces: Pieces<'_>, memory: &mut Memory, found: &mut Vec<Entity>) {
    let mut at = 0;
    while at < pieces.rows.len() {
        let expression = match pieces.word(at) {
            Word::Other | Word::Verb(_) | Word::Of | Word::To | Word::And | Word::Pronoun => None,
            _ => expression(Reader { pieces, memory: *memory }, at),
        };
        let Some(expression) = expression else {
            at += 1;
            continue;
        };
        memory.note(&expression);
        found.push(Entity {
            span: pieces.span(at, expression.end),
            label: expression.label,
            value: expression.value.map(|value| Value::Time(value.to_string().into())),
            unit: None,
            modifier: expression.modifier,
            basis: Some(expression.basis),
            country: None,
            confidence: confidence(&expression),
        });
        at = expression.end.max(at + 1);
    }
}

/// How often an expression read so has the right value, as measured on the tuning sets.
fn confidence(found: &Found) -> f32 {
    match found.basis {
        Basis::Explicit => 0.95,
        Basis::DocumentDate | Basis::Past => 0.9,
        Basis::Future => 0.8,
        Basis::Mentioned | Basis::Nearest => 0.7,
    }
}

/// The expression that begins at piece `at`.
fn expression(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    match pieces.word(at) {
        Word::About
        | Word::Nearly
        | Word::Over
        | Word::More
        | Word::Less
        | Word::At
        | Word::Up
        | Word::No => approximate(reader, at),
        Word::Some => approximate(reader, at),
        Word::Early | Word::Late | Word::Mid | Word::Earlier | Word::Later => phase(reader, at),
        Word::The => after_the(reader, at),
        Word::Start | Word::Middle | Word::End => edge(reader, at),
        _ => plain(reader, at),
    }
}

/// An expression without approximator, phase or "the".
fn plain(reader: Reader<'_>, at: usize) -> Option<Found> {
    match reader.word(at) {
        Word::Digits => clock::read(reader, at)
            .or_else(|| dates::numeric(reader, at))
            .or_else(|| dates::day_month(reader, at))
            .or_else(|| lengths::read(reader, at))
            .or_else(|| relative::ordinal(reader, at, false))
            .or_else(|| dates::decade(reader, at))
            .or_else(|| dates::year(reader, at)),
        Word::Number(_) | Word::Scale(_) | Word::Dozen | Word::Fraction(_) => {
            clock::read(reader, at)
                .or_else(|| lengths::read(reader, at))
                .or_else(|| relative::ordinal(reader, at, false))
                .or_else(|| dates::year_in_words(reader, at))
        }
        Word::A | Word::Few | Word::Several | Word::Many | Word::Couple | Word::Half => {
            lengths::read(reader, at)
        }
        Word::Ordinal(_) => relative::ordinal(reader, at, false),
        Word::Month(_) | Word::MonthShort(_) => dates::month(reader, at),
        Word::Weekday(_) | Word::WeekdayShort(_) => dates::weekday(reader, at),
        Word::Weekdays(_) | Word::Every | Word::Each(_) | Word::Parts(_) => {
            lengths::repeated(reader, at)
        }
        Word::Units(_) => lengths::bare(reader, at),
        Word::Unit(_) => relative::unit(reader, at),
        Word::Season(_) => relative::season(reader, at),
        Word::Midday | Word::Midnight => clock::read(reader, at),
        Word::Sixties(_) | Word::Mark(b'\'') => dates::decade(reader, at),
        Word::Today
        | Word::Yesterday
        | Word::Tomorrow
        | Word::Tonight
        | Word::Overnight
        | Word::Now
        | Word::Recently => relative::deictic(reader, at),
        Word::Last
        | Word::Next
        | Word::This
        | Word::That
        | Word::These
        | Word::Past
        | Word::Previous
        | Word::Following
        | Word::Coming
        | Word::Recent
        | Word::Current
        | Word::Same
        | Word::Latest
        | Word::Fiscal => relative::read(reader, at, false),
        Word::Feast => dates::holiday(reader, at),
        Word::Q | Word::H => relative::lettered(reader, at),
        _ => None,
    }
}

/// "About two years", "more than four hours", "around Nov. 1".
fn approximate(reader: Reader<'_>, at: usize) -> Option<Found> {
    let (modifier, next) = approximator(reader.pieces, at)?;
    let found = match reader.word(next) {
        Word::The | Word::About | Word::Nearly => return None,
        Word::Month(_) | Word::MonthShort(_) if modifier == Modifier::Approx => {
            dates::month(reader, next)
        }
        Word::Midday | Word::Midnight if modifier == Modifier::Approx => clock::read(reader, next),
        Word::Digits if modifier == Modifier::Approx => {
            clock::read(reader, next).or_else(|| lengths::read(reader, next))
        }
        _ => lengths::read(reader, next),
    }?;
    Some(Found { modifier: found.modifier.or(Some(modifier)), ..found })
}

/// An approximator and the piece after it.
fn approximator(pieces: Pieces<'_>, at: usize) -> Option<(Modifier, usize)> {
    Some(match (pieces.word(at), pieces.word(at + 1), pieces.word(at + 2)) {
        (Word::No, Word::More, Word::Than) => (Modifier::AtMost, at + 3),
        (Word::No, Word::Less, Word::Than) => (Modifier::AtLeast, at + 3),
        (Word::More, Word::Than, _) => (Modifier::MoreThan, at + 2),
        (Word::Less, Word::Than, _) => (Modifier::LessThan, at + 2),
        (Word::At, Word::Least, _) => (Modifier::AtLeast, at + 2),
        (Word::At, Word::Most, _) | (Word::Up, Word::To, _) => (Modifier::AtMost, at + 2),
        (Word::Over, ..) => (Modifier::MoreThan, at + 1),
        (Word::Nearly, ..) => (Modifier::LessThan, at + 1),
        (Word::About | Word::Some, ..) => (Modifier::Approx, at + 1),
        _ => return None,
    })
}

/// "Early next year", "mid-June", "late 1980s", "earlier this week".
fn phase(reader: Reader<'_>, at: usize) -> Option<Found> {
    let pieces = reader.pieces;
    let modifier = match pieces.word(at) {
        Word::Early | Word::Earlier => Modifier::Start,
        Word::Mid => Modifier::Mid,
        _ => Modifier::End,
    };
    let dash = pieces.inner(at + 1, b'-');
    let next = at + 1 + usize::from(dash);
    let compared = matches!(pieces.word(at), Word::Earlier | Word::Later);
    let found = match pieces.word(next) {
        Word::This | Word::Last | Word::Next | Word::That | Word::Coming | Word::Current => {
            relative::read(reader, next, false)
        }
        Word::Today | Word::Yesterday | Word::Tomorrow | Word::Tonight => {
            relative::deictic(reader, next)
        }
        Word::Month(_) | Word::MonthShort(_) => dates::month(reader, next),
        Word::Weekday(_) => dates::weekday(reader, next),
        Word::Season(_) => relative::season_named(reader, next),
        Word::Sixties(_) | Word::Mark(b'\'') => dates::decade(reader, next),
        // "earlier in the year", "later in the week"
        Word::In if compared && pieces.word(next + 1) == Word::The => {
            relative::unit_of_document(reader, next + 2)
        }
        Word::The if compared => relative::read(reader, next + 1, true),
        Word::Digits => dates::decade(reader, next)
            .or_else(|| relative::ordinal(reader, next, false))
            .or_else(|| dates::year_after_preposition(reader, next)),
        Word::Ordinal(_) | Word::Number(_) => relative::ordinal(reader, next, false),
        Word::Part(part) if pieces.word(at) == Word::Mid => {
            relative::part_of_day(reader, next, part)
        }
        _ => None,
    }?;
    Some(Found { anchors: found.anchors, ..found.modified(modifier) })
}

/// What follows "the".
fn after_the(reader: Reader<'_>, at: usize) -> Option<Found> {
    let next = at + 1;
    match reader.word(next) {
        Word::Start | Word::Middle | Word::End => edge(reader, next),
        Word::Early | Word::Late | Word::Mid => {
            phase(reader, next).filter(|found| !matches!(found.moment(), Some(Moment::Year(_))))
        }
        Word::Ordinal(_) => relative::ordinal(reader, next, true),
        Word::Digits => dates::day_of_month(reader, next)
            .or_else(|| lengths::counted(reader, next))
            .or_else(|| relative::ordinal(reader, next, true))
            .or_else(|| dates::decade(reader, next))
            .or_else(|| relative::year_first(reader, next)),
        Word::Number(_) | Word::Couple | Word::Few | Word::Several => {
            lengths::counted(reader, next).or_else(|| relative::ordinal(reader, next, true))
        }
        Word::Sixties(_) | Word::Mark(b'\'') => dates::decade(reader, next),
        Word::Season(_) => relative::season_named(reader, next),
        Word::Unit(_) => relative::the_unit(reader, next),
        _ => relative::read(reader, next, true),
    }
}

/// "The end of June", "the middle of last year", "the beginning of the 1990s".
fn edge(reader: Reader<'_>, at: usize) -> Option<Found> {
    let modifier = match reader.word(at) {
        Word::Start => Modifier::Start,
        Word::Middle => Modifier::Mid,
        _ => Modifier::End,
    };
    if reader.word(at + 1) != Word::Of {
        return None;
    }
    let next = at + 2;
    let found = match reader.word(next) {
        Word::Digits => {
            dates::decade(reader, next).or_else(|| dates::year_after_preposition(reader, next))
        }
        Word::The if matches!(reader.word(next + 1), Word::Unit(_)) => {
            relative::unit_of_document(reader, next + 1)
        }
        Word::The => after_the(reader, next),
        Word::Month(_) | Word::MonthShort(_) => dates::month(reader, next),
        Word::Last | Word::This | Word::Next | Word::That | Word::Fiscal => {
            relative::read(reader, next, false)
        }
        _ => None,
    }?;
    (found.label == Label::Date).then(|| found.modified(modifier))
}
