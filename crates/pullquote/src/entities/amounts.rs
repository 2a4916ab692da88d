//! Amounts of money and percentages.
//!
//! In: text, tokens, sentences. Out: MONEY and PERCENT entities, sorted and disjoint, with an exact
//! decimal value and the currency's ISO 4217 code ("$2.4 billion", "Tk 2.30 crore", "35 cents",
//! "5 to 10 per cent"). Percentage points are PERCENT with the unit `pp`, apart from percentages.
//!
//! Algorithm: a sentence without a currency sign, a currency word or a percent mark is passed over
//! after one look at each token. In the others every piece that can begin an amount is read by a
//! grammar of a few rules, longest first.
//!
//! Conventions: approximators stay outside the span and become the modifier; "$5-7 million" and "5
//! to 7 percent" are one amount from one number to another; "$5 to $7 million" is two, the first of
//! which takes over the magnitude. "Millions of dollars" is money without a value.
//!
//! Invariant: a value is exact or absent. Cost: linear in the sentence; every rule looks at a
//! bounded number of pieces. It does not convert, and it does not know what a share is.

use super::currencies::{self, Name};
use super::numbers::{self, Reading};
use super::pieces::{self, Piece, Pieces};
use super::words::Word;
use super::{Currency, Decimal, Entity, Label, Modifier, Unit, Value};
use crate::sentences::Sentences;
use crate::span::{Span, Spanned};
use crate::tokens::{Token, TokenKind, Tokens};

/// Tokens read at a time; a longer sentence is read in stretches, which bounds the buffers.
const STRETCH: usize = 4096;

/// The amounts of a text.
pub(crate) fn find(text: &str, tokens: &Tokens, sentences: &Sentences) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut rows: Vec<Piece> = Vec::new();
    // "200 pounds" are money only where the article counts in pounds elsewhere.
    let sterling = memchr::memmem::find(text.as_bytes(), "£".as_bytes()).is_some();
    debug_assert_eq!(sentences.len(), tokens.by_sentence().len(), "one token range per sentence");
    for range in tokens.by_sentence() {
        let sentence = tokens.rows().get(range.indices()).unwrap_or_default();
        for stretch in sentence.chunks(STRETCH) {
            if stretch.iter().any(|token| triggers(text, token)) {
                rows.clear();
                pieces::cut(text, stretch, &mut rows);
                read(Pieces { text, rows: &rows }, sterling, &mut found);
            }
        }
    }
    found
}

/// Whether the token can mark an amount.
fn triggers(text: &str, token: &Token) -> bool {
    let letters = token.span().of(text);
    match letters.as_bytes() {
        [first, ..] if first.is_ascii_alphabetic() => {
            // A first letter and a length rule nearly every word out before its letters are read.
            let listed = matches!(
                first | 0x20,
                b'b' | b'c'
                    | b'd'
                    | b'e'
                    | b'f'
                    | b'g'
                    | b'h'
                    | b'k'
                    | b'l'
                    | b'm'
                    | b'n'
                    | b'p'
                    | b'q'
                    | b'r'
                    | b's'
                    | b't'
                    | b'u'
                    | b'w'
                    | b'y'
                    | b'z'
            ) && (2..=12).contains(&letters.len());
            listed
                && (["percent", "per", "pct", "percentage"]
                    .iter()
                    .any(|p| letters.eq_ignore_ascii_case(p))
                    || currencies::noun(letters).is_some()
                    || (letters.len() <= 4 && currencies::before_number(letters).is_some())
                    || letters.bytes().any(|byte| !byte.is_ascii_alphabetic()))
        }
        bytes => {
            token.kind != TokenKind::Punctuation
                && bytes.iter().any(|byte| matches!(byte, b'%' | b'$' | 0x80..))
                || bytes.first().is_some_and(u8::is_ascii_digit)
                    && bytes.last().is_some_and(u8::is_ascii_alphabetic)
        }
    }
}

fn read(pieces: Pieces<'_>, sterling: bool, found: &mut Vec<Entity>) {
    let mut at = 0;
    while at < pieces.rows.len() {
        match amount(pieces, at, sterling) {
            Some(amount) => {
                at = amount.end.max(at + 1);
                found.push(amount.entity(pieces));
            }
            None => at += 1,
        }
    }
}

/// An amount as read.
struct Amount {
    start: usize,
    end: usize,
    label: Label,
    low: Option<Decimal>,
    high: Option<Decimal>,
    unit: Option<Unit>,
}

impl Amount {
    fn entity(&self, pieces: Pieces<'_>) -> Entity {
        let span: Span = pieces.span(self.start, self.end);
        let value = match (self.low, self.high) {
            (Some(low), Some(high)) => Some(Value::Numbers(low, high)),
            (Some(low), None) => Some(Value::Number(low)),
            _ => None,
        };
        Entity {
            span,
            label: self.label,
            value,
            unit: self.unit,
            modifier: modifier(pieces, self.start, self.end),
            basis: None,
            country: None,
            confidence: 0.98,
        }
    }
}

fn amount(pieces: Pieces<'_>, at: usize, sterling: bool) -> Option<Amount> {
    match pieces.word(at) {
        Word::Sign => signed(pieces, at, at),
        Word::Digits
        | Word::Number(_)
        | Word::Scale(_)
        | Word::Dozen
        | Word::A
        | Word::Half
        | Word::Few
        | Word::Several
        | Word::Many
        | Word::Fraction(_) => counted(pieces, at, sterling),
        Word::Mark(b'-' | b'+') => percent_of_sign(pieces, at),
        Word::Mark(_) => None,
        _ if pieces.is(at, "tens") => vague(pieces, at),
        _ => prefixed(pieces, at),
    }
}

/// "US$40bn", "Rs 500", "USD 9 million": letters before a sign or a number.
fn prefixed(pieces: Pieces<'_>, at: usize) -> Option<Amount> {
    if pieces.glued(at) && !matches!(pieces.before(at, 1), Word::Mark(_)) {
        return None;
    }
    let letters = pieces.text(at);
    if letters.len() > 4 {
        return None;
    }
    // "U.S. $5 million" is the sign's own business; "US $5 million" takes the letters in.
    if pieces.word(at + 1) == Word::Sign
        && (pieces.glued(at + 1) || letters == "US")
        && currencies::sign(letters, pieces.text(at + 1)).is_some()
    {
        return signed(pieces, at, at + 1);
    }
    let currency = currencies::before_number(letters)?;
    let mut number = at + 1;
    // "Rs." keeps its period.
    if pieces.mark(number, b'.') && pieces.glued(number) && pieces.word(number + 1) == Word::Digits
    {
        number += 1;
    }
    if currencies::glued_only(letters) && !pieces.glued(number)
        || pieces.word(number) != Word::Digits
    {
        return None;
    }
    let (low, high, end) = priced(pieces, number)?;
    let grand = low.digits >= 100 || low.scale > 0 || high.is_some();
    // "P45", "K2" and "R2" are names more often than prices.
    (!currencies::glued_only(letters) || grand)
        .then(|| money(at, end, Some(low), high, Some(currency)))
}

fn money(
    start: usize,
    end: usize,
    low: Option<Decimal>,
    high: Option<Decimal>,
    currency: Option<Currency>,
) -> Amount {
    Amount { start, end, label: Label::Money, low, high, unit: currency.map(Unit::Currency) }
}

/// An amount after a sign: "$5", "$5-7 million".
fn signed(pieces: Pieces<'_>, start: usize, sign: usize) -> Option<Amount> {
    let letters = if start == sign { "" } else { pieces.text(start) };
    let currency = currencies::sign(letters, pieces.text(sign))?;
    let number = sign + 1;
    if !matches!(pieces.word(number), Word::Digits | Word::Number(_)) {
        return None;
    }
    let (mut low, high, mut end) = priced(pieces, number)?;
    if pieces.text(sign) == "¢" {
        low = low.hundredth()?;
    }
    if high.is_none() {
        low = inherited(pieces, low, end).unwrap_or(low);
    }
    // "$5 million dollars"
    if currencies::noun(pieces.text(end)).is_some_and(|noun| noun.name == Name::Dollar)
        && !pieces.glued(end)
    {
        end += 1;
    }
    Some(money(start, end, Some(low), high, Some(currency)))
}

/// A number with its magnitude, perhaps up to a second one joined by a dash.
fn priced(pieces: Pieces<'_>, at: usize) -> Option<(Decimal, Option<Decimal>, usize)> {
    let first = magnitude(pieces, numbers::read(pieces, at)?)?;
    let dash = first.end;
    if pieces.mark(dash, b'-') {
        let sign = pieces.word(dash + 1) == Word::Sign;
        let second = dash + 1 + usize::from(sign);
        let plain = pieces.glued(dash) == pieces.glued(dash + 1);
        if plain
            && pieces.word(second) == Word::Digits
            && let Some(second) = numbers::read(pieces, second).and_then(|r| magnitude(pieces, r))
            && let Some((low, high)) = ordered(pieces, &first, &second)
        {
            return Some((low, Some(high), second.end));
        }
    }
    Some((first.value, None, first.end))
}

/// Both ends of a range, the lower taking over the higher one's magnitude; `None` if they fall.
fn ordered(pieces: Pieces<'_>, first: &Reading, second: &Reading) -> Option<(Decimal, Decimal)> {
    let low = if first.scaled { first.value } else { scaled_like(pieces, first.value, second) };
    low.less_than(second.value).then_some((low, second.value))
}

/// `low` times the magnitude that closes `second`, if that keeps it below.
fn scaled_like(pieces: Pieces<'_>, low: Decimal, second: &Reading) -> Decimal {
    let power = match pieces.word(second.end.saturating_sub(1)) {
        _ if !second.scaled => 0,
        Word::Scale(power) => power,
        _ => letter_magnitude(pieces.text(second.end.saturating_sub(1))).unwrap_or(0),
    };
    low.shifted(power).filter(|scaled| scaled.less_than(second.value)).unwrap_or(low)
}

/// "$5 to $7 million": the first amount counts in the second one's millions.
fn inherited(pieces: Pieces<'_>, low: Decimal, end: usize) -> Option<Decimal> {
    let joined = matches!(pieces.word(end), Word::To | Word::And | Word::Or);
    if !joined || pieces.word(end + 1) != Word::Sign || low.digits >= 1000 {
        return None;
    }
    let between = pieces.word(end) == Word::To
        || (0..4).any(|back| pieces.before(end, back + 1) == Word::Between);
    let second = magnitude(pieces, numbers::read(pieces, end + 2)?)?;
    (between && second.scaled).then(|| scaled_like(pieces, low, &second))
}

/// Letters that stand for a magnitude.
fn letter_magnitude(letters: &str) -> Option<u8> {
    Some(match letters {
        "k" | "K" => 3,
        "m" | "M" | "mn" | "mln" | "mil" | "mio" | "MM" => 6,
        "b" | "B" | "bn" | "bln" | "Bn" | "BN" => 9,
        "t" | "T" | "tn" | "trn" => 12,
        "cr" | "Cr" => 7,
        _ => return None,
    })
}

/// Takes in "bn", "m" and their like after digits.
fn magnitude(pieces: Pieces<'_>, number: Reading) -> Option<Reading> {
    if number.scaled || !number.digits {
        return Some(number);
    }
    let Some(power) = letter_magnitude(pieces.text(number.end)) else { return Some(number) };
    let apart = pieces.text(number.end).len() > 1;
    if !pieces.glued(number.end) && !apart || pieces.inner(number.end + 1, b'\'') {
        return Some(number);
    }
    let value = number.value.shifted(power)?;
    Some(Reading { value, end: number.end + 1, scaled: true, ..number })
}

/// What begins with a number: "35 cents", "5 to 7 percent", "millions of dollars".
fn counted(pieces: Pieces<'_>, at: usize, sterling: bool) -> Option<Amount> {
    let glued = pieces.glued(at) && matches!(pieces.before(at, 1), Word::Mark(b'.' | b'/' | b':'));
    if glued && pieces.before(at, 2) == Word::Digits {
        return None;
    }
    half_percent(pieces, at)
        .or_else(|| number_then(pieces, at, sterling))
        .or_else(|| vague(pieces, at))
}

/// "Half a percent", "a percentage point".
fn half_percent(pieces: Pieces<'_>, at: usize) -> Option<Amount> {
    let (value, noun) = match (pieces.word(at), pieces.word(at + 1)) {
        (Word::Half, Word::A) => (Decimal { digits: 5, scale: 1 }, at + 2),
        (Word::A, Word::Percent) if pieces.word(at + 2) == Word::Points => {
            (Decimal::whole(1), at + 1)
        }
        _ => return None,
    };
    let (unit, end) = percent_mark(pieces, noun)?;
    Some(Amount { start: at, end, label: Label::Percent, low: Some(value), high: None, unit })
}

/// A percent sign or word at `at`: its unit and the piece after it.
fn percent_mark(pieces: Pieces<'_>, at: usize) -> Option<(Option<Unit>, usize)> {
    let end = match pieces.word(at) {
        Word::Mark(b'%') | Word::Percent => at + 1,
        _ if pieces.is(at, "per") && pieces.is(at + 1, "cent") => at + 2,
        _ => return None,
    };
    let word = pieces.word(at) == Word::Percent && pieces.is(at, "percentage");
    match pieces.word(end) {
        Word::Points => Some((Some(Unit::Points), end + 1)),
        Word::Mark(b'-') if pieces.word(end + 1) == Word::Points && pieces.glued(end + 1) => {
            Some((Some(Unit::Points), end + 2))
        }
        _ if word => None,
        _ => Some((None, end)),
    }
}

/// "-2.5%", "+3 percent": the sign belongs to the number.
fn percent_of_sign(pieces: Pieces<'_>, at: usize) -> Option<Amount> {
    if !pieces.glued(at + 1) || pieces.glued(at) && !pieces.mark(at.checked_sub(1)?, b'(') {
        return None;
    }
    let mut amount = number_then(pieces, at + 1, false)?;
    if amount.label != Label::Percent || amount.high.is_some() {
        return None;
    }
    if pieces.mark(at, b'-') {
        amount.low = amount.low.map(|low| Decimal { digits: -low.digits, ..low });
    }
    Some(Amount { start: at, ..amount })
}

/// A number, or one to another, and what it counts.
fn number_then(pieces: Pieces<'_>, at: usize, sterling: bool) -> Option<Amount> {
    let first = magnitude(pieces, numbers::read(pieces, at)?)?;
    if let Some((second, noun)) = second_number(pieces, at, &first)
        && let Some((low, high)) = ordered(pieces, &first, &second)
        && let Some(amount) = unit_of(pieces, at, &second, noun, sterling)
    {
        let cents = amount.low.is_some_and(|low| low.scale == second.value.scale + 2);
        let low = if cents { low.hundredth()? } else { low };
        let high = amount.low.or(Some(high));
        return Some(Amount { low: Some(low), high, ..amount });
    }
    unit_of(pieces, at, &first, first.end, sterling)
}

/// The upper end of "5 to 10", "5-10", "between 5 and 10", "5% - 10%", and the piece after it.
fn second_number(pieces: Pieces<'_>, at: usize, first: &Reading) -> Option<(Reading, usize)> {
    let percent = percent_mark(pieces, first.end).map(|(_, end)| end);
    let dash = percent.unwrap_or(first.end);
    let joined = match pieces.word(dash) {
        Word::Mark(b'-') => pieces.glued(dash) == pieces.glued(dash + 1),
        Word::To | Word::Or => percent.is_none(),
        Word::And => percent.is_none() && pieces.before(at, 1) == Word::Between,
        _ => false,
    };
    let to = if pieces.mark(dash, b'-') && pieces.word(dash + 1) == Word::To {
        dash + 3
    } else {
        dash + 1
    };
    if !joined {
        return None;
    }
    let second = magnitude(pieces, numbers::read(pieces, to)?)?;
    (second.digits == first.digits).then_some((second, second.end))
}

/// The amount of which `number` is the count, if a unit stands at `noun`.
fn unit_of(
    pieces: Pieces<'_>,
    start: usize,
    number: &Reading,
    noun: usize,
    sterling: bool,
) -> Option<Amount> {
    let hyphened = pieces.inner(noun, b'-');
    let noun = if hyphened { noun + 1 } else { noun };
    if let Some((unit, end)) = percent_mark(pieces, noun) {
        let low = Some(number.value);
        return Some(Amount { start, end, label: Label::Percent, low, high: None, unit });
    }
    if pieces.word(noun) == Word::Sign {
        // "5€", but "$10" after "10" is the next amount.
        let currency = currencies::sign("", pieces.text(noun))?;
        let own = pieces.glued(noun) && pieces.word(noun + 1) != Word::Digits;
        let cents = pieces.text(noun) == "¢";
        let low = if cents { number.value.hundredth()? } else { number.value };
        return own.then(|| money(start, noun + 1, Some(low), None, Some(currency)));
    }
    let letters = pieces.text(noun);
    if letters == "p" && pieces.glued(noun) && !hyphened {
        let pence = number.value.hundredth()?;
        let few = number.count().is_some_and(|count| (1..100).contains(&count));
        let currency = currencies::of(Name::Pound, "");
        return (few && sterling).then(|| money(start, noun + 1, Some(pence), None, currency));
    }
    let (country, at) = demonym(pieces, noun);
    if let Some(found) = currencies::noun(pieces.text(at)) {
        if found.shy && !number.scaled && country.is_empty() {
            let pounds = found.name == Name::Pound && (sterling || pieces.is(at + 1, "sterling"))
                || found.name == Name::Won && number.grouped;
            if !pounds {
                return None;
            }
        }
        let cents = matches!(found.name, Name::Cent | Name::Penny);
        let low = if cents { number.value.hundredth()? } else { number.value };
        let sterling = found.name == Name::Pound && pieces.is(at + 1, "sterling");
        let end = at + 1 + usize::from(sterling);
        return Some(money(start, end, Some(low), None, currencies::of(found.name, country)));
    }
    // "40 million USD"
    let code = (letters.len() == 3 && !hyphened).then(|| currencies::before_number(letters))??;
    let free = pieces.word(noun + 1) != Word::Digits && number.digits;
    free.then(|| money(start, noun + 1, Some(number.value), None, Some(code)))
}

/// The country between a number and a currency, in the form that narrows a name, and the piece
/// after it; nothing where the word at `at` is itself the currency.
fn demonym<'a>(pieces: Pieces<'a>, at: usize) -> (&'a str, usize) {
    let none = ("", at);
    let narrows = |country: &str, noun: usize| {
        currencies::noun(pieces.text(noun)).is_some_and(|n| currencies::narrows(n.name, country))
    };
    if currencies::noun(pieces.text(at)).is_some() && !pieces.is(at, "euro") {
        return none;
    }
    if pieces.is(at, "u") && pieces.mark(at + 1, b'.') && pieces.is(at + 2, "s") {
        let noun = at + 3 + usize::from(pieces.mark(at + 3, b'.'));
        return if narrows("us", noun) { ("us", noun) } else { none };
    }
    let two = matches!(pieces.text(at), "Hong" | "New" | "South" | "Sri" | "West" | "CFA");
    for country in [at, at + 1].into_iter().take(1 + usize::from(two)) {
        if narrows(pieces.text(country), country + 1) {
            return (pieces.text(country), country + 1);
        }
    }
    none
}

/// "Millions of dollars", "hundreds of thousands of euros", "a few cents", "several million pesos".
fn vague(pieces: Pieces<'_>, at: usize) -> Option<Amount> {
    let mut end = match (pieces.word(at), pieces.word(at + 1)) {
        (Word::A, Word::Few) => at + 2,
        (Word::Few | Word::Several | Word::Many, _) => at + 1,
        _ => at,
    };
    let mut seen = end > at;
    while matches!(pieces.word(end), Word::Scale(_) | Word::Dozen)
        || (pieces.is(end, "tens") && pieces.word(end + 1) == Word::Of)
    {
        seen = true;
        end += 1;
        if pieces.word(end) == Word::Of {
            end += 1;
        }
    }
    let (country, noun) = demonym(pieces, end);
    let found = currencies::noun(pieces.text(noun)).filter(|_| seen)?;
    let shy = found.shy && !matches!(pieces.before(end, 1), Word::Of | Word::Scale(_));
    (!shy).then(|| money(at, noun + 1, None, None, currencies::of(found.name, country)))
}

/// What the words around an amount say of the side the truth lies on.
fn modifier(pieces: Pieces<'_>, start: usize, end: usize) -> Option<Modifier> {
    match (pieces.word(end), pieces.word(end + 1)) {
        (Word::Or, Word::More) => return Some(Modifier::AtLeast),
        (Word::Or, Word::Less) => return Some(Modifier::AtMost),
        (Word::Or, _) if pieces.is(end + 1, "so") => return Some(Modifier::Approx),
        (Word::Mark(b'+'), _) if pieces.glued(end) => return Some(Modifier::AtLeast),
        _ => {}
    }
    let back = |steps| pieces.before(start, steps);
    Some(match (back(2), back(1)) {
        (Word::More, Word::Than) if back(3) == Word::No => Modifier::AtMost,
        (Word::Less, Word::Than) if back(3) == Word::No => Modifier::AtLeast,
        (Word::More, Word::Than) => Modifier::MoreThan,
        (Word::Less, Word::Than) => Modifier::LessThan,
        (Word::At, Word::Least) => Modifier::AtLeast,
        (Word::At, Word::Most) | (Word::Up, Word::To) => Modifier::AtMost,
        (_, Word::Over) => Modifier::MoreThan,
        (_, Word::Nearly) => Modifier::LessThan,
        (_, Word::About | Word::Some) => Modifier::Approx,
        (Word::Other, Word::Other) | (_, Word::Other) => {
            let before = start.checked_sub(1)?;
            if pieces.is(before, "under") || pieces.is(before, "below") {
                Modifier::LessThan
            } else if pieces.is(before, "above") || pieces.is(before, "exceeding") {
                Modifier::MoreThan
            } else {
                return None;
            }
        }
        (_, Word::Of) if pieces.is(start.checked_sub(2)?, "excess") => Modifier::MoreThan,
        _ => return None,
    })
}
