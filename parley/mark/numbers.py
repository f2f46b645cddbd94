"""Numbers in a sentence, as bounds: "at least 12" → 12.., "20 to 30" → 20..30, "dozens" → 24.."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from parley.document import Marks, Number, Token
from parley.lang import table
from parley.values import Bounds, Span

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


def numbers(marks: Marks) -> Marks:
    """Every whole number with what bounds it, but for those inside expressions of time."""
    timed = [t.span for t in marks.times]
    found: list[Number] = []
    for sentence in marks.sentences:
        found.extend(n for n in in_tokens(sentence.tokens) if not any(s.overlaps(n.span) for s in timed))
    return replace(marks, numbers=tuple(found))


def in_tokens(tokens: list[Token]) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        found = vague(tokens, at) or ranged(tokens, at) or single(tokens, at)
        if found:
            yield found
            at += found.last - tokens[at].i + 1
        else:
            at += 1


def single(tokens: list[Token], at: int) -> Number | None:
    value, end = value_at(tokens, at)
    if value is None or priced(tokens, at, end):
        return None
    start, kind = bounded(tokens, at)
    return number(tokens, start, end, bounds(value, kind), f"numbers.{kind or 'cardinal'}")


def ranged(tokens: list[Token], at: int) -> Number | None:
    """ "20 to 30", "between 20 and 30", "20-30"."""
    low, end = value_at(tokens, at)
    if low is None or end >= len(tokens) or priced(tokens, at, end):
        return None
    between = at > 0 and tokens[at - 1].lower == "between"
    if tokens[end].lower not in (("and", "to") if between else ("to", "or", "-", "–")):
        return None
    high, last = value_at(tokens, end + 1)
    if high is None or high <= low:
        return None
    start = at - 1 if between else bounded(tokens, at)[0]
    return number(tokens, start, last, Bounds(low, high), "numbers.range")


def vague(tokens: list[Token], at: int) -> Number | None:
    for words, low in vague_words():
        if [t.lower for t in tokens[at : at + len(words)]] == words:
            start, kind = bounded(tokens, at)
            kept = at if kind in ("exact", None) else start
            last = at + len(words) - (1 if words[-1] == "of" else 0)
            return number(tokens, kept, last, Bounds(low, None), "numbers.vague")
    return None


@functools.cache
def vague_words() -> list[tuple[list[str], int]]:
    listed = table("numbers")["vague"].items()
    return sorted(((w.split(), n) for w, n in listed), key=lambda p: -len(p[0]))


def number(tokens: list[Token], start: int, end: int, bounds: Bounds, rule: str) -> Number:
    span = Span(tokens[start].start, tokens[end - 1].end)
    return Number(span, bounds, tokens[start].i, tokens[end - 1].i, rule.replace("exact", "cardinal"))


def value_at(tokens: list[Token], at: int) -> tuple[int | None, int]:
    """(value, index behind it) of the number in digits or words that begins here."""
    total, part, end = 0, None, at
    while end < len(tokens):
        word = tokens[end].lower
        if (plain := digits(word)) is not None and part is None and end == at:
            part = plain
        elif word in cardinal() and (
            part is None or (part >= 20 and part % 10 == 0 and cardinal()[word] < 10)
        ):
            part = (part or 0) + cardinal()[word]
        elif word in scale() and (
            part is not None
            or (word in ("hundred", "thousand", "million", "dozen") and a_before(tokens, end))
        ):
            part = round((part if part is not None else 1) * scale()[word])
        elif (
            word == "-" and part is not None and end + 1 < len(tokens) and tokens[end + 1].lower in cardinal()
        ):
            pass
        else:
            break
        end += 1
    if part is None:
        return None, at
    value = total + part
    return (int(value), end) if value == int(value) else (None, end)


def a_before(tokens: list[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].lower in ("a", "an", "one")


def digits(word: str) -> float | None:
    return float(word.replace(",", "")) if DIGITS.fullmatch(word) else None


@functools.cache
def cardinal() -> dict[str, int]:
    small: dict[str, int] = table("numbers")["cardinal"]
    hyphened = {f"{a}-{b}": x + y for a, x in small.items() for b, y in small.items() if x >= 20 and y < 10}
    return small | hyphened


@functools.cache
def scale() -> dict[str, int]:
    known: dict[str, int] = table("numbers")["scale"]
    return known


def priced(tokens: list[Token], at: int, end: int) -> bool:
    """Money, percentages, scores and designations count nobody."""
    before = tokens[at - 1].text if at else ""
    after = tokens[end].lower if end < len(tokens) else ""
    return before in ("$", "£", "€", "No.", "#") or after in ("%", "percent", "-", ":") or after in units()


@functools.cache
def units() -> frozenset[str]:
    return frozenset(table("numbers")["units"]["words"])


def bounded(tokens: list[Token], at: int) -> tuple[int, str | None]:
    """(index where the bounding words begin, kind of bound) for the number that begins at `at`."""
    first = at - 1 if at and tokens[at].lower in scale() and a_before(tokens, at) else at
    for words, kind in bounding():
        start = first - len(words)
        if start >= 0 and [t.lower for t in tokens[start:first]] == words:
            return (first, None) if kind == "exact" else (start, kind)
    return first, None


@functools.cache
def bounding() -> list[tuple[list[str], str]]:
    listed = [(w.split(), kind) for kind, words in table("numbers")["bound"].items() for w in words]
    return sorted(listed, key=lambda p: -len(p[0]))


def bounds(value: int, kind: str | None) -> Bounds:
    if kind == "above":
        return Bounds(value + 1, None)
    if kind == "least":
        return Bounds(value, None)
    if kind == "below":
        return Bounds(None, value - 1)
    if kind == "most":
        return Bounds(None, value)
    return Bounds(value, value, approximate=kind == "about")
