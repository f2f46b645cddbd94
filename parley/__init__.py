"""Parley: from news-agency dispatches to a sourced, dated record of who said, did and holds what.

>>> import parley
>>> record = parley.read("GENEVA (AFP) - ...", published="2024-05-15")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parley.errors import ParleyError
    from parley.pipeline import read
    from parley.record import Record

__version__ = "0.1.0"
__all__ = ["ParleyError", "Record", "__version__", "read"]

HOMES = {"read": "parley.pipeline", "Record": "parley.record", "ParleyError": "parley.errors"}


def __getattr__(name: str) -> Any:
    """The public names come when they are asked for: importing parley loads no model."""
    import importlib

    if name not in HOMES:
        raise AttributeError(f"module 'parley' has no attribute {name!r}")
    return getattr(importlib.import_module(HOMES[name]), name)
