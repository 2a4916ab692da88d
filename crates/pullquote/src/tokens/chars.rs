//! What single bytes and characters are to the tokenizer.
//!
//! In: a byte, or the bytes at a position. Out: a set of [`class`] bits, or a [`Wide`] for a
//! character outside ASCII. ASCII is one table look-up; nearly all text needs nothing else.

use super::Shape;

/// Bits that tell what a byte is; a word's bits joined tell how it is capitalised.
pub(super) mod class {
    /// a to z
    pub(in super::super) const LOWER: u8 = 1;
    /// A to Z
    pub(in super::super) const UPPER: u8 = 2;
    /// 0 to 9
    pub(in super::super) const DIGIT: u8 = 4;
    /// Part of a character outside ASCII.
    pub(in super::super) const WIDE: u8 = 8;
    /// ASCII white space.
    pub(in super::super) const SPACE: u8 = 16;
    /// ASCII that can join on to a word before it: ' . - @ : & _
    pub(in super::super) const JOINT: u8 = 32;
    /// What an ASCII word is made of.
    pub(in super::super) const WORD: u8 = LOWER | UPPER | DIGIT;
}

static CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => class::LOWER,
            b'A'..=b'Z' => class::UPPER,
            b'0'..=b'9' => class::DIGIT,
            0x80.. => class::WIDE,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => class::SPACE,
            b'\'' | b'.' | b'-' | b'@' | b':' | b'&' | b'_' => class::JOINT,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The class bits of a byte.
pub(super) fn of(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// What a character outside ASCII is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wide {
    Space,
    Letter,
    Digit,
    /// ’ and ʼ, which stand in words as ' does.
    Apostrophe,
    Quote,
    Dash,
    Ellipsis,
    Emoji,
    Punctuation,
    Symbol,
}

/// The character at `at`, or `None` at the end of the text.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// What the character is.
pub(super) fn wide(c: char) -> Wide {
    match c {
        '’' | 'ʼ' => Wide::Apostrophe,
        '“' | '”' | '„' | '‟' | '‘' | '‚' | '‛' | '«' | '»' | '‹' | '›' | '″' | '′' | '「'
        | '」' | '『' | '』' | '＂' => Wide::Quote,
        '‐'..='―' | '−' => Wide::Dash,
        '…' => Wide::Ellipsis,
        '\u{200C}' | '\u{200D}' | '\u{AD}' => Wide::Letter,
        _ if is_mark(c) || c.is_alphabetic() => Wide::Letter,
        _ if c.is_whitespace() => Wide::Space,
        '⁰'..='⁹' | '²' | '³' | '¹' | '½' | '¼' | '¾' => Wide::Symbol,
        _ if c.is_numeric() => Wide::Digit,
        _ if is_emoji(c) => Wide::Emoji,
        '\u{2010}'..='\u{205E}'
        | '¡'
        | '¿'
        | '·'
        | '¶'
        | '§'
        | '、'
        | '。'
        | '《'..='】'
        | '！'
        | '（'
        | '）'
        | '，'
        | '．'
        | '：'
        | '；'
        | '？' => Wide::Punctuation,
        _ => Wide::Symbol,
    }
}

/// Whether the character combines with the one before it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5C7}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{93C}' | '\u{94D}' | '\u{9CD}' | '\u{E31}'..='\u{E4E}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Whether the character is a pictograph.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{23E9}'..='\u{23FA}' | '\u{231A}' | '\u{231B}')
}

/// Whether the character changes the pictograph before it: a variant, a skin tone, a tag.
pub(super) fn modifies_emoji(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}' | '\u{E0020}'..='\u{E007F}')
}

/// Shapes by the first byte's bits (low) and those of the rest joined (high).
static SHAPES: [Shape; 64] = {
    let mut table = [Shape::None; 64];
    let mut index = 0;
    while index < 64 {
        let (first, rest) = (index as u8 % 8, index as u8 / 8);
        let (lower, upper) = (rest & class::LOWER != 0, rest & class::UPPER != 0);
        table[index] = if first & class::UPPER != 0 {
            match (lower, upper) {
                (true, true) => Shape::Mixed,
                (true, false) => Shape::Title,
                (false, true) => Shape::Upper,
                (false, false) if rest & class::DIGIT != 0 => Shape::Upper,
                (false, false) => Shape::Initial,
            }
        } else if upper {
            if lower || first & class::LOWER != 0 { Shape::Mixed } else { Shape::Upper }
        } else if lower || first & class::LOWER != 0 {
            Shape::Lower
        } else {
            Shape::None
        };
        index += 1;
    }
    table
};

/// How a word is capitalised, from its first byte's class bits and those of the rest joined.
pub(super) fn shape(first: u8, rest: u8) -> Shape {
    SHAPES[usize::from(first % 8 | rest % 8 * 8)]
}

/// How a word with characters outside ASCII is capitalised.
pub(super) fn wide_shape(word: &str) -> Shape {
    let bits = |c: char| match c {
        _ if c.is_lowercase() => class::LOWER,
        _ if c.is_uppercase() => class::UPPER,
        _ if c.is_numeric() => class::DIGIT,
        _ => 0,
    };
    let mut chars = word.chars();
    let first = chars.next().map_or(0, bits);
    shape(first, chars.fold(0, |all, c| all | bits(c)))
}
