//! The weights: a table of hashed features, read where it lies.
//!
//! In: bytes. Out: a [`Tagger`] that borrows them. Layout, little-endian: a header of [`HEADER`]
//! bytes; transitions; confidences; the gate's bits; the keys, two bytes a slot; the weights, one
//! line of [`LANES`] bytes a slot.
//!
//! The table is open-addressed with linear probing. Keys stand apart from weights, so that a feature
//! nobody has seen, which most are, touches only the small dense array. A key is 16 bits of the
//! hash beyond those that chose the slot: an unseen feature passes for a known one about once in
//! twenty thousand look-ups, which costs a little noise and nothing else.
//!
//! Cost: about three nanoseconds a feature while the table stays in cache.

use super::{LABELS, LANES, STATES, Scores};

/// The first bytes of a model.
pub const MAGIC: [u8; 4] = *b"PQTG";
/// The layout that this crate reads.
pub const VERSION: u32 = 1;
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
/// The longest chain of full slots that a table may hold.
pub const PROBES: usize = 64;

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
    /// The odds that a score of minus one stands for; a little less than one.
    pub decay: f32,
    gate: &'a [u8],
    keys: &'a [[u8; 2]],
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
        let slots = u32_at(header, 24);
        let expected = start + u64::from(slots) * (2 + LANES as u64);
        if found != expected {
            return Err(short(expected));
        }
        let (small, table) = rest.split_at_checked(SMALL).ok_or(short(expected))?;
        let (keys, weights) = table.split_at_checked(slots as usize * 2).ok_or(short(expected))?;
        let gate = small.get(TRANSITIONS + CONFIDENCES..).and_then(|rest| rest.get(..GATE));
        Ok(Self {
            small: Small::read(small),
            decay: f32::from_bits(u32_at(header, 28)),
            gate: gate.unwrap_or_default(),
            keys: keys.as_chunks().0,
            weights: weights.as_chunks().0,
        })
    }

    /// Adds the weights of a feature to a token's scores.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        let key = key(feature);
        let mut at = slot(feature, self.keys.len());
        for _ in 0..PROBES {
            let Some(&found) = self.keys.get(at) else {
                // Past the last slot the chain goes on at the first.
                if at == 0 {
                    return;
                }
                at = 0;
                continue;
            };
            if found == key {
                if let Some(line) = self.weights.get(at) {
                    for (score, &weight) in scores.iter_mut().zip(line) {
                        *score = score.wrapping_add(i16::from(weight.cast_signed()));
                    }
                }
                return;
            }
            if found == [0; 2] {
                return;
            }
            at += 1;
        }
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
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the range")]
pub fn step(probability: f32) -> usize {
    const EDGES: [f32; STEPS - 1] =
        [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995];
    EDGES.iter().take_while(|&&edge| probability >= edge).count()
}

/// The part of a hash that a slot stores; never zero, which marks an empty slot.
#[inline]
pub fn key(feature: u64) -> [u8; 2] {
    let [low, high, ..] = feature.to_le_bytes();
    [low, high.max(1)]
}

/// Where the search for a feature begins in a table of `slots` slots.
#[inline]
pub fn slot(feature: u64, slots: usize) -> usize {
    // The high half of the hash as a fraction of the table.
    (((feature >> 32) * slots as u64) >> 32) as usize
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

/// Lays a model out as bytes. `rows` are features with their weights, `gate` the words that pass.
/// The slots are filled in the order of the hashes, so the bytes depend on the content alone.
/// `None` when the features cluster so that a look-up would take too long; a different number of
/// slots then helps.
pub fn write(
    features: u64,
    decay: f32,
    small: &Small,
    gate: &[u64],
    rows: &[(u64, [i8; LANES])],
    slots: usize,
) -> Option<Vec<u8>> {
    let mut keys = vec![[0; 2]; slots];
    let mut weights = vec![[0; LANES]; slots];
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by_key(|row| row.0);
    for (feature, line) in sorted {
        let mut at = slot(*feature, slots);
        let free = (0..PROBES - 1).find_map(|_| {
            if at >= slots {
                at = 0;
            }
            let here = at;
            at += 1;
            (*keys.get(here)? == [0; 2]).then_some(here)
        })?;
        *keys.get_mut(free)? = key(*feature);
        *weights.get_mut(free)? = line.map(i8::cast_unsigned);
    }
    let mut body = Vec::with_capacity(SMALL + slots * (2 + LANES));
    small.write(&mut body);
    let mut bits = vec![0; GATE];
    for &word in gate {
        let (byte, bit) = gate_bit(word);
        *bits.get_mut(byte)? |= bit;
    }
    body.extend(bits);
    body.resize(SMALL, 0);
    body.extend(keys.as_flattened());
    body.extend(weights.as_flattened());
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(features.to_le_bytes());
    bytes.extend(checksum(&body).to_le_bytes());
    bytes.extend(u32::try_from(slots).ok()?.to_le_bytes());
    bytes.extend(decay.to_bits().to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes.extend(body);
    Some(bytes)
}
