from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley

WEDNESDAY = "2024-05-15"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The envoy arrived on Wednesday.", "Wednesday", "2024-05-15"),
        ("The envoy arrived on Thursday.", "Thursday", "2024-05-09"),
        ("The envoy will arrive on Thursday.", "Thursday", "2024-05-16"),
        ("The envoy is due to arrive on Monday.", "Monday", "2024-05-20"),
        ("They met in early November.", "early November", "2023-11"),
        ("They met on Oct. 7.", "Oct. 7", "2023-10-07"),
        ("They met on June 3, 2019.", "June 3, 2019", "2019-06-03"),
        ("A seven-day truce held.", "seven-day", "P7D"),
        ("Hundreds fled in the past two days.", "the past two days", "P2D"),
        ("Firing stopped at 6 a.m. on Sunday.", "6 a.m. on Sunday", "2024-05-12T06:00"),
        ("Raids have grown in recent months.", "recent months", "PAST_REF"),
        ("They are now in the capital.", "now", "PRESENT_REF"),
        ("The town was shelled overnight.", "overnight", "2024-05-14TNI"),
        ("They met two weeks ago.", "two weeks ago", "2024-W18"),
        ("The deal is from last year.", "last year", "2023"),
        ("Convoys leave every day.", "every day", "P1D"),
        ("They gave the guards until Friday.", "Friday", "2024-05-17"),
        ("They had an agreement to leave by February.", "February", "2025-02"),
        ("A truce that expires on June 3 was extended.", "June 3", "2024-06-03"),
        ("Forty were killed over the weekend.", "the weekend", "2024-W19-WE"),
        ("They talked for 2 1/2 hours.", "2 1/2 hours", "PT2H30M"),
        ("The war of the nineties is not over.", "the nineties", "199"),
        ("The treaty of 446 BC was cut in stone.", "446 BC", "BC0446"),
        ("The town soon fell.", None, None),
        ("Aid will soon arrive.", "soon", "FUTURE_REF"),
        ("The ship sails at 6 p.m. on June 3.", "6 p.m. on June 3", "2024-06-03T18:00"),
        ("The regatta, which ends on Monday, is long.", "Monday", "2024-05-20"),
        ("The appeal came ahead of a summit on Friday.", "Friday", "2024-05-17"),
        ("Traders waited for data due Thursday.", "Thursday", "2024-05-16"),
        ("Crude for July delivery fell.", "July", "2024-07"),
        ("The council may meet in June.", "June", "2024-06"),
        ("A fall in prices in April may slow growth.", "April", "2024-04"),
        ("They will mourn the dead of Monday's attack.", "Monday", "2024-05-13"),
        ("The envoy was to return on Friday.", "Friday", "2024-05-17"),
        ("A rally was called for Saturday.", "Saturday", "2024-05-18"),
        ("The town fell on the night of May 3.", "the night of May 3", "2024-05-03TNI"),
        ("A few days later, the road reopened.", "A few days later", "PXD"),
        ("The fort was built this past winter.", "this past winter", "2023-WI"),
        ("The road should open by year end.", "year end", "2024"),
        ("They march each July.", "each July", "XXXX-07"),
    ],
)
def test_an_expression_of_time_is_resolved(text: str, words: str | None, value: str | None) -> None:
    record = parley.read(text, published=WEDNESDAY)
    assert [(t.span.of(text), t.value) for t in record.times] == ([(words, value)] if words else [])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The truce held from 15 to 22 February.", ["2024-02-15", "2024-02-22"]),
        ("They met on May 3 and 4 in the port.", ["2024-05-03", "2024-05-04"]),
        ("The siege of March to June 2019 was long.", ["2019-03", "2019-06"]),
        ("The drought of 2005-07 emptied the villages.", ["2005", "2007"]),
        ("He was jailed in 1990 and freed ten years later.", ["1990", "2000"]),
        ("It began at 9:05 a.m. (0205 GMT) on Monday.", ["2024-05-13T09:05", "2024-05-13T02:05", "2024-05-13"]),
        ("The war of 431 to 404 BC ruined both.", ["BC0431", "BC0404"]),
    ],
)  # fmt: skip
def test_expressions_share_what_one_of_them_tells(text: str, values: list[str]) -> None:
    assert [t.value for t in parley.read(text, published=WEDNESDAY).times] == values


def test_a_text_that_narrates_the_past_tells_a_year_once() -> None:
    text = (
        "War came after the strikes of 1909 and 1911. The port fell on 3 December. By January the north was lost. "
        "Talks failed in 1912, 1913 and 1914, and an army marched on 7 May."
    )
    values = [t.value for t in parley.read(text, published=WEDNESDAY).times]
    assert [v for v in values if v and len(v) > 4] == ["1911-12-03", "1912-01", "1914-05-07"]


@pytest.mark.parametrize(
    "text", ["The talks may resume.", "A nine-year-old girl was hurt.", "A bill of $1988 was paid."]
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert not parley.read(text, published=WEDNESDAY).times


def test_without_a_date_of_publication_a_weekday_has_no_value() -> None:
    (time,) = parley.read("The envoy arrived on Wednesday.").times
    assert time.value is None


WORDS = [
    "Monday",
    "last",
    "May",
    "3",
    "2020",
    "two",
    "days",
    "ago",
    "at",
    "6",
    "a.m.",
    "the",
    "week",
    "-",
    "31",
    "February",
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_times_never_overlap_and_lie_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    spans = [t.span for t in parley.read(text, published=WEDNESDAY).times]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(s.of(text).strip() == s.of(text) for s in spans)
