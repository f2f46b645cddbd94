"""Map: places told of, on outlines of countries; the list beside it says the same. And the files that draw it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from parley.show.atlas.outlines import CAPTION, map_svg
from parley.show.map import KINDS, places
from parley.web.asking import Asked, view_of
from parley.web.assets import TYPES, asset
from parley.web.desk import Refused, asked_of, desk_of
from parley.web.lists import PARTY, SPAN, Choice, Listing, routes
from parley.web.pages.charts import dark

router = APIRouter(include_in_schema=False)
KEPT = {"cache-control": "private, max-age=86400"}


def drawn(_: Request, __: Asked, ___: Any) -> dict[str, Any]:
    return {"caption": CAPTION}


@router.get("/map.svg")
def plain(request: Request) -> Response:
    """The map as one picture, for readers without a script and for print."""
    given = asked_of(request, places)
    return Response(
        map_svg(places(view_of(desk_of(request).ledger, given), **given.filters).rows, dark=dark(request)),
        media_type="image/svg+xml",
    )


router.include_router(
    routes(
        Listing(
            "places", "Map", "Where it is told to have happened. A dot is a town or a site, larger where more dispatches tell of it, never for more dead; a shaded area is a country of which no more is told.",
            "Here stand the places that dispatches name.", (Choice("kind", "of", KINDS), PARTY, *SPAN), "map.html", drawn, address="/map",
        )
    )
)  # fmt: skip


@router.get("/assets/outlines.json")
def outlines() -> Response:
    path = files("parley.show.atlas") / "outlines.json"
    return Response(path.read_text("utf-8"), media_type="application/json", headers=KEPT)


@router.get("/assets/{name}")
def file(name: str) -> Response:
    """A script or style of others, as pinned."""
    path = asset(name)
    if path is None:
        raise Refused(404, "There is no such file.")
    return FileResponse(path, media_type=TYPES[path.suffix], headers=KEPT)
