"""The wire's own marks on a dispatch: its slug and version, and whether it updates, corrects, adds or kills."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass
from typing import Any

from parley.document import Envelope, WireKind
from parley.lang import table
from parley.read.envelopes import stamp
from parley.read.header import full_dates

STRENGTH: tuple[WireKind, ...] = ("kill", "correction", "take", "update")
HEAD_LINES = 6
CLOCK = re.compile(r"\b(\d{2})[:.]?(\d{2})\s*(?:GMT|UTC|Z)\b")


@dataclass(frozen=True, slots=True)
class Wire:
    """What a dispatch is to the one before it. `version` is 0 for a first telling, 2 for "2nd Ld".

    `kills` is the slug that a kill names, `embargo` the UTC time or day before which nothing is published.
    """

    slug: str | None = None
    version: int = 0
    kind: WireKind | None = None
    kills: str | None = None
    embargo: str | None = None


def wire(text: str, envelope: Envelope | None = None) -> Wire:
    """What a dispatch is to the one before it: by its envelope's word where that has one, else by its first lines."""
    told = marks(text)
    if envelope is None:
        return told
    slug = bare(envelope.slug) or told.slug or (envelope.guid if envelope.format in STORIES else None)
    version = told.version if envelope.version is None else envelope.version - 1
    noted = marks("\n".join(envelope.notes)).kind  # "Corrects the number of freed" is a note to editors
    kind = envelope.kind or told.kind or noted or ("update" if version > 0 else None)
    kills = (told.kills or slug) if kind == "kill" else None
    return Wire(slug, version, kind, kills, in_utc(envelope.embargo) or told.embargo)


STORIES = ("newsml", "ninjs", "nitf")  # formats whose guid is that of the story in all its versions


def in_utc(told: str | None) -> str | None:
    found = stamp(told)
    if found is None or "T" not in found:
        return found
    given = datetime.datetime.fromisoformat(found)
    moved = given.astimezone(datetime.UTC) if given.tzinfo else given
    return moved.strftime("%Y-%m-%dT%H:%M")


def marks(text: str) -> Wire:
    """The marks in the first lines of a dispatch; a plain dispatch has none."""
    lines = [line.strip() for line in text[:2000].splitlines() if line.strip()][:HEAD_LINES]
    slug = next((found["slug"] for line in lines[:2] if (found := slug_line().match(line))), None)
    said = [(rule, found) for line in lines for rule, pattern in rules() if (found := pattern.search(line))]
    kinds = {rule["kind"] for rule, _ in said}
    kind = next((k for k in STRENGTH if k in kinds), None)
    return Wire(
        bare(slug),
        max((number(found) for rule, found in said if rule["kind"] in ("update", "take")), default=0),
        kind,
        killed(text[:2000]) or bare(slug) if kind == "kill" else None,
        next((until(found["until"]) for rule, found in said if rule["kind"] == "embargo"), None),
    )


@functools.cache
def slug_line() -> re.Pattern[str]:
    return re.compile(table("wire")["slug"])


@functools.cache
def rules() -> list[tuple[dict[str, Any], re.Pattern[str]]]:
    return [(rule, re.compile(rule["pattern"])) for rule in table("wire")["mark"]]


def bare(slug: str | None) -> str | None:
    """The slug without the cycle it was sent in: "BC-Harbour-Talks" and "AM-Harbour--Talks" are one."""
    return re.sub(r"-+", "-", re.sub(r"^[A-Z]{2}-", "", slug)).casefold() if slug else None


def number(found: re.Match[str]) -> int:
    given = [value for key, value in found.groupdict().items() if key.startswith("number") and value]
    return int(given[0]) if given else 1


def killed(text: str) -> str | None:
    found = re.search(table("wire")["killed"]["slugged"], text)
    return bare(found["slug"]) if found else None


def until(words: str) -> str | None:
    """The UTC time, or the day, that an embargo names in full; None where it names no day."""
    days = full_dates(words)
    if len(set(days)) != 1:
        return None
    clock = CLOCK.search(words)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        return f"{datetime.date.fromisoformat(days[0])}T{clock[1]}:{clock[2]}"
    return days[0]
