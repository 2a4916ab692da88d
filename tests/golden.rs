//! Whole articles, read end to end: what a person should find in each, as a page a person can read.
//!
//! For every article of `tests/golden` and `examples/articles` a snapshot shows
//! - each block with its kind, one sentence a line, numbered;
//! - under a sentence, its entities: `LABEL text = value`;
//! - the actors: name, kind, gender where known, roles, and their mentions without a name;
//! - the quotes: kind, speaker and how it was found, cue, source as written, content;
//! - the marks that are not speech, and the strays.
//!
//! A snapshot records what the parser does today, right or wrong, so that a change shows. Every page
//! was read line by line in November 2026; what a reader found wrong and is so still stands in
//! `tests/golden/KNOWN.md`. What must be right stands in `tests/cases`.

#![expect(clippy::expect_used, reason = "a folder that cannot be read is a failure to show")]

use pullquote::actors::{Gender, MentionForm};
use pullquote::entities::{Code, Unit, Value};
use pullquote::index::Id;
use pullquote::quotes::MarkFunction;
use pullquote::{Document, Parser, Spanned};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The page of a document.
fn page(doc: &Document) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let date = doc.date().map_or("none".to_owned(), |date| date.to_string());
    writeln!(out, "date {date}")?;
    for block in doc.blocks() {
        writeln!(out, "\n[{}]", block.kind.as_str())?;
        if block.kind.is_inline() || block.kind.is_metadata() {
            writeln!(out, "     {}", doc.text_of(block))?;
        }
        let inside = |part: &dyn Spanned| block.span.contains(part.span());
        let sentences = doc.sentences().iter().enumerate().filter(|(_, row)| inside(*row));
        for (number, sentence) in sentences.filter(|_| !block.kind.is_inline()) {
            writeln!(out, "{number:>4} {}", doc.text_of(sentence).replace('\n', " "))?;
            for entity in doc.entities().iter().filter(|row| sentence.span.contains(row.span)) {
                write!(out, "       {} {}", entity.label.as_str(), doc.text_of(entity))?;
                match &entity.value {
                    Some(Value::Time(time)) => write!(out, " = {time}")?,
                    Some(Value::Number(number)) => write!(out, " = {number}")?,
                    Some(Value::Numbers(low, high)) => write!(out, " = {low} to {high}")?,
                    None => {}
                }
                let unit = entity.unit.as_ref().map(Unit::as_str);
                for code in unit.into_iter().chain(entity.country.as_ref().map(Code::as_str)) {
                    write!(out, " {code}")?;
                }
                writeln!(out)?;
            }
        }
    }
    writeln!(out, "\n== actors")?;
    for (id, actor) in doc.actor_table().iter() {
        let gender = match actor.gender {
            Gender::Feminine => " (f)",
            Gender::Masculine => " (m)",
            Gender::Unknown => "",
        };
        write!(out, "{:>4} {} {}{gender}", id.index(), actor.kind.as_str(), doc.name_of(id))?;
        for role in &actor.roles {
            write!(out, "; {}", doc.text_of(&role.title))?;
            if let Some(of) = role.of {
                write!(out, " of {}", doc.text_of(&of))?;
            }
        }
        let others: Vec<&str> = (doc.mentions().rows().iter())
            .filter(|row| row.actor == id && row.form != MentionForm::Name)
            .map(|row| doc.text_of(row))
            .collect();
        if !others.is_empty() {
            write!(out, "; also {}", others.join(", "))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\n== quotes")?;
    for quote in doc.quotes() {
        let join = |parts: &[pullquote::Span]| {
            let parts: Vec<&str> = parts.iter().map(|part| doc.text_of(part)).collect();
            parts.join(" ... ").replace('\n', " ")
        };
        let names: Vec<String> = (quote.speakers.iter())
            .map(|who| format!("{} [{}]", who.name.of(doc.text()), who.via.as_str()))
            .collect();
        let polarity = quote.polarity.as_str();
        writeln!(out, "{:>4} {} {polarity}", quote.sentence.index(), quote.kind.as_str())?;
        writeln!(out, "       speaker {}", names.join(" and "))?;
        writeln!(out, "       source  {} ({})", join(&quote.source), quote.source_form.as_str())?;
        writeln!(out, "       cue     {}", join(&quote.cue))?;
        writeln!(out, "       content {}", join(&quote.content))?;
    }
    writeln!(out, "\n== marks that are no speech")?;
    for mark in doc.quote_marks().iter().filter(|row| row.function != MarkFunction::Speech) {
        writeln!(out, "     {} {}", mark.function.as_str(), doc.text_of(mark))?;
    }
    writeln!(out, "     {} stray", doc.stray_marks().len())?;
    Ok(out)
}

/// The articles of a folder, in order of their names.
fn articles(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of articles");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
}

#[test]
fn articles_read_as_they_did() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [root.join("tests/golden"), root.join("examples/articles")];
    let paths: Vec<PathBuf> = folders.iter().flat_map(|folder| articles(folder)).collect();
    assert!(paths.len() >= 14, "{} articles", paths.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root.join("tests/golden/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in paths {
            let text = std::fs::read_to_string(&path).expect("an article");
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let page = page(&Parser::new().parse(text.as_str())).expect("memory");
            insta::assert_snapshot!(name, page);
        }
    });
}
