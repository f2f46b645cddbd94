"""`meetings`: planned, held, cancelled, or due and not yet confirmed, each with its roster and history."""

from __future__ import annotations

from dataclasses import dataclass

from parley.link.meetings import Meeting as Joined
from parley.link.meetings import MeetingState
from parley.link.meetings import meetings as joined
from parley.show.answer import Answer
from parley.show.days import beside, within
from parley.show.view import Cite, Fact, View
from parley.store.schema import events


@dataclass(frozen=True, slots=True)
class Meeting:
    """`day`..`last` is when it is due or was held; `history` has each state with the day it was published."""

    id: str
    state: MeetingState
    day: str | None
    last: str | None
    parties: tuple[str, ...]
    place: str | None
    history: tuple[str, ...]
    lineages: int
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    fact: Fact
    who: frozenset[str]
    state: str
    first: str | None
    last: str | None
    published: str | None


def meetings(
    view: View,
    *,
    party: str | None = None,
    state: str | None = None,
    since: str | None = None,
    until: str | None = None,
    most: int = 1000,
) -> Answer[Meeting]:
    """Meetings with at least two known parties, in order of their day."""
    met = beside(events.c.type, "CONSULT", party)
    where = [*within(events, since, until), met]
    facts = [f for f in view.facts("events", *where, party=party, most=most) if f.standing == "current"]
    tellings = [t for f in facts if len((t := telling(f)).who) >= 2]
    day = view.as_of or view.last_day()  # by all dispatches, what the newest of them could have confirmed
    rows = [row(view, m, day) for m in joined(tellings)]
    kept = [r for r in rows if state in (None, r.state)]
    return Answer(
        "meetings",
        tuple(sorted(kept, key=lambda r: (r.day or r.cites[0].published or "", r.id))),
        view.notes(),
    )


def telling(fact: Fact) -> Telling:
    who = frozenset((*fact.parts.get("actor", ()), *fact.parts.get("recipient", ())))
    return Telling(fact, who, fact["state"], fact["first"], fact["last"], fact["published"])


def row(view: View, meeting: Joined[Telling], day: str | None) -> Meeting:
    first, last = meeting.days
    facts = [t.fact for t in meeting.tellings]
    places = {view.name(f["place"]) for f in facts if f["place"]}
    state = meeting.state(day)
    return Meeting(
        id=facts[0]["id"], state=state, day=first, last=last, parties=view.shown(sorted(meeting.who)),
        place=places.pop() if len(places) == 1 else None,
        history=tuple(f"{(f['published'] or '')[:10]} {f['state']}" for f in facts),
        lineages=len({f.root for f in facts}), cites=tuple(f.cite for f in facts),
    )  # fmt: skip
