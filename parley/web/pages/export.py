"""Export: what each form holds and what it loses, and the files themselves, with a checksum and how to cite them."""

from __future__ import annotations

import hashlib
import tempfile
import threading
import zipfile
from pathlib import Path

from fastapi import APIRouter, Request, Response

from parley.export import FORMS, export_ledger
from parley.web.asking import Asked
from parley.web.desk import Refused, asked_of, desk_of, page

router = APIRouter(include_in_schema=False)
ONE_AT_A_TIME = threading.Lock()  # an export looks at the whole ledger

# form → what it is, what is lost in it
KINDS: dict[str, tuple[str, str]] = {
    "csv": (
        "Tables, one a question",
        "lists within a cell are joined; only the first source of a row has columns of its own",
    ),
    "jsonl": ("The same rows as JSON Lines", "nothing: every source stands with its row"),
    "parquet": ("The same rows as Parquet", "nothing; made by DuckDB, where that is installed"),
    "plover": ("Events as PLOVER JSON", "claims, positions, terms, and the bounds of figures"),
    "ftm": ("FollowTheMoney entities", "figures and positions"),
    "jsonld": ("JSON-LD with PROV-O, TimeML and Web Annotation terms", "nothing that a row says"),
    "ceasefires": ("ETH/PRIO Ceasefires", "codes of judgement stay empty"),
    "pax": ("PA-X agreements", "provision scores stay empty"),
    "ged": ("UCDP GED events", "all but figures of dead"),
    "acled": ("ACLED events", "acts without a day, and kinds that ACLED has no name for"),
    "html": ("One page to read alone", "nothing that a person reads; no script, nothing fetched"),
}


@router.get("/export")
def html(request: Request) -> Response:
    return page(request, "export.html", asked_of(request), kinds=KINDS)


@router.get("/export/{form}")
def files(request: Request, form: str) -> Response:
    """The files of a form as one zip whose bytes depend on the ledger and the day alone."""
    given = asked_of(request)
    if form not in FORMS:
        raise Refused(404, f"There is no form {form[:40]}; the page Export names them.")
    if not ONE_AT_A_TIME.acquire(timeout=1):
        raise Refused(429, "Another export is being made; try again when it is done.")
    try:
        packed = zipped(request, given, form)
    finally:
        ONE_AT_A_TIME.release()
    name = f"parley-{form}{'-' + given.as_of[:10] if given.as_of else ''}.zip"
    heads = {
        "content-disposition": f'attachment; filename="{name}"',
        "x-checksum-sha256": hashlib.sha256(packed).hexdigest(),
    }
    return Response(packed, media_type="application/zip", headers=heads)


def zipped(request: Request, given: Asked, form: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = export_ledger(
            desk_of(request).ledger, form, Path(folder) / "out", as_of=given.as_of, trust=given.trust
        )
        target = Path(folder) / "all.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(made):
                entry = zipfile.ZipInfo(path.name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
        return target.read_bytes()
