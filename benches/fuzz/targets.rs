//! What hostile bytes are handed to, and what must hold of the answer.
//!
//! In: any bytes. Out: a digest of what came of them, equal for equal answers, by which a fuzzer
//! without sight of the code tells new behaviour from old. A target panics when something that must
//! hold does not; that, a crash, a hang or too much memory is a finding. Shared by the driver beside
//! it and by the targets of `cargo fuzz`.

use pullquote::model::table::{HEADER, checksum};
use pullquote::sentences::Stream;
use pullquote::{Article, Document, OffsetUnit, Parser, RecordOptions, Span, Spanned};
use pullquote_formats::input::{self, Event, Fields, Found, Input, InputFormat, InputOptions};
use pullquote_formats::{html, parse_date};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;

/// A target: its name and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]) -> u64);

/// All targets.
pub(crate) const TARGETS: [Target; 10] = [
    ("text", text),
    ("stream", stream),
    ("jsonl", |bytes| records(bytes, InputFormat::Jsonl)),
    ("json", |bytes| records(bytes, InputFormat::Json)),
    ("csv", |bytes| records(bytes, InputFormat::Csv)),
    ("packed", |bytes| records(bytes, InputFormat::Jsonl)),
    ("html", |bytes| read(bytes, InputFormat::Html, usize::MAX)),
    ("warc", |bytes| records(bytes, InputFormat::Warc)),
    ("parquet", parquet),
    ("model", model),
];

/// A digest of anything that can be shown.
fn digest(shown: &impl std::fmt::Debug) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{shown:?}").hash(&mut hasher);
    hasher.finish()
}

/// The whole pipeline: every span slices the text, the record is JSON, the page holds no script.
pub(crate) fn text(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let article = Article { id: Some(&text), title: Some(&text), ..Article::from(text.as_ref()) };
    let doc = Parser::new().parse(article);
    sound(&doc);
    let page = html::fragment(&doc);
    assert!(!page.contains("<script") && !page.contains("<img"), "markup of the text came through");
    let _ = parse_date(&text);
    let kinds = (
        doc.blocks().iter().map(|block| block.kind).collect::<Vec<_>>(),
        doc.entities().iter().map(|entity| entity.label).collect::<Vec<_>>(),
        doc.quotes().iter().map(|quote| (quote.kind, quote.evidence)).collect::<Vec<_>>(),
        doc.quote_marks().iter().map(|mark| mark.function).collect::<Vec<_>>(),
    );
    digest(&kinds)
}

/// What holds of every document.
fn sound(doc: &Document) {
    let inside = |span: Span| {
        assert!(doc.text().get(span.start()..span.end()).is_some(), "{span:?} slices no text");
    };
    doc.sentences().iter().map(Spanned::span).for_each(inside);
    doc.tokens().iter().map(Spanned::span).for_each(inside);
    doc.entities().iter().map(Spanned::span).for_each(inside);
    doc.mentions().rows().iter().map(Spanned::span).for_each(inside);
    doc.quote_marks().iter().map(Spanned::span).for_each(inside);
    for quote in doc.quotes() {
        assert!(!quote.content.is_empty(), "a quote without content");
        let parts = [&quote.content, &quote.verbatim, &quote.cue, &quote.source];
        parts.into_iter().flatten().copied().for_each(inside);
    }
    let json = doc.to_json(RecordOptions::default());
    let record: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    assert_eq!(record["text"].as_str(), Some(doc.text()), "the record is no JSON of the text");
}

/// Sentences of a text in parts: the same as those of the whole. The first byte says where it is cut.
pub(crate) fn stream(bytes: &[u8]) -> u64 {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest);
    let whole = pullquote::sentences(&text);
    let whole: Vec<_> = whole.rows().iter().map(|row| row.span).collect();
    let mut parts = Vec::new();
    let mut each = |found: pullquote::sentences::Found<'_>| {
        let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        parts.push(Span::new(at(found.start), at(found.end)));
    };
    let mut stream = Stream::new(OffsetUnit::Bytes);
    let mut rest = text.as_ref();
    while !rest.is_empty() {
        let at = rest.ceil_char_boundary(1 + usize::from(*first));
        let (part, after) = rest.split_at(at);
        stream.push(part, &mut each);
        rest = after;
    }
    stream.finish(&mut each);
    assert_eq!(parts, whole, "a text in parts is cut otherwise");
    digest(&whole.iter().map(|span| span.end() - span.start()).collect::<Vec<_>>())
}

/// A file of records: what comes out does not depend on how the bytes come in.
fn records(bytes: &[u8], format: InputFormat) -> u64 {
    let whole = read(bytes, format, usize::MAX);
    // An encoding is guessed at the first bytes that are not UTF-8, from what has come by then.
    let packed = matches!(bytes, [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..]);
    if !packed && std::str::from_utf8(bytes).is_ok() {
        assert_eq!(read(bytes, format, 7), whole, "the same bytes in small pieces read otherwise");
    }
    whole
}

/// Bytes that come in small pieces.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let some = out.len().min(self.1);
        Read::read(&mut self.0, out.get_mut(..some).unwrap_or_default())
    }
}

/// How files are read: every field that can be kept is.
fn options(format: InputFormat) -> InputOptions {
    let keep = ["url", "author", "id", "a.b"].map(str::to_owned).to_vec();
    let fields = Fields { keep, ..Fields::default() };
    InputOptions { format: Some(format), fields, ..InputOptions::default() }
}

/// Reads bytes as a file on standard input, so many at a time.
fn read(bytes: &[u8], format: InputFormat, at_a_time: usize) -> u64 {
    let found = Found { input: Input::Stdin, format, below: "-".into() };
    all(&found, &mut Pieces(bytes, at_a_time))
}

/// Reads everything there is; a digest of how many articles came and what was said.
fn all(found: &Found, stdin: &mut dyn Read) -> u64 {
    let options = options(found.format);
    let mut seen = Vec::new();
    let flow = input::read(found, &options, stdin, &AtomicU64::new(0), &mut |event| {
        match event {
            Event::Block(block) => block.read(&options, |draft| match draft {
                Ok(draft) => {
                    assert_eq!(draft.keep.len(), options.fields.keep.len(), "a kept field is lost");
                    for kept in &draft.keep {
                        // As it stands, and so perhaps with half a pair in a string.
                        let json = serde_json::from_str::<&serde_json::value::RawValue>(kept);
                        assert!(json.is_ok(), "kept, and no JSON: {kept}");
                    }
                    seen.push(format!("{} {}", draft.text.len(), draft.id));
                }
                Err(error) => seen.push(error.to_string()),
            }),
            Event::Part(part) => seen.push(part.text),
            Event::Notice(notice) => seen.push(notice.to_string()),
            Event::Error(error) => seen.push(error.to_string()),
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue(), "the reader broke off by itself");
    digest(&seen)
}

/// A table, through a file, as its reader jumps about in it.
pub(crate) fn parquet(bytes: &[u8]) -> u64 {
    static FILE: LazyLock<Option<tempfile::NamedTempFile>> = LazyLock::new(|| {
        let folder = tempfile::Builder::new();
        folder.tempfile_in("/dev/shm").or_else(|_| tempfile::NamedTempFile::new()).ok()
    });
    let Some(file) = &*FILE else { return 0 };
    if std::fs::write(file.path(), bytes).is_err() {
        return 0;
    }
    let format = InputFormat::Parquet;
    let found = Found { input: Input::Path(file.path().to_owned()), format, below: "-".into() };
    all(&found, &mut io::empty())
}

/// A model file. Its checksum is made right, or nothing behind it would ever be read.
pub(crate) fn model(bytes: &[u8]) -> u64 {
    const TEXT: &str = "“The dam will hold,” said Ann Lee, mayor of Vellin. The U.N. paid $5.";
    let mut bytes = bytes.to_vec();
    if let Some((header, rest)) = bytes.split_at_mut_checked(HEADER)
        && let Some(sum) = header.get_mut(16..24)
    {
        sum.copy_from_slice(&checksum(rest).to_le_bytes());
    }
    match Parser::new().with_model(bytes) {
        Ok(parser) => {
            let doc = parser.parse(TEXT);
            sound(&doc);
            digest(&doc.entities().iter().map(|entity| entity.label).collect::<Vec<_>>())
        }
        Err(error) => digest(&error),
    }
}
