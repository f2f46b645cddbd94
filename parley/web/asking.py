"""An address → what is asked: the day, the trust, the filters; and the same address with something changed."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from parley.errors import WrongQuestion
from parley.show.days import checked_day
from parley.show.known import Trust
from parley.show.view import View
from parley.store.ledger import Store

TRUSTS: tuple[Trust, ...] = get_args(Trust)
MOST = 200  # rows that one page looks at; an export looks at all
SHOWN = 50  # rows on one page
NEVER_ASKED = (
    "view",
    "most",
    "after",
    "gazetteer",
)  # no address says how much is looked at, or which file is read


@dataclass(frozen=True, slots=True)
class Asked:
    """`filters` are those that the question knows, and no others; `kept` goes along to every other page."""

    path: str
    as_of: str | None
    trust: Trust
    filters: dict[str, Any]
    after: str | None = None

    @property
    def kept(self) -> dict[str, str]:
        trust = {} if self.trust == "unrejected" else {"trust": self.trust}
        return ({"as_of": self.as_of} if self.as_of else {}) | trust

    def here(self, **changes: Any) -> str:
        """This address with some parts changed; None takes a part out."""
        given = {k: ("on" if v is True else v) for k, v in self.filters.items() if v} | self.kept
        return link(self.path, **(given | changes))

    def to(self, path: str, **more: Any) -> str:
        """Another page on the same day and trust."""
        return link(path, **(self.kept | more))

    def day_by(self, days: int, last: str | None = None) -> str:
        """This address some days later; all days end with the `last` on which anything was published."""
        day = date.fromisoformat((self.as_of or last or date.today().isoformat())[:10])
        return self.here(as_of=(day + timedelta(days)).isoformat())


def link(path: str, **query: Any) -> str:
    """An address; `at` (START-END) also becomes its fragment, so that it opens on those characters."""
    given = {k: str(v) for k, v in query.items() if v not in (None, "", False)}
    fragment = f"#c{given['at']}" if "at" in given else ""
    return path + (f"?{urlencode(given)}" if given else "") + fragment


def asked(path: str, query: dict[str, str], knows: Callable[..., Any] | None = None) -> Asked:
    """What an address asks. Raises WrongQuestion for a trust that is none; what the question does not know is left out."""
    trust = query.get("trust") or "unrejected"
    if trust not in TRUSTS:
        raise WrongQuestion(f"trust {trust}: there are {', '.join(TRUSTS)}")
    known = inspect.signature(knows).parameters if knows else {}
    filters = {
        name: typed(known[name], value.strip())
        for name, value in query.items()
        if name in known and name not in NEVER_ASKED and value.strip()
    }
    return Asked(
        path,
        checked_day((query.get("as_of") or "").strip() or None),
        trust,
        filters,
        query.get("after") or None,
    )


def typed(parameter: inspect.Parameter, value: str) -> Any:
    return value in ("on", "1", "true", "yes") if parameter.default is False else value


def view_of(ledger: Store, given: Asked, most: int = MOST) -> View:
    return View(ledger, given.as_of, given.trust, most=most)
