"""The body of a dispatch as parts: prose paragraphs, captions with credits, the desk's notes and sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parley.document import Caption, Part, PartKind
from parley.read.header import agencies
from parley.values import Span

BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")
LINE = re.compile(r"[^\n]+")
LONG_LINE = 130  # hard-wrapped copy is narrower; a longer line is a paragraph of its own
LONGEST = 5_000
NO_WORD = re.compile(r"\S{400}")  # encoded data, not prose
STOP = re.compile(r"[.!?][\"'”’)]*\s+")

CREDIT = re.compile(
    r"(?:(?<=[.!?\"”)])\s+|^)(?P<credit>\(?(?:[A-Z]{2,}|Reuters)(?: Photo)?(?:\s*/\s*[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3})+\)?|"
    r"\((?:Photo|Foto|Image|Picture)(?: by|:)[^()]{2,60}\)|(?:Photo|Image|Picture)(?: by|:) [^\n.]{2,60})\.?$"
)
DESK = re.compile(r"^[a-z]{2,4}(?:[-/][a-z]{2,5})+$|^/[A-Za-z]+/$")
END = re.compile(r"^(?:\(?(?:END|ENDS|MORE|End|Ends)\)?|-?-?30-?-?|#+)(?:\s.{0,60})?$")
NOTE = re.compile(
    r"^(?:Eds:|EDS:|\(?Eds[ :]|Editor['’]s note|CORRECTION\b|Correction:|\(?(?:\d+(?:st|nd|rd|th) )?(?:LEAD|Lead)? ?[Ww]ritethru|"
    r"WRITETHRU|ATTENTION|URGENT\b|BULLETIN\b|FLASH\b|\*+$|-{2,}.{0,40}-{2,}$|[A-Z]{2}[-/][A-Za-z-]+$)"
)
BYLINE = re.compile(r"^(?:By|BY|by) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:,.{0,60})?$")
SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Body:
    parts: tuple[Part, ...]
    captions: tuple[Caption, ...]
    credits: tuple[str, ...]
    unread: tuple[Span, ...] = ()  # stretches that are no words of any language


def body(text: str, start: int) -> Body:
    """Everything from `start` on, cut into parts; credits are those of agency and desk."""
    parts: list[Part] = []
    captions: list[Caption] = []
    credits: list[str] = []
    unread: list[Span] = []
    spans = list(paragraphs(text, start))
    for index, span in enumerate(spans):
        words = span.of(text)
        if found := caption(words, span):
            captions.append(found[0])
            parts.append(Part(found[1], "caption"))
        elif DESK.match(words) or END.match(words):
            credits.append(words)
        elif kind := note(words):
            parts.append(Part(span, "note")) if kind == "note" else credits.append(words)
        else:
            prose, credit = without_credit(span, text, last=index >= len(spans) - 3)
            credits.extend(credit)
            kept: PartKind = "headline" if headline(index, spans, text) else "prose"
            for piece in pieces(prose, text):
                readable = NO_WORD.search(text, piece.start, piece.end) is None
                parts.append(Part(piece, kept)) if readable else unread.append(piece)
    return Body(tuple(p for p in parts if p.kind != "note"), tuple(captions), tuple(credits), tuple(unread))


def paragraphs(text: str, start: int) -> Iterator[Span]:
    for block in BLOCK.finditer(text, start):
        lines = [Span(*m.span()) for m in LINE.finditer(text, block.start(), block.end())]
        for group in grouped(lines, text):
            yield trimmed(group, text)


def grouped(lines: list[Span], text: str) -> Iterator[Span]:
    """Hard-wrapped lines are joined; a long line, or an indented one, begins a paragraph."""
    current: Span | None = None
    single = True  # line so far
    for line in lines:
        words = line.of(text)
        alone = len(words) > LONG_LINE or words[:2].isspace() or words[:1] == "\t"
        if current is None or alone or (len(current) > LONG_LINE and single):
            if current is not None and current.of(text).strip():
                yield current
            current, single = line, True
        else:
            current, single = current.to(line), False
    if current is not None and current.of(text).strip():
        yield current


def trimmed(span: Span, text: str) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def caption(words: str, span: Span) -> tuple[Caption, Span] | None:
    """A paragraph that ends in a photographer's credit, and the part of it to be parsed."""
    found = CREDIT.search(words[-120:])
    if not found or len(words) > 900:
        return None
    at = max(0, len(words) - 120) + found.start("credit")
    told = words[:at].rstrip()
    return (
        (Caption(span, found["credit"].strip("()")), Span(span.start, span.start + len(told)))
        if told
        else None
    )


def note(words: str) -> str | None:
    if BYLINE.match(words):
        return "credit"
    return "note" if NOTE.match(words) and len(words) < 300 else None


def headline(index: int, spans: list[Span], text: str) -> bool:
    """The first paragraph, if it is short, ends without a stop, and others follow."""
    words = spans[index].of(text)
    return index == 0 and len(spans) > 1 and len(words) < 120 and not SENTENCE_END.search(words)


def without_credit(span: Span, text: str, *, last: bool) -> tuple[Span, list[str]]:
    """The agency's signature after the last full stop is no word of the story."""
    words = span.of(text)
    at = words.rfind(" ")
    if (
        last
        and words[at + 1 :].strip("().").lower() in agencies()
        and SENTENCE_END.search(words[:at].rstrip())
    ):
        return Span(span.start, span.start + len(words[:at].rstrip())), [words[at + 1 :].strip("().")]
    return span, []


def pieces(span: Span, text: str) -> Iterator[Span]:
    """A very long paragraph, cut at sentence ends so that the parser's memory stays small."""
    while len(span) > LONGEST:
        cuts = [m.end() for m in STOP.finditer(text, span.start + LONGEST // 2, span.start + LONGEST)]
        space = text.rfind(" ", span.start + 1, span.start + LONGEST)
        cut = cuts[-1] if cuts else space + 1 if space > 0 else span.start + LONGEST
        yield trimmed(Span(span.start, cut), text)
        span = trimmed(Span(cut, span.end), text)
    if len(span):
        yield span
