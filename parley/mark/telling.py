"""What expressions of time are read against: the day of publication, and where the telling has come to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field


def step(before: int, month: int, years: int) -> float:
    """In months; back is as likely as twice as far ahead."""
    ahead = month - (before or month) + 12 * years
    return float(ahead) if ahead >= 0 else -0.5 * ahead


@dataclass(slots=True)
class Context:
    """What an expression is read against. `last` is the day mentioned last, if it was one."""

    published: dt.date | None
    tense: Callable[[int], str]
    years: list[tuple[int, int]] = field(default_factory=list)
    dated: bool = False  # news of a day, no history
    last: dt.date | None = None
    day_ends: int = -1  # offset at which that mention ended
    told: tuple[int, int] | None = None  # year and month that the telling has come to; month 0: a year only
    quarter: tuple[int, int] | None = None  # the quarter under report
    compared: tuple[int, int] | None = None  # … unless months under report came behind it

    def remember(self, value: str | None, end: int) -> None:
        self.day_ends = end
        if re.fullmatch(r"P\d+M", value or ""):
            self.compared = None
        found = re.fullmatch(r"(\d{4})(?:-(\d\d)(-\d\d(?:T.*)?)?|-Q(\d))?", value or "")
        if not found:
            self.season(re.match(r"(\d{4})-(?:SP|SU|FA|WI)", value or ""))
            return
        year, month = int(found[1]), int(found[2] or 0)
        self.told = (year, month)
        if found[3]:
            self.last = dt.date.fromisoformat((value or "")[:10])
        if found[4] and self.over(year, int(found[4])) and self.quarter != (year + 1, int(found[4])):
            self.quarter = self.compared = (year, int(found[4]))

    def season(self, found: re.Match[str] | None) -> None:
        if found and self.told and int(found[1]) != self.told[0]:
            self.told = (int(found[1]), 0)

    def over(self, year: int, quarter: int) -> bool:
        """Nobody reports a quarter that goes on."""
        day = self.published
        return day is None or (year, quarter) < (day.year, (day.month + 2) // 3)

    def base(self, unit: str) -> dt.date | None:
        """What "that month", "the next day" count from: the day told last, the month or year told since."""
        if unit in ("month", "year") and self.told and self.told[0] > 0:
            return dt.date(self.told[0], self.told[1] or 1, 1)
        return self.last or self.published

    def history(self) -> bool:
        """A text that is no news of a day, most of whose years lie before its publication, narrates the past."""
        if len(self.years) < 5 or self.published is None or self.dated:
            return self.published is None
        old = sum(year < self.published.year for _, year in self.years)
        return old > 0.8 * len(self.years)

    def long_past(self) -> bool:
        """ "was jailed in 1990 and freed ten years later"."""
        old = self.told is not None and self.told[0] < (self.published or dt.date.min).year - 1
        return self.history() or old

    def year_told(self, at: int, month: int) -> int | None:
        """The year that a month of the telling lies in: that told last or the next, by the smaller step."""
        if self.told is None:
            return next((year for start, year in reversed(self.years) if start < at), None)
        year, before = self.told
        return min((year, year + 1), key=lambda y: step(before, month, y - year))
