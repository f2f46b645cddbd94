"""`positions`: issues × parties; the latest line of each in its own words, the history behind it, what moved."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from parley.show.answer import Answer
from parley.show.view import Cite, Fact, View
from parley.store.keys import folded
from parley.store.schema import entities, parts
from parley.store.schema import positions as table

OWN, AGENCY, READING = "own words", "agency's words", "reading of another"


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
    where = view.within(table, since, until)
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
    members = affiliations(view, facts)
    return {fact["id"]: voice(view, fact, members) for fact in facts}


def voice(view: View, fact: Fact, members: dict[tuple[str, str], set[str]]) -> str:
    if fact["authority_kind"] == "agency":
        return AGENCY
    party, speaker = view.resolved(fact["party"]), view.resolved(fact["authority"])
    of = members.get((fact["reading"], speaker), set()) | members.get((fact["reading"], fact["claim"]), set())
    if (
        speaker == party
        or party in of
        or fact["authority"].startswith(f"{fact['authority_kind']}:{fact['party']}:")
    ):
        return OWN
    return READING


def affiliations(view: View, facts: list[Fact]) -> dict[tuple[str, str], set[str]]:
    """(reading, person's key or claim's id) → the bodies that the dispatch says they speak or act for."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    readings = sorted({f["reading"] for f in facts})
    with view.store.reading() as connection:
        for i in range(0, len(readings), 500):
            some = readings[i : i + 500]
            p, e = parts.c, entities.c
            for reading, fact, party in connection.execute(
                select(p.reading, p.fact, p.party).where(p.reading.in_(some), p.role == "of")
            ):
                found[reading, fact].add(view.resolved(party))
            known: dict[tuple[str, str], str] = {}
            rows = connection.execute(
                select(e.reading, e.local, e.party, e.name, e.roles).where(e.reading.in_(some))
            ).all()
            for row in rows:
                known[row.reading, row.local] = known[row.reading, folded(row.name)] = view.resolved(
                    row.party
                )
            for row in rows:
                for role in json.loads(row.roles):
                    if of := known.get((row.reading, role["of"] or "")) or known.get(
                        (row.reading, folded(role["of"] or ""))
                    ):
                        found[row.reading, view.resolved(row.party)].add(of)
    return found
