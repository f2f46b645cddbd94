"""Texts that somebody gives to the desk → documents, and their records: a few at a time, none without its preview."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from parley.codec import decode_envelope, encode_envelope
from parley.document import Document, Envelope
from parley.errors import ParleyError, UnreadableInput
from parley.pipeline import attempted
from parley.read.found import BadInput
from parley.read.inputs import dispatches_in
from parley.read.language import set_aside
from parley.read.plain import plain
from parley.record import Record

MOST = 40  # dispatches in one go; a folder of them is work for `parley add`
LONGEST = 200_000  # characters of one


def pasted(text: str, published: str | None) -> Iterator[Document | BadInput]:
    """The dispatch that somebody put into a field; browsers send its lines with carriage returns."""
    if text.strip():
        found = set_aside(plain(text.replace("\r\n", "\n"), published), "the text")
        yield checked(found, "the text") if isinstance(found, Document) else found


def uploaded(name: str, data: bytes, published: str | None) -> Iterator[Document | BadInput]:
    """The dispatches of a file of any format."""
    try:
        for number, found in enumerate(dispatches_in(io.BytesIO(data), name, published), 1):
            yield found if isinstance(found, BadInput) else checked(found, f"{name}, dispatch {number}")
    except ParleyError as trouble:
        yield BadInput(name, str(trouble))


def checked(document: Document, where: str) -> Document | BadInput:
    if len(document.text) > LONGEST:
        return BadInput(where, f"{len(document.text):,} characters; a dispatch here has at most {LONGEST:,}")
    if any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in document.text):
        return BadInput(where, "holds half a character, or a NUL; save it as UTF-8 text")
    return document


def apart(found: Iterable[Document | BadInput]) -> tuple[list[Document], list[BadInput]]:
    """The documents that are read in one go, and a line for each thing that is not."""
    documents: list[Document] = []
    bad: list[BadInput] = []
    for each in found:
        if isinstance(each, BadInput):
            bad.append(each)
            if len(bad) == MOST:
                bad.append(BadInput("all together", f"{MOST} could not be read; the rest was left out"))
                break
        elif len(documents) < MOST:
            documents.append(each)
        else:
            told = (
                f"at most {MOST} dispatches in one go; the rest was left out. `parley add` takes any number"
            )
            bad.append(BadInput("all together", told))
            break
    return documents, bad


# ── reading ──────────────────────────────────────────────────────────────────────────────────────

# One text at a time, in one thread: other pages are answered meanwhile, and the model is in memory once. It is
# loaded when the first text comes.
READER = ThreadPoolExecutor(1, "reading")
IN_LINE = 4  # visitors who may wait for it


class Busy(ParleyError):
    """Too many wait for the reader."""


waiting: set[Future[Any]] = set()


def records(documents: Iterable[Document]) -> list[Record]:
    """The record of each. Raises Busy where too many others wait already."""
    if len(waiting) >= IN_LINE:
        raise Busy("Others are having texts read; wait a moment and send it again.")
    work = READER.submit(lambda: [attempted(document) for document in documents])
    waiting.add(work)
    try:
        return work.result()
    finally:
        waiting.discard(work)


# ── through a form and back ──────────────────────────────────────────────────────────────────────


def packed(document: Document) -> str:
    """A text as a form can carry it unharmed, line ends and all, with what came round it."""
    told = encode_envelope(document.envelope) if document.envelope else None
    return base64.b64encode(
        zlib.compress(json.dumps([document.text, told], ensure_ascii=False).encode())
    ).decode()


def unpacked(packed: str) -> tuple[str, Envelope | None]:
    """Raises UnreadableInput where a form was cut or changed."""
    try:
        inflating = zlib.decompressobj()
        data = inflating.decompress(base64.b64decode(packed, validate=True), 8 * LONGEST)
        if not inflating.eof:
            raise UnreadableInput("not whole")
        text, told = json.loads(data)
        return str(text), decode_envelope(told) if told else None
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError, UnreadableInput) as trouble:
        raise UnreadableInput("The text did not come back whole; paste it again.") from trouble


def seal(document: Document) -> str:
    """What must be the same when a text comes back: its characters, its day, its name, and what was said round it."""
    told = encode_envelope(document.envelope) if document.envelope else None
    parts = (document.text, document.published, document.source_id, document.agency, told)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def again(text: str, published: str | None, name: str | None, sealed: str) -> Document:
    """The document of a preview, from what its form brought back. Raises UnreadableInput unless it is the same."""
    words, envelope = unpacked(text)
    document = plain(words, published or None, name or None, envelope=envelope)
    if seal(document) != sealed or not isinstance(checked(document, ""), Document):
        raise UnreadableInput("The text is not the one that was previewed; paste it again.")
    return document
