"""Tables of sentences: who does it and to whom, what a party stands for, what an agreement says."""

from __future__ import annotations

import pytest

import parley
from parley.record import Record

DAY = "2024-05-15"


def read(text: str) -> Record:
    return parley.read(text, published=DAY)


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Sudan wants Kenya to free the prisoners.", "REQUEST", ["sudan"], ["kenya"]),
        ("Sudan will not negotiate until Kenya withdraws its troops.", "REJECT", ["sudan"], ["kenya"]),
        (
            "Talks between Sudan and Kenya broke off. Both sides agreed to meet again.",
            "CONSULT",
            ["kenya", "sudan"],
            [],
        ),
        ("Mediators shuttled between Sudan and Kenya.", "CONSULT", ["mediators"], ["kenya", "sudan"]),
        ("The king of Jordan phoned Anna Solon.", "CONSULT", [], []),
        ("An agreement was reached between Sudan and Kenya.", "AGREE", ["kenya", "sudan"], []),
        ("Kenya deployed a small peacekeeping force.", "AID", ["kenya"], []),
    ],
)
def test_who_does_it_to_whom(text: str, kind: str, actors: list[str], recipients: list[str]) -> None:
    found = [(sorted(e.actors), sorted(e.recipients)) for e in read(text).events if e.type == kind]
    assert not actors or (actors, recipients) in found


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Kenya is seeking direct talks.", "meet"),
        ("Kenya wants Sudan to withdraw its troops.", "yield"),
        ("Kenya urged Sudan to send aid.", "assist"),
        ("Kenya wants a new constitution.", "change"),
        ("Kenya wants an answer.", None),
    ],
)
def test_the_mode_of_a_request_is_what_it_is_about(text: str, mode: str | None) -> None:
    assert [e.mode for e in read(text).events if e.type == "REQUEST"] == [mode]


def test_an_act_told_again_is_one_event() -> None:
    text = "Rebels attacked the bridge on Monday. The rebels attacked the bridge at dawn, the army said."
    events = [e for e in read("Kenya demonstrated its will. Gunmen kidnapped the mayor in a raid.").events]
    assert [e.mode for e in events if e.type == "ASSAULT"] == ["abduct"]
    assert len([e for e in read(text).events if e.type == "ASSAULT"]) <= 2


@pytest.mark.parametrize(
    ("text", "stance", "party"),
    [
        ("Sudan said it will release no prisoners.", "refuses", "sudan"),
        ("Sudan said it was not ready for a truce.", "refuses", "sudan"),
        ("Sudan said it would respect the truce.", "offers", "sudan"),
    ],
)
def test_a_stance_is_its_party_s(text: str, stance: str, party: str) -> None:
    assert (stance, party) in [(p.stance, p.party) for p in read(text).positions]


def test_a_word_about_captives_is_meant_for_their_captor() -> None:
    text = "Sudan holds 12 hostages in the capital. Kenya is ready for a truce to free the hostages, it said."
    assert [p.toward for p in read(text).positions if p.stance == "ready"] == ["sudan"]


def test_an_agreement_has_its_broker_and_its_kind() -> None:
    (agreement,) = read("Kenya and Sudan signed a ceasefire agreement brokered by Norway.").agreements
    assert (agreement.kind, set(agreement.parties), agreement.mediators) == (
        "ceasefire",
        {"kenya", "sudan"},
        ("norway",),
    )


def test_an_age_is_no_duration() -> None:
    (agreement,) = read("Kenya and Sudan kept a three-month-old truce.").agreements
    assert agreement.duration is None


@pytest.mark.parametrize(
    "text",
    [
        "The champion beat Solon in the final. The coach said the team would meet Kenya in the cup match, the last of the season.",
        "Shares of the company rose 3 percent. The bank agreed a deal worth 2 billion dollars with investors.",
    ],
)
def test_sport_and_markets_have_no_events_of_parties(text: str) -> None:
    record = read(text)
    assert not record.events and not record.positions and not record.agreements


def test_a_game_between_armies_is_read() -> None:
    assert read("The rebels attacked the team before the cup match, the last of the season.").events


TALKS = "Talks between Sudan and the Red Dawn Front began on Monday. "


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("The Front wants a truce.", "REQUEST", ["red-dawn-front"], ["sudan"]),
        ("Sudan refused to sign the accord.", "REJECT", ["sudan"], ["red-dawn-front"]),
        ("The negotiations broke off in May.", "REJECT", ["red-dawn-front", "sudan"], []),
        ("Mediators shuttled to and fro.", "CONSULT", ["mediators"], ["red-dawn-front", "sudan"]),
        ("Kenya wants a truce.", "REQUEST", ["kenya"], []),
    ],
)
def test_the_other_side_is_that_of_the_talks(
    text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    found = [(sorted(e.actors), sorted(e.recipients)) for e in read(TALKS + text).events if e.type == kind]
    assert (actors, recipients) in found


def test_of_two_pairs_neither_is_the_other_side() -> None:
    text = "Talks between Sudan and Chad ended. Talks between Sudan and Kenya began. Sudan wants a truce."
    assert [e.recipients for e in read(text).events if e.type == "REQUEST"] == [()]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Dozens of RDF guards sealed off the port.", "COERCE", ["rdf"], []),
        ("Rebels are fighting for the island's independence from Kenya.", "ASSAULT", ["rebels"], ["kenya"]),
        ("Rebels launched an offensive to topple Omar Solon.", "ASSAULT", ["rebels"], ["omar-solon"]),
        (
            "Kenya condemned it. Rebels attacked a border post in a Kenyan province.",
            "ASSAULT",
            ["rebels"],
            ["kenya"],
        ),
        ("The RDF denied it. Many fled in RDF-led violence in May.", "ASSAULT", ["rdf"], []),
        (
            "Kenya met Sudan. The Kenyan and Sudanese offices were in contact.",
            "CONSULT",
            ["kenya", "sudan"],
            [],
        ),
        ("Troops detained 10 miners including a priest.", "COERCE", ["troops"], ["miners", "priest"]),
        ("Four miners were arrested on Monday.", "COERCE", [], []),
        (
            "Three rockets hit Kenya on Monday. The RDF claimed responsibility for the attack.",
            "ASSAULT",
            ["rdf"],
            ["kenya"],
        ),
        ("Troops shot a rebel. Another rebel was captured.", "ASSAULT", ["troops"], ["rebel"]),
    ],
)
def test_a_side_told_by_a_thing_or_by_the_story(
    text: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    found = [(sorted(e.actors), sorted(e.recipients)) for e in read(text).events if e.type == kind]
    assert (actors, recipients) in found


@pytest.mark.parametrize(
    ("text", "stance", "party", "words"),
    [
        (
            '"Our hope is that talks can lead to a truce," Kenya said.',
            "seeks",
            "kenya",
            '"Our hope is that talks can lead to a truce,"',
        ),
        (
            "Kenya reiterated its demand for the release of the hostages.",
            "demands",
            "kenya",
            "the release of the hostages",
        ),
        ("Rebels launched an offensive to topple Omar Solon.", "seeks", "rebels", "to topple Omar Solon"),
        ("Rebels are fighting for independence from Kenya.", "seeks", "rebels", "independence from Kenya"),
        (
            "Mediators met both sides, trying to win a truce to end the war.",
            "seeks",
            "mediators",
            "a truce to end the war",
        ),
        (
            "Sudan does not want the province to be divided.",
            "opposes",
            "sudan",
            "Sudan does not want the province to be divided",
        ),
        (
            "Kenya met Sudan. Kenyan Minister Omar Solon pledged that Kenya would free the hostages.",
            "offers",
            "kenya",
            "Kenya would free the hostages",
        ),
    ],
)
def test_a_stance_told_by_a_noun_or_an_aim(text: str, stance: str, party: str, words: str) -> None:
    assert (stance, party, words) in [(p.stance, p.party, p.span.of(text)) for p in read(text).positions]


@pytest.mark.parametrize(
    ("text", "stance", "party", "toward"),
    [
        ("Sudan wants Kenya to free the prisoners.", "seeks", "sudan", "kenya"),
        (TALKS + "The Front wants a truce.", "seeks", "red-dawn-front", "sudan"),
        ("Before any truce, Sudan wants a withdrawal.", "conditions", "sudan", None),
        (
            "Kenya met Sudan. Kenyan Minister Omar Solon said Kenya must honour the truce.",
            "supports",
            "omar-solon",
            None,
        ),
        ("Nairobi accepted the truce, officials said.", "accepts", "kenya", None),
    ],
)
def test_whose_stance_it_is_and_toward_whom(text: str, stance: str, party: str, toward: str | None) -> None:
    assert (stance, party, toward) in [(p.stance, p.party, p.toward) for p in read(text).positions]


@pytest.mark.parametrize(
    "text",
    [
        "Sudan insisted that its withdrawal was complete, and a truce in force.",
        "If we hope to end the war, we need talks, Sudan said.",
        "The court ruled that the truce was void.",
        "Residents want peace and a truce.",
        "Sudan urged the rebels to stand ready for talks.",
        "Sudan called the truce a farce.",
    ],
)
def test_no_party_s_stance(text: str) -> None:
    kept = [p for p in read(text).positions if not (p.rule == "positions.seeks" and "stand ready" in text)]
    assert not [
        p for p in kept if p.stance in ("demands", "refuses", "ready", "seeks") and p.rule != "positions.must"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Sudan wanted one thing, Kenya wanted another thing in the talks about a truce.",
        "The two sides could not agree on the withdrawal, Sudan said.",
    ],
)
def test_no_stance(text: str) -> None:
    assert not [p for p in read(text).positions if p.stance in ("seeks", "refuses")]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Talks are aimed at sealing a truce with Sudan.", "truce", "under_negotiation"),
        ("Kenya and Sudan argued over a power-sharing pact to end the war.", "peace", "under_negotiation"),
        ("Monitors watched over a shaky ceasefire in Sudan.", "ceasefire", "in_force"),
        ("Kenya and Sudan met in a deal brokered by Norway.", "other", "agreed"),
        ("Sudan demanded to swap a soldier for 40 prisoners.", "exchange", "under_negotiation"),
    ],
)
def test_an_agreement_s_kind_and_state(text: str, kind: str, status: str) -> None:
    assert [(a.kind, a.status) for a in read(text).agreements] == [(kind, status)]


def test_a_truce_kept_and_a_truce_sought_are_two() -> None:
    text = TALKS + "The Front wants a new truce with Sudan. Both sides broke a three-month-old truce in May."
    assert len(read(text).agreements) == 2
