"""Tables of sentences: who answers for what, how many, in which state, and whether it happened at all."""

from __future__ import annotations

import pytest

import parley
from parley.record import Record

DAY = "2024-05-15"


def read(text: str) -> Record:
    return parley.read(text, published=DAY)


@pytest.mark.parametrize(
    ("text", "source", "kind", "content"),
    [
        ("The border was closed, the army said.", "the army", "body", "The border was closed"),
        ("Witnesses said that nine men fled.", "Witnesses", "unnamed", "nine men fled"),
        (
            "State television reported that the road was open.",
            "State television",
            "media",
            "the road was open",
        ),
        (
            "Nine people drowned, according to the police.",
            "the police",
            "body",
            "Nine people drowned",
        ),
        (
            "President Tarik Solon said the road was open.",
            "President Tarik Solon",
            "person",
            "the road was open",
        ),
        ('"The books are open," the mayor said.', "the mayor", None, '"The books are open,"'),
    ],
)
def test_a_claim_has_its_source_and_content(text: str, source: str, kind: str | None, content: str) -> None:
    (claim,) = read(text).claims
    assert claim.span.of(text) == content
    assert claim.source.span is not None and claim.source.span.of(text) == source
    assert kind is None or claim.source.kind == kind


def test_a_second_cue_starts_a_second_claim() -> None:
    record = read("The road is closed, the army said, adding that it was mined.")
    assert [c.span.of(record.text) for c in record.claims] == ["The road is closed", "it was mined"]


def test_why_a_source_is_not_named_is_kept() -> None:
    record = read(
        "The road is closed, an official said, speaking on condition of anonymity because talks go on."
    )
    span = record.claims[0].source.anonymity
    assert span is not None and span.of(record.text).startswith("speaking on condition of anonymity because")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 240 people were kidnapped.", [(241, None, "kidnapped", "people")]),
        ("Some 300 soldiers were wounded.", [(300, 300, "wounded", "soldiers")]),
        ("Nine rebels and a soldier were killed.", [(9, 9, "dead", "rebels"), (1, 1, "dead", "soldier")]),
        (
            "The blast left 12 dead and 30 wounded.",
            [(12, 12, "dead", "people"), (30, 30, "wounded", "people")],
        ),
        ("Police arrested 25 students.", [(25, 25, "detained", "students")]),
        ("The team won by 25 points.", []),
        ("No one was killed.", []),
    ],
)
def test_counts_keep_bounds_state_and_people(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(c.low, c.high, c.status, c.who) for c in read(text).counts] == expected


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The envoy met the prime minister of Kenya on Monday.", "CONSULT", "occurred"),
        ("Kenya and Sudan will hold talks on Friday.", "CONSULT", "planned"),
        ("Kenya is due to meet Sudan on Friday.", "CONSULT", "planned"),
        ("Kenya did not attack Sudan.", "ASSAULT", "denied"),
        ("Kenya may attack Sudan.", "ASSAULT", "hypothetical"),
        ("Kenya attacked Sudan.", "ASSAULT", "occurred"),
    ],
)
def test_planned_is_never_turned_into_done(text: str, kind: str, status: str) -> None:
    assert (kind, status) in [(e.type, e.status) for e in read(text).events]


def test_a_wish_is_no_event() -> None:
    assert not [
        e for e in read("Kenya said it would leave if Sudan attacked Uganda.").events if e.type == "ASSAULT"
    ]


def test_a_position_keeps_its_condition() -> None:
    record = read("Kenya said it would not negotiate a truce until Sudan withdrew its troops.")
    (position,) = record.positions
    assert position.stance == "conditions"
    assert position.condition is not None and position.condition.of(record.text).startswith("until Sudan")


def test_a_source_named_a_sentence_later_is_that_person() -> None:
    text = "A commander said the road was closed. Omar Solon told the agency it was mined."
    first, second = read(text).claims
    assert first.source.kind == "person"
    assert first.source.entity == second.source.entity == "omar-solon"


def test_an_official_stays_unnamed_whoever_speaks_next() -> None:
    text = "A senior official said the road was closed. Omar Solon told the agency it was mined."
    assert read(text).claims[0].source.kind == "unnamed"


def test_a_belief_told_by_its_holder_is_one_claim() -> None:
    record = read("Kenya said it hoped the talks would go on.")
    (claim,) = record.claims
    assert claim.cue is not None
    assert (claim.cue.of(record.text), claim.act, claim.source.kind) == ("hoped", "believe", "body")


def test_the_channel_of_a_sentence_holds_for_its_later_cues() -> None:
    text = "The army said in a statement that the road was closed, adding that it was mined."
    assert [c.via for c in read(text).claims] == ["statement", "statement"]


def test_what_was_reported_by_nobody_has_no_source() -> None:
    (claim,) = read("It was reported that nine men had fled.").claims
    assert (claim.source.kind, claim.source.span) == ("unnamed", None)


def test_who_denies_a_report_is_the_source_of_the_denial() -> None:
    record = read("Sudan denied reports that its army had shelled the town.")
    (claim,) = record.claims
    assert claim.act == "deny" and claim.source.entity == "sudan"
    assert claim.cue is not None and claim.cue.of(record.text) == "denied"


def test_silence_before_the_press_is_no_refusal() -> None:
    assert not read("The mayor declined to comment and refused to give details.").events


def test_a_party_s_own_will_is_a_promise_and_another_s_word_is_not() -> None:
    own = read("Sudan said it would release the prisoners.").events
    told = read("Sudan will release the prisoners, officials said.").events
    assert [(e.type, e.status) for e in own] == [("AGREE", "occurred")]
    assert [(e.type, e.status) for e in told] == [("RETREAT", "planned")]


def test_a_quotation_behind_a_denial_is_a_claim_of_its_own() -> None:
    record = read('Solon denied that the truce was near. "The talks are still at an early stage."')
    assert [(c.act, c.cue is None) for c in record.claims] == [("deny", False), ("say", True)]


def test_a_quotation_runs_on_though_a_claim_is_told_inside_it() -> None:
    text = "“The harbour is lost,” Anna Solon said. “Nobody guards it now. Sudan says the ships are safe.”"
    record = parley.read(text, published="2024-05-15")
    assert record.claims[0].span.of(text) == text
    assert [c.within for c in record.claims] == [None, record.claims[0].id]


def test_the_turns_of_a_transcript_are_claims() -> None:
    text = "SOLON: We are close to a deal.\n\nMAREK: I doubt it."
    record = parley.read(text, published="2024-05-15")
    assert [c.span.of(text) for c in record.claims] == ["We are close to a deal", "I doubt it"]


def test_a_clause_behind_a_circumstance_of_saying_is_the_content() -> None:
    text = "Solon said after the harvest he would not sell his boats."
    record = parley.read(text, published="2024-05-15")
    assert [c.span.of(text) for c in record.claims] == ["he would not sell his boats"]
    aside = "Solon said after the harvest nothing of the kind."
    assert not parley.read(aside, published="2024-05-15").claims


def test_a_noun_that_is_none_of_saying_makes_no_claim() -> None:
    text = "The union mocked the mayor's wish that the harbour was open."
    record = parley.read(text, published="2024-05-15")
    assert "claims.noun" not in {c.rule for c in record.claims}
    told = parley.read(
        "The union slammed the mayor's declaration that the harbour was open.", published="2024-05-15"
    )
    assert "claims.noun" in {c.rule for c in told.claims}


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "The captain said the pass is “shut.” He said the snow had buried two huts.",
            ["the pass is “shut.”", "the snow had buried two huts"],
        ),
        (
            "In a letter printed after the ferry sank, Solon said he was sure the line would pay.",
            ["he was sure the line would pay"],
        ),
        (
            "“She feeds the miners,” Solon said, adding that the cook was “the only one awake at dawn.”",
            ["“She feeds the miners,”", "the cook was “the only one awake at dawn.”"],
        ),
        (
            "The senator left, telling clerks on Thursday he viewed the mayor as a friend.",
            ["he viewed the mayor as a friend"],
        ),
        ("Earlier in the week, Solon called for an inquiry.", ["an inquiry"]),
        ("He has criticized Solon for accepting gifts.", ["Solon for accepting gifts"]),
        ("He has criticized Solon.", []),
        (
            "Tired of the sea, Solon said on Friday during a visit to the port that he might sell both ships.",
            ["he might sell both ships"],
        ),
        (
            "“We are late,” Solon told reporters on Monday, “and we are tired.”",
            ["“We are late,” Solon told reporters on Monday, “and we are tired.”"],
        ),
    ],
)
def test_the_content_stands_where_its_own_cue_puts_it(text: str, contents: list[str]) -> None:
    assert [c.span.of(text) for c in parley.read(text, published="2024-05-15").claims] == contents
