"""IPTC 7901 and ANPA 1312 → Documents: a header behind SOH, the copy between STX and ETX.

SOH VNA0123 4 INT 210 CR LF STX copy ETX 041805 SEP 24              IPTC 7901
SOH a0123 CR LF r i BC-Harbour-Talks,1stLd-Writethru 09-04 0210 CR LF STX copy ETX 09-04-24 1805GMT    ANPA 1312
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from parley.document import Document, Envelope
from parley.errors import Problem, UnreadableInput
from parley.read.encoding import decode
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, Found, each_of, whole
from parley.read.header import MONTHS
from parley.read.plain import plain
from parley.read.wire import wire

NAMES = (".7901", ".anpa", ".iptc")
SOH, STX, ETX = b"\1", b"\2", b"\3"
LONGEST = 1_000  # bytes of a header and of what follows the copy
HEADED = re.compile(rb"\x01[^\x01\x02]{0,200}?[A-Za-z]\d{3,5}[^\x01\x02]{0,600}\x02")
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
IPTC = re.compile(
    r"(?P<source>[A-Za-z]{2,5})(?P<number>\d{3,5}) +(?P<priority>[1-9]) +(?P<category>[A-Za-z]{1,3}) +(?P<count>\d{1,5})\b"
)
ANPA = re.compile(
    r"\b(?P<priority>[fburds]) (?P<category>[a-z])\b.*?(?:\d\d-\d\d +(?P<count>\d{1,5}))?\s*$", re.DOTALL
)
SLUG = re.compile(r"(?<![\w-])(?P<slug>(?:[A-Z]{2}-)?[A-Z][\w&.]*(?:-{1,2}[A-Z0-9][\w&.]*)+(?:,[^\r\n]*)?)")
URGENCY = {
    "f": 1,
    "b": 2,
    "u": 3,
    "r": 4,
    "d": 5,
    "s": 6,
}  # flash, bulletin, urgent, regular, deferred, weekend
JOINED = re.compile(r"(\d(?:st|nd|rd|th))(?=Ld|Lead|Add|Take)")
MOMENT = re.compile(
    r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d) *(?P<zone>GMT|UTC|Z)? *(?P<month>[A-Za-z]{3}) *(?P<year>\d\d(?:\d\d)?)"
)
DATED = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d) +(?P<hour>\d\d)(?P<minute>\d\d)(?P<zone>GMT|UTC|Z)?"
)
NOTE = re.compile(r"^\W*(?:Eds|EDS|EDITORS|Editors)\b.{0,300}", re.MULTILINE)
MISSING = 0.6  # of the words that a header tells; with fewer the copy was cut off


def knows(head: bytes, name: str) -> bool:
    start = head.lstrip(b"\x16\0\r\n\t ")
    return bool(HEADED.match(start))


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each message of a file."""
    messages = whole(file).split(SOH)[1:]
    if not messages:
        raise UnreadableInput("no message: none begins with SOH")
    yield from each_of(messages, of_message, asked, "message")


def of_message(message: bytes, asked: Asked) -> Document:
    top, begun, rest = message.partition(STX)
    if not begun:
        raise UnreadableInput("a header without its copy: no STX follows it")
    copy, ended, trailer = rest.partition(ETX)
    text, problems = decode(CONTROLS.sub(b"", copy).replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    above = CONTROLS.sub(b" ", top[:LONGEST]).decode("utf-8", "replace")
    told = envelope_of(above, text)
    made = moment(CONTROLS.sub(b" ", trailer[:LONGEST]).decode("ascii", "replace")) or asked.published
    document = plain(text, made, told.guid or asked.source_id, envelope=told)
    return replace(document, problems=(*document.problems, *problems, *cut(above, text, bool(ended))))


def header_of(above: str) -> re.Match[str] | None:
    return IPTC.search(above) or ANPA.search(above)


def cut(above: str, text: str, ended: bool) -> Iterator[Problem]:
    found = header_of(above)
    told = int(found["count"] or 0) if found else 0
    if not ended:
        yield Problem("the copy ends without ETX: it was cut off on its way")
    elif len(text.split()) < told * MISSING:
        yield Problem(f"the header tells of {told} words and {len(text.split())} came: some may be missing")


def envelope_of(above: str, text: str) -> Envelope:
    found, slug = header_of(above), SLUG.search(above)
    given = found.groupdict() if found else {}
    line = JOINED.sub(r"\1 ", slug["slug"].strip()) if slug else ""
    marks = wire(f"{line}\n\n{text}")
    priority = given.get("priority")
    return envelope(
        "anpa",
        slug=re.split(r"[,\s]", line)[0],
        version=marks.version + 1 if marks.version else None,
        kind=marks.kind,
        embargo=marks.embargo,
        urgency=URGENCY.get(priority or "", priority),
        subjects=given.get("category") or (),
        provider=given.get("source"),
        notes=NOTE.findall(text),
        guid=number_of(above, given),
    )


def number_of(above: str, given: dict[str, str | None]) -> str | None:
    """ "VNA0123" of a 7901 header, "a0123" of an ANPA one."""
    if given.get("number"):
        return f"{given['source']}{given['number']}"
    found = re.match(r"\s*([a-z]\d{3,5})\b", above)
    return found[1] if found else None


def moment(trailer: str) -> str | None:
    """When it was sent: to the minute where that is told in UTC, else the day."""
    found = MOMENT.search(trailer) or DATED.search(trailer)
    if not found:
        return None
    month = found["month"].lower()
    number = int(month) if month.isdigit() else MONTHS.index(month) + 1 if month in MONTHS else 0
    year = (
        found["year"]
        if len(found["year"]) == 4
        else f"{'19' if found['year'] > '50' else '20'}{found['year']}"
    )
    day = f"{year}-{number:02}-{found['day']}"
    return stamp(f"{day}T{found['hour']}:{found['minute']}:00+00:00") if found["zone"] else stamp(day)
