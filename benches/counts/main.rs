//! What `cargo xtask counts` counts the instructions of.
//!
//! In: `stages N`, for the first stages one after another on articles of ours; `kind NAME BYTES`, for the
//! whole pipeline on a hostile text; `kinds`, for the names of those. Out: nothing but the names, but
//! a wrong answer fails. It runs under callgrind for each number of stages: what one stage more adds
//! is that stage's instructions. It is a package of its own so that building it takes no other library
//! than the core.

#![expect(clippy::print_stdout, reason = "it is a program that reports")]
#![expect(clippy::expect_used, reason = "what a measure stands on may fail it")]

#[path = "../kinds.rs"]
mod kinds;

use pullquote::entities::names;
use pullquote::lexicon::Lexicon;
use pullquote::words::Reading;
use pullquote::{
    Parser, RecordOptions, actors, entities, layout, marks, quotes, sentences, tokens, words,
};
use std::hint::black_box;

const ARTICLES: [&str; 5] = [
    include_str!("../articles/short.txt"),
    include_str!("../articles/median.txt"),
    include_str!("../articles/long.txt"),
    include_str!("../../examples/articles/lake-ferry.txt"),
    include_str!("../../examples/articles/telecom-results.txt"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["kinds"] => kinds::KINDS.iter().for_each(|(kind, _)| println!("{kind}")),
        ["kind", kind, bytes] => {
            let text = kinds::text(kind, bytes.parse().expect("a number of bytes"));
            black_box(Parser::new().parse(text.as_str()).to_json(RecordOptions::default()));
        }
        ["stages", asked] => {
            let asked = asked.parse().expect("how many stages to run");
            for text in ARTICLES {
                stages(text, asked);
            }
        }
        _ => unreachable!("stages N, kind NAME BYTES or kinds"),
    }
}

/// Runs the first stages, and hands each answer to where the compiler cannot see that it is not used.
fn stages(text: &str, asked: u32) {
    // Checked by all, so that it adds to no stage's count.
    let (lexicon, tagger) = (Lexicon::embedded(), names::embedded());
    if asked < 1 {
        return;
    }
    let layout = black_box(layout::read(text, None, None));
    assert!(!layout.blocks.is_empty(), "an article has blocks");
    if asked < 2 {
        return;
    }
    let sentences = black_box(sentences::split(text, &layout));
    if asked < 3 {
        return;
    }
    let tokens = black_box(tokens::split(text, &sentences));
    if asked < 4 {
        return;
    }
    let words = black_box(words::look_up(text, &tokens, lexicon));
    assert_eq!(words.len(), tokens.len(), "each token is looked up");
    let reading = Reading { text, sentences: &sentences, tokens: &tokens, words: &words, lexicon };
    if asked < 5 {
        return;
    }
    let regions = black_box(marks::pair(text, &layout));
    if asked < 6 {
        return;
    }
    let entities = black_box(entities::find(reading, &layout, tagger.as_ref()));
    if asked < 7 {
        return;
    }
    let actors = black_box(actors::find(reading, &entities, &regions));
    assert!(!actors.table.is_empty(), "somebody is named");
    if asked < 8 {
        return;
    }
    let found = black_box(quotes::find(reading, &layout, &regions, &entities, &actors, false));
    assert!(!found.0.is_empty(), "and quoted");
    if asked < 9 {
        return;
    }
    // The whole way once more, as users go it; then with its record.
    let doc = black_box(Parser::new().parse(text));
    if asked < 10 {
        return;
    }
    let record = black_box(doc.to_json(RecordOptions::default()));
    assert!(record.starts_with(r#"{"schema":1,"#));
}
