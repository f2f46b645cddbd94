"""`parley why`: an item as a tree of its fields, each with the words that say it, and its rule."""

from __future__ import annotations

import sys
from typing import Any

from parley.cli.output import words
from parley.facts import Source
from parley.record import Record
from parley.show.rows import LAYERS, TITLES, what
from parley.values import Span

UNTOLD = ("id", "span", "rule", "evidence", "text")


def explain(record: Record, asked: str) -> int:
    """Print the tree of every item asked for; 3 where there is none."""
    found = [
        (layer, item)
        for layer in LAYERS
        for item in getattr(record, layer)
        if item.id == asked or (asked.isdigit() and item.span.start <= int(asked) < item.span.end)
    ]
    for layer, item in found:
        print("\n".join(tree(record, layer, item)))
    if not found:
        known = ", ".join(i.id for layer in LAYERS for i in getattr(record, layer)) or "none"
        print(f"parley: nothing found for {asked!r}; the record has {known}", file=sys.stderr)
    return 0 if found else 3


def tree(record: Record, layer: str, item: Any) -> list[str]:
    head = f"{item.id} · {TITLES[layer]} · {what(record, layer, item)}"
    branches = [f"words    {quoted(item.span, record)}", f"rule     {item.rule}"]
    branches += [branch(record, item, field) for field in told(item)]
    return [head, *(f"├─ {b}" for b in branches[:-1]), f"└─ {branches[-1]}"]


def told(item: Any) -> list[str]:
    names = [n for n in item.__dataclass_fields__ if n not in UNTOLD]
    return [n for n in names if getattr(item, n) not in (None, (), False, "")]


def branch(record: Record, item: Any, field: str) -> str:
    value = getattr(item, field)
    evidence = item.evidence.get(field, ())
    behind = "; ".join(quoted(s, record) for s in evidence)
    return f"{field:<8} {shown(record, value)}" + (f"  ← {behind}" if behind else "")


def shown(record: Record, value: Any) -> str:
    if isinstance(value, Span):
        return quoted(value, record)
    if isinstance(value, Source):
        who = quoted(value.span, record) if value.span else "no words"
        name = record.name(value.entity or value.affiliation)
        return f"{value.kind}, {who}" + (f" = {name}" if name else "")
    if isinstance(value, tuple):
        return ", ".join(shown(record, v) for v in value)
    return str(record.name(value)) if isinstance(value, str) else str(value)


def quoted(span: Span, record: Record) -> str:
    return f"“{words(span, record.text)}” [{span.start}-{span.end}]"
