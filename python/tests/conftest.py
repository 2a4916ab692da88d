"""What pytest fills in: articles and the program."""

import os
import subprocess
from pathlib import Path

import pytest

from material import ARTICLES, HARD, ROOT


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


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of names that knows lamps and kettles, trained by the documented command."""
    trainer = os.environ.get("PULLQUOTE_TRAIN")
    if trainer is None:
        pytest.skip("PULLQUOTE_TRAIN names no program to train with")
    corpus = ROOT / "tests" / "fixtures" / "own-corpus.jsonl"
    path = tmp_path_factory.mktemp("model") / "own.bin"
    subprocess.run([trainer, "train", "entities", "--corpus", corpus, "--out", path], check=True)
    return path
