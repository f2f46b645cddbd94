"""feeds.toml → what the watch is to do; everything wrong with it is told at once, each with its line and what would do.

`feeds.schema.json` has its shape, for editors too; what a schema cannot say is checked here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from parley.errors import NotFetched, WrongFeeds
from parley.feeds.addresses import place_of
from parley.feeds.alerts import Rule
from parley.feeds.fetching import Limits
from parley.feeds.outlets import AtomFile, Command, Webhook
from parley.feeds.taking import Source
from parley.feeds.visits import PAUSE_S

LEAST_S, LEAST_SECRET = 60, 16
DESK = "http://127.0.0.1:8700"
# The filters that an alert of each kind has a field for; all have an agency.
FILTERS = {
    "agreement": ("party", "kind", "state"),
    "figure": ("party", "authority", "status"),
    "position": ("party", "authority", "issue", "state"),
    "meeting": ("party", "state"),
    "correction": ("state",),
    "books": ("party",),
}
STATES = {
    "agreement": ("proposed", "under negotiation", "agreed", "in force", "extended", "completed", "collapsed", "rejected"),
    "meeting": ("planned", "held", "cancelled", "unconfirmed", "possible"),
    "correction": ("kill", "correction"),
}  # fmt: skip
At = tuple[str | int, ...]  # the way to a value: ("feed", 2, "every")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file of feeds asks for."""

    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    webhook: Webhook | None = None
    atom: AtomFile | None = None
    command: Command | None = None
    contact: str | None = None
    desk: str = DESK
    limits: Limits = field(default_factory=Limits)
    pause: float = PAUSE_S


def settings(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """What the file says. Raises WrongFeeds with a line for each thing that is wrong."""
    try:
        text = path.read_text("utf-8")
        told = tomllib.loads(text)
    except OSError as trouble:
        raise WrongFeeds(
            f"{path}: {(trouble.strerror or 'cannot be read').lower()}; check the path"
        ) from trouble
    except UnicodeDecodeError as trouble:
        raise WrongFeeds(f"{path}: not UTF-8, at byte {trouble.start}; save it as UTF-8") from trouble
    except tomllib.TOMLDecodeError as trouble:
        raise WrongFeeds(f"{path}: no TOML: {trouble}") from trouble
    wrong = [*misshapen(told)] or [*unfit(told, path, environment)]
    if wrong:
        raise WrongFeeds("\n".join(f"{path}{place(text, at)}: {what}" for at, what in wrong))
    return made(told, path, environment)


# ── the shape ────────────────────────────────────────────────────────────────────────────────────


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("parley.feeds").joinpath("feeds.schema.json").read_text("utf-8"))
    return found


def misshapen(told: dict[str, Any]) -> Iterator[tuple[At, str]]:
    errors = Draft202012Validator(schema()).iter_errors(told)
    for error in sorted(errors, key=lambda e: [str(step) for step in e.absolute_path]):
        yield from in_words(error)


def in_words(error: ValidationError) -> Iterator[tuple[At, str]]:
    at: At = tuple(error.absolute_path)
    asked: Any = error.validator_value
    value: Any = error.instance
    if error.validator == "additionalProperties":
        known = sorted(properties_at(at))
        for key in sorted(set(value) - set(known)):
            yield (*at, key), f"unknown key {shown(key)}; there are {', '.join(known)}"
    elif error.validator == "required":
        yield at, f"{', '.join(key for key in asked if key not in value)} is missing"
    elif error.validator == "pattern":
        yield at, PATTERNS.get(str(at[-1]), "is not written as it must be")
    else:
        words = WRONG.get(str(error.validator), "{given} is not right")
        yield at, words.format(given=shown(value), asked=wanted(asked))


def properties_at(at: At) -> dict[str, Any]:
    """The keys of the table at a place in the file, as the schema has them."""
    found = schema()
    for step in at:
        found = found["items"] if isinstance(step, int) else found["properties"][step]
    keys: dict[str, Any] = found["properties"]
    return keys


PATTERNS = {
    "contact": "has characters that no header may have; write plain ASCII",
    "desk": "no address of the web; write it like http://127.0.0.1:8700",
    "secret_env": "no name of an environment variable; the secret itself does not belong into this file",
}
WRONG = {
    "type": "{given} is no {asked}",
    "enum": "{given} is none of {asked}",
    "minimum": "{given} is less than {asked}",
    "exclusiveMinimum": "{given} must be more than {asked}",
    "maximum": "{given} is more than {asked}",
    "minLength": "is empty or too short",
    "maxLength": "is longer than {asked} characters",
    "minItems": "is empty; give at least {asked}",
}
KINDS_OF_VALUES = {"array": "list", "object": "table", "string": "text in quotes", "boolean": "true or false", "integer": "whole number"}  # fmt: skip


def wanted(asked: Any) -> str:
    if isinstance(asked, list):
        return ", ".join(map(str, asked))
    return KINDS_OF_VALUES.get(str(asked), str(asked))


def shown(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=True, default=str)
    return words if len(words) <= 60 else words[:59] + "…"


def place(text: str, at: At) -> str:
    """Where in the file a value stands, as far as that can be told: ", line 12, feed 2, every"."""
    steps = [str(step) for step in at if isinstance(step, str)]
    table, key = (*steps, "", "")[:2]
    number = next((step + 1 for step in at[:2] if isinstance(step, int)), None)
    line = line_of(text, table, number or 1, key)
    words = (f"line {line}" if line else "", f"{table} {number}" if number else table, key)
    return "".join(f", {word}" for word in words if word)


def line_of(text: str, table: str, number: int, key: str) -> int | None:
    """The line of a key in the table of that name and number, or of the table's head; None where it is written in
    another way."""
    head, seen, inside = None, 0, not key
    for n, line in enumerate(text.splitlines(), 1):
        if title := re.match(r"\s*\[\[?\s*([\w.]+)\s*\]\]?\s*(#.*)?$", line):
            seen += title[1] == table
            inside = title[1] == table and seen == number
            head = n if inside else head
        elif re.match(rf"\s*\"?{re.escape(key or table)}\"?\s*=", line) and (inside if key else seen == 0):
            return n
    return head


# ── what a schema cannot say ─────────────────────────────────────────────────────────────────────


def unfit(told: dict[str, Any], path: Path, environment: Mapping[str, str]) -> Iterator[tuple[At, str]]:
    urls: list[str] = []
    for n, feed in enumerate(told["feed"]):
        yield from unfit_feed(feed, ("feed", n), urls)
    for n, alert in enumerate(told.get("alert", ())):
        yield from unfit_alert(alert, ("alert", n))
    if hook := told.get("webhook"):
        yield from unfit_hook(hook, environment)
    if "atom" in told and not (path.parent / told["atom"]["file"]).parent.is_dir():
        yield ("atom", "file"), "its folder is missing; make it first"
    if "command" in told and shutil.which(told["command"]["run"][0]) is None:
        yield ("command", "run"), f"no program {shown(told['command']['run'][0])} is installed"


def unfit_feed(feed: dict[str, Any], at: At, urls: list[str]) -> Iterator[tuple[At, str]]:
    try:
        url = place_of(feed["url"]).url
    except NotFetched as trouble:
        yield (*at, "url"), str(trouble)
        return
    if url in urls:
        yield (*at, "url"), f"is the same as that of feed {urls.index(url) + 1}"
    urls.append(url)
    if feed.get("every", LEAST_S) < LEAST_S and not feed.get("allow_private"):
        yield (
            (*at, "every"),
            f"{feed['every']} seconds is too often; at least {LEAST_S}, but for a server of your own (allow_private)",
        )


def unfit_alert(alert: dict[str, Any], at: At) -> Iterator[tuple[At, str]]:
    on = alert["on"]
    known = ("agency", *FILTERS[on])
    for key in alert.keys() - {"on", *known}:
        yield (*at, key), f"an alert on {on} has no {key}; it may have {', '.join(sorted(known))}"
    states = STATES.get(on)
    if states and (strange := [s for s in alert.get("state", ()) if s not in states]):
        yield (*at, "state"), f"{shown(strange[0])} is none of {', '.join(states)}"


def unfit_hook(hook: dict[str, Any], environment: Mapping[str, str]) -> Iterator[tuple[At, str]]:
    try:
        place_of(hook["url"])
    except NotFetched as trouble:
        yield ("webhook", "url"), str(trouble)
    name = hook["secret_env"]
    if len(environment.get(name, "")) < LEAST_SECRET:
        yield (
            ("webhook", "secret_env"),
            f"the variable {name} has no secret of at least {LEAST_SECRET} characters; set it before you start",
        )


# ── what is made of it ───────────────────────────────────────────────────────────────────────────


def made(told: dict[str, Any], path: Path, environment: Mapping[str, str]) -> Settings:
    return Settings(
        sources=tuple(Source(**feed | {"url": place_of(feed["url"]).url}) for feed in told["feed"]),
        rules=tuple(map(rule_of, told.get("alert", ()))),
        webhook=webhook_of(told["webhook"], environment) if "webhook" in told else None,
        atom=atom_of(told["atom"], path) if "atom" in told else None,
        command=command_of(told) if "command" in told else None,
        contact=told.get("contact"),
        desk=told.get("desk", DESK).rstrip("/"),
        limits=limits_of(told.get("fetch", {})),
        pause=told.get("fetch", {}).get("pause", PAUSE_S),
    )


def webhook_of(hook: dict[str, Any], environment: Mapping[str, str]) -> Webhook:
    return Webhook(hook["url"], environment[hook["secret_env"]].encode(), hook.get("allow_private", False))


def atom_of(atom: dict[str, Any], path: Path) -> AtomFile:
    rest = {key: value for key, value in atom.items() if key != "file"}
    return AtomFile(path.parent / atom["file"], **rest)


def command_of(told: dict[str, Any]) -> Command:
    """It hears nothing of the webhook's secret."""
    hidden = tuple(filter(None, (told.get("webhook", {}).get("secret_env"),)))
    return Command(tuple(told["command"]["run"]), told["command"].get("seconds", 10.0), hidden)


def limits_of(fetch: dict[str, Any]) -> Limits:
    usual = Limits()
    most = int(fetch["megabytes"] * (1 << 20)) if "megabytes" in fetch else usual.bytes
    seconds = fetch.get("seconds", usual.seconds)
    return Limits(most, seconds, min(usual.silence, seconds))


def rule_of(alert: dict[str, Any]) -> Rule:
    given = {"form" if key == "kind" else key: value for key, value in alert.items()}
    return Rule(**given | {"state": tuple(alert.get("state", ()))})
