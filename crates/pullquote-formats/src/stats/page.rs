//! Counts as a page with plots.
//!
//! In: the rows of statistics. Out: one page of HTML, a table for each section with a bar beside each
//! name, so that eyes and screen readers get the same. It has the look and the policy of the pages
//! that show articles: no script, nothing fetched.
//!
//! Invariant: names come out as text. Cost: linear in the rows.

use super::{Section, StatsRow};
use crate::html::{PAGE_TAIL, escape, page_head};
use std::fmt::Write;

pub(super) fn page(rows: &[StatsRow], quotes: u64, documents: u64) -> String {
    let mut out = page_head("Who is quoted");
    let _ = write!(
        out,
        "<div class=\"pullquote counts\">\n<header>\n<h1>Who is quoted</h1>\n\
         <p class=\"about\"><span>{documents} documents</span> <span>{quotes} quotes</span></p>\n\
         </header>\n"
    );
    for section in SECTIONS {
        let rows: Vec<_> = rows.iter().filter(|row| row.section == Some(section)).collect();
        if !rows.is_empty() {
            let all = match section {
                Section::Document => documents,
                // Of the quotes of persons, not of all.
                Section::Gender => rows.iter().map(|row| row.quotes).sum(),
                _ => quotes,
            };
            table(section, &rows, all, &mut out);
        }
    }
    out.push_str("</div>\n");
    out.push_str(PAGE_TAIL);
    out
}

/// The sections, those that are asked for most first.
const SECTIONS: [Section; 8] = [
    Section::Speaker,
    Section::Voice,
    Section::Gender,
    Section::Role,
    Section::Cue,
    Section::Document,
    Section::Kind,
    Section::Source,
];

/// What a section's table is called, and its names' and numbers' columns.
fn titles(section: Section) -> [&'static str; 3] {
    match section {
        Section::Document => ["Quotes in a document", "Quotes", "Documents"],
        Section::Kind => ["In quotation marks or not", "Kind", "Quotes"],
        Section::Source => ["How the speaker is named beside the words", "Source", "Quotes"],
        Section::Voice => ["Who is given a voice", "Speaker", "Quotes"],
        Section::Gender => ["Persons, by what the text says of their gender", "Gender", "Quotes"],
        Section::Cue => ["By what words", "Cue", "Quotes"],
        Section::Role => ["In what role", "Role", "Quotes"],
        Section::Speaker => ["Most quoted", "Speaker", "Quotes"],
    }
}

/// One section; shares are of `all`, bars of the greatest number in it.
fn table(section: Section, rows: &[&StatsRow], all: u64, out: &mut String) {
    let [title, name, number] = titles(section);
    let _ = write!(
        out,
        "<section class=\"half\">\n<table>\n<caption>{title}</caption>\n\
         <thead><tr><th scope=\"col\">{name}</th><td></td>\
         <th scope=\"col\" class=\"number\">{number}</th>\
         <th scope=\"col\" class=\"number\">Share</th></tr></thead>\n<tbody>\n"
    );
    let value = |row: &StatsRow| match section {
        Section::Document => row.documents,
        _ => row.quotes,
    };
    let most = rows.iter().map(|row| value(row)).max().unwrap_or_default();
    for row in rows {
        out.push_str("<tr><th scope=\"row\">");
        escape(&row.name, out);
        if let Some(role) = &row.role {
            out.push_str(" <small>");
            escape(role, out);
            out.push_str("</small>");
        }
        let value = value(row);
        let _ = writeln!(
            out,
            "</th><td class=\"plot\"><svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\"><rect width=\"{:.1}\" height=\"1\"/></svg></td>\
             <td class=\"number\">{value}</td><td class=\"number\">{:.1} %</td></tr>",
            percent(value, most),
            percent(value, all),
        );
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

#[expect(clippy::cast_precision_loss, reason = "a share is shown with four digits at most")]
fn percent(part: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 * 100.0 }
}
