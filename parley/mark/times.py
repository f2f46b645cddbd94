"""Expressions of time → TIMEX3: each rule's pattern finds, the meaning of its kind resolves.

Days are resolved as agency copy means them: a bare weekday is the nearest one its verb's tense allows,
the day of publication first. What has no anchor has no value. Values: TimeML 1.2.1; conventions: docs/record.md.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from parley.document import Marks, Time, TimeType
from parley.errors import Problem
from parley.lang import table
from parley.mark.calendar import NoSuchDay
from parley.mark.needs import Needs, folded, met, needs
from parley.mark.periods import MEANINGS
from parley.mark.telling import Context
from parley.mark.tenses import tenses
from parley.values import Span

Found = tuple[int, int, str, re.Match[str]]
LEAD = 600  # characters


def times(marks: Marks) -> Marks:
    """Every expression of time in the parts, the dateline and the header dates, in text order."""
    document = marks.document
    context = Context(published_day(document.published), tenses(marks), years_of(marks.text), dated(marks))
    spans = [*document.dates, *([document.dateline.span] if document.dateline else ())]
    header, problems = resolve_all(spans, marks, replace_tense(context))
    story, more = resolve_all([p.span for p in document.parts], marks, context)
    told = replace(document, problems=(*document.problems, *problems, *more))
    return replace(marks, document=told, times=tuple(sorted([*header, *story], key=lambda t: t.span)))


def dated(marks: Marks) -> bool:
    """News of a day, by its dateline or by the weekday in its lead; a history has neither."""
    lead = re.findall(r"[a-z]+", marks.text[:LEAD].lower())
    return marks.document.dateline is not None or bool(table("times")["weekdays"].keys() & set(lead))


def replace_tense(context: Context) -> Context:
    return replace(context, tense=lambda at: "")


def published_day(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def resolve_all(spans: list[Span], marks: Marks, context: Context) -> tuple[list[Time], list[Problem]]:
    found: list[Time] = []
    problems: list[Problem] = []
    for start, end, rule, match in (f for span in spans for f in candidates(marks.text, span)):
        span = Span(start, end)
        try:
            meant = MEANINGS[kinds()[rule]](match, context)
        except NoSuchDay:
            problems.append(Problem(f"{span.of(marks.text)!r} is no date", span))
            continue
        if meant is not None:
            found.append(as_time(span, meant, rule))
            if not aside(match, rule, context):
                context.remember(meant[1], end)
    return found, problems


DEICTIC = ("today", "this_part", "overnight", "weekday", "weekend", "season_told")


def aside(match: re.Match[str], rule: str, context: Context) -> bool:
    """In a history, "today" is not where the telling has come to, nor is a year that was planned for."""
    if not context.history():
        return False
    planned = kinds()[rule] == "year" and context.tense(match.start()) == "future"
    back = {"the previous", "previous", "earlier", "previously"} & {
        *map(str.lower, filter(None, match.groups()))
    }
    return planned or bool(back) or kinds()[rule] in DEICTIC


def as_time(span: Span, meant: tuple[TimeType, str | None], rule: str) -> Time:
    return Time(span, meant[0], meant[1], rule)


def candidates(text: str, span: Span) -> Iterator[Found]:
    """The longest expression at each place, from left to right, none inside another."""
    found: list[Found] = []
    words = folded(span.of(text))
    for rule, pattern, needed in patterns():
        if met(needed, words):
            found.extend((m.start(), m.end(), rule, m) for m in pattern.finditer(text, span.start, span.end))
    end = span.start
    for item in sorted(found, key=lambda f: (f[0], -f[1])):
        if item[0] >= end and item[1] > item[0] and not misread(text, item):
            end = item[1]
            yield trimmed(text, item)


def trimmed(text: str, item: Found) -> Found:
    start, end, rule, match = item
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip().rstrip(",")), rule, match


def misread(text: str, item: Found) -> bool:
    """ "may", "march" and "sun" in lower case are words; all-capital copy has only capitals."""
    start, _, rule, match = item
    groups = match.groupdict()
    name = groups.get("month") or groups.get("month2") or groups.get("weekday")
    if name and name[0].islower():
        return True
    if (
        rule != "times.month"
        or start < match.start("month")
        or groups.get("year")
        or groups.get("yrel")
        or groups.get("rel")
    ):
        return False
    if name == "Jan":
        return True
    if name in ("May", "March"):
        before = text[max(0, start - 12) : start].split()
        return not before or before[-1].lower() not in MONTH_BEFORE
    return False


MONTH_BEFORE = {
    "in",
    "of",
    "by",
    "since",
    "until",
    "from",
    "last",
    "next",
    "this",
    "early",
    "late",
    "to",
    "mid",
}


@functools.cache
def patterns() -> tuple[tuple[str, re.Pattern[str], Needs], ...]:
    """Name, pattern, and what a text must have for it to match, of every rule."""
    words = table("times")["words"]
    found = [(r["name"], compiled(r["pattern"], words)) for r in table("times")["rule"]]
    return tuple((name, pattern, needs(pattern.pattern)) for name, pattern in found)


def compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    while re.search(r"\{[a-z]+\}", pattern):
        pattern = re.sub(r"\{([a-z]+)\}", lambda m: words[m[1]], pattern)
    return re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE)


@functools.cache
def kinds() -> dict[str, str]:
    return {r["name"]: r["kind"] for r in table("times")["rule"]}


YEAR = re.compile(r"(?<![\d.,$£€:])\b(1[6-9]\d\d|20\d\d)\b(?![.,:]\d)")


def years_of(text: str) -> list[tuple[int, int]]:
    """(offset, year) of every explicit year: history tells a year once and then goes on in it."""
    return [(m.start(), int(m[1])) for m in YEAR.finditer(text)]
