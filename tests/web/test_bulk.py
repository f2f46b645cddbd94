"""Accepting all that a filter shows: never without the list, never what changed meanwhile."""

from __future__ import annotations

import re

import pytest

from .conftest import Desk, token

ROW = re.compile(r'name="row" value="(\w+:\w*)"')


def test_the_list_shows_what_the_filter_shows_and_accepts_nothing(desk: Desk) -> None:
    page = desk("Ben").get("/review/all?queue=figures").text
    shown = [row.partition(":")[0] for row in ROW.findall(page)]
    assert shown == [i.id for i in desk.ledger.queue(queue="figures")]
    assert f"Accept {len(shown)} records?" in page and not len(desk.ledger.log())


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("Rex", 403)])
def test_only_reviewers_come_to_it(desk: Desk, name: str | None, status: int) -> None:
    assert desk(name).get("/review/all").status_code == status
    assert desk(name).post("/review/all", data={"row": "x:"}).status_code == status


def test_what_changed_in_between_is_left_out_and_named(desk: Desk) -> None:
    ben, items = desk("Ben"), desk.ledger.queue(queue="figures")
    rows = ROW.findall(ben.get("/review/all?queue=figures").text)
    desk.ledger.review(items[1].id, "reject", who="Cleo", why="misread")
    form = {"token": token(ben), "row": rows, "why": "all read", "back": "/review?queue=figures"}
    answer = ben.post("/review/all", data=form)
    assert f"{len(rows) - 1} accepted, 1 left out" in answer.text and "changed by Cleo" in answer.text
    assert items[1].what.replace("'", "&#39;") in answer.text
    mine = [e for e in desk.ledger.log() if e.who == "Ben"]
    assert {e.record for e in mine} == {i.id for i in items} - {items[1].id}
    assert {(e.verdict, e.why) for e in mine} == {("accept", "all read")}


@pytest.mark.parametrize("rows", [[], ["nothing"], ["0" * 24 + ":"], ["'; drop table reviews; --:"]])
def test_a_list_of_nothing_accepts_nothing(desk: Desk, rows: list[str]) -> None:
    ben = desk("Ben")
    answer = ben.post("/review/all", data={"token": token(ben), "row": rows, "why": "x"})
    assert answer.status_code == (200 if rows else 400)
    assert not len(desk.ledger.log())


def test_each_of_them_can_be_taken_back_by_itself(desk: Desk) -> None:
    ben = desk("Ben")
    rows = ROW.findall(ben.get("/review/all?queue=figures").text)
    ben.post("/review/all", data={"token": token(ben), "row": rows, "why": "all"})
    entry = desk.ledger.log()[0]
    form = {"token": token(ben), "seen": entry.id}
    assert ben.post(f"/log/{entry.id}", data=form).status_code == 303
    assert [i.id for i in desk.ledger.queue(queue="figures")] == [entry.record]
