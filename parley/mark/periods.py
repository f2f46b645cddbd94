"""Durations, sets, seasons, quarters and clock times → TIMEX3 type and value; and the table of all meanings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from parley.lang import table
from parley.mark.calendar import (
    Context,
    Match,
    Meaning,
    ago,
    date,
    decade,
    future,
    iso,
    month,
    nearest,
    number,
    overnight,
    past,
    present,
    relative_unit,
    same_day,
    second_day,
    tense_at,
    this_part,
    today,
    unit_of,
    weekday,
    year,
    year_so_far,
)  # fmt: skip

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
    if "." in words:
        return "DURATION", period(words, unit)
    count = number(words)
    return "DURATION", period(str(count) if count is not None else "X", unit)


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
    unit = (m["unit"] or m["u2"] or m["u3"]).lower()
    weekdays: dict[str, int] = table("times")["weekdays"]
    if unit in weekdays:
        return "SET", f"XXXX-WXX-{weekdays[unit] + 1}"
    if unit in table("times")["parts"]:
        return "SET", f"XXXX-XX-XXT{table('times')['parts'][unit]}"
    return "SET", period("1", unit_of(unit))


def season(m: Match, c: Context) -> Meaning:
    return "DATE", f"{m['year']}-{table('times')['seasons'][m['season'].lower()]}"


def quarter(m: Match, c: Context) -> Meaning:
    nth = table("times")["ordinals"][m["nth"].lower()]
    base = c.published.year if c.published else None
    if m["year"]:
        return "DATE", f"{m['year']}-Q{nth}"
    shift = {"last": -1, "next": 1}.get((m["rel"] or "").lower(), 0)
    return "DATE", f"{base + shift}-Q{nth}" if base else None


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
    if c.published and groups.get("weekday"):
        wanted = table("times")["weekdays"][m["weekday"].lower()]
        return nearest(c, wanted, "", tense_at(m, c))
    if c.published and groups.get("deictic"):
        return c.published + dt.timedelta({"yesterday": -1, "today": 0, "tomorrow": 1}[m["deictic"].lower()])
    return c.last or c.published


def noon(m: Match, c: Context) -> Meaning:
    base = clock_day(m, c)
    return "TIME", f"{base}T{'24' if m['word'].lower() == 'midnight' else '12'}:00" if base else None


MEANINGS: dict[str, Callable[[Match, Context], Meaning | None]] = {
    "iso": iso, "date": date, "month": month, "year": year, "decade": decade, "weekday": weekday,
    "today": today, "this_part": this_part, "same_day": same_day, "overnight": overnight, "year_so_far": year_so_far, "second_day": second_day,
    "present": present, "past": past, "future": future, "relative_unit": relative_unit, "ago": ago,
    "last_span": last_span, "duration": duration, "unit_long": unit_long, "bare_units": bare_units,
    "set": every, "season": season, "quarter": quarter, "clock": clock, "noon": noon,
}  # fmt: skip
