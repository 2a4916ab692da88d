//! The program end to end: the built binary, its streams and its exit status.
//!
//! Nothing here depends on what the stages find beyond what is certain of two plain sentences; what
//! commands print is compared with the record of the same document instead.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

#[path = "program.rs"]
mod program;

use program::{PLAIN, at, command, folder, good, ids, jsonl, lines, run, text};
use pullquote::offsets::Offsets;
use pullquote::{Article, OffsetUnit, Parser, RecordOptions};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Child;

const QUOTED: &str = "Rain fell on Vellin. “We will rebuild the bridge,” said Ann Lee, the mayor.";
const HOSTILE: &str = "A <script>alert(1)</script> fell. “<img src=x onerror=alert(2)> & \"so on\",” \
                       said Ann <b>Lee</b>.\u{1b}[31m Red.";

#[test]
fn parse_prints_the_record() {
    let date = "2026-03-14".parse().expect("a date");
    let article = Article { text: QUOTED, id: Some("a"), title: Some("Rain"), date: Some(date) };
    let doc = Parser::new().parse(article);
    let line = serde_json::json!({
        "url": ["x"], "text": QUOTED, "id": "a", "title": "Rain", "date": "2026-03-14T09:00:00Z"
    });
    for (unit, offsets) in
        [("chars", OffsetUnit::Chars), ("bytes", OffsetUnit::Bytes), ("utf16", OffsetUnit::Utf16)]
    {
        for text in [true, false] {
            let mut args = vec!["parse", "--input-format", "jsonl", "--format", "jsonl"];
            args.extend(["--offsets", unit]);
            args.extend((!text).then_some("--no-text"));
            args.push("-");
            let printed = good(&args, line.to_string());
            assert_eq!(printed, doc.to_json(RecordOptions { offsets, text }) + "\n");
        }
    }
}

#[test]
fn offsets_slice_the_text_in_every_unit() {
    let sentences = |unit: &str| {
        let record = good(&["parse", "--offsets", unit, "-"], PLAIN);
        let record: Value = serde_json::from_str(&record).expect("JSON");
        assert_eq!(record["offsets"], unit);
        let spans = record["sentences"].as_array().expect("a list").iter();
        let at = |span: &Value, end: &str| usize::try_from(span[end].as_u64().expect("a number"));
        spans
            .map(|span| at(span, "start").expect("small")..at(span, "end").expect("small"))
            .collect::<Vec<_>>()
    };
    let chars: Vec<char> = PLAIN.chars().collect();
    let utf16: Vec<u16> = PLAIN.encode_utf16().collect();
    let by_chars = sentences("chars").into_iter().map(|span| String::from_iter(&chars[span]));
    let by_bytes = sentences("bytes").into_iter().map(|span| PLAIN[span].to_owned());
    let by_utf16 =
        sentences("utf16").into_iter().map(|span| String::from_utf16_lossy(&utf16[span]));
    let slices: Vec<_> = by_chars.collect();
    assert_eq!(slices.first().map(String::as_str), Some("Rain fell in Zürich 🌧 today."));
    assert_eq!(slices.last().map(String::as_str), Some("The river rose."));
    assert_eq!(slices, by_bytes.collect::<Vec<_>>());
    assert_eq!(slices, by_utf16.collect::<Vec<_>>());
}

#[test]
fn rows_agree_with_the_record_in_every_format() {
    let record = lines(&good(&["parse", "--include-beliefs", "-"], QUOTED)).remove(0);
    for table in ["quotes", "people", "entities", "sentences"] {
        let list = if table == "people" { "actors" } else { table };
        let expected = record[list].as_array().expect("a list");
        let command = |format| {
            let mut args = vec![table, "--format", format, "-"];
            args.extend((table == "quotes").then_some("--include-beliefs"));
            good(&args, QUOTED)
        };
        let rows = lines(&command("jsonl"));
        assert_eq!(rows.len(), expected.len());
        for (row, expected) in rows.iter().zip(expected) {
            assert_eq!(row["document"], "-");
            let known = expected.as_object().expect("an object").iter();
            // What a row has in another form: the actor's name, the time's and the spans' text.
            for (name, value) in known.filter(|(name, value)| {
                let other = ["actor", "time"].contains(&name.as_str());
                !other && !value.is_array() && !value.is_object() && row.get(name).is_some()
            }) {
                assert_eq!(&row[name], value, "{table} {name}");
            }
        }
        let array: Value = serde_json::from_str(&command("json")).expect("JSON");
        assert_eq!(array, Value::Array(rows.clone()));
        let csv = command("csv");
        let header: Vec<_> = csv.lines().next().expect("a header").split(',').collect();
        assert_eq!(header[0], "document");
        assert_eq!(csv.lines().count(), 1 + rows.len());
        assert!(command("table").starts_with("-\n"), "the document's name comes first");
    }
}

#[test]
fn sentences_come_as_a_table_by_default() {
    let printed = good(&["sentences", "-"], "Rain fell. The river rose.");
    assert_eq!(printed, "-\nAT     SENTENCE\n0-10   Rain fell.\n11-26  The river rose.\n");
}

#[test]
fn sentences_of_a_long_text_come_as_of_a_short_one() {
    // Long enough for many parts and pieces, with lines short and endless, and wide characters.
    let mut long = String::new();
    for n in 0..9000 {
        long +=
            ["Dr. Voss of Zürich 🌧 left. ", "“Why now?” Okafor asked.\n\n", "1) a 2) b\r\n"][n % 3];
        if n % 2000 == 0 {
            long += &"boats and nets and ropes ".repeat(40_000);
        }
    }
    assert!(long.len() > 4 << 20, "more than any part or piece");
    let found = pullquote::sentences(&long);
    let input = jsonl(&[serde_json::json!({"text": long, "id": "long"})]);
    let folder = folder(&[("long.txt", long.as_bytes()), ("long.jsonl", input.as_bytes())]);
    let (text, record) = (at(&folder, "long.txt"), at(&folder, "long.jsonl"));
    for offsets in [OffsetUnit::Chars, OffsetUnit::Bytes, OffsetUnit::Utf16] {
        let positions = Offsets::new(&long, offsets);
        let rows = found.rows().iter().enumerate().map(|(id, row)| {
            let (start, end) = (positions.at(row.span.start()), positions.at(row.span.end()));
            let text = row.span.of(&long);
            serde_json::json!({
                "document": "long", "id": id, "start": start, "end": end, "text": text
            })
        });
        let args = ["sentences", "--format", "jsonl", "--offsets", offsets.as_str(), &text];
        assert!(lines(&good(&args, "")) == rows.collect::<Vec<_>>(), "{offsets:?}");
    }
    for format in ["table", "jsonl", "json", "csv"] {
        let printed =
            |input: &str, jobs| good(&["sentences", "--format", format, "--jobs", jobs, input], "");
        let whole = printed(&text, "2");
        assert!(whole == printed(&text, "1") && whole == printed(&record, "1"), "{format}");
    }
    let table = good(&["sentences", &text], "");
    assert_eq!(table.matches("SENTENCE\n").count(), 1, "one head");
    let array = good(&["sentences", "--format", "json", &text, &record], "");
    let array: Vec<Value> = serde_json::from_str(&array).expect("JSON");
    assert_eq!(array.len(), 2 * found.len());
}

#[test]
fn one_array_holds_all_records() {
    let input = jsonl(&[
        serde_json::json!({"text": PLAIN, "id": 1}),
        serde_json::json!({"text": QUOTED, "id": 2}),
    ]);
    let args = |format| ["parse", "--input-format", "jsonl", "--format", format, "-"];
    let array: Value = serde_json::from_str(&good(&args("json"), &input)).expect("JSON");
    assert_eq!(array, Value::Array(lines(&good(&args("jsonl"), &input))));
    assert_eq!(array[1]["id"], "2");
    let none: Value = serde_json::from_str(&good(&args("json"), "")).expect("JSON");
    assert_eq!(none, Value::Array(Vec::new()));
}

#[test]
fn order_does_not_depend_on_the_number_of_threads() {
    // Long and short articles, enough for many blocks.
    let rows: Vec<_> = (0..600)
        .map(|n| serde_json::json!({"id": n, "text": PLAIN.repeat(1 + n % 7 * 30)}))
        .collect();
    let folder = folder(&[("a.jsonl", jsonl(&rows).as_bytes()), ("b.txt", PLAIN.as_bytes())]);
    let (a, b) = (at(&folder, "a.jsonl"), at(&folder, "b.txt"));
    let args = |jobs| ["parse", "--no-text", "--jobs", jobs, &b, &a, &b];
    let (one, two) = (good(&args("1"), ""), good(&args("2"), ""));
    assert!(one == two);
    let expected = ["b".to_owned()].into_iter().chain((0..600).map(|n| n.to_string()));
    assert_eq!(ids(&one), expected.chain(["b".to_owned()]).collect::<Vec<_>>());
}

#[test]
fn lines_go_on_as_they_come() {
    let mut child = command(&["parse", "--input-format", "jsonl", "-"]).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in ["1", "2"] {
        writeln!(stdin, "{{\"id\": {id}, \"text\": \"Rain fell.\"}}").expect("it reads");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it answers before the input ends");
        assert_eq!(ids(&line), [id]);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_folder_is_read_in_order_of_names() {
    let line = |id: &str| jsonl(&[serde_json::json!({"text": "Rain fell.", "id": id})]);
    let folder = folder(&[
        ("b.txt", b"Rain fell."),
        ("a/2.jsonl", line("second").as_bytes()),
        ("a/1.TXT", b"Rain fell."),
        ("c/notes.md", b"Not an article."),
        ("c/d/e.txt", b"Rain fell."),
    ]);
    let path = folder.path().to_str().expect("UTF-8");
    let read = |args: &[&str]| ids(&good(&[&["parse", path], args].concat(), ""));
    assert_eq!(read(&[]), ["1", "second", "b", "e"]);
    assert_eq!(read(&["--input-format", "jsonl"]), ["second"]);
    assert_eq!(read(&["--input-format", "text"]), ["1", "b", "e"]);
    // The output may lie in the folder that is read.
    let out = at(&folder, "a/0.jsonl");
    for _ in 0..2 {
        assert_eq!(good(&["parse", path, "-o", &out], ""), "");
        assert_eq!(ids(&fs::read_to_string(&out).expect("written")), ["1", "second", "b", "e"]);
    }
}

#[test]
fn fields_and_dates_are_found_by_name() {
    let input = jsonl(&[
        serde_json::json!({"body": "Rain fell.", "key": 7, "day": "2026-03-14", "head": "Rain"}),
        serde_json::json!({"body": "Rain fell."}),
    ]);
    let folder = folder(&[("news.jsonl", input.as_bytes())]);
    let path = at(&folder, "news.jsonl");
    let mut args = vec!["parse", &path, "--text-field", "body", "--id-field", "key"];
    args.extend(["--date-field", "day", "--title-field", "head", "--date", "2025-01-02"]);
    let records = lines(&good(&args, ""));
    assert_eq!(records[0]["id"], "7");
    assert_eq!(records[0]["date"], "2026-03-14", "the document's own date wins");
    assert_eq!(records[0]["title"], "Rain");
    assert_eq!(records[1]["id"], format!("{path}:2"));
    assert_eq!(records[1]["date"], "2025-01-02");
    let dated = lines(&good(&["parse", "--date", "2025-01-02", "-"], "Rain fell."));
    assert_eq!(dated[0]["date"], "2025-01-02");
}

#[test]
fn an_empty_file_is_an_empty_record() {
    let folder = folder(&[("empty.txt", b""), ("empty.jsonl", b"\n \r\n")]);
    let (txt, jsonl) = (at(&folder, "empty.txt"), at(&folder, "empty.jsonl"));
    let records = lines(&good(&["parse", &txt, &jsonl], ""));
    assert_eq!(records.len(), 1);
    assert_eq!((&records[0]["id"], &records[0]["text"]), (&"empty".into(), &"".into()));
    assert_eq!(records[0]["sentences"], Value::Array(Vec::new()));
}

#[test]
fn other_encodings_are_read_and_told_once() {
    let utf16: Vec<u8> = "\u{FEFF}Né ici.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lines_of_bytes =
        b"\xEF\xBB\xBF{\"text\": \"Zo\xC3\xAB fell.\"}\n{\"text\": \"The caf\xE9 fell.\"}\n\
                           {\"text\": \"The caf\xE9 rose.\"}\n";
    let folder = folder(&[
        ("a.txt", b"The caf\xE9 said \x93no\x94 to the mayor."),
        ("b.txt", &utf16),
        ("c.jsonl", lines_of_bytes),
        ("d.txt", "\u{FEFF}Né ici.".as_bytes()),
    ]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let (a, b, c) = (at(&folder, "a.txt"), at(&folder, "b.txt"), at(&folder, "c.jsonl"));
    assert_eq!(
        text(&output.stderr),
        format!(
            "pullquote: {a}: not UTF-8; read as windows-1252\n\
             pullquote: {b}: not UTF-8; read as UTF-16LE\n\
             pullquote: {c}:2: not UTF-8; read as windows-1252\n"
        )
    );
    assert_eq!(output.status.code(), Some(0), "the documents are all there");
    let texts: Vec<_> = lines(text(&output.stdout)).iter().map(|r| r["text"].clone()).collect();
    assert_eq!(
        texts,
        [
            "The café said “no” to the mayor.",
            "Né ici.",
            "Zoë fell.",
            "The café fell.",
            "The café rose.",
            "Né ici."
        ]
    );
}

#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let bad = concat!(
        "{\"text\": \"Rain fell.\", \"id\": \"good\"}\n",
        "{\"text\": \"cut\n",
        "{\"body\": \"Rain fell.\"}\n",
        "{\"text\": 5}\n",
        "{\"text\": \"a\", \"date\": \"2026-02-30\"}\n",
        "{\"text\": \"a\", \"id\": [1]}\n",
        "[]\n",
        "{\"text\": \"The river rose.\", \"id\": \"last\"}",
    );
    let utf16: Vec<u8> = "\u{FEFF}{}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let folder = folder(&[("bad.jsonl", bad.as_bytes()), ("wide.jsonl", &utf16), ("c/n.md", b"")]);
    let [bad, wide, none, gone] =
        ["bad.jsonl", "wide.jsonl", "c", "gone.txt"].map(|name| at(&folder, name));
    let output = run(&["parse", &gone, &none, &bad, &wide, "-"], "Rain fell.");
    let told = text(&output.stderr);
    let expected = [
        format!("{gone}: no such file or folder; check the path"),
        format!("{none}: holds no readable file; name the files themselves"),
        format!("{bad}:2: not a JSON object (EOF while parsing a string at column 13); write one"),
        format!("{bad}:3: has no field `text`; name the field with the text by --text-field"),
        format!("{bad}:4: field `text` is a number; it must be a string"),
        format!("{bad}:5: `2026-02-30` is not a date; write it as YYYY-MM-DD"),
        format!("{bad}:6: field `id` is a list; it must be a string or a whole number"),
        format!("{bad}:7: not a JSON object (invalid type: sequence, expected an object"),
        format!("{wide}: is UTF-16; convert it to UTF-8 first"),
    ];
    assert_eq!(told.lines().count(), expected.len(), "{told}");
    for (line, expected) in told.lines().zip(expected) {
        assert!(line.starts_with(&format!("pullquote: {expected}")), "{line}");
    }
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(text(&output.stdout)), ["good", "last", "-"]);
}

#[test]
fn a_line_longer_than_any_read_works() {
    let long = "Rain fell. ".repeat(100_000);
    let input = jsonl(&[
        serde_json::json!({"text": long, "id": "long"}),
        serde_json::json!({"text": PLAIN, "id": "next"}),
    ]);
    let printed = good(&["parse", "--no-text", "--input-format", "jsonl", "-"], input);
    let records = lines(&printed);
    assert_eq!(ids(&printed), ["long", "next"]);
    assert_eq!(records[0]["sentences"].as_array().map(Vec::len), Some(100_000));
}

#[test]
fn a_wrong_command_line_is_status_2() {
    let folder = folder(&[("a.jsonl", b"{\"text\": \"Rain fell.\"}\n")]);
    let a = at(&folder, "a.jsonl");
    let cases: &[(&[&str], &str)] = &[
        (&[], "Usage"),
        (&["parse"], "<INPUT>"),
        (&["read", "-"], "unrecognized subcommand"),
        (&["parse", "--offsets", "words", "-"], "chars, bytes, utf16"),
        (&["parse", "--date", "14 March", "-"], "write it as YYYY-MM-DD"),
        (&["parse", "--jobs", "0", "-"], "--jobs"),
        (&["parse", "--format", "table", "-"], "for table choose a --table"),
        (&["parse", &a, "-o", &a], "is also an input; write elsewhere"),
    ];
    for (args, words) in cases {
        let output = run(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(words), "{args:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
    assert!(fs::read_to_string(a).expect("it stays").contains("Rain"), "never overwritten");
    assert!(good(&["--help"], "").contains("quotes"));
    assert!(good(&["--version"], "").starts_with("pullquote "));
}

#[test]
fn a_model_of_ones_own_is_taken_or_refused_with_the_remedy() {
    let model = pullquote_data::ENTITIES;
    let files: [(&str, &[u8]); 4] = [
        ("good.bin", model),
        ("cut.bin", &model[..model.len() - 1]),
        ("quotes.bin", pullquote_data::QUOTES),
        ("page.html", b"<html>"),
    ];
    let folder = folder(&files);
    for name in ["quotes", "people", "entities", "parse", "view"] {
        let with_model = good(&[name, "--model", &at(&folder, "good.bin"), "-"], QUOTED);
        assert_eq!(with_model, good(&[name, "-"], QUOTED), "the same model from a file");
    }
    for (name, reason, remedy) in [
        ("cut.bin", "cut short or damaged", "`pullquote-train train entities"),
        ("quotes.bin", "trained with other features", "`pullquote-train train entities"),
        ("page.html", "not a pullquote model", "`pullquote-train train entities"),
        ("none.bin", "cannot be read", "check the path"),
    ] {
        let output = run(&["parse", "--model", &at(&folder, name), "-"], QUOTED);
        let error = text(&output.stderr);
        assert!([name, reason, remedy].iter().all(|part| error.contains(part)), "{error}");
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
    }
}

#[test]
fn an_output_that_cannot_be_written_is_status_1() {
    let path = Path::new("no").join("such").join("folder");
    let output = run(&["parse", "-", "-o", path.to_str().expect("UTF-8")], "Rain fell.");
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.starts_with(&format!("pullquote: {}: cannot be written (", path.display())));
    assert_eq!(told.lines().count(), 1);
}

#[test]
fn a_broken_pipe_ends_quietly() {
    let rows: Vec<_> =
        (0..2000).map(|n| serde_json::json!({"id": n, "text": PLAIN.repeat(20)})).collect();
    let folder = folder(&[("a.jsonl", jsonl(&rows).as_bytes())]);
    let mut child: Child = command(&["parse", &at(&folder, "a.jsonl")]).spawn().expect("starts");
    let mut first = [0];
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut first).expect("it writes");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn colours_are_for_those_who_want_them() {
    let printed = |variables: &[&str]| {
        let mut child = command(&["sentences", "-"]);
        child.envs(variables.iter().map(|name| (name, "1")));
        let mut child = child.spawn().expect("starts");
        child.stdin.take().expect("a pipe").write_all(HOSTILE.as_bytes()).expect("it reads");
        text(&child.wait_with_output().expect("ends").stdout).to_owned()
    };
    assert!(!printed(&[]).contains('\u{1b}'), "a pipe");
    assert!(!printed(&["NO_COLOR", "CLICOLOR_FORCE"]).contains('\u{1b}'));
    let forced = printed(&["CLICOLOR_FORCE"]);
    assert!(forced.contains('\u{1b}'));
    assert!(!forced.contains("\u{1b}[31m"), "an article cannot colour the terminal");
}

#[test]
fn a_page_shows_the_article_and_runs_nothing_of_it() {
    let line = serde_json::json!({"text": HOSTILE, "id": "<i>\"id\"", "title": "</title><b>"});
    let folder = folder(&[("a.jsonl", line.to_string().as_bytes())]);
    let page = at(&folder, "page.html");
    let input = at(&folder, "a.jsonl");
    assert_eq!(good(&["view", "--include-beliefs", &input, "-o", &page], ""), "");
    let html = fs::read_to_string(page).expect("written");
    assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>\n"));
    for tag in ["<script", "<img", "<b>", "<i>", "\u{1b}"] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert!(!html.contains("http://") && !html.contains("https://"), "nothing is fetched");
    for tag in ["html", "head", "style", "body", "article", "aside", "p", "a", "span", "mark"] {
        let opened =
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    // With the markup taken away, the article stands there word for word.
    let article = html.split("<article>").nth(1).and_then(|rest| rest.split("</article>").next());
    let mut shown = String::new();
    for part in article.expect("an article").split('<') {
        shown.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    for (entity, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        shown = shown.replace(entity, c);
    }
    assert!(shown.contains(&HOSTILE.replace('\u{1b}', "\u{FFFD}")), "{shown}");
}

#[test]
fn a_folder_gets_a_page_for_each_article_and_an_index() {
    let input = jsonl(&[
        serde_json::json!({"text": QUOTED, "id": "a", "title": "Rain & wind", "date": "2026-03-14"}),
        serde_json::json!({"text": PLAIN, "id": "a"}),
        serde_json::json!({"text": HOSTILE, "id": "index"}),
        serde_json::json!({"text": PLAIN, "id": "a.2"}),
    ]);
    let folder = folder(&[("in.jsonl", input.as_bytes())]);
    let (input, out) = (at(&folder, "in.jsonl"), at(&folder, "out/"));
    assert_eq!(good(&["view", &input, "-o", &out], ""), "");
    let mut names: Vec<_> = fs::read_dir(&out).expect("a folder").collect();
    let mut names: Vec<_> =
        names.drain(..).map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.2.2.html", "a.2.html", "a.html", "index.2.html", "index.html"]);
    let read = |name: &str| fs::read_to_string(Path::new(&out).join(name)).expect("written");
    let index = read("index.html");
    let line = "<tr><th scope=\"row\"><a href=\"a.html\">Rain &amp; wind</a></th>\
                <td><time datetime=\"2026-03-14\">2026-03-14</time></td>\
                <td class=\"number\">1</td><td><bdi>Ann Lee</bdi> <small>1</small></td></tr>\n";
    assert!(index.contains(line), "{index}");
    assert_eq!(index.matches("<tr><th scope=\"row\">").count(), 4);
    assert!(index.ends_with("</html>\n") && !index.contains("<script"));
    let page = read("a.html");
    assert!(page.contains("<title>Rain &amp; wind</title>") && page.ends_with("</html>\n"));
    assert!(page.contains("<a href=\"index.html\">All articles</a>"));
    assert!(!read("index.2.html").contains("<script"));
    for refused in ["--resume", "--compress=gz"] {
        let output = run(&["view", &input, "-o", &out, refused], "");
        assert_eq!(output.status.code(), Some(2), "{refused}");
        assert!(text(&output.stderr).contains("files for each article"), "{refused}");
    }
}

#[test]
fn the_examples_of_the_help_work() {
    let help = good(&["--help"], "");
    let folder = folder(&[("article.txt", QUOTED.as_bytes()), ("corpus/a.txt", PLAIN.as_bytes())]);
    let examples = help.lines().filter_map(|line| line.trim().strip_prefix("pullquote "));
    let mut tried = 0;
    for example in examples {
        let arguments = example.split_once("  ").map_or(example, |(arguments, _)| arguments);
        let arguments: Vec<_> = arguments.split(' ').collect();
        let output = command(&arguments).current_dir(folder.path()).output().expect("it runs");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{example}");
        if let Some(at) = arguments.iter().position(|argument| *argument == "-o") {
            assert!(folder.path().join(arguments[at + 1]).exists(), "{example}");
        }
        tried += 1;
    }
    assert_eq!(tried, 7);
}
