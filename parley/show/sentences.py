"""The sentence around a fact, as far as full stops tell."""

from __future__ import annotations

from sqlalchemy import select

from parley.show.view import Fact, View, batched
from parley.store.schema import dispatches


def sentences(view: View, facts: list[Fact]) -> dict[str, str]:
    """The sentence around each figure: full stops end it."""
    ids = sorted({f["dispatch"] for f in facts})
    texts: dict[str, str] = {}
    with view.store.reading() as connection:
        for some in batched(ids):
            rows = connection.execute(
                select(dispatches.c.id, dispatches.c.text).where(dispatches.c.id.in_(some))
            )
            texts |= {row.id: row.text for row in rows}
    return {f["id"]: around(texts[f["dispatch"]], f["start"], f["end"]) for f in facts}


def around(text: str, start: int, end: int) -> str:
    first = max(text.rfind(". ", 0, start), text.rfind("\n\n", 0, start)) + 1
    stops = [at for at in (text.find(". ", end), text.find("\n\n", end)) if at >= 0]
    return text[first : min(stops, default=len(text))]
