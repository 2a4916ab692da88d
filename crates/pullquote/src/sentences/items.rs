//! Items of a list that stand in one line: "1) Rain in the north 2) Wind in the south".
//!
//! In: a block. Out: where its second, third ... item begins. Only a block that begins with a
//! marker is looked at, and only for the marker that comes next in order (2 after 1, b after a),
//! written the same way. Cost: nothing for other blocks, one search of the block for these.

use super::bytes::{at, space};
use memchr::memmem;

/// Looks for the items of one block.
pub(super) struct Items<'a> {
    bytes: &'a [u8],
    /// What stands before the number: a bullet, or nothing.
    bullet: &'a [u8],
    /// The number or letter of the item last found.
    number: Number,
    /// What stands after the number: `.`, `)` or `.)`
    close: &'a [u8],
    /// Where the next item begins; `usize::MAX` when none does.
    pub(super) next: usize,
}

/// The number of an item.
#[derive(Clone, Copy)]
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

impl<'a> Items<'a> {
    /// Prepares the search in the block that begins at `start` and ends with `bytes`; `None` when
    /// it does not begin with a marker.
    pub(super) fn of(bytes: &'a [u8], start: usize) -> Option<Self> {
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
        let close_at = number_at + len;
        let close = match (at(bytes, close_at), at(bytes, close_at + 1)) {
            (b'.', b')') => 2,
            (b'.' | b')', _) => 1,
            _ => return None,
        };
        if at(bytes, close_at + close) != b' ' {
            return None;
        }
        let mut items = Self {
            bytes,
            bullet: &bytes[start..number_at],
            number,
            close: &bytes[close_at..close_at + close],
            next: close_at,
        };
        items.advance();
        Some(items)
    }

    /// Looks for the item after the one at `self.next`.
    pub(super) fn advance(&mut self) {
        self.number = self.number.following();
        let mut marker = vec![b' '];
        marker.extend(self.bullet);
        self.number.write(&mut marker);
        marker.extend(self.close);
        marker.push(b' ');
        let from = self.next;
        self.next =
            memmem::find(&self.bytes[from..], &marker).map_or(usize::MAX, |found| from + found + 1);
    }
}
