"""Speech that a colon hands to its speaker: turns ("SOLON: We are close."), headings ("Police: Road closed"), "Said Solon: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.document import Marks, Token
from parley.find.claims.content import Frame, settle
from parley.find.claims.sources import words
from parley.values import Span

TURN = re.compile(r"[\"“]?(?P<who>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?P<cue>:) +(?=\S)")
HEADING = re.compile(
    r"(?P<who>[A-Z][\w.'’-]+(?: (?!(?:with|for|over|of|on|to|at|in|about) )[\w.'’-]+){0,3})"
    r"(?: (?:on|to|at|in|about) [^:\n]{2,40})?(?P<cue>:) +(?=\S)"
)
HEADLINE = 25  # words of a paragraph that may be one
SAID = re.compile(r"(?:(?<=[.!?”\"] )|(?<=\n))(?P<cue>[Ss]aid) (?P<who>[A-Z][\w.'’ -]{1,50}?): +(?=[“\"])")
LABELS = (
    "EDITOR",
    "EDITORS",
    "NOTE",
    "UPDATE",
    "CORRECTION",
    "PHOTO",
    "VIDEO",
    "AUDIO",
    "ATTENTION",
    "BY",
    "RE",
    "URGENT",
)


def turns(marks: Marks) -> Iterator[Frame]:
    """A frame each: the rest of the paragraph of a turn, the quotation behind "Said X:"."""
    for part in marks.document.parts:
        found = TURN.match(marks.text, part.span.start, part.span.end)
        if part.kind == "prose" and found and found["who"].split()[0] not in LABELS:
            yield frame(found, Span(found.end(), part.span.end), "claims.turn", marks)
        elif part.kind == "prose":
            yield from heading(part.span, marks)
    for found in SAID.finditer(marks.text):
        quote = next((q.span for q in marks.quotes if q.span.start == found.end()), None)
        if quote is not None:
            yield frame(found, quote, "claims.said_colon", marks)


def heading(part: Span, marks: Marks) -> Iterator[Frame]:
    """ "Police: Harbour closed until May", "Solon: “We are close.”": who speaks must be somebody, no place and no topic."""
    found = HEADING.match(marks.text, part.start, part.end)
    if found is None or not somebody(speaker(Span(*found.span("who")), marks), marks):
        return
    content = Span(found.end(), part.end)
    quote = next((q.span for q in marks.quotes if q.span.start == content.start), None)
    if quote is not None or 2 < len(content.of(marks.text).split()) <= HEADLINE:
        yield frame(found, content if quote is None else quote, "claims.heading", marks)


def somebody(token: Token, marks: Marks) -> bool:
    entity = marks.entity(token)
    if entity is not None:
        return entity.kind in ("person", "organization")
    kinds = ("unnamed", "body", "media", "document")
    return token.tag[:2] == "NN" and any(token.lower in words(kind) for kind in kinds)


def frame(found: re.Match[str], content: Span, rule: str, marks: Marks) -> Frame:
    return Frame(
        settle(content, marks),
        Span(*found.span("cue")),
        None,
        speaker(Span(*found.span("who")), marks),
        "say",
        rule,
    )


def speaker(span: Span, marks: Marks) -> Token:
    """The head of the name: its last word."""
    return marks.inside(span)[-1]
