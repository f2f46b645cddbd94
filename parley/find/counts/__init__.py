"""Counts: numbers of people in some state, with the bounds, the holder and the authority that the words give."""

from parley.find.counts.finder import counts
from parley.find.counts.rules import people

__all__ = ["counts", "people"]
