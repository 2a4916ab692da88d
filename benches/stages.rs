//! How fast single stages are, on articles of 0.6, 2.6 and 12 kB, and beside two other splitters.
//!
//! Each bench first asserts an answer that a person counted, so that a fast wrong stage fails. The
//! other splitters read the same text a line at a time, as they take line ends for spaces.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use std::hint::black_box;
use unicode_segmentation::UnicodeSegmentation;

/// Name, text, and its sentences, counted by reading.
const ARTICLES: [(&str, &str, usize); 3] = [
    ("short", include_str!("articles/short.txt"), 7),
    ("median", include_str!("articles/median.txt"), 25),
    ("long", include_str!("articles/long.txt"), 138),
];

fn bytes(text: &str) -> Throughput {
    Throughput::Bytes(text.len() as u64)
}

fn sentences(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sentences");
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    for (name, text, expected) in ARTICLES {
        assert_eq!(pullquote::sentences(text).len(), expected, "sentences of {name}");
        group.throughput(bytes(text));
        group.bench_function(format!("pullquote/{name}"), |bench| {
            bench.iter(|| pullquote::sentences(black_box(text)));
        });
        group.bench_function(format!("unicode-segmentation/{name}"), |bench| {
            bench.iter(|| {
                let cut = |line| UnicodeSegmentation::split_sentence_bound_indices(line);
                black_box(text).lines().flat_map(cut).collect::<Vec<_>>()
            });
        });
        group.bench_function(format!("icu_segmenter/{name}"), |bench| {
            bench.iter(|| {
                black_box(text).lines().flat_map(|line| icu.segment_str(line)).collect::<Vec<_>>()
            });
        });
    }
    group.finish();
}

fn tokens(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sentences and tokens");
    for (name, text, _) in ARTICLES {
        let found = pullquote::tokens(text);
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let covered: usize = found.rows().iter().map(|token| solid(token.span.of(text))).sum();
        assert_eq!(covered, solid(text), "the tokens of {name} hold all its text");
        group.throughput(bytes(text));
        group.bench_function(name, |bench| bench.iter(|| pullquote::tokens(black_box(text))));
    }
    group.finish();
}

criterion_group!(benches, sentences, tokens);
criterion_main!(benches);
