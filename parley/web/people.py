"""Who may do what: a file of names, roles and password hashes (argon2), and who is logged in.

A name may be a pseudonym: reviewers are people at risk. Passwords are kept as hashes alone, sessions as hashes of
their tokens and in memory alone; neither is ever printed.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from parley.errors import ParleyError

Role = Literal["reader", "reviewer", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST = 10  # characters of a password
HOURS = 12  # a session lasts


class WrongUser(ParleyError):
    """A name, role or password that cannot be: what is wrong, and what would do."""


@dataclass(frozen=True, slots=True)
class User:
    name: str
    role: Role
    hash: str

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in; `token` goes with every form that writes."""

    user: User
    token: str
    until: float


def users_file(given: Path | None = None) -> Path:
    """The file given, PARLEY_USERS, or users.json in the user's own folder of settings."""
    from platformdirs import user_config_path

    named = given or os.environ.get("PARLEY_USERS")
    return Path(named) if named else user_config_path("parley") / "users.json"


def load(path: Path) -> dict[str, User]:
    """The users in a file; read anew when it was changed."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return {}
    return dict(loaded(path, found.st_mtime_ns, found.st_size, found.st_ino))


@functools.lru_cache(maxsize=8)
def loaded(path: Path, *_: int) -> dict[str, User]:
    try:
        rows = json.loads(path.read_text("utf-8"))
        return {r["name"]: User(r["name"], r["role"], r["hash"]) for r in rows}
    except (ValueError, KeyError, TypeError) as trouble:
        raise WrongUser(f"{path}: no file of users; move it away and run `parley user add NAME`") from trouble


def named(path: Path, role: Role) -> tuple[str, ...]:
    """The names of those who may do what a role may."""
    return tuple(sorted(name for name, user in load(path).items() if user.may(role)))


def save(path: Path, users: dict[str, User]) -> None:
    """Whole or not at all, and closed to others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{"name": u.name, "role": u.role, "hash": u.hash} for u in users.values()]
    handle, made = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
    os.chmod(made, 0o600)
    os.replace(made, path)


def add(path: Path, name: str, role: str, password: str) -> User:
    """Put a user into the file, or change the one there. Raises WrongUser."""
    from argon2 import PasswordHasher

    known: Role | None = next((r for r in ROLES if r == role), None)
    if known is None:
        raise WrongUser(f"no role {role!r}; there are {', '.join(ROLES)}")
    if not name.strip() or len(name) > 80 or any(ord(c) < 32 for c in name):
        raise WrongUser("a name has 1 to 80 characters, and no line breaks")
    if len(password) < SHORTEST:
        raise WrongUser(f"a password has at least {SHORTEST} characters")
    user = User(name, known, PasswordHasher().hash(password))
    save(path, {**load(path), name: user})
    return user


def remove(path: Path, name: str) -> None:
    users = load(path)
    if users.pop(name, None) is None:
        raise WrongUser(f"{name}: no such user; `parley user list` names them")
    save(path, users)


class Doors:
    """Logging in and out, and who is in."""

    def __init__(self, path: Path) -> None:
        self.path, self.open = path, dict[str, Session]()

    def enter(self, name: str, password: str) -> str | None:
        """The secret of a new session; None where name and password do not belong together, which takes as long."""
        from argon2 import PasswordHasher
        from argon2.exceptions import VerificationError

        hasher, user, spare = PasswordHasher(), load(self.path).get(name), nobody()
        try:
            hasher.verify(user.hash if user else spare, password)
        except VerificationError:
            return None
        if user is None:
            return None
        secret, now = secrets.token_urlsafe(32), time.time()
        self.open = {key: held for key, held in self.open.items() if held.until > now}
        self.open[hashed(secret)] = Session(user, secrets.token_urlsafe(32), now + HOURS * 3600)
        return secret

    def session(self, secret: str | None) -> Session | None:
        """Who bears this secret; None where the session is over, or its user is gone or was given another role."""
        held = self.open.get(hashed(secret)) if secret else None
        if held is None or held.until < time.time() or load(self.path).get(held.user.name) != held.user:
            return None
        return held

    def leave(self, secret: str | None) -> None:
        if secret:
            self.open.pop(hashed(secret), None)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@functools.cache
def nobody() -> str:
    """The hash of a password that nobody has."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(secrets.token_urlsafe(32))
