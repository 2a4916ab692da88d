//! A source for tests that gives few bytes at a time, as a pipe may.
//!
//! In: bytes and how many of them a read gives at most. Out: the same bytes, in as many reads as that
//! takes. Built for tests alone. Cost: one copy.

use std::io::{self, Read};

/// Gives at most so many bytes at a time.
pub(super) struct Drip<'a>(pub(super) &'a [u8], pub(super) usize);

impl Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let some = self.0.get(..self.1).unwrap_or(self.0);
        let read = (&mut &*some).read(out)?;
        self.0 = self.0.get(read..).unwrap_or_default();
        Ok(read)
    }
}
