"""Which larger count a number is part of: "24 of them", "including two children", "four … and five", nine in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from parley.document import Marks, Token
from parley.facts import Count
from parley.find.counts.beside import State
from parley.find.counts.counted import Counted
from parley.find.counts.lists import added_up
from parley.find.counts.rules import listed

INCLUDING = ("including", "included", "includes", "among")
REMAINING = ("remaining", "other", "rest")
KEEPS = {("kidnapped", "held"), ("held", "released"), ("kidnapped", "released"), ("kidnapped", "rescued")}
CLOSE = 40  # words from a whole to its part


def from_whole(counted: Counted, found: Sequence[tuple[Counted, State]], marks: Marks) -> State | None:
    """ "61 divers, 17 of them trainees": what is said of the whole holds for the part."""
    if not marked(counted, marks):
        return None
    near = [(c, s) for c, s in found if same_sentence(c, counted) and holds(c.bounds.low, counted.bounds.low)]
    if not near or (near[-1][1].rule.status == "other" and counted.single):
        return None
    return replace(near[-1][1], shared=True)


def same_sentence(one: Counted, other: Counted) -> bool:
    return one.token.sentence is other.token.sentence


def marked(counted: Counted, marks: Marks) -> bool:
    return of_them(counted, marks) or included(counted, marks) or graded(counted)


def graded(counted: Counted) -> bool:
    """ "injured nine, three seriously"."""
    words = counted.token.sentence.tokens
    behind = words[counted.last + 1 - words[0].i :][:2]
    alone = counted.noun is None and (len(behind) < 2 or behind[1].tag[:1] not in ("V", "J", "N", "M"))
    return alone and bool(behind) and behind[0].lower in listed("gravely")


def of_them(counted: Counted, marks: Marks) -> bool:
    words = [
        t.lower for t in marks.tokens[counted.token.i : counted.last + 4] if t.start >= counted.span.end
    ][:2]
    after = marks.text[counted.span.end : counted.span.end + 14].lower().split()
    return (
        after[:1] == ["of"]
        and after[1:2] != []
        and after[1].strip(",.;") in ("them", "whom", "these", "those")
        and bool(words)
    )


def included(counted: Counted, marks: Marks) -> bool:
    """ "including" stands before the number with nothing but the coordination's other parts between."""
    for word in reversed(before(counted)):
        if word.lower in INCLUDING:
            return word.i > 0
        if word.tag[:2] in ("VB", "MD", "WP", "WD") and word.lower not in (
            "wounded",
            "injured",
            "killed",
            "dead",
        ):
            return False
    return False


def before(counted: Counted) -> list[Token]:
    return [t for t in counted.token.sentence.tokens if counted.first - 12 <= t.i < counted.first]


def part_of(counted: Counted, found: Sequence[Count], marks: Marks) -> Count | None:
    """The count that this one is part of, if the words beside it say so."""
    if marked(counted, marks):
        start = counted.token.sentence.tokens[0].start
        previous = [c for c in found if c.span.start >= start] or found[-1:]
        larger = [c for c in previous if holds(c.low, counted.bounds.low) and c.part_of is None]
        if of_them(counted, marks):
            return previous[-1] if previous else None
        return larger[-1] if larger else None
    if whole := fronted(counted, found):
        return whole
    if counted.noun is not None and (among_the(counted, marks) or remaining(counted)):
        alike = [c for c in found if counted.noun.lower in c.who.lower().split() and more(c, counted)]
        return alike[-1] if alike else None
    return None


def fronted(counted: Counted, found: Sequence[Count]) -> Count | None:
    """ "Of the 240 people taken, 129 remain": the sentence begins with the whole."""
    words = counted.token.sentence.tokens
    if words[0].lower != "of":
        return None
    first = [c for c in found if words[0].start < c.span.start < words[min(6, len(words) - 1)].start]
    return first[0] if first and more(first[0], counted) else None


def among_the(counted: Counted, marks: Marks) -> bool:
    """ "two of the hostages"."""
    words = marks.text[counted.span.end : counted.span.end + 12].lower().split()
    return words[:1] == ["of"] and words[1:2] != [] and words[1] in ("the", "its", "their", "his", "those")


def remaining(counted: Counted) -> bool:
    return any(t.lower in REMAINING for t in before(counted)[-1:]) and counted.noun is not None


def more(whole: Count, counted: Counted) -> bool:
    return holds(whole.low, counted.bounds.low) and whole.low != counted.bounds.low


def holds(whole: int | None, part: int | None) -> bool:
    return whole is not None and part is not None and whole >= part


def inherited(count: Count, whole: Count) -> Count:
    """A part is where and when its whole is, and with whom, unless its own words say otherwise."""
    alike = count.status == whole.status or (whole.status, count.status) in KEEPS
    evidence = dict(count.evidence)
    if alike and count.by is None and whole.by is not None:
        count = replace(count, by=whole.by)
        evidence["by"] = whole.evidence.get("by", (whole.span,))
    if count.place is None and whole.place is not None:
        count = replace(count, place=whole.place)
        evidence["place"] = whole.evidence.get("place", (whole.span,))
    if count.time is None and whole.time is not None and alike:
        count = replace(count, time=whole.time)
        evidence["time"] = whole.evidence.get("time", (whole.span,))
    return replace(count, part_of=whole.id, evidence=evidence)


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────


def summed(found: Sequence[Count], marks: Marks) -> Iterator[Count]:
    """A lead that adds up what is told below: "nine were killed", then "four …" and "five …"."""
    whole_of: dict[str, str] = {}
    for at, whole in enumerate(found):
        parts = parts_of(at, found, marks) if exact(whole) and whole.part_of is None else ()
        whole_of.update({p.id: whole.id for p in parts if p.id not in whole_of})
    for count in found:
        yield replace(count, part_of=whole_of[count.id]) if count.id in whole_of else count


def parts_of(at: int, found: Sequence[Count], marks: Marks) -> tuple[Count, ...]:
    return added_up(at, found, marks) or parts_below(found[at], found)


def parts_below(whole: Count, found: Sequence[Count]) -> tuple[Count, ...]:
    """Told apart by place further down."""
    below = [c for c in found if c.span.start > whole.span.end and c.status == whole.status and exact(c)]
    below = [c for c in below if not c.rule.endswith(".toll")]  # the toll of another day
    below = [
        c
        for c in below
        if c.part_of is None and 1 < (c.low or 0) < (whole.low or 0) and c.place != whole.place
    ]
    sums = [
        p for size in (2, 3) for p in combinations(below[:8], size) if sum(c.low or 0 for c in p) == whole.low
    ]
    return sums[0] if len(sums) == 1 else ()


def exact(count: Count) -> bool:
    return count.low == count.high and not count.approximate
