"""A frame (content, cue, source) and where its content begins and ends in the text."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from parley.document import Marks, Token
from parley.lang import table
from parley.values import Span

STRIP = " \t\r\n,;:.–—-"
ASIDE = re.compile(
    r",? without (?:giving|providing|offering|elaborating|specifying|naming|saying)\b[^,.\"”]*"
)
OPENERS = ("that", "saying", "but", "and")


@dataclass(frozen=True, slots=True)
class Frame:
    """A content with its cue. `speaker` is the head of the source phrase; None: as the claim before."""

    content: Span
    cue: Span | None
    verb: Token | None
    speaker: Token | None
    act: str
    rule: str


def edges(tokens: list[Token]) -> Span:
    return Span(tokens[0].start, tokens[-1].end)


def settle(span: Span, marks: Marks) -> Span:
    """Without "that", commas and stops at its edges; a quotation cut by an edge is taken whole."""
    start, end = span.start, span.end
    words = marks.text[start:end]
    start += len(words) - len(words.lstrip(STRIP))
    for opener in OPENERS:
        words = marks.text[start:end]
        if words.lower().startswith((opener + " ", opener + ",")) and not words.startswith(
            "That"
        ):  # "That road is closed"
            start += len(opener) + 1
            start += len(marks.text[start:end]) - len(marks.text[start:end].lstrip(STRIP))
    for quote in marks.quotes:
        if quote.span.start < start < quote.span.end and start - quote.span.start < 3:
            start = quote.span.start
        if quote.span.start < end <= quote.span.end and quote.span.start > start - 1:
            end = quote.span.end
        if (
            quote.span.start < start < quote.span.end <= end + 2
            and quote.span.end - start > len(quote.span) // 2
        ):
            start = quote.span.start
    aside = ASIDE.search(marks.text, start, end)
    if aside and aside.end() == end:
        end = aside.start()
    return Span(start, start + len(marks.text[start:end].rstrip(STRIP)))


@functools.cache
def acts() -> dict[str, str]:
    return {lemma: act for act, lemmas in table("claims")["act"].items() for lemma in lemmas}


@functools.cache
def framed(name: str) -> frozenset[str]:
    return frozenset(table("claims")["frames"][name])


OWN = (
    "det",
    "amod",
    "compound",
    "nmod",
    "poss",
    "nummod",
    "predet",
    "quantmod",
    "prep",
    "case",
)  # a source's own words


def cluster(verb: Token, speaker: Token) -> Span:
    """The stretch from source to cue, which the content cannot hold."""
    before = [t for c in speaker.children if c.i < speaker.i and c.dep in OWN for t in c.subtree()]
    return Span(min(verb.start, speaker.start, *(t.start for t in before)), max(verb.end, speaker.end))


def left_edge(token: Token) -> Token:
    before = [t for c in token.children if c.i < token.i and c.dep != "punct" for t in c.subtree()]
    return min([token, *before], key=lambda t: t.i)
