"""What reviewers say of rows: accept, reject, correct, note, undo; each a new row, none changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from parley.errors import WrongQuestion
from parley.store.keys import digest
from parley.store.ledger import Store, now
from parley.store.schema import LAYERS, links, reviews

Verdict = Literal["accept", "reject", "correct", "note", "undo"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "correct", "note", "undo")
# What a reviewer may correct: that which the words may have been misread for. Spans and clocks of the wire stay.
MAY_CORRECT = {
    "claims": {"act", "mode", "told", "via", "authority_name", "authority_kind", "time"},
    "counts": {
        "status",
        "who",
        "population",
        "low",
        "high",
        "approximate",
        "believed",
        "time",
        "authority_name",
    },
    "events": {"type", "mode", "state", "time"},
    "positions": {"stance", "issue", "condition", "time"},
    "agreements": {"kind", "state", "begins", "ends", "duration"},
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What holds of a row after all its reviews. `contested`: two reviewers' last words differ."""

    verdict: Verdict | None
    after: dict[str, Any]
    contested: bool
    by: tuple[str, ...]


def review(
    store: Store,
    target: str,
    verdict: Verdict,
    *,
    who: str,
    why: str = "",
    after: dict[str, Any] | None = None,
    at: str | None = None,
) -> str:
    """Keep a verdict on a fact or link; its id. Raises WrongQuestion for an unknown row, field or verdict."""
    if verdict not in VERDICTS:
        raise WrongQuestion(f"no verdict {verdict!r}; there are {', '.join(VERDICTS)}")
    with store.writing() as connection:
        undone = None
        if verdict == "undo":
            target, undone = last_of(connection, target, who)
        full, layer, before = found(connection, target)
        changed = checked(layer, after or {}) if verdict == "correct" else {}
        stamp = at or now()
        row = {
            "target": full, "verdict": verdict, "who": who, "at": stamp, "why": why, "undoes": undone,
            "before": json.dumps({k: before[k] for k in changed}) if changed else None,
            "after": json.dumps(changed) if changed else None,
        }  # fmt: skip
        n = connection.execute(select(reviews.c.n).order_by(reviews.c.n.desc()).limit(1)).scalar() or 0
        row["id"] = digest(row, n)
        connection.execute(reviews.insert(), row)
    return str(row["id"])


def found(connection: Connection, target: str) -> tuple[str, str, dict[str, Any]]:
    """The full id, the layer and the row that an id, or its beginning, names."""
    hits: dict[str, tuple[str, dict[str, Any]]] = {}
    for layer, table in (*LAYERS.items(), ("links", links)):
        near = (table.c.id >= target) & (table.c.id < target + "g")
        for row in connection.execute(select(table).where(near).limit(50)).mappings():
            hits[row["id"]] = (layer, dict(row))
    if len(hits) != 1:
        raise WrongQuestion(f"{target}: {'several rows begin so' if hits else 'there is no such row'}; "
                            "the ids stand in the first column of figures, timeline …, whole with --json")  # fmt: skip
    ((full, (layer, kept)),) = hits.items()
    return full, layer, kept


def checked(layer: str, after: dict[str, Any]) -> dict[str, Any]:
    allowed = MAY_CORRECT.get(layer, set())
    wrong = sorted(set(after) - allowed)
    if wrong or not after:
        raise WrongQuestion(f"of {layer} one can correct {', '.join(sorted(allowed)) or 'nothing'}"
                            + (f"; not {', '.join(wrong)}" if wrong else "; give at least one as field=value"))  # fmt: skip
    return after


def last_of(connection: Connection, target: str, who: str) -> tuple[str, str]:
    """(row, review) of the last verdict of this reviewer on the row that still stands."""
    full = found(connection, target)[0]
    for row in reversed(standing_reviews(connection, [full]).get(full, [])):
        if row.who == who:
            return full, row.id
    raise WrongQuestion(f"{target}: no verdict of {who} stands there; nothing to undo")


def standing_reviews(connection: Connection, of: Iterable[str] | None = None) -> dict[str, list[Row[Any]]]:
    """Reviews by row, in order, without those undone; of some rows, or of all that have any."""
    wanted = select(reviews).order_by(reviews.c.n)
    if of is not None:
        wanted = wanted.where(reviews.c.target.in_(list(of)))
    rows = connection.execute(wanted).all()
    undone = {row.undoes for row in rows if row.verdict == "undo"}
    kept: dict[str, list[Row[Any]]] = {}
    for row in rows:
        if row.verdict != "undo" and row.id not in undone:
            kept.setdefault(row.target, []).append(row)
    return kept


def judged(rows: Iterable[Row[Any]]) -> Judged:
    """The last verdict counts; corrections add up."""
    after: dict[str, Any] = {}
    last: dict[str, str] = {}
    verdict: Verdict | None = None
    given = [row for row in rows if row.verdict != "note"]
    for row in given:
        verdict, last[row.who] = row.verdict, row.verdict if row.verdict != "correct" else "accept"
        after |= json.loads(row.after) if row.after else {}
    return Judged(verdict, after, len(set(last.values())) > 1, tuple(sorted(last)))
