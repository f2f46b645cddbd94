"""Where a content begins and ends, and what is none: tables of sentences."""

from __future__ import annotations

import pytest

import parley


def contents(text: str) -> list[str]:
    return [c.span.of(text) for c in parley.read(text, published="2024-05-15").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Solon said the ferry was safe, referring to the white boat in the harbour.",
            ["the ferry was safe"],
        ),
        (
            "Solon said he was sorry for the delay and called for calm.",
            ["he was sorry for the delay", "calm"],
        ),
        (
            "The captain admitted the hull was “thin” but voiced hope that the ferry would float.",
            ["the hull was “thin”", "the ferry would float"],
        ),
        ("The ferry, according to the captain, is safe.", ["The ferry, according to the captain, is safe"]),
        (
            "Fishermen said the ferry was late, according to the captain.",
            ["Fishermen said the ferry was late", "the ferry was late"],
        ),
        (
            "Many evenings, fishermen said on Monday, the ferry stays in the harbour.",
            ["Many evenings, fishermen said on Monday, the ferry stays in the harbour"],
        ),
        ("The ferry was late, said Solon, the mayor of the island.", ["The ferry was late"]),
        ("That ferry is late, the captain said.", ["That ferry is late"]),
        ("Solon said he expects a storm.", ["he expects a storm"]),
        ("Solon said he hoped the ferry would sail.", ["the ferry would sail"]),
    ],
)
def test_a_content_ends_where_the_agency_or_another_cue_goes_on(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Solon described the ferry as a wreck.", ["the ferry as a wreck"]),
        ("Solon referred to the ferry as a wreck.", ["the ferry as a wreck"]),
        (
            "Solon called the new ferry on the lake “a floating wreck.”",
            ["the new ferry on the lake “a floating wreck.”"],
        ),
        ("The crew left in what Solon called a “new era.”", []),
        ("The mayor warned the crew not to sail.", ["not to sail"]),
        ("The mayor called on both crews to return.", ["both crews to return"]),
        ("The mayor promised in a letter to repair the ferry.", ["to repair the ferry"]),
        ("The captain resigned, citing the poor state of the ferry.", ["the poor state of the ferry"]),
        ("The captain resigned, citing documents.", []),
        ("The mayor defended a plan that will close the port.", ["a plan that will close the port"]),
    ],
)
def test_what_is_praised_named_or_demanded_is_a_content(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Solon told the crew in the harbour: “We are not going to sail today.”",
            ["“We are not going to sail today.”"],
        ),
        (
            "Anna Solon went on:\n\n“We are not going to sail before Monday.”",
            ["“We are not going to sail before Monday.”"],
        ),
        (
            "“We will not sail,” Solon said after a meeting with the mayor, the captains of three other ferries and the "
            "owner of the shipyard on the northern shore. “Never.” He left.",
            ["“We will not sail,”"],
        ),
        ("“They think we are fools,” Solon said.", ["“They think we are fools,”"]),
        ("“Sudan said we are fools,” Solon said.", ["“Sudan said we are fools,”", "we are fools"]),
        ("“This ferry is a coffin,” raged the captain of the port.", ["“This ferry is a coffin,”"]),
    ],
)
def test_a_quotation_is_its_speaker_s(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Solon said the pier had paid off, claiming it was full.", "Solon"),
        ("After saying the port was shut, Solon gave no reason.", "Solon"),
        ("Solon said the hull was thin but voiced hope that it would hold.", "Solon"),
    ],
)
def test_a_second_cue_has_the_speaker_of_the_first(text: str, source: str) -> None:
    claims = parley.read(text, published="2024-05-15").claims
    assert {c.source.span.of(text) if c.source.span else None for c in claims} == {source}


def test_he_who_says_it_is_not_the_one_he_speaks_of() -> None:
    text = "Anna Solon met the crew. She later criticised Vera Marek. “I am sorry that Vera Marek failed,” she said."
    record = parley.read(text, published="2024-05-15")
    speakers = {e.id: e.name for e in record.entities}
    assert speakers[str(record.claims[-1].source.entity)] == "Anna Solon"


def test_it_said_goes_on_with_the_body_that_spoke_last() -> None:
    text = (
        "The harbour is shut, the Ministry of Trade said. "
        "The Kelbarra Shipping Union blocked the pier, it said, adding that the road was open."
    )
    record = parley.read(text, published="2024-05-15")
    first, *others = [c.source.entity for c in record.claims]
    assert first is not None and others == [first, first]
