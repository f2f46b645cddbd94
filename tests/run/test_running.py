from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from parley.document import Document
from parley.errors import UnreadableInput, WrongRun
from parley.pipeline import made_by
from parley.read.plain import plain
from parley.run import inputs, reading
from parley.run.local import here
from parley.run.order import Done, Order
from parley.run.places import Folder
from parley.run.running import Sum, run
from parley.run.shards import Shard

from .conftest import LATER, held, story, written

Ordering = Callable[..., Order]
SAID = "The Front said it was ready."


def stopping(after: int) -> Callable[[Order, Iterable[Shard]], Iterator[Done]]:
    """An engine that is stopped once it has done so many shards."""

    def engine(order: Order, shards: Iterable[Shard]) -> Iterator[Done]:
        for number, done in enumerate(here(order, shards), 1):
            yield done
            if number == after:
                raise KeyboardInterrupt

    return engine


def refusing(order: Order, shards: Iterable[Shard]) -> Iterator[Done]:
    assert not list(shards), "something is read again"
    return iter(())


def failed(order: Order) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for name, data in held(order.out).items()
        if name.startswith("_failed/")
        for line in data.splitlines()
    ]


def test_every_dispatch_is_read_and_lies_in_the_month_of_its_publication(
    lines: Path, order: Ordering
) -> None:
    total = run(order(), [str(lines)], here)
    assert (total.read, total.failed, total.shards) == (len(story()), 0, 4)
    months = {n.split("/")[1] for n in held(order().out) if n.startswith("counts/") and "none" not in n}
    assert months == {"month=2024-09", "month=2024-10", "month=unknown"}


def test_a_run_that_was_stopped_goes_on_and_its_outcome_is_the_same(lines: Path, order: Ordering) -> None:
    run(order("whole"), [str(lines)], here)
    with pytest.raises(KeyboardInterrupt):
        run(order("parts"), [str(lines)], stopping(2))
    total = run(order("parts"), [str(lines)], here)
    assert (total.before, total.shards) == (2, 4)
    assert held(order("parts").out) == held(order("whole").out)


def test_what_is_finished_is_not_read_again(lines: Path, order: Ordering) -> None:
    before = run(order(), [str(lines)], here)
    after = run(order(), [str(lines)], refusing)
    assert (after.read, after.failed, after.before) == (before.read, before.failed, 4)


def test_the_order_of_inputs_and_their_naming_twice_change_nothing(
    lines: Path, order: Ordering, tmp_path: Path
) -> None:
    other = written(tmp_path / "other.jsonl", [LATER])
    run(order("a"), [str(lines), str(other)], here)
    run(order("b"), [str(other), f"{tmp_path}/*.jsonl"], here)
    assert held(order("a").out) == held(order("b").out)


def test_bad_inputs_are_set_apart_with_their_reason_and_the_rest_is_read(
    order: Ordering, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.jsonl", ['{"text": ', {"text": SAID}, {"text": SAID, "published": "soon"}])
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "empty.txt").write_bytes(b"")
    total = run(order(), [str(tmp_path), f"{tmp_path}/none*"], here)
    assert (total.read, total.failed) == (1, 3)
    assert [place.rsplit("/", 1)[1] for place, _ in total.unread] == ["broken.parquet", "none*"]
    told = {(str(f["input"]).rsplit("/", 1)[1], f["where"]): f for f in failed(order())}
    assert set(told) == {
        ("a.jsonl", "line 1"),
        ("a.jsonl", "line 3"),
        ("broken.parquet", "the file"),
        ("empty.txt", "the file"),
    }
    third = told["a.jsonl", "line 3"]
    assert "write it like 2024-05-15" in str(third["what"])
    assert base64.b64decode(str(third["raw"])) == path.read_bytes().splitlines(keepends=True)[2]


def test_a_fault_of_ours_costs_one_dispatch_its_record(
    lines: Path, order: Ordering, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = reading.process
    monkeypatch.setattr(
        reading,
        "process",
        lambda d: 1 / 0 if d.source_id == "later" else process(d),  # type: ignore[arg-type,return-value]
    )
    total = run(order(), [str(lines)], here)
    assert (total.read, total.failed) == (len(story()) - 1, 1)
    (told,) = failed(order())
    assert "ZeroDivisionError" in str(told["what"]) and "later" in str(told["where"])
    assert base64.b64decode(str(told["raw"])).decode() == LATER["text"]


class PanicException(BaseException):
    """As libraries in Rust raise it."""


@pytest.mark.parametrize("raised", [PanicException("unwrap"), OSError("cut off"), UnreadableInput("no page")])
def test_a_reader_that_gives_up_costs_its_file_and_no_other(
    order: Ordering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException
) -> None:
    def reading(file: object, name: str, *_: object) -> Iterator[Document]:
        yield plain(SAID)
        if name == "a.txt":
            raise raised

    monkeypatch.setattr(inputs, "dispatches_in", reading)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SAID)
    assert run(order(), [str(tmp_path)], here) == Sum(read=2, failed=1, shards=2)
    assert str(raised) in str(failed(order())[0]["what"])


def test_an_input_that_could_not_be_cut_is_tried_again(order: Ordering, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and no more")
    assert run(order(), [str(path)], here).unread
    path.unlink()
    written(path, [{"text": SAID}])
    assert run(order(), [str(path)], here) == Sum(read=1, shards=1)
    assert not failed(order())


def test_what_a_stopped_shard_left_half_done_is_taken_away(lines: Path, order: Ordering) -> None:
    run(order(), [str(lines)], here)
    whole = held(order().out)
    for left in (
        "counts/month=1999-01/0123-000000.parquet",
        "counts/month=1999-01/0123-000000.parquet.9f.part",
    ):
        Folder.at(order().out).write(left, b"half")
    run(order(), [str(lines)], refusing)
    assert held(order().out) == whole


def test_a_file_that_is_no_table_is_written_in_pieces_and_has_one_mark(
    order: Ordering, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,published\n" + f"{SAID},2024-09-04\n" * 5)
    assert run(order(size=2), [str(path)], here) == Sum(read=5, shards=1)
    pieces = [name[-11:-8] for name in held(order().out) if name.startswith("claims/month=2024")]
    assert pieces == ["000", "001", "002"]
    assert run(order(size=2), [str(path)], refusing).before == 1


def test_the_gate_turns_away_what_is_about_other_things(order: Ordering, tmp_path: Path) -> None:
    sport = {"text": "Torrin beat Halden 3-1 in the cup on Sunday, and their coach said he was proud."}
    path = written(tmp_path / "a.jsonl", [{"text": "Gunmen killed two soldiers in Tamrin."}, sport])
    assert run(order("all"), [str(path)], here) == Sum(read=2, shards=1)
    assert run(order("some", gate=True), [str(path)], here) == Sum(read=1, elsewhere=1, shards=1)


# ── what has changed since ───────────────────────────────────────────────────────────────────────


def test_a_shard_whose_words_changed_is_read_anew_and_the_others_are_not(
    lines: Path, order: Ordering
) -> None:
    run(order(), [str(lines)], here)
    written(lines, [{"id": "first", "text": SAID}, *story()[1:]])
    total = run(order(), [str(lines)], here)
    assert (total.before, total.shards) == (3, 4)
    run(order("anew"), [str(lines)], here)
    assert held(order().out) == held(order("anew").out)


def test_what_a_file_no_longer_holds_is_taken_away(lines: Path, order: Ordering) -> None:
    run(order(), [str(lines)], here)
    written(lines, story()[:5])
    run(order(), [str(lines)], here)
    run(order("anew"), [str(lines)], here)
    assert held(order().out) == held(order("anew").out)


@pytest.mark.parametrize(
    "other, told",
    [
        ({"made_by": "parley 9, rules new"}, "made_by was parley .*, is parley 9, rules new"),
        ({"size": 5}, "size was 10, is 5"),
        ({"published": "2024-01-01"}, "published was None, is 2024-01-01"),
    ],
)
def test_a_data_set_read_otherwise_is_not_mixed(
    lines: Path, order: Ordering, other: dict[str, str], told: str
) -> None:
    run(order(), [str(lines)], here)
    with pytest.raises(WrongRun, match=told + "; give a new folder, or --again"):
        run(Order(**{"out": order().out, "made_by": order().made_by, "size": 10} | other), [str(lines)], here)  # type: ignore[arg-type]


@pytest.mark.parametrize("writes", [0, 1, 2, 5])
def test_a_run_that_was_stopped_before_its_first_shard_can_be_begun_again(
    lines: Path, order: Ordering, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    write, left = Folder.write, iter(range(writes))

    def stopping(folder: Folder, name: str, data: bytes) -> None:
        if next(left, None) is None:
            write(folder, f"{name}.12345678.part", data[:3])
            raise KeyboardInterrupt
        write(folder, name, data)

    monkeypatch.setattr(Folder, "write", stopping)
    with pytest.raises(KeyboardInterrupt):
        run(order(), [str(lines)], here)
    monkeypatch.setattr(Folder, "write", write)
    run(order(), [str(lines)], here)
    run(order("whole"), [str(lines)], here)
    assert {n: d for n, d in held(order().out).items() if n.endswith((".parquet", "_run.json"))} == {
        n: d for n, d in held(order("whole").out).items() if n.endswith((".parquet", "_run.json"))
    }


def test_again_begins_anew(lines: Path, order: Ordering) -> None:
    run(order(), [str(lines)], here)
    total = run(order(size=7), [str(lines)], here, again=True)
    assert (total.before, total.shards) == (0, 6)
    run(order("anew", size=7), [str(lines)], here)
    assert held(order().out) == held(order("anew").out)


def test_a_folder_of_something_else_is_left_alone(lines: Path, order: Ordering, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("mine")
    for again in (False, True):
        with pytest.raises(WrongRun, match="is no data set of Parley"):
            run(order(), [str(lines)], here, again=again)
    assert (tmp_path / "out" / "thesis.doc").read_text() == "mine"


def test_a_worker_with_other_rules_is_refused(lines: Path, order: Ordering) -> None:
    other = Order(order().out, "parley 9, rules other")
    with pytest.raises(WrongRun, match=r"a worker has parley .*, the run parley 9"):
        run(other, [str(lines)], here)


# ── wherever it lies ─────────────────────────────────────────────────────────────────────────────


def test_inputs_and_data_set_may_lie_in_a_store_of_objects(lines: Path, order: Ordering) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/in/deep/story.jsonl", lines.read_bytes())
    try:
        stored = Order("memory://out", order().made_by, size=10)
        assert run(stored, ["memory://in/**/*.jsonl"], here).read == len(story())
        assert run(stored, ["memory://in"], refusing).before == 4
        run(order(), [str(lines)], here)
        assert sorted(tables(held(stored.out))) == sorted(tables(held(order().out)))
    finally:
        memory.rm("/", recursive=True)


def tables(files: dict[str, bytes]) -> list[bytes]:
    """Names of files tell of the input's place; what is in them does not."""
    return [data for name, data in files.items() if name.endswith(".parquet")]


def test_workers_in_other_folders_find_the_same_places(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(order: Order, shards: Iterable[Shard]) -> Iterator[Done]:
        given = list(shards)
        monkeypatch.chdir("/")
        return here(order, given)

    monkeypatch.chdir(tmp_path)
    assert run(Order("out", made_by()), [lines.name], elsewhere).read == len(story())
    assert [n for n in held(tmp_path / "out") if n.startswith("_done/")]


def test_a_file_is_there_whole_or_not_at_all(
    lines: Path, order: Ordering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("parley.run.places.os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        run(order(), [str(lines)], here)
    assert held(order().out) == {}
