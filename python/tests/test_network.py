"""Neither the program nor the package can reach the network, and both work without one."""

import subprocess
import sys
from pathlib import Path

import pytest

import pullquote
from material import ARTICLES

# What a program must import from the C library to open a connection or to look a host up.
OPENING = [b"socket", b"connect", b"getaddrinfo", b"gethostbyname", b"sendto", b"sendmsg"]

PARSE = "import pullquote; print(len(pullquote.parse('“No,” said Ann Lee.').quotes))"


def imported(path: str) -> set[bytes]:
    """Those of the functions that a program or library names; names may share their ends."""
    content = Path(path).read_bytes()
    return {name for name in OPENING if name + b"\0" in content}


def library() -> str:
    path = sys.modules["pullquote._pullquote"].__file__
    assert path is not None
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name functions otherwise")
def test_no_function_that_opens_a_connection_is_imported(program: str) -> None:
    assert {b"socket", b"connect"} <= imported(_socket()), "what uses the network is told"
    assert imported(program) == set()
    assert imported(library()) == set()


def _socket() -> str:
    """Python's own module of sockets, or Python where it is built in."""
    import _socket

    return getattr(_socket, "__file__", None) or str(Path(sys.executable).resolve())


def test_all_works_where_there_is_no_network(program: str) -> None:
    apart = ["unshare", "--user", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*apart, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `unshare`, which runs a program without a network")
    if allowed.returncode != 0:
        pytest.skip(f"`unshare` is not permitted here: {allowed.stderr.decode().strip()}")
    interfaces = [*apart, "cat", "/proc/net/dev"]
    devices = subprocess.run(interfaces, capture_output=True, text=True, check=True).stdout
    assert [line.split(":")[0].strip() for line in devices.splitlines()[2:]] == ["lo"]

    def run(*command: str) -> str:
        return subprocess.run([*apart, *command], capture_output=True, text=True, check=True).stdout

    assert run(sys.executable, "-I", "-c", PARSE) == "1\n"
    record = run(program, "parse", "--format", "jsonl", str(ARTICLES[0]))
    assert record.count("\n") == 1
    assert pullquote.parse(ARTICLES[0].read_text("utf-8")).quotes
