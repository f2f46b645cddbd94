"""One self-contained page for a record: the text with its marks, a card beside each. No script, no network."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise

from parley.record import Record
from parley.show.rows import LAYERS, TITLES, rows
from parley.values import Span

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
Item = tuple[str, str, Span]  # layer, id, span


def page(record: Record) -> str:
    """A whole HTML document; the text of its `<pre>` is the dispatch, character for character."""
    title = f"{record.document.agency or 'Dispatch'}, {record.document.published or 'undated'}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style()}</style></head>"
        f"<body><h1>{escape(title)}</h1>"
        '<p class="note">Marks are claims of the named source, not findings.</p>'
        f"{fragment(record, styled=False)}</body></html>"
    )


def fragment(record: Record, *, styled: bool = True) -> str:
    """The reader alone, for notebooks: styled text on the left, cards on the right."""
    head = f"<style>{style()}</style>" if styled else ""
    cards = "".join(section(record, layer) for layer in LAYERS)
    text = f'<main><pre class="parley-text" dir="auto">\n{marked(record)}</pre></main>'
    return f'{head}<div class="parley">{text}<aside aria-label="Record">{cards}</aside></div>'


def style() -> str:
    return files("parley.show").joinpath("page.css").read_text("utf-8")


def marked(record: Record) -> str:
    items = [(layer, item.id, item.span) for layer in LAYERS for item in getattr(record, layer)]
    return marked_text(record.text, items)


def marked_text(text: str, items: Sequence[Item], lit: Span | None = None) -> str:
    """The text cut at every edge of a span, each piece one mark that lists its items, as safe HTML. The words that a
    reader was sent to are `lit`, and can be gone to as #cSTART-END."""
    spans = [*(span for _, _, span in items), *([lit] if lit else [])]
    edges = sorted({0, len(text), *(e for s in spans for e in (s.start, s.end) if 0 <= e <= len(text))})
    return "".join(piece(text, over, Span(a, b), lit) for (a, b), over in pieces(edges, items))


def pieces(edges: list[int], items: Sequence[Item]) -> Iterator[tuple[tuple[int, int], list[Item]]]:
    """Each stretch between two edges with the items over it, the widest first."""
    waiting = sorted(items, key=lambda i: i[2].start, reverse=True)
    over: list[Item] = []
    for a, b in pairwise(edges):
        over = [i for i in over if i[2].end > a]
        while waiting and waiting[-1][2].start <= a:
            over.append(waiting.pop())
        yield (a, b), sorted(over, key=lambda i: (-len(i[2]), i[1]))


def piece(text: str, over: list[Item], span: Span, lit: Span | None) -> str:
    shown = visible(span.of(text))
    target = f'<a id="c{lit.start}-{lit.end}"></a>' if lit and lit.start == span.start else ""
    inside = lit is not None and lit.covers(span) and len(span) > 0
    if not over:
        return target + (f'<mark class="lit">{shown}</mark>' if inside else shown)
    kinds = " ".join(dict.fromkeys(layer for layer, _, _ in over)) + (" lit" if inside else "")
    ids = " ".join(i for _, i, _ in over)
    anchors = "".join(f'<a id="at-{i}"></a>' for _, i, s in over if s.start == span.start)
    notes = "".join(note(i) for i in over if i[2].end == span.end)
    return f'{target}{anchors}<mark class="{kinds} in-{over[-1][0]}" data-items="{ids}">{shown}</mark>{notes}'


def note(item: Item) -> str:
    """The number after a span, drawn by the style sheet so that the text stays the dispatch's."""
    return f'<a class="note-{item[0]}" href="#{item[1]}" aria-label="{item[1]}" data-note="{item[1]}"></a>'


def visible(text: str) -> str:
    """Escaped; characters that hide or turn text are boxed by the style sheet, and kept. So is a carriage return, which
    a browser would read as a line feed. (It also drops the line feed after `<pre>`: whoever writes one puts another.)"""
    return "".join(
        f'<span class="hidden" data-code="U+{ord(c):04X}">{escape(c)}</span>' if hides(c) else c
        for c in escape(text, quote=False)
    ).replace("\r", "&#13;")


def hides(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc") and char not in "\n\t\r"


def section(record: Record, layer: str) -> str:
    found = rows(record, layer)
    if not found:
        return ""
    return f"<h2>{TITLES[layer]}</h2>" + "".join(card(layer, r) for r in found)


def card(layer: str, row: dict[str, str]) -> str:
    lines = "".join(lines_of(row))
    return (
        f'<article class="card {layer}" id="{row["id"]}"><h3>{escape(row["id"])} · '
        f"{escape(row['what'])}</h3><dl>{lines}</dl>"
        f'<p><a href="#at-{row["id"]}">characters {row["characters"]}</a> · {escape(row["rule"])}</p></article>'
    )


def lines_of(row: dict[str, str]) -> Iterator[str]:
    for label in ("on whose word", "when", "words"):
        if row[label]:
            yield f"<dt>{label}</dt><dd>{escape(row[label])}</dd>"
