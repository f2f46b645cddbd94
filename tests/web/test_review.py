"""Review on the desk: who may, what is kept, what happens when two look at once, and how it is taken back."""

from __future__ import annotations

import re
import time
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from parley.ledger import Ledger
from parley.web.waiting import COSTLY, REST, Waiting

from .conftest import Desk, token

ITEM = re.compile(r'action="/review/([0-9a-f]{24})"')


def first(ledger: Ledger, queue: str = "figures") -> str:
    return str(ledger.queue(queue=queue)[0].id)


def say(client: TestClient, id: str, verdict: str, **more: str) -> int:
    form = {"token": token(client), "verdict": verdict, "seen": "", "back": "/review"} | more
    return client.post(f"/review/{id}", data=form).status_code


def last(ledger: Ledger) -> str:
    return str(ledger.log()[0].id) if len(ledger.log()) else ""


# ── who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("Rex", 403), ("Ben", 303), ("Ada", 303)])
def test_reviewers_and_editors_may_decide(desk: Desk, name: str | None, status: int) -> None:
    assert say(desk(name), first(desk.ledger), "accept") == status
    assert len(desk.ledger.log()) == (status == 303)


@pytest.mark.parametrize("path", ["/review/{id}", "/review/all", "/log/{id}"])
def test_a_form_without_its_token_writes_nothing(desk: Desk, path: str) -> None:
    id = first(desk.ledger)
    data = {"verdict": "reject", "row": f"{id}:", "token": "guessed"}
    assert desk("Ben").post(path.format(id=id), data=data).status_code == 403
    assert not len(desk.ledger.log())


def test_a_form_from_elsewhere_writes_nothing(desk: Desk) -> None:
    client, id = desk("Ben"), first(desk.ledger)
    data = {"verdict": "reject", "token": token(client)}
    for head in (
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ):
        assert client.post(f"/review/{id}", data=data, headers=head).status_code == 403
    assert not len(desk.ledger.log())


@pytest.mark.parametrize("name", [None, "Rex"])
def test_who_may_not_decide_sees_no_buttons(desk: Desk, name: str | None) -> None:
    page = desk(name).get("/review?queue=figures").text
    assert 'name="verdict"' not in page and "as a reviewer" in page


# ── one decision ─────────────────────────────────────────────────────────────────────────────────


def test_accepting_moves_on_to_the_next(desk: Desk) -> None:
    client = desk("Ben")
    before = ITEM.findall(client.get("/review?queue=figures").text)[0]
    form = {"token": token(client), "verdict": "accept", "seen": "", "back": "/review?queue=figures"}
    answer = client.post(f"/review/{before}", data=form)
    assert answer.status_code == 303 and answer.headers["location"] == "/review?queue=figures"
    page = client.get(answer.headers["location"]).text
    assert ITEM.findall(page)[0] != before
    assert "1 of 4 shown by this filter" in page


def test_the_ledger_keeps_who_and_why(desk: Desk) -> None:
    id = first(desk.ledger)
    say(desk("Ben"), id, "reject", why="of another story")
    (entry,) = desk.ledger.log()
    assert (entry.who, entry.record, entry.verdict, entry.why) == ("Ben", id, "reject", "of another story")


def fields_of(page: str) -> dict[str, str]:
    """The fields of the form as a browser would send them untouched."""
    given = dict(re.findall(r'<input id="(fix-[\w-]+)"[^>]* value="([^"]*)"', page))
    for name, body in re.findall(r'<select id="(fix-[\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r"<option(?: value=\"([^\"]*)\")? selected>([^<]*)", body)
        assert chosen, name
        given[name] = chosen[1] if chosen[1] is not None else chosen[2]
    return given


def test_only_fields_that_changed_go_into_a_correction(desk: Desk) -> None:
    client, id = desk("Ben"), first(desk.ledger)
    given = fields_of(client.get(f"/review?queue=figures&item={id}").text)
    assert {"fix-low", "fix-high", "fix-status", "fix-believed"} <= given.keys()
    assert say(client, id, "correct", **given) == 400
    assert say(client, id, "correct", **(given | {"fix-low": "1,200", "fix-high": ""})) == 303
    (entry,) = desk.ledger.log()
    assert entry.after == "low 1200, high not told"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("low", "many", "whole number"), ("status", "gone", "there are dead"), ("who", "", "cannot be empty"),
     ("low", "99", "above the upper"), ("who", "x" * 1001, "at most")],
)  # fmt: skip
def test_a_field_takes_only_what_may_stand_there(desk: Desk, field: str, value: str, words: str) -> None:
    client, id = desk("Ben"), first(desk.ledger)
    form = {"token": token(client), "verdict": "correct", "seen": "", f"fix-{field}": value}
    answer = client.post(f"/review/{id}", data=form)
    assert answer.status_code == 400 and words in answer.text
    assert not len(desk.ledger.log())


@pytest.mark.parametrize("verdict", ["praise", "", "undo", "correct"])
def test_a_verdict_that_cannot_be_is_told(desk: Desk, verdict: str) -> None:
    assert say(desk("Ben"), first(desk.ledger), verdict) == 400
    assert not len(desk.ledger.log())


def test_a_note_needs_words(desk: Desk) -> None:
    assert say(desk("Ben"), first(desk.ledger), "note", why=" ") == 400


def test_what_is_not_there_cannot_be_decided(desk: Desk) -> None:
    assert say(desk("Ben"), "0" * 24, "accept") == 400
    assert say(desk("Ben"), "0" * 24, "correct") == 404


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_to_another_place(desk: Desk, back: str) -> None:
    client = desk("Ben")
    form = {"token": token(client), "verdict": "accept", "seen": "", "back": back}
    assert client.post(f"/review/{first(desk.ledger)}", data=form).headers["location"] == "/"


# ── two at once ──────────────────────────────────────────────────────────────────────────────────


def test_the_second_of_two_is_shown_both_versions_and_decides_anew(desk: Desk) -> None:
    ben, cleo, id = desk("Ben"), desk("Cleo"), first(desk.ledger)
    assert say(cleo, id, "correct", **{"fix-low": "7", "fix-high": "7", "why": "seven"}) == 303
    form = {
        "token": token(ben),
        "verdict": "correct",
        "seen": "",
        "back": "/review?queue=figures",
        "fix-low": "1",
    }
    answer = ben.post(f"/review/{id}", data=form)
    assert answer.status_code == 409 and len(desk.ledger.log()) == 1
    assert (
        "Changed by Cleo while you looked" in answer.text
        and "seven" in answer.text
        and "low 1" in answer.text
    )
    seen = re.search(r'name="seen" value="(\w+)"', answer.text)
    assert seen and seen[1] == last(desk.ledger)
    assert say(ben, id, "accept", seen=seen[1]) == 303


def test_a_form_that_does_not_say_what_it_saw_overtakes_nobody(desk: Desk) -> None:
    ben, id = desk("Ben"), first(desk.ledger)
    say(desk("Cleo"), id, "note", why="look again")
    form = {"token": token(ben), "verdict": "accept"}
    assert ben.post(f"/review/{id}", data=form).status_code == 409


def test_pressing_twice_keeps_one(desk: Desk) -> None:
    client, id = desk("Ben"), first(desk.ledger)
    assert [say(client, id, "accept"), say(client, id, "accept")] == [303, 409]
    assert len(desk.ledger.log()) == 1


# ── taking back ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verdict", ["accept", "reject", "note", "correct"])
def test_whatever_one_said_can_be_undone_from_the_queue(desk: Desk, verdict: str) -> None:
    client, id = desk("Ben"), first(desk.ledger)
    say(client, id, verdict, why="so", **({"fix-high": "90"} if verdict == "correct" else {}))
    page = client.get("/review?queue=figures").text
    assert f'action="/review/{id}"' in page and 'id="undo"' in page
    assert say(client, id, "undo", seen=last(desk.ledger)) == 303
    assert [e.verdict for e in desk.ledger.log()] == ["undo", verdict]
    assert id in [i.id for i in desk.ledger.queue(queue="figures")]


def test_the_undone_row_is_shown_again(desk: Desk) -> None:
    client, id = desk("Ben"), [i.id for i in desk.ledger.queue(queue="figures")][-1]
    assert ITEM.findall(client.get(f"/review?queue=figures&item={id}").text)[0] == id


def test_nobody_undoes_what_another_said(desk: Desk) -> None:
    id = first(desk.ledger)
    say(desk("Cleo"), id, "accept")
    assert 'id="undo"' not in desk("Ben").get("/review").text
    assert say(desk("Ben"), id, "undo", seen=last(desk.ledger)) == 400


# ── the queue's page ─────────────────────────────────────────────────────────────────────────────


def test_rivals_stand_beside_a_conflict(desk: Desk) -> None:
    page = desk("Ben").get("/review").text
    item = desk.ledger.queue()[0]
    assert item.rivals and all(f"/r/{r.id}" in page for r in item.rivals)
    assert all(r.what in page for r in item.rivals)


def test_what_reviewers_differ_on_waits_for_them(desk: Desk) -> None:
    id = first(desk.ledger)
    desk.ledger.review(id, "accept", who="Ben")
    desk.ledger.review(id, "reject", who="Cleo", why="of another story")
    page = desk("Ben").get("/review?queue=contested").text
    assert ITEM.findall(page)[0] == id and "two reviewers differ" in page and "of another story" in page


def test_skipping_goes_through_all_and_says_so_at_the_end(desk: Desk) -> None:
    client, seen, address = desk("Ben"), [], "/review?queue=figures"
    while found := ITEM.findall(page := client.get(address).text):
        seen.append(found[0])
        address = f"/review?queue=figures&after={found[0]}"
    assert seen == [i.id for i in desk.ledger.queue(queue="figures")]
    assert "were skipped" in page


@pytest.mark.parametrize(
    "query",
    [
        "queue=nothing",
        "layer=letters",
        "party=Nobody%20Known",
        "since=soon",
        "until=2024-13-01",
        "as_of=x",
        "trust=none",
    ],
)
def test_a_filter_that_cannot_be_says_why(desk: Desk, query: str) -> None:
    assert desk().get(f"/review?{query}").status_code == 400


def test_the_queue_is_there_as_json_and_csv(desk: Desk) -> None:
    rows = desk().get("/review.json?queue=open&layer=counts").json()["rows"]
    assert rows and {r["layer"] for r in rows} == {"counts"} and rows[0]["cites"]
    assert desk().get("/review.csv?queue=open").text.startswith("id,layer,what")


def test_hostile_words_of_a_reviewer_stay_words(desk: Desk) -> None:
    client, id, words = desk("Ben"), first(desk.ledger), "<script>alert(1)</script>\u202e"
    say(client, id, "note", why=words)
    for path in ("/review", "/log", f"/r/{id}", f"/review?item={id}&queue={quote('figures')}"):
        page = client.get(path).text
        assert "<script>alert" not in page and "&lt;script&gt;" in page


# ── who is to look, and who settles ──────────────────────────────────────────────────────────────


def test_a_row_is_assigned_and_found_under_mine(desk: Desk) -> None:
    client, id = desk("Ben"), desk.ledger.queue(queue="open")[-1].id
    assert say(client, id, "assign", to="Cleo") == 303
    page = desk("Cleo").get("/review?queue=open&to=Cleo").text
    assert ITEM.findall(page)[0] == id and "assigned to Cleo" in page and "Mine:" not in page
    assert "queue=open&amp;to=Ben" in client.get("/review").text
    assert "Nothing waits" in client.get("/review?queue=open&to=Ben").text
    assert say(client, id, "assign", to="", seen=last(desk.ledger)) == 303
    assert "Nothing waits" in desk("Cleo").get("/review?queue=open&to=Cleo").text


def test_only_reviewers_of_the_desk_are_assigned_anything(desk: Desk) -> None:
    client, id = desk("Ben"), first(desk.ledger)
    assert [say(client, id, "assign", to=name) for name in ("Rex", "Nobody")] == [400, 400]
    page = client.get("/review?queue=figures").text
    names = re.findall(r"<option value=\"(\w+)\"[^>]*>(?:\1)", page)
    assert {*names} - {"yes"} == {"Ada", "Ben", "Cleo"} and "Ben (me)" in page
    assert "Cleo" not in desk("Rex").get("/review?queue=figures").text


@pytest.mark.parametrize(("name", "status"), [("Ben", 403), ("Ada", 303)])
def test_an_editor_settles_what_two_reviewers_differ_on(desk: Desk, name: str, status: int) -> None:
    id = first(desk.ledger)
    desk.ledger.review(id, "accept", who="Ben")
    desk.ledger.review(id, "reject", who="Cleo")
    client = desk(name)
    assert ('value="settle"' in client.get("/review?queue=contested").text) is (status == 303)
    assert say(client, id, "settle", seen=last(desk.ledger), **{"as": "accept"}) == status
    assert bool(len(desk.ledger.queue(queue="contested"))) is (status == 403)


def test_an_editor_who_is_one_of_them_does_not(desk: Desk) -> None:
    id = first(desk.ledger)
    desk.ledger.review(id, "accept", who="Ada")
    desk.ledger.review(id, "reject", who="Cleo")
    client = desk("Ada")
    page = client.get("/review?queue=contested").text
    assert 'value="settle"' not in page and "one of those who differ" in page
    assert say(client, id, "settle", seen=last(desk.ledger), **{"as": "accept"}) == 400


# ── how much waits ───────────────────────────────────────────────────────────────────────────────

WAIT = re.compile(r'<span class="count" title="(\d+) wait in the queue of conflicts">\1</span>')


def test_every_page_tells_how_much_waits(desk: Desk) -> None:
    client, ids = desk(), [item.id for item in desk.ledger.queue()]
    assert WAIT.findall(client.get("/figures").text) == [str(len(ids))] == ["2"]
    for id in ids:
        desk.ledger.review(id, "accept", who="Ben")
    desk.app.state.desk.waiting.again = 0.0
    assert not WAIT.findall(client.get("/figures").text)


def test_what_takes_long_to_count_is_not_counted(desk: Desk) -> None:
    waiting = Waiting()
    assert waiting.count(desk.ledger) == 2
    desk.ledger.review(first(desk.ledger, "conflicts"), "accept", who="Ben")
    assert waiting.count(desk.ledger) == 2  # it rests
    waiting.again = 0.0
    assert waiting.count(desk.ledger) == 1
    waiting.rest(COSTLY + 0.01)
    desk.ledger.review(first(desk.ledger, "conflicts"), "note", who="Ben", why="so")
    assert waiting.count(desk.ledger) == 0 and waiting.again > time.monotonic() + REST / 2
