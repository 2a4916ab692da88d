//! Tests of the stage as a whole.

use super::features;
use crate::model::Tagger;
use crate::pipeline::Parser;
use crate::span::Spanned;

#[test]
fn the_embedded_model_is_whole_and_of_these_features() {
    let model = Tagger::read(pullquote_data::QUOTES, features::FEATURES);
    assert!(model.is_ok(), "{:?}", model.err());
}

/// Far more units than are read at once.
#[test]
fn a_long_text_is_read_as_its_parts_are() {
    const COPIES: usize = 900;
    let article = "“The dam will hold,” said Ann Lee of Vellin.\n\nShe denied that it leaks.\n\n";
    let doc = Parser::new().parse(article.repeat(COPIES).as_str());
    let said = doc.quotes().iter().map(|quote| (quote.span().of(doc.text()), quote.speakers.len()));
    let said: Vec<_> = said.collect();
    let all = [("“The dam will hold,”", 1), ("that it leaks", 1)].repeat(COPIES);
    assert_eq!(said, all);
}
