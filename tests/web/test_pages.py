"""Pages as a browser without a script gets them: what stands there, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import parley
from parley.ledger import Ledger
from parley.record import Record
from parley.show.documents import documents
from parley.show.view import View
from parley.web.app import make_app
from parley.web.lists import paged
from parley.web.settings import Settings

STORY = Path(__file__).parents[2] / "examples" / "story"


@dataclass(frozen=True)
class Row:
    id: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("pages")
    with Ledger.open(str(folder / "story.db"), make=True) as opened:
        for file in sorted(STORY.glob("*.txt")):
            opened.add(read(file))
        yield opened


def read(file: Path) -> Record:
    from parley.pipeline import process
    from parley.read.plain import plain

    return process(plain(file.read_text("utf-8"), None, file.name))


@pytest.fixture(scope="module")
def pages(told: Ledger, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    users = tmp_path_factory.mktemp("users") / "users.json"
    return TestClient(make_app(told, Settings(users=users)), base_url="http://127.0.0.1")


LISTS = (
    "timeline",
    "figures",
    "positions",
    "agreements",
    "meetings",
    "sources",
    "parties",
    "documents",
)


@pytest.mark.parametrize("name", ["", *LISTS, "export", "method", "login"])
def test_a_page_has_one_heading_and_a_title(pages: TestClient, name: str) -> None:
    answer = pages.get(f"/{name}")
    assert answer.status_code == 200
    assert len(re.findall("<h1", answer.text)) == 1 and "· Parley</title>" in answer.text


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_the_same_rows_as_json_and_csv(pages: TestClient, name: str) -> None:
    rows = pages.get(f"/{name}.json").json()["rows"]
    assert rows and pages.get(f"/{name}.csv").text.splitlines()[0].startswith("id,")
    page = pages.get(f"/{name}").text
    assert all(row["id"] in page for row in rows[:20])


def test_a_day_leaves_out_what_came_later(pages: TestClient) -> None:
    before, after = (pages.get(f"/agreements?as_of={day}").text for day in ("2024-09-12", "2024-09-14"))
    assert "state-collapsed" not in before + after and "13 Sep 2024</time> agreed" in after
    assert "As known on" in after


def test_every_figure_leads_to_its_characters(pages: TestClient, told: Ledger) -> None:
    page = pages.get("/figures?status=held").text
    links = re.findall(r'href="(/documents/(\w+)\?at=(\d+)-(\d+)#c\d+-\d+)"', page)
    assert links
    for address, dispatch, start, end in links:
        record = told.record(dispatch)
        assert record is not None
        words = record.text[int(start) : int(end)]
        opened = pages.get(address.replace("&amp;", "&")).text
        lit = "".join(re.findall(r'<mark class="[^"]*\blit\b[^"]*"[^>]*>(.*?)</mark>', opened, re.S))
        assert re.sub(r"<[^>]+>", "", lit) == words


def test_a_record_gives_each_field_with_its_characters(pages: TestClient) -> None:
    row = pages.get("/figures.json?status=held").json()["rows"][0]
    page = pages.get(f"/r/{row['id']}").text
    assert "rule" in page and re.search(r"at=\d+-\d+#c", page) and "To cite" in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing", 404, "There is no such page"),
        ("/documents/ffffffffffff", 404, "No dispatch"),
        ("/r/ffffffffffff", 404, "No record"),
        ("/figures?as_of=yesterday", 400, "no such day"),
        ("/positions?party=Nobody+At+All", 400, "nobody has that name"),
        ("/parties/nobody at all", 404, "nobody has"),
        ("/timeline?trust=blind", 400, "there are"),
        ("/export/nothing", 404, "no form"),
        ("/documents?kind=gossip", 400, "no kind"),
    ],
)
def test_what_cannot_be_is_told_as_a_page(pages: TestClient, address: str, status: int, words: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == status and words in answer.text and "Traceback" not in answer.text


def test_a_withdrawn_dispatch_says_so_where_it_is_read(pages: TestClient, told: Ledger) -> None:
    killed = next(d.id for d in documents(View(told)) if d.standing == "withdrawn")
    assert "Withdrawn: killed on" in pages.get(f"/documents/{killed}").text


def test_versions_stand_side_by_side(pages: TestClient) -> None:
    rows = pages.get("/documents.json").json()["rows"]
    row = next(r for r in rows if (r["relation"] or "").startswith("correction"))
    other = row["relation"].split()[-1]
    page = pages.get(f"/documents/{row['id']}/against/{other}").text
    assert "<del>" in page and "<ins>" in page


def test_a_list_goes_on_where_it_stopped() -> None:
    rows = [Row(str(n)) for n in range(7)]
    first, after = paged(rows, None, 3)
    second, end = paged(rows, after, 3)
    third, last = paged(rows, end, 3)
    assert [*first, *second, *third] == rows and last is None
    assert paged(rows, "gone", 3)[0] == rows[:3]


def test_an_export_is_a_zip_whose_bytes_stay(pages: TestClient) -> None:
    once, twice = (pages.get("/export/csv?as_of=2024-09-20") for _ in range(2))
    assert once.content == twice.content and once.content.startswith(b"PK")
    assert once.headers["content-disposition"].endswith('"parley-csv-2024-09-20.zip"')


def test_an_empty_ledger_teaches(tmp_path: Path) -> None:
    with parley.open(str(tmp_path / "none.db"), make=True) as empty:
        client = TestClient(
            make_app(empty, Settings(users=tmp_path / "users.json")), base_url="http://localhost"
        )
        for name in ("", *LISTS):
            answer = client.get(f"/{name}")
            assert answer.status_code == 200 and "parley add" in answer.text


def test_a_desk_does_not_answer_to_another_name(pages: TestClient) -> None:
    assert pages.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_page_can_be_pinned_to_the_last_day(pages: TestClient, told: Ledger) -> None:
    last = View(told).last_day()
    page = pages.get("/figures?status=held").text
    assert f'href="/figures?status=held&amp;as_of={last}">Pin this page' in page
    assert "Pin this page" not in pages.get("/figures?as_of=2024-09-20").text
    assert last and f"as_of={date.fromisoformat(last) - timedelta(1)}" in page


def test_a_record_is_cited_as_of_a_day(pages: TestClient, told: Ledger) -> None:
    id = told.figures(status="held")[0].id
    for asked, day in (("", View(told).last_day()), ("?as_of=2024-09-20", "2024-09-20")):
        page = pages.get(f"/r/{id}{asked}").text
        assert (
            f"record {id}, as known on {day})" in page and f'href="/r/{id}?as_of={day}">The address' in page
        )
        assert f"/api/v1/records/{id}?as_of={day}" in page and "@misc{parley-" in page
        assert pages.get(f"/api/v1/records/{id}?as_of={day}").status_code == 200


def test_positions_of_a_briefing_have_one_pair_of_marks(pages: TestClient) -> None:
    for address in ("/", "/briefing.md", "/?as_of=2024-09-14"):
        words = pages.get(address).text.replace("&#34;", '"').replace("&quot;", '"')
        assert not re.search(r"[“\"]\s*[“\"]|``\s*“|[”\"]\s*[”\"](?!>)", re.sub(r"<[^>]*>", "", words)), (
            address
        )
