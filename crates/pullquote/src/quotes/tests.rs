//! Tests of the stage as a whole.

use super::features;
use crate::model::Tagger;

#[test]
fn the_embedded_model_is_whole_and_of_these_features() {
    let model = Tagger::read(pullquote_data::QUOTES, features::FEATURES);
    assert!(model.is_ok(), "{:?}", model.err());
}
