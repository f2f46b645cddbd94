"""NITF → Documents: the head says slug, urgency and time of issue, the body headline, byline, dateline and paragraphs.

Of the dates in a file `date.issue@norm` alone is the dispatch's: others are when it was stored, sent or expires.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.document import Document, Envelope, WireKind
from parley.errors import UnreadableInput
from parley.read.composed import composed, or_notes
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, Found, each_of, whole
from parley.read.header import agency_name
from parley.read.plain import plain
from parley.read.xml import attribute, every, first, local, parsed, root_of, words

NAMES = (".nitf", ".xml")
PARAGRAPHS = ("p", "hl2", "li", "pre")
BESIDE = (
    "media",
    "table",
    "body.head",
    "body.end",
)  # pictures with their captions, and what is read by itself
KILLED = ("canceled", "cancelled", "withdrawn")


def knows(head: bytes, name: str) -> bool:
    return root_of(head) in ("nitf", "NewsML")


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one dispatch of a file, or those that a NewsML of the first generation carries. Raises UnreadableInput where
    it is not whole."""
    root = parsed(whole(file), "NITF")
    items = list(every(root, "nitf"))
    if not items:
        raise UnreadableInput("NewsML 1 without NITF in it; of that NewsML-G2 is read, and NITF")
    yield from each_of(items, of_nitf, asked, "item")


def of_nitf(root: Any, asked: Asked) -> Document:
    told = envelope_of(root)
    text = or_notes(text_of(root, told), told)
    if not text:
        raise UnreadableInput("NITF without a word in its body.content")
    issued = stamp(attribute(first(root, "date.issue"), "norm"))
    return plain(text, issued or asked.published, told.guid or asked.source_id, envelope=told)


def text_of(root: Any, told: Envelope) -> str:
    """What the body says, as a wire sends it; "" where it says nothing."""
    content = first(root, "body.content")
    return composed(
        [] if content is None else paragraphs(content),
        headline=told.headline,
        byline=told.byline,
        dateline=words(first(root, "body.head", "dateline")),
        agency=agency_name(told.provider),
    )


def paragraphs(content: Any) -> Iterator[str]:
    """Each paragraph's words; of a content without any, all words as one."""
    found = list(blocks(content))
    yield from found or [words(content, *BESIDE)]


def blocks(element: Any) -> Iterator[str]:
    for child in element:
        if local(child) in PARAGRAPHS:
            yield words(child, *BESIDE)
        elif local(child) not in BESIDE:
            yield from blocks(child)


def envelope_of(root: Any) -> Envelope:
    head = first(root, "body.head")
    key, data = first(root, "du-key"), first(root, "docdata")
    return envelope(
        "nitf",
        headline=words(first(head, "hl1")) or words(first(head, "hedline")) or words(first(root, "title")),
        byline=words(first(head, "byline")),
        slug=attribute(key, "key"),
        version=attribute(key, "version"),
        kind=kind_of(root, data),
        embargo=embargo_of(data),
        urgency=attribute(first(root, "urgency"), "ed-urg"),
        subjects=[n for s in every(root, "tobject.subject") if (n := attribute(s, "tobject.subject.refnum"))],
        language=attribute(root, "{http://www.w3.org/XML/1998/namespace}lang"),
        place=place_of(head, root),
        provider=provider_of(root),
        notes=[n for m in every(root, "ed-msg", "correction") if (n := attribute(m, "info"))],
        guid=attribute(first(root, "doc-id"), "id-string"),
    )


def kind_of(root: Any, data: Any) -> WireKind | None:
    if (attribute(data, "management-status") or "").lower() in KILLED:
        return "kill"
    return "correction" if first(root, "correction") is not None else None


def embargo_of(data: Any) -> str | None:
    """The time of release, where the copy is said to be embargoed till then."""
    embargoed = (attribute(data, "management-status") or "").lower() == "embargoed"
    return attribute(first(data, "date.release"), "norm") if embargoed else None


def place_of(head: Any, root: Any) -> str | None:
    for where in (
        first(head, "dateline", "location"),
        first(root, "evloc"),
        first(root, "identified-content", "location"),
    ):
        if found := words(where) or attribute(where, "city"):
            return found
    return None


def provider_of(root: Any) -> str | None:
    for where, name in ((first(root, "distributor", "org"), "value"), (first(root, "doc-id"), "regsrc"),
                        (first(root, "doc.copyright"), "holder")):  # fmt: skip
        if found := words(where) or attribute(where, name):
            return found
    return words(first(root, "distributor")) or None
