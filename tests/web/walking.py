"""Every page there is, with every id there is, and what a browser would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from parley.ledger import Ledger
from parley.store.schema import LAYERS

VOID = ("meta", "link", "input", "br", "img", "hr")


def paths_of(routes: Iterable[Any]) -> Iterator[str]:
    """The paths that can be asked for with GET, {names} and all."""
    for route in routes:
        if hasattr(route, "original_router"):
            prefix = route.include_context.prefix if hasattr(route.include_context, "prefix") else ""
            yield from (prefix + path for path in paths_of(route.original_router.routes))
        elif "GET" in (getattr(route, "methods", None) or ()):
            yield route.path


def addresses(ledger: Ledger, routes: Iterable[Any]) -> Iterator[str]:
    """Every path with every id that fits it."""
    from urllib.parse import quote

    facts = [row for layer in LAYERS for row in ids(ledger, f"SELECT id FROM {layer}")]
    dispatches = ids(ledger, "SELECT id FROM dispatches")
    known = {
        "documents": dispatches, "diff": dispatches, "r": facts, "records": facts, "review": facts,
        "agreements": ids(ledger, "SELECT id FROM agreements"), "parties": ids(ledger, "SELECT DISTINCT party FROM names"),
        "who": ids(ledger, "SELECT DISTINCT name FROM names"), "sources": ids(ledger, "SELECT DISTINCT authority FROM claims"),
    }  # fmt: skip
    for path in sorted(set(paths_of(routes))):
        if "{" not in path:
            yield path
            continue
        before = path.partition("/{")[0].rpartition("/")[2]
        for id in known.get(before, ["none"]):
            filled = path
            while "{" in filled:
                filled = filled.partition("{")[0] + quote(id, safe="") + filled.partition("}")[2]
            yield filled


def ids(ledger: Ledger, asked: str) -> list[str]:
    from sqlalchemy import text

    with ledger.reading() as connection:
        return [str(row[0]) for row in connection.execute(text(asked))]


class Page(HTMLParser):
    """Reads a page as a browser does and keeps what may do harm."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.loose: list[str] = []  # words outside of a box for hidden characters
        self.open: list[str] = []
        self.boxed = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("style", "iframe", "object", "embed", "base", "svg", "math", "applet"):
            self.wrong.append(f"<{tag}>")
        if tag == "script" and not (
            given.get("src", "").startswith(("/static/", "/assets/"))
            and (given.get("type") == "module" or "defer" in given)
        ):
            self.wrong.append(f"<script {given}>")
        self.wrong += [
            f"{tag} {name}"
            for name in given
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping")
        ]
        for name in ("href", "src", "action", "data-src"):
            if name in given and not here(given[name], given):
                self.wrong.append(f"{tag} {name}={given[name][:60]}")
        self.boxed = given.get("class") == "hidden"
        self.loose += [value for name, value in given.items() if name in ("title", "value", "aria-label")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.boxed = False
        if tag in VOID or not self.open:
            self.wrong.append(f"</{tag}> alone")
        else:
            while self.open and self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.boxed:
            self.loose.append(data)


def here(address: str, given: dict[str, str]) -> bool:
    """Does an address stay on this desk, or say that it does not?"""
    outside = (
        address.startswith(("https://", "http://")) and given.get("rel") == "noopener noreferrer nofollow"
    )
    return (
        address == "data:,"
        or outside
        or (address.startswith(("/", "#", "?")) and not address.startswith(("//", "/\\")))
    )
