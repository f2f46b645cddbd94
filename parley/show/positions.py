"""`positions`: issues × parties; the latest line of each in its own words, the history behind it, what moved."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from parley.show.answer import Answer
from parley.show.days import within
from parley.show.known import batched
from parley.show.view import Cite, Fact, View
from parley.store.keys import folded
from parley.store.schema import entities, parts
from parley.store.schema import positions as table

OWN, AGENCY, READING = "own words", "agency's words", "told by another"


@dataclass(frozen=True, slots=True)
class Line:
    """What a party holds on an issue. `voice` tells whose words it is known by: the party's own, the agency's, or
    those of another, a mediator say, which never stand for the party's. `moved` is what it held before."""

    id: str
    party: str
    issue: str
    stance: str
    words: str
    condition: str | None
    toward: str | None
    voice: str
    authority: str
    published: str | None
    moved: str | None
    history: tuple[str, ...]
    contested: bool
    cites: tuple[Cite, ...]


def positions(
    view: View,
    *,
    party: str | None = None,
    issue: str | None = None,
    since: str | None = None,
    until: str | None = None,
    history: bool = False,
) -> Answer[Line]:
    """The latest line of each party on each issue, its own words and the readings of others apart; with `history`,
    every line. `since` and `until` ask what was held between two days."""
    where = within(table, since, until)
    if issue:
        where.append(table.c.issue == issue)
    facts = [f for f in view.facts("positions", *where, party=party) if f.standing == "current"]
    voices = voices_of(view, facts)
    lines: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        lines[view.resolved(fact["party"]), fact["issue"], voices[fact["id"]]].append(fact)
    rows = [r for key in sorted(lines) for r in told(view, key[2], lines[key], history)]
    return Answer("positions", tuple(rows), view.notes())


def told(view: View, voice: str, facts: list[Fact], history: bool) -> list[Line]:
    wanted = range(len(facts)) if history else [len(facts) - 1]
    return [line(view, voice, facts[: i + 1]) for i in wanted]


def line(view: View, voice: str, facts: list[Fact]) -> Line:
    fact = facts[-1]
    before = next((f for f in reversed(facts[:-1]) if f["stance"] != fact["stance"]), None)
    return Line(
        id=fact["id"], party=view.name(fact["party"]) or "", issue=fact["issue"], stance=fact["stance"],
        words=fact["words"], condition=fact["condition"], toward=view.name(fact["toward"]), voice=voice,
        authority=fact["authority_name"], published=fact["published"],
        moved=f"{before['stance']} ({(before['published'] or '')[:10]})" if before else None,
        history=tuple(f"{(f['published'] or '')[:10]} {f['stance']}" for f in facts), contested=fact.contested,
        cites=tuple(f.cite for f in reversed(facts)),
    )  # fmt: skip


def voices_of(view: View, facts: list[Fact]) -> dict[str, str]:
    """For each position, whose words it is known by."""
    members, spoken_for = offices(view, facts), affiliations(view, facts)
    return {f["id"]: voice(view, f, members, spoken_for) for f in facts}


def voice(view: View, fact: Fact, members: dict[str, set[str]], spoken_for: dict[str, set[str]]) -> str:
    if fact["authority_kind"] == "agency":
        return AGENCY
    party, speaker = view.resolved(fact["party"]), view.resolved(fact["authority"])
    of = members.get(speaker, set()) | spoken_for.get(fact["claim"] or "", set())
    own = (
        speaker == party
        or party in of
        or fact["authority"].startswith(f"{fact['authority_kind']}:{fact['party']}:")
    )
    return OWN if own else READING


def affiliations(view: View, facts: list[Fact]) -> dict[str, set[str]]:
    """Claim → the bodies that its source is told to belong to, "a Front official"."""
    p, found = parts.c, defaultdict[str, set[str]](set)
    claims = {f["claim"] for f in facts}
    with view.store.reading() as connection:
        for some in batched(sorted({f["reading"] for f in facts if f["claim"]})):
            wanted = select(p.fact, p.party).where(p.reading.in_(some), p.role == "of")
            for row in connection.execute(wanted):
                if row.fact in claims:
                    found[row.fact].add(view.resolved(row.party))
    return found


def offices(view: View, facts: list[Fact]) -> dict[str, set[str]]:
    """Person → the bodies in which some dispatch known on the day gives them an office they have not left."""
    e, found = entities.c, defaultdict[str, set[str]](set)
    speakers = sorted({f["authority"] for f in facts if f["authority_kind"] == "person"})
    with view.store.reading() as connection:
        for some in batched(speakers):
            wanted = select(e.reading, e.dispatch, e.party, e.roles).where(e.party.in_(some), e.roles != "[]")
            told = connection.execute(wanted.where(e.published <= view.until) if view.until else wanted).all()
            bodies = named_in(connection, {row.dispatch for row in told})
            for row in told:
                for role in json.loads(row.roles):
                    if (of := bodies.get((row.reading, role["of"] or ""))) and not role["former"]:
                        found[view.resolved(row.party)].add(view.resolved(of))
    return found


def named_in(connection: Connection, ids: set[str]) -> dict[tuple[str, str], str]:
    """(reading, id or folded name of an entity there) → its key."""
    e, found = entities.c, dict[tuple[str, str], str]()
    for some in batched(sorted(ids)):
        for row in connection.execute(
            select(e.reading, e.local, e.name, e.party).where(e.dispatch.in_(some))
        ):
            found[row.reading, row.local] = found[row.reading, folded(row.name)] = row.party
    return found
