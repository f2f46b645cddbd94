"""`places`: where it is told to have happened. Each place once, with what was told of it and how surely it is found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from parley.errors import WrongQuestion
from parley.show.answer import Answer
from parley.show.atlas.places import CREDIT, Found, Places
from parley.show.charts.look import many
from parley.show.days import beside, checked_day, within
from parley.show.known import batched
from parley.show.sentences import CONTEXT, around
from parley.show.view import Cite, Fact, View
from parley.store.keys import party_key
from parley.store.schema import counts, dispatches, entities, events

KINDS = ("meeting", "event", "figure", "dateline")
NOWHERE = Found("", None, None, "", None)
HALF = 2  # a country is context where at least one in so many dispatches that name the place speaks of it


@dataclass(frozen=True, slots=True)
class Place:
    """A place that dispatches name. `precision` is "site", "town", "area" or "country", and None where no gazetteer
    has it or two places have an equal right to the name; a country is an area and has no point. `rank` says why this
    place and none of its `rivals`. `dispatches` counts independent ones, copies and versions as one; `events` and
    `counts` leave copies out. `id` is of the first fact told of the place, or else of the first dispatch from it."""

    id: str
    name: str
    latitude: float | None
    longitude: float | None
    precision: str | None
    country: str | None
    dispatches: int
    events: int
    counts: int
    first: str
    last: str
    rank: str
    rivals: tuple[str, ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One naming of a place; `layer` is "events", "counts" or "datelines"."""

    key: str
    name: str | None
    layer: str
    id: str
    dispatch: str
    root: str
    copy: bool
    published: str
    first: str
    last: str
    cite: Cite | None


def places(
    view: View,
    *,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    party: str | None = None,
    gazetteer: str | Path | None = None,
) -> Answer[Place]:
    """Every place of an event, a figure or a dateline, those of the most dispatches first. `kind` is "meeting",
    "event", "figure" or "dateline"; `gazetteer` a file of places of one's own (see `parley.show.atlas.places`)."""
    if kind not in (None, *KINDS):
        raise WrongQuestion(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings(view, kind, since, until, party):
        groups[telling.key].append(telling)
    view.learn(groups)
    spoken_of = countries(view, {t.dispatch for told in groups.values() for t in told})
    known = Places(gazetteer)
    rows = [row(view, key, told, known, context(key, told, spoken_of)) for key, told in groups.items()]
    order = tuple(sorted(rows, key=lambda r: (-r.dispatches, r.name, r.id)))
    return Answer("places", order, (*view.notes(), *unplaced(order), f"{CREDIT}, geonames.org"))


def tellings(
    view: View, kind: str | None, since: str | None, until: str | None, party: str | None
) -> Iterator[Telling]:
    if kind in (None, "meeting", "event"):
        where = [*within(events, since, until), events.c.place.is_not(None)]
        where += [beside(events.c.type, "CONSULT", party)] if kind == "meeting" else []
        yield from (
            of_fact(view, f) for f in view.facts("events", *where, party=party) if f.standing != "replaced"
        )
    if kind in (None, "figure"):
        where = [*within(counts, since, until), counts.c.place.is_not(None)]
        yield from (
            of_fact(view, f) for f in view.facts("counts", *where, party=party) if f.standing != "replaced"
        )
    if kind in (None, "dateline") and view.trust != "accepted":  # nobody reviews a dateline
        yield from datelines(view, since, until, party)


def of_fact(view: View, fact: Fact) -> Telling:
    published = fact["published"] or ""
    return Telling(
        key=view.resolved(str(fact["place"])), name=None, layer=fact.layer, id=fact["id"], dispatch=fact["dispatch"],
        root=fact.root, copy=fact.standing == "copy", published=published, first=fact["first"] or published[:10],
        last=fact["last"] or published[:10], cite=fact.cite,
    )  # fmt: skip


def datelines(view: View, since: str | None, until: str | None, party: str | None) -> Iterator[Telling]:
    """Where dispatches are written; what happened there is told by others."""
    d, e = dispatches.c, entities.c
    where = [d.place.is_not(None), d.place != ""]
    where += [d.published <= view.until] if view.until else []
    where += [d.published >= day] if (day := checked_day(since)) else []
    where += [d.published <= day + "~"] if (day := checked_day(until)) else []
    where += [d.id.in_(select(e.dispatch).where(e.party.in_(view.keys_of(party))))] if party else []
    wanted = select(d.id, d.place, d.agency, d.published, func.substr(d.text, 1, CONTEXT).label("beginning"))
    with view.store.reading() as connection:
        newest = wanted.where(*where).order_by(d.published.desc(), d.n.desc()).limit(view.most)
        rows = connection.execute(newest).all()
    view.cut = view.cut or len(rows) == view.most
    view.meet(r.id for r in rows)
    for r in reversed(rows):
        standing = view.standing(r.id)
        if r.id in view.withdrawn or standing == "replaced":
            continue
        day = (r.published or "")[:10]
        yield Telling(
            key=view.resolved(party_key(r.place, "place", "")), name=r.place, layer="datelines", id=r.id, dispatch=r.id,
            root=view.root(r.id), copy=standing == "copy", published=r.published or "", first=day, last=day,
            cite=of_dateline(r.id, r.place, r.beginning, r.agency, r.published),
        )  # fmt: skip


def of_dateline(
    id: str, place: str, beginning: str, agency: str | None, published: str | None
) -> Cite | None:
    """The words of the dateline, in whatever letters they stand there."""
    found = re.search(re.escape(place), beginning, re.IGNORECASE)
    if found is None:
        return None
    sentence = around(beginning, found.start(), len(found[0]))
    return Cite(id, found.start(), found.end(), found[0], agency, published, id, "dateline", sentence)


# ── where it is ──────────────────────────────────────────────────────────────────────────────────────


def countries(view: View, ids: set[str]) -> dict[str, dict[str, set[str]]]:
    """The countries that each dispatch speaks of, with the parties that bring them in."""
    e, found = entities.c, defaultdict[str, dict[str, set[str]]](lambda: defaultdict(set))
    with view.store.reading() as connection:
        for some in batched(sorted(ids)):
            wanted = select(e.dispatch, e.country, e.party).where(
                e.dispatch.in_(some), e.country.is_not(None)
            )
            for dispatch, country, party in connection.execute(wanted):
                found[dispatch][country].add(view.resolved(party))
    return found


def context(key: str, told: list[Telling], spoken_of: dict[str, dict[str, set[str]]]) -> set[str]:
    """The countries that most dispatches about a place speak of, by other names than its own: a gazetteer of large
    cities would take every Tripoli for the largest."""
    ids = {t.dispatch for t in told}
    tally = Counter(c for d in ids for c, parties in spoken_of.get(d, {}).items() if parties - {key})
    return {country for country, n in tally.items() if n * HALF >= len(ids)}


def row(view: View, key: str, told: list[Telling], known: Places, near: set[str]) -> Place:
    told = sorted(told, key=lambda t: (t.layer == "datelines", t.published, t.id))
    name = view.spelling(key) or told[0].name or view.name(key) or ""
    found = known.find(name, near) or NOWHERE
    own = Counter(t.layer for t in told if not t.copy)
    days = sorted(day for t in told for day in (t.first, t.last) if day)
    return Place(
        id=told[0].id, name=name, latitude=found.latitude, longitude=found.longitude, precision=found.precision or None,
        country=found.country, dispatches=len({t.root for t in told}), events=own["events"], counts=own["counts"],
        first=days[0] if days else "", last=days[-1] if days else "", rank=found.rank, rivals=found.rivals,
        cites=tuple(t.cite for t in told if t.cite),
    )  # fmt: skip


def unplaced(rows: tuple[Place, ...]) -> tuple[str, ...]:
    lost = sum(r.precision is None for r in rows)
    how = "in no gazetteer, or of equal right with a place of the same name; a file of your own places (PARLEY_PLACES) comes before all"
    return (f"{many(lost, 'place')} without a point: {how}",) if lost else ()
