"""Parley: from news-agency dispatches to a sourced, dated record of who said, did and holds what.

>>> import parley
>>> record = parley.read("The army said the road was open.", published="2024-05-15")
>>> [claim.act for claim in record.claims]
['say']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import parley.read as _read  # before the function below, which takes the folder's name from here on

if TYPE_CHECKING:
    from parley.errors import ParleyError
    from parley.ledger import Ledger
    from parley.record import Record

__version__ = "0.1.0"
__all__ = ["Ledger", "ParleyError", "Record", "__version__", "open", "read"]

HOMES = {"Ledger": "parley.ledger", "Record": "parley.record", "ParleyError": "parley.errors"}
del _read


def read(text: str, published: str | None = None) -> Record:
    """The record of one dispatch, given its text and, where known, its ISO 8601 date of publication."""
    from parley.pipeline import process
    from parley.read.plain import plain

    return process(plain(text, published=published))


def open(place: str | None = None, *, make: bool = False) -> Ledger:
    """The ledger at a path or database URL (default: PARLEY_LEDGER, or ./parley.db); `make` makes a missing one.

    Raises WrongLedger where there is none, or it is of something else, saying what to do.
    """
    from parley.ledger import Ledger

    return Ledger.open(place, make=make)


def __getattr__(name: str) -> Any:
    """The other public names come when they are asked for: importing parley loads no model."""
    import importlib

    if name not in HOMES:
        raise AttributeError(f"module 'parley' has no attribute {name!r}")
    return getattr(importlib.import_module(HOMES[name]), name)
