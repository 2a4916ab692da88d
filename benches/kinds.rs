//! Texts made to be slow, of any length: what the measures of growth stand on.
//!
//! In: a kind's name and a length in bytes. Out: a text of that kind, as long or one piece longer, the
//! same on every run.

#![expect(clippy::expect_used, reason = "what a measure stands on may fail it")]

/// A kind of text: its name and the `n`th piece of it.
type Kind = (&'static str, fn(usize) -> String);

/// All kinds.
pub(crate) const KINDS: [Kind; 30] = [
    ("paragraphs", |n| {
        format!("The {n}th boat left Vellin, said Ann Lee. “It sank,” she added.\n")
    }),
    ("one paragraph", |n| format!("The {n}th boat left the harbour of Vellin at noon. ")),
    ("one endless line", |n| format!("boats {n} and nets and ropes and ")),
    ("open straight quotes", |_| "\"The dam holds. ".into()),
    ("open curly quotes", |_| "“The dam holds. ".into()),
    ("open single quotes", |_| "‘The dam holds. ".into()),
    ("balanced quotes", |n| format!("“The dam holds {n},” said Ann Lee. ")),
    ("quotes alone", |_| "\"".into()),
    ("nested quotes", |n| if n % 64 < 32 { "“a ‘b ".into() } else { "c’ d” ".into() }),
    ("brackets", |n| if n % 64 < 32 { "(a [b ".into() } else { "c] d) ".into() }),
    ("one token", |_| "abcdefgh".into()),
    ("capitals", |_| "THE DAM HOLDS AND ANN LEE SAID SO ".into()),
    ("dots", |_| ".".into()),
    ("U.S.", |_| "U.S. ".into()),
    ("newlines", |_| "\n".into()),
    ("short lines", |n| format!("- {n}\n")),
    ("digits", |n| format!("{n}")),
    ("amounts", |n| ["$3 million ", "5% ", "€2.40 ", "one hundred and "][n % 4].into()),
    ("months", |n| ["March ", "May 3 ", "June ", "Tuesday ", "last August "][n % 5].into()),
    ("combining marks", |_| "\u{301}".into()),
    ("zero-width marks", |_| "\u{200b}\u{200f}\u{202e}a".into()),
    ("distinct names", |n| format!("{} {} left. ", name(n), name(7919 * n))),
    ("one name", |_| "Ann Lee left. ".into()),
    ("one surname", |n| format!("{} Lee left. Lee said so. ", name(n % 10_000))),
    ("pronouns", |n| {
        ["He said she told them he left. ", "Ann Lee and Bo Ray left. "][n % 2].into()
    }),
    ("roles", |n| format!("the minister {} of {} said the minister left. ", name(n), name(n / 7))),
    ("acronyms", |n| format!("{} ({}) ", name(n % 500), name(n % 500).to_uppercase())),
    ("verbs of saying", |_| "said told added warned that ".into()),
    ("speakers in turn", |n| format!("{}: Yes.\n“No,” said {}.\n", name(n % 97), name(n % 89))),
    ("commas", |n| format!("{}, ", ["Ann", "the mayor", "said", "who", "“no”"][n % 5])),
];

/// A name of invented syllables, another for each number below 10,000.
fn name(n: usize) -> String {
    const PARTS: [&str; 10] = ["ba", "den", "fo", "gar", "hu", "kel", "mi", "nor", "pu", "ras"];
    let mut name = String::new();
    for place in [1, 10, 100, 1000] {
        name.push_str(PARTS[n / place % 10]);
    }
    name[..1].to_uppercase() + &name[1..]
}

/// A text of the kind, as long as asked for or one piece longer.
pub(crate) fn text(kind: &str, bytes: usize) -> String {
    let (_, piece) = KINDS.iter().find(|(name, _)| *name == kind).expect("a kind");
    let mut text = String::with_capacity(bytes + 64);
    let mut n = 0;
    while text.len() < bytes {
        text.push_str(&piece(n));
        n += 1;
    }
    text
}
