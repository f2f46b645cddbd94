"""Days as a user writes them, and facts of a span of days as conditions for the ledger."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, or_, select, union_all

from parley.errors import WrongQuestion

WRITTEN = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


def checked_day(day: str | None) -> str | None:
    """The day or minute as given, if there is one such; raises WrongQuestion otherwise."""
    if day is None:
        return None
    try:
        if not WRITTEN.fullmatch(day):  # days are compared as they are written
            raise ValueError
        datetime.fromisoformat(day)
    except ValueError:
        raise WrongQuestion(
            f"{day}: no such day; write it like 2024-05-15, or 2024-05-15T18:00 in UTC"
        ) from None
    return day


def within(
    table: Any, since: str | None, until: str | None, known: str | None, *, alone: bool
) -> list[ColumnElement[bool]]:
    """Conditions for facts that happened, or else were published, in a span of days, both inclusive. Where they
    stand `alone`, nothing else narrowing the question, the days are looked up in indexes that answer for them;
    `known` is the last moment of publication that may be known."""
    c = table.c
    found: list[ColumnElement[bool]] = []
    if since := checked_day(since):
        lately = or_(c.last >= since, c.last.is_(None) & (c.published >= since))
        found.append(c.n.in_(since_then(table.alias().c, since, known)) if alone else lately)
    if until := checked_day(until):
        found.append(or_(c.first <= until, c.first.is_(None) & (c.published <= until + "~")))
    return found


def since_then(c: Any, day: str, known: str | None) -> CompoundSelect[Any]:
    """What was published since a day; what was told of it or of later days before; and what bears no date."""
    lately = [c.published >= day, or_(c.last >= day, c.last.is_(None))]
    if known:
        lately.append(c.published <= known)
    ahead = [c.last >= day, c.last > c.published]
    undated = [c.published.is_(None), c.last >= day]
    return union_all(*(select(c.n).where(*part) for part in (lately, ahead, undated)))
