"""Hosts asked politely: as their robots.txt has it, one page at a time with a pause between, and less often while they
cannot answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from protego import Protego

from parley.errors import NotFetched
from parley.feeds.addresses import Place, place_of
from parley.feeds.fetching import Manner, Page, Version, fetched
from parley.feeds.state import State

NAME = "Parley"  # as robots.txt calls us
PAUSE_S, PATIENCE_S = 1.0, 30.0  # between two pages of a host; and how long a run waits for its turn
DAY_S = 86_400.0
FREE = (
    "missing",
    "gone",
    "refused",
    "redirects",
    "kind",
)  # a host without rules may be asked for anything (RFC 9309)


class Visits:
    """All that is asked of hosts in a run. `sleep` waits so many seconds, by the same clock as `manner.now`."""

    def __init__(
        self, state: State, manner: Manner, sleep: Callable[[float], None], *, pause: float = PAUSE_S
    ) -> None:
        self.state, self.manner, self.sleep, self.pause = state, manner, sleep, pause
        self.turns: dict[str, float] = {}  # origin → the moment before which it is left alone
        self.rules: dict[str, tuple[float, Protego]] = {}  # … and its robots.txt, with when it was read

    def page(self, url: str, known: Version | None = None, *, allow_private: bool = False) -> Page | None:
        """The page, when it is its host's turn; None where it is still the one that is `known`. Raises NotFetched."""

        def before(place: Place) -> None:
            self.permitted(place, allow_private)

        try:
            return fetched(url, self.manner, known, allow_private=allow_private, before=before)
        except NotFetched as trouble:
            if trouble.wait and trouble.fault == "busy":
                self.turns[place_of(url).origin] = self.manner.now() + trouble.wait
            raise

    # ── robots.txt ───────────────────────────────────────────────────────────────────────────────

    def permitted(self, place: Place, allow_private: bool) -> None:
        """Returns when the place may be asked. Raises NotFetched where it may not, or not soon."""
        rules = self.rules_of(place, allow_private)
        if not rules.can_fetch(place.url, NAME):
            raise NotFetched("robots", f"the robots.txt of {place.host} asks not to fetch it")
        self.wait_for(place, pause_of(rules, self.pause))

    def rules_of(self, place: Place, allow_private: bool) -> Protego:
        read_at, rules = self.rules.get(place.origin, (0.0, None))
        if rules is None or self.manner.now() - read_at > DAY_S:
            rules = Protego.parse(self.robots(place, allow_private))
            self.rules[place.origin] = self.manner.now(), rules
        return rules

    def robots(self, place: Place, allow_private: bool) -> str:
        """What the host's robots.txt says; nothing where it has none."""
        url = f"{place.origin}/robots.txt"
        try:
            page = fetched(
                url, self.manner, allow_private=allow_private, before=lambda p: self.wait_for(p, self.pause)
            )
        except NotFetched as trouble:
            if trouble.fault in FREE:
                return ""
            if trouble.fault in ("private", "address", "unreachable", "certificate", "later"):
                raise
            raise NotFetched(
                "later", f"the robots.txt of {place.host} cannot be read now: {trouble}", trouble.wait
            ) from trouble
        return page.body.decode("utf-8", "replace") if page else ""

    # ── whose turn it is ─────────────────────────────────────────────────────────────────────────

    def wait_for(self, place: Place, pause: float) -> None:
        wait = self.turns.get(place.origin, 0.0) - self.manner.now()
        if wait > PATIENCE_S:
            raise NotFetched("later", f"{place.host} asks to be left alone for {wait:,.0f} seconds", wait)
        if wait > 0:
            self.sleep(wait)
        self.turns[place.origin] = self.manner.now() + pause

    # ── what is remembered of an address ─────────────────────────────────────────────────────────

    def due(self, url: str) -> float:
        """The moment from which it may be asked again. Raises NotFetched where it is gone."""
        held = self.state.of(url)
        if held.gone:
            raise NotFetched("gone", f"gone since {held.gone}, and not asked for any more")
        return held.next

    def answered(self, url: str, version: Version | None, every: float) -> None:
        """It was read; `version` is None where not all of it was, so that all of it is asked for again."""
        held, now = self.state.of(url), self.manner.now()
        version = version or Version()
        held.etag, held.modified = version.etag, version.modified
        held.failures, held.next, held.polled = 0, now + every, stamp(now)

    def failed(self, url: str, trouble: NotFetched | None, every: float) -> None:
        """It could not be read: it is asked less often the more often that happens, and never again if it is gone."""
        held, now = self.state.of(url), self.manner.now()
        if trouble and trouble.fault == "gone":
            held.gone = held.gone or stamp(now)[:10]
        held.failures += 1
        asked = (trouble.wait if trouble else None) or 0.0
        held.next = now + max(asked, longer(url, every, held.failures))


def pause_of(rules: Protego, least: float) -> float:
    """Seconds between two pages, as a host wants them."""
    rate = rules.request_rate(NAME)
    return max(
        least, rules.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0
    )


def longer(url: str, every: float, failures: int) -> float:
    """The wait doubles with each failure up to a day; a tenth more or less, by the address, so that not all come back at
    once."""
    spread = int(hashlib.sha256(f"{url} {failures}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return min(every * 2.0 ** min(failures, 20), DAY_S) * (0.9 + 0.2 * spread)


def stamp(now: float) -> str:
    """The moment as the ledger writes moments: UTC, to the second."""
    return datetime.fromtimestamp(now, UTC).replace(tzinfo=None).isoformat(timespec="seconds")
