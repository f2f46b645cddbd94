"""`who NAME`: a person, body or place: spellings, offices with their dates, and what the ledger has of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from parley.show.answer import Answer
from parley.show.view import Cite, View
from parley.store import schema


@dataclass(frozen=True, slots=True)
class Person:
    """`offices` are told with the first and last day of publication that gives them; `aliases` with the reason."""

    id: str
    name: str
    kind: str
    spellings: tuple[str, ...]
    aliases: tuple[str, ...]
    offices: tuple[str, ...]
    first: str | None
    last: str | None
    dispatches: int
    parts: tuple[str, ...]
    cites: tuple[Cite, ...]


def who(view: View, name: str) -> Answer[Person]:
    """One row for each key that the name leads to; raises WrongQuestion where there is none."""
    groups: dict[str, list[str]] = {}
    for key in view.keys_of(name):
        groups.setdefault(view.resolved(key), []).append(key)
    rows = [row for main, keys in sorted(groups.items()) if (row := person(view, main, keys))]
    return Answer(f"who {name}", tuple(rows), view.notes())


def person(view: View, main: str, keys: list[str]) -> Person | None:
    e = schema.entities.c
    wanted = (
        select(e.name, e.kind, e.roles, e.published, e.dispatch, e.start, e.end)
        .join(schema.latest, schema.latest.c.reading == e.reading)
        .where(e.party.in_(keys))
        .order_by(e.published, e.dispatch, e.start)
    )
    if view.until:
        wanted = wanted.where(e.published <= view.until)
    with view.store.reading() as connection:
        rows = [r for r in connection.execute(wanted).all() if r.dispatch not in view.withdrawn]
    if not rows:
        return None
    links = [k for k in view.links("name") if view.resolved(k.a) == main]
    dated = [r.published for r in rows if r.published]
    return Person(
        id=main, name=view.name(main) or "", kind=rows[0].kind, spellings=tuple(sorted({r.name for r in rows})),
        aliases=tuple(f"{k.a.partition(':')[2]}: {k.reason} ({k.score})" for k in links), offices=offices(rows),
        first=min(dated, default=None), last=max(dated, default=None), dispatches=len({r.dispatch for r in rows}),
        parts=taken_part(view, keys),
        cites=cited(view, rows[-5:]),
    )  # fmt: skip


def cited(view: View, rows: Sequence[Any]) -> tuple[Cite, ...]:
    d = schema.dispatches.c
    wanted = select(d.id, d.agency).where(d.id.in_({r.dispatch for r in rows}))
    with view.store.reading() as connection:
        agencies = {row.id: row.agency for row in connection.execute(wanted)}
    return tuple(
        Cite(r.dispatch, r.start, r.end, r.name, agencies[r.dispatch], r.published, "", "") for r in rows
    )


def offices(rows: Sequence[Any]) -> tuple[str, ...]:
    told: dict[str, list[str]] = {}
    for row in rows:
        for role in json.loads(row.roles):
            title = ("former " if role["former"] and not role["title"].startswith("former") else "") + role[
                "title"
            ]
            told.setdefault(title, []).append((row.published or "")[:10])
    return tuple(
        f"{t} ({min(d)} to {max(d)})" if min(d) != max(d) else f"{t} ({min(d)})" for t, d in told.items()
    )


def taken_part(view: View, keys: list[str]) -> tuple[str, ...]:
    p = schema.parts.c
    wanted = (
        select(p.layer, p.role, func.count())
        .where(p.party.in_(keys))
        .group_by(p.layer, p.role)
        .order_by(p.layer, p.role)
    )
    wanted = wanted.join(schema.latest, schema.latest.c.reading == p.reading)
    if view.until:
        wanted = wanted.where(p.published <= view.until)
    with view.store.reading() as connection:
        return tuple(f"{layer}: {role} {n}" for layer, role, n in connection.execute(wanted))
