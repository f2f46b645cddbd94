"""What an expression of time means: a function a kind, from its match and context to a TIMEX3 type and value."""

from __future__ import annotations

import datetime as dt
import re

from parley.document import TimeType
from parley.lang import table
from parley.mark.telling import Context

Meaning = tuple[TimeType, str | None]
Match = re.Match[str]


class NoSuchDay(ValueError):
    """February 30 and its kin."""


def number(words: str | None) -> int | None:
    """A number in digits or words; None where it is vague ("several")."""
    if not words:
        return None
    if words.replace(".", "", 1).isdigit():
        return int(float(words))
    known = table("times")["numbers"]
    values = [known.get(w) for w in re.split(r"[-\s]+", words.lower().removeprefix("a ").removesuffix(" of"))]
    if 100 in values[1:]:
        return 100
    return sum(v for v in values if v) if values and all(values) else None


def day(year: int, month: int, number: int) -> str:
    try:
        return dt.date(year, month, number).isoformat()
    except ValueError as trouble:
        raise NoSuchDay from trouble


def month_number(word: str) -> int:
    months: dict[str, int] = table("times")["months"]
    return months[word[:3].lower()]


def tense_at(m: Match, c: Context) -> str:
    return c.tense(m.start())


# ── days, months, years ──────────────────────────────────────────────────────────────────────────


def iso(m: Match, c: Context) -> Meaning:
    return "DATE", day(int(m["y"]), int(m["m"]), int(m["d"]))


def date(m: Match, c: Context) -> Meaning:
    month = month_number(m["month"] or m["month2"])
    number = int(re.sub(r"\D", "", m["day"] or m["day2"]))
    day(2024, month, number)
    written = m["year"] or m["year2"]
    if written:
        year = int(written) if len(written) == 4 else (1900 if int(written) > 40 else 2000) + int(written)
        return part_of_day(m, day(year, month, number))
    tense = "past" if (m["rel"] or "").lower() == "last" else tense_at(m, c)
    found = year_behind(m, month) or year_for(m, c, month, number, tense)
    return part_of_day(m, day(found, month, number)) if found else ("DATE", None)


def part_of_day(m: Match, day: str) -> Meaning:
    """ "the night of May 3"."""
    part = m.groupdict().get("part")
    return ("TIME", f"{day}T{table('times')['parts'][part.lower()]}") if part else ("DATE", day)


RANGE = re.compile(
    r"\s?(?:-|–|—|to|and|through|until|till)\s?(?:\d\d?\s)?([A-Z][a-z]+)\.?(?:\s\d\d?,?)?\s((?:1[6-9]|20)\d\d)\b"
)


def year_behind(m: Match, month: int) -> int | None:
    """The year of "March 5 to May 3, 2004", told with the second month; "December to March 2004" began before it."""
    found = RANGE.match(m.string, m.end())
    last = table("times")["months"].get(found[1][:3].lower()) if found else None
    return int(found[2]) - (month > last) if found and last else None


def year_for(m: Match, c: Context, month: int, number: int, tense: str) -> int | None:
    """The year that puts the day on the side of publication that the tense says; the near one else."""
    if c.history():
        return c.year_told(m.start(), month)
    base = c.published
    if base is None:
        return None
    options = [y for y in (base.year - 1, base.year, base.year + 1) if valid(y, month, number)]
    if tense == "past":
        options = [
            y for y in options if y <= base.year or dt.date(y, month, number) <= base + dt.timedelta(1)
        ]
    elif tense == "future":
        options = [y for y in options if y >= base.year]
    return min(options, key=lambda y: distance(dt.date(y, month, number), base, tense), default=None)


def distance(day: dt.date, base: dt.date, tense: str) -> int:
    """In days; on the side that the tense speaks against, a day counts for three: near, it is still the one meant."""
    days = (day - base).days
    against = (tense == "past" and days > 1) or (tense == "future" and days < 0)
    return abs(days) * (3 if against else 1)


def valid(year: int, month: int, number: int) -> bool:
    try:
        return bool(dt.date(year, month, number))
    except ValueError:
        return False


def month(m: Match, c: Context) -> Meaning:
    number = month_number(m["month"])
    if m["bc"]:
        return "DATE", f"BC{int(m['bc']):04}-{number:02}"
    if m["year"]:
        return "DATE", f"{m['year']}-{number:02}"
    found = year_behind(m, number) or year_of_month(m, c, number, m["rel"])
    return "DATE", f"{found}-{number:02}" if found else None


def year_of_month(m: Match, c: Context, number: int, rel: str | None) -> int | None:
    told = (m["yrel"] or "").lower()
    if told == "that" and c.told:
        return c.told[0]
    if c.history():
        return c.year_told(m.start(), number)
    if c.published is None:
        return None
    if told in ("last", "this", "next"):
        return c.published.year + {"last": -1, "this": 0, "next": 1}[told]
    return month_year(number, c.published, rel, tense_at(m, c))


def month_year(number: int, base: dt.date, rel: str | None, tense: str) -> int:
    rel = (rel or "").lower()
    if rel == "last" or (not rel and tense != "future"):
        return base.year - (number > base.month or (rel == "last" and number == base.month))
    if rel == "next" or not rel:
        return base.year + (number < base.month or (rel == "next" and number == base.month))
    return base.year


def year(m: Match, c: Context) -> Meaning:
    return "DATE", m["year"]


def decade(m: Match, c: Context) -> Meaning:
    if m["tens"]:
        tens: dict[str, int] = table("times")["numbers"]
        return "DATE", f"19{tens[m['tens'].lower() + 'y'] // 10}"
    digits = m["year"]
    return "DATE", digits[:3] if len(digits) == 4 else f"19{digits[0]}"


def weekday(m: Match, c: Context) -> Meaning | None:
    if c.published is None:
        return ("TIME" if m["part"] else "DATE"), None
    wanted = table("times")["weekdays"][m["weekday"].lower()]
    found = nearest(c, wanted, (m["rel"] or "").lower(), tense_at(m, c)).isoformat()
    if m["part"]:
        return "TIME", f"{found}T{table('times')['parts'][m['part'].lower()]}"
    return "DATE", found


def nearest(c: Context, wanted: int, rel: str, tense: str) -> dt.date:
    """ "on Wednesday", published on a Wednesday, is that day; "last Wednesday" never is."""
    base = c.published
    assert base is not None
    back, ahead = (base.weekday() - wanted) % 7, (wanted - base.weekday()) % 7
    if rel in ("last", "the previous", "this past"):
        return base - dt.timedelta(back or 7)
    if rel in ("next", "this coming") or (rel == "the following" and c.last is None):
        return base + dt.timedelta(ahead or 7)
    if rel == "the following" and c.last:
        return c.last + dt.timedelta((wanted - c.last.weekday()) % 7 or 7)
    return base + dt.timedelta(ahead) if tense == "future" else base - dt.timedelta(back)


def today(m: Match, c: Context) -> Meaning:
    if c.published is None:
        return "DATE", None
    word = re.sub(r"\s+", " ", m["day"].lower())
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "last night": -1}[word]
    found = (c.published + dt.timedelta(shift)).isoformat()
    part = "NI" if "night" in word else table("times")["parts"].get((m["part"] or "").lower())
    return ("TIME", f"{found}T{part}") if part else ("DATE", found)


def this_part(m: Match, c: Context) -> Meaning:
    rel = re.sub(r"\s+", " ", m["rel"].lower())
    base = c.published if rel == "this" else c.last or c.published
    if base is None:
        return "TIME", None
    shift = {"the previous": -1, "the following": 1, "the next": 1}.get(rel, 0)
    return "TIME", f"{base + dt.timedelta(shift)}T{table('times')['parts'][m['part'].lower()]}"


def same_day(m: Match, c: Context) -> Meaning:
    found = c.last or c.published
    return "DATE", found.isoformat() if found else None


def overnight(m: Match, c: Context) -> Meaning:
    return "TIME", f"{c.published - dt.timedelta(1)}TNI" if c.published else None


def year_so_far(m: Match, c: Context) -> Meaning:
    unit = m["unit"] or m["end"]
    base = c.base(unit.lower()) if c.history() else c.published
    return "DATE", shifted(base, 0, unit_of(unit)) if base else None


def second_day(m: Match, c: Context) -> Meaning | None:
    """The 14 of "May 13-14" and "May 13 and 14": only right behind a day of a month."""
    if c.last is None or m.string[max(0, c.day_ends) : m.start()] not in ("-", "–", " and ", " to "):
        return None
    return "DATE", day(c.last.year, c.last.month, int(re.sub(r"\D", "", m["day"])))


def short_year(m: Match, c: Context) -> Meaning | None:
    """The 07 of "2005-07"."""
    before = m.string[m.start() - 5 : m.start() - 1]
    return ("DATE", f"{before[:2]}{m['yy']}") if m["yy"] > before[2:] else None


def present(m: Match, c: Context) -> Meaning:
    return "DATE", "PRESENT_REF"


def past(m: Match, c: Context) -> Meaning:
    return "DATE", "PAST_REF"


def future(m: Match, c: Context) -> Meaning | None:
    """ "soon" is a time of what lies ahead: "the town soon fell" tells none."""
    if m["soon"] and tense_at(m, c) != "future":
        return None
    return "DATE", "FUTURE_REF"


# ── weeks, months, years from here ───────────────────────────────────────────────────────────────

SHIFTS = {
    "last": -1,
    "the previous": -1,
    "previous": -1,
    "this past": -1,
    "the past": -1,
    "the last": -1,
    "this": 0,
    "the same": 0,
}
SHIFTS |= {
    "the current": 0,
    "that": 0,
    "next": 1,
    "the following": 1,
    "following": 1,
    "the next": 1,
    "the coming": 1,
}
BEGINS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
FROM_LAST = {"the same", "that", "the following", "the previous", "the next"}


def relative_unit(m: Match, c: Context) -> Meaning | None:
    rel, unit = re.sub(r"\s+", " ", m["rel"].lower()), m["unit"].lower()
    if rel in ("the past", "the last") and unit not in ("day",):
        return "DURATION", f"P1{table('times')['units'].get(unit, 'Y')}".replace("P1DE", "P10Y").replace(
            "P1CE", "P100Y"
        )
    base = c.base(unit) if rel in FROM_LAST or (rel == "this" and c.history()) else c.published
    if base is None:
        return "DATE", None
    if unit in table("times")["seasons"]:
        season = table("times")["seasons"][unit]
        over = rel == "this past" and BEGINS[season] <= base.month
        return "DATE", f"{base.year + SHIFTS[rel] + over}-{season}"
    return "DATE", shifted(base, SHIFTS[rel], table("times")["units"][unit])


def shifted(base: dt.date, steps: int, unit: str) -> str:
    """The day, week, month or year that many steps from `base`, in the unit's own precision."""
    if unit == "D":
        return (base + dt.timedelta(steps)).isoformat()
    if unit in ("W", "WE"):
        year, week, _ = (base + dt.timedelta(7 * steps)).isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit in ("M", "Q"):
        months = base.year * 12 + base.month - 1 + steps * (3 if unit == "Q" else 1)
        year, month = divmod(months, 12)
        return f"{year}-Q{month // 3 + 1}" if unit == "Q" else f"{year}-{month + 1:02}"
    if unit == "DE":
        return str(base.year // 10 + steps)
    return str(base.year // 100 + steps) if unit == "CE" else f"{base.year + steps:04}"


def unit_of(word: str) -> str:
    units: dict[str, str] = table("times")["units"]
    return units[word.lower().removesuffix("s") if word.lower() not in units else word.lower()]


LONG = {"Y": "year", "DE": "year", "CE": "year", "M": "month"}


def ago(m: Match, c: Context) -> Meaning:
    unit, count = unit_of(m["unit"]), number(m["n"])
    if (unit, count) == ("Y", 1) and c.compared and not m["about"]:
        return "DATE", f"{c.compared[0] - 1}-Q{c.compared[1]}"
    back = m["dir"].lower() in ("ago", "earlier", "previously", "before now")
    spoken = m["dir"].lower() in ("ago", "before now", "from now")
    base = c.published if spoken else c.base(LONG.get(unit, "day") if c.long_past() else "day")
    if count is None or base is None:
        vague = "PAST_REF" if back else "FUTURE_REF" if spoken else None
        return ("DATE", vague) if m["n"] and vague else ("DURATION", f"PX{unit}")
    if unit.startswith("T"):
        return "TIME", shifted(base, 0, "D")
    factor = 10 if unit == "DE" else 1
    return "DATE", shifted(base, (-1 if back else 1) * count * factor, "Y" if unit == "DE" else unit)
