//! Whole corpora through the program: compressed files, tables of text, bad records, outputs that
//! are whole or not there, and runs that go on where they stopped.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

#[path = "program.rs"]
mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use program::{PLAIN, at, command, folder, good, ids, jsonl, lines, run, text};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory")
}

fn articles(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!({"id": format!("a{n}"), "text": PLAIN, "url": n})).collect()
}

#[test]
fn compressed_inputs_read_as_what_is_in_them() {
    let rows = jsonl(&articles(3));
    let (first, second) = rows.split_at(rows.find('\n').expect("lines") + 1);
    let members = [gz(first.as_bytes()), gz(second.as_bytes())].concat();
    let csv = "id,text\nc,Rain fell.\n";
    let folder = folder(&[
        ("a.jsonl.gz", &members),
        ("b.txt.zst", &zst(PLAIN.as_bytes())),
        ("c.csv.gz", &gz(csv.as_bytes())),
        ("d.jsonl", rows.as_bytes()),
        ("e.md.gz", b"not read"),
    ]);
    let path = folder.path().to_str().expect("UTF-8");
    let expected = ["a0", "a1", "a2", "b", "c", "a0", "a1", "a2"];
    assert_eq!(ids(&good(&["parse", path], "")), expected);
    // A pipe has no name, and a name may lie.
    let args = ["parse", "--input-format", "jsonl", "-"];
    assert_eq!(ids(&good(&args, zst(rows.as_bytes()))), ["a0", "a1", "a2"]);
    assert_eq!(good(&args, gz(rows.as_bytes())), good(&args, &rows));
}

#[test]
fn outputs_are_compressed_by_their_ending() {
    let folder = folder(&[("a.jsonl", jsonl(&articles(40)).as_bytes())]);
    let a = at(&folder, "a.jsonl");
    for (table, ending) in [(None, "jsonl"), (None, "json"), (Some("sentences"), "csv")] {
        let args = |output: &str| {
            let mut args = vec!["parse", &a, "-o", output].into_iter().map(str::to_owned);
            let mut args: Vec<_> = args.by_ref().collect();
            args.extend(table.into_iter().flat_map(|table| ["--table".to_owned(), table.into()]));
            args
        };
        let written = |name: &str| {
            let path = at(&folder, name);
            let args = args(&path);
            assert_eq!(good(&args.iter().map(String::as_str).collect::<Vec<_>>(), ""), "");
            fs::read(path).expect("written")
        };
        let plain = written(&format!("out.{ending}"));
        assert!(plain.len() > 1000);
        let packed = written(&format!("out.{ending}.zst"));
        assert!(packed.len() < plain.len() / 2);
        assert!(zstd::decode_all(packed.as_slice()).expect("whole") == plain);
        let mut unpacked = Vec::new();
        let packed = written(&format!("out.{ending}.gz"));
        let mut reader = flate2::read::GzDecoder::new(packed.as_slice());
        reader.read_to_end(&mut unpacked).expect("whole");
        assert!(unpacked == plain);
    }
    // What is written can be read again, and standard output can be compressed too.
    let packed = run(&["parse", "--compress", "zst", &a], "").stdout;
    assert_eq!(ids(text(&zstd::decode_all(packed.as_slice()).expect("whole"))).len(), 40);
}

#[test]
fn what_comes_before_a_damaged_end_is_read() {
    let rows = jsonl(&articles(2000));
    let (gz, zst) = (gz(rows.as_bytes()), zst(rows.as_bytes()));
    let folder = folder(&[
        ("a.jsonl.gz", &gz[..gz.len() - 9]),
        ("b.jsonl.zst", &zst[..zst.len() - 9]),
        ("c.txt.gz", &[0x1F, 0x8B, 8, 0]),
        ("d.txt", b"Rain fell."),
    ]);
    let output = run(&["parse", "--no-text", folder.path().to_str().expect("UTF-8")], "");
    assert_eq!(output.status.code(), Some(1));
    let told: Vec<_> = text(&output.stderr).lines().collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for (line, name) in told.iter().zip(["a.jsonl.gz", "b.jsonl.zst", "c.txt.gz"]) {
        let start = format!("pullquote: {}: is damaged or cut off (", at(&folder, name));
        assert!(line.starts_with(&start), "{line}");
    }
    let ids = ids(text(&output.stdout));
    assert_eq!(
        (ids.first().map(String::as_str), ids.last().map(String::as_str)),
        (Some("a0"), Some("d"))
    );
    assert!(ids.len() > 1000, "{}", ids.len());
}

#[test]
fn a_text_that_is_cut_off_gives_its_sentences_up_to_there() {
    let whole: Vec<_> = (0..100_000).map(|n| format!("Rain fell on day {n}. ")).collect();
    let whole = gz(whole.concat().as_bytes());
    let folder = folder(&[("a.txt.gz", &whole[..whole.len() - 9])]);
    let output = run(&["sentences", "--format", "csv", &at(&folder, "a.txt.gz")], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr).lines().count(), 1);
    assert!(text(&output.stderr).contains("a.txt.gz: is damaged or cut off ("));
    let sentences = text(&output.stdout).lines().count();
    assert!(sentences > 99_000, "all but the last block: {sentences}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_takes_nothing_is_one_line() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(&[("a.jsonl", jsonl(&articles(3)).as_bytes()), ("shut/x", b"")]);
    let shut = folder.path().join("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).expect("changed");
    if fs::write(shut.join("probe"), "").is_ok() {
        // The system's owner may write anywhere; a folder of the kernel refuses him too.
        fs::remove_file(shut.join("probe")).expect("removed");
    }
    let a = at(&folder, "a.jsonl");
    let refuses = |path: &str| fs::File::create(format!("{path}/probe")).is_err();
    let closed =
        [at(&folder, "shut"), "/proc/self".to_owned()].into_iter().find(|path| refuses(path));
    let closed = closed.expect("a folder that takes nothing");
    let below = |name: &str| format!("{closed}/{name}");
    let (file, folder, csv, bad) =
        (below("out.jsonl"), below(""), below("out.csv"), below("bad.jsonl"));
    for args in [
        ["parse", &a, "-o", &file],
        ["parse", &a, "-o", &folder],
        ["view", &a, "-o", &folder],
        ["stats", &a, "-o", &csv],
        ["parse", &a, "--errors", &bad],
    ] {
        let output = run(&args, "");
        let told = text(&output.stderr).lines().rfind(|line| line.contains("cannot be written"));
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(
            told.is_some_and(|line| line.contains(&closed)),
            "{args:?}: {}",
            text(&output.stderr)
        );
        assert!(text(&output.stderr).matches("cannot be written").count() == 1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_is_one_line_and_leaves_no_half_results() {
    use std::process::Command;

    // A limit on the size of files does what a full disk does, in the middle of a file.
    let folder = folder(&[("a.jsonl", jsonl(&articles(2000)).as_bytes())]);
    let (a, program) = (at(&folder, "a.jsonl"), env!("CARGO_BIN_EXE_pullquote"));
    for name in ["out.jsonl", "out.jsonl.zst", "out.parquet", "out.arrow"] {
        let out = at(&folder, name);
        let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" sentences \"$1\" -o \"$2\"";
        let output = Command::new("sh").args(["-c", script, program, &a, &out]).output();
        let output = output.expect("sh starts");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {told}");
        assert!(told.starts_with(&format!("pullquote: {out}: cannot be written (")), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
        let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "{name}: {left:?}");
    }
}

#[test]
fn a_bomb_is_named_and_costs_no_memory() {
    let bomb = zst(&vec![b' '; 65 << 20]);
    let folder = folder(&[("a.txt.zst", &bomb), ("b.jsonl.zst", &bomb), ("c.txt", b"Rain fell.")]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let [a, b] = ["a.txt.zst", "b.jsonl.zst"].map(|name| at(&folder, name));
    let expected = format!(
        "pullquote: {a}: is longer than 64 MiB; split it\n\
         pullquote: {b}:1: is longer than 64 MiB; split it\n"
    );
    assert_eq!(text(&output.stderr), expected);
    assert_eq!(ids(text(&output.stdout)), ["c"]);
}

#[test]
fn separated_values_are_read_by_their_header() {
    let csv = "\u{FEFF}key,body,when,head,url\r\n\
               1,\"Rain fell.\nThe \"\"river\"\" rose.\",2026-03-14,Rain,https://a.example/1\r\n\
               \r\n\
               2,Rain fell.,,,\r\n";
    let tsv = "key\tbody\n3\tRain, again.\n";
    let folder = folder(&[("a.csv", csv.as_bytes()), ("b.tsv", tsv.as_bytes())]);
    let mut args = vec!["parse", folder.path().to_str().expect("UTF-8"), "--id-field", "key"];
    args.extend(["--text-field", "body", "--date-field", "when", "--title-field", "head"]);
    args.extend(["--keep", "url", "--keep", "key"]);
    let records = lines(&good(&args, ""));
    let field = |name| records.iter().map(|record| record[name].clone()).collect::<Vec<_>>();
    assert_eq!(field("id"), ["1", "2", "3"]);
    assert_eq!(field("text"), ["Rain fell.\nThe \"river\" rose.", "Rain fell.", "Rain, again."]);
    assert_eq!(field("date"), [json!("2026-03-14"), Value::Null, Value::Null]);
    assert_eq!(field("title"), [json!("Rain"), Value::Null, Value::Null]);
    let kept = [
        json!({"url": "https://a.example/1", "key": "1"}),
        json!({"url": "", "key": "2"}),
        json!({"url": null, "key": "3"}),
    ];
    assert_eq!(field("kept"), kept);
}

#[test]
fn bad_separated_values_cost_themselves_only() {
    let csv =
        "id,text\n1,Rain fell.\n2,\"Rain\n3,\"Rain\",fell\n4,\"River \"rose\n5,The river rose.\n";
    let folder =
        folder(&[("a.csv", csv.as_bytes()), ("b.csv", b"id,body\n1,Rain.\n"), ("c.csv", b"")]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let (a, b) = (at(&folder, "a.csv"), at(&folder, "b.csv"));
    let open = "a quoted field is not closed; double the quotation marks inside it";
    let told = text(&output.stderr);
    let expected = format!(
        "pullquote: {a}:3: {open}\n\
         pullquote: {a}:4: has 3 fields where the header has 2; quote fields that hold separators\n\
         pullquote: {a}:5: {open}\n\
         pullquote: {b}: has no column `text`, only id, body; name the column with the text by \
         --text-field\n"
    );
    assert_eq!(told, expected);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(text(&output.stdout)), ["1", "5"]);
}

#[test]
fn a_json_file_holds_one_article_or_many() {
    let [one, two] = ["one", "two"].map(|id| json!({"id": id, "text": PLAIN}));
    let pretty = serde_json::to_string_pretty(&one).expect("JSON");
    let list = serde_json::to_string_pretty(&json!([one, two, {"text": 5}, two])).expect("JSON");
    let folder = folder(&[
        ("a.json", pretty.as_bytes()),
        ("b.json", list.as_bytes()),
        ("c.json", b"[{}, x]"),
    ]);
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    assert_eq!(ids(text(&output.stdout)), ["one", "one", "two", "two"]);
    let [b, c] = ["b.json", "c.json"].map(|name| at(&folder, name));
    let expected = format!(
        "pullquote: {b}#3: field `text` is a number; it must be a string\n\
         pullquote: {c}#1: has no field `text`; name the field with the text by --text-field\n\
         pullquote: {c}#2: not a JSON object (text outside of any object); \
         write one object, or a list of objects\n"
    );
    assert_eq!(text(&output.stderr), expected);
    // What `parse --format json` writes can be read again.
    let written = good(&["parse", "--format", "json", &at(&folder, "a.json")], "");
    assert_eq!(ids(&good(&["parse", "--input-format", "json", "-"], written)), ["one"]);
}

#[test]
fn presets_know_the_fields() {
    let ninjs = json!({
        "uri": "urn:news:1", "versioncreated": "2026-03-14T08:00:00Z", "headline": "Rain",
        "body_text": "Rain fell.", "subject": [{"name": "weather"}]
    });
    let trafilatura = json!({
        "title": "Rain", "date": "2026-03-14", "id": null, "text": "Rain fell.",
        "source": "https://a.example/rain", "hostname": "a.example"
    });
    let read = |input: &Value, preset: &str, more: &[&str]| {
        let args = ["parse", "--input-format", "json", "--preset", preset, "-"];
        lines(&good(&[&args, more].concat(), input.to_string())).remove(0)
    };
    let record = read(&ninjs, "ninjs", &["--keep", "subject.name"]);
    assert_eq!(record["id"], "urn:news:1");
    assert_eq!(record["kept"], json!({"subject.name": "weather"}));
    let other = read(&trafilatura, "trafilatura", &[]);
    assert_eq!(other["id"], "https://a.example/rain");
    for record in [&record, &other] {
        assert_eq!(record["text"], "Rain fell.");
        assert_eq!((&record["date"], &record["title"]), (&json!("2026-03-14"), &json!("Rain")));
    }
    // A field that is named wins over the preset's.
    let record = read(&trafilatura, "trafilatura", &["--id-field", "hostname"]);
    assert_eq!(record["id"], "a.example");
}

#[test]
fn kept_fields_are_columns_of_tables() {
    let input = jsonl(&[
        json!({"text": PLAIN, "id": 1, "url": "https://a.example/1", "n": 7, "tags": ["a", "b"]}),
        json!({"text": "Rain fell.", "id": 2}),
    ]);
    let args = ["parse", "--table", "sentences", "--input-format", "jsonl", "--keep", "url"];
    let more = ["--keep", "n", "--keep", "tags", "-", "--format"];
    let rows = lines(&good(&[&args[..], &more, &["jsonl"]].concat(), &input));
    assert_eq!(rows.len(), 3);
    let kept = |row: &Value| json!([row["url"], row["n"], row["tags"]]);
    assert_eq!(kept(&rows[1]), json!(["https://a.example/1", 7, ["a", "b"]]));
    assert_eq!(kept(&rows[2]), json!([null, null, null]));
    let csv = good(&[&args[..], &more, &["csv"]].concat(), &input);
    let expected = "document,id,start,end,text,url,n,tags\n\
        1,0,0,28,Rain fell in Zürich 🌧 today.,https://a.example/1,7,\"[\"\"a\"\",\"\"b\"\"]\"\n\
        1,1,29,44,The river rose.,https://a.example/1,7,\"[\"\"a\"\",\"\"b\"\"]\"\n\
        2,0,0,10,Rain fell.,,,\n";
    assert_eq!(csv, expected);
    // A text that is nothing else has no fields, whole or in parts.
    for table in [["sentences"].as_slice(), &["parse", "--table", "sentences"]] {
        let args = [table, &["--keep", "url", "--format", "csv", "-"]].concat();
        let expected = "document,id,start,end,text,url\n-,0,0,10,Rain fell.,\n";
        assert_eq!(good(&args, "Rain fell."), expected);
        assert_eq!(good(&args, gz(b"Rain fell.")), expected);
    }
    let entities = ["entities", "--keep", "url", "--format", "jsonl", "-"];
    let rows = lines(&good(&entities, "Rain fell on Monday."));
    assert_eq!((rows.len(), &rows[0]["url"]), (1, &Value::Null));
    let output = run(&["sentences", "--keep", "text", "-"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the table has a column of that name"));
}

#[test]
fn bad_records_go_into_a_file() {
    let rows = "{\"text\": \"Rain fell.\", \"id\": \"good\"}\n{\"text\": 5}\n";
    let folder = folder(&[("a.jsonl", rows.as_bytes()), ("b.json", b"{}")]);
    let (a, b, errors) = (at(&folder, "a.jsonl"), at(&folder, "b.json"), at(&folder, "e.jsonl"));
    let folder_path = folder.path().to_str().expect("UTF-8");
    for _ in 0..2 {
        // The second time, the file is there and lies in the folder that is read.
        let output = run(&["parse", folder_path, "--errors", &errors], "");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(ids(text(&output.stdout)), ["good"]);
        let told = format!("pullquote: 2 records could not be read; the reasons are in {errors}\n");
        assert_eq!(text(&output.stderr), told);
        let expected = [
            json!({"file": a, "line": 2, "reason": "field `text` is a number; it must be a string"}),
            json!({"file": b, "record": 1,
                "reason": "has no field `text`; name the field with the text by --text-field"}),
        ];
        assert_eq!(lines(&fs::read_to_string(&errors).expect("written")), expected);
    }
    let output = run(&["parse", "--quiet", &a, &b], "");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""));
}

#[test]
fn an_output_takes_its_name_when_it_is_whole() {
    let folder = folder(&[("a.jsonl", jsonl(&articles(1)).as_bytes())]);
    let out = at(&folder, "out.jsonl");
    fs::write(&out, "old").expect("a file");
    let mut child =
        command(&["parse", "--input-format", "jsonl", "-", "-o", &out]).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(jsonl(&articles(1)).as_bytes()).expect("it reads");
    let partial = folder.path().join(".out.jsonl.partial");
    while fs::read(&partial).is_ok_and(|bytes| bytes.is_empty()) || !partial.exists() {
        std::thread::yield_now();
    }
    assert_eq!(fs::read_to_string(&out).expect("it stays"), "old");
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    assert_eq!(ids(&fs::read_to_string(&out).expect("written")), ["a0"]);
    assert!(!partial.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_line() {
    let folder = folder(&[("a.jsonl", jsonl(&articles(50)).as_bytes())]);
    for format in ["jsonl", "json", "csv"] {
        let table: &[&str] = if format == "csv" { &["--table", "sentences"] } else { &[] };
        let a = at(&folder, "a.jsonl");
        let args = ["parse", &a, "--format", format, "-o", "/dev/full"];
        let output = run(&[&args, table].concat(), "");
        assert_eq!(output.status.code(), Some(1), "{format}");
        let told = text(&output.stderr);
        assert!(told.starts_with("pullquote: /dev/full: cannot be written ("), "{told}");
        assert_eq!(told.lines().count(), 1);
    }
}

#[test]
fn a_folder_gets_a_file_for_each_input_and_resumes() {
    let folder = folder(&[
        ("in/a.jsonl", jsonl(&articles(2)).as_bytes()),
        ("in/b/c.txt", b"Rain fell."),
        ("in/empty.jsonl", b""),
        ("in/z.txt.gz", b"\x1F\x8Bxx"),
    ]);
    let (input, out) = (at(&folder, "in"), at(&folder, "in/out/"));
    let args = ["parse", &input, "-o", &out, "--no-text"];
    let first = run(&args, "");
    assert_eq!(first.status.code(), Some(1), "{}", text(&first.stderr));
    let read = |name: &str| fs::read_to_string(folder.path().join("in/out").join(name));
    assert_eq!(ids(&read("a.jsonl.jsonl").expect("written")), ["a0", "a1"]);
    assert_eq!(ids(&read("b/c.txt.jsonl").expect("written")), ["c"]);
    assert_eq!(read("empty.jsonl.jsonl").expect("written"), "");
    assert!(read("z.txt.gz.jsonl").is_err(), "nothing came of it");

    fs::write(folder.path().join("in/out/a.jsonl.jsonl"), "kept").expect("a file");
    fs::write(folder.path().join("in/z.txt.gz"), gz(b"Rain fell.")).expect("a file");
    assert_eq!(good(&[&args[..], &["--resume"]].concat(), ""), "");
    assert_eq!(read("a.jsonl.jsonl").expect("still there"), "kept");
    assert_eq!(ids(&read("z.txt.gz.jsonl").expect("written")), ["z"]);

    let zst = ["--compress", "zst", "--table", "sentences", "--format", "csv"];
    assert_eq!(good(&[&args[..], &zst].concat(), ""), "");
    let packed = fs::read(folder.path().join("in/out/b/c.txt.csv.zst")).expect("written");
    let csv = zstd::decode_all(packed.as_slice()).expect("whole");
    assert_eq!(text(&csv), "document,id,start,end,text\nc,0,0,10,Rain fell.\n");

    for (args, words) in [
        (["parse", &input, "--resume"].as_slice(), "--resume needs a folder of results"),
        (&["parse", &input, "-o", &input], "is also an input; write elsewhere"),
        (&["parse", &input, &input, "-o", &out], "two inputs are named in"),
    ] {
        let output = run(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_leaves_whole_files_and_resume_goes_on() {
    use std::path::Path;
    use std::process::Command;

    let folder = folder(&[("in/a.jsonl", jsonl(&articles(2)).as_bytes())]);
    let (input, out) = (at(&folder, "in"), at(&folder, "out/"));
    // An input that does not end until somebody closes it.
    let pipe = at(&folder, "in/b.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("it starts").success());
    let mut child = command(&["parse", &input, "-o", &out]).spawn().expect("starts");
    let mut open = fs::OpenOptions::new().write(true).open(&pipe).expect("it reads");
    open.write_all(jsonl(&articles(1)).as_bytes()).expect("it reads");
    let (whole, half) = (at(&folder, "out/a.jsonl.jsonl"), at(&folder, "out/b.jsonl.jsonl"));
    let partial = folder.path().join("out/.b.jsonl.jsonl.partial");
    while !Path::new(&whole).exists() || !partial.exists() {
        std::thread::yield_now();
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.expect("it starts").success());
    assert!(!child.wait().expect("it ends").success());
    assert_eq!(ids(&fs::read_to_string(&whole).expect("written")), ["a0", "a1"]);
    assert!(!Path::new(&half).exists(), "nothing half done has a good name");

    fs::write(&whole, "kept").expect("a file");
    fs::remove_file(&pipe).expect("removed");
    fs::write(&pipe, jsonl(&articles(3))).expect("a file");
    assert_eq!(good(&["parse", &input, "-o", &out, "--resume"], ""), "");
    assert_eq!(fs::read_to_string(&whole).expect("still there"), "kept");
    assert_eq!(ids(&fs::read_to_string(&half).expect("written")).len(), 3);
    assert!(!partial.exists());
}

#[test]
fn stats_count_what_parse_wrote() {
    let said = "“We will rebuild the bridge,” said Ann Lee, the mayor. The river rose.";
    let rows = [
        json!({"id": 1, "text": said}),
        json!({"id": 2, "text": said}),
        json!({"id": 3, "text": PLAIN}),
    ];
    let records = good(&["parse", "--no-text", "--input-format", "jsonl", "-"], jsonl(&rows));
    let folder = folder(&[
        ("a.jsonl.zst", &zst(records.as_bytes())),
        ("bad.jsonl", b"{\"offsets\": \"chars\"}\n"),
    ]);
    let csv = good(&["stats", "--format", "csv", &at(&folder, "a.jsonl.zst")], "");
    let wanted = [
        "section,name,role,quotes,documents",
        "all,documents,,2,3",
        "quotes a document,0,,0,1",
        "quotes a document,1,,2,2",
        "voice,person with a role,,2,2",
        "kind,direct,,2,2",
        "cue,say,,2,2",
        "speaker,Ann Lee,mayor,2,2",
    ];
    for line in wanted {
        assert!(csv.lines().any(|written| written == line), "{line}: {csv}");
    }
    assert!(good(&["stats", "-"], &records).contains("\nSPEAKER"));
    for (name, begin) in [("out.csv", "section,"), ("out.html", "<!doctype html>")] {
        let out = at(&folder, name);
        assert_eq!(good(&["stats", "-", "-o", &out], &records), "");
        assert!(fs::read_to_string(&out).expect("written").starts_with(begin), "by its ending");
    }
    assert_eq!(run(&["stats", "-", "-o", "/dev/full"], &records).status.code(), Some(1));
    let output = run(&["stats", &at(&folder, "bad.jsonl")], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("is no record; give what `pullquote parse` wrote"));
}

#[test]
fn the_manual_and_the_completions_name_every_command_and_every_flag() {
    let manual = good(&["man"], "");
    let help = |args: &[&str]| good(&[args, &["--help"]].concat(), "");
    // What the program itself says that there is.
    let program = help(&[]);
    let commands = program.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let commands: Vec<_> = commands
        .expect("a list")
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert_eq!(commands.len(), 9, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = good(&["completions", shell], "");
        for command in &commands {
            assert!(completions.contains(command), "{shell} {command}");
            let help = help(&[command]);
            let words = help.lines().flat_map(str::split_whitespace);
            for flag in words.filter_map(|word| word.strip_prefix("--")) {
                let flag: String =
                    flag.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
                assert!(completions.contains(&flag), "{shell} {command} --{flag}");
                let written = format!("\\-\\-{}", flag.replace('-', "\\-"));
                assert!(manual.contains(&written), "{command} --{flag}");
            }
        }
    }
    for command in commands {
        assert!(manual.contains(&format!(".TH pullquote-{command} 1")), "{command}");
    }
}
