//! Counts over results: who is quoted how often, in what way and by what words.
//!
//! In: the `quotes` and `actors` of schema-1 records, one document after another. Out: [`Stats`], and
//! rows of it: a section, a name and how many quotes and documents. Speakers of different documents
//! count as one when they are called the same; the role is the one most often given with the name.
//!
//! Cost: linear in the records; memory grows with the names that occur.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    documents: u64,
    /// Documents without a quote.
    silent: u64,
    quotes: u64,
    kinds: BTreeMap<String, Count>,
    forms: BTreeMap<String, Count>,
    cues: BTreeMap<String, Count>,
    speakers: BTreeMap<String, Speaker>,
    roles: BTreeMap<String, Count>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    quotes: u64,
    documents: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Speaker {
    count: Count,
    roles: BTreeMap<String, u64>,
}

/// One line of statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsRow {
    /// `all`, `kind`, `source`, `cue`, `role` or `speaker`.
    pub section: &'static str,
    /// What is counted.
    pub name: String,
    /// The role most often given with a speaker's name.
    pub role: Option<String>,
    /// In how many quotes.
    pub quotes: u64,
    /// In how many documents.
    pub documents: u64,
}

#[derive(Deserialize)]
struct QuoteView {
    kind: String,
    cue_lemma: Option<String>,
    source_form: String,
    speakers: Vec<SpeakerView>,
}

#[derive(Deserialize)]
struct SpeakerView {
    actor: Option<usize>,
    name: String,
}

#[derive(Deserialize)]
struct ActorView {
    roles: Vec<RoleView>,
}

#[derive(Deserialize)]
struct RoleView {
    title: String,
}

impl Stats {
    /// Counts one document, given the lists of its record as JSON. Linear in them.
    ///
    /// # Errors
    ///
    /// What is wrong with the JSON.
    pub fn add(&mut self, quotes: &str, actors: &str) -> Result<(), serde_json::Error> {
        let quotes: Vec<QuoteView> = serde_json::from_str(quotes)?;
        let actors: Vec<ActorView> = serde_json::from_str(actors)?;
        self.documents += 1;
        self.silent += u64::from(quotes.is_empty());
        self.quotes += quotes.len() as u64;
        let mut seen = BTreeSet::new();
        for quote in &quotes {
            count(&mut self.kinds, &mut seen, "kind", &quote.kind);
            count(&mut self.forms, &mut seen, "source", &quote.source_form);
            if let Some(cue) = &quote.cue_lemma {
                count(&mut self.cues, &mut seen, "cue", cue);
            }
            for who in &quote.speakers {
                let speaker = self.speakers.entry(who.name.clone()).or_default();
                speaker.count.quotes += 1;
                speaker.count.documents += u64::from(seen.insert(("speaker", who.name.clone())));
                let actor = who.actor.and_then(|actor| actors.get(actor));
                if let Some(role) = actor.and_then(|actor| actor.roles.first()) {
                    *speaker.roles.entry(role.title.clone()).or_default() += 1;
                    count(&mut self.roles, &mut seen, "role", &role.title.to_lowercase());
                }
            }
        }
        Ok(())
    }

    /// The rows: what there is in all, then each section with its most frequent `top` names first.
    pub fn rows(&self, top: usize) -> Vec<StatsRow> {
        let all = |name: &str, quotes, documents| StatsRow {
            section: "all",
            name: name.to_owned(),
            role: None,
            quotes,
            documents,
        };
        let mut rows = vec![
            all("documents", self.quotes, self.documents),
            all("documents without a quote", 0, self.silent),
        ];
        let mut add = |section, names: Vec<(&String, Count, Option<String>)>| {
            let mut names = names;
            // The names break ties, so that the order never depends on anything else.
            names.sort_by(|a, b| b.1.quotes.cmp(&a.1.quotes).then_with(|| a.0.cmp(b.0)));
            rows.extend(names.into_iter().take(top).map(|(name, count, role)| StatsRow {
                section,
                name: name.clone(),
                role,
                quotes: count.quotes,
                documents: count.documents,
            }));
        };
        let plain = |counts: &'_ BTreeMap<String, Count>| {
            counts.iter().map(|(name, count)| (name.clone(), *count)).collect::<Vec<_>>()
        };
        for (section, counts) in [
            ("kind", plain(&self.kinds)),
            ("source", plain(&self.forms)),
            ("cue", plain(&self.cues)),
            ("role", plain(&self.roles)),
        ] {
            add(section, counts.iter().map(|(name, count)| (name, *count, None)).collect());
        }
        let speakers = self.speakers.iter().map(|(name, speaker)| {
            let role = speaker.roles.iter().max_by_key(|(_, times)| **times);
            (name, speaker.count, role.map(|(role, _)| role.clone()))
        });
        add("speaker", speakers.collect());
        rows
    }

    /// The rows as comma-separated values with a header line.
    pub fn csv(&self, top: usize) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Memory takes all that is written.
        let _ = writer.write_record(["section", "name", "role", "quotes", "documents"]);
        for row in self.rows(top) {
            let numbers = [row.quotes.to_string(), row.documents.to_string()];
            let role = row.role.unwrap_or_default();
            let cells = [row.section, &row.name, &role, &numbers[0], &numbers[1]];
            let _ = writer.write_record(cells);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// The rows for people: a block for each section.
    pub fn table(&self, top: usize) -> String {
        let rows = self.rows(top);
        let shown = |row: &StatsRow| match &row.role {
            Some(role) => format!("{}, {role}", row.name),
            None => row.name.clone(),
        };
        // What comes from articles cannot command the terminal.
        let shown = |row: &StatsRow| shown(row).replace(char::is_control, " ");
        let width = rows.iter().map(|row| textwrap::core::display_width(&shown(row))).max();
        let width = width.unwrap_or_default().min(60);
        let mut out = String::new();
        let mut section = "";
        for row in &rows {
            if row.section != section {
                let gap = if section.is_empty() { "" } else { "\n" };
                section = row.section;
                let title = section.to_uppercase();
                let _ = writeln!(out, "{gap}{title:<width$}  QUOTES  DOCUMENTS");
            }
            let name = shown(row);
            let pad = " ".repeat(width.saturating_sub(textwrap::core::display_width(&name)));
            let _ = writeln!(out, "{name}{pad}  {:>6}  {:>9}", row.quotes, row.documents);
        }
        out
    }
}

/// Counts a name, once for the document.
fn count(
    counts: &mut BTreeMap<String, Count>,
    seen: &mut BTreeSet<(&'static str, String)>,
    section: &'static str,
    name: &str,
) {
    let count = counts.entry(name.to_owned()).or_default();
    count.quotes += 1;
    count.documents += u64::from(seen.insert((section, name.to_owned())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_over_documents() {
        let mut stats = Stats::default();
        let quote = |kind: &str, name: &str| {
            format!(
                "{{\"kind\":\"{kind}\",\"cue_lemma\":\"say\",\"source_form\":\"name\",\
                 \"speakers\":[{{\"actor\":0,\"name\":\"{name}\"}}]}}"
            )
        };
        let actors = "[{\"roles\":[{\"title\":\"Mayor\"}]}]";
        let two = format!("[{},{}]", quote("direct", "Ann Lee"), quote("mixed", "Ann Lee"));
        stats.add(&two, actors).expect("JSON");
        let other = format!("[{},{}]", quote("direct", "Ann Lee"), quote("direct", "Bo Ek"));
        stats.add(&other, "[]").expect("JSON");
        stats.add("[]", "[]").expect("JSON");
        assert!(stats.add("{}", "[]").is_err());
        let csv = stats.csv(9);
        let expected = "section,name,role,quotes,documents\n\
            all,documents,,4,3\n\
            all,documents without a quote,,0,1\n\
            kind,direct,,3,2\n\
            kind,mixed,,1,1\n\
            source,name,,4,2\n\
            cue,say,,4,2\n\
            role,mayor,,2,1\n\
            speaker,Ann Lee,Mayor,3,2\n\
            speaker,Bo Ek,,1,1\n";
        assert_eq!(csv, expected);
        assert_eq!(stats.rows(1).len(), 7);
        assert!(stats.table(9).contains("Ann Lee, Mayor"));
    }
}
