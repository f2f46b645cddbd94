"""What the envelope says of a dispatch goes into the ledger before what its first lines say."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from parley.document import Document, Envelope
from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.inputs import dispatches_in
from parley.read.wire import Wire, wire
from parley.store.rows import rows

TEXT = "TAMRIN (VNA) - Gunmen killed {} soldiers at Orsk Vale, the army said."


def item(version: int, dead: int | None, **more: Any) -> Document:
    """A ninjs item of one story."""
    body = {"body_text": TEXT.format(dead)} if dead else {}
    given = {"uri": "urn:vna.invalid:1", "version": str(version), "versioncreated": f"2024-09-04T0{version}:00:00Z",
             "copyrightholder": "VNA", "headline": "Soldiers killed", **body, **more}  # fmt: skip
    (found,) = dispatches_in(io.BytesIO(json.dumps(given).encode()), "a.json")
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("text", "envelope", "read"),
    [
        ("x", Envelope("nitf", slug="BC-Quay-Fire"), Wire("quay-fire")),
        ("x", Envelope("nitf", slug="QUAY-FIRE", version=1), Wire("quay-fire")),
        ("x", Envelope("ninjs", version=3, guid="urn:1"), Wire("urn:1", 2, "update")),
        ("x", Envelope("feed", guid="https://a.invalid/1"), Wire()),
        ("x", Envelope("newsml", slug="Quay", version=4, kind="correction"), Wire("quay", 3, "correction")),
        ("x", Envelope("newsml", slug="Quay", version=2, kind="kill"), Wire("quay", 1, "kill", "quay")),
        ("BC-Harbour-Talks,2nd Ld", Envelope("mail"), Wire("harbour-talks", 2, "update")),
        ("BC-Harbour-Talks,2nd Ld", Envelope("anpa", slug="Quay", version=5), Wire("quay", 4, "update")),
        ("EDITORS: Kill the story slugged BC-Quay-Fire of May 3.", Envelope("nitf", slug="ADVISORY"), Wire("advisory", 0, "kill", "quay-fire")),
        ("x", Envelope("ninjs", slug="Quay", version=2, notes=("CORRECTION: nine men, not ten.",)), Wire("quay", 1, "correction")),
        ("x", Envelope("ninjs", slug="Quay", notes=("With photos.",)), Wire("quay")),
        ("x", Envelope("ninjs", embargo="2024-05-12T08:00:00+02:00"), Wire(embargo="2024-05-12T06:00")),
        ("x", Envelope("ninjs", embargo="2024-05-12"), Wire(embargo="2024-05-12")),
        ("x", Envelope("ninjs", embargo="some day"), Wire()),
        ("EMBARGOED until 0600 GMT 12 May 2024", Envelope("nitf"), Wire(embargo="2024-05-12T06:00")),
    ],
)  # fmt: skip
def test_the_envelope_has_the_first_word(text: str, envelope: Envelope, read: Wire) -> None:
    assert wire(text + "\n\nThe story begins here.", envelope) == read


def test_versions_and_a_kill_of_a_story_are_one_lineage(tmp_path: Path) -> None:
    sent = [
        item(1, 3),
        item(2, 5),
        item(3, None, pubstatus="canceled", ednote="Kill: could not be confirmed."),
    ]
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        assert ledger.add_all([process(d) for d in sent]) == [True, True, True]
        relations = {row.relation for row in ledger.lineage()}
    assert relations == {"update", "kill"}


def test_what_is_embargoed_is_not_published_before() -> None:
    made = rows(process(item(1, 3, embargoed="2024-09-05T06:00:00+02:00")), "2024-09-04T00:00:00")
    (row,) = made["dispatches"]
    assert row["published"] == row["embargo"] == "2024-09-05T04:00"
    assert {fact["published"] for fact in made["counts"]} == {"2024-09-05T04:00"}


def test_the_place_of_an_envelope_is_where_no_dateline_says_it() -> None:
    def place(text: str) -> object:
        (row,) = rows(process(item(1, None, body_text=text, located="Port Selin")), "x")["dispatches"]
        return row["place"]

    assert (place("TAMRIN (VNA) - Five died."), place("Five died.")) == ("Tamrin", "Port Selin")
