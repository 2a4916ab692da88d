//! Articles with attributions in brat's standoff form, as the PolNeAR corpus has them.
//!
//! In: a folder with `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`. Out: [`Article`]s in
//! order of their names, each with the attributions of its first annotator; positions in bytes.

use anyhow::{Context, Result};
use pullquote::Span;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An attribution that somebody marked: spans of each part, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who said it.
    pub source: Vec<Span>,
    /// The words that say that it was said.
    pub cue: Vec<Span>,
    /// What was said.
    pub content: Vec<Span>,
}

/// An article and its attributions.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its name in the corpus.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its attributions, in the file's order.
    pub attributions: Vec<Attribution>,
}

/// Reads a folder.
///
/// # Errors
/// When a file cannot be read.
pub fn read(folder: &Path) -> Result<Vec<Article>> {
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    let marked = folder.join("attributions");
    for entry in std::fs::read_dir(&marked).with_context(|| marked.display().to_string())? {
        let path = entry?.path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let Some((name, _)) = stem.rsplit_once('_') else { continue };
        let first = files.entry(name.to_owned()).or_insert_with(|| path.clone());
        if path < *first {
            *first = path;
        }
    }
    files
        .into_iter()
        .map(|(name, path)| {
            let words = folder.join("text").join(format!("{name}.txt"));
            let text =
                std::fs::read_to_string(&words).with_context(|| words.display().to_string())?;
            let marks =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let attributions = attributions(&text, &marks);
            Ok(Article { name, text, attributions })
        })
        .collect()
}

fn attributions(text: &str, marks: &str) -> Vec<Attribution> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |point: usize| starts.get(point).copied().unwrap_or(text.len());
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for line in marks.lines().filter(|line| line.starts_with('T')) {
        let mut columns = line.split('\t');
        let (Some(id), Some(place)) = (columns.next(), columns.next()) else { continue };
        let Some((_, places)) = place.split_once(' ') else { continue };
        let found = places.split(';').filter_map(|place| {
            let (start, end) = place.split_once(' ')?;
            Some(Span::new(byte(start.parse().ok()?), byte(end.parse().ok()?)))
        });
        spans.insert(id, found.collect());
    }
    let mut found = Vec::new();
    for line in marks.lines().filter(|line| line.starts_with('E')) {
        let Some((_, arguments)) = line.split_once('\t') else { continue };
        let mut attribution = Attribution::default();
        for argument in arguments.split_whitespace().skip(1) {
            let Some((role, id)) = argument.split_once(':') else { continue };
            let part = match role.trim_end_matches(|sign: char| sign.is_ascii_digit()) {
                "Source" => &mut attribution.source,
                "Cue" => &mut attribution.cue,
                "Content" => &mut attribution.content,
                _ => continue,
            };
            part.extend(spans.get(id).into_iter().flatten());
        }
        for part in [&mut attribution.source, &mut attribution.cue, &mut attribution.content] {
            part.sort();
        }
        if !attribution.cue.is_empty() || !attribution.content.is_empty() {
            found.push(attribution);
        }
    }
    found
}
