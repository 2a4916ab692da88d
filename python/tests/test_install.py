"""The installed package: where it comes from, what importing it costs, what it touches."""

import subprocess
import sys
import sysconfig
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import pytest

import pullquote


def run(code: str) -> str:
    """Runs `code` in a fresh interpreter without the user's settings."""
    command = [sys.executable, "-I", "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_wheel_is_what_is_tested() -> None:
    assert pullquote.__file__ is not None
    assert Path(pullquote.__file__).is_relative_to(sysconfig.get_path("purelib"))
    assert pullquote.__version__ == metadata.version("pullquote")
    assert metadata.requires("pullquote") is None


def test_the_wheel_holds_types_and_licences() -> None:
    names = {path.name for path in metadata.files("pullquote") or []}
    assert {"py.typed", "_pullquote.pyi", "LICENSE-MIT", "LICENSE-APACHE"} <= names


def test_importing_brings_in_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import pullquote;"
        "print(*sorted(set(sys.modules) - before))"
    )
    assert run(code).split() == ["pullquote", "pullquote._pullquote"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on open files to set")
def test_parsing_opens_no_file_and_no_connection() -> None:
    code = (
        "import resource, pullquote;"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0));"
        "print(pullquote.parse('The bridge opens. It is early.').to_json())"
    )
    assert run(code).strip() == pullquote.parse("The bridge opens. It is early.").to_json()


def test_a_second_interpreter_works_or_is_told_why_not() -> None:
    code = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
interpreters.run_string(interpreters.create(), '''
try:
    import pullquote
    print(len(pullquote.parse("It rained. It snowed.").sents))
except ImportError as error:
    print(error)
''')
"""
    said = run(code).strip()
    # From 3.12 on each has a lock of its own, for which classes of one interpreter are not made.
    assert said == "2" if sys.version_info < (3, 12) else "subinterpreters" in said


def test_threads_share_a_document_and_its_parser() -> None:
    parser = pullquote.Parser()
    doc = parser.parse("“The dam will hold,” said Ann Lee. She denied that it leaks. " * 50)
    start = threading.Barrier(8)

    def read(_: int) -> tuple[object, ...]:
        start.wait()
        views = (doc.text, doc.sents, doc.tokens, doc.ents, doc.actors, doc.quotes)
        assert parser.parse(doc.text) == doc
        return (*(id(view) for view in views), hash(doc), doc.to_json())

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(read, range(8)))) == 1, "each view is made once"


@pytest.mark.skipif(
    not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this Python has its lock"
)
def test_the_lock_stays_away_where_there_is_none() -> None:
    assert run("import sys, pullquote; print(sys._is_gil_enabled())").strip() == "False"
