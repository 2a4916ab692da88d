//! The house's own rules, read off the source files.
//!
//! In the core every module has a rank and may name modules of its own rank or below, so that text
//! flows one way; a name at the crate's root stands for no module and may not be used inside.
//! Every Rust file of the workspace opens with what it does and stays short enough to read.
//!
//! Algorithm: paths that begin at the crate's root (`crate::a`, `super::a` from a top module, groups
//! in braces) are found in the text, comments and test modules left out. Not attempted: names that a
//! macro builds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The core's modules, each with its rank; lib.rs alone is above them all.
const RANKS: [(&str, u8); 18] = [
    ("span", 0),
    ("index", 0),
    ("error", 0),
    ("code", 0),
    ("offsets", 0),
    ("lexicon", 1),
    ("model", 1),
    ("layout", 2),
    ("sentences", 3),
    ("marks", 3),
    ("tokens", 4),
    ("words", 5),
    ("entities", 6),
    ("actors", 7),
    ("quotes", 8),
    ("document", 9),
    ("json", 10),
    ("pipeline", 10),
];

/// The most lines that a file may have.
const LINES: usize = 600;

fn rank(module: &str) -> Option<u8> {
    RANKS.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

/// The workspace's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All Rust files under `folder`, in order; what is generated and what is built left out.
fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "target" && name != "generated" {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

/// The code without comment lines and without what follows the test module's head.
fn code(source: &str) -> String {
    let code = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The first names of the paths in `text`, which follows `::`: one, or one for each member of a
/// group in braces.
fn first_names(text: &str) -> Vec<&str> {
    let name = |text| {
        let text = str::trim_start(text);
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        &text[..end]
    };
    let Some(group) = text.strip_prefix('{') else { return vec![name(text)] };
    let (mut names, mut depth, mut member) = (Vec::new(), 0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                names.push(name(&group[member..at]));
                member = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The names that `code` takes from the crate's root; `depth` is how many `super` lead there.
fn names_at_the_root(code: &str, depth: usize) -> Vec<&str> {
    let mut names = Vec::new();
    for prefix in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&prefix) {
            let before = code[..at].chars().next_back();
            let inside_a_path = before.is_some_and(|c| c.is_alphanumeric() || "_:".contains(c));
            let after = &code[at + prefix.len()..];
            if !inside_a_path && !after.starts_with("super") {
                names.extend(first_names(after).into_iter().filter(|name| *name != "self"));
            }
        }
    }
    names
}

/// What is wrong with the core's file at `path`, relative to `src`.
fn backward_names(path: &Path, source: &str) -> Vec<String> {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let module = parts[0].trim_end_matches(".rs");
    let depth = parts.len() - usize::from(parts[parts.len() - 1] == "mod.rs");
    let shown = path.display();
    let Some(own) = rank(module) else {
        return vec![format!("{shown}: `{module}` has no rank")];
    };
    let mut wrong = Vec::new();
    for name in names_at_the_root(&code(source), depth) {
        match rank(name) {
            Some(rank) if rank <= own => {}
            Some(rank) => {
                wrong.push(format!("{shown}: {module} ({own}) names {name} ({rank}), a later one"));
            }
            None => {
                wrong.push(format!("{shown}: `{name}` at the root is no module; name its home"));
            }
        }
    }
    wrong
}

/// What is wrong with any file's outside.
fn bad_form(path: &Path, source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if !source.starts_with("//! ") {
        wrong.push(format!("{}: does not open with a `//!` header", path.display()));
    }
    let lines = source.lines().count();
    if lines > LINES {
        wrong.push(format!("{}: {lines} lines, more than {LINES}", path.display()));
    }
    wrong
}

#[test]
fn the_core_flows_one_way() -> io::Result<()> {
    let src = root().join("crates/pullquote/src");
    let mut wrong = Vec::new();
    for file in rust_files(&src)? {
        let path = file.strip_prefix(&src).unwrap_or(&file);
        if path != Path::new("lib.rs") {
            wrong.extend(backward_names(path, &fs::read_to_string(&file)?));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    Ok(())
}

#[test]
fn every_file_opens_with_its_purpose_and_stays_short() -> io::Result<()> {
    let root = root();
    let (mut read, mut wrong) = (0, Vec::new());
    for folder in ["crates", "xtask", "tests", "benches"] {
        for file in rust_files(&root.join(folder))? {
            read += 1;
            let path = file.strip_prefix(&root).unwrap_or(&file);
            wrong.extend(bad_form(path, &fs::read_to_string(&file)?));
        }
    }
    assert!(read > 20, "the walk found only {read} files");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    Ok(())
}

/// The findings in a file of this name and content.
fn found(path: &str, source: &str) -> Vec<String> {
    backward_names(Path::new(path), source)
}

#[test]
fn a_later_module_is_caught_however_it_is_written() {
    let caught = ["tokens.rs: tokens (4) names quotes (8), a later one"];
    assert_eq!(found("tokens.rs", "use crate::quotes::Quote;"), caught);
    assert_eq!(found("tokens.rs", "use crate::{span::Span, quotes::{Quote, QuoteId}};"), caught);
    assert_eq!(found("tokens.rs", "use crate::{\n    index,\n    quotes,\n};"), caught);
    assert_eq!(found("tokens.rs", "fn f(q: &crate::quotes::Quote) {}"), caught);
    assert_eq!(found("tokens.rs", "use super::quotes::Quote;"), caught);
    let caught = ["tokens/words.rs: tokens (4) names quotes (8), a later one"];
    assert_eq!(found("tokens/words.rs", "use super::super::quotes::Quote;"), caught);
}

#[test]
fn what_is_allowed_is_let_through() {
    let nothing: [&str; 0] = [];
    assert_eq!(found("quotes/mod.rs", "use crate::{actors::ActorId, span};"), nothing);
    assert_eq!(found("quotes/cues.rs", "use super::marks::Mark;\nuse super::Quote;"), nothing);
    assert_eq!(found("json.rs", "use crate::pipeline::Parser;"), nothing, "the same rank");
    assert_eq!(found("tokens.rs", "//! [`Quote`](crate::quotes::Quote) comes later."), nothing);
    let test = "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::quotes::Quote;\n}\n";
    assert_eq!(found("tokens.rs", test), nothing);
}

#[test]
fn what_has_no_rank_is_caught() {
    assert_eq!(found("magic.rs", ""), ["magic.rs: `magic` has no rank"]);
    assert_eq!(
        found("tokens.rs", "use crate::Document;"),
        ["tokens.rs: `Document` at the root is no module; name its home"]
    );
}

#[test]
fn a_bare_or_endless_file_is_caught() {
    let form = |source: &str| bad_form(Path::new("a.rs"), source);
    assert_eq!(form("use b;"), ["a.rs: does not open with a `//!` header"]);
    let long = "//! Header.\n".to_owned() + &"\n".repeat(LINES);
    assert_eq!(form(&long), ["a.rs: 601 lines, more than 600"]);
    assert!(form(&long[..long.len() - 1]).is_empty());
}
