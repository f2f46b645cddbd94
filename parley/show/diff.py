"""`diff DISPATCH`: what it adds, changes, confirms or contradicts, against the ledger as it stood before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, select

from parley.errors import WrongQuestion
from parley.link.figures import agree, relation
from parley.link.meetings import Meeting as Joined
from parley.link.meetings import apart, fits
from parley.show.agreements import fits as same_agreement
from parley.show.answer import Answer, bounds_words
from parley.show.figures import series_key, stated
from parley.show.meetings import telling
from parley.show.positions import voices_of
from parley.show.timeline import same_act
from parley.show.view import Cite, Fact, View
from parley.store.schema import LAYERS, dispatches, latest, parts, sightings

News = Literal["adds", "changes", "confirms", "contradicts", "version"]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of the dispatch against what was known; `before` is what the ledger had, with its source."""

    id: str
    news: News
    layer: str
    what: str
    before: str | None
    cites: tuple[Cite, ...]


def diff(view: View, dispatch: str) -> Answer[Change]:
    """Facts of a dispatch (its id or how that begins, or the name of its file) against those published before it."""
    id = dispatch_named(view, dispatch)
    rows: list[Change] = []
    link = view.parent(id)
    if link:
        rows.append(Change(id, "version", "dispatch", f"{link.relation} of {link.b[:12]}", link.reason, ()))
    for layer, judge in JUDGES.items():
        mine = view.facts(layer, LAYERS[layer].c.reading.in_(reading_of(id)))
        known = view.facts(layer, *alike(view, layer, mine), most=MOST_BEFORE) if mine else []
        before = [f for f in known if f["dispatch"] != id and earlier(f, mine) and f.standing == "current"]
        rows += [judge(view, fact, before) for fact in mine]
    return Answer(f"diff {id[:12]}", tuple(rows), view.notes())


def reading_of(dispatch: str) -> Select[tuple[str]]:
    return select(latest.c.reading).where(latest.c.dispatch == dispatch)


MOST_BEFORE = 300  # rows of a layer that may be what a dispatch changes or confirms: the newest


def alike(view: View, layer: str, mine: list[Fact]) -> list[ColumnElement[bool]]:
    """Conditions for what may be the same thing told before: never later than the dispatch."""
    c = LAYERS[layer].c
    days = [f["published"] for f in mine if f["published"]]
    found: list[ColumnElement[bool]] = [c.published <= max(days)] if days else []
    for column in SAME[layer]:
        found.append(c[column].in_(sorted({f[column] for f in mine}, key=str)))
    if layer in ("events", "agreements"):
        keys = sorted({p for f in mine for ps in f.parts.values() for p in ps})
        told = select(parts.c.fact).where(parts.c.party.in_(keys), parts.c.layer == layer)
        found.append(
            c.id.in_(told) if layer == "events" else c.id.in_(told) | (c.published == max(days, default=""))
        )
    return found


SAME = {
    "counts": ("status", "population"),
    "events": ("type",),
    "positions": ("party", "issue"),
    "agreements": ("kind",),
    "claims": ("authority", "words"),
}


def dispatch_named(view: View, words: str) -> str:
    d, s = dispatches.c, sightings.c
    with view.store.reading() as connection:
        found = set(connection.scalars(select(d.id).where(d.id >= words, d.id < words + "g").limit(2)))
        found |= set(connection.scalars(select(s.dispatch).where(s.source_id == words).limit(2)))
    if len(found) != 1:
        raise WrongQuestion(
            f"{words}: {'several dispatches' if found else 'no dispatch'} of that id or file name is in the ledger"
        )
    return str(found.pop())


def earlier(fact: Fact, mine: list[Fact]) -> bool:
    return (
        bool(mine)
        and (fact["published"] or "9999") <= (mine[0]["published"] or "9999")
        and fact.root != mine[0].root
    )


def of_count(view: View, fact: Fact, before: list[Fact]) -> Change:
    what = f"{fact['who']} {fact['status']}: {bounds_words(fact['low'], fact['high'])} ({fact['authority_name']})"
    same = [f for f in before if series_key(view, f) == series_key(view, fact)]
    if same:
        change = relation(stated(fact), stated(same[-1]))
        news: News = {"same": "confirms", "another day": "adds", "backdated": "adds"}.get(change, "changes")  # type: ignore[assignment]
        return Change(fact["id"], news, "counts", what, told_count(same[-1]), (fact.cite, same[-1].cite))
    rivals = [f for f in before if rival(fact, f)]
    if rivals:
        news = "confirms" if agree(stated(fact), stated(rivals[-1])) else "contradicts"
        return Change(fact["id"], news, "counts", what, told_count(rivals[-1]), (fact.cite, rivals[-1].cite))
    return Change(fact["id"], "adds", "counts", what, None, (fact.cite,))


def rival(fact: Fact, other: Fact) -> bool:
    """The same people in the same state and place on another authority, of one day as far as days are told."""
    same = fact["place"] is not None and all(fact[c] == other[c] for c in ("status", "population", "place"))
    if fact["first"] and other["first"]:
        return same and fact["first"] == other["first"]
    return same and apart(fact.day or None, other.day or None) <= NEAR_DAYS


NEAR_DAYS = 1


def told_count(fact: Fact) -> str:
    return f"{bounds_words(fact['low'], fact['high'])} ({fact['authority_name']}, {(fact['published'] or '')[:10]})"


def of_event(view: View, fact: Fact, before: list[Fact]) -> Change:
    who = ", ".join(view.shown(fact.parts.get("actor", ()))) or "somebody"
    what = f"{who} {fact['type']}{'/' + fact['mode'] if fact['mode'] else ''} [{fact['state']}]"
    same = next((f for f in before if same_act(f) == same_act(fact)), None)
    if same:
        return Change(fact["id"], "confirms", "events", what, same["words"], (fact.cite, same.cite))
    if fact["type"] == "CONSULT":
        due = [
            f
            for f in before
            if f["type"] == "CONSULT"
            and f["state"] != fact["state"]
            and fits(telling(fact), Joined([telling(f)]))
        ]
        if due:
            return Change(
                fact["id"],
                "changes",
                "events",
                what,
                f"{due[-1]['state']}: {due[-1]['words']}",
                (fact.cite, due[-1].cite),
            )
    return Change(fact["id"], "adds", "events", what, None, (fact.cite,))


def of_position(view: View, fact: Fact, before: list[Fact]) -> Change:
    what = f"{view.name(fact['party'])} {fact['stance']} on {fact['issue']}"
    voice = voices_of(view, [fact, *before])
    same = [f for f in before if line(view, f) == line(view, fact) and voice[f["id"]] == voice[fact["id"]]]
    if not same:
        return Change(fact["id"], "adds", "positions", what, None, (fact.cite,))
    news: News = "confirms" if same[-1]["stance"] == fact["stance"] else "changes"
    return Change(
        fact["id"],
        news,
        "positions",
        what,
        f"{same[-1]['stance']}: {same[-1]['words']}",
        (fact.cite, same[-1].cite),
    )


def line(view: View, fact: Fact) -> tuple[str, str]:
    return view.resolved(fact["party"]), fact["issue"]


def of_agreement(view: View, fact: Fact, before: list[Fact]) -> Change:
    what = f"{fact['kind']}, {fact['state'].replace('_', ' ')}"
    same = [f for f in before if same_agreement(fact, [f])]
    if not same:
        return Change(fact["id"], "adds", "agreements", what, None, (fact.cite,))
    news: News = "confirms" if same[-1]["state"] == fact["state"] else "changes"
    return Change(
        fact["id"], news, "agreements", what, same[-1]["state"].replace("_", " "), (fact.cite, same[-1].cite)
    )


def of_claim(view: View, fact: Fact, before: list[Fact]) -> Change:
    said = f"{fact['authority_name']} ({fact['act']}): {fact['words']}"
    same = next((f for f in before if f["words"].casefold() == fact["words"].casefold()), None)
    before_it = str(same["authority_name"]) if same else None
    return Change(fact["id"], "confirms" if same else "adds", "claims", said, before_it, (fact.cite,))


JUDGES = {
    "counts": of_count,
    "events": of_event,
    "positions": of_position,
    "agreements": of_agreement,
    "claims": of_claim,
}
