"""What waits for a reviewer, and in which order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger.conftest import story

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.show.queue import judged_rows
from parley.show.view import View


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queue") / "story.db"
    with Ledger.open(str(path), make=True) as ledger:
        ledger.add_all(story())
    return path


@pytest.fixture
def ledger(told: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copy(told, tmp_path / "story.db")
    with Ledger.open(str(tmp_path / "story.db")) as opened:
        yield opened


def says(ledger: Ledger, **asked: str) -> list[str]:
    return [item.what for item in ledger.queue(**asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"queue": "figures"}, ["2 hostages rescued, by Varosian army", "9 hostages held, by Kelbarran Front",
                                "25 hostages released, by Kelbarran Front", "41 or more people kidnapped, by Kelbarran Front, Orsk Vale"]),
        ({"queue": "conflicts"}, ["23 fighters dead, by Varosian troops, Tamrin", "9 fighters dead, Tamrin"]),
        ({"queue": "conflicts", "layer": "events"}, []),
        ({"queue": "conflicts", "party": "Tamrin"}, ["23 fighters dead, by Varosian troops, Tamrin", "9 fighters dead, Tamrin"]),
        ({"queue": "conflicts", "until": "2024-09-01"}, []),
        ({"queue": "figures", "since": "2024-09-27"}, ["2 hostages rescued, by Varosian army", "9 hostages held, by Kelbarran Front"]),
        ({"queue": "contested"}, []),
    ],
)  # fmt: skip
def test_each_queue_holds_what_waits_there(ledger: Ledger, asked: dict[str, str], found: list[str]) -> None:
    assert says(ledger, **asked) == found


def test_all_that_is_open_comes_in_the_order_of_its_use(ledger: Ledger) -> None:
    rows = ledger.queue(queue="open")
    reasons = [row.why for row in rows]
    assert reasons[:7] == ["moves a total"] * 4 + ["stands against another"] * 2 + [""]
    rest = [row.cites[0].published or "" for row in rows if not row.why]
    assert rest == sorted(rest, reverse=True)
    assert {row.layer for row in rows} == {"claims", "counts", "events", "positions", "agreements"}


def test_the_sides_of_a_conflict_name_each_other(ledger: Ledger) -> None:
    front, army = ledger.queue()
    assert [r.id for r in front.rivals] == [army.id] and [r.id for r in army.rivals] == [front.id]
    assert (front.voice, army.voice) == ("Kelbarran Front", "Varosian army")
    assert front.rivals[0].cite.words == "Nine" and front.cites[0].words == "23"


@pytest.mark.parametrize("verdict", ["accept", "reject", "correct"])
def test_what_is_decided_waits_no_more(ledger: Ledger, verdict: str) -> None:
    id = ledger.queue()[0].id
    ledger.review(id, verdict, who="A", after={"high": 24} if verdict == "correct" else None)  # type: ignore[arg-type]
    for queue in ("conflicts", "figures", "contested", "open"):
        assert id not in [item.id for item in ledger.queue(queue=queue)]
    assert judged_rows(View(ledger), queue="conflicts") == judged_rows(View(ledger), queue="open") == 1
    ledger.review(id, "undo", who="A")
    assert id in [item.id for item in ledger.queue()] and judged_rows(View(ledger), queue="open") == 0


def test_a_rejected_side_ends_its_conflict(ledger: Ledger) -> None:
    front, army = ledger.queue()
    ledger.review(front.id, "reject", who="A")
    assert not len(ledger.queue()) and army.id in [item.id for item in ledger.queue(queue="open")]


def test_a_note_decides_nothing(ledger: Ledger) -> None:
    id = ledger.queue()[0].id
    note = ledger.review(id, "note", who="A", why="ask the army")
    assert (ledger.queue()[0].id, ledger.queue()[0].seen) == (id, note)


def test_two_reviewers_who_differ_wait_as_contested(ledger: Ledger) -> None:
    id = ledger.queue()[0].id
    ledger.review(id, "accept", who="A")
    last = ledger.review(id, "reject", who="B")
    (item,) = ledger.queue(queue="contested")
    assert (item.id, item.status, item.why, item.seen) == (id, "contested", "two reviewers differ", last)
    ledger.review(id, "accept", who="B")
    assert not len(ledger.queue(queue="contested"))


def test_copies_and_replaced_versions_do_not_wait(ledger: Ledger) -> None:
    shown = {item.cites[0].dispatch for item in ledger.queue(queue="open")}
    old = [c.dispatch for c in ledger.lineage() if c.relation in ("copy", "near copy")]
    assert old and not shown & set(old)


def test_a_view_that_looks_at_few_says_so(ledger: Ledger) -> None:
    from parley.show.queue import queue

    answer = queue(View(ledger, most=20), queue="open")
    assert 0 < len(answer) <= 20
    assert any("newest 20 rows" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("asked", "words"), [({"queue": "all"}, "there are conflicts"), ({"layer": "letters"}, "no layer"), ({"party": "Nobody Known"}, "nobody has")]
)  # fmt: skip
def test_a_queue_that_is_none_is_told(ledger: Ledger, asked: dict[str, str], words: str) -> None:
    with pytest.raises(WrongQuestion, match=words):
        ledger.queue(**asked)
