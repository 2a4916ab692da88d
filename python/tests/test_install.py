"""The installed package: where it comes from, what importing it costs, what it touches."""

import subprocess
import sys
import sysconfig
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
