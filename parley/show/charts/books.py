"""A balance of the books → taken, less released, rescued and recovered dead, against held, with what is left over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parley.show.answer import bounds_words
from parley.show.audit import Balance, Interval, top
from parley.show.charts.look import ARROW_RIGHT, INK, PALETTE, dressed, headed, href

WIDTH, STEP = 480, 26
REST = "left over"
BAR = {"type": "bar", "height": 14}
KINDS = {"domain": ["stock", "gone"], "range": [PALETTE[0], PALETTE[5]]}
COLOUR = {"color": {"field": "kind", "type": "nominal", "legend": None, "scale": KINDS}}
FAR = {"calculate": "max(datum.at, datum.sure, datum.to)", "as": "far"}
Encoding = dict[str, Any]


def books_chart(balance: Balance, *, link: str = "/r/") -> dict[str, Any]:
    """The sum from top to bottom: each book begins where the one above it ends, and what is left at the end nobody has
    accounted for. A pale part is what a range may add; an arrow stands where no upper bound is told."""
    rows = list(steps(balance, link))
    title = f"{balance.population.capitalize()} in the books" + (
        f" of {balance.holder}" if balance.holder else ""
    )
    as_of = f"as of {balance.as_of[:10]}" if balance.as_of else ""
    head = headed(title, (f"{balance.verdict}{', ' if as_of else ''}{as_of}", how_to_read(rows)))
    data = {"data": {"values": rows}, "width": WIDTH, "height": {"step": STEP}}
    return dressed(head | data | {"layer": list(layers(rows, bool(link)))})


def how_to_read(rows: list[dict[str, Any]]) -> str:
    """Only of the marks that this chart has."""
    pale = "pale: up to the highest told" if any(r["sure"] != r["to"] for r in rows) else ""
    arrow = "arrow: no upper bound" if any(r["open"] for r in rows) else ""
    return " · ".join(filter(None, ("Each book goes on where the one above it ends", pale, arrow)))


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────


def steps(balance: Balance, link: str) -> Iterator[dict[str, Any]]:
    """A row for each book: `at` is where it begins, `sure` where its lowest figure ends, `to` its highest."""
    gone = {"released": balance.released, "rescued": balance.rescued, "recovered dead": balance.recovered}
    less = {**gone, "held": balance.held}
    yield step("taken", balance.taken, 0, 1, balance, link)
    at = balance.taken[0] if balance.taken else sum(top(told) for told in less.values() if told)
    for book, told in less.items():
        yield step(book, told, at, -1, balance, link)
        at -= top(told) if told else 0
    yield left_over(balance, at)


def step(book: str, told: Interval | None, at: int, sign: int, balance: Balance, link: str) -> dict[str, Any]:
    low, high = (told[0], top(told)) if told else (0, 0)
    words = bounds_words(*told) if told else "no figure"
    mine = [e.id for e in balance.entries if e.book == book and e.counted in ("yes", "total")]
    return {
        "book": book, "at": at, "sure": at + sign * low, "to": at + sign * high, "kind": "stock" if book in ("taken", "held") else "gone",
        "open": told is not None and told[1] is None, "words": words, "label": f"{book}: {words}", "figures": len(mine),
        **(href(link, mine[-1]) if mine else {}),
    }  # fmt: skip


def left_over(balance: Balance, at: int) -> dict[str, Any]:
    """What is left of the lowest that was taken; less than nothing where more are told of than were taken."""
    at = at if balance.unaccounted else 0
    open_above = balance.unaccounted is not None and balance.unaccounted[1] is None and at > 0
    return {
        "book": REST, "at": 0, "sure": at, "to": at, "kind": "rest", "open": open_above, "words": balance.verdict,
        "label": f"{REST}: {balance.verdict}", "figures": 0,
    }  # fmt: skip


# ── layers ───────────────────────────────────────────────────────────────────────────────────────────


def layers(rows: list[dict[str, Any]], linked: bool) -> Iterator[dict[str, Any]]:
    label = {"domain": False, "ticks": False, "labelPadding": 8, "labelFontSize": 12, "labelColor": INK}
    y = {"field": "book", "type": "nominal", "sort": [r["book"] for r in rows], "title": None, "axis": label}
    count = {"tickCount": 5, "tickMinStep": 1, "format": ",d"}
    at: Encoding = {"y": y, "x": {"field": "at", "type": "quantitative", "title": None, "axis": count}}
    yield pale(at)
    yield solid(at, linked)
    yield left(at)
    end = {"y": y, "x": at["x"] | {"field": "far"}}
    mark = {"type": "point", "shape": ARROW_RIGHT, "size": 260, "filled": False, "color": INK, "strokeWidth": 1.6, "aria": False}  # fmt: skip
    yield {"transform": [FAR, {"filter": "datum.open"}], "mark": mark, "encoding": end}
    words = {"type": "text", "align": "left", "dx": {"expr": "datum.open ? 16 : 6"}, "fontSize": 12, "color": INK, "aria": False}  # fmt: skip
    yield {"transform": [FAR], "mark": words, "encoding": end | {"text": {"field": "words"}}}


def pale(at: Encoding) -> dict[str, Any]:
    """What a range may add to its lowest."""
    ends = {"x": at["x"] | {"field": "sure"}, "x2": {"field": "to"}}
    return {"mark": BAR | {"opacity": 0.35, "aria": False}, "encoding": at | ends | COLOUR}


def solid(at: Encoding, linked: bool) -> dict[str, Any]:
    """The lowest told; it leads to its last figure. A book without a figure has neither."""
    told = {"x2": {"field": "sure"}, "description": {"field": "label"}}
    to_row = {"href": {"field": "href"}} if linked else {}
    mark = BAR | ({"cursor": "pointer"} if linked else {})
    return {
        "transform": [{"filter": "datum.figures > 0"}],
        "mark": mark,
        "encoding": at | COLOUR | told | to_row,
    }


def left(at: Encoding) -> dict[str, Any]:
    """An outline: it is no figure of anybody."""
    only = [{"filter": f"datum.book == '{REST}' && datum.at != datum.sure"}]
    mark = BAR | {"fill": "white", "stroke": INK, "strokeWidth": 1.2, "strokeDash": [3, 2]}
    told = {"x2": {"field": "sure"}, "description": {"field": "label"}}
    return {"transform": only, "mark": mark, "encoding": at | told}
