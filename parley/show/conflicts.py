"""`conflicts`: contradictions side by side, with the rule by which each view would choose; nothing is thrown away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from parley.link.figures import Stated, agree
from parley.link.meetings import apart
from parley.show.answer import Answer, bounds_words
from parley.show.figures import Figure, figures
from parley.show.view import Cite, View

Thing = tuple[str, str, str | None]  # state, people, place
NEAR_DAYS = 1
FLOWS = ("released", "rescued")  # without a day of its own such a figure may be of another batch
# After the views on multiple reports of one event in the R package eventreport (Donnay and others): the lowest lower
# bound; what most independent dispatches give; the narrowest bounds. Two that are as good are no choice.
Choice = Literal["conservative", "representative", "informative"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one thing on one day that cannot all be true. `chosen` is each view's choice, or None."""

    id: str
    what: str
    day: str
    sides: tuple[str, ...]
    conservative: str | None
    representative: str | None
    informative: str | None
    cites: tuple[Cite, ...]


def conflicts(
    view: View, *, status: str | None = None, since: str | None = None, until: str | None = None
) -> Answer[Conflict]:
    """Figures of the same state, people, place and day whose bounds do not meet, on different authority. Without a place
    nobody can say that they are of the same people; parts of a larger count are left out."""
    told = figures(view, status=status, since=since, until=until)
    found = [conflict(thing, group) for thing, group in contradictions(told)]
    return Answer("conflicts", tuple(sorted(found, key=lambda c: (c.day, c.what))), view.notes())


def contradictions(told: Iterable[Figure]) -> list[tuple[Thing, list[Figure]]]:
    """The figures of one thing on one day that contradict each other."""
    things: dict[Thing, list[Figure]] = {}
    for f in told:
        if f.place and f.standing in ("latest", "earlier") and not f.part:
            things.setdefault((f.status, f.population, f.place), []).append(f)
    groups = [(thing, group) for thing, figures in things.items() for group in by_day(figures)]
    return [(thing, group) for thing, group in groups if contradict(group)]


def by_day(rows: list[Figure]) -> list[list[Figure]]:
    """Figures of one day; one that tells no day goes with the only day told shortly before its publication."""
    groups: dict[str, list[Figure]] = {}
    for f in rows:
        if f.told_day:
            groups.setdefault(f.told_day, []).append(f)
    days = sorted(groups)
    for f in (f for f in rows if not f.told_day):
        told = [] if f.status in FLOWS else days
        near = [day for day in told if day <= f.day and apart(f.day, day) <= NEAR_DAYS]
        groups.setdefault(near[0] if len(near) == 1 else f.day, []).append(f)
    return list(groups.values())


def contradict(group: list[Figure]) -> bool:
    return any(a.authority != b.authority and not agree(stated(a), stated(b)) for a in group for b in group)


def stated(f: Figure) -> Stated:
    return Stated(f.low, f.high, f.day, f.day, f.published, f.status)


def conflict(thing: Thing, group: list[Figure]) -> Conflict:
    status, people, place = thing
    day = min(f.told_day or f.day for f in group)
    return Conflict(
        id=group[0].id, what=f"{people} {status}" + (f" at {place}" if place else ""), day=day,
        sides=tuple(f"{f.authority}: {words(f)}" for f in group), conservative=conservative(group),
        representative=representative(group), informative=informative(group), cites=tuple(c for f in group for c in f.cites),
    )  # fmt: skip


def words(f: Figure) -> str:
    return bounds_words(f.low, f.high, f.approximate)


def conservative(group: list[Figure]) -> str | None:
    return words(min(group, key=lambda f: (f.low or 0, f.high or 10**9)))


def representative(group: list[Figure]) -> str | None:
    given = Counter(words(f) for f in group for _ in {c.dispatch for c in f.cites[:1]})
    (best, n), *rest = given.most_common()
    return None if rest and rest[0][1] == n else best


def informative(group: list[Figure]) -> str | None:
    def width(f: Figure) -> float:
        return (
            float("inf")
            if f.low is None or f.high is None
            else f.high - f.low + (0.5 if f.approximate else 0)
        )

    narrowest = sorted(group, key=width)
    tied = {words(f) for f in narrowest if width(f) == width(narrowest[0])}
    return tied.pop() if len(tied) == 1 else None
