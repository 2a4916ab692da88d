//! Amounts of money and percentages.
//!
//! In: a sentence in pieces. Out: MONEY and PERCENT entities, sorted and disjoint, with an exact
//! decimal value and the currency's ISO 4217 code ("$2.4 billion", "Tk 2.30 crore", "35 cents",
//! "5 to 10 per cent"). Percentage points are PERCENT with the unit `pp`, apart from percentages.
//!
//! Algorithm: every piece that can begin an amount is read by a grammar of a few rules, longest
//! first. [`triggers`] tells the sentences that need it.
//!
//! Conventions: approximators stay outside the span and become the modifier; "$5-7 million" and "5
//! to 7 percent" are one amount from one number to another; "$5 to $7 million" is two, the first of
//! which takes over the magnitude. "Millions of dollars" is money without a value.
//!
//! Invariant: a value is exact or absent. Cost: linear in the sentence; every rule looks at a
//! bounded number of pieces. It does not convert, and it does not know what a share is.

use super::currencies::{self, Name};
use super::numbers::{self, Reading};
use super::pieces::{Piece, Pieces};
use super::prices;
use super::words::Word;
use super::{Currency, Decimal, Entity, Label, Modifier, Unit, Value};
use crate::span::Span;

/// Whether a piece can mark an amount: without one, a sentence need not be read.
pub(super) fn triggers(piece: &Piece) -> bool {
    matches!(
        piece.word,
        Word::Sign | Word::Currency | Word::Won | Word::Percent | Word::Mark(b'%' | b'#')
    )
}

/// Adds the amounts of a run of pieces to `found`. "200 pounds" are money only where the article
/// counts in `sterling` elsewhere.
pub(super) fn read(pieces: Pieces<'_>, sterling: bool, found: &mut Vec<Entity>) {
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
        // "A$40bn"
        Word::A if pieces.word(at + 1) == Word::Sign => prefixed(pieces, at),
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
        Word::Mark(b'#') => wired(pieces, at),
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
    let (low, high, end) = prices::priced(pieces, number)?;
    // "P45", "K2" and "COP 27" are names more often than prices.
    let grand = low.digits >= 100 || low.scale > 0 || high.is_some();
    (!(currencies::glued_only(letters) || letters == "COP") || grand)
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
    let (mut low, high, mut end) = prices::priced(pieces, number)?;
    if pieces.text(sign) == "¢" {
        low = low.hundredth()?;
    }
    if high.is_none() {
        low = prices::inherited(pieces, low, end).unwrap_or(low);
    }
    // "$5 million dollars"
    if currencies::noun(pieces.text(end)).is_some_and(|noun| noun.name == Name::Dollar)
        && !pieces.glued(end)
    {
        end += 1;
    }
    Some(money(start, end, Some(low), high, Some(currency)))
}

/// "#54.8 million": the wires' seven-bit pound sign, which only a magnitude tells from a number
/// sign.
fn wired(pieces: Pieces<'_>, at: usize) -> Option<Amount> {
    let number =
        numbers::read(pieces, at + 1).filter(|number| number.scaled && pieces.glued(at + 1))?;
    Some(money(at, number.end, Some(number.value), None, currencies::of(Name::Pound, "")))
}

/// What begins with a number: "35 cents", "5 to 7 percent", "millions of dollars".
fn counted(pieces: Pieces<'_>, at: usize, sterling: bool) -> Option<Amount> {
    let glued = pieces.glued(at) && matches!(pieces.before(at, 1), Word::Mark(b'.' | b'/' | b':'));
    if glued && pieces.before(at, 2) == Word::Digits {
        return None;
    }
    // "A multi-million-dollar house", "a billion-dollar idea": no number stands there.
    let scale = at + usize::from(pieces.word(at) == Word::A);
    if matches!(pieces.word(scale), Word::Scale(_)) && pieces.inner(scale + 1, b'-') {
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
    let first = prices::magnitude(pieces, numbers::read(pieces, at)?)?;
    if let Some((second, noun)) = second_number(pieces, at, &first)
        && let Some((low, high)) = prices::ordered(pieces, &first, &second)
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
    let second = prices::magnitude(pieces, numbers::read(pieces, to)?)?;
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
fn demonym(pieces: Pieces<'_>, at: usize) -> (&str, usize) {
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
        (Word::More, Word::Than) | (_, Word::Over) => Modifier::MoreThan,
        (Word::Less, Word::Than) | (_, Word::Nearly) => Modifier::LessThan,
        (Word::At, Word::Least) => Modifier::AtLeast,
        (Word::At, Word::Most) | (Word::Up, Word::To) => Modifier::AtMost,
        (_, Word::About | Word::Some) => Modifier::Approx,
        (_, Word::Other) => {
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
