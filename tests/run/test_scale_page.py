"""What docs/scale.md says to type is what works."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import duckdb
import pytest

from parley.pipeline import made_by
from parley.record import Record
from parley.run.local import here
from parley.run.order import Order
from parley.run.running import run

from .conftest import story, written

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
RECIPES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def data_set(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("scale")
    lines = written(folder / "story.jsonl", story())
    run(Order(str(folder / "out"), made_by(), size=20), [str(lines)], here)
    return str(folder / "out")


def asked(query: str, data_set: str) -> list[dict[str, Any]]:
    with duckdb.connect() as database:
        found = database.sql(query.replace("DIR", data_set))
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_the_page_has_its_queries_and_recipes() -> None:
    assert (len(QUERIES), len(RECIPES)) == (5, 2)


@pytest.mark.parametrize("number", range(5))
def test_a_query_of_the_page_has_an_answer(data_set: str, number: int) -> None:
    assert asked(QUERIES[number], data_set)


def test_the_words_stand_between_what_comes_before_and_after(data_set: str) -> None:
    texts = [d["text"] for d in story()]
    for row in asked(QUERIES[1], data_set):
        assert any(row["before"] + row["words"] + row["after"] in text for text in texts)


@pytest.mark.parametrize("table", ["agreements", "claims"])
def test_a_data_set_of_nothing_can_be_asked(tmp_path: Path, table: str) -> None:
    run(Order(str(tmp_path / "out"), made_by()), [str(written(tmp_path / "a.jsonl", []))], here)
    query = "SELECT month, published FROM read_parquet('DIR/TABLE/**/*.parquet', hive_partitioning = true)"
    assert asked(query.replace("TABLE", table), str(tmp_path / "out")) == []


@pytest.mark.parametrize("recipe, given", [(r, g) for r, g in zip(RECIPES, ("batch", "frames"), strict=True)])
def test_the_function_of_a_recipe_gives_records(
    recipe: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ray and Spark themselves are not asked for here: their part is played by what notes the function."""
    pandas = pytest.importorskip("pandas")
    kept: list[Any] = []
    sink = SimpleNamespace(write_parquet=id, write=SimpleNamespace(parquet=id))
    data = SimpleNamespace(
        map_batches=lambda made, **_: kept.append(made) or sink,
        mapInPandas=lambda made, _: kept.append(made) or sink,
    )
    session = SimpleNamespace(read=SimpleNamespace(parquet=lambda _: data))
    fakes = {
        "ray": {"data": SimpleNamespace(read_parquet=lambda _: data)},
        "pyspark": {},
        "pyspark.sql": {
            "SparkSession": SimpleNamespace(builder=SimpleNamespace(getOrCreate=lambda: session))
        },
    }
    for name, fields in fakes.items():
        module = ModuleType(name)
        vars(module).update(fields)
        monkeypatch.setitem(sys.modules, name, module)
    exec(compile(recipe, "docs/scale.md", "exec"), {})
    batch = {"text": ["Talks began in Tamrin."], "published": ["2024-09-04"]}
    found = kept[0](batch) if given == "batch" else next(kept[0]([pandas.DataFrame(batch)]))
    assert Record.from_json(next(iter(found["record"]))).document.published == "2024-09-04"
