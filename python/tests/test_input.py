"""What is refused, and what the refusal says."""

from collections.abc import Callable
from typing import Any

import pytest

import pullquote

REFUSED: list[tuple[Callable[[Any], object], type[Exception], str]] = [
    (lambda p: p(b"The bridge."), TypeError, r"must be str, not bytes; decode it first"),
    (lambda p: p(None), TypeError, r"the text must be str, not NoneType"),
    (lambda p: p("half \ud83d pair"), ValueError, r"half a surrogate pair.*replace it with"),
    (lambda p: p("a", id=7), TypeError, r"'int' object is not an instance of 'str'"),
    (lambda p: p("a", title=7), TypeError, r"'int' object is not an instance of 'str'"),
    (lambda p: p("a", date="14.3.2026"), ValueError, r"`14.3.2026` is not a date.*YYYY-MM-DD"),
    (lambda p: p("a", date="2026-02-30"), ValueError, r"`2026-02-30` is not a date"),
    (lambda p: p("a", date=2026), TypeError, r"datetime.date or a string YYYY-MM-DD, not int"),
    (lambda p: p("a", lang="en"), TypeError, r"unexpected keyword argument 'lang'"),
    (lambda p: p("a", "id"), TypeError, r"takes 1 positional argument"),
    (lambda p: p("a").to_json(offsets="words"), ValueError, r"use chars, bytes or utf16"),
    (lambda p: p("a").to_dict(offsets="words"), ValueError, r"use chars, bytes or utf16"),
]


@pytest.mark.parametrize("faulty, error, message", REFUSED)
def test_refusals_say_the_remedy(
    faulty: Callable[[Any], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        faulty(pullquote.parse)


@pytest.mark.parametrize("stage", [pullquote.sentences, pullquote.tokens])
def test_a_stage_alone_refuses_the_same_texts(stage: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match=r"must be str, not bytes; decode it first"):
        stage(b"The bridge.")
    with pytest.raises(ValueError, match=r"half a surrogate pair.*replace it with"):
        stage("half \ud83d pair")


def test_views_are_not_made_by_hand() -> None:
    for view in (pullquote.Doc, pullquote.Span, pullquote.Entity, pullquote.Quote):
        with pytest.raises(TypeError, match=r"cannot create 'pullquote\.\w+' instances"):
            view()


@pytest.mark.parametrize(
    "text", ["\0", "\ufeff", "“" * 10_000, "“a” " * 10_000, "\r\n" * 10_000, "a" * 1_000_000]
)
def test_any_text_gives_a_document(text: str) -> None:
    assert pullquote.parse(text).text == text
    assert pullquote.sentences(text) == pullquote.parse(text).sents
