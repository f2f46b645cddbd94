"""NewsML-G2 → Documents: the news items of text in a message, with what their metadata says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.document import Document, Envelope, WireKind
from parley.errors import UnreadableInput
from parley.read import markup, nitf
from parley.read.composed import composed, or_notes
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, Found, each_of, whole
from parley.read.header import agency_name
from parley.read.plain import plain
from parley.read.xml import attribute, every, first, local, parsed, root_of, words

NAMES = (".newsml", ".xml")
ROOTS = ("newsMessage", "newsItem")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SIGNALS: dict[str, WireKind] = {
    "update": "update",
    "correction": "correction",
    "corr": "correction",
    "kill": "kill",
}


def knows(head: bytes, name: str) -> bool:
    return root_of(head) in ROOTS


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each item of text; pictures, sound and film are passed over. Raises UnreadableInput for a
    message that is not whole, or has no item of text."""
    root = parsed(whole(file), "NewsML-G2")
    items = [root] if local(root) == "newsItem" else list(every(root, "newsItem"))
    texts = [item for item in items if of_text(item)]
    if not texts:
        raise UnreadableInput("NewsML-G2 without a news item of text")
    yield from each_of(texts, of_item, asked, "item")


def of_text(item: Any) -> bool:
    kind = code(first(item, "itemClass"))
    return kind in (None, "text", "composite")


def code(element: Any) -> str | None:
    """The code behind the alias of its scheme: "stat:usable" is "usable"."""
    told = attribute(element, "qcode") or attribute(element, "uri")
    return told.replace("/", ":").rpartition(":")[2] if told else None


def of_item(item: Any, asked: Asked) -> Document:
    if code(first(item, "itemMeta", "pubStatus")) == "withheld":
        raise UnreadableInput("withheld from publication by its provider, until further notice")
    told = envelope_of(item)
    text = or_notes(text_of(item, told), told)
    if not text:
        raise UnreadableInput("a news item without a word of its own" + remote(item))
    made = next((s for name in ("versionCreated", "contentCreated", "firstCreated")
                 if (s := stamp(words(first(item, name))))), None)  # fmt: skip
    return plain(text, made or asked.published, told.guid or asked.source_id, envelope=told)


def remote(item: Any) -> str:
    address = attribute(first(item, "remoteContent"), "href")
    return f"; its text lies at {address[:200]}" if address else ""


def text_of(item: Any, told: Envelope) -> str:
    """The first form of the content that has words: marked up before plain."""
    content = first(item, "contentSet")
    for form in () if content is None else every(content, "inlineXML", "inlineData"):
        inside = first(form, "nitf")
        text = nitf.text_of(inside, nitf_envelope(inside, told)) if inside is not None else composed(
            paragraphs(form), headline=told.headline, byline=told.byline,
            dateline=words(first(item, "contentMeta", "dateline")), agency=agency_name(told.provider),
        )  # fmt: skip
        if text:
            return text
    return ""


def nitf_envelope(inside: Any, told: Envelope) -> Envelope:
    """What the item says of itself outranks the NITF that it carries, but for what only that says."""
    own = nitf.envelope_of(inside)
    return envelope(
        "nitf",
        headline=own.headline or told.headline,
        byline=own.byline or told.byline,
        provider=told.provider,
    )


def paragraphs(form: Any) -> list[str]:
    if local(form) == "inlineData":
        return markup.paragraphs("".join(form.itertext()))
    return markup.of_element(form)


def envelope_of(item: Any) -> Envelope:
    meta, content = first(item, "itemMeta"), first(item, "contentMeta")
    return envelope(
        "newsml",
        headline=words(first(content, "headline")) or words(first(meta, "title")),
        byline=words(first(content, "by")),
        slug=words(first(content, "slugline")),
        version=attribute(item, "version"),
        kind=kind_of(meta),
        embargo=words(first(meta, "embargoed")),
        urgency=words(first(content, "urgency")),
        subjects=[attribute(s, "qcode") or words(s) for s in every(content, "subject")]
        if content is not None
        else (),
        language=attribute(first(content, "language"), "tag") or attribute(item, LANGUAGE),
        place=named(first(content, "located")),
        provider=named(first(meta, "provider")) or words(first(content, "creditline")),
        notes=[words(n) for n in every(item, "edNote", "usageTerms")],
        link=attribute(first(meta, "link"), "href"),
        guid=attribute(item, "guid"),
    )


def kind_of(meta: Any) -> WireKind | None:
    """Cancelled, or what its signal says."""
    if code(first(meta, "pubStatus")) in ("canceled", "cancelled"):
        return "kill"
    signals = [] if meta is None else [SIGNALS.get((code(s) or "").lower()) for s in every(meta, "signal")]
    return next(filter(None, signals), None)


def named(element: Any) -> str | None:
    found = None if element is None else first(element, "name")
    return words(found) or words(element) or attribute(element, "literal") or code(element)
