"""Every page that the desk has, from its routes; an address that needs an id has its own line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from parley.ledger import Ledger
from parley.web.app import ROUTERS

Address = Callable[[Ledger], str]


def dispatch(ledger: Ledger) -> str:
    """One on the words of a figure."""
    cite = ledger.figures(status="held").rows[-1].cites[0]
    return f"/documents/{cite.dispatch}?at={cite.start}-{cite.end}#c{cite.start}-{cite.end}"


def against(ledger: Ledger) -> str:
    later, earlier = next((r, r.relation) for r in ledger.documents().rows if r.relation)
    first = next(r.id for r in ledger.documents().rows if r.id.startswith(earlier.rpartition(" ")[2]))
    return f"/documents/{later.id}/against/{first}"


WITH_ID: dict[str, Address] = {
    "/documents/{id}": dispatch,
    "/documents/{id}/against/{other}": against,
    "/r/{id}": lambda ledger: f"/r/{ledger.figures(status='held').rows[-1].id}",
    "/agreements/{id}": lambda ledger: f"/agreements/{ledger.agreements().rows[0].id}",
    "/parties/{id}": lambda ledger: f"/parties/{ledger.parties(kind='body').rows[0].id}",
}
FILES = ("/export/{form}",)  # what is no page though its address looks like one
ASKED = (
    "/?as_of=2024-09-14", "/figures?latest=on&as_of=2024-09-20&trust=accepted", "/figures?since=2030-01-01",
    "/documents?q=prisoners", "/timeline?state=planned", "/figures?trust=some", "/nowhere",
)  # fmt: skip
WRITES = ("/add", "/review/all")  # for whom may write; a reader is asked to log in
STATUS = {"/figures?trust=some": 400, "/nowhere": 404}  # 200 else


def routes(of: Iterable[Any]) -> Iterator[Any]:
    """Routes of routers within routers."""
    for route in of:
        inner = getattr(route, "original_router", None)
        yield from routes(inner.routes) if inner else (route,)


def pages(of: Iterable[Any]) -> list[str]:
    """Paths that answer with a page: not data ("/figures.csv", "/api/v1/…"), pictures or files."""
    found = {r.path for r in routes(of) if "GET" in (getattr(r, "methods", None) or ())}
    return sorted(
        p
        for p in found.difference(FILES)
        if "." not in p and not p.startswith(("/api/", "/static", "/assets"))
    )


PATHS = pages(route for router in ROUTERS for route in router.routes)
PAGES = (*PATHS, *ASKED)


def address_of(page: str, ledger: Ledger) -> str:
    """What a browser asks for. Fails for a page with an id that no line above tells of."""
    if "{" not in page:
        return page
    assert page in WITH_ID, f"{page}: say in WITH_ID which one to look at"
    return WITH_ID[page](ledger)
