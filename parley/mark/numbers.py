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
MONEY = ("$", "£", "€", "¥", "us$", "no.", "#", "nos.")
DASHES = ("-", "–", "--")


def numbers(marks: Marks) -> Marks:
    """Every whole number with what bounds it, but for those inside expressions of time."""
    timed = sorted(t.span for t in marks.times)
    found: list[Number] = []
    for sentence in marks.sentences:
        near = [s for s in timed if s.overlaps(sentence.span)]
        found.extend(n for n in in_tokens(sentence.tokens) if not any(s.overlaps(n.span) for s in near))
    return replace(marks, numbers=tuple(found))


def in_tokens(tokens: list[Token]) -> Iterator[Number]:
    at, before = 0, None
    for start in [n for n, token in enumerate(tokens) if begins(token.lower)]:
        if start < at:
            continue  # inside the number before
        at = start
        found = vague(tokens, at) or equal(tokens, at, before) or ranged(tokens, at) or single(tokens, at)
        if found:
            yield found
            before, at = found, found.last - tokens[0].i + 1
        else:
            at = value_at(tokens, at)[1] if value_at(tokens, at)[0] is not None else at + 1


def begins(word: str) -> bool:
    return word in first_words() or word[:1].isdigit()


@functools.cache
def first_words() -> frozenset[str]:
    """The words with which a number in words, or an expression for one, can begin."""
    phrases = [*vague_words(), *(w.split()[0] for w in table("numbers")["equal"]["words"])]
    return frozenset(phrases) | frozenset(cardinal()) | frozenset(scale()) | {"half"}


# ── the kinds of numbers ─────────────────────────────────────────────────────────────────────────


def vague(tokens: list[Token], at: int) -> Number | None:
    """ "dozens", "tens of thousands", "a number of", "at least several": no number, but a lower bound."""
    for words, low, high in vague_words().get(tokens[at].lower, ()):
        if [t.lower for t in tokens[at : at + len(words)]] == words:
            start, kind = bounded(tokens, at)
            end = at + len(words)
            return number(
                tokens, start if kind in ("above", "least") else at, end, Bounds(low, high), "vague"
            )
    return None


@functools.cache
def vague_words() -> dict[str, list[tuple[list[str], int, int | None]]]:
    """By the first of their words, the longest first."""
    listed = table("numbers")["vague"]
    pairs = table("numbers")["pair"]["words"]
    found = [(w.split(), n, None) for w, n in listed.items()] + [(w.split(), 2, 2) for w in pairs]
    index: dict[str, list[tuple[list[str], int, int | None]]] = {}
    for words, low, high in sorted(found, key=lambda p: -len(p[0])):
        index.setdefault(words[0], []).append((words, low, high))
    return index


def equal(tokens: list[Token], at: int, before: Number | None) -> Number | None:
    """ "4,000 soldiers and an equal number of rebels": as many as the number before."""
    words = [t.lower for t in tokens[at : at + 3]]
    if before is None or " ".join(words) not in table("numbers")["equal"]["words"]:
        return None
    return number(tokens, at, at + 3, before.bounds, "equal")


def ranged(tokens: list[Token], at: int) -> Number | None:
    """ "20 to 30", "between 20 and 30", "20-30"; "rose from 20 to 30" are two numbers."""
    low, end = value_at(tokens, at)
    if low is None or end >= len(tokens):
        return None
    between = at > 0 and tokens[at - 1].lower == "between"
    joint = tokens[end].lower
    if joint not in (("and", "to") if between else ("to", "or", *DASHES)):
        return None
    if not between and at > 0 and tokens[at - 1].lower == "from":
        return None
    high, last = value_at(tokens, end + 1)
    if high is None or high <= low or priced(tokens, at - between, last) or scored(tokens, joint, last):
        return None
    start, kind = (at - 1, None) if between else bounded(tokens, at)
    return number(tokens, start, last, Bounds(low, high, kind == "about"), "range")


def scored(tokens: list[Token], joint: str, end: int) -> bool:
    """ "lost 1-3": digits around a dash count people only where a noun follows."""
    return joint in DASHES and (end >= len(tokens) or tokens[end].tag[:1] not in ("N", "J"))


def single(tokens: list[Token], at: int) -> Number | None:
    value, end = value_at(tokens, at)
    if value is None or priced(tokens, at, end):
        return None
    start, kind = bounded(tokens, at)
    if behind := [w for w in after_words() if [t.lower for t in tokens[end : end + len(w[0])]] == w[0]]:
        return number(tokens, start, end + len(behind[0][0]), bounds(value, behind[0][1]), behind[0][1])
    return number(tokens, start, end, bounds(value, kind), kind or "cardinal")


@functools.cache
def after_words() -> list[tuple[list[str], str]]:
    return [(w.split(), kind) for kind, words in table("numbers")["after"].items() for w in words]


def number(tokens: list[Token], start: int, end: int, bounds: Bounds, rule: str) -> Number:
    span = Span(tokens[start].start, tokens[end - 1].end)
    return Number(span, bounds, tokens[start].i, tokens[end - 1].i, f"numbers.{rule}")


# ── the value ────────────────────────────────────────────────────────────────────────────────────


def value_at(tokens: list[Token], at: int) -> tuple[int | None, int]:
    """(value, index behind it) of the number in digits or words that begins here."""
    part, end = half(tokens, at)
    while end < len(tokens):
        word = tokens[end].lower
        if (plain := digits(word)) is not None and part is None and end == at:
            part = plain
            if spaced(tokens, at):
                part, end = part * 1000 + int(tokens[at + 2].text), end + 2
        elif word in cardinal() and fits(part, cardinal()[word]):
            part = (part or 0) + cardinal()[word]
        elif word in scale() and (part is not None or (a_before(tokens, end) and end == at)):
            part = round((part if part is not None else 1) * scale()[word], 3)
        elif word in ("-", "and") and part is not None and links(tokens, end, part):
            pass
        else:
            break
        end += 1
    if part is None:
        return None, at
    return (int(part), end) if part == int(part) else (None, end)


def spaced(tokens: list[Token], at: int) -> bool:
    """ "about 1, 300 people": a space that the wire let slip in."""
    near = tokens[at : at + 4]
    return (
        len(near) == 4
        and len(near[0].text) < 4
        and near[1].text == ","
        and near[1].start == near[0].end
        and re.fullmatch(r"\d{3}", near[2].text) is not None
        and near[3].tag in ("NNS", "NNPS")
    )


def half(tokens: list[Token], at: int) -> tuple[float | None, int]:
    """ "half a million"."""
    words = [t.lower for t in tokens[at : at + 3]]
    if words[:2] == ["half", "a"] and words[-1] in scale():
        return scale()[words[-1]] / 2, at + 3
    return None, at


def fits(part: float | None, more: int) -> bool:
    """ "twenty" takes "one", "two hundred" takes "fifty"; "five three" are two numbers."""
    if part is None:
        return True
    if part % 100 == 0 and part >= 100:
        return True
    return part % 10 == 0 and part % 100 >= 20 and more < 10


def links(tokens: list[Token], at: int, part: float) -> bool:
    """The hyphen of "twenty-one" and the "and" of "two hundred and fifty"."""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if following not in cardinal():
        return False
    if tokens[at].lower == "-":
        return 20 <= part % 100 <= 90 and part % 10 == 0 and cardinal()[following] < 10
    return tokens[at - 1].lower in ("hundred", "thousand")


def a_before(tokens: list[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].lower in ("a", "an")


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
    """Money, percentages, scores, ages and designations count nobody."""
    before = tokens[at - 1].lower if at else ""
    after = tokens[end].lower if end < len(tokens) else ""
    if before in MONEY or before in table("numbers")["units"]["before"]:
        return True
    if before in ("-", "/", ":", ".") and at > 1 and tokens[at - 2].end == tokens[at].start - 1:
        return True  # the second half of "AK-47", "2-1", "4:30"
    return after in ("%", "-", ":", "/", "percent") or after in units() or age(tokens, at, end)


def age(tokens: list[Token], at: int, end: int) -> bool:
    """ "Axel Doma, 22, was shot", "aged between 20 and 40"."""
    if any(t.lower in ("aged", "ages") for t in tokens[max(0, at - 4) : at]):
        return True
    named = at > 1 and tokens[at - 1].text == "," and tokens[at - 2].tag in ("NNP", "NNPS")
    closed = end >= len(tokens) or tokens[end].text in (",", ".", ";", ")")
    return named and closed and end == at + 1 and tokens[at].text.isdigit() and int(tokens[at].text) < 110


@functools.cache
def units() -> frozenset[str]:
    return frozenset(table("numbers")["units"]["words"])


# ── what bounds it ───────────────────────────────────────────────────────────────────────────────


def bounded(tokens: list[Token], at: int) -> tuple[int, str | None]:
    """(index where the bounding words begin, kind of bound) for the number that begins at `at`.

    "at least another 12": what says nothing of the bound may stand between.
    """
    first = at - 1 if at and tokens[at].lower in scale() and a_before(tokens, at) else at
    place = first
    while found := bound_before(tokens, place):
        place, kind = found
        if kind != "exact":
            outer = bound_before(tokens, place)
            if kind == "about" and outer and outer[1] in ("above", "least", "below", "most"):
                return outer
            return place, kind
    return first, None


def bound_before(tokens: list[Token], at: int) -> tuple[int, str] | None:
    for words, kind in bounding().get(tokens[at - 1].lower, ()) if at else ():
        start = at - len(words)
        if start >= 0 and [t.lower for t in tokens[start:at]] == words:
            return start, kind
    return None


@functools.cache
def bounding() -> dict[str, list[tuple[list[str], str]]]:
    """By the last of their words, the longest first."""
    listed = [(w.split(), kind) for kind, words in table("numbers")["bound"].items() for w in words]
    index: dict[str, list[tuple[list[str], str]]] = {}
    for words, kind in sorted(listed, key=lambda p: -len(p[0])):
        index.setdefault(words[-1], []).append((words, kind))
    return index


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
