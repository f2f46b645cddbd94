"""What every page has in hand: the ledger, who is in, and how a page is drawn."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from parley import __version__
from parley.errors import WrongLedger
from parley.ledger import Ledger
from parley.show.answer import bounds_words, cell
from parley.show.known import Known
from parley.show.sentences import quoted
from parley.show.view import Cite
from parley.web.asking import Asked, asked, link
from parley.web.people import Doors, Role, Session, named
from parley.web.settings import Settings
from parley.web.waiting import Waiting

COOKIE = "parley-session"
NAV = (
    ("/", "Briefing"),
    ("/timeline", "Timeline"),
    ("/figures", "Figures"),
    ("/positions", "Positions"),
    ("/agreements", "Agreements"),
    ("/meetings", "Meetings"),
    ("/parties", "Parties"),
    ("/map", "Map"),
    ("/sources", "Sources"),
    ("/documents", "Documents"),
    ("/review", "Review"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    ledger: Ledger
    doors: Doors
    settings: Settings
    waiting: Waiting = field(default_factory=Waiting)

    def session(self, request: Request) -> Session | None:
        return self.doors.session(request.cookies.get(COOKIE))


class Refused(Exception):
    """A page that this visitor may not have: 401 where logging in would help, else 403."""

    def __init__(self, status: int, words: str) -> None:
        self.status, self.words = status, words


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def asked_of(request: Request, knows: Callable[..., Any] | None = None, path: str | None = None) -> Asked:
    return asked(path or request.url.path, dict(request.query_params), knows)


def allowed(request: Request, role: Role) -> Session:
    """Who sends this; raises Refused unless they are logged in and may."""
    session = desk_of(request).session(request)
    if session is None:
        raise Refused(401, "Log in to change anything here; reading needs no login.")
    if not session.user.may(role):
        raise Refused(403, f"{session.user.name} is a {session.user.role}; this needs a {role}.")
    return session


def checked_form(session: Session, form: Any) -> None:
    """Raises Refused for a form without the token that its page was drawn with."""
    import hmac

    if not hmac.compare_digest(str(form.get("token", "")).encode(), session.token.encode()):
        raise Refused(
            403, "This form is too old or not from this desk. Go back, reload the page, and send it again."
        )


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────


def page(request: Request, template: str, given: Asked, *, status: int = 200, **data: Any) -> Response:
    """A whole page; `data` is what its template asks for."""
    desk = desk_of(request)
    session = desk.session(request)
    open_to = session or not desk.settings.closed  # a closed desk tells a stranger nothing
    drawn = environment().get_template(template).render(
        asked=given, here=given.here, to=given.to, link=link, nav=NAV, path=request.url.path, desk=desk.settings,
        session=session, version=__version__, status=status, today=date.today().isoformat(),
        last_day=last_day(desk.ledger) if open_to else None, waits=desk.waiting.count(desk.ledger) if open_to else 0,
        reviewers=functools.partial(named, desk.doors.path, "reviewer"), **data,
    )  # fmt: skip
    return Response(drawn, status, media_type="text/html; charset=utf-8")


def last_day(ledger: Ledger) -> str | None:
    """The last day on which anything was published; None where nothing is known, or the ledger cannot be read."""
    try:
        return Known(ledger).last_day()
    except WrongLedger:
        return None


@functools.cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("parley.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=unturned,
    )  # fmt: skip
    made.filters |= {
        "day": day,
        "cell": cell,
        "flat": flat,
        "quoted": quoted,
        "dated": dated,
        "lasting": lasting,
        "thousands": lambda n: f"{n:,}",
    }
    made.globals |= {"bounds": bounds_words, "source": source}
    return made


TURNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def unturned(value: Any) -> Any:
    """Characters that turn the text behind them round, and those that no text has, are shown by their numbers."""
    if type(value) is not str or not TURNS.search(value):
        return value
    return TURNS.sub(lambda m: f"[U+{ord(m[0]):04X}]", value)


def day(value: str | None) -> Markup:
    """A day or a span of days for eyes and machines: <time datetime="2023-12-20">20 Dec 2023</time>."""
    if not value:
        return Markup("")
    first, _, last = value.partition("..")
    return Markup(" to ").join(one_day(d) for d in (first, last) if d)


def one_day(value: str) -> Markup:
    try:
        known = date.fromisoformat(f"{value[:10]}-01" if len(value) == 7 else value[:10])
    except ValueError:
        return Markup("{}").format(unturned(value))
    if len(value) == 7:
        return Markup('<time datetime="{}">{}</time>').format(value, f"{known:%b %Y}")
    hour = f", {value[11:16]} UTC" if "T" in value else ""
    return Markup('<time datetime="{}">{}</time>').format(value, f"{known.day} {known:%b %Y}{hour}")


DAY = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")
LASTS = re.compile(r"PT?(\d+)([DWMYH])")
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year", "H": "hour"}


def dated(words: str | None) -> Markup:
    """Words of an answer with their days as days: "2024-09-13 agreed" → "13 Sep 2024 agreed". A term whose giver no
    words tell says so."""
    plain = str(unturned(flat(words))).replace("somebody gives", "a side not named gives")
    return Markup("").join(one_day(part) if DAY.fullmatch(part) else part for part in DAY.split(plain))


def lasting(value: str) -> str:
    """How long: "P5D" → "5 days"; what is none of these stays as it is."""
    found = LASTS.fullmatch(value)
    return f"{found[1]} {UNITS[found[2]]}{'' if found[1] == '1' else 's'}" if found else value


def flat(words: str | None) -> str:
    return " ".join((words or "").split())


def source(cite: Cite) -> dict[str, Any]:
    """A source for a template: its sentence in three parts, and the address that opens on its words."""
    sentence, words = flat(cite.sentence or cite.words), flat(cite.words)
    before, found, after = sentence.partition(words) if words else (sentence, "", "")
    return {
        "before": before, "words": found, "after": after, "agency": cite.agency or "agency not told",
        "published": cite.published, "at": f"{cite.start}-{cite.end}", "dispatch": cite.dispatch, "fact": cite.fact,
    }  # fmt: skip


def as_json(data: Any, status: int = 200) -> Response:
    return Response(json.dumps(data, ensure_ascii=False), status, media_type="application/json")
