"""Method: what a mark means, how bounds and days are set, how often the reading is right, and where data come from."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from parley.web.desk import asked_of, page

router = APIRouter(include_in_schema=False)

# Measured by `make score` on the parts that the rules were improved on; tests hold this table to benchmarks/accuracy.json.
MEASURED = (
    ("Claims with the right source", "domain.claims.attributed", "twelve agency dispatches, read by hand"),
    ("Figures with number and bounds", "domain.counts.number", "the same"),
    ("Figures with holder, part and claim", "domain.counts.full", "the same"),
    ("Kinds of events", "domain.events.typed", "the same"),
    ("Both sides of an event", "domain.events.dyad", "the same"),
    ("Positions", "domain.positions", "the same"),
    ("Agreements", "domain.agreements", "the same"),
    ("Values of times", "times.tbaq.value", "TimeBank and AQUAINT"),
    ("Attribution, all of it found", "attribution.dev.full", "PolNeAR"),
)
FIGURES: dict[str, float] = {
    "domain.claims.attributed": 93.0,
    "domain.counts.number": 98.9,
    "domain.counts.full": 83.1,
    "domain.events.typed": 86.2,
    "domain.events.dyad": 69.7,
    "domain.positions": 81.9,
    "domain.agreements": 94.7,
    "times.tbaq.value": 80.6,
    "attribution.dev.full": 61.1,
}


@router.get("/method")
def html(request: Request) -> Response:
    from parley.pipeline import made_by

    return page(
        request, "method.html", asked_of(request), measured=MEASURED, figures=FIGURES, made_by=made_by()
    )
