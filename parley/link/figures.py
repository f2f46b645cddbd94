"""Figures that repeat, replace or contradict each other: judged from their bounds, days and authorities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Relation = Literal["first", "same", "up", "down", "restart", "another day", "backdated"]
STOCKS = ("held", "missing", "displaced", "detained")
RESTART = 0.5  # a running total that falls below this part of what it was has begun anew


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as stated: its bounds, the first and last day it speaks of, and when it was published."""

    low: int | None
    high: int | None
    first: str | None
    last: str | None
    published: str | None
    status: str


def relation(now: Stated, before: Stated | None) -> Relation:
    """What a figure is to the one before it in its series (same state, people, place and authority).

    Two days that differ are two figures, not a revision; a running total may rise, be revised down, or restart.
    """
    if before is None:
        return "first"
    if now.status not in STOCKS and now.first and before.first and now.first != before.first:
        return "backdated" if now.first < before.first else "another day"
    if (now.low, now.high) == (before.low, before.high):
        return "same"
    mine, theirs = middle(now), middle(before)
    if mine is None or theirs is None or mine >= theirs:
        return "same" if agree(now, before) and mine == theirs else "up"
    if now.status not in STOCKS and mine < RESTART * theirs:
        return "restart"
    return "down"


def middle(stated: Stated) -> float | None:
    known = [n for n in (stated.low, stated.high) if n is not None]
    return sum(known) / len(known) if known else None


def agree(a: Stated, b: Stated) -> bool:
    """May both be true: do the bounds overlap?"""
    low = max(a.low or 0, b.low or 0)
    tops = [n for n in (a.high, b.high) if n is not None]
    return not tops or low <= min(tops)
