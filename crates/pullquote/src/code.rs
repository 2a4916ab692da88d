//! Codes of countries and currencies.
//!
//! In: ASCII capitals. Out: a [`Code`], which holds nothing else. Whether a code is assigned is not
//! checked: the lists of the data crate are.

use std::fmt;

/// Three letters of ISO 4217 or two of ISO 3166-1.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code<const N: usize>([u8; N]);

impl<const N: usize> Code<N> {
    /// The code of these ASCII capitals; `None` for anything else.
    pub fn new(letters: &[u8]) -> Option<Self> {
        let letters: [u8; N] = letters.try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl<const N: usize> fmt::Debug for Code<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A currency, ISO 4217.
pub type Currency = Code<3>;
/// A country, ISO 3166-1 alpha-2.
pub type Country = Code<2>;
