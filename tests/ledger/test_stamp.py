"""The stamp of a ledger changes with whatever is added; what is made of judgements is made again when one is added."""

from __future__ import annotations

from parley.ledger import Ledger
from parley.record import Record
from parley.show.view import View
from parley.store.reviews import NOTHING_SAID, Verdict, all_judged

from .conftest import Filled


def test_the_stamp_changes_with_what_is_added_and_with_nothing_else(
    filled: Filled, records: tuple[Record, ...]
) -> None:
    with filled(records[:2]) as ledger:
        stamps = [ledger.stamp()]
        assert ledger.stamp() == stamps[0] and not ledger.add(records[0]) and ledger.stamp() == stamps[0]
        ledger.add(records[2])
        stamps.append(ledger.stamp())
        row = next(iter((*ledger.timeline(), *ledger.sources())))
        ledger.review(row.id if hasattr(row, "day") else row.cites[0].fact, "note", who="Ada", why="seen")
        stamps.append(ledger.stamp())
        assert len(set(stamps)) == 3


def test_a_verdict_is_known_to_the_next_view(filled: Filled, records: tuple[Record, ...]) -> None:
    with filled(records[:3]) as ledger:
        fact = View(ledger).facts("claims")[0]
        assert View(ledger).reviews == {}
        ledger.review(fact["id"], "reject", who="Ada")
        assert fact["id"] not in {f["id"] for f in View(ledger).facts("claims")}
        ledger.review(fact["id"], "undo", who="Ada")
        assert fact["id"] in {f["id"] for f in View(ledger).facts("claims")}


def test_what_is_judged_step_by_step_is_what_is_judged_at_once(
    filled: Filled, records: tuple[Record, ...]
) -> None:
    with filled(records[:3]) as ledger, Ledger.open(ledger.name) as other:
        a, b = (fact["id"] for fact in View(ledger).facts("claims")[:2])
        said: list[tuple[str, Verdict, str]] = [(a, "accept", "Ada"), (b, "reject", "Ben"), (a, "reject", "Ben"), (a, "undo", "Ben"), (b, "note", "Ada"), (b, "undo", "Ada")]  # fmt: skip
        for target, verdict, who in said:
            ledger.review(target, verdict, who=who)
            with ledger.reading() as connection:
                assert View(ledger).reviews == all_judged(connection, NOTHING_SAID).by_target
        assert View(other).reviews == View(ledger).reviews != {}
