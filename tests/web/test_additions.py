"""Adding a record on the desk: who may, how words are chosen without a script, what is kept and what is refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from parley.pipeline import process
from parley.read.plain import plain
from parley.store.additions import ASKED
from parley.store.rows import dispatch_id
from parley.web.pages.additions import chosen

from .conftest import Desk, token

FIELD = re.compile(r'<(?:input|select)[^>]* name="is-(\w+)"')


@pytest.fixture
def id(desk: Desk) -> str:
    """A dispatch with a figure that no rule reads, with hostile words and carriage returns in it."""
    text = (
        "LISSE, Oct. 3, 2024 (VNA) - The Kelbarran Front is keeping a score of miners in the pits\r\nnear Tamrin, "
        "Foreign Minister Irena Sol said on Thursday. <b>“A score\u202e of men”</b>, she said twice: a score.\r\n"
    )
    record = process(plain(text, None, "pits.txt"))
    desk.ledger.add(record)
    return dispatch_id(record.document)


def text_of(desk: Desk, id: str) -> str:
    record = desk.ledger.record(id)
    assert record
    return record.text


def form_of(client: TestClient, id: str, select: str, kind: str = "counts") -> dict[str, str]:
    """The hidden fields of the form, as a browser would send them."""
    page = client.get(f"/documents/{id}", params={"select": select, "kind": kind}).text
    form = page[page.index(f'action="/documents/{id}/add"') :]
    return {
        k: unescape(v) for k, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)[:5]
    }


def adds(client: TestClient, id: str, select: str, kind: str = "counts", **fields: str) -> int:
    told = (
        {"is-low": "20", "is-high": "20", "is-who": "miners", "is-status": "held"} if kind == "counts" else {}
    )
    form = form_of(client, id, select, kind) | told | fields
    return client.post(f"/documents/{id}/add", data=form).status_code


@pytest.mark.parametrize(("name", "may"), [(None, False), ("Rex", False), ("Ben", False), ("Ada", True)])
def test_only_an_editor_is_asked(desk: Desk, id: str, name: str | None, may: bool) -> None:
    page = desk(name).get(f"/documents/{id}?select=0-5").text
    assert ("Add a record" in page) is ("Add it as mine" in page) is may


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("Rex", 403), ("Ben", 403)])
def test_nobody_else_adds_anything(desk: Desk, id: str, name: str | None, status: int) -> None:
    form = form_of(desk("Ada"), id, "0-5", "claims") | {"is-act": "say", "is-mode": "indirect"}
    client = desk(name)
    form["token"] = token(client) or form["token"]
    assert client.post(f"/documents/{id}/add", data=form).status_code == status
    assert not len(desk.ledger.log())


def test_words_chosen_by_their_numbers_become_a_record_of_the_editor(desk: Desk, id: str) -> None:
    client, at = desk("Ada"), text_of(desk, id).index("a score of miners")
    select = f"{at}-{at + 17}"
    page = client.get(f"/documents/{id}?select={select}&kind=counts").text
    assert f'id="c{select}"' in page and '<mark class="claims lit' in page and "“a score of miners”" in page
    form = form_of(client, id, select) | {
        "is-low": "20",
        "is-who": "miners",
        "is-status": "held",
        "why": "a score is 20",
    }
    answer = client.post(f"/documents/{id}/add", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/documents/{id}?at={select}#c{select}")
    (entry,) = desk.ledger.log()
    assert (entry.who, entry.verdict, entry.why) == ("Ada", "add", "a score is 20")
    (row,) = [f for f in desk.ledger.figures(status="held") if f.id == entry.record]
    assert (row.low, row.high, row.cites[0].words) == (20, None, "a score of miners")
    shown = desk().get(f"/documents/{id}").text
    assert "by hand, Ada" in shown and "20 or more miners held" in shown
    assert "added by Ada, not read by the program" in desk().get(f"/r/{entry.record}").text
    assert (
        desk.ledger.review(entry.record, "undo", who="Ada")
        and "by hand, Ada" not in desk().get(f"/documents/{id}").text
    )


@pytest.mark.parametrize("kind", list(ASKED))
def test_every_kind_asks_for_its_fields(desk: Desk, id: str, kind: str) -> None:
    page = desk("Ada").get(f"/documents/{id}?select=0-5&kind={kind}").text
    assert set(FIELD.findall(page)) == set(ASKED[kind])


def test_whom_and_whose_word_are_those_of_the_dispatch(desk: Desk, id: str) -> None:
    record = desk.ledger.record(id)
    assert record
    front, claim = next(e.id for e in record.entities if "Front" in e.name), record.claims[0].id
    event = {"is-type": "COERCE", "is-status": "ongoing", "is-actors": front, "is-claim": claim}
    assert adds(desk("Ada"), id, "a score of miners", "events", **event) == 303
    (act,) = [a for a in desk.ledger.timeline() if a.cites[0].rule == "by hand"]
    assert (act.actors, act.authorities) == (("Kelbarran Front",), ("Irena Sol",))


@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, 303), ({"is-low": "many"}, 400), ({"is-who": ""}, 400), ({"is-status": "gone"}, 400), ({"is-by": "nobody"}, 400), ({"is-claim": "c99"}, 400),
     ({"kind": "letters"}, 400), ({"start": "1"}, 409), ({"end": "9999"}, 400), ({"end": "x"}, 400), ({"seal": "guessed"}, 409), ({"token": "guessed"}, 403)],
)  # fmt: skip
def test_what_cannot_be_is_told_and_not_kept(
    desk: Desk, id: str, fields: dict[str, str], status: int
) -> None:
    assert adds(desk("Ada"), id, "a score of miners", **fields) == status
    assert len(desk.ledger.log()) == (status == 303)


def test_the_same_twice_is_told(desk: Desk, id: str) -> None:
    client = desk("Ada")
    assert [adds(client, id, "a score of miners") for _ in range(2)] == [303, 400]
    assert desk("Ada").post(f"/documents/{'0' * 24}/add", data={"token": token(client)}).status_code in (
        403,
        404,
    )


@pytest.mark.parametrize(
    ("select", "words", "told"),
    [("3-7", "quic", ""), ("3–7", "quic", ""), (" quick   brown ", "quick\nbrown", ""), ("the", None, "more than once"), ("a cat", None, "do not stand there"),
     ("9-3", None, "choose 1 to"), ("0-999", None, "choose 1 to"), (".*", None, "do not stand there")],
)  # fmt: skip
def test_characters_are_chosen_by_number_or_by_words(select: str, words: str | None, told: str) -> None:
    text = "a, quick\nbrown fox and the hen and the dog"
    span, trouble = chosen(text, select)
    assert (span and span.of(text)) == words and told in trouble and bool(trouble) is bool(told)


def test_hostile_words_stay_words_in_the_form(desk: Desk, id: str) -> None:
    client, text = desk("Ada"), text_of(desk, id)
    at = text.index("<b>")
    page = client.get(f"/documents/{id}?select={at}-{at + 20}").text
    assert "<b>“A" not in page and "\u202e" not in re.sub(r'<span class="hidden"[^>]*>.</span>', "", page)
    assert adds(client, id, f"{at}-{at + 20}") == 303
    assert adds(client, id, f"0-{len(text)}") == 303  # over line ends of every kind
    assert (
        "<script>" not in client.get(f"/documents/{id}", params={"select": "<script>alert(1)</script>"}).text
    )
