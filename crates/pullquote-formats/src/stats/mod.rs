//! Counts over results: who is quoted how often, in what way and by what words.
//!
//! In: the `quotes` and `actors` of schema-1 records, one document after another. Out: [`Stats`], and
//! rows of it: a section, a name and how many quotes and documents. Speakers of different documents
//! count as one when they are called the same; the role is the one most often given with the name.
//! The rows come as a table for people, as comma-separated values or as a page with plots.
//!
//! Cost: linear in the records; memory grows with the names that occur.

mod page;

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    documents: u64,
    quotes: u64,
    /// What was counted in each section, by name.
    counts: BTreeMap<Section, BTreeMap<String, Count>>,
    /// The roles given with each speaker's name.
    roles: BTreeMap<String, BTreeMap<String, u64>>,
}

/// What is counted apart. The order is the one of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Documents, by how many quotes they hold.
    Document,
    /// Quotes, by how much of them is in quotation marks.
    Kind,
    /// Quotes, by how the speaker is named beside them.
    Source,
    /// Quotes, by what the speaker is.
    Voice,
    /// Quotes of persons, by what the text says of their gender.
    Gender,
    /// Quotes, by the word that says that they were said.
    Cue,
    /// Quotes, by the speaker's role.
    Role,
    /// Quotes, by the speaker's name.
    Speaker,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    quotes: u64,
    documents: u64,
}

/// One line of statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsRow {
    /// What is counted; `None` for all there is.
    pub section: Option<Section>,
    /// What it is called.
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
    kind: String,
    /// What the text says of a person's gender; records tell it or not.
    gender: Option<String>,
    roles: Vec<RoleView>,
}

#[derive(Deserialize)]
struct RoleView {
    title: String,
}

impl Section {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "quotes a document",
            Self::Kind => "kind",
            Self::Source => "source",
            Self::Voice => "voice",
            Self::Gender => "gender",
            Self::Cue => "cue",
            Self::Role => "role",
            Self::Speaker => "speaker",
        }
    }

    /// Whether its names are numbers, which keep their order and are never cut short.
    fn is_scale(self) -> bool {
        self == Self::Document
    }
}

impl ActorView {
    /// What the actor is, in a word or two.
    fn voice(&self) -> &'static str {
        match (self.kind.as_str(), self.roles.is_empty()) {
            ("PERSON", false) => "person with a role",
            ("PERSON", true) => "person without a role",
            ("ORG", _) => "organisation",
            _ => "other name",
        }
    }
}

/// The names that one document was already counted under.
type Seen = BTreeSet<(Section, String)>;

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
        self.quotes += quotes.len() as u64;
        let size = self.of(Section::Document, &bucket(quotes.len()));
        size.documents += 1;
        size.quotes += quotes.len() as u64;
        let mut seen = Seen::new();
        for quote in &quotes {
            self.count(&mut seen, Section::Kind, &quote.kind);
            self.count(&mut seen, Section::Source, &quote.source_form);
            if let Some(cue) = &quote.cue_lemma {
                self.count(&mut seen, Section::Cue, cue);
            }
            if quote.speakers.is_empty() {
                self.count(&mut seen, Section::Voice, "nobody named");
            }
            for who in &quote.speakers {
                self.count(&mut seen, Section::Speaker, &who.name);
                let Some(actor) = who.actor.and_then(|actor| actors.get(actor)) else {
                    self.count(&mut seen, Section::Voice, "somebody without a name");
                    continue;
                };
                self.count(&mut seen, Section::Voice, actor.voice());
                if actor.kind == "PERSON" {
                    let gender = actor.gender.as_deref().unwrap_or("not told");
                    self.count(&mut seen, Section::Gender, gender);
                }
                if let Some(role) = actor.roles.first() {
                    let roles = self.roles.entry(who.name.clone()).or_default();
                    *roles.entry(role.title.clone()).or_default() += 1;
                    self.count(&mut seen, Section::Role, &role.title.to_lowercase());
                }
            }
        }
        Ok(())
    }

    fn of(&mut self, section: Section, name: &str) -> &mut Count {
        self.counts.entry(section).or_default().entry(name.to_owned()).or_default()
    }

    /// Counts a quote under a name, and its document when this is the first one there.
    fn count(&mut self, seen: &mut Seen, section: Section, name: &str) {
        let first = seen.insert((section, name.to_owned()));
        let count = self.of(section, name);
        count.quotes += 1;
        count.documents += u64::from(first);
    }

    /// The rows: what there is in all, then each section with its most frequent `top` names first.
    pub fn rows(&self, top: usize) -> Vec<StatsRow> {
        let (name, quotes, documents) = ("documents".to_owned(), self.quotes, self.documents);
        let mut rows = vec![StatsRow { section: None, name, role: None, quotes, documents }];
        for (&section, counts) in &self.counts {
            let mut names: Vec<_> = counts.iter().collect();
            if section.is_scale() {
                names.sort_by_key(|(name, _)| first_number(name));
            } else {
                // The names break ties, so that the order never depends on anything else.
                names.sort_by(|a, b| b.1.quotes.cmp(&a.1.quotes).then_with(|| a.0.cmp(b.0)));
                names.truncate(top);
            }
            rows.extend(names.into_iter().map(|(name, count)| {
                let roles = self.roles.get(name).filter(|_| section == Section::Speaker);
                let role = roles.and_then(|roles| roles.iter().max_by_key(|(_, times)| **times));
                StatsRow {
                    section: Some(section),
                    name: name.clone(),
                    role: role.map(|(role, _)| role.clone()),
                    quotes: count.quotes,
                    documents: count.documents,
                }
            }));
        }
        rows
    }

    /// The rows as comma-separated values with a header line.
    pub fn csv(&self, top: usize) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Memory takes all that is written.
        let _ = writer.write_record(["section", "name", "role", "quotes", "documents"]);
        for row in self.rows(top) {
            let section = row.section.map_or("all", Section::name);
            let numbers = [row.quotes.to_string(), row.documents.to_string()];
            let role = row.role.unwrap_or_default();
            let cells = [section, &row.name, &role, &numbers[0], &numbers[1]];
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
        let width = width.unwrap_or_default().clamp("QUOTES A DOCUMENT".len(), 60);
        let mut out = String::new();
        for (at, row) in rows.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| rows.get(at));
            if before.is_none_or(|before| before.section != row.section) {
                let gap = if at == 0 { "" } else { "\n" };
                let title = row.section.map_or("all", Section::name).to_uppercase();
                let _ = writeln!(out, "{gap}{title:<width$}  QUOTES  DOCUMENTS");
            }
            let name = shown(row);
            let pad = " ".repeat(width.saturating_sub(textwrap::core::display_width(&name)));
            let _ = writeln!(out, "{name}{pad}  {:>6}  {:>9}", row.quotes, row.documents);
        }
        out
    }

    /// The rows as a page with plots, which needs nothing beside itself.
    pub fn page(&self, top: usize) -> String {
        page::page(&self.rows(top), self.quotes, self.documents)
    }
}

/// So many quotes, or about so many.
fn bucket(quotes: usize) -> String {
    match quotes {
        0..10 => quotes.to_string(),
        10..20 => "10-19".to_owned(),
        20..50 => "20-49".to_owned(),
        _ => "50 or more".to_owned(),
    }
}

/// The number that a bucket's name begins with.
fn first_number(bucket: &str) -> u64 {
    let digits = bucket.split(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(kind: &str, name: &str, actor: Option<usize>) -> String {
        let speaker = serde_json::json!({"actor": actor, "name": name});
        serde_json::json!({
            "kind": kind, "cue_lemma": "say", "source_form": "name", "speakers": [speaker]
        })
        .to_string()
    }

    /// Three documents: two quotes of the mayor, one of the mayor and one of a body, none at all.
    fn counted() -> Stats {
        let mut stats = Stats::default();
        let mayor = r#"{"kind": "PERSON", "gender": "feminine", "roles": [{"title": "Mayor"}]}"#;
        let two = [quote("direct", "Ann Lee", Some(0)), quote("mixed", "Ann Lee", Some(0))];
        stats.add(&format!("[{}]", two.join(",")), &format!("[{mayor}]")).expect("JSON");
        let other = [quote("direct", "Ann Lee", Some(0)), quote("direct", "Bo & Co", None)];
        let plain = r#"{"kind": "PERSON", "roles": []}"#;
        stats.add(&format!("[{}]", other.join(",")), &format!("[{plain}]")).expect("JSON");
        stats.add("[]", "[]").expect("JSON");
        stats
    }

    #[test]
    fn names_count_over_documents() {
        let mut stats = counted();
        assert!(stats.add("{}", "[]").is_err());
        let expected = "section,name,role,quotes,documents\n\
            all,documents,,4,3\n\
            quotes a document,0,,0,1\n\
            quotes a document,2,,4,2\n\
            kind,direct,,3,2\n\
            kind,mixed,,1,1\n\
            source,name,,4,2\n\
            voice,person with a role,,2,1\n\
            voice,person without a role,,1,1\n\
            voice,somebody without a name,,1,1\n\
            gender,feminine,,2,1\n\
            gender,not told,,1,1\n\
            cue,say,,4,2\n\
            role,mayor,,2,1\n\
            speaker,Ann Lee,Mayor,3,2\n\
            speaker,Bo & Co,,1,1\n";
        assert_eq!(stats.csv(9), expected);
        // One of each section, and the whole scale.
        assert_eq!(stats.rows(1).len(), 1 + 2 + 7);
        assert!(stats.table(9).contains("Ann Lee, Mayor"));
    }

    #[test]
    fn scales_keep_their_order() {
        let mut stats = Stats::default();
        for quotes in [0, 2, 10, 19, 20, 50, 900] {
            let all = vec![quote("direct", "Ann Lee", None); quotes].join(",");
            stats.add(&format!("[{all}]"), "[]").expect("JSON");
        }
        let rows = stats.rows(1).into_iter().filter(|row| row.section == Some(Section::Document));
        let sizes: Vec<_> = rows.map(|row| (row.name, row.documents)).collect();
        let expected = [("0", 1), ("2", 1), ("10-19", 2), ("20-49", 1), ("50 or more", 2)];
        assert_eq!(sizes, expected.map(|(name, count)| (name.to_owned(), count)));
    }

    #[test]
    fn a_page_shows_each_row_with_its_share() {
        let page = counted().page(9);
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
        // Ann Lee spoke three of the four quotes; the longest bar of a plot is as wide as the plot.
        let row = "Ann Lee <small>Mayor</small></th><td class=\"plot\"><svg viewBox=\"0 0 100 1\" \
                   preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"100.0\" \
                   height=\"1\"/></svg></td><td class=\"number\">3</td><td class=\"number\">75.0 %";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("Bo &amp; Co</th>") && page.contains("<rect width=\"33.3\""));
        // Two of the three documents hold two quotes.
        assert!(page.contains("<td class=\"number\">2</td><td class=\"number\">66.7 %"));
    }
}
