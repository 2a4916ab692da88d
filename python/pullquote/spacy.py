"""Who said what in a spaCy pipeline: the component `pullquote`.

spaCy finds it by its name; nothing needs to be imported.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> component = nlp.add_pipe("pullquote")
>>> doc = nlp("“The dam will hold,” said Ann Lee. She denied that it leaks.")
>>> for quote in doc.spans["quotes"]:
...     print(quote.label_, quote._.speaker, quote._.cue, quote.text)
direct Ann Lee said “The dam will hold,”
indirect Ann Lee denied that it leaks
>>> [(ent.text, ent.label_, ent._.actor) for ent in doc.ents]
[('Ann Lee', 'PERSON', 'Ann Lee')]

What it sets, on the tokens of the pipeline, whatever these are:

- `doc.ents`, in place of any that were there, with `ent._.value` (ISO 8601 or a decimal, a string)
  and `ent._.actor` (a name);
- sentence starts, unless a parser has set them before;
- `doc.spans["quotes"]`, a span for each stretch of what was said: the label is the quote's kind,
  the id its number, and `_.speaker` (a name), `_.speakers` (several), `_.cue`, `_.polarity` and
  `_.confidence` say the rest;
- `doc.spans["cues"]` and `doc.spans["sources"]`, with the number of their quote as id;
- `doc.spans["mentions"]`, a span for each mention of an actor: the label is the actor's kind, the
  id its number, `_.actor` its name;
- `doc._.date`, the publication date, an ISO string. Where you know it, set it on
  `nlp.make_doc(text)` and hand that to `nlp`.

A span that begins or ends inside a token of the pipeline takes in the whole token. All values are
strings, numbers and lists, so that documents are stored and loaded as ever.
"""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

import pullquote

__all__ = ["Component", "annotate", "component"]

for _name in ("speaker", "speakers", "cue", "polarity", "confidence", "actor", "value"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
if not Doc.has_extension("date"):
    Doc.set_extension("date", default=None)


class Component:
    """Annotates documents with what `parser` finds in their texts."""

    def __init__(self, parser: pullquote.Parser) -> None:
        """Keeps the parser, which all documents share."""
        self.parser = parser

    def __call__(self, doc: Doc) -> Doc:
        """Reads the text of `doc` and annotates it. `ValueError` when `doc._.date` is no date."""
        return annotate(doc, self.parser.parse(doc.text, date=doc._.date))


@Language.factory(
    "pullquote",
    default_config={"include_beliefs": False, "model": None},
    assigns=["doc.ents", "doc.spans", "token.is_sent_start", "doc._.date", "span._.speaker"],
)
def component(nlp: Language, name: str, include_beliefs: bool, model: str | None) -> Component:
    """The component with `Parser`'s options, as `nlp.add_pipe("pullquote", config={...})` asks."""
    return Component(pullquote.Parser(include_beliefs=include_beliefs, model=model))


def annotate(doc: Doc, found: pullquote.Doc) -> Doc:
    """Annotates `doc` with what was found in its text, and returns it. Linear in both.

    `ValueError` when `found` has another text.
    """
    if doc.text != found.text:
        raise ValueError("the documents have different texts; parse doc.text")
    if found.date is not None:
        doc._.date = found.date.isoformat()

    if len(doc) and not doc.has_annotation("DEP"):
        # What stands before the first sentence is part of it.
        starts = {0, *(_span(doc, sent).start for sent in found.sents[1:])}
        for token in doc:
            token.is_sent_start = token.i in starts

    ents = []
    for entity in found.ents:
        ents.append(_span(doc, entity, entity.label))
        ents[-1]._.value = None if entity.value is None else str(entity.value)
        ents[-1]._.actor = entity.actor and entity.actor.name
    # Two names in one token of the pipeline would overlap.
    doc.ents = filter_spans(ents)

    quotes, cues, sources = [], [], []
    for quote in found.quotes:
        cue = " ".join(part.text for part in quote.cue)
        names = [speaker.name for speaker in quote.speakers]
        for span in _spans(doc, quote.content, quote.kind, quote.id):
            span._.speaker, span._.speakers = names[0] if names else None, names
            span._.cue, span._.polarity = cue or None, quote.polarity
            span._.confidence = quote.confidence
            quotes.append(span)
        cues += _spans(doc, quote.cue, quote.cue_class, quote.id)
        sources += _spans(doc, quote.source, quote.source_form, quote.id)
    mentions = []
    for actor in found.actors:
        for span in _spans(doc, actor.mentions, actor.kind, actor.id):
            span._.actor = actor.name
            mentions.append(span)
    groups = {"quotes": quotes, "cues": cues, "sources": sources, "mentions": mentions}
    for name, spans in groups.items():
        doc.spans[name] = spans
    return doc


def _spans(doc: Doc, parts: Iterable[pullquote.Span], label: str, number: int) -> list[Span]:
    """The spans of `doc` over these parts, with what they belong to as their id."""
    return [_span(doc, part, label, str(number)) for part in parts]


def _span(doc: Doc, part: pullquote.Span, label: str = "", number: str = "") -> Span:
    """The whole tokens of `doc` that a part of its text touches."""
    start, end = part.start_char, part.end_char
    span = doc.char_span(start, end, label, span_id=number, alignment_mode="expand")
    if span is None:  # only where the text is another one
        raise ValueError(f"no token of the pipeline at {start} to {end}")
    return span
