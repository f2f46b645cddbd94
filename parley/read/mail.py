"""E-mail (.eml) → its one Document: the text as it was sent, or its HTML as paragraphs; attachments are told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from parley.document import Document, Envelope
from parley.errors import Problem, UnreadableInput
from parley.read import markup
from parley.read.composed import composed
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, Found, whole
from parley.read.plain import plain

if TYPE_CHECKING:
    from email.message import EmailMessage

NAMES = (".eml",)
HEADERS = re.compile(
    rb"(?:From|To|Date|Subject|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Content-Type|Reply-To|"
    rb"X-[\w-]+|DKIM-Signature|Content-Transfer-Encoding):[ \t]", re.IGNORECASE
)  # fmt: skip
ENOUGH = 3  # such lines on end; a dispatch may begin with one


def knows(head: bytes, name: str) -> bool:
    top = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0].splitlines()
    told = sum(1 for line in top if HEADERS.match(line))
    return (
        bool(top) and bool(HEADERS.match(top[0])) and told >= (1 if name.lower().endswith(NAMES) else ENOUGH)
    )


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one dispatch of a mail. Raises UnreadableInput where it has no text."""
    from email import message_from_bytes, policy

    message = message_from_bytes(whole(file), policy=policy.default)
    yield of_message(message, asked)


def of_message(message: EmailMessage, asked: Asked) -> Document:
    body = message.get_body(("plain", "html"))
    text = words_of(body) if body is not None else ""
    if not text.strip():
        raise UnreadableInput("a mail without text; its attachments are not read, give them as files")
    told = envelope_of(message)
    document = plain(
        text, stamp(header(message, "Date")) or asked.published, told.guid or asked.source_id, envelope=told
    )
    return replace(document, problems=(*document.problems, *ignored(message)))


def words_of(body: Any) -> str:
    try:
        text = str(body.get_content())
    except LookupError as trouble:
        raise UnreadableInput(f"a mail in an encoding that nobody knows: {trouble}") from trouble
    if body.get_content_subtype() == "html":
        return composed(markup.of_markup(text))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ignored(message: EmailMessage) -> Iterator[Problem]:
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    if names:
        yield Problem(f"attachments were not read: {', '.join(names)[:300]}")


def envelope_of(message: EmailMessage) -> Envelope:
    return envelope(
        "mail",
        headline=header(message, "Subject"),
        subjects=[word.strip() for word in header(message, "Keywords").split(",")],
        language=header(message, "Content-Language"),
        provider=header(message, "From").partition("<")[0].strip(' "'),
        guid=header(message, "Message-ID").strip("<> "),
    )


def header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
    ):  # headers that the library's own parser trips over
        return ""
