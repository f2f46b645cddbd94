"""The questions to a ledger on the command line: a table for eyes, tab-separated rows for pipes, JSON, CSV."""

from __future__ import annotations

import enum
import json
import sys
from typing import Any

from parley.cli.output import plain_terminal, printable
from parley.show.answer import Answer
from parley.show.columns import BOOKS, COLUMNS, value


class Shape(enum.StrEnum):
    table = "table"
    json = "json"
    csv = "csv"


def print_answer(question: str, answer: Answer[Any], shape: Shape, *, no_color: bool) -> int:
    """Rows to stdout, notes to stderr; 3 where there are none."""
    if shape is Shape.json:
        for row in answer.to_dicts():
            print(json.dumps(row, ensure_ascii=False))
    elif shape is Shape.csv:
        print(answer.to_csv(), end="")
    elif answer:
        tables(question, answer, no_color)
    for note in answer.notes:
        print(f"note: {note}", file=sys.stderr)
    if not answer:
        print(f"parley: {answer.asked}: nothing found", file=sys.stderr)
    return 0 if answer else 3


def tables(question: str, answer: Answer[Any], no_color: bool) -> None:
    rows = answer.to_dicts()
    table(COLUMNS[question], rows, no_color)
    if question == "audit":
        for row in rows:
            print()
            table(BOOKS, row["entries"], no_color)


def table(columns: tuple[str, ...], rows: list[dict[str, Any]], no_color: bool) -> None:
    shown = [[printable(value(row, column)) for column in columns] for row in rows]
    if not sys.stdout.isatty():
        print("\n".join("\t".join(" ".join(c.split()) for c in line) for line in [list(columns), *shown]))
        return
    from rich.console import Console
    from rich.table import Table

    drawn = Table(*columns, box=None, pad_edge=False, header_style="bold", row_styles=("", "dim"))
    for line in shown:
        drawn.add_row(*line)
    Console(no_color=plain_terminal(no_color), highlight=False, markup=False).print(drawn)
