"""Accepting all that a filter of the queue shows: a list first, then each as a review of its own."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.show.told import told_of
from parley.show.view import View
from parley.web.asking import asked
from parley.web.desk import Refused, allowed, checked_form, desk_of, page
from parley.web.forms import Posted, field, fields
from parley.web.pages.review import back_to, waiting

router = APIRouter(include_in_schema=False)


@router.get("/review/all")
def preview(request: Request) -> Response:
    """What would be accepted, each with its words and a box to leave it out."""
    allowed(request, "reviewer")
    given, _, answer = waiting(request, "/review/all")
    return page(request, "bulk.html", given, rows=answer.rows, answer=answer)


@router.post("/review/all")
def accept(request: Request, form: Posted) -> Response:
    """Accept the rows of a confirmed list; those on which somebody spoke meanwhile are left out, and named."""
    session = allowed(request, "reviewer")
    checked_form(session, form)
    rows = [row.partition(":") for row in fields(form, "row")]
    if not rows:
        raise Refused(400, "No record was chosen. Go back and choose some.")
    ledger, why = desk_of(request).ledger, field(form, "why")
    left = {
        id: trouble
        for id, _, seen in rows
        if (trouble := not_accepted(ledger, id, seen, session.user.name, why))
    }
    told = told_of(View(ledger, None, "all"), left)
    given = asked("/review", {})
    return page(
        request, "bulk_done.html", given, done=len(rows) - len(left), left=left, told=told, back=back_to(form)
    )  # fmt: skip


def not_accepted(ledger: Ledger, id: str, seen: str, who: str, why: str) -> str | None:
    """Accept a row; why not, where it could not be."""
    try:
        ledger.review(id, "accept", who=who, why=why, seen=seen)
    except WrongQuestion as trouble:
        return str(trouble)
    return None
