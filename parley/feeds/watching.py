"""The watch: feeds asked in turn, what is new kept, and what that changes told; one process, until it is ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from parley.document import Document
from parley.errors import NotFetched, WrongLedger
from parley.feeds.alerts import Alert, Rule, alerts
from parley.feeds.before import Before
from parley.feeds.giving import Giving
from parley.feeds.taking import Source, Taken, Tell, take
from parley.feeds.visits import Visits
from parley.ledger import Ledger
from parley.pipeline import attempted, made_by
from parley.show.view import View
from parley.store.rows import dispatch_id
from parley.store.schema import dispatches

LONGEST_PAUSE_S, LOOK_S = 3_600.0, 0.25


class Stopped(Exception):
    """Somebody asked for the end; what is begun is done."""


class Stop:
    """Asked for by a signal, and looked at between two dispatches and during every pause. No lock: a signal may come
    at any moment, also while one would be held."""

    asked = False

    def ask(self) -> None:
        self.asked = True

    def check(self) -> None:
        """Raises Stopped where the end was asked for."""
        if self.asked:
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Raises Stopped where the end is asked for meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, LOOK_S))
        self.check()


@dataclass(slots=True)
class Watch:
    """Everything that a run of the watch has in hand. Alerts are for dispatches published `since` (UTC) or later."""

    ledger: Ledger
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    visits: Visits
    giving: Giving
    tell: Tell
    stop: Stop
    since: str
    report: Callable[[Source, Taken], None] | None = None
    failed: int = 0

    def run(self, *, once: bool) -> None:
        """Ask every feed when its time has come; `once` asks each that is not to be left alone, and ends."""
        try:
            while True:
                self.catch_up()
                for source in self.sources:
                    if self.turn(source, once):
                        self.ask(source)
                self.giving.give()
                if once or not self.wait():
                    return
        except Stopped:
            self.visits.state.save()

    # ── feeds ────────────────────────────────────────────────────────────────────────────────────

    def turn(self, source: Source, once: bool) -> bool:
        """Has its time come? A feed that does not fail is asked by whoever asks once."""
        self.stop.check()
        held = self.visits.state.of(source.url)
        if held.gone:
            return False
        return (once and not held.failures) or held.next <= self.visits.manner.now()

    def ask(self, source: Source) -> None:
        first = self.visits.state.of(source.url).polled is None
        try:
            done = take(source, self.visits, partial(self.keep, first), self.tell)
        except Stopped:
            raise
        except Exception as trouble:  # a fault of ours costs this feed its turn, and not the watch its end
            self.tell(
                source.url, f"could not be read ({type(trouble).__name__}: {trouble}); please report it"
            )
            self.visits.failed(source.url, None, source.every)
            done = Taken(failed=1)
        self.failed += done.failed
        if self.report:
            self.report(source, done)
        self.visits.state.save()

    def wait(self) -> bool:
        """Sleep until the next feed or alert is due; False where nothing is left to wait for."""
        moments = [m for source in self.sources if (m := self.due(source)) is not None]
        if not moments:
            self.tell("watch", "every feed is gone; nothing is left to ask")
            return False
        if (given := self.giving.next()) is not None:
            moments.append(given)
        self.stop.sleep(max(0.05, min(min(moments) - self.visits.manner.now(), LONGEST_PAUSE_S)))
        return True

    def due(self, source: Source) -> float | None:
        try:
            return self.visits.due(source.url)
        except NotFetched:
            return None

    # ── dispatches ───────────────────────────────────────────────────────────────────────────────

    def keep(self, first: bool, document: Document) -> bool:
        """Add a dispatch and tell what it changes; False if the ledger has it. `first` is the first time that its feed
        is asked: what has no date there is no news."""
        self.stop.check()
        if self.ledger.holds(document, made_by()):
            self.ledger.sighted(document)
            return False
        id, state = dispatch_id(document), self.visits.state
        news = self.ledger.record(id) is None  # read again by newer rules it is none
        record = attempted(document)
        if news and id not in state.pending and not (first and record.document.published is None):
            state.pending.append(id)
            state.save()
        self.ledger.add(record)
        if id in state.pending:
            self.alert(id)
        return True

    def catch_up(self) -> None:
        """Work out the alerts of dispatches that were added when the last run or turn ended, and give what was not
        given."""
        state = self.visits.state
        try:
            state.pending = [id for id in state.pending if self.ledger.record(id) is not None]
            for id in list(state.pending):
                self.alert(id)
        except WrongLedger as trouble:
            self.tell("watch", str(trouble))
        self.giving.give()

    def alert(self, id: str) -> None:
        """What a pending dispatch changes, against the ledger without it and those that came behind it."""
        state = self.visits.state
        published, embargo = self.clocks(id)
        if self.rules and (published is None or published >= self.since[: len(published)]):
            self.giving.queue(self.wanted(id), embargo)
        state.pending.remove(id)
        state.save()
        self.giving.give()

    def wanted(self, id: str) -> list[Alert]:
        """The alerts that some rule asks for; a fault of ours costs those of this dispatch, and not the watch."""
        pending = self.visits.state.pending
        rest = [other for other in pending if other != id]
        before, after = Before(self.ledger, pending), Before(self.ledger, rest) if rest else View(self.ledger)
        try:
            found = alerts(before, after, id, {rule.on for rule in self.rules})
        except Exception as trouble:
            told = (
                f"its alerts could not be worked out ({type(trouble).__name__}: {trouble}); please report it"
            )
            self.tell(f"dispatch {id[:12]}", told)
            self.failed += 1
            return []
        return [alert for alert in found if any(rule.wants(alert) for rule in self.rules)]

    def clocks(self, id: str) -> tuple[str | None, str | None]:
        """When a dispatch was published, and until when it is under embargo."""
        d = dispatches.c
        with self.ledger.reading() as connection:
            row = connection.execute(select(d.published, d.embargo).where(d.id == id)).one()
        return row.published, row.embargo
