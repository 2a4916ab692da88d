//! The whole pipeline on articles we wrote: short, median and long, and the record written out.
//!
//! Each bench first asserts what it is about to time: an answer that is wrong is not worth its
//! speed. Throughput is in bytes of article text.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::{Document, Parser, RecordOptions};
use std::hint::black_box;

const ARTICLES: [(&str, &str); 3] = [
    ("short", include_str!("articles/short.txt")),
    ("median", include_str!("articles/median.txt")),
    ("long", include_str!("articles/long.txt")),
];

/// The parsed article, once it is certain that it holds what a reader finds there.
fn checked(parser: &Parser, name: &str, text: &str) -> Document {
    let doc = parser.parse(text);
    assert!(!doc.quotes().is_empty(), "{name} quotes somebody");
    assert!(doc.quotes().iter().any(|quote| !quote.speakers.is_empty()), "{name} names a speaker");
    assert!(doc.sentences().iter().all(|row| !doc.text_of(row).trim().is_empty()), "{name}");
    doc
}

fn document(criterion: &mut Criterion) {
    let parser = Parser::new();
    let mut group = criterion.benchmark_group("document");
    for (name, text) in ARTICLES {
        checked(&parser, name, text);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| parser.parse(black_box(text))));
    }
    group.finish();
}

fn record(criterion: &mut Criterion) {
    let (name, text) = ARTICLES[1];
    let doc = checked(&Parser::new(), name, text);
    assert!(doc.to_json(RecordOptions::default()).starts_with(r#"{"schema":1,"#));
    let mut group = criterion.benchmark_group("record");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| black_box(&doc).to_json(RecordOptions::default()));
    });
    group.finish();
}

criterion_group!(benches, document, record);
criterion_main!(benches);
