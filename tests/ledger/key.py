"""The hand-made key of the story, and a ledger's answers in the same shape."""

from __future__ import annotations

import json
from typing import Any

from parley.ledger import Ledger
from parley.show.view import View

from .conftest import STORY

KEY: dict[str, dict[str, Any]] = json.loads((STORY / "key.json").read_text("utf-8"))["dates"]
DATES = tuple(KEY)


def answers(ledger: Ledger, day: str) -> dict[str, Any]:
    names = files(ledger)
    return {
        "figures": told_figures(ledger, day, names),
        "audit": books(ledger, day),
        "meetings": [
            {"parties": sorted(m.parties), "day": m.day, "state": m.state} for m in ledger.meetings(as_of=day)
        ],
        "positions": [
            {"party": p.party, "issue": p.issue, "stance": p.stance, "voice": p.voice,
             "dispatch": names[p.cites[0].dispatch], "moved_from": p.moved and p.moved.split(" (")[0]}
            for p in ledger.positions(as_of=day)
        ],
        "agreements": [
            {"kind": a.kind, "parties": sorted(a.parties), "state": a.state, "life": list(a.life), "begins": a.begins,
             "duration": a.duration, "ratio": a.ratio}
            for a in ledger.agreements(as_of=day)
        ],
        "withdrawn": sorted(names[d] for d in View(ledger, day).withdrawn),
        "superseded": {names[c.of]: names[c.dispatch] for c in ledger.lineage(as_of=day) if c.relation in ("update", "correction")},
        "copies": {names[c.dispatch]: names[c.of] for c in ledger.lineage(as_of=day) if "copy" in c.relation},
        "contradictions": sorted(
            ({"what": c.what, "sides": sorted(c.sides)} for c in ledger.conflicts(as_of=day)), key=str
        ),
    }  # fmt: skip


def told_figures(ledger: Ledger, day: str, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"status": f.status, "population": f.population, "authority": f.authority, "low": f.low, "high": f.high,
         "dispatch": names[f.cites[0].dispatch], "change": f.change}
        for f in ledger.figures(as_of=day, latest=True)
    ]  # fmt: skip


def books(ledger: Ledger, day: str) -> dict[str, Any]:
    (book,) = ledger.audit(as_of=day)
    return {
        "taken": list(book.taken), "released": list(book.released), "rescued": list(book.rescued),
        "held": book.held and list(book.held), "unaccounted": book.unaccounted and list(book.unaccounted),
    }  # fmt: skip


def files(ledger: Ledger) -> dict[str, str]:
    from sqlalchemy import select

    from parley.store.schema import sightings

    with ledger.reading() as connection:
        return dict(connection.execute(select(sightings.c.dispatch, sightings.c.source_id)).all())
