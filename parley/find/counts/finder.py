"""Marks and claims → counts, in text order: each number of people that the words put into a state."""

from __future__ import annotations

from dataclasses import replace

from parley.document import Marks
from parley.facts import Count, Facts
from parley.find.counts.beside import State
from parley.find.counts.cells import as_count, settled
from parley.find.counts.counted import Counted, candidates
from parley.find.counts.lists import from_list
from parley.find.counts.nearby import state_nearby
from parley.find.counts.parts import from_whole, inherited, part_of, summed
from parley.find.counts.states import state_of


def counts(marks: Marks, facts: Facts) -> Facts:
    """Every count, in text order, ids n1, n2 …"""
    found: list[Count] = []
    for counted, state in stated(marks):
        count = as_count(counted, state, marks, facts, found)
        if count is not None:
            whole = part_of(counted, found, marks)
            found.append(inherited(count, whole) if whole else count)
    return replace(facts, counts=tuple(summed(settled(found, marks), marks)))


def stated(marks: Marks) -> list[tuple[Counted, State]]:
    """What is counted, with its state; a part without one of its own has that of the whole."""
    found: list[tuple[Counted, State]] = []
    for counted in sorted(candidates(marks), key=lambda c: (c.span.start, c.single)):
        if found and found[-1][0].span.overlaps(counted.span):
            continue
        state = state_of(counted) or state_nearby(counted) or from_others(counted, found, marks)
        if state is not None:
            found.append((counted, state))
    return found


def from_others(counted: Counted, found: list[tuple[Counted, State]], marks: Marks) -> State | None:
    return from_whole(counted, found, marks) or from_list(counted, found)
