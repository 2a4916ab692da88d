//! Cells: what a flat row is made of.
//!
//! The kind of a column tells its type where types are fixed: whole numbers are 64-bit and signed,
//! since some readers know no others; a number in a column of text is its digits. Kept fields of the
//! input are cells too; they come as JSON and stay so in JSON.

use std::borrow::Cow;

/// A column's name and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// What a column holds where types are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Fraction,
}

impl Column {
    pub(super) const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text }
    }

    pub(super) const fn whole(name: &'static str) -> Self {
        Self { name, kind: Kind::Whole }
    }

    pub(super) const fn fraction(name: &'static str) -> Self {
        Self { name, kind: Kind::Fraction }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    None,
    Text(Cow<'a, str>),
    Whole(i64),
    Fraction(f64),
    /// A value that is JSON already.
    #[cfg(feature = "files")]
    Json(&'a str),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

/// A position, which fits: no text comes near so many bytes.
impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Whole(number.try_into().unwrap_or(i64::MAX))
    }
}

/// A count or an index, which fits.
impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Whole(number.try_into().unwrap_or(i64::MAX))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Fraction(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl Cell<'_> {
    /// The cell as text; nothing where it is empty.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Whole(number) => Some(number.to_string().into()),
            // As JSON has it: with a fraction, however small.
            Self::Fraction(number) => Some(format!("{number:?}").into()),
            #[cfg(feature = "files")]
            Self::Json("null") => None,
            #[cfg(feature = "files")]
            Self::Json(json) if json.starts_with('"') => {
                Some(serde_json::from_str::<String>(json).map_or(Cow::Borrowed(*json), Cow::Owned))
            }
            #[cfg(feature = "files")]
            Self::Json(json) => Some(Cow::Borrowed(json)),
        }
    }
}
