"""Which rows an answer looks at: the newest that meet its conditions, whatever way they are looked up."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from parley.ledger import Ledger
from parley.show.days import beside, within
from parley.show.view import Fact, View
from parley.store.schema import LAYERS, counts, events, tables

SPANS = [("2024-09-10", None), (None, "2024-09-08"), ("2024-09-05", "2024-09-12"), ("2031-01-01", None), ("1999-01-01", "1999-02-01")]  # fmt: skip


def ids(facts: list[Fact]) -> list[str]:
    return [fact["id"] for fact in facts]


def lies_in(fact: Fact, since: str | None, until: str | None) -> bool:
    """By its days; where none are told, by its publication."""
    first, last = fact["first"] or fact["published"], fact["last"] or fact["published"]
    return (since is None or last >= since) and (until is None or first <= until + "~")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize(("since", "until"), SPANS)
def test_a_span_has_the_facts_that_lie_in_it(
    ledger: Ledger, layer: str, since: str | None, until: str | None
) -> None:
    every = View(ledger).facts(layer)
    found = View(ledger).facts(layer, *within(LAYERS[layer], since, until))
    assert ids(found) == [f["id"] for f in every if lies_in(f, since, until)]


@pytest.mark.parametrize("most", [1, 7, 10_000])
def test_what_is_common_is_found_as_if_it_were_rare(ledger: Ledger, most: int) -> None:
    given = sorted({str(f["authority"]) for f in View(ledger).facts("counts")})
    for some in (given, given[:2], ["nobody"]):
        one, other = View(ledger, most=most), View(ledger, most=most)
        where = counts.c.authority.in_(some)
        assert ids(one.facts("counts", where, common=True)) == ids(other.facts("counts", where))
        assert one.cut == other.cut


def test_a_kind_beside_a_party_is_the_same_kind(ledger: Ledger) -> None:
    alone, near = (beside(events.c.type, "CONSULT", party) for party in (None, "Northern Front"))
    assert ids(View(ledger).facts("events", alone)) == ids(View(ledger).facts("events", near)) != []


@pytest.mark.parametrize("layer", LAYERS)
def test_a_span_is_looked_up_in_one_index(ledger: Ledger, layer: str) -> None:
    view, table = View(ledger, "2024-09-20"), LAYERS[layer]
    wanted = view.newest(table, within(table, "2024-09-05", "2024-09-12"), 10)
    with ledger.reading() as connection:
        words = str(wanted.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {words}")))
    assert f"ix_{layer}_published" in plan and "MULTI-INDEX" not in plan


def test_a_ledger_has_the_indexes_of_its_tables(ledger: Ledger) -> None:
    found = inspect(ledger.engine)
    for table in tables.sorted_tables:
        wanted = {str(i.name): [str(c.name) for c in i.columns] for i in table.indexes}
        kept = {str(i["name"]): i["column_names"] for i in found.get_indexes(table.name)}
        assert {k: v for k, v in kept.items() if k.startswith("ix_")} == wanted


@pytest.mark.parametrize("most", [1, 2, 10_000])
@pytest.mark.parametrize("how", ["party", "spoken"])
@pytest.mark.parametrize("name", ["Irena Sol", "Kelbarran Front", "Tamrin"])
@pytest.mark.parametrize("day", [None, "2024-09-20"])
def test_the_newest_of_a_party_are_those_of_all_of_it(
    ledger: Ledger, name: str, how: str, most: int, day: str | None
) -> None:
    layer = "claims" if how == "spoken" else "events"
    view, whole = View(ledger, day, most=most), View(ledger, day)
    of = whole.told_with if how == "spoken" else whole.taken_part
    every = whole.facts(layer, *of(LAYERS[layer], name))
    newest = sorted(every, key=lambda f: (f["published"], f["n"]))[-most:]
    assert sorted(ids(view.facts(layer, **{how: name}))) == sorted(ids(newest)) != []  # type: ignore[arg-type]
    assert view.day_of(layer, name, None, 10_000) is None


def test_what_is_near_is_looked_at_first(ledger: Ledger) -> None:
    for party, spoken in ((None, "Kelbarran Front"), ("Kelbarran Front", None)):
        near = View(ledger).day_of("events", party, spoken, 10)
        assert near and "2024-09-01" < near < "2024-09-29"
        ways = list(View(ledger).ways("events", party, spoken, 1, common=True))
        assert [len(way) for way in ways] == [1, 1, 1]
    assert View(ledger).day_of("events", None, None, 0) is None
