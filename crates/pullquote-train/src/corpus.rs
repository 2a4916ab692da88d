//! Articles with labelled spans.
//!
//! In: a file of one JSON object a line, `{"id", "text", "entities": [{"start", "end", "label"}]}`,
//! positions in code points. Out: [`Labelled`] articles, positions in bytes. Any corpus written like
//! that can be trained on.

use anyhow::{Context, Result};
use pullquote::Span;
use pullquote::entities::Label;
use serde::Deserialize;
use std::path::Path;

/// An article and the spans that people marked in it.
#[derive(Debug)]
pub struct Labelled {
    /// Its name in the corpus.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The marked spans, in the file's order.
    pub spans: Vec<(Span, Label)>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    entities: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    start: usize,
    end: usize,
    label: String,
}

/// Reads a corpus. Spans of labels that pullquote does not have are left out.
///
/// # Errors
/// When the file cannot be read or a line is not such an object; the message names file and line.
pub fn read(path: &Path) -> Result<Vec<Labelled>> {
    let file =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let lines = file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let line: Line = serde_json::from_str(line)
                .with_context(|| format!("{}:{}", path.display(), number + 1))?;
            let starts: Vec<usize> =
                line.text.char_indices().map(|(at, _)| at).chain([line.text.len()]).collect();
            let byte = |point: usize| starts.get(point).copied().unwrap_or(line.text.len());
            let spans = line.entities.iter().filter_map(|mark| {
                let span = Span::new(byte(mark.start), byte(mark.end));
                Some((span, label(&mark.label)?))
            });
            let spans = spans.collect();
            Ok(Labelled { id: line.id, text: line.text, spans })
        })
        .collect()
}

fn label(name: &str) -> Option<Label> {
    use Label::{
        Date, Duration, Fac, Loc, Misc, Money, Norp, Org, Percent, Person, Product, Set, Time,
    };
    let all =
        [Person, Org, Loc, Fac, Norp, Product, Misc, Date, Time, Duration, Set, Money, Percent];
    all.into_iter().find(|label| label.as_str() == name)
}
