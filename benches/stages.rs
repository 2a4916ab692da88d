//! Each stage of the core by itself, on the median article, with all that it takes made before.
//!
//! Every stage's answer is asserted once before it is timed. Throughput is in bytes of article
//! text, so the stages' times add up to the document's.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pullquote::entities::names;
use pullquote::lexicon::Lexicon;
use pullquote::words::Reading;
use pullquote::{actors, entities, layout, marks, quotes, sentences, tokens, words};
use std::hint::black_box;

const TEXT: &str = include_str!("articles/median.txt");

fn stages(criterion: &mut Criterion) {
    let lexicon = Lexicon::embedded();
    let tagger = names::embedded();
    let layout = layout::read(TEXT, None, None);
    let sentences = sentences::split(TEXT, &layout);
    let tokens = tokens::split(TEXT, &sentences);
    let words = words::look_up(TEXT, &tokens, lexicon);
    let reading =
        Reading { text: TEXT, sentences: &sentences, tokens: &tokens, words: &words, lexicon };
    let regions = marks::pair(TEXT, &layout);
    let entities = entities::find(reading, &layout, tagger.as_ref());
    let actors = actors::find(reading, &entities, &regions);
    let find_quotes = || quotes::find(reading, &layout, &regions, &entities, &actors, false);

    assert!(layout.blocks.len() > 5, "the article has paragraphs");
    assert!(sentences.len() >= layout.blocks.len(), "each holds a sentence");
    assert!(tokens.len() > TEXT.len() / 8, "and words");
    assert_eq!(words.len(), tokens.len());
    assert!(regions.rows.iter().all(|region| region.closed), "its quotations are closed");
    assert!(!actors.table.is_empty(), "somebody is named");
    assert!(!find_quotes().0.is_empty(), "and quoted");

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(TEXT.len() as u64));
    group.bench_function("layout", |b| b.iter(|| layout::read(black_box(TEXT), None, None)));
    group.bench_function("sentences", |b| b.iter(|| sentences::split(black_box(TEXT), &layout)));
    group.bench_function("tokens", |b| b.iter(|| tokens::split(black_box(TEXT), &sentences)));
    group.bench_function("words", |b| b.iter(|| words::look_up(TEXT, black_box(&tokens), lexicon)));
    group.bench_function("marks", |b| b.iter(|| marks::pair(black_box(TEXT), &layout)));
    group.bench_function("entities", |b| {
        b.iter(|| entities::find(black_box(reading), &layout, tagger.as_ref()));
    });
    group.bench_function("actors", |b| {
        b.iter(|| actors::find(black_box(reading), &entities, &regions));
    });
    group.bench_function("quotes", |b| b.iter(|| black_box(&find_quotes)()));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
