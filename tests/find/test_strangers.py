"""People and bodies without a name: who they are, and that they are somebody only where they act or suffer."""

from __future__ import annotations

import pytest

import parley

DAY = "2024-05-15"


def entities(text: str) -> list[tuple[str, str]]:
    return [(e.name, e.kind) for e in parley.read(text, published=DAY).entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A driver was shot dead by the rebels.", [("driver", "person"), ("rebels", "people")]),
        ("Kenyan officials summoned the ambassador.", [("Kenya", "state"), ("ambassador", "person")]),
        ("Dozens of foreign observers began protesting.", [("foreign observers", "people")]),
        ("A driver was late.", []),
        ("A driver said the road was open.", []),
        ("Heavy casualties were reported.", []),
        ("He, whose movement was accused of theft, left.", []),
    ],
)
def test_whoever_acts_or_suffers_is_somebody(text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(text) == expected


def test_a_driver_and_the_driver_are_one_and_two_drivers_are_two() -> None:
    record = parley.read(
        "A driver was shot. The driver was taken home. Another driver was arrested.", published=DAY
    )
    assert [[m.of(record.document.text) for m in e.mentions] for e in record.entities] == [
        ["A driver", "The driver"],
        ["Another driver"],
    ]


def test_a_source_without_a_name_stays_unnamed_though_it_acts() -> None:
    record = parley.read("A soldier who attacked the town said it was burning.", published=DAY)
    assert [c.source.kind for c in record.claims] == ["unnamed"]
    assert [c.source.entity for c in record.claims] == [None]


@pytest.mark.parametrize(
    ("text", "actors", "type_"),
    [
        ("A colonel was kidnapped and killed by rebels.", [["rebels"], ["rebels"]], ["ASSAULT", "ASSAULT"]),
        ("Rebel leaders said they would free the guards.", [["rebels"]], ["AGREE"]),
        ("Kenya's envoy said Sudan must leave the port.", [["kenya"]], ["REQUEST"]),
        ("Kenya and Sudan are to hold talks on Monday.", [["kenya", "sudan"]], ["CONSULT"]),
        ("Floods killed 40 villagers.", [], []),
        ("Kenya stepped up its raids on Sudan.", [["kenya"]], ["ASSAULT"]),
    ],
)
def test_who_does_it(text: str, actors: list[list[str]], type_: list[str]) -> None:
    events = parley.read(text, published=DAY).events
    assert [list(e.actors) for e in events] == actors
    assert [e.type for e in events] == type_


def test_what_is_to_be_is_planned() -> None:
    (event,) = parley.read("Kenya and Sudan are to hold talks on Monday.", published=DAY).events
    assert event.status == "planned"


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("Omar Solon said so after talks with Kenya.", "CONSULT", ["omar-solon", "kenya"], []),
        ("Police denied any role in Omar Solon's murder.", "ASSAULT", [], ["omar-solon"]),
        ("Sudan promised up to 700 guards.", "AGREE", ["sudan"], []),
        ("Omar Solon gave himself up to Kenya.", "RETREAT", ["omar-solon"], ["kenya"]),
        ("Kenya said it would boycott Sudan.", "THREATEN", ["kenya"], ["sudan"]),
        ("RDF rebels died in a clash with Kenya.", "ASSAULT", ["rdf", "kenya"], []),
        (
            "The Kenyan army met Sudan. RDF troops backed by Sudan detained a miner.",
            "COERCE",
            ["rdf", "sudan"],
            ["miner"],
        ),
        ("He replaces Omar Solon, blamed for the raid, in May.", "ACCUSE", [], ["omar-solon"]),
    ],
)
def test_who_did_it_to_whom(text: str, kind: str, actors: list[str], recipients: list[str]) -> None:
    found = [
        (list(e.actors), list(e.recipients))
        for e in parley.read(text, published=DAY).events
        if e.type == kind
    ]
    assert found == [(actors, recipients)]


@pytest.mark.parametrize(
    "text",
    [
        "There is no mandate for arresting smugglers.",
        "Sudan should free the prisoners.",
        "The zone is to protect Kenya from attack by Sudan.",
        "The virus strain has killed nearly 70 people.",
        "The plane flew 40 wounded men to Kenya.",
        "The violence has killed more than 900 people.",
    ],
)
def test_these_are_no_acts(text: str) -> None:
    assert not parley.read(text, published=DAY).events


def test_a_habit_is_no_single_act() -> None:
    text = "Rogue rebels kidnap traders for ransom. Soldiers routinely attacked villagers."
    assert {e.status for e in parley.read(text, published=DAY).events} == {"ongoing"}


def test_a_stranger_s_name_has_no_number_and_no_age() -> None:
    text = "A 47-year-old Muslim farmer was shot by gunmen."
    names = [e.name for e in parley.read(text, published=DAY).entities]
    assert "Muslim farmer" in names
