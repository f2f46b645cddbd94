"""Imports go one way, in the order of the road."""

from __future__ import annotations

import ast
from pathlib import Path

import parley

ROOT = Path(parley.__file__).parent
ORDER = (
    "values",
    "errors",
    "document",
    "facts",
    "lang",
    "codec",
    "record",
    "read",
    "mark",
    "find",
    "gate",
    "pipeline",
    "store",
    "link",
    "show",
    "ledger",
    "export",
    "run",
    "feeds",
    "web",
    "cli",
)
LATE = {("record", "show")}  # imported inside a function, when a table or page is asked for


def stop(module: str) -> int | None:
    parts = module.split(".")
    return ORDER.index(parts[1]) if parts[0] == "parley" and len(parts) > 1 and parts[1] in ORDER else None


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    return found + [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]


def test_no_stop_imports_a_later_one() -> None:
    wrong = []
    for path in ROOT.rglob("*.py"):
        here = "parley." + ".".join(path.relative_to(ROOT).with_suffix("").parts)
        mine = stop(here)
        for module in imports(path):
            theirs = stop(module)
            if mine is None or theirs is None or theirs <= mine:
                continue
            if (ORDER[mine], ORDER[theirs]) not in LATE and (ORDER[mine], ORDER[theirs]) != ("read", "lang"):
                wrong.append(f"{here} imports {module}")
    assert not wrong


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    assert not [p.name for p in ROOT.rglob("*.py") if len(p.read_text("utf-8").splitlines()) > 400]
