"""Small frozen values: where words stand, and within which bounds a number lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a dispatch's text, in Unicode code points, `end` exclusive.

    >>> Span(6, 11).of("Talks begin today.")
    'begin'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def to(self, other: Span) -> Span:
        """The stretch from the first character of either to the last of either."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Bounds:
    """Within which whole numbers a count lies; an open side is `None`.

    "more than 240" is Bounds(241, None); "around 20" is Bounds(20, 20, approximate=True).
    """

    low: int | None
    high: int | None
    approximate: bool = False

    def __str__(self) -> str:
        low = "" if self.low is None else str(self.low)
        high = "" if self.high is None else str(self.high)
        return f"{'~' if self.approximate else ''}{low}..{high}"
