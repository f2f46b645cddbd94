"""Tables of sentences: a meeting is where its visitor has just arrived, and includes those who were to meet."""

from __future__ import annotations

import pytest

import parley
from parley.facts import Event

VISIT = "A delegation of the VLF was in Nairobi on Wednesday to discuss a truce. "
ARRIVED = "VLF leader Omar Solon arrived in Nairobi to hold talks with the Kenyan government. "


def consults(text: str) -> list[Event]:
    record = parley.read(text, published="2024-05-15")
    return [e for e in record.events if e.type == "CONSULT"]


def test_a_meeting_is_where_its_visitor_has_just_arrived() -> None:
    (_, meeting) = consults("Omar Solon arrived in Nairobi. He was due to meet Anna Tarik.")[-2:]
    assert (meeting.place, meeting.status) == ("nairobi", "planned")


def test_the_meeting_with_one_includes_those_who_were_to_meet_him() -> None:
    text = "Omar Solon was due to meet Anna Tarik. The meeting with Tarik was also expected to include Khal Bena."
    last = consults(text)[-1]
    assert sorted(last.actors) == ["anna-tarik", "khal-bena", "omar-solon"]


def test_a_leader_s_visit_has_the_day_of_his_delegation_s() -> None:
    told = {e.rule: e.time for e in consults(VISIT + ARRIVED) if e.mode == "visit"}
    assert told["events.be_in"] == "2024-05-15"
    assert told["events.arrive"] == "2024-05-15"


@pytest.mark.parametrize("text", ["Omar Solon arrived in Nairobi. Anna Tarik was due to meet Khal Bena."])
def test_others_meet_elsewhere(text: str) -> None:
    assert consults(text)[-1].place is None


def test_what_was_allowed_has_the_day_on_which_it_was() -> None:
    text = "A truce on May 3 allowed for 12 captives to be freed in exchange for 40 prisoners."
    record = parley.read(text, published="2024-05-15")
    assert [e.time for e in record.events if e.mode == "release"] == ["2024-05-03"]
