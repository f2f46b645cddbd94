"""Tables of sentences: which words are one entity, which stand for a state, and whom a pronoun means."""

from __future__ import annotations

import pytest

import parley

FRONT = "The Varosian Liberation Front (VLF) "


def mentions(text: str, name: str) -> list[str]:
    """The mentions of the one entity of this name; empty where there is none."""
    record = parley.read(text, published="2024-05-15")
    found = [e for e in record.entities if e.name == name]
    return [m.of(text) for m in found[0].mentions] if found else []


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (FRONT + "left. The VLF said it was ready.", "Varosian Liberation Front", ["VLF", "The VLF", "it"]),
        ("The Kenyan government met Sudan. The government agreed.", "Kenya", ["The Kenyan government"]),
        ("The government of Kenya agreed.", "Kenya", ["The government of Kenya"]),
        ("Kenya closed the border. Troops entered the country.", "Kenya", ["the country"]),
        ("The army attacked Kelbarra province.", "Kelbarra", ["Kelbarra province"]),
        ("The Unity and Justice Movement signed a truce.", "Unity and Justice Movement", []),
        ("A group of rebels fled. The rebels were armed.", "rebels", ["A group of rebels", "The rebels"]),
        ('"I am ready," said Anna Solon.', "Anna Solon", ["I"]),
        ("Sudan said it would leave until Kenya ends its siege.", "Kenya", ["its"]),
    ],
)
def test_these_words_are_mentions(text: str, name: str, words: list[str]) -> None:
    found = mentions(text, name)
    assert found
    assert set(words) <= set(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kenya-based group met the envoy.", "Kenya"),  # a name inside an adjective
        ("It was a heavy battle, the army said.", "It"),
        ("Some 40 men were killed in the flood.", "men"),  # only counted
        ("Muslim rebels attacked the town.", "Muslim"),
    ],
)
def test_these_are_nobody(text: str, name: str) -> None:
    assert mentions(text, name) == []


def test_two_states_in_one_breath_leave_the_country_open() -> None:
    text = "Kenya and Sudan closed the border. The envoy left the country."
    assert "the country" not in mentions(text, "Kenya") + mentions(text, "Sudan")


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        (
            "He met the head of the Kenyan Intelligence Service, General Omar Tarik, on Monday.",
            "Omar Tarik",
            ["the head of the Kenyan Intelligence Service", "General"],
        ),
        (
            "Kenya, the main mediator in the dispute, met the envoy.",
            "Kenya",
            ["the main mediator in the dispute"],
        ),
        ("Kenya, the main exporter of tea, met the envoy.", "Kenya", []),
    ],
)
def test_roles_are_the_words_beside_the_name(text: str, name: str, roles: list[str]) -> None:
    (entity,) = [e for e in parley.read(text).entities if e.name == name]
    assert [r.span.of(text) for r in entity.roles] == roles


def test_the_men_of_one_flag_are_one_body() -> None:
    text = "Kenyan mountain troops crossed the pass and attacked the port. The Kenyan forces freed two men. Sudanese soldiers attacked the Kenyan forces."
    record = parley.read(text, published="2024-05-15")
    told = [[m.of(text) for m in e.mentions] for e in record.entities if e.kind != "state"]
    assert ["Kenyan mountain troops", "The Kenyan forces", "the Kenyan forces"] in told
    assert ["Sudanese soldiers"] in told


def test_a_body_is_known_again_by_words_of_its_name() -> None:
    text = "The Varosian Election Commission met. The election commission said it was ready."
    record = parley.read(text, published="2024-05-15")
    (body,) = [e for e in record.entities if e.kind == "organization"]
    assert [m.of(text) for m in body.mentions][:2] == [
        "The Varosian Election Commission",
        "The election commission",
    ]
    two = "The Election Commission and the Peace Commission met. The commission said it was ready."
    assert all(
        len(e.mentions) == 1
        for e in parley.read(two, published="2024-05-15").entities
        if e.name[:1].isupper()
    )


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (  # called so by its apposition
            "Talks between Moslem guerrillas and Kenya stalled. The Red Dawn Front (RDF), the last major Moslem guerrilla group, wants a truce.",
            "Red Dawn Front",
            ["Moslem guerrillas"],
        ),
        (  # named so
            "The Red Dawn Liberation Front and the Varosian Labour Movement met. The rebels wanted a truce.",
            "Red Dawn Liberation Front",
            ["The rebels"],
        ),
        (
            "RDF fighters attacked the port. The rebel panel's lawyer left the RDF.",
            "RDF",
            ["The rebel panel"],
        ),
        (
            "A miner was captured by three armed groups in May. The captors demanded money.",
            "armed groups",
            ["The captors"],
        ),
    ],
)
def test_one_group_under_two_nouns(text: str, name: str, words: list[str]) -> None:
    assert set(words) <= set(mentions(text, name))


@pytest.mark.parametrize(
    "text",
    [
        "The rebel RDF and the rebel FVL attacked the port. The guerrillas fled.",  # two that fit
        "RDF rebels attacked the port. Sudanese militants fled.",  # others, by their flag
        "Gunmen seized a miner. The army seized a driver. The captors fled.",
    ],
)
def test_two_that_fit_are_none(text: str) -> None:
    record = parley.read(text, published="2024-05-15")
    last = text.rindex(". ") + 2
    assert [len(e.mentions) for e in record.entities if any(m.start >= last for m in e.mentions)] == [1]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (  # described first, named by the next who speaks
            'A surgeon who saw them said they were well. "All is well," Lano Solon told the radio.',
            "Lano Solon",
            ["A surgeon"],
        ),
        (
            "A leader of the front said talks were near. Omar Tarik said so in Nairobi.",
            "Omar Tarik",
            ["A leader of the front"],
        ),
        ("Anna Solon said so. The army met Omar Tarik. She added nothing.", "Anna Solon", ["She"]),
        ("Anna Solon phoned Omar Tarik to tell him of the deal.", "Omar Tarik", ["him"]),
        ("Park Hyun Solon arrived. Park will visit Kenya.", "Park Hyun Solon", ["Park"]),
        ("The oil company Enko left. Enko said so.", "Enko", ["Enko"]),
        ('Omar "Tiger" Solon took off his jacket.', 'Omar "Tiger" Solon', ["his"]),
        (
            "The Arab League met. AL Secretary General Omar Tarik left. The AL is ready.",
            "Arab League",
            ["AL"],
        ),
    ],
)
def test_a_name_and_what_stands_for_it(text: str, name: str, words: list[str]) -> None:
    assert set(words) <= set(mentions(text, name))


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("A source said talks were near. Anna Solon said so too.", "Anna Solon", "A source"),
        ("The army will discuss it further.", "army", "it"),
        ("The army freed 40 men, 24 of them miners.", "men", "them"),
        ("The two factions met the army.", "factions", "The two factions"),
        ("Talks can lead to a government of all.", "government", "a government"),
    ],
)
def test_these_words_are_not_his(text: str, name: str, word: str) -> None:
    assert word not in mentions(text, name)
