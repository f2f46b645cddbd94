"""What becomes of pages and feeds: dispatches that are new are kept, troubles told, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from parley.document import Document
from parley.feeds.fetching import Limits, Manner
from parley.feeds.state import State
from parley.feeds.taking import Source, Taken, take
from parley.feeds.visits import Visits

from .serving import (
    Serve,
    Server,
    Time,
    article,
    dispatch,
    feed,
    html,
    item,
    redirect,
    rss,
    status,
    text,
    versioned,
)


@dataclass
class Desk:
    """Whoever keeps dispatches, in memory: a text that came before is not new."""

    server: Server
    clock: Time = field(default_factory=Time)
    state: State = field(default_factory=State)
    kept: list[Document] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def keep(self, document: Document) -> bool:
        new = document.text not in [d.text for d in self.kept]
        if new:
            self.kept.append(document)
        return new

    def take(self, path: str, **asked: object) -> Taken:
        manner = Manner(limits=Limits(300_000, 1.0, 0.5), now=self.clock.now)
        visits = Visits(self.state, manner, self.clock.sleep)
        source = Source(self.server.address + path, allow_private=True, **asked)  # type: ignore[arg-type]
        return take(source, visits, self.keep, lambda where, what: self.told.append(f"{where}: {what}"))


@pytest.fixture
def desk(server: Server) -> Desk:
    return Desk(server)


def test_a_feed_with_full_texts_gives_them(desk: Desk) -> None:
    desk.server.pages["/feed"] = feed(item("0902-1"), item("0903-1"))
    assert desk.take("/feed") == Taken(added=2)
    assert [(d.agency, d.published) for d in desk.kept] == [("VNA", "2024-09-02"), ("VNA", "2024-09-03")]
    assert desk.take("/feed") == Taken(known=2) and not desk.told


@pytest.mark.parametrize("serve", [html("0902-1"), text(dispatch("0902-1"))])
def test_a_page_is_a_dispatch(desk: Desk, serve: Serve) -> None:
    desk.server.pages["/page"] = serve
    assert desk.take("/page") == Taken(added=1)
    (kept,) = desk.kept
    assert (kept.agency, kept.published, kept.source_id) == (
        "VNA",
        "2024-09-02",
        f"{desk.server.address}/page",
    )


def test_items_without_text_are_fetched_a_few_at_a_time_and_once(desk: Desk) -> None:
    names = ["0902-1", "0903-1", "0905-1"]
    address = desk.server.address
    desk.server.pages |= {f"/{name}": html(name) for name in names}
    desk.server.pages["/feed"] = text(
        rss(*(item(n, f"{address}/{n}", full=False) for n in names)), "text/xml", ETag='"v1"'
    )
    assert desk.take("/feed", links=2) == Taken(added=2, left=1)
    assert desk.take("/feed", links=2) == Taken(
        added=1, known=2
    )  # not all was read, so that all is asked for
    assert desk.take("/feed", links=2) == Taken(known=3)
    assert sorted(desk.server.paths().count(f"/{n}") for n in names) == [1, 1, 1]
    assert "if-none-match" not in desk.server.asked[-2][1]


def test_a_feed_that_has_not_changed_is_not_read_again(desk: Desk) -> None:
    desk.server.pages["/feed"] = versioned(rss(item("0902-1")), '"v1"', "application/rss+xml")
    assert desk.take("/feed") == Taken(added=1)
    assert desk.take("/feed") == Taken(unchanged=True) and desk.take("/feed") == Taken(unchanged=True)


def test_links_are_not_followed_where_that_is_not_wanted(desk: Desk) -> None:
    desk.server.pages["/feed"] = feed(item("0902-1", f"{desk.server.address}/a", full=False))
    assert desk.take("/feed", links=0) == Taken(failed=1) and "/a" not in desk.server.paths()


def test_a_link_that_fails_for_now_is_tried_again_and_one_that_is_gone_is_not(desk: Desk) -> None:
    address = desk.server.address
    desk.server.pages |= {"/gone": status(410), "/busy": status(503)}
    desk.server.pages["/feed"] = feed(
        item("0902-1", f"{address}/gone", full=False), item("0903-1", f"{address}/busy", full=False)
    )
    assert desk.take("/feed") == Taken(failed=2, left=1)
    desk.server.pages["/busy"] = html("0903-1")
    assert desk.take("/feed") == Taken(added=1, known=1)
    assert desk.server.paths().count("/gone") == 1


def test_a_link_to_an_inside_address_is_not_followed_from_outside(desk: Desk) -> None:
    """An address of a page that an item names is checked like any other."""
    desk.server.pages["/feed"] = feed(
        item("0902-1", "http://169.254.169.254/latest/", full=False), item("0903-1")
    )
    assert desk.take("/feed") == Taken(added=1, failed=1)
    assert "no place for pages" in desk.told[0]


Faulty = Callable[[Desk], None]


@pytest.mark.parametrize(
    ("serve", "words"),
    [
        (text("<rss version='2.0'><channel><title>x", "application/rss+xml"), "not whole"),
        (text("<!DOCTYPE x [<!ENTITY a 'b'>]><rss version='2.0'><channel/></rss>", "text/xml"), "entities"),
        (text(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4), "no text"),
        (text(""), "empty"),
        (text("x" * 300_001), "more than 300,000 bytes"),
        (text("GIF", "image/gif"), "image/gif"),
        (status(404), "check the address"),
        (status(410), "gone for good"),
        (redirect("/feed"), "in a circle"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_read_is_told_and_asked_less_often(
    desk: Desk, serve: Serve, words: str
) -> None:
    desk.server.pages["/feed"] = serve
    assert desk.take("/feed").failed == 1
    assert any(word in desk.told[0] for word in words.split("|")) and desk.server.address in desk.told[0]
    assert desk.state.of(f"{desk.server.address}/feed").failures == 1


def test_a_bad_item_is_told_and_the_rest_goes_on(desk: Desk) -> None:
    desk.server.pages["/feed"] = feed("<item><title>Nothing</title></item>", item("0902-1"))
    assert desk.take("/feed") == Taken(added=1, failed=1) and "item 1" in desk.told[0]


def test_a_feed_cut_off_gives_what_came_whole_and_is_told(desk: Desk) -> None:
    desk.server.pages["/feed"] = text(rss(item("0902-1"), item("0903-1"))[:-300], "application/rss+xml")
    done = desk.take("/feed")
    assert done.added >= 1 and done.failed >= 1 and "not whole" in desk.told[-1]
    assert desk.state.of(f"{desk.server.address}/feed").failures == 1


def test_of_many_troubles_the_first_are_told(desk: Desk) -> None:
    desk.server.pages["/feed"] = feed(*["<item><title>Nothing</title></item>"] * 500)
    assert desk.take("/feed") == Taken(failed=500)
    assert len(desk.told) == 21 and "480 more" in desk.told[-1]


def test_a_page_that_moved_is_told(desk: Desk) -> None:
    desk.server.pages |= {"/old": redirect("/new", 301), "/new": html("0902-1")}
    assert desk.take("/old") == Taken(added=1) and "moved for good" in desk.told[0]


def test_another_language_is_set_aside(desk: Desk) -> None:
    words = "Die Gespräche zwischen der Regierung und der Front haben am Dienstag begonnen, sagte ein Sprecher des Ministeriums. "
    desk.server.pages["/page"] = text(words * 3)
    assert desk.take("/page") == Taken(aside=1) and "Parley reads English" in desk.told[0]


def test_the_gate_lets_through_what_is_of_conflict_and_every_kill(desk: Desk) -> None:
    sport = "TAMRIN, Sept. 5, 2024 (VNA) — The Tamrin rowers won the regatta on Thursday by two lengths.\n"
    kill = "BC-Regatta,BULLETIN KILL\n\nEDITORS: Kill the story slugged BC-Regatta of Sept. 5.\n"
    desk.server.pages |= {"/sport": text(sport), "/war": html("0905-1"), "/kill": text(kill)}
    assert desk.take("/sport", gate=True) == Taken(aside=1) and desk.take("/sport") == Taken(added=1)
    assert desk.take("/war", gate=True) == Taken(added=1) and desk.take("/kill", gate=True) == Taken(added=1)


@pytest.mark.parametrize(
    ("words", "told"), [("Talks began. " * 7_000, None), ("Talks began. " * 16_000, "at most 200,000")]
)
def test_a_text_longer_than_any_dispatch_is_not_read(desk: Desk, words: str, told: str | None) -> None:
    desk.server.pages["/page"] = text(words)
    assert desk.take("/page") == (Taken(failed=1) if told else Taken(added=1))
    assert told is None or told in desk.told[0]


def test_a_day_holds_where_a_page_tells_none(desk: Desk) -> None:
    words = "Talks between the Varosian government and the Kelbarran Front began in Lisse, officials said.\n"
    desk.server.pages["/page"] = text(words)
    desk.take("/page", published="2024-09-05")
    assert desk.kept[0].published == "2024-09-05"


def test_the_story_on_pages_is_the_story_in_files(desk: Desk) -> None:
    """The same text either way, under the title of the page."""
    desk.server.pages["/page"] = html("0913-1")
    desk.take("/page")
    assert desk.kept[0].text.split()[1:] == dispatch("0913-1").split() and "<p>" in article("0913-1")
