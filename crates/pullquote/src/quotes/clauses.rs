//! Contents that are clauses: patterns 3 to 5 and "according to".
//!
//! In: a cue and its source. Out: the draft whose content follows the cue or is the clause before
//! it, quoted words inside or none.
//!
//! There is no parse: a clause runs to its sentence's end, or to the joint at which another cue
//! takes over. Cost: linear in the sentence.

use super::Evidence;
use super::cues::{CueForm, CueGroup};
use super::find::{BETWEEN, Draft, Finder};
use super::phrases::Scene;
use crate::index::Id;
use crate::lexicon::Classes;
use crate::tokens::{TokenId, TokenRange};
use crate::words::forms;

/// How far a clause is followed, in tokens.
const CLAUSE: usize = 200;
/// How many further cues may end a clause.
const CUES: usize = 8;

impl Finder<'_> {
    /// Patterns 2 to 5: the content follows the cue, or the whole clause before it is the content.
    pub(super) fn after_cue(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
        source: TokenRange,
        borrowed: bool,
    ) -> Option<Draft> {
        let group = groups[at];
        let from = group.range.end;
        let draft = |content, between, evidence| Draft {
            cue: Some(group.into()),
            source: Some(source),
            borrowed,
            between,
            ..Draft::new(content, evidence)
        };
        let end = self.clause_end(scene, groups, at);
        if let Some(quoted) = self.next_block_quote(scene, from) {
            let between = Some(TokenRange { start: from, end: scene.sentence.end });
            let mut content = vec![quoted];
            self.add_whole_sentences(&mut content);
            return Some(draft(content, between, Evidence::CueThenQuote));
        }
        if let Some(region) = self.quote_after(scene, groups, at, from) {
            let quoted = self.places.tokens(region)?;
            let gap = TokenRange { start: from, end: quoted.start };
            let last = gap.end.prev().filter(|&last| last >= gap.start);
            let at_once = last.is_none_or(|last| {
                matches!(self.reading.written(last), "," | ":" | "--" | "—" | "–")
            });
            let short = gap.end.index().saturating_sub(gap.start.index()) <= BETWEEN;
            if at_once && short {
                if gap.start < gap.end || self.ends_clause(quoted, scene) {
                    let mut draft = self.cue_then_quote(group, region, source, from);
                    draft.borrowed = borrowed;
                    return Some(draft);
                }
                let content = TokenRange { start: quoted.start, end: end.max(quoted.end) };
                return Some(draft(vec![content], None, Evidence::Clause));
            }
            let start = self.content_start(scene, group, end.max(quoted.end));
            if group.cue.share >= 15 || group.cue.speech {
                let content = TokenRange { start, end: end.max(quoted.end) };
                let between = TokenRange { start: from, end: start };
                return Some(draft(vec![content], Some(between), Evidence::Clause));
            }
        }
        // Pattern 4: nothing follows but a time or a place, and a comma stands before the subject.
        let comma = source.start.prev().filter(|&id| {
            id > scene.sentence.start && self.reading.written(id) == "," && !borrowed
        });
        if let (Some(comma), true) = (comma, group.cue.speech) {
            let head = TokenRange { start: scene.sentence.start, end: comma };
            let near = comma.index() - scene.sentence.start.index() <= CLAUSE;
            let long = near && comma.index().saturating_sub(scene.sentence.start.index()) >= 3;
            let free = groups[..at].iter().all(|earlier| earlier.range.start > comma);
            if long && self.is_clause(head) {
                if self.nothing_follows(scene, from, end) {
                    return Some(draft(vec![head], None, Evidence::ClauseThenCue));
                }
                if free && self.reading.written(from) == "," && end > from.next() {
                    let tail = TokenRange { start: from.next(), end };
                    return Some(draft(vec![head, tail], None, Evidence::ClauseThenCue));
                }
            }
        }
        // Pattern 5.
        let start = self.content_start(scene, group, end);
        if start >= end {
            return None;
        }
        let that =
            self.reading.is_form(start, forms!["that", "whether", "if", "how", "why", "what"]);
        let convinces = if that { 10 } else { 40 };
        let content = TokenRange { start, end };
        let between = TokenRange { start: from, end: start };
        (group.cue.share >= convinces)
            .then(|| draft(vec![content], Some(between), Evidence::Clause))
    }

    /// `said NAME: "X"` and `"...," he wrote. Added NAME: "Y"` at the head of a sentence.
    pub(super) fn inverted_clause(
        &self,
        scene: Scene<'_>,
        groups: &[CueGroup],
        at: usize,
    ) -> Option<Draft> {
        let group = groups[at];
        let head = group.range.start == scene.sentence.start;
        let comma = group
            .range
            .start
            .prev()
            .filter(|&id| id > scene.sentence.start && self.reading.written(id) == ",");
        if self.reading.is_form(group.range.end, forms!["that", "whether"]) {
            return None;
        }
        let source = scene.subject_after(group.range.end)?;
        if head {
            let region = self.quote_after(scene, groups, at, source.end)?;
            return Some(self.cue_then_quote(group, region, source, source.end));
        }
        // "C, said NAME."
        let comma = comma?;
        let content = TokenRange { start: scene.sentence.start, end: comma };
        let long = comma.index().saturating_sub(scene.sentence.start.index()) >= 3;
        (long && group.cue.speech).then(|| Draft {
            cue: Some(group.into()),
            source: Some(source),
            ..Draft::new(vec![content], Evidence::ClauseThenCue)
        })
    }

    /// For a colon that ends its block: the region that opens the next block.
    pub(super) fn next_block_quote(&self, scene: Scene<'_>, from: TokenId) -> Option<TokenRange> {
        let last = scene.sentence.end.prev()?;
        let near = last >= from && last.index().saturating_sub(from.index()) <= BETWEEN;
        let next = scene.sentence.end;
        if !near || self.reading.written(last) != ":" || self.same_block(last, next) {
            return None;
        }
        self.places.tokens(self.places.region(next)?).filter(|region| region.start == next)
    }

    /// Whether a region is followed by nothing more of its clause.
    pub(super) fn ends_clause(&self, region: TokenRange, scene: Scene<'_>) -> bool {
        region.end >= scene.sentence.end
            || matches!(self.reading.written(region.end), "." | "," | ";" | "!" | "?" | ")")
    }

    /// Whether tokens hold a verb: a clause, not an adverbial.
    pub(super) fn is_clause(&self, range: TokenRange) -> bool {
        let verbs = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
        let opens = self.reading.is(range.start, Classes::PREPOSITION)
            || self.reading.is_form(
                range.start,
                forms![
                    "as", "when", "while", "after", "before", "if", "although", "though", "asked"
                ],
            );
        let comma = range.ids().any(|id| self.reading.written(id) == ",");
        (!opens || comma) && range.ids().any(|id| self.reading.is(id, verbs))
    }

    /// Whether nothing but a time, place or medium stands between `from` and the clause's end.
    pub(super) fn nothing_follows(&self, scene: Scene<'_>, from: TokenId, end: TokenId) -> bool {
        from >= end
            || self.reading.is(from, Classes::CALENDAR)
            || (self.reading.is(from, Classes::PREPOSITION)
                && !self.reading.is_form(from, forms!["that"])
                && end.index().saturating_sub(from.index()) <= 10
                && scene.sentence.end.index().saturating_sub(end.index()) <= 1)
    }

    /// Where the content after a cue begins: past addressee, medium and time.
    pub(super) fn content_start(&self, scene: Scene<'_>, group: CueGroup, end: TokenId) -> TokenId {
        let from = group.range.end;
        let reading = self.reading;
        let opens_insertion = reading.is(from, Classes::PREPOSITION.and(Classes::CALENDAR))
            || scene.is_addressee(group.cue, from)
            || reading.written(from) == ",";
        if opens_insertion {
            let limit = end.index().min(from.index() + BETWEEN);
            let that = (from.index()..limit).map(TokenId::from_index).find(|&id| {
                reading.is_form(id, forms!["that", "whether"]) && !self.places.is_quoted(id)
            });
            if let Some(that) = that {
                return that;
            }
        }
        let mut start = from;
        if scene.is_addressee(group.cue, start) {
            start = scene.addressee_end(start, end);
        }
        while start < end && reading.is(start, Classes::CALENDAR) {
            start = start.next();
        }
        if reading.is_form(start, forms!["on", "in"]) && reading.is(start.next(), Classes::CALENDAR)
        {
            start = start.next().next();
        }
        start
    }

    /// Where the clause that a cue governs ends: before a coordinated or participle cue, before
    /// "according to", else at the sentence's end without its full stop.
    pub(super) fn clause_end(&self, scene: Scene<'_>, groups: &[CueGroup], at: usize) -> TokenId {
        let reading = self.reading;
        let last = scene.sentence.end.prev().unwrap_or(scene.sentence.end);
        let stop = matches!(reading.written(last), "." | "!" | "?" | "…");
        let mut end = match self.places.region(last).and_then(|region| self.places.tokens(region)) {
            Some(region) => region.end.max(scene.sentence.end),
            None if stop => last,
            None => scene.sentence.end,
        };
        let semicolon = (groups[at].range.end.index()..end.index())
            .map(TokenId::from_index)
            .take(CLAUSE)
            .find(|&id| reading.written(id) == ";" && !self.places.is_quoted(id));
        end = semicolon.unwrap_or(end);
        for next in groups.get(at + 1..).unwrap_or_default().iter().take(CUES) {
            if next.range.start >= end {
                break;
            }
            let Some(mut before) = next.range.start.prev() else { break };
            if before < groups[at].range.end {
                break;
            }
            let cut = match next.form {
                CueForm::Participle => reading.written(before) == ",",
                CueForm::Preposition => true,
                CueForm::Finite => {
                    let coordinated = reading.is_form(before, forms!["and", "but"]);
                    if !coordinated
                        && let Some(subject) = scene.subject_before(next.range.start)
                        && let Some(joint) = subject.start.prev()
                    {
                        before = joint;
                    }
                    // "C, S said." closes the sentence: all before it is S's.
                    let closes = reading.written(before) == ","
                        && next.cue.speech
                        && self.nothing_follows(scene, next.range.end, end);
                    closes
                        || (reading.is_form(before, forms!["and", "but", "while", "though"])
                            && (coordinated
                                || before
                                    .prev()
                                    .is_some_and(|comma| reading.written(comma) == ",")))
                }
            };
            if cut {
                let joint = reading.written(before) == ","
                    || reading.is_form(before, forms!["and", "but", "while", "though"]);
                end = if joint { before } else { before.next() };
                if let Some(comma) = end.prev().filter(|&id| reading.written(id) == ",") {
                    end = comma;
                }
                break;
            }
        }
        end.max(groups[at].range.end)
    }

    /// The subject of the clause that a participle hangs on.
    pub(super) fn main_subject(&self, scene: Scene<'_>, before: TokenId) -> Option<TokenRange> {
        let verbs = Classes::AUXILIARY.and(Classes::VERB).and(Classes::CUE_VERB);
        // "Ann Lee closed the door and said": the lexicon does not list every verb.
        let acts = |id: TokenId| {
            self.reading.written(id).ends_with("ed")
                && id.prev().is_some_and(|id| scene.is_name(id))
        };
        let verb = (scene.sentence.start.index()..before.index())
            .map(TokenId::from_index)
            .find(|&id| (self.reading.is(id, verbs) || acts(id)) && !self.places.is_quoted(id))?;
        scene.subject_before(verb)
    }

    /// "According to NP, C", "C, according to NP", "C1, according to NP, C2".
    pub(super) fn according_to(&self, scene: Scene<'_>, group: CueGroup) -> Option<Draft> {
        let mut source = scene.subject_after(group.range.end)?;
        let reading = self.reading;
        // "According to A, the b has c": no apposition when nothing else is left to be said.
        let rest = scene.sentence.end.index().saturating_sub(source.end.index());
        if group.range.start == scene.sentence.start && rest <= 1 {
            let comma = source.ids().find(|&id| reading.written(id) == ",");
            // "According to its secretary, Ann Lee, the b has c": a name is one all the same.
            let named = comma.and_then(|comma| {
                let end = reading.range(scene.entity(comma.next())?.span).end;
                (reading.written(end) == "," && scene.is_name(comma.next())).then_some(end)
            });
            source.end = named.or(comma).unwrap_or(source.end);
        }
        let mut content = Vec::new();
        let mut start = scene.sentence.start;
        if let Some(mut end) = group.range.start.prev().filter(|&id| id >= start) {
            // Keep the last word unless it is a comma.
            if reading.written(end) != "," {
                end = end.next();
            }
            while start < end && reading.is_form(start, forms!["but", "and"]) {
                start = start.next();
            }
            if start < end {
                content.push(TokenRange { start, end });
            }
        }
        let mut rest = source.end;
        if reading.written(rest) == "," {
            rest = rest.next();
        }
        let last = scene.sentence.end.prev()?;
        let end =
            if matches!(reading.written(last), "." | "!" | "?") && !self.places.is_quoted(last) {
                last
            } else {
                scene.sentence.end
            };
        let opens = content.is_empty() || reading.written(source.end) == ",";
        if rest < end && opens && end.index().saturating_sub(rest.index()) > 1 {
            content.push(TokenRange { start: rest, end });
        }
        (!content.is_empty()).then(|| Draft {
            cue: Some(group.into()),
            source: Some(source),
            ..Draft::new(content, Evidence::AccordingTo)
        })
    }
}
