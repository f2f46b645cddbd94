"""Add: texts and files are read and shown first; what an editor then confirms goes into the ledger."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.found import BadInput
from parley.record import Record
from parley.show.rows import LAYERS, TITLES, rows
from parley.store.rows import dispatch_id
from parley.web.asking import asked
from parley.web.desk import Desk, Refused, allowed, checked_form, desk_of, page
from parley.web.forms import MOST_FILES, Posted, field, fields
from parley.web.pages.documents import marks
from parley.web.texts import (
    MOST,
    Busy,
    again,
    apart,
    packed,
    pasted,
    records,
    seal,
    uploaded,
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """A record before it is kept: its text marked, its cards, and what goes into the form that keeps it. `id` is that
    of the dispatch, `known` whether the ledger has this reading of it."""

    id: str
    document: Document
    made_by: str
    text: Markup
    cards: list[tuple[str, str, dict[str, str]]]
    known: bool
    packed: str
    seal: str


@router.get("/add")
def form(request: Request) -> Response:
    allowed(request, "editor")
    return drawn(request)


def drawn(request: Request, *, status: int = 200, **told: Any) -> Response:
    """The form; above it what could not be taken, or what was."""
    given = {"bad": (), "kept": (), "published": "", "most_files": MOST_FILES, "most": MOST} | told
    return page(request, "add.html", asked("/add", {}), status=status, **given)


@router.post("/add")
def preview(request: Request, form: Posted) -> Response:
    """What the texts say, before anything is saved."""
    checked_form(allowed(request, "editor"), form)
    published = day_of(form)
    documents, bad = apart(given_in(form, published))
    if not documents:
        nothing = BadInput("nothing to read", "paste a text, or choose files")
        return drawn(request, status=400, bad=bad or (nothing,), published=published or "")
    desk = desk_of(request)
    seen = [shown(desk, record, n, len(documents)) for n, record in enumerate(read(documents), 1)]
    return page(
        request, "add_preview.html", asked("/add", {}), seen=seen, bad=bad, titles=TITLES,
        command=command(desk, form, published),
    )  # fmt: skip


@router.post("/add/keep")
def keep(request: Request, form: Posted) -> Response:
    """Save what was previewed and chosen: the same texts, read again."""
    checked_form(allowed(request, "editor"), form)
    try:
        documents = [brought_back(form, number) for number in fields(form, "keep")[:MOST]]
    except UnreadableInput as trouble:
        raise Refused(400, str(trouble)) from trouble
    if not documents:
        raise Refused(400, "No dispatch was chosen. Go back and choose some.")
    read_anew = read(documents)
    new = desk_of(request).ledger.add_all(read_anew)
    kept = [(dispatch_id(r.document), r.document, fresh) for r, fresh in zip(read_anew, new, strict=True)]
    return drawn(request, kept=kept)


# ── what was given ───────────────────────────────────────────────────────────────────────────────


def day_of(form: FormData) -> str | None:
    given = field(form, "published")
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise Refused(400, f"{given[:40]}: no such day; write it like 2024-05-15.") from None


def given_in(form: FormData, published: str | None) -> Iterator[Document | BadInput]:
    text = form.get("text")
    own = pasted(text, published) if isinstance(text, str) else iter(())
    return chain(own, *(uploaded(name, file.file.read(), published) for name, file in files(form)))


def files(form: FormData) -> list[tuple[str, UploadFile]]:
    """The files that were chosen, with their names; a field without one sends a file without a name."""
    given = [f for f in form.getlist("files") if isinstance(f, UploadFile)]
    return [(Path(f.filename.replace("\\", "/")).name, f) for f in given if f.filename]


def brought_back(form: FormData, number: str) -> Document:
    day, name = field(form, f"published-{number}"), form.get(f"name-{number}")
    return again(
        field(form, f"text-{number}"), day, name if isinstance(name, str) else None, field(form, f"seal-{number}")
    )  # fmt: skip


def command(desk: Desk, form: FormData, published: str | None) -> str:
    """The same on the command line, where "-" is what is pasted."""
    own = ["-"] if field(form, "text") else []
    names = own + [name for name, _ in files(form)]
    day = ["--published", published] if published else []
    place = desk.ledger.name if "://" in desk.ledger.name else Path(desk.ledger.name).name
    return shlex.join(["parley", "add", *names, *day, "--ledger", place])


# ── what it says ─────────────────────────────────────────────────────────────────────────────────


def read(documents: list[Document]) -> list[Record]:
    try:
        return records(documents)
    except Busy as trouble:
        raise Refused(503, str(trouble)) from trouble


def shown(desk: Desk, record: Record, number: int, of: int) -> Seen:
    """Items are numbered through the page: "n3", and "2.3" where there are several dispatches."""
    items = [(layer, item) for layer in LAYERS for item in getattr(record, layer)]
    items.sort(key=lambda i: (i[1].span.start, -i[1].span.end))
    names = {item.id: f"{number}.{n}" if of > 1 else f"n{n}" for n, (_, item) in enumerate(items, 1)}
    by_id = {row["id"]: row for layer in LAYERS for row in rows(record, layer)}
    return Seen(
        dispatch_id(record.document), record.document, record.made_by,
        marks(record.text, [(layer, names[item.id], item.span) for layer, item in items]),
        [(layer, names[item.id], by_id[item.id]) for layer, item in items],
        desk.ledger.holds(record.document, record.made_by), packed(record.document), seal(record.document),
    )  # fmt: skip
