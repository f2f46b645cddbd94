"""What a person reads first of each answer, and how a cell is told; every other column is in JSON and CSV."""

from __future__ import annotations

from typing import Any

from parley.show.answer import bounds_words, cell

COLUMNS: dict[str, tuple[str, ...]] = {
    "figures": ("id", "series", "bounds", "day", "authority", "change", "standing"),
    "audit": ("holder", "population", "as_of", "verdict", "remarks"),
    "timeline": ("id", "day", "actors", "act", "recipients", "state", "lineages"),
    "meetings": ("id", "state", "day", "parties", "place", "history"),
    "places": (
        "id",
        "name",
        "precision",
        "country",
        "latitude",
        "longitude",
        "dispatches",
        "events",
        "counts",
        "first",
        "last",
    ),
    "positions": ("id", "party", "issue", "stance", "moved", "voice", "published", "words"),
    "agreements": ("id", "kind", "state", "parties", "mediators", "begins", "duration", "ratio", "life"),
    "sources": ("name", "kind", "affiliation", "claims", "lineages", "figures", "revised", "stated_reason"),
    "lineage": ("dispatch", "source_ids", "agency", "published", "relation", "of", "score", "reason"),
    "conflicts": ("id", "what", "day", "sides", "conservative", "representative", "informative"),
    "who": ("name", "kind", "spellings", "aliases", "offices", "dispatches", "parts"),
    "diff": ("id", "news", "layer", "what", "before"),
    "search": ("published", "agency", "snippet"),
    "documents": ("id", "published", "agency", "place", "relation", "standing", "opening"),
    "parties": ("id", "name", "kind", "dispatches", "last"),
    "queue": ("id", "layer", "what", "voice", "status", "why"),
    "log": ("id", "at", "who", "record", "verdict", "before", "after", "why", "undone"),
}
BOOKS = ("book", "day", "bounds", "who", "authority", "counted", "words")
SHORT = 12  # characters of an id that a table shows; any beginning that is unique names the row


def value(row: dict[str, Any], column: str) -> str:
    if column == "bounds":
        told = bounds_words(row["low"], row["high"], bool(row.get("approximate")))
        return told + (" (believed)" if row.get("believed") else "")
    if column == "act":
        return f"{row['type']}/{row['mode']}" if row["mode"] else str(row["type"])
    if column in ("id", "dispatch", "of") and row[column]:
        return str(row[column])[:SHORT]
    if column == "day" and row.get("last") not in (None, row["day"]):
        return f"{row['day']}..{row['last']}"
    if column == "published":
        return str(row[column] or "")[:10]
    return cell(row[column])
