"""Runs the code blocks of a page in Markdown and compares what they print.

A ``python`` block is run after those before it, in the same names; a ``console`` block is a
shell's: each line after ``$ `` is run, and the lines below it, if any, are what it prints. A
``text`` block is what the block before it prints; a ``json`` block the same, as JSON that may leave
fields out, and but for confidences, which every training moves. What installs or submits is not
run here, and Rust is the Rust tests' business.
"""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from material import ROOT

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What `cargo xtask python` and the tests of Spark run already.
NOT_HERE = ("pip install", "spark-submit", "cargo install")
TRAINER = "cargo run --release -p pullquote-train --"


def prepare(folder: Path) -> None:
    """Lays out what the pages read."""
    articles = ROOT / "examples" / "articles"
    shutil.copytree(articles, folder / "articles")
    shutil.copy(articles / "lake-ferry.txt", folder / "article.txt")
    lines = (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8")
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    pq.write_table(pa.Table.from_pylist(rows), folder / "articles.parquet")
    for name in ("mine.jsonl", "held-out.jsonl"):
        shutil.copy(ROOT / "tests" / "fixtures" / "own-corpus.jsonl", folder / name)


def blocks(page: Path) -> Iterator[tuple[str, str, int]]:
    """The language, the text and the line of each block."""
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        yield found[1], found[2], text.count("\n", 0, found.start()) + 2


def run(page: Path, folder: Path, names: dict[str, Any] | None = None) -> int:
    """Runs a page in a folder, with these names known; how many blocks it has."""
    names = {"__name__": "__main__"} | (names or {})
    printed, count = "", 0
    for language, text, line in blocks(page):
        where = f"{page.name}:{line}"
        count += 1
        if language == "python":
            # The lines of the page, for tracebacks.
            code = compile("\n" * (line - 1) + text, str(page), "exec")
            out = io.StringIO()
            with contextlib.chdir(folder), contextlib.redirect_stdout(out):
                exec(code, names)
            printed = out.getvalue()
        elif language == "console":
            shell(text, folder, where)
        elif language == "text":
            assert printed.rstrip() == text.rstrip(), where
        elif language == "json":
            shown = json.loads(text)
            if printed:
                assert holds(json.loads(printed), shown), f"{where}: {printed}"
            printed = ""
        else:
            assert language == "rust", f"{where}: nobody runs {language}"
    return count


def shell(text: str, folder: Path, where: str) -> None:
    """Runs the commands of a block."""
    # Links to these two and nothing else, for older builds may lie beside them.
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    for name in ("PULLQUOTE_PROGRAM", "PULLQUOTE_TRAIN"):
        if (program := os.environ.get(name)) and not (link := tools / Path(program).name).exists():
            link.symlink_to(program)
    environment = {**os.environ, "PATH": os.pathsep.join([str(tools), os.environ["PATH"]])}
    for step in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, wanted = step.partition("\n")
        if command.startswith(NOT_HERE):
            continue
        done = subprocess.run(
            ["bash", "-c", command.replace(TRAINER, "pullquote-train")],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{where}: {command}: {done.stderr}"
        if wanted.strip():
            assert done.stdout.rstrip() == wanted.rstrip(), f"{where}: {command}"


def holds(found: Any, shown: Any) -> bool:  # noqa: ANN401
    """Whether JSON holds what is shown of it."""
    if isinstance(shown, dict):
        return isinstance(found, dict) and all(
            key in found and (key == "confidence" or holds(found[key], value))
            for key, value in shown.items()
        )
    if isinstance(shown, list):
        return (
            isinstance(found, list)
            and len(found) == len(shown)
            and all(holds(one, other) for one, other in zip(found, shown, strict=True))
        )
    return bool(found == shown)
