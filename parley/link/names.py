"""The same person, body or place under several spellings: one name is led to a fuller one; two candidates are
no answer.

What may be the same name: a surname and the one full name with it ("Venn" → "Dario Venn"), initials and the one
body they stand for ("KLF"), and transliterations ("Muhammad Haddad" → "Mohammed Hadad").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Connection, bindparam, func, select

from parley.link.judgement import Link, settle
from parley.store.keys import block_of, skeleton
from parley.store.rows import Row
from parley.store.schema import entities, names


@dataclass(frozen=True, slots=True)
class Known:
    """A key, and when a dispatch first bore it (None: no dispatch with it is dated)."""

    key: str
    since: str | None

    @property
    def words(self) -> list[str]:
        return self.key.partition(":")[2].split()


# Built once: making a statement costs more than asking it.
SINCE = select(func.min(entities.c.published)).where(entities.c.party == names.c.party).correlate(names)
KNOWN = (
    select(names.c.block, names.c.party, SINCE.scalar_subquery())
    .where(names.c.block.in_(bindparam("blocks", expanding=True)))
    .distinct()
    .order_by(names.c.party)
)

OTHERS = (
    select(entities.c.published)
    .where(
        entities.c.party == names.c.party, entities.c.reading.not_in(bindparam("readings", expanding=True))
    )
    .correlate(names)
)
BORNE = (
    select(
        names.c.party,
        OTHERS.where(entities.c.published.is_not(None))
        .order_by(entities.c.published)
        .limit(1)
        .scalar_subquery(),
    )
    .where(names.c.party.in_(bindparam("keys", expanding=True)), OTHERS.exists())
    .distinct()
)


def link_names(connection: Connection, borne: Sequence[Row]) -> None:
    """Settle the names in every block where the entities of new readings, given as rows, change something."""
    mine = {block_of(key) for key in news(connection, borne)}
    shared = {block: members for block, members in known_in(connection, mine).items() if len(members) > 1}
    found = [link for members in shared.values() for k in members if (link := alias(k, members))]
    settle(connection, "name", [k.key for members in shared.values() for k in members], found)


def news(connection: Connection, borne: Sequence[Row]) -> set[str]:
    """The keys that nobody bore before, or not so early: all that links of names depend on."""
    days: dict[str, list[str]] = {}
    for row in borne:
        if not row["party"].startswith("group:"):
            days.setdefault(row["party"], []).append(row["published"])
    asked = {"keys": sorted(days), "readings": sorted({row["reading"] for row in borne})}
    for key, since in connection.execute(BORNE, asked) if days else ():
        if not any(day and (since is None or day < since) for day in days[key]):
            del days[key]
    return set(days)


def known_in(connection: Connection, blocks: set[str]) -> dict[str, list[Known]]:
    """The keys in each block, with the day each was first published."""
    found: dict[str, list[Known]] = {}
    for block, party, day in connection.execute(KNOWN, {"blocks": sorted(blocks)}):
        found.setdefault(block, []).append(Known(party, day))
    return found


def alias(name: Known, members: Sequence[Known]) -> Link | None:
    """The one fuller name that this one stands for, from when it is known until a second one is."""
    found = [(later(name, other), other, why) for other in members if (why := stands_for(name, other))]
    found.sort(key=lambda f: (f[0], f[1].key))
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    since, other, (score, reason) = found[0]
    until = found[1][0] if len(found) > 1 and found[1][0] != NEVER else None
    if len(found) > 1 and until is None:
        return None  # the second one is undated: nobody can say from when on there are two
    return Link("name", name.key, other.key, "same", score, reason, None if since == NEVER else since, until)


NEVER = "9999"  # sorts behind every date


def later(name: Known, other: Known) -> str:
    return max(name.since or NEVER, other.since or NEVER)


def stands_for(name: Known, other: Known) -> tuple[float, str] | None:
    """Score and reason, if `name` may be a shorter or other way to write `other`."""
    if name.key == other.key:
        return None
    mine, theirs = name.words, other.words
    if name.key.startswith("person:"):
        return person_stands_for(mine, theirs, name.key < other.key)
    bodies = name.key.startswith("body:") and other.key.startswith("body:")
    if bodies and len(mine) == 1 and len(theirs) > 1 and block_of(other.key) == f"body:{mine[0]}":
        return 0.8, f"initials of “{' '.join(theirs)}”"
    return None


def person_stands_for(mine: list[str], theirs: list[str], before: bool) -> tuple[float, str] | None:
    full = " ".join(theirs)
    if len(mine) == 1 and len(theirs) > 1:
        return (0.7, f"the only “{mine[0]}” known is “{full}”") if mine[0] == theirs[-1] else None
    if len(mine) < 2 or len(theirs) < len(mine):
        return None
    if len(theirs) > len(mine):
        inside = mine[0] == theirs[0] and mine[-1] == theirs[-1]
        return (0.8, f"first and last name of “{full}”") if inside else None
    if before and heard(mine) == heard(theirs) and spelled_alike(mine, theirs) >= 0.8:
        return 0.6, f"written otherwise, sounds like “{full}”"
    return None


def heard(words: Iterable[str]) -> list[str]:
    return [skeleton(w) for w in words]


def spelled_alike(mine: Iterable[str], theirs: Iterable[str]) -> float:
    """How much of two names is written alike, 0 to 1: what sounds alike may still be two men."""
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs), autojunk=False).ratio()


def resolve(key: str, aliases: dict[str, str]) -> str:
    """The name a key is led to in the end."""
    seen = {key}
    while (nearer := aliases.get(key)) and nearer not in seen:
        seen.add(nearer)
        key = nearer
    return key
