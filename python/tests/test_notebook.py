"""The example notebook runs and shows what it is committed with."""

import subprocess
import sys

import pytest

from material import ROOT

TOOL = ROOT / "python" / "tools" / "notebook.py"


def test_the_example_notebook_shows_what_it_says() -> None:
    for name in ("nbclient", "ipykernel", "matplotlib"):
        pytest.importorskip(name, reason=f"{name} is not installed: pip install {name}")
    done = subprocess.run(
        [sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
