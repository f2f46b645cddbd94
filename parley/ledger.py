"""Ledger: many dispatches as one record in time; what a user opens, adds to and asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from parley.link.lineage import link_dispatch
from parley.link.names import link_names
from parley.record import Record
from parley.show import brief as briefs
from parley.show.agreements import agreements
from parley.show.answer import Answer
from parley.show.audit import audit
from parley.show.conflicts import conflicts
from parley.show.diff import diff
from parley.show.documents import documents
from parley.show.figures import figures
from parley.show.known import Trust
from parley.show.log import log
from parley.show.map import places
from parley.show.meetings import meetings
from parley.show.parties import parties
from parley.show.positions import positions
from parley.show.queue import queue
from parley.show.search import search
from parley.show.sources import lineage, sources
from parley.show.timeline import timeline
from parley.show.view import View
from parley.show.who import who
from parley.store.additions import add_by_hand
from parley.store.ledger import Store
from parley.store.reviews import Verdict, review
from parley.store.rows import Rows

# Every question: the same function behind the command, the method, the page and the export.
QUESTIONS: dict[str, Callable[..., Answer[Any]]] = {
    "figures": figures,
    "audit": audit,
    "timeline": timeline,
    "meetings": meetings,
    "places": places,
    "positions": positions,
    "agreements": agreements,
    "sources": sources,
    "lineage": lineage,
    "conflicts": conflicts,
    "who": who,
    "diff": diff,
    "search": search,
    "documents": documents,
    "parties": parties,
    "log": log,
    "queue": queue,
}


def link(connection: Connection, made: Sequence[Rows]) -> None:
    """All that is judged when dispatches come in, in the transaction that brings them."""
    link_names(connection, [row for each in made for row in each["entities"]])
    for each in made:
        link_dispatch(connection, each)


class Ledger(Store):
    """A ledger, opened with `parley.open`. Rows are never changed.

    Each question is a method: `ledger.figures(status="held", as_of="2024-09-10")`; see QUESTIONS. All take
    `as_of` (ISO 8601 day or UTC minute: what was known then, by publication) and `trust` ("unrejected", "accepted" or
    "all" rows), and give an Answer: a sequence with `.to_frame()`, `.to_dicts()`, `.to_csv()`. They raise
    WrongQuestion for a day that is none or a name nobody bears.
    """

    def add_all(self, records: Iterable[Record], *_: Any, read_at: str | None = None) -> list[bool]:
        """Keep some records and link them, in one transaction; False for those that the ledger has already."""
        return super().add_all(records, link, read_at=read_at)

    def ask(
        self, question: str, *given: Any, as_of: str | None = None, trust: Trust = "unrejected", **asked: Any
    ) -> Answer[Any]:
        return QUESTIONS[question](View(self, as_of, trust), *given, **asked)

    def __getattr__(self, name: str) -> Callable[..., Answer[Any]]:
        if name in QUESTIONS:
            return partial(self.ask, name)
        raise AttributeError(f"a ledger has no {name!r}; it answers {', '.join(QUESTIONS)}")

    def brief(
        self,
        *,
        party: str | None = None,
        as_of: str | None = None,
        form: str = "markdown",
        trust: Trust = "unrejected",
    ) -> str:
        """One page, where the talks stand, of all or of one party; `form` is "markdown" or "html"."""
        view = View(self, as_of, trust, most=briefs.MOST)
        return briefs.html(view, party) if form == "html" else briefs.markdown(view, party)

    def review(
        self,
        target: str,
        verdict: Verdict,
        *,
        who: str,
        why: str = "",
        after: dict[str, Any] | None = None,
        seen: str | None = None,
    ) -> str:
        """Keep a verdict on a row: accept, reject, correct (with `after`), settle (`after={"verdict": "accept"}`), note,
        assign (`after={"to": name}`), undo; its id. With `seen`, the last review of the row that is known, it is kept
        only if no other came since."""
        return review(self, target, verdict, who=who, why=why, after=after, seen=seen)

    def add_by_hand(
        self, dispatch: str, layer: str, start: int, end: int, words: str, fields: dict[str, Any], *, who: str, why: str = ""
    ) -> str:  # fmt: skip
        """Keep a fact that a reviewer reads in a dispatch and the program did not; its id. `words` are its characters
        `start` to `end`, `fields` as `parley.store.additions.ASKED` has them. Undone like any other verdict."""
        return add_by_hand(self, dispatch, layer, start, end, words, fields, who=who, why=why)
