"""Every code block of the documentation runs and prints what the page says."""

import re
import sys
from pathlib import Path

import pytest

from material import ROOT

if sys.version_info < (3, 11):
    pytest.skip("contextlib.chdir came with Python 3.11", allow_module_level=True)

import pages

DOCS = ROOT / "docs"
# What a page needs that the package does not. Spark's page is run where its other tests are.
NEEDS = {
    "README": (),
    "corpus": ("polars", "pyarrow"),
    "own-model": (),
    "quotes": (),
    "ray-dask": ("ray", "dask.dataframe"),
    "record": (),
    "source-audit": ("pandas", "pyarrow"),
    "spacy": ("spacy",),
}
# Ray and Dask warn of what they use themselves.
NAMES = [
    pytest.param(name, marks=pytest.mark.filterwarnings("ignore")) if name == "ray-dask" else name
    for name in NEEDS
]


def test_every_page_is_run_and_listed() -> None:
    found = {path.stem for path in DOCS.glob("*.md")}
    assert found == {*NEEDS, "spark"}
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert {f"{name}.md" for name in found - {"README"}} == set(re.findall(r"\((\S+\.md)\)", index))


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda p: p.stem
)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
    for link in links:
        if not link.startswith("https://"):
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize("name", NAMES)
def test_the_page_runs(name: str, program: str, model: Path, tmp_path: Path) -> None:
    for needed in NEEDS[name]:
        pytest.importorskip(needed, reason=f"{needed} is not installed, which the page is about")
    pages.prepare(tmp_path)
    assert (pages.run(DOCS / f"{name}.md", tmp_path) > 0) == (name != "README")


def test_the_readme_s_python_runs(tmp_path: Path) -> None:
    pages.prepare(tmp_path)
    text = (tmp_path / "article.txt").read_text(encoding="utf-8")
    (code,) = (
        code for language, code, _ in pages.blocks(ROOT / "README.md") if language == "python"
    )
    exec(code, {"text": text, "texts": [text, text]})
