//! Whether a sentence ends at a terminator.
//!
//! In: the bytes of a block, where the sentence begins and where a terminator stands. Out: a
//! [`Verdict`]. First the run of terminators and what closes after it is read, then the word
//! before and the word or two after are weighed; nothing looks further than [`REACH`] bytes, so the
//! cost of a look is bounded and a text can be cut before all of it is there.

use super::bytes::{Next, at, bracket, is_letter, next, quote, skip_spaces, space, word_at};
use super::site::Site;
use super::words::{
    after_name, after_time, initials, list_number, lower_opener, mixed_case, roman, says,
    spells_name,
};
use crate::lexicon::abbreviations::{Abbreviation, abbreviation, opens_sentence};

/// What a look at a terminator found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The sentence ends at `end`; the next one begins at `next`.
    Cut { end: usize, next: usize },
    /// It goes on; the next terminator is to be sought from here.
    Go(usize),
}

/// Looks at the terminator at `mark` of the sentence that begins at `start`; `bytes` end where
/// the block does.
pub(super) fn judge(bytes: &[u8], start: usize, mark: usize) -> Verdict {
    if mark + 1 == bytes.len() {
        return Verdict::Cut { end: bytes.len(), next: bytes.len() };
    }
    if plain_end(bytes, start, mark) {
        return Verdict::Cut { end: mark + 1, next: mark + 2 };
    }
    weigh(bytes, start, mark)
}

/// How far a look goes, in bytes: a longer run of dots, closers or spaces ends nothing.
pub(super) const REACH: usize = 1 << 12;

/// [`judge`] by all the rules.
fn weigh(bytes: &[u8], start: usize, mark: usize) -> Verdict {
    let reach = &bytes[..bytes.len().min(mark + REACH)];
    let site = Site::read(reach, start, mark);
    let at_end = site.next >= reach.len();
    if at_end && reach.len() < bytes.len() {
        Verdict::Go(site.after)
    } else if at_end || site.ends() {
        Verdict::Cut { end: site.closed, next: site.next }
    } else if let Some((end, next)) = site.address_before_address() {
        Verdict::Cut { end, next }
    } else {
        Verdict::Go(site.after)
    }
}

/// Whether this is the plain case, of which [`weigh`] would say the same: a word in small letters
/// that is no abbreviation, a full stop, one space and a capitalised word.
fn plain_end(bytes: &[u8], start: usize, mark: usize) -> bool {
    let (Some(before), Some(&[b'.', b' ', first, second])) =
        (bytes[start..mark].last_chunk::<8>(), bytes[mark..].first_chunk())
    else {
        return false;
    };
    first.is_ascii_uppercase()
        && (second.is_ascii_lowercase() || second == b' ')
        && before[6..].iter().all(u8::is_ascii_lowercase)
        && match before.iter().rposition(|byte| !byte.is_ascii_lowercase()) {
            // No listed form without a capital is as long as seven letters.
            None | Some(0) => true,
            Some(gap) => before[gap] == b' ' && abbreviation(&before[gap + 1..]).is_none(),
        }
}

impl Site<'_> {
    /// Whether the sentence ends here.
    fn ends(&self) -> bool {
        let (what, word) = next(self.bytes, self.next, self.bytes.len());
        let after = word_at(self.bytes, word);
        if self.only_marks_before() {
            return false;
        }
        if self.next == self.closed {
            // A closer glued to a word, `"Stop!"he said`, ends nothing.
            return self.closed == self.after && self.glued(what, word, after);
        }
        if matches!(what, Next::End | Next::Comma) {
            return false;
        }
        if what == Next::Dash && self.goes_on_after_dash(word) {
            return false;
        }
        if self.loud {
            return self.ends_loud(what, after, word);
        }
        if self.stops > 1 {
            return self.ends_ellipsis(what, after);
        }
        self.ends_stop(what, after, word)
    }

    /// Whether nothing but marks stands before the run: `“... and so`.
    fn only_marks_before(&self) -> bool {
        self.mark - self.start <= 12 && next(self.bytes, self.start, self.mark).0 == Next::End
    }

    /// A terminator directly followed by a letter: two sentences glued, or one word.
    fn glued(&self, what: Next, word: usize, after: &[u8]) -> bool {
        let before = self.word_before();
        let end = word + after.len();
        let whole = !after.is_empty()
            && !matches!(
                at(self.bytes, end),
                b'.' | b'/' | b'@' | b'=' | b'&' | b'_' | b'-' | b':'
            )
            || at(self.bytes, end) == b'.' && !at(self.bytes, end + 1).is_ascii_alphanumeric();
        if !whole || before.iter().any(|byte| matches!(byte, b'/' | b'@' | b'=' | b'.' | b'_')) {
            return false;
        }
        if self.loud {
            let plain = before.len() > 1
                && before.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
            return plain
                && (what == Next::Upper
                    || what == Next::Lower && after.len() > 2 && !self.brand());
        }
        if self.stops > 1 {
            return what == Next::Upper;
        }
        if self.at_list_number(before) {
            return false;
        }
        let tail = before.len().saturating_sub(2);
        let plain = before.len() >= 2 && before[tail..].iter().all(u8::is_ascii_lowercase)
            || self.mark > self.start
                && matches!(self.bytes[self.mark - 1], b' ' | b')' | b'"' | b'0'..=b'9');
        match what {
            Next::Upper => {
                let cased = after == b"I"
                    || after == b"A"
                    || after.len() > 1 && !after[1..].iter().any(u8::is_ascii_uppercase);
                let names = before.first().is_some_and(u8::is_ascii_uppercase);
                plain && cased && (!names || opens_sentence(after))
            }
            Next::Lower => {
                before.len() >= 3
                    && plain
                    && after.len() >= 3
                    && lower_opener(after)
                    && at(self.bytes, end) == b' '
            }
            _ => false,
        }
    }

    /// When the stop stands inside a web address and another one follows: where the first ends
    /// and the second begins. Links in a row are one sentence each.
    fn address_before_address(&self) -> Option<(usize, usize)> {
        const LONGEST: usize = 200;
        if self.next != self.after || !is_letter(at(self.bytes, self.after)) {
            return None;
        }
        let before = self.word_before();
        if !before.contains(&b'/') && !before.starts_with(b"www") {
            return None;
        }
        let reach = &self.bytes[self.after..self.bytes.len().min(self.after + LONGEST)];
        let len = reach.iter().position(|byte| !byte.is_ascii_graphic())?;
        let end = self.after + len;
        let next = skip_spaces(self.bytes, end);
        (next > end && self.bytes[next..].starts_with(b"http")).then_some((end, next))
    }

    /// A question or exclamation mark is in the run.
    fn ends_loud(&self, what: Next, after: &[u8], word: usize) -> bool {
        match what {
            Next::Lower => self.closed == self.after && !self.brand() || mixed_case(after),
            Next::Upper if self.quoted => !self.attribution(word),
            _ => true,
        }
    }

    /// Several stops, or an ellipsis character.
    fn ends_ellipsis(&self, what: Next, after: &[u8]) -> bool {
        // "[...]" marks words left out.
        if bracket(self.bytes, self.after) > 0
            && matches!(at(self.bytes, self.mark.wrapping_sub(1)), b'[' | b'(')
        {
            return false;
        }
        match what {
            Next::Lower => mixed_case(after),
            Next::Dash | Next::Other => !self.quoted,
            _ => true,
        }
    }

    /// Whether the word before is a name that ends in an exclamation mark: "Yahoo! said".
    fn brand(&self) -> bool {
        let word = self.word_before();
        at(self.bytes, self.mark) == b'!'
            && word.first().is_some_and(u8::is_ascii_uppercase)
            && word.iter().any(u8::is_ascii_lowercase)
            && self.mark - word.len() > self.start
    }

    /// Whether a name and a verb of saying follow: `"Why now?" Okafor asked.`
    fn attribution(&self, mut word: usize) -> bool {
        for _ in 0..4 {
            let name = word_at(self.bytes, word);
            if !name.first().is_some_and(|byte| byte.is_ascii_uppercase() || *byte >= 0x80) {
                return says(name);
            }
            word += name.len();
            word += usize::from(at(self.bytes, word) == b'.');
            word = skip_spaces(self.bytes, word);
        }
        false
    }

    /// Whether a small letter follows the dash: `"Huh?" - a word for ...`
    fn goes_on_after_dash(&self, dash: usize) -> bool {
        let mut word = dash;
        while next(self.bytes, word, self.bytes.len()).0 == Next::Dash {
            word += if at(self.bytes, word) == b'-' { 1 } else { 3 };
        }
        next(self.bytes, skip_spaces(self.bytes, word), self.bytes.len()).0 == Next::Lower
    }

    /// A single full stop, white space after it.
    fn ends_stop(&self, what: Next, after: &[u8], word: usize) -> bool {
        let before = self.word_before();
        if self.closed > self.after
            && bracket(self.bytes, self.after).max(quote(self.bytes, self.after)) > 0
        {
            // Something closed between the stop and the next word.
            return match what {
                Next::Lower => mixed_case(after),
                Next::Upper => !self.at_list_number(before),
                _ => !(bracket(self.bytes, self.after) > 0 && abbreviation(before).is_some()),
            };
        }
        if self.at_list_number(before) {
            return false;
        }
        let class = class(before);
        let initials = initials(before);
        let plain = class.is_none() && !initials;
        match what {
            Next::Lower => {
                mixed_case(after) || plain && before.len() > 1 && self.lower_start(after)
            }
            Next::Digit => match class {
                Some(Abbreviation::List) => true,
                Some(_) => false,
                None => !initials && !self.after_number_sign(),
            },
            Next::Upper => self.ends_before_capital(class, before, after, word),
            Next::Bracket | Next::Other => plain,
            Next::Dash => plain && before.len() > 1,
            Next::End | Next::Comma => false,
        }
    }

    /// A full stop, a space and a capital: the abbreviation's class decides.
    fn ends_before_capital(
        &self,
        class: Option<Abbreviation>,
        before: &[u8],
        after: &[u8],
        word: usize,
    ) -> bool {
        let Some(class) = class else {
            return !initials(before) || self.ends_initials(before, after);
        };
        match class {
            // "St." and "Dr." after a name are a street and a drive.
            Abbreviation::Title => {
                matches!(before, b"St" | b"Dr")
                    && after_name(self.bytes, self.start, self.mark - before.len())
                    && opens_sentence(after)
                    && !spells_name(after)
            }
            Abbreviation::Inner => false,
            Abbreviation::Number => {
                before.len() > 1 && (opens_sentence(after) || after.len() > 1 && !roman(after))
            }
            Abbreviation::Time => self.ends_time(after, word),
            Abbreviation::List => true,
            _ => opens_sentence(after),
        }
    }

    /// Initials before a capital: a name, a body, or the end.
    fn ends_initials(&self, before: &[u8], after: &[u8]) -> bool {
        if before.len() > 1 {
            return opens_sentence(after);
        }
        let word_start = self.mark - before.len();
        if before == b"I" || !after_name(self.bytes, self.start, word_start) {
            opens_sentence(after)
        } else {
            opens_sentence(after) && !spells_name(after)
        }
    }

    /// A time of day before a capital: a zone or a day may follow.
    fn ends_time(&self, after: &[u8], word: usize) -> bool {
        if after_time(after) {
            return false;
        }
        // "At 5 a.m. Mr. Ito ..." is no sentence yet.
        let opening = word_at(self.bytes, self.start);
        let early = self.mark - self.start <= 16
            && matches!(
                opening,
                b"At"
                    | b"By"
                    | b"Around"
                    | b"From"
                    | b"Before"
                    | b"After"
                    | b"Until"
                    | b"Since"
                    | b"On"
            );
        !early && word > self.mark
    }

    /// Whether a sentence may begin with this small letter.
    fn lower_start(&self, after: &[u8]) -> bool {
        let writer = next(self.bytes, self.start, self.mark).0 == Next::Lower;
        writer || lower_opener(after) || after.starts_with(b"http") || after == b"www"
    }

    /// Whether the word before is the sentence's own number: "3. Close the valve."
    fn at_list_number(&self, before: &[u8]) -> bool {
        let start = self.mark - before.len();
        list_number(before) && self.mark - self.start <= 16 && {
            let (_, first) = next(self.bytes, skip_bullets(self.bytes, self.start), self.mark);
            first == start
        }
    }

    /// Whether the stop is that of "N°."
    fn after_number_sign(&self) -> bool {
        self.mark >= 2 && self.bytes[self.mark - 2..self.mark] == [0xC2, 0xB0]
    }
}

/// The class of the word, or of its part after the last hyphen: "Lt-Gen".
fn class(word: &[u8]) -> Option<Abbreviation> {
    abbreviation(word).or_else(|| {
        let part = word.rsplit(|byte| *byte == b'-').next().unwrap_or_default();
        (part.len() > 1 && part.len() < word.len()).then(|| abbreviation(part)).flatten()
    })
}

/// The position after bullets at the head of an item.
fn skip_bullets(bytes: &[u8], mut i: usize) -> usize {
    for _ in 0..4 {
        i += match at(bytes, i) {
            b'*' | b'-' | b'(' | b'[' => 1,
            0xE2 if at(bytes, i + 1) != 0x80 || at(bytes, i + 2) == 0xA2 => 3,
            0xC2 if at(bytes, i + 1) == 0xB7 => 2,
            _ => space(bytes, i),
        };
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_case_is_what_the_rules_say() {
        let befores = [
            "It was so late",
            "He said no",
            "Among others etc",
            "a-b c",
            "The governors",
            "said Dr",
            "x",
            "at 5 p.m",
            "isn't it",
            "(a word",
            "naïve ideas",
            "fig",
            "approx",
            "wives",
        ];
        let afters =
            [". The", ". A b", ". the", ".  The", ". U.S", ". XD", ". I am", ". \"The", "."];
        let mut plain = 0;
        for before in befores {
            for after in afters {
                let text = format!("{before}{after}");
                if plain_end(text.as_bytes(), 0, before.len()) {
                    plain += 1;
                    let cut = Verdict::Cut { end: before.len() + 1, next: before.len() + 2 };
                    assert_eq!(weigh(text.as_bytes(), 0, before.len()), cut, "{text}");
                }
            }
        }
        assert!(plain >= 12, "the plain case is never taken");
    }

    #[test]
    fn no_small_abbreviation_is_as_long_as_seven_letters() {
        for (form, _) in pullquote_data::ABBREVIATIONS {
            assert!(
                form.len() < 7 || form.contains('.') || form.starts_with(char::is_uppercase),
                "{form}"
            );
        }
    }
}
