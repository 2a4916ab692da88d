//! The weights: a table of hashed features, read where it lies.
//!
//! In: bytes. Out: a [`Tagger`] that borrows them. Layout, little-endian: a header of [`HEADER`]
//! bytes; transitions; confidences; the gate's bits; the [`MOVES`], two bytes each; the [`SLOTS`],
//! each the number of a line and a key, two bytes each; the weights, lines of [`LANES`] bytes, each a
//! weight plus [`ZERO`]: a lane of the first half, then its fellow of the second, and so on.
//!
//! The slots are a perfect hash: some bits of a feature choose a move, which turns others into the
//! one slot where the feature can be, and the key there, of other bits again, tells whether it is
//! there. Whoever [writes](write) the table looks for moves under which no two features meet. Slots
//! stand apart from weights: an unknown feature, which half are, touches only the small arrays. First all
//! features of a token are looked up without a branch, then the lines found are added, so that the
//! waits for memory overlap. An unseen feature passes for a known one about once in seventy thousand
//! look-ups, which costs a little noise and nothing else.
//!
//! Cost: a few nanoseconds a feature while the table stays in cache.

use super::{LABELS, LANES, STATES, Scores};

/// The first bytes of a model.
pub const MAGIC: [u8; 4] = *b"PQTG";
/// The layout that this crate reads.
pub const VERSION: u32 = 5;
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
/// Groups of features, each of which has a move of its own.
pub const MOVES: usize = 1 << 13;
/// Places for features.
pub const SLOTS: usize = 1 << 15;
/// The most features of a model: with so few empty slots left, moves are still found fast.
pub const MOST: usize = SLOTS / 16 * 15;
/// Features that are scored together.
const ROOM: usize = 64;
/// The byte that stands for a weight of zero.
const ZERO: u8 = 128;
/// The line of an empty slot, which no model has.
const EMPTY: u16 = u16::MAX;

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
    moves: &'a [[u8; 2]; MOVES],
    slots: &'a [[u8; 4]; SLOTS],
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
        let lines = u32_at(header, 28);
        let table = (SMALL + 2 * MOVES + 4 * SLOTS) as u64;
        let expected = HEADER as u64 + table + u64::from(lines) * LANES as u64;
        let wrong = ModelError::Length { expected, found };
        if found != expected {
            return Err(wrong);
        }
        let parts = rest.split_at_checked(SMALL).and_then(|(small, rest)| {
            let (moves, rest) = rest.split_at_checked(2 * MOVES)?;
            let (slots, weights) = rest.split_at_checked(4 * SLOTS)?;
            let moves = moves.as_chunks().0.first_chunk()?;
            Some((small, moves, slots.as_chunks().0.first_chunk()?, weights))
        });
        let (small, moves, slots, weights) = parts.ok_or(wrong)?;
        let gate = small.get(TRANSITIONS + CONFIDENCES..).and_then(|rest| rest.get(..GATE));
        Ok(Self {
            small: Small::read(small),
            halving: u32_at(header, 24),
            gate: gate.unwrap_or_default(),
            moves,
            slots,
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
    fn look_up(&self, features: &[u64], lines: &mut [u16; ROOM]) -> usize {
        let mut found = 0;
        for &feature in features {
            let by = u16::from_le_bytes(self.moves[group(feature)]);
            let [first, second, third, fourth] =
                self.slots[usize::from(bits(feature) ^ by) % SLOTS];
            lines[found % ROOM] = u16::from_le_bytes([first, second]);
            found += usize::from([third, fourth] == key(feature));
        }
        found
    }

    /// The sums of the stored weights of some lines, [`ROOM`] at most, as numbers of sixteen bits.
    ///
    /// Eight weights are added as one number, and the four of odd places once more: that a weight is
    /// stored above zero makes this possible. The even ones are what is left. Not inlined, or the
    /// compiler no longer sees that two such numbers fit a register.
    #[inline(never)]
    fn add(&self, lines: &[u16]) -> [[u64; LANES / 8]; 2] {
        const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
        let [mut all, mut odd] = [[0_u64; LANES / 8]; 2];
        for line in lines.iter().filter_map(|&line| self.weights.get(usize::from(line))) {
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

/// The group of a feature, which has one move.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "as few bits as groups need")]
const fn group(feature: u64) -> usize {
    (feature >> (64 - MOVES.ilog2())) as usize
}

/// The part of a feature that a move turns into its slot.
#[inline]
const fn bits(feature: u64) -> u16 {
    let [.., first, second, _, _] = feature.to_le_bytes();
    u16::from_le_bytes([first, second])
}

/// The part of a feature that its slot tells it by.
#[inline]
const fn key(feature: u64) -> [u8; 2] {
    let [_, _, first, second, ..] = feature.to_le_bytes();
    [first, second]
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

/// The move of each group, and the row in each slot. Where two features of a group meet under every
/// move, or there are more than [`MOST`], the lighter find no place.
fn arrange(rows: &[(u64, [i8; LANES])]) -> (Vec<u16>, Vec<Option<usize>>) {
    let weight = |row: usize| rows[row].1.iter().map(|weight| weight.unsigned_abs()).max();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| std::cmp::Reverse(weight(row)));
    order.truncate(MOST);
    let part = |row: usize| usize::from(bits(rows[row].0)) % SLOTS;
    let mut groups: Vec<(usize, Vec<usize>)> = (0..MOVES).map(|at| (at, Vec::new())).collect();
    for row in order {
        let (_, group) = &mut groups[group(rows[row].0)];
        if group.iter().all(|&other| part(other) != part(row)) {
            group.push(row);
        }
    }
    // The largest first, while there is room.
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    let (mut moves, mut slots) = (vec![0; MOVES], vec![None; SLOTS]);
    for (at, mut group) in groups {
        let by = loop {
            let fits = |by: &u16| {
                group.iter().all(|&row| slots[(part(row) ^ usize::from(*by)) % SLOTS].is_none())
            };
            match (0..=u16::MAX).take(SLOTS).find(fits) {
                Some(by) => break by,
                None => group.pop(),
            };
        };
        moves[at] = by;
        for row in group {
            slots[(part(row) ^ usize::from(by)) % SLOTS] = Some(row);
        }
    }
    (moves, slots)
}

/// Lays a model out as bytes. `rows` are features with their weights, `gate` the words that pass.
/// Not more than [`MOST`] features find a place; the weightiest do. Lines lie in the order of the rows: put
/// the most used first, so that they share the processor's cache.
pub fn write(
    features: u64,
    halving: u32,
    small: &Small,
    gate: &[u64],
    rows: &[(u64, [i8; LANES])],
) -> Vec<u8> {
    let (moves, slots) = arrange(rows);
    let mut placed: Vec<usize> = slots.iter().flatten().copied().collect();
    placed.sort_unstable();
    let mut body = Vec::with_capacity(SMALL + 2 * MOVES + 4 * SLOTS + placed.len() * LANES);
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
    body.extend(moves.into_iter().flat_map(u16::to_le_bytes));
    for row in slots {
        let line = row.and_then(|row| placed.binary_search(&row).ok());
        let line = line.and_then(|line| u16::try_from(line).ok()).unwrap_or(EMPTY);
        body.extend(line.to_le_bytes());
        body.extend(row.map_or([0; 2], |row| key(rows[row].0)));
    }
    for (_, line) in placed.iter().map(|&row| &rows[row]) {
        let (even, odd) = line.split_at(LANES / 2);
        let pairs = even.iter().zip(odd).flat_map(|(&even, &odd)| [even, odd]);
        body.extend(pairs.map(|weight| weight.cast_unsigned() ^ ZERO));
    }
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(features.to_le_bytes());
    bytes.extend(checksum(&body).to_le_bytes());
    bytes.extend(halving.to_le_bytes());
    bytes.extend(u32::try_from(placed.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes.extend(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A feature of a group, with these bits and key.
    fn feature(group: u64, bits: u64, key: u64) -> u64 {
        group << 51 | bits << 32 | key << 16
    }

    const LAST: u64 = MOVES as u64 - 1;

    fn flat() -> Small {
        Small {
            follow: [[0; STATES]; STATES],
            inner: [0; LABELS],
            last: [0; LABELS],
            confidences: [[128; STEPS]; LABELS],
        }
    }

    /// A model of three features, two of them in one group.
    fn model() -> Vec<u8> {
        let features = [feature(0, 1, 7), feature(0, 2, 9), feature(LAST, 1, 7)];
        let rows = [1, 2, -4].map(|weight| [weight; LANES]);
        let rows: Vec<_> = features.into_iter().zip(rows).collect();
        write(5, 4000, &flat(), &[77], &rows)
    }

    #[test]
    fn adds_the_weights_of_known_features_only() {
        let bytes = model();
        let tagger = Tagger::read(&bytes, 5).unwrap();
        let mut scores = [0; LANES];
        let known = feature(0, 1, 7);
        let others = [feature(0, 1, 8), feature(0, 3, 7), feature(1, 3, 9)];
        tagger.score(&[known, feature(LAST, 1, 7), known], &mut scores);
        assert_eq!(scores, [1 - 4 + 1; LANES]);
        tagger.score(&others, &mut scores);
        assert_eq!(scores, [1 - 4 + 1; LANES]);
        assert!(tagger.passes(77) && !tagger.passes(78));
    }

    #[test]
    fn the_weightiest_find_a_place() {
        let weights = [1, 5, -9];
        // Two that no move tells apart, and one more than there is room for.
        let pair = weights.map(|weight| (feature(3, 4, 5), [weight; LANES]));
        let many = (0..MOST as u64).map(|at| (feature(at % 8192, at / 8192, 1), [3; LANES]));
        let rows: Vec<_> = pair.into_iter().chain(many).collect();
        let bytes = write(5, 4000, &flat(), &[], &rows);
        let tagger = Tagger::read(&bytes, 5).unwrap();
        let score = |feature: u64| {
            let mut scores = [0; LANES];
            tagger.score(&[feature], &mut scores);
            scores[0]
        };
        assert_eq!(score(feature(3, 4, 5)), -9);
        let lost = rows.iter().skip(3).filter(|row| score(row.0) != 3).count();
        assert!((1..=4).contains(&lost), "{lost}");
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
