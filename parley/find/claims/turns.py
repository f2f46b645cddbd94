"""Speech that a colon hands to its speaker: the turns of a transcript ("SOLON: We are close.") and "Said Solon: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.document import Marks, Token
from parley.find.claims.content import Frame, settle
from parley.values import Span

TURN = re.compile(r"[\"“]?(?P<who>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?P<cue>:) +(?=\S)")
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
    for found in SAID.finditer(marks.text):
        quote = next((q.span for q in marks.quotes if q.span.start == found.end()), None)
        if quote is not None:
            yield frame(found, quote, "claims.said_colon", marks)


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
