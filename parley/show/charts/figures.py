"""Figures → one chart for each measure and population, a series for each authority and place.

A chart draws what is stated and no more: a bar for bounds, an arrow for "at least" and "up to", a hollow mark for
"about", a dashed one for what is only believed, a pale one for what a later version replaced.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from parley.show.charts.look import (
    ARROW_DOWN,
    ARROW_UP,
    PALETTE,
    SHAPES,
    airy,
    days_axis,
    domain,
    dressed,
    headed,
    legend,
    many,
    undressed,
)
from parley.show.charts.marks import dodged, marks, plural
from parley.show.figures import Figure

MOST_SERIES = 6  # in one picture; beyond that small pictures, one an authority
MOST_PICTURES = 24  # … of which no reader looks at more
MOST_CHARTS = 12  # under one another in one spec
WIDTH, HEIGHT, LOW = 560, 240, 150
FEW = 4  # figures for which a low picture is enough
RANGE = "isValid(datum.low) && isValid(datum.high) && datum.low < datum.high"
HOLLOW = "datum.approximate || datum.believed"
BESIDE = {"expr": "datum.beside"}
Points = list[dict[str, Any]]
Encoding = dict[str, Any]


def figures_chart(rows: Iterable[Figure], *, link: str = "/r/") -> dict[str, Any]:
    """One chart for each measure and population, under one another where there are several; those with the most
    figures first. `link` is what an id is appended to; "" makes no links."""
    charts = list(figures_charts(rows, link=link).values())
    if len(charts) == 1:
        return charts[0]
    left = len(charts) - MOST_CHARTS
    words = f"{many(len(charts), 'chart')} of figures, as stated" + (
        f"; {left} of them in the table only" if left > 0 else ""
    )
    apart = {"scale": dict.fromkeys(("color", "shape"), "independent")}
    return dressed({"description": words, "vconcat": [undressed(c) for c in charts[:MOST_CHARTS]], "spacing": 36, "resolve": apart})  # fmt: skip


def figures_charts(rows: Iterable[Figure], *, link: str = "/r/") -> dict[tuple[str, str], dict[str, Any]]:
    """The charts by measure and population: `{("held", "hostage"): spec, …}`. Figures named in terms count nobody
    and are left out; so are those without a day or a bound."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for row in rows:
        groups[row.status, row.population].append(row)
    drawn = {key: [r for r in group if drawable(r)] for key, group in groups.items()}
    order = sorted((key for key in drawn if drawn[key]), key=lambda key: (-len(drawn[key]), key))
    return {key: figure_chart(key, drawn[key], len(groups[key]) - len(drawn[key]), link) for key in order}


def drawable(row: Figure) -> bool:
    return row.standing != "in terms" and bool(row.day) and (row.low, row.high) != (None, None)


def figure_chart(key: tuple[str, str], rows: list[Figure], left_out: int, link: str) -> dict[str, Any]:
    points = list(marks(rows, link))
    apart, within = parted(points)
    points = list(dodged(points, apart))
    head = headed(f"{plural(key[1]).capitalize()} {key[0]}, as stated", how_to_read(points, apart, left_out))
    layers = list(layered(points, within, bool(link), small=bool(apart)))
    if apart:
        return dressed(head | pictures(points, apart, layers))
    high = HEIGHT if len(points) >= FEW else LOW
    return dressed(head | {"data": {"values": points}, "width": WIDTH, "height": high, "layer": layers})


def parted(points: Points) -> tuple[str | None, str]:
    """What small pictures are made of, if there must be some, and what is told apart within one."""
    if len({p["series"] for p in points}) <= MOST_SERIES:
        return None, "series"
    if len({p["place"] for p in points}) <= MOST_SERIES:
        return "authority", "place"
    return "series", "measure"


def pictures(points: Points, apart: str, layers: list[dict[str, Any]]) -> dict[str, Any]:
    """Small multiples, all on the same scales."""
    most = [name for name, _ in Counter(p[apart] for p in points).most_common(MOST_PICTURES)]
    header = {"title": None, "labelAnchor": "start", "labelFontWeight": "bold", "labelLimit": 200}
    return {
        "data": {"values": [p for p in points if p[apart] in most]},
        "facet": {"field": apart, "type": "nominal", "sort": most, "header": header},
        "columns": 3,
        "spec": {"width": 200, "height": 110, "layer": layers},
    }


def how_to_read(points: Points, apart: str | None, left_out: int) -> list[str]:
    """Only of the marks that this chart has, in lines that are no wider than it."""
    by = {None: "One series for each authority and place", "authority": "One picture for each authority"}
    seen = (
        ("bar: from lowest to highest", any(None not in (p["low"], p["high"]) and p["low"] < p["high"] for p in points)),
        ("arrow: at least, or at most", any(None in (p["low"], p["high"]) for p in points)),
        ("hollow: about", any(p["approximate"] for p in points)),
        ("dashed: believed", any(p["believed"] for p in points)),
        ("pale: replaced by a later version", any(p["pale"] for p in points)),
        ("band: somewhere in these days", any(p["until"] for p in points)),
    )  # fmt: skip
    told = [
        by.get(apart, "One picture for each authority and place"),
        *(words for words, there in seen if there),
    ]
    lines = [" · ".join(told[:4]), " · ".join(told[4:])]
    more = len({p[apart] for p in points}) - MOST_PICTURES if apart else 0
    left = [many(more, "more picture")] if more > 0 else []
    left += [f"{many(left_out, 'figure')} named in terms, or without a bound or a day"] if left_out else []
    return [*lines, f"In the table only: {' and '.join(left)}" if left else ""]


# ── layers ───────────────────────────────────────────────────────────────────────────────────────────


def layered(points: Points, within: str, linked: bool, *, small: bool) -> Iterator[dict[str, Any]]:
    """From back to front: lines, bands of days, bars, arrows, and the marks that one can point at."""
    names = list(dict.fromkeys(p[within] for p in points))
    coded = {"field": within, "type": "nominal", "legend": legend()}
    colour = coded | {"scale": {"domain": names, "range": list(PALETTE[: len(names)])}}
    shape = coded | {"scale": {"domain": names, "range": list(SHAPES[: len(names)])}}
    told = [d for p in points for d in (p["since"] or p["day"], p["until"] or p["day"])]
    days = airy(told)
    x = {"field": "day", **days_axis(*days, most=2 if small else 6)}
    at = {"x": x, "y": count_axis(points), "color": colour}
    runs = [p["run"] for p in points]
    if len(set(runs)) < len(runs):
        yield line(at)
    yield band(at)
    yield bar(at | {"x": domain(x, *days)})
    yield arrow(at, "!isValid(datum.high)", ARROW_UP)
    yield arrow(at, "!isValid(datum.low)", ARROW_DOWN)
    for end in ("at", "high"):
        yield pointed(at | {"shape": shape}, end, 44 if small else 80, linked)
        yield hollowed(pointed(at | {"shape": shape}, end, 44 if small else 80, linked))


def line(at: Encoding) -> dict[str, Any]:
    mark = {"type": "line", "strokeWidth": 1, "opacity": 0.6, "xOffset": BESIDE, "aria": False}
    return {"mark": mark, "encoding": at | {"detail": {"field": "run"}}}


def band(at: Encoding) -> dict[str, Any]:
    """The days among which a figure's day lies."""
    wide = {"x": at["x"] | {"field": "since"}, "x2": {"field": "until"}}
    mark = {"type": "rule", "strokeWidth": 5, "opacity": 0.3, "aria": False}
    return {"transform": [{"filter": "isValid(datum.until)"}], "mark": mark, "encoding": at | wide}


def bar(at: Encoding) -> dict[str, Any]:
    """From the lowest to the highest that is stated."""
    mark = {"type": "rule", "strokeWidth": 4, "xOffset": BESIDE, "aria": False}
    ends = {"y": at["y"] | {"field": "low"}, "y2": {"field": "high"}, "opacity": faded(0.2, 0.5)}
    return {"transform": [{"filter": RANGE}], "mark": mark, "encoding": at | ends}


def arrow(at: Encoding, test: str, shape: str) -> dict[str, Any]:
    """An end that nobody states."""
    mark = {"type": "point", "shape": shape, "size": 260, "filled": False, "strokeWidth": 1.6, "xOffset": BESIDE, "aria": False}  # fmt: skip
    return {"transform": [{"filter": test}], "mark": mark, "encoding": at | {"opacity": faded(0.35, 1)}}


def pointed(at: Encoding, end: str, size: int, linked: bool) -> dict[str, Any]:
    """The mark at the lowest, or else the only, bound, and at the highest of a range; it leads to its row."""
    tips = (("told", "stated"), ("authority", "by"), ("place", "where"), ("stated", "when"))
    told = {
        "y": at["y"] | {"field": end},
        "opacity": faded(0.35, 1),
        "tooltip": [{"field": field, "title": title} for field, title in tips],
        "description": {"field": "label"},
    }
    mark = {"type": "point", "filled": True, "size": size, "xOffset": BESIDE}
    if linked:
        mark, told = mark | {"cursor": "pointer"}, told | {"href": {"field": "href"}}
    only = [{"filter": f"!({HOLLOW})"}, *([{"filter": RANGE}] if end == "high" else [])]
    return {"transform": only, "mark": mark, "encoding": at | told}


def hollowed(layer: dict[str, Any]) -> dict[str, Any]:
    """The same marks of what is not sure: hollow for "about", and dashed for what is believed."""
    mark = layer["mark"] | {
        "filled": False,
        "fill": "white",
        "strokeWidth": 1.6,
        "size": layer["mark"]["size"] * 0.7,
    }
    dashed = {"strokeDash": {"condition": {"test": "datum.believed", "value": [2, 2]}, "value": [1, 0]}}
    only = [{"filter": HOLLOW}, *layer["transform"][1:]]
    return {"transform": only, "mark": mark, "encoding": layer["encoding"] | dashed}


def faded(pale: float, full: float) -> dict[str, Any]:
    return {"condition": {"test": "datum.pale", "value": pale}, "value": full}


def count_axis(points: Points) -> dict[str, Any]:
    """From nought, with room for arrows above the highest."""
    top = max(n for p in points for n in (p["low"], p["high"]) if n is not None)
    axis = {"tickMinStep": 1, "tickCount": 4, "format": ",d", "domain": False, "ticks": False, "grid": True}
    scale = {"domain": [0, max(1, top) * 1.18], "nice": False}
    return {"field": "at", "type": "quantitative", "title": None, "scale": scale, "axis": axis}
