"""What can go wrong, as a tree; and `Problem`, which is not an error but a finding about a text.

ParleyError              anything Parley raises on purpose
├── UnreadableInput      bytes that are no text, or a line that is no dispatch
├── NoSuchModel          a spaCy pipeline that is not installed
└── WrongRecord          JSON that is not a record, or whose spans do not hold
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.values import Span


class ParleyError(Exception):
    """What is wrong, where, and what would mend it."""


class UnreadableInput(ParleyError):
    """Bytes that are no text, or a line that is no dispatch."""


class NoSuchModel(ParleyError):
    """A spaCy pipeline that was asked for and is not installed."""


class WrongRecord(ParleyError):
    """JSON that is not a record, or a record whose spans do not hold."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in a text, told rather than raised: where it is and what it means."""

    what: str
    span: Span | None = None
