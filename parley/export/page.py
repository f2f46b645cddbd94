"""One HTML file of the whole ledger for reading alone: no script, nothing fetched, every row with its words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from parley.export.tables import answers, written
from parley.show.answer import Answer, cell
from parley.show.columns import BOOKS, COLUMNS, value
from parley.show.view import View

LEFT_OUT = ("id", "score", "words")


def html(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """`to` is the file, or a folder that gets ledger.html."""
    path = to if to.suffix == ".html" else to / "ledger.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    yield written(path, page(view))


def page(view: View) -> str:
    parts = [(name, answer()) for name, answer in answers(view)]
    nav = " · ".join(f'<a href="#{name}">{name}</a> {len(answer)}' for name, answer in parts)
    told = "".join(f"<p>{escape(note)}</p>" for note in view.notes())
    as_of = f"as of {view.as_of}" if view.as_of else "by all dispatches"
    style = files("parley.show").joinpath("brief.css").read_text("utf-8") + TABLES
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Ledger, {escape(as_of)}</title><style>{style}</style>'
        f"<main><h1>The ledger, {escape(as_of)}</h1><p><em>What the dispatches say, not findings.</em></p><nav>{nav}</nav>{told}"
        + "".join(section(name, answer) for name, answer in parts)
        + "</main></html>\n"
    )


TABLES = """
main { max-width: none; } table { border-collapse: collapse; font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #8884; overflow-wrap: break-word; }
th { white-space: nowrap; }
caption { position: absolute; clip-path: inset(50%); } .scroll { overflow-x: auto; }
td:last-child { min-width: 18rem; }
"""


def section(name: str, answer: Answer[Any]) -> str:
    rows = answer.to_dicts()
    if not rows:
        return f'<section id="{name}"><h2>{name}</h2><p>Nothing told.</p></section>'
    books = (
        "".join(table(BOOKS, row["entries"], "the books of " + cell(row["holder"])) for row in rows)
        if name == "audit"
        else ""
    )
    return f'<section id="{name}"><h2>{name}</h2>{table(COLUMNS[name], rows, name)}{books}</section>'


def table(columns: tuple[str, ...], rows: list[dict[str, Any]], caption: str) -> str:
    shown = [c for c in columns if c not in LEFT_OUT]
    head = "".join(f'<th scope="col">{escape(c.replace("_", " "))}</th>' for c in (*shown, "in the words of"))
    body = "".join(line(shown, row) for row in rows)
    return (
        f'<div class="scroll" tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def line(columns: list[str], row: dict[str, Any]) -> str:
    cells = "".join(f"<td>{escape(value(row, c))}</td>" for c in columns)
    return f'<tr id="{escape(str(row.get("id", "")))}">{cells}<td>{words(row)}</td></tr>'


def words(row: dict[str, Any]) -> str:
    """The first source open, the others folded."""
    cites = [source(c) for c in row.get("cites", [])]
    if len(cites) < 2:
        return "".join(cites)
    rest = "".join(f"<p>{c}</p>" for c in cites[1:])
    return f"{cites[0]}<details><summary>{len(cites) - 1} more</summary>{rest}</details>"


def source(cite: dict[str, Any]) -> str:
    """Agency, day and sentence, the words themselves marked."""
    sentence, told = cite["sentence"] or cite["words"], " ".join(cite["words"].split())
    before, found, after = sentence.partition(told)
    marked = f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(sentence)
    return f"{escape(cite['agency'] or 'agency not told')}, {escape((cite['published'] or 'undated')[:10])}: “{marked}”"
