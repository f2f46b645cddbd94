"""`figures`: series of numbers by state, people, place and authority; never joined across authorities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement

from parley.link.figures import Relation, Stated, relation
from parley.show.answer import Answer
from parley.show.days import within
from parley.show.view import Cite, Fact, View
from parley.show.wished import wished
from parley.store.keys import population
from parley.store.schema import counts


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on somebody's word. `change` is what it is to the figure before it in its series; `standing` is
    "latest", "earlier", "replaced" where a later version of its own dispatch gives another, or "in terms" where an
    offer, a demand or an agreement names it: such a number is no count of people held or freed. `told_day` is None where no words
    give a day; `day` is then that of publication."""

    id: str
    series: str
    status: str
    population: str
    who: str
    place: str | None
    by: str | None
    authority: str
    authority_kind: str
    day: str
    told_day: str | None
    published: str | None
    low: int | None
    high: int | None
    approximate: bool
    believed: bool
    change: Relation
    standing: str
    copies: int
    part: bool
    contested: bool
    cites: tuple[Cite, ...]


Key = tuple[str, str, str | None, str]


def figures(
    view: View,
    *,
    status: str | None = None,
    who: str | None = None,
    place: str | None = None,
    authority: str | None = None,
    by: str | None = None,
    since: str | None = None,
    until: str | None = None,
    latest: bool = False,
) -> Answer[Figure]:
    """Every figure known on the day of the view, by series and in order; `latest` keeps the last of each."""
    where: list[ColumnElement[bool]] = within(counts, since, until)
    if status:
        where.append(counts.c.status == status)
    if who:
        where.append(counts.c.population == population(who))
    rows = figures_of(view, view.facts("counts", *where, party=by))
    if place:
        keys = set(view.keys_of(place))
        rows = [r for r in rows if r.place and set(view.keys_of(r.place)) & keys]
    if authority:
        rows = [r for r in rows if authority.casefold() in r.authority.casefold()]
    if latest:
        rows = [r for r in rows if r.standing == "latest"]
    return Answer("figures", tuple(rows), view.notes())


def figures_of(view: View, facts: Sequence[Fact]) -> list[Figure]:
    """The figures of some facts, by series and in order; those in terms at the end."""
    named = wished(view, facts)
    series = in_series(view, [f for f in facts if f["id"] not in named])
    rows = [f for key in sorted(series, key=str) for f in told_series(view, series[key])]
    terms = [f for f in facts if f["id"] in named and f.standing == "current"]
    return rows + [replace(told(view, f, "first"), standing="in terms") for f in terms]


def in_series(view: View, facts: list[Fact]) -> dict[Key, list[Fact]]:
    found: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[series_key(view, fact)].append(fact)
    return found


def series_key(view: View, fact: Fact) -> Key:
    """What makes two figures one series: the same state, people, place and authority."""
    place = view.resolved(fact["place"]) if fact["place"] else None
    return fact["status"], fact["population"], place, authority_key(view, fact)


def authority_key(view: View, fact: Fact) -> str:
    """Who answers: a copy of a dispatch speaks with the agency of the first. What an agency states on its own word of
    no place goes on in the versions of its dispatch only: elsewhere it may be of other people."""
    if fact["authority_kind"] != "agency":
        return view.resolved(str(fact["authority"]))
    return str(fact["authority"]) if fact["place"] and fact.standing != "copy" else f"root:{fact.root}"


def told_series(view: View, facts: list[Fact]) -> list[Figure]:
    """The figures of one series in order, each marked by what it is to the one before; copies folded in."""
    rows: list[Figure] = []
    before: Fact | None = None
    for fact in sorted(
        facts, key=lambda f: (f["published"] or "", f.standing != "replaced", f["dispatch"], f["start"])
    ):
        same = next((i for i, r in enumerate(rows) if copy_of(fact, r, view)), None)
        if same is not None:
            rows[same] = replace(
                rows[same], copies=rows[same].copies + 1, cites=(*rows[same].cites, fact.cite)
            )
            continue
        rows.append(told(view, fact, relation(stated(fact), stated(before) if before else None)))
        if not rows[-1].part:
            before = fact
    last = max((i for i, r in enumerate(rows) if r.standing == "earlier" and not r.part), default=None)
    return [replace(r, standing="latest") if i == last or (r.part and r.standing == "earlier" and i == len(rows) - 1 and last is None)
            else r for i, r in enumerate(rows)]  # fmt: skip


def copy_of(fact: Fact, row: Figure, view: View) -> bool:
    """The same figure told again by a copy of the same dispatch, or further down in the same dispatch."""
    again = fact.standing == "copy" or fact["dispatch"] == row.cites[0].dispatch
    root = view.root(row.cites[0].dispatch)
    return (
        again
        and root == fact.root
        and (fact["low"], fact["high"]) == (row.low, row.high)
        and fact.day == row.day
    )


def stated(fact: Fact) -> Stated:
    return Stated(fact["low"], fact["high"], fact["first"], fact["last"], fact["published"], fact["status"])


def told(view: View, fact: Fact, change: Relation) -> Figure:
    status, people, place, _ = series_key(view, fact)
    return Figure(
        id=fact["id"], series=f"{status} {people}" + (f" at {view.name(place)}" if place else ""), status=status,
        population=people, who=fact["who"], place=view.name(place), by=view.name(fact["by"]),
        authority=view.authority(fact),
        authority_kind=fact["authority_kind"], day=fact.day, told_day=fact["first"], published=fact["published"], low=fact["low"],
        high=fact["high"], approximate=bool(fact["approximate"]), believed=bool(fact["believed"]), change=change,
        standing="replaced" if fact.standing == "replaced" else "earlier", copies=0, part=fact["part_of"] is not None,
        contested=fact.contested, cites=(fact.cite,),
    )  # fmt: skip
