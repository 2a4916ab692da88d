//! Regions between quotation marks (stand-in).

use crate::index::{Table, define_id};
use crate::layout::Layout;
use crate::span::Span;

define_id! {
    /// Names a [`Region`].
    RegionId
}

/// A region between marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) span: Span,
    pub(crate) inner: Span,
    pub(crate) closed: bool,
    pub(crate) reopened: bool,
    pub(crate) depth: u8,
}

/// All regions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    rows: Table<RegionId, Region>,
    pub(crate) stray: Vec<u32>,
}

impl Regions {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.rows.iter()
    }
    pub(crate) fn outermost(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.rows.iter().filter(|(_, row)| row.depth == 0)
    }
    pub(crate) fn get(&self, id: RegionId) -> Option<&Region> {
        self.rows.get(id)
    }
    pub(crate) fn covers(&self, at: usize) -> bool {
        let rows = self.rows.rows();
        let next = rows.partition_point(|row| row.span.start() <= at);
        rows[..next].iter().rev().find(|row| row.depth == 0).is_some_and(|row| at < row.span.end())
    }
}

/// Pairs marks.
pub(crate) fn pair(_: &str, _: &Layout) -> Regions {
    Regions::default()
}
