"""The lines above a story: inline date, dateline, agency and place; and the date of publication."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

from parley.document import Dateline
from parley.errors import Problem
from parley.lang import table
from parley.values import Span

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY = rf"(?:(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>{MONTH}))(?:,?\s+(?P<year>\d{{4}}|\d\d(?=\s*\()))?"
PLACE = r"(?P<place>[^\W\d_][\w.'’/-]*(?:,? [^\W\d_][\w.'’/-]*){0,5}?)"
DASH = r"\s*(?:\.?\s*(?:-{1,2}|[–—])|:)"
WITH_AGENCY = re.compile(
    rf"{PLACE}(?:[,.]\s*(?P<date>{DAY}))?,?\s*\((?P<agency>[^()\n]{{2,40}})\)(?:{DASH}|(?=\s+[A-Z\[]))(?:\s*\[TEXT\])?",
    re.IGNORECASE,
)
WITHOUT_AGENCY = re.compile(
    rf"(?P<place>[A-Z][A-Z.'’/-]*(?: [A-Z][A-Z.'’/-]*){{0,3}})(?:,\s*(?P<date>{DAY}))?\s*(?:--|[–—]|-(?=\s))"
)
INLINE_DATE = re.compile(r"\s*date[: ]\s*(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
FULL_DATE = re.compile(
    rf"\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b|\b(\d{{1,2}}) ({MONTH}) (\d{{4}})\b|\b({MONTH}) (\d{{1,2}}), (\d{{4}})\b"
)
FAR = 45  # days: a full date this near to the dateline's day and month tells its year


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the story; `end` is where the story's first paragraph begins."""

    end: int
    published: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    dates: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


def header(text: str, start: int, published: str | None) -> Header:
    """The header that begins at `start`; `published`, where given, outranks what it says."""
    inline = INLINE_DATE.match(text, start)
    problems: tuple[Problem, ...] = ()
    dates: tuple[Span, ...] = ()
    if inline:
        start, dates = inline.end(), (Span(*inline.span(1)),)
        if day_of(*map(int, inline[1].split("-"))) is None:
            problems = (Problem(f"{inline[1]} is no date", dates[0]),)
        else:
            published = published or inline[1]
    start += len(text[start:]) - len(text[start:].lstrip())
    found = dateline_at(text, start)
    if not found:
        return Header(start, published, None, None, dates, problems)
    date, wrong = date_of(found, text, published)
    line = Dateline(Span(*found.span()), place_name(found["place"]), date)
    agency = agency_name(found.groupdict().get("agency"))
    return Header(
        found.end(),
        published or (date if found["year"] or date else None),
        agency,
        line,
        dates,
        problems + wrong,
    )


def dateline_at(text: str, start: int) -> re.Match[str] | None:
    line = text[start : start + 160]
    for pattern in (WITH_AGENCY, WITHOUT_AGENCY):
        found = pattern.match(text, start)
        if found and found.end() - start <= len(line) and sane(found):
            return found
    return None


def sane(found: re.Match[str]) -> bool:
    """A known agency, or a place in capitals: "Rebels (armed men) attacked" is no dateline."""
    agency = found.groupdict().get("agency")
    if agency is not None:
        return agency_name(agency) is not None or found["place"].isupper() or bool(found["date"])
    return len(found["place"]) > 2


def place_name(place: str) -> str:
    return place.title() if place.isupper() else place


@functools.cache
def agencies() -> dict[str, str]:
    """Every way to write an agency, to its signature."""
    known = table("gazetteer/agencies")["agency"]
    return {w.lower(): name for name, entry in known.items() for w in (name, *entry["also"])}


def agency_name(words: str | None) -> str | None:
    return agencies().get(words.strip().lower()) if words else None


def date_of(found: re.Match[str], text: str, published: str | None) -> tuple[str | None, tuple[Problem, ...]]:
    """The dateline's day; its year, where it has none, from what else the text says."""
    if not found["date"]:
        return None, ()
    month = MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
    day = int(found["day"] or found["day2"])
    if day_of(2024, month, day) is None:
        span = Span(*found.span("date"))
        return None, (Problem(f"{span.of(text)!r} is no date", span),)
    year = found["year"]
    if year:
        full = int(year) if len(year) == 4 else 1900 + int(year) + (100 if int(year) < 50 else 0)
        return day_of(full, month, day), ()
    return year_from(month, day, [published] if published else full_dates(text)), ()


def year_from(month: int, day: int, dates: list[str]) -> str | None:
    """The day in the one year that puts it near a date the text gives in full; else None."""
    near = set()
    for known in map(datetime.date.fromisoformat, (d[:10] for d in dates)):
        for year in (known.year - 1, known.year, known.year + 1):
            found = day_of(year, month, day)
            if found and abs((datetime.date.fromisoformat(found) - known).days) <= FAR:
                near.add(found)
    return near.pop() if len(near) == 1 else None


def full_dates(text: str) -> list[str]:
    found = []
    for m in FULL_DATE.finditer(text):
        year, month, day = m[1] or m[6] or m[9], m[2] or m[5] or m[7], m[3] or m[4] or m[8]
        number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
        if iso := day_of(int(year), number, int(day)):
            found.append(iso)
    return found


def day_of(year: int, month: int, day: int) -> str | None:
    """ISO 8601, or None where there is no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
