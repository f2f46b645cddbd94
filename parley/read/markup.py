"""A stretch of HTML that a format carries as a dispatch's body → its paragraphs. (Whole pages: html.py.)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from parley.read.xml import local

BLOCKS = ("p", "h2", "h3", "h4", "li", "pre", "blockquote", "div", "section", "article", "hr")
BESIDE = (
    "script",
    "style",
    "figure",
    "figcaption",
    "table",
    "aside",
    "nav",
    "iframe",
    "h1",
    "form",
    "button",
    "head",
)
MARKED = re.compile(r"<(?:p|br|div|h[1-6]|section|article|ul)\b", re.IGNORECASE)
BLOCK, LINE = "\ufdd0", "\ufdd1"  # where a block begins or ends, and a line of it; no characters of any text
NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]")  # in no markup
PARTED = re.compile(rf" ?(?:{BLOCK}|{LINE} ?{LINE})[ {BLOCK}{LINE}]*")


def paragraphs(markup: str) -> list[str]:
    """The paragraphs of some markup, or of plain text: those that blank lines part, or else its lines."""
    return of_markup(markup) if MARKED.search(markup) else of_text(markup)


def of_text(text: str) -> list[str]:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return [p for p in (re.split(r"\n{2,}", lines) if "\n\n" in lines else lines.split("\n")) if p]


def of_markup(markup: str) -> list[str]:
    from lxml import html

    root = html.fragment_fromstring(NO_TEXT.sub("", markup), create_parent="div")
    return of_element(root)


def of_element(element: Any) -> list[str]:
    """The words of each innermost block, and of what two line breaks part; a single one is a space."""
    flow = " ".join("".join(flowing(element)).split())
    found = (" ".join(p.replace(LINE, " ").split()) for p in PARTED.split(flow))
    return [p for p in found if p]


def flowing(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        edge = BLOCK if name in BLOCKS else ""
        if name == "br":
            yield LINE
        elif name and name not in BESIDE:
            yield edge
            yield from flowing(child)
            yield edge
        yield child.tail or ""
