"""`/api/v1/…`: every question of the ledger as JSON, typed by the question's own signature and rows.

An address answers with `rows`, `notes` and `next`, the key to go on from; `as_of` and `trust` go with each. What is
asked again is answered with 304 where nothing was added to the ledger since.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_type_hints

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

from parley import __version__
from parley.errors import WrongQuestion
from parley.facts import AgreementKind, AgreementStatus, CountStatus, EventStatus, EventType, SourceKind
from parley.ledger import QUESTIONS
from parley.link.meetings import MeetingState
from parley.show.answer import Answer, plain
from parley.show.brief import MOST as BRIEF
from parley.show.brief import sections
from parley.show.documents import Read, read
from parley.show.log import Entry, log
from parley.show.told import Field as ToldField
from parley.show.told import Told, fact_of, fields_of, told
from parley.show.view import MOST, Cite, Trust, View
from parley.store.schema import LAYERS
from parley.web.desk import Refused, as_json, desk_of

R = TypeVar("R")
PAGE, MOST_ROWS = 50, 500

# What a reader may write for a day: one that the calendar has, and a minute of it in UTC.
LEAP = "(19(0[48]|[2468][048]|[13579][26])|20([02468][048]|[13579][26]))-02-29"
CALENDAR = f"(((19|20)[0-9]{{2}}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31))|{LEAP})"
MINUTE = f"^{CALENDAR}(T([01][0-9]|2[0-3]):[0-5][0-9])?$"
WORDS = r"^[^\x00-\x1f\x7f]*$"
ID = "^[0-9a-f]{6,64}$"

Day = Annotated[
    str,
    Field(
        pattern=MINUTE, description="A day, or a minute in UTC: 2024-05-15T18:00.", examples=["2024-05-15"]
    ),
]
Words = Annotated[str, Field(pattern=WORDS, min_length=1, max_length=200)]
Nothing = SkipJsonSchema[None]  # not given; nobody can write it
Id = Annotated[str, Path(pattern=ID, description="An id, or how it begins where that is of one alone.")]
AsOf = Annotated[
    Day | Nothing, Query(description="What was known then, by publication: a day, or a minute in UTC.")
]
Trusted = Annotated[
    Trust, Query(description="Which rows: all, those no reviewer rejected, or those accepted.")
]
After = Annotated[
    Words | Nothing, Query(description="Go on behind the row of this key: `next` of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows on one page.")]

# Parameters whose values are known; every other is words.
VALUES: dict[tuple[str, str], Any] = {
    ("figures", "status"): CountStatus,
    ("conflicts", "status"): CountStatus,
    ("timeline", "type"): EventType,
    ("timeline", "state"): EventStatus,
    ("meetings", "state"): MeetingState,
    ("agreements", "kind"): AgreementKind,
    ("agreements", "state"): AgreementStatus,
    ("sources", "kind"): SourceKind,
    ("documents", "kind"): Literal[tuple(LAYERS)],
    ("parties", "kind"): Literal["person", "body", "place"],
}
DAYS = ("since", "until")
OWN = ("after", "most")  # of the paging
KEYS = {"audit": "holder"}  # where a row has no id


class Wrong(BaseModel):
    """What is wrong, and what would do."""

    error: str


class Page(BaseModel, Generic[R]):
    """Rows of an answer; `next` is the key to go on from, null on the last page; `notes` are what a reader must know."""

    asked: str
    as_of: str | None
    trust: Trust
    rows: list[R]
    notes: list[str]
    next: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A record: what it says, each field with the characters that say it, and what reviewers made of it."""

    told: Told
    fields: tuple[ToldField, ...]
    log: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Where the talks stand: each line with its sources."""

    as_of: str | None
    trust: Trust
    day: str | None
    sections: tuple[Section, ...]
    notes: tuple[str, ...]


TAG = {"ETag": {"schema": {"type": "string"}, "description": "Of this answer; send it as If-None-Match."}}
WRONG: dict[int | str, dict[str, Any]] = {
    200: {"headers": TAG},
    304: {"description": "Nothing was added since the answer with this ETag"},
    400: {"model": Wrong, "description": "Not a name of this desk, or no address"},
    401: {"model": Wrong, "description": "A closed desk: log in first"},
    404: {"model": Wrong, "description": "Nobody of that name, or nothing of that id"},
    422: {"model": Wrong, "description": "A value that the parameter does not have"},
    429: {"model": Wrong, "description": "Too many requests at once", "headers": {"Retry-After": {"schema": {"type": "string"}}}},
}  # fmt: skip
router = APIRouter(prefix="/api/v1", responses=WRONG, tags=["v1"])


def answered(request: Request, ask: Callable[[], Any]) -> Response:
    """The answer as JSON with its ETag, or 304 where the reader has it already: then nothing is asked."""
    tag = tag_of(request)
    heads = {"etag": tag, "cache-control": "private, no-cache"}
    if held(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=heads)
    try:
        answer = as_json(plain(ask()))
    except WrongQuestion as trouble:
        raise Refused(404, str(trouble)) from trouble
    answer.headers.update(heads)
    return answer


def tag_of(request: Request) -> str:
    """Changes with the ledger, the address, the version, and how the answer is packed."""
    parts = (
        desk_of(request).ledger.stamp(),
        str(request.url.path),
        request.url.query,
        __version__,
        str("gzip" in request.headers.get("accept-encoding", "")),
    )
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def held(sent: str | None, tag: str) -> bool:
    return sent is not None and (
        sent.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in sent.split(","))
    )


# ── questions ────────────────────────────────────────────────────────────────────────────────────


def add(name: str, question: Callable[..., Answer[Any]]) -> None:
    """The address of a question: what it must be given stands in the path, the rest behind it."""
    known = list(inspect.signature(question).parameters.values())[1:]
    first = [p.name for p in known if p.default is p.empty and p.name != "query"]
    path = "/" + "/".join((name, *(f"{{{p}}}" for p in first)))
    row = get_args(get_type_hints(question)["return"])[0]
    router.add_api_route(
        path, endpoint(name, question, known), response_model=Page.__class_getitem__(row), operation_id=name, summary=name.capitalize(),
        description=inspect.getdoc(question) or "", methods=["GET"],
    )  # fmt: skip


def endpoint(
    name: str, question: Callable[..., Answer[Any]], known: list[inspect.Parameter]
) -> Callable[..., Response]:
    """A function that FastAPI reads the parameters of, made from those of the question."""

    def asked(
        request: Request, as_of: str | None, trust: Trust, after: str | None, limit: int, **given: Any
    ) -> Response:
        if "q" in given and name == "search":
            given["query"] = given.pop("q")
        wanted = {k: v for k, v in given.items() if v is not None}

        def ask() -> dict[str, Any]:
            view = View(desk_of(request).ledger, as_of, trust)
            found, rows, more = paged(name, question, known, view, wanted, after, limit)
            return {"asked": found.asked, "as_of": as_of, "trust": trust, "rows": rows, "notes": found.notes, "next": more}  # fmt: skip

        return answered(request, ask)

    own = [typed(name, p) for p in known if p.name not in OWN]
    asked.__signature__ = inspect.Signature([  # type: ignore[attr-defined]
        parameter("request", Request), *own, parameter("as_of", AsOf, None), parameter("trust", Trusted, "unrejected"),
        parameter("after", After, None), parameter("limit", Limit, PAGE),
    ])  # fmt: skip
    asked.__name__ = name
    return asked


def parameter(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def typed(question: str, p: inspect.Parameter) -> inspect.Parameter:
    """A parameter of a question as one of an address."""
    if p.default is p.empty:
        return parameter("q" if p.name == "query" else p.name, Words)
    if isinstance(p.default, bool):
        return parameter(p.name, bool, p.default)
    hint = get_type_hints(QUESTIONS[question])[p.name]
    kind = VALUES.get((question, p.name)) or (Day if p.name in DAYS else hint if literal(hint) else Words)
    return parameter(p.name, kind if p.default is not None else kind | Nothing, p.default)


def literal(hint: Any) -> bool:
    return getattr(hint, "__origin__", None) is Literal


def paged(
    name: str, question: Callable[..., Answer[Any]], known: list[inspect.Parameter], view: View,
    wanted: dict[str, Any], after: str | None, limit: int,
) -> tuple[Answer[Any], list[Any], str | None]:  # fmt: skip
    """(answer, its rows behind `after`, the key of the last of them where more follow). Dispatches are paged by the
    ledger; of the rest all is asked for and a part is shown."""
    names = {p.name for p in known}
    if "after" in names:
        found = question(view, **wanted, after=after, most=limit + 1)
        rows = list(found.rows)
    else:
        most = {"most": MOST_ROWS if name == "search" else MOST} if "most" in names else {}
        found = question(view, **wanted, **most)
        rows = behind(name, found, after)
    more = str(key(name, rows[limit - 1])) if len(rows) > limit else None
    return found, rows[:limit], more


def behind(name: str, found: Answer[Any], after: str | None) -> list[Any]:
    """The rows behind one; raises WrongQuestion where that is not among them."""
    rows = list(found.rows)
    if after is None:
        return rows
    at = next((i for i, row in enumerate(rows) if key(name, row) == after), None)
    if at is None:
        raise WrongQuestion(f"{after}: no such row to go on from; it may have been rejected. Begin anew")
    return rows[at + 1 :]


def key(name: str, row: Any) -> str:
    return str(getattr(row, KEYS.get(name, "id")))


for name, question in QUESTIONS.items():
    add(name, question)


# ── one thing ────────────────────────────────────────────────────────────────────────────────────


@router.get("/documents/{id}", response_model=Read, operation_id="document", summary="Document")
def document(request: Request, id: Id, as_of: AsOf = None, trust: Trusted = "unrejected") -> Response:
    """A dispatch: its text as it came in, its header, and every record read in it with its characters (code points,
    end-exclusive)."""
    return answered(
        request, lambda: there(read(View(desk_of(request).ledger, as_of, trust), id), "dispatch", id)
    )


@router.get("/records/{id}", response_model=Whole, operation_id="record", summary="Record")
def record(request: Request, id: Id, as_of: AsOf = None, trust: Trusted = "unrejected") -> Response:
    """A record with each field, the characters that say it, and what reviewers said."""

    def ask() -> Whole:
        view = View(desk_of(request).ledger, as_of, trust)
        fact = there(fact_of(view, id), "record", id)
        return Whole(told(view, fact), tuple(fields_of(view, fact)), log(view, record=fact["id"]).rows)

    return answered(request, ask)


def there(found: Any, what: str, id: str) -> Any:
    if found is None:
        raise Refused(404, f"No {what} {id} is known so, or several begin so.")
    return found


@router.get("/brief", response_model=Brief, operation_id="brief", summary="Brief")
def brief(
    request: Request, party: Words | Nothing = None, as_of: AsOf = None, trust: Trusted = "unrejected"
) -> Response:
    """Where the talks stand, of all or of one party."""

    def ask() -> dict[str, Any]:
        view = View(desk_of(request).ledger, as_of, trust, most=BRIEF)
        told = tuple(Section(t, tuple(Line(w, c) for w, c in items)) for t, items in sections(view, party))
        return asdict(Brief(as_of, trust, as_of or view.last_day(), told, view.notes()))

    return answered(request, ask)
