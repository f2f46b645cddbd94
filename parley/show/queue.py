"""`queue`: what a reviewer should look at next, in order of use, each with what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import func, select

from parley.errors import WrongQuestion
from parley.show.answer import Answer
from parley.show.audit import STATES, booked, books_of
from parley.show.conflicts import contradictions
from parley.show.days import within
from parley.show.figures import figures_of
from parley.show.known import batched
from parley.show.told import told
from parley.show.view import Cite, Fact, View
from parley.store.reviews import decided, last_reviews, lately_reviewed
from parley.store.schema import LAYERS

Queue = Literal["conflicts", "figures", "contested", "open"]
QUEUES: tuple[Queue, ...] = get_args(Queue)
LOOKED = 1_000  # reviews: the newest, in which is counted how far one has come
TOTAL, AGAINST, DIFFER = "moves a total", "stands against another", "two reviewers differ"


@dataclass(frozen=True, slots=True)
class Rival:
    """The other side of a conflict, in its words."""

    id: str
    what: str
    voice: str
    status: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Item:
    """A fact that waits for a reviewer. `why` says what it waits for, as far as it is before the rest; `seen` is the
    last review of it, "" for none; `assigned` who is to look at it, where somebody is."""

    id: str
    layer: str
    what: str
    voice: str
    status: str
    why: str
    rivals: tuple[Rival, ...]
    seen: str
    assigned: str | None
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is known of the facts that wait: their sides, and which of them moves a total."""

    facts: Sequence[Fact]
    sides: dict[str, list[Fact]]
    counted: frozenset[str]

    def why(self, fact: Fact) -> str:
        if fact.contested:
            return DIFFER
        return TOTAL if fact["id"] in self.counted else AGAINST if fact["id"] in self.sides else ""


def queue(
    view: View,
    *,
    queue: str = "conflicts",
    layer: str | None = None,
    party: str | None = None,
    since: str | None = None,
    until: str | None = None,
    to: str | None = None,
) -> Answer[Item]:
    """Facts on which no verdict stands, among the newest that the view looks at: `figures` that move a total, sides
    of `conflicts`, those on which reviewers are `contested`, or all that are `open`, in that order and the newest first.
    Copies and replaced versions do not wait: who judges the current one has judged them. `to` asks for those that are
    assigned to somebody."""
    layers = layers_of(queue, layer)
    mine = assigned_to(view, to) if to else None
    found = WAITING[queue](view, layers, asked(layers, since, until, only(queue, mine)), party)
    ranks = {TOTAL: 0, AGAINST: 1, DIFFER: 2, "": 3}
    facts = sorted(
        (f for f in found.facts if mine is None or f["id"] in mine),
        key=lambda f: (f["dispatch"], f["start"], f["id"]),
    )
    facts = sorted(facts, key=lambda f: f["published"] or "", reverse=True)
    if queue == "open":
        facts = sorted(facts, key=lambda f: ranks[found.why(f)])
    seen = last_reviews(view.store, [f["id"] for f in facts])
    rows = tuple(item(view, found, fact, seen.get(fact["id"], "")) for fact in facts)
    return Answer("queue", rows, view.notes())


def layers_of(queue: str, layer: str | None) -> tuple[str, ...]:
    if queue not in QUEUES:
        raise WrongQuestion(f"no queue {queue!r}; there are {', '.join(QUEUES)}")
    if layer and layer not in LAYERS:
        raise WrongQuestion(f"no layer {layer!r}; there are {', '.join(LAYERS)}")
    if queue in ("conflicts", "figures"):
        return ("counts",) if layer in (None, "counts") else ()
    return (layer,) if layer else tuple(LAYERS)


Asked = dict[str, list[Any]]  # conditions by layer


def asked(
    layers: Sequence[str], since: str | None, until: str | None, ids: Sequence[str] | None = None
) -> Asked:
    """Conditions by layer. A party narrows them to the dispatches that speak of it, so that no side of a conflict is
    missing."""
    tables = {layer: LAYERS[layer] for layer in layers}
    of = {layer: [] if ids is None else [t.c.id.in_(ids)] for layer, t in tables.items()}
    return {layer: [*of[layer], *within(t, since, until)] for layer, t in tables.items()}


def assigned_to(view: View, name: str) -> dict[str, None]:
    """The rows that somebody is to look at, those spoken of last at the end."""
    return {id: None for id, held in view.reviews.items() if held.assigned == name}


def only(queue: str, mine: Iterable[str] | None) -> list[str] | None:
    """The newest of some rows, where a queue may look at them alone; a conflict has sides that are nobody's."""
    return None if mine is None or queue != "open" else list(mine)[-LOOKED:]


# ── who waits where ──────────────────────────────────────────────────────────────────────────────


def of_figures(view: View, layers: Sequence[str], where: Asked, party: str | None) -> Waiting:
    found = weighed(view, newest(view, layers, where, party))
    return Waiting([f for f in found.facts if f["id"] in found.counted], found.sides, found.counted)


def of_conflicts(view: View, layers: Sequence[str], where: Asked, party: str | None) -> Waiting:
    found = weighed(view, newest(view, layers, where, party))
    return Waiting([f for f in found.facts if f["id"] in found.sides], found.sides, found.counted)


def of_contested(view: View, layers: Sequence[str], where: Asked, party: str | None) -> Waiting:
    """Also those on which the last word was to reject them."""
    every = View(view.store, view.as_of, "all", most=view.most)
    ids = sorted(id for id, held in view.reviews.items() if held.contested)
    facts = [
        f
        for layer in layers
        for some in batched(ids)
        for f in every.facts(layer, LAYERS[layer].c.id.in_(some), *where[layer], spoken=party)
    ]
    return Waiting(facts, {}, frozenset())


def of_open(view: View, layers: Sequence[str], where: Asked, party: str | None) -> Waiting:
    """Of each layer the newest that nobody has judged, as many as the view looks at in all."""
    unjudged = {layer: [*where[layer], ~decided(LAYERS[layer].c.id)] for layer in layers}
    return weighed(view, newest(view, layers, unjudged, party))


WAITING = {"conflicts": of_conflicts, "figures": of_figures, "contested": of_contested, "open": of_open}


def newest(view: View, layers: Sequence[str], where: Asked, party: str | None) -> list[Fact]:
    most = max(1, view.most // max(1, len(layers)))
    found = [view.facts(layer, *where[layer], spoken=party, most=most) for layer in layers]
    view.cut = view.cut or any(len(some) == most for some in found)
    return [f for some in found for f in some]


def weighed(view: View, facts: Sequence[Fact]) -> Waiting:
    """Those that wait, with what the figures among all of them say of their use."""
    counts = {f["id"]: f for f in facts if f.layer == "counts"}
    sides: dict[str, list[Fact]] = {}
    for _, group in contradictions(figures_of(view, list(counts.values()))):
        for figure in group:
            sides[figure.id] = [counts[f.id] for f in group if f.id != figure.id]
    waiting = [f for f in facts if f.verdict is None and f.standing == "current"]
    return Waiting(waiting, sides, counted(view, list(counts.values())))


def counted(view: View, counts: Iterable[Fact]) -> frozenset[str]:
    """Which figures enter the books of those held."""
    books = books_of(view, [f for f in counts if f["status"] in STATES])
    return frozenset(e.id for facts in books.values() for e in booked(facts) if e.counted in ("yes", "total"))


def item(view: View, found: Waiting, fact: Fact, seen: str) -> Item:
    t = told(view, fact)
    rivals = tuple(rival(view, f) for f in found.sides.get(fact["id"], ()))
    held = view.reviews.get(fact["id"])
    return Item(
        t.id, t.layer, t.what, t.voice, t.status, found.why(fact), rivals, seen, held.assigned if held else None, (t.cite,)
    )  # fmt: skip


def rival(view: View, fact: Fact) -> Rival:
    t = told(view, fact)
    return Rival(t.id, t.what, t.voice, t.status, t.cite)


# ── how far one has come ─────────────────────────────────────────────────────────────────────────


def judged_rows(
    view: View,
    *,
    queue: str = "conflicts",
    layer: str | None = None,
    party: str | None = None,
    since: str | None = None,
    until: str | None = None,
    to: str | None = None,
) -> int:
    """On how many facts of the same filter a verdict stands, whatever it was; of those that were reviewed lately."""
    layers = layers_of(queue, layer)
    where = asked(layers, since, until, list(assigned_to(view, to))[-LOOKED:] if to else None)
    if not view.reviews:
        return 0
    with view.store.reading() as connection:
        counts = [
            connection.scalar(how_many(view, name, [*where[name], *view.told_with(LAYERS[name], party)]))
            for name in layers
        ]
    return sum(n or 0 for n in counts)


def how_many(view: View, layer: str, where: Sequence[Any]) -> Any:
    table = LAYERS[layer]
    said = [table.c.id.in_(lately_reviewed(LOOKED)), decided(table.c.id)]
    return select(func.count()).select_from(view.chosen(table, [*where, *said]).subquery())
