"""A timeline → a strip of bands: each act as wide as the days it may have happened on, a lane for each kind of act.

What is told as done is filled, a plan an outline, what is denied struck through, what is only thought of dotted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from parley.show.charts.look import GRID, INK, PALETTE, QUIET, days_axis, dressed, headed, href, many
from parley.show.charts.marks import after
from parley.show.timeline import Act

# The kinds of the PLOVER codebook in plain words, talks first, in the order of the lanes.
LANES = {
    "CONSULT": "talks", "AGREE": "agreeing", "COOPERATE": "working together", "SUPPORT": "support", "AID": "aid",
    "CONCEDE": "giving in", "RETREAT": "freeing, leaving", "REQUEST": "asking", "ACCUSE": "accusing", "REJECT": "refusing",
    "THREATEN": "threats", "PROTEST": "protest", "SANCTION": "sanctions", "MOBILIZE": "readying forces",
    "COERCE": "coercion", "ASSAULT": "attacks",
}  # fmt: skip
WIDTH, SLOT, LEAST, TALL = 640, 11, 3, 700  # pixels; a slot is the height of one band
BAND = PALETTE[0]


def timeline_strip(rows: Iterable[Act], *, link: str = "/r/") -> dict[str, Any]:
    """The strip of a timeline, a lane for each kind of act that is in it."""
    acts = [row for row in rows if row.day or row.published]
    bands = list(laned(acts, link))
    slots = sum(1 for _ in {b["slot"] for b in bands})
    lanes = lane_rows(bands)
    head = headed(f"{many(len(acts), 'act')} as told, by day", (how_to_read(bands),))
    data = {"width": WIDTH, "height": max(LEAST * slots, min(SLOT * slots, TALL))}
    return dressed(head | data | {"layer": list(layers(bands, lanes, bool(link)))})


def how_to_read(bands: list[dict[str, Any]]) -> str:
    """Only of the marks that this strip has."""
    states = {b["state"] for b in bands}
    known = (("occurred", "filled: told as done"), ("ongoing", "half filled: going on"), ("planned", "outline: planned"),
             ("denied", "struck: denied"), ("hypothetical", "dotted: only thought of"))  # fmt: skip
    told = [words for state, words in known if state in states]
    told += ["pale: no day told, stands at its publication"] if any(b["undated"] for b in bands) else []
    return " · ".join(told)


def laned(acts: list[Act], link: str) -> Iterator[dict[str, Any]]:
    """Each act in its lane, in the first slot of it that is free on its days; slots are numbered through."""
    lanes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for act in acts:
        lanes[act.type].append(band(act, link))
    order = [*LANES, *sorted(lanes.keys() - LANES.keys())]
    begin = 0
    for kind in (k for k in order if k in lanes):
        ends: list[str] = []
        for one in sorted(lanes[kind], key=lambda b: (b["from"], b["to"], b["label"])):
            slot = next((n for n, end in enumerate(ends) if end <= one["from"]), len(ends))
            ends[slot : slot + 1] = [one["to"]]
            yield one | {"slot": begin + slot, "top": begin + slot + 0.12, "foot": begin + slot + 0.88}
        begin += len(ends)


def band(act: Act, link: str) -> dict[str, Any]:
    first = act.day or (act.published or "")[:10]
    who = " and ".join(filter(None, ("; ".join(act.actors), "; ".join(act.recipients))))
    days = first if act.last in (None, "", first) else f"{first} to {act.last}"
    told = ", ".join(
        filter(
            None, (f"{LANES.get(act.type, act.type.lower())}: {who or 'nobody named'}", act.state, act.place)
        )
    )
    return {
        "lane": LANES.get(act.type, act.type.lower()), "from": first, "to": after(max(first, act.last or first) if act.day else first),
        "state": act.state, "undated": not act.day, "who": who, "days": days if act.day else f"published {first}",
        "label": f"{told}, {days}", **href(link, act.id),
    }  # fmt: skip


def lane_rows(bands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[int]] = defaultdict(list)
    for one in bands:
        found[one["lane"]].append(one["slot"])
    return [{"lane": lane, "top": min(s), "mid": (min(s) + max(s) + 1) / 2} for lane, s in found.items()]


# ── layers ───────────────────────────────────────────────────────────────────────────────────────────


def layers(
    bands: list[dict[str, Any]], lanes: list[dict[str, Any]], linked: bool
) -> Iterator[dict[str, Any]]:
    foot = max(b["slot"] for b in bands) + 1
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, foot], "reverse": True, "nice": False}}
    days = sorted(date.fromisoformat(d) for b in bands for d in (b["from"], b["to"]))
    gap = (
        1 if WIDTH / (days[-1] - days[0]).days > 6 else 0
    )  # air beside a band, where a day is wide enough for it
    x = days_axis(days[0], days[-1])
    x["axis"]["grid"] = True
    data = {"data": {"values": lanes}}
    yield data | {
        "mark": {"type": "rule", "color": GRID, "aria": False},
        "encoding": {"y": y | {"field": "top"}},
    }
    name = {"type": "text", "align": "right", "dx": -8, "fontSize": 11, "color": INK, "aria": False}
    yield data | {
        "mark": name,
        "encoding": {"x": {"value": 0}, "y": y | {"field": "mid"}, "text": {"field": "lane"}},
    }
    place = {
        "x": x | {"field": "from"},
        "x2": {"field": "to"},
        "y": y | {"field": "top"},
        "y2": {"field": "foot"},
    }
    yield {"data": {"values": bands}, "mark": drawn(gap, linked), "encoding": place | coded(linked)}
    middle = {"x": place["x"], "x2": place["x2"], "y": y | {"field": "mid"}}
    struck = {"type": "rule", "color": QUIET, "strokeWidth": 1.2, "aria": False}
    only = [{"filter": "datum.state == 'denied'"}, {"calculate": "(datum.top + datum.foot) / 2", "as": "mid"}]
    yield {"data": {"values": bands}, "transform": only, "mark": struck, "encoding": middle}


def drawn(gap: int, linked: bool) -> dict[str, Any]:
    dotted = {"expr": "datum.state == 'hypothetical' ? [1.5, 2] : [1, 0]"}
    mark = {
        "type": "rect",
        "stroke": BAND,
        "strokeWidth": 1.1,
        "strokeDash": dotted,
        "xOffset": gap,
        "x2Offset": -gap,
    }
    return mark | ({"cursor": "pointer"} if linked else {})


def coded(linked: bool) -> dict[str, Any]:
    """How a band tells its state, by its filling and its edge and never by colour alone."""
    tips = (("lane", "act"), ("who", "who"), ("state", "state"), ("days", "when"))
    fill = {"scale": {"domain": ["occurred", "ongoing", "planned", "hypothetical", "denied"],
                      "range": [BAND, "#8fbfdd", "white", "white", "white"]}}  # fmt: skip
    return {
        "fill": {"field": "state", "type": "nominal", "legend": None, **fill},
        "opacity": {"condition": {"test": "datum.undated", "value": 0.4}, "value": 1},
        "tooltip": [{"field": field, "title": title} for field, title in tips],
        "description": {"field": "label"},
        **({"href": {"field": "href"}} if linked else {}),
    }
