"""What each dispatch of the invented story changes, and what it does not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ledger.conftest import story

from parley.feeds.alerts import KINDS, Alert, Rule, alert_of, alerts
from parley.feeds.before import Before
from parley.ledger import Ledger
from parley.record import Record
from parley.show.view import View
from parley.store.rows import dispatch_id


def told_by(ledger: Ledger, record: Record) -> list[Alert]:
    """Adds a dispatch, and says what that changes."""
    ledger.add(record)
    id = dispatch_id(record.document)
    return alerts(Before(ledger, [id]), View(ledger), id)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Alert]]:
    """The alerts of the whole story, in the order in which it came, by how the dispatch's file begins."""
    with Ledger.open(str(tmp_path_factory.mktemp("alerts") / "l.db"), make=True) as ledger:
        return {named(record): told_by(ledger, record) for record in story()}


def named(record: Record) -> str:
    return (record.document.source_id or "")[:6]


@cache
def of(name: str) -> Record:
    return next(r for r in story() if named(r) == name)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("0906-1", "figure", "Health Ministry says: 27 people dead, Lorn. Before: 31 people dead (2024-09-04)"),
        ("0905-2", "figure", "the town's hospital says: 15 people wounded. Before: 12 people wounded (2024-09-05)"),
        ("0928-1", "figure", "Varosian army says: 9 hostages held. Before: 11 hostages held (2024-09-19)"),
        ("0909-1", "meeting", "MERIDIAN says: meeting of Milan Dorr and Tomas Reva, 2024-09-09, cancelled. Before: planned"),
        ("0911-1", "meeting", "VNA says: meeting of Dario Venn and Irena Sol, 2024-09-11, held. Before: planned"),
        ("0912-1", "position", "Kelbarran Front says: ready, hostages. Before: conditions, hostages"),
        ("0925-1", "position", "Kelbarran Front says: conditions, hostages. Before: ready, hostages"),
        ("0913-1", "agreement", "VNA says: truce of Varosian government and Kelbarran Front, agreed"),
        ("0918-1", "agreement", "VNA says: truce of Varosian government and Kelbarran Front, extended. Before: agreed"),
        ("0921-1", "agreement", "VNA says: truce of Varosian government and Kelbarran Front, collapsed. Before: extended"),
        ("0915-2", "correction", "VNA corrects its dispatch of 2024-09-15: the same slug kelbarra-release, marked correction"),
        ("0917-3", "correction", "VNA kills its dispatch of 2024-09-17: the kill names the slug kelbarra-boat"),
        ("0919-1", "books", "By the figures told, hostages held by Kelbarran Front: 5 or more unaccounted for"),
    ],
)  # fmt: skip
def test_a_dispatch_that_changes_an_answer_is_told(
    told: dict[str, list[Alert]], name: str, kind: str, words: str
) -> None:
    found = [a.words for a in told[name] if a.kind == kind]
    assert any(w.startswith(words) for w in found), found


@pytest.mark.parametrize(
    "name", ["0902-1", "0902-2", "0903-1", "0904-1", "0905-1", "0910-1", "0917-2", "0929-1"]
)
def test_a_dispatch_that_is_new_or_a_copy_changes_none(told: dict[str, list[Alert]], name: str) -> None:
    assert told[name] == []


def test_a_plan_is_no_meeting_held_and_a_talk_of_talks_no_agreement(told: dict[str, list[Alert]]) -> None:
    """They are alerts only for who asks for that state."""
    rules = [Rule(kind) for kind in KINDS]
    for name in ("0906-2", "0908-1", "0920-1"):
        assert told[name] and not any(rule.wants(a) for a in told[name] for rule in rules)
    assert any(Rule("meeting", state=("planned",)).wants(a) for a in told["0906-2"])
    assert any(Rule("agreement", state=("under negotiation",)).wants(a) for a in told["0920-1"])


def test_an_alert_is_on_somebody_s_word_and_has_its_characters(told: dict[str, list[Alert]]) -> None:
    for name, found in told.items():
        for alert in found:
            assert re.search(
                r" says(?: of [\w ]+)?: | kills its | corrects its |^By the figures told, ", alert.words
            )
            assert of(name).text[alert.start : alert.end] == alert.quote and alert.quote
            assert alert.dispatch == dispatch_id(of(name).document)
            assert alert_of(alert.to_dict("http://127.0.0.1:8700")) == alert


def test_each_alert_has_an_id_of_its_own(told: dict[str, list[Alert]]) -> None:
    ids = [a.id for found in told.values() for a in found]
    assert len(ids) == len(set(ids)) > 15


def test_a_link_opens_the_dispatch_at_its_characters(told: dict[str, list[Alert]]) -> None:
    (alert,) = told["0906-1"]
    at = f"{alert.start}-{alert.end}"
    assert (
        alert.link("http://127.0.0.1:8700")
        == f"http://127.0.0.1:8700/documents/{alert.dispatch}?at={at}#c{at}"
    )


def test_what_a_dispatch_changed_can_be_told_long_after_it_came(
    told: dict[str, list[Alert]], tmp_path: Path
) -> None:
    """A run that was killed in between goes on where it was: the ledger without a dispatch is what it was before."""
    with Ledger.open(str(tmp_path / "l.db"), make=True) as ledger:
        ledger.add_all(story())
        ids = [dispatch_id(r.document) for r in story()]
        for i, (record, id) in enumerate(zip(story(), ids, strict=True)):
            if named(record) in ("0906-1", "0909-1", "0912-1", "0913-1", "0917-3", "0919-1", "0921-1"):
                again = alerts(Before(ledger, ids[i:]), Before(ledger, ids[i + 1 :]), id)
                assert [(a.id, a.words) for a in again] == [(a.id, a.words) for a in told[named(record)]]


def test_what_comes_late_and_is_overtaken_is_no_news(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "l.db"), make=True) as ledger:
        for name in ("0905-1", "0928-1", "0911-1", "0918-1"):
            told_by(ledger, of(name))
        assert told_by(ledger, of("0906-1"))  # 27 dead, not 31, is still the last word
        assert told_by(ledger, of("0906-2")) == []  # the plan of what was held meanwhile
        assert all(a.kind != "figure" for a in told_by(ledger, of("0919-1")) if a.status == "held")


def test_a_kill_that_comes_before_its_dispatch_is_told_when_that_comes(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "l.db"), make=True) as ledger:
        assert told_by(ledger, of("0917-3")) == []
        (alert,) = told_by(ledger, of("0917-1"))
        assert (alert.kind, alert.after) == ("correction", "kill") and alert.dispatch == dispatch_id(
            of("0917-3").document
        )


def test_what_a_dispatch_has_nothing_of_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most dispatches of a feed are about other things, and cost next to nothing."""
    from parley.feeds import alerts as module

    asked: list[str] = []
    for kind, watched in list(module.WATCHED.items()):

        def spied(before: View, after: View, id: str, kind: Any = kind, watched: Any = watched) -> Any:
            asked.append(kind)
            return watched(before, after, id)

        monkeypatch.setitem(module.WATCHED, kind, spied)
    with Ledger.open(str(tmp_path / "l.db"), make=True) as ledger:
        told_by(ledger, of("0929-1"))
        assert "agreement" not in asked and "figure" not in asked and "correction" in asked
        told_by(ledger, of("0906-1"))
        assert "figure" in asked and "books" in asked


# ── rules ────────────────────────────────────────────────────────────────────────────────────────

WAR = Alert(
    "a1", "figure", "Varosian army says: 9 hostages held", "11", "9", "d1", 0, 4, "nine", "VNA", "2024-09-28",
    parties=("Kelbarran Front",), authority="Varosian army", status="held",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "wants"),
    [
        (Rule("figure"), True), (Rule("meeting"), False), (Rule("figure", status="held"), True), (Rule("figure", status="dead"), False),
        (Rule("figure", party="kelbarran"), True), (Rule("figure", party="Amaland"), False), (Rule("figure", authority="army"), True),
        (Rule("figure", authority="ministry"), False), (Rule("figure", agency="vna"), True), (Rule("figure", agency="TORPRESS"), False),
        (Rule("figure", status="held", party="Front", authority="army"), True), (Rule("figure", status="held", party="Amaland"), False),
    ],
)  # fmt: skip
def test_a_rule_wants_what_it_names(rule: Rule, wants: bool) -> None:
    assert rule.wants(WAR) is wants
