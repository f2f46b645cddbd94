"""Durations, sets, seasons, quarters and clock times → TIMEX3 type and value; and the table of all meanings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from parley.lang import table
from parley.mark.calendar import (
    Match,
    Meaning,
    ago,
    date,
    day,
    decade,
    future,
    iso,
    month,
    month_number,
    month_year,
    nearest,
    number,
    overnight,
    past,
    present,
    relative_unit,
    same_day,
    second_day,
    shifted,
    short_year,
    tense_at,
    this_part,
    today,
    unit_of,
    weekday,
    year,
    year_for,
    year_of_month,
    year_so_far,
)  # fmt: skip
from parley.mark.telling import Context

# ── how long, how often ──────────────────────────────────────────────────────────────────────────


def period(count: str, unit: str) -> str:
    if unit.startswith("T"):
        return f"PT{count}{unit[1:]}"
    if unit in ("DE", "CE"):
        factor = 10 if unit == "DE" else 100
        return f"P{int(count) * factor}Y" if count.isdigit() else f"PX{unit}"
    return f"P{count}{unit}"


def duration(m: Match, c: Context) -> Meaning | None:
    words, unit = m["n"].lower(), unit_of(m["unit"])
    if (
        words in ("a", "an")
        and m["unit"].lower() in ("second", "quarter", "night", "minute")
        and not m["long"]
    ):
        return None
    if words.startswith("half"):
        return "DURATION", {"TH": "PT30M", "Y": "P6M", "DE": "P5Y", "CE": "P50Y"}.get(unit, f"P0.5{unit}")
    if "/" in words:
        whole, over, under = (int(n) for n in re.findall(r"\d+", words))
        return "DURATION", halved(whole, unit) if under == 2 * over else period(
            f"{whole + over / under:g}", unit
        )
    if "." in words:
        return "DURATION", period(words, unit)
    count = number(words)
    return "DURATION", period(str(count) if count is not None else "X", unit)


def halved(count: int, unit: str) -> str:
    """Two and a half years is P2Y6M."""
    halves = {"Y": "6M", "D": "T12H", "TH": "30M", "TM": "30S"}
    return f"{period(str(count), unit)}{halves[unit]}" if unit in halves else period(f"{count}.5", unit)


def last_span(m: Match, c: Context) -> Meaning:
    count = number(m["n"])
    return "DURATION", period(str(count) if count is not None else "X", unit_of(m["unit"]))


def unit_long(m: Match, c: Context) -> Meaning:
    plural = m[0].lower().startswith(m["unit"].lower() + "s")
    return "DURATION", period("X" if plural else "1", unit_of(m["unit"]))


def bare_units(m: Match, c: Context) -> Meaning:
    return "DURATION", period("X", unit_of(m["unit"]))


EVERY = {"hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "monthly": "P1M"}


def every(m: Match, c: Context) -> Meaning:
    if m["adv"]:
        return "SET", EVERY.get(m["adv"].lower(), "P1Y")
    unit = (m["unit"] or m["u2"] or m["u3"] or m["u4"]).lower()
    weekdays: dict[str, int] = table("times")["weekdays"]
    if unit in weekdays:
        return "SET", f"XXXX-WXX-{weekdays[unit] + 1}"
    if unit[:3] in table("times")["months"]:
        return "SET", f"XXXX-{month_number(unit):02}"
    if unit in table("times")["parts"]:
        return "SET", f"XXXX-XX-XXT{table('times')['parts'][unit]}"
    return "SET", period("1", unit_of(unit))


def season(m: Match, c: Context) -> Meaning:
    return "DATE", f"{m['year']}-{table('times')['seasons'][m['season'].lower()]}"


def quarter(m: Match, c: Context) -> Meaning:
    written = m["year"] or m["year1"]
    if not m["nth"]:
        return "DATE", f"{written}-Q{c.quarter[1]}" if c.quarter else f"{written}"
    nth = table("times")["ordinals"][m["nth"].lower()]
    if written:
        return "DATE", f"{written}-Q{nth}"
    if c.published is None:
        return "DATE", None
    rel, current = (m["rel"] or "").lower(), (c.published.month + 2) // 3
    shift = {"last": -1, "next": 1}.get(rel, 0)
    if not rel and nth > current + 1 and tense_at(m, c) != "future":
        shift = -1
    return "DATE", f"{c.published.year + shift - bool(m['before'])}-Q{nth}"


def reported(m: Match, c: Context) -> Meaning:
    """ "the year-earlier period": the quarter under report a year before, or a year alone."""
    if m["n"]:
        return "DURATION", period(str(number(m["n"]) or "X"), "M")
    back = "year-" in m[0].lower() or (m["rel"] or "").lower() == "last"
    if c.quarter:
        return "DATE", f"{c.quarter[0] - back}-Q{c.quarter[1]}"
    return "DATE", f"{c.published.year - back}" if c.published and back else None


def quarter_told(m: Match, c: Context) -> Meaning | None:
    """The one under report; "the quarter ended Sept. 30" says itself which."""
    if c.quarter and not m["month"]:
        return "DATE", f"{c.quarter[0] - ((m['rel'] or '').lower() == 'last')}-Q{c.quarter[1]}"
    if m["month"] and c.published:
        month = month_number(m["month"])
        return "DATE", f"{month_year(month, c.published, None, 'past')}-Q{(month + 2) // 3}"
    return None


def first_day(m: Match, c: Context) -> Meaning:
    """The 15 of "15 to 22 February"."""
    found = day_of_month(m, c)
    return "DATE", found.isoformat() if found else None


def week_of(m: Match, c: Context) -> Meaning:
    found = day_of_month(m, c)
    return "DATE", shifted(found, 0, "W") if found else None


def day_of_month(m: Match, c: Context) -> dt.date | None:
    """The day that the groups month, day and (where there is one) year name."""
    month, number = month_number(m["month"]), int(re.sub(r"\D", "", m["day"]))
    written = m.groupdict().get("year")
    year = int(written) if written else year_for(m, c, month, number, tense_at(m, c))
    return dt.date.fromisoformat(day(year, month, number)) if year else None


def year_told(m: Match, c: Context) -> Meaning:
    unit = unit_of(m["unit"] or m["u2"] or m["u3"])
    if m["ended"] is not None:
        return "DURATION", "P1Y"
    if c.told and c.history():
        return "DATE", f"{c.told[0]}" + (f"-{c.told[1]:02}" if unit == "M" and c.told[1] else "")
    return "DATE", shifted(c.published, 0, unit) if c.published else None


def weekend(m: Match, c: Context) -> Meaning:
    """The one that goes on, or the one the tense says: agency copy of a Monday tells of the days before."""
    if c.published is None:
        return "DATE", None
    back = c.published.weekday() < 5 and tense_at(m, c) != "future"
    return "DATE", shifted(c.published, -int(back), "WE")


def century(m: Match, c: Context) -> Meaning:
    return "DATE", f"{int(m['nth']) - 1:02}"


MIDDLE = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


def season_told(m: Match, c: Context) -> Meaning:
    word = table("times")["seasons"][m["season"].lower()]
    year = year_of_month(m, c, MIDDLE[word], None)
    return "DATE", f"{year}-{word}" if year else None


def before_christ(m: Match, c: Context) -> Meaning:
    return "DATE", f"BC{int(m['year']):04}"


def year_words(m: Match, c: Context) -> Meaning | None:
    if not m["hundreds"]:
        return "DATE", "2000"
    hundreds, tens = number(m["hundreds"]), number(m["tens"])
    return ("DATE", f"{hundreds}{tens}") if tens and 10 <= tens < 100 else None


def holiday(m: Match, c: Context) -> Meaning:
    month, number = table("times")["holidays"][m["name"].lower().replace("’", "'")]
    year = int(m["year"]) if m["year"] else year_for(m, c, month or 12, number or 25, tense_at(m, c))
    if year and not month:
        return "DATE", f"{year}"
    if year and not number:
        number = 28 - (dt.date(year, 11, 28).weekday() - 3) % 7
    return "DATE", f"{year}-{month:02}-{number:02}" if year else None


# ── by the clock ─────────────────────────────────────────────────────────────────────────────────


def clock(m: Match, c: Context) -> Meaning | None:
    groups = m.groupdict()
    hour, minute = int(m["h"]), int(m["min"] or 0)
    half = (groups.get("half") or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 24 or (hour == 24 and minute):
        return None
    base = clock_day(m, c)
    return "TIME", f"{base}T{hour:02}:{minute:02}" if base else None


def clock_day(m: Match, c: Context) -> dt.date | None:
    groups = m.groupdict()
    if groups.get("month"):
        return day_of_month(m, c)
    weekday = groups.get("weekday") or weekday_behind(m)
    if c.published and weekday:
        return nearest(c, table("times")["weekdays"][weekday.lower()], "", tense_at(m, c))
    if c.published and groups.get("deictic"):
        return c.published + dt.timedelta({"yesterday": -1, "today": 0, "tomorrow": 1}[m["deictic"].lower()])
    return c.last or c.published


BEHIND = re.compile(r"(?:\s\([^()]{3,20}\)|\))\s(?:on\s)?([A-Za-z]+day)\b")


def weekday_behind(m: Match) -> str | None:
    """The day of "at 9:05 a.m. (0305 GMT) on Tuesday"."""
    found = BEHIND.match(m.string, m.end())
    return found[1] if found and found[1].lower() in table("times")["weekdays"] else None


def noon(m: Match, c: Context) -> Meaning:
    base = clock_day(m, c)
    return "TIME", f"{base}T{'24' if m['word'].lower() == 'midnight' else '12'}:00" if base else None


MEANINGS: dict[str, Callable[[Match, Context], Meaning | None]] = {
    "iso": iso, "date": date, "month": month, "year": year, "decade": decade, "weekday": weekday,
    "today": today, "this_part": this_part, "same_day": same_day, "overnight": overnight, "year_so_far": year_so_far, "second_day": second_day, "first_day": first_day, "short_year": short_year,
    "present": present, "past": past, "future": future, "relative_unit": relative_unit, "ago": ago,
    "last_span": last_span, "duration": duration, "unit_long": unit_long, "bare_units": bare_units,
    "set": every, "season": season, "quarter": quarter, "clock": clock, "noon": noon,
    "reported": reported, "quarter_told": quarter_told, "week_of": week_of, "year_told": year_told, "weekend": weekend, "century": century,
    "season_told": season_told, "before_christ": before_christ, "year_words": year_words, "holiday": holiday,
}  # fmt: skip
