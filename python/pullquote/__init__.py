"""Reads a news article and pulls out who said what.

>>> import pullquote
>>> doc = pullquote.parse("“The bridge opens in May,” said Mayor Ann Lee.", date="2026-03-14")
>>> doc.quotes[0].speaker.name, doc.quotes[0].text
('Ann Lee', '“The bridge opens in May,”')
>>> doc.times[0].start_date, doc.times[0].end_date
(datetime.date(2026, 5, 1), datetime.date(2026, 5, 31))

`parse` reads one article; `Parser` has the options, a model of your own and, for many articles,
`pipe`; `sentences` and `tokens` read no further than their names say; `quotes_frame` and its like
put documents into data frames. `pullquote.spark` does so in Spark, `pullquote.spacy` is a component
for spaCy; neither is imported unless you do. All positions are half-open and count code points, as
Python slices do.
"""

from pullquote._pullquote import (
    Actor,
    Amount,
    Block,
    Doc,
    Entity,
    Frame,
    Mention,
    Parser,
    Quote,
    QuoteMark,
    Role,
    Sentence,
    Span,
    Speaker,
    Time,
    __version__,
    actors_frame,
    entities_frame,
    quotes_frame,
    sentences,
    sentences_frame,
    tokens,
)

__all__ = [
    "Actor",
    "Amount",
    "Block",
    "Doc",
    "Entity",
    "Frame",
    "Mention",
    "Parser",
    "Quote",
    "QuoteMark",
    "Role",
    "Sentence",
    "Span",
    "Speaker",
    "Time",
    "__version__",
    "actors_frame",
    "entities_frame",
    "parse",
    "quotes_frame",
    "sentences",
    "sentences_frame",
    "tokens",
]

# The default parser's own method: one signature and one text of help for both.
parse = Parser().parse
