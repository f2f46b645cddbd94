"""A fact of the ledger as one line of plain words, and as fields with the characters that say each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from parley.show.agreements import term
from parley.show.answer import bounds_words
from parley.show.known import batched
from parley.show.view import Cite, Fact, View
from parley.store import schema
from parley.store.ledger import unpacked
from parley.store.reviews import Judged

TITLES = {
    "claims": "Said",
    "counts": "Figure",
    "events": "Event",
    "positions": "Position",
    "agreements": "Agreement",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a fact in words; `spans` are the characters that say it (code points, end-exclusive)."""

    name: str
    value: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A fact for a reader. `status` is what reviewers made of it: "open", "accept", "correct", "reject", "contested",
    "added" where one of them, `added_by`, put it in, or "taken back" where who did so undid it."""

    id: str
    layer: str
    what: str
    voice: str
    status: str
    start: int
    end: int
    words: str
    cite: Cite
    added_by: str | None = None


def told(view: View, fact: Fact) -> Told:
    r = fact.row
    held = view.reviews.get(r["id"])
    return Told(
        r["id"],
        fact.layer,
        what(view, fact),
        view.authority(fact),
        status_of(fact, held),
        r["start"],
        r["end"],
        r["words"],
        fact.cite,
        held.added if held else None,
    )


def status_of(fact: Fact, held: Judged | None) -> str:
    if fact["by_hand"] and not (held and held.added):
        return "taken back"
    if fact.contested:
        return "contested"
    return "added" if fact.verdict == "add" else fact.verdict or "open"


def what(view: View, fact: Fact) -> str:
    """What a fact says, in one line and without taking its part: "12 people held, by the Front"."""
    return WHAT[fact.layer](view, fact)


def of_claim(view: View, fact: Fact) -> str:
    told = f", told {fact['told']}" if fact["told"] else ""
    via = f", via {fact['via']}" if fact["via"] else ""
    return f"{view.authority(fact)}: {fact['act']} ({fact['mode']}{told}{via})"


def of_count(view: View, fact: Fact) -> str:
    words = (
        f"{bounds_words(fact['low'], fact['high'], bool(fact['approximate']))} {fact['who']} {fact['status']}"
    )
    by = f", by {view.name(fact['by'])}" if fact["by"] else ""
    place = f", {view.name(fact['place'])}" if fact["place"] else ""
    return words + (" (believed)" if fact["believed"] else "") + by + place


def of_event(view: View, fact: Fact) -> str:
    actors = ", ".join(view.shown(fact.parts.get("actor", ()))) or "somebody"
    whom = ", ".join(view.shown(fact.parts.get("recipient", ())))
    kind = fact["type"].lower() + (f"/{fact['mode']}" if fact["mode"] else "")
    return f"{actors}: {kind}{f' → {whom}' if whom else ''} [{fact['state']}]"


def of_position(view: View, fact: Fact) -> str:
    toward = f" → {view.name(fact['toward'])}" if fact["toward"] else ""
    return f"{view.name(fact['party'])} {fact['stance']}: {fact['issue']}{toward}"


def of_agreement(view: View, fact: Fact) -> str:
    parties = ", ".join(view.shown(fact.parts.get("party", ())))
    terms = "; ".join(term(view, t) for t in json.loads(fact["terms"]))
    told = f"{fact['kind']}, {fact['state'].replace('_', ' ')}"
    return told + (f": {parties}" if parties else "") + (f"; {terms}" if terms else "")


WHAT = {
    "claims": of_claim,
    "counts": of_count,
    "events": of_event,
    "positions": of_position,
    "agreements": of_agreement,
}


# ── one fact, whole ──────────────────────────────────────────────────────────────────────────────


def fact_of(view: View, id: str) -> Fact | None:
    """The fact with this id, or whose id begins so, as known in the view; None where there is none, or several."""
    found = []
    for layer, table in schema.LAYERS.items():
        found += view.facts(layer, table.c.id >= id, table.c.id < id + "g", most=2)
    return found[0] if len(found) == 1 else None


def told_of(view: View, ids: Iterable[str]) -> dict[str, Told]:
    """What the facts with these ids say, as far as the view has them."""
    wanted = sorted(set(ids))
    return {
        fact["id"]: told(view, fact)
        for layer, table in schema.LAYERS.items()
        for some in batched(wanted)
        for fact in view.facts(layer, table.c.id.in_(some), withdrawn=True)
    }


def fields_of(view: View, fact: Fact) -> list[Field]:
    """Every field of a fact with the characters behind it, as its reading keeps them; corrections come in as words
    alone."""
    item = item_of(view, fact)
    entities = {e["id"]: e["name"] for e in item["entities"]}
    plain, after = item["item"], changed(view, fact)
    rows = [
        Field(name, words_of(value, entities), spans_of(plain, name))
        for name, value in plain.items()
        if name not in LEFT_OUT
    ]
    return [
        Field(f.name, str(after[f.name]), ()) if f.name in after else f
        for f in rows
        if f.value or f.name in after
    ]


LEFT_OUT = ("id", "start", "end", "text", "rule", "evidence")


def item_of(view: View, fact: Fact) -> dict[str, Any]:
    from sqlalchemy import select

    wanted = select(schema.readings.c.record).where(schema.readings.c.id == fact["reading"])
    with view.store.reading() as connection:
        record = unpacked(connection.scalars(wanted).one(), "")
    (item,) = [i for i in record[fact.layer] if i["id"] == fact["local"]]
    return {"item": item, "entities": record["entities"]}


def changed(view: View, fact: Fact) -> dict[str, Any]:
    held = view.reviews.get(fact["id"])
    return held.after if held else {}


def words_of(value: Any, entities: dict[str, str]) -> str:
    if isinstance(value, dict):
        if "start" in value and "text" in value:
            return str(value["text"])
        return "; ".join(f"{k} {words}" for k, v in value.items() if (words := words_of(v, entities)))
    if isinstance(value, list):
        return "; ".join(words for v in value if (words := words_of(v, entities)))
    if value is None or value is False:
        return ""
    return "yes" if value is True else entities.get(str(value), str(value))


def spans_of(plain: dict[str, Any], name: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a field stand: its evidence, or the spans that it is made of."""
    evidence = (plain.get("evidence") or {}).get(name, [])
    found = [*evidence, *spans_in(plain[name])]
    return tuple(dict.fromkeys((s["start"], s["end"]) for s in found))


def spans_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            return [value]
        return [s for v in value.values() for s in spans_in(v)]
    return [s for v in value for s in spans_in(v)] if isinstance(value, list) else []
