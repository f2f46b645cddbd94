from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from parley.errors import WrongRun
from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.inputs import dispatches_in
from parley.run.loading import in_order, load
from parley.run.local import here
from parley.run.order import Order
from parley.run.places import Folder
from parley.run.running import run
from parley.store import schema

from .conftest import story, written

Ordering = Callable[..., Order]
AT = "2024-10-03T00:00:00"


@pytest.fixture
def data_set(lines: Path, order: Ordering) -> str:
    run(order(), [str(lines)], here)
    return order().out


def rows(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All that a ledger keeps, but for its own numbers and when it was read."""
    with ledger.reading() as connection:
        return {
            table.name: sorted(
                map(tuple, connection.execute(select(*[c for c in table.c if c.name not in ("n", "read_at", "made_at")]))),
                key=repr,
            )
            for table in schema.KEPT
        }  # fmt: skip


def test_a_data_set_fills_a_ledger_as_adding_does(data_set: str, lines: Path, tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "a.db"), make=True) as loaded, lines.open("rb") as file:
        assert load(data_set, loaded).added == len(story())
        with Ledger.open(str(tmp_path / "b.db"), make=True) as added:
            for document in dispatches_in(file, "story.jsonl"):
                added.add(process(document))  # type: ignore[arg-type]
            assert rows(loaded) == rows(added)


def test_loading_twice_changes_nothing(data_set: str, tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        load(data_set, ledger)
        before = rows(ledger)
        again = load(data_set, ledger)
        assert (again.added, again.known, again.wrong) == (0, len(story()), [])
        assert rows(ledger) == before


def test_loading_that_was_stopped_goes_on(
    data_set: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parley.run.loading.AT_ONCE", 8)
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        add_all, calls = Ledger.add_all, iter(range(9))

        def stopping(self: Ledger, *given: object) -> list[bool]:
            if next(calls) == 2:
                raise KeyboardInterrupt
            return add_all(self, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(Ledger, "add_all", stopping)
        with pytest.raises(KeyboardInterrupt):
            load(data_set, ledger)
        monkeypatch.setattr(Ledger, "add_all", add_all)
        again = load(data_set, ledger)
        assert (again.known, again.added) == (16, len(story()) - 16)


def test_a_dispatch_that_came_twice_is_there_once_under_both_names(order: Ordering, tmp_path: Path) -> None:
    twice = [{"id": name, "text": "The Front held 12 people.", "published": "2024-09-04"} for name in "ab"]
    run(order(), [str(written(tmp_path / "a.jsonl", twice))], here)
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        assert (load(order().out, ledger).added, ledger.tally().dispatches) == (1, 1)
        with ledger.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(schema.sightings)) == 2


def test_records_come_in_order_of_publication(data_set: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from parley.run.loading import Loaded

    days = [row["published"] for row in in_order(Folder.at(data_set), data_set, Loaded()) if row["published"]]
    assert days == sorted(days) and len(days) == len(story()) - 1


@pytest.mark.parametrize("months, least", [(["2024-10"], 1), (["2024-10", "unknown"], 2), (["1999-01"], 0)])
def test_only_the_months_asked_for_are_loaded(
    data_set: str, tmp_path: Path, months: list[str], least: int
) -> None:
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        assert load(data_set, ledger, months).added == least


def test_only_what_finished_shards_wrote_is_loaded(data_set: str, tmp_path: Path) -> None:
    folder = Folder.at(data_set)
    folder.remove(folder.names("_done")[0])
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        assert load(data_set, ledger).added == len(story()) - 10


@pytest.mark.parametrize("data, told", [(None, "is missing"), (b"no Parquet", "none"), (b"PAR1PAR1", "none")])
def test_a_damaged_file_is_told_and_the_rest_is_loaded(
    data_set: str, tmp_path: Path, data: bytes | None, told: str
) -> None:
    folder = Folder.at(data_set)
    name = next(n for n in folder.names("records") if "month=2024-10" in n)
    folder.remove(name)
    if data is not None:
        folder.write(name, data)
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        loaded = load(data_set, ledger)
        assert loaded.added == len(story()) - 1
        assert [(where, told in what) for where, what in loaded.wrong] == [(name, True)]


def test_a_record_that_does_not_hold_is_told(
    order: Ordering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "parley.record.Record.to_json"
    monkeypatch.setattr(wrong, lambda self: '{"schema": "parley/record/1"}')
    run(order(), [str(written(tmp_path / "a.jsonl", [{"text": "Talks began."}]))], here)
    with Ledger.open(str(tmp_path / "a.db"), make=True) as ledger:
        loaded = load(order().out, ledger)
    assert (loaded.added, len(loaded.wrong)) == (0, 1) and "required" in loaded.wrong[0][1]


def test_a_folder_without_a_finished_shard_is_refused(tmp_path: Path) -> None:
    opened = Ledger.open(str(tmp_path / "a.db"), make=True)
    with opened as ledger, pytest.raises(WrongRun, match="holds no finished shard"):
        load(str(tmp_path / "none"), ledger)
