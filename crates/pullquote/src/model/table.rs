//! The weights: a table of hashed features, read where it lies.
//!
//! In: bytes. Out: a [`Tagger`] that borrows them. Layout, little-endian: a header of [`HEADER`]
//! bytes; transitions; confidences; the gate's bits; the buckets, each [`BUCKET`] keys of two bytes
//! and the number of its first line; the weights, one line of [`LANES`] bytes for each key, each a weight plus
//! [`ZERO`]: a lane of the first half, then its fellow of the second, and so on.
//!
//! A feature's hash chooses one bucket and a key of 15 bits in it; a bucket that would overflow keeps
//! its weightiest lines, so that one comparison of four keys at once, in a machine word, tells whether
//! a feature is known. Keys stand apart from weights: an unknown feature, which half are, touches only
//! the small array of buckets. First all features of a token are looked up without a branch, then the
//! lines found are added, so that the waits for memory overlap. An unseen feature passes for a known
//! one about once in ten thousand look-ups, which costs a little noise and nothing else.
//!
//! Cost: a few nanoseconds a feature while the table stays in cache.

use super::{LABELS, LANES, STATES, Scores};

/// The first bytes of a model.
pub const MAGIC: [u8; 4] = *b"PQTG";
/// The layout that this crate reads.
pub const VERSION: u32 = 4;
/// Bytes before the transitions.
pub const HEADER: usize = 64;
/// Bytes of the transitions: state to state, going on inside a label, ending it.
pub const TRANSITIONS: usize = 2 * (STATES * STATES + 2 * LABELS);
/// Steps of probability that have a confidence of their own, for each label.
pub const STEPS: usize = 16;
/// Bytes of the confidences.
pub const CONFIDENCES: usize = LABELS * STEPS;
/// Bytes of the gate.
pub const GATE: usize = 1024;
/// Bytes between the header and the keys.
pub const SMALL: usize = (TRANSITIONS + CONFIDENCES + GATE).next_multiple_of(64);
/// Keys of a bucket.
pub const BUCKET: usize = 4;
/// Features that are scored together.
const ROOM: usize = 64;
/// The byte that stands for a weight of zero.
const ZERO: u8 = 128;
/// Bytes of a bucket: its keys and the number of its first line.
const WIDTH: usize = 2 * BUCKET + 4;

/// Why bytes are not a model that this crate can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Other bytes than a model.
    #[error("not a pullquote model: it does not start with `PQTG`")]
    Foreign,
    /// A model of another layout.
    #[error("model layout {found}, but this version reads layout {VERSION}; train the model anew")]
    Version {
        /// The layout's number.
        found: u32,
    },
    /// A model trained with other features.
    #[error("the model was trained with other features than this version computes; train it anew")]
    Features,
    /// Fewer or more bytes than the header promises.
    #[error(
        "the model should have {expected} bytes but has {found}; the file is cut short or damaged"
    )]
    Length {
        /// Bytes by the header.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
    /// Damaged bytes.
    #[error("the model's checksum does not match its content; the file is damaged")]
    Checksum,
}

/// What a model holds apart from its weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Small {
    /// Score of a state (row) before another (column).
    pub follow: [[i16; STATES]; STATES],
    /// Score of a further token inside a segment that does not end it.
    pub inner: [i16; LABELS],
    /// Score of a further token that ends a segment.
    pub last: [i16; LABELS],
    /// How often a segment of a label (row) is right whose probability lies in a step (column), in
    /// 255ths.
    pub confidences: [[u8; STEPS]; LABELS],
}

/// A trained model.
#[derive(Clone, Debug)]
pub struct Tagger<'a> {
    /// Transitions and confidences.
    pub small: Small,
    /// How far the odds fall with each step of a score, in 65536ths of a halving.
    pub halving: u32,
    gate: &'a [u8],
    buckets: &'a [[u8; WIDTH]],
    weights: &'a [[u8; LANES]],
}

impl<'a> Tagger<'a> {
    /// Reads a model from anywhere: checks its layout, its features, its length and its checksum.
    /// `features` names the feature set of the caller. Linear in the bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole model of this layout and these features.
    pub fn read(bytes: &'a [u8], features: u64) -> Result<Self, ModelError> {
        let tagger = Self::trust(bytes, features)?;
        let (header, rest) = bytes.split_at_checked(HEADER).ok_or(ModelError::Foreign)?;
        if u64_at(header, 16) != checksum(rest) {
            return Err(ModelError::Checksum);
        }
        Ok(tagger)
    }

    /// As [`read`](Self::read) but without the pass for the checksum, for bytes that the program
    /// carries. Constant time.
    ///
    /// # Errors
    /// When the header is not that of a model of this layout and these features.
    pub fn trust(bytes: &'a [u8], features: u64) -> Result<Self, ModelError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ModelError::Foreign);
        }
        let found = bytes.len() as u64;
        let short = |expected: u64| ModelError::Length { expected, found };
        let start = (HEADER + SMALL) as u64;
        let (header, rest) = bytes.split_at_checked(HEADER).ok_or(short(start))?;
        let version = u32_at(header, 4);
        if version != VERSION {
            return Err(ModelError::Version { found: version });
        }
        if u64_at(header, 8) != features {
            return Err(ModelError::Features);
        }
        let [buckets, lines] = [24, 32].map(|at| u32_at(header, at));
        let bytes = |count: u32, width: usize| u64::from(count) * width as u64;
        let expected = start + bytes(buckets, WIDTH) + bytes(lines, LANES);
        if found != expected {
            return Err(short(expected));
        }
        let (small, table) = rest.split_at_checked(SMALL).ok_or(short(expected))?;
        let (buckets, weights) =
            table.split_at_checked(buckets as usize * WIDTH).ok_or(short(expected))?;
        let gate = small.get(TRANSITIONS + CONFIDENCES..).and_then(|rest| rest.get(..GATE));
        Ok(Self {
            small: Small::read(small),
            halving: u32_at(header, 28),
            gate: gate.unwrap_or_default(),
            buckets: buckets.as_chunks().0,
            weights: weights.as_chunks().0,
        })
    }

    /// Adds the weights of features to a token's scores.
    pub fn score(&self, features: &[u64], scores: &mut Scores) {
        for features in features.chunks(ROOM) {
            let mut lines = [0; ROOM];
            let found = self.look_up(features, &mut lines);
            let lines = lines.get(..found).unwrap_or_default();
            let halves = self.add(lines).map(|half| half.map(u64::to_le_bytes));
            let sums = halves.as_flattened().as_flattened().as_chunks().0;
            let zero = lines.iter().fold(0, |sum: u16, _| sum.wrapping_add(u16::from(ZERO)));
            for (score, &sum) in scores.iter_mut().zip(sums) {
                let sum = u16::from_le_bytes(sum).wrapping_sub(zero).cast_signed();
                *score = score.wrapping_add(sum);
            }
        }
    }

    /// Puts the lines of those features that are known into `lines`; returns how many they are. Not
    /// inlined, or the loop's constants no longer stay in registers.
    #[inline(never)]
    fn look_up(&self, features: &[u64], lines: &mut [u32; ROOM]) -> usize {
        let mut found = 0;
        for &feature in features {
            let bucket = self.buckets.get(bucket(feature, self.buckets.len()));
            let Some((keys, first)) = bucket.and_then(|row| row.split_first_chunk()) else {
                continue;
            };
            let same = same(u64::from_le_bytes(*keys), key(feature));
            // Never zero, which a search for the lowest bit need not ask then.
            let place = (same | 1 << 63).trailing_zeros() / 16;
            lines[found % ROOM] = u32_at(first, 0).wrapping_add(place);
            found += usize::from(same != 0);
        }
        found
    }

    /// The sums of the stored weights of some lines, [`ROOM`] at most, as numbers of sixteen bits.
    ///
    /// Eight weights are added as one number, and the four of odd places once more: that a weight is
    /// stored above zero makes this possible. The even ones are what is left. Not inlined, or the
    /// compiler no longer sees that two such numbers fit a register.
    #[inline(never)]
    fn add(&self, lines: &[u32]) -> [[u64; LANES / 8]; 2] {
        const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
        let [mut all, mut odd] = [[0_u64; LANES / 8]; 2];
        for line in lines.iter().filter_map(|&line| self.weights.get(line as usize)) {
            for ((all, odd), eight) in all.iter_mut().zip(&mut odd).zip(line.as_chunks().0) {
                let eight = u64::from_le_bytes(*eight);
                *all = all.wrapping_add(eight);
                *odd = odd.wrapping_add(eight >> 8 & EVEN);
            }
        }
        for (all, odd) in all.iter_mut().zip(odd) {
            *all = all.wrapping_sub(odd << 8);
        }
        [all, odd]
    }

    /// Whether the gate lets a word pass; about one word in a hundred passes by mistake.
    #[inline]
    pub fn passes(&self, word: u64) -> bool {
        let (byte, bit) = gate_bit(word);
        self.gate.get(byte).is_some_and(|found| found & bit != 0)
    }

    /// How often a segment of this label and probability is right.
    pub fn confidence(&self, label: usize, probability: f32) -> f32 {
        let steps = self.small.confidences.get(label);
        let found = steps.and_then(|steps| steps.get(step(probability)));
        f32::from(found.copied().unwrap_or_default()) / 255.0
    }
}

/// The step that a probability falls in: steps are fine near one, where most lie.
pub fn step(probability: f32) -> usize {
    const EDGES: [f32; STEPS - 1] =
        [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995];
    EDGES.iter().take_while(|&&edge| probability >= edge).count()
}

/// What stands in an empty place. A feature with this key may be taken for a known one.
const EMPTY: u16 = 0x7FFF;

/// The part of a hash that a bucket stores, fifteen bits.
#[inline]
pub fn key(feature: u64) -> u16 {
    let [_, _, low, high, ..] = feature.to_le_bytes();
    u16::from_le_bytes([low, high]) & 0x7FFF
}

/// The bucket of a feature among `buckets`: the high half of its hash as a fraction.
#[inline]
pub fn bucket(feature: u64, buckets: usize) -> usize {
    (((feature >> 32) * buckets as u64) >> 32) as usize
}

/// Marks the places of a key in a bucket, the first of them in the lowest bits; zero if there is
/// none. All are compared at once: keys have fifteen bits, so subtracting one borrows into the top bit
/// of a lane only when the lane is zero or a lower one was.
#[inline]
fn same(keys: u64, key: u16) -> u64 {
    const ONES: u64 = u64::MAX / 0xFFFF;
    let differs = keys ^ (ONES * u64::from(key));
    differs.wrapping_sub(ONES) & (ONES << 15)
}

/// The byte and the bit of the gate that a word's hash chooses.
#[inline]
pub fn gate_bit(word: u64) -> (usize, u8) {
    ((word >> 3) as usize % GATE, 1 << (word & 7))
}

/// A checksum of a model's bytes after the header.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let words = chunks.iter().chain([&last]).map(|chunk| u64::from_le_bytes(*chunk));
    words.fold(bytes.len() as u64, |sum, word| {
        (sum ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    })
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let found = bytes.get(at..).and_then(|rest| rest.first_chunk());
    u32::from_le_bytes(found.copied().unwrap_or_default())
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let found = bytes.get(at..).and_then(|rest| rest.first_chunk());
    u64::from_le_bytes(found.copied().unwrap_or_default())
}

impl Small {
    fn read(bytes: &[u8]) -> Self {
        let mut numbers = bytes.as_chunks().0.iter().map(|two| i16::from_le_bytes(*two));
        let mut next = || numbers.next().unwrap_or_default();
        let follow = std::array::from_fn(|_| std::array::from_fn(|_| next()));
        let inner = std::array::from_fn(|_| next());
        let last = std::array::from_fn(|_| next());
        let mut steps = bytes.iter().skip(TRANSITIONS).copied();
        let confidences =
            std::array::from_fn(|_| std::array::from_fn(|_| steps.next().unwrap_or_default()));
        Self { follow, inner, last, confidences }
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        let numbers = self.follow.iter().flatten().chain(&self.inner).chain(&self.last);
        bytes.extend(numbers.flat_map(|number| number.to_le_bytes()));
        bytes.extend(self.confidences.iter().flatten());
    }
}

/// How many buckets hold a number of features with few that find no place.
fn buckets(features: usize) -> usize {
    (features * 5).div_ceil(8).max(1)
}

/// Lays a model out as bytes. `rows` are features with their weights, `gate` the words that pass.
/// A bucket with more features than places keeps the weightiest. Lines lie in the order of the rows,
/// as far as buckets allow: put the most used first, so that they share the processor's cache.
pub fn write(
    features: u64,
    halving: u32,
    small: &Small,
    gate: &[u64],
    rows: &[(u64, [i8; LANES])],
) -> Vec<u8> {
    let count = buckets(rows.len());
    let weight = |line: &[i8; LANES]| line.iter().map(|weight| weight.unsigned_abs()).max();
    let mut sorted: Vec<_> = rows.iter().enumerate().collect();
    sorted.sort_by_key(|(_, (feature, line))| {
        (bucket(*feature, count), std::cmp::Reverse(weight(line)), *feature)
    });
    let mut full: Vec<&[_]> =
        sorted.chunk_by(|a, b| bucket(a.1.0, count) == bucket(b.1.0, count)).collect();
    full.sort_by_key(|rows| rows.iter().map(|row| row.0).min());
    let mut buckets = vec![[0; WIDTH]; count];
    let mut weights: Vec<u8> = Vec::with_capacity(rows.len() * LANES);
    let lines = |weights: &[u8]| u32::try_from(weights.len() / LANES).unwrap_or(u32::MAX);
    for rows in full {
        let first = lines(&weights).to_le_bytes();
        let mut keys = [EMPTY; BUCKET];
        for (place, (_, (feature, line))) in keys.iter_mut().zip(rows) {
            *place = key(*feature);
            let (even, odd) = line.split_at(LANES / 2);
            let pairs = even.iter().zip(odd).flat_map(|(&even, &odd)| [even, odd]);
            weights.extend(pairs.map(|weight| weight.cast_unsigned() ^ ZERO));
        }
        let bytes = keys.into_iter().flat_map(u16::to_le_bytes).chain(first);
        let number = rows.first().map_or(0, |row| bucket(row.1.0, count));
        if let Some(bucket) = buckets.get_mut(number) {
            bucket.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
        }
    }
    let mut body = Vec::with_capacity(SMALL + count * WIDTH + rows.len() * LANES);
    small.write(&mut body);
    let mut bits = vec![0; GATE];
    for &word in gate {
        let (byte, bit) = gate_bit(word);
        if let Some(bits) = bits.get_mut(byte) {
            *bits |= bit;
        }
    }
    body.extend(bits);
    body.resize(SMALL, 0);
    body.extend(buckets.as_flattened());
    let lines = lines(&weights);
    body.extend(weights);
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(features.to_le_bytes());
    bytes.extend(checksum(&body).to_le_bytes());
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(halving.to_le_bytes());
    bytes.extend(lines.to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes.extend(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A feature of the last bucket.
    const LAST: u64 = 7 << 16 | 1 << 63;

    /// A model of three features, two of them in one bucket of a table of two.
    fn model() -> Vec<u8> {
        let small = Small {
            follow: [[0; STATES]; STATES],
            inner: [0; LABELS],
            last: [0; LABELS],
            confidences: [[128; STEPS]; LABELS],
        };
        let rows = [(7 << 16, [1; LANES]), (9 << 16, [2; LANES]), (LAST, [-4; LANES])];
        write(5, 4000, &small, &[77], &rows)
    }

    #[test]
    fn adds_the_weights_of_known_features_only() {
        let bytes = model();
        let tagger = Tagger::read(&bytes, 5).unwrap();
        let mut scores = [0; LANES];
        tagger.score(&[7 << 16, 8 << 16, LAST, LAST | 1 << 20, 7 << 16], &mut scores);
        assert_eq!(scores, [1 - 4 + 1; LANES]);
        assert!(tagger.passes(77) && !tagger.passes(78));
    }

    #[test]
    fn an_overfull_bucket_keeps_the_weightiest() {
        let small = Tagger::read(&model(), 5).unwrap().small;
        // Seven features of one bucket, with weights of one to seven.
        let rows: Vec<(u64, [i8; LANES])> =
            (1..=7).map(|at| (at << 16, [i8::try_from(at).unwrap(); LANES])).collect();
        let bytes = write(5, 4000, &small, &[], &rows);
        let tagger = Tagger::read(&bytes, 5).unwrap();
        let mut scores = [0; LANES];
        tagger.score(&[1 << 16, 2 << 16, 3 << 16], &mut scores);
        assert_eq!(scores, [0; LANES], "the lightest of seven find no place");
        tagger.score(&[4 << 16, 5 << 16, 6 << 16, 7 << 16], &mut scores);
        assert_eq!(scores, [22; LANES]);
    }

    #[test]
    fn every_wrong_file_is_told_apart() {
        let good = model();
        let read = |bytes: &[u8]| Tagger::read(bytes, 5).map(|_| ()).unwrap_err();
        assert_eq!(read(b"PK\x03\x04"), ModelError::Foreign);
        assert_eq!(read(b""), ModelError::Foreign);
        let found = good.len() as u64 - 1;
        let expected = good.len() as u64;
        assert_eq!(read(&good[..good.len() - 1]), ModelError::Length { expected, found });
        assert!(matches!(read(&good[..9]), ModelError::Length { .. }));
        let mut other = good.clone();
        other[4] = 99;
        assert_eq!(read(&other), ModelError::Version { found: 99 });
        let mut damaged = good.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(read(&damaged), ModelError::Checksum);
        assert_eq!(Tagger::read(&good, 6).map(|_| ()).unwrap_err(), ModelError::Features);
    }
}
