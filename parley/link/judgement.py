"""A judgement that two things belong together: a row with a reason and a score, taken back by another row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from parley.store.keys import digest
from parley.store.ledger import now
from parley.store.schema import links


@dataclass(frozen=True, slots=True)
class Link:
    """`a` belongs to `b`. `kind` is lineage, reuse or name; `score` is from 0 to 1; `published` (UTC) is when the
    later of the two became known, `until` when a second candidate did: from then on there is no answer."""

    kind: str
    a: str
    b: str
    relation: str
    score: float
    reason: str
    published: str | None = None
    until: str | None = None

    @property
    def id(self) -> str:
        return digest(self.kind, self.a, self.b, self.relation, self.published, self.until)


def settle(connection: Connection, kind: str, of: Iterable[str], found: Iterable[Link]) -> None:
    """Make the links of kind `kind` that start at one of `of` exactly those found; others are taken back."""
    of, wanted = list(of), {link.id: link for link in found}
    if not of:
        return
    held = {row.id: row for row in standing(connection, kind, of)}
    rows = [{**asdict(link), "id": id, "active": True} for id, link in wanted.items() if id not in held]
    rows += [taken_back(row) for id, row in held.items() if id not in wanted]
    if rows:
        stamp = now()
        connection.execute(links.insert(), [row | {"made_at": stamp} for row in rows])


def taken_back(row: Any) -> dict[str, Any]:
    fields = ("id", "kind", "a", "b", "relation", "score", "reason", "published", "until")
    return {f: getattr(row, f) for f in fields} | {"active": False}


def standing(connection: Connection, kind: str, of: Iterable[str] | None = None) -> list[Any]:
    """The links of a kind that have not been taken back; those from `of`, or all of them."""
    if of is None:
        return active(connection, ALL, {"kind": kind})
    return active(connection, FROM, {"kind": kind, "of": list(of)})


def touching(connection: Connection, kind: str, ids: Iterable[str]) -> list[Any]:
    """The links of a kind that have not been taken back and have one of these on either side."""
    return active(connection, EITHER, {"kind": kind, "of": list(ids)})


def active(connection: Connection, wanted: Any, asked: dict[str, Any]) -> list[Any]:
    last = {
        row.id: row for row in connection.execute(wanted, asked)
    }  # in order: the last row of an id counts
    return sorted((row for row in last.values() if row.active), key=lambda row: str(row.id))


ALL = select(links).where(links.c.kind == bindparam("kind")).order_by(links.c.n)
FROM = ALL.where(links.c.a.in_(bindparam("of", expanding=True)))
EITHER = ALL.where(
    or_(links.c.a.in_(bindparam("of", expanding=True)), links.c.b.in_(bindparam("of", expanding=True)))
)
