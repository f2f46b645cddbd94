"""How a record is printed: a table for eyes, tab-separated rows for pipes, JSON, or a page."""

from __future__ import annotations

import enum
import os
import sys
from typing import TYPE_CHECKING

from parley.record import Record
from parley.show.rows import LAYERS, TITLES, rows
from parley.values import Span

if TYPE_CHECKING:
    from rich.text import Text

COLUMNS = ("id", "what", "on whose word", "when", "characters", "words")
STYLES = {
    "agreements": "magenta",
    "positions": "bright_magenta",
    "claims": "blue",
    "events": "green",
    "counts": "bold yellow",
}


class Input(enum.StrEnum):
    """What files hold: known by their bytes and names, or one of read.inputs.FORMATS."""

    auto = "auto"
    text = "text"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    feed = "feed"
    newsml = "newsml"
    nitf = "nitf"
    ninjs = "ninjs"
    anpa = "anpa"
    warc = "warc"
    mail = "mail"
    pdf = "pdf"
    spacy = "spacy"

    @property
    def form(self) -> str | None:
        return None if self is Input.auto else self.value


class Switch(enum.StrEnum):
    on = "on"
    off = "off"

    @property
    def given(self) -> bool:
        return self is Switch.on


class Format(enum.StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    spacy = "spacy"


def rendered(record: Record, form: Format) -> str:
    if form is Format.json:
        return record.to_json(indent=1)
    if form in (Format.jsonl, Format.spacy):  # Docs are made of records, all together
        return record.to_json()
    if form is Format.html:
        from parley.show.page import page

        return page(record)
    return separated(record)


def separated(record: Record) -> str:
    """One line an item, its columns parted by tabs: layer first, then as in the table."""
    lines = [
        "\t".join([layer, *(row[c].replace("\t", " ") for c in COLUMNS)])
        for layer in LAYERS
        for row in rows(record, layer)
    ]
    return "\n".join(lines)


def plain_terminal(no_color: bool) -> bool:
    return no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def show(record: Record, title: str, *, no_color: bool) -> None:
    """The dispatch with its marks in colour, then a table a layer, on the terminal."""
    from rich.console import Console

    console = Console(file=sys.stdout, no_color=plain_terminal(no_color), highlight=False)
    document = record.document
    console.rule(f"{title} · {document.agency or 'agency not said'} · {document.published or 'undated'}")
    console.print(marked(record))
    for layer in LAYERS:
        if found := rows(record, layer):
            console.print(TITLES[layer], style="bold underline")
            console.print(listed(found))
    for problem in document.problems:
        console.print(f"note: {problem.what}", markup=False)


def marked(record: Record) -> Text:
    from rich.text import Text

    text = Text(printable(record.text))
    for layer, style in STYLES.items():
        for item in getattr(record, layer):
            text.stylize(f"underline {style}", item.span.start, item.span.end)
    return text


def printable(text: str) -> str:
    """Control characters could drive the terminal; each becomes one visible character."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def listed(found: list[dict[str, str]]) -> Text:
    """Each item on a line of its own, its words indented below."""
    from rich.text import Text

    text = Text()
    for row in found:
        beside = [row["on whose word"], row["when"], row["characters"]]
        text.append(f"{row['id']:>4}  ", "bold").append(printable(row["what"]), "bold")
        text.append(" · " + " · ".join(printable(b) for b in beside if b) + "\n")
        text.append(f"      “{printable(row['words'])}”\n", "dim")
    return text


def words(span: Span, text: str) -> str:
    return " ".join(printable(span.of(text)).split())
