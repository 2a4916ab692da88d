//! Makes the word table from the readable lists.
//!
//! In: the files of `pullquote-data/lexicon`. Out: the bytes that [`pullquote::lexicon`] reads in
//! place. A word on several lists has the classes of all of them; the first list in [`LISTS`] that
//! gives a value keeps it.
//!
//! The slots are filled in the order of the hashes, so the bytes depend on the lists alone.

use anyhow::{Context, Result, bail};
use pullquote::lexicon::{
    BEGINS_CUE, COUNTRY, CUE, Classes, HEADER, MAGIC, SLOT, VERSION, cues, hash, key, slot,
};
use std::collections::BTreeMap;
use std::path::Path;

/// One entry of a list.
struct Row<'a> {
    list: &'a str,
    line: usize,
    columns: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Column `index`; an error that names file and line when the row is shorter.
    fn column(&self, index: usize) -> Result<&'a str> {
        let column = self.columns.get(index).copied();
        column.with_context(|| {
            format!("{}:{}: column {} is missing", self.list, self.line, index + 1)
        })
    }

    /// Column `index` as a choice between names.
    fn choice(&self, index: usize, choices: &[(&str, Classes)]) -> Result<Classes> {
        self.named(self.column(index)?, choices)
    }

    /// The words of a column that holds several; none where it does not apply.
    fn several(&self, index: usize) -> Result<impl Iterator<Item = &'a str>> {
        Ok(self.column(index)?.split(',').filter(|word| *word != "-"))
    }

    /// What a name stands for.
    fn named(&self, name: &str, choices: &[(&str, Classes)]) -> Result<Classes> {
        match choices.iter().find(|choice| choice.0 == name) {
            Some(choice) => Ok(choice.1),
            None => bail!(
                "{}:{}: `{name}` is none of {}",
                self.list,
                self.line,
                choices.iter().map(|choice| choice.0).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

const NONE: Classes = Classes(0);
const GENDER: &[(&str, Classes)] =
    &[("m", Classes::MASCULINE), ("f", Classes::FEMININE), ("n", NONE), ("-", NONE)];

/// Words on their way into the table: hash to classes and value.
#[derive(Debug, Default)]
struct Words {
    entries: BTreeMap<u64, (Classes, u32)>,
}

impl Words {
    /// Adds classes, and a value unless the word has one, to a word or phrase.
    fn add(&mut self, words: &str, classes: Classes, value: u32) {
        let hashes: Vec<u64> = tokens(words).into_iter().map(hash::fold).collect();
        if hashes.is_empty() {
            return;
        }
        // Each beginning of a phrase tells that the search goes on.
        for words in 1..hashes.len() {
            let begun = hash::phrase(hashes.iter().copied().take(words));
            let entry = self.entries.entry(begun).or_default();
            entry.0 = entry.0.and(Classes::PHRASE_START);
            if value & CUE != 0 {
                entry.1 |= BEGINS_CUE;
            }
        }
        let phrase = hash::phrase(hashes);
        let entry = self.entries.entry(phrase).or_default();
        entry.0 = entry.0.and(classes);
        // The halves of a value are filled apart: a demonym can also be a cue.
        for half in [CUE, COUNTRY] {
            if entry.1 & half == 0 {
                entry.1 |= value & half;
            }
        }
    }

    /// Lays the entries out as an open-addressed table, three quarters full at most.
    fn bytes(&self) -> Vec<u8> {
        let slots = self.entries.len() * 4 / 3 + 1;
        let mut table = vec![[0; SLOT]; slots];
        for (&hash, &(classes, value)) in &self.entries {
            let mut at = slot(hash, slots);
            while table[at][..4] != [0; 4] {
                at = (at + 1) % slots;
            }
            table[at][..4].copy_from_slice(&key(hash).to_le_bytes());
            table[at][4..8].copy_from_slice(&classes.0.to_le_bytes());
            table[at][8..].copy_from_slice(&value.to_le_bytes());
        }
        let mut bytes = Vec::with_capacity(HEADER + slots * SLOT);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(u32::try_from(slots).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(table.iter().flatten());
        bytes
    }
}

/// The words of an entry as the tokeniser cuts them in running text.
fn tokens(words: &str) -> Vec<&str> {
    pullquote::tokens(words).rows().iter().map(|token| token.span.of(words)).collect()
}

/// A country's code in the upper half of a value.
fn country(code: &str) -> u32 {
    match code.as_bytes() {
        &[first, second] => u32::from_le_bytes([0, 0, first, second]),
        _ => 0,
    }
}

/// Reads a list's rows.
fn read<'a>(name: &'a str, text: &'a str) -> impl Iterator<Item = Row<'a>> {
    text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(
        move |(index, line)| Row {
            list: name,
            line: index + 1,
            columns: line.split('\t').collect(),
        },
    )
}

type Adder = fn(&mut Words, &Row<'_>) -> Result<()>;

/// Every list and what its rows add.
const LISTS: &[(&str, Adder)] = &[
    ("closed.tsv", closed),
    ("titles.tsv", |words, row| {
        words.add(row.column(0)?, Classes::TITLE.and(row.choice(1, GENDER)?), 0);
        Ok(())
    }),
    ("roles.tsv", |words, row| {
        let gender = row.choice(1, GENDER)?;
        words.add(row.column(0)?, Classes::ROLE.and(gender), 0);
        let people = Classes::PEOPLE.and(Classes::PLURAL).and(gender);
        row.several(2)?.for_each(|plural| words.add(plural, people, 0));
        Ok(())
    }),
    ("collectives.txt", |words, row| {
        let kind =
            [("people", Classes::PEOPLE), ("body", Classes::BODY), ("document", Classes::WRITING)];
        words.add(row.column(0)?, row.choice(1, &kind)?, 0);
        Ok(())
    }),
    ("countries.tsv", |words, row| {
        let code = row.column(0)?;
        let code = country(code.split_once('-').map_or(code, |(state, _)| state));
        words.add(row.column(1)?, Classes::COUNTRY, code);
        row.several(2)?.for_each(|name| words.add(name, Classes::COUNTRY, code));
        row.several(3)?.for_each(|city| words.add(city, Classes::PLACE, code));
        row.several(4)?.for_each(|people| words.add(people, Classes::NORP, code));
        Ok(())
    }),
    ("regions.tsv", |words, row| {
        words.add(row.column(0)?, Classes::PLACE, 0);
        Ok(())
    }),
    ("norp.txt", |words, row| {
        words.add(row.column(0)?, Classes::NORP, 0);
        Ok(())
    }),
    ("orgs.txt", |words, row| {
        words.add(row.column(0)?, Classes::ORG, 0);
        Ok(())
    }),
    ("org-heads.txt", |words, row| {
        words.add(row.column(0)?, Classes::ORG_HEAD, 0);
        Ok(())
    }),
    ("fac-heads.txt", |words, row| {
        words.add(row.column(0)?, Classes::FAC_HEAD, 0);
        Ok(())
    }),
    ("loc-heads.txt", |words, row| {
        words.add(row.column(0)?, Classes::LOC_HEAD, 0);
        Ok(())
    }),
    ("misc.txt", |words, row| {
        words.add(row.column(0)?, Classes::MISC, 0);
        Ok(())
    }),
    ("products.txt", |words, row| {
        words.add(row.column(0)?, Classes::PRODUCT, 0);
        Ok(())
    }),
    ("given-names.tsv", |words, row| {
        let common = row.choice(2, COMMON)?;
        words.add(row.column(0)?, Classes::GIVEN.and(row.choice(1, GENDER)?).and(common), 0);
        Ok(())
    }),
    ("surnames.txt", |words, row| {
        let common = row.choice(1, COMMON)?;
        words.add(row.column(0)?, Classes::SURNAME.and(common), 0);
        Ok(())
    }),
    ("places.tsv", |words, row| {
        words.add(row.column(0)?, Classes::PLACE, country(row.column(1)?));
        Ok(())
    }),
    ("months.tsv", calendar),
    ("weekdays.tsv", calendar),
    ("verbs.txt", |words, row| {
        words.add(row.column(0)?, Classes::VERB, 0);
        Ok(())
    }),
];

const COMMON: &[(&str, Classes)] = &[("word", Classes::COMMON), ("-", NONE)];

fn calendar(words: &mut Words, row: &Row<'_>) -> Result<()> {
    words.add(row.column(0)?, Classes::CALENDAR, 0);
    Ok(())
}

/// A function word: its classes, and number and gender of a pronoun.
fn closed(words: &mut Words, row: &Row<'_>) -> Result<()> {
    const CLASSES: &[(&str, Classes)] = &[
        ("pronoun", Classes::PRONOUN),
        ("determiner", Classes::DETERMINER),
        ("preposition", Classes::PREPOSITION),
        ("conjunction", Classes::CONJUNCTION),
        ("auxiliary", Classes::AUXILIARY),
        ("negation", Classes::NEGATION),
        ("wh", NONE),
        ("adverb", Classes::ADVERB),
    ];
    const NUMBER: &[(&str, Classes)] = &[("s", NONE), ("p", Classes::PLURAL), ("-", NONE)];
    let mut classes = row.choice(3, NUMBER)?.and(row.choice(4, GENDER)?);
    for name in row.column(1)?.split(',') {
        classes = classes.and(row.named(name, CLASSES)?);
    }
    words.add(row.column(0)?, classes, 0);
    Ok(())
}

/// The word table's bytes.
///
/// # Errors
/// When a list cannot be read or a row does not fit its columns.
pub fn table(folder: &Path) -> Result<Vec<u8>> {
    let mut words = Words::default();
    // A form that is verb and noun keeps the verb's number.
    for nouns in [false, true] {
        for (number, (cue, forms)) in cues::rows(pullquote_data::CUES).enumerate() {
            let cue = cue.with_context(|| format!("cues.tsv: row {} does not fit", number + 1))?;
            if (cue.part == cues::Part::Noun) == nouns {
                let class = if nouns { Classes::CUE_NOUN } else { Classes::CUE_VERB };
                let value = u32::try_from(number + 1)?;
                forms.for_each(|form| words.add(form, class, value));
            }
        }
    }
    for (name, add) in LISTS {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        read(name, &text).try_for_each(|row| add(&mut words, &row))?;
    }
    Ok(words.bytes())
}
