//! The run of ASCII letters at a place, eight bytes at a time.
//!
//! In: bytes and a position. Out: the run's length and how it is capitalised.
//!
//! Eight bytes are read as one integer and compared lane by lane: adding `0x80 - k` to a lane of
//! seven bits sets its top bit exactly when it is at least `k`. Most words end within the first
//! eight bytes, so most cost no loop and no branch that depends on their length.

use super::Shape;

/// Bytes looked at together.
pub(super) const LANES: usize = 8;

/// One in each lane, and the top bit of each lane.
const ONES: u64 = u64::from_le_bytes([1; LANES]);
const TOPS: u64 = ONES << 7;

/// The length of the run of letters at `at`, which begins with one, and its shape.
pub(super) fn letters(bytes: &[u8], at: usize) -> (usize, Shape) {
    let mut len = 0;
    let (mut small, mut capital) = (0, 0);
    let mut lanes = load(bytes, at);
    // The first letter's case is told apart from the others'.
    let first = lanes << 2 & TOPS & 0xFF;
    let mut counted = TOPS << 8;
    loop {
        let folded = lanes & !TOPS | ONES << 5;
        let at_least_a = folded + ONES * u64::from(0x80 - b'a');
        let above_z = folded + ONES * u64::from(0x7F - b'z');
        let letter = at_least_a & !above_z & !lanes & TOPS;
        let outside = letter ^ TOPS;
        // The top bits of the lanes before the first one outside.
        let inside = outside.wrapping_sub(1) & !outside & counted;
        // A letter is small when its bit of value 32 is set, moved here to the top.
        let case = lanes << 2;
        small |= case & inside;
        capital |= !case & inside;
        if outside != 0 {
            len += outside.trailing_zeros() as usize / 8;
            return (len, shape(first != 0, small != 0, capital != 0));
        }
        len += LANES;
        counted = TOPS;
        lanes = load(bytes, at + len);
    }
}

/// The shape of a word of letters: whether the first is small, and whether small letters and
/// capitals are among the others.
fn shape(first_small: bool, small: bool, capital: bool) -> Shape {
    const SHAPES: [Shape; 8] = [
        Shape::Initial,
        Shape::Lower,
        Shape::Title,
        Shape::Lower,
        Shape::Upper,
        Shape::Mixed,
        Shape::Mixed,
        Shape::Mixed,
    ];
    SHAPES[usize::from(first_small) + usize::from(small) * 2 + usize::from(capital) * 4]
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
    use super::super::chars;
    use super::*;

    /// The same, one byte at a time.
    fn slow(bytes: &[u8], at: usize) -> (usize, Shape) {
        let run: Vec<u8> =
            bytes[at..].iter().copied().take_while(u8::is_ascii_alphabetic).collect();
        let bits = |bytes: &[u8]| bytes.iter().fold(0, |all, byte| all | chars::of(*byte));
        (run.len(), chars::shape(bits(&run[..1]), bits(&run[1..])))
    }

    #[test]
    fn agrees_with_a_look_at_each_byte() {
        let text =
            "It's A 1990s Naïve McCoy, aaaaaaaa AAAAAAAAb Zzzzzzzzzzzzzzzzz @[`{/:\u{7f} ends";
        let bytes = text.as_bytes();
        for at in (0..bytes.len()).filter(|at| bytes[*at].is_ascii_alphabetic()) {
            assert_eq!(letters(bytes, at), slow(bytes, at), "at {at}");
        }
    }

    #[test]
    fn every_byte_is_told_apart() {
        for byte in 0..=255u8 {
            let bytes = [b'a', byte];
            assert_eq!(letters(&bytes, 0), slow(&bytes, 0), "byte {byte}");
        }
    }
}
