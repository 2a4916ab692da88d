//! pullquote, and the sentence splitters of Rust, on a file of articles: what
//! `cargo xtask bench-peers` sets beside the libraries of other languages.
//!
//! In: `NAME ARTICLES.jsonl COUNT`. Out: one JSON object with the bytes of text of the first COUNT
//! articles, the CPU seconds they took, and how many sentences were found. The texts lie in memory
//! before the clock starts; what pullquote parses is also written as its record. As a test it asserts
//! that every reader finds sentences in an article.

#![expect(clippy::print_stdout, reason = "it is a program that reports")]
#![expect(clippy::expect_used, reason = "what a measure stands on may fail it")]

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use pullquote::{Parser, RecordOptions};
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::time::Duration;
use std::{env, fs};
use unicode_segmentation::UnicodeSegmentation;

/// What reads a text and says how many sentences it holds.
type Reader = (&'static str, fn(&str) -> usize);

const READERS: [Reader; 4] = [
    ("parse", |text| {
        let doc = Parser::new().parse(text);
        black_box(doc.to_json(RecordOptions::default()));
        doc.sentences().len()
    }),
    ("sentences", |text| pullquote::sentences(text).len()),
    // These take line ends for spaces, so they read a line at a time.
    ("icu_segmenter", |text| {
        let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
        text.lines().flat_map(|line| icu.segment_str(line)).collect::<Vec<_>>().len()
    }),
    ("unicode-segmentation", |text| {
        let cut = |line| UnicodeSegmentation::split_sentence_bound_indices(line);
        text.lines().flat_map(cut).collect::<Vec<_>>().len()
    }),
];

/// The CPU time that this process has used.
fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).expect("a time since the start")
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let [name, articles, count] = &arguments[..] else {
        let text = include_str!("articles/short.txt");
        for (name, read) in READERS {
            assert!(read(text) >= 7, "{name} misses sentences");
        }
        return;
    };
    let (_, read) = READERS.iter().find(|(known, _)| known == name).expect("a reader");
    let lines = fs::read_to_string(articles).expect("the articles");
    let count = count.parse().expect("a number of articles");
    let text = |line| {
        let article: serde_json::Value = serde_json::from_str(line).expect("an article");
        article["text"].as_str().expect("its text").to_owned()
    };
    let texts: Vec<String> = lines.lines().take(count).map(text).collect();
    // What is done once, such as checking the models, is loading.
    read("Rain fell.");
    let start = cpu();
    let found: usize = texts.iter().map(|text| read(black_box(text))).sum();
    let seconds = cpu().saturating_sub(start).as_secs_f64();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{}", serde_json::json!({ "bytes": bytes, "seconds": seconds, "found": found }));
}
