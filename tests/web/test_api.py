"""The JSON API: the same rows as the ledger's own answers, paged, stamped, and as its schema says."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley.ledger import QUESTIONS, Ledger
from parley.web.app import make_app
from parley.web.serving import listening
from parley.web.settings import Settings

ANY = dict.fromkeys(("read", "write", "login", "add"), (10**9, 1))
HOSTS = ("testserver", "127.0.0.1")


@pytest.fixture(scope="module")
def ledger(told: Path) -> Iterator[Ledger]:
    with Ledger.open(str(told)) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(ledger: Ledger) -> FastAPI:
    return make_app(ledger, Settings(hosts=HOSTS, rates=ANY))


@pytest.fixture(scope="module")
def reader(app: FastAPI) -> TestClient:
    return TestClient(app)


def test_every_question_has_an_address_in_the_schema(reader: TestClient) -> None:
    paths = reader.get("/openapi.json").json()["paths"]
    heads = {path.split("/")[3] for path in paths}
    assert heads >= set(QUESTIONS) | {"documents", "records", "brief"}
    assert all(path.startswith("/api/v1/") for path in paths)


@pytest.mark.parametrize(
    "question", ["figures", "timeline", "meetings", "positions", "parties", "lineage", "documents"]
)
def test_pages_put_together_are_the_answer(reader: TestClient, ledger: Ledger, question: str) -> None:
    rows, after = list[dict[str, object]](), None
    while True:
        given = {"limit": 4, "as_of": "2024-09-20"} | ({"after": after} if after else {})
        page = reader.get(f"/api/v1/{question}", params=given).json()
        rows, after = rows + page["rows"], page["next"]
        if after is None:
            break
        assert len(page["rows"]) == 4 and page["rows"][-1]["id"] == after
    assert rows == ledger.ask(question, as_of="2024-09-20").to_dicts()


def test_a_dispatch_comes_whole_and_its_records_with_their_characters(
    reader: TestClient, ledger: Ledger
) -> None:
    id = ledger.documents()[0].id
    found = reader.get(f"/api/v1/documents/{id}").json()
    assert found["items"] and all(found["text"][i["start"] : i["end"]] == i["words"] for i in found["items"])
    record = reader.get(f"/api/v1/records/{found['items'][0]['id'][:12]}").json()
    assert record["told"] == found["items"][0] and any(f["spans"] for f in record["fields"])


def test_the_brief_has_sources_for_its_lines(reader: TestClient) -> None:
    brief = reader.get("/api/v1/brief", params={"as_of": "2024-09-20"}).json()
    lines = [line for section in brief["sections"] for line in section["lines"]]
    assert brief["day"] == "2024-09-20" and lines
    assert all(line["cites"] or "left out" in line["words"] for line in lines)


@pytest.mark.parametrize(
    "address, status, words",
    [
        ("figures?status=alive", 422, "status"),
        ("figures?limit=0", 422, "limit"),
        ("figures?as_of=2024-02-30", 422, "as_of"),
        ("figures?as_of=yesterday", 422, "as_of"),
        ("figures?by=Nobody%20Known", 404, "nobody has that name"),
        ("figures?after=0000", 404, "no such row"),
        ("documents?after=0000", 404, "no such dispatch"),
        ("documents/abcdef", 404, "No dispatch"),
        ("records/abcdef", 404, "No record"),
        ("records/xyz", 422, "id"),
        ("who/Nobody", 404, "nobody"),
        ("diff/none.txt", 404, "no dispatch"),
        ("search", 422, "q"),
        ("nothing", 404, "no such page"),
        ("search?q=%00", 400, "NUL"),
    ],
)
def test_what_is_wrong_is_told_in_one_shape(
    reader: TestClient, address: str, status: int, words: str
) -> None:
    answer = reader.get(f"/api/v1/{address}")
    assert answer.status_code == status and answer.headers["content-type"] == "application/json"
    assert list(answer.json()) == ["error"] and words in answer.json()["error"]


def test_what_did_not_change_is_not_asked_again(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(told, tmp_path / "own.db")
    with Ledger.open(str(tmp_path / "own.db")) as ledger:
        reader = TestClient(make_app(ledger, Settings(hosts=HOSTS)))
        first = reader.get("/api/v1/timeline")
        held = {"if-none-match": first.headers["etag"]}
        assert reader.get("/api/v1/timeline?limit=2").headers["etag"] != first.headers["etag"]
        with monkeypatch.context() as patched:
            patched.setattr("parley.web.api.View", None)  # nothing is asked
            again = reader.get("/api/v1/timeline", headers=held)
            assert (
                again.status_code == 304
                and again.content == b""
                and again.headers["etag"] == first.headers["etag"]
            )
        ledger.review(first.json()["rows"][0]["id"], "reject", who="R. Evers")
        after = reader.get("/api/v1/timeline", headers=held)
        assert after.status_code == 200 and len(after.json()["rows"]) <= len(first.json()["rows"])
        assert after.json()["rows"][0]["id"] != first.json()["rows"][0]["id"]


def test_a_closed_desk_asks_programs_to_log_in(ledger: Ledger, tmp_path: Path) -> None:
    reader = TestClient(make_app(ledger, Settings(hosts=HOSTS, closed=True, users=tmp_path / "users.json")))
    for address in ("/api/v1/figures", "/openapi.json", "/figures.json"):
        answer = reader.get(address)
        assert answer.status_code == 401 and answer.json() == {"error": "log in first"}


def test_the_page_tells_every_address_with_its_parameters_and_examples(reader: TestClient) -> None:
    page, paths = reader.get("/api").text, reader.get("/openapi.json").json()["paths"]
    for path, told in paths.items():
        assert f"<code>{path}</code>" in page
        assert all(f"<code>{p['name']}</code>" in page for p in told["get"]["parameters"])
    assert "curl -g &#39;http://testserver/api/v1/figures?as_of=2024-09-20&#39;" in page
    assert "dead · wounded" in page and "1 to 500" in page and "must be given" in page


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    """Where the desk is served, without a limit on how often one may ask."""
    taken = listening("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", access_log=False, ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield taken.getsockname()[1]
    server.should_exit = True
    thread.join(10)


@pytest.mark.slow
def test_answers_are_as_the_schema_says(port: int, tmp_path: Path) -> None:
    """Every check of schemathesis, with what the schema allows and with what it does not."""
    program = Path(sys.executable).with_name("schemathesis")
    asked = (
        "--checks",
        "all",
        "--phases",
        "examples,coverage,fuzzing",
        "--generation-deterministic",
        "--max-time",
        "30",
    )
    done = subprocess.run(
        [program, "--no-color", "run", f"http://127.0.0.1:{port}/openapi.json", *asked, "--continue-on-failure"],
        capture_output=True, text=True, cwd=tmp_path, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout and " failed" not in done.stdout
