//! Tables whose rows can only be named by their own kind of id.
//!
//! Each stage hands on one [`Table`] of row structs. A row is named by an id made for that table
//! (`TokenId`, `QuoteId`), so that a quote cannot be looked up by a token's number: the compiler
//! refuses it. [`define_id!`](crate::index) is the crate's only macro.
//!
//! Invariant: an id was handed out by the table it is used on. Cost: an id is four bytes, a look-up
//! is a slice index.

use std::marker::PhantomData;
use std::ops::Index;

/// A row number that belongs to one kind of table.
pub trait Id: Copy + Ord {
    /// The id of row `index`.
    fn from_index(index: usize) -> Self;
    /// The row's number, counted from zero.
    fn index(self) -> usize;
    /// The row after it, which may be one past the end.
    #[must_use]
    fn next(self) -> Self {
        Self::from_index(self.index() + 1)
    }
    /// The row before it, unless it is the first.
    fn prev(self) -> Option<Self> {
        self.index().checked_sub(1).map(Self::from_index)
    }
}

/// Defines an [`Id`] type.
macro_rules! define_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $crate::index::Id for $name {
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
pub(crate) use define_id;

/// Rows in order, each named by an `I`.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<I, R> {
    rows: Vec<R>,
    id: PhantomData<fn(I) -> I>,
}

impl<I, R> Default for Table<I, R> {
    fn default() -> Self {
        Self { rows: Vec::new(), id: PhantomData }
    }
}

impl<I: Id, R> Table<I, R> {
    /// An empty table with room for `rows` rows.
    pub fn with_capacity(rows: usize) -> Self {
        Self { rows: Vec::with_capacity(rows), id: PhantomData }
    }

    /// Adds a row and names it.
    pub fn push(&mut self, row: R) -> I {
        self.rows.push(row);
        I::from_index(self.rows.len() - 1)
    }

    /// The row, unless the id is beyond the table's end.
    pub fn get(&self, id: I) -> Option<&R> {
        self.rows.get(id.index())
    }

    /// The row, for change, unless the id is beyond the table's end.
    pub fn get_mut(&mut self, id: I) -> Option<&mut R> {
        self.rows.get_mut(id.index())
    }

    /// All rows, in order.
    pub fn rows(&self) -> &[R] {
        &self.rows
    }

    /// All rows with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &R)> + ExactSizeIterator {
        self.rows.iter().enumerate().map(|(index, row)| (I::from_index(index), row))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<I: Id, R> Index<I> for Table<I, R> {
    type Output = R;

    /// The row of an id that this table handed out.
    fn index(&self, id: I) -> &R {
        &self.rows[id.index()]
    }
}

impl<I, R> FromIterator<R> for Table<I, R> {
    fn from_iter<T: IntoIterator<Item = R>>(rows: T) -> Self {
        Self { rows: rows.into_iter().collect(), id: PhantomData }
    }
}
