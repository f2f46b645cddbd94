"""WARC, as crawls of news keep pages (CC-News) → a Document for each page, or text, that was answered."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read import html
from parley.read.encoding import decode
from parley.read.envelopes import envelope
from parley.read.found import Asked, BadInput, Found, attempted
from parley.read.plain import plain
from parley.read.streams import seekable

NAMES = (".warc", ".warc.gz", ".wet.gz", ".wet")
GZIP = b"\x1f\x8b"
PAGES = ("text/html", "application/xhtml+xml")
MOST = html.MOST


def knows(head: bytes, name: str) -> bool:
    return begins(head).startswith(b"WARC/")


def begins(head: bytes) -> bytes:
    """The first bytes, inflated where they are gzip."""
    if not head.startswith(GZIP):
        return head[:8]
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 8)
    except zlib.error:
        return b""


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each answer that is a page with an article. Raises UnreadableInput where the file breaks off."""
    number = 0
    try:
        with seekable(file) as whole:
            for number, record in enumerate(records(whole), 1):
                if found := item(record, asked, asked.at(f"record {number}")):
                    yield found
    except (OSError, EOFError, ValueError) as trouble:
        raise UnreadableInput(
            f"a WARC that breaks off after {number} records: {str(trouble)[:200]}"
        ) from trouble


def records(file: BinaryIO, *, opened: bool = True) -> Iterator[Any]:
    """The records that may be pages or texts; unless `opened`, only where they are."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(file, record_types=wanted, parse_http=opened, auto_decode="content")


def worth_reading(record: Any) -> bool:
    """A page or a text that the server had; pictures, scripts and refusals are passed over."""
    if (
        record.is_http
        and record.http_headers is not None
        and record.http_headers.status_code not in (None, 200)
    ):
        return False
    kind = kind_of(record)
    return kind in PAGES or kind == "text/plain"


def kind_of(record: Any) -> str:
    told = record.http_content_type if record.is_http else record.headers.get("Content-Type", "")
    return (told or "").partition(";")[0].strip().lower()


def item(record: Any, asked: Asked, where: str) -> Found | None:
    """What a record holds, None where that is no page and no text."""
    link = record.headers.get("WARC-Target-URI", "").strip("<>")
    where = f"{where} ({link[:200]})"
    try:
        data = whole_of(record)
    except UnreadableInput as trouble:
        return BadInput(where, str(trouble))
    if not worth_reading(record):
        return None
    return attempted(where, html.of_page if kind_of(record) in PAGES else text, data, asked, link)


def whole_of(record: Any) -> bytes:
    told = record.content_length
    data: bytes = record.reader.read(MOST + 1)
    packed = record.is_http and record.http_headers is not None and "Content-Encoding" in record.http_headers
    if len(data) > MOST:
        raise UnreadableInput(f"more than {MOST >> 20} MB in one record")
    if len(data) < told and not packed:
        raise UnreadableInput(f"cut off: {len(data):,} of {told:,} bytes are there")
    return data


def text(data: bytes, asked: Asked, link: str) -> Document:
    words, _ = decode(data)
    return plain(words, asked.published, link or asked.source_id, envelope=envelope("warc", link=link))
