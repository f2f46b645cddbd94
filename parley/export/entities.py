"""FollowTheMoney JSON lines: persons, bodies, events and the dispatches that tell of them.

Schemata and properties of followthemoney 4: Person, Organization, PublicBody, Address is not used, Article, Event.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from parley.export.tables import lines, written
from parley.show.timeline import Act, timeline
from parley.show.view import View
from parley.store.keys import digest
from parley.store.schema import dispatches, names

SCHEMATA = {"person": "Person", "organization": "Organization", "state": "PublicBody"}


def ftm(view: View, to: Path, safe: bool) -> Iterator[Path]:
    to.mkdir(parents=True, exist_ok=True)
    acts = list(timeline(view, most=view.most))
    parties = known(view)
    cited = {c.dispatch for act in acts for c in act.cites}
    rows = [*parties.values(), *articles(view, cited), *(event(act, parties) for act in acts)]
    yield written(to / "entities.ftm.jsonl", lines(rows))


def known(view: View) -> dict[str, dict[str, Any]]:
    """An entity for each person and body, by the name it is shown under."""
    found: dict[str, dict[str, Any]] = {}
    with view.store.reading() as connection:
        rows = connection.execute(
            select(names.c.party, names.c.name, names.c.kind).order_by(names.c.party, names.c.name)
        ).all()
    for row in rows:
        if schema := SCHEMATA.get(row.kind):
            main = view.resolved(row.party)
            shown = view.name(main) or row.name
            entity = found.setdefault(
                shown, {"id": digest("ftm", main), "schema": schema, "properties": {"name": [shown]}}
            )
            if row.name != shown and row.name not in entity["properties"].setdefault("alias", []):
                entity["properties"]["alias"].append(row.name)
    return found


def articles(view: View, ids: set[str]) -> Iterator[dict[str, Any]]:
    d = dispatches.c
    with view.store.reading() as connection:
        rows = connection.execute(select(d.id, d.agency, d.published, d.text).order_by(d.id)).all()
    for row in rows:
        if row.id in ids:
            told = {
                "publisher": [row.agency] if row.agency else [],
                "date": [row.published] if row.published else [],
            }
            yield {
                "id": row.id,
                "schema": "Article",
                "properties": {"title": [row.text.strip().splitlines()[0][:200]], **told},
            }


def event(act: Act, parties: dict[str, dict[str, Any]]) -> dict[str, Any]:
    involved = [parties[n]["id"] for n in (*act.actors, *act.recipients) if n in parties]
    properties = {
        "name": [f"{act.type}{'/' + act.mode if act.mode else ''} [{act.state}]"],
        "date": [act.day] if act.day else [],
        "involved": involved,
        "location": [act.place] if act.place else [],
        "proof": sorted({c.dispatch for c in act.cites}),
        "summary": [act.cites[0].words],
    }
    return {"id": act.id, "schema": "Event", "properties": {k: v for k, v in properties.items() if v}}
