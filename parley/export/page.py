"""One HTML file of the whole ledger for reading alone: no script, nothing fetched, every row with its words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from parley.export.tables import answers, written
from parley.show.answer import Answer, cell
from parley.show.view import View

LEFT_OUT = ("id", "cites", "entries", "start", "end")


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
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
details { max-width: 30rem; } .scroll { overflow-x: auto; }
"""


def section(name: str, answer: Answer[Any]) -> str:
    rows = answer.to_dicts()
    if not rows:
        return f'<section id="{name}"><h2>{name}</h2><p>Nothing told.</p></section>'
    columns = [c for c in rows[0] if c not in LEFT_OUT]
    head = (
        "".join(f'<th scope="col">{escape(c)}</th>' for c in columns) + '<th scope="col">in the words of</th>'
    )
    body = "".join(
        f'<tr id="{escape(str(r.get("id", "")))}">'
        + "".join(f"<td>{escape(cell(r[c]))}</td>" for c in columns)
        + f"<td>{words(r)}</td></tr>"
        for r in rows
    )
    return f'<section id="{name}"><h2>{name}</h2><div class="scroll" tabindex="0"><table><tr>{head}</tr>{body}</table></div></section>'


def words(row: dict[str, Any]) -> str:
    """The first source open, the others folded."""
    cites = [
        f"{escape(c['agency'] or 'agency not told')}, {escape((c['published'] or 'undated')[:10])}: “{escape(' '.join(c['words'].split()))}”"
        for c in row.get("cites", [])
    ]
    if len(cites) < 2:
        return "".join(cites)
    rest = "".join(f"<p>{c}</p>" for c in cites[1:])
    return f"{cites[0]}<details><summary>{len(cites) - 1} more</summary>{rest}</details>"
