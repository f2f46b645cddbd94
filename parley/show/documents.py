"""`documents`: dispatches, newest first, with the sentence that was looked for; and one dispatch with all its marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from parley.errors import WrongQuestion
from parley.show.answer import Answer
from parley.show.days import checked_day
from parley.show.search import WORD, Hit, search
from parley.show.told import Told, told
from parley.show.view import Cite, View
from parley.store import schema

d = schema.dispatches.c
PAGE = 50
FACET = 2_000  # dispatches that the counts beside a list look at; it says so where there are more
HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A dispatch in a list. `relation` is what it is to an earlier one; `standing` "withdrawn" where a kill takes it
    back."""

    id: str
    published: str | None
    agency: str | None
    place: str | None
    slug: str | None
    opening: str
    relation: str | None
    standing: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many dispatches of a list have each value; `cut` where there are more than were looked at."""

    name: str
    values: tuple[tuple[str, int], ...]
    cut: bool


def documents(
    view: View,
    *,
    q: str | None = None,
    agency: str | None = None,
    party: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    after: str | None = None,
    most: int = PAGE,
) -> Answer[Dispatch]:
    """Dispatches known on the day of the view, the newest `most` behind the one named by `after`; `q` are words to
    look for, `kind` a layer of which it must have something."""
    found = {hit.cites[0].dispatch: hit for hit in search(view, q, most=200)} if q else None
    where = conditions(view, agency, party, kind, since, until)
    if found is not None:
        where.append(d.id.in_(sorted(found)))
    wanted = select(*COLUMNS).where(*where).order_by(d.published.desc().nulls_last(), d.n.desc())
    if after:
        wanted = wanted.where(behind(view, after))
    with view.store.reading() as connection:
        rows = connection.execute(wanted.limit(most)).all()
    view.meet(row.id for row in rows)
    return Answer(
        "documents", tuple(listed(view, row, (found or {}).get(row.id)) for row in rows), view.notes()
    )


COLUMNS = (d.id, d.published, d.agency, d.place, d.slug, func.substr(d.text, 1, 600).label("opening"))


def conditions(
    view: View,
    agency: str | None,
    party: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
) -> list[ColumnElement[bool]]:
    e, r = schema.entities.c, schema.latest.c
    where: list[ColumnElement[bool]] = [d.published <= view.until] if view.until else []
    if agency:
        where.append(d.agency == agency)
    if party:
        where.append(d.id.in_(select(e.dispatch).where(e.party.in_(view.keys_of(party)))))
    if kind:
        if kind not in schema.LAYERS:
            raise WrongQuestion(f"no kind {kind!r}; there are {', '.join(schema.LAYERS)}")
        of = schema.LAYERS[kind].c
        where.append(select(of.n).where(of.reading == r.reading, r.dispatch == d.id).exists())
    if since := checked_day(since):
        where.append(d.published >= since)
    if until := checked_day(until):
        where.append(d.published <= until + "~")
    return where


def behind(view: View, id: str) -> ColumnElement[bool]:
    """What comes after a dispatch in a list, newest first."""
    with view.store.reading() as connection:
        row = connection.execute(select(d.published, d.n).where(d.id == id)).first()
    if row is None:
        raise WrongQuestion(f"{id[:12]}: no such dispatch to go on from")
    undated: ColumnElement[bool] = d.published.is_(None)
    if row.published is None:
        return and_(undated, d.n < row.n)
    same_day = and_(d.published == row.published, d.n < row.n)
    found: ColumnElement[bool] = or_(d.published < row.published, same_day, undated)
    return found


def listed(view: View, row: Any, hit: Hit | None) -> Dispatch:
    link = view.parents.get(row.id)
    standing = "withdrawn" if row.id in view.withdrawn else view.standing(row.id)
    opening = hit.snippet if hit else lead(row.opening)
    cites = hit.cites if hit else (Cite(row.id, 0, 0, "", row.agency, row.published, "", ""),)
    relation = f"{link.relation} of {link.b[:12]}" if link else None
    return Dispatch(
        row.id, row.published, row.agency, row.place, row.slug, opening, relation, standing, cites
    )


def lead(text: str) -> str:
    """How a dispatch begins: its first line of some length."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    chosen = next((line for line in lines if len(WORD.findall(line)) > 5), next(filter(None, lines), ""))
    return chosen[:HEADLINE] + ("…" if len(chosen) > HEADLINE else "")


def facets(view: View, **asked: Any) -> list[Facet]:
    """Agencies and months of the dispatches that a list is of, with counts."""
    given = {k: asked.get(k) for k in ("agency", "party", "kind", "since", "until")}
    with view.store.reading() as connection:
        wanted: Select[Any] = select(d.agency, d.published).where(*conditions(view, **given))
        rows = connection.execute(
            wanted.order_by(d.published.desc().nulls_last(), d.n.desc()).limit(FACET)
        ).all()
    by = {
        "agency": Counter(r.agency or "" for r in rows),
        "month": Counter((r.published or "")[:7] for r in rows),
    }
    return [Facet(name, tuple(c.most_common(12)), len(rows) == FACET) for name, c in by.items()]


# ── one dispatch ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Read:
    """A dispatch with all that was read in it; `text` is as it came in. `versions` are the other dispatches of its
    lineage, as (id, day, what they are to an earlier one)."""

    id: str
    text: str
    published: str | None
    agency: str | None
    place: str | None
    slug: str | None
    names: tuple[str, ...]
    read_at: str
    made_by: str
    items: tuple[Told, ...]
    versions: tuple[tuple[str, str, str], ...]
    withdrawn: str | None


def read(view: View, id: str) -> Read | None:
    """A dispatch by its id, or how that begins; None where there is none, or several, or it was not known yet."""
    r, latest = schema.readings.c, schema.latest.c
    wanted = (
        select(schema.dispatches, r.made_by, latest.reading)
        .join(schema.latest, latest.dispatch == d.id)
        .join(schema.readings, r.id == latest.reading)
        .where(d.id >= id, d.id < id + "g")
        .limit(2)
    )
    with view.store.reading() as connection:
        found = connection.execute(wanted).all()
        if len(found) != 1 or (view.until and not (found[0].published or "~") <= view.until):
            return None
        return whole(view, found[0])


def whole(view: View, row: Any) -> Read:
    items = [told(view, f) for f in facts_in(view, row.id, row.reading)]
    kill = view.withdrawn.get(row.id)
    return Read(
        row.id, row.text, row.published, row.agency, row.place, row.slug, sighted(view, row.id), row.read_at,
        row.made_by, tuple(sorted(items, key=lambda i: (i.start, -i.end, i.id))), versions(view, row.id),
        f"killed on {(kill.published or '')[:10]} by {kill.a[:12]}" if kill else None,
    )  # fmt: skip


def facts_in(view: View, dispatch: str, reading: str) -> list[Any]:
    """Also of a dispatch that was withdrawn: it is still there to be read, and says that it was. What reviewers added to
    it is among them."""
    a = schema.additions.c
    with view.store.reading() as connection:
        by_hand = connection.scalars(select(a.reading).where(a.dispatch == dispatch)).all()
    return [
        f
        for layer, table in schema.LAYERS.items()
        for f in view.facts(layer, table.c.reading.in_([reading, *by_hand]), withdrawn=True)
    ]


def sighted(view: View, id: str) -> tuple[str, ...]:
    s = schema.sightings.c
    with view.store.reading() as connection:
        return tuple(connection.scalars(select(s.source_id).where(s.dispatch == id).order_by(s.source_id)))


def versions(view: View, id: str) -> tuple[tuple[str, str, str], ...]:
    """The other dispatches of a lineage in order."""
    view.meet([id])
    root = view.root(id)
    kin = sorted(k for k in view.met if view.root(k) == root and k != id)
    days = view.published_of(kin)
    told_of = [
        (k, (days[k] or "")[:16], view.parents[k].relation if k in view.parents else "first") for k in kin
    ]
    return tuple(sorted(told_of, key=lambda v: (v[1], v[0])))
