"""`parley review` and `parley log`: values from the command line, the log as tab-separated lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.store.reviews import typed
from parley.store.schema import reviews

COLUMNS = ("at", "who", "target", "verdict", "before", "after", "why", "id")


def corrected(values: Iterable[str]) -> dict[str, Any]:
    """ "low=12" → {"low": 12}; an empty value means that the text does not say."""
    found: dict[str, Any] = {}
    for given in values:
        name, sign, value = given.partition("=")
        if not sign:
            raise WrongQuestion(f"{given}: write it as field=value")
        found[name] = typed(name, value)  # "to=" is nobody
    return found


def log_lines(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        rows = connection.execute(select(reviews).order_by(reviews.c.n)).mappings().all()
    return [
        "\t".join(COLUMNS),
        *("\t".join(" ".join(str(row[c] or "").split()) for c in COLUMNS) for row in rows),
    ]
