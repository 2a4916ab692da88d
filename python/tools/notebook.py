"""Runs the example notebook, and keeps what it shows.

$ target/venv/bin/python python/tools/notebook.py [--check]

The notebook is written only when a cell shows something else than before; with `--check` that is an
error. Of a picture only that there is one is compared, since its bytes depend on the machine's
fonts.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode

# Its functions have no types.
FORMAT: Any = import_module("nbformat")
ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "who-was-quoted.ipynb"


def read(path: Path) -> NotebookNode:
    """A notebook as it lies there."""
    notebook: NotebookNode = FORMAT.read(path, as_version=4)
    return notebook


def executed(path: Path) -> NotebookNode:
    """The notebook with what its cells show now; what fails in a cell is raised."""
    notebook = read(path)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": path.parent}}).execute()
    for cell in notebook.cells:
        cell.metadata.clear()
        for number in [cell, *cell.get("outputs", ())]:
            if "execution_count" in number:
                number.execution_count = None
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def shown(notebook: NotebookNode) -> list[Any]:
    """What each cell shows."""
    return [
        [
            {
                kind: kind if kind.startswith("image/") else data
                for kind, data in output.get(
                    "data", {output.output_type: output.get("text")}
                ).items()
            }
            for output in cell.get("outputs", ())
        ]
        for cell in notebook.cells
    ]


def main() -> int:
    """Runs the notebook; writes it, or fails, where it shows something else."""
    notebook = executed(NOTEBOOK)
    if shown(notebook) == shown(read(NOTEBOOK)):
        return 0
    if sys.argv[1:] == ["--check"]:
        print(f"{NOTEBOOK.name} shows something else; read it after python/tools/notebook.py")
        return 1
    FORMAT.write(notebook, NOTEBOOK)
    return 0


if __name__ == "__main__":
    sys.exit(main())
