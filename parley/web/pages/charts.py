"""Charts of a list at addresses of their own (.svg, .png, and the spec that a browser draws), and what draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from parley.errors import NotDrawn
from parley.show.audit import audit
from parley.show.charts import books_chart, figures_chart, png, svg, timeline_strip, vega_bundle
from parley.show.charts.look import by_night
from parley.show.figures import figures
from parley.show.timeline import timeline
from parley.web.asking import view_of
from parley.web.desk import Refused, as_json, asked_of, desk_of

router = APIRouter(include_in_schema=False)
Draw = Callable[[Sequence[Any]], dict[str, Any]]
QUESTIONS: dict[str, tuple[Callable[..., Any], Draw]] = {
    "books": (audit, lambda rows: books_chart(rows[0])),  # of one holder: the address names him
    "figures": (figures, figures_chart),
    "timeline": (timeline, timeline_strip),
}
KEPT = {"cache-control": "private, max-age=86400"}


def spec_of(request: Request, name: str) -> dict[str, Any]:
    """The chart of what the address asks; nothing told is nothing drawn."""
    if name not in QUESTIONS:
        raise Refused(404, f"There is no chart of {name[:40]}.")
    question, drawn = QUESTIONS[name]
    given = asked_of(request, question)
    rows = question(view_of(desk_of(request).ledger, given), **given.filters).rows
    if not rows:
        raise Refused(404, "Nothing is told there, so nothing is drawn.")
    return by_night(drawn(rows)) if dark(request) else drawn(rows)


def dark(request: Request) -> bool:
    """Whether a picture is asked for that stands on dark ground."""
    return request.query_params.get("dark") == "on"


@router.get("/charts/{name}.json")
def spec(request: Request, name: str) -> Response:
    return as_json(spec_of(request, name))


@router.get("/charts/{name}.svg")
def as_svg(request: Request, name: str) -> Response:
    return drawn_as(svg, spec_of(request, name), "image/svg+xml")


@router.get("/charts/{name}.png")
def as_png(request: Request, name: str) -> Response:
    return drawn_as(png, spec_of(request, name), "image/png")


def drawn_as(draw: Callable[[dict[str, Any]], str | bytes], spec: dict[str, Any], kind: str) -> Response:
    try:
        return Response(draw(spec), media_type=kind)
    except NotDrawn as why:
        raise Refused(503, f"{why} The table says the same.") from why


@router.get("/assets/vega.js")
def vega() -> Response:
    """The library that draws a spec in a browser, made once and kept in the user's own folder of caches."""
    from platformdirs import user_cache_path

    try:
        made: Path = vega_bundle(user_cache_path("parley"))
    except NotDrawn as why:
        raise Refused(503, str(why)) from why
    return FileResponse(made, media_type="text/javascript", headers=KEPT)
