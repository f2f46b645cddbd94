"""What does not hold in a ledger: rows whose words are not those of their dispatch, or whose id is not theirs."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from parley.store.ledger import Store
from parley.store.rows import dispatch_id
from parley.store.schema import LAYERS, dispatches


def wrong_rows(store: Store) -> Iterator[str]:
    """A sentence for each row that does not hold; every fact of every reading is looked at."""
    for layer, table in LAYERS.items():
        t, d, at = table.c, dispatches.c, 0
        wanted = (
            select(t.n, t.id, t.start, t.end, t.words, d.text)
            .join(dispatches, d.id == t.dispatch)
            .order_by(t.n)
        )
        while True:
            with store.reading() as connection:
                rows = connection.execute(wanted.where(t.n > at).limit(1000)).all()
            if not rows:
                break
            for row in rows:
                if row.text[row.start : row.end] != row.words:
                    yield f"{layer} {row.id}: characters {row.start} to {row.end} are {row.text[row.start : row.end]!r}, not {row.words!r}"
            at = rows[-1].n
    for record in store.records():
        with store.reading() as connection:
            known = connection.scalar(
                select(dispatches.c.id).where(dispatches.c.id == dispatch_id(record.document))
            )
        if known is None:
            yield f"dispatch {record.document.source_id}: its id is not the hash of its words, agency and day"
