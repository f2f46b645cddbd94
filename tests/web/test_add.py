"""Adding on the desk: shown first, kept on a word, and whatever is wrong with a text is one clear line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from ledger.conftest import STORY
from starlette.testclient import TestClient

from parley.pipeline import process
from parley.read.plain import plain
from parley.web import texts

from .conftest import Desk, token

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
NEW = "TAMRIN, Sept. 30 (VNA) - The Health Ministry said on Monday that 14 people died in the fire.\n\nThe army denied it.\n"
HOSTILE = (
    'TAMRIN, Sept. 30 (VNA) - "><script>alert(1)</script> <img src=x onerror=alert(1)> said on Monday that </pre></title> '
    "14 people died in Javascript:alert City, \u202e{{ 7 * 7 }} the <b>Ministry</b> of '\"Health'\" said.\n"
)


def give(
    client: TestClient, text: str = "", files: list[tuple[str, bytes]] | None = None, **more: str
) -> Any:
    sent = [("files", (name, data, "application/octet-stream")) for name, data in files or []]
    return client.post(
        "/add", data={"token": token(client), "text": text, "published": ""} | more, files=sent or None
    )


def keep(client: TestClient, preview: str, **changed: str) -> Any:
    form = {name: unescape(value) for name, value in HIDDEN.findall(preview)}
    chosen = re.findall(r'name="keep" value="(\d+)"', preview)
    return client.post("/add/keep", data={**form, "keep": chosen} | changed)


# ── who, and what first ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("Rex", 403), ("Ben", 403), ("Ada", 200)])
def test_editors_add(desk: Desk, name: str | None, status: int) -> None:
    client = desk(name)
    assert client.get("/add").status_code == status
    assert give(client, NEW).status_code == status
    assert desk(name).post("/add/keep", data={"token": token(client)}).status_code == (
        status if status != 200 else 403
    )


def test_a_text_is_shown_before_it_is_kept(desk: Desk) -> None:
    before = desk.ledger.tally()
    page = give(desk("Ada"), NEW, published="2024-09-30").text
    assert "nothing saved yet" in page and 'class="card counts"' in page and "Health Ministry" in page
    assert "parley add - --published 2024-09-30 --ledger story.db" in page
    assert desk.ledger.tally() == before


def test_what_is_kept_is_what_was_shown_and_what_the_command_line_reads(desk: Desk) -> None:
    client = desk("Ada")
    answer = keep(client, give(client, NEW.replace("\n", "\r\n"), published="2024-09-30").text)
    (id,) = re.findall(r'href="/documents/(\w+)"', answer.text)
    kept = desk.ledger.record(id)
    assert kept and kept.to_json() == process(plain(NEW, "2024-09-30")).to_json()
    assert client.get(f"/documents/{id}").status_code == 200


def test_files_go_in_under_their_names(desk: Desk) -> None:
    client = desk("Ada")
    line = json.dumps({"id": "line-1", "text": NEW.replace("14", "15"), "published": "2024-09-30"}).encode()
    page = give(
        client, "", [("new.txt", NEW.encode()), ("../more.jsonl", line + b"\n\n")], published="2024-09-29"
    ).text
    assert "parley add new.txt more.jsonl --published 2024-09-29" in page
    keep(client, page)
    assert {d.names for d in map(desk_read(desk), kept(desk, "line-1", "new.txt"))} == {
        ("new.txt",),
        ("line-1",),
    }


def kept(desk: Desk, *names: str) -> Iterator[str]:
    page = desk().get("/documents.json").json()["rows"]
    return (row["id"] for row in page if set(desk_read(desk)(row["id"]).names) & set(names))


def desk_read(desk: Desk) -> Any:
    from parley.show.documents import read
    from parley.show.view import View

    return lambda id: read(View(desk.ledger), id)


def test_what_the_ledger_has_is_told_and_not_kept_twice(desk: Desk) -> None:
    before = desk.ledger.tally()
    text = (STORY / "0902-1-vna-abductions.txt").read_text("utf-8")
    page = give(desk("Ada"), text).text
    assert "there already" in page and 'name="keep"' not in page
    assert keep(desk("Ada"), page, token=token(desk("Ada"))).status_code == 403
    assert desk.ledger.tally() == before


def test_a_file_of_another_format_is_kept_with_its_envelope(desk: Desk) -> None:
    client, file = desk("Ada"), Path(__file__).parent.parent / "read/fixtures/initials.nitf"
    page = give(client, "", [(file.name, file.read_bytes())])
    assert "60 prisoners" in page.text and "Sep 4" in page.text
    answer = keep(client, page.text)
    (id,) = set(re.findall(r'href="/documents/(\w+)"', answer.text))
    kept = desk.ledger.record(id)
    assert kept and kept.document.envelope and kept.document.envelope.slug == "KELBARRA-EXCHANGE"
    assert kept.document.published == "2024-09-04T18:05:00+02:00"


def test_an_archive_of_what_cannot_be_read_is_a_short_page(desk: Desk) -> None:
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(2_000):
            archive.writestr(f"{number}.txt", b"")
    page = give(desk("Ada"), "", [("a.zip", made.getvalue())])
    assert page.status_code == 400 and page.text.count("empty") < 50 and "the rest was left out" in page.text


def test_of_several_only_the_chosen_are_kept(desk: Desk) -> None:
    client, before = desk("Ada"), desk.ledger.tally().dispatches
    page = give(client, NEW, [("b.txt", NEW.replace("14", "15").encode())]).text
    assert "1.1" in page and "2.1" in page
    assert keep(client, page, keep="2").status_code == 200
    assert desk.ledger.tally().dispatches == before + 1


@pytest.mark.parametrize(
    "changed",
    [{"text-1": "AAAA"}, {"text-1": "!"}, {"text-1": ""}, {"seal-1": "0"}, {"published-1": "2024-01-01"}, {"name-1": "x"}, {"keep": "7"}, {"keep": ""}],
)  # fmt: skip
def test_what_did_not_come_back_whole_is_not_kept(desk: Desk, changed: dict[str, str]) -> None:
    client, before = desk("Ada"), desk.ledger.tally()
    assert keep(client, give(client, NEW).text, **changed).status_code == 400
    assert desk.ledger.tally() == before


def test_a_packed_text_that_swells_is_refused() -> None:
    bomb = texts.packed(plain("a" * (8 * texts.LONGEST)))
    with pytest.raises(texts.UnreadableInput):
        texts.unpacked(bomb)


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("a.pdf", b"%PDF", "a PDF that is not whole"), ("a.nitf", b"<nitf><body>", "NITF that is not whole"), ("a.zip", b"PK\3\4", "cut off or damaged"),
     ("a.html", b"<html><body>", "without an article"), ("a.txt", "La reunión entre las partes terminó el martes sin acuerdo, dijo el portavoz.".encode(), "in Spanish"),
     ("a.txt", b"", "empty"), ("a.txt", b"\0\1\2\3" * 40, "half a character, or a NUL"),
     ("a.txt", b"\xff\xd8\1\2\3\4\5\6" * 40, "no text"), ("a.jsonl", b"{", "line 1: not JSON"), ("a.jsonl", b'{"text": 5}', "no &#34;text&#34;"),
     ("a.jsonl", b'{"text": "Five died.", "published": "soon"}', "no day"), ("a.jsonl", b'{"text": "Five died.", "published": 5}', "no day"),
     ("a.jsonl", b"[" * 100_000, "brackets"), ("a.jsonl", b'{"text": "Five \\ud800 died."}', "half a character"),
     ("a.txt", b"Five died. " * 20_000, "at most 200,000")],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_line_and_the_rest_goes_on(
    desk: Desk, name: str, data: bytes, words: str
) -> None:
    client = desk("Ada")
    alone = give(client, "", [(name, data)])
    assert alone.status_code == 400 and words in alone.text
    with_another = give(client, NEW, [(name, data)])
    assert with_another.status_code == 200 and words in with_another.text and "1 read" in with_another.text


@pytest.mark.parametrize("day", ["soon", "2024-13-01", "20240101T", "<b>"])
def test_a_day_that_is_none_is_told(desk: Desk, day: str) -> None:
    answer = give(desk("Ada"), NEW, published=day)
    assert answer.status_code == 400 and "no such day" in answer.text and "<b>:" not in answer.text


def test_nothing_given_is_told(desk: Desk) -> None:
    assert "paste a text, or choose files" in give(desk("Ada"), "  \n").text


def test_files_and_sizes_have_limits(desk: Desk) -> None:
    client = desk("Ada")
    assert give(client, "", [(f"{n}.txt", b"Five died.") for n in range(21)]).status_code == 400
    assert give(client, "", [("a.txt", b"x" * 10_000_001)]).status_code == 413
    many = b"\n".join(json.dumps({"text": f"{n} died."}).encode() for n in range(60))
    page = give(client, "", [("a.jsonl", many)]).text
    assert "40 read" in page and "at most 40 dispatches" in page


def test_a_fault_of_ours_costs_a_text_its_records_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise IndexError("oh")

    monkeypatch.setattr("parley.pipeline.process", broken)
    assert "could not be read for sense" in give(desk("Ada"), NEW).text


def test_too_many_who_wait_are_sent_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "IN_LINE", 0)
    assert give(desk("Ada"), NEW).status_code == 503


# ── hostile text ─────────────────────────────────────────────────────────────────────────────────


def test_hostile_text_is_text_wherever_it_appears(desk: Desk) -> None:
    client = desk("Ada")
    preview = give(
        client,
        HOSTILE,
        [("<img src=x onerror=alert(2)>.txt", HOSTILE.replace("14", "15").encode())],
        published="2024-09-30",
    ).text
    answer = keep(client, preview)
    ids = re.findall(r'href="/documents/(\w+)"', answer.text)
    records = {r for id in ids for r in re.findall(r"/r/(\w{24})", client.get(f"/documents/{id}").text)}
    assert len(ids) == 2 and records
    lists = [
        "/",
        "/documents",
        "/timeline",
        "/figures",
        "/parties",
        "/sources",
        "/positions",
        "/log",
        "/review?queue=open",
        "/review/all?queue=open",
    ]
    pages = [
        *lists,
        *(f"/documents/{id}" for id in ids),
        *(f"/r/{r}" for r in records),
        *(f"/review?queue=open&item={r}" for r in records),
    ]
    for text in (preview, answer.text, *(client.get(p).text for p in pages)):
        assert "<script>alert" not in text and "<img src=x" not in text and "</pre></title>" not in text
        assert "<b>Ministry" not in text and " 49 " not in text
