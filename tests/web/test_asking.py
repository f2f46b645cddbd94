"""Addresses ask, and lead on: the day, the trust and the filters stay in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from parley.errors import WrongQuestion
from parley.show.figures import figures
from parley.web.asking import asked, link


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ({"status": "held", "as_of": "2024-09-20"}, {"status": "held"}),
        ({"status": " ", "who": "hostages"}, {"who": "hostages"}),
        ({"latest": "on"}, {"latest": True}),
        ({"nonsense": "1", "view": "x", "most": "9"}, {}),
    ],
)
def test_a_list_takes_the_filters_that_its_question_knows(
    query: dict[str, str], filters: dict[str, object]
) -> None:
    assert asked("/figures", query, figures).filters == filters


def test_an_address_keeps_what_is_not_changed() -> None:
    given = asked("/figures", {"status": "held", "as_of": "2024-09-20"}, figures)
    assert given.here(who="hostages") == "/figures?status=held&as_of=2024-09-20&who=hostages"
    assert given.here(status=None) == "/figures?as_of=2024-09-20"
    assert given.to("/timeline") == "/timeline?as_of=2024-09-20"
    assert given.day_by(-1).endswith("as_of=2024-09-19") and given.day_by(1).endswith("as_of=2024-09-21")


def test_a_step_without_a_day_begins_at_the_last_that_is_known() -> None:
    given = asked("/figures", {"status": "held"}, figures)
    assert given.day_by(-1, "2024-09-28") == "/figures?status=held&as_of=2024-09-27"
    assert given.day_by(1, "2024-09-28") == "/figures?status=held&as_of=2024-09-29"
    assert given.day_by(1) == given.here(as_of=(date.today() + timedelta(1)).isoformat())


def test_a_link_to_characters_opens_on_them() -> None:
    assert link("/documents/ab", at="3-9", as_of=None) == "/documents/ab?at=3-9#c3-9"


def test_words_in_an_address_are_words() -> None:
    assert link("/", party='"><script>&as_of=1') == "/?party=%22%3E%3Cscript%3E%26as_of%3D1"


def test_an_unknown_trust_is_told() -> None:
    with pytest.raises(WrongQuestion, match="there are all, unrejected, accepted"):
        asked("/", {"trust": "blind"})
