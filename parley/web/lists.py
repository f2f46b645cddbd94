"""One question as a page, as .json and as .csv: the same rows at three addresses, paged by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from parley.ledger import QUESTIONS
from parley.show.answer import Answer
from parley.show.view import MOST as ALL
from parley.web.asking import MOST, SHOWN, Asked, view_of
from parley.web.desk import as_json, asked_of, desk_of, page

More = Callable[[Request, Asked, Answer[Any]], dict[str, Any]]


def nothing_more(_: Request, __: Asked, ___: Answer[Any]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of a list: its name in the address, its label, and the values there are (none: free words)."""

    name: str
    label: str
    values: tuple[str, ...] = ()
    kind: str = "text"


SPAN = (Choice("since", "from", kind="date"), Choice("until", "to", kind="date"))
PARTY = Choice("party", "party")


@dataclass(frozen=True, slots=True)
class Listing:
    """`teach` is what stands where there is nothing: what would be here, and the command that brings it."""

    question: str
    title: str
    how: str
    teach: str
    choices: tuple[Choice, ...]
    template: str = "list.html"
    more: More = nothing_more
    whole: bool = False  # on one page, not in pages of some rows
    address: str = ""  # where it is not /QUESTION

    @property
    def path(self) -> str:
        return self.address or f"/{self.question}"


def routes(listing: Listing) -> APIRouter:
    """The three addresses of a list."""
    router = APIRouter(include_in_schema=False)
    question = QUESTIONS[listing.question]

    def answer(request: Request, most: int) -> tuple[Asked, Answer[Any]]:
        given, ledger = asked_of(request, question, listing.path), desk_of(request).ledger
        with ledger.reading():
            return given, question(view_of(ledger, given, most), **given.filters)

    @router.get(listing.path)
    def html(request: Request) -> Response:
        given, found = answer(request, MOST)
        shown, after = (found.rows, None) if listing.whole else paged(found.rows, given.after)
        return page(
            request, listing.template, given, listing=listing, answer=found, rows=shown, after=after,
            **listing.more(request, given, found),
        )  # fmt: skip

    @router.get(listing.path + ".json")
    def json(request: Request) -> Response:
        given, found = answer(request, ALL)
        return as_json({"asked": found.asked, **given.kept, "filters": given.filters, "notes": found.notes,
                        "rows": found.to_dicts()})  # fmt: skip

    @router.get(listing.path + ".csv")
    def csv(request: Request) -> Response:
        _, found = answer(request, ALL)
        name = f"{listing.question}.csv"
        heads = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(found.to_csv(), media_type="text/csv; charset=utf-8", headers=heads)

    return router


def paged(rows: Sequence[Any], after: str | None, shown: int = SHOWN) -> tuple[Sequence[Any], str | None]:
    """The rows behind the one named, and the key of the last of them where more follow. A key that is gone (the row
    was rejected meanwhile) begins anew."""
    start = next((i + 1 for i, row in enumerate(rows) if row.id == after), 0) if after else 0
    some = rows[start : start + shown]
    return some, some[-1].id if start + shown < len(rows) else None
