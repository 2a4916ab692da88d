//! Attributions inside the words of another: a quotation in a quotation, a relay.
//!
//! In: the finder and the attributions found so far. Out: more [`Draft`]s, each with a record of
//! its own inside an outer content. Two shapes: `"My mother shouted, 'Run!'"`, and "the paper quoted
//! her as saying that C", in which she is the inner source.
//!
//! Cost: a bounded look before each region inside another, one pass over the contents of "quoted".

use super::Evidence;
use super::claims::Claims;
use super::find::{CueWords, Draft, Finder};
use crate::index::Id;
use crate::lexicon::Classes;
use crate::tokens::{TokenId, TokenKind, TokenRange};
use crate::words::forms;

/// The longest source inside a quotation, in tokens.
const SOURCE: usize = 6;
/// How far "as saying" may stand from "quoted".
const RELAY: usize = 24;

/// Two neighbours that are a relay, "quoted her" and "as saying that C": the first's content is all
/// of it, the second's source is hers.
pub(super) fn join_relays(finder: &Finder<'_>, drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        let Some([outer, inner]) = drafts.get_mut(at - 1..=at) else { break };
        let quotes = outer.cue.and_then(|cue| cue.cue).is_some_and(|cue| cue.lemma == "quote");
        let before = inner.cue.and_then(|cue| cue.range.start.prev());
        let joint = before.filter(|&id| quotes && finder.reading.is_form(id, forms!["as"]));
        if let ([quoted], [.., last]) = (outer.content.as_mut_slice(), inner.content.as_slice())
            && joint == Some(quoted.end)
        {
            inner.source = Some(*quoted);
            inner.borrowed = false;
            quoted.end = last.end.max(quoted.end);
        }
    }
}

/// The attributions inside others.
pub(super) fn find(finder: &Finder<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let inner = finder.regions.iter().filter(|(_, region)| region.depth == 1);
    let quoted = inner.filter_map(|(_, region)| quoted(finder, finder.reading.range(region.span)));
    let cues = Claims::new(drafts.iter().filter_map(|draft| draft.cue).map(|cue| cue.range));
    let relays = drafts
        .iter()
        .filter_map(|draft| relay(finder, draft))
        .filter(move |draft| draft.cue.is_none_or(|cue| !cues.touch(cue.range)));
    quoted.chain(relays).collect()
}

fn draft(
    finder: &Finder<'_>,
    cue: TokenId,
    source: TokenRange,
    content: TokenRange,
) -> Option<Draft> {
    let known = finder.reading.word(cue).cue().filter(|cue| cue.speech)?;
    let quoted = finder.places.is_quoted(content.start);
    let evidence = if quoted { Evidence::CueThenQuote } else { Evidence::Clause };
    Some(Draft {
        cue: Some(CueWords {
            range: TokenRange { start: cue, end: cue.next() },
            cue: Some(known),
            polarity: known.polarity,
        }),
        source: Some(source),
        between: Some(TokenRange { start: cue.next(), end: content.start }),
        ..Draft::new(vec![content], evidence)
    })
}

/// `My mother shouted, 'Run!'` inside marks: the region is the content.
fn quoted(finder: &Finder<'_>, region: TokenRange) -> Option<Draft> {
    let reading = finder.reading;
    let mut cue = region.start.prev()?;
    if matches!(reading.written(cue), "," | ":") {
        cue = cue.prev()?;
    }
    // "He told me, '...'": the addressee stands between.
    let told = cue.prev().filter(|&before| {
        let verb = reading.word(before).cue();
        reading.is(cue, Classes::PRONOUN)
            && verb.is_some_and(|verb| finder.scene(region).is_addressee(verb, cue))
    });
    cue = told.unwrap_or(cue);
    let sentence = reading.sentence(reading.sentence_of(cue));
    let mut start = cue;
    for _ in 0..SOURCE {
        let Some(before) = start.prev().filter(|&id| id >= sentence.start) else { break };
        let wall = Classes::CUE_VERB.and(Classes::AUXILIARY).and(Classes::CONJUNCTION);
        let sign = reading.is_kind(before, TokenKind::Punctuation)
            || reading.is_kind(before, TokenKind::QuoteMark);
        if sign || reading.is(before, wall) {
            break;
        }
        start = before;
    }
    while start < cue && reading.is(start, Classes::ADVERB) {
        start = start.next();
    }
    let opens = Classes::PRONOUN.and(Classes::DETERMINER);
    let speaks = reading.is(start, opens) || reading.is_capitalised(start);
    let source = TokenRange { start, end: cue };
    (start < cue && speaks).then(|| draft(finder, cue, source, region)).flatten()
}

/// "quoted her as saying that C": she said C.
fn relay(finder: &Finder<'_>, outer: &Draft) -> Option<Draft> {
    let reading = finder.reading;
    let cue = outer.cue.and_then(|cue| cue.cue).filter(|cue| cue.lemma == "quote")?;
    let content = *outer.content.first()?;
    let said = content.ids().take(RELAY).skip(2).find(|&id| {
        reading.written(id).ends_with("ing")
            && reading.is(id, Classes::CUE_VERB)
            && id.prev().is_some_and(|before| reading.is_form(before, forms!["as"]))
    })?;
    let source = TokenRange { start: content.start, end: said.prev()? };
    let mut inner = TokenRange { start: said.next(), end: content.end };
    if matches!(reading.written(inner.start), ":" | ",") {
        inner.start = inner.start.next();
    }
    (cue.speech && inner.start < inner.end).then(|| draft(finder, said, source, inner)).flatten()
}
