//! Edges: where the parts of a link begin and end.
//!
//! In: a cue, source or content as the model cut it and what the patterns have for the same cue. Out:
//! the part as the record wants it: a cue without addressee, medium or sign, a source without a comma
//! at its edge, a content without whom it was said to and with the half that stands before its cue.
//!
//! Invariant: a part stays within its sentence, but for the quotation that a colon brings in below.
//! Cost: linear in the part. Not attempted: where a clause of reported speech ends without a sign.

use super::find::{BETWEEN, CueWords, Draft, Finder};
use super::phrases::RELATIVE;
use super::{CueClass, Evidence, assemble};
use crate::index::Id;
use crate::lexicon::Classes;
use crate::tokens::{TokenId, TokenRange};
use crate::words::forms;

/// The longest stretch before a source that is taken for the first half of a content, in tokens.
const HEAD: usize = 60;

impl Finder<'_> {
    /// The source with the rest of its relative clause, "said Ann Lee, who saw it and wrote it down",
    /// where the pattern has it.
    pub(super) fn whole_source(&self, source: TokenRange, pattern: Option<&Draft>) -> TokenRange {
        let reading = self.reading;
        let known = pattern.filter(|draft| draft.evidence == Evidence::QuoteThenCue);
        let Some(whole) = known.and_then(|draft| draft.source) else { return source };
        let last = source.end.prev().unwrap_or(source.start);
        let goes_on = [last, source.end].iter().any(|&id| reading.is_form(id, forms!["and"]));
        let relative = source.ids().any(|id| reading.is_form(id, RELATIVE));
        let longer = whole.start == source.start && whole.end > source.end;
        if goes_on && relative && longer { whole } else { source }
    }

    /// Adds the rest of a clause that the model ended before a relative clause: "the fire, which began
    /// in a kitchen, had been put out". The pattern has the whole of it.
    pub(super) fn add_rest(&self, pattern: Option<&Draft>, content: &mut [TokenRange]) {
        let reading = self.reading;
        let whole = pattern.filter(|draft| draft.evidence == Evidence::Clause);
        let ([part], Some([whole])) = (content, whole.map(|draft| draft.content.as_slice())) else {
            return;
        };
        let relative = part.end.next();
        let stops = reading.written(part.end) == "," && reading.is_form(relative, RELATIVE);
        if !stops || part.start != whole.start || part.end >= whole.end {
            return;
        }
        let close = (relative.index()..whole.end.index())
            .map(TokenId::from_index)
            .find(|&id| reading.written(id) == ",");
        let verbs = Classes::AUXILIARY.and(Classes::VERB);
        if close.is_some_and(|close| reading.is(close.next(), verbs)) {
            part.end = whole.end;
        }
    }

    /// Adds what stands before the source to what goes on after the cue: "C, S said, C".
    pub(super) fn add_head(
        &self,
        cue: TokenRange,
        source: Option<TokenRange>,
        content: &mut Vec<TokenRange>,
    ) {
        let reading = self.reading;
        let comma = |id: TokenId| reading.written(id) == ",";
        let [tail] = content.as_slice() else { return };
        let Some(source) = source.filter(|source| source.end == cue.start) else { return };
        let start = reading.sentence(reading.sentence_of(cue.start)).start;
        let Some(end) = source.start.prev().filter(|&end| end > start && comma(end)) else {
            return;
        };
        let head = TokenRange { start, end };
        let opens = Classes::PREPOSITION.and(Classes::ADVERB).and(Classes::CONJUNCTION);
        let near = end.index() - start.index() <= HEAD;
        let free = near
            && !reading.is(start, opens.and(Classes::CALENDAR))
            && !head.ids().any(|id| self.places.is_quoted(id) || comma(id));
        let follows = comma(cue.end) && tail.start == cue.end.next();
        let first = if self.places.is_quoted(tail.start) { tail.start.next() } else { tail.start };
        if free && follows && !reading.is_capitalised(first) {
            content.insert(0, head);
        }
    }

    /// Ends a clause where its quoted words end with a comma and another clause begins: "called it
    /// “true,” but went on".
    pub(super) fn trim_tail(&self, cue: TokenRange, content: &mut [TokenRange]) {
        let reading = self.reading;
        let Some(part) = content.last_mut().filter(|part| part.start >= cue.end) else { return };
        let outer = self.places.outer();
        let from = outer.partition_point(|row| row.1.start < part.start);
        let rows = outer.get(from..).unwrap_or_default();
        for (_, region, _) in rows.iter().take_while(|row| row.1.end < part.end) {
            let comma = region.end.prev().and_then(Id::prev).map(|id| reading.written(id));
            let apart = region.start.prev().is_some_and(|id| reading.written(id) == ",");
            let joint = forms!["but", "which", "who", "while", "though", "although", "whereas"];
            let goes_on =
                reading.is_form(region.end, joint) || reading.written(region.end).ends_with("ing");
            if comma == Some(",") && !apart && goes_on {
                part.end = region.end;
                return;
            }
        }
    }

    /// Leaves the person asked out of what was asked: "asked her whether".
    pub(super) fn trim_addressee(&self, cue: &CueWords, content: &mut [TokenRange]) {
        const REACH: usize = 8;
        let asks = cue.cue.is_some_and(|cue| cue.class == CueClass::Ask);
        let first = content.first_mut().filter(|first| asks && first.start == cue.range.end);
        let Some(first) = first else { return };
        let opens = |&id: &TokenId| {
            self.reading.is_form(id, forms!["whether"]) && !self.places.is_quoted(id)
        };
        first.start = first.ids().take(REACH).find(opens).unwrap_or(first.start);
    }

    /// Leaves out of a content what a colon cuts off from it, "told them: ...", and the preposition
    /// before that out of the cue, "wrote to them: ...". Returns the cue.
    pub(super) fn trim_lead(
        &self,
        mut cue: TokenRange,
        content: &mut Vec<TokenRange>,
    ) -> TokenRange {
        let reading = self.reading;
        let quoted = |id| self.places.is_quoted(id);
        let first = content.first_mut().filter(|first| first.start == cue.end);
        let Some(first) = first else { return cue };
        let verbs = Classes::CUE_VERB.and(Classes::AUXILIARY).and(Classes::VERB);
        let ids = (cue.end.index()..).map(TokenId::from_index).take(BETWEEN);
        let mut ids = ids.take_while(|&id| !quoted(id) && !reading.is(id, verbs));
        let colon = ids.find(|&id| reading.written(id) == ":");
        let region = colon.and_then(|colon| self.places.region(colon.next()));
        let Some(region) = region.and_then(|region| self.places.tokens(region)) else {
            return cue;
        };
        if region.start < first.end {
            first.start = region.start;
        } else if content.len() == 1 {
            // The words stand in the next block.
            content[0] = region;
        } else {
            content.remove(0);
        }
        let last = cue.end.prev().filter(|&last| last > cue.start);
        cue.end = last.filter(|&last| reading.is_form(last, forms!["to", "in"])).unwrap_or(cue.end);
        cue
    }

    /// A source without a comma at its edge, and without the verb of another clause after it:
    /// "Ann Lee left together with her son, saying".
    pub(super) fn trim_source(&self, mut source: TokenRange) -> TokenRange {
        let reading = self.reading;
        let relative =
            source.ids().any(|id| reading.is_form(id, forms!["who", "which", "that", "whose"]));
        let last = source.end.prev().filter(|last| !relative && source.start.next() < *last);
        let scene = self.scene(source);
        if let Some(last) = last
            && reading.is(last, Classes::VERB)
            && !reading.is(last, Classes::ROLE.and(Classes::PEOPLE).and(Classes::BODY))
            && last.prev().is_some_and(|before| scene.is_name(before))
            && !scene.is_name(last)
        {
            source.end = last;
        }
        while let Some(last) = source.end.prev().filter(|&last| last > source.start) {
            if reading.written(last) != "," {
                break;
            }
            source.end = last;
        }
        source
    }

    /// A cue without the sign after it, without what is joined on before it, "together, saying",
    /// and without the medium: "said in a statement:".
    pub(super) fn trim_cue(&self, mut cue: TokenRange) -> TokenRange {
        let reading = self.reading;
        while let Some(last) = cue.end.prev().filter(|&last| last > cue.start) {
            if !matches!(reading.written(last), "," | ":") {
                break;
            }
            cue.end = last;
        }
        // "told them" without whom.
        if let Some(last) = cue.end.prev()
            && let Some(verb) = last.prev().filter(|&verb| verb >= cue.start)
            && reading.is(last, Classes::PRONOUN)
            && let Some(told) = reading.word(verb).cue()
            && self.scene(cue).is_addressee(told, last)
        {
            cue.end = last;
        }
        let verbs = Classes::CUE_VERB.and(Classes::AUXILIARY).and(Classes::VERB);
        let joint = cue
            .ids()
            .skip(1)
            .find(|&id| reading.written(id) == "," || reading.is_form(id, forms!["and"]));
        if let Some(joint) = joint
            && !cue.ids().take_while(|&id| id < joint).any(|id| reading.is(id, verbs))
            && (joint.index()..cue.end.index())
                .any(|id| reading.is(TokenId::from_index(id), Classes::CUE_VERB))
        {
            cue.start = joint.next();
        }
        let medium = cue.ids().skip(1).find(|&id| {
            let before = id.prev().map(|before| reading.word(before)).unwrap_or_default();
            before.is(Classes::CUE_VERB)
                && reading.is_form(id, forms!["in", "on", "at", "during", "via"])
                && (id.index()..cue.end.index())
                    .map(TokenId::from_index)
                    .any(|id| assemble::is_medium(reading, id))
        });
        cue.end = medium.unwrap_or(cue.end);
        cue
    }
}
