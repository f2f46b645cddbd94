"""Which numbers an offer, a demand or the terms of an agreement names: nobody is held or freed by those."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from parley.show.known import batched
from parley.show.view import Fact, View
from parley.store.schema import agreements, positions


def wished(view: View, facts: Sequence[Fact]) -> frozenset[str]:
    """Ids of the facts that lie within a position, or an agreement not yet carried out, of their own reading."""
    inside: dict[str, list[tuple[int, int]]] = {}
    readings = sorted({f["reading"] for f in facts})
    with view.store.reading() as connection:
        for table, carried_out in ((positions, None), (agreements, agreements.c.state == "completed")):
            t = table.c
            for some in batched(readings):
                wanted = select(t.reading, t.start, t.end).where(t.reading.in_(some))
                for row in connection.execute(wanted if carried_out is None else wanted.where(~carried_out)):
                    inside.setdefault(row.reading, []).append((row.start, row.end))
    return frozenset(f["id"] for f in facts if within(f, inside.get(f["reading"], [])))


def within(fact: Fact, spans: list[tuple[int, int]]) -> bool:
    return any(start <= fact["start"] and fact["end"] <= end for start, end in spans)
