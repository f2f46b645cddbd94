"""Politeness: robots.txt, pauses between pages, and less asked of hosts that cannot answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import NotFetched
from parley.feeds.fetching import Limits, Manner, Version
from parley.feeds.state import State, loaded, state_file
from parley.feeds.visits import DAY_S, Visits, longer

from .serving import Server, Time, hanging, redirect, status, text, versioned


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def visits(clock: Time) -> Visits:
    return Visits(State(), Manner(limits=Limits(10_000, 0.5, 0.3), now=clock.now), clock.sleep)


def ask(visits: Visits, server: Server, path: str) -> bytes:
    page = visits.page(server.address + path, allow_private=True)
    return page.body if page else b""


def refusal(visits: Visits, server: Server, path: str) -> NotFetched:
    with pytest.raises(NotFetched) as told:
        ask(visits, server, path)
    return told.value


ROBOTS = "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: Other\nDisallow: /\n"


def test_robots_txt_says_what_may_be_asked(server: Server, visits: Visits) -> None:
    server.pages |= {"/robots.txt": text(ROBOTS), "/feed": text("here"), "/private/a": text("there")}
    assert ask(visits, server, "/feed") == b"here"
    assert refusal(visits, server, "/private/a").fault == "robots"
    assert server.paths() == ["/robots.txt", "/feed"]  # asked once, and nothing that it forbids


@pytest.mark.parametrize("name", ["Parley", "parley"])
def test_robots_txt_may_name_us(server: Server, visits: Visits, name: str) -> None:
    server.pages |= {"/robots.txt": text(f"User-agent: {name}\nDisallow: /\n"), "/feed": text("here")}
    assert refusal(visits, server, "/feed").fault == "robots"


def test_where_a_redirect_leads_is_asked_of_robots_txt_too(server: Server, visits: Visits) -> None:
    server.pages |= {
        "/robots.txt": text(ROBOTS),
        "/feed": redirect("/private/a"),
        "/private/a": text("there"),
    }
    assert refusal(visits, server, "/feed").fault == "robots" and "/private/a" not in server.paths()


@pytest.mark.parametrize("code", [404, 410, 403])
def test_a_host_without_rules_may_be_asked(server: Server, visits: Visits, code: int) -> None:
    server.pages |= {"/robots.txt": status(code), "/feed": text("here")}
    assert ask(visits, server, "/feed") == b"here"


@pytest.mark.parametrize("serve", [status(503), status(429, Retry_After="40"), hanging])
def test_a_host_whose_rules_cannot_be_read_is_left_for_later(
    server: Server, visits: Visits, serve: object
) -> None:
    server.pages |= {"/robots.txt": serve, "/feed": text("here")}  # type: ignore[dict-item]
    told = refusal(visits, server, "/feed")
    assert told.fault == "later" and "robots.txt" in str(told) and "/feed" not in server.paths()


def test_between_two_pages_of_a_host_there_is_a_pause(server: Server, visits: Visits, clock: Time) -> None:
    server.pages |= {"/a": text("a"), "/b": text("b")}
    ask(visits, server, "/a")
    ask(visits, server, "/b")
    assert clock.slept == [1.0, 1.0]  # after robots.txt, and after the first page


@pytest.mark.parametrize(
    ("rule", "pause"), [("Crawl-delay: 7", 7.0), ("Request-rate: 1/20", 20.0), ("Crawl-delay: 0.2", 1.0)]
)
def test_a_host_may_ask_for_a_longer_pause(
    server: Server, visits: Visits, clock: Time, rule: str, pause: float
) -> None:
    server.pages |= {"/robots.txt": text(f"User-agent: *\n{rule}\n"), "/a": text("a"), "/b": text("b")}
    ask(visits, server, "/a")
    ask(visits, server, "/b")
    assert clock.slept == [1.0, pause]


def test_nobody_waits_long_for_a_turn(server: Server, visits: Visits, clock: Time) -> None:
    server.pages |= {
        "/robots.txt": text("User-agent: *\nCrawl-delay: 600\n"),
        "/a": text("a"),
        "/b": text("b"),
    }
    ask(visits, server, "/a")
    told = refusal(visits, server, "/b")
    assert told.fault == "later" and told.wait == 600 and sum(clock.slept) == 1
    clock.at += 600
    assert ask(visits, server, "/b") == b"b"


def test_a_host_that_asks_to_be_left_alone_is(server: Server, visits: Visits, clock: Time) -> None:
    server.pages |= {"/a": status(429, Retry_After="300"), "/b": text("b")}
    assert refusal(visits, server, "/a").wait == 300
    assert refusal(visits, server, "/b").fault == "later" and "/b" not in server.paths()
    clock.at += 301
    assert ask(visits, server, "/b") == b"b"


def test_what_fails_is_asked_less_often_and_what_is_gone_never(visits: Visits, clock: Time) -> None:
    waits = []
    for _ in range(4):
        visits.failed("http://news.example/", NotFetched("busy", "no"), 100.0)
        waits.append(visits.due("http://news.example/") - clock.at)
    assert [round(w / 100) for w in waits] == pytest.approx([2, 4, 8, 16], abs=2)
    visits.answered("http://news.example/", Version('"v1"'), 100.0)
    assert visits.due("http://news.example/") == clock.at + 100
    visits.failed("http://news.example/", NotFetched("gone", "gone"), 100.0)
    with pytest.raises(NotFetched, match="gone since 2024-09-10"):
        visits.due("http://news.example/")


def test_a_host_s_own_wait_is_kept_where_it_is_longer(visits: Visits, clock: Time) -> None:
    visits.failed("http://news.example/", NotFetched("busy", "no", 5_000.0), 100.0)
    assert visits.due("http://news.example/") == clock.at + 5_000


@settings(max_examples=50)
@given(st.text(max_size=40), st.floats(60, 604_800), st.integers(1, 10_000))
def test_a_wait_is_never_much_more_than_a_day(url: str, every: float, failures: int) -> None:
    assert 0 < longer(url, every, failures) <= 1.1 * DAY_S
    assert longer(url, every, failures) == longer(url, every, failures)


# ── what is remembered ───────────────────────────────────────────────────────────────────────────


def test_what_is_remembered_comes_back(tmp_path: Path, server: Server, clock: Time) -> None:
    path, url = tmp_path / "l.db.feeds.json", server.address + "/a"
    state = loaded(path)
    visits = Visits(state, Manner(now=clock.now), clock.sleep)
    visits.answered(url, Version('"v1"', "Tue, 10 Sep 2024 08:00:00 GMT"), 900.0)
    state.of(url).see("a")
    state.save()
    again = loaded(path)
    assert again == state and again.of(url).polled == "2024-09-10T20:26:40"
    assert path.stat().st_mode & 0o777 == 0o600 and [p.name for p in tmp_path.iterdir()] == [path.name]
    server.pages["/a"] = versioned("here", '"v1"')
    assert (
        Visits(again, Manner(now=clock.now), clock.sleep).page(url, again.of(url).version, allow_private=True)
        is None
    )


@pytest.mark.parametrize(
    "told",
    ["", "{", "[]", '{"schema": "other"}', '{"schema": "parley/feeds/1", "visited": {}, "strange": 1}'],
)
def test_a_file_of_something_else_is_told(tmp_path: Path, told: str) -> None:
    from parley.errors import WrongFeeds

    path = tmp_path / "l.db.feeds.json"
    path.write_text(told, "utf-8")
    with pytest.raises(WrongFeeds, match="no state of feeds"):
        loaded(path)
    assert path.read_text("utf-8") == told


def test_the_state_lies_beside_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parley.feeds.state.user_state_path", lambda *_, **__: tmp_path)
    assert state_file("talks.db") == Path("talks.db.feeds.json")
    elsewhere = state_file("postgresql+psycopg://me:***@host/talks")
    assert elsewhere.parent == tmp_path and elsewhere != state_file("postgresql+psycopg://me:***@host/other")


def test_what_is_remembered_has_an_end() -> None:
    state = State()
    for n in range(20_000):
        state.of("http://news.example/").see(str(n))
        state.give(str(n))
    assert len(state.of("http://news.example/").seen) == 1_000 and len(state.given) == 10_000
    assert "19999" in state.given and "19999" in state.of("http://news.example/").seen


def test_one_process_at_a_time_has_a_state(tmp_path: Path) -> None:
    from parley.errors import WrongFeeds
    from parley.feeds.state import alone

    with alone(tmp_path / "x"), pytest.raises(WrongFeeds, match="another"), alone(tmp_path / "x"):
        pass
    with alone(tmp_path / "x"):
        pass
