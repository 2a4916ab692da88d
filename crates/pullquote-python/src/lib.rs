//! Python views over pullquote's types.
//!
//! In: Python strings. Out: `Doc` and its views, each a pointer to the one parsed document and an
//! id or a span; nothing is copied until it is asked for. Positions are code points, as Python
//! slices by; labels are strings.
//!
//! No analysis happens here. The interpreter's lock is released while the core parses. All classes
//! are frozen, so that documents may be shared between threads.

mod actor;
mod convert;
mod displacy;
mod doc;
mod frame;
mod parser;
mod pipe;
mod quote;
mod span;

/// The compiled half of the `pullquote` package.
#[pyo3::pymodule(gil_used = false)]
mod _pullquote {
    #[pymodule_export]
    use crate::actor::{Actor, Mention, Role};
    #[pymodule_export]
    use crate::doc::Doc;
    #[pymodule_export]
    use crate::frame::{Frame, actors_frame, entities_frame, quotes_frame, sentences_frame};
    #[pymodule_export]
    use crate::parser::{Parser, sentences, tokens};
    #[pymodule_export]
    use crate::quote::{Quote, QuoteMark, Speaker};
    #[pymodule_export]
    use crate::span::{Amount, Block, Entity, Sentence, Span, Time};

    /// The package's version.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
