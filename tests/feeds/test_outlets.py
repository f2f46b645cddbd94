"""Where alerts go: signed, valid, harmless; and each once."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import NotGiven
from parley.feeds.alerts import Alert
from parley.feeds.fetching import Limits, Manner
from parley.feeds.giving import Giving
from parley.feeds.outlets import (
    AtomFile,
    Command,
    Webhook,
    argument,
    notify,
    one_line,
    post,
    write_feed,
)
from parley.feeds.state import State, loaded

from .serving import Serve, Server, Time, hanging, redirect, status, text

DESK, SECRET = "http://127.0.0.1:8700", b"a secret of some length"
ALERT = Alert(
    "abc123", "figure", "Varosian army says: 9 hostages held. Before: 11 hostages held (2024-09-19)", "11 hostages held (2024-09-19)",
    "9 hostages held", "d" * 24, 10, 14, "nine", "TORPRESS", "2024-09-28", authority="Varosian army", status="held",
)  # fmt: skip


# ── webhook ──────────────────────────────────────────────────────────────────────────────────────


def send(server: Server, clock: Time, *serves: Serve, private: bool = True) -> None:
    answers = iter(serves)
    server.pages["/hook"] = lambda handler: next(answers)(handler)
    manner = Manner(limits=Limits(1_000, 0.5, 0.3), now=clock.now)
    post(
        Webhook(f"{server.address}/hook", SECRET, private),
        ALERT,
        "2024-09-28T10:00:00",
        DESK,
        manner,
        clock.sleep,
    )


def test_a_webhook_gets_the_alert_and_can_check_who_sent_it(server: Server) -> None:
    clock = Time()
    send(server, clock, text("thanks"))
    ((_, headers),), (body,) = server.asked, server.bodies
    told = json.loads(body)
    assert told["words"] == ALERT.words and told["link"] == f"{DESK}/documents/{'d' * 24}?at=10-14#c10-14"
    signed = headers["parley-timestamp"].encode() + b"." + body
    assert headers["parley-signature"] == f"sha256={hmac.new(SECRET, signed, hashlib.sha256).hexdigest()}"
    assert (
        headers["parley-timestamp"] == str(int(clock.at))
        and headers["parley-alert"] == told["id"] == "abc123"
    )
    assert headers["content-type"] == "application/json"


def test_a_webhook_that_cannot_answer_is_tried_a_few_times(server: Server) -> None:
    clock = Time()
    send(server, clock, status(503), status(500), text("thanks"))
    assert clock.slept == [2.0, 4.0] and len(server.bodies) == 3
    assert len({headers["parley-alert"] for _, headers in server.asked}) == 1


@pytest.mark.parametrize(
    ("serves", "again", "tries"),
    [([status(503)] * 9, True, 3), ([hanging] * 9, True, 3), ([status(400)] * 9, False, 1), ([redirect("/other")] * 9, False, 1)],
)  # fmt: skip
def test_a_webhook_that_does_not_take_it_is_told(
    server: Server, serves: list[Serve], again: bool, tries: int
) -> None:
    with pytest.raises(NotGiven, match=r"webhook at 127\.0\.0\.1") as told:
        send(server, Time(), *serves)
    assert told.value.again is again and len(server.asked) == tries
    assert "secret" not in str(told.value) and "/hook" not in str(told.value)


def test_a_webhook_inside_a_network_is_not_asked_unless_that_is_allowed(server: Server) -> None:
    with pytest.raises(NotGiven, match="inside a network") as told:
        send(server, Time(), text("thanks"), private=False)
    assert not told.value.again and not server.asked


def test_a_webhook_s_secret_is_shown_nowhere() -> None:
    assert "secret" not in repr(Webhook("https://hooks.example/T0/secret", b"secret"))


# ── Atom ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_feed_is_atom_and_has_the_newest_first(tmp_path: Path) -> None:
    file = AtomFile(tmp_path / "alerts.atom", most=2)
    told = [
        (replace(ALERT, id=f"a{n}", words=f"VNA says: <{n}> & more"), f"2024-09-28T10:0{n}:00")
        for n in range(4)
    ]
    write_feed(file, told, DESK, "2024-09-01T00:00:00")
    read = feedparser.parse(file.path.read_bytes())
    assert not read.bozo and read.version == "atom10" and read.feed.updated == "2024-09-28T10:03:00Z"
    assert [e.title for e in read.entries] == [
        "VNA says: <3> & more",
        "VNA says: <2> & more",
    ]
    assert read.entries[0].link == ALERT.link(DESK) and read.entries[0].tags[0].term == "figure"
    assert read.entries[0].id.startswith("urn:uuid:") and read.entries[0].id != read.entries[1].id
    assert [p.name for p in tmp_path.iterdir()] == ["alerts.atom"]


def test_a_feed_without_alerts_is_a_feed(tmp_path: Path) -> None:
    file = AtomFile(tmp_path / "alerts.atom")
    write_feed(file, [], DESK, "2024-09-01T00:00:00")
    read = feedparser.parse(file.path.read_bytes())
    assert not read.bozo and read.feed.updated == "2024-09-01T00:00:00Z" and not read.entries


@given(words=st.text(), quote=st.text())
def test_whatever_a_dispatch_says_the_feed_is_xml(
    tmp_path_factory: pytest.TempPathFactory, words: str, quote: str
) -> None:
    file = AtomFile(tmp_path_factory.getbasetemp() / "any.atom")
    write_feed(file, [(replace(ALERT, words=words, quote=quote), "2024-09-28T10:00:00")], DESK, "2024")
    assert ET.parse(file.path).getroot().tag == "{http://www.w3.org/2005/Atom}feed"


# ── command ──────────────────────────────────────────────────────────────────────────────────────

WRITES = "import sys, os; open(sys.argv[1], 'w').write(repr((sys.argv[2:], os.environ.get('HOOK'))))"


def test_a_command_gets_title_and_text_as_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "the secret of the webhook")
    out = tmp_path / "out"
    hostile = replace(ALERT, words="--help; rm -rf ~ $(id) `id`\n\x1b[31m\u202e“so”")
    notify(Command((sys.executable, "-c", WRITES, str(out)), hidden=("HOOK",)), hostile)
    assert out.read_text("utf-8") == repr((["Parley: figure", "‐-help; rm -rf ~ $(id) `id` [31m “so”"], None))


@given(st.text())
def test_no_words_are_taken_for_an_option(words: str) -> None:
    made = argument(words)
    assert made and not made.startswith("-") and made.isprintable() and len(made) <= 400


@given(st.text(), st.integers(2, 50))
def test_one_line_is_one_line(words: str, most: int) -> None:
    line = one_line(words, most)
    assert len(line) <= most and line.isprintable() and line == line.strip()


@pytest.mark.parametrize(
    ("run", "words"),
    [((sys.executable, "-c", "raise SystemExit(3)"), "ended with 3"), (("/no/such/program",), "no such file"),
     ((sys.executable, "-c", "import time; time.sleep(30)"), "more than 0.5 seconds")],
)  # fmt: skip
def test_a_command_that_fails_is_told_and_not_waited_for(run: tuple[str, ...], words: str) -> None:
    began = time.monotonic()
    with pytest.raises(NotGiven, match=words) as told:
        notify(Command(run, seconds=0.5), ALERT)
    assert not told.value.again and time.monotonic() - began < 5


# ── each once ────────────────────────────────────────────────────────────────────────────────────


class Outlet:
    """Takes alerts, or does not."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.trouble: NotGiven | None = None

    def __call__(self, alert: Alert, at: str) -> None:
        if self.trouble:
            raise self.trouble
        self.taken.append(alert.id)


Giver = Callable[..., Giving]


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def giver(tmp_path: Path, clock: Time) -> Giver:
    def make(*outlets: Outlet, told: list[str] | None = None) -> Giving:
        state = loaded(tmp_path / "state.json")
        state.started = "2024-09-01T00:00:00"
        names = {f"outlet {n}": outlet for n, outlet in enumerate(outlets)}
        troubles = told if told is not None else []
        return Giving(
            state,
            names,
            lambda where, what: troubles.append(what),
            clock.now,
            DESK,
            AtomFile(tmp_path / "a.atom"),
        )

    return make


def test_an_alert_is_given_once_to_each(giver: Giver) -> None:
    one, two = Outlet(), Outlet()
    giving = giver(one, two)
    for _ in range(2):
        giving.queue([ALERT])
        giving.give()
    again = giver(one, two)  # after a restart
    again.queue([ALERT])
    again.give()
    assert one.taken == two.taken == ["abc123"]


def test_what_one_outlet_does_not_take_is_tried_again_and_the_others_hear_it_once(
    giver: Giver, clock: Time
) -> None:
    one, two, told = Outlet(), Outlet(), list[str]()
    two.trouble = NotGiven("busy", again=True)
    giving = giver(one, two, told=told)
    giving.queue([ALERT])
    giving.give()
    giving.give()  # too soon
    assert one.taken == ["abc123"] and told == ["busy; it is tried again"]
    two.trouble, clock.at = None, clock.at + 3_600
    again = giver(one, two)  # a restart in between
    again.give()
    assert one.taken == two.taken == ["abc123"] and not again.state.waiting


def test_after_three_days_it_is_not_tried_any_more(giver: Giver, clock: Time) -> None:
    one, told = Outlet(), list[str]()
    one.trouble = NotGiven("busy", again=True)
    giving = giver(one, told=told)
    giving.queue([ALERT])
    for _ in range(40):
        giving.give()
        clock.at += 4 * 3_600
    assert told[-1] == "busy; it is not tried again" and not giving.state.waiting
    assert giving.next() is None


def test_an_outlet_that_is_named_no_more_is_waited_for_no_more(giver: Giver, clock: Time) -> None:
    one = Outlet()
    one.trouble = NotGiven("busy", again=True)
    giving = giver(one)
    giving.queue([ALERT])
    giving.give()
    clock.at += 3_600
    again = giver()
    again.give()
    assert not again.state.waiting


def test_what_is_under_embargo_is_given_when_that_ends(giver: Giver, clock: Time, tmp_path: Path) -> None:
    one = Outlet()
    giving = giver(one)
    giving.queue([ALERT], "2024-09-10T22:00:00")
    giving.give()
    assert not one.taken and b"<entry>" not in (tmp_path / "a.atom").read_bytes()
    clock.at += 2 * 3_600
    giving.give()
    assert one.taken == ["abc123"] and b"<entry>" in (tmp_path / "a.atom").read_bytes()


def test_a_feed_that_cannot_be_written_is_told_and_written_later(tmp_path: Path, clock: Time) -> None:
    told: list[str] = []
    file = AtomFile(tmp_path / "missing" / "a.atom")
    giving = Giving(State(), {}, lambda where, what: told.append(what), clock.now, DESK, file)
    giving.give()
    assert "cannot be written" in told[0]
    file.path.parent.mkdir()
    giving.give()
    assert file.path.exists() and len(told) == 1
