"""CSV, JSON Lines and Parquet: one file a question, the same rows as on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from parley.errors import ParleyError
from parley.show.agreements import agreements
from parley.show.answer import Answer, csv_of, flat
from parley.show.audit import audit
from parley.show.conflicts import conflicts
from parley.show.figures import figures
from parley.show.map import places
from parley.show.meetings import meetings
from parley.show.positions import positions
from parley.show.sources import lineage, sources
from parley.show.timeline import timeline
from parley.show.view import View
from parley.store.schema import claims


def answers(view: View) -> Iterator[tuple[str, Callable[[], Answer[Any]]]]:
    """(file name, the answer) for each table of an export."""
    yield "figures", lambda: figures(view)
    yield "audit", lambda: audit(view)
    yield "timeline", lambda: timeline(view, most=view.most)
    yield "meetings", lambda: meetings(view, most=view.most)
    yield "places", lambda: places(view)
    yield "positions", lambda: positions(view, history=True)
    yield "agreements", lambda: agreements(view)
    yield "sources", lambda: sources(view)
    yield "conflicts", lambda: conflicts(view)
    yield "lineage", lambda: lineage(view)


def said(view: View) -> list[dict[str, Any]]:
    """Every claim as one flat row."""
    left_out = ("n", "reading", "local", "read_at")
    return [
        {k: v for k, v in fact.row.items() if k not in left_out}
        | {"authority_name": view.authority(fact), "standing": fact.standing, "lineage": fact.root}
        for fact in view.facts("claims", claims.c.n > 0)
    ]


def tables(view: View) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "claims", said(view)
    for name, answer in answers(view):
        yield name, [flat(row) for row in answer()]


def csv(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """UTF-8 with a header line; `safe` guards against formulas."""
    to.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(view):
        yield written(to / f"{name}.csv", csv_of(rows, safe=safe))


def jsonl(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """One object a line, with all its sources."""
    to.mkdir(parents=True, exist_ok=True)
    yield written(to / "claims.jsonl", lines(said(view)))
    for name, answer in answers(view):
        yield written(to / f"{name}.jsonl", lines(answer().to_dicts()))


def parquet(view: View, to: Path, safe: bool) -> Iterator[Path]:
    """By DuckDB, from the JSON Lines; empty tables give no file."""
    try:
        import duckdb
    except ModuleNotFoundError as trouble:
        raise ParleyError("parquet needs DuckDB; pip install 'parley-record[parquet]'") from trouble
    to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, duckdb.connect() as database:
        for name, rows in tables(view):
            if rows:
                given, path = written(Path(folder) / f"{name}.jsonl", lines(rows)), to / f"{name}.parquet"
                database.read_json(str(given), format="newline_delimited", sample_size=-1).write_parquet(
                    str(path)
                )
                yield path


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8", errors="surrogatepass", newline="\n")
    return path
