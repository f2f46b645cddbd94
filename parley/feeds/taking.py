"""A page or feed → its dispatches, and what becomes of them: those that are new are kept, troubles are told."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parley import gate
from parley.document import Document
from parley.errors import NotFetched, ParleyError
from parley.feeds.fetching import Page
from parley.feeds.visits import Visits
from parley.read.found import Asked, BadInput, Found, Linked, SetAside
from parley.read.inputs import opened
from parley.read.language import set_aside
from parley.store.keys import digest

Tell = Callable[[str, str], None]  # where, what
Keep = Callable[[Document], bool]  # was it new?
MOST_TOLD = 20  # troubles of one source
LONGEST = 200_000  # characters of a dispatch
HALF = re.compile("[\ud800-\udfff\0]")
SOON = ("slow", "cut off", "busy", "later", "unreachable", "garbled", "certificate")  # may go another time


@dataclass(frozen=True, slots=True)
class Source:
    """An address that is asked: every so many seconds, with at most `links` pages of its items at a time. With `gate`
    only dispatches with a term of conflict or talks are kept. `published` holds where a dispatch tells no day."""

    url: str
    name: str | None = None
    every: float = 900.0
    links: int = 10
    gate: bool = False
    allow_private: bool = False
    published: str | None = None


@dataclass(slots=True)
class Taken:
    """What became of a source: dispatches added and known already, items that could not be read, those in another
    language or turned away by the gate, pages of items left for another time; `unchanged` where there was nothing new
    to read at all."""

    added: int = 0
    known: int = 0
    failed: int = 0
    aside: int = 0
    left: int = 0
    unchanged: bool = False


def take(source: Source, visits: Visits, keep: Keep, tell: Tell) -> Taken:
    """Ask a source, and keep what is new there. Troubles are told, each with its address, and the rest goes on."""
    return Taking(source, visits, keep, tell).all()


class Taking:
    """One source in hand."""

    def __init__(self, source: Source, visits: Visits, keep: Keep, tell: Tell) -> None:
        self.source, self.visits, self.keep, self.tell = source, visits, keep, tell
        self.held, self.done, self.followed = visits.state.of(source.url), Taken(), 0

    def all(self) -> Taken:
        self.ask()
        if (more := self.done.failed - MOST_TOLD) > 0:
            self.tell(self.source.url, f"and {more:,} more that could not be read")
        return self.done

    def ask(self) -> None:
        url, every = self.source.url, self.source.every
        try:
            page = self.visits.page(url, self.held.version, allow_private=self.source.allow_private)
            if page:
                self.items(page)
        except ParleyError as trouble:
            self.fail(url, str(trouble))
            self.visits.failed(url, trouble if isinstance(trouble, NotFetched) else None, every)
            return
        self.done.unchanged = page is None
        version = self.held.version if page is None else None if self.done.left else page.version
        self.visits.answered(url, version, every)

    def items(self, page: Page) -> None:
        if page.moved:
            self.tell(self.source.url, f"has moved for good to {page.moved}; write that address instead")
        for found in read(page, self.source.published):
            if isinstance(found, Linked):
                self.follow(found)
            else:
                self.take_in(found)

    def take_in(self, found: Found) -> None:
        if isinstance(found, Linked):
            self.fail(found.where, "is a link on a page that a link led to; it is not followed")
        elif isinstance(found, SetAside):
            self.done.aside += 1
            self.tell_once(found)
        elif isinstance(found, BadInput):
            self.fail(found.where, found.what)
        elif why := unfit(found):
            self.fail(found.source_id or self.source.url, why)
        elif self.source.gate and not gate.belongs(found):
            self.done.aside += 1
        elif self.keep(found):
            self.done.added += 1
        else:
            self.done.known += 1

    def follow(self, item: Linked) -> None:
        """The page of an item that has no text of its own: once, and a few at a time."""
        key = key_of(item)
        if key in self.held.seen:
            self.done.known += 1
            return
        if self.source.links <= 0:
            self.fail(item.where, item.what)
            return
        if self.followed >= self.source.links:
            self.done.left += 1
            return
        self.followed += 1
        if self.linked(item):
            self.held.see(key)

    def linked(self, item: Linked) -> bool:
        """Is the item done with?"""
        try:
            page = self.visits.page(item.url, allow_private=self.source.allow_private)
            for found in read(page, item.published or self.source.published) if page else ():
                self.take_in(found)
        except NotFetched as trouble:
            self.fail(item.url, str(trouble))
            self.done.left += trouble.fault in SOON
            return trouble.fault not in SOON
        except ParleyError as trouble:
            self.fail(item.url, str(trouble))
        return True

    def tell_once(self, item: SetAside) -> None:
        """A feed shows its items for days."""
        key = digest(item.where, item.what)
        if key not in self.held.seen:
            self.held.see(key)
            self.tell(item.where, item.what)

    def fail(self, where: str, what: str) -> None:
        self.done.failed += 1
        if self.done.failed <= MOST_TOLD:
            self.tell(where, what)


def read(page: Page, published: str | None) -> Iterator[Found]:
    """The dispatches of a page, known by its address."""
    for found in opened(io.BytesIO(page.body), Asked(page.url, page.url, published), None):
        yield set_aside(found, page.url) if isinstance(found, Document) else found


def unfit(document: Document) -> str | None:
    """Why a text is no dispatch that a ledger can keep; None where it is one."""
    if len(document.text) > LONGEST:
        return f"{len(document.text):,} characters; a dispatch from a feed has at most {LONGEST:,}"
    if HALF.search(document.text):
        return "holds half a character, or a NUL"
    return None


def key_of(item: Linked) -> str:
    """An item that is sent again with another day or headline is another."""
    return digest(item.url, item.published, item.envelope.headline, item.envelope.version)
