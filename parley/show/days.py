"""Days as a user writes them, and facts of a span of days as conditions for the ledger."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_

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


def within(table: Any, since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Conditions for facts that happened, or else were published, in a span of days, both inclusive. The index of days
    of publication holds all that they ask for, so that no row is looked at which does not meet them."""
    c = table.c
    found: list[ColumnElement[bool]] = []
    if since := checked_day(since):
        found.append(or_(c.last >= since, c.last.is_(None) & (c.published >= since)))
    if until := checked_day(until):
        found.append(or_(c.first <= until, c.first.is_(None) & (c.published <= until + "~")))
    return found


def beside(column: Any, value: str, party: str | None) -> ColumnElement[bool]:
    """A column has a value. Where a party narrows the question much more, the index of the column is kept out of it."""
    found: ColumnElement[bool] = (func.coalesce(column, "") if party else column) == value
    return found
