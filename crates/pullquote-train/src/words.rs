//! How well the tokenizer finds the words of Universal Dependencies.
//!
//! In: a `CoNLL-U` file's text. Out: right, found and expected words. Documents are put together
//! from the `# text` comments, a blank line before each `# newpar`, and parsed whole, so the
//! sentence splitter's errors count too. A multiword token counts as its words when they spell it,
//! else as one. Places are compared in characters that are not white space.

use anyhow::{Context, Result, ensure};
use pullquote::{Document, Parser, Spanned};
use std::collections::BTreeSet;
use std::fmt;

/// Counts of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Words found that are in the file.
    pub right: usize,
    /// Words found.
    pub found: usize,
    /// Words in the file.
    pub expected: usize,
}

impl Score {
    /// The balanced mean of precision and recall, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.expected).max(1) as f64
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { right, found, expected } = *self;
        write!(
            f,
            "words F1 {:.2} (false {}, missed {} of {expected})",
            100.0 * self.f1(),
            found - right,
            expected - right
        )
    }
}

/// A document as the file gives it.
#[derive(Debug, Default)]
struct Gold {
    text: String,
    /// Words as ranges of characters that are not white space.
    words: BTreeSet<(usize, usize)>,
    /// Characters so far that are not white space.
    at: usize,
}

/// A word that one side has and the other has not.
#[derive(Debug, PartialEq, Eq)]
pub struct Miss {
    /// Whether the file has it.
    pub expected: bool,
    /// The word.
    pub word: String,
    /// The text around it.
    pub context: String,
}

/// Scores the tokenizer on a `CoNLL-U` file; hands each wrong word to `report`.
///
/// # Errors
/// When a line does not have ten columns or a sentence has no `# text`.
pub fn score(conllu: &str, mut report: impl FnMut(Miss)) -> Result<Score> {
    let mut total = Score::default();
    for gold in documents(conllu)? {
        let doc = Parser::new().parse(gold.text.as_str());
        let found = words(&doc);
        total.right += found.intersection(&gold.words).count();
        total.found += found.len();
        total.expected += gold.words.len();
        let starts: Vec<usize> = solid(&gold.text).map(|(at, _)| at).collect();
        let mut misses: Vec<_> = found.symmetric_difference(&gold.words).collect();
        misses.sort_unstable();
        for word in misses {
            let slice = |from: usize, to: usize| {
                let from = starts.get(from).copied().unwrap_or(gold.text.len());
                let to = starts.get(to).copied().unwrap_or(gold.text.len());
                gold.text.get(from..to).unwrap_or_default().trim().to_owned()
            };
            report(Miss {
                expected: gold.words.contains(word),
                word: slice(word.0, word.1),
                context: slice(word.0.saturating_sub(20), word.1 + 20),
            });
        }
    }
    Ok(total)
}

/// The characters that are not white space, with their byte positions.
fn solid(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| !c.is_whitespace())
}

/// The tokens as ranges of characters that are not white space.
fn words(doc: &Document) -> BTreeSet<(usize, usize)> {
    let starts: Vec<usize> = solid(doc.text()).map(|(at, _)| at).collect();
    let count = |byte| starts.partition_point(|start| *start < byte);
    doc.tokens()
        .iter()
        .map(|token| (count(token.span().start()), count(token.span().end())))
        .collect()
}

/// The documents of the file.
fn documents(conllu: &str) -> Result<Vec<Gold>> {
    let mut documents = vec![Gold::default()];
    let mut glued = false;
    for block in conllu.split("\n\n").filter(|block| !block.trim().is_empty()) {
        if block.contains("# newdoc") {
            documents.push(Gold::default());
        }
        let gold = documents.last_mut().context("there is always one document")?;
        let text = block.lines().find_map(|line| line.strip_prefix("# text = "));
        gold.text.push_str(match block.contains("# newpar") {
            _ if gold.text.is_empty() => "",
            true => "\n\n",
            false if glued => "",
            false => " ",
        });
        gold.text.push_str(text.context("a sentence without `# text`")?);
        glued = gold.sentence(block)?;
    }
    Ok(documents)
}

impl Gold {
    /// Takes in the words of one sentence; says whether the next one follows without a space.
    fn sentence(&mut self, block: &str) -> Result<bool> {
        let mut glued = false;
        // The last word of a multiword token under way, and whether its words spell it.
        let mut multi = 0;
        let mut parts: Vec<(usize, usize, String)> = Vec::new();
        for line in block.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            ensure!(columns.len() == 10, "a line without ten columns: {line}");
            let (id, form) = (columns[0], columns[1]);
            if id.contains('.') {
                continue;
            }
            if let Some((first, last)) = id.split_once('-') {
                parts.push((first.parse()?, last.parse()?, form.to_owned()));
                multi = last.parse()?;
                glued = columns[9].contains("SpaceAfter=No");
                self.multiword(block, &parts)?;
                continue;
            }
            if id.parse::<usize>()? > multi {
                self.word(form);
                glued = columns[9].contains("SpaceAfter=No");
            }
        }
        Ok(glued)
    }

    /// Takes in the words of the last multiword token in `parts`.
    fn multiword(&mut self, block: &str, parts: &[(usize, usize, String)]) -> Result<()> {
        let (first, last, form) = parts.last().context("one was pushed")?;
        let words: Vec<&str> = block
            .lines()
            .filter_map(|line| {
                let mut columns = line.split('\t');
                let id: usize = columns.next()?.parse().ok()?;
                (*first <= id && id <= *last).then(|| columns.next()).flatten()
            })
            .collect();
        if words.concat() == *form {
            for word in words {
                self.word(word);
            }
        } else {
            self.word(form);
        }
        Ok(())
    }

    fn word(&mut self, form: &str) {
        let len = form.chars().filter(|c| !c.is_whitespace()).count();
        self.words.insert((self.at, self.at + len));
        self.at += len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_multiword_token_count_apart() {
        let conllu = "# newdoc\n# text = I don't.\n\
            1\tI\t_\t_\t_\t_\t_\t_\t_\t_\n\
            2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
            2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n\
            3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
            4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let score = score(conllu, |miss| panic!("{miss:?}")).unwrap();
        assert_eq!(score, Score { right: 4, found: 4, expected: 4 });
    }

    #[test]
    fn a_wrong_word_is_reported_with_its_context() {
        let conllu = "# newdoc\n# text = Go home\n1\tGohome\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let mut misses = Vec::new();
        let score = score(conllu, |miss| misses.push((miss.expected, miss.word))).unwrap();
        assert_eq!(score, Score { right: 0, found: 2, expected: 1 });
        assert_eq!(misses.len(), 3);
        assert!(misses.contains(&(true, "Go home".to_owned())));
    }
}
