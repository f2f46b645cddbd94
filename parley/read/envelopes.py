"""What a format says of a dispatch → an Envelope: lines trimmed, numbers and dates that are some, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from parley.document import Envelope, WireKind
from parley.read.header import full_dates

LONGEST, MANY = 1_000, 100  # characters of a line, subjects and notes; a wire has less
TEXTS = ("headline", "byline", "slug", "language", "place", "provider", "link", "guid")
LISTS = ("subjects", "notes")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def envelope(form: str, **given: object) -> Envelope:
    """The envelope of format `form` from whatever its fields held; what is no such thing is left out."""
    texts = {name: line(given.get(name)) for name in TEXTS}
    texts["link"] = texts["link"] if URL.fullmatch(texts["link"] or "") else None
    return Envelope(
        form,
        **texts,  # type: ignore[arg-type]
        **{name: lines(given.get(name)) for name in LISTS},  # type: ignore[arg-type]
        version=whole_number(given.get("version"), 100_000),
        urgency=whole_number(given.get("urgency"), 9),
        embargo=stamp(given.get("embargo")),
        kind=kind_of(given.get("kind")),
    )


def line(given: object) -> str | None:
    """One line of readable characters, or None."""
    if not isinstance(given, str | int) or isinstance(given, bool):
        return None
    words = " ".join("".join(c if c.isprintable() else " " for c in str(given)[: 4 * LONGEST]).split())
    return words[:LONGEST] or None


def lines(given: object) -> tuple[str, ...]:
    found = [given] if isinstance(given, str) else list(given) if isinstance(given, Iterable) else []
    return tuple(dict.fromkeys(filter(None, map(line, found[: 4 * MANY]))))[:MANY]


def whole_number(given: object, most: int) -> int | None:
    words = (line(given) or "").removesuffix(".0")
    return (
        int(words)
        if words.isascii() and words.isdigit() and len(words) < 9 and 1 <= int(words) <= most
        else None
    )


def kind_of(given: object) -> WireKind | None:
    return next((kind for kind in get_args(WireKind) if kind == given), None)


def stamp(given: object) -> str | None:
    """A day or a moment in ISO 8601 from any way that wires, pages and mail write one; None where it is none.

    >>> stamp("20240904T180500+0200"), stamp("Wed, 04 Sep 2024 18:05:00 GMT"), stamp("4 September 2024"), stamp("soon")
    ('2024-09-04T18:05:00+02:00', '2024-09-04T18:05:00+00:00', '2024-09-04', None)
    """
    words = (line(given) or "")[:80]
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return mailed(words) or next(iter(full_dates(words)), None)
    if not 1000 <= found.year < 9999:  # or its moment in UTC may lie in no year at all
        return None
    return found.date().isoformat() if len(words) <= 10 else found.isoformat(timespec="seconds")


def mailed(words: str) -> str | None:
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(words)
        return found.isoformat(timespec="seconds") if 1000 <= found.year < 9999 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
