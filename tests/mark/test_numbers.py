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
        ("More than two dozen men fled.", "More than two dozen", "25.."),
        ("At least another 12 men fled.", "At least another 12", "12.."),
        ("Some 20-30 men fled.", "Some 20-30", "~20..30"),
        ("A number of men fled.", "A number of", "3.."),
        ("A pair of men fled.", "A pair of", "2..2"),
        ("Half a million people fled.", "Half a million", "500000..500000"),
        ("Two hundred and fifty people fled.", "Two hundred and fifty", "250..250"),
        ("All 14 rebels fled.", "14", "14..14"),
        ("Fifty or so people fled.", "Fifty or so", "~50..50"),
        ("Some 1.2 million people fled.", "Some 1.2 million", "~1200000..1200000"),
        (
            "MORE THAN TWENTY-ONE PEASANTS FLED THE TOWN. THE ARMY CAME AND WENT.",
            "MORE THAN TWENTY-ONE",
            "22..",
        ),
        ("Two million people fled.", "Two million", "2000000..2000000"),
    ],
)
def test_a_number_is_read_as_bounds(text: str, words: str, bounds: str) -> None:
    assert [(n.span.of(text), str(n.bounds)) for n in mark(plain(text)).numbers] == [(words, bounds)]


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose 12 percent.",
        "He paid $40.",
        "It lies 12 miles away.",
        "They lost 1-3.",
        "He fired an AK-47.",
    ],
)
def test_what_counts_nobody_is_no_number(text: str) -> None:
    assert not mark(plain(text)).numbers


def test_as_many_again_is_the_number_before() -> None:
    text = "The port is held by 4,000 soldiers and an equal number of rebels."
    assert [str(n.bounds) for n in mark(plain(text)).numbers] == ["4000..4000", "4000..4000"]
