//! What mutation begins with: a few good inputs for each target, and words worth putting into them.

use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::basic::{Compression as Packing, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use pullquote::model::table::{self, STEPS, Small};
use pullquote::model::{LABELS, LANES, STATES};
use std::io::Write;
use std::sync::Arc;

const ARTICLES: [&str; 2] =
    [include_str!("../articles/short.txt"), include_str!("../articles/median.txt")];

const LINES: &str = "{\"text\": \"“It held,” said Ann Lee.\", \"id\": 7, \"url\": \"https://a.example\"}\n\
    {\"id\": \"b\", \"date\": \"2026-03-14\", \"title\": \"Rain\", \"text\": \"Rain f\\u00e9ll.\\n\", \"a\": {\"b\": [1, null]}}\n";

const PAGE: &str = "<!doctype html><html lang=en><head><title>Mill</title>\
    <meta property=\"article:published_time\" content=\"2026-03-14T08:00:00Z\"></head><body><nav><a href=/>Home</a></nav>\
    <article><h1>Mill</h1><p class=a>The mill at Vellin closed on Friday after ninety years, and its last \
    workers went home with a letter of thanks that none of them had asked for.</p><p>“We will not leave,” said <b>Ann</b> Lee.\
    <br><table><tr><td>1<td>2</table><script>x</script></article></body></html>";

/// Words that the stages and the readers have rules for.
pub(crate) const WORDS: [&str; 96] = [
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "``",
    "''",
    "«",
    "»",
    "„",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    ".",
    "...",
    "…",
    "?",
    "!",
    ",",
    ":",
    ";",
    "—",
    "-",
    "(",
    ")",
    "said",
    "he said",
    "according to",
    "told reporters",
    "that",
    "She",
    "they",
    "Ann Lee",
    "Mr. ",
    "Dr.",
    "Jr.",
    "U.S.",
    "p.m.",
    "Inc.",
    "the minister",
    "Ruritania",
    "Monday",
    "March 14",
    "last year",
    "2026-03-14",
    "$2.40 million",
    "5 %",
    "1st",
    "'s",
    "n’t",
    "@ann",
    "#a",
    "https://a.b/c",
    "Q: ",
    "A: ",
    "By Ann Lee\n",
    "LISBON, March 3 (Agency) - ",
    "👨‍👩‍👧",
    "語",
    "{",
    "}",
    "[",
    "]",
    "\\",
    "\\u",
    "\\ud83d",
    "null",
    "text",
    "id",
    "1e999",
    "\"\"",
    ",\"",
    "<p>",
    "</p>",
    "<b>",
    "<div>",
    "<table>",
    "<!--",
    "&amp;",
    "&#x10ffff;",
    "<a href=",
    "WARC/1.0\r\n",
    "Content-Length: ",
    "HTTP/1.1 200 OK\r\n",
    "Transfer-Encoding: chunked\r\n",
    "PAR1",
    "\0",
    "PQTG",
];

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("memory")
}

fn warc(head: &str, body: &[u8]) -> Vec<u8> {
    let content = [head.as_bytes(), b"\r\n\r\n", body].concat();
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n\
         WARC-Date: 2026-03-15T01:02:03Z\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [record.as_bytes(), &content, b"\r\n\r\n"].concat()
}

/// A table of three rows, so packed.
fn table(packing: Packing) -> Vec<u8> {
    let schema =
        "message m { required binary text (UTF8); optional int64 id; optional binary url; }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let properties = Arc::new(WriterProperties::builder().set_compression(packing).build());
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, properties).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let texts = ["Rain fell.", "Rain fell.", "“No,” said Lee."].map(ByteArray::from);
    let mut column = group.next_column().expect("a column").expect("three");
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).expect("memory");
    column.close().expect("memory");
    let mut column = group.next_column().expect("a column").expect("three");
    column.typed::<Int64Type>().write_batch(&[1, 2], Some(&[1, 0, 1]), None).expect("memory");
    column.close().expect("memory");
    let mut column = group.next_column().expect("a column").expect("three");
    column.typed::<ByteArrayType>().write_batch(&[], Some(&[0, 0, 0]), None).expect("memory");
    column.close().expect("memory");
    group.close().expect("memory");
    writer.close().expect("memory");
    out
}

/// A model of a few features, which no text has.
fn model() -> Vec<u8> {
    let small = Small {
        follow: [[1; STATES]; STATES],
        inner: [3; LABELS],
        last: [-5; LABELS],
        confidences: [[128; STEPS]; LABELS],
    };
    let rows: Vec<(u64, [i8; LANES])> = (0..6_u64)
        .map(|row| {
            (row.wrapping_mul(0x9E37_79B9_7F4A_7C15), [i8::try_from(row).unwrap_or(0); LANES])
        })
        .collect();
    table::write(pullquote::entities::features::FEATURES, 4000, &small, &[77, 1 << 40], &rows)
}

/// Good inputs of a target.
pub(crate) fn seeds(target: &str) -> Vec<Vec<u8>> {
    let bytes = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match target {
        "jsonl" => bytes(&[LINES]),
        "json" => {
            let list = format!("[{}]", LINES.trim().replace('\n', ",\n"));
            bytes(&[LINES, &list])
        }
        "csv" => bytes(&[
            "id,text,date,url\n1,\"“It held,” said\n\"\"Lee\"\".\",2026-03-14,\n2,Rain.,,x\r\n",
            "\u{feff}text\n\"a\",\n\n\"b\n",
        ]),
        "packed" => vec![
            gz(LINES.as_bytes()),
            zst(LINES.as_bytes()),
            gz(&[]),
            [zst(LINES.as_bytes()), zst(LINES.as_bytes())].concat(),
        ],
        "html" => bytes(&[PAGE]),
        "warc" => {
            let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";
            let packed = format!("{html}\r\nContent-Encoding: gzip");
            let chunked = format!("{html}\r\nTransfer-Encoding: chunked");
            let chunks = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
            vec![
                warc(html, PAGE.as_bytes()),
                warc(&packed, &gz(PAGE.as_bytes())),
                warc(&chunked, chunks.as_bytes()),
                [warc(html, b"short"), warc(html, b"<p>x")].concat(),
            ]
        }
        "parquet" => {
            let zstd = Packing::ZSTD(ZstdLevel::default());
            [Packing::UNCOMPRESSED, Packing::SNAPPY, zstd].map(table).to_vec()
        }
        "model" => vec![model()],
        _ => {
            let paragraphs = ARTICLES.iter().flat_map(|text| text.split("\n\n"));
            let mut pieces: Vec<Vec<u8>> =
                paragraphs.map(|text| text.as_bytes().to_vec()).collect();
            pieces.extend(WORDS.iter().map(|word| word.as_bytes().to_vec()));
            pieces
        }
    }
}
