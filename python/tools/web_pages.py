"""Measures how well the article on a page is told from the rest of it, on public sets of pages.

$ python3 python/tools/web_pages.py [PROGRAM]

Fetches two archives that hold pages of the web with the text of their articles: the source
distribution of newspaper4k, and a crate with the tests of Mozilla's Readability, whose algorithm is
ours, so that the second says more of what is built around it. Pages in other scripts than Latin are
left out. Prints the mean precision, recall and F1 of words, and the worst pages.
"""

import html
import io
import json
import re
import subprocess
import sys
import tarfile
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "target" / "release" / "pullquote"
NEWSPAPER = "newspaper4k-0.9.6"
READABILITY = "readabilityrs-0.1.4"
# Where PyPI keeps the first.
FILES = (
    "https://files.pythonhosted.org/packages/b6/20/"
    "733d9dd3adfb6295454e6ba81f6407d96bf66bfda36c75c99b1f99accbf0"
)
Page = tuple[str, bytes, str]
"""Name, page, text of its article."""


def fetched(address: str) -> dict[str, bytes]:
    """The files of an archive, without the folder that holds them all."""
    with urllib.request.urlopen(address, timeout=120) as answer:
        archive = tarfile.open(fileobj=io.BytesIO(answer.read()))
    files = {}
    for member in archive:
        file = archive.extractfile(member)
        if file:
            files[member.name.partition("/")[2]] = file.read()
    return files


def newspaper() -> Iterator[Page]:
    """The pages that newspaper4k is tested with."""
    files = fetched(f"{FILES}/{NEWSPAPER}.tar.gz")
    for path, text in sorted(files.items()):
        name = re.fullmatch(r"tests/data/txt/(.*)\.txt", path)
        page = name and files.get(f"tests/data/html/{name[1]}.html")
        if name and page:
            yield name[1], page, text.decode()


def readability() -> Iterator[Page]:
    """The English pages that Readability is tested with and thinks readable."""
    folder = "tests/test-pages/"
    files = fetched(f"https://static.crates.io/crates/readabilityrs/{READABILITY}.crate")
    for path, about in sorted(files.items()):
        name = re.fullmatch(f"{folder}(.*)/expected-metadata.json", path)
        facts = json.loads(about) if name else {}
        if name and facts.get("readerable") and (facts.get("lang") or "en").startswith("en"):
            expected = files[f"{folder}{name[1]}/expected.html"].decode()
            yield name[1], files[f"{folder}{name[1]}/source.html"], plain(expected)


def plain(page: str) -> str:
    """The words of a page, without its tags."""
    page = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]+>", " ", page)
    return html.unescape(page)


def words(text: str) -> Counter[str]:
    """The words of a text, each as often as it is there."""
    return Counter(re.findall(r"\w+", text.lower()))


def read(program: Path, page: bytes) -> str:
    """The article on a page, as the program reads it; nothing where it finds none."""
    command = [str(program), "parse", "--input-format", "html", "-"]
    done = subprocess.run(command, input=page, capture_output=True, check=False)
    return "\n".join(json.loads(line)["text"] for line in done.stdout.splitlines())


def scores(found: str, expected: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words found."""
    ours, theirs = words(found), words(expected)
    shared = (ours & theirs).total()
    precision, recall = shared / max(ours.total(), 1), shared / max(theirs.total(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def measure(program: Path, name: str, pages: Iterator[Page]) -> None:
    """Prints the figures of a set."""
    rows = {}
    for title, page, text in pages:
        if sum(letter.isascii() for letter in text) > 0.97 * len(text):
            rows[title] = scores(read(program, page), text)
    means = [sum(column) / len(rows) for column in zip(*rows.values(), strict=True)]
    shown = " ".join(f"{100 * mean:.1f}" for mean in means)
    print(f"{name}: {len(rows)} pages, precision, recall, F1: {shown}")
    for title in sorted(rows, key=lambda title: rows[title][2])[:3]:
        print(f"    {title}: {100 * rows[title][2]:.1f}")


if __name__ == "__main__":
    program = Path(sys.argv[1]) if len(sys.argv) > 1 else PROGRAM
    measure(program, NEWSPAPER, newspaper())
    measure(program, f"{READABILITY} (Mozilla's pages)", readability())
