"""Plain text → Document: header above, parts below, the text itself untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from parley.document import Document, Envelope
from parley.errors import Problem
from parley.read.encoding import decode
from parley.read.found import Asked, Found, whole
from parley.read.header import Header, agencies, agency_name, header
from parley.read.parts import body, paragraphs, trimmed

NAMES = (".txt", ".text")
TOLD = re.compile(r"\b(?:told|tells|telling) (?:the )?([A-Z][\w-]+)\b")


def knows(head: bytes, name: str) -> bool:
    """Whatever nobody else knows is text, or turns out to be none."""
    return True


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one dispatch of a text file, untouched. Raises UnreadableInput for bytes that are no text."""
    text, problems = decode(whole(file))
    document = plain(text, asked.published, asked.source_id)
    yield replace(document, problems=(*document.problems, *problems))


def plain(
    text: str,
    published: str | None = None,
    source_id: str | None = None,
    *,
    envelope: Envelope | None = None,
) -> Document:
    """The dispatch in `text`. Never raises: what is odd about it is told in `problems`.

    Whose it is the text says before the envelope does: a page or a feed may carry the copy of another agency.
    """
    top = story(text, published)
    rest = body(text, top.end)
    problems = top.problems
    if rest.unread:
        whole = rest.unread[0].to(rest.unread[-1])
        problems = (
            *problems,
            Problem("characters without a space between them are no prose; left unread", whole),
        )
    if not rest.parts:
        problems = (*problems, Problem("there is nothing below the header to read"))
    signed = next((name for c in rest.credits if (name := agency_name(c))), None)
    credits = ([top.agency] if top.agency and not signed else []) + list(rest.credits)
    return Document(
        text=text,
        parts=rest.parts,
        published=top.published,
        agency=top.agency or signed or agency_name(envelope.provider if envelope else None) or told(text),
        dateline=top.dateline,
        captions=rest.captions,
        credits=tuple(dict.fromkeys(c for c in credits if c)),
        source_id=source_id,
        dates=top.dates,
        problems=problems,
        envelope=envelope,
    )


def story(text: str, published: str | None) -> Header:
    """The header; a headline, note or byline may stand above the dateline."""
    first = header(text, 0, published)
    if first.dateline is None:
        for span in list(paragraphs(text[:1500], first.end))[1:4]:
            below = header(text, trimmed(span, text).start, first.published)
            if below.dateline and below.agency:
                return below
    return first


def told(text: str) -> str | None:
    """Copy without a dateline is its agency's whom alone the sources "told"."""
    names = {agencies()[w.lower()] for w in TOLD.findall(text) if w.lower() in agencies()}
    return names.pop() if len(names) == 1 else None
