"""The ledger as if some dispatches had not come: what was known before them, however long ago they came."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from parley.show.view import View
from parley.store.ledger import Store
from parley.store.schema import dispatches


class Before(View):
    """A view without the facts of the dispatches `hidden`, and without the links that they brought."""

    def __init__(self, store: Store, hidden: Collection[str]) -> None:
        super().__init__(store)
        self.hidden = tuple(hidden)

    def chosen(self, table: Any, where: Iterable[ColumnElement[bool]]) -> Select[tuple[int]]:
        return super().chosen(table, (*where, table.c.dispatch.not_in(self.hidden)))

    def knows(self, link: Any) -> bool:
        return link.a not in self.hidden and link.b not in self.hidden and super().knows(link)

    def last_day(self) -> str | None:
        d = dispatches.c
        wanted = select(d.published).where(d.published.is_not(None), d.id.not_in(self.hidden))
        with self.store.reading() as connection:
            found = connection.scalar(wanted.order_by(d.published.desc()).limit(1))
        return found[:10] if found else None
