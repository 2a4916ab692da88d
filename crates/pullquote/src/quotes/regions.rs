//! Where each token stands with respect to the quotation marks.
//!
//! In: the tokens and the regions. Out: [`Places`]: for each token the outermost region it lies in.
//! Cost: one pass over both.

use crate::index::{Id, Table};
use crate::marks::{RegionId, Regions};
use crate::span::Span;
use crate::tokens::{TokenId, TokenRange};
use crate::words::Reading;

/// For each token, the outermost region between marks that holds it.
#[derive(Debug)]
pub(super) struct Places {
    of_token: Table<TokenId, Option<RegionId>>,
    outer: Vec<(RegionId, TokenRange, Span)>,
}

impl Places {
    /// Whether the token lies between marks, or is one.
    pub(super) fn is_quoted(&self, id: TokenId) -> bool {
        self.region(id).is_some()
    }

    /// The outermost region that holds the token.
    pub(super) fn region(&self, id: TokenId) -> Option<RegionId> {
        self.of_token.get(id).copied().flatten()
    }

    /// The outermost regions in order, with their tokens.
    pub(super) fn outer(&self) -> &[(RegionId, TokenRange, Span)] {
        &self.outer
    }

    /// The tokens of an outermost region.
    pub(super) fn tokens(&self, region: RegionId) -> Option<TokenRange> {
        let at = self.outer.binary_search_by_key(&region, |row| row.0).ok()?;
        self.outer.get(at).map(|row| row.1)
    }
}

/// Finds the place of every token.
pub(super) fn place(reading: Reading<'_>, regions: &Regions) -> Places {
    let mut of_token = Table::with_capacity(reading.tokens.len());
    let mut outer: Vec<(RegionId, TokenRange, Span)> = Vec::new();
    let mut rows = regions.outermost().peekable();
    for (id, token) in reading.tokens.iter() {
        while rows.next_if(|(_, row)| row.span.end() <= token.span.start()).is_some() {}
        let region = rows
            .peek()
            .filter(|(_, row)| row.span.start() < token.span.end())
            .map(|(region, row)| (*region, row.span));
        if let Some((region, span)) = region {
            match outer.last_mut() {
                Some(last) if last.0 == region => last.1.end = id.next(),
                _ => outer.push((region, TokenRange { start: id, end: id.next() }, span)),
            }
        }
        of_token.push(region.map(|region| region.0));
    }
    Places { of_token, outer }
}
