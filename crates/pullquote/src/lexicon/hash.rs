//! Hashes of words, blind to case.
//!
//! In: a word. Out: 64 well-mixed bits that are the same for "Minister" and "minister". The tables
//! in the binary are keyed by them, so the function is part of the data's format: changing it means
//! generating anew.
//!
//! Algorithm: eight bytes at a time are lower-cased and folded in by a multiplication of which both
//! halves are kept. ASCII words never leave registers; others are lower-cased by the Unicode tables
//! into a small buffer first. Cost: about three nanoseconds for a word. Not for hash tables that an
//! attacker fills.

const SEED: u64 = 0x51_7C_C1_B7_27_22_0A_95;
const MULTIPLE: u64 = 0x9E_37_79_B9_7F_4A_7C_15;

/// The hash of a word, blind to case and to a final period ("Mr." and "Mr"); a curly apostrophe
/// counts as a straight one.
pub fn fold(word: &str) -> u64 {
    let word = word.strip_suffix('.').unwrap_or(word);
    match ascii(word.as_bytes()) {
        (hash, true) => hash,
        (_, false) => unicode(word),
    }
}

/// The hash of a phrase from the hashes of its words, in order.
pub fn phrase(words: impl IntoIterator<Item = u64>) -> u64 {
    words.into_iter().reduce(join).unwrap_or(SEED)
}

/// The hash of a phrase and one more word.
pub fn join(phrase: u64, word: u64) -> u64 {
    mix(phrase.rotate_left(23) ^ MULTIPLE, word)
}

/// The hashes of words that the program itself names, computed when it is compiled. A word with
/// anything but ASCII in it or with a final period does not compile.
pub(crate) const fn forms<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut hashes = [0; N];
    let mut at = 0;
    while at < N {
        let bytes = words[at].as_bytes();
        assert!(bytes.is_ascii(), "only ASCII words can be named");
        assert!(!matches!(bytes.last(), Some(b'.')), "a final period does not count");
        hashes[at] = ascii(bytes).0;
        at += 1;
    }
    hashes
}

/// Folds the product of the two into 64 bits.
const fn mix(a: u64, b: u64) -> u64 {
    let product = ((a ^ SEED) as u128) * ((b ^ MULTIPLE) as u128);
    let bytes = product.to_le_bytes();
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(low), Some(high)) => u64::from_le_bytes(*low) ^ u64::from_le_bytes(*high),
        _ => 0,
    }
}

/// The hash of an ASCII word, and whether it is one.
const fn ascii(bytes: &[u8]) -> (u64, bool) {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut hash = SEED ^ (bytes.len() as u64);
    let mut high = 0;
    let mut at = 0;
    while at < chunks.len() {
        let chunk = u64::from_le_bytes(chunks[at]);
        high |= chunk;
        hash = mix(hash, lower(chunk));
        at += 1;
    }
    if !rest.is_empty() {
        let rest = short(rest);
        high |= rest;
        hash = mix(hash, lower(rest));
    }
    (mix(hash, SEED), high & HIGH == 0)
}

/// One to seven bytes as a number, as if zeros followed them.
const fn short(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let [first, last] = [u32::from_le_bytes(*first), u32::from_le_bytes(*last)];
        return first as u64 | (last as u64) << (8 * (bytes.len() - 4));
    }
    let [half, last] = [bytes.len() / 2, bytes.len() - 1];
    bytes[0] as u64 | (bytes[half] as u64) << (8 * half) | (bytes[last] as u64) << (8 * last)
}

/// Lower-cases the ASCII capitals among eight ASCII bytes.
const fn lower(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let from_a = bytes.wrapping_add(ONES * (0x80 - b'A') as u64);
    let past_z = bytes.wrapping_add(ONES * (0x80 - b'Z' - 1) as u64);
    let capital = (from_a ^ past_z) & (ONES * 0x80);
    bytes | (capital >> 2)
}

/// Words longer than the buffer differ in their first 64 bytes or count as equal.
fn unicode(word: &str) -> u64 {
    let mut buffer = [0; 64];
    let mut length = 0;
    for mut letter in word.chars().flat_map(char::to_lowercase) {
        if letter == '’' {
            letter = '\'';
        }
        let end = length + letter.len_utf8();
        let Some(room) = buffer.get_mut(length..end) else { break };
        letter.encode_utf8(room);
        length = end;
    }
    // The bytes of letters beyond ASCII pass through `lower` unharmed only when it is not applied.
    let (chunks, rest) = buffer[..length].as_chunks::<8>();
    let mut hash = SEED ^ (length as u64);
    for chunk in chunks {
        hash = mix(hash, u64::from_le_bytes(*chunk));
    }
    if !rest.is_empty() {
        hash = mix(hash, short(rest));
    }
    mix(hash, SEED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blind_to_case_and_to_the_shape_of_an_apostrophe() {
        for (a, b) in
            [("Minister", "minister"), ("Mr.", "mr"), ("ÉLYSÉE", "élysée"), ("O'Neil", "o’neil")]
        {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("minister"), fold("ministry"));
        assert_ne!(fold("[\\]^_`"), fold("{|}~\u{7f}@"), "only letters are folded");
    }

    #[test]
    fn words_named_in_the_program_hash_as_words_of_a_text() {
        let words =
            ["i", "of", "the", "said", "Osmer", "harbor", "hearing", "ministry", "spokeswoman"];
        assert_eq!(forms(words), words.map(fold));
    }

    #[test]
    fn a_phrase_depends_on_its_order() {
        let [new, york] = ["new", "york"].map(fold);
        assert_ne!(phrase([new, york]), phrase([york, new]));
        assert_eq!(phrase([new]), new);
    }
}
