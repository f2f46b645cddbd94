"""Before the parser: does a dispatch belong to the subject at all? In goes its text, out come the terms that say so.

The terms are the triggers of the rules themselves, in all their forms, without those that are as common in sport or on
the markets (lang/en/gate.toml). Where none of them stands, no rule about conflict or talks finds anything worth the
parser's time. What it costs and what it loses: docs/performance.md.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from parley.document import Document
from parley.lang import table
from parley.read.wire import wire
from parley.values import Span

WORD = re.compile(r"[A-Za-z]+")
VOWELS = "aeiou"


def passes(text: str) -> bool:
    """Whether any term stands in the text, in whatever case."""
    return not terms().isdisjoint(map(str.lower, WORD.findall(text)))


def belongs(document: Document) -> bool:
    """Whether a dispatch is to be read. A kill or correction may say little of what it is about, and always is."""
    if passes(document.text):
        return True
    sent = document.envelope.kind if document.envelope else None
    return not {sent, wire(document.text).kind}.isdisjoint(("kill", "correction"))


def terms_in(text: str) -> Iterator[Span]:
    """The terms as they stand in the text, in order: why it passes. None: why it is set aside."""
    return (Span(*word.span()) for word in WORD.finditer(text) if word[0].lower() in terms())


@functools.cache
def terms() -> frozenset[str]:
    """Every form of every trigger that tells of conflict or talks, in lower case."""
    given = table("gate")
    common = frozenset(given["common"]["words"])
    irregular: dict[str, list[str]] = given["irregular"]
    kept = {part for word in triggers() if (part := longest(word)) not in common}
    return frozenset(f for word in kept for f in (*forms(word), *irregular.get(word, ())) if f not in common)


def triggers() -> Iterator[str]:
    """What the rules look for first. A verb that needs an object ("hold talks") is known by that object."""
    for rule in table("events")["rule"]:
        yield from telling(rule)
    for rule in table("counts")["rule"]:
        yield from rule.get("near") or rule["words"]
    for words in table("positions")["issue"].values():
        yield from words
    yield from table("positions")["groups"]["words"]
    for words in table("agreements")["kind"].values():
        yield from words
    yield from table("relevance")["words"]["conflict"]


def telling(rule: dict[str, Any]) -> Iterable[str]:
    given = rule.get("objects", []) + rule.get("nouns", [])
    named = [word for word in given if not word.startswith("*")]
    return named or [word for word in rule.get("verbs", []) if not word.startswith("*")]


def longest(word: str) -> str:
    """A word without hyphens: the text is looked at between them."""
    return max(word.lower().split("-"), key=len)


def forms(word: str) -> Iterator[str]:
    """The regular forms of a word, as noun and as verb; some are no words, and stand in no text.

    >>> sorted(forms("raid")), sorted(forms("deny"))
    (['raid', 'raided', 'raiding', 'raids'], ['denied', 'denies', 'deny', 'denying'])
    """
    yield word
    if word.endswith("e"):
        yield from (word + "s", word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2:-1] not in VOWELS:
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
    else:
        yield word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
        yield from (word + "ed", word + "ing")
    if len(word) > 2 and word[-1] not in VOWELS + "wxy" and word[-2] in VOWELS and word[-3] not in VOWELS:
        yield from (word + word[-1] + "ed", word + word[-1] + "ing")
