//! Tables of columns through the program: Parquet and Arrow, in and out, and brat standoff.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

#[path = "program.rs"]
mod program;

use arrow_array::builder::{Int32Builder, ListBuilder, StringDictionaryBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
    StringViewArray, TimestampMillisecondArray,
};
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use program::{PLAIN, at, folder, good, ids, jsonl, lines, run, text};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// A table with an article in each row.
fn articles(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

fn write_parquet(path: &str, rows: &RecordBatch) {
    let mut writer = ArrowWriter::try_new(File::create(path).expect("a file"), rows.schema(), None)
        .expect("a writer");
    writer.write(rows).expect("written");
    writer.close().expect("written");
}

fn read_parquet(path: &str) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("a file"));
    reader.expect("Parquet").build().expect("Parquet").map(|rows| rows.expect("rows")).collect()
}

fn read_arrow(path: &str) -> Vec<RecordBatch> {
    let reader = FileReader::try_new(File::open(path).expect("a file"), None).expect("Arrow");
    reader.map(|rows| rows.expect("rows")).collect()
}

/// All rows as JSON objects.
fn objects(batches: &[RecordBatch]) -> Vec<Value> {
    let mut out = Vec::new();
    for rows in batches {
        let schema = rows.schema();
        for row in 0..rows.num_rows() {
            let pairs = schema.fields().iter().zip(rows.columns()).map(|(field, column)| {
                let value = match column.data_type() {
                    _ if column.is_null(row) => Value::Null,
                    DataType::Utf8 => column.as_string::<i32>().value(row).into(),
                    DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
                    DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
                    other => format!("{other} is no type of a table").into(),
                };
                (field.name().clone(), value)
            });
            out.push(Value::Object(pairs.collect()));
        }
    }
    out
}

const QUOTED: &str = "The mill closed on 3 March 2025. “We will rebuild the bridge,” said Ann Lee, \
                      the mayor. It cost $2.5 million.";

fn corpus() -> TempDir {
    let rows: Vec<_> = (0..300)
        .map(|n| json!({"id": n, "text": QUOTED, "url": format!("https://a.example/{n}")}))
        .collect();
    folder(&[("a.jsonl", jsonl(&rows).as_bytes())])
}

#[test]
fn tables_hold_what_the_rows_hold() {
    let folder = corpus();
    let a = at(&folder, "a.jsonl");
    for table in ["quotes", "entities", "actors", "sentences", "documents"] {
        let args = ["parse", &a, "--keep", "url", "--table", table];
        let mut expected = lines(&good(&args, ""));
        assert!(expected.len() >= 300, "{table}");
        // A column has one type: a value is text there, whether a date or a number.
        for name in ["value", "value_to"] {
            for row in expected.iter_mut().filter(|row| row[name].is_number()) {
                row[name] = row[name].to_string().into();
            }
        }
        for ending in ["parquet", "arrow"] {
            let out = at(&folder, &format!("{table}.{ending}"));
            assert_eq!(good(&[&args[..], &["-o", &out]].concat(), ""), "");
            let batches = if ending == "arrow" { read_arrow(&out) } else { read_parquet(&out) };
            assert!(objects(&batches) == expected, "{table} {ending}");
        }
    }
}

#[test]
fn an_empty_table_has_its_columns() {
    let folder = folder(&[("a.jsonl", b"")]);
    for ending in ["parquet", "arrow"] {
        let out = at(&folder, &format!("out.{ending}"));
        let args = ["quotes", &at(&folder, "a.jsonl"), "-o", &out];
        assert_eq!(good(&args, ""), "");
        let rows = if ending == "arrow" {
            FileReader::try_new(File::open(&out).expect("a file"), None).expect("Arrow").schema()
        } else {
            let file = File::open(&out).expect("a file");
            let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
            Arc::clone(reader.schema())
        };
        assert_eq!(rows.metadata().get("pullquote.offsets").map(String::as_str), Some("chars"));
        assert_eq!(rows.field(0).name(), "document");
        assert_eq!(rows.field_with_name("start").expect("a column").data_type(), &DataType::Int64);
    }
}

#[test]
fn columns_of_many_types_are_read() {
    let mut tags = ListBuilder::new(Int32Builder::new());
    tags.append_value([Some(1), Some(2)]);
    tags.append_null();
    let mut section = StringDictionaryBuilder::<Int32Type>::new();
    section.append_value("local");
    section.append_value("sport");
    let other: ArrayRef = Arc::new(Int64Array::from(vec![7, 8]));
    let texts = ["Rain fell.", "The river rose."];
    let text_columns: [ArrayRef; 3] = [
        Arc::new(StringArray::from(texts.to_vec())),
        Arc::new(LargeStringArray::from(texts.to_vec())),
        Arc::new(StringViewArray::from(texts.to_vec())),
    ];
    let dates: [ArrayRef; 3] = [
        Arc::new(StringArray::from(vec![Some("2024-02-29"), None])),
        Arc::new(Date32Array::from(vec![Some(19_782), None])),
        Arc::new(TimestampMillisecondArray::from(vec![Some(19_782 * 86_400_000 + 5), None])),
    ];
    let (tags, section): (ArrayRef, ArrayRef) =
        (Arc::new(tags.finish()), Arc::new(section.finish()));
    let folder = folder(&[]);
    for (text, date) in text_columns.into_iter().zip(dates) {
        let rows = articles(vec![
            ("id", Arc::clone(&other)),
            ("unread", Arc::clone(&other)),
            ("text", text),
            ("date", date),
            ("tags", Arc::clone(&tags)),
            ("section", Arc::clone(&section)),
        ]);
        let [file, stream, parquet] =
            ["a.arrow", "a.ipc", "a.parquet"].map(|name| at(&folder, name));
        let mut writer = FileWriter::try_new(File::create(&file).expect("a file"), &rows.schema())
            .expect("a writer");
        writer.write(&rows).expect("written");
        writer.finish().expect("written");
        let mut writer =
            StreamWriter::try_new(File::create(&stream).expect("a file"), &rows.schema())
                .expect("a writer");
        writer.write(&rows).expect("written");
        writer.finish().expect("written");
        write_parquet(&parquet, &rows);
        for path in [file, stream, parquet] {
            let records =
                lines(&good(&["parse", &path, "--keep", "tags", "--keep", "section"], ""));
            let field = |name| records.iter().map(|r| r[name].clone()).collect::<Vec<_>>();
            assert_eq!(field("id"), ["7", "8"], "{path}");
            assert_eq!(field("text"), texts);
            assert_eq!(field("date"), [json!("2024-02-29"), Value::Null]);
            let kept = [
                json!({"tags": [1, 2], "section": "local"}),
                json!({"tags": null, "section": "sport"}),
            ];
            assert_eq!(field("kept"), kept);
        }
    }
}

#[test]
fn a_long_table_keeps_its_order_and_its_numbers() {
    let ids: Vec<_> = (0..1000).map(|n| format!("p{n}")).collect();
    let texts: Vec<_> = (0..1000).map(|n| (n % 500 != 499).then_some(PLAIN)).collect();
    let rows = articles(vec![
        ("id", Arc::new(StringArray::from(ids)) as ArrayRef),
        ("text", Arc::new(StringArray::from(texts))),
    ]);
    let folder = folder(&[]);
    let path = at(&folder, "a.parquet");
    write_parquet(&path, &rows);
    let output = run(&["parse", "--no-text", "--jobs", "2", &path], "");
    let bad = "has no field `text`; name the field with the text by --text-field";
    let told = format!("pullquote: {path}#500: {bad}\npullquote: {path}#1000: {bad}\n");
    assert_eq!(text(&output.stderr), told);
    let expected: Vec<_> = (0..1000).filter(|n| n % 500 != 499).map(|n| format!("p{n}")).collect();
    assert_eq!(program::ids(text(&output.stdout)), expected);
}

#[test]
fn tables_that_cannot_be_read_are_one_line() {
    let rows = articles(vec![("body", Arc::new(StringArray::from(vec!["Rain."])) as ArrayRef)]);
    let folder = folder(&[
        ("b.parquet", b"PAR1 and no more"),
        ("c.arrow", b"ARROW1\0\0 and no more"),
        ("d.arrow", b"none"),
        ("e.txt", b"Rain fell."),
    ]);
    write_parquet(&at(&folder, "a.parquet"), &rows);
    let whole = fs::read(at(&folder, "a.parquet")).expect("written");
    fs::write(at(&folder, "a.parquet.gz"), [&[0x1F, 0x8B], &whole[..]].concat()).expect("a file");
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let told: Vec<_> = text(&output.stderr).lines().collect();
    let expected = [
        ("a.parquet", "has no column `text`, only body; name the column with the text by"),
        ("a.parquet.gz", "can be read from an uncompressed file only; write it to one first"),
        ("b.parquet", "cannot be read as a table ("),
        ("c.arrow", "cannot be read as a table ("),
        ("d.arrow", "cannot be read as a table ("),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (line, (name, words)) in told.iter().zip(expected) {
        assert!(line.starts_with(&format!("pullquote: {}: {words}", at(&folder, name))), "{line}");
    }
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(text(&output.stdout)), ["e"]);
    let piped = run(&["parse", "--input-format", "parquet", "-"], whole);
    assert!(text(&piped.stderr).starts_with("pullquote: -: can be read from an uncompressed file"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_line() {
    let folder = corpus();
    for format in ["parquet", "arrow"] {
        let args = ["sentences", &at(&folder, "a.jsonl"), "--format", format, "-o", "/dev/full"];
        let output = run(&args, "");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.starts_with("pullquote: /dev/full: cannot be written (No space"), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn formats_that_do_not_fit_are_refused() {
    for (args, words) in [
        (["parse", "--format", "parquet", "-"].as_slice(), "for parquet choose a --table"),
        (&["parse", "--format", "brat", "-"], "brat needs a folder to write to"),
        (&["quotes", "--format", "brat", "-"], "parse --format brat"),
    ] {
        let output = run(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[test]
fn brat_gets_two_files_for_each_article() {
    let same = jsonl(&[json!({"id": "x/1", "text": QUOTED}), json!({"id": "x/1", "text": PLAIN})]);
    let folder = folder(&[("a.jsonl", same.as_bytes())]);
    let out = at(&folder, "brat/");
    assert_eq!(good(&["parse", &at(&folder, "a.jsonl"), "--format", "brat", "-o", &out], ""), "");
    let read = |name: &str| fs::read_to_string(Path::new(&out).join(name)).expect("written");
    assert_eq!(read("x_1.txt"), QUOTED);
    assert_eq!(read("x_1.2.txt"), PLAIN);
    let (annotations, configuration) = (read("x_1.ann"), read("annotation.conf"));
    let mut labels = 0;
    for line in annotations.lines().filter(|line| line.starts_with('T')) {
        let label = line.split(['\t', ' ']).nth(1).expect("a label");
        assert!(configuration.lines().any(|known| known == label), "{label}");
        labels += 1;
    }
    assert!(labels >= 5, "a date, a person, a sum, a content and a cue: {annotations}");
    assert!(annotations.contains("\tAnn Lee\n"));
}
