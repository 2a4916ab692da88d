//! Entity scores: exact span and label, micro-averaged.
//!
//! In: gold and found spans of each article. Out: precision, recall and F1 of `names` (PERSON, LOC
//! with FAC, ORG), `all` nine classes, `span` (labels ignored), `named` (the seven classes that the
//! model finds) and each class. The rules are those of the project's reference scorer: spans equal
//! up to a leading article or a trailing possessive are equal, and a found date that the gold does
//! not have counts only when it is an absolute one.

use pullquote::Span;
use pullquote::entities::Label;
use std::collections::BTreeMap;

const CLASSES: [Label; 9] = [
    Label::Person,
    Label::Org,
    Label::Loc,
    Label::Fac,
    Label::Norp,
    Label::Product,
    Label::Misc,
    Label::Date,
    Label::Money,
];

/// Right, found and wanted spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Count {
    /// Precision, recall and F1, in percent.
    #[expect(clippy::cast_precision_loss, reason = "counts of spans are small")]
    pub fn figures(self) -> [f64; 3] {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * self.right as f64 / of as f64 };
        let (p, r) = (share(self.found), share(self.wanted));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// Counts of all articles so far.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    rows: BTreeMap<&'static str, Count>,
}

type Spans = BTreeMap<Span, Label>;

impl Scores {
    /// Adds an article.
    pub fn add(&mut self, text: &str, gold: &[(Span, Label)], found: &[(Span, Label)]) {
        let gold = keyed(text, gold, None);
        let found = keyed(text, found, Some(&gold));
        let place = |label: Label| if label == Label::Fac { Label::Loc } else { label };
        let is_name =
            |label: Label| matches!(place(label), Label::Person | Label::Org | Label::Loc);
        let is_named = |label: Label| !matches!(label, Label::Date | Label::Money);
        let mut count = |name,
                         keep: &dyn Fn(Label) -> bool,
                         same: &dyn Fn(Label, Label) -> bool| {
            let row = self.rows.entry(name).or_default();
            row.wanted += gold.values().filter(|&&label| keep(label)).count();
            row.found += found.values().filter(|&&label| keep(label)).count();
            row.right += gold
                .iter()
                .filter(|&(span, &want)| {
                    found.get(span).is_some_and(|&has| keep(want) && keep(has) && same(want, has))
                })
                .count();
        };
        count("names", &is_name, &|a, b| place(a) == place(b));
        count("all", &|_| true, &|a, b| a == b);
        count("span", &|_| true, &|_, _| true);
        count("named", &is_named, &|a, b| a == b);
        for class in CLASSES {
            count(class.as_str(), &|label| label == class, &|a, b| a == b);
        }
    }

    /// One row's counts.
    pub fn of(&self, name: &str) -> Count {
        self.rows.get(name).copied().unwrap_or_default()
    }

    /// The table for people, one row a line.
    pub fn table(&self) -> String {
        let names = ["names", "all", "span", "named"].into_iter();
        let rows = names.chain(CLASSES.map(Label::as_str)).map(|name| {
            let [p, r, f] = self.of(name).figures();
            format!("{name:<8} P {p:5.1}  R {r:5.1}  F1 {f:5.1}  ({})\n", self.of(name).wanted)
        });
        rows.collect()
    }
}

fn keyed(text: &str, spans: &[(Span, Label)], gold: Option<&Spans>) -> Spans {
    let mut out = Spans::new();
    for &(span, label) in spans {
        let label = match label {
            Label::Time | Label::Duration | Label::Set => Label::Date,
            Label::Percent => continue,
            label => label,
        };
        let key = bare(text, span);
        let stray = label == Label::Date && gold.is_some_and(|gold| !gold.contains_key(&key));
        if !(stray && !is_absolute(span.of(text))) {
            out.insert(key, label);
        }
    }
    out
}

/// The span without a leading article and a trailing possessive.
fn bare(text: &str, span: Span) -> Span {
    let word = span.of(text);
    let (mut start, mut end) = (span.start(), span.end());
    if let Some((first, rest)) = word.split_once(char::is_whitespace) {
        let rest = rest.trim_start();
        if ["the", "a", "an"].contains(&first.to_ascii_lowercase().as_str()) && !rest.is_empty() {
            start = end - rest.len();
        }
    }
    let word = Span::new(start, end).of(text);
    let stem = word.strip_suffix('s').unwrap_or(word);
    if let Some(stem) = stem.strip_suffix(['\'', '’']).filter(|stem| !stem.is_empty()) {
        end = start + stem.len();
    }
    Span::new(start, end)
}

/// Whether a time names a digit, a month or a weekday.
fn is_absolute(time: &str) -> bool {
    const STARTS: [&str; 19] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    let lower = time.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    time.chars().any(char::is_numeric)
        || words.any(|word| {
            STARTS.iter().any(|start| {
                word.strip_prefix(start)
                    .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_lowercase()))
            })
        })
}
