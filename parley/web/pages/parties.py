"""Parties: who takes part, and one of them with names, offices, lines, meetings, and what others say of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from parley.errors import WrongQuestion
from parley.show.meetings import meetings
from parley.show.positions import positions
from parley.show.timeline import timeline
from parley.show.who import who
from parley.web.asking import Asked, view_of
from parley.web.desk import Refused, asked_of, desk_of, page
from parley.web.lists import SPAN, Choice, Listing, routes

router = APIRouter(include_in_schema=False)
router.include_router(
    routes(
        Listing(
            "parties", "Parties", "People, bodies and places with names of their own, the most told of first.",
            "Here stands who takes part.", (Choice("kind", "kind", ("person", "body", "place")), *SPAN), "parties.html",
        )
    )
)  # fmt: skip
LOOKED = 50


@router.get("/parties/{id}")
def party(request: Request, id: str) -> Response:
    """One party, by its key ("body:northern front") or any name it bears."""
    given = asked_of(request)
    view = view_of(desk_of(request).ledger, given, LOOKED)
    name = id.partition(":")[2] or id
    try:
        found = who(view, name)
    except WrongQuestion as trouble:
        raise Refused(404, str(trouble)) from trouble
    if not found:
        raise Refused(404, f"{name} was not known{f' as of {given.as_of}' if given.as_of else ''}.")
    return page(
        request,
        "party.html",
        given,
        people=found.rows,
        name=found[0].name,
        notes=found.notes,
        **told_of(given, view, found[0].name),
    )


def told_of(given: Asked, view: Any, name: str) -> dict[str, Any]:
    return {
        "lines": positions(view, party=name).rows[:20],
        "met": meetings(view, party=name).rows[-10:],
        "acts": timeline(view, party=name, most=LOOKED).rows[-15:],
    }
