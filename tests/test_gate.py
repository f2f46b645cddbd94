"""What is read and what is set aside, before anything is parsed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley import gate
from parley.lang import table
from parley.read.plain import plain

STORY = Path(__file__).parents[1] / "examples" / "story"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The truce held for a third day.", ["truce"]),
        ("GUNMEN TOOK 12 PEOPLE HOSTAGE IN THE PORT.", ["GUNMEN", "HOSTAGE"]),
        ("Troops withdrew from the valley overnight.", ["Troops", "withdrew"]),
        ("A cease-fire was near, mediators said.", ["cease", "fire", "mediators"]),
        ("Eleven villagers were wounded.", ["wounded"]),
        ("The delegation flies home with no agreement.", ["delegation", "agreement"]),
    ],
)
def test_what_belongs_to_the_subject_passes_and_says_by_which_terms(text: str, terms: list[str]) -> None:
    assert gate.passes(text)
    assert [span.of(text) for span in gate.terms_in(text)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "The winger scored twice as the home side opened the season with a 3-0 win.",
        "Shares of the company rose 4 percent after it reported a profit of two million dollars.",
        "Astronomers have found a planet that orbits two suns.",
        "The singer's new album comes out in May.",
        "",
    ],
)
def test_what_belongs_elsewhere_is_set_aside(text: str) -> None:
    assert not gate.passes(text)
    assert list(gate.terms_in(text)) == []


def test_a_correction_is_read_whatever_little_it_says() -> None:
    note = plain("BC-Valley-Train\n\nCORRECTION: The train was late by an hour, not by two.\n")
    assert not gate.passes(note.text) and gate.belongs(note)
    assert not gate.belongs(plain("BC-Valley-Train\n\nThe train was late by an hour."))


# Told by words that stand in any news: we read past them rather than parse all of it.
KNOWN = {
    "Eleven people were taken to hospital after the crash.",
    "The hospital reported 18 injuries.",
    "The other 76 sailors are in good health.",
}


@pytest.mark.parametrize("layer", ["counts", "positions", "agreements"])
def test_what_a_rule_is_shown_on_passes(layer: str) -> None:
    shown = {text for rule in table(layer)["rule"] for text in rule["yes"]}
    assert {text for text in shown if not gate.passes(text)} == KNOWN & shown


def test_the_story_passes() -> None:
    files = sorted(STORY.glob("*.txt"))
    assert len(files) > 30 and all(gate.passes(file.read_text("utf-8")) for file in files)


def test_no_irregular_form_of_a_trigger_is_forgotten() -> None:
    """The forms that the lemmatizer lists as exceptions, against those that the gate makes."""
    from parley.mark.parse import model

    common = table("gate")["common"]["words"]
    kept = {gate.longest(word) for word in gate.triggers()} - set(common)
    listed = model().get_pipe("lemmatizer").lookups.get_table("lemma_exc")
    told = {
        form: lemmas for kind in ("verb", "noun") for form, lemmas in listed[kind].items() if form.isalpha()
    }
    missing = {
        form for form, lemmas in told.items() if kept & set(lemmas) and form not in (*gate.terms(), *common)
    }
    assert missing <= {"bani", "graven", "knives", "pled", "swops", "swopped", "swopping", "ultimata"}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("raid", {"raid", "raids", "raided", "raiding"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("free", {"free", "frees", "freed"}),
        ("storm", {"storm", "storms", "stormed", "storming"}),
        ("ambush", {"ambush", "ambushes", "ambushed", "ambushing"}),
        ("abet", {"abets", "abetted", "abetting"}),
        ("deploy", {"deploys", "deployed", "deploying"}),
    ],
)
def test_the_forms_of_a_word(word: str, found: set[str]) -> None:
    assert found <= set(gate.forms(word))


@given(
    st.text(max_size=300) | st.lists(st.sampled_from(["truce", "Truce", "game", "-", "’", "İ"])).map(" ".join)
)
def test_whatever_the_text_it_passes_if_and_only_if_a_term_stands_in_it(text: str) -> None:
    found = list(gate.terms_in(text))
    assert gate.passes(text) == bool(found)
    assert all(span.of(text).lower() in gate.terms() for span in found)
