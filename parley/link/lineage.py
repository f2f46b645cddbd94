"""Wire lineage: takes, writethrus, corrections, kills and copies of one dispatch are one source with a history.

Each dispatch has at most one parent, always an earlier one; so what was known on a day never depends on what came
later. Paraphrase is told as likely reuse, and joins nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, bindparam, select

from parley.link.judgement import Link, settle
from parley.link.likeness import contained, fact_blocks, jaccard, shingles, story, text_blocks
from parley.store.ledger import put
from parley.store.rows import Row, Rows
from parley.store.schema import additions, blocks, counts, dispatches, entities, readings

COPY, NEAR, LIKELY, SHORTENED = 0.8, 0.5, 0.6, 0.85
VERSION_DAYS, KILL_DAYS, COPY_DAYS, REUSE_DAYS = 3, 14, 7, 3
RANK = ("kill", "correction", "update", "take", "copy", "near copy")


@dataclass(frozen=True, slots=True)
class Sent:
    """A dispatch as lineage sees it."""

    id: str
    published: str | None
    agency: str | None
    slug: str | None
    version: int
    wire: str | None
    kills: str | None
    text: str

    @property
    def words(self) -> str:
        return story_of(self.text)

    @property
    def order(self) -> tuple[str, int, bool, str]:
        """By publication; of one minute, first what nothing marks as a later version."""
        return (self.published or "9999", self.version, self.wire is not None, self.id)


class Tellings(dict[str, frozenset[str]]):
    """What each dispatch tells of, whatever its words; looked up once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __missing__(self, dispatch: str) -> frozenset[str]:
        self[dispatch] = told_of(self.connection, dispatch)
        return self[dispatch]


def link_dispatch(connection: Connection, made: Rows) -> None:
    """Settle the parent of a new dispatch, given its rows, and of every later one that it may be the parent of."""
    new, told = as_sent(made["dispatches"][0]), Tellings(connection)
    told[new.id] = facts_told(made["entities"], made["counts"])
    found = blocks_of(new, told[new.id])
    mine = [f"{bucket(new.published, span)}:{block}" for block, span in found]
    put(connection, blocks, [{"block": b, "dispatch": new.id} for b in mine])
    near = candidates(connection, new, found)
    if not near:
        return
    settle_parent(connection, new, near, told)
    for later in (c for c in near if c.order > new.order):
        if judged(later, new) or reuse(later, new, told):  # else it changes nothing there
            again = candidates(connection, later, blocks_of(later, told[later.id]))
            settle_parent(connection, later, again, told)


def settle_parent(connection: Connection, child: Sent, near: Iterable[Sent], told: Tellings) -> None:
    earlier = [c for c in near if c.order < child.order and c.id != child.id]
    found = [link for parent in earlier if (link := judged(child, parent))]
    settle(connection, "lineage", [child.id], best(found, {c.id: c for c in earlier}))
    reused = [] if found else [link for parent in earlier if (link := reuse(child, parent, told))]
    settle(connection, "reuse", [child.id], sorted(reused, key=lambda k: (-k.score, k.b))[:1])


def best(found: list[Link], earlier: dict[str, Sent]) -> list[Link]:
    """The strongest relation; of versions the one just before, of copies the first."""

    def rank(link: Link) -> tuple[int, float, tuple[str, int, bool, str]]:
        return (RANK.index(link.relation), -link.score, earlier[link.b].order)

    if not found:
        return []
    strongest = min(found, key=rank)
    if strongest.relation in ("kill", "correction", "update", "take"):
        same = [link for link in found if link.relation == strongest.relation]
        return [max(same, key=lambda k: earlier[k.b].order)]
    return [strongest]


def judged(child: Sent, parent: Sent) -> Link | None:
    """What the child is to the parent, and by which words; None if nothing says so."""
    apart = days_apart(child, parent)
    if parent.wire == "kill":
        return None
    if child.wire == "kill":
        return killing(child, parent) if apart is not None and apart <= KILL_DAYS else None
    if version := versioned(child, parent) if apart is not None and apart <= VERSION_DAYS else None:
        return version
    return copied(child, parent) if apart is None or apart <= COPY_DAYS else None


def killing(child: Sent, parent: Sent) -> Link | None:
    if child.agency != parent.agency or not child.kills or child.kills != parent.slug:
        return None
    return made(child, parent, "kill", 1.0, f"the kill names the slug {child.kills}")


def versioned(child: Sent, parent: Sent) -> Link | None:
    """A later telling of the same story by the same agency: the same slug and a mark that says so, or much the
    same words."""
    if child.agency != parent.agency or child.wire is None:
        return None
    relation = child.wire
    if child.slug and child.slug == parent.slug:
        return made(child, parent, relation, 1.0, f"the same slug {child.slug}, marked {relation}")
    alike = likeness(child.words, parent.words)
    if not (child.slug and parent.slug) and alike >= NEAR:
        return made(child, parent, relation, alike, f"marked {relation}, {alike:.0%} of its words as before")
    return None


def copied(child: Sent, parent: Sent) -> Link | None:
    alike = likeness(child.words, parent.words)
    if alike >= COPY:
        return made(child, parent, "copy", alike, f"{alike:.0%} of the words of both are the same")
    if alike >= NEAR:
        return made(child, parent, "near copy", alike, f"{alike:.0%} of the words of both are the same")
    inside = contained(shingled(child.words), shingled(parent.words))
    if inside >= SHORTENED and min(len(shingled(child.words)), len(shingled(parent.words))) >= 25:
        return made(child, parent, "near copy", inside, f"{inside:.0%} of the shorter stands in the longer")
    return None


def reuse(child: Sent, parent: Sent, told: Tellings) -> Link | None:
    """The same people, places and figures in other words, by another agency, within days: likely the same source."""
    apart = days_apart(child, parent)
    if (
        child.agency == parent.agency
        or apart is None
        or apart > REUSE_DAYS
        or "kill" in (child.wire, parent.wire)
    ):
        return None
    mine, theirs = told[child.id], told[parent.id]
    alike = jaccard(mine, theirs)
    if alike < LIKELY or len(mine & theirs) < 5 or not any(f.startswith("n:") for f in mine & theirs):
        return None
    shared = ", ".join(sorted(f.split(":")[-1] for f in mine & theirs)[:6])
    return made(child, parent, "likely", alike, f"tells of the same, in other words: {shared}")


def made(child: Sent, parent: Sent, relation: str, score: float, reason: str) -> Link:
    kind = "reuse" if relation == "likely" else "lineage"
    return Link(kind, child.id, parent.id, relation, round(score, 3), reason, child.published)


def days_apart(child: Sent, parent: Sent) -> int | None:
    """None where a date is missing: an undated dispatch can be a copy of an undated one only."""
    if not (child.published and parent.published):
        return None
    return abs((date.fromisoformat(child.published[:10]) - date.fromisoformat(parent.published[:10])).days)


@lru_cache(maxsize=4096)
def shingled(words: str) -> frozenset[str]:
    return shingles(words)


def likeness(a: str, b: str) -> float:
    return jaccard(shingled(a), shingled(b))


# ── what the ledger knows ────────────────────────────────────────────────────────────────────────


# Built once: making a statement costs more than asking it.
SENT = select(
    *(
        dispatches.c[name]
        for name in ("id", "published", "agency", "slug", "version", "wire", "kills", "text")
    )
).where(dispatches.c.id.in_(bindparam("ids", expanding=True)))
KIN = (
    select(blocks.c.dispatch)
    .where(blocks.c.block.in_(bindparam("blocks", expanding=True)), blocks.c.dispatch != bindparam("mine"))
    .distinct()
)
NAMES = select(entities.c.party, entities.c.kind).where(entities.c.dispatch == bindparam("dispatch"))
READINGS = select(readings.c.id).where(
    readings.c.dispatch == bindparam("dispatch"), readings.c.id.not_in(select(additions.c.reading))
)
FIGURES = select(counts.c.status, counts.c.low, counts.c.high).where(counts.c.reading.in_(READINGS))


def sent(connection: Connection, ids: Iterable[str]) -> list[Sent]:
    return [as_sent(dict(row)) for row in connection.execute(SENT, {"ids": list(ids)}).mappings()]


def as_sent(row: Row) -> Sent:
    marks = (row["slug"], row["version"], row["wire"], row["kills"])
    return Sent(row["id"], row["published"], row["agency"], *marks, row["text"])


@lru_cache(maxsize=4096)
def story_of(text: str) -> str:
    return story(text)


def blocks_of(new: Sent, told: frozenset[str]) -> list[tuple[str, int]]:
    """Where the dispatch may meet its kin: each block with the days within which they would lie."""
    slugs = {f"s:{new.agency}:{slug}" for slug in (new.slug, new.kills) if slug}
    return [
        *((block, KILL_DAYS) for block in sorted(slugs)),
        *((block, COPY_DAYS) for block in text_blocks(new.words)),
        *((block, REUSE_DAYS) for block in fact_blocks(told)),
    ]


def bucket(published: str | None, span: int) -> int:
    """Which stretch of `span` days a day lies in: kin within that span are in this one or the next to it."""
    return date.fromisoformat(published[:10]).toordinal() // (span + 1) if published else 0


def near_blocks(of: Sent, found: list[tuple[str, int]]) -> list[str]:
    stretches = (-1, 0, 1) if of.published else (0,)
    return [f"{bucket(of.published, span) + step}:{block}" for block, span in found for step in stretches]


def candidates(connection: Connection, of: Sent, found: list[tuple[str, int]]) -> list[Sent]:
    ids = connection.scalars(KIN, {"blocks": near_blocks(of, found), "mine": of.id}).all()
    return sent(connection, sorted(ids)) if ids else []


def told_of(connection: Connection, dispatch: str) -> frozenset[str]:
    asked = {"dispatch": dispatch}
    names, figures = (connection.execute(wanted, asked).mappings() for wanted in (NAMES, FIGURES))
    return facts_told([dict(n) for n in names], [dict(f) for f in figures])


def facts_told(names: Iterable[Row], figures: Iterable[Row]) -> frozenset[str]:
    """What a dispatch tells of, whatever its words: who and where, and the figures."""
    named = {
        f"e:{n['party']}" for n in names if n["kind"] != "people" and not n["party"].startswith("group:")
    }
    return frozenset(named | {f"n:{f['status']} {f['low']}..{f['high']}" for f in figures})
