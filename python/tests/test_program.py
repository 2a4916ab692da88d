"""The package and the program give the same bytes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import pullquote
from material import ARTICLES, HARD, ROOT


def records(program: str, *arguments: str, given: bytes | None = None) -> list[str]:
    """The lines that `pullquote parse` prints."""
    command = [program, "parse", "--format", "jsonl", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def test_the_program_prints_the_same_record_of_every_article(program: str) -> None:
    for unit in ("chars", "bytes", "utf16"):
        lines = records(program, "--offsets", unit, *map(str, ARTICLES))
        assert len(lines) == len(ARTICLES) > 0
        for path, line in zip(ARTICLES, lines, strict=True):
            doc = pullquote.parse(path.read_bytes().decode(), id=json.loads(line)["id"])
            assert doc.to_json(offsets=unit) == line


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib came with Python 3.11")
def test_the_program_prints_the_same_record_of_every_text_there_is(program: str) -> None:
    import tomllib

    own = (ROOT / "examples" / "articles.jsonl").read_text("utf-8")
    given = [json.loads(line) for line in own.splitlines()]
    given += [{"text": path.read_text("utf-8")} for path in (ROOT / "benches").rglob("*.txt")]
    given.append({"text": HARD})
    for path in sorted((ROOT / "tests" / "cases").rglob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8")).get("case", ()):
            known = {key: str(case[key]) for key in ("date", "title") if key in case}
            given.append({"text": case["text"], **known})
    articles = [{"id": str(number)} | article for number, article in enumerate(given)]
    sent = "\n".join(json.dumps(article) for article in articles).encode()
    lines = records(program, "--input-format", "jsonl", "-", given=sent)
    assert len(lines) == len(articles) > 500
    for article, line in zip(articles, lines, strict=True):
        assert pullquote.parse(**article).to_json() == line


def test_the_program_prints_the_same_record_of_a_jsonl_line(program: str) -> None:
    known = {"id": "hard", "title": "Café Reopens", "date": "2024-02-29"}
    given = json.dumps({"text": HARD, **known}).encode()
    (line,) = records(program, "--input-format", "jsonl", "--include-beliefs", "-", given=given)
    parser = pullquote.Parser(include_beliefs=True)
    assert parser.parse(HARD, **known).to_json() == line


def test_the_program_prints_the_same_record_with_a_model(program: str, model: Path) -> None:
    (line,) = records(program, "--model", str(model), "-", given=HARD.encode())
    doc = pullquote.Parser(model=model).parse(HARD)
    assert doc.to_dict() == json.loads(line) | {"id": None}
    assert doc.to_json() != pullquote.parse(HARD).to_json()
