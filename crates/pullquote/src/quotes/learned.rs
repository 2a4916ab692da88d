//! Attributions by the trained model, joined with those of the patterns.
//!
//! In: the finder, the patterns' drafts, the model. Out: the final [`Draft`]s in text order.
//!
//! The model decides wherever it was trained: within a paragraph, around a cue. The patterns keep
//! what the training articles lack: labelled blocks, a colon that reaches into the next block,
//! quoted words that the model left unclaimed but whose cue and source are plain, and quoted
//! sentences that go on from the speaker before. A cue whose content the model did not find takes
//! the pattern's. Cost: linear.

use super::claims::Claims;
use super::cues::CueGroup;
use super::find::{CueWords, Draft, Finder};
use super::function::Guess;
use super::links::{self, Board, Link, Pattern};
use super::units::{self, LONG, Units};
use super::{CueClass, Evidence, Polarity, hints, labels, tags};
use crate::index::Id;
use crate::lexicon::Classes;
use crate::lexicon::cues::{Cue, Part};
use crate::model::Tagger;
use crate::tokens::{TokenId, TokenRange};
use crate::words::forms;
use std::ops::Range;

/// Links that are right less often than this are left out: more would be wrong than found.
const LEAST: f32 = 0.2;

/// The share, in percent, from which on a verb is mostly a cue.
const COMMON: u8 = 40;

/// Finds the attributions of a text. `found` are the patterns' drafts.
pub(super) fn find(
    finder: &Finder<'_>,
    found: &[Draft],
    guesses: &[Guess],
    tagger: &Tagger<'_>,
) -> Vec<Draft> {
    let mut drafts = Vec::with_capacity(found.len());
    let mut found = found;
    let Finder { reading, entities, places, .. } = *finder;
    let mut from = TokenId::from_index(0);
    loop {
        let units = units::read(reading, entities, places, guesses, from, LONG);
        let Some(last) = units.rows.last() else { break };
        from = last.tokens.end;
        let own = found.iter().take_while(|draft| anchor(draft) < from).count();
        let (own, rest) = found.split_at(own);
        found = rest;
        part(finder, &units, own, tagger, &mut drafts);
    }
    drafts
}

/// Adds the attributions of some line blocks, `found` by the patterns among them.
fn part(
    finder: &Finder<'_>,
    units: &Units,
    found: &[Draft],
    tagger: &Tagger<'_>,
    drafts: &mut Vec<Draft>,
) {
    let hints = hints::read(units, found);
    let pieces = tags::decode(units, &hints, tagger);
    let patterns = links::patterns(units, found);
    let board = Board { units, pieces: &pieces, patterns: &patterns };
    let links = board.links(tagger, |_, _, _| {});
    let join = Join { finder, units, board: &board, found };
    let (mut next_link, mut next_found) = (0, 0);
    for stretch in &units.stretches {
        let Some(tokens) = tokens(units, stretch) else { continue };
        let from = next_link;
        while links.get(next_link).is_some_and(|link| link.cue.start < stretch.end) {
            next_link += 1;
        }
        let first = next_found;
        while found.get(next_found).is_some_and(|draft| anchor(draft) < tokens.end) {
            next_found += 1;
        }
        join.block(tokens, &links[from..next_link], &found[first..next_found], drafts);
    }
}

/// Where a draft stands in the order of blocks.
fn anchor(draft: &Draft) -> TokenId {
    let first = draft.content.first().map(|part| part.start);
    let cue = draft.cue.as_ref().map(|cue| cue.range.start);
    cue.or(first).unwrap_or(TokenId::from_index(0))
}

/// The tokens of a run of units.
fn tokens(units: &Units, range: &Range<usize>) -> Option<TokenRange> {
    let last = units.rows.get(range.end.checked_sub(1)?)?;
    let first = units.rows.get(range.start)?;
    Some(TokenRange { start: first.tokens.start, end: last.tokens.end })
}

/// What the joining of links and patterns looks at.
struct Join<'a> {
    finder: &'a Finder<'a>,
    units: &'a Units,
    board: &'a Board<'a>,
    found: &'a [Draft],
}

impl Join<'_> {
    /// Adds the attributions of one block.
    fn block(&self, block: TokenRange, links: &[Link], found: &[Draft], drafts: &mut Vec<Draft>) {
        if found.iter().any(|draft| draft.evidence == Evidence::Label) {
            for draft in found {
                Finder::add_label(draft.clone(), drafts);
            }
            return;
        }
        let from = drafts.len();
        let plain = found.iter().filter(|draft| self.is_plain(draft));
        let plain = Claims::new(plain.filter_map(|draft| draft.cue).map(|cue| cue.range));
        let mut sources: Vec<Range<usize>> = Vec::new();
        for link in links {
            let borrowed = link.source.as_ref().is_some_and(|source| {
                sources.last() == Some(source) && source.end <= link.cue.start
            });
            let draft = self.draft(link, borrowed).filter(|draft| {
                let declined = draft.cue.is_some_and(|cue| cue.polarity == Polarity::Declined);
                if link.confidence < LEAST && !declined {
                    return false;
                }
                // "closed the door and shouted: ...": the listed verb of saying is the cue.
                let listed = draft.cue.is_none_or(|cue| cue.cue.is_some());
                listed || !draft.content.iter().any(|&part| plain.touch(part))
            });
            if let Some(draft) = draft {
                drafts.push(draft);
                sources.extend(link.source.clone());
            }
        }
        // What the relative clause of a source says is not said here: "said Lee, who wrote it down".
        let owned = Claims::new(drafts[from..].iter().filter_map(|draft| draft.source));
        let mut own = drafts.split_off(from);
        own.retain(|draft| draft.cue.is_none_or(|cue| !owned.touch(cue.range)));
        drafts.append(&mut own);
        let parts = drafts[from..].iter().flat_map(|draft| draft.content.iter().copied());
        let contents = Claims::new(parts);
        let cues = drafts[from..].iter().filter_map(|draft| draft.cue).map(|cue| cue.range);
        let cues = Claims::new(cues);
        let weighed = links.iter().filter_map(|link| tokens(self.units, &link.cue));
        let weighed = Claims::new(weighed);
        let stands = |draft: &&Draft| self.is_plain(draft) || self.is_sure(draft, &weighed);
        for draft in found.iter().filter(stands) {
            let known = draft.cue.is_some_and(|cue| cues.touch(cue.range));
            if !known && !draft.content.iter().any(|&part| contents.touch(part)) {
                drafts.push(draft.clone());
            }
        }
        self.add_regions(&mut drafts[from..], &contents);
        drafts
            .extend(found.iter().filter(|draft| self.is_nested(draft, &contents, &cues)).cloned());
        drafts[from..].sort_by_key(anchor);
        if let Some(row) = self.finder.block_of(block.start) {
            self.finder.carry(row, from, drafts);
        }
    }

    /// Adds the quoted fragments that the patterns give to a cue and nobody else claims.
    fn add_regions(&self, drafts: &mut [Draft], contents: &Claims) {
        for draft in drafts {
            let Some(cue) = draft.cue else { continue };
            let units = links::units_of(self.units, cue.range);
            let pattern = self.board.pattern(&units).map(|pattern| pattern.draft);
            let Some(pattern) = pattern.and_then(|draft| self.found.get(draft)) else { continue };
            let more = pattern.content.iter().filter(|part| {
                part.ids().all(|id| self.finder.places.is_quoted(id)) && !contents.touch(**part)
            });
            let count = draft.content.len();
            draft.content.extend(more.copied());
            if draft.content.len() > count {
                draft.content.sort_by_key(|part| part.start);
            }
        }
    }

    /// Whether a pattern's draft is a report inside another's content: "said he was told that".
    fn is_nested(&self, draft: &Draft, contents: &Claims, cues: &Claims) -> bool {
        let Some(cue) = draft.cue.filter(|cue| cue.speech() && !cues.touch(cue.range)) else {
            return false;
        };
        let Some(first) = draft.content.first() else { return false };
        let says =
            cue.cue.is_some_and(|cue| matches!(cue.class, CueClass::Say | CueClass::Announce));
        says && draft.evidence == Evidence::Clause
            && contents.touch(cue.range)
            && draft.source.is_some_and(|source| contents.touch(source))
            && self.finder.reading.is_form(first.start, forms!["that"])
    }

    /// Whether a pattern's draft stands without the model: quoted words right beside a verb of
    /// saying, or "according to". Quoted words before the verb are mostly the end of something else
    /// unless a sign cuts them off from it.
    fn is_plain(&self, draft: &Draft) -> bool {
        let Some(cue) = draft.cue.and_then(|cue| cue.cue) else { return false };
        let verb = cue.speech && cue.part != Part::Noun;
        let written = |id: TokenId| self.finder.reading.written(id);
        let cut_off = || {
            let end = draft.content.first().map(|first| first.end);
            let inner = end.and_then(Id::prev).and_then(Id::prev);
            end.is_some_and(|end| matches!(written(end), "," | "-" | "--" | "—" | "–"))
                || inner.is_some_and(|inner| matches!(written(inner), "," | "?" | "!"))
        };
        let plain = match draft.evidence {
            Evidence::QuoteThenCue => verb && cue.share >= COMMON && cut_off(),
            Evidence::CueThenQuote => verb,
            Evidence::AccordingTo => true,
            _ => false,
        };
        plain && draft.source.is_some()
    }

    /// Whether a clause stands without the model: "walked out, telling reporters that C", and the
    /// headline "Norland urges partners to act".
    fn is_sure(&self, draft: &Draft, weighed: &Claims) -> bool {
        let common = |cue: &Cue| cue.speech && cue.part != Part::Noun && cue.share >= COMMON;
        let cue = draft.cue.filter(|cue| cue.cue.is_some_and(common));
        let Some(cue) = cue.filter(|cue| !weighed.touch(cue.range)) else { return false };
        let Some(first) = draft.content.first() else { return false };
        let clause = matches!(draft.evidence, Evidence::Clause | Evidence::ClauseThenCue);
        let asks = || {
            let last = self.finder.reading.sentence_of(cue.range.start);
            let last = self.finder.reading.sentence(last).end.prev();
            last.is_some_and(|last| self.finder.reading.written(last) == "?")
        };
        clause
            && (draft.borrowed && self.finder.reading.is_form(first.start, forms!["that"])
                || !draft.borrowed && self.finder.is_headline(cue.range.start) && !asks())
    }

    /// The draft of a link.
    fn draft(&self, link: &Link, borrowed: bool) -> Option<Draft> {
        let range = self.finder.trim_cue(tokens(self.units, &link.cue)?);
        let pattern = self.board.pattern(&link.cue).map(|pattern: &Pattern| pattern.draft);
        let pattern = pattern.and_then(|draft| self.found.get(draft));
        let mut content: Vec<TokenRange> =
            link.contents.iter().filter_map(|part| tokens(self.units, part)).collect();
        let mut source = link.source.as_ref().and_then(|source| tokens(self.units, source));
        if content.is_empty() {
            let pattern = pattern?;
            content.clone_from(&pattern.content);
            source = source.or(pattern.source);
        }
        // Beside quoted words a source is hard to miss.
        let quoted = pattern.filter(|draft| {
            matches!(draft.evidence, Evidence::QuoteThenCue | Evidence::CueThenQuote)
        });
        source = source.or(quoted.and_then(|draft| draft.source));
        // "According to its secretary, Grace Nekesa, C": the pattern knows where the source ends.
        let known = pattern.filter(|draft| draft.evidence == Evidence::AccordingTo);
        if let Some(known) = known.and_then(|draft| draft.source)
            && let Some(first) = content.iter_mut().find(|part| part.start == known.start)
            && known.end < first.end
        {
            let comma = self.finder.reading.written(known.end) == ",";
            first.start = if comma { known.end.next() } else { known.end };
            source = Some(known);
        }
        let source = source.map(|source| self.finder.trim_source(source));
        let reading = self.finder.reading;
        self.finder.add_rest(pattern, &mut content);
        let source = source.map(|source| self.finder.whole_source(source, pattern));
        if range.ids().all(|id| reading.word(id).hash == 0) {
            // A colon is no cue: "Ann Lee (@annlee): ..." is a label.
            return source.map(|source| Draft {
                confidence: Some(link.confidence),
                ..labels::draft(content, source)
            });
        }
        let range = self.finder.trim_lead(range, &mut content);
        let cue = self.cue(range, pattern);
        self.finder.trim_addressee(&cue, &mut content);
        self.finder.trim_tail(range, &mut content);
        self.finder.add_head(range, source, &mut content);
        let evidence = self.evidence(&cue, &content, range);
        let after = content.iter().find(|part| part.start >= range.end);
        let sentence = reading.sentence_of(range.start);
        let end = reading.sentence(sentence).end;
        let until = after.map_or(end, |part| part.start);
        Some(Draft {
            cue: Some(cue),
            source,
            borrowed,
            between: Some(TokenRange { start: range.end, end: until.max(range.end) }),
            confidence: Some(link.confidence),
            ..Draft::new(content, evidence)
        })
    }

    /// The words of a cue: its lexicon entry and its polarity.
    fn cue(&self, range: TokenRange, pattern: Option<&Draft>) -> CueWords {
        let known = pattern.and_then(|draft| draft.cue.as_ref());
        if let Some(known) = known {
            return CueWords { range, ..*known };
        }
        let reading = self.finder.reading;
        let mut cue: Option<&'static Cue> = None;
        let mut negated = false;
        for id in range.ids() {
            if let Some((entry, _)) = reading.phrase(id, range.end) {
                cue = entry.cue().or(cue);
            }
            let word = reading.word(id);
            if let Some(found) = word.cue()
                && cue.is_none_or(|cue| cue.part == Part::Noun)
            {
                cue = Some(found);
            }
            negated |= word.is(Classes::NEGATION);
        }
        let polarity = match cue.map_or(Polarity::Asserted, |cue| cue.polarity) {
            Polarity::Asserted if negated => Polarity::Denied,
            polarity => polarity,
        };
        CueWords { range, cue, polarity }
    }

    fn evidence(&self, cue: &CueWords, content: &[TokenRange], range: TokenRange) -> Evidence {
        let Some(first) = content.first() else { return Evidence::Clause };
        let quoted = first.ids().any(|id| self.finder.places.is_quoted(id));
        let before = first.start < range.start;
        match (quoted, before) {
            _ if cue.cue.is_some_and(|cue| cue.class == CueClass::Evidential) => {
                Evidence::AccordingTo
            }
            (true, true) => Evidence::QuoteThenCue,
            (true, false) if self.finder.places.is_quoted(first.start) => Evidence::CueThenQuote,
            (_, true) => Evidence::ClauseThenCue,
            (_, false) => Evidence::Clause,
        }
    }
}

impl From<CueGroup> for CueWords {
    fn from(group: CueGroup) -> Self {
        Self { range: group.range, cue: Some(group.cue), polarity: group.polarity }
    }
}
