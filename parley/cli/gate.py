"""`parley gate`: which dispatches would be read, and by which terms; the rest are about other things."""

from __future__ import annotations

import json

from parley import gate
from parley.cli.output import Format, Input, printable
from parley.cli.reading import Order, Tally, opened
from parley.document import Document

SHOWN = 8  # terms a dispatch, in the table


def tell(paths: tuple[str, ...], *, as_json: bool) -> int:
    """A line for every dispatch; 1 if some of the inputs could not be read."""
    tally = Tally()
    for document in opened(Order(paths, None, Input.auto, Format.table, 1, True, True), tally):
        print(as_object(document) if as_json else as_line(document))
    return 1 if tally.told else 0


def as_line(document: Document) -> str:
    terms = list(dict.fromkeys(span.of(document.text).lower() for span in gate.terms_in(document.text)))
    more = f" and {len(terms) - SHOWN} more" if len(terms) > SHOWN else ""
    verdict = "read" if terms else "set aside"
    words = f"{', '.join(terms[:SHOWN])}{more}" or "none of the terms of conflict and talks"
    return printable(f"{verdict}\t{document.source_id or '-'}\t{words}")


def as_object(document: Document) -> str:
    terms = [
        {"start": s.start, "end": s.end, "text": s.of(document.text)} for s in gate.terms_in(document.text)
    ]
    return json.dumps({"id": document.source_id, "passes": bool(terms), "terms": terms}, ensure_ascii=False)
