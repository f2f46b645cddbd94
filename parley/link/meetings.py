"""Meetings across dispatches: planned, held, cancelled or still unconfirmed. Planned is never turned into held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, Protocol, TypeVar

MeetingState = Literal["planned", "held", "cancelled", "unconfirmed", "possible"]
NEAR_DAYS = 7  # a telling without a day may mean a meeting announced or held this near to its publication


class Told(Protocol):
    """A telling of a meeting: who, which days, in which state, when published."""

    @property
    def who(self) -> frozenset[str]: ...
    @property
    def state(self) -> str: ...
    @property
    def first(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...


T = TypeVar("T", bound=Told)


@dataclass(slots=True)
class Meeting(Generic[T]):
    """Tellings of one meeting, in order of publication, and everybody who is told to be there."""

    tellings: list[T] = field(default_factory=list)
    who: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.who = frozenset(w for t in self.tellings for w in t.who)

    def add(self, telling: T) -> None:
        self.tellings.append(telling)
        self.who |= telling.who

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The narrowest days told of it."""
        dated = [(t.first, t.last) for t in self.tellings if t.first and t.last]
        return min(dated, key=lambda d: (width(*d), d), default=(None, None))

    def state(self, as_of: str | None) -> MeetingState:
        """As the last telling that decides has it; a plan whose day is past and that nobody confirms is
        unconfirmed."""
        for telling in reversed(self.tellings):
            if telling.state in ("occurred", "ongoing"):
                return "held"
            if telling.state == "denied":
                return "cancelled"
        if all(t.state == "hypothetical" for t in self.tellings):
            return "possible"
        last = self.days[1]
        return "unconfirmed" if last and as_of and last < as_of[:10] else "planned"


def meetings(tellings: Iterable[T]) -> list[Meeting[T]]:
    """Tellings, oldest first, joined where just one meeting fits; two that fit are no answer."""
    found: list[Meeting[T]] = []
    with_: dict[str, set[int]] = defaultdict(set)  # party → meetings that it is at
    for telling in tellings:
        near = sorted(set().union(*(with_[w] for w in telling.who)))
        fitting = [i for i in near if fits(telling, found[i])]
        if len(fitting) != 1:
            found.append(Meeting())
            fitting = [len(found) - 1]
        found[fitting[0]].add(telling)
        for party in telling.who:
            with_[party].add(fitting[0])
    return found


def fits(telling: Told, meeting: Meeting[T]) -> bool:
    """At least two of the same people, and days that can be the same."""
    shared = telling.who & meeting.who
    if len(shared) < min(2, len(telling.who | meeting.who)) or len(shared) < 2:
        return False
    first, last = meeting.days
    if telling.first and telling.last and first and last:
        return telling.first <= last and first <= telling.last
    settled = meeting.tellings[-1].state in ("occurred", "ongoing") and telling.state == "planned"
    near = first or meeting.tellings[-1].published
    return not settled and apart(telling.first or telling.published, near) <= NEAR_DAYS


def apart(a: str | None, b: str | None) -> int:
    if not (a and b):
        return 10**6
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def width(first: str | None, last: str | None) -> int:
    return apart(first, last)
