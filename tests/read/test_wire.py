from __future__ import annotations

import pytest

from parley.lang import table
from parley.read.wire import Wire, wire

MARKS = table("wire")["mark"]


def kinds(line: str) -> set[str]:
    found = wire(line + "\n\nThe story begins here.")
    return {k for k in (found.kind, "embargo" if found.embargo else None) if k}


@pytest.mark.parametrize(("kind", "line"), [(m["kind"], line) for m in MARKS for line in m["yes"]])
def test_a_mark_is_read(kind: str, line: str) -> None:
    assert kinds(line) == {kind}


@pytest.mark.parametrize(("kind", "line"), [(m["kind"], line) for m in MARKS for line in m["no"]])
def test_a_sentence_is_no_mark(kind: str, line: str) -> None:
    assert kind not in kinds(line)


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ("BC-Harbour-Talks,2nd Ld-Writethru", Wire("harbour-talks", 2, "update")),
        ("AM-Harbour--Talks", Wire("harbour-talks")),
        ("BC-Harbour-Talks, BULLETIN KILL", Wire("harbour-talks", 0, "kill", "harbour-talks")),
        ("EDITORS: Kill the story slugged BC-Quay-Fire of May 3.", Wire(None, 0, "kill", "quay-fire")),
        ("EMBARGOED until 0600 GMT 12 May 2024", Wire(embargo="2024-05-12T06:00")),
        ("Embargo: not before Friday", Wire()),
        ("Talks go on", Wire()),
    ],
)
def test_slug_version_and_what_is_killed(head: str, read: Wire) -> None:
    assert wire(head + "\n\nThe story begins here.") == read
