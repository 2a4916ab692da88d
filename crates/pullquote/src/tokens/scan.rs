//! The run of ASCII letters and digits at a place, eight bytes at a time.
//!
//! In: bytes and a position. Out: the run's length and the class bits in it.
//!
//! Eight bytes are read as one integer and compared lane by lane: adding `0x80 - k` to a lane of
//! seven bits sets its top bit exactly when it is at least `k`. Most words end within the first
//! eight bytes, so most cost no loop and no branch that depends on their length.

use super::chars::class;

/// Bytes looked at together.
const LANES: usize = 8;

/// One in each lane, and the top bit of each lane.
const ONES: u64 = u64::from_le_bytes([1; LANES]);
const TOPS: u64 = ONES << 7;

/// The length of the run of letters and digits at `at`, and its class bits; those of the first
/// byte are left out when `skip_first` is set.
pub(super) fn word_run(bytes: &[u8], at: usize, skip_first: bool) -> (usize, u8) {
    let mut bits = 0;
    let mut len = 0;
    let mut counted = if skip_first { TOPS << 8 } else { TOPS };
    loop {
        let lanes = load(bytes, at + len);
        let small = lanes & !TOPS;
        let folded = small | (ONES * 0x20);
        let letter = between(folded, b'a', b'z') & !lanes & TOPS;
        let digit = between(small, b'0', b'9') & !lanes & TOPS;
        let outside = !(letter | digit) & TOPS;
        // The top bits of the lanes before the first one outside.
        let inside = outside.wrapping_sub(1) & !outside & counted;
        // A letter is small when its bit of value 32 is set, moved here to the top.
        let case = lanes << 2;
        bits |= u8::from(letter & case & inside != 0) * class::LOWER
            | u8::from(letter & !case & inside != 0) * class::UPPER
            | u8::from(digit & inside != 0) * class::DIGIT;
        if outside != 0 {
            return (len + outside.trailing_zeros() as usize / 8, bits);
        }
        len += LANES;
        counted = TOPS;
    }
}

/// Top bits of the lanes that lie from `low` to `high`; lanes must be below 0x80.
fn between(lanes: u64, low: u8, high: u8) -> u64 {
    let at_least = lanes + ONES * u64::from(0x80 - low);
    let above = lanes + ONES * u64::from(0x7F - high);
    at_least & !above
}

/// Eight bytes from `at`, zeros past the end.
fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut lanes = [0; LANES];
    match rest.first_chunk::<LANES>() {
        Some(chunk) => lanes = *chunk,
        None => lanes[..rest.len()].copy_from_slice(rest),
    }
    u64::from_le_bytes(lanes)
}

#[cfg(test)]
mod tests {
    use super::super::chars::of;
    use super::*;

    /// The same, one byte at a time.
    fn slow(bytes: &[u8], at: usize, skip_first: bool) -> (usize, u8) {
        let run: Vec<u8> = bytes[at..].iter().map(|byte| of(*byte)).collect();
        let len = run.iter().take_while(|bit| **bit & class::WORD != 0).count();
        (len, run[..len].iter().skip(usize::from(skip_first)).fold(0, |all, bit| all | bit))
    }

    #[test]
    fn agrees_with_a_look_at_each_byte() {
        let text =
            "It's 1990s Naïve McCoy, aaaaaaaa AAAAAAAAb 12345678x @[`{/:\u{7f} strengthening.";
        for at in 0..=text.len() {
            for skip_first in [false, true] {
                let found = word_run(text.as_bytes(), at, skip_first);
                assert_eq!(found, slow(text.as_bytes(), at, skip_first), "at {at}");
            }
        }
    }

    #[test]
    fn every_byte_is_told_apart() {
        for byte in 0..=255 {
            assert_eq!(word_run(&[byte], 0, false), slow(&[byte], 0, false), "byte {byte}");
        }
    }
}
