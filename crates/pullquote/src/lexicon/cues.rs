//! The cue lexicon: words that bring in what somebody said.
//!
//! In: the data crate's readable list. Out: one [`Cue`] per lemma, in the list's order, which is
//! the order the word table numbers them by. The list is read once, at first use; some three
//! hundred lines, about twenty microseconds.

use std::sync::LazyLock;

/// What sort of act the cue names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CueClass {
    /// say, tell, add
    Say,
    /// write, tweet
    Write,
    /// ask, wonder
    Ask,
    /// think, believe, hope
    Think,
    /// announce, declare
    Announce,
    /// accuse, blame
    Accuse,
    /// deny, reject
    Deny,
    /// urge, demand
    Urge,
    /// according to
    Evidential,
    /// A colon or dash after a name.
    Label,
    /// No cue.
    #[default]
    None,
}

impl CueClass {
    /// The class's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::Write => "write",
            Self::Ask => "ask",
            Self::Think => "think",
            Self::Announce => "announce",
            Self::Accuse => "accuse",
            Self::Deny => "deny",
            Self::Urge => "urge",
            Self::Evidential => "evidential",
            Self::Label => "label",
            Self::None => "none",
        }
    }
}

/// Whether the source stands by the content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// It was said.
    #[default]
    Asserted,
    /// It was denied, or said not to have been said.
    Denied,
    /// An answer was declined.
    Declined,
}

impl Polarity {
    /// The polarity's name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Declined => "declined",
        }
    }
}

/// One cue: a verb, a noun or a phrase with all its forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The dictionary form.
    pub lemma: &'static str,
    /// What sort of act it names.
    pub class: CueClass,
    /// Whether the source stands by the content.
    pub polarity: Polarity,
    /// Its part of speech.
    pub part: Part,
    /// Whether it reports speech proper, not a belief or a plan.
    pub speech: bool,
    /// How many of a hundred uses of the word bring in somebody's words, in the training news;
    /// [`RARE`] when it is too rare there to tell.
    pub share: u8,
}

/// The share of a word too rare to count.
pub const RARE: u8 = 30;

/// The part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// say
    Verb,
    /// claim, remark
    Noun,
    /// according to
    Phrase,
}

static CUES: LazyLock<Vec<Cue>> =
    LazyLock::new(|| rows(pullquote_data::CUES).filter_map(|(cue, _)| cue).collect());

/// All cues, in the list's order.
pub fn all() -> &'static [Cue] {
    &CUES
}

/// The list's rows: each cue, or `None` for a row that does not fit the columns, and its forms.
pub fn rows(
    list: &'static str,
) -> impl Iterator<Item = (Option<Cue>, impl Iterator<Item = &'static str>)> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let forms = line.split('\t').nth(5).unwrap_or_default();
        (cue(line), forms.split(','))
    })
}

/// Reads `lemma class polarity part speech forms share` off a row.
fn cue(line: &'static str) -> Option<Cue> {
    let mut columns = line.split('\t');
    let lemma = columns.next()?;
    let class = match columns.next()? {
        "say" => CueClass::Say,
        "write" => CueClass::Write,
        "ask" => CueClass::Ask,
        "think" => CueClass::Think,
        "announce" => CueClass::Announce,
        "accuse" => CueClass::Accuse,
        "deny" => CueClass::Deny,
        "urge" => CueClass::Urge,
        "evidential" => CueClass::Evidential,
        _ => return None,
    };
    let polarity = match columns.next()? {
        "asserted" => Polarity::Asserted,
        "denied" => Polarity::Denied,
        "declined" => Polarity::Declined,
        _ => return None,
    };
    let part = match columns.next()? {
        "verb" => Part::Verb,
        "noun" => Part::Noun,
        "phrase" => Part::Phrase,
        _ => return None,
    };
    let speech = match columns.next()? {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    let share = match columns.nth(1)? {
        "-" => RARE,
        share => share.parse().ok()?,
    };
    Some(Cue { lemma, class, polarity, part, speech, share })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_fits_the_columns() {
        for (row, (cue, forms)) in rows(pullquote_data::CUES).enumerate() {
            assert!(cue.is_some(), "row {row}");
            assert!(forms.into_iter().all(|form| !form.is_empty()), "row {row}");
        }
    }
}
