//! pullquote beside other libraries, on the same articles in the same minute.
//!
//! In: the articles of `examples` and `benches`. Out: the table between the marks in `README.md`, and
//! the same on standard output. Libraries go into a virtual environment and a Node folder under
//! `target/peers`, with the versions that `benches/peers` pins; one that cannot be installed or
//! loaded has its row too, with the reason.
//!
//! Algorithm: [`ARTICLES`] articles are made, each of paragraphs of ours in another order with other
//! names. Each peer
//! is a process of its own that tells its CPU time, loading excluded, and pullquote is measured in
//! turn with it; the least of [`RUNS`] counts. A slow peer gets fewer articles, pullquote always all;
//! speeds are bytes of text by CPU second.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many articles are made.
const ARTICLES: usize = 4000;
/// Paragraphs of an article.
const PARAGRAPHS: usize = 12;
/// How often each is measured.
const RUNS: usize = 3;

/// What invented names are made of.
const SYLLABLES: [&str; 32] = [
    "ba", "den", "fo", "gar", "hu", "kel", "mi", "nor", "pu", "ras", "sto", "ti", "vel", "wen",
    "yor", "zan", "al", "bri", "cor", "dra", "el", "fin", "go", "har", "is", "jo", "la", "mar",
    "ol", "ri", "sen", "tor",
];

/// What a peer is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runtime {
    Python,
    Node,
    Rust,
}

struct Peer {
    /// What its script calls it.
    name: &'static str,
    runtime: Runtime,
    /// What the table calls it.
    title: &'static str,
    /// The package whose version is told.
    package: &'static str,
    /// What it does of what pullquote does.
    does: &'static str,
    /// What of pullquote it is set beside.
    beside: &'static str,
    /// How many articles it gets.
    articles: usize,
}

const PEERS: [Peer; 11] = [
    Peer {
        name: "spacy",
        runtime: Runtime::Python,
        title: "spaCy, blank",
        package: "spacy",
        does: "tokens, sentences by full stops",
        beside: "parse",
        articles: 600,
    },
    Peer {
        name: "compromise",
        runtime: Runtime::Node,
        title: "compromise",
        package: "compromise",
        does: "sentences, people, places, organisations, quotations",
        beside: "parse",
        articles: 60,
    },
    Peer {
        name: "wink",
        runtime: Runtime::Node,
        title: "wink-nlp",
        package: "wink-nlp",
        does: "sentences, parts of speech, dates, amounts",
        beside: "parse",
        articles: 1000,
    },
    Peer {
        name: "nltk_chain",
        runtime: Runtime::Python,
        title: "NLTK, its chain of models",
        package: "nltk",
        does: "sentences, parts of speech, names",
        beside: "parse",
        articles: 40,
    },
    Peer {
        name: "dateparser",
        runtime: Runtime::Python,
        title: "dateparser",
        package: "dateparser",
        does: "dates",
        beside: "parse",
        articles: 40,
    },
    Peer {
        name: "nltk_untrained",
        runtime: Runtime::Python,
        title: "NLTK, without models",
        package: "nltk",
        does: "sentences (untrained Punkt), words",
        beside: "sentences",
        articles: 600,
    },
    Peer {
        name: "pysbd",
        runtime: Runtime::Python,
        title: "pysbd",
        package: "pysbd",
        does: "sentences",
        beside: "sentences",
        articles: 100,
    },
    Peer {
        name: "nupunkt",
        runtime: Runtime::Python,
        title: "nupunkt",
        package: "nupunkt",
        does: "sentences",
        beside: "sentences",
        articles: 1000,
    },
    Peer {
        name: "blingfire",
        runtime: Runtime::Python,
        title: "blingfire",
        package: "blingfire",
        does: "sentences",
        beside: "sentences",
        articles: ARTICLES,
    },
    Peer {
        name: "icu_segmenter",
        runtime: Runtime::Rust,
        title: "icu_segmenter",
        package: "icu_segmenter",
        does: "sentences by Unicode's rules",
        beside: "sentences",
        articles: ARTICLES,
    },
    Peer {
        name: "unicode-segmentation",
        runtime: Runtime::Rust,
        title: "unicode-segmentation",
        package: "unicode-segmentation",
        does: "sentences by Unicode's rules",
        beside: "sentences",
        articles: ARTICLES,
    },
];

/// Where everything is.
struct Place<'a> {
    root: &'a Path,
    folder: PathBuf,
    articles: PathBuf,
    bench: PathBuf,
}

/// Installs the peers, measures all, prints the table and puts it into the README.
pub(crate) fn measure(root: &Path) -> Result<()> {
    let folder = root.join("target/peers");
    fs::create_dir_all(&folder)?;
    let articles = folder.join("articles.jsonl");
    fs::write(&articles, jsonl(root)?)?;
    let place = Place { root, bench: bench(root)?, folder, articles };
    let trouble = [python(&place)?, node(&place)?].concat();
    let mut table = String::from(
        "| beside | which does | its MB/s | pullquote's MB/s | pullquote is faster |\n\
         |---|---|--:|--:|--:|\n",
    );
    for peer in &PEERS {
        println!("{} ...", peer.title);
        let row = row(&place, peer, &trouble)?;
        print!("{row}");
        table += &row;
    }
    let (machine, articles) = (machine(), ARTICLES);
    writeln!(
        table,
        "\nMB of text by CPU second on one core of {machine}: {articles} articles made of our own \
         paragraphs with ever other names, in memory before the clock starts, least of {RUNS} runs, each in turn with \
         pullquote, which does everything and writes its record in the first rows and cuts sentences in \
         the others."
    )?;
    print!("{table}");
    put(&root.join("README.md"), &table)
}

/// Articles of our paragraphs in ever other orders, one on a line. Names differ from article to
/// article, as in news; were they always the same, readers that remember words would seem fast.
fn jsonl(root: &Path) -> Result<String> {
    let mut paths = Vec::new();
    for folder in ["examples/articles", "benches/articles"] {
        for entry in fs::read_dir(root.join(folder))? {
            paths.push(entry?.path());
        }
    }
    paths.sort();
    let texts = paths.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let mut paragraphs: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    paragraphs.retain(|paragraph| paragraph.len() > 80);
    ensure!(paragraphs.len() > PARAGRAPHS, "too few paragraphs to make articles of");
    let all = texts.concat();
    let names = names(&all);
    let (mut out, mut state) = (String::new(), 1_u64);
    // Knuth's MMIX generator; its high half is good enough to choose by.
    let mut below = |count: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).map_or(0, |number| number % count)
    };
    for number in 0..ARTICLES {
        let mut others = BTreeMap::new();
        let mut chosen = Vec::new();
        for _ in 0..PARAGRAPHS {
            let mut changed = String::new();
            for word in words(paragraphs[below(paragraphs.len())].trim()) {
                if !names.contains(word) {
                    changed.push_str(word);
                    continue;
                }
                let other = others.entry(word).or_insert_with(|| {
                    let parts = (0..2 + below(2)).map(|_| SYLLABLES[below(SYLLABLES.len())]);
                    let name: String = parts.collect();
                    name[..1].to_uppercase() + &name[1..]
                });
                changed.push_str(other);
            }
            chosen.push(changed);
        }
        writeln!(out, "{}", json!({ "id": number.to_string(), "text": chosen.join("\n\n") }))?;
    }
    Ok(out)
}

/// The text in words of letters and in what stands between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let letter = rest.chars().next()?.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != letter).unwrap_or(rest.len());
        let word;
        (word, rest) = rest.split_at(end);
        Some(word)
    })
}

/// The capitalised words of a text that are names: not all capitals, never in small letters, neither a
/// month, a weekday nor a title.
fn names(text: &str) -> BTreeSet<&str> {
    const NONE: &str = "January February March April May June July August September October November \
        December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mr Mrs Ms Dr St Gen Prof";
    let small: BTreeSet<&str> = words(text).collect();
    let name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.len() > 2
            && letters.all(char::is_lowercase)
            && !small.contains(word.to_lowercase().as_str())
            && !NONE.split(' ').any(|none| none == *word)
    };
    words(text).filter(name).collect()
}

/// Builds the bench that measures what is written in Rust, and finds it.
fn bench(root: &Path) -> Result<PathBuf> {
    let arguments = "bench --package pullquote --bench peers --no-run --message-format json";
    let mut command = Command::new("cargo");
    let output = command.args(arguments.split(' ')).current_dir(root).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout)?;
    let built = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let program =
        built.filter_map(|message| Some(message["executable"].as_str()?.to_owned())).next_back();
    Ok(program.context("cargo built no bench")?.into())
}

/// The Python packages, each by itself; what could not be installed, with the reason.
fn python(place: &Place<'_>) -> Result<Vec<(String, String)>> {
    let environment = place.folder.join("venv");
    if !environment.join("bin/pip").exists() {
        crate::run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    let wanted = fs::read_to_string(place.root.join("benches/peers/requirements.txt"))?;
    let mut trouble = Vec::new();
    for line in wanted.lines().filter(|line| !line.starts_with('#')) {
        let mut pip = Command::new(environment.join("bin/pip"));
        let output =
            pip.args(["install", "--quiet", "--disable-pip-version-check", line]).output()?;
        if !output.status.success() {
            let package = line.split("==").next().unwrap_or_default();
            trouble.push((package.to_owned(), last_line(&output.stderr)));
        }
    }
    Ok(trouble)
}

/// The JavaScript packages; all of them with the reason when they could not be installed.
fn node(place: &Place<'_>) -> Result<Vec<(String, String)>> {
    let folder = place.folder.join("node");
    fs::create_dir_all(&folder)?;
    fs::copy(place.root.join("benches/peers/package.json"), folder.join("package.json"))?;
    let mut npm = Command::new("npm");
    let npm = npm.args(["install", "--silent", "--no-fund", "--no-audit"]).current_dir(&folder);
    let reason = match npm.output() {
        Ok(output) if output.status.success() => return Ok(Vec::new()),
        Ok(output) => last_line(&output.stderr),
        Err(error) => format!("npm could not be started: {error}"),
    };
    let peers = PEERS.iter().filter(|peer| peer.runtime == Runtime::Node);
    Ok(peers.map(|peer| (peer.package.to_owned(), reason.clone())).collect())
}

fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no reason given").to_owned()
}

/// A row of the table: the peer's speed and pullquote's, or why there is none.
fn row(place: &Place<'_>, peer: &Peer, trouble: &[(String, String)]) -> Result<String> {
    let Peer { title, does, .. } = peer;
    let missing = |reason: &str| format!("| {title} | {does} | not run: {reason} | | |\n");
    if let Some((_, reason)) = trouble.iter().find(|(package, _)| package == peer.package) {
        return Ok(missing(&format!("could not be installed ({reason})")));
    }
    let mut best = [0.0_f64; 2];
    for _ in 0..RUNS {
        let theirs = match speed(&mut command(place, peer)?)? {
            Ok(speed) => speed,
            Err(reason) => return Ok(missing(&reason)),
        };
        let mut own = Command::new(&place.bench);
        own.arg(peer.beside).arg(&place.articles).arg(ARTICLES.to_string());
        let ours = speed(&mut own)?.ok().context("pullquote was not measured")?;
        best = [best[0].max(theirs), best[1].max(ours)];
    }
    let ([theirs, ours], version) = (best, version(place, peer)?);
    let faster = ours / theirs;
    let shown = |number: f64| match number {
        10.0.. => format!("{number:.0}"),
        1.0.. => format!("{number:.1}"),
        _ => format!("{number:.3}"),
    };
    let [theirs, ours, faster] = [theirs, ours, faster].map(shown);
    Ok(format!("| {title} {version} | {does} | {theirs} | {ours} | {faster} times |\n"))
}

/// What measures a peer.
fn command(place: &Place<'_>, peer: &Peer) -> Result<Command> {
    let scripts = place.root.join("benches/peers");
    let mut command = match peer.runtime {
        Runtime::Python => {
            let mut python = Command::new(place.folder.join("venv/bin/python"));
            python.arg(scripts.join("peer.py"));
            python
        }
        Runtime::Node => {
            let mut node = Command::new("node");
            node.current_dir(place.folder.join("node")).arg(scripts.join("peer.cjs"));
            node
        }
        Runtime::Rust => Command::new(&place.bench),
    };
    command.arg(peer.name).arg(fs::canonicalize(&place.articles)?).arg(peer.articles.to_string());
    Ok(command)
}

/// Runs a measure: MB by CPU second, or the reason why there is none.
fn speed(command: &mut Command) -> Result<Result<f64, String>> {
    let output = command.output().with_context(|| format!("{command:?} could not be started"))?;
    if !output.status.success() {
        return Ok(Err(last_line(&output.stderr)));
    }
    let told = String::from_utf8(output.stdout)?;
    let told: Value = serde_json::from_str(told.lines().last().context("a measure told nothing")?)?;
    if let Some(reason) = told["missing"].as_str() {
        return Ok(Err(reason.to_owned()));
    }
    match [&told["bytes"], &told["seconds"], &told["found"]].map(Value::as_f64) {
        [Some(bytes), Some(seconds), Some(found)] if seconds > 0.0 && found > 0.0 => {
            Ok(Ok(bytes / 1e6 / seconds))
        }
        _ => bail!("{command:?} found nothing: {told}"),
    }
}

/// The version that is installed.
fn version(place: &Place<'_>, peer: &Peer) -> Result<String> {
    let Peer { package, runtime, .. } = peer;
    Ok(match runtime {
        Runtime::Python => {
            let print = format!("import importlib.metadata as m; print(m.version('{package}'))");
            let mut python = Command::new(place.folder.join("venv/bin/python"));
            String::from_utf8(python.args(["-c", &print]).output()?.stdout)?.trim().to_owned()
        }
        Runtime::Node => {
            let manifest = place.folder.join(format!("node/node_modules/{package}/package.json"));
            let manifest: Value = serde_json::from_str(&fs::read_to_string(manifest)?)?;
            manifest["version"].as_str().context("a package without a version")?.to_owned()
        }
        Runtime::Rust => {
            let lock: toml::Table = fs::read_to_string(place.root.join("Cargo.lock"))?.parse()?;
            let packages = lock["package"].as_array().context("Cargo.lock lists no packages")?;
            let found = packages.iter().find(|row| row["name"].as_str() == Some(package));
            let found = found.and_then(|row| row["version"].as_str());
            found.context("not in Cargo.lock")?.to_owned()
        }
    })
}

/// The processor, as the system names it.
fn machine() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let name = name.map_or("an unnamed processor", |(_, name)| name.trim());
    let cores = told.lines().filter(|line| line.starts_with("processor")).count();
    format!("{name} ({cores} cores)")
}

/// Puts the table between its marks in the README.
fn put(readme: &Path, table: &str) -> Result<()> {
    const MARKS: [&str; 2] = ["<!-- cargo xtask bench-peers -->\n", "<!-- end -->\n"];
    let text = fs::read_to_string(readme)?;
    let [open, close] = MARKS;
    let (before, rest) = text.split_once(open).context("README.md has no mark for the table")?;
    let (_, after) = rest.split_once(close).context("the table has no end in README.md")?;
    fs::write(readme, format!("{before}{open}{table}{close}{after}"))?;
    Ok(())
}
