//! Turns the lists of abbreviations and sentence openers into the tables that ship.
//!
//! In: `lexicon/abbreviations.tsv` and `lexicon/openers.tsv`. Out: the text of
//! `generated/abbreviations.rs`. A list that is unsorted, holds a form twice or names an unknown
//! class is refused with the line at fault. Pure: reads and writes no file.

use anyhow::{Context, Result, bail, ensure};

/// The class names, as in `pullquote_data::Abbreviation`, in small letters.
const CLASSES: [(&str, &str); 12] = [
    ("title", "Title"),
    ("number", "Number"),
    ("inner", "Inner"),
    ("list", "List"),
    ("closing", "Closing"),
    ("company", "Company"),
    ("country", "Country"),
    ("state", "State"),
    ("month", "Month"),
    ("time", "Time"),
    ("street", "Street"),
    ("unit", "Unit"),
];

/// Forms longer than this do not fit the key that the core looks them up by.
const LONGEST: usize = 16;

/// The text of `generated/abbreviations.rs`.
///
/// # Errors
/// When a line does not have its columns, a class is unknown, or a list is not sorted by its
/// lower-cased form.
pub fn abbreviations(abbreviations: &str, openers: &str) -> Result<String> {
    let mut out = String::from(
        "// Made by `cargo run -p pullquote-train -- generate`; do not edit.\n\
         // Sources: lexicon/abbreviations.tsv, lexicon/openers.tsv.\n\n\
         use crate::Abbreviation;\n\n\
         /// Abbreviations without their last full stop, sorted by their lower-cased form. A form that\n\
         /// begins with a capital stands only for the capitalised word.\n\
         #[rustfmt::skip]\n\
         pub const ABBREVIATIONS: &[(&str, Abbreviation)] = &[\n",
    );
    for row in rows(abbreviations) {
        let (line, text) = row?;
        let (form, class) =
            text.split_once('\t').with_context(|| format!("line {line}: no class after a tab"))?;
        let Some((_, name)) = CLASSES.iter().find(|(known, _)| *known == class) else {
            bail!("line {line}: `{class}` is not a class");
        };
        out.push_str(&format!("    ({form:?}, Abbreviation::{name}),\n"));
    }
    out.push_str(
        "];\n\n\
         /// Words in small letters that open a sentence when capitalised, sorted.\n\
         #[rustfmt::skip]\n\
         pub const OPENERS: &[&str] = &[\n",
    );
    for row in rows(openers) {
        let (_, word) = row?;
        out.push_str(&format!("    {word:?},\n"));
    }
    out.push_str("];\n");
    Ok(out)
}

/// The lines that are neither empty nor a comment, with their numbers; an error where the first
/// column is too long or out of order.
fn rows(list: &str) -> impl Iterator<Item = Result<(usize, &str)>> {
    let mut before = String::new();
    list.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(move |(number, line)| {
            let form = line.split('\t').next().unwrap_or_default().to_lowercase();
            ensure!(
                form.len() <= LONGEST,
                "line {number}: `{form}` is longer than {LONGEST} bytes"
            );
            ensure!(before < form, "line {number}: `{form}` does not come after `{before}`");
            before = form;
            Ok((number, line))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../pullquote-data");

    fn read(path: &str) -> String {
        std::fs::read_to_string(format!("{DATA}/{path}")).unwrap()
    }

    #[test]
    fn what_ships_is_what_the_lists_say() {
        let made = abbreviations(&read("lexicon/abbreviations.tsv"), &read("lexicon/openers.tsv"))
            .unwrap();
        assert!(made == read("generated/abbreviations.rs"), "generate was not run after an edit");
    }

    #[test]
    fn a_list_out_of_order_is_refused() {
        let error = abbreviations("Mr\ttitle\nDr\ttitle\n", "").unwrap_err();
        assert_eq!(error.to_string(), "line 2: `dr` does not come after `mr`");
    }

    #[test]
    fn an_unknown_class_is_refused() {
        let error = abbreviations("# head\nMr\tmister\n", "").unwrap_err();
        assert_eq!(error.to_string(), "line 2: `mister` is not a class");
    }
}
