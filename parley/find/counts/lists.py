"""Lists of counted people: what the first says is said of all, and those that add up are parts of what they follow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from parley.document import Marks, Token
from parley.facts import Count
from parley.find.counts.beside import State
from parley.find.counts.counted import Counted
from parley.mark.gazetteer import demonyms

JOINTS = frozenset([",", "and", ":", ";", "--", "-", "–", "—", "(", "plus"])
OPENING = frozenset([":", ";", "--", "-", "–", "—", "("])
GENERAL = frozenset(
    ["people", "persons", "victims", "others", "civilians", "hostages", "foreigners", "members"]
)


def from_list(counted: Counted, found: Sequence[tuple[Counted, State]]) -> State | None:
    """ "killed 12 people: nine soldiers and three nurses": a state that the parser gives only to the first."""
    if not found or counted.noun is None or not counted.people or goes_on(counted):
        return None
    last, state = found[-1]
    between = words_between(last.last, counted.first, counted)
    if last.token.sentence is not counted.token.sentence or not between or len(between) > 2:
        return None
    return replace(state, shared=True) if all(t.lower in JOINTS for t in between) else None


def words_between(start: int, end: int, counted: Counted) -> list[Token]:
    return [t for t in counted.token.sentence.tokens if start < t.i < end]


def goes_on(counted: Counted) -> bool:
    """A verb, or what may lead to one, stands behind: "…; two soldiers saw it"."""
    words = counted.token.sentence.tokens
    behind = words[counted.last + 1 - words[0].i :][:1]
    if not behind or behind[0].tag in (",", ".", ":", "CC", "-RRB-", "''"):
        return counted.token.dep in ("nsubj", "nsubjpass") and counted.token.head.tag[:2] in ("VB", "MD")
    return True


def added_up(at: int, found: Sequence[Count], marks: Marks) -> tuple[Count, ...]:
    """The counts right behind one, in its sentence, that add up to it: "12 people: nine … and three …"."""
    whole = found[at]
    sentence = marks.sentences[sentence_of(whole, marks)].span
    parts: list[Count] = []
    for part in found[at + 1 : at + 8]:
        if not sentence.covers(part.span) or part.status != whole.status or part.low != part.high:
            return ()
        parts.append(part)
        total = sum(p.low or 0 for p in parts)
        if total >= (whole.low or 0):
            break
    else:
        return ()
    return tuple(parts) if total == whole.low and len(parts) > 1 and apposed(whole, parts, marks) else ()


def sentence_of(count: Count, marks: Marks) -> int:
    return bisect_right(marks.sentences, count.span.start, key=lambda s: s.span.start) - 1


def apposed(whole: Count, parts: Sequence[Count], marks: Marks) -> bool:
    """The list explains the whole; in "five soldiers, three guards and two nurses" it only goes on."""
    between = marks.text[whole.span.end : parts[0].span.start].lower()
    nations = all(p.who.lower().split()[-1].removesuffix("s") in demonyms() for p in parts)
    own = whole.who.lower().split()[-1]
    general = own in GENERAL or (nations and own.removesuffix("s") not in demonyms())
    return general or any(mark in between for mark in OPENING)
