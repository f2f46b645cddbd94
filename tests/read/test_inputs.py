"""Any file by one door: what it holds is known by its bytes, then by its name; what is wrong is told with its place."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest

from parley.document import Document, Envelope
from parley.errors import ParleyError
from parley.read.found import BadInput, Found
from parley.read.inputs import FORMATS, dispatches_in, known
from parley.read.plain import plain

from .made import zipped

TEXT = "TAMRIN, Sept 4 (VNA) - The army said on Wednesday that it had left the town.\n"


def found_in(data: bytes, name: str, **asked: object) -> list[Found]:
    return list(dispatches_in(io.BytesIO(data), name, **asked))  # type: ignore[arg-type]


class Pipe(io.RawIOBase):
    """What comes a little at a time and only once, as standard input does."""

    def __init__(self, data: bytes) -> None:
        self.rest = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        room = memoryview(into).cast("B")  # type: ignore[arg-type]
        data = self.rest.read(min(7, len(room)))
        room[: len(data)] = data
        return len(data)


def test_a_text_is_the_same_through_the_door() -> None:
    assert found_in(TEXT.encode(), "a.txt", published="2024-09-04") == [plain(TEXT, "2024-09-04", "a.txt")]
    assert found_in(TEXT.encode(), "-") == [plain(TEXT)]


def test_what_comes_only_once_is_read_whole() -> None:
    data = b"".join(b'{"id": "%d", "text": "The army left."}\n' % n for n in range(4000))
    read = list(dispatches_in(cast(BinaryIO, Pipe(data)), "-"))
    assert [d.source_id for d in read if isinstance(d, Document)] == [str(n) for n in range(4000)]


def test_lines_come_as_they_are_read() -> None:
    class Endless(Pipe):
        def readinto(self, into: object) -> int:
            self.rest = io.BytesIO(self.rest.read() or b'{"text": "The army left."}\n')
            return super().readinto(into)

    read: Iterator[Found] = dispatches_in(cast(BinaryIO, Endless(b"")), "-")
    assert isinstance(next(read), Document) and isinstance(next(read), Document)


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        (b'{"text": "Five died."}\n', "a.txt", "jsonl"),
        (b'{"id": 1, "text": "Fi', "", "jsonl"),
        (b"", "a.ndjson", "jsonl"),
        (b"id,published,text\n1,2024,Five", "", "csv"),
        (b"id\ttext\n", "", "csv"),
        (b"Tom,Dick\n", "a.csv", "csv"),
        (b"{ he said, text }\n", "a.txt", "text"),
        (b"The text, he said\n", "a.txt", "text"),
        (b"text\n", "a", "text"),
    ],
)
def test_the_bytes_tell_the_format_and_then_the_name(head: bytes, name: str, form: str) -> None:
    assert known(head, name) == form


def test_columns_are_named_as_they_are() -> None:
    table = b'guid;body;date;title\n7;"Five; died.\n\nSix.";"Wed, 04 Sep 2024 18:05:00 GMT";Quay\n'
    columns = {"text": "body", "published": "date", "id": "guid", "headline": "title"}
    (one,) = found_in(table, "a.csv", columns=columns)
    assert one == plain(
        "Five; died.\n\nSix.",
        "2024-09-04T18:05:00+00:00",
        "7",
        envelope=Envelope("csv", headline="Quay", guid="7"),
    )
    (two,) = found_in(
        b'{"body": "Five died.", "slug": 5, "subjects": ["a", 7, "a"]}\n', "a.jsonl", columns={"text": "body"}
    )
    assert isinstance(two, Document) and two.envelope == Envelope("jsonl", slug="5", subjects=("a", "7"))


def test_of_a_table_one_bad_row_is_told_and_the_rest_goes_on() -> None:
    rows = ["id,text,published", "1,Five died.,2024-09-04", "2,,", "3,Six died.,soon", ",,", "5,Nine died.,"]
    found = found_in("\r\n".join(rows).encode(), "a.csv", published="2024-01-02")
    assert [f.where if isinstance(f, BadInput) else f.source_id for f in found] == ["1", "a.csv, row 3", "a.csv, row 4", "5"]  # fmt: skip
    assert isinstance(found[-1], Document) and found[-1].published == "2024-01-02"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b" \n", "a.csv", "empty"),
        (b"id,body\n1,x\n", "a.csv", "--columns text="),
        (b"a\0\1\2\3\4\5\6" * 99, "a.csv", "no text"),
        (b"\xff\xd8\1\2\3\4\5\6" * 40, "a.txt", "no text"),
    ],
)
def test_what_cannot_be_read_at_all_is_an_error_that_says_why(data: bytes, name: str, words: str) -> None:
    with pytest.raises(ParleyError, match=words):
        found_in(data, name)


def test_a_format_that_is_said_holds_inside_archives_too() -> None:
    page = b"<html><body><p>The army left.</p></body></html>"
    (found,) = found_in(zipped([("a.html", page)]), "a.zip", form="text")
    assert isinstance(found, Document) and found.text == page.decode() and found.source_id == "a.zip/a.html"
    (found,) = found_in(gzip.compress(page), "a.html.gz", form="text")
    assert isinstance(found, Document) and found.source_id == "a.html"


def test_columns_do_not_make_a_table_of_a_text() -> None:
    (found,) = found_in(TEXT.encode(), "a.txt", columns={"text": "body"})
    assert isinstance(found, Document)
    with pytest.raises(ParleyError, match="columns text="):
        found_in(TEXT.encode(), "-", columns={"text": "body"})


def test_a_format_that_is_none_is_told() -> None:
    with pytest.raises(ParleyError, match="no format 'doc'; there are warc, pdf"):
        found_in(TEXT.encode(), "a.txt", form="doc")


def test_plain_text_is_the_last_resort() -> None:
    assert FORMATS[-1][0] == "text"
