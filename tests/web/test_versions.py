from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parley.web.pages.versions import changes


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
