"""feeds.toml: what it may say, and every way in which it may be wrong, told with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parley.errors import WrongFeeds
from parley.feeds.alerts import KINDS, Rule
from parley.feeds.fetching import Limits
from parley.feeds.settings import Settings, schema, settings
from parley.feeds.taking import Source

DOCS = Path(__file__).parents[2] / "docs"
FEED = '[[feed]]\nurl = "https://vna.example/feed"\n'
SECRET = {"PARLEY_HOOK_SECRET": "a secret of some length"}


def read(tmp_path: Path, text: str, environment: dict[str, str] | None = None) -> Settings:
    path = tmp_path / "feeds.toml"
    path.write_text(text, "utf-8")
    return settings(path, environment or {})


def test_one_feed_is_enough(tmp_path: Path) -> None:
    found = read(tmp_path, FEED)
    assert found == Settings((Source("https://vna.example/feed"),), ())
    assert found.sources[0].every == 900 and not found.sources[0].allow_private


def test_everything_that_may_be_said(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        contact = "desk@news.example"
        desk = "https://desk.example/"
        fetch = { megabytes = 2, seconds = 10, pause = 3 }
        [[feed]]
        url = "HTTPS://VNA.example"
        name = "VNA"
        every = 300
        links = 5
        gate = true
        [[feed]]
        url = "http://localhost:9000/feed"
        every = 1
        allow_private = true
        [[alert]]
        on = "figure"
        status = "held"
        party = "Kelbarran Front"
        [[alert]]
        on = "agreement"
        kind = "truce"
        state = ["agreed", "collapsed"]
        [webhook]
        url = "https://hooks.example/x"
        secret_env = "PARLEY_HOOK_SECRET"
        [atom]
        file = "alerts.atom"
        most = 20
        [command]
        run = ["echo", "-n"]
        """,
        SECRET,
    )
    assert found.sources[0] == Source("https://vna.example/", "VNA", 300, 5, True)
    assert found.sources[1].every == 1 and found.sources[1].allow_private
    assert found.rules[0] == Rule("figure", party="Kelbarran Front", status="held")
    assert found.rules[1] == Rule("agreement", form="truce", state=("agreed", "collapsed"))
    assert (
        found.webhook
        and found.webhook.secret == SECRET["PARLEY_HOOK_SECRET"].encode()
        and not found.webhook.allow_private
    )
    assert found.atom and (found.atom.path, found.atom.most) == (tmp_path / "alerts.atom", 20)
    assert (
        found.command
        and found.command.run == ("echo", "-n")
        and found.command.hidden == ("PARLEY_HOOK_SECRET",)
    )
    assert found.limits == Limits(2 << 20, 10, 10) and found.pause == 3
    assert (found.contact, found.desk) == ("desk@news.example", "https://desk.example")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "feed is missing"),
        ("feed = []\n", "line 1, feed: is empty; give at least 1"),
        ("[[feed]]\n", "line 1, feed 1: url is missing"),
        (f"{FEED}evry = 60\n", "line 3, feed 1, evry: unknown key \"evry\"; there are allow_private, every, gate, links, name, url"),
        (f"{FEED}\nspeed = 3\n", "line 4, feed 1, speed: unknown key"),
        (f"speed = 3\n{FEED}", "line 1, speed: unknown key \"speed\"; there are alert, atom, command, contact, desk, feed"),
        (f"{FEED}every = \"often\"\n", "line 3, feed 1, every: \"often\" is no number"),
        (f"{FEED}every = 5\n", "line 3, feed 1, every: 5 seconds is too often; at least 60"),
        (f"{FEED}every = -1\n", "line 3, feed 1, every: -1 must be more than 0"),
        (f"{FEED}links = 2.5\n", "line 3, feed 1, links: 2.5 is no whole number"),
        (f"{FEED}gate = 1\n", "line 3, feed 1, gate: 1 is no true or false"),
        (f"{FEED}{FEED}", "line 4, feed 2, url: is the same as that of feed 1"),
        ('[[feed]]\nurl = "file:///etc/passwd"\n', "line 2, feed 1, url: no address of the web"),
        ('[[feed]]\nurl = "https://me:pass@vna.example"\n', "line 2, feed 1, url: has a name or password"),
        (f"{FEED}[[alert]]\non = \"figures\"\n", "line 4, alert 1, on: \"figures\" is none of agreement, figure"),
        (f"{FEED}[[alert]]\nstatus = \"held\"\n", "line 3, alert 1: on is missing"),
        (f"{FEED}[[alert]]\non = \"meeting\"\nstatus = \"held\"\n", "line 5, alert 1, status: an alert on meeting has no status; it may have agency, party, state"),
        (f"{FEED}[[alert]]\non = \"meeting\"\nstate = [\"off\"]\n", "line 5, alert 1, state: \"off\" is none of planned, held"),
        (f"{FEED}[[alert]]\non = \"meeting\"\nstate = \"held\"\n", "line 5, alert 1, state: \"held\" is no list"),
        (f"{FEED}[webhook]\nurl = \"https://h.example\"\n", "line 3, webhook: secret_env is missing"),
        (f"{FEED}[webhook]\nurl = \"https://h.example\"\nsecret_env = \"HOOK\"\n", "line 5, webhook, secret_env: the variable HOOK has no secret of at least 16"),
        (f"{FEED}[webhook]\nurl = \"https://h.example\"\nsecret_env = \"s3cret-value!\"\n", "line 5, webhook, secret_env: no name of an environment variable"),
        (f"{FEED}[webhook]\nurl = \"nowhere\"\nsecret_env = \"HOOK\"\n", "line 4, webhook, url: no address of the web"),
        (f"{FEED}[atom]\nfile = \"no/such/folder/a.atom\"\n", "line 4, atom, file: its folder is missing"),
        (f"{FEED}[command]\nrun = \"notify-send\"\n", "line 4, command, run: \"notify-send\" is no list"),
        (f"{FEED}[command]\nrun = [\"no-such-program\"]\n", "line 4, command, run: no program \"no-such-program\" is installed"),
        (f"desk = \"here\"\n{FEED}", "line 1, desk: no address of the web"),
        (f"contact = \"Zoë\"\n{FEED}", "line 1, contact: has characters that no header may have"),
        ("feed = 3\n", "line 1, feed: 3 is no list"),
        ("[[feed]\n", "no TOML: .*line 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(WrongFeeds) as trouble:
        read(tmp_path, text)
    line = str(trouble.value).splitlines()[0]
    assert line.startswith(f"{tmp_path}/feeds.toml") and re.search(told.replace("[", r"\["), line), line
    assert "pass@" not in line and "s3cret" not in line


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongFeeds) as trouble:
        read(tmp_path, f'{FEED}every = 5\n[[feed]]\nurl = "nowhere"\n[[alert]]\non = "books"\nissue = "x"\n')
    assert len(str(trouble.value).splitlines()) == 3


@pytest.mark.parametrize(("data", "told"), [(None, "check the path"), (b"\xff\xfe", "not UTF-8")])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, data: bytes | None, told: str) -> None:
    path = tmp_path / "feeds.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(WrongFeeds, match=told):
        settings(path, {})


def test_the_schema_knows_every_kind_of_alert() -> None:
    assert tuple(schema()["properties"]["alert"]["items"]["properties"]["on"]["enum"]) == KINDS


def test_the_example_of_the_docs_holds(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / "feeds.md").read_text("utf-8"), re.DOTALL)
    found = read(tmp_path, example.replace('"notify-send"', '"echo"'), SECRET)
    assert len(found.sources) >= 2 and {rule.on for rule in found.rules} == set(KINDS)
    assert found.webhook and found.atom and found.command
