"""Headline, byline, dateline and paragraphs, which many formats keep apart → the text as a wire sends it.

headline

By Lena Marsh

TAMRIN, Sept 4 (VNA) - first paragraph

second paragraph

lm/ab
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parley.document import Envelope
from parley.read.header import dateline_at
from parley.read.parts import DESK

DASHED = re.compile(r"(?:[-–—:]|\.-)$")
BY = re.compile(r"by\s", re.IGNORECASE)


def composed(
    paragraphs: Iterable[str],
    *,
    headline: str | None = None,
    byline: str | None = None,
    dateline: str | None = None,
    agency: str | None = None,
) -> str:
    """The dispatch's text, a blank line between its paragraphs; "" where there is no paragraph.

    What the paragraphs say themselves is not said twice. Initials for a byline are the desk's, and stand at the end.
    """
    title, signed = one_line(headline), one_line(byline)
    body = [words for p in paragraphs if (words := one_line(p)) and not same(words, title)]
    if not body:
        return ""
    initials = bool(DESK.match(signed))
    if signed and not initials:
        signed = signed if BY.match(signed) else f"By {signed}"
        body = [words for words in body if not same(words, signed)]
    ends = [signed] if initials and body[-1] != signed else []
    above = [signed] if not initials else []
    return "\n\n".join(filter(None, [title, *above, *dated(body, one_line(dateline), agency), *ends])) + "\n"


def or_notes(text: str, told: Envelope) -> str:
    """The text of an item; a kill that has none says what its notes or slug say, and anything else without one ""."""
    if text or told.kind != "kill":
        return text
    return composed([*told.notes] or [told.slug or ""], headline=told.headline)


def one_line(words: str | None) -> str:
    return " ".join((words or "").split())


def same(one: str, other: str) -> bool:
    return one.casefold().rstrip(".") == other.casefold().rstrip(".")


def dated(body: list[str], line: str, agency: str | None) -> list[str]:
    """The dateline in front of the first paragraph, signed and with its dash, unless that has one of its own."""
    if not line or not body or body[0].startswith(line) or dateline_at(body[0], 0):
        return body
    if not DASHED.search(line):
        signed = line if ")" in line or not agency else f"{line} ({agency})"
        line = f"{signed} -"
    return [f"{line} {body[0].lstrip('-–— ')}", *body[1:]]
