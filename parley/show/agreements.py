"""`agreements`: truces, exchanges and accords with their terms and their life, as told day by day."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from parley.lang import table as words_of
from parley.show.answer import Answer, bounds_words
from parley.show.days import within
from parley.show.view import Cite, Fact, View
from parley.store.schema import agreements as table

FAMILY = {"ceasefire": "truce"}


@dataclass(frozen=True, slots=True)
class Accord:
    """An agreement as last told. `life` has each state with the day of publication; `ratio` is what was counted on
    either side of an exchange, as in "105 for 240"."""

    id: str
    kind: str
    state: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    begins: str | None
    ends: str | None
    duration: str | None
    terms: tuple[str, ...]
    ratio: str | None
    life: tuple[str, ...]
    lineages: int
    contested: bool
    cites: tuple[Cite, ...]


def agreements(
    view: View,
    *,
    party: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Answer[Accord]:
    """Agreements known on the day of the view, each with its life, in order of first telling."""
    facts = [
        f
        for f in view.facts("agreements", *within(table, since, until), party=party)
        if f.standing == "current"
    ]
    rows = [accord(view, group) for group in joined(facts)]
    kept = [r for r in rows if kind in (None, r.kind) and state in (None, r.state)]
    return Answer("agreements", tuple(kept), view.notes())


def joined(facts: list[Fact]) -> list[list[Fact]]:
    """Tellings of one agreement: the same kind between the same parties, until it has ended and another begins.
    Where a telling leaves the parties open it is joined only if just one agreement of its kind is alive."""
    groups: list[list[Fact]] = []
    near: dict[tuple[str, str], set[int]] = defaultdict(set)  # (family, party; "" for all) → groups
    for fact in facts:
        fitting = [i for i in sorted(where(fact, near)) if fits(fact, groups[i])]
        if len(fitting) != 1:
            groups.append([])
            fitting = [len(groups) - 1]
        groups[fitting[0]].append(fact)
        for party in ("", *(fact.parts.get("party") or (OPEN,))):
            near[family(fact), party].add(fitting[0])
    return groups


OPEN = "?"  # the party of a telling that leaves the parties open


def where(fact: Fact, near: dict[tuple[str, str], set[int]]) -> set[int]:
    """The groups that may take a telling in: of its family, and with one of its parties or with a telling without."""
    parties = fact.parts.get("party", ())
    return set().union(*(near[family(fact), p] for p in ((*parties, OPEN) if parties else ("",))))


def fits(fact: Fact, group: list[Fact]) -> bool:
    """May this be the same agreement? One that ends or holds was made before; one that is sought anew, on a later
    day than one was made, is another."""
    if family(fact) != family(group[0]):
        return False
    mine = set(fact.parts.get("party", ()))
    theirs = {p for f in group for p in f.parts.get("party", ())}
    if mine and theirs and not (mine <= theirs or theirs <= mine):
        return False
    made, over = any(f["state"] in MADE for f in group), any(f["state"] in ENDED for f in group)
    if fact["state"] in SOUGHT:
        return not (made or over) or fact["dispatch"] == group[-1]["dispatch"]
    if fact["state"] in ("collapsed", "in_force") and not made:
        return not over and bool(mine & theirs)
    return not over or fact["dispatch"] == group[-1]["dispatch"]


SOUGHT, MADE = ("proposed", "under_negotiation"), ("agreed", "in_force", "completed")
ENDED = ("completed", "collapsed", "rejected")
STRENGTH = ("under_negotiation", "proposed", "rejected", "agreed", "in_force", "completed", "collapsed")


def family(fact: Fact) -> str:
    return FAMILY.get(fact["kind"], str(fact["kind"]))


def accord(view: View, group: list[Fact]) -> Accord:
    last = group[-1]

    def latest(field: str) -> Any:
        return next((f[field] for f in reversed(group) if f[field]), None)

    terms: list[dict[str, Any]] = next((t for f in reversed(group) if (t := json.loads(f["terms"]))), [])
    told = [life_of(f) for f in by_dispatch(group)]
    return Accord(
        id=group[0]["id"], kind=family(group[0]), state=told[-1].partition(" ")[2], parties=all_of(view, group, "party"),
        mediators=all_of(view, group, "mediator"), begins=latest("begins"), ends=latest("ends"),
        duration=latest("duration"), terms=tuple(term(view, t) for t in terms), ratio=ratio(terms),
        life=tuple(dict.fromkeys(told)), lineages=len({f.root for f in group}), contested=last.contested,
        cites=tuple(f.cite for f in reversed(group)),
    )  # fmt: skip


def by_dispatch(group: list[Fact]) -> list[Fact]:
    """One telling a dispatch: that which takes the agreement furthest."""
    furthest: dict[str, Fact] = {}
    for fact in group:
        held = furthest.get(fact["dispatch"])
        if held is None or STRENGTH.index(fact["state"]) > STRENGTH.index(held["state"]):
            furthest[fact["dispatch"]] = fact
    return list(furthest.values())


def life_of(fact: Fact) -> str:
    """The state on its day of publication; what is agreed to be made longer is extended."""
    longer = fact["state"] in ("agreed", "in_force") and re.search(
        words_of("ledger")["extended"], fact.sentence, re.I
    )
    return f"{(fact['published'] or '')[:10]} {'extended' if longer else fact['state'].replace('_', ' ')}"


def all_of(view: View, group: list[Fact], role: str) -> tuple[str, ...]:
    return view.shown(dict.fromkeys(p for f in group for p in f.parts.get(role, ())))


def term(view: View, given: dict[str, Any]) -> str:
    words = f"{view.name(given['gives']) or 'somebody'} gives {given['what']}"
    return words + (f" for {given['for']}" if given["for"] else "")


def ratio(terms: list[dict[str, Any]]) -> str | None:
    """Two counted terms: "10 for 30"."""
    counted = [bounds_words(t["low"], t["high"]) for t in terms if (t["low"], t["high"]) != (None, None)]
    return " for ".join(counted) if len(counted) == 2 else None
