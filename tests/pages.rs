//! HTML pages and web archives through the program.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

#[expect(dead_code, reason = "other tests write their articles as lines of JSON")]
#[path = "program.rs"]
mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use program::{at, folder, good, ids, lines, run, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

const BODY: [&str; 4] = [
    "The mill at Vellin closed on Friday after ninety years, and its last forty workers went home \
     with a month of wages and a letter of thanks that none of them had asked for.",
    "“We will not leave the valley,” said Ann Lee, who had worked at the looms since she left \
     school, and whose mother and grandmother had worked at them before her.",
    "The owners said that cotton from abroad had become too cheap to compete with, and that they \
     had looked for a buyer for the buildings, the looms and the name for more than two years.",
    "The town council will meet on Tuesday to talk about what is to become of the mill, its \
     chimney and the row of houses that the company had built for its workers along the river.",
];

/// A page with the article among menus, teasers and scripts.
fn page(title: &str) -> String {
    let paragraphs = format!("<p>{}</p>", BODY.join("</p>\n<p>"));
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>\
         <meta property=\"article:published_time\" content=\"2026-03-14T08:00:00Z\">\
         <script>var menu = '<p>not shown</p>';</script></head><body>\
         <nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a><li><a href=/tv>TV</a></ul></nav>\
         <main><article><h1>{title}</h1>{paragraphs}</article></main>\
         <aside><h2>More</h2><a href=/1>Ten cakes to bake</a> <a href=/2>Win a car</a></aside>\
         <footer><a href=/about>About</a> <a href=/terms>Terms and cookies</a></footer>\
         </body></html>"
    )
}

fn warc_record(kind: &str, url: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2026-03-15T01:02:03Z\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn response(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

const HTML: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";

#[test]
fn a_page_gives_its_article() {
    let folder = folder(&[("mill.html", page("The mill closes").as_bytes())]);
    let mut args = vec!["parse", folder.path().to_str().expect("UTF-8"), "--keep", "language"];
    let record = lines(&good(&args, "")).remove(0);
    let shown = record["text"].as_str().expect("text");
    for paragraph in BODY {
        assert!(shown.contains(paragraph), "{shown}");
    }
    for other in ["Sport", "cakes", "cookies", "not shown", "<"] {
        assert!(!shown.contains(other), "{other}: {shown}");
    }
    assert_eq!(record["id"], "mill");
    assert_eq!(record["title"], "The mill closes");
    assert_eq!(record["date"], "2026-03-14");
    assert_eq!(record["kept"], json!({"language": "en"}));
    // Paragraphs stay apart, and what is said on the page is found.
    assert!(shown.contains(".\n\n“We will not"), "{shown}");
    args[0] = "quotes";
    assert!(good(&args[..2], "").contains("Ann Lee"));
}

#[test]
fn a_page_that_holds_no_article_is_named() {
    let deep = format!("<html><body>{}Rain fell.", "<div>".repeat(100_000));
    let long = format!("<p>{}", "x".repeat(8 << 20));
    let folder = folder(&[
        ("a.html", b"<html><body><a href=/>Home</a></body></html>"),
        ("b.html", deep.as_bytes()),
        ("c.html", long.as_bytes()),
        ("d.html", page("Last").as_bytes()),
    ]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let [a, b, c] = ["a.html", "b.html", "c.html"].map(|name| at(&folder, name));
    let expected = format!(
        "pullquote: {a}: holds no article that could be told from the rest of the page; \
         give its text\n\
         pullquote: {b}: is built in a way that cannot be read as an article; give its text\n\
         pullquote: {c}: is longer than 8 MiB; split it\n"
    );
    assert_eq!(text(&output.stderr), expected);
    assert_eq!((output.status.code(), ids(text(&output.stdout))), (Some(1), vec!["d".to_owned()]));
}

#[test]
fn an_archive_gives_the_articles_of_its_pages() {
    let url = |name: &str| format!("https://a.example/{name}");
    let latin = page("Caf\u{e9}").replace("utf-8", "iso-8859-1");
    let latin: Vec<u8> =
        latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'"')).collect();
    let chunked = page("Chunks");
    let (one, two) = chunked.split_at(700);
    let chunks = format!("{:x}\r\n{one}\r\n{:X};x\r\n{two}\r\n0\r\n\r\n", one.len(), two.len());
    let packed = response(
        "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
        &gz(page("Packed").as_bytes()),
    );
    let records = [
        warc_record("warcinfo", "", b"software: none"),
        warc_record("request", &url("plain"), b"GET /plain HTTP/1.1\r\n\r\n"),
        warc_record("response", &url("plain"), &response(HTML, page("Plain").as_bytes())),
        warc_record("response", &url("gone"), &response("404 Not Found", b"gone")),
        warc_record(
            "response",
            &url("picture"),
            &response("200 OK\r\nContent-Type: image/png", &[0; 99]),
        ),
        warc_record(
            "response",
            &url("latin"),
            &response("200 OK\r\nContent-Type: text/html", &latin),
        ),
        warc_record(
            "response",
            &url("chunks"),
            &response(
                "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
                chunks.as_bytes(),
            ),
        ),
        warc_record("response", &url("packed"), &packed),
        warc_record("response", &url("menu"), &response(HTML, b"<a href=/>Home</a>")),
    ];
    let members: Vec<u8> = records.iter().flat_map(|record| gz(record)).collect();
    let folder = folder(&[("a.warc", &records.concat()), ("b.warc.gz", &members)]);
    let args = ["parse", "--keep", "url", "--keep", "fetched"];
    let [a, b] =
        ["a.warc", "b.warc.gz"].map(|name| good(&[&args[..], &[&at(&folder, name)]].concat(), ""));
    assert_eq!(a, b);
    let names = ["plain", "latin", "chunks", "packed"].map(url);
    assert_eq!(ids(&a), names);
    let records = lines(&a);
    let titles: Vec<_> = records.iter().map(|record| record["title"].clone()).collect();
    assert_eq!(titles, ["Plain", "Caf\u{e9}", "Chunks", "Packed"]);
    for (record, name) in records.iter().zip(names) {
        assert_eq!(record["kept"], json!({"url": name, "fetched": "2026-03-15T01:02:03Z"}));
        assert_eq!(record["date"], "2026-03-14");
    }
}

#[test]
fn damaged_archives_cost_what_is_damaged() {
    let good = |name: &str| {
        let body = response(HTML, page(name).as_bytes());
        warc_record("response", &format!("https://a.example/{name}"), &body)
    };
    let cut = |name: &str, by: usize| {
        let record = good(name);
        record[..record.len() - by].to_vec()
    };
    let huge = warc_record("response", "https://a.example/huge", &vec![b'x'; 9 << 20]);
    let stray = [good("1"), b"no record\r\nat all\r\n".to_vec(), good("2")].concat();
    let short = [good("3"), huge, cut("4", 300)].concat();
    let members = [gz(&good("5")), gz(&good("6"))].concat();
    let folder = folder(&[
        ("a.warc", &stray),
        ("b.warc", &short),
        ("c.warc.gz", &members[..members.len() - 20]),
        ("d.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"),
    ]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let told: Vec<_> = text(&output.stderr).lines().collect();
    let expected = [
        "a.warc#2: is not a WARC record",
        "b.warc#2: is longer than 8 MiB",
        "b.warc#3: is cut off; what came before was read",
        "c.warc.gz: is damaged or cut off (",
        "d.warc#1: is not a WARC record",
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (line, words) in told.iter().zip(expected) {
        assert!(line.starts_with(&format!("pullquote: {}", at(&folder, words))), "{line}");
    }
    let names = ["1", "2", "3", "5"].map(|name| format!("https://a.example/{name}"));
    assert_eq!(ids(text(&output.stdout)), names);
    assert_eq!(output.status.code(), Some(1));
}

/// The least mean F1 of the words of articles found in pages of many makes.
const MAIN_TEXT: f64 = 0.95;

/// The page that a template gives for an article: a line with a paragraph stands once for each.
fn built(template: &str, title: &str, paragraphs: &[&str]) -> String {
    let mut page = String::new();
    let mut add = |line: &str| {
        page.push_str(&line.replace("{title}", title));
        page.push('\n');
    };
    let (first, second) = paragraphs.split_at(paragraphs.len() / 2);
    let of_place =
        [("{paragraph}", paragraphs), ("{first half}", first), ("{second half}", second)];
    // What stands between the paragraphs of the article.
    let insets: Vec<(usize, &str)> = template
        .lines()
        .filter_map(|line| line.strip_prefix("{after ")?.split_once('}'))
        .map(|(after, line)| (after.parse().expect("a number"), line))
        .collect();
    for line in template.lines().filter(|line| !line.starts_with("{after ")) {
        let Some((place, paragraphs)) = of_place.iter().find(|(place, _)| line.contains(place))
        else {
            add(line);
            continue;
        };
        for (number, paragraph) in (1..).zip(*paragraphs) {
            add(&line.replace(place, paragraph));
            insets.iter().filter(|(after, _)| *after == number).for_each(|(_, inset)| add(inset));
        }
    }
    page
}

/// How well the words found are the words wanted, in whatever order: the harmonic mean of precision
/// and recall.
fn f1(found: &str, wanted: &str) -> f64 {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut both, mut all) = (0, 0);
    for word in wanted.split_whitespace() {
        *counts.entry(word).or_default() += 1;
        all += 1;
    }
    for word in found.split_whitespace() {
        all += 1;
        if let Some(count) = counts.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    f64::from(2 * both) / f64::from(all.max(1))
}

#[test]
fn articles_are_told_from_the_rest_of_pages_of_many_makes() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |folder: &str| -> BTreeMap<String, String> {
        let entries = fs::read_dir(here.join(folder)).expect("a folder");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let name = |path: &Path| path.file_stem().and_then(|name| name.to_str()).map(str::to_owned);
        paths
            .map(|path| (name(&path).expect("UTF-8"), fs::read_to_string(path).expect("a file")))
            .collect()
    };
    let (articles, templates) = (read("examples/articles"), read("tests/templates"));
    let mut pages = Vec::new();
    let mut wanted = BTreeMap::new();
    for (make, template) in &templates {
        for (name, article) in &articles {
            let mut parts = article.lines().map(str::trim).filter(|line| !line.is_empty());
            let title = parts.next().expect("a headline");
            let paragraphs: Vec<_> = parts.collect();
            let page = format!("{make}+{name}");
            pages.push((format!("{page}.html"), built(template, title, &paragraphs)));
            wanted.insert(page, (make, paragraphs.join("\n")));
        }
    }
    let files: Vec<_> = pages.iter().map(|(name, page)| (name.as_str(), page.as_bytes())).collect();
    let folder = folder(&files);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let records = lines(text(&output.stdout));
    let found: BTreeMap<_, _> =
        records.iter().map(|record| (record["id"].as_str(), record)).collect();
    let mut of_make: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (page, (make, article)) in &wanted {
        let text = found.get(&Some(page.as_str())).map(|record| &record["text"]);
        let text = text.and_then(Value::as_str).unwrap_or_default();
        of_make.entry(make).or_default().push(f1(text, article));
    }
    let mean =
        |values: &[f64]| values.iter().sum::<f64>() / values.iter().map(|_| 1.0).sum::<f64>();
    for (make, values) in &of_make {
        println!("{make:16} {:.3}", mean(values));
    }
    let all = mean(&of_make.into_values().flatten().collect::<Vec<_>>());
    println!("{:16} {all:.3} of {} pages", "all", wanted.len());
    assert!(all >= MAIN_TEXT, "F1 {all:.3}");
}

#[test]
fn a_page_that_asks_for_much_more_than_its_size_is_left() {
    let text = BODY.join("</p><p>");
    // Each of the open elements is built anew in each paragraph: hundreds of times the page's size.
    let open = (0..400).fold(String::new(), |open, n| open + &format!("<b id=a{n}>"));
    let copied = format!("<p>{text}<p>{open}{}", "<p>x".repeat(1 << 20));
    // Each attribute is compared with all before it.
    let named = (0..800_000).fold(String::new(), |named, n| named + &format!("a{n}=1 "));
    let compared = format!("<p>{text}<p {named}>");
    // What is long, but of one piece, is read.
    let picture = format!("<p>{text}<img src=\"data:,{}\">", "x".repeat(4 << 20));
    let folder = folder(&[
        ("a.html", copied.as_bytes()),
        ("b.html", compared.as_bytes()),
        ("c.html", picture.as_bytes()),
    ]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let expected = ["a.html", "b.html"].map(|name| {
        let path = at(&folder, name);
        format!("pullquote: {path}: is built in a way that cannot be read as an article; give its text\n")
    });
    assert_eq!(program::text(&output.stderr), expected.concat());
    assert_eq!(ids(program::text(&output.stdout)), ["c"]);
}
