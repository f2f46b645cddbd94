"""Small frozen values: where words stand, and within which bounds a number lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta


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


def days(value: str | None) -> tuple[str | None, str | None]:
    """The first and last day (ISO 8601, inclusive) that a TIMEX3 value may mean; open where it names none.

    >>> days("2024-02"), days("2024-W36"), days("2024-05-14T18:00"), days("P3D"), days("PAST_REF")
    (('2024-02-01', '2024-02-29'), ('2024-09-02', '2024-09-08'), ('2024-05-14', '2024-05-14'), (None, None), (None, None))
    """
    if value is None or not (found := CALENDAR.match(value)):
        return None, None
    try:
        first, last = _days(found)
    except ValueError:
        return None, None
    return first.isoformat(), last.isoformat()


CALENDAR = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)(?P<weekend>-WE)?|-(?P<season>SP|SU|FA|WI)|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T.*)?$"
)
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def _days(found: re.Match[str]) -> tuple[date, date]:
    year = int(found["year"])
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        return monday + timedelta(5 if found["weekend"] else 0), monday + timedelta(6)
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day
    months = (1, 12)
    if found["month"]:
        months = (int(found["month"]), int(found["month"]))
    elif found["season"]:
        months = SEASONS[found["season"]]
    elif found["quarter"]:
        months = (int(found["quarter"]) * 3 - 2, int(found["quarter"]) * 3)
    elif found["half"]:
        months = (int(found["half"]) * 6 - 5, int(found["half"]) * 6)
    after = date(year + months[1] // 12, months[1] % 12 + 1, 1)
    return date(year, months[0], 1), after - timedelta(1)
