"""The ledger of the invented story against its hand-made key, at three days; the same in any order."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parley.ledger import Ledger
from parley.record import Record

from .conftest import Filled, story
from .key import DATES, KEY, answers


@pytest.mark.parametrize("day", DATES)
def test_the_key_is_answered(ledger: Ledger, day: str) -> None:
    wanted, found = KEY[day], answers(ledger, day)
    for figure in wanted["figures"]:
        assert any(figure.items() <= told.items() for told in found["figures"]), figure
    mine = {(f["status"], f["population"], f["authority"]) for f in wanted["figures"]}
    assert not [f for f in found["figures"] if (f["status"], f["population"], f["authority"]) in mine
                and not any(w.items() <= f.items() for w in wanted["figures"])]  # fmt: skip
    assert wanted["audit"].items() <= found["audit"].items()
    assert found["meetings"] == wanted["meetings"]
    for position in wanted["positions"]:
        assert position in found["positions"]
    lines = [(p["party"], p["issue"], p["voice"]) for p in found["positions"]]
    assert len(lines) == len(set(lines))
    assert found["agreements"] == wanted["agreements"]
    assert found["withdrawn"] == wanted["withdrawn"]
    assert found["superseded"] == wanted["superseded"]
    assert found["copies"] == wanted["copies"]


@pytest.mark.parametrize("day", DATES)
def test_contradictions_and_revisions_are_shown(ledger: Ledger, day: str) -> None:
    found = {c.what: c.sides for c in ledger.conflicts(as_of=day)}
    assert found == {"fighter dead at Tamrin": ("Kelbarran Front: 23", "Varosian army: 9")}
    (revised,) = KEY[day]["revised_down"]
    series = [f for f in ledger.figures(status="dead", as_of=day) if f.authority == revised["authority"]]
    told = [(f.low, f.change, f.standing) for f in series]
    assert told[-1] == (revised["to"], "down", "latest")
    assert (revised["from"], "first", "replaced") in told


def test_before_the_first_dispatch_nothing_is_known(ledger: Ledger) -> None:
    assert not ledger.timeline(as_of="2024-09-01") and not ledger.audit(as_of="2024-09-01")


def test_a_later_dispatch_never_changes_what_was_known(filled: Filled, records: tuple[Record, ...]) -> None:
    day = DATES[0]
    early = [r for r in records if (r.document.published or "") <= day]
    assert answers(filled(early), day) == answers(filled(records), day)


def test_an_embargoed_dispatch_is_not_known_before_its_hour(ledger: Ledger) -> None:
    before = {
        p.stance for p in ledger.positions(party="Kelbarran Front", issue="talks", as_of="2024-09-25T17:59")
    }
    after = {
        p.stance for p in ledger.positions(party="Kelbarran Front", issue="talks", as_of="2024-09-25T18:00")
    }
    assert (before, after) == (set(), {"refuses"})


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_any_order_and_twice_gives_the_same_answers(filled: Filled, ledger: Ledger, seed: int) -> None:
    shuffled = [*story(), *story()[:7]]
    random.Random(seed).shuffle(shuffled)
    other = filled(shuffled)
    assert all(answers(other, day) == answers(ledger, day) for day in DATES)
    assert other.tally().dispatches == len(story())
