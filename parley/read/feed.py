"""RSS and Atom → Documents: items whose text the feed has; of the others, their links."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.document import Envelope
from parley.errors import UnreadableInput
from parley.read import markup
from parley.read.composed import composed
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, BadInput, Found, Linked, attempted, whole
from parley.read.plain import plain
from parley.read.xml import DECLARES, root_of

NAMES = (".rss", ".atom", ".xml")
ROOTS = ("rss", "feed", "RDF")
ENOUGH = 600  # characters of a description that is no teaser
TEASER = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&#8230;)\]|(?:read|continue|see) (?:more|on|reading|full)\b.{0,60})\s*$",
    re.IGNORECASE,
)
ALIKE = re.compile(r"<rss\b|<feed\b[^>]*Atom|<rdf:RDF\b", re.IGNORECASE)


def knows(head: bytes, name: str) -> bool:
    return root_of(head) in ROOTS


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """Each item in the feed's own order. Raises UnreadableInput for what is no feed, or not whole."""
    import feedparser

    data = whole(file)
    if DECLARES.search(data):
        raise UnreadableInput("a feed that declares entities of its own, which are not followed")
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    for number, entry in enumerate(found.entries, 1):
        where = asked.at(f"item {number}")
        yield attempted(where, item, entry, found.feed, asked, where)
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        raise UnreadableInput(
            f"a feed that is not whole or not well formed: {str(found.bozo_exception)[:200]}"
        )


def item(entry: Any, feed: Any, asked: Asked, where: str) -> Found:
    told = envelope_of(entry, feed)
    made = published(entry) or asked.published
    text = composed(paragraphs(entry), headline=told.headline)
    if text:
        return plain(text, made, told.guid or told.link or asked.source_id, envelope=told)
    if told.link:
        return Linked(where, f"its text lies at {told.link}; `parley fetch` gets it", told.link, made, told)
    return BadInput(where, "an item without text and without a link")


def paragraphs(entry: Any) -> list[str]:
    """The text, where the feed has it: its content, or a description that is longer than a teaser or has no link."""
    contents = [str(c.get("value", "")) for c in entry.get("content", ())]
    full = markup.paragraphs(max(contents, key=len, default=""))
    if full and not TEASER.search(full[-1]):
        return full
    told = markup.paragraphs(str(entry.get("summary", "")))
    long = sum(map(len, told)) >= ENOUGH and not TEASER.search(told[-1])
    return told if long or not entry.get("link") else []


def published(entry: Any) -> str | None:
    """As it was published; "updated" only where that is all there is. (The library's own `get` mixes them up.)"""
    days = (dict.get(entry, name) for name in ("published", "updated", "created"))
    return next((found for day in days if (found := stamp(day))), None)


def envelope_of(entry: Any, feed: Any) -> Envelope:
    source = entry.get("source") or {}
    return envelope(
        "feed",
        headline=" ".join(markup.paragraphs(str(entry.get("title", "")))),
        byline=entry.get("author"),
        subjects=[tag.get("term") for tag in entry.get("tags", ())],
        language=(entry.get("title_detail") or {}).get("language") or feed.get("language"),
        provider=source.get("title") or feed.get("publisher") or feed.get("title"),
        link=entry.get("link"),
        guid=entry.get("id"),
    )
