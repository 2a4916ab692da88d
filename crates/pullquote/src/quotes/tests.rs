//! Tests of the stage as a whole.

use super::features;
use crate::model::Tagger;

#[test]
fn the_embedded_model_is_whole_and_of_these_features() {
    let model = Tagger::read(pullquote_data::QUOTES, features::FEATURES);
    assert!(model.is_ok(), "{:?}", model.err());
}

#[test]
fn any_text_gets_an_answer() {
    let parser = crate::Parser::new();
    let long = "“a,” she said. ".repeat(3000);
    let open = "“ ".repeat(10_000);
    for text in ["", "“", "\"said", "said said said", ": “”", "A: ", "— “x” —", &long, &open]
    {
        let doc = parser.parse(text);
        for quote in doc.quotes() {
            assert!(!quote.content.is_empty());
        }
    }
}
