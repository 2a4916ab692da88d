//! Dates, times of day, durations and repeated times.
//!
//! In: a sentence in [pieces](super::pieces) and what the text has said before. Out: DATE, TIME,
//! DURATION and SET entities, sorted and disjoint, with their TIMEX3 value, a modifier (START, MID,
//! END, APPROX ...) and the basis on which a relative time was resolved.
//!
//! Algorithm: each piece that can begin an expression is tried by the grammars of this module,
//! which read forward over a bounded number of pieces:
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
mod holidays;
mod lengths;
mod periods;
mod relative;
mod units;
mod weekdays;
mod years;

use super::calendar::Moment;
use super::pieces::Pieces;
use super::timex::TimeValue;
use super::words::Word;
use super::{Basis, Entity, Label, Modifier, Value};
use jiff::civil::Date;

/// What the text has said of times so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Memory {
    document: Option<Date>,
    /// The last calendar time mentioned, against which "the following day" is read.
    mentioned: Option<Moment>,
    /// The last day mentioned in this sentence, on which its times of day fall.
    day: Option<Date>,
    /// Dates of years past, less those that count from the document date: above a few, the text
    /// tells history, and its days are those of the year it has come to.
    history: i32,
    /// The last month mentioned in this sentence.
    month: Option<Moment>,
    /// Dates written day first, less those written month first.
    day_first: i32,
}

impl Memory {
    /// Before the first sentence of a text of this date.
    pub(super) fn new(document: Option<Date>) -> Self {
        Self { document, ..Self::default() }
    }

    /// Forgets what holds in one sentence only.
    pub(super) fn begin_sentence(&mut self) {
        self.day = None;
        self.month = None;
    }

    /// The year a text of history has come to.
    fn narrated_year(&self) -> Option<i16> {
        (self.history >= 3).then(|| self.mentioned?.year()).flatten()
    }

    /// The year that "the year" and "the summer" are in.
    fn current_year(&self) -> Option<i16> {
        self.narrated_year().or(self.document.map(Date::year))
    }

    /// Takes in an expression that began with `word`.
    fn note(&mut self, word: Word, found: &Found) {
        let year = found.moment().and_then(Moment::year);
        let recent = self.document.map_or(i16::MAX, |document| document.year() - 2);
        match (word, found.basis) {
            (
                Word::Weekday(_)
                | Word::Today
                | Word::Yesterday
                | Word::Tomorrow
                | Word::This
                | Word::Next,
                Basis::DocumentDate | Basis::Past | Basis::Future,
            ) => {
                self.history -= 2;
            }
            (_, Basis::Explicit) if year.is_some_and(|year| year <= recent) => self.history += 1,
            _ => {}
        }
        self.day_first += i32::from(found.order);
        if let Some(TimeValue::At(moment)) = found.value
            && found.anchors
        {
            self.mentioned = Some(moment);
            self.day = moment.day().or(self.day);
            if matches!(moment, Moment::Month(..)) {
                self.month = Some(moment);
            }
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
    memory: &'a Memory,
}

impl Reader<'_> {
    fn word(self, at: usize) -> Word {
        self.pieces.word(at)
    }
}

/// Adds the temporal expressions of a run of pieces to `found`.
pub(super) fn read(pieces: Pieces<'_>, memory: &mut Memory, found: &mut Vec<Entity>) {
    let mut at = 0;
    while at < pieces.rows.len() {
        let expression = match pieces.word(at) {
            Word::Other
            | Word::Verb(_)
            | Word::Of
            | Word::To
            | Word::And
            | Word::Pronoun
            | Word::Currency
            | Word::Won => None,
            _ => expression(Reader { pieces, memory: &*memory }, at),
        };
        let Some(expression) = expression else {
            at += 1;
            continue;
        };
        memory.note(pieces.word(at), &expression);
        found.push(Entity {
            span: pieces.span(at, expression.end),
            label: expression.label,
            value: expression.value.map(|value| Value::Time(value.into())),
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
    match (found.label, found.basis) {
        (Label::Set, _) => 0.7,
        (_, Basis::Past | Basis::Nearest) => 0.95,
        (_, Basis::Explicit) => 0.9,
        (_, Basis::DocumentDate | Basis::Future) => 0.85,
        (_, Basis::Mentioned) => 0.65,
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
        | Word::No
        | Word::Some => approximate(reader, at),
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
            .or_else(|| periods::ordinal(reader, at, false))
            .or_else(|| years::decade(reader, at))
            .or_else(|| years::year(reader, at)),
        Word::Number(_) | Word::Scale(_) | Word::Dozen | Word::Fraction(_) => {
            clock::read(reader, at)
                .or_else(|| lengths::read(reader, at))
                .or_else(|| periods::ordinal(reader, at, false))
                .or_else(|| years::year_in_words(reader, at))
        }
        Word::A | Word::Few | Word::Several | Word::Many | Word::Couple | Word::Half => {
            lengths::read(reader, at)
        }
        Word::Ordinal(_) => periods::ordinal(reader, at, false),
        Word::Month(_) | Word::MonthShort(_) => dates::month(reader, at),
        Word::Weekday(_) | Word::WeekdayShort(_) => weekdays::weekday(reader, at),
        Word::Weekdays(_) | Word::Every | Word::Each(_) | Word::Parts(_) => {
            lengths::repeated(reader, at)
        }
        Word::Units(_) => lengths::bare(reader, at),
        Word::Unit(_) => units::unit(reader, at),
        Word::Season(_) => units::season(reader, at),
        Word::Midday | Word::Midnight => clock::read(reader, at),
        Word::Sixties(_) | Word::Mark(b'\'') => years::decade(reader, at),
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
        Word::Feast => holidays::holiday(reader, at),
        Word::Prefix => years::prefixed_year(reader, at),
        Word::Q | Word::H => periods::lettered(reader, at),
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
        Word::Digits if modifier == Modifier::Approx => clock::read(reader, next)
            .or_else(|| lengths::read(reader, next))
            .or_else(|| years::year_about(reader, next)),
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
        Word::Weekday(_) => weekdays::weekday(reader, next),
        Word::Season(_) => units::season_named(reader, next),
        Word::Sixties(_) | Word::Mark(b'\'') => years::decade(reader, next),
        // "earlier in the year", "later in the week"
        Word::In if compared && pieces.word(next + 1) == Word::The => {
            units::unit_of_document(reader, next + 2)
        }
        Word::The if compared => relative::read(reader, next + 1, true),
        Word::Digits => years::decade(reader, next)
            .or_else(|| periods::ordinal(reader, next, false))
            .or_else(|| years::year_after_preposition(reader, next)),
        Word::Ordinal(_) | Word::Number(_) => periods::ordinal(reader, next, false),
        Word::Part(part) if pieces.word(at) == Word::Mid => {
            Some(relative::part_of_day(reader, next, part))
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
        Word::Ordinal(_) => periods::ordinal(reader, next, true),
        Word::Digits => dates::day_of_month(reader, next)
            .or_else(|| lengths::counted(reader, next))
            .or_else(|| periods::ordinal(reader, next, true))
            .or_else(|| years::decade(reader, next))
            .or_else(|| periods::year_first(reader, next))
            .or_else(|| dates::bare_day(reader, next)),
        Word::Number(_) | Word::Couple | Word::Few | Word::Several => {
            lengths::counted(reader, next).or_else(|| periods::ordinal(reader, next, true))
        }
        Word::Sixties(_) | Word::Mark(b'\'') => years::decade(reader, next),
        Word::Season(_) => units::season_named(reader, next),
        Word::Unit(_) => units::the_unit(reader, next),
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
    // "end-2026", "end-March"
    if reader.pieces.inner(at + 1, b'-') {
        let found = match reader.word(at + 2) {
            Word::Digits => years::year_after_preposition(reader, at + 2),
            _ => dates::month(reader, at + 2),
        };
        return found.map(|found| found.modified(modifier));
    }
    if reader.word(at + 1) != Word::Of {
        return None;
    }
    let next = at + 2;
    let found = match reader.word(next) {
        Word::Digits => {
            years::decade(reader, next).or_else(|| years::year_after_preposition(reader, next))
        }
        Word::The if matches!(reader.word(next + 1), Word::Unit(_)) => {
            units::unit_of_document(reader, next + 1)
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
