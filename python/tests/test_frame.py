"""Data frames: what they hold, and that the libraries that users have take them as they are."""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import pytest

import pullquote
from material import ARTICLES, HARD

Make = Callable[[Iterable[pullquote.Doc | str]], pullquote.Frame]
FRAMES: list[tuple[Make, str]] = [
    (pullquote.quotes_frame, "quotes"),
    (pullquote.entities_frame, "entities"),
    (pullquote.actors_frame, "people"),
    (pullquote.sentences_frame, "sentences"),
]


def rows(frame: pullquote.Frame) -> list[dict[str, Any]]:
    """The rows as pyarrow reads them off the stream."""
    return list(import_module("pyarrow").table(frame).to_pylist())


@pytest.mark.parametrize("make, command", FRAMES)
def test_a_frame_holds_what_the_program_writes(program: str, make: Make, command: str) -> None:
    done = subprocess.run(
        [program, command, "--format", "csv", *map(str, ARTICLES)], capture_output=True, check=True
    )
    wanted = list(csv.DictReader(done.stdout.decode().splitlines(keepends=True)))
    docs = [pullquote.parse(path.read_bytes().decode(), id=path.stem) for path in ARTICLES]
    frame = make(docs)
    assert len(frame) == len(wanted) > 0
    assert frame.columns == tuple(wanted[0])
    for row, expected in zip(rows(frame), wanted, strict=True):
        written = {key: "" if value is None else str(value) for key, value in row.items()}
        assert written == expected


@pytest.mark.parametrize("make", [make for make, _ in FRAMES])
def test_documents_and_texts_give_the_same_rows(make: Make) -> None:
    docs = [pullquote.parse(HARD), pullquote.parse("The bridge opens."), pullquote.parse(HARD)]
    texts = [HARD, "The bridge opens.", HARD]
    assert rows(make(docs)) == rows(make(iter(texts)))
    assert rows(make(pullquote.Parser().pipe(texts, threads=2))) == rows(make(texts))
    assert {row["document"] for row in rows(make(texts))} <= {"0", "1", "2"}
    assert rows(make([pullquote.parse(HARD, id="a")]))[0]["document"] == "a"


def test_positions_slice_the_text(article: str) -> None:
    for row in rows(pullquote.sentences_frame([article])):
        assert article[row["start"] : row["end"]] == row["text"]
    doc = pullquote.parse(article)
    quotes = rows(pullquote.quotes_frame([doc]))
    assert [row["speaker"] for row in quotes] == [
        "; ".join(speaker.name for speaker in quote.speakers) or None for quote in doc.quotes
    ]


def test_columns_have_types_even_without_rows() -> None:
    arrow = import_module("pyarrow")
    for make, _ in FRAMES:
        empty, full = make([]), make([HARD, "“So it does,” said Ann Lee."])
        assert (len(empty), empty.columns) == (0, full.columns)
        assert arrow.table(empty).schema == arrow.table(full).schema
    schema = arrow.table(pullquote.quotes_frame([])).schema
    assert schema.field("start").type == arrow.int64()
    assert schema.field("confidence").type == arrow.float64()
    assert schema.field("speaker").type == arrow.large_string()


def test_pandas_and_polars_take_it() -> None:
    frame = pullquote.quotes_frame(["“So it does,” said Ann Lee. “It does,” she added."])
    for data in (frame.to_pandas(), frame.to_polars()):
        assert tuple(data.columns) == frame.columns
        assert list(data["speaker"]) == ["Ann Lee", "Ann Lee"]
    assert type(frame.to_pandas()).__module__.startswith("pandas")
    assert type(frame.to_polars()).__module__.startswith("polars")
    # A frame can be read as often as one likes, and outlives what it was made from.
    assert frame.to_polars().equals(import_module("polars").DataFrame(frame))
    assert repr(frame).startswith("Frame(2 rows: document, id, kind, speaker, ")


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pullquote.quotes_frame([])
    for name, wanted in [("pandas", "pandas pyarrow"), ("pyarrow", "pandas pyarrow")]:
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, name, None)
            with pytest.raises(ImportError, match=f"{name}.*pip install {wanted}"):
                frame.to_pandas()
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="pip install polars"):
        frame.to_polars()


def test_what_is_no_document_is_refused() -> None:
    refused: list[tuple[Any, str]] = [
        ("The bridge opens.", "not one str; put it into a list"),
        (pullquote.parse("The bridge opens."), "not one Doc; put it into a list"),
        (7, "not iterable"),
        ([b"bytes"], "must be str, not bytes; decode it first"),
    ]
    for docs, message in refused:
        with pytest.raises(TypeError, match=message):
            pullquote.quotes_frame(docs)
    failure = LookupError("the archive is closed")

    def failing() -> Iterable[str]:
        yield "The bridge opens."
        raise failure

    with pytest.raises(LookupError) as raised:
        pullquote.quotes_frame(failing())
    assert raised.value is failure
