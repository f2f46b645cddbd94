"""What can go wrong, as a tree; and `Problem`, which is not an error but a finding about a text.

ParleyError              anything Parley raises on purpose
├── UnreadableInput      bytes that are no text, or a line that is no dispatch
├── NoSuchModel          a spaCy pipeline that is not installed
├── WrongRecord          JSON that is not a record, or whose spans do not hold
├── WrongLedger          a ledger that is missing, of something else, newer, or cannot be written
├── WrongRun             a run that cannot go on as asked: another's data set, other rules, a cluster that is not there
├── WrongQuestion        a question to the ledger that it cannot answer as asked
├── NotDrawn             a chart that could not be drawn
├── NotFetched           a page that could not be fetched, or must not be
├── WrongFeeds           a file of feeds that does not hold
└── NotGiven             an alert that an outlet did not take
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parley.values import Span


class ParleyError(Exception):
    """What is wrong, where, and what would mend it."""


class UnreadableInput(ParleyError):
    """Bytes that are no text, or a line that is no dispatch."""


class NoSuchModel(ParleyError):
    """A spaCy pipeline that was asked for and is not installed."""


class WrongRecord(ParleyError):
    """JSON that is not a record, or a record whose spans do not hold."""


class WrongLedger(ParleyError):
    """A ledger that is missing, of something else, of a newer version, or cannot be read or written."""


class WrongRun(ParleyError):
    """A run that cannot begin or go on as asked: a data set of other rules, a cluster that is not there."""


class WrongQuestion(ParleyError):
    """A question to the ledger that it cannot answer as asked: a date that is none, a name it does not know."""


class NotDrawn(ParleyError):
    """A chart that could not be drawn: the drawing library is missing, refused the chart, or took too long."""


Fault = Literal[
    "address", "private", "unreachable", "certificate", "slow", "cut off", "too large", "garbled", "redirects", "busy",
    "missing", "gone", "refused", "robots", "kind", "later",
]  # fmt: skip


class NotFetched(ParleyError):
    """A page that could not be fetched, or must not be. `fault` says of which kind it is; `wait` how many seconds
    its host asks to be left alone."""

    def __init__(self, fault: Fault, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.fault, self.wait = fault, wait


class WrongFeeds(ParleyError):
    """A file of feeds that does not hold: a line for each thing that is wrong, with what would do."""


class NotGiven(ParleyError):
    """An alert that an outlet did not take; `again` where it may take it another time."""

    def __init__(self, what: str, *, again: bool) -> None:
        super().__init__(what)
        self.again = again


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in a text, told rather than raised: where it is and what it means."""

    what: str
    span: Span | None = None
