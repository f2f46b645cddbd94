"""Quotations: straight, curly, ``TeX'', «guillemets»; unbalanced ones end with their paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parley.document import Marks, Quote
from parley.values import Span

MARK = re.compile(r"``|''|[\"“”„«»]")
OPENS, CLOSES = {"``", "“", "„", "«"}, {"''", "”", "»"}


def quotes(marks: Marks) -> Marks:
    """The quotations of every part, in text order; apostrophes and inner single marks are none."""
    found = [q for part in marks.document.parts for q in quotes_in(part.span, marks.text)]
    return replace(marks, quotes=tuple(found))


def quotes_in(part: Span, text: str) -> Iterator[Quote]:
    opened: int | None = None
    either = {'"'} if "``" in part.of(text) else {'"', "''"}  # marks that open and close alike
    for mark in MARK.finditer(text, part.start, part.end):
        opens = mark[0] in OPENS or (mark[0] in either and opened is None)
        if opened is None and opens:
            opened = mark.start()
        elif opened is not None and mark[0] not in OPENS:
            yield Quote(Span(opened, mark.end()))
            opened = None
    if opened is not None:
        yield Quote(Span(opened, part.end), closed=False)
