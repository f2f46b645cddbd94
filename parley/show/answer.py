"""Answer: the rows of a question, as a light sequence; dictionaries, CSV, frame and table are made on request."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from parley.show.view import Cite

if TYPE_CHECKING:
    import pandas

    from parley.show.charts import Chart

R = TypeVar("R")
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Answer(Sequence[R], Generic[R]):
    """Rows, what was asked, and what a reader must know beside them (withdrawn dispatches, what was left out)."""

    asked: str
    rows: tuple[R, ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self.rows[index]

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a row; the words behind it stand in `cites`, offsets are code points, end-exclusive."""
        return [plain(row) for row in self.rows]

    def to_csv(self, *, safe: bool = True) -> str:
        """With a header line; `safe` puts a quote before cells that a spreadsheet would run as a formula."""
        return csv_of([flat(row) for row in self.rows], safe=safe)

    def to_frame(self) -> pandas.DataFrame:
        """One row a row; `low` and `high` are nullable integers, and `quote` holds the words of the first source."""
        import pandas

        table = pandas.DataFrame([flat(row) for row in self.rows])
        numbers = [c for c in table.columns if c in ("low", "high", "start", "end")]
        return table.astype(dict.fromkeys(numbers, "Int64"))

    def chart(self) -> Chart:
        """The rows drawn: figures, one holder's books, or a timeline. It shows itself in a notebook, and has `.spec`
        (Vega-Lite), `.svg()` and `.png()`; raises WrongQuestion for an answer that has no chart."""
        from parley.show.charts import chart_of

        return chart_of(self.asked, self.rows)

    def _repr_html_(self) -> str:
        found = [flat(row) for row in self.rows]
        if not found:
            return f"<p>{escape(self.asked)}: nothing found</p>"
        head = "".join(f"<th scope=col>{escape(k)}</th>" for k in found[0])
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell(v))}</td>" for v in row.values()) + "</tr>" for row in found
        )
        notes = "".join(f"<p>{escape(n)}</p>" for n in self.notes)
        return f"<table><caption>{escape(self.asked)}</caption><tr>{head}</tr>{body}</table>{notes}"


def plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def flat(row: Any) -> dict[str, Any]:
    """A row as one line of cells: lists are joined, and the first source stands in columns of its own."""
    cells: dict[str, Any] = {}
    cites: tuple[Cite, ...] = ()
    for f in fields(row):
        value = getattr(row, f.name)
        if f.name == "cites":
            cites = value
        else:
            cells[f.name] = (
                value if value is None or isinstance(value, str | int | float | bool) else cell(value)
            )
    first = cites[0] if cites else None
    return cells | {
        "document": first and first.dispatch, "start": first and first.start, "end": first and first.end,
        "quote": first and first.words, "sentence": first and first.sentence, "source": first and first.agency,
    }  # fmt: skip


def cell(value: Any) -> str:
    """A value as one cell's words."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return "; ".join(cell(v) for v in value)
    if isinstance(value, dict) or is_dataclass(value):
        return json.dumps(plain(value), ensure_ascii=False)
    return str(value)


def csv_of(rows: Sequence[dict[str, Any]], *, safe: bool = True) -> str:
    out = io.StringIO()
    if rows:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([harmless(cell(v)) if safe else cell(v) for v in row.values()] for row in rows)
    return out.getvalue()


def harmless(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + words if words.startswith(RISKY) else words


def bounds_words(low: int | None, high: int | None, approximate: bool = False) -> str:
    """How bounds are told: "41 or more", "up to 30", "about 20", "20 to 30", "105", "unknown"."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"{low:,} or more"
    if low is None:
        return f"up to {high:,}"
    exact = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"about {exact}" if approximate else exact
