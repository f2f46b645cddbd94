"""What a pattern needs is never more than the truth: whatever it finds, the text had."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parley.lang import table
from parley.mark.needs import folded, met, needs
from parley.mark.times import patterns


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bovernight\b", (("overnight",),)),
        (r"(?:last|next) (?:week|month)", (("last month", "last week", "next month", "next week"),)),
        (r"(?:last|next)\s(?:week|month)", (("last", "next"), ("month", "week"))),
        (r"(?:the )?(?P<unit>day|night)s? ago", (("day ago", "days ago", "night ago", "nights ago"),)),
        (r"(?:early )?(?=in )", ()),
        (r"(?<=in )May(?! be)", (("may",),)),
        (r"days?|weeks?", (("day", "week"),)),
        (r"\w+|week", ()),
        (r"x{2,}y*", (("x",),)),
        (r"1[6-9]\d\d", (tuple(f"1{n}{m}" for n in (6, 7, 8, 9) for m in range(10)), tuple("0123456789"))),
    ],
)
def test_what_a_pattern_needs(pattern: str, needed: tuple[tuple[str, ...], ...]) -> None:
    assert needs(pattern) == needed


@pytest.mark.parametrize(
    ("pattern", "text", "has"),
    [
        (r"(?:last|next)\s(?:week|month)", "LAST\nMonth", True),
        (r"(?:last|next)\s(?:week|month)", "the last of next", False),
        ("signs", "ſigns", True),
        ("it", "İT", True),
        ("kin", "\u212aın", True),
        (r"\d", "١", True),
        (r"\d", "one", False),
    ],
)
def test_a_text_has_what_is_needed_or_is_not_searched(pattern: str, text: str, has: bool) -> None:
    assert met(needs(pattern), folded(text)) == has
    assert has or not re.search(pattern, text, re.IGNORECASE)


PIECES = [w for rule in table("times")["rule"] for s in rule["yes"] for w in s.split()]


@given(
    st.lists(st.sampled_from([*PIECES, "İ", "ſt", "٣", "\u212a"]), max_size=12).map(" ".join), st.booleans()
)
@example("In the second half of MAY 2004, İ", False)
def test_what_a_rule_of_time_finds_has_what_it_needs(text: str, capital: bool) -> None:
    text = text.upper() if capital else text
    for name, pattern, needed in patterns():
        assert not pattern.search(text) or met(needed, folded(text)), name


def test_every_rule_of_time_finds_its_own_examples() -> None:
    for rule, (name, _, needed) in zip(table("times")["rule"], patterns(), strict=True):
        assert all(met(needed, folded(sentence)) for sentence in rule["yes"]), name


def test_few_texts_are_searched_for_all() -> None:
    plain = folded("The envoys of both sides met in the port and left without a word.")
    assert not [name for name, _, needed in patterns() if met(needed, plain)]
