"""What reviewers say of rows: accept, reject, correct, settle, note, assign, undo; each a new row, none changed.

Where the last words of two reviewers differ the row is contested, until one of them says otherwise or a third settles it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from parley.errors import WrongQuestion
from parley.facts import (
    Act,
    AgreementKind,
    AgreementStatus,
    CountStatus,
    EventStatus,
    EventType,
    Mode,
    SourceKind,
    Stance,
)  # fmt: skip
from parley.store.keys import digest
from parley.store.ledger import Store, now
from parley.store.schema import LAYERS, links, reviews

Said = Literal["accept", "reject", "correct", "settle", "note", "assign", "undo", "add"]
Verdict = Literal["accept", "reject", "correct", "settle", "note", "assign", "undo"]
VERDICTS: tuple[Verdict, ...] = get_args(
    Verdict
)  # of a row that is there; what is added is kept by store.additions
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
# … and what may stand there, where that is not any words.
NUMBERS, FLAGS = ("low", "high"), ("approximate", "believed")
KNOWN: dict[str, dict[str, tuple[str, ...]]] = {
    "claims": {"act": get_args(Act), "mode": get_args(Mode), "authority_kind": get_args(SourceKind)},
    "counts": {"status": get_args(CountStatus)},
    "events": {"type": get_args(EventType), "state": get_args(EventStatus)},
    "positions": {"stance": get_args(Stance)},
    "agreements": {"kind": get_args(AgreementKind), "state": get_args(AgreementStatus)},
}
LONGEST = 1_000  # characters of a corrected field, or of a reason
LONGEST_NAME = 80  # … of a reviewer's name
DECISIONS = ("accept", "reject", "correct", "settle", "add")
SETTLED = ("accept", "reject")  # how a row can be settled


class Overtaken(WrongQuestion):
    """Somebody else said something of a row after it was looked at: `who`, as the last."""

    def __init__(self, target: str, who: str) -> None:
        super().__init__(f"{target}: changed by {who} while you looked; look at it again")
        self.target, self.who = target, who


@dataclass(frozen=True, slots=True)
class Judged:
    """What holds of a row after all its reviews. `contested`: the last words of two reviewers, `by` name, differ;
    `assigned` is who is to look at it, `added` whose hand it is by."""

    verdict: Said | None
    after: dict[str, Any]
    contested: bool
    by: tuple[str, ...]
    assigned: str | None = None
    added: str | None = None


def review(
    store: Store,
    target: str,
    verdict: Verdict,
    *,
    who: str,
    why: str = "",
    after: dict[str, Any] | None = None,
    at: str | None = None,
    seen: str | None = None,
) -> str:
    """Keep a verdict on a fact or link; its id. `after` are the fields that are right of a correction, `verdict` of what
    is settled ("accept" or "reject"), and `to` of an assignment: a name, or None for nobody. `seen` is the last review of
    the row that its reviewer knows of, "" for none. Raises WrongQuestion for an unknown row, field or verdict, Overtaken
    where another review came meanwhile."""
    if verdict not in VERDICTS:
        raise WrongQuestion(f"no verdict {verdict!r}; there are {', '.join(VERDICTS)}")
    if len(why) > LONGEST:
        raise WrongQuestion(f"a reason has at most {LONGEST:,} characters")
    with store.writing() as connection:
        full, layer, before = found(connection, target)
        refuse_overtaken(connection, full, seen)
        undone = last_of(connection, full, who) if verdict == "undo" else None
        held = judged(standing_reviews(connection, [full]).get(full, ()))
        old, new = changes(verdict, layer, before, held, after or {}, who)
        row = {
            "target": full, "verdict": verdict, "who": who, "at": at or now(), "why": why, "undoes": undone,
            "before": json.dumps(old) if old else None, "after": json.dumps(new) if new else None,
        }  # fmt: skip
        return kept(connection, row)


def kept(connection: Connection, row: dict[str, Any]) -> str:
    """Insert a review; its id."""
    n = connection.execute(select(reviews.c.n).order_by(reviews.c.n.desc()).limit(1)).scalar() or 0
    row["id"] = digest(row, n)
    connection.execute(reviews.insert(), row)
    return str(row["id"])


Fields = dict[str, Any]


def changes(
    verdict: Verdict, layer: str, row: Fields, held: Judged, after: Fields, who: str
) -> tuple[Fields, Fields]:
    """What a verdict changes: before, and after. Raises WrongQuestion for what cannot be."""
    if verdict == "correct":
        return {k: row[k] for k in checked(layer, row, after)}, after
    if verdict == "settle":
        return {}, settled(held, after, who)
    if verdict == "assign":
        return {"to": held.assigned}, assigned(after)
    return {}, {}


def settled(held: Judged, after: Fields, who: str) -> Fields:
    """Only what is contested is settled, and by a third."""
    if after.get("verdict") not in SETTLED:
        raise WrongQuestion(f"a row is settled as {' or '.join(SETTLED)}")
    if not held.contested:
        raise WrongQuestion("no two reviewers differ on this row; accept or reject it")
    if who in held.by:
        raise WrongQuestion(
            f"{who} is one of those who differ: somebody else settles it, or one of them says otherwise"
        )
    return {"verdict": after["verdict"]}


def assigned(after: Fields) -> Fields:
    to = after.get("to")
    if to is not None and not (
        isinstance(to, str) and to.strip() and to.isprintable() and len(to) <= LONGEST_NAME
    ):
        raise WrongQuestion(f"a row is assigned to a name of 1 to {LONGEST_NAME} characters, or to nobody")
    return {"to": to}


def refuse_overtaken(connection: Connection, target: str, seen: str | None) -> None:
    if seen is None:
        return
    of = reviews.c.target == target
    last = connection.execute(select(reviews).where(of).order_by(reviews.c.n.desc()).limit(1)).first()
    if (last.id if last else "") != seen:
        raise Overtaken(target, last.who if last else "somebody")


def found(connection: Connection, target: str) -> tuple[str, str, dict[str, Any]]:
    """The full id, the layer and the row, as corrected so far, that an id, or its beginning, names."""
    hits: dict[str, tuple[str, dict[str, Any]]] = {}
    for layer, table in (*LAYERS.items(), ("links", links)):
        near = (table.c.id >= target) & (table.c.id < target + "g")
        for row in connection.execute(select(table).where(near).limit(50)).mappings():
            hits[row["id"]] = (layer, dict(row))
    if len(hits) != 1:
        raise WrongQuestion(f"{target}: {'several rows begin so' if hits else 'there is no such row'}; "
                            "the ids stand in the first column of figures, timeline …, whole with --json")  # fmt: skip
    ((full, (layer, kept)),) = hits.items()
    return full, layer, kept | judged(standing_reviews(connection, [full]).get(full, ())).after


def checked(layer: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    allowed = MAY_CORRECT.get(layer, set())
    wrong = sorted(set(after) - allowed)
    if wrong or not after:
        raise WrongQuestion(f"of {layer} one can correct {', '.join(sorted(allowed)) or 'nothing'}"
                            + (f"; not {', '.join(wrong)}" if wrong else "; give at least one as field=value"))  # fmt: skip
    for name, value in after.items():
        refuse_wrong(layer, name, value)
    low, high = (after.get(side, before.get(side)) for side in NUMBERS)
    if low is not None and high is not None and low > high:
        raise WrongQuestion(f"low={low}, high={high}: the lower bound is above the upper")
    return after


def refuse_wrong(layer: str, name: str, value: Any) -> None:
    known = KNOWN[layer].get(name)
    if known and value not in known:
        raise WrongQuestion(f"{name}={value or ''}: there are {', '.join(known)}")
    if value is None and not LAYERS[layer].c[name].nullable:
        raise WrongQuestion(f"{name} cannot be empty")
    if len(str(value)) > LONGEST:
        raise WrongQuestion(f"{name}: at most {LONGEST:,} characters")


def typed(name: str, value: str) -> Any:
    """A field's value as somebody writes it: a number, a flag or words; an empty one means that the text does not say.

    >>> typed("low", "1,200"), typed("believed", "yes"), typed("who", "miners"), typed("high", "")
    (1200, True, 'miners', None)
    """
    if name in FLAGS:
        return value.casefold() in ("yes", "true", "1", "on")
    if not value:
        return None
    if name in NUMBERS:
        if not (number := value.replace(",", "")).isdecimal() or len(number) > 12:
            raise WrongQuestion(f"{name}={value}: must be a whole number, or nothing")
        return int(number)
    return value


def last_of(connection: Connection, target: str, who: str) -> str:
    """The last verdict of this reviewer on the row that still stands."""
    for row in reversed(standing_reviews(connection, [target]).get(target, [])):
        if row.who == who:
            return str(row.id)
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
    """The last verdict counts; corrections add up. What is settled ends what was said before."""
    after: dict[str, Any] = {}
    last: dict[str, str] = {}
    verdict: Said | None = None
    to: str | None = None
    by: str | None = None
    for row in (row for row in rows if row.verdict != "note"):
        given = json.loads(row.after) if row.after else {}
        if row.verdict == "assign":
            to = given["to"]
        elif row.verdict == "settle":
            verdict, last = given["verdict"], {row.who: given["verdict"]}
        elif row.verdict == "add":
            verdict, last[row.who], by = "add", "accept", row.who
        else:
            verdict, last[row.who] = row.verdict, row.verdict if row.verdict != "correct" else "accept"
            after |= given
    return Judged(verdict, after, len(set(last.values())) > 1, tuple(sorted(last)), to, by)


@dataclass(frozen=True, slots=True)
class AllJudged:
    """What holds of every row that was reviewed, up to the review numbered `n`."""

    n: int
    by_target: dict[str, Judged]


NOTHING_SAID = AllJudged(0, {})


def all_judged(connection: Connection, before: AllJudged) -> AllJudged:
    """What holds now, given what held before: only rows that somebody spoke of since are judged anew."""
    r = reviews.c
    news = connection.execute(select(r.n, r.target).where(r.n > before.n)).all()
    if not news:
        return before
    targets = None if before is NOTHING_SAID else {row.target for row in news}
    fresh = {target: judged(rows) for target, rows in standing_reviews(connection, targets).items()}
    kept = {target: held for target, held in before.by_target.items() if target not in (targets or ())}
    return AllJudged(max(row.n for row in news), kept | fresh)


def decided(id: ColumnElement[str]) -> ColumnElement[bool]:
    """Rows on which a verdict stands; a note decides nothing."""
    r, undo = reviews.c, reviews.alias().c
    undone = select(undo.n).where(undo.target == r.target, undo.undoes == r.id).exists()
    return select(r.n).where(r.target == id, r.verdict.in_(DECISIONS), ~undone).exists()


def lately_reviewed(most: int) -> Select[tuple[str]]:
    """The rows of which the newest `most` reviews speak."""
    return select(reviews.c.target).order_by(reviews.c.n.desc()).limit(most)


def last_reviews(store: Store, targets: Iterable[str]) -> dict[str, str]:
    """The id of the last review of each row that has any, of whatever kind."""
    r, given = reviews.c, list(targets)
    found: dict[str, str] = {}
    with store.reading() as connection:
        for i in range(0, len(given), 500):
            some = select(r.target, r.id).where(r.target.in_(given[i : i + 500])).order_by(r.n)
            found |= {row.target: row.id for row in connection.execute(some)}
    return found


def opposite(store: Store, entry: str, who: str) -> tuple[str, Verdict, dict[str, Any]]:
    """What takes an entry of the log back: (row, verdict, fields). One's own last word is undone; a word of somebody
    else is met with the opposite one. Raises WrongQuestion where nothing can be taken back."""
    with store.reading() as connection:
        row = connection.execute(select(reviews).where(reviews.c.id == entry)).first()
        standing = standing_reviews(connection, [row.target]).get(row.target, []) if row else []
    if row is None or row.id not in {r.id for r in standing} or row.verdict == "note":
        raise WrongQuestion(f"{entry[:12]}: no verdict that stands; there is nothing to take back")
    mine = [r.id for r in standing if r.who == who]
    if row.id in mine[-1:]:
        return row.target, "undo", {}
    against: dict[str, Verdict] = {
        "accept": "reject",
        "reject": "accept",
        "correct": "correct",
        "assign": "assign",
        "add": "reject",
    }
    if row.verdict not in against:
        raise WrongQuestion(
            f"{entry[:12]}: what {row.who} settled only {row.who} can take back; say otherwise on the row"
        )
    return row.target, against[row.verdict], json.loads(row.before or "{}")
