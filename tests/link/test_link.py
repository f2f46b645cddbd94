"""What belongs together, and what does not: names, likeness, meetings, figures; two candidates are no answer."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.link.figures import Stated, agree, relation
from parley.link.likeness import bands, contained, jaccard, shingles
from parley.link.meetings import meetings
from parley.link.names import Known, alias, resolve
from parley.store.keys import block_of, folded, party_key, population


def led_to(name: str, *others: str, since: dict[str, str] | None = None) -> tuple[str, str | None] | None:
    known = [Known(k, (since or {}).get(k, "2024-01-01")) for k in (name, *others)]
    link = alias(known[0], known)
    return (link.b, link.until) if link else None


@pytest.mark.parametrize(
    ("name", "others", "to"),
    [
        ("person:solon", ["person:omar solon"], "person:omar solon"),
        ("person:solon", ["person:omar solon", "person:ada solon"], None),
        ("person:omar", ["person:omar solon"], None),
        ("person:mohammed hadad", ["person:muhammad haddad"], "person:muhammad haddad"),
        ("person:nan dinh", ["person:nhan dan"], None),
        ("person:omar solon", ["person:omar ali solon"], "person:omar ali solon"),
        ("body:ruf", ["body:red unity front"], "body:red unity front"),
        ("body:ruf", ["body:red unity front", "body:river union force"], None),
        ("place:ruf", ["body:red unity front"], None),
    ],
)
def test_a_name_is_led_to_the_one_fuller_name(name: str, others: list[str], to: str | None) -> None:
    found = led_to(name, *others)
    assert (found and found[0]) == to


def test_a_name_leads_nowhere_from_the_day_a_second_one_is_known() -> None:
    since = {
        "person:solon": "2024-01-05",
        "person:omar solon": "2024-01-01",
        "person:ada solon": "2024-02-01",
    }
    assert led_to("person:solon", "person:omar solon", "person:ada solon", since=since) == (
        "person:omar solon",
        "2024-02-01",
    )


def test_names_that_lead_in_a_circle_end() -> None:
    assert resolve("a", {"a": "b", "b": "a"}) in ("a", "b")


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("Gen. Ömer al-Sa'id", "person", "person:omer said"),
        ("the Northern Front", "organization", "body:northern front"),
        ("Kenya", "state", "body:kenya"),
        ("gunmen", "people", "group:gunmen@d"),
        ("the army", "organization", "group:army@d"),
        ("Palestinians", "people", "body:palestinians"),
    ],
)
def test_who_has_no_name_stays_with_his_dispatch(name: str, kind: str, key: str) -> None:
    assert party_key(name, kind, "d") == key


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_and_keys_never_break(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    block_of(party_key(name, "person", "d"))
    block_of(party_key(name, "organization", "d"))


@pytest.mark.parametrize(
    ("who", "people"),
    [("the remaining hostages", "hostage"), ("captives", "hostage"), ("people", "person"), ("Palestinian prisoners", "prisoner"),
     ("soldiers", "soldier"), ("killed", "killed"), ("women", "woman"), ("children", "child")],
)  # fmt: skip
def test_people_counted_are_one_population_under_several_words(who: str, people: str) -> None:
    assert population(who) == people


# ── likeness ─────────────────────────────────────────────────────────────────────────────────────

WORDS = st.lists(
    st.sampled_from(
        ["talks", "began", "late", "on", "friday", "in", "the", "port", "as", "both", "sides", "wrote"]
    ),
    min_size=3,
    max_size=60,
)


@given(WORDS)
def test_the_same_words_are_wholly_alike_and_lie_in_the_same_blocks(words: list[str]) -> None:
    a, b = shingles(" ".join(words)), shingles("  ".join(w.upper() for w in words))
    assert jaccard(a, b) == contained(a, b) == 1.0
    assert bands(a, "t", 8, 3) == bands(b, "t", 8, 3)


@given(WORDS, WORDS)
def test_likeness_is_even_handed_and_within_bounds(one: list[str], two: list[str]) -> None:
    a, b = shingles(" ".join(one)), shingles(" ".join(two))
    assert 0 <= jaccard(a, b) == jaccard(b, a) <= contained(a, b) <= 1


# ── meetings ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Telling:
    who: frozenset[str]
    state: str
    first: str | None
    last: str | None
    published: str | None


def told(who: str, state: str, day: str | None, published: str) -> Telling:
    return Telling(frozenset(who), state, day, day, published)


@pytest.mark.parametrize(
    ("tellings", "as_of", "states"),
    [
        ([told("AB", "planned", "2024-05-08", "2024-05-06")], "2024-05-07", ["planned"]),
        ([told("AB", "planned", "2024-05-08", "2024-05-06")], "2024-05-09", ["unconfirmed"]),
        ([told("AB", "planned", "2024-05-08", "2024-05-06"), told("AB", "occurred", "2024-05-08", "2024-05-08")], "2024-05-09", ["held"]),
        ([told("AB", "planned", "2024-05-08", "2024-05-06"), told("AB", "denied", "2024-05-08", "2024-05-08")], "2024-05-09", ["cancelled"]),
        ([told("AB", "planned", "2024-05-08", "2024-05-06"), told("AC", "occurred", "2024-05-08", "2024-05-08")], "2024-05-09", ["unconfirmed", "held"]),
        ([told("AB", "planned", "2024-05-08", "2024-05-06"), told("AB", "occurred", "2024-05-20", "2024-05-20")], "2024-05-21", ["unconfirmed", "held"]),
        ([told("AB", "hypothetical", None, "2024-05-06")], "2024-05-30", ["possible"]),
        ([told("AB", "occurred", "2024-05-01", "2024-05-01"), told("AB", "planned", None, "2024-05-02")], "2024-05-03", ["held", "planned"]),
    ],
)  # fmt: skip
def test_planned_is_never_turned_into_held(tellings: list[Telling], as_of: str, states: list[str]) -> None:
    assert [m.state(as_of) for m in meetings(tellings)] == states


# ── figures ──────────────────────────────────────────────────────────────────────────────────────


def dead(low: int | None, high: int | None, day: str | None = None, status: str = "dead") -> Stated:
    return Stated(low, high, day, day, "2024-05-09", status)


@pytest.mark.parametrize(
    ("now", "before", "what"),
    [
        (dead(9, 9), None, "first"), (dead(9, 9), dead(9, 9), "same"), (dead(12, 12), dead(9, 9), "up"),
        (dead(27, 27), dead(31, 31), "down"), (dead(3, 3), dead(31, 31), "restart"),
        (dead(9, 9, "2024-05-02"), dead(12, 12, "2024-05-01"), "another day"),
        (dead(9, 9, "2024-04-02"), dead(12, 12, "2024-05-01"), "backdated"),
        (dead(2, 2, "2024-05-02", "held"), dead(9, 9, "2024-05-01", "held"), "down"),
    ],
)  # fmt: skip
def test_what_a_figure_is_to_the_one_before_it(now: Stated, before: Stated | None, what: str) -> None:
    assert relation(now, before) == what


BOUND = st.one_of(st.none(), st.integers(0, 100))


@given(BOUND, BOUND, BOUND, BOUND)
def test_figures_agree_either_way_round_and_with_themselves(
    a: int | None, b: int | None, c: int | None, d: int | None
) -> None:
    one, two = dead(*ordered(a, b)), dead(*ordered(c, d))
    assert agree(one, two) == agree(two, one) and agree(one, one)


def ordered(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    return (low, high) if low is None or high is None or low <= high else (high, low)
