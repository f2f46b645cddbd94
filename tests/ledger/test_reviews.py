"""Reviews are rows: nothing is overwritten, the last word counts, two last words are a conflict."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.record import Record
from parley.store.reviews import Overtaken, typed

from .conftest import Filled


@pytest.fixture
def reviewed(filled: Filled, records: tuple[Record, ...]) -> Ledger:
    return filled(records[:9])


def low(ledger: Ledger, id: str, **asked: str) -> list[int | None]:
    return [f.low for f in ledger.figures(**asked) if f.id == id]


def test_a_rejected_row_is_out_of_the_default_answers_only(reviewed: Ledger) -> None:
    id = reviewed.figures()[0].id
    reviewed.review(id, "reject", who="A", why="misread")
    assert not low(reviewed, id)
    assert low(reviewed, id, trust="all")


def test_only_accepted_rows_can_be_asked_for(reviewed: Ledger) -> None:
    id = reviewed.figures()[0].id
    reviewed.review(id, "accept", who="A")
    assert [f.id for f in reviewed.figures(trust="accepted")] == [id]


def test_a_correction_shows_and_its_undo_takes_it_back(reviewed: Ledger) -> None:
    figure = reviewed.figures()[0]
    reviewed.review(figure.id[:10], "correct", who="A", after={"low": 7, "high": 7})
    assert low(reviewed, figure.id) == [7]
    reviewed.review(figure.id, "undo", who="A")
    assert low(reviewed, figure.id) == [figure.low]
    assert reviewed.tally().reviews == 2


def test_two_reviewers_who_differ_are_shown(reviewed: Ledger) -> None:
    id = reviewed.figures()[0].id
    reviewed.review(id, "reject", who="A")
    reviewed.review(id, "accept", who="B")
    (found,) = [f for f in reviewed.figures() if f.id == id]
    assert found.contested


def test_a_link_can_be_rejected_and_then_joins_nothing(reviewed: Ledger) -> None:
    link = next(c for c in reviewed.lineage() if c.relation == "update")
    reviewed.review(link.id, "reject", who="A", why="two stories")
    assert not [c for c in reviewed.lineage() if c.id == link.id]
    assert all(f.standing != "replaced" for f in reviewed.figures())


def test_the_log_keeps_who_when_why_before_and_after(reviewed: Ledger) -> None:
    from parley.cli.reviewing import log_lines

    figure = reviewed.figures()[0]
    reviewed.review(figure.id, "correct", who="A", why="twelve, not ten", after={"low": 12})
    line = log_lines(reviewed)[-1].split("\t")
    assert line[1:4] == ["A", figure.id, "correct"]
    assert f'{{"low": {figure.low}}}' in line and '{"low": 12}' in line and "twelve, not ten" in line


@pytest.mark.parametrize(
    ("target", "verdict", "after", "words"),
    [("zzz", "accept", None, "no such row"), ("", "accept", None, "several"), (None, "praise", None, "no verdict"),
     (None, "correct", {"words": "x"}, "can correct"), (None, "correct", {}, "give at least one"), (None, "undo", None, "nothing to undo")],
)  # fmt: skip
def test_what_cannot_be_reviewed_is_told(
    reviewed: Ledger, target: str | None, verdict: str, after: dict[str, str] | None, words: str
) -> None:
    id = reviewed.figures()[0].id if target is None else target
    with pytest.raises(WrongQuestion, match=words):
        reviewed.review(id, verdict, who="A", after=after)  # type: ignore[arg-type]


def test_the_second_correction_begins_where_the_first_ended(reviewed: Ledger) -> None:
    id = reviewed.figures()[0].id
    for high in (70, 80):
        reviewed.review(id, "correct", who="A", after={"high": high})
    assert next((e.before, e.after) for e in reviewed.log()) == ("high 70", "high 80")


def test_who_comes_second_without_having_seen_the_first_is_told(reviewed: Ledger) -> None:
    id = reviewed.figures()[0].id
    first = reviewed.review(id[:10], "accept", who="A", seen="")
    with pytest.raises(Overtaken, match="changed by A while you looked") as raised:
        reviewed.review(id, "reject", who="B", seen="")
    assert (raised.value.who, raised.value.target) == ("A", id)
    reviewed.review(id, "reject", who="B", seen=first)
    assert reviewed.tally().reviews == 2


def test_of_many_at_once_one_comes_first(reviewed: Ledger) -> None:
    id, told = reviewed.figures()[0].id, list[str]()

    def accept(name: str) -> None:
        try:
            reviewed.review(id, "accept", who=name, seen="")
            told.append("kept")
        except Overtaken:
            told.append("told")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(accept, "ABCDEF"))
    assert sorted(told) == ["kept"] + ["told"] * 5 and reviewed.tally().reviews == 1


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [("low", "1,200", 1200), ("high", "", None), ("believed", "Yes", True), ("approximate", "", False), ("who", "miners", "miners"), ("time", "", None)],
)  # fmt: skip
def test_a_value_is_read_as_its_field_is(name: str, value: str, read: object) -> None:
    assert typed(name, value) == read


@pytest.mark.parametrize("value", ["many", "-3", "1.5", "²", "9" * 13])
def test_a_number_that_is_none_is_told(value: str) -> None:
    with pytest.raises(WrongQuestion, match="whole number"):
        typed("low", value)
