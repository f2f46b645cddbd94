"""The notebook in docs/ runs from its first cell to its last, and its books do not balance."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs" / "talks.ipynb"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import nbformat
        from nbclient import NotebookClient
    root = str(NOTEBOOK.parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))))
    book = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(book, timeout=300, resources={"metadata": {"path": root}}).execute()
    told = [str(o) for c in book.cells if c.cell_type == "code" for o in c.outputs]
    assert any("5 or more unaccounted for" in o for o in told)
    assert not any(c.get("outputs") for c in nbformat.read(NOTEBOOK, as_version=4).cells)
