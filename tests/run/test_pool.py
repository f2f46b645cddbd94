"""The same records, in the same order, whatever the number of processes and whoever came before."""

from __future__ import annotations

import pytest

from parley.document import Document
from parley.pipeline import process
from parley.read.plain import plain
from parley.run.pool import FEW, each

PLACES = ["Kelbarra", "Port Selin", "Naruth", "Vesk"]


def work(document: Document) -> str:
    return process(document).to_json()


def dispatches(count: int) -> list[Document]:
    return [
        plain(
            f"{PLACES[n % 4]}, May {n % 28 + 1} (VNA) -- Gunmen killed {n + 2} villagers near {PLACES[n % 3]} on Monday, "
            f"the army said.\n\nIt said talks with the Red Front would resume in {n + 1} days.",
            "2024-05-30",
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 3, FEW + 9])
def test_two_processes_give_what_one_gives(count: int) -> None:
    documents = dispatches(count)
    assert list(each(work, documents, 2)) == [work(d) for d in documents]


def test_a_record_does_not_depend_on_what_was_read_before() -> None:
    documents = dispatches(6)
    forward = [work(d) for d in documents]
    assert [work(d) for d in reversed(documents)] == forward[::-1]
