"""Parley: from news-agency dispatches to a sourced, dated record of who said, did and holds what."""

from __future__ import annotations

__version__ = "0.1.0"
