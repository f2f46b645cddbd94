"""`log`: what reviewers said of rows, the latest first; nothing in it is ever changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from parley.show.answer import Answer
from parley.show.days import checked_day
from parley.show.view import View
from parley.store.schema import reviews

r = reviews.c
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a reviewer said: `before` and `after` are the fields that a correction changed, in words;
    `undone` where the same reviewer took it back."""

    id: str
    at: str
    who: str
    record: str
    verdict: str
    before: str
    after: str
    why: str
    undone: bool


def log(
    view: View,
    *,
    record: str | None = None,
    who: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int = MOST,
) -> Answer[Entry]:
    """The newest `most` entries, of one record (its id, or how that begins) or one reviewer; `since` and `until` are
    days of the entry."""
    where: list[ColumnElement[bool]] = []
    if record:
        where += [r.target >= record, r.target < record + "g"]
    if who:
        where.append(r.who == who)
    if since := checked_day(since):
        where.append(r.at >= since)
    if until := checked_day(until):
        where.append(r.at <= until + "~")
    with view.store.reading() as connection:
        undone = set(connection.scalars(select(r.undoes).where(r.undoes.is_not(None))))
        rows = connection.execute(select(reviews).where(*where).order_by(r.n.desc()).limit(most)).all()
    cut = (f"only the newest {most:,} entries are shown; ask for a record, a name or days",)
    return Answer("log", tuple(entry(row, undone) for row in rows), cut if len(rows) == most else ())


def entry(row: Any, undone: set[str]) -> Entry:
    return Entry(
        row.id, row.at, row.who, row.target, row.verdict, in_words(row.before), in_words(row.after), row.why, row.id in undone
    )  # fmt: skip


def in_words(changed: str | None) -> str:
    """'{"low": 12, "high": null}' → "low 12, high not told" """
    told = json.loads(changed) if changed else {}
    return ", ".join(f"{k} {NONE.get(k, 'not told') if v is None else v}" for k, v in told.items())


NONE = {"to": "nobody"}
