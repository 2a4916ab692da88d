"""`Parser.pipe`: order, threads, laziness, exceptions."""

import contextlib
import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import pullquote

TASKS = Path("/proc/self/task")
TEXTS = [f"Bridge {number} opens. " * (number % 40) for number in range(300)]


@pytest.mark.parametrize("threads", [None, 1, 2, 9])
def test_documents_come_in_order_on_any_number_of_threads(threads: int | None) -> None:
    parser = pullquote.Parser()
    docs = list(parser.pipe(iter(TEXTS), threads=threads))
    assert [doc.text for doc in docs] == TEXTS
    assert docs == [parser.parse(text) for text in TEXTS]


def test_options_reach_the_threads() -> None:
    parser = pullquote.Parser(include_beliefs=True)
    assert list(parser.pipe(["He hopes to win."])) == [parser.parse("He hopes to win.")]


def test_no_texts_give_no_documents() -> None:
    assert list(pullquote.Parser().pipe([])) == []


def test_texts_are_read_only_a_few_ahead() -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        for read in itertools.count(1):
            yield f"Bridge {read} opens."

    docs = pullquote.Parser().pipe(endless(), threads=2)
    assert read == 0, "nothing is read before the first document is asked for"
    for number in range(1, 50):
        assert next(docs).text == f"Bridge {number} opens."
        assert read < number + 2 * 4


def test_the_texts_own_exception_comes_after_the_documents_before_it() -> None:
    failure = LookupError("the archive is closed")

    def failing() -> Iterator[str]:
        yield from TEXTS[:3]
        raise failure

    docs = pullquote.Parser().pipe(failing(), threads=2)
    assert [next(docs).text for _ in range(3)] == TEXTS[:3]
    with pytest.raises(LookupError) as raised:
        next(docs)
    assert raised.value is failure
    assert next(docs, None) is None, "an iterator that failed is at its end"


def test_what_is_no_text_is_refused_in_its_turn() -> None:
    docs = pullquote.Parser().pipe(["The bridge opens.", b"bytes"])  # type: ignore[list-item]
    assert next(docs).text == "The bridge opens."
    with pytest.raises(TypeError, match="must be str, not bytes"):
        next(docs)


def test_arguments_are_checked_at_once() -> None:
    parser = pullquote.Parser()
    for threads in (0, -1):
        with pytest.raises(ValueError, match=f"threads must be 1 or more, not {threads}"):
            parser.pipe([], threads=threads)
    with pytest.raises(TypeError, match=r"one text write parser\.parse"):
        parser.pipe("The bridge opens.")
    with pytest.raises(TypeError, match="not iterable"):
        parser.pipe(7)  # type: ignore[arg-type]


def parsing_threads() -> int:
    """Count this process's parsing threads."""
    count = 0
    for task in TASKS.iterdir():
        with contextlib.suppress(OSError):  # it ended between listing and reading
            count += (task / "comm").read_text().strip() == "pullquote"
    return count


def await_threads(wanted: int) -> None:
    """Wait until the process has so many parsing threads."""
    deadline = time.monotonic() + 10
    while parsing_threads() != wanted:
        assert time.monotonic() < deadline, f"never came to {wanted} parsing threads"
        time.sleep(0.001)


@pytest.mark.skipif(not TASKS.is_dir(), reason="only Linux lists a process's threads there")
def test_a_pipe_left_before_its_end_leaves_no_thread_behind() -> None:
    await_threads(0)
    docs = pullquote.Parser().pipe(itertools.repeat("The bridge opens."), threads=3)
    next(docs)
    await_threads(3)
    del docs
    await_threads(0)


def test_parsing_lets_other_threads_run() -> None:
    text = "The bridge opens in May. “So it does,” said Ann Lee.\n" * 100_000
    ticks, parsing = 0, True

    def tick() -> None:
        nonlocal ticks
        while parsing:
            time.sleep(0.001)
            ticks += 1

    clock = threading.Thread(target=tick)
    clock.start()
    ticks = 0
    started = time.perf_counter()
    pullquote.parse(text)
    took, ticked = time.perf_counter() - started, ticks
    parsing = False
    clock.join()
    # Held, the lock would let through one tick or two, whatever the time.
    assert ticked > 5, f"{ticked} ticks of a millisecond in {took:.3f} s"
