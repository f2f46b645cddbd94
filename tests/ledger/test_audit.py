"""The books: what balances, what does not and by how much, whatever the order of the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.ledger import Ledger
from parley.record import Record
from parley.show.audit import STATES, audit
from parley.show.view import View
from parley.store.schema import counts

from .conftest import Filled

TAKEN = "The Red Front kidnapped {} villagers on May 1, 2024, the army said."


def verdict(filled: Filled, *sentences: str) -> tuple[str, tuple[str, ...]]:
    records = [parley.read(s, published=f"2024-05-{9 + i:02}") for i, s in enumerate(sentences)]
    (book,) = filled(records).audit()
    return book.verdict, book.remarks


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        ([TAKEN.format("40"), "The Red Front released 30 hostages, the Red Cross said.", "The Red Front is still holding 10 hostages, the army said."], "balances"),
        ([TAKEN.format("40"), "The Red Front released 30 hostages, the Red Cross said.", "The Red Front is still holding seven hostages, the army said."], "3 unaccounted for"),
        ([TAKEN.format("more than 40"), "The Red Front released 30 hostages, the Red Cross said.", "The Red Front is still holding 10 hostages, the army said."], "1 or more unaccounted for"),
        ([TAKEN.format("40"), "The Red Front is still holding 45 hostages, the army said."], "the population changed: 5 more are told of than were taken"),
        ([TAKEN.format("40"), "The Red Front released 30 hostages, the Red Cross said."], "no figure of those held; 10 would be, by the rest"),
        (["The Red Front is still holding 45 hostages, the army said."], "no figure of those taken"),
    ],
)  # fmt: skip
def test_the_sum_is_told_with_its_bounds(filled: Filled, sentences: list[str], said: str) -> None:
    assert verdict(filled, *sentences)[0] == said


def test_an_addition_dated_back_is_remarked(filled: Filled) -> None:
    told = [TAKEN.format("40"), "The Red Front kidnapped six drivers on April 2, 2024, the army said."]
    assert any(r.startswith("backdated addition: taken 6") for r in verdict(filled, *told)[1])


def test_numbers_in_an_offer_enter_no_book(filled: Filled) -> None:
    told = [
        TAKEN.format("40"),
        "The Red Front offered to release 30 hostages.",
        "The Red Front is still holding 40 hostages, the army said.",
    ]
    assert verdict(filled, *told)[0] == "balances"


def test_books_with_entries_cut_off_are_not_summed(ledger: Ledger) -> None:
    answer = audit(View(ledger, most=5))
    assert not answer and any("not summed" in note for note in answer.notes)


def test_books_are_as_cut_off_where_a_reviewer_rejected_an_entry(
    filled: Filled, records: tuple[Record, ...]
) -> None:
    told = filled(records)
    known = len(View(told).facts("counts", counts.c.status.in_(STATES)))
    told.review(View(told).facts("counts", counts.c.status.in_(STATES))[-1]["id"], "reject", who="A")
    assert not audit(View(told, most=known - 1)) and audit(View(told, most=10_000))


COUNT = st.integers(0, 400)


@given(COUNT, COUNT, COUNT)
def test_what_is_unaccounted_for_closes_the_sum(taken: int, gone: int, held: int) -> None:
    from parley.show.audit import difference

    low, high = difference((taken, taken), (gone, gone), (held, held))
    assert low == high == taken - gone - held
    assert difference((taken, None), (gone, gone), (held, held)) == (low, None)
