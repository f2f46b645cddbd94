"""`sources`: the voices of a ledger by kind; who is cited for what, how often, and how often a figure was revised."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from parley.show.answer import Answer
from parley.show.days import within
from parley.show.figures import in_series, told_series
from parley.show.known import batched
from parley.show.view import Cite, Fact, View
from parley.store.schema import claims, counts, dispatches, sightings


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is cited. `lineages` counts independent dispatches; `revised` how many of its figures were later lowered
    or replaced; `stated_reason` why it would not be named, in the words of the dispatch."""

    id: str
    name: str
    kind: str
    affiliation: str | None
    claims: int
    lineages: int
    agencies: tuple[str, ...]
    acts: tuple[str, ...]
    figures: int
    revised: int
    stated_reason: str | None
    first: str | None
    last: str | None
    cites: tuple[Cite, ...]


def sources(
    view: View,
    *,
    party: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Answer[Voice]:
    """Every voice with at least one claim, the most cited first. Unnamed ones are told apart by their words and
    affiliation only, so one row may be several people."""
    where = within(claims, since, until)
    if kind:
        where.append(claims.c.authority_kind == kind)
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in view.facts("claims", *where, party=party):
        if fact.standing == "current":
            groups[view.resolved(fact["authority"])].append(fact)
    given, revised = figure_tallies(view, {str(f["authority"]) for fs in groups.values() for f in fs})
    rows = [voice(view, facts, given, revised) for facts in groups.values()]
    return Answer("sources", tuple(sorted(rows, key=lambda r: (-r.claims, r.name, r.id))), view.notes())


def figure_tallies(view: View, authorities: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How many figures each of these voices gave, and how many of them were lowered or replaced."""
    given: Counter[str] = Counter()
    revised: Counter[str] = Counter()
    for some in batched(sorted(authorities)):
        for series in in_series(
            view, view.facts("counts", counts.c.authority.in_(some), common=True)
        ).values():
            for row in told_series(view, series):
                given[row.authority] += 1
                revised[row.authority] += row.change == "down" or row.standing == "replaced"
    return given, revised


def voice(view: View, facts: list[Fact], given: Counter[str], revised: Counter[str]) -> Voice:
    first = facts[0]
    name = view.authority(first)
    acts = Counter(str(f["act"]) for f in facts)
    return Voice(
        id=first["authority"], name=name, kind=first["authority_kind"],
        affiliation=next((view.name(f["affiliation"]) for f in facts if f["affiliation"]), None), claims=len(facts),
        lineages=len({f.root for f in facts}), agencies=tuple(sorted({f["agency"] for f in facts if f["agency"]})),
        acts=tuple(f"{act} {n}" for act, n in sorted(acts.items(), key=lambda a: (-a[1], a[0]))), figures=given[name],
        revised=revised[name], stated_reason=next((f["anonymity"] for f in facts if f["anonymity"]), None),
        first=facts[0]["published"], last=facts[-1]["published"], cites=tuple(f.cite for f in facts[-5:]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """A dispatch that is no independent source: what it is to which earlier one, and why that is thought."""

    id: str
    dispatch: str
    agency: str | None
    published: str | None
    relation: str
    of: str
    score: float
    reason: str
    root: str
    source_ids: tuple[str, ...]


def lineage(view: View) -> Answer[Copy]:
    """Every dispatch that is a version, correction, kill or copy of an earlier one, and likely reuse."""
    links = sorted((*view.links("lineage"), *view.links("reuse")), key=lambda k: (k.published or "", k.a))
    view.meet(link.a for link in links)
    about = heads(view, [link.a for link in links])
    rows = [
        Copy(k.id, k.a, *about[k.a][:2], k.relation, k.b, k.score, k.reason, view.root(k.a), about[k.a][2])
        for k in links
    ]
    return Answer("lineage", tuple(rows), view.notes())


def heads(view: View, ids: list[str]) -> dict[str, tuple[str | None, str | None, tuple[str, ...]]]:
    d, found = dispatches.c, {}
    with view.store.reading() as connection:
        for i in range(0, len(ids), 500):
            some = ids[i : i + 500]
            by: dict[str, list[str]] = defaultdict(list)
            for dispatch, name in connection.execute(
                select(sightings.c.dispatch, sightings.c.source_id).where(sightings.c.dispatch.in_(some))
            ):
                by[dispatch].append(name)
            for row in connection.execute(select(d.id, d.agency, d.published).where(d.id.in_(some))):
                found[row.id] = (row.agency, row.published, tuple(sorted(by[row.id])))
    return found
