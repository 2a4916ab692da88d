//! Language data of pullquote, and nothing else.
//!
//! The lists under `lexicon/` are for people to read and edit; what stands under `generated/` is
//! made from them by `cargo run -p pullquote-train -- generate` and is what programs load.
