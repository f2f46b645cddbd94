"""How alike two dispatches are: MinHash fingerprints to find candidates, exact likeness to judge them.

MinHash after Broder (1997), by the library rensa; candidates by bands (locality-sensitive hashing).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from rensa import RMinHash

from parley.read.plain import plain

WORD = re.compile(r"\w+")
SEED = 1
TEXT_BANDS, TEXT_ROWS = 8, 3  # finds two of three pairs at a likeness of .5, nearly all at .8
FACT_BANDS, FACT_ROWS = 5, 2  # finds nine of ten pairs at .6


def story(text: str) -> str:
    """The words of the story alone: neither header nor desk's notes nor sign-off."""
    parts = [part.span.of(text) for part in plain(text).parts if part.kind in ("prose", "headline")]
    return "\n".join(parts) or text


def shingles(words: str) -> frozenset[str]:
    """Three words running, in lower case."""
    found = WORD.findall(words.casefold())
    return frozenset(" ".join(found[i : i + 3]) for i in range(max(1, len(found) - 2)))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """What two sets share of what they have together, 0 to 1."""
    return len(a & b) / len(a | b) if a or b else 0.0


def contained(a: frozenset[str], b: frozenset[str]) -> float:
    """What the smaller of two sets shares with the larger, 0 to 1: a shortened copy is wholly inside."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def bands(items: Iterable[str], label: str, count: int, rows: int) -> list[str]:
    """The blocks in which a set of items is looked for."""
    given = sorted(items)
    if not given:
        return []
    minhash = RMinHash(num_perm=count * rows, seed=SEED)
    minhash.update(given)
    found = minhash.digest()
    return [
        f"{label}{i}:{blake2b(repr(found[i * rows : i * rows + rows]).encode(), digest_size=8).hexdigest()}"
        for i in range(count)
    ]


def text_blocks(words: str) -> list[str]:
    return bands(shingles(words), "t", TEXT_BANDS, TEXT_ROWS)


def fact_blocks(facts: frozenset[str]) -> list[str]:
    return bands(facts, "f", FACT_BANDS, FACT_ROWS) if len(facts) >= 4 else []
