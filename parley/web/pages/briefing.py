"""The start: where the talks stand as of a day, each line with the words that say it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from parley.show.brief import markdown, sections
from parley.show.documents import documents
from parley.web.asking import view_of
from parley.web.desk import asked_of, desk_of, page

router = APIRouter(include_in_schema=False)
LOOKED = 55  # rows that each section looks at: a briefing is of the last days
LINKS = {
    "Agreements": "/agreements",
    "Meetings": "/meetings",
    "Positions": "/positions",
    "Figures": "/figures",
    "The books of those held": "/figures",
    "Contradictions": "/review",
    "Told to have happened": "/timeline",
}


def briefing(view: object, *, party: str | None = None) -> None:
    """What the start page can be asked, for the address."""


@router.get("/")
def html(request: Request) -> Response:
    given = asked_of(request, briefing)
    ledger = desk_of(request).ledger
    with ledger.reading():
        view = view_of(ledger, given, LOOKED)
        day = given.as_of or view.last_day()
        told = list(sections(view, given.filters.get("party")))
        fresh = documents(view, since=day[:10], until=day[:10], most=12) if day else ()
    return page(
        request, "briefing.html", given, day=day, sections=told, fresh=fresh, links=LINKS, notes=view.notes()
    )


@router.get("/briefing.md")
def text(request: Request) -> Response:
    """The same as Markdown with footnotes, to paste."""
    given = asked_of(request, briefing)
    words = markdown(view_of(desk_of(request).ledger, given, LOOKED), given.filters.get("party"))
    return Response(words, media_type="text/markdown; charset=utf-8")
