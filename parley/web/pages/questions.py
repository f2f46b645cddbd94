"""The pages that are one question each: timeline, figures, positions, agreements, meetings, sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, Request, Response

from parley.facts import AgreementKind, AgreementStatus, CountStatus, EventStatus, EventType, SourceKind
from parley.link.meetings import MeetingState
from parley.show.agreements import agreements
from parley.show.answer import Answer
from parley.show.audit import audit
from parley.show.met import who_met_whom
from parley.show.positions import Line
from parley.web.asking import Asked, view_of
from parley.web.desk import Refused, asked_of, desk_of, page
from parley.web.lists import PARTY, SPAN, Choice, Listing, routes

PARTIES = 7  # columns of the board of positions
COLUMNS = 12  # … and of the table of who met whom


@dataclass(frozen=True, slots=True)
class Board:
    """Issues × parties, each cell the lines that a party holds there; `others` are those of parties beyond the last
    column."""

    issues: tuple[str, ...]
    parties: tuple[str, ...]
    lines: dict[tuple[str, str], list[Line]]
    others: tuple[Line, ...]

    def cell(self, issue: str, party: str) -> list[Line]:
        return self.lines.get((issue, party), [])


def board(_: Request, __: Asked, answer: Answer[Any]) -> dict[str, Any]:
    lines: dict[tuple[str, str], list[Line]] = {}
    told = tuple(p for p, _ in Counter(row.party for row in answer.rows).most_common(PARTIES))
    for row in answer.rows:
        if row.party in told:
            lines.setdefault((row.issue, row.party), []).append(row)
    issues = tuple(i for i, _ in Counter(issue for issue, _ in lines).most_common())
    others = tuple(row for row in answer.rows if row.party not in told)
    return {"board": Board(issues, told, lines, others)}


def books(request: Request, given: Asked, _: Answer[Any]) -> dict[str, Any]:
    """The books stand on the first page of figures, where nothing is asked for."""
    asks_other = given.filters and not ({"by", "status"} >= given.filters.keys())
    if asks_other or given.after:
        return {"balances": ()}
    return {"balances": audit(view_of(desk_of(request).ledger, given), by=given.filters.get("by")).rows}


def pairs(_: Request, __: Asked, answer: Answer[Any]) -> dict[str, Any]:
    """The table of those who met most, with whom."""
    return {"met": who_met_whom(answer.rows).first(COLUMNS)}


LISTINGS = (
    Listing(
        "timeline", "Timeline", "What is told to have been done, day by day. Filled: told as done; outlined: planned; struck: denied; dotted: possible.",
        "Here stand acts that dispatches tell of, each with its day.",
        (PARTY, Choice("type", "kind", get_args(EventType)), Choice("state", "state", get_args(EventStatus)), *SPAN), "timeline.html",
    ),
    Listing(
        "figures", "Figures", "A series is one state, one people, one place, on one authority; no two are ever joined.",
        "Here stand numbers of people held, freed, dead or wounded, as somebody gives them.",
        (Choice("status", "state", get_args(CountStatus)), Choice("who", "of whom"), Choice("place", "place"), Choice("authority", "says"),
         Choice("by", "by whom"), *SPAN, Choice("latest", "the last of each series", kind="check")),
        "figures.html", books,
    ),
    Listing(
        "positions", "Positions", "The latest line of each party on each issue. A mediator's reading stands apart from a party's own words.",
        "Here stands what each party wants, offers, refuses or makes depend on something.",
        (PARTY, Choice("issue", "issue"), *SPAN), "positions.html", board, whole=True,
    ),
    Listing(
        "agreements", "Agreements", "Truces, exchanges and accords with their terms, and their life as told day by day.",
        "Here stand agreements that are proposed, made, kept, broken or ended.",
        (PARTY, Choice("kind", "kind", get_args(AgreementKind)), Choice("state", "state", get_args(AgreementStatus)), *SPAN), "agreements.html",
    ),
    Listing(
        "meetings", "Meetings", "Planned, held, called off, or due and not confirmed. Planned is never turned into held.",
        "Here stand meetings and visits with who takes part.",
        (PARTY, Choice("state", "state", get_args(MeetingState)), *SPAN), "meetings.html", pairs,
    ),
    Listing(
        "sources", "Sources", "Who is cited, for how much, and how often a figure was later revised. Unnamed voices are told apart by their words alone.",
        "Here stand the voices that dispatches quote, named and unnamed.",
        (PARTY, Choice("kind", "kind", get_args(SourceKind)), *SPAN), "sources.html",
    ),
)  # fmt: skip

router = APIRouter(include_in_schema=False)
for listing in LISTINGS:
    router.include_router(routes(listing))


@router.get("/agreements/{id}")
def agreement(request: Request, id: str) -> Response:
    """One agreement, with every telling of it."""
    given = asked_of(request)
    found = agreements(view_of(desk_of(request).ledger, given))
    row = next((a for a in found.rows if a.id.startswith(id)), None)
    if row is None:
        raise Refused(
            404, f"No agreement {id[:12]} is known in what was looked at; look it up under Agreements."
        )
    return page(request, "agreement.html", given, a=row)
