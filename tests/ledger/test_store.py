"""What goes in stays whole and as it is; what cannot be opened says what to do."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

import parley
from parley.errors import WrongLedger
from parley.ledger import Ledger
from parley.link.judgement import standing
from parley.record import Record
from parley.store.checks import wrong_rows
from parley.store.opening import advice
from parley.store.rows import dispatch_id
from parley.store.schema import KEPT

from .conftest import Filled


def test_adding_twice_changes_nothing_and_says_so(filled: Filled, records: tuple[Record, ...]) -> None:
    ledger = filled(records[:3])
    before = ledger.tally()
    assert [ledger.add(r) for r in records[:3]] == [False, False, False]
    assert ledger.tally() == before


def test_a_record_comes_out_as_it_went_in(filled: Filled, records: tuple[Record, ...]) -> None:
    ledger = filled(records[:5])
    assert {r.to_json() for r in ledger.records()} == {r.to_json() for r in records[:5]}
    assert not list(wrong_rows(ledger))


@pytest.mark.parametrize("table", [t.name for t in KEPT])
@pytest.mark.parametrize("act", ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"])
def test_the_database_itself_refuses_change(
    filled: Filled, records: tuple[Record, ...], table: str, act: str
) -> None:
    ledger = filled((*records[:6], records[18]))
    ledger.review(ledger.figures()[0].id, "note", who="A")
    told = {"source": None, "act": "say", "mode": "indirect"}
    ledger.add_by_hand(dispatch_id(records[0].document), "claims", 0, 5, records[0].text[:5], told, who="A")
    column = next(t for t in KEPT if t.name == table).c[0].name
    with pytest.raises(WrongLedger, match="only grows"), ledger.writing() as connection:
        if not connection.execute(text(f"SELECT 1 FROM {table}")).first():
            connection.execute(text("SELECT no_such_column"))  # pragma: no cover - every table has rows
        connection.execute(text(act.format(table, f'"{column}"')))


def test_a_reading_by_other_rules_answers_and_the_old_one_stays(
    filled: Filled, records: tuple[Record, ...]
) -> None:
    from dataclasses import replace

    ledger = filled(records[:4])
    other = replace(records[0], facts=replace(records[0].facts, counts=()), made_by="parley 9.9")
    assert ledger.add(other, read_at="2099-01-01T00:00:00")
    assert not [f for f in ledger.figures() if f.cites[0].dispatch == other_id(ledger, other)]
    assert ledger.tally().readings == 5
    assert ledger.tally().dispatches == 4


def other_id(ledger: Ledger, record: Record) -> str:
    return dispatch_id(record.document)


def test_an_error_inside_leaves_nothing_half_done(
    filled: Filled, records: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of the dispatch it befell, and not of those that went in with it."""
    ledger, met = filled([]), []

    def fail(_: object, made: object) -> None:
        met.append(made)
        if len(met) == 2:
            raise RuntimeError("in the middle")

    monkeypatch.setattr("parley.ledger.link_dispatch", fail)
    with pytest.raises(RuntimeError):
        ledger.add_all(records[:3])
    assert ledger.tally().dispatches == ledger.tally().claims == 0


def test_records_added_together_are_those_added_one_by_one(
    filled: Filled, records: tuple[Record, ...]
) -> None:
    together = filled([])
    assert together.add_all([*records[:5], records[0]]) == [True] * 5 + [False]
    assert together.tally() == filled(records[:5]).tally()


def test_facts_stay_in_the_order_of_their_record(filled: Filled, records: tuple[Record, ...]) -> None:
    ledger = filled([])
    ledger.add_all(records[:4])
    with ledger.reading() as connection:
        kept = connection.execute(text("SELECT reading, local FROM claims ORDER BY n")).all()
    assert [local for _, local in kept] == [claim.id for record in records[:4] for claim in record.claims]


@pytest.mark.parametrize("at_once", [2, 7, 64])
def test_whatever_comes_together_belongs_together(
    ledger: Ledger, filled: Filled, records: tuple[Record, ...], at_once: int
) -> None:
    """Names and lineage are judged for many at once as they are one by one, in whatever order they come."""
    other, mixed = filled([]), random.Random(at_once).sample(records, len(records))
    for start in range(0, len(mixed), at_once):
        other.add_all(mixed[start : start + at_once])
    assert judged(other) == judged(ledger)
    assert {kind for kind, *_ in judged(ledger)} == {"lineage", "name", "reuse"}


def judged(ledger: Ledger) -> set[tuple[str, str, str, str, str | None, str | None]]:
    with ledger.reading() as connection:
        found = [row for kind in ("lineage", "name", "reuse") for row in standing(connection, kind)]
    return {(k.kind, k.a, k.b, k.relation, k.published, k.until) for k in found}


def test_copies_are_found_in_a_ledger_of_an_older_version(
    tmp_path: Path, filled: Filled, records: tuple[Record, ...]
) -> None:
    """Its fingerprints named the day last; brought up, they are those that a new ledger makes."""
    with filled(records) as ledger, ledger.writing() as connection:
        made = set(connection.scalars(text("SELECT block FROM blocks")))
        for block in made:
            day, _, rest = block.partition(":")
            connection.execute(
                text("UPDATE blocks SET block = :old WHERE block = :new"),
                {"old": f"{rest}@{day}", "new": block},
            )
        connection.execute(text("DROP TABLE additions"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with parley.open(ledger.name) as again, again.reading() as connection:
        assert set(connection.scalars(text("SELECT block FROM blocks"))) == made


def test_a_ledger_of_the_first_version_is_brought_up(tmp_path: Path, records: tuple[Record, ...]) -> None:
    from parley.store.opening import HEAD, bring_up, engine_of, ledger_url

    path = str(tmp_path / "old.db")
    engine = engine_of(ledger_url(path), path)
    bring_up(engine, None, to="0001")
    engine.dispose()
    with parley.open(path) as ledger, ledger.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
        assert ledger.add(records[0])


# ── what cannot be opened or written ─────────────────────────────────────────────────────────────


def test_a_missing_ledger_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(WrongLedger, match="parley add"):
        parley.open(str(tmp_path / "none.db"))


def test_a_foreign_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE birds (name)")
    other.close()
    with pytest.raises(WrongLedger, match=r"something else.*birds"):
        parley.open(str(path), make=True)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes and no database at all. " * 30)
    with pytest.raises(WrongLedger, match="no SQLite file"):
        parley.open(str(path))


def test_a_newer_ledger_asks_for_a_newer_parley(filled: Filled) -> None:
    ledger = filled([])
    with ledger.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongLedger, match="newer"):
        parley.open(ledger.name)


@pytest.mark.parametrize(
    ("url", "words"),
    [("postgresql://nobody@127.0.0.1:9/none", "no server answers"), ("oracle://x/y", "only sqlite and postgresql"), ("http://x", "only sqlite")],
)  # fmt: skip
def test_a_broken_url_is_told_without_its_password(url: str, words: str) -> None:
    with pytest.raises(WrongLedger, match=words):
        parley.open(url, make=True)


def test_a_password_is_never_printed() -> None:
    with pytest.raises(WrongLedger) as told:
        parley.open("postgresql://me:secret@127.0.0.1:9/none", make=True)
    assert "secret" not in str(told.value)


def test_a_full_disk_is_told_and_nothing_is_lost(filled: Filled, records: tuple[Record, ...]) -> None:
    ledger = filled(records[:2])
    with ledger.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    with pytest.raises(WrongLedger, match="disk is full"), ledger.writing() as connection:
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        for n in range(5000):
            connection.execute(text("INSERT INTO names VALUES (:n, :n, 'x', 'x')"), {"n": f"{n:0200}"})
    ledger.close()
    assert parley.open(ledger.name).tally().dispatches == 2


def test_another_writer_is_named_when_it_never_ends(
    filled: Filled, records: tuple[Record, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parley.store.opening.WAIT_MS", 50)
    ledger = filled(records[:1])
    holder = sqlite3.connect(ledger.name, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    second = parley.open(ledger.name)
    with pytest.raises(WrongLedger, match="another program holds it"):
        second.add(records[1])
    holder.close()
    assert second.add(records[1])


@pytest.mark.parametrize("words", ["attempt to write a readonly database", "permission denied for table"])
def test_a_closed_door_has_advice(words: str) -> None:
    assert "permissions" in advice(sqlite3.OperationalError(words))


def test_a_read_only_ledger_still_answers(filled: Filled, records: tuple[Record, ...]) -> None:
    ledger = filled(records[:3])
    ledger.close()
    closed = parley.open(f"sqlite:///file:{ledger.name}?mode=ro&uri=true")
    assert len(closed.figures()) == len(ledger.figures())
    with pytest.raises(WrongLedger, match="can be read but not written"):
        closed.add(records[5])


def test_reread_adds_a_reading_by_these_rules_and_keeps_the_old_one(
    filled: Filled, records: tuple[Record, ...]
) -> None:
    from dataclasses import replace

    from parley.cli.ledger import reread
    from parley.cli.output import Format, Input
    from parley.cli.reading import Order

    now, before = (
        filled(records[:4]),
        filled(replace(r, made_by="parley 0.0, other rules") for r in records[:4]),
    )
    order = Order((), None, Input.text, Format.jsonl, 1, True, True)
    assert reread(before, order, dry=True) == 0 and before.tally().readings == 4
    assert reread(before, order, dry=False) == 0 and before.tally().readings == 8
    assert before.figures().to_dicts() == now.figures().to_dicts()
    assert not list(wrong_rows(before))
