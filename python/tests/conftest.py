"""What pytest fills in: articles and the program."""

import os

import pytest

from material import ARTICLES, HARD


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs every test that takes an `article` on each of our articles and on the hard text."""
    if "article" in metafunc.fixturenames:
        assert ARTICLES, "examples/articles is empty"
        texts = [path.read_bytes().decode() for path in ARTICLES]
        names = [path.stem for path in ARTICLES]
        metafunc.parametrize("article", [*texts, HARD], ids=[*names, "hard"])


@pytest.fixture
def program() -> str:
    """The path of the `pullquote` program, which `cargo xtask python` builds and names."""
    path = os.environ.get("PULLQUOTE_PROGRAM")
    if path is None:
        pytest.skip("PULLQUOTE_PROGRAM names no program to compare with")
    return path
