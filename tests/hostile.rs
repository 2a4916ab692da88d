//! Files made to take all memory or to write where they should not, through the program.
//!
//! The program runs with its address space bounded: what would hold a whole bomb dies there.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]
#![cfg(unix)]

#[expect(dead_code, reason = "other tests read from standard input")]
#[path = "program.rs"]
mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use program::{at, folder, ids, text};
use std::fs;
use std::io::Write;
use std::process::{Command, Output};
use std::sync::Arc;

/// Bytes that a bomb unpacks to.
const BOMB: usize = 512 << 20;
/// What the program may take, in kibibytes; less than a bomb.
const MEMORY: usize = 480 << 10;

/// Runs the program within bounds of memory and CPU time.
fn bounded(args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_pullquote");
    let script = format!("ulimit -v {MEMORY} && ulimit -t 120 && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, program]).args(args).args(["--jobs", "1", "--no-text"]);
    command.output().expect("it starts")
}

/// A beginning, [`BOMB`] bytes of `x` and an end, packed apart, which readers take for one.
fn bomb(pack: fn(&[u8]) -> Vec<u8>, start: &[u8], end: &[u8]) -> Vec<u8> {
    let part = pack(&vec![b'x'; 1 << 20]);
    [pack(start), part.repeat(BOMB >> 20), pack(end)].concat()
}

fn gz(start: &[u8], end: &[u8]) -> Vec<u8> {
    let pack = |bytes: &[u8]| {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    };
    bomb(pack, start, end)
}

fn zst(start: &[u8], end: &[u8]) -> Vec<u8> {
    bomb(|bytes| zstd::encode_all(bytes, 1).expect("memory"), start, end)
}

const NEXT: &[u8] = b"\"}\n{\"text\": \"Rain fell.\", \"id\": \"next\"}\n";

#[test]
fn bombs_are_named_and_what_follows_is_read() {
    let record = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {BOMB}\r\n\r\n");
    let endless =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx";
    let mut page =
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    page.extend(gz(b"<p>", b""));
    let packed = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: a\r\nContent-Length: {}\r\n\r\n",
        page.len()
    );
    let files: [(&str, &[u8], &str); 8] = [
        ("a.jsonl.gz", &gz(b"{\"text\": \"", NEXT), ":1: is longer than 64 MiB"),
        ("b.jsonl.zst", &zst(b"{\"text\": \"", NEXT), ":1: is longer than 64 MiB"),
        ("c.json.gz", &gz(b"[{\"text\": \"", b"\"}]"), "#1: is longer than 64 MiB"),
        ("d.csv.gz", &gz(b"text\n\"", b"\"\n"), ":2: is longer than 64 MiB"),
        ("e.txt.zst", &zst(b"", b""), ": is longer than 64 MiB"),
        ("f.warc.gz", &gz(record.as_bytes(), b""), "#1: is longer than 8 MiB"),
        ("g.warc", endless, "#1: is cut off"),
        ("h.warc", &[packed.as_bytes(), &page].concat(), "#1: is longer than 8 MiB"),
    ];
    let folder = folder(&files.map(|(name, bytes, _)| (name, bytes)));
    let output = bounded(&["parse", folder.path().to_str().expect("UTF-8")]);
    let told: Vec<_> = text(&output.stderr).lines().collect();
    assert_eq!(told.len(), files.len(), "{told:#?}");
    for (line, (name, _, words)) in told.iter().zip(&files) {
        let start = format!("pullquote: {}{words}", at(&folder, name));
        assert!(line.starts_with(&start), "{line}");
    }
    assert_eq!(ids(text(&output.stdout)), ["next", "next"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn no_id_leads_out_of_the_folder() {
    let tricks = ["../../evil", "/evil", "a/../../evil", "..", ".", "\0", "a\\..\\evil", "con"];
    let rows = tricks.map(|id| serde_json::json!({"text": "Rain fell.", "id": id}));
    let folder = folder(&[("in.jsonl", program::jsonl(&rows).as_bytes())]);
    let out = at(&folder, "deep/out/");
    let output = bounded(&["parse", "--format", "brat", "-o", &out, &at(&folder, "in.jsonl")]);
    assert_eq!((text(&output.stderr), output.status.code()), ("", Some(0)));
    let written = fs::read_dir(&out).expect("the folder").count();
    assert_eq!(written, 2 * tricks.len() + 1, "a text and its marks for each, and the labels");
    let beside = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(beside, 2, "the input and the folder");
    assert_eq!(fs::read_dir(folder.path().join("deep")).expect("a folder").count(), 1);
}

/// A Parquet file whose columns lie so deep in each other: a schema by Thrift's compact protocol.
fn deep(groups: u32) -> Vec<u8> {
    let number = |mut number: u32| {
        let mut bytes = Vec::new();
        while number >= 0x80 {
            bytes.push(u8::try_from(number & 0x7F).expect("seven bits") | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).expect("seven bits"));
        bytes
    };
    // Version 1, then the elements: a root of two, the text, and groups of one each down to a column.
    let mut footer = vec![0x15, 2, 0x19, 0xFC];
    footer.extend(number(groups + 3));
    footer.extend([0x48, 1, b'm', 0x15, 4, 0]);
    footer.extend([0x15, 12, 0x25, 2, 0x18, 4, b't', b'e', b'x', b't', 0]);
    for _ in 0..groups {
        footer.extend([0x35, 2, 0x18, 1, b'a', 0x15, 2, 0]);
    }
    footer.extend([0x15, 12, 0x25, 2, 0x18, 1, b'a', 0]);
    // No rows, no groups of them.
    footer.extend([0x16, 0, 0x19, 0x0C, 0]);
    let length = u32::try_from(footer.len()).expect("short").to_le_bytes();
    [b"PAR1", footer.as_slice(), &length, b"PAR1"].concat()
}

/// A Parquet file with one long text in so many rows, which share it.
fn shared(bytes: usize, rows: usize) -> Vec<u8> {
    let schema =
        parse_message_type("message m { required binary text (UTF8); }").expect("a schema");
    let properties =
        Arc::new(WriterProperties::builder().set_dictionary_page_size_limit(2 * bytes).build());
    let mut out = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut out, Arc::new(schema), properties).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let mut column = group.next_column().expect("a column").expect("a column");
    let text = ByteArray::from(vec![b' '; bytes]);
    for _ in 0..rows {
        let batch = [text.clone()];
        column.typed::<ByteArrayType>().write_batch(&batch, None, None).expect("written");
    }
    column.close().expect("written");
    group.close().expect("written");
    writer.close().expect("written");
    out
}

#[test]
fn tables_take_neither_stack_nor_memory() {
    let long = shared(24 << 20, 64);
    assert!(long.len() < 32 << 20, "the rows share the text: {}", long.len());
    let files: [(&str, &[u8]); 3] =
        [("a.parquet", &deep(60)), ("b.parquet", &deep(50_000)), ("c.parquet", &long)];
    let folder = folder(&files);
    let output = bounded(&["parse", "--keep", "a", folder.path().to_str().expect("UTF-8")]);
    let told = format!(
        "pullquote: {}: cannot be read as a table (its columns lie too deep); write the file anew\n",
        at(&folder, "b.parquet")
    );
    assert_eq!(text(&output.stderr), told);
    assert_eq!(ids(text(&output.stdout)).len(), 64);
}
