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
    "domain.claims.attributed": 87.3,
    "domain.counts.number": 96.6,
    "domain.counts.full": 78.7,
    "domain.events.typed": 74.1,
    "domain.events.dyad": 40.7,
    "domain.positions": 55.0,
    "domain.agreements": 63.2,
    "times.tbaq.value": 80.0,
    "attribution.dev.full": 56.1,
}


@router.get("/method")
def html(request: Request) -> Response:
    from parley.pipeline import made_by

    return page(
        request, "method.html", asked_of(request), measured=MEASURED, figures=FIGURES, made_by=made_by()
    )
