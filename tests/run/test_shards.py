from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.document import Document
from parley.errors import UnreadableInput
from parley.read import jsonl
from parley.run import inputs, shards
from parley.run.inputs import documents
from parley.run.order import Bad, Order
from parley.run.shards import shards_of, worth_reading

from .conftest import written

ORDER = Order("out", "parley")
SAID = "The Front said it was ready."


def told(place: Path, size: int, order: Order = ORDER) -> list[Document | Bad]:
    return [item for shard in shards_of(str(place), size) for item in documents(shard, order)]


def words(found: list[Document | Bad]) -> list[str]:
    return [item.text if isinstance(item, Document) else item.where for item in found]


# ── lines ────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(st.sampled_from(["", " ", "{", '{"text": "Talks began."}', '{"text": "Sie reden.", "id": 2}'])),
    st.integers(1, 5),
    st.booleans(),
)
def test_shards_of_lines_hold_every_line_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, given_lines: list[str], size: int, end: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_text("\n".join(given_lines) + ("\n" if end else ""), "utf-8")
    found = list(shards_of(str(path), size))
    data = path.read_bytes()
    assert b"".join(data[s.start : s.end] for s in found) == data
    assert all(data[s.start : s.end].count(b"\n") <= size for s in found)
    assert words(told(path, size)) == words(told(path, 1_000_000))


def test_a_bad_line_is_told_with_its_number_in_the_file_its_bytes_and_where_they_lie(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [{"text": SAID}, {"text": SAID}, "{broken", {"text": SAID}])
    (bad,) = [item for item in told(path, 2) if isinstance(item, Bad)]
    assert (bad.where, bad.raw) == ("line 3", b"{broken\n")
    assert bad.offset is not None and bad.length is not None
    assert path.read_bytes()[bad.offset : bad.offset + bad.length] == b"{broken\n"


def test_a_line_longer_than_any_dispatch_is_set_apart_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (inputs, jsonl):
        monkeypatch.setattr(module, "MOST", 100)
    path = written(tmp_path / "a.jsonl", [{"text": "x" * 450}, {"text": SAID}])
    first, second = told(path, 5)
    assert isinstance(first, Bad) and first.length == 463 and "longer" in first.what
    assert isinstance(second, Document) and second.text == SAID


def test_dispatches_in_another_language_are_set_apart_and_not_misread(tmp_path: Path) -> None:
    german = (
        "Die Regierung teilte am Mittwoch mit, dass zwölf Menschen bei dem Angriff verletzt worden seien. "
        * 3
    )
    lines = told(written(tmp_path / "a.jsonl", [{"text": german}, {"text": SAID}]), 5)
    rows = told(parquet(tmp_path / "a.parquet", text=[german, SAID]), 5)
    for first, second in (lines, rows):
        assert isinstance(first, Bad) and "in German" in first.what
        assert isinstance(second, Document)


def test_a_shard_of_long_lines_ends_before_it_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "LARGE", 100)
    path = written(tmp_path / "a.jsonl", [{"text": "x" * 90}] * 3)
    assert [s.first for s in shards_of(str(path), 50)] == [1, 2, 3]


def test_a_shards_mark_changes_with_its_words_and_not_with_those_of_others(tmp_path: Path) -> None:
    before = list(shards_of(str(written(tmp_path / "a.jsonl", [{"text": "One."}, {"text": "Two."}])), 1))
    after = list(shards_of(str(written(tmp_path / "a.jsonl", [{"text": "One."}, {"text": "Ten."}])), 1))
    assert [a.key for a in after] == [b.key for b in before]
    assert [a.mark == b.mark for a, b in zip(after, before, strict=True)] == [True, False]


# ── rows of Parquet ──────────────────────────────────────────────────────────────────────────────


def parquet(path: Path, **columns: list[object]) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=3)
    return path


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 50])
def test_rows_of_parquet_are_read_once_and_in_order_whatever_the_shards(tmp_path: Path, size: int) -> None:
    path = parquet(tmp_path / "a.parquet", text=[f"{n} people were freed." for n in range(10)])
    assert words(told(path, size)) == [f"{n} people were freed." for n in range(10)]


@pytest.mark.parametrize(
    "published, read",
    [
        ("2024-09-04", "2024-09-04"),
        (date(2024, 9, 4), "2024-09-04"),
        (datetime(2024, 9, 4, 18, 30), "2024-09-04T18:30:00"),
        (datetime(2024, 9, 4, 18, 30, tzinfo=UTC), "2024-09-04T18:30:00+00:00"),
        (None, None),
    ],
)
def test_a_day_is_read_from_text_dates_and_times(tmp_path: Path, published: object, read: str | None) -> None:
    path = parquet(tmp_path / "a.parquet", text=[SAID], published=[published], id=[7])
    (found,) = told(path, 5)
    assert isinstance(found, Document)
    assert (found.published, found.source_id) == (read, "7")


def test_columns_are_found_under_the_names_given(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", body=[SAID], day=["2024-09-04"], other=[1])
    (found,) = told(path, 5, Order("out", "", columns=(("published", "day"), ("text", "body"))))
    assert isinstance(found, Document)
    assert (found.text, found.published) == (SAID, "2024-09-04")


def test_a_row_without_text_is_set_apart_by_its_number(tmp_path: Path) -> None:
    found = told(parquet(tmp_path / "a.parquet", text=[SAID, None, SAID, " "]), 3)
    assert [item.where for item in found if isinstance(item, Bad)] == ["row 2", "row 4"]


def test_a_table_without_a_column_of_texts_says_which_it_has(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no column 'text'; there are body: say --columns"):
        told(parquet(tmp_path / "a.parquet", body=[SAID]), 5)


def test_parquet_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", text=[SAID])
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(UnreadableInput, match="begins as Parquet and is none"):
        told(path, 5)


def test_parquet_whose_pages_are_damaged_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", text=[f"{n} were freed." for n in range(9)])
    data = bytearray(path.read_bytes())
    data[4:60] = b"\xff" * 56
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match="damaged Parquet"):
        told(path, 5)


# ── records of WARC ──────────────────────────────────────────────────────────────────────────────


def warc(path: Path, pages: int, *, packed: bool) -> Path:
    """Pages as a crawl of news keeps them, each after what was asked for, which is no page."""
    with path.open("wb") as file:
        for n in range(pages):
            told = f"{n} people were freed in Tamrin on Monday, officials of the town said. " * 3
            body = f"<html><body><article><p>{told}</p></article></body></html>"
            page = member("response", f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}")
            for each in (member("request", "GET / HTTP/1.1\r\n\r\n"), page):
                file.write(gzip.compress(each) if packed else each)
    return path


def member(kind: str, http: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Type: application/http; msgtype={kind}\r\n"
    return f"{head}Content-Length: {len(http.encode())}\r\n\r\n{http}\r\n\r\n".encode()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_of_a_warc_are_read_once_and_in_order_whatever_the_shards(
    tmp_path: Path, size: int, packed: bool
) -> None:
    path = warc(tmp_path / "a.warc.gz", 7, packed=packed)
    assert len(list(shards_of(str(path), size))) == -(-7 // size)
    assert [text.split()[0] for text in words(told(path, size))] == [str(n) for n in range(7)]


def test_a_warc_that_breaks_off_gives_what_comes_before_and_is_told(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc.gz", 5, packed=True)
    path.write_bytes(path.read_bytes()[:-30])
    *found, last = told(path, 2)
    assert [text.split()[0] for text in words(found)] == ["0", "1", "2", "3"]
    assert isinstance(last, Bad) and "of bytes" in last.where


# ── other files ──────────────────────────────────────────────────────────────────────────────────


def test_any_other_file_is_one_shard(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAID)
    (shard,) = shards_of(str(tmp_path / "a.txt"), 1)
    assert (shard.kind, words(told(tmp_path / "a.txt", 1))) == ("file", [SAID])


@pytest.mark.parametrize(
    "name, content, worth",
    [
        ("a.jsonl", "", True),
        ("a.parquet", "", True),
        ("a.txt", "", True),
        ("a.exe", "", False),
        ("LICENSE", "", False),
    ],
)
def test_of_a_folder_those_files_are_read_that_may_hold_dispatches(
    tmp_path: Path, name: str, content: str, worth: bool
) -> None:
    (tmp_path / name).write_text(content)
    assert worth_reading(str(tmp_path / name)) is worth
