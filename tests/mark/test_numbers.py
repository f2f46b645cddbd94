from __future__ import annotations

import pytest

from parley.pipeline import mark
from parley.read.plain import plain


@pytest.mark.parametrize(
    ("text", "words", "bounds"),
    [
        ("More than 240 people fled.", "More than 240", "241.."),
        ("At least 12 people fled.", "At least 12", "12.."),
        ("Up to 30 people fled.", "Up to 30", "..30"),
        ("Fewer than 10 people fled.", "Fewer than 10", "..9"),
        ("Between 20 and 30 people fled.", "Between 20 and 30", "20..30"),
        ("Around 20 people fled.", "Around 20", "~20..20"),
        ("Dozens of people fled.", "Dozens", "24.."),
        ("Tens of thousands of people fled.", "Tens of thousands", "20000.."),
        ("Twenty-one people fled.", "Twenty-one", "21..21"),
        ("Some 19,600 people fled.", "Some 19,600", "~19600..19600"),
        ("Two million people fled.", "Two million", "2000000..2000000"),
    ],
)
def test_a_number_is_read_as_bounds(text: str, words: str, bounds: str) -> None:
    assert [(n.span.of(text), str(n.bounds)) for n in mark(plain(text)).numbers] == [(words, bounds)]


@pytest.mark.parametrize("text", ["Prices rose 12 percent.", "He paid $40.", "It lies 12 miles away."])
def test_what_counts_nobody_is_no_number(text: str) -> None:
    assert not mark(plain(text)).numbers
