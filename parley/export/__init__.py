"""The ledger as files for other tools: tables, event data, linked data, and the shapes that human coders use.

What the text does not support stays empty; a side file gives sentence and rule for each filled cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from parley.errors import ParleyError, WrongQuestion
from parley.export.coders import acled, ceasefires, ged, pax
from parley.export.entities import ftm
from parley.export.linked import jsonld
from parley.export.page import html
from parley.export.plover import plover
from parley.export.tables import csv, jsonl, parquet
from parley.show.known import Trust
from parley.show.view import View

if TYPE_CHECKING:
    from parley.ledger import Ledger

ALL = 10**9  # rows: an export leaves none out
Writer = Callable[[View, Path, bool], Iterator[Path]]
FORMS: dict[str, Writer] = {
    "csv": csv, "jsonl": jsonl, "parquet": parquet, "plover": plover, "ftm": ftm, "jsonld": jsonld,
    "ceasefires": ceasefires, "pax": pax, "ged": ged, "acled": acled, "html": html,
}  # fmt: skip


def export_ledger(
    ledger: Ledger,
    form: str,
    to: Path,
    *,
    as_of: str | None = None,
    trust: Trust = "unrejected",
    safe: bool = True,
) -> list[Path]:
    """Write the ledger, as known on a day, in one of FORMS; the files written. `safe` guards CSV cells that a
    spreadsheet would run. Raises WrongQuestion for an unknown form, ParleyError where it cannot be written."""
    if form not in FORMS:
        raise WrongQuestion(f"no form {form!r}; there are {', '.join(FORMS)}")
    try:
        return list(FORMS[form](View(ledger, as_of, trust, most=ALL), to, safe))
    except OSError as trouble:
        raise ParleyError(
            f"{to}: {(trouble.strerror or str(trouble)).lower()}; check the path and its space"
        ) from trouble
