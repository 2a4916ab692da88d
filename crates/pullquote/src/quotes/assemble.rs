//! From drafts to the finished tables of quotes and marks.
//!
//! In: the drafts, the actors, the regions. Out: [`Quotes`] with their kinds, fields and speakers,
//! and [`QuoteMarks`] in which every region has its function and, when it is speech, its quote.
//!
//! Cost: linear in the tokens of the contents.

use super::find::{CueWords, Draft, Finder};
use super::function::Guess;
use super::speakers::{self, Resolved};
use super::turns::Speaking;
use super::{
    CueClass, Evidence, MarkFunction, Polarity, Quote, QuoteId, QuoteKind, QuoteMark, QuoteMarks,
    Quotes, SourceForm,
};
use crate::actors::Actors;
use crate::entities::{EntityId, Label};
use crate::index::Id;
use crate::lexicon::Classes;
use crate::lexicon::cues::Part;
use crate::marks::RegionId;
use crate::span::Span;
use crate::tokens::{TokenId, TokenRange};
use crate::words::{Reading, forms};

/// How often an attribution that no link of the model gave is right: counted on held-out training
/// articles, and printed by `pullquote-train train quotes`. The corpus annotates neither paragraphs
/// that carry a speaker on nor quotations in quotations, so the share of the former is an estimate
/// and the latter take that of their pattern.
fn confidence(evidence: Evidence) -> f32 {
    match evidence {
        Evidence::QuoteThenCue => 0.37,
        Evidence::CueThenQuote => 0.45,
        Evidence::AccordingTo => 0.48,
        Evidence::Clause | Evidence::ClauseThenCue => 0.37,
        Evidence::Label => 0.46,
        Evidence::Carried => 0.6,
    }
}

/// Finishes the drafts. Beliefs and plans are left out unless asked for or quoted.
pub(super) fn quotes(
    finder: &Finder<'_>,
    drafts: Vec<Draft>,
    actors: &Actors,
    guesses: &[Guess],
    include_beliefs: bool,
) -> Quotes {
    let mut rows: Vec<Quote> = Vec::with_capacity(drafts.len());
    let mut speaking = Speaking::default();
    let mut group = 0;
    for draft in drafts {
        let Some(mut quote) = quote(finder, &draft, actors, &mut speaking) else { continue };
        let belief = draft.cue.is_some_and(|cue| !cue.speech() || summons(finder, &cue));
        if belief && quote.kind == QuoteKind::Indirect && !include_beliefs {
            continue;
        }
        if is_inscription(finder, &draft, guesses) {
            continue;
        }
        if !draft.continues || rows.is_empty() {
            group += 1;
        }
        quote.group = group - 1;
        rows.push(quote);
    }
    rows.sort_by_key(|quote| (quote.content.first().copied(), quote.cue.first().copied()));
    rows.into_iter().collect()
}

/// Whether a cue is of those who call a meeting, call a taxi or call off a search.
fn summons(finder: &Finder<'_>, cue: &CueWords) -> bool {
    let call = |&id: &TokenId| finder.reading.word(id).cue().is_some_and(|cue| cue.lemma == "call");
    let called = cue.range.ids().find(call);
    called.is_some_and(|id| finder.reading.is_form(id.next(), forms!["a", "an", "off"]))
}

/// Whether all that is quoted in a draft is the words of a sign, or a title or nickname beside a
/// word that is no verb of saying.
fn is_inscription(finder: &Finder<'_>, draft: &Draft, guesses: &[Guess]) -> bool {
    let says = draft
        .cue
        .is_some_and(|cue| cue.cue.is_some_and(|cue| cue.speech && cue.part == Part::Verb));
    let outer = finder.places.outer();
    let regions = |part: &TokenRange| {
        let part = *part;
        let from = outer.partition_point(|row| row.1.end <= part.start);
        let rows = outer.get(from..).unwrap_or_default();
        rows.iter().take_while(move |row| row.1.start < part.end)
    };
    let mut quoted = draft.content.iter().flat_map(regions);
    let inscribed = |region: RegionId| match guesses.get(region.index()) {
        Some(Guess { otherwise: MarkFunction::Sign, named: true, .. }) => true,
        Some(Guess {
            otherwise: MarkFunction::Title | MarkFunction::Nickname,
            named: true,
            ..
        }) => !says,
        _ => false,
    };
    let speaks = draft.source.iter().flat_map(regions).any(|row| {
        let guess = guesses.get(row.0.index());
        guess.is_some_and(|guess| guess.named && guess.otherwise == MarkFunction::Sign)
    });
    let first = quoted.next();
    speaks || first.is_some_and(|row| inscribed(row.0)) && quoted.all(|row| inscribed(row.0))
}

/// One finished quote; `speaking` are the speakers of the quote before.
fn quote(
    finder: &Finder<'_>,
    draft: &Draft,
    actors: &Actors,
    speaking: &mut Speaking,
) -> Option<Quote> {
    let reading = finder.reading;
    let mut content: Vec<Span> = (draft.content.iter())
        .filter_map(|&range| finder.span(past_credits(finder, range)))
        .collect();
    content.sort_unstable();
    // Two patterns may have claimed the same region for one attribution.
    content.dedup_by(|part, before| {
        let joined = part.overlaps(*before) || part.is_empty();
        if joined {
            *before = before.cover(*part);
        }
        joined
    });
    let first = *draft.content.first()?;
    let resolved = match (draft.source, draft.carried) {
        (Some(source), _) => speakers::resolve(reading, actors, source, speaking),
        (None, true) => speaking.carried(),
        (None, false) => Resolved::default(),
    };
    let form = if draft.borrowed { SourceForm::Borrowed } else { resolved.form };
    let cue = draft.cue;
    let anchor = cue.map_or(first.start, |cue| cue.range.start);
    let sentence = reading.sentence_of(anchor);
    *speaking = Speaking {
        speakers: resolved.speakers.clone(),
        form: resolved.form,
        sentence: Some(sentence),
    };
    Some(Quote {
        kind: kind(finder, draft),
        verbatim: verbatim(finder, &content),
        cue: cue.and_then(|cue| finder.span(cue.range)).into_iter().collect(),
        cue_lemma: cue.and_then(|cue| cue.cue).map(|cue| cue.lemma),
        cue_class: cue.and_then(|cue| cue.cue).map_or(
            if draft.evidence == Evidence::Label { CueClass::Label } else { CueClass::None },
            |cue| cue.class,
        ),
        polarity: cue.map_or(Polarity::Asserted, |cue| cue.polarity),
        source: draft.source.and_then(|source| finder.span(source)).into_iter().collect(),
        source_form: form,
        speakers: resolved.speakers,
        alternatives: resolved.alternatives,
        addressee: draft.between.and_then(|between| addressee(finder, draft, between)),
        medium: draft
            .between
            .and_then(|between| medium(finder, between))
            .or_else(|| medium(finder, opening(finder, draft)?)),
        time: draft.between.and_then(|between| time(finder, between)),
        group: 0,
        sentence,
        confidence: draft.confidence.unwrap_or_else(|| confidence(draft.evidence)),
        evidence: draft.evidence,
        content,
    })
}

/// Direct when nine words in ten are quoted, mixed when some are.
fn kind(finder: &Finder<'_>, draft: &Draft) -> QuoteKind {
    if draft.evidence == Evidence::Label {
        return QuoteKind::Direct;
    }
    let (mut words, mut quoted) = (0_usize, 0_usize);
    for id in draft.content.iter().flat_map(|range| range.ids()) {
        if finder.reading.word(id).hash != 0 {
            words += 1;
            quoted += usize::from(finder.places.is_quoted(id));
        }
    }
    match quoted {
        0 => QuoteKind::Indirect,
        _ if quoted * 10 >= words * 9 => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

/// The quoted words of the content, without their marks.
fn verbatim(finder: &Finder<'_>, content: &[Span]) -> Vec<Span> {
    let outer = finder.places.outer();
    let mut found = Vec::new();
    for part in content {
        let from = outer.partition_point(|row| row.2.end() <= part.start());
        for (id, ..) in outer[from..].iter().take_while(|row| row.2.start() < part.end()) {
            let Some(region) = finder.regions.get(*id) else { continue };
            let start = region.inner.start().max(part.start());
            let end = region.inner.end().min(part.end());
            if start < end {
                found.push(Span::new(start, end));
            }
        }
    }
    found
}

/// To whom: "told reporters".
fn addressee(finder: &Finder<'_>, draft: &Draft, between: TokenRange) -> Option<Span> {
    let cue = draft.cue?.cue?;
    let reading = finder.reading;
    let scene = finder.scene(between);
    if !scene.is_addressee(cue, between.start) || between.start >= between.end {
        return None;
    }
    let end = scene.addressee_end(between.start, between.end);
    reading.span_of(TokenRange { start: between.start, end })
}

/// Nouns for where something is said.
const MEDIA: &[u64] = forms![
    "statement",
    "interview",
    "speech",
    "letter",
    "email",
    "e-mail",
    "tweet",
    "post",
    "press",
    "conference",
    "briefing",
    "twitter",
    "facebook",
    "television",
    "radio",
    "tv",
    "memo",
    "remarks",
    "testimony",
    "call",
    "report",
    "op-ed",
    "essay",
    "blog",
    "video",
];

/// Whether a token names a medium.
pub(super) fn is_medium(reading: Reading<'_>, id: TokenId) -> bool {
    reading.is_form(id, MEDIA)
}

/// Where: "in a statement", "on Twitter".
fn medium(finder: &Finder<'_>, between: TokenRange) -> Option<Span> {
    let reading = finder.reading;
    let start = between.ids().find(|&id| {
        reading.is_form(id, forms!["in", "on", "at", "during", "via", "through", "by"])
    })?;
    let media = (start.index()..between.end.index().min(start.index() + 6))
        .map(TokenId::from_index)
        .take_while(|&id| reading.word(id).hash != 0)
        .filter(|&id| reading.is_form(id, MEDIA))
        .last()?;
    reading.span_of(TokenRange { start, end: media.next() })
}

/// How far into a sentence a medium is looked for before its source, in tokens.
const OPENING: usize = 12;

/// What stands before source and content in the cue's sentence, when it opens with a preposition:
/// "In a statement, S said C".
fn opening(finder: &Finder<'_>, draft: &Draft) -> Option<TokenRange> {
    let reading = finder.reading;
    let source = draft.source.filter(|_| !draft.borrowed)?;
    let start = reading.sentence(reading.sentence_of(draft.cue?.range.start)).start;
    let first = draft.content.first()?.start;
    let near = TokenId::from_index(start.index() + OPENING);
    let range = TokenRange { start, end: source.start.min(first).min(near) };
    (start < range.end && reading.is(start, Classes::PREPOSITION)).then_some(range)
}

/// When: the first date or time between cue and content.
fn time(finder: &Finder<'_>, between: TokenRange) -> Option<EntityId> {
    let span = finder.reading.span_of(between)?;
    let rows = finder.entities.rows();
    let from = rows.partition_point(|entity| entity.span.start() < span.start());
    let at = rows
        .get(from..)?
        .iter()
        .take_while(|entity| entity.span.end() <= span.end())
        .position(|entity| matches!(entity.label, Label::Date | Label::Time))?;
    Some(EntityId::from_index(from + at))
}

/// The account of every region between marks.
pub(super) fn marks(finder: &Finder<'_>, quotes: &Quotes, guesses: &[Guess]) -> QuoteMarks {
    let mut parts: Vec<(Span, QuoteId)> = quotes
        .iter()
        .flat_map(|(id, quote)| quote.content.iter().map(move |&span| (span, id)))
        .collect();
    parts.sort_by_key(|part| part.0);
    let mut next = 0;
    let mut open: Vec<(Span, QuoteId)> = Vec::new();
    let mut table = crate::index::Table::default();
    for ((_, region), guess) in finder.regions.iter().zip(guesses.iter().copied()) {
        while let Some(part) = parts.get(next).filter(|part| part.0.start() < region.span.end()) {
            open.push(*part);
            next += 1;
        }
        open.retain(|part| part.0.end() > region.span.start());
        // The innermost content that holds the region is the one its words belong to.
        let owner = open
            .iter()
            .filter(|part| part.0.overlaps(region.span))
            .min_by_key(|part| part.0.len())
            .map(|part| part.1);
        let function = guess.function(owner.is_some());
        let quote = owner.filter(|_| function == MarkFunction::Speech);
        table.push(QuoteMark { span: region.span, function, quote, closed: region.closed });
    }
    QuoteMarks { table, stray: finder.regions.stray.clone() }
}

/// A content without the dateline and the agency's mark that open its paragraph.
fn past_credits(finder: &Finder<'_>, content: TokenRange) -> TokenRange {
    let reading = finder.reading;
    let mut start = content.start;
    let blocks = finder.layout.blocks.rows();
    let from = blocks.partition_point(|block| block.span.start() < reading.span(start).start());
    // The paragraph stands before its inline blocks, at the same place as the first of them.
    for block in blocks.get(from..).unwrap_or_default().iter().take(3) {
        if block.kind.is_inline() && block.span.contains(reading.span(start)) {
            start = reading.range(block.span).end;
            while matches!(reading.written(start), "-" | "--" | "–" | "—" | ":") {
                start = start.next();
            }
        }
    }
    TokenRange { start: start.min(content.end), end: content.end }
}
