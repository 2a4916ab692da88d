"""Reads a news article and pulls out who said what.

>>> import pullquote
>>> doc = pullquote.parse("“The bridge opens in May,” said Mayor Ann Lee.")
>>> [sentence.text for sentence in doc.sents]
['“The bridge opens in May,” said Mayor Ann Lee.']

All positions are half-open and count code points, as Python slices do.
"""

from pullquote._pullquote import (
    Actor,
    Block,
    Doc,
    Entity,
    Mention,
    Parser,
    Quote,
    QuoteMark,
    Role,
    Sentence,
    Span,
    Speaker,
    __version__,
    parse,
)

__all__ = [
    "Actor",
    "Block",
    "Doc",
    "Entity",
    "Mention",
    "Parser",
    "Quote",
    "QuoteMark",
    "Role",
    "Sentence",
    "Span",
    "Speaker",
    "__version__",
    "parse",
]
