"""Who is to look at a row, and what a third makes of two who differ: rows of reviews like all others."""

from __future__ import annotations

from typing import Any

import pytest

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.record import Record
from parley.show.view import View
from parley.store.reviews import Judged, opposite

from .conftest import Filled


@pytest.fixture
def ledger(filled: Filled, records: tuple[Record, ...]) -> Ledger:
    return filled(records[:9])


@pytest.fixture
def row(ledger: Ledger) -> str:
    """A figure on which Ada and Ben differ."""
    id = ledger.figures()[0].id
    ledger.review(id, "accept", who="Ada")
    ledger.review(id, "reject", who="Ben")
    return id


def held(ledger: Ledger, id: str) -> Judged:
    return View(ledger).reviews[id]


def settle(ledger: Ledger, id: str, who: str, verdict: str = "accept") -> str:
    return ledger.review(id, "settle", who=who, after={"verdict": verdict})


@pytest.mark.parametrize(("verdict", "shown"), [("accept", True), ("reject", False)])
def test_a_third_settles_what_two_differ_on(ledger: Ledger, row: str, verdict: str, shown: bool) -> None:
    assert held(ledger, row).contested and [i.id for i in ledger.queue(queue="contested")] == [row]
    settle(ledger, row, "Cleo", verdict)
    assert (held(ledger, row).verdict, held(ledger, row).contested) == (verdict, False)
    assert not len(ledger.queue(queue="contested"))
    assert any(f.id == row for f in ledger.figures()) is shown


def test_what_was_settled_stays_so_until_somebody_says_otherwise(ledger: Ledger, row: str) -> None:
    settle(ledger, row, "Cleo")
    ledger.review(row, "accept", who="Ada")
    assert not held(ledger, row).contested
    ledger.review(row, "reject", who="Ben")
    assert held(ledger, row).contested


def test_settling_can_be_undone_by_who_did_it_alone(ledger: Ledger, row: str) -> None:
    entry = settle(ledger, row, "Cleo")
    with pytest.raises(WrongQuestion, match="only Cleo"):
        opposite(ledger, entry, "Dora")
    assert opposite(ledger, entry, "Cleo") == (row, "undo", {})
    ledger.review(row, "undo", who="Cleo")
    assert held(ledger, row).contested


@pytest.mark.parametrize(
    ("who", "after", "words"),
    [("Ada", {"verdict": "accept"}, "one of those who differ"), ("Cleo", {"verdict": "correct"}, "accept or reject"), ("Cleo", {}, "accept or reject")],
)  # fmt: skip
def test_who_and_how_is_told(ledger: Ledger, row: str, who: str, after: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongQuestion, match=words):
        ledger.review(row, "settle", who=who, after=after)
    assert held(ledger, row).contested


def test_what_nobody_contests_is_not_settled(ledger: Ledger) -> None:
    with pytest.raises(WrongQuestion, match="no two reviewers differ"):
        settle(ledger, ledger.figures()[0].id, "Cleo")


# ── who is to look ───────────────────────────────────────────────────────────────────────────────


def mine(ledger: Ledger, name: str, queue: str = "open") -> list[str]:
    return [item.id for item in ledger.queue(queue=queue, to=name)]


def test_a_row_is_somebodys_until_it_is_anothers(ledger: Ledger) -> None:
    first, second = (item.id for item in ledger.queue(queue="open").rows[-2:])
    for id, to in ((first, "Ada"), (second, "Ada"), (first, "Ben")):
        ledger.review(id, "assign", who="Cleo", after={"to": to})
    assert (mine(ledger, "Ada"), mine(ledger, "Ben")) == ([second], [first])
    assert next(i.assigned for i in ledger.queue(queue="open") if i.id == second) == "Ada"
    ledger.review(second, "assign", who="Ada", after={"to": None})
    assert mine(ledger, "Ada") == [] and held(ledger, second).assigned is None
    assert [(e.before, e.after) for e in ledger.log(record=second)] == [("to Ada", "to nobody"), ("to nobody", "to Ada")]  # fmt: skip


def test_an_assignment_decides_nothing(ledger: Ledger, row: str) -> None:
    before = held(ledger, row)
    ledger.review(row, "assign", who="Cleo", after={"to": "Dora"})
    after = held(ledger, row)
    assert (after.verdict, after.contested, after.by) == (before.verdict, before.contested, before.by)
    assert mine(ledger, "Dora", "contested") == [row] and mine(ledger, "Dora", "conflicts") == []


def test_an_assignment_is_taken_back(ledger: Ledger) -> None:
    id = ledger.figures()[0].id
    ledger.review(id, "assign", who="Cleo", after={"to": "Ada"})
    entry = ledger.review(id, "assign", who="Cleo", after={"to": "Ben"})
    assert opposite(ledger, entry, "Dora") == (id, "assign", {"to": "Ada"})
    ledger.review(id, "undo", who="Cleo")
    assert held(ledger, id).assigned == "Ada"


@pytest.mark.parametrize("to", ["", " ", "x" * 81, "a\nb", 7])
def test_a_name_that_is_none_is_told(ledger: Ledger, to: Any) -> None:
    with pytest.raises(WrongQuestion, match="to a name"):
        ledger.review(ledger.figures()[0].id, "assign", who="Cleo", after={"to": to})
