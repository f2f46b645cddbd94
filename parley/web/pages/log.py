"""Log: who changed what, when and why; taking an entry back is a new one. Beside it what was read when, by which rules."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from parley.show.answer import Answer
from parley.show.log import Entry
from parley.show.readings import readings_by_day
from parley.show.told import told_of
from parley.show.view import View
from parley.store.reviews import Overtaken, last_reviews, opposite
from parley.web.asking import Asked
from parley.web.desk import Refused, allowed, checked_form, desk_of
from parley.web.forms import Posted, field
from parley.web.lists import SPAN, Choice, Listing, paged, routes
from parley.web.pages.review import back_to
from parley.web.people import Session

router = APIRouter(include_in_schema=False)


def beside(request: Request, given: Asked, answer: Answer[Any]) -> dict[str, Any]:
    """What the entries on this page speak of, the last word on each, and what was read; the last on the first page."""
    ledger = desk_of(request).ledger
    view, (shown, _) = View(ledger, None, "all"), paged(answer.rows, given.after)
    records = {entry.record for entry in shown}
    first = not given.filters and not given.after
    return {
        "told": told_of(view, records), "seen": last_reviews(ledger, records), "can_revert": can_revert,
        "readings": readings_by_day(view) if first else None,
    }  # fmt: skip


def can_revert(entry: Entry, session: Session) -> bool:
    """What is settled is taken back only by who settled it."""
    known = entry.verdict in ("accept", "reject", "correct", "assign")
    return (known or (entry.verdict == "settle" and entry.who == session.user.name)) and not entry.undone


router.include_router(
    routes(
        Listing(
            "log", "Log", "What reviewers said, the latest first. Nothing in it is ever changed or taken out; what is taken back is a new line.",
            "Here stands what reviewers say of records.",
            (Choice("record", "record"), Choice("who", "by whom"), *SPAN), "log.html", beside,
        )
    )
)  # fmt: skip


@router.post("/log/{entry}")
def revert(request: Request, entry: str, form: Posted) -> Response:
    """Take an entry back by a new one: one's own last word is undone, another's is met with the opposite."""
    session = allowed(request, "reviewer")
    checked_form(session, form)
    ledger, who = desk_of(request).ledger, session.user.name
    target, verdict, after = opposite(ledger, entry, who)
    why = field(form, "why") or f"takes back {entry[:12]}"
    try:
        ledger.review(target, verdict, who=who, why=why, after=after or None, seen=field(form, "seen"))
    except Overtaken as trouble:
        raise Refused(
            409,
            f"{trouble.who} said something of this record while you looked. Reload the log and look again.",
        ) from trouble
    return RedirectResponse(back_to(form, "/log"), 303)
