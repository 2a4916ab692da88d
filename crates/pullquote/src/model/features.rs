//! Features as numbers: what a token or a choice looks like to a model.
//!
//! In: statements such as "the word before is `that`", each a number of its own and a value. Out: a
//! [`List`] of hashes to score. No string is built and nothing is allocated; a list is filled anew
//! for each token. A list that is full takes no more, so its room must be that of the longest.
//!
//! Cost: about a nanosecond a feature.

/// A list of up to `ROOM` feature hashes.
#[derive(Clone, Copy, Debug)]
pub struct List<const ROOM: usize> {
    hashes: [u64; ROOM],
    len: usize,
}

impl<const ROOM: usize> Default for List<ROOM> {
    fn default() -> Self {
        Self { hashes: [0; ROOM], len: 0 }
    }
}

impl<const ROOM: usize> List<ROOM> {
    /// The hashes.
    pub fn hashes(&self) -> &[u64] {
        self.hashes.get(..self.len).unwrap_or_default()
    }

    /// Forgets all features.
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Adds features by number and value; all or none.
    #[inline]
    pub(crate) fn extend<const N: usize>(&mut self, features: [(u64, u64); N]) {
        let room = self.hashes.get_mut(self.len..).and_then(|rest| rest.first_chunk_mut());
        if let Some(room) = room {
            *room = features.map(|(number, value)| feature(number, value));
            self.len += N;
        }
    }

    /// Adds the feature `number` with the value `value`.
    #[inline]
    pub(crate) fn add(&mut self, number: u64, value: u64) {
        if let Some(place) = self.hashes.get_mut(self.len) {
            *place = feature(number, value);
            self.len += 1;
        }
    }
}

/// The hash of the feature `number` with the value `value`. Its high bits are the best mixed, the
/// lowest of them are not.
#[inline]
pub(crate) const fn feature(number: u64, value: u64) -> u64 {
    let value = value ^ number.wrapping_mul(0xA24B_AED4_963E_E407);
    (value ^ (value >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Spreads every bit over the whole number.
#[inline]
pub(crate) const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    value ^ (value >> 32)
}

/// Two values as one; the order counts.
#[inline]
pub(crate) const fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(25) ^ b).wrapping_mul(0x9FB2_1C65_1E98_DF25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_list_takes_no_more() {
        let mut list = List::<8>::default();
        (0..20).for_each(|number| list.add(number, 1));
        assert_eq!(list.hashes().len(), 8);
        list.clear();
        assert!(list.hashes().is_empty());
    }

    #[test]
    fn neither_number_nor_order_is_lost() {
        assert_ne!(feature(1, 2), feature(2, 1));
        assert_ne!(feature(1, 2), feature(1, 3));
        assert_ne!(pair(1, 2), pair(2, 1));
    }
}
