"""Two versions of one story side by side: what was taken out, what was put in."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from fastapi import APIRouter, Request, Response

from parley.show.documents import read
from parley.web.asking import view_of
from parley.web.desk import Refused, asked_of, desk_of, page
from parley.web.pages.documents import marks

router = APIRouter(include_in_schema=False)
WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 6_000  # of both texts together: longer ones are told as different as a whole


@router.get("/documents/{id}/against/{other}")
def against(request: Request, id: str, other: str) -> Response:
    """The earlier of two dispatches, with what the later one takes out and puts in."""
    given = asked_of(request)
    view = view_of(desk_of(request).ledger, given)
    found = [d for d in (read(view, id), read(view, other)) if d]
    if len(found) != 2:
        raise Refused(404, "One of these dispatches is not in the ledger on that day.")
    before, after = sorted(found, key=lambda d: (d.published or "", d.id))
    pieces = [(what, marks(words, [])) for what, words in changes(before.text, after.text)]
    return page(request, "versions.html", given, before=before, after=after, pieces=pieces)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """("same" | "out" | "in", words), in order; the "same" and "out" pieces together are the earlier text."""
    a, b = WORDS.findall(before), WORDS.findall(after)
    if len(a) + len(b) > MOST_WORDS:
        return [("out", before), ("in", after)]
    found: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(a[i:j])))
            continue
        found += [
            (what, words) for what, words in (("out", "".join(a[i:j])), ("in", "".join(b[k:m]))) if words
        ]
    return found
