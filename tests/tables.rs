//! Tables of columns through the program: Parquet in and out, Arrow out, and brat standoff.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

#[path = "program.rs"]
mod program;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type as Whole};
use arrow_array::{Array, StructArray};
use arrow_ipc::reader::FileReader as ArrowReader;
use arrow_schema::DataType;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use program::{PLAIN, at, folder, good, ids, jsonl, lines, run, text};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Fills one column.
type Fill<'a> = &'a dyn Fn(&mut SerializedColumnWriter<'_>);

/// Writes a table as others do: by its schema, a column after the other.
fn write(path: &str, schema: &str, compression: Compression, columns: &[Fill<'_>]) {
    let schema = parse_message_type(schema).expect("a schema");
    let properties = WriterProperties::builder().set_compression(compression).build();
    let file = File::create(path).expect("a file");
    let mut writer =
        SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    for fill in columns {
        let mut column = group.next_column().expect("a column").expect("a column");
        fill(&mut column);
        column.close().expect("written");
    }
    group.close().expect("written");
    writer.close().expect("written");
}

/// Fills a column of text; `None` is an empty cell.
fn texts(cells: Vec<Option<String>>) -> impl Fn(&mut SerializedColumnWriter<'_>) {
    move |column| {
        let there: Vec<_> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
        let values: Vec<_> = cells.iter().flatten().map(|text| ByteArray::from(&**text)).collect();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&there), None).expect("written");
    }
}

fn open(path: &str) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(path).expect("a file")).expect("Parquet")
}

/// All rows as JSON objects.
fn objects(path: &str) -> Vec<Value> {
    let reader = open(path);
    let rows = reader.get_row_iter(None).expect("rows");
    rows.map(|row| row.expect("a row").to_json_value()).collect()
}

/// What reads the rows of files with an ending as JSON objects.
type Reader = (&'static str, fn(&str) -> Vec<Value>);

const READERS: [Reader; 2] = [("parquet", objects), ("arrow", arrow_objects)];

/// All rows of an Arrow file as JSON objects.
fn arrow_objects(path: &str) -> Vec<Value> {
    let file = ArrowReader::try_new(File::open(path).expect("a file"), None).expect("Arrow");
    assert_eq!(file.custom_metadata().len() + file.schema().metadata().len(), 2);
    assert_eq!(file.schema().metadata()["pullquote.offsets"], "chars");
    let batches = file.map(|batch| StructArray::from(batch.expect("a batch")));
    batches.flat_map(|rows| (0..rows.len()).map(move |row| json_of(&rows, row))).collect()
}

/// A cell of an Arrow array.
fn json_of(array: &dyn Array, row: usize) -> Value {
    match array.data_type() {
        _ if array.is_null(row) => Value::Null,
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Whole>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(row);
            (0..list.len()).map(|at| json_of(&list, at)).collect()
        }
        DataType::Struct(fields) => {
            let columns = fields.iter().zip(array.as_struct().columns());
            columns.map(|(field, column)| (field.name().clone(), json_of(column, row))).collect()
        }
        other => unreachable!("no column is {other}"),
    }
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
        for (ending, read) in READERS {
            let out = at(&folder, &format!("{table}.{ending}"));
            assert_eq!(good(&[&args[..], &["-o", &out]].concat(), ""), "");
            assert!(read(&out) == expected, "{table} {ending}");
        }
    }
}

#[test]
fn a_document_is_one_row_with_its_tables_in_it() {
    let rows = [
        json!({"id": "a", "text": QUOTED, "title": "Mill", "date": "2025-03-04", "url": "u/1"}),
        json!({"id": "b", "text": PLAIN}),
        json!({"id": "c", "text": ""}),
        json!({"id": "d", "text": QUOTED}),
    ];
    let folder = folder(&[("a.jsonl", jsonl(&rows).as_bytes())]);
    let a = at(&folder, "a.jsonl");
    let mut expected: Vec<Value> = Vec::new();
    for row in &rows {
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        expected.push(json!({
            "document": cell("id"), "date": cell("date"), "title": cell("title"),
            "text": cell("text"), "url": cell("url"),
        }));
    }
    for table in ["quotes", "entities", "actors", "sentences"] {
        for document in &mut expected {
            document[table] = json!([]);
        }
        for mut row in lines(&good(&["parse", &a, "--table", table], "")) {
            for name in ["value", "value_to"] {
                if row[name].is_number() {
                    row[name] = row[name].to_string().into();
                }
            }
            let id = row.as_object_mut().and_then(|row| row.remove("document"));
            let mut documents = expected.iter_mut();
            let document = documents.find(|document| Some(&document["document"]) == id.as_ref());
            let list = document.and_then(|document| document[table].as_array_mut());
            list.expect("a list of a document").push(row);
        }
    }
    assert_eq!(expected[1]["quotes"], json!([]), "a list without a row among others");
    assert_eq!(expected[0]["quotes"][0]["speaker"], "Ann Lee");
    for (ending, read) in READERS {
        let out = at(&folder, &format!("out.{ending}"));
        assert_eq!(good(&["parse", &a, "--keep", "url", "-o", &out], ""), "");
        assert_eq!(read(&out), expected, "{ending}");
        assert_eq!(good(&["parse", &a, "--no-text", "--keep", "url", "-o", &out], ""), "");
        assert!(read(&out).iter().all(|row| row.get("text").is_none() && row.get("url").is_some()));
    }
    // What was written is read again, as any table.
    let out = at(&folder, "again.parquet");
    assert_eq!(good(&["parse", &a, "-o", &out], ""), "");
    let again = good(&["parse", &out, "--id-field", "document"], "");
    assert_eq!(ids(&again), ["a", "b", "c", "d"]);
    assert_eq!(lines(&again)[0]["text"], QUOTED);
}

#[test]
fn an_empty_table_has_its_columns() {
    let folder = folder(&[("a.jsonl", b"")]);
    let out = at(&folder, "out.parquet");
    assert_eq!(good(&["quotes", &at(&folder, "a.jsonl"), "-o", &out], ""), "");
    let reader = open(&out);
    let file = reader.metadata().file_metadata();
    let about = file.key_value_metadata().expect("metadata");
    let unit = about.iter().find(|pair| pair.key == "pullquote.offsets").expect("a unit");
    assert_eq!(unit.value.as_deref(), Some("chars"));
    let columns: Vec<_> = file
        .schema()
        .get_fields()
        .iter()
        .map(|column| (column.name().to_owned(), column.get_physical_type().to_string()))
        .collect();
    assert_eq!(columns[0], ("document".to_owned(), "BYTE_ARRAY".to_owned()));
    let start = columns.iter().find(|(name, _)| name == "start").expect("a column");
    assert_eq!(start.1, "INT64");
    assert!(objects(&out).is_empty());
}

#[test]
fn columns_of_many_types_are_read() {
    let rain = ["Rain fell.", "The river rose."];
    let text = texts(rain.map(|text| Some(text.to_owned())).to_vec());
    let unread = texts(vec![None, None]);
    let id = |column: &mut SerializedColumnWriter<'_>| {
        column.typed::<Int64Type>().write_batch(&[7, 8], None, None).expect("written");
    };
    let tags = |column: &mut SerializedColumnWriter<'_>| {
        // The list 1, 2 and no list at all.
        let column = column.typed::<Int32Type>();
        column.write_batch(&[1, 2], Some(&[3, 3, 0]), Some(&[0, 1, 0])).expect("written");
    };
    let day = |column: &mut SerializedColumnWriter<'_>| {
        column.typed::<Int32Type>().write_batch(&[19_782], Some(&[1, 0]), None).expect("written");
    };
    let instant = |column: &mut SerializedColumnWriter<'_>| {
        let millis = [19_782 * 86_400_000 + 5];
        column.typed::<Int64Type>().write_batch(&millis, Some(&[1, 0]), None).expect("written");
    };
    let written = texts(vec![Some("2024-02-29".to_owned()), None]);
    let list = "optional group tags (LIST) { repeated group list { optional int32 element; } }";
    let folder = folder(&[]);
    let path = at(&folder, "a.parquet");
    let dates: [(&str, Fill<'_>); 3] = [
        ("binary date (UTF8)", &written),
        ("int32 date (DATE)", &day),
        ("int64 date (TIMESTAMP_MILLIS)", &instant),
    ];
    let packings =
        [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(GzipLevel::default())];
    // Text may be marked as such or be mere bytes.
    for ((column, date), (packing, mark)) in
        dates.into_iter().zip(packings.into_iter().zip(["(UTF8)", "(STRING)", ""]))
    {
        let schema = format!(
            "message m {{ required int64 id; optional binary unread; \
             optional binary text {mark}; optional {column}; {list} }}"
        );
        write(&path, &schema, packing, &[&id, &unread, &text, date, &tags]);
        let records = lines(&good(&["parse", &path, "--keep", "tags", "--keep", "id"], ""));
        let field = |name| records.iter().map(|record| record[name].clone()).collect::<Vec<_>>();
        assert_eq!(field("id"), ["7", "8"], "{schema}");
        assert_eq!(field("text"), rain);
        assert_eq!(field("date"), [json!("2024-02-29"), Value::Null], "{schema}");
        assert_eq!(
            field("kept"),
            [json!({"tags": [1, 2], "id": 7}), json!({"tags": null, "id": 8})]
        );
    }
}

/// Ids and texts as others write them.
const ARTICLES: &str = "message m { optional binary id (UTF8); optional binary text (UTF8); }";

#[test]
fn a_long_table_keeps_its_order_and_its_numbers() {
    let ids = texts((0..1000).map(|n| Some(format!("p{n}"))).collect());
    let text_of = |n: i32| (n % 500 != 499).then(|| PLAIN.to_owned());
    let folder = folder(&[]);
    let path = at(&folder, "a.parquet");
    let packing = Compression::ZSTD(ZstdLevel::default());
    write(&path, ARTICLES, packing, &[&ids, &texts((0..1000).map(text_of).collect())]);
    let output = run(&["parse", "--no-text", "--jobs", "2", &path], "");
    let bad = "has no field `text`; name the field with the text by --text-field";
    let told = format!("pullquote: {path}#500: {bad}\npullquote: {path}#1000: {bad}\n");
    assert_eq!(text(&output.stderr), told);
    let expected: Vec<_> = (0..1000).filter(|n| n % 500 != 499).map(|n| format!("p{n}")).collect();
    assert_eq!(program::ids(text(&output.stdout)), expected);
}

#[test]
fn tables_that_cannot_be_read_are_one_line() {
    let folder =
        folder(&[("b.parquet", b"PAR1 and no more"), ("c.parquet", b""), ("e.txt", b"Rain fell.")]);
    let body = texts(vec![Some("Rain.".to_owned())]);
    let schema = "message m { optional binary body (UTF8); }";
    write(&at(&folder, "a.parquet"), schema, Compression::UNCOMPRESSED, &[&body]);
    let whole = fs::read(at(&folder, "a.parquet")).expect("written");
    fs::write(at(&folder, "a.parquet.gz"), [&[0x1F, 0x8B], &whole[..]].concat()).expect("a file");
    let output = run(&["parse", folder.path().to_str().expect("UTF-8")], "");
    let told: Vec<_> = text(&output.stderr).lines().collect();
    let expected = [
        ("a.parquet", "has no column `text`, only body; name the column with the text by"),
        ("a.parquet.gz", "can be read from an uncompressed file only; write it to one first"),
        ("b.parquet", "cannot be read as a table ("),
        ("c.parquet", "cannot be read as a table ("),
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
        (["parse", "--format", "csv", "-"].as_slice(), "for csv choose a --table"),
        (&["parse", "--format", "arrow", "--keep", "quotes", "-"], "--keep quotes: the table has"),
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
