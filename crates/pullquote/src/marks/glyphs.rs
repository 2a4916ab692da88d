//! Quotation marks as they stand on the page, before any is paired.
//!
//! In: one block of text. Out: its [`Glyph`]s in order, each with the role that its neighbours give
//! it. Apostrophes and primes that can be told apart by their neighbours alone are left out here.
//!
//! Algorithm: two byte searches find the few bytes that can start a mark; marks that touch form a
//! run and share the characters before and after the run, so that `,'"` and `"'` read as one close
//! or one open. Invariant: glyphs are disjoint and in order. Cost: linear in the block, a few
//! neighbouring characters looked at for each run and each glyph.

use crate::span::Span;

/// Which marks pair with which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MarkStyle {
    /// " “ ” „ and two single marks side by side.
    Double,
    /// ' ‘ ’ ‚ and the backtick.
    Single,
    /// « »
    Guillemet,
    /// ‹ ›
    Angle,
}

/// The side that a mark is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// Straight: either side.
    Both,
    /// “ ‘ « and the backtick: the left, unless swapped.
    Left,
    /// ” ’ »: the right, unless swapped.
    Right,
    /// „ ‚: always the left.
    Low,
}

/// What a mark can do, told from its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// It closes what is open, or else opens.
    Either,
    /// It closes what is open, or else is an apostrophe or an inch sign. `loose` when the word
    /// before it makes that likely: `farmers'`, `goin'`, `6'`, `12"`.
    Maybe { loose: bool },
    /// It opens when nothing is open and a sure close follows, or else is an apostrophe: '08, 'Tis.
    Clipped,
}

/// One mark on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Where it stands.
    pub(super) span: Span,
    pub(super) style: MarkStyle,
    pub(super) hand: Hand,
    pub(super) role: Role,
    pub(super) twin: Twin,
}

/// Two single marks side by side make a double one, unless they close two regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twin {
    No,
    First,
    Second,
}

/// What stands beside a run of marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// White space or the edge of the block.
    Gap,
    Letter,
    Digit,
    Dash,
    /// What comes before a word: an opening bracket, a slash, a currency sign, an ellipsis.
    Before,
    /// What comes after a word: a comma, a stop, a closing bracket.
    After,
}

impl Side {
    fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }
}

/// The style of the mark that `text` starts with.
pub(super) fn first_style(text: &str) -> Option<MarkStyle> {
    let first = mark_at(text.as_bytes(), 0)?;
    let twin = first.1 == MarkStyle::Single && mark_at(text.as_bytes(), first.0) == Some(first);
    Some(if twin { MarkStyle::Double } else { first.1 })
}

/// Whether `text` ends with a mark.
pub(super) fn ends_with_mark(text: &str) -> bool {
    let last = text.char_indices().next_back();
    last.is_some_and(|(at, _)| mark_at(text.as_bytes(), at).is_some())
}

/// Finds the marks of `block`, in order, and appends them to `glyphs`.
pub(super) fn scan(text: &str, block: Span, glyphs: &mut Vec<Glyph>) {
    let bytes = block.of(text).as_bytes();
    let mut common = memchr::memchr3_iter(b'"', b'\'', 0xE2, bytes).peekable();
    let mut rare = memchr::memchr2_iter(b'`', 0xC2, bytes).peekable();
    // End of the marks already taken, in bytes of the block.
    let mut done = 0;
    loop {
        let at = match (common.peek(), rare.peek()) {
            (Some(&a), Some(&b)) if b < a => rare.next(),
            (Some(_), _) => common.next(),
            (None, Some(_)) => rare.next(),
            (None, None) => return,
        };
        let Some(at) = at else { return };
        if at < done || mark_at(bytes, at).is_none() {
            continue;
        }
        // Most marks of a plain text are the apostrophes inside its words.
        if bytes[at] == b'\''
            && at > 0
            && bytes[at - 1].is_ascii_alphanumeric()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        {
            continue;
        }
        done = take_run(text, block, at, glyphs);
    }
}

/// The mark that starts at byte `at`: its length, style and hand.
fn mark_at(bytes: &[u8], at: usize) -> Option<(usize, MarkStyle, Hand)> {
    use Hand::{Both, Left, Low, Right};
    use MarkStyle::{Angle, Double, Guillemet, Single};
    Some(match (bytes.get(at)?, bytes.get(at + 1), bytes.get(at + 2)) {
        (b'"', ..) => (1, Double, Both),
        (b'\'', ..) => (1, Single, Both),
        (b'`', ..) => (1, Single, Left),
        (0xC2, Some(0xAB), _) => (2, Guillemet, Left),
        (0xC2, Some(0xBB), _) => (2, Guillemet, Right),
        (0xC2, Some(0xB4), _) => (2, Single, Right),
        (0xE2, Some(0x80), Some(last)) => match last {
            0x98 | 0x9B => (3, Single, Left),
            0x99 => (3, Single, Right),
            0x9A => (3, Single, Low),
            0x9C | 0x9F => (3, Double, Left),
            0x9D => (3, Double, Right),
            0x9E => (3, Double, Low),
            0xB9 => (3, Angle, Left),
            0xBA => (3, Angle, Right),
            _ => return None,
        },
        _ => return None,
    })
}

/// Takes the run of touching marks that starts at byte `at` of the block; gives the run's end.
fn take_run(text: &str, block: Span, at: usize, glyphs: &mut Vec<Glyph>) -> usize {
    let bytes = block.of(text).as_bytes();
    let mut end = at;
    while let Some((len, ..)) = mark_at(bytes, end) {
        end += len;
    }
    let before = &block.of(text)[..at];
    let after = &block.of(text)[end..];
    let place = Place { before, after, left: left_side(before), right: right_side(after) };

    let mut here = at;
    while let Some(mark) = mark_at(bytes, here) {
        let (len, style, hand) = mark;
        let mut alike_end = here + len;
        while mark_at(bytes, alike_end) == Some(mark) {
            alike_end += len;
        }
        let alike = (alike_end - here) / len;
        let single = place.role(style, hand, end - at == len);
        let double = place.role(MarkStyle::Double, hand, false);
        // Of an odd number of single marks, the one left over stands next to the words.
        let odd_first = alike % 2 == 1 && place.left != Side::Gap;
        for number in 0..alike {
            let start = block.start() + here + number * len;
            let twin = if style != MarkStyle::Single || alike == 1 {
                Twin::No
            } else {
                match (number + usize::from(odd_first)) % 2 {
                    0 if number + 1 < alike => Twin::First,
                    1 if number > 0 => Twin::Second,
                    _ => Twin::No,
                }
            };
            let role = if twin == Twin::No { single } else { double };
            if let Some(role) = role {
                glyphs.push(Glyph { span: Span::new(start, start + len), style, hand, role, twin });
            }
        }
        here = alike_end;
    }
    end
}

/// The text around a run.
struct Place<'a> {
    before: &'a str,
    after: &'a str,
    left: Side,
    right: Side,
}

impl Place<'_> {
    /// What a mark here can do; `None` when it is an apostrophe. `alone`: the run has one mark.
    fn role(&self, style: MarkStyle, hand: Hand, alone: bool) -> Option<Role> {
        let by_place = self.by_place();
        if style == MarkStyle::Single {
            return self.single_role(hand, by_place, alone);
        }
        Some(match hand {
            Hand::Low => Role::Open,
            Hand::Both | Hand::Right if by_place == Role::Close && self.left == Side::Digit => {
                self.inch(hand)
            }
            Hand::Both => by_place,
            Hand::Left | Hand::Right => self.handed(hand, by_place),
        })
    }

    /// What a mark without a hand of its own does here.
    fn by_place(&self) -> Role {
        use Side::{After, Before, Dash, Digit, Gap, Letter};
        match (self.left, self.right) {
            (Gap | Before, Letter | Digit | Before | Dash) => Role::Open,
            (Letter | Digit | After | Dash, Gap | After | Dash) => Role::Close,
            _ => Role::Either,
        }
    }

    /// A handed mark does what it is drawn for, unless its place says that it was swapped.
    fn handed(&self, hand: Hand, by_place: Role) -> Role {
        let spaced = self.left == Side::Gap && self.right == Side::Gap;
        match (hand, by_place) {
            (Hand::Left, Role::Close) | (Hand::Right, Role::Open) => Role::Either,
            (Hand::Right, _) if self.before.is_empty() => Role::Either,
            (Hand::Left, Role::Either) if !spaced => Role::Either,
            (Hand::Left, _) => Role::Open,
            _ => Role::Close,
        }
    }

    fn single_role(&self, hand: Hand, by_place: Role, alone: bool) -> Option<Role> {
        let inside_word = alone && self.left.is_word() && self.right.is_word();
        if hand == Hand::Low {
            // A low mark inside a word stands for a comma.
            return (!inside_word).then_some(Role::Open);
        }
        if inside_word {
            return None;
        }
        if self.left != Side::Gap && is_possessive(self.after) {
            return None;
        }
        if matches!(self.left, Side::Gap | Side::Before | Side::Dash) && is_elision(self.after) {
            let sure = self.after.starts_with(char::is_lowercase) || is_decade(self.after);
            return (!sure).then_some(Role::Clipped);
        }
        if self.left.is_word() && matches!(hand, Hand::Both | Hand::Right) && !self.right.is_word()
        {
            let word = last_word(self.before);
            // rock 'n' roll
            return (word != "n" && word != "N")
                .then(|| Role::Maybe { loose: may_end_in_apostrophe(word) });
        }
        Some(if hand == Hand::Both { by_place } else { self.handed(hand, by_place) })
    }

    /// A double mark after a digit that would close: `12"`, `6'2"`, or a year's end.
    fn inch(&self, hand: Hand) -> Role {
        let digits = self.before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let rest = &self.before[..self.before.len() - digits];
        let feet = rest.trim_end_matches(' ').strip_suffix(['\'', '’', '′']);
        if feet.is_some_and(|feet| feet.ends_with(|c: char| c.is_ascii_digit())) {
            return Role::Maybe { loose: true };
        }
        match hand {
            Hand::Both => Role::Maybe { loose: digits <= 3 && self.right != Side::After },
            _ => Role::Close,
        }
    }
}

fn left_side(before: &str) -> Side {
    before.chars().next_back().map_or(Side::Gap, |c| match c {
        '…' => Side::After,
        _ => side(c),
    })
}

fn right_side(after: &str) -> Side {
    let mut chars = after.chars();
    chars.next().map_or(Side::Gap, |c| match c {
        '.' if chars.next() == Some('.') => Side::Before,
        _ => side(c),
    })
}

fn side(c: char) -> Side {
    match c {
        'a'..='z' | 'A'..='Z' | '_' => Side::Letter,
        '0'..='9' => Side::Digit,
        '-' | '‐' | '‑' | '–' | '—' | '―' => Side::Dash,
        '(' | '[' | '{' | '<' | '/' | '=' | '|' | '+' | '~' | '¿' | '¡' | '$' | '£' | '€' | '#'
        | '@' | '…' | '\\' => Side::Before,
        // Invisible: zero-width spaces and marks of direction.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' => Side::Gap,
        _ if c.is_whitespace() => Side::Gap,
        _ if c.is_numeric() => Side::Digit,
        _ if c.is_alphabetic() => Side::Letter,
        _ => Side::After,
    }
}

/// Whether the text after an apostrophe is a possessive or plural s: "Titanic"'s, U.S.'s.
fn is_possessive(after: &str) -> bool {
    after.strip_prefix(['s', 'S']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Words that have lost their front; their apostrophe looks like an opening mark.
const ELISIONS: [&str; 19] = [
    "em", "er", "ere", "im", "nuff", "ol", "round", "til", "till", "tis", "twas", "twere", "twill",
    "un", "uns", "cos", "cause", "bout", "burbs",
];

/// Whether a word that has lost its front follows: '90s, '08, 'em, 'twas, rock 'n' roll.
fn is_elision(after: &str) -> bool {
    let digits = after.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let rest = &after[digits..];
        return digits == 2 && (is_decade(after) || !rest.starts_with(char::is_alphanumeric));
    }
    // The longest elision has five letters.
    let letters = after.bytes().take(6).take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = after.split_at(letters);
    match word {
        "n" => rest.starts_with([' ', '\'', '’']),
        "s" | "t" => rest.starts_with(' '),
        _ => ELISIONS.iter().any(|elision| elision.eq_ignore_ascii_case(word)),
    }
}

/// Whether the text after an apostrophe is a decade, 90s.
fn is_decade(after: &str) -> bool {
    let digits = after.bytes().take(2).take_while(u8::is_ascii_digit).count();
    digits == 2 && is_possessive(&after[2..])
}

/// The ASCII letters and digits at the end of `before`, at most eight of them.
fn last_word(before: &str) -> &str {
    let letters = before.bytes().rev().take(8).take_while(u8::is_ascii_alphanumeric).count();
    &before[before.len() - letters..]
}

/// Whether a word may bear an apostrophe at its end: a plural possessive, a dropped g, feet.
fn may_end_in_apostrophe(word: &str) -> bool {
    word.ends_with(['s', 'S'])
        || (word.len() > 3 && word.ends_with("in"))
        || matches!(word, "o" | "O" | "th" | "an" | "ol" | "lil")
        || (word.len() <= 3 && word.ends_with(|c: char| c.is_ascii_digit()))
}
