"""Adding a record to a dispatch: an editor chooses words of it, says what they tell, and it is kept as that editor's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from parley.record import Record
from parley.show.documents import Read
from parley.show.rows import speaker
from parley.store.additions import ASKED, KNOWN, LONGEST_SPAN
from parley.store.keys import digest
from parley.store.reviews import NUMBERS, typed
from parley.values import Span
from parley.web.asking import link
from parley.web.desk import Refused, allowed, checked_form, desk_of
from parley.web.forms import Posted, field, fields
from parley.web.people import Session

router = APIRouter(include_in_schema=False)
CHARACTERS = re.compile(r"\s*(\d{1,9})\s*[-–]\s*(\d{1,9})\s*")
FIRST_WORDS = 60  # characters of a claim that tell it from others


@dataclass(frozen=True, slots=True)
class Adding:
    """The form of a new record. `select` is what was asked for, `span` the characters it means, with their words and a
    seal of those, and `trouble` why it means none; `asked` are the fields of the kind, `who` and `claims` whom and what the dispatch has."""

    select: str
    kind: str
    span: Span | None
    words: str
    seal: str
    trouble: str
    asked: dict[str, str]
    known: dict[str, tuple[str, ...]]
    who: tuple[tuple[str, str], ...]
    claims: tuple[tuple[str, str], ...]


def adding(request: Request, found: Read, session: Session | None) -> Adding | None:
    """What the form has in it; None for who may not add. Without a choice it asks for one alone."""
    if session is None or not session.user.may("editor"):
        return None
    select = request.query_params.get("select", "").strip()
    kind = request.query_params.get("kind", "")
    kind = kind if kind in ASKED else "claims"
    span, trouble = chosen(found.text, select) if select else (None, "")
    record = desk_of(request).ledger.record(found.id) if span else None
    words = span.of(found.text) if span else ""
    return Adding(
        select, kind, span, words, digest(words), trouble, ASKED[kind], KNOWN[kind],
        whom(record) if record else (), claims(record) if record else (),
    )  # fmt: skip


def chosen(text: str, select: str) -> tuple[Span | None, str]:
    """Characters ("217-230"), or words that stand in the text once; else what is wrong with them."""
    if numbers := CHARACTERS.fullmatch(select):
        start, end = int(numbers[1]), int(numbers[2])
        if 0 <= start < end <= len(text) and end - start <= LONGEST_SPAN:
            return Span(start, end), ""
        return None, f"{select}: choose 1 to {LONGEST_SPAN:,} of the {len(text):,} characters there are."
    places = list(re.finditer(r"\s+".join(map(re.escape, select.split())), text))
    if len(places) == 1 and len(places[0][0]) <= LONGEST_SPAN:
        return Span(*places[0].span()), ""
    how = "stand there more than once; take more of them" if places else "do not stand there"
    return None, f"These words {how}, or give the numbers of the characters."


def whom(record: Record) -> tuple[tuple[str, str], ...]:
    return tuple((e.id, e.name) for e in record.entities)


def claims(record: Record) -> tuple[tuple[str, str], ...]:
    """Each claim of the program with whose it is and how it begins."""
    found = ((c, " ".join(c.span.of(record.text).split())[:FIRST_WORDS]) for c in record.claims)
    return tuple((c.id, f"{speaker(record, c)}: {words}") for c, words in found)


# ── keeping it ───────────────────────────────────────────────────────────────────────────────────


@router.post("/documents/{id}/add")
def add(request: Request, id: str, form: Posted) -> Response:
    """Keep a record, if its characters are still the words that were chosen; then to those words."""
    session = allowed(request, "editor")
    checked_form(session, form)
    ledger, layer = desk_of(request).ledger, field(form, "kind")
    record = ledger.record(id)
    if record is None:
        raise Refused(404, f"No dispatch {id[:12]} is in the ledger.")
    span = the_span(record.text, form)
    given = {name: value(form, name, kind) for name, kind in ASKED.get(layer, {}).items()}
    ledger.add_by_hand(
        id, layer, span.start, span.end, span.of(record.text), given, who=session.user.name, why=field(form, "why")
    )  # fmt: skip
    return RedirectResponse(link(f"/documents/{id}", at=f"{span.start}-{span.end}"), 303)


def the_span(text: str, form: FormData) -> Span:
    """The characters of a form, if they are those that its page showed: `seal` is made of the words."""
    span, trouble = chosen(text, f"{field(form, 'start')}-{field(form, 'end')}")
    if span is None:
        raise Refused(400, trouble)
    if field(form, "seal") != digest(span.of(text)):
        raise Refused(
            409, "These characters are not the words that were chosen. Go back and choose them again."
        )
    return span


def value(form: FormData, name: str, kind: str) -> Any:
    """What a field of the form says, as its kind has it."""
    if kind == "whom":
        return tuple(fields(form, f"is-{name}"))
    given = field(form, f"is-{name}")
    return bool(given) if kind == "flag" else typed(name, given) if name in NUMBERS else given or None
