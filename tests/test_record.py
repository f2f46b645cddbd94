from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parley
from parley.codec import misshapen, troubles, well_shaped
from parley.errors import WrongRecord
from parley.record import Record


@pytest.fixture(scope="module")
def record(examples: list[Path]) -> Record:
    return parley.read(examples[0].read_text("utf-8"))


def test_json_and_back_is_the_same_record(examples: list[Path]) -> None:
    for path in examples:
        text = parley.read(path.read_text("utf-8")).to_json()
        assert Record.from_json(text).to_json() == text


def test_every_example_verifies_and_keeps_its_text(examples: list[Path]) -> None:
    assert examples
    for path in examples:
        given = path.read_text("utf-8")
        data = json.loads(parley.read(given).to_json())
        assert data["text"] == given
        assert list(troubles(data)) == []


def test_a_single_shifted_span_is_told(record: Record) -> None:
    data = record.to_dict()
    data["claims"][0]["start"] += 1
    assert any("claims/0" in t for t in troubles(data))


def test_a_changed_text_is_told(record: Record) -> None:
    data = record.to_dict()
    data["text"] = data["text"] + "!"
    assert any("hash" in t for t in troubles(data))


@given(st.data())
def test_the_quick_look_at_the_shape_and_the_one_that_gives_reasons_agree(
    record: Record, data: st.DataObject
) -> None:
    """Of a record in which one value, wherever it stands, is another or gone."""
    plain = json.loads(record.to_json())
    place = plain
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    if data.draw(st.booleans()):
        del place[key]
    else:
        place[key] = data.draw(
            st.none() | st.integers() | st.floats() | st.text() | st.just([]) | st.just({})
        )
    assert well_shaped(plain) == (not list(misshapen(plain)))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "parley/record/1"}', "{"])
def test_what_is_no_record_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(WrongRecord, match=r"\w"):
        Record.from_json(text)


def test_a_layer_becomes_a_frame(record: Record) -> None:
    frame = record.to_frame("claims")
    assert list(frame.columns[:5]) == ["document", "start", "end", "quote", "source"]
    assert len(frame) == len(record.claims)
    with pytest.raises(ValueError, match="claims"):
        record.to_frame("gossip")


def test_a_notebook_shows_the_page_of_a_record() -> None:
    record = parley.read(
        "Port Selin, May 14 (VNA) -- The <b>army</b> said the road was open.", published="2024-05-14"
    )
    page = record._repr_html_()
    assert "&lt;b&gt;army&lt;/b&gt;" in page and "<b>army" not in page
    assert "<script" not in page
