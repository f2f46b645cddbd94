from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.pipeline import process
from parley.read.plain import plain
from parley.web.pages.versions import changes

from .conftest import Desk


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_is_the_same_or_taken_out_is_the_earlier_text(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(words for what, words in found if what != "in") == before
    assert "".join(words for what, words in found if what != "out") == after


def test_a_changed_number_is_told() -> None:
    assert [c for c in changes("freed 10 men", "freed 12 men") if c[0] != "same"] == [
        ("out", "10"),
        ("in", "12"),
    ]


def test_a_carriage_return_is_shown_as_one(desk: Desk) -> None:
    texts = [f"LISSE (VNA) - The Front freed {n} men.\r\nThey are well, and <b>safe</b>.\r" for n in (10, 12)]
    desk.ledger.add_all(
        [process(plain(text, f"2024-10-0{n}", f"{n}.txt")) for n, text in enumerate(texts, 1)]
    )
    ids = [d.id for d in desk.ledger.documents(since="2024-10-01")]
    page = desk().get(f"/documents/{ids[0]}/against/{ids[1]}").text
    assert page.count("&#13;") == 2 and "\r" not in page and "&lt;b&gt;safe&lt;/b&gt;" in page
    assert "<del>10</del><ins>12</ins>" in page
