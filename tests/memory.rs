//! How the memory of a parse grows with texts made to be large.
//!
//! Bytes are counted as they are allocated, so the figures are the same on every run: what a parse
//! holds at its peak, and how that and all it ever allocates grow with the text.

#![expect(clippy::expect_used, reason = "what a test stands on may fail it")]

#[path = "../benches/kinds.rs"]
mod kinds;

use allocation_counter::{AllocationInfo, measure};
use kinds::{KINDS, text};
use pullquote::Parser;
use std::hint::black_box;

/// The sizes between which growth is measured, in bytes.
const SIZES: [u32; 2] = [1 << 15, 1 << 17];

/// The exponent of growth, at most: 1 is linear, 2 quadratic; tables that double make some of it.
const STEEPEST: f64 = 1.12;

/// Bytes of memory for each byte of text, at most: what quotation marks alone take, each a region. Lower it with them.
const MOST: f64 = 98.0;

/// What a parse of the kind of text takes.
fn taken(kind: &str, bytes: u32) -> AllocationInfo {
    let text = text(kind, usize::try_from(bytes).expect("a size"));
    measure(|| {
        black_box(Parser::new().parse(text.as_str()));
    })
}

/// A count of bytes as a fraction; those here are far below 2^32.
fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).expect("few"))
}

#[test]
fn memory_is_linear_and_bounded() {
    // What is made once is no part of growth.
    taken("paragraphs", 1);
    let mut wrong = Vec::new();
    for (kind, _) in KINDS {
        let [short, long] = SIZES.map(|bytes| taken(kind, bytes));
        let [few, many] = SIZES.map(f64::from);
        let exponent = |of: fn(&AllocationInfo) -> u64| {
            (number(of(&long)) / number(of(&short))).ln() / (many / few).ln()
        };
        let (peak, all) = (exponent(|info| info.bytes_max), exponent(|info| info.bytes_total));
        let each = number(long.bytes_max) / many;
        println!("{kind:21} {each:6.1} bytes a byte, exponents {peak:.2} and {all:.2}");
        if each > MOST || peak > STEEPEST || all > STEEPEST {
            wrong.push(kind);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
