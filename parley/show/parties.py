"""`parties`: who takes part, the most told of first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from parley.show.answer import Answer
from parley.show.days import checked_day
from parley.show.view import Cite, View
from parley.store import schema

MOST = 200
LOOKED = 20_000  # mentions that the count looks at: the newest


@dataclass(frozen=True, slots=True)
class Party:
    """`dispatches` counts those that speak of it among the newest; `kind` is person, body or place."""

    id: str
    name: str
    kind: str
    dispatches: int
    last: str | None
    cites: tuple[Cite, ...] = ()


def parties(
    view: View,
    *,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int = MOST,
) -> Answer[Party]:
    """The `most` told-of people, bodies and places with names of their own, by the newest mentions."""
    e = schema.entities.c
    known = (e.party.not_like("group:%"), e.dispatch.not_in(sorted(view.withdrawn)))
    newest = select(e.party, e.dispatch, e.published).where(*known)
    if view.until:
        newest = newest.where(e.published <= view.until)
    if since := checked_day(since):
        newest = newest.where(e.published >= since)
    if until := checked_day(until):
        newest = newest.where(e.published <= until + "~")
    if kind:
        newest = newest.where(e.party.like(f"{kind}:%"))
    some = newest.order_by(e.n.desc()).limit(LOOKED).subquery()
    told = select(some.c.party, func.count(some.c.dispatch.distinct()), func.max(some.c.published)).group_by(
        some.c.party
    )
    with view.store.reading() as connection:
        rows = connection.execute(told).all()
    sums: dict[str, tuple[int, str | None]] = {}
    for key, n, last in rows:
        main = view.resolved(key)
        before, latest = sums.get(main, (0, None))
        sums[main] = (before + n, max(filter(None, (latest, last)), default=None))
    ranked = sorted(sums.items(), key=lambda kv: (-kv[1][0], kv[0]))[:most]
    view.learn(key for key, _ in ranked)
    found = tuple(Party(k, view.name(k) or k, k.partition(":")[0], n, last) for k, (n, last) in ranked)
    return Answer("parties", found, view.notes())
