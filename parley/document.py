"""A dispatch on its way: the Document that read/ settles, and the Marks that mark/ lays over it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from parley.errors import Problem
from parley.values import Bounds, Span

PartKind = Literal["prose", "caption", "headline", "note"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
EntityKind = Literal["person", "organization", "state", "place", "people"]
CueKind = Literal["negation", "hedge", "plan", "condition"]
WireKind = Literal["update", "correction", "take", "kill"]


# ── what read/ settles ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Dateline:
    """ "NAIROBI, April 3 (AFP) -": `place` as written in title case, `date` ISO 8601 or None."""

    span: Span
    place: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A photo caption that stands between the paragraphs, with the photographer's credit."""

    span: Span
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that is parsed by itself. Only prose and captions report; notes are the desk's."""

    span: Span
    kind: PartKind = "prose"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came round the text: what its format says of the dispatch, in the terms of the wire.

    `version` counts from 1, the first; `urgency` from 1, a flash, to 9. `embargo` is ISO 8601, `language` BCP 47.
    `kind` is what the dispatch is to the one before it; `notes` are words to editors; `guid` names the story, whatever
    its version. Lines are trimmed, and cut where they are longer than any wire would make them.
    """

    format: str
    headline: str | None = None
    byline: str | None = None
    slug: str | None = None
    version: int | None = None
    kind: WireKind | None = None
    embargo: str | None = None
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    language: str | None = None
    place: str | None = None
    provider: str | None = None
    notes: tuple[str, ...] = ()
    link: str | None = None
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a parse that came with the text. `head` counts in the same tuple; a root's is itself. `tag` is a Penn
    Treebank tag, `dep` a ClearNLP label; `begins` is True of the first word of a sentence."""

    span: Span
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    begins: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A dispatch, its text settled for good: every span of the record points into `text`.

    `published` is an ISO 8601 date or date-time, or None where nothing says it.
    `parts` are in order and do not overlap; header and sign-off lie in no part.
    """

    text: str
    parts: tuple[Part, ...] = ()
    published: str | None = None
    agency: str | None = None
    dateline: Dateline | None = None
    captions: tuple[Caption, ...] = ()
    credits: tuple[str, ...] = ()
    source_id: str | None = None
    dates: tuple[Span, ...] = ()  # dates in the header, outside every part ("date 2023-12-20")
    problems: tuple[Problem, ...] = ()
    envelope: Envelope | None = None  # None: it came as bare text
    words: tuple[
        Word, ...
    ] = ()  # somebody else's parse, which is read instead of ours; none: it is parsed here

    @property
    def id(self) -> str:
        return "sha256:" + hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


# ── what mark/ lays over it ──────────────────────────────────────────────────────────────────────


_index, _start = attrgetter("i"), attrgetter("start")


@dataclass(slots=True, eq=False)
class Token:
    """A word as the parser sees it. `start` and `end` are offsets into the dispatch's own text.

    `i` counts over the whole dispatch; `head` of a root is the token itself. `tag` is a Penn
    Treebank tag, `dep` a ClearNLP label, as spaCy's English pipelines give them.
    """

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    start: int
    end: int
    head: Token = field(init=False, repr=False)
    children: tuple[Token, ...] = field(init=False, repr=False, default=())
    sentence: Sentence = field(init=False, repr=False)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def child(self, *deps: str) -> Token | None:
        """The first child that hangs by one of these labels."""
        return next((c for c in self.children if c.dep in deps), None)

    def all(self, *deps: str) -> list[Token]:
        return [c for c in self.children if c.dep in deps]

    def subtree(self) -> list[Token]:
        """The token and all below it, in text order."""
        found, queue = [], [self]
        while queue:
            token = queue.pop()
            found.append(token)
            queue.extend(token.children)
        return sorted(found, key=_index)

    def ancestors(self) -> Iterator[Token]:
        token = self
        while token.head is not token:
            token = token.head
            yield token


@dataclass(slots=True, eq=False)
class Sentence:
    """A run of tokens with one root, inside one part of the dispatch. `tokens` is never empty."""

    i: int
    tokens: list[Token]
    root: Token
    part: int  # index into Document.parts

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].start, self.tokens[-1].end)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of things with what bounds it: "more than 240". `word` is the counted noun's token."""

    span: Span
    bounds: Bounds
    first: int  # token index
    last: int  # token index, inclusive
    rule: str


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time with its TIMEX3 type and value (TimeML 1.2.1)."""

    span: Span
    type: TimeType
    value: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks; `span` has the marks, `closed` is False where the end is missing."""

    span: Span
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that changes what a clause means; `scope` are the words it governs."""

    kind: CueKind
    span: Span
    scope: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Name:
    """A mention before it is known whose: its words, head token and what it looks like.

    `country` is ISO 3166-1 alpha-3 where the gazetteer knows it. `role` is the title that
    precedes or follows it, inside the same phrase.
    """

    span: Span
    head: int  # token index
    kind: EntityKind | None
    country: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Words that give an office or affiliation: "a former leader of the group"."""

    span: Span
    title: str
    of: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something, with every mention of it in the dispatch, in text order."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Span, ...]
    country: str | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Layers of mentions over a document. Each marker takes Marks and gives Marks with its layer.

    `holders` tells for a token index which entity id its mention belongs to: the head token of
    every mention is there ("Front political chief" → the token "chief" is no mention's head).
    """

    document: Document
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    times: tuple[Time, ...] = ()
    numbers: tuple[Number, ...] = ()
    names: tuple[Name, ...] = ()
    cues: tuple[Cue, ...] = ()
    entities: tuple[Entity, ...] = ()
    holders: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.document.text

    def inside(self, span: Span) -> tuple[Token, ...]:
        """The tokens that begin within the span."""
        first = bisect_left(self.tokens, span.start, key=_start)
        return self.tokens[first : bisect_left(self.tokens, span.end, key=_start)]

    def entity(self, token: Token | None) -> Entity | None:
        """The entity whose mention has this token as its head, if any."""
        found = self.holders.get(token.i) if token is not None else None
        return next((e for e in self.entities if e.id == found), None) if found else None
