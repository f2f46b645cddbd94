"""Where alerts go: a webhook that can check who sent it, an Atom feed in a file, a command of the desktop."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from parley.errors import NotFetched, NotGiven
from parley.feeds.addresses import Place, place_of
from parley.feeds.alerts import Alert
from parley.feeds.fetching import Manner, asked
from parley.feeds.state import written

# ── webhook ──────────────────────────────────────────────────────────────────────────────────────

TRIES, FIRST_WAIT_S = 3, 2.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes alerts as JSON. The secret is shared with who answers there, and shown to nobody."""

    url: str = field(repr=False)
    secret: bytes = field(repr=False)
    allow_private: bool = False


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal."""
    return hmac.new(secret, timestamp.encode("ascii") + b"." + body, hashlib.sha256).hexdigest()


def post(
    hook: Webhook, alert: Alert, at: str, desk: str, manner: Manner, sleep: Callable[[float], None]
) -> None:
    """Send an alert, a few times if need be. Raises NotGiven; the address may hold a secret too, and is told by its
    host alone."""
    body = json.dumps(alert.to_dict(desk) | {"at": at}, separators=(",", ":")).encode("ascii")
    place = place_of(hook.url)
    for tried in range(1, TRIES + 1):
        try:
            return sent(place, hook, alert.id, body, manner)
        except NotGiven as trouble:
            if not trouble.again or tried == TRIES:
                raise
            sleep(FIRST_WAIT_S * 2.0 ** (tried - 1))


def sent(place: Place, hook: Webhook, id: str, body: bytes, manner: Manner) -> None:
    timestamp = str(int(manner.now()))
    headers = {
        "Content-Type": "application/json",
        "Parley-Alert": id,
        "Parley-Timestamp": timestamp,
        "Parley-Signature": f"sha256={signature(hook.secret, timestamp, body)}",
    }
    until = time.monotonic() + manner.limits.seconds
    try:
        with asked(
            place, manner, until, headers, method="POST", body=body, allow_private=hook.allow_private
        ) as response:
            status = response.status
    except NotFetched as trouble:
        again = trouble.fault not in ("private", "address")
        raise NotGiven(f"webhook at {place.host}: {trouble}", again=again) from trouble
    if not 200 <= status < 300:
        again = status >= 500 or status in (408, 425, 429)
        raise NotGiven(f"webhook at {place.host}: answers HTTP {status}", again=again)


# ── Atom ─────────────────────────────────────────────────────────────────────────────────────────

ATOM = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class AtomFile:
    """A file that feed readers may be pointed at; it has the newest `most` alerts."""

    path: Path
    title: str = "Parley: alerts"
    most: int = 100


def write_feed(file: AtomFile, told: Sequence[tuple[Alert, str]], desk: str, started: str) -> None:
    """The alerts, each with the moment it was given (UTC), newest first. Raises WrongFeeds where that cannot be
    written."""
    newest = list(reversed(told))[: file.most]
    feed = Element("feed", {"xmlns": ATOM})
    say(feed, "id", named(f"feed {desk} {file.title}"))
    say(feed, "title", file.title)
    say(feed, "updated", f"{newest[0][1] if newest else started}Z")
    say(SubElement(feed, "author"), "name", "Parley")
    for alert, at in newest:
        entry_of(SubElement(feed, "entry"), alert, at, desk)
    written(file.path, tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n", mode=0o644)


def entry_of(entry: Element, alert: Alert, at: str, desk: str) -> None:
    say(entry, "id", named(alert.id))
    say(entry, "title", one_line(alert.words, 300))
    say(entry, "updated", f"{at}Z")
    SubElement(entry, "link", {"rel": "alternate", "href": alert.link(desk)})
    SubElement(entry, "category", {"term": alert.kind})
    said = (
        f"“{one_line(alert.quote, 1000)}” {alert.agency or 'agency not said'}, {alert.published or 'undated'}"
    )
    say(entry, "summary", said)


def say(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def named(words: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"parley {words}").urn


# ── command ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, to which a title and a line of text are added; no shell reads them. `hidden` are
    variables of the environment that it does not get."""

    run: tuple[str, ...]
    seconds: float = 10.0
    hidden: tuple[str, ...] = ()


def notify(command: Command, alert: Alert) -> None:
    """Run the command for an alert. Raises NotGiven where it is missing, fails, or takes too long."""
    words = [argument(f"Parley: {alert.kind}"), argument(alert.words)]
    environment = {name: value for name, value in os.environ.items() if name not in command.hidden}
    name = command.run[0]
    try:
        running = subprocess.Popen(
            [*command.run, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
        )  # fmt: skip
    except OSError as trouble:
        raise NotGiven(f"command {name}: {(trouble.strerror or 'error').lower()}", again=False) from trouble
    try:
        code = running.wait(command.seconds)
    except subprocess.TimeoutExpired as trouble:
        raise NotGiven(
            f"command {name}: took more than {command.seconds:g} seconds", again=False
        ) from trouble
    finally:
        end(running)
    if code:
        raise NotGiven(f"command {name}: ended with {code}", again=False)


def end(running: subprocess.Popen[bytes]) -> None:
    """The program and whatever it started."""
    if running.poll() is None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
        running.wait()


def argument(words: str) -> str:
    """Words that no program takes for an option: one printable line that does not begin with a hyphen.

    >>> argument("--help\\n me"), argument("")
    ('‐-help me', ' ')
    """
    line = one_line(words, 400)
    return f"\N{HYPHEN}{line[1:]}" if line.startswith("-") else line or " "


def one_line(words: str, most: int) -> str:
    """Printable characters only, spaces for all else, cut at `most`."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= most else line[: most - 1] + "…"
