"""`timeline`: what is told to have been done, day by day; the same act told again is one row with more sources."""

from __future__ import annotations

from dataclasses import dataclass

from parley.show.answer import Answer
from parley.show.days import beside, within
from parley.show.view import Cite, Fact, View
from parley.store.schema import events


@dataclass(frozen=True, slots=True)
class Act:
    """An act as told. `day`..`last` is when it is told to have happened; where no words say, `day` is "" and the
    row stands at its publication. `lineages` counts independent dispatches, copies and versions as one."""

    id: str
    day: str
    last: str | None
    published: str | None
    type: str
    mode: str | None
    state: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    authorities: tuple[str, ...]
    lineages: int
    contested: bool
    cites: tuple[Cite, ...]


def timeline(
    view: View,
    *,
    party: str | None = None,
    type: str | None = None,
    state: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int = 1000,
) -> Answer[Act]:
    """Acts known on the day of the view, in order of the day they are told of; the newest `most`."""
    where = within(events, since, until)
    if type:
        where.append(beside(events.c.type, type.upper(), party))
    if state:
        where.append(events.c.state == state)
    facts = [f for f in view.facts("events", *where, party=party, most=most) if f.standing != "replaced"]
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(same_act(fact), []).append(fact)
    rows = [act(view, group) for group in groups.values()]
    return Answer(
        "timeline", tuple(sorted(rows, key=lambda r: (r.day or (r.published or "")[:10], r.id))), view.notes()
    )


def same_act(fact: Fact) -> object:
    """What makes two tellings one act: its kind, state, day, and who did it to whom, all of them told. A telling
    that leaves one open stands alone, but for copies of its own dispatch."""
    actors, recipients = fact.parts.get("actor", ()), fact.parts.get("recipient", ())
    whom = (frozenset(actors), frozenset(recipients))
    what = (fact["type"], fact["mode"], fact["state"])
    if actors and fact["first"]:
        return (*what, fact["first"], *whom)
    return (*what, fact.root, fact["words"], *whom)


def act(view: View, group: list[Fact]) -> Act:
    first = group[0]
    return Act(
        id=first["id"], day=first["first"] or "", last=first["last"], published=first["published"], type=first["type"],
        mode=first["mode"], state=first["state"], actors=view.shown(first.parts.get("actor", ())),
        recipients=view.shown(first.parts.get("recipient", ())), place=view.name(first["place"]),
        authorities=tuple(dict.fromkeys(f["authority_name"] for f in group)), lineages=len({f.root for f in group}),
        contested=any(f.contested for f in group), cites=tuple(f.cite for f in group),
    )  # fmt: skip
