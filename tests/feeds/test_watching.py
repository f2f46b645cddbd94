"""The watch from feed to alert: on loopback, in one process, ended and begun again."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from parley.feeds.alerts import KINDS, Alert, Rule
from parley.feeds.fetching import Limits, Manner
from parley.feeds.giving import Giving
from parley.feeds.state import loaded
from parley.feeds.taking import Source, Taken, take
from parley.feeds.visits import Visits
from parley.feeds.watching import Stop, Stopped, Watch
from parley.ledger import Ledger

from .serving import STORY, Server, Time, dispatch, feed, html, item, raw, status, text

RULES = tuple(Rule(kind) for kind in KINDS)
EARLY = "2024-09-01"


class Ticking(Stop):
    """Pauses take no time; the clock moves on."""

    def __init__(self, clock: Time) -> None:
        super().__init__()
        self.clock, self.most = clock, 10**9

    def sleep(self, seconds: float) -> None:
        self.clock.sleep(seconds)
        self.most -= 1
        if self.most < 0:
            self.ask()
        self.check()


class Bench:
    """A watch over a feed server, with what it told."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder, self.clock = server, folder, Time()
        self.alerts: list[Alert] = []
        self.told: list[str] = []

    def watch(self, ledger: Ledger, *paths: str, since: str = EARLY) -> Watch:
        state = loaded(self.folder / "state.json")
        stop = Ticking(self.clock)
        manner = Manner(limits=Limits(200_000, 2.0, 1.0), now=self.clock.now)
        visits = Visits(state, manner, stop.sleep)
        giving = Giving(state, {"here": self.take}, self.tell, self.clock.now, "http://127.0.0.1:8700")
        sources = tuple(Source(self.server.address + path, every=600, allow_private=True) for path in paths)
        return Watch(ledger, sources, RULES, visits, giving, self.tell, stop, since)

    def take(self, alert: Alert, at: str) -> None:
        self.alerts.append(alert)

    def tell(self, where: str, what: str) -> None:
        self.told.append(f"{where}: {what}")

    def once(self, *paths: str, since: str = EARLY) -> None:
        with self.ledger() as ledger:
            self.watch(ledger, *paths, since=since).run(once=True)

    def ledger(self) -> Ledger:
        return Ledger.open(str(self.folder / "l.db"), make=True)

    @property
    def words(self) -> list[str]:
        return [alert.words for alert in self.alerts]


@pytest.fixture
def bench(server: Server, tmp_path: Path) -> Bench:
    return Bench(server, tmp_path)


TOLL = "Health Ministry says: 27 people dead, Lorn. Before: 31 people dead (2024-09-04)"


def test_what_comes_new_and_changes_something_is_told_once(bench: Bench) -> None:
    bench.server.pages["/feed"] = feed(item("0905-1"))
    bench.once("/feed")
    assert bench.words == []
    bench.server.pages["/feed"] = feed(item("0906-1"), item("0905-1"))
    bench.once("/feed")
    assert bench.words == [TOLL]
    bench.once("/feed")
    bench.server.pages["/feed"] = feed(item("0905-1"), item("0906-1"))
    bench.once("/feed")
    assert bench.words == [TOLL] and not bench.told
    with bench.ledger() as ledger:
        assert ledger.tally().dispatches == 2


def test_a_backlog_is_read_and_not_told(bench: Bench) -> None:
    """What was published before the first start is no news, unless it is asked for."""
    bench.server.pages["/feed"] = feed(item("0905-1"), item("0906-1"))
    bench.once("/feed", since="2024-09-10T20:00:00")
    with bench.ledger() as ledger:
        assert ledger.tally().dispatches == 2 and bench.words == []
    bench.server.pages["/feed"] = feed(item("0908-1"), item("0909-1"))
    bench.once("/feed", since="2024-09-09")
    assert len(bench.words) == 1 and "cancelled" in bench.words[0]


def test_one_feed_that_fails_does_not_keep_the_others(bench: Bench) -> None:
    cut = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss")
    bench.server.pages |= {
        "/busy": status(503),
        "/cut": cut,
        "/feed": feed(item("0905-1")),
        "/page": html("0906-1"),
    }
    bench.once("/busy", "/cut", "/gone", "/feed", "/page")
    assert bench.words == [TOLL] and len(bench.told) == 3
    assert all(bench.server.address in line for line in bench.told)


def test_feeds_are_asked_at_their_intervals_and_the_gone_no_more(bench: Bench) -> None:
    bench.server.pages |= {"/feed": feed(item("0905-1")), "/gone": status(410)}
    with bench.ledger() as ledger:
        watch = bench.watch(ledger, "/feed", "/gone")
        began, watch.stop.most = bench.clock.at, 12  # type: ignore[attr-defined]
        watch.run(once=False)
    asked = [path for path in bench.server.paths() if path != "/robots.txt"]
    assert asked.count("/gone") == 1 and 4 <= asked.count("/feed") <= (bench.clock.at - began) / 600 + 2


def test_a_watch_of_nothing_ends(bench: Bench) -> None:
    bench.server.pages["/gone"] = status(410)
    with bench.ledger() as ledger:
        bench.watch(ledger, "/gone").run(once=False)
    assert "nothing is left to ask" in bench.told[-1]


def test_alerts_of_a_run_that_was_killed_are_told_by_the_next(bench: Bench) -> None:
    """Killed behind the adding and before the telling: the dispatch stands in the state, and nowhere else."""
    bench.server.pages["/feed"] = feed(item("0905-1"), item("0906-1"))
    with bench.ledger() as ledger, pytest.MonkeyPatch.context() as patch:
        added: list[str] = []

        def killed(_: Watch, id: str) -> None:
            added.append(id)
            if len(added) == 2:
                raise KeyboardInterrupt

        patch.setattr(Watch, "alert", killed)
        with pytest.raises(KeyboardInterrupt):
            bench.watch(ledger, "/feed").run(once=True)
        assert ledger.tally().dispatches == 2
    assert bench.words == []
    bench.server.pages["/feed"] = feed()
    bench.once("/feed")
    assert bench.words == [TOLL]


def test_an_end_asked_for_comes_behind_the_dispatch_in_hand(bench: Bench) -> None:
    bench.server.pages["/feed"] = feed(item("0905-1"), item("0906-1"), item("0908-1"))
    with bench.ledger() as ledger:
        watch = bench.watch(ledger, "/feed")
        take: Callable[[Alert, str], None] = bench.take

        def stopping(alert: Alert, at: str) -> None:
            take(alert, at)
            watch.stop.ask()

        watch.giving.outlets = {"here": stopping}
        watch.run(once=False)
        assert ledger.tally().dispatches == 2 and bench.words == [TOLL]
    bench.once("/feed")
    with bench.ledger() as ledger:
        assert ledger.tally().dispatches == 3 and bench.words == [TOLL]


def test_what_others_add_or_read_again_is_no_news(bench: Bench) -> None:
    from ledger.conftest import story

    known = [r for r in story() if (r.document.source_id or "").startswith(("0905-1", "0906-1"))]
    with bench.ledger() as ledger:
        ledger.add_all(known)
    bench.server.pages["/page"] = html("0906-1")
    bench.once("/page")
    assert bench.words == []


def test_a_fault_of_ours_costs_the_alerts_of_one_dispatch(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from parley.feeds import watching

    def broken(*_: object) -> list[Alert]:
        raise ZeroDivisionError("a fault")

    bench.server.pages["/feed"] = feed(item("0905-1"))
    with monkeypatch.context() as patch:
        patch.setattr(watching, "alerts", broken)
        bench.once("/feed")
    assert "please report it" in bench.told[0]
    bench.server.pages["/feed"] = feed(item("0906-1"))
    bench.once("/feed")
    assert bench.words == [TOLL] and len(bench.told) == 1


def test_a_fault_of_ours_costs_one_feed_its_turn(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from parley.feeds import watching

    def broken(source: Source, *rest: Any) -> Taken:
        if source.url.endswith("/bad"):
            raise ZeroDivisionError("a fault")
        return take(source, *rest)

    monkeypatch.setattr(watching, "take", broken)
    bench.server.pages |= {"/bad": feed(item("0905-1")), "/feed": feed(item("0905-1"))}
    bench.once("/bad", "/feed")
    assert len(bench.told) == 1 and "please report it" in bench.told[0]
    with bench.ledger() as ledger:
        assert ledger.tally().dispatches == 1


def test_a_pause_ends_when_the_end_is_asked_for() -> None:
    stop = Stop()
    stop.sleep(0.01)
    threading.Timer(0.05, stop.ask).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        stop.sleep(30)
    assert time.monotonic() - began < 2


def test_what_is_under_embargo_is_told_when_that_ends(bench: Bench) -> None:
    toll = f"EMBARGOED until 1800 GMT 25 Sept 2024\n\n{dispatch('0906-1')}"
    bench.server.pages |= {"/a": text(dispatch("0905-1")), "/b": text(toll)}
    bench.once("/a", "/b")
    assert bench.words == []
    bench.clock.at += 30 * 86_400
    bench.once("/a", "/b")
    assert bench.words == [TOLL]


# ── the commands ─────────────────────────────────────────────────────────────────────────────────


def parley(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "parley", *args], cwd=folder, capture_output=True, text=True, timeout=120,
        env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.slow
def test_fetch_adds_pages_and_feeds_and_says_what_failed(server: Server, tmp_path: Path) -> None:
    server.pages |= {"/feed": feed(item("0905-1")), "/page": html("0906-1")}
    urls = [f"{server.address}{path}" for path in ("/feed", "/page", "/gone")]
    done = parley(
        tmp_path, "fetch", *urls, "--allow-private", "--ledger", "l.db", "--published", "2024-09-06"
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"{urls[0]}: 1 added, 0 there already" in done.stderr
    assert f"parley: {urls[2]}: there is no such page (HTTP 404); check the address" in done.stderr
    again = parley(tmp_path, "fetch", *urls[:2], "--allow-private", "--ledger", "l.db")
    assert again.returncode == 0 and "0 added, 1 there already" in again.stderr
    dry = parley(tmp_path, "fetch", urls[0], "--allow-private", "--again", "-n", "--ledger", "new.db")
    assert "1 would be added" in dry.stderr
    refused = parley(tmp_path, "fetch", urls[0], "file:///etc/passwd", "--ledger", "l.db")
    assert (
        refused.returncode == 1
        and "inside a network" in refused.stderr
        and "no address of the web" in refused.stderr
    )


TOML = """
desk = "http://127.0.0.1:8700"
fetch = {{ pause = 0 }}
[[feed]]
url = "{address}/feed"
every = 0.2
allow_private = true
[[alert]]
on = "figure"
[atom]
file = "alerts.atom"
[webhook]
url = "{address}/hook"
secret_env = "HOOK"
allow_private = true
"""


@pytest.fixture
def feeds(server: Server, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "feeds.toml"
    path.write_text(TOML.format(address=server.address), "utf-8")
    server.pages |= {"/feed": feed(item("0905-1")), "/hook": lambda handler: handler.send(200)}
    yield path


@pytest.mark.slow
def test_the_watch_runs_until_it_is_ended_and_ends_clean(server: Server, tmp_path: Path, feeds: Path) -> None:
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "parley",
        "watch",
        feeds.name,
        "--ledger",
        "l.db",
        "--json",
        "--since",
        EARLY,
    ]
    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"HOOK": "a" * 20}
    )  # fmt: skip
    timer = threading.Timer(100, running.kill)
    timer.start()
    try:
        wait_for(lambda: server.paths().count("/feed") > 1)
        server.pages["/feed"] = feed(item("0906-1"), item("0905-1"))
        wait_for(lambda: bool(server.bodies))
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=20)
    finally:
        timer.cancel()
        running.kill()
        running.wait()
    (line,) = out.splitlines()
    alert = json.loads(line)
    assert alert["words"] == TOLL and alert["link"].startswith("http://127.0.0.1:8700/documents/")
    assert json.loads(server.bodies[0]) == alert and running.returncode == 0 and "Traceback" not in err
    assert TOLL in (tmp_path / "alerts.atom").read_text("utf-8") and "a" * 20 not in err + out
    again = parley(
        tmp_path, "watch", feeds.name, "--ledger", "l.db", "--once", "--since", EARLY, HOOK="a" * 20
    )
    assert again.returncode == 0 and again.stdout == ""


@pytest.mark.slow
def test_a_watch_killed_at_any_moment_tells_the_same_in_the_end(
    server: Server, tmp_path: Path, feeds: Path
) -> None:
    """Four kills over the whole story; the feed of alerts is that of a run that nobody ended."""
    feeds.write_text(re.sub(r"\[webhook\].*", "", feeds.read_text("utf-8"), flags=re.DOTALL), "utf-8")
    server.pages["/feed"] = feed(*(item(f.name.removesuffix(".txt")) for f in sorted(STORY.glob("*.txt"))))
    args = ("watch", feeds.name, "--once", "--since", EARLY)
    assert parley(tmp_path, *args, "--ledger", "whole.db").returncode == 0
    whole = entries(tmp_path / "alerts.atom")
    assert len(whole) > 5
    (tmp_path / "alerts.atom").unlink()
    chance, caught = random.Random(7), []
    for _ in range(4):
        running = subprocess.Popen(
            [sys.executable, "-m", "parley", *args, "--ledger", "killed.db"], cwd=tmp_path,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wanted = held(tmp_path / "killed.db") + chance.randint(1, 6)
        wait_for(
            lambda running=running, wanted=wanted: (
                held(tmp_path / "killed.db") >= wanted or running.poll() is not None
            )
        )
        time.sleep(chance.uniform(0, 0.05))
        running.kill()
        running.wait()
        caught.append(held(tmp_path / "killed.db"))
    assert parley(tmp_path, *args, "--ledger", "killed.db").returncode == 0
    assert entries(tmp_path / "alerts.atom") == whole
    assert len({n for n in caught if 0 < n < held(tmp_path / "whole.db")}) > 1  # it was caught in the middle


def held(path: Path) -> int:
    """How many dispatches a ledger has, also while another process writes to it."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as ledger:
            return int(ledger.execute("SELECT count(*) FROM dispatches").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def entries(path: Path) -> list[tuple[str, str]]:
    """Of a feed of alerts: its entries' ids and titles, the oldest first."""
    return [(e.id, e.title) for e in reversed(feedparser.parse(path.read_bytes()).entries)]


def wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 90
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_check_says_whether_the_file_holds(
    tmp_path: Path, feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from parley.cli.main import app

    monkeypatch.setenv("HOOK", "a" * 20)
    held = CliRunner().invoke(app, ["watch", str(feeds), "--check"])
    assert held.exit_code == 0 and "1 feeds, 1 alerts\tholds" in held.stdout
    feeds.write_text("[[feed]]\n", "utf-8")
    wrong = CliRunner().invoke(app, ["watch", str(feeds), "--check"])
    assert wrong.exit_code == 4 and "line 1, feed 1: url is missing" in wrong.stderr
    assert CliRunner().invoke(app, ["watch", str(feeds)]).exit_code == 2


@pytest.mark.parametrize("contact", ["desk@news.example\r\nX-More: yes", "Zoë"])
def test_a_contact_is_plain_ascii(tmp_path: Path, contact: str) -> None:
    from parley.cli.feeds import agent
    from parley.errors import WrongQuestion

    assert agent("desk@news.example").endswith(" (desk@news.example)")
    with pytest.raises(WrongQuestion, match="plain ASCII"):
        agent(contact)
