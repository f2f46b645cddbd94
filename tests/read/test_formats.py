"""Every format's file gives the same record as the text it was made of; what came round the text is its envelope."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parley.document import Document, Envelope
from parley.pipeline import process
from parley.read.inputs import dispatches_in
from parley.read.plain import plain
from parley.record import Record

from .made import pdf, tarred, warc, zipped

FIXTURES = Path(__file__).parent / "fixtures"
FILES = sorted(p for p in FIXTURES.iterdir() if p.suffix not in (".txt", ".md"))


def text_of(file: Path) -> str:
    return (FIXTURES / f"{file.stem.rstrip('-123')}.txt").read_text("utf-8")


def one(data: bytes, name: str, **asked: Any) -> Document:
    (found,) = dispatches_in(io.BytesIO(data), name, **asked)
    assert isinstance(found, Document), found
    return found


def told(record: Record) -> dict[str, Any]:
    """All of a record but how it came: its name, its envelope, and what its mail had with it."""
    plain = record.to_dict()
    for name in ("envelope", "source_id", "problems"):
        plain["dispatch"].pop(name, None)
    return plain


def same_as_its_text(document: Document, text: str) -> None:
    assert document.text == text
    assert told(process(document)) == told(process(plain(text, document.published)))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_format_gives_the_record_of_its_text(file: Path) -> None:
    same_as_its_text(one(file.read_bytes(), file.name), text_of(file))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_format_is_known_by_its_bytes_alone(file: Path) -> None:
    by_name, by_bytes = one(file.read_bytes(), file.name), one(file.read_bytes(), "-")
    assert by_name == by_bytes


def as_csv(text: str) -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], ["7", text]])
    return table.getvalue().encode()


PACKED: dict[str, Callable[[str], bytes]] = {
    "a.csv": as_csv,
    "a.jsonl": lambda text: json.dumps({"text": text}).encode(),
    "a.json": lambda text: json.dumps([{"text": text}], indent=1).encode(),
    "a.txt": lambda text: text.encode("utf-16"),
    "a.txt.gz": lambda text: gzip.compress(text.encode()),
    "a.txt.bz2": lambda text: bz2.compress(text.encode()),
    "a.txt.xz": lambda text: lzma.compress(text.encode()),
    "a.zip": lambda text: zipped([("README.md", b"no dispatch"), ("deep/a.txt", text.encode())]),
    "a.tar": lambda text: tarred([("a.txt", text.encode()), ("b.png", b"\x89PNG")]),
    "a.tgz": lambda text: tarred([("a.txt", text.encode())], "w:gz"),
    "b.zip": lambda text: zipped([("a.tar.xz", tarred([("a.jsonl", json.dumps({"text": text}).encode())], "w:xz"))]),
    "a.wet": lambda text: warc(text.encode(), "text/plain; charset=utf-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("file", FILES[:: len(FILES) // 3], ids=lambda f: f.stem)
def test_what_holds_a_text_gives_the_text(name: str, file: Path) -> None:
    text = text_of(file)
    document = one(PACKED[name](text), name)
    assert document.text == text and document.parts == plain(text).parts


def test_a_pdf_gives_its_lines_and_its_paragraphs() -> None:
    text = (FIXTURES / "dashes.txt").read_text("utf-8")
    wrapped = "\n".join(line if len(line) < 90 else f"{line[:80]}\n{line[80:]}" for line in text.split("\n"))
    wrapped = "\n".join(line.strip() for line in wrapped.split("\n"))
    same_as_its_text(one(pdf(wrapped), "a.pdf"), wrapped)


def test_a_crawl_gives_its_articles() -> None:
    page, text = (FIXTURES / "reporting.html").read_bytes(), (FIXTURES / "reporting.txt").read_text("utf-8")
    members = [
        warc(page),
        warc(b"\x89PNG", "image/png"),
        warc(b"<html>gone", status="404 Not Found"),
        warc(page),
    ]
    for data in (b"".join(members), b"".join(map(gzip.compress, members))):
        first, second = dispatches_in(io.BytesIO(data), "crawl.warc.gz")
        assert isinstance(first, Document) and first == second
        same_as_its_text(first, text)
        assert first.published == "2024-09-09T16:45:00+00:00"


ENVELOPES = {
    "initials.nitf": ("2024-09-04T18:05:00+02:00", Envelope(
        "nitf", "Kelbarran Front frees 12 villagers at Orsk Vale", "lm/ab", "KELBARRA-EXCHANGE", 2, urgency=3,
        subjects=("16000000", "11000000"), place="Tamrin", provider="VNA", notes=("Adds quote of the minister",),
        guid="vna-20240904-0815")),
    "signoff.newsml": ("2024-09-05T14:20:00+02:00", Envelope(
        "newsml", "Five dead in shelling of Port Selin: ministry", None, "Kelbarra-Harbour-Shelling", 3, "update",
        "2024-09-05T15:00:00+02:00", 2, ("medtop:16000000", "medtop:20000056"), "en-GB", "Port Selin", "VNA",
        ("Not for use before publication", "Updates toll"), "https://vna.invalid/0199",
        "urn:newsml:vna.invalid:20240905:0199")),
    "slugged.anpa": ("2024-09-11T23:10:00+00:00", Envelope(
        "anpa", slug="BC-Kelbarra-Attack", version=3, kind="update", urgency=4, subjects=("i",),
        notes=("Eds: UPDATES with quote from the army. With photos.",), guid="a0452")),
    "german.7901": ("2024-09-12T18:05:00+00:00", Envelope(
        "anpa", urgency=4, subjects=("INT",), provider="VNA", guid="VNA0123")),
    "dashes.rss": ("2024-09-10T13:07:00+00:00", Envelope(
        "feed", "Kelbarran Front, gov't sign prisoner swap deal", "Ab Cole", subjects=("conflict",), language="en",
        provider="Torpress", link="https://torpress.invalid/2024/0910", guid="torpress-0910")),
    "reporting.html": ("2024-09-09T16:45:00+00:00", Envelope(
        "html", "Army leaves Orsk Vale after truce", "Lena Marsh", subjects=("truce", "Kelbarra"), language="en",
        place="Tamrin", provider="Meridian", link="https://meridian.invalid/world/army-leaves-orsk-vale",
        guid="meridian-4711")),
    "mailed.eml": ("2024-09-13T11:02:00+03:00", Envelope(
        "mail", "Front rejects mediators’ proposal", language="en", provider="VNA", guid="0913.1102@vna.invalid")),
}  # fmt: skip


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_envelope_holds_what_the_format_says(name: str) -> None:
    document = one((FIXTURES / name).read_bytes(), name)
    assert (document.published, document.envelope) == ENVELOPES[name]


def test_three_versions_of_ninjs_say_the_same() -> None:
    first, *others = (one(p.read_bytes(), p.name) for p in sorted(FIXTURES.glob("byline-*.ninjs")))
    assert first.envelope and first.envelope.slug == "Kelbarra-Talks" and first.envelope.urgency == 4
    assert all(o.text == first.text and o.published == first.published for o in others)
    assert {
        o.envelope and (o.envelope.headline, o.envelope.slug, o.envelope.notes, o.envelope.place)
        for o in others
    } == {(first.envelope.headline, first.envelope.slug, first.envelope.notes, first.envelope.place)}


def test_a_mail_tells_of_what_was_not_read() -> None:
    (problem,) = one((FIXTURES / "mailed.eml").read_bytes(), "a.eml").problems
    assert "front.jpg" in problem.what


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_an_envelope_comes_back_from_json(file: Path) -> None:
    record = process(one(file.read_bytes(), file.name))
    again = Record.from_json(record.to_json())
    assert again.document.envelope == record.document.envelope is not None
    assert again.to_json() == record.to_json()


def test_bare_text_has_no_envelope_in_its_record() -> None:
    assert "envelope" not in process(plain("The army left.")).to_dict()["dispatch"]


def test_a_warc_may_come_by_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation("seek")

    page = (FIXTURES / "reporting.html").read_bytes()
    told = [list(dispatches_in(kind(warc(page)), "-")) for kind in (io.BytesIO, Pipe)]
    assert told[0] == told[1] and isinstance(told[0][0], Document)
