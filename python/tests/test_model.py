"""A model of one's own: found, shared, pickled, and refused with the remedy."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import pullquote
from material import ROOT

# No sentence of the corpus, and a product that it does not have.
TEXT = "The clinic in Vellin ordered a Wrenn Lamp from Ostrel Works. The Wrenn Lamp never came."


def names(doc: pullquote.Doc) -> list[tuple[str, str]]:
    """The entities with their labels."""
    return [(entity.text, entity.label) for entity in doc.ents]


def test_names_are_found_by_the_model(model: Path) -> None:
    parser = pullquote.Parser(model=model)
    lamp = ("Wrenn Lamp", "PRODUCT")
    found = [("Vellin", "LOC"), lamp, ("Ostrel Works", "ORG"), lamp]
    assert names(parser.parse(TEXT)) == found != names(pullquote.parse(TEXT))
    assert [names(doc) for doc in parser.pipe([TEXT] * 3, threads=2)] == [found] * 3


def test_parsers_with_a_model_are_equal_by_the_model(model: Path, tmp_path: Path) -> None:
    parser, plain = pullquote.Parser(model=model), pullquote.Parser()
    copied = tmp_path / "copied.bin"
    copied.write_bytes(model.read_bytes())
    assert parser == pullquote.Parser(model=str(copied)) != plain
    assert parser.parse(TEXT) == pullquote.Parser(model=copied).parse(TEXT) != plain.parse(TEXT)
    assert (parser.model, plain.model) == (str(model), None)
    assert repr(parser) == f"Parser(model={str(model)!r})"


def test_pickling_keeps_the_path_of_the_model(model: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.bin"
    moved.write_bytes(model.read_bytes())
    parser = pullquote.Parser(model=moved)
    pickled = pickle.dumps([parser, parser.parse(TEXT, id="a"), parser.parse(TEXT)])
    assert len(pickled) < len(TEXT) + 1000, "the model is not in it"
    again = pickle.loads(pickled)
    assert again == [parser, parser.parse(TEXT, id="a"), parser.parse(TEXT)]
    assert again[1].to_json() == parser.parse(TEXT, id="a").to_json()
    moved.unlink()
    with pytest.raises(FileNotFoundError, match=r"moved\.bin"):
        pickle.loads(pickled)


BUILT_IN = ROOT / "crates" / "pullquote-data" / "model"
DAMAGES: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda good: b"", "not a pullquote model"),
    (lambda good: b"%PDF-1.7" + good, "not a pullquote model"),
    (lambda good: good[:-1], "cut short or damaged"),
    (lambda good: good + b"\0", "cut short or damaged"),
    (lambda good: good[:20], "cut short or damaged"),
    (lambda good: good[:-1] + bytes([good[-1] ^ 1]), "checksum does not match"),
    (lambda good: good[:4] + b"\xff" + good[5:], "model layout 255, but this version reads"),
    (lambda good: (BUILT_IN / "quotes.bin").read_bytes(), "trained with other features"),
]


@pytest.mark.parametrize("damage, reason", DAMAGES)
def test_a_file_that_is_no_model_is_refused_with_the_remedy(
    damage: Callable[[bytes], bytes], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.bin"
    path.write_bytes(damage((BUILT_IN / "entities.bin").read_bytes()))
    with pytest.raises(ValueError, match=reason) as refused:
        pullquote.Parser(model=path)
    assert str(refused.value).startswith(f"{path}: ")
    assert "`pullquote-train train entities --corpus" in str(refused.value)


def test_the_built_in_model_read_from_its_file_finds_the_same(article: str) -> None:
    parser = pullquote.Parser(model=BUILT_IN / "entities.bin")
    assert parser.parse(article).to_json() == pullquote.parse(article).to_json()


def test_a_file_that_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    for path, error in [(tmp_path / "none.bin", FileNotFoundError), (tmp_path, OSError)]:
        with pytest.raises(error) as refused:
            pullquote.Parser(model=path)
        assert isinstance(refused.value, OSError)
        assert (refused.value.filename, bool(refused.value.errno)) == (str(path), True)
    with pytest.raises(TypeError, match=r"str, bytes or os\.PathLike"):
        pullquote.Parser(model=7)  # type: ignore[arg-type]
