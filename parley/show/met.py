"""Meetings → who met whom: parties by parties, how many meetings of each kind, and which. A table, and no chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from parley.link.meetings import MeetingState
from parley.show.meetings import Meeting


@dataclass(frozen=True, slots=True)
class Pair:
    """The meetings of two parties. `planned` are those still to come or not confirmed; a plan is never a meeting."""

    held: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.held or self.planned or self.cancelled)

    @property
    def words(self) -> str:
        """What a cell says: "2 held, 1 planned"."""
        told = (("held", self.held), ("planned", self.planned), ("cancelled", self.cancelled))
        return ", ".join(f"{len(ids)} {state}" for state, ids in told if ids)


@dataclass(frozen=True)
class Met:
    """Who met whom: `parties`, those with the most meetings first, and the ids of the meetings of any two of them.

    >>> met = who_met_whom(ledger.meetings())                   # doctest: +SKIP
    >>> met.between("Irena Sol", "Dario Venn").words            # doctest: +SKIP
    '1 held'
    """

    parties: tuple[str, ...]
    pairs: tuple[tuple[str, str, Pair], ...]

    def between(self, a: str, b: str) -> Pair:
        """The meetings of two parties, in whichever order; an empty, false Pair where none is told."""
        return self._found.get(frozenset((a, b)), Pair())

    def first(self, most: int) -> Met:
        """The table of the parties with the most meetings alone."""
        kept = self.parties[:most]
        return Met(kept, tuple(p for p in self.pairs if p[0] in kept and p[1] in kept))

    def rows(self) -> tuple[tuple[str, tuple[Pair | None, ...]], ...]:
        """The table, row by row: a party and its cell with each party; None on the diagonal."""
        return tuple(
            (a, tuple(None if a == b else self.between(a, b) for b in self.parties)) for a in self.parties
        )

    @cached_property
    def _found(self) -> dict[frozenset[str], Pair]:
        return {frozenset((a, b)): pair for a, b, pair in self.pairs}


# What a reader of the table must tell apart; why a meeting was not held is told in its own row.
STANDS: dict[MeetingState, str] = {
    "held": "held",
    "cancelled": "cancelled",
    "planned": "planned",
    "unconfirmed": "planned",
    "possible": "planned",
}


def who_met_whom(rows: Iterable[Meeting]) -> Met:
    """Everybody who is told to have met or to be about to. A meeting of three is one of each two of them."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    often: Counter[str] = Counter()
    for meeting in rows:
        often.update(dict.fromkeys(meeting.parties, 1))
        for pair in combinations(sorted(set(meeting.parties)), 2):
            found.setdefault(pair, {}).setdefault(STANDS[meeting.state], []).append(meeting.id)
    parties = sorted(often, key=lambda name: (-often[name], name))
    pairs = (
        (a, b, Pair(**{k: tuple(v) for k, v in states.items()})) for (a, b), states in sorted(found.items())
    )
    return Met(tuple(parties), tuple(pairs))
