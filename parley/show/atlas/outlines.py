"""Outlines of countries: TopoJSON → GeoJSON, and a plain map of places as SVG, for print and for readers without script.

A country that a dispatch names is shaded as an area and never pinned in its capital; a circle is as large as the
number of dispatches that name the place, never as the number of the dead.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any, Protocol
from urllib.parse import quote

from parley.show.atlas.places import CREDIT
from parley.show.charts.drawing import shown
from parley.show.charts.look import BY_NIGHT, INK, PALETTE, QUIET, many

CAPTION = "Boundaries: Natural Earth, shown for orientation, not a position of this project"
WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 720, 320, 520
MARGIN = 0.18  # of what the points span, on every side
LEAST_SPAN = 4.0  # degrees that a map shows at least
MOST_LATITUDE = 75.0  # … between whose parallels degrees of longitude are drawn as wide as in their middle
SEA, LAND, BORDER, SHADE = "#eef3f7", "#fbfaf7", "#b9b9b9", "#cfe3f1"
DARK = BY_NIGHT | {SEA: "#16181a", LAND: "#2a2e32", BORDER: "#5a6067", SHADE: "#2c4f66"}
COLOUR = re.compile(f'"({"|".join(DARK)})"')  # words of places stand between other signs
MOST_LETTERS, LETTER = 28, 6.2  # of a name, and pixels a letter takes
SEEN = 0.8  # pixels between two corners
WORLD = (-170.0, -58.0, 180.0, 78.0)
Box = tuple[float, float, float, float]  # west, south, east, north
Ring = list[list[float]]


class Point(Protocol):
    """A place on a map; see `parley.show.map.Place`."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def precision(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def dispatches(self) -> int: ...


@functools.cache
def outlines() -> dict[str, Any]:
    """GeoJSON: a MultiPolygon a country, `id` its ISO 3166-1 alpha-3 code ("" where it has none), `name` beside it."""
    told = json.loads(files("parley.show.atlas").joinpath("outlines.json").read_text("utf-8"))
    (kx, ky), (dx, dy) = told["transform"]["scale"], told["transform"]["translate"]
    arcs = [
        [[round(x * kx + dx, 4), round(y * ky + dy, 4)] for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])]
        for arc in told["arcs"]
    ]  # fmt: skip
    features = [
        {"type": "Feature", "id": g["id"], "properties": g["properties"],
         "geometry": {"type": "MultiPolygon", "coordinates": [[ring(r, arcs) for r in piece] for piece in g["arcs"]]}}
        for g in told["objects"]["countries"]["geometries"]
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Arcs one after the other; a negative number is an arc walked backwards, and where two meet is one point. What
    crosses the 180th meridian goes on beyond it: Chukotka lies at 190° east."""
    points: Ring = []
    for n in numbers:
        walked = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += walked[1:] if points else walked
    crosses = any(abs(a[0] - b[0]) > 180 for a, b in pairwise(points))
    return [[x + 360, y] if x < 0 else [x, y] for x, y in points] if crosses else points


# ── the map ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that a map shows, and how large it is drawn: pixels a degree eastward and northward."""

    west: float
    south: float
    east: float
    north: float
    across: float
    up: float

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.up)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.across, (self.north - latitude) * self.up

    def meets(self, box: Box) -> bool:
        west, south, east, north = box
        return west <= self.east and east >= self.west and south <= self.north and north >= self.south


def map_svg(points: Iterable[Point], *, link: str = "/r/", dark: bool = False) -> str:
    """A map of the places that are known, cropped to them; each leads to its row at `link` + id ("" for no links)."""
    made = by_day(points, link)
    return COLOUR.sub(lambda m: f'"{DARK[m[1]]}"', made) if dark else made


def by_day(points: Iterable[Point], link: str) -> str:
    known = [p for p in points if p.precision]
    areas = {p.country: p for p in known if p.precision == "country" and p.country and p.latitude is None}
    pins = sorted((p for p in known if p.latitude is not None), key=lambda p: (-p.dispatches, p.name))
    frame = framed(cropped(pins, areas))
    drawn = (*countries(frame, areas, link), *(pin(p, frame, link) for p in pins), *labels(pins, frame))
    told = f"Map of {many(len(pins), 'place')} and {len(areas)} shaded countries that dispatches name"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {frame.height}" width="{WIDTH}" height="{frame.height}" '
        f'role="img" font-family="sans-serif" aria-label="{told}"><rect width="{WIDTH}" height="{frame.height}" fill="{SEA}"/>'
        f'{"".join(drawn)}<text x="8" y="{frame.height - 8}" font-size="10" fill="{QUIET}">{CAPTION} · {CREDIT}</text></svg>'
    )  # fmt: skip


def cropped(pins: Sequence[Point], areas: Iterable[str]) -> Box:
    """What holds every pin and the main piece of every shaded country, with a margin; the world, where there is none."""
    spots = [(p.longitude or 0.0, p.latitude or 0.0) for p in pins]
    for box in filter(None, map(main_box, areas)):
        spots += [box[:2], box[2:]]
    if not spots:
        return WORLD
    west, east = spread([x for x, _ in spots], 180.0)
    south, north = spread([y for _, y in spots], 85.0)
    return west, south, east, north


def spread(values: Sequence[float], end: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max((high - low) * MARGIN, (LEAST_SPAN - (high - low)) / 2, 0.5)
    return max(low - more, -end), min(high + more, end)


def main_box(code: str) -> Box | None:
    """Of the largest piece of a country: Alaska and Hawaii do not make a map of the world."""
    boxes = [box_of(piece[0]) for piece in shapes().get(code, ())]
    return max(boxes, key=area, default=None)


def framed(box: Box) -> Frame:
    """The box, widened or heightened until it fits the paper. A degree east is drawn as wide as it is in the middle."""
    west, south, east, north = box
    narrow = math.cos(math.radians(min(abs(south + north) / 2, MOST_LATITUDE)))
    up = WIDTH / (east - west) / narrow
    height = min(max((north - south) * up, LEAST_HEIGHT), MOST_HEIGHT)
    up = min(up, height / (north - south))
    wide, high = WIDTH / (up * narrow), height / up
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, up * narrow, up)


def countries(frame: Frame, areas: Mapping[str, Point], link: str) -> Iterator[str]:
    """Each country in sight as one path; those that dispatches name are shaded, and lead to their row."""
    for feature in outlines()["features"]:
        rings = [r for piece in feature["geometry"]["coordinates"] for r in piece if frame.meets(box_of(r))]
        if not rings:
            continue
        place = areas.get(feature["id"])
        path = f'<path d="{"".join(traced(r, frame) for r in rings)}" fill="{SHADE if place else LAND}" stroke="{BORDER}" stroke-width=".6"'
        yield linked(f"{path}><title>{words(place)}</title></path>", place, link) if place else f"{path}/>"


def traced(points: Ring, frame: Frame) -> str:
    """A ring as the commands of a path, without corners that nobody can see."""
    spots = [frame.at(*points[0])]
    for x, y in (frame.at(*p) for p in points[1:-1]):
        if abs(x - spots[-1][0]) + abs(y - spots[-1][1]) > SEEN:
            spots.append((x, y))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "Z"


def pin(place: Point, frame: Frame, link: str) -> str:
    """A circle; dashed and wide where the place is an area and its middle only a way to show it."""
    x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
    look = f'fill="{PALETTE[0]}" fill-opacity=".75" stroke="white"'
    if place.precision in ("area", "country"):
        look = f'fill="{SHADE}" fill-opacity=".5" stroke="{PALETTE[0]}" stroke-dasharray="3 2"'
    return linked(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius(place):.1f}" {look}><title>{words(place)}</title></circle>', place, link)  # fmt: skip


def radius(place: Point) -> float:
    """The area of a circle grows with the dispatches that name the place."""
    size = min(3 + 2 * math.sqrt(place.dispatches), 16)
    return size + 8 if place.precision in ("area", "country") else size


def labels(pins: Sequence[Point], frame: Frame) -> Iterator[str]:
    """The names of the places most told of, right or left of them, as far as they do not lie on each other."""
    taken: list[Box] = []
    for place in pins:
        x, y = frame.at(place.longitude or 0.0, place.latitude or 0.0)
        name, beside = shown(place.name)[:MOST_LETTERS], radius(place) + 3
        wide = LETTER * len(name)
        sides = ((left, y - 7, left + wide, y + 5) for left in (x + beside, x - beside - wide))
        free = (b for b in sides if b[0] > 0 and b[2] < WIDTH and not any(meet(b, other) for other in taken))
        if box := next(free, None):
            taken.append(box)
            side = "start" if box[0] > x else "end"
            yield label(name, box[0] if side == "start" else x - beside, y + 4, side)


def label(name: str, x: float, y: float, side: str) -> str:
    look = f'font-size="11" fill="{INK}" stroke="white" stroke-width="2.5" paint-order="stroke"'
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{side}" {look}>{escape(name)}</text>'


def meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def linked(drawn: str, place: Point, link: str) -> str:
    return f'<a href="{escape(link + quote(place.id, safe=""))}">{drawn}</a>' if link else drawn


def words(place: Point) -> str:
    where = "" if place.precision == "town" else f" ({place.precision})"
    return escape(f"{shown(place.name)}{where}: {many(place.dispatches, 'dispatch')}")


# ── shapes ───────────────────────────────────────────────────────────────────────────────────────────


@functools.cache
def shapes() -> dict[str, list[list[Ring]]]:
    return {f["id"]: f["geometry"]["coordinates"] for f in outlines()["features"] if f["id"]}


def box_of(points: Ring) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
