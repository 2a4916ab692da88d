//! A model of one's own, from the corpus to what it finds: the command that README documents, run on
//! `tests/fixtures/own-corpus.jsonl`, which calls two-word names that end in "Lamp" or "Kettle"
//! products.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

use pullquote::Parser;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/own-corpus.jsonl");
/// No sentence of the corpus, and a product that it does not have, named twice as all of them are.
const TEXT: &str =
    "The clinic in Vellin ordered a Wrenn Lamp from Ostrel Works. The Wrenn Lamp never came.";

/// Runs the documented command.
fn train(corpus: &Path, out: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote-train"));
    command.args(["train", "entities", "--corpus"]).arg(corpus).arg("--out").arg(out);
    command.env_remove("RUST_BACKTRACE").output().expect("the program runs")
}

fn found(parser: &Parser) -> Vec<(String, &'static str)> {
    let doc = parser.parse(TEXT);
    let rows = doc.entities().iter();
    rows.map(|row| (doc.text_of(row).to_owned(), row.label.as_str())).collect()
}

#[test]
fn a_parser_finds_names_by_a_model_trained_on_twelve_articles() {
    let folder = TempDir::new().expect("a folder");
    let models = ["a.bin", "b.bin"].map(|name| folder.path().join(name));
    let bytes = models.map(|path| {
        let done = train(Path::new(CORPUS), &path);
        assert!(done.status.success(), "{done:?}");
        fs::read(path).expect("the model")
    });
    assert!(bytes[0] == bytes[1], "training twice gives the same bytes");

    let parser = Parser::new().with_model(bytes[0].as_slice()).expect("a model");
    let lamp = ("Wrenn Lamp", "PRODUCT");
    let wanted = [("Vellin", "LOC"), lamp, ("Ostrel Works", "ORG"), lamp];
    assert_eq!(found(&parser), wanted.map(|(text, label)| (text.to_owned(), label)));
    assert_ne!(found(&parser), found(&Parser::new()), "the model inside knows nothing of lamps");
}

#[test]
fn a_corpus_without_a_name_gives_no_model() {
    let folder = TempDir::new().expect("a folder");
    let (corpus, out) = (folder.path().join("corpus.jsonl"), folder.path().join("model.bin"));
    let unmarked = r#"{"id": "a", "text": "Rain fell on Vellin.", "entities": []}"#;
    for (text, reason) in [
        ("", "no name is marked"),
        (unmarked, "no name is marked"),
        ("{\"id\": 1}", "corpus.jsonl:1"),
    ] {
        fs::write(&corpus, text).expect("a corpus");
        let done = train(&corpus, &out);
        let error = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && error.contains(reason), "{error}");
        assert!(!out.exists());
    }
}
