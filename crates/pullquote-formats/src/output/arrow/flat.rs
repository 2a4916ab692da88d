//! What stands in front of Arrow's data: `FlatBuffers`, as far as that needs them.
//!
//! In: a tree of tables, texts and lists. Out: its bytes. A table is preceded by a list of where its
//! fields lie; what it refers to follows it, at a distance from the field that refers to it.
//!
//! Invariant: everything lies at a multiple of its own size, counted from the beginning. Cost: linear
//! in the tree, which is a handful of nodes for each column.

/// A field of a table.
#[derive(Clone, Debug)]
pub(super) enum Field {
    /// Not there: a default.
    None,
    Byte(u8),
    Short(i16),
    Int(i32),
    Long(i64),
    Node(Node),
}

/// What a field refers to.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Table(Vec<Field>),
    Text(String),
    List(Vec<Node>),
    /// Structures of whole words of eight bytes, so many to each.
    Structures(usize, Vec<i64>),
}

impl Field {
    fn size(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Byte(_) => 1,
            Self::Short(_) => 2,
            Self::Int(_) | Self::Node(_) => 4,
            Self::Long(_) => 8,
        }
    }
}

/// The bytes of a tree, a multiple of eight.
pub(super) fn bytes(root: &Node) -> Vec<u8> {
    let mut out = vec![0; 4];
    let at = write(root, &mut out);
    patch(&mut out, 0, at);
    pad(&mut out, 8);
    out
}

/// Appends a node; gives the place by which it is referred to.
fn write(node: &Node, out: &mut Vec<u8>) -> usize {
    match node {
        Node::Table(fields) => table(fields, out),
        Node::Text(text) => {
            pad(out, 4);
            let at = out.len();
            out.extend_from_slice(&count(text.len()));
            out.extend_from_slice(text.as_bytes());
            out.push(0);
            at
        }
        Node::List(nodes) => {
            pad(out, 4);
            let at = out.len();
            out.extend_from_slice(&count(nodes.len()));
            out.resize(out.len() + 4 * nodes.len(), 0);
            for (number, node) in nodes.iter().enumerate() {
                let place = write(node, out);
                patch(out, at + 4 + 4 * number, place);
            }
            at
        }
        Node::Structures(words, values) => {
            // The structures themselves lie at a multiple of eight, behind their number.
            pad(out, 8);
            out.extend_from_slice(&[0; 4]);
            let at = out.len();
            out.extend_from_slice(&count(values.len() / words.max(&1)));
            out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            at
        }
    }
}

fn table(fields: &[Field], out: &mut Vec<u8>) -> usize {
    // Where each field lies, from the table's beginning; the first four bytes lead to this list.
    let mut places = Vec::with_capacity(fields.len());
    let mut end = 4_usize;
    for field in fields {
        let size = field.size();
        if size == 0 {
            places.push(0);
            continue;
        }
        let place = end.next_multiple_of(size);
        places.push(place);
        end = place + size;
    }
    pad(out, 8);
    let list = out.len();
    let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes();
    out.extend_from_slice(&short(4 + 2 * fields.len()));
    out.extend_from_slice(&short(end));
    out.extend(places.iter().flat_map(|place| short(*place)));
    pad(out, 8);
    let at = out.len();
    out.extend_from_slice(&count(at - list));
    let mut nodes = Vec::new();
    for (field, place) in fields.iter().zip(&places) {
        if field.size() > 0 {
            out.resize(at + place, 0);
        }
        match field {
            Field::None => {}
            Field::Byte(number) => out.push(*number),
            Field::Short(number) => out.extend_from_slice(&number.to_le_bytes()),
            Field::Int(number) => out.extend_from_slice(&number.to_le_bytes()),
            Field::Long(number) => out.extend_from_slice(&number.to_le_bytes()),
            Field::Node(node) => {
                nodes.push((node, at + place));
                out.extend_from_slice(&[0; 4]);
            }
        }
    }
    for (node, place) in nodes {
        let to = write(node, out);
        patch(out, place, to);
    }
    at
}

/// Makes the reference at a place lead to another, which lies behind it.
fn patch(out: &mut [u8], place: usize, to: usize) {
    if let Some(slot) = out.get_mut(place..place + 4) {
        slot.copy_from_slice(&count(to - place));
    }
}

/// A number of things, which fits: there are no more than columns or groups of rows.
fn count(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

/// Goes on at a multiple of `size`.
fn pad(out: &mut Vec<u8>, size: usize) {
    out.resize(out.len().next_multiple_of(size), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_leads_to_its_fields() {
        let tree = Node::Table(vec![
            Field::None,
            Field::Byte(7),
            Field::Long(-2),
            Field::Node(Node::Text("né".to_owned())),
        ]);
        let expected: &[u8] = &[
            24, 0, 0, 0, 0, 0, 0, 0, // the table lies at 24
            12, 0, 20, 0, 0, 0, 4, 0, 8, 0, 16, 0, 0, 0, 0, 0, // sizes, and where fields lie
            16, 0, 0, 0, 7, 0, 0, 0, // back to the sizes, at 8; the byte
            0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, // the long number
            4, 0, 0, 0, 3, 0, 0, 0, // on to the text, four bytes behind; its length
            b'n', 0xC3, 0xA9, 0, 0, 0, 0, 0,
        ];
        assert_eq!(bytes(&tree), expected);
    }

    #[test]
    fn structures_lie_at_multiples_of_eight() {
        let tree = Node::Table(vec![Field::Node(Node::Structures(2, vec![1, 2, 3, 4]))]);
        let bytes = bytes(&tree);
        let words: Vec<_> =
            bytes.chunks(8).map(|word| i64::from_le_bytes(word.try_into().expect("8"))).collect();
        assert_eq!(words[words.len() - 4..], [1, 2, 3, 4]);
        assert_eq!(bytes[bytes.len() - 36..][..4], [2, 0, 0, 0], "two of them");
    }
}
