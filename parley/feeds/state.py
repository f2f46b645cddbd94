"""What is remembered between two runs, in a small file beside the ledger: of each address its version, when to ask
again and what was seen there; which alerts were given."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

from parley.errors import WrongFeeds
from parley.feeds.fetching import Version

FORM = "parley/feeds/1"
MOST_SEEN, MOST_GIVEN = 1_000, 10_000  # of each feed, and in all; a feed shows far fewer at a time


@dataclass(slots=True)
class Visited:
    """An address: the version of its page, the moment (seconds since 1970) before which it is not asked, how often in a row it
    failed, since when it is gone, and the items whose pages were fetched, the newest last."""

    etag: str | None = None
    modified: str | None = None
    next: float = 0.0
    failures: int = 0
    gone: str | None = None
    polled: str | None = None
    seen: list[str] = field(default_factory=list)

    @property
    def version(self) -> Version:
        return Version(self.etag, self.modified)

    def see(self, key: str) -> None:
        self.seen = [*(k for k in self.seen if k != key), key][-MOST_SEEN:]


@dataclass(slots=True)
class State:
    """`started` is when the watch first began, "" before that; `pending` are dispatches on their way into the ledger, whose alerts are not worked
    out yet; `waiting` alerts that some outlet has not taken yet; `told` the last that were given, the newest last."""

    path: Path | None = None
    started: str = ""
    visited: dict[str, Visited] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    def of(self, url: str) -> Visited:
        return self.visited.setdefault(url, Visited())

    def give(self, id: str) -> None:
        self.given = [*self.given, id][-MOST_GIVEN:]

    def save(self) -> None:
        """Whole or not at all, readable by its owner alone."""
        if self.path is not None:
            plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("path", "visited")}
            visited = {url: slim(asdict(v)) for url, v in self.visited.items()}
            told = {"schema": FORM, **plain, "visited": visited}
            written(self.path, json.dumps(told, indent=1).encode("ascii"))


def slim(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if value}


def written(path: Path, data: bytes, mode: int = 0o600) -> None:
    """A file replaced in one step: who reads it has the old one or the new one."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except OSError as trouble:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise WrongFeeds(
            f"{path}: cannot be written ({(trouble.strerror or 'error').lower()}); check its folder"
        ) from trouble


def loaded(path: Path | None) -> State:
    """The state kept in a file, or a new one. Raises WrongFeeds for a file of something else."""
    if path is None or not path.exists():
        return State(path)
    try:
        told = json.loads(path.read_bytes())
        if told.pop("schema") != FORM:
            raise ValueError("of another version")
        visited = {url: Visited(**held) for url, held in told.pop("visited").items()}
        return State(path=path, visited=visited, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as trouble:
        raise WrongFeeds(
            f"{path}: no state of feeds ({trouble}); take it away to begin anew: feeds are asked for all they have, and"
            " nothing is added twice"
        ) from trouble


def state_file(ledger: str) -> Path:
    """Where the state of a ledger's feeds lies: beside its file, or, of a database elsewhere, with the user's own."""
    if "://" not in ledger:
        return Path(f"{ledger}.feeds.json")
    name = hashlib.sha256(ledger.encode()).hexdigest()[:16]
    return user_state_path("parley", appauthor=False, ensure_exists=True) / f"{name}.feeds.json"


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time has a state; raises WrongFeeds where another has it."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    lock = path.with_name(f"{path.name}.lock")
    try:
        file = open(os.open(lock, os.O_WRONLY | os.O_CREAT, 0o600), "wb")  # noqa: SIM115
    except OSError as trouble:
        raise WrongFeeds(f"{lock}: cannot be written ({(trouble.strerror or 'error').lower()})") from trouble
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as trouble:
            raise WrongFeeds(
                f"{path}: another `parley watch` or `parley fetch` has it; end that first"
            ) from trouble
        yield
