"""Review: what waits, one thing at a time, with what stands against it; and the form that keeps a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from parley.show.answer import Answer
from parley.show.log import Entry, log
from parley.show.queue import QUEUES, Item, judged_rows, queue
from parley.show.told import fact_of, told_of
from parley.show.view import Fact, View
from parley.store.reviews import Overtaken, typed
from parley.store.schema import LAYERS
from parley.web.asking import Asked, asked, view_of
from parley.web.desk import Refused, allowed, as_json, asked_of, checked_form, desk_of, flat, page
from parley.web.forms import Posted, field
from parley.web.lists import PARTY, SPAN, Choice, Listing
from parley.web.pages.documents import may_correct, whole
from parley.web.pages.entry import local
from parley.web.people import Session, named
from parley.web.waiting import LOOKED

router = APIRouter(include_in_schema=False)
LAST = 10
LISTING = Listing(
    "review", "Review", "One record at a time, with its sentence. Nothing is overwritten: a verdict is a new line of the log, and so is its undoing.",
    "Here stands what waits for a reviewer.",
    (Choice("queue", "waiting", QUEUES, "must"), Choice("layer", "kind", tuple(LAYERS)), PARTY, *SPAN, Choice("to", "assigned to")), "review.html",
)  # fmt: skip


def waiting(request: Request, path: str = "/review") -> tuple[Asked, View, Answer[Item]]:
    given = asked_of(request, queue, path)
    given = replace(given, filters={"queue": QUEUES[0], **given.filters})
    view = view_of(desk_of(request).ledger, given, LOOKED)
    return given, view, queue(view, **given.filters)


@router.get("/review")
def html(request: Request, item: str | None = None) -> Response:
    """The first that waits behind `after`, or `item` where it waits."""
    given, view, answer = waiting(request)
    now = chosen(answer, given.after, item)
    every = View(view.store, None, "all")
    fact = fact_of(every, now.id) if now else None
    return page(
        request, "review.html", given, listing=LISTING, answer=answer, now=now, queues=QUEUES, cut=view.cut,
        judged=judged_rows(view, **given.filters), **decisions(request), back=given.here(after=given.after),
        **(whole(every, fact) if fact else {}),
    )  # fmt: skip


@router.get("/review.json")
def json(request: Request) -> Response:
    given, _, answer = waiting(request)
    return as_json({"asked": answer.asked, **given.kept, "filters": given.filters, "notes": answer.notes,
                    "rows": answer.to_dicts()})  # fmt: skip


@router.get("/review.csv")
def csv(request: Request) -> Response:
    heads = {"content-disposition": 'attachment; filename="review.csv"'}
    return Response(waiting(request)[2].to_csv(), media_type="text/csv; charset=utf-8", headers=heads)


def chosen(answer: Answer[Item], after: str | None, item: str | None) -> Item | None:
    rows = answer.rows
    if named := [row for row in rows if row.id == item]:
        return named[0]
    start = next((i + 1 for i, row in enumerate(rows) if row.id == after), 0)
    return rows[start] if start < len(rows) else None


def decisions(request: Request) -> dict[str, Any]:
    """The last that anybody said, what of, and which of it this visitor may undo: their own last word on a row."""
    desk, newest = desk_of(request), dict[str, str]()
    view, session = View(desk.ledger, None, "all"), desk.session(request)
    last = log(view, most=LAST).rows
    for entry in last:
        newest.setdefault(entry.record, entry.id)
    mine = [e.id for e in last if session and newest[e.record] == e.id and can_undo(e, session)]
    return {"last": last, "told": told_of(view, newest), "mine": mine}


def can_undo(entry: Entry, session: Session) -> bool:
    return entry.who == session.user.name and entry.verdict != "undo" and not entry.undone


# ── a verdict ────────────────────────────────────────────────────────────────────────────────────


@router.post("/review/{id}")
def verdict(request: Request, id: str, form: Posted) -> Response:
    """Keep what a reviewer says of a row, unless somebody else came before them; then on to where they were."""
    session = allowed(request, "reviewer")
    checked_form(session, form)
    ledger, said = desk_of(request).ledger, field(form, "verdict")
    after = what_changes(request, id, said, form)
    seen, why = field(form, "seen"), field(form, "why")
    if said == "note" and not why:
        raise Refused(400, "A note needs words. Go back and write some.")
    try:
        ledger.review(id, said, who=session.user.name, why=why, after=after, seen=seen)  # type: ignore[arg-type]
    except Overtaken as trouble:
        return overtaken(request, trouble, form, after or {})
    return RedirectResponse(back_to(form), 303)


def what_changes(request: Request, id: str, said: str, form: FormData) -> dict[str, Any] | None:
    """What a verdict sets. Raises Refused where this visitor may not, or the name is nobody's here."""
    if said == "correct":
        return changes(the_fact(request, id), form)
    if said == "settle":
        allowed(request, "editor")
        return {"verdict": field(form, "as")}
    if said != "assign":
        return None
    to = field(form, "to") or None
    if to and to not in named(desk_of(request).doors.path, "reviewer"):
        raise Refused(400, f"{to[:80]}: no reviewer of this desk has that name.")
    return {"to": to}


def back_to(form: FormData, otherwise: str = "/review") -> str:
    return local(field(form, "back") or otherwise)


def the_fact(request: Request, id: str) -> Fact:
    fact = fact_of(View(desk_of(request).ledger, None, "all"), id)
    if fact is None:
        raise Refused(404, f"No record {id[:12]} is in the ledger, or its dispatch was killed.")
    return fact


def changes(fact: Fact, form: FormData) -> dict[str, Any]:
    """The fields of a form that are not as they were. Raises Refused where none is."""
    given = {name: field(form, f"fix-{name}") for name in may_correct(fact.layer) if f"fix-{name}" in form}
    found = {name: typed(name, value) for name, value in given.items()}
    changed = {name: value for name, value in found.items() if as_shown(value) != as_shown(fact[name])}
    if not changed:
        raise Refused(400, "No field was changed. Go back and change one, or accept the record as it is.")
    return changed


def as_shown(value: Any) -> str:
    """A value as a form can hold it: in one line."""
    return "" if value is None else flat(str(value))


def overtaken(request: Request, trouble: Overtaken, form: FormData, after: dict[str, Any]) -> Response:
    """Both versions, and a form to decide anew."""
    fact = the_fact(request, trouble.target)
    held = whole(View(desk_of(request).ledger, None, "all"), fact)
    seen = [entry.id for entry in held["history"]]
    news = held["history"][: seen.index(field(form, "seen")) if field(form, "seen") in seen else None]
    mine = {"verdict": field(form, "verdict"), "why": field(form, "why"), "after": after}
    given = asked("/review", {})
    return page(
        request, "overtaken.html", given, status=409, who=trouble.who, news=news, mine=mine, back=back_to(form), **held
    )  # fmt: skip
