"""Documents: the list, one dispatch with its marks, and one record with the characters behind every field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from parley.show.citing import bibtex, citation
from parley.show.documents import documents, facets, read
from parley.show.log import log
from parley.show.page import Item, marked_text
from parley.show.told import TITLES, fact_of, fields_of, told
from parley.show.view import Fact, View
from parley.store.reviews import FLAGS, KNOWN, MAY_CORRECT
from parley.store.schema import LAYERS
from parley.values import Span
from parley.web.asking import Asked, view_of
from parley.web.desk import Refused, as_json, asked_of, desk_of, page
from parley.web.lists import PARTY, SPAN, Choice, Listing
from parley.web.pages.additions import adding

router = APIRouter(include_in_schema=False)
LISTING = Listing(
    "documents", "Documents", "Dispatches, newest first. Words together in quotation marks; all words must be there.",
    "Here stand the dispatches of the ledger.", (Choice("agency", "agency"), PARTY, Choice("kind", "with", tuple(LAYERS)), *SPAN),
)  # fmt: skip


def answer(request: Request) -> tuple[Asked, Any, Any]:
    given = asked_of(request, documents, "/documents")
    view = view_of(desk_of(request).ledger, given)
    return given, view, documents(view, after=given.after, **given.filters)


@router.get("/documents")
def html(request: Request) -> Response:
    given, view, found = answer(request)
    after = found[-1].id if len(found) >= 50 and not given.filters.get("q") else None
    return page(
        request, "documents.html", given, listing=LISTING, answer=found, rows=found.rows, after=after,
        facets=facets(view, **given.filters),
    )  # fmt: skip


@router.get("/documents.json")
def json(request: Request) -> Response:
    given, _, found = answer(request)
    return as_json(
        {
            "asked": found.asked,
            **given.kept,
            "filters": given.filters,
            "notes": found.notes,
            "rows": found.to_dicts(),
        }
    )


@router.get("/documents.csv")
def csv(request: Request) -> Response:
    heads = {"content-disposition": 'attachment; filename="documents.csv"'}
    return Response(answer(request)[2].to_csv(), media_type="text/csv; charset=utf-8", headers=heads)


# ── one dispatch ─────────────────────────────────────────────────────────────────────────────────


@router.get("/documents/{id}")
def dispatch(request: Request, id: str, at: str | None = None) -> Response:
    """A dispatch as it came in, marked; `at` (START-END) are the characters that a reader was sent to."""
    given = asked_of(request)
    found = read(view_of(desk_of(request).ledger, given), id)
    if found is None:
        raise Refused(
            404,
            f"No dispatch {id[:12]} is in the ledger{f' as of {given.as_of}' if given.as_of else ''}. It may have come in later, or its id is not whole.",
        )
    numbers = {item.id: str(n) for n, item in enumerate(found.items, 1)}
    items = [(i.layer, numbers[i.id], Span(i.start, i.end)) for i in found.items]
    new = adding(request, found, desk_of(request).session(request))
    lit = new.span if new and new.span else span_of(at)
    return page(
        request, "document.html", given, d=found, numbers=numbers, text=marks(found.text, items, lit), new=new,
        titles=TITLES, kinds=[k for k in TITLES if any(i.layer == k for i in found.items)],
    )  # fmt: skip


def marks(text: str, items: Sequence[Item], lit: Span | None = None) -> Markup:
    """The one place where a page takes HTML as it is: `marked_text` escapes every character of the dispatch."""
    return Markup(marked_text(text, items, lit))


def span_of(at: str | None) -> Span | None:
    start, _, end = (at or "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) < 10**9):
        return None
    return Span(int(start), int(end))


# ── one record ───────────────────────────────────────────────────────────────────────────────────


@router.get("/r/{id}")
def record(request: Request, id: str) -> Response:
    """A fact with every field's characters, its rule, and what reviewers made of it."""
    given = asked_of(request)
    desk = desk_of(request)
    view = view_of(desk.ledger, given)
    fact = fact_of(view, id)
    if fact is None:
        return gone(request, given, id)
    cited = given.as_of or view.last_day()
    address = given.here(as_of=cited)
    held = whole(view, fact)
    return page(
        request, "record.html", given, **held, back=given.here(), cited=cited, pinned=address,
        citation=citation(held["t"], cited), bibtex=bibtex(held["t"], cited, str(request.base_url).rstrip("/") + address),
    )  # fmt: skip


def whole(view: View, fact: Fact) -> dict[str, Any]:
    """What a page shows of a fact, and what its forms need."""
    history = log(view, record=fact["id"]).rows
    return {
        "fact": fact, "t": told(view, fact), "fields": fields_of(view, fact), "title": TITLES[fact.layer],
        "history": history, "seen": history[0].id if history else "", "may": may_correct(fact.layer),
        "known": KNOWN[fact.layer], "flags": FLAGS, "held": view.reviews.get(fact["id"]),
    }  # fmt: skip


def may_correct(layer: str) -> list[str]:
    """What may be corrected, in the order of the table, its own fields first."""
    names = list(LAYERS[layer].c.keys())
    own = names.index("read_at")
    return [name for name in names[own:] + names[:own] if name in MAY_CORRECT[layer]]


def gone(request: Request, given: Asked, id: str) -> Response:
    """A record that is not among what is shown: rejected, withdrawn, or never there; it says which."""
    fact = fact_of(view_of(desk_of(request).ledger, Asked(given.path, None, "all", {})), id)
    if fact is None:
        raise Refused(
            404, f"No record {id[:12]} is in the ledger, or several begin so, or its dispatch was killed."
        )
    why = "A reviewer rejected it." if fact.verdict == "reject" else f"It was not known on {given.as_of}."
    return page(request, "gone.html", given, status=410, fact=fact, why=why)
