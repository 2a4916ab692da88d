"""What `help` shows and what editors show is the same, and its examples run."""

import ast
import doctest
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import pullquote

STUB = Path(pullquote.__file__ or "").with_name("_pullquote.pyi")


def documented() -> Iterator[tuple[str, str | None, str | None]]:
    """The name of each public class, method and function, and its text in both places."""
    for node in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        found = getattr(pullquote, node.name)
        yield node.name, ast.get_docstring(node), inspect.getdoc(found)
        for member in node.body if isinstance(node, ast.ClassDef) else []:
            # What only narrows the type of what it inherits needs no second text.
            if isinstance(member, ast.FunctionDef) and member.name in vars(found):
                if not member.name.startswith("__"):
                    name = f"{node.name}.{member.name}"
                    yield name, ast.get_docstring(member), inspect.getdoc(vars(found)[member.name])


@pytest.mark.parametrize("name, stub, compiled", list(documented()))
def test_the_stub_says_what_the_module_says(
    name: str, stub: str | None, compiled: str | None
) -> None:
    assert compiled, f"{name} has no docstring"
    assert stub == compiled


def test_the_examples_run() -> None:
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    texts = [("pullquote", None, pullquote.__doc__), *documented()]
    for name, _, text in texts:
        runner.run(parser.get_doctest(text or "", {}, name, name, 0))
    results = runner.summarize()
    assert results.attempted > 8
    assert results.failed == 0
