"""Charts of answers: rows → Vega-Lite 6 specs, plain dictionaries that need no library to be made; drawn on request.

spec = figures_chart(ledger.figures(status="held"))    # for a page, with links to /r/ID
svg(spec), png(spec)                                   # drawn here, by a child process
ledger.figures(status="held").chart()                  # in a notebook
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parley.errors import NotDrawn, WrongQuestion
from parley.show.charts import drawing
from parley.show.charts.books import books_chart
from parley.show.charts.drawing import png, svg, vega_bundle
from parley.show.charts.figures import figures_chart, figures_charts
from parley.show.charts.strip import timeline_strip
from parley.show.met import Met, Pair, who_met_whom

__all__ = [
    "Chart", "Met", "Pair", "books_chart", "chart_of", "figures_chart", "figures_charts", "png", "svg", "timeline_strip",
    "vega_bundle", "who_met_whom",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """A spec that shows itself in a notebook; `svg()` and `png()` raise NotDrawn where drawing is not possible."""

    spec: Mapping[str, Any]

    def svg(self) -> str:
        return drawing.svg(self.spec)

    def png(self) -> bytes:
        return drawing.png(self.spec)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """SVG, since notebooks know no Vega-Lite 6; the words alone where nothing can be drawn."""
        words = str(self.spec["description"])
        try:
            return {"text/plain": words, "image/svg+xml": self.svg()}
        except NotDrawn as why:
            return {"text/plain": f"{words} ({why})"}


def all_books(rows: Sequence[Any], *, link: str) -> dict[str, Any]:
    """One holder's books; of several, each wants its own chart."""
    if len(rows) > 1:
        raise WrongQuestion(
            f"there are books of {len(rows)} holders; ask for one, or draw each with books_chart"
        )
    return books_chart(rows[0], link=link)


DRAWN: dict[str, Callable[..., dict[str, Any]]] = {
    "figures": figures_chart,
    "audit": all_books,
    "timeline": timeline_strip,
}


def chart_of(asked: str, rows: Sequence[Any]) -> Chart:
    """The chart of an answer, without links, since a notebook has no pages to lead to."""
    if asked not in DRAWN:
        raise WrongQuestion(f"{asked} has no chart; there are charts of {', '.join(DRAWN)}")
    if not rows:
        raise WrongQuestion(f"{asked}: nothing was found, so there is nothing to draw")
    return Chart(DRAWN[asked](rows, link=""))
