"""Figures → the data of a chart: a dictionary each, with its days, its bounds and the stretch of line it lies on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from parley.lang import table as words_of
from parley.show.answer import bounds_words
from parley.show.charts.look import href
from parley.show.figures import Figure

DODGE = 8  # pixels between marks that would hide each other
NEAR = 0.06  # … because they are closer than this part of the highest
JOINED = ("same", "up", "down")  # what a line may lead to; another day or a restart begins a new one
BATCHES = ("released", "rescued", "kidnapped")  # told one by one: a line between two days would be of no sum


def marks(rows: Iterable[Figure], link: str) -> Iterator[dict[str, Any]]:
    """The data of each figure, in the order of the answer; `run` is the stretch of one line."""
    run, before = 0, None
    for n, row in enumerate(rows):
        if row.part:
            yield mark(row, -n - 1, link)
            continue
        if before is None or not joined(row, before):
            run += 1
        before = row
        yield mark(row, run, link)


def joined(row: Figure, before: Figure) -> bool:
    """Whether a line may lead from one figure to the next: the same authority and place, and the same sum told
    again. Of what is told batch by batch no day is joined to the next, nor to a total that came after."""
    mine, theirs = ((r.authority, r.authority_kind, r.place) for r in (row, before))
    batches = row.status in BATCHES or before.change in ("another day", "backdated")
    return mine == theirs and row.change in JOINED and not (batches and row.day != before.day)


def mark(row: Figure, run: int, link: str) -> dict[str, Any]:
    first, _, last = row.day.partition("..")
    told = bounds_words(row.low, row.high, row.approximate) + (" (believed)" if row.believed else "")
    return {
        "day": middle(first, last or first), "since": first if last else None, "until": after(last) if last else None,
        "low": row.low, "high": row.high, "at": row.high if row.low is None else row.low, "told": told,
        "authority": row.authority, "place": row.place or "no place told", "measure": row.status,
        "series": f"{row.authority}, {row.place}" if row.place else row.authority,
        "run": run, "approximate": row.approximate, "believed": row.believed, "pale": row.standing == "replaced",
        "stated": ("of " if row.told_day else "published ") + row.day,
        "label": ", ".join(filter(None, (f"{row.authority}: {told}", row.place, row.day))),
        **href(link, row.id),
    }  # fmt: skip


def middle(first: str, last: str) -> str:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return (begin + (end - begin) // 2).isoformat()


def after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def dodged(points: Iterable[dict[str, Any]], apart: str | None) -> Iterator[dict[str, Any]]:
    """Marks of one day that would hide each other stand side by side, by pixels and not by hours."""
    days: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for point in points:
        days[point["day"], point[apart] if apart else None].append(point)
    top = max((bound(p) for together in days.values() for p in together), default=0)
    for together in days.values():
        for crowd in crowds(together, top * NEAR):
            ranks = list(dict.fromkeys(p["run"] for p in crowd))
            for point in crowd:
                yield point | {"beside": DODGE * (ranks.index(point["run"]) - (len(ranks) - 1) / 2)}


def crowds(points: list[dict[str, Any]], near: float) -> Iterator[list[dict[str, Any]]]:
    """Points whose bounds overlap, or nearly."""
    crowd: list[dict[str, Any]] = []
    for point in sorted(points, key=lambda p: p["at"]):
        if crowd and point["at"] > max(map(bound, crowd)) + near:
            yield crowd
            crowd = []
        crowd.append(point)
    if crowd:
        yield crowd


def bound(point: dict[str, Any]) -> int:
    at, high = int(point["at"]), int(point["high"] or 0)
    return max(at, high)


def plural(population: str) -> str:
    """The people of a series, many of them.

    >>> plural("person"), plural("foreign national"), plural("deputy")
    ('people', 'foreign nationals', 'deputies')
    """
    irregular = {one: many for many, one in reversed(words_of("ledger")["singulars"].items())}
    *before, last = population.split() or ["person"]
    regular = last[:-1] + "ies" if last.endswith("y") else last + "s"
    return " ".join((*before, irregular.get(last, regular)))
