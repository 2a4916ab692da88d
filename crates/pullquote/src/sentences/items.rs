//! Items of a list that stand in one line: "1) Rain in the north 2) Wind in the south".
//!
//! In: a block. Out: where its second, third ... item begins. Only a block that begins with a
//! marker is looked at, and only for the marker that comes next in order (2 after 1, b after a),
//! written the same way. Cost: nothing for other blocks, one search of the block for these.

use super::bytes::{at, space};
use memchr::memmem;

/// Looks for the items of one block.
#[derive(Debug)]
pub(super) struct Items {
    /// What stands before the number: a bullet, or nothing.
    bullet: Vec<u8>,
    /// The number or letter of the item that is sought.
    number: Number,
    /// What stands after the number: `.`, `)` or `.)`
    close: Vec<u8>,
    /// Where it is sought from.
    from: usize,
    /// Where it begins; `usize::MAX` when it is not there.
    pub(super) next: usize,
}

/// The number of an item.
#[derive(Clone, Copy, Debug)]
enum Number {
    Digits(u32),
    Letter(u8),
}

impl Number {
    /// The number at the head of `bytes`, with its length.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let digits = bytes.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            let value = bytes[..digits].iter().fold(0, |n, digit| n * 10 + u32::from(digit - b'0'));
            return Some((Self::Digits(value), digits));
        }
        let letter = bytes.first().copied().filter(u8::is_ascii_lowercase)?;
        Some((Self::Letter(letter), 1))
    }

    fn following(self) -> Self {
        match self {
            Self::Digits(number) => Self::Digits(number + 1),
            Self::Letter(letter) => Self::Letter(letter + 1),
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Digits(number) => out.extend(number.to_string().bytes()),
            Self::Letter(letter) => out.push(letter),
        }
    }
}

impl Items {
    /// Prepares the search in the block that begins at `start`; `None` when it does not begin with
    /// a marker.
    pub(super) fn of(bytes: &[u8], start: usize) -> Option<Self> {
        let first = at(bytes, start);
        if !(first.is_ascii_digit()
            || first == 0xE2
            || at(bytes, start + 1) == b'.'
            || at(bytes, start + 1) == b')')
        {
            return None;
        }
        let mut number_at = start;
        if first == 0xE2 {
            number_at += 3;
            number_at += space(bytes, number_at);
        }
        let (number, len) = Number::read(bytes.get(number_at..)?)?;
        let from = number_at + len;
        let close = match (at(bytes, from), at(bytes, from + 1)) {
            (b'.', b')') => 2,
            (b'.' | b')', _) => 1,
            _ => return None,
        };
        if at(bytes, from + close) != b' ' {
            return None;
        }
        let (bullet, close) = (&bytes[start..number_at], &bytes[from..from + close]);
        let (bullet, close, number) = (bullet.to_vec(), close.to_vec(), number.following());
        Some(Self { bullet, number, close, from, next: usize::MAX })
    }

    /// Looks for the item in the block, as far as it is there.
    pub(super) fn seek(&mut self, bytes: &[u8]) {
        let mut marker = vec![b' '];
        marker.extend(&self.bullet);
        self.number.write(&mut marker);
        marker.extend(&self.close);
        marker.push(b' ');
        let rest = bytes.get(self.from..).unwrap_or_default();
        self.next = memmem::find(rest, &marker).map_or(usize::MAX, |found| self.from + found + 1);
    }

    /// Looks for the item after the one at `self.next`.
    pub(super) fn advance(&mut self, bytes: &[u8]) {
        self.from = self.next;
        self.number = self.number.following();
        self.seek(bytes);
    }

    /// Counts positions from byte `gone` on, as what stands before it is no longer there.
    pub(super) fn move_back(&mut self, gone: usize) {
        self.from = self.from.saturating_sub(gone);
    }
}
