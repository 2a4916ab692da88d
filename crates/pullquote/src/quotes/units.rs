//! Units: what the learned part of this stage reads, one after the other.
//!
//! In: the reading, the entities and the regions between marks. Out: [`Units`]: every outermost region
//! between marks is a unit, however long it is, so is every entity outside marks, and so is each other
//! token. So a content can break neither inside marks nor inside a name, quoted words cost next to
//! nothing, and what stands beside a long name is as near as beside a short one.
//!
//! Each unit has a coarse tag, drawn from its lexicon classes, its entity and its shape: there is no
//! part-of-speech tagger. Units are grouped into stretches (one for each line block), and a stretch
//! into clauses: runs of units that no sentence boundary outside marks divides.
//!
//! Invariant: units are sorted, disjoint and cover every token. Cost: one pass.

use super::function::Guess;
use super::regions::Places;
use crate::entities::{Entities, Label};
use crate::index::Id;
use crate::lexicon::{Classes, hash};
use crate::tokens::{Shape, TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};
use std::ops::Range;

/// One token outside marks, one entity, or one whole region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its tokens.
    pub(super) tokens: TokenRange,
    /// The hash of its lower case, or of its first word's; for a region, of what it is likely for.
    pub(super) low: u64,
    /// Its coarse tag.
    pub(super) tag: Tag,
    /// How often the word is a cue, in percent; zero for words that are none and for regions.
    pub(super) share: u8,
    /// Whether a sentence begins here.
    pub(super) opens: bool,
}

/// A coarse part of speech, numbered so that tags of one sort stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tag(pub(super) u8);

impl Tag {
    pub(super) const COMMA: Self = Self(1);
    pub(super) const STOP: Self = Self(2);
    pub(super) const COLON: Self = Self(3);
    pub(super) const SEMICOLON: Self = Self(4);
    pub(super) const DASH: Self = Self(5);
    const OPEN: Self = Self(6);
    const CLOSE: Self = Self(7);
    const MARK: Self = Self(8);
    const OTHER: Self = Self(9);
    /// Regions: 10 to 25.
    const REGION: u8 = 10;
    const LAST_REGION: u8 = 25;
    const POSSESSIVE: Self = Self(30);
    const CLITIC: Self = Self(31);
    pub(super) const PRONOUN: Self = Self(32);
    pub(super) const RELATIVE: Self = Self(33);
    pub(super) const THAT: Self = Self(34);
    const OWNER: Self = Self(35);
    const OBJECT: Self = Self(36);
    const DETERMINER: Self = Self(37);
    const PREPOSITION: Self = Self(38);
    const TO: Self = Self(39);
    const AND: Self = Self(40);
    const CONJUNCTION: Self = Self(41);
    const BE: Self = Self(42);
    const HAVE: Self = Self(43);
    const MODAL: Self = Self(44);
    const NOT: Self = Self(45);
    const ADVERB: Self = Self(46);
    const CALENDAR: Self = Self(47);
    const NUMBER: Self = Self(48);
    /// Cue verbs, by share and form: 50 to 57.
    const CUE: u8 = 50;
    const NOUN: u8 = 58;
    const VERB: Self = Self(60);
    const PEOPLE: Self = Self(61);
    const ROLE: Self = Self(62);
    const BODY: Self = Self(63);
    const WRITING: Self = Self(64);
    const TITLE: Self = Self(65);
    const CAPITAL: Self = Self(66);
    const ING: Self = Self(67);
    const ED: Self = Self(68);
    const PLURAL: Self = Self(69);
    const LOWER: Self = Self(70);
    /// Entities by label: 71 to 76.
    const ENTITY: u8 = 71;
    const TIME: u8 = 75;

    /// What the tag is to a unit that looks past it.
    #[inline]
    pub(super) fn signs(self) -> Signs {
        Signs::TABLE.get(usize::from(self.0)).copied().unwrap_or(Signs(0))
    }

    pub(super) fn is_region(self) -> bool {
        self.signs().has(Signs::REGION)
    }

    pub(super) fn is_verb(self) -> bool {
        self.signs().has(Signs::VERB)
    }
}

/// What a tag is to a unit that looks past it: the low five are what may stand between a unit and a
/// cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signs(pub(super) u8);

impl Signs {
    const COMMA: Self = Self(1);
    const THAT: Self = Self(2);
    pub(super) const VERB: Self = Self(4);
    pub(super) const REGION: Self = Self(8);
    /// A name or a pronoun.
    const NAME: Self = Self(16);
    /// A subordinator or a sign that parts clauses.
    pub(super) const JOINT: Self = Self(32);

    /// The signs of each tag.
    const TABLE: [Self; 80] = {
        let mut table = [Self(0); 80];
        let mut at: u8 = 0;
        while at < 80 {
            table[at as usize] = Self(match Tag(at) {
                Tag::COMMA => Self::COMMA.0 | Self::JOINT.0,
                Tag::THAT => Self::THAT.0 | Self::JOINT.0,
                Tag::COLON | Tag::SEMICOLON | Tag::DASH => Self::JOINT.0,
                Tag::AND | Tag::CONJUNCTION | Tag::RELATIVE => Self::JOINT.0,
                Tag::PRONOUN => Self::NAME.0,
                Tag::BE | Tag::HAVE | Tag::MODAL | Tag::VERB => Self::VERB.0,
                Tag(Tag::REGION..=Tag::LAST_REGION) => Self::REGION.0,
                Tag(Tag::CUE..Tag::NOUN) => Self::VERB.0,
                // People, organisations, places, peoples.
                Tag(Tag::ENTITY..Tag::TIME) => Self::NAME.0,
                _ => 0,
            });
            at += 1;
        }
        table
    };

    /// Whether any of the other's signs is among these.
    #[inline]
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What stands between a unit and a cue.
    #[inline]
    pub(super) fn between(self) -> u8 {
        self.0 & 31
    }
}

/// As many units are read at once, or more to the end of a line block, and a stretch of more is
/// tagged in parts: what is in memory at once does not grow with the text.
pub(super) const LONG: usize = 1 << 13;

/// The units of some line blocks.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub(super) rows: Vec<Unit>,
    /// The units of each line block that holds any, in order.
    pub(super) stretches: Vec<Range<usize>>,
}

impl Units {
    /// The stretches, endless ones in parts.
    pub(super) fn parts(&self) -> impl Iterator<Item = Range<usize>> {
        self.stretches.iter().flat_map(|stretch| {
            let starts = stretch.clone().step_by(LONG);
            starts.map(|start| start..stretch.end.min(start + LONG))
        })
    }
}

/// Reads the units off the tokens from `from` on: at least `most`, then on to the end of the line
/// block. None are left when none is found.
pub(super) fn read(
    reading: Reading<'_>,
    entities: &Entities,
    places: &Places,
    guesses: &[Guess],
    from: TokenId,
    most: usize,
) -> Units {
    let rows = Vec::with_capacity(reading.tokens.len().saturating_sub(from.index()).min(most));
    let mut units = Units { rows, stretches: Vec::new() };
    let first = reading.span(from).start();
    let names = entities.rows().partition_point(|entity| entity.span.end() <= first);
    let mut names = entities.rows().iter().skip(names).peekable();
    let regions = places.outer().partition_point(|row| row.1.end <= from);
    let mut regions = places.outer().iter().skip(regions).peekable();
    let mut block = None;
    let mut start = 0;
    let mut id = from;
    for (sentence, row) in reading.sentences.iter().skip(reading.sentence_of(from).index()) {
        if block != Some(row.block) {
            if start < units.rows.len() {
                units.stretches.push(start..units.rows.len());
            }
            start = units.rows.len();
            if start >= most {
                break;
            }
            block = Some(row.block);
        }
        let range = reading.sentence(sentence);
        // A region may have taken the first tokens of this sentence.
        id = id.max(range.start);
        while id < range.end {
            while regions.next_if(|row| row.1.end <= id).is_some() {}
            let opens = id == range.start;
            if let Some((number, tokens, _)) = regions.peek().filter(|row| row.1.start <= id) {
                let tokens = TokenRange { start: id, end: tokens.end };
                let guess = guesses.get(number.index());
                units.rows.push(region(reading, tokens, guess, opens));
                id = tokens.end;
                continue;
            }
            let span = reading.span(id);
            while names.next_if(|entity| entity.span.end() <= span.start()).is_some() {}
            let name = names.peek().filter(|entity| entity.span.start() <= span.start());
            let mut end = id.next();
            if let Some(entity) = name {
                // A region that begins inside a name cuts it.
                let cut = regions.peek().map_or(range.end, |row| row.1.start.min(range.end));
                while end < cut && reading.span(end).end() <= entity.span.end() {
                    end = end.next();
                }
            }
            let tokens = TokenRange { start: id, end };
            units.rows.push(word(reading, tokens, name.map(|entity| entity.label), opens));
            id = end;
        }
    }
    if start < units.rows.len() {
        units.stretches.push(start..units.rows.len());
    }
    units
}

/// A region as one unit.
fn region(reading: Reading<'_>, tokens: TokenRange, guess: Option<&Guess>, opens: bool) -> Unit {
    // What the marks are likely for stands where a word has its letters; the tag tells the looks.
    let likely = guess.map_or(0, |guess| {
        let odds = u8::try_from((guess.speech / 8 + 3).clamp(0, 6)).unwrap_or_default();
        1 + odds + 7 * u8::from(guess.named)
    });
    let low = (0x5151_0000 + u64::from(likely)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let length = tokens.indices().len();
    let size = match length {
        0..=3 => 0,
        4..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    let last = tokens.end.prev().unwrap_or(tokens.start);
    let closed = reading.is_kind(last, TokenKind::QuoteMark);
    let inner = if closed { last.prev() } else { Some(last) };
    // Some marks are one token with the sign before them.
    let finished =
        matches!(inner.map_or("", |id| reading.written(id)), "," | "." | "!" | "?" | "…" | "...");
    let capital = reading.is_capitalised(tokens.start.next());
    let tag = Tag(Tag::REGION + size * 4 + u8::from(capital) + 2 * u8::from(finished));
    // A short region is also the word it holds.
    let low = if size == 0 { low ^ reading.word(tokens.start.next()).hash } else { low };
    Unit { tokens, low, tag, share: 0, opens }
}

/// An entity or another token as a unit; an entity is known by its first word.
fn word(reading: Reading<'_>, tokens: TokenRange, label: Option<Label>, opens: bool) -> Unit {
    let id = tokens.start;
    let written = reading.written(id);
    let row = reading.word(id);
    let (tag, share) = tag(reading, id, written, label);
    let kind = reading.token(id).map(|token| token.kind);
    let low = match kind {
        Some(TokenKind::Number) => 0x4E55_4D00 + written.len().min(5) as u64,
        _ if row.hash != 0 => row.hash,
        _ => hash::fold(written),
    };
    Unit { tokens, low, tag, share, opens }
}

/// Classes that have a tag of their own; the others' words are told by their looks.
const KNOWN: Classes = Classes::PREPOSITION
    .and(Classes::CALENDAR)
    .and(Classes::TITLE)
    .and(Classes::PEOPLE)
    .and(Classes::ROLE)
    .and(Classes::BODY)
    .and(Classes::WRITING)
    .and(Classes::ADVERB)
    .and(Classes::VERB);

/// Labels that act alike have one number.
fn sort(label: Label) -> u8 {
    match label {
        Label::Person => 0,
        Label::Org => 1,
        Label::Loc | Label::Fac => 2,
        Label::Norp => 3,
        Label::Date | Label::Time | Label::Duration | Label::Set => 4,
        _ => 5,
    }
}

/// The tag of a token outside marks, and its share as a cue.
fn tag(reading: Reading<'_>, id: TokenId, written: &str, label: Option<Label>) -> (Tag, u8) {
    let row = reading.word(id);
    let plain = |tag| (tag, 0);
    if let Some(label) = label {
        return plain(Tag(Tag::ENTITY + sort(label)));
    }
    if row.hash == 0 {
        return plain(match written {
            "," => Tag::COMMA,
            "." | "!" | "?" | "…" | "..." => Tag::STOP,
            ":" => Tag::COLON,
            ";" => Tag::SEMICOLON,
            "-" | "--" | "—" | "–" | "―" | "---" => Tag::DASH,
            "(" | "[" => Tag::OPEN,
            ")" | "]" => Tag::CLOSE,
            _ if reading.is_kind(id, TokenKind::QuoteMark) => Tag::MARK,
            _ => Tag::OTHER,
        });
    }
    let Some(token) = reading.token(id) else { return plain(Tag::OTHER) };
    match token.kind {
        TokenKind::Clitic if reading.is_form(id, forms!["'s", "'"]) => {
            return plain(Tag::POSSESSIVE);
        }
        TokenKind::Clitic => return plain(Tag::CLITIC),
        TokenKind::Number => return plain(Tag::NUMBER),
        TokenKind::Word => {}
        _ => return plain(Tag::OTHER),
    }
    let capital = reading.is_capitalised(id);
    let is = |classes| row.is(classes);
    if is(Classes::PRONOUN) || is(Classes::CONJUNCTION) || is(Classes::DETERMINER) {
        let tag = if reading.is_form(id, forms!["he", "she", "they", "i", "we", "it", "you"]) {
            Tag::PRONOUN
        } else if reading.is_form(id, forms!["who", "which", "whom", "whose"]) {
            Tag::RELATIVE
        } else if reading.is_form(id, forms!["that"]) {
            Tag::THAT
        } else if reading.is_form(id, forms!["his", "her", "their", "its", "my", "our", "your"]) {
            Tag::OWNER
        } else if reading.is_form(id, forms!["and", "or", "&"]) {
            Tag::AND
        } else if is(Classes::DETERMINER) {
            Tag::DETERMINER
        } else if is(Classes::PRONOUN) {
            Tag::OBJECT
        } else {
            Tag::CONJUNCTION
        };
        return plain(tag);
    }
    if is(Classes::NEGATION) {
        return plain(Tag::NOT);
    }
    if is(Classes::AUXILIARY) {
        let tag = if reading
            .is_form(id, forms!["be", "is", "are", "was", "were", "been", "being", "am"])
        {
            Tag::BE
        } else if reading.is_form(id, forms!["has", "have", "had", "having"]) {
            Tag::HAVE
        } else {
            Tag::MODAL
        };
        return plain(tag);
    }
    if reading.is_form(id, forms!["to"]) {
        return plain(Tag::TO);
    }
    let share = || row.cue().map_or(0, |cue| cue.share);
    if is(Classes::CUE_VERB) {
        let cue = share();
        let share = match cue {
            0..10 => 0,
            10..35 => 1,
            35..65 => 2,
            _ => 3,
        };
        let ing = u8::from(written.ends_with("ing"));
        return (Tag(Tag::CUE + share * 2 + ing), cue.max(1));
    }
    if is(Classes::CUE_NOUN) {
        let cue = share();
        return (Tag(Tag::NOUN + u8::from(cue >= 15)), cue.max(1));
    }
    if is(KNOWN) {
        let known = [
            (Classes::PREPOSITION, Tag::PREPOSITION),
            (Classes::CALENDAR, Tag::CALENDAR),
            (Classes::TITLE, Tag::TITLE),
            (Classes::PEOPLE, Tag::PEOPLE),
            (Classes::ROLE, Tag::ROLE),
            (Classes::BODY, Tag::BODY),
            (Classes::WRITING, Tag::WRITING),
            (Classes::ADVERB, Tag::ADVERB),
        ];
        let found = known.into_iter().find(|(classes, _)| is(*classes));
        return plain(found.map_or(Tag::VERB, |(_, tag)| tag));
    }
    plain(match () {
        () if capital => Tag::CAPITAL,
        () if written.ends_with("ly") => Tag::ADVERB,
        () if written.ends_with("ing") => Tag::ING,
        () if written.ends_with("ed") => Tag::ED,
        () if written.ends_with('s') => Tag::PLURAL,
        () if token.shape == Shape::Lower => Tag::LOWER,
        () => Tag::OTHER,
    })
}
