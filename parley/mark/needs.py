"""A pattern → the words that a text must hold for it to match, so that most texts need not be searched.

"(?:last|next) (?:week|month)" needs one of "last", "next" and one of "week", "month". What a pattern needs is read off the
pattern itself; it is never more than the truth, so that looking first changes no finding.
"""

from __future__ import annotations

import re
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Needs = tuple[tuple[str, ...], ...]  # of each, one of its words; in lower case
MOST = 48  # words for one place: more are no help, nor is what any text has
DIGITS = tuple("0123456789")
FOLDS = str.maketrans(
    {"ſ": "s", "ı": "i", "İ": "i"}
)  # what matches a letter, case ignored, and is not its capital


def needs(pattern: str) -> Needs:
    """What any match of the pattern (case ignored) has in it, the rarest first."""
    found = {shortest(words) for words in of_sequence(list(_parser.parse(pattern, re.IGNORECASE)))}
    return tuple(sorted(found, key=lambda words: (-min(map(len, words)), len(words), words)))


def shortest(words: set[str]) -> tuple[str, ...]:
    """Without those that have another in them: who has "days" has "day"."""
    return tuple(sorted(w for w in words if not any(v in w for v in words - {w})))


def met(needed: Needs, text: str) -> bool:
    """Whether a text, as `folded` gives it, has what is needed."""
    for words in needed:
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


def folded(text: str) -> str:
    """The text in lower case, other scripts' digits as ours."""
    if text.isascii():
        return text.lower()
    return re.sub(r"\d", lambda digit: str(int(digit[0])), text.translate(FOLDS).lower())


# ── reading a pattern ────────────────────────────────────────────────────────────────────────────


def of_sequence(items: list[Any]) -> list[set[str]]:
    """What each stretch of a sequence needs: words that follow each other are one."""
    found: list[set[str]] = []
    run = {""}
    for item in items:
        words = spelled(item)
        if words is not None and len(words) * len(run) <= MOST:
            run = {a + b for a, b in product(run, words)}
            continue
        found.append(run)
        run = words if words is not None and len(words) <= MOST else {""}
        found += inside(item) if words is None else []
    return [words for words in (*found, run) if "" not in words]


def spelled(item: Any) -> set[str] | None:
    """All that a piece of a pattern can be, where that is a few words."""
    kind, value = item
    if kind is sre.LITERAL:
        return {chr(value).lower()}
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return {""}
    if kind is sre.IN:
        return characters(value)
    if kind is sre.SUBPATTERN:
        return spelled_out(value[-1])
    if kind is sre.BRANCH:
        branches = [spelled_out(b) for b in value[1]]
        return None if None in branches else set().union(*filter(None, branches))
    if kind is sre.MAX_REPEAT and value[1] == 1:
        once = spelled_out(value[2])
        return None if once is None else once | ({""} if value[0] == 0 else set())
    return None


def spelled_out(items: Any) -> set[str] | None:
    run = {""}
    for item in items:
        words = spelled(item)
        if words is None or len(words) * len(run) > MOST:
            return None
        run = {a + b for a, b in product(run, words)}
    return run


def characters(parts: list[Any]) -> set[str] | None:
    """A class of a few characters, or of digits."""
    found: set[str] = set()
    for kind, value in parts:
        if kind is sre.LITERAL:
            found.add(chr(value).lower())
        elif kind is sre.RANGE and value[1] - value[0] < 10:
            found |= {chr(c).lower() for c in range(value[0], value[1] + 1)}
        elif kind is sre.CATEGORY and value is sre.CATEGORY_DIGIT:
            found |= set(DIGITS)
        else:
            return None
    return found


def inside(item: Any) -> list[set[str]]:
    """What a piece needs that can be too much to be spelled out."""
    kind, value = item
    if kind is sre.SUBPATTERN:
        return of_sequence(list(value[-1]))
    if kind is sre.MAX_REPEAT and value[0] > 0:
        return of_sequence(list(value[2]))
    if kind is sre.BRANCH:
        best = [rarest(of_sequence(list(branch))) for branch in value[1]]
        union = set().union(*(b for b in best if b))
        return [union] if all(best) and len(union) <= MOST else []
    return []


def rarest(found: list[set[str]]) -> set[str] | None:
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)
