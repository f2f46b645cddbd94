"""A dispatch that means harm, in every field there is: on every page, in JSON and in CSV it is words and no more."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley.document import Dateline, Document, Entity, Part, Role
from parley.facts import Agreement, Claim, Count, Event, Facts, Position, Source, Term
from parley.ledger import Ledger
from parley.record import Record
from parley.values import Span
from parley.web import people
from parley.web.app import make_app
from parley.web.settings import Settings

from .conftest import PASSWORD
from .test_security import ANY, sealed
from .walking import Page, addresses

TURNED = "\u202egnihton"
SUM = "{{ 1234*5678 }}${1234*5678}"
HARM = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "' onmouseover=alert(3) x='", "javascript:alert(4)",
    "</title></textarea></pre><svg onload=alert(5)>", TURNED, "=HYPERLINK(\"http://evil.example\")", SUM, "W" * 300,
    "a\x01\x1b[31mb\x7f", "&lt;b&gt;&#60;i&#62;", "<!-- -->]]>", "\u2028\u2066x",
)  # fmt: skip
ALL = " ".join(HARM)


def hostile(number: int) -> Record:
    """A record whose every word means harm; `number` chooses what stands where only one thing can."""
    harm = HARM[number % len(HARM)]
    text, spans = "", []
    for words in (harm, ALL, f"The {harm} Front", "41 or more", harm, "met", harm, "truce", ALL):
        start = len(text) + 1
        text += f" {words}"
        spans.append(Span(start, start + len(words)))
        text += "\n\n"
    place, said, front, figure, condition, met, stance, truce, told = spans
    entities = (
        Entity("p0", f"The {harm} Front", "organization", (front,), harm, (Role(place, harm, harm, False),)),
        Entity("p1", f"Mr {harm}", "person", (condition,)),
        Entity("p2", f"Mount {harm}", "place", (place,)),
    )
    facts = Facts(
        (Claim("c1", said, Source("unnamed", told, "p1", "p0", told), "direct", "say", None, harm, harm, None, None, harm),
         Claim("c2", told, Source("body", front, "p0"), "indirect", "demand", rule=harm)),
        (Count("n1", figure, 41, None, "held", harm, True, "p0", "p2", "2024-05-01", True, claim="c1", rule=harm),
         Count("n2", figure, 3, 4, "dead", f"={harm}", False, "p0", "p2", claim="c2", rule=harm)),
        (Event("e1", met, "CONSULT", ("p0", "p1"), ("p1",), "planned", harm, "p2", "2024-05-03", "c1", harm),
         Event("e2", met, "ASSAULT", ("p0",), ("p1",), "occurred", harm, "p2", rule=harm)),
        (Position("o1", stance, "p0", "demands", harm, condition, "p1", rule=harm),),
        (Agreement("a1", truce, "truce", "agreed", ("p0", "p1"), terms=(Term("p0", harm, "n1", harm),), rule=harm),),
    )  # fmt: skip
    document = Document(
        text, (Part(Span(0, len(text))),), f"2024-05-{1 + number % 20:02}", harm, Dateline(place, harm, None), (), (harm,),
        f"../../{harm}.txt",
    )  # fmt: skip
    return Record.from_json(Record(document, entities, (), facts, harm).to_json())


@pytest.fixture(scope="module")
def struck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of hostile records, with hostile reviews of them."""
    with Ledger.open(str(tmp_path_factory.mktemp("hostile") / "hostile.db"), make=True) as ledger:
        ledger.add_all([hostile(n) for n in range(len(HARM))])
        for number, row in enumerate((*ledger.figures(), *ledger.timeline(), *ledger.positions())[:12]):
            ledger.review(row.id, ("accept", "note")[number % 2], who=ALL[:70], why=ALL)
        ledger.review(ledger.figures()[0].id, "correct", who=HARM[1], why=HARM[0], after={"who": ALL})
        yield ledger


@pytest.fixture(scope="module")
def reader(struck: Ledger, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An editor of a hostile name."""
    path = tmp_path_factory.mktemp("people") / "users.json"
    people.add(path, HARM[1], "editor", PASSWORD)
    app = make_app(struck, Settings(users=path, rates=ANY, name=HARM[4]))
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    assert client.post("/login", data={"name": HARM[1], "password": PASSWORD}).status_code == 303
    return client


def harmless(page: str, address: str) -> None:
    read = Page(page)
    assert not read.wrong, (address, read.wrong[:5])
    assert not read.open, (address, read.open)
    assert "7006652" not in page, address
    # what turns text round stands in boxes alone, in the reader of dispatches, whose text is that of the ledger
    assert all("\u202e" not in part for part in read.loose), (
        address,
        [p for p in read.loose if "\u202e" in p][:2],
    )


def test_no_page_takes_words_for_anything_else(reader: TestClient, struck: Ledger) -> None:
    app: FastAPI = reader.app  # type: ignore[assignment]
    seen, said = set[str](), ""
    for address in addresses(struck, app.routes):
        answer = reader.get(address)
        if "text/html" in answer.headers["content-type"]:
            harmless(answer.text, address)
            seen.add(address.split("/")[1])
            said += answer.text
            assert 'action="/logout"' in answer.text  # the editor is in: every form is there
        sealed(answer)
        assert answer.status_code < 500, (address, answer.text[:300])
    assert all(
        words in said
        for words in ("&lt;script&gt;alert(1)", "&lt;/title&gt;", "1234*5678", "onerror=alert(2)", "[U+202E]")
    )
    assert seen >= {
        "",
        "documents",
        "r",
        "parties",
        "figures",
        "timeline",
        "positions",
        "meetings",
        "agreements",
        "sources",
    }


PLACES = ("/?party=", "/figures?who=", "/figures?authority=", "/timeline?type=", "/documents?q=", "/documents?agency=", "/documents?party=",
          "/login?next=", "/documents?at=", "/figures?after=", "/meetings?state=", "/positions?issue=", "/parties/", "/r/",
          "/documents/", "/agreements/", "/none/", "/figures?as_of=", "/figures?trust=", "/parties?kind=", "/sources?kind=")  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_address_takes_words_for_anything_else(reader: TestClient, place: str) -> None:
    for harm in HARM:
        for address in (place + quote(harm, safe=""), place.replace("?", ".json?", 1) + quote(harm, safe="")):
            answer = reader.get(address)
            assert answer.status_code < 500, (address, answer.status_code)
            sealed(answer)
            if "text/html" in answer.headers["content-type"]:
                harmless(answer.text, address)


def test_json_and_csv_are_what_they_say(reader: TestClient) -> None:
    for name in (
        "figures",
        "timeline",
        "positions",
        "meetings",
        "agreements",
        "sources",
        "documents",
        "parties",
    ):
        told = reader.get(f"/{name}.json")
        assert told.headers["content-type"] == "application/json" and json.loads(told.text)["rows"]
        table = reader.get(f"/{name}.csv")
        assert (
            table.headers["content-type"].startswith("text/csv")
            and "attachment" in table.headers["content-disposition"]
        )
        for row in csv.reader(io.StringIO(table.text)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_hostile_users_cannot_be_made(tmp_path: Path) -> None:
    for name in ("", " ", "a\nb", "a\x00b", "x" * 81):
        with pytest.raises(people.WrongUser):
            people.add(tmp_path / "users.json", name, "reader", PASSWORD)
