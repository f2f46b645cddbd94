"""How much waits for a reviewer, for the head of every page: counted anew when something was added, and not often."""

from __future__ import annotations

import time

from parley.errors import ParleyError
from parley.ledger import Ledger
from parley.show.queue import queue
from parley.show.view import View

LOOKED = 200  # rows that a queue looks at: the newest
SHARE = 20  # for each second that counting took there are so many without it
COSTLY, REST = 0.15, 600.0  # seconds: what takes longer than the first is not told, nor tried for the second


class Waiting:
    """The number of records in the queue that a reviewer sees first; 0 where it cannot be told cheaply."""

    def __init__(self) -> None:
        self.stamp, self.number, self.again = "", 0, 0.0

    def count(self, ledger: Ledger) -> int:
        began = time.monotonic()
        try:
            stamp = ledger.stamp()
            if stamp != self.stamp and began >= self.again:
                self.number = len(queue(View(ledger, most=LOOKED)))
                self.stamp = stamp
                self.rest(time.monotonic() - began)
        except ParleyError:  # the page itself tells what is wrong with the ledger
            return 0
        return self.number

    def rest(self, took: float) -> None:
        """After a count that took so many seconds."""
        if took > COSTLY:
            self.number = 0
        self.again = time.monotonic() + (REST if took > COSTLY else SHARE * took)
