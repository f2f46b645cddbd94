"""What a reviewer adds to a dispatch: a fact that the program did not read, told by its characters and its fields.

It is kept under a reading of its own, beside those of the program, which stay as they are; a review tells who added it,
when and why, and undoing that takes it out of the answers again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Literal, get_args

from sqlalchemy import Connection, select

from parley.errors import WrongQuestion
from parley.facts import (
    Act,
    Agreement,
    AgreementKind,
    AgreementStatus,
    Claim,
    Count,
    CountStatus,
    Event,
    EventStatus,
    EventType,
    Mode,
    Position,
    Source,
    SourceKind,
    Stance,
)
from parley.record import Record
from parley.store.keys import digest
from parley.store.ledger import Store, now, put
from parley.store.reviews import LONGEST, judged, kept, standing_reviews
from parley.store.rows import Rows, rows
from parley.store.schema import LAYERS, additions, entities, latest, parts, readings
from parley.values import Span, days

BY_HAND = "by hand"  # the rule of such a fact
LONGEST_SPAN = 2_000  # characters
Kind = Literal["claims", "counts", "events", "positions", "agreements"]
# What a fact is asked for: one of known words, whole numbers, yes or no, any words, a day, who in the dispatch, one of
# its claims; "must" is what cannot be left out.
ASKED: dict[str, dict[str, str]] = {
    "claims": {"source": "who", "act": "known", "mode": "known", "time": "day"},
    "counts": {
        "low": "number", "high": "number", "who": "must", "status": "known", "approximate": "flag", "believed": "flag",
        "by": "who", "place": "who", "time": "day", "claim": "claim",
    },
    "events": {
        "type": "known", "actors": "whom", "recipients": "whom", "status": "known", "place": "who", "time": "day",
        "claim": "claim",
    },
    "positions": {"party": "who must", "stance": "known", "issue": "must", "toward": "who", "time": "day", "claim": "claim"},
    "agreements": {
        "kind": "known", "status": "known", "parties": "whom", "mediators": "whom", "begins": "day", "claim": "claim",
    },
}  # fmt: skip
KNOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "claims": {"act": get_args(Act), "mode": get_args(Mode)},
    "counts": {"status": get_args(CountStatus)},
    "events": {"type": get_args(EventType), "status": get_args(EventStatus)},
    "positions": {"stance": get_args(Stance)},
    "agreements": {"kind": get_args(AgreementKind), "status": get_args(AgreementStatus)},
}
MADE: dict[str, type[Any]] = {
    "counts": Count,
    "events": Event,
    "positions": Position,
    "agreements": Agreement,
}
Given = dict[str, Any]


def add_by_hand(
    store: Store, dispatch: str, layer: str, start: int, end: int, words: str, fields: Given, *, who: str, why: str = ""
) -> str:  # fmt: skip
    """Keep a fact that `words`, the characters `start` to `end` of a dispatch, say; its id. `fields` are those of ASKED,
    with ids of the dispatch's own record for whom and for claims. Raises WrongQuestion for what cannot be."""
    record = store.record(dispatch)
    if record is None:
        raise WrongQuestion(f"{dispatch[:24]}: no such dispatch, or several begin so")
    if len(why) > LONGEST:
        raise WrongQuestion(f"a reason has at most {LONGEST:,} characters")
    given = checked(record, layer, fields)
    made = made_rows(record, layer, checked_span(record, start, end, words), given)
    with store.writing() as connection:
        keep(connection, layer, made)
        return said_in(connection, made[layer][0]["id"], who, why, {"layer": layer, **told(record, given)})


def told(record: Record, given: Given) -> Given:
    """The fields that say something, with names for who is meant."""
    names = {
        k: ", ".join(record.name(e) or "" for e in v) if isinstance(v, tuple) else v for k, v in given.items()
    }
    return {
        k: (record.name(v) if isinstance(v, str) else v)
        for k, v in names.items()
        if v not in (None, "", False)
    }


def said_in(connection: Connection, fact: str, who: str, why: str, said: Given) -> str:
    """The review that tells of it; the fact's id."""
    row = {
        "target": fact, "verdict": "add", "who": who, "at": now(), "why": why, "undoes": None, "before": None,
        "after": json.dumps(said, ensure_ascii=False),
    }  # fmt: skip
    kept(connection, row)
    return fact


# ── what was given ───────────────────────────────────────────────────────────────────────────────


def checked_span(record: Record, start: int, end: int, words: str) -> Span:
    """The characters, if they are those words: offsets of another text, or of another count, are refused."""
    if not 0 <= start < end <= len(record.text) or end - start > LONGEST_SPAN:
        raise WrongQuestion(
            f"characters {start} to {end}: choose 1 to {LONGEST_SPAN:,} of the {len(record.text):,} there are"
        )
    found = record.text[start:end]
    if found != words:
        raise WrongQuestion(
            f"characters {start} to {end} are {found[:60]!r}, not {words[:60]!r}; choose them again"
        )
    if not any(c.isalnum() for c in found):
        raise WrongQuestion(f"characters {start} to {end} say nothing; choose words")
    return Span(start, end)


def checked(record: Record, layer: str, fields: Given) -> Given:
    """The fields, each as its kind asks. Raises WrongQuestion, saying which is wrong and what would do."""
    if layer not in ASKED:
        raise WrongQuestion(f"no kind {layer!r}; there are {', '.join(ASKED)}")
    if unknown := sorted(set(fields) - set(ASKED[layer])):
        raise WrongQuestion(f"{', '.join(unknown)}: {layer} have {', '.join(ASKED[layer])}")
    found = {name: checked_field(record, layer, name, fields.get(name)) for name in ASKED[layer]}
    low, high = found.get("low"), found.get("high")
    if low is not None and high is not None and low > high:
        raise WrongQuestion(f"low={low}, high={high}: the lower bound is above the upper")
    return found


def checked_field(record: Record, layer: str, name: str, value: Any) -> Any:
    kind = ASKED[layer][name]
    if kind == "whom":
        return tuple(one_of(name, each, [e.id for e in record.entities]) for each in value or ())
    if value in (None, ""):
        return empty(layer, name, kind)
    if kind == "known":
        return one_of(name, value, KNOWN[layer][name])
    if kind.startswith("who"):
        return one_of(name, value, [e.id for e in record.entities])
    if kind == "claim":
        return one_of(name, value, [c.id for c in record.claims])
    return plain(name, kind, value)


def empty(layer: str, name: str, kind: str) -> Any:
    """What stands where nothing was given: a flag is off, all else is not told."""
    if kind == "known":
        raise WrongQuestion(f"{name} must be given: {', '.join(KNOWN[layer][name])}")
    if kind.endswith("must"):
        raise WrongQuestion(f"{name} must be given")
    return False if kind == "flag" else None


def plain(name: str, kind: str, value: Any) -> Any:
    if kind == "number" and not (isinstance(value, int) and 0 <= value < 10**12):
        raise WrongQuestion(f"{name}={value}: must be a whole number, or nothing")
    if kind == "flag":
        return bool(value)
    if kind == "day" and days(str(value)) == (None, None):
        raise WrongQuestion(f"{name}={value}: no day; write it like 2024-05-15")
    if len(str(value)) > LONGEST:
        raise WrongQuestion(f"{name}: at most {LONGEST:,} characters")
    return value


def one_of(name: str, value: Any, known: list[str] | tuple[str, ...]) -> str:
    if value not in known:
        raise WrongQuestion(f"{name}={value}: there are {', '.join(known) or 'none in this dispatch'}")
    return str(value)


# ── as rows ──────────────────────────────────────────────────────────────────────────────────────


def made_rows(record: Record, layer: str, span: Span, given: Given) -> Rows:
    """The rows of the fact alone, as if the dispatch had been read once more with it."""
    item = fact(record, layer, span, given)
    facts = replace(record.facts, **{layer: (*getattr(record.facts, layer), item)})
    made = rows(replace(record, facts=facts, made_by=BY_HAND), now())
    own = next(row for row in made[layer] if row["local"] == item.id)
    reading = {**made["readings"][0], "id": digest(own["id"], BY_HAND)}
    moved = {"reading": reading["id"]}
    told = [row | moved for row in made["parts"] if row["fact"] == own["id"]]
    keys = {row["party"] for row in told}
    named = [row | moved for row in made["entities"] if row["party"] in keys]
    return {"readings": [reading], layer: [own | moved], "parts": told, "entities": named}


def fact(record: Record, layer: str, span: Span, given: Given) -> Any:
    id = f"hand{len(getattr(record, layer)) + 1}"
    if layer != "claims":
        return MADE[layer](id=id, span=span, rule=BY_HAND, **given)
    entity = next((e for e in record.entities if e.id == given["source"]), None)
    kind: SourceKind = "unnamed" if entity is None else "person" if entity.kind == "person" else "body"
    mention = entity.mentions[0] if entity and entity.mentions else None
    source = Source(kind, mention, entity.id if entity else None)
    return Claim(id, span, source, given["mode"], given["act"], time=given["time"], rule=BY_HAND)


def keep(connection: Connection, layer: str, made: Rows) -> None:
    """Put the rows in, once. Raises WrongQuestion where the fact is there already."""
    table, own = LAYERS[layer], made[layer][0]
    known = list(connection.scalars(select(table.c.reading).where(table.c.id == own["id"])))
    refuse_known(connection, own["id"], known)
    if own["reading"] in known:
        return  # added before, and taken back since
    put(connection, readings, made["readings"])
    put(connection, table, made[layer], once=False)
    put(connection, parts, made["parts"], once=False)
    put(connection, entities, made["entities"], once=False)
    put(connection, additions, [{"reading": own["reading"], "dispatch": own["dispatch"]}])


def refuse_known(connection: Connection, fact: str, known: list[str]) -> None:
    """A fact of the program's is accepted and not added; one that stands by somebody's hand is there."""
    if connection.scalar(select(latest.c.dispatch).where(latest.c.reading.in_(known))):
        raise WrongQuestion(f"{fact}: the record has this already; accept it there")
    held = judged(standing_reviews(connection, [fact]).get(fact, ()))
    if held.added:
        raise WrongQuestion(f"{fact}: {held.added} added this already")
