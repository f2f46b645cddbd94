"""The log on the desk: who changed what, when and why, and how it is taken back."""

from __future__ import annotations

import pytest

from parley.pipeline import made_by

from .conftest import Desk, token


def written(desk: Desk) -> list[str]:
    """Three rows: Ben corrects one, Cleo rejects another, Ben notes a third."""
    ids = [i.id for i in desk.ledger.queue(queue="figures")][:3]
    desk.ledger.review(ids[0], "correct", who="Ben", why="miscounted", after={"high": 90})
    desk.ledger.review(ids[1], "reject", who="Cleo", why="another story")
    desk.ledger.review(ids[2], "note", who="Ben", why="ask the desk")
    return ids


def test_the_log_tells_who_what_when_why_before_and_after(desk: Desk) -> None:
    written(desk)
    page = desk().get("/log").text
    for words in ("Ben", "Cleo", "miscounted", "another story", "high 90", "2 to 90 hostages rescued"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 3), ("?who=Ben", 2), ("?who=Nobody", 0), ("?since=2000-01-01", 3), ("?until=2000-01-01", 0), ("?record={0}", 1), ("?record={0:.8}", 1)],
)  # fmt: skip
def test_it_is_narrowed_by_record_name_and_day(desk: Desk, query: str, found: int) -> None:
    ids = written(desk)
    assert len(desk().get("/log.json" + query.format(*ids)).json()["rows"]) == found


def test_it_is_there_as_a_table_that_no_spreadsheet_runs(desk: Desk) -> None:
    desk.ledger.review(written(desk)[0], "note", who="Ben", why="=HYPERLINK(1)")
    table = desk().get("/log.csv").text
    assert table.startswith("id,at,who,record") and "'=HYPERLINK(1)" in table


def test_it_tells_what_was_read_when_and_by_which_rules(desk: Desk) -> None:
    page = desk().get("/log").text
    assert made_by() in page and '<td class="number">35</td>' in page


def revert(desk: Desk, name: str | None, entry: str, *, record: str, **more: str) -> int:
    client = desk(name)
    seen = next(e.id for e in desk.ledger.log() if e.record == record)
    return client.post(f"/log/{entry}", data={"token": token(client), "seen": seen} | more).status_code


def test_ones_own_entry_is_undone(desk: Desk) -> None:
    id = written(desk)[0]
    entry = desk.ledger.log()[2]
    assert revert(desk, "Ben", entry.id, record=id) == 303
    assert desk.ledger.log()[0].verdict == "undo" and desk.ledger.log()[3].undone


@pytest.mark.parametrize(("place", "who", "verdict"), [(1, "Ben", "accept"), (2, "Cleo", "correct")])
def test_anothers_entry_is_met_with_the_opposite(desk: Desk, place: int, who: str, verdict: str) -> None:
    written(desk)
    entry = desk.ledger.log()[place]
    assert revert(desk, who, entry.id, record=entry.record, why="no") == 303
    new = desk.ledger.log()[0]
    assert (new.who, new.verdict, new.why, new.after) == (who, verdict, "no", entry.before)


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("Rex", 403)])
def test_only_reviewers_take_back(desk: Desk, name: str | None, status: int) -> None:
    id = written(desk)[1]
    assert revert(desk, name, desk.ledger.log()[1].id, record=id) == status
    assert "Take back" not in desk(name).get("/log").text
    assert len(desk.ledger.log()) == 3


def test_what_was_undone_or_is_a_note_cannot_be_taken_back(desk: Desk) -> None:
    ids = written(desk)
    note, fix = desk.ledger.log()[0].id, desk.ledger.log()[2].id
    assert revert(desk, "Ben", note, record=ids[2]) == 400
    assert revert(desk, "Ben", fix, record=ids[0]) == 303
    assert revert(desk, "Ben", fix, record=ids[0]) == 400
    assert revert(desk, "Ben", "nothing", record=ids[0]) == 400


def test_nothing_is_taken_back_that_somebody_spoke_of_meanwhile(desk: Desk) -> None:
    id = written(desk)[1]
    client, entry = desk("Ben"), desk.ledger.log()[1]
    desk.ledger.review(id, "note", who="Cleo", why="wait")
    form = {"token": token(client), "seen": entry.id}
    assert client.post(f"/log/{entry.id}", data=form).status_code == 409
    assert len(desk.ledger.log()) == 4
