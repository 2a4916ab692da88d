//! What the words between quotation marks are for.
//!
//! In: the text, its layout and its regions. Out: one [`Guess`] for each region: how far its own
//! looks and its neighbours speak for somebody's words, and what else it would be.
//!
//! Algorithm: additive evidence from the region's length, capitals and stops and from the words
//! beside it; a few leads ("the film", "so-called", "a banner reading") name another function
//! outright. The weights are tenths of log-odds, rounded from a logistic regression on the training
//! split of the quotation corpus. In a list ("X" and "Y") each region has the lead of the first.
//! Cost: at most [`REACH`] bytes on either side and [`READ`] bytes of the region. Not attempted:
//! syntax, and knowing whether an attribution claims the region; see [`Guess::function`].

mod leads;
mod side;

use side::{Side, is_capital, is_in, is_name_like, words};

use super::MarkFunction;
use crate::layout::Layout;
use crate::marks::{Region, Regions};
use crate::span::Span;

/// Bytes of context that count on either side.
const REACH: usize = 96;
/// Bytes of the region that are read; a longer one is speech by its length alone.
const READ: usize = 160;
/// Words of the region that are read; more of them change nothing.
const MANY: usize = 12;
/// Evidence that a region of one to three words which no attribution claims needs to pass as
/// speech all the same: what attributions find apart, short regions are mostly something else.
const UNCLAIMED_SHORT: i32 = 15;
/// The same for a longer one.
const UNCLAIMED_LONG: i32 = 5;

/// What a region's looks and neighbours say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guess {
    /// For speech when positive, in tenths of log-odds, as if nothing else were known.
    pub(crate) speech: i32,
    /// What it is if it is not speech.
    pub(crate) otherwise: MarkFunction,
    /// Whether a lead names that other function outright.
    pub(crate) named: bool,
    /// Whether it has three words at most.
    pub(crate) short: bool,
}

impl Guess {
    /// The function of the region, given whether an attribution claims its words.
    pub(crate) fn function(self, claimed: bool) -> MarkFunction {
        let needed = match (claimed, self.short) {
            (true, _) => i32::MIN,
            (false, true) => UNCLAIMED_SHORT,
            (false, false) => UNCLAIMED_LONG,
        };
        if !self.named && self.speech >= needed { MarkFunction::Speech } else { self.otherwise }
    }
}

/// Guesses for all regions, in their order. Linear in the number of regions.
pub(crate) fn guess(text: &str, layout: &Layout, regions: &Regions) -> Vec<Guess> {
    let mut blocks = layout.blocks.rows().iter().filter(|block| !block.kind.is_inline()).peekable();
    let mut guesses = Vec::with_capacity(regions.rows.len());
    // The last region of each depth and the text that leads up to it.
    let mut path: Vec<(Region, Span)> = Vec::new();
    for region in &regions.rows {
        while blocks.next_if(|block| block.span.end() <= region.span.start()).is_some() {}
        let block = blocks.peek().map_or(region.span, |block| block.span);
        let depth = usize::from(region.depth);
        let room = match depth.checked_sub(1).and_then(|outer| path.get(outer)) {
            Some((outer, _)) => outer.inner,
            None => block,
        };
        let before = Span::new(
            text.ceil_char_boundary(region.span.start().saturating_sub(REACH)).max(room.start()),
            region.span.start(),
        );
        let lead = match path.get(depth) {
            Some((sibling, lead)) if continues_list(text, room, *sibling, *region) => *lead,
            _ => before,
        };
        let context = Context {
            before: Side::before(lead.of(text)),
            after: Side::after(head(text, region.span.end(), room.end(), REACH)),
            inner: head(text, region.inner.start(), region.inner.end(), READ),
            whole: region.inner.len() <= READ,
            nested: depth > 0,
            reopened: region.reopened,
        };
        guesses.push(context.guess());
        path.truncate(depth);
        path.push((*region, lead));
    }
    guesses
}

/// At most `limit` bytes from byte `start` on, up to `end`.
fn head(text: &str, start: usize, end: usize, limit: usize) -> &str {
    let end = text.floor_char_boundary(end.min(start.saturating_add(limit)));
    Span::new(start, end).of(text)
}

/// Whether nothing but a comma or "and" stands between two regions of one room.
fn continues_list(text: &str, room: Span, first: Region, second: Region) -> bool {
    let gap = Span::new(first.span.end(), second.span.start());
    let between = gap.of(text).trim();
    first.closed
        && room.contains(first.span)
        && gap.len() <= 8
        && (matches!(between, "and" | "or" | "," | ", and" | ", or" | "but" | "/")
            || (between.is_empty() && first.inner.of(text).ends_with(',')))
}

/// What is known of a region and its neighbours.
struct Context<'a> {
    before: Side<'a>,
    after: Side<'a>,
    inner: &'a str,
    /// Whether `inner` is all of it.
    whole: bool,
    nested: bool,
    reopened: bool,
}

/// How a region's words are capitalised.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// The first word is small.
    Small,
    /// The first word is capital, another one is small.
    Sentence,
    /// A single capital word.
    Capital,
    /// Several words, all capital but for "of", "the" and the like.
    Headline,
}

impl Context<'_> {
    fn guess(&self) -> Guess {
        let mut first_words = [""; MANY];
        let count = words(self.inner).zip(&mut first_words).map(|(word, at)| *at = word).count();
        let words = &first_words[..count];
        if words.is_empty() || self.before.text.ends_with('=') {
            return Guess {
                speech: -50,
                otherwise: MarkFunction::Unknown,
                named: true,
                short: true,
            };
        }
        let case = case(words);
        let named = self.named(words, case);
        let otherwise = named.unwrap_or(match case {
            Case::Headline => MarkFunction::Title,
            _ if self.whole && words.len() <= 5 => MarkFunction::Term,
            _ => MarkFunction::Unknown,
        });
        let short = self.whole && words.len() <= 3;
        Guess { speech: self.speech(words, case), otherwise, named: named.is_some(), short }
    }

    /// Evidence for speech, in tenths of log-odds.
    fn speech(&self, words: &[&str], case: Case) -> i32 {
        let mut sum = match words.len() {
            1 => -5,
            2 | 3 => 1,
            4 | 5 => 5,
            6..=9 => 9,
            _ => 15,
        };
        sum += match case {
            Case::Small => 9,
            Case::Headline => -11,
            Case::Sentence | Case::Capital => 0,
        };
        if words.iter().any(|word| is_in(leads::SPOKEN, word)) {
            sum += 10;
        }
        sum += match self.inner.chars().next_back() {
            Some('!' | '?') if self.whole => 6,
            Some(',') if self.whole => 3,
            _ => 0,
        };
        let cue = self.before.cue();
        sum += match cue {
            Some(0) => 18,
            Some(_) => 15,
            None => 0,
        };
        sum += match self.after.cue() {
            Some(0..=3) => 17,
            Some(_) => 7,
            None => 0,
        };
        let nearest = self.before.nearest();
        let lead = self.before.text.trim_end();
        sum += match lead.chars().next_back() {
            None => 4,
            Some('.' | '!' | '?') => 19,
            Some(':') => 8,
            Some(',') => 5,
            Some('(') => 10,
            _ if nearest.ends_with("'s") || nearest.ends_with("’s") => -13,
            _ => leads::weight_of_neighbour(nearest),
        };
        if self.before.has(leads::WORKS, 3) {
            sum -= 13;
        }
        if self.after.has(leads::WORKS, 2) {
            sum -= 7;
        }
        if self.names_noun_after() {
            sum -= 4;
        }
        // Inside a quotation a few quoted words are seldom a quotation again.
        let led_in = lead.ends_with([',', ':']) || cue.is_some_and(|at| at <= 2);
        if self.nested && words.len() <= 3 && !led_in {
            sum -= 20;
        }
        if self.reopened {
            sum += 30;
        }
        sum
    }

    /// Whether the region stands before a noun as an adjective does: the "silent" vote.
    fn names_noun_after(&self) -> bool {
        let next = self.after.words.first().copied().unwrap_or_default();
        self.after.text.starts_with(' ')
            && self.after.text.trim_start().starts_with(next)
            && next.starts_with(char::is_lowercase)
            && !is_in(leads::SMALL, next)
    }

    /// The function that a lead or the place names outright.
    fn named(&self, words: &[&str], case: Case) -> Option<MarkFunction> {
        let capital = matches!(case, Case::Capital | Case::Headline);
        let short = self.whole && words.len() <= 3;
        let nearest = self.before.nearest();
        let touching = self.before.text.trim_end().ends_with(nearest);
        if short && self.is_between_names(words) {
            return Some(MarkFunction::Nickname);
        }
        if self.is_on_sign(touching) {
            return Some(MarkFunction::Sign);
        }
        if self.before.has(leads::CODE_NAMES, 1) && capital && touching {
            return Some(MarkFunction::Term);
        }
        let known_as = self.before.words.iter().take(2).rev().copied().eq(["known", "as"])
            || is_in(leads::DUBBED, nearest);
        if known_as && short {
            let alias = case == Case::Capital
                || (words.len() == 2 && words[0] == "the" && is_capital(words[1]));
            return Some(if alias { MarkFunction::Nickname } else { MarkFunction::Term });
        }
        if capital && self.is_title(touching) {
            return Some(MarkFunction::Title);
        }
        let so_called = self.before.words.iter().take(2).rev().copied().eq(["so", "called"]);
        let called = so_called || (self.before.has(leads::CALLED, 1) && capital);
        if (called || self.before.has(leads::WORDS, 1)) && words.len() <= 5 {
            return Some(MarkFunction::Term);
        }
        // A gloss: asado ("barbecue").
        let gloss = self.before.text.ends_with('(') && self.after.text.starts_with(')');
        (gloss && words.len() <= 2).then_some(MarkFunction::Term)
    }

    /// Silas "Rooster" Boone.
    fn is_between_names(&self, words: &[&str]) -> bool {
        let first = self.before.nearest();
        let last = self.after.words.first().copied().unwrap_or_default();
        let article = words.len() > 1 && is_in(&["the"], words[0]);
        let spaced = self.before.text.strip_suffix(' ').is_some_and(|text| text.ends_with(first))
            && self.after.text.strip_prefix(' ').is_some_and(|text| text.starts_with(last));
        let others =
            self.before.words.iter().skip(1).take(4).chain(self.after.words.iter().skip(1).take(4));
        spaced
            && is_name_like(first)
            && is_name_like(last)
            && (article || words.iter().all(|word| is_capital(word)))
            && self.inner.ends_with(char::is_alphanumeric)
            && !is_in(leads::SMALL, first)
            && !is_in(leads::CODE_NAMES, first)
            && !is_in(leads::WORKS, first)
            && !leads::is_saying(first)
            && !first.ends_with("'s")
            && !first.ends_with("’s")
            // In a headline every word looks like a name.
            && others.filter(|word| !is_in(leads::SMALL, word)).any(|word| !is_capital(word))
    }

    /// A banner reading "...", a sign that says "...", the motto "...", "..." placards.
    fn is_on_sign(&self, touching: bool) -> bool {
        let nearest = self.before.nearest();
        let reads = is_in(leads::READING, nearest)
            && (self.before.has(leads::SIGNS, 7) || self.before.has(leads::SURFACES, 4));
        let shows = is_in(leads::SHOWING, nearest) && self.before.has(leads::SIGNS, 3);
        let names =
            touching && is_in(leads::SIGNS, nearest) && !is_in(&["sign", "button"], nearest);
        let motto = self.before.has(leads::MOTTOS, 2);
        let carried = self.after.text.starts_with(' ') && self.after.has(leads::SIGNS, 1);
        self.whole && (reads || shows || names || motto || carried)
    }

    /// The film "...", NBC's "...", she sang "...", "..." star.
    fn is_title(&self, touching: bool) -> bool {
        let nearest = self.before.nearest();
        let comma = self.before.text.trim_end().ends_with(',');
        let work = (touching || comma) && is_in(leads::WORKS, nearest);
        let ship = touching && is_in(leads::SHIPS, nearest);
        let made = touching && is_in(leads::MAKING, nearest);
        let about = self.after.text.starts_with(' ') && self.after.has(leads::WORKS, 1);
        work || ship || made || about
    }
}

fn case(words: &[&str]) -> Case {
    let capital = |word: &&str| !word.starts_with(char::is_lowercase);
    match words {
        [first, ..] if !capital(first) => Case::Small,
        [_] => Case::Capital,
        _ if words.iter().all(|word| capital(word) || is_in(leads::SMALL, word)) => Case::Headline,
        _ => Case::Sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout;
    use crate::marks;

    fn guesses(text: &str) -> Vec<Guess> {
        let layout = layout::read(text, None, None);
        guess(text, &layout, &marks::pair(text, &layout))
    }

    fn functions(text: &str) -> Vec<MarkFunction> {
        guesses(text).into_iter().map(|guess| guess.function(false)).collect()
    }

    #[test]
    fn leads_name_the_function() {
        use MarkFunction::{Nickname, Sign, Speech, Term, Title};
        for (text, function) in [
            ("They met at the so-called “salt table” again.", Term),
            ("The word “harbour” is misspelt.", Term),
            ("Police named it Operation “Cold Lamp” in May.", Term),
            ("He ate the “spicy” soup.", Term),
            ("The novel “A Winter in Ombria” won.", Title),
            ("They sang “Green Shutters” at dawn.", Title),
            ("“Morning Harbour” host Ann Lee left.", Title),
            ("The ferry “Lady Orme” sank.", Title),
            ("Then Tom “Spade” Miller ran away.", Nickname),
            ("The forger, nicknamed “Velvet”, was freed.", Nickname),
            ("A banner reading “Leave our river alone” hung there.", Sign),
            ("A sign that says “No boats” fell.", Sign),
            ("“Free the pilots” signs lined the road.", Sign),
            ("The mayor called it “madness”.", Speech),
            ("“Nonsense,” he added.", Speech),
            ("He left. “It will never work, whatever they try.”", Speech),
        ] {
            assert_eq!(functions(text), [function], "{text}");
        }
    }

    #[test]
    fn a_list_shares_the_lead_of_its_first_region() {
        assert_eq!(
            functions("She sang “Low Water,” “Tin Roof” and “Gold”."),
            [MarkFunction::Title; 3]
        );
        assert_eq!(functions("He called them “thieves” and “liars”."), [MarkFunction::Speech; 2]);
    }

    #[test]
    fn a_claim_makes_speech_of_what_no_lead_names() {
        let claimed = |text| guesses(text)[0].function(true);
        assert_eq!(claimed("He ate the “spicy” soup."), MarkFunction::Speech);
        assert_eq!(claimed("He ate the so-called “spicy” soup."), MarkFunction::Term);
    }

    #[test]
    fn the_end_of_a_long_character_is_no_trouble() {
        let text = "é".repeat(300) + "“" + &"ü".repeat(300) + "” " + &"é".repeat(300);
        assert_eq!(guesses(&text).len(), 1);
        assert_eq!(guesses("“"), guesses("””"));
    }
}
