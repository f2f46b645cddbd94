"""How every chart looks: calm, told apart by colour and by shape, and never by red for the dead. It is made for light
paper; by night each of its colours has another that does the same on dark ground."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# Told apart by eyes of every kind, and dark enough on white (3:1). After Okabe and Ito, without their vermilion.
PALETTE = ("#0072b2", "#b07400", "#00805e", "#9b4f87", "#4d4d4d", "#3a94cf")
# No triangle: an arrow says "at least", and would be taken for one.
SHAPES = ("circle", "square", "diamond", "cross", "M-1-.45H1V.45H-1Z", "M-.9-.9L.9.9V-.9L-.9.9Z")
ARROW_UP = "M0-.35V-1.5M-.35-1.1L0-1.5L.35-1.1"
ARROW_RIGHT = "M.35 0H1.5M1.1-.35L1.5 0L1.1.35"
ARROW_DOWN = "M0 .35V1.5M-.35 1.1L0 1.5L.35 1.1"
INK, QUIET, GRID = "#222222", "#595959", "#e6e6e6"
CONFIG: dict[str, Any] = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {"labelColor": QUIET, "gridColor": GRID, "domainColor": "#999999", "tickColor": "#999999", "labelFontSize": 11},
    "title": {"anchor": "start", "fontSize": 14, "subtitleFontSize": 11, "color": INK, "subtitleColor": QUIET, "offset": 12},
    "legend": {"labelColor": INK, "labelFontSize": 11, "labelLimit": 260},
    "header": {"labelColor": INK, "labelFontSize": 11},
    "text": {"color": INK}, "rule": {"color": INK},
}  # fmt: skip


DARK_GROUND = "#1f2225"
BY_NIGHT = {
    "white": DARK_GROUND, INK: "#e6e4df", QUIET: "#a9adb2", GRID: "#3a3e42", "#999999": "#777c82", "#8fbfdd": "#2c5c7c",
    **dict(zip(PALETTE, ("#4da6dd", "#dfa740", "#3fbb93", "#d18cc0", "#c6c6c6", "#a5d5f5"), strict=True)),
}  # fmt: skip
WORDS = (
    "values",
    "domain",
    "text",
    "subtitle",
    "description",
)  # what may hold a name that is also a colour's


def by_night(spec: Any) -> Any:
    """The same spec for dark ground."""
    if isinstance(spec, dict):
        return {k: v if k in WORDS and not isinstance(v, dict) else by_night(v) for k, v in spec.items()}
    if isinstance(spec, list):
        return [by_night(v) for v in spec]
    return BY_NIGHT.get(spec, spec) if isinstance(spec, str) else spec


def dressed(spec: dict[str, Any]) -> dict[str, Any]:
    """A whole spec, ready to be drawn."""
    return {"$schema": SCHEMA, "background": "white", "padding": 8, **spec, "config": CONFIG}


def undressed(spec: dict[str, Any]) -> dict[str, Any]:
    """The same spec as a part of another."""
    return {k: v for k, v in spec.items() if k not in ("$schema", "background", "padding", "config")}


def headed(title: str, subtitle: Iterable[str]) -> dict[str, Any]:
    """What is counted, and below it how to read it; the same in words for those who hear the chart."""
    lines = [words for words in subtitle if words]
    return {"description": ". ".join((title, *lines)), "title": {"text": title, "subtitle": lines}}


def legend() -> dict[str, Any]:
    """For colour and shape alike: only where both are given the same do they make one legend, and not two."""
    return {"title": None, "orient": "bottom", "direction": "horizontal", "columns": 2, "symbolOpacity": 1}


def many(n: int, what: str) -> str:
    """
    >>> many(1, "figure"), many(2, "figure"), many(3, "dispatch")
    ('1 figure', '2 figures', '3 dispatches')
    """
    return f"{n} {what}" if n == 1 else f"{n} {what}{'es' if what.endswith('ch') else 's'}"


def href(link: str, id: str) -> dict[str, str]:
    """The address of a row, where the chart has links."""
    return {"href": link + quote(id, safe="")} if link else {}


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────


def days_axis(first: date, last: date, most: int = 6) -> dict[str, Any]:
    """An axis of days. Scale and ticks are in UTC: otherwise the 20th becomes the 19th for readers west of
    Greenwich. The scale's own days come with `domain`, in one layer: Vega takes two that are the same for two."""
    axis = {
        "values": [utc(d) for d in ticks(first, last, most)],
        "format": "%-d %b %Y",
        "grid": False,
        "labelOverlap": True,
    }
    return {"type": "temporal", "title": None, "axis": axis, "scale": {"type": "utc", "nice": False}}


def domain(axis: dict[str, Any], first: date, last: date) -> dict[str, Any]:
    return axis | {"scale": axis["scale"] | {"domain": [utc(first), utc(last)]}}


def airy(days: Iterable[str]) -> tuple[date, date]:
    """The first and the last of some days with a little air, so that a single day is no empty picture."""
    told = sorted(date.fromisoformat(d) for d in days)
    air = max(timedelta(days=1), (told[-1] - told[0]) // 30)
    return told[0] - air, told[-1] + air


def ticks(first: date, last: date, most: int) -> list[date]:
    """The days to write under an axis: every so many, or the first of every so many months."""
    days = (last - first).days
    if days <= 60:
        step = next((n for n in (1, 2, 5, 7, 10, 14) if days <= most * n), 30)
        return [first + timedelta(days=n) for n in range(0, days + 1, step)]
    months = [date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60) if days <= most * 31 * n), 120)
    return [d for n, d in enumerate(months) if n % step == 0 and first <= d <= last]


def utc(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}
