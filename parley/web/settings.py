"""What a desk is set up with: who may come in, from where, and how much at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """`hosts` are the names that the desk answers to (DNS rebinding ends there); `closed` desks ask everybody to log in,
    also for reading; `users` is the file of names and password hashes."""

    ledger: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    closed: bool = False
    users: Path | None = None
    secure: bool = False  # cookies over https only: behind a proxy that speaks it
    name: str = "ledger"
    most_bytes: int = 10_000_000
    rates: dict[str, tuple[int, int]] = field(
        default_factory=lambda: {"read": (600, 10), "write": (120, 60), "login": (10, 60), "add": (20, 60)}
    )  # (requests, seconds) for one address
