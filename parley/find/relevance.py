"""Whether a dispatch is about sport or markets: there "beat", "clash" and "deal" are no acts of parties."""

from __future__ import annotations

import functools

from parley.document import Marks
from parley.lang import table

SHARE, KINDS = 30, 4  # one telling word in so many, and so many different ones


def elsewhere(marks: Marks) -> bool:
    """True where one of the lists in lang/en/relevance.toml fills the dispatch, and no word of conflict stands against it."""
    words = [t.lower for t in marks.tokens]
    lists = listed()
    if not lists["conflict"].isdisjoint(words):
        return False
    return any(fills(words, telling) for name, telling in lists.items() if name != "conflict")


def fills(words: list[str], telling: frozenset[str]) -> bool:
    found = [w for w in words if w in telling]
    return len(set(found)) >= KINDS and len(found) * SHARE > len(words)


@functools.cache
def listed() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("relevance")["words"].items()}
