//! What a region between marks is for, when no attribution claims it.

use super::MarkFunction;
use crate::marks::Region;

/// Guesses the function of a region from its words and what stands before it.
pub(super) fn guess(text: &str, region: &Region) -> MarkFunction {
    let words = region.inner.of(text).split_whitespace().count();
    if words > 4 { MarkFunction::Speech } else { MarkFunction::Unknown }
}
