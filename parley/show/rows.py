"""A record's items as plain rows: what each says, on whose word, at which characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parley.facts import Claim
from parley.record import Record
from parley.values import Bounds

if TYPE_CHECKING:
    import pandas

LAYERS = ("claims", "counts", "events", "positions", "agreements")
TITLES = {
    "claims": "Said",
    "counts": "Figures",
    "events": "Events",
    "positions": "Positions",
    "agreements": "Agreements",
}
Row = dict[str, str]


def rows(record: Record, layer: str) -> list[Row]:
    """One row an item: id, what, by whom or on whose word, when, characters, the words."""
    return [row(record, layer, item) for item in getattr(record, layer)]


def row(record: Record, layer: str, item: Any) -> Row:
    return {
        "id": item.id,
        "what": what(record, layer, item),
        "on whose word": voice(record, item),
        "when": when(item),
        "characters": f"{item.span.start}-{item.span.end}",
        "words": " ".join(item.span.of(record.text).split()),
        "rule": item.rule,
    }


def what(record: Record, layer: str, item: Any) -> str:
    name = record.name
    if layer == "claims":
        return f"{item.act} ({item.mode})" + (f", told {item.told}" if item.told else "")
    if layer == "counts":
        parts = [bounds_in_words(item), item.who, item.status]
        return " ".join(parts) + (" (believed)" if item.believed else "") + by(record, item)
    if layer == "events":
        actors = ", ".join(name(a) or "" for a in item.actors) or "?"
        targets = ", ".join(name(a) or "" for a in item.recipients)
        kind = item.type + (f"/{item.mode}" if item.mode else "")
        return f"{actors} {kind}{' → ' + targets if targets else ''} [{item.status}]"
    if layer == "positions":
        toward = f" → {name(item.toward)}" if item.toward else ""
        return f"{name(item.party)} {item.stance} on {item.issue}{toward}"
    return f"{item.kind}, {item.status.replace('_', ' ')}: " + terms(record, item)


def by(record: Record, item: Any) -> str:
    return f", by {record.name(item.by)}" if item.by else ""


def terms(record: Record, item: Any) -> str:
    given = [
        f"{record.name(t.gives) or '?'} gives {t.what}" + (f" for {t.for_}" if t.for_ else "")
        for t in item.terms
    ]
    parties = ", ".join(record.name(p) or "" for p in item.parties)
    return "; ".join([parties, *given] if parties else given)


def bounds_in_words(item: Any) -> str:
    """How a figure was given: "241 or more", "up to 30", "about 20", "20 to 30", "105"."""
    bounds = Bounds(item.low, item.high, item.approximate)
    if bounds.low is None and bounds.high is None:
        return "an unknown number of"
    if bounds.high is None:
        return f"{bounds.low:,} or more"
    if bounds.low is None:
        return f"up to {bounds.high:,}"
    exact = f"{bounds.low:,}" if bounds.low == bounds.high else f"{bounds.low:,} to {bounds.high:,}"
    return f"about {exact}" if bounds.approximate else exact


def when(item: Any) -> str:
    return getattr(item, "time", None) or getattr(item, "begins", None) or ""


def voice(record: Record, item: Any) -> str:
    """Who answers for an item: the source of its claim, or the dispatch itself."""
    if isinstance(item, Claim):
        return speaker(record, item)
    claim = next((c for c in record.claims if c.id == item.claim), None)
    return f"{speaker(record, claim)} ({claim.id})" if claim else "the dispatch"


def speaker(record: Record, claim: Claim) -> str:
    source = claim.source
    words = " ".join(source.span.of(record.text).split()) if source.span else None
    name = record.name(source.entity) or words or source.kind
    said = name if not words or words == name else f"{name} (“{words}”)"
    return said + (f", within {claim.within}" if claim.within else "")


def frame(record: Record, layer: str) -> pandas.DataFrame:
    """The items of a layer as a pandas DataFrame; see `Record.to_frame`."""
    import pandas

    if layer not in (*LAYERS, "times"):
        raise ValueError(f"no layer {layer!r}; there are {', '.join((*LAYERS, 'times'))}")
    table = pandas.DataFrame([flat(record, item) for item in getattr(record, layer)])
    if table.empty:
        table = pandas.DataFrame(columns=["document", "start", "end", "quote", "source"])
    numbers = [c for c in ("start", "end", "low", "high") if c in table]
    return table.astype({c: "Int64" for c in numbers})


def flat(record: Record, item: Any) -> dict[str, Any]:
    from parley.codec import encode_fact

    plain = encode_fact(item, record.text) if hasattr(item, "id") else {
        "type": item.type, "value": item.value, "rule": item.rule
    }  # fmt: skip
    first = {
        "document": record.document.id,
        "start": item.span.start,
        "end": item.span.end,
        "quote": item.span.of(record.text),
        "source": voice(record, item) if hasattr(item, "id") else "the dispatch",
    }
    left_out = {"text", "source", "evidence", "start", "end"}
    return first | {k: v for k, v in plain.items() if k not in left_out}
