"""What a reviewer adds: in the answers with who added it, out of them when taken back, and never the program's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from parley.cli.ledger import verify
from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.plain import plain
from parley.record import Record
from parley.show.documents import read
from parley.show.told import fact_of, fields_of, told
from parley.show.view import View
from parley.store.additions import ASKED, KNOWN
from parley.store.reviews import opposite
from parley.store.rows import dispatch_id
from parley.store.schema import LAYERS

from .conftest import Filled

TEXT = """LISSE, Oct. 3, 2024 (VNA) - The Kelbarran Front is keeping a score of miners in the pits
near Tamrin, Foreign Minister Irena Sol said on Thursday.

"The pits are a prison," Sol told Radio Lisse.
"""


@pytest.fixture
def record() -> Record:
    return process(plain(TEXT, None, "pits.txt"))


@pytest.fixture
def ledger(filled: Filled, record: Record) -> Ledger:
    return filled([record])


def who(record: Record, name: str) -> str:
    return next(e.id for e in record.entities if name in e.name)


def add(ledger: Ledger, record: Record, layer: str, words: str, *, hand: str = "Mira", **fields: Any) -> str:
    at = record.text.index(words)
    return ledger.add_by_hand(
        dispatch_id(record.document), layer, at, at + len(words), words, fields, who=hand, why="read by hand"
    )


def score(ledger: Ledger, record: Record, **more: Any) -> str:
    given = {"low": 20, "high": 20, "who": "miners", "status": "held", "by": who(record, "Front")} | more
    return add(ledger, record, "counts", "a score of miners", **given)


def test_a_figure_is_in_the_answers_with_its_words(ledger: Ledger, record: Record) -> None:
    id = score(ledger, record, claim=record.claims[0].id, time="2024-10-03")
    (row,) = [f for f in ledger.figures(status="held") if f.id == id]
    assert (row.low, row.high, row.who, row.by, row.day) == (
        20,
        20,
        "miners",
        "Kelbarran Front",
        "2024-10-03",
    )
    assert (row.cites[0].words, row.cites[0].rule) == ("a score of miners", "by hand")
    assert "a score of miners" in row.cites[0].sentence and row.authority == "Irena Sol"
    for asked in (
        {"by": "Kelbarran Front"},
        {"trust": "accepted"},
        {"as_of": "2024-10-03"},
        {"who": "miner"},
    ):
        assert id in [f.id for f in ledger.figures(**asked)], asked
    assert id not in [f.id for f in ledger.figures(as_of="2024-10-02")]
    assert id not in [i.id for i in ledger.queue(queue="open")]


GIVEN: dict[str, tuple[str, dict[str, Any]]] = {
    "claims": ("The pits are a prison", {"source": "Sol", "act": "accuse", "mode": "direct"}),
    "counts": ("a score of miners", {"low": 20, "who": "miners", "status": "held"}),
    "events": ("keeping", {"type": "COERCE", "status": "ongoing", "actors": ["Front"], "place": "Tamrin"}),
    "positions": ("The pits are a prison", {"party": "Sol", "stance": "opposes", "issue": "hostages"}),
    "agreements": ("a prison", {"kind": "other", "status": "rejected", "parties": ["Front"], "begins": "2024-10-03"}),
}  # fmt: skip


def meant(record: Record, layer: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Names as the ids that the record has for them."""
    found = dict(fields)
    for name, kind in ASKED[layer].items():
        if name in fields and kind.startswith("who"):
            given = fields[name]
            found[name] = [who(record, g) for g in given] if kind == "whom" else who(record, given)
    return found


@pytest.mark.parametrize("layer", GIVEN)
def test_every_kind_is_kept_shown_and_holds(ledger: Ledger, record: Record, layer: str) -> None:
    words, fields = GIVEN[layer]
    before = {name: [f["id"] for f in View(ledger).facts(name)] for name in LAYERS}
    id = add(ledger, record, layer, words, **meant(record, layer, fields))
    view = View(ledger)
    for name in LAYERS:
        assert [f["id"] for f in view.facts(name) if f["id"] != id] == before[name]
    fact = fact_of(view, id)
    assert fact is not None and (fact.layer, fact.verdict, fact["words"]) == (layer, "add", words)
    line = told(view, fact)
    assert (line.status, line.added_by) == ("added", "Mira") and line.what
    shown = {f.name: f.value for f in fields_of(view, fact)}
    assert all(shown[name] for name, value in fields.items() if value)
    items = read(view, dispatch_id(record.document))
    assert items and id in [i.id for i in items.items]
    assert verify(ledger) == 0


def test_the_programs_reading_is_left_as_it_is(ledger: Ledger, record: Record) -> None:
    tally = ledger.tally()
    score(ledger, record)
    assert [r.to_json() for r in ledger.records()] == [record.to_json()]
    assert ledger.record(dispatch_id(record.document)) == record
    now = ledger.tally()
    assert (now.dispatches, now.counts, now.reviews) == (1, tally.counts + 1, 1)
    assert ledger.who("Irena Sol")[0].dispatches == 1


def test_it_is_in_the_log_and_can_be_taken_back_and_put_in_again(ledger: Ledger, record: Record) -> None:
    id = score(ledger, record)
    (entry,) = ledger.log()
    assert (entry.who, entry.verdict, entry.record, entry.why) == ("Mira", "add", id, "read by hand")
    assert "by Kelbarran Front" in entry.after and "low 20" in entry.after
    assert opposite(ledger, entry.id, "Ada") == (id, "reject", {})
    ledger.review(id, "undo", who="Mira")
    assert id not in [f.id for f in ledger.figures()] and id not in [i.id for i in ledger.queue(queue="open")]
    assert told(View(ledger, trust="all"), fact_of(View(ledger, trust="all"), id)).status == "taken back"  # type: ignore[arg-type]
    assert (
        score(ledger, record, by=who(record, "Front")) == id
        and ledger.tally().counts == len(record.counts) + 1
    )
    assert id in [f.id for f in ledger.figures()]


def test_another_reviewer_may_reject_it(ledger: Ledger, record: Record) -> None:
    id = score(ledger, record)
    ledger.review(id, "reject", who="Ada", why="a score is no number")
    assert id not in [f.id for f in ledger.figures()]
    assert [i.id for i in ledger.queue(queue="contested")] == [id]


def test_it_can_be_corrected_like_any_other(ledger: Ledger, record: Record) -> None:
    id = score(ledger, record)
    ledger.review(id, "correct", who="Ada", after={"high": None, "approximate": True})
    (row,) = [f for f in ledger.figures() if f.id == id]
    assert (row.low, row.high, row.approximate) == (20, None, True)


def test_a_new_reading_by_the_program_leaves_it_there(ledger: Ledger, record: Record) -> None:
    id = score(ledger, record)
    ledger.add(replace(record, made_by="newer rules"), read_at="2099-01-01T00:00:00")
    assert id in [f.id for f in ledger.figures()]
    assert ledger.record(dispatch_id(record.document)).made_by == "newer rules"  # type: ignore[union-attr]
    ledger.add(replace(record, made_by="older rules"), read_at="2001-01-01T00:00:00")
    assert ledger.record(dispatch_id(record.document)).made_by == "newer rules"  # type: ignore[union-attr]


def test_what_the_program_finds_later_too_is_told_once(ledger: Ledger, record: Record) -> None:
    id = score(ledger, record)
    item = next(f for f in ledger.figures() if f.id == id)
    found = replace(fact(record, item.cites[0].start, item.cites[0].end), by=who(record, "Front"))
    facts = replace(record.facts, counts=(*record.counts, found))
    ledger.add(replace(record, facts=facts, made_by="newer rules"), read_at="2099-01-01T00:00:00")
    assert [f.id for f in ledger.figures()].count(id) == 1
    ledger.review(id, "undo", who="Mira")
    assert [f.id for f in ledger.figures()].count(id) == 1


def fact(record: Record, start: int, end: int) -> Any:
    from parley.facts import Count
    from parley.values import Span

    return Count("n99", Span(start, end), 20, 20, "held", "miners", rule="counts.of.a.later.day")


def test_what_is_there_already_is_not_added(ledger: Ledger, record: Record) -> None:
    score(ledger, record)
    with pytest.raises(WrongQuestion, match="Mira added this already"):
        add(ledger, record, "counts", "a score of miners", hand="Ada", **meant(record, "counts", {"low": 20, "high": 20, "who": "miners", "status": "held", "by": "Front"}))  # fmt: skip
    assert ledger.tally().reviews == 1


@pytest.mark.parametrize(
    ("layer", "fields", "words"),
    [("letters", {}, "no kind"), ("counts", {"low": 1, "who": "men", "status": "held", "colour": "red"}, "colour"),
     ("counts", {"low": -1, "who": "men", "status": "held"}, "whole number"), ("counts", {"low": 9, "high": 3, "who": "men", "status": "held"}, "above the upper"),
     ("counts", {"low": 1, "status": "held"}, "who must be given"), ("counts", {"low": 1, "who": "men"}, "status must be given"),
     ("counts", {"low": 1, "who": "men", "status": "gone"}, "there are dead"), ("counts", {"low": 1, "who": "men", "status": "held", "time": "soon"}, "no day"),
     ("counts", {"low": 1, "who": "x" * 1001, "status": "held"}, "at most"), ("counts", {"low": 1, "who": "men", "status": "held", "claim": "c99"}, "claim=c99"),
     ("positions", {"stance": "demands", "issue": "aid"}, "party must be given"), ("events", {"type": "AID", "status": "planned", "actors": ["nobody"]}, "actors=nobody"),
     ("claims", {"act": "say"}, "mode must be given")],
)  # fmt: skip
def test_a_field_that_cannot_be_is_told(
    ledger: Ledger, record: Record, layer: str, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(WrongQuestion, match=words):
        add(ledger, record, layer, "a score of miners", **fields)
    assert ledger.tally().reviews == 0


@pytest.mark.parametrize(
    ("start", "end", "words", "told"),
    [(3, 3, "", "choose 1 to"), (-1, 5, "LISSE", "choose 1 to"), (0, 10_000, "LISSE", "choose 1 to"), (0, 5, "LORN", "not 'LORN'"), (1, 6, "LISSE", "choose them again"),
     (5, 7, ", ", "say nothing")],
)  # fmt: skip
def test_characters_must_be_the_words_that_were_chosen(
    ledger: Ledger, record: Record, start: int, end: int, words: str, told: str
) -> None:
    fields = {"act": "say", "mode": "indirect"}
    with pytest.raises(WrongQuestion, match=told):
        ledger.add_by_hand(dispatch_id(record.document), "claims", start, end, words, fields, who="Mira")
    with pytest.raises(WrongQuestion, match="no such dispatch"):
        ledger.add_by_hand("0" * 24, "claims", 0, 5, "LISSE", fields, who="Mira")


def test_every_known_word_is_of_a_field_that_is_asked_for() -> None:
    assert set(KNOWN) == set(ASKED) == set(LAYERS)
    for layer, fields in ASKED.items():
        assert {name for name, kind in fields.items() if kind == "known"} == set(KNOWN[layer])
