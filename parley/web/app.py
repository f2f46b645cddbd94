"""The desk as one ASGI application: `make_app(ledger, settings)`."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.resources import files

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from parley import __version__
from parley.errors import ParleyError, UnreadableInput, WrongQuestion, WrongRecord
from parley.ledger import Ledger
from parley.web import api
from parley.web.asking import Asked, link
from parley.web.desk import Desk, Refused, as_json, page
from parley.web.guard import App, Guard, Receive, Scope, Send, as_data, journal
from parley.web.pages import (
    add,
    additions,
    atlas,
    briefing,
    bulk,
    charts,
    documents,
    entry,
    export,
    log,
    method,
    parties,
    questions,
    reference,
    review,
    versions,
)
from parley.web.people import Doors, users_file
from parley.web.settings import Settings

PAGES = (
    briefing, questions, charts, atlas, versions, documents, additions, parties, bulk, review, log, add, export, method,
    reference, entry,
)  # fmt: skip
ROUTERS = tuple(module.router for module in (*PAGES, api))
AT_ONCE = 8
OPEN_TO_ALL, FILES = ("/login",), "/static/"  # of a closed desk


def make_app(ledger: Ledger, settings: Settings | None = None) -> FastAPI:
    """A desk over an open ledger; it neither opens nor closes it."""
    settings = settings or Settings()
    app = FastAPI(
        title="Parley",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=few_at_once,
    )
    app.state.desk = Desk(ledger, Doors(users_file(settings.users)), settings)
    app.mount("/static", StaticFiles(directory=str(files("parley.web") / "static")), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Door, desk=app.state.desk)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, settings=settings)
    for kind in (ParleyError, Refused, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, wrong)
    return app


@contextlib.asynccontextmanager
async def few_at_once(_: FastAPI) -> AsyncIterator[None]:
    """So many pages are made at once; who comes later waits, without a connection to the ledger."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


class Door:
    """A closed desk lets nobody read who is not logged in."""

    def __init__(self, app: App, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        barred = scope["type"] == "http" and self.desk.settings.closed and self.barred(Request(scope))
        await (barred or self.app)(scope, receive, send)

    def barred(self, request: Request) -> Response | None:
        path, query = request.url.path, request.url.query
        if path in OPEN_TO_ALL or path.startswith(FILES) or self.desk.session(request):
            return None
        if as_data(path):
            return as_json({"error": "log in first"}, 401)
        return RedirectResponse(link("/login", next=path + (f"?{query}" if query else "")), 303)


TITLES = {
    400: "This cannot be asked so",
    401: "Log in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not allowed",
    409: "Changed meanwhile",
    422: "This cannot be asked so",
}


def wrong(request: Request, trouble: Exception) -> Response:
    """What went wrong as a page, or as JSON where JSON was asked for; never a traceback."""
    status, words = told(trouble)
    if as_data(request.url.path):
        answer = as_json({"error": words}, status)
    else:
        title = TITLES.get(status, "Something went wrong")
        nowhere = Asked("/", None, "unrejected", {})
        answer = page(request, "wrong.html", nowhere, status=status, title=title, words=words)
    answer.headers.update(getattr(trouble, "headers", None) or {})
    return answer


def told(trouble: Exception) -> tuple[int, str]:
    """Status and words for a reader. What is wrong with the ledger's file or server is for the desk's own log: it
    names places on this machine."""
    if isinstance(trouble, Refused):
        return trouble.status, trouble.words
    if isinstance(trouble, HTTPException):
        lost = trouble.status_code == 404
        return trouble.status_code, "There is no such page here." if lost else str(trouble.detail)
    if isinstance(trouble, RequestValidationError):
        return 422, "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in trouble.errors())
    if isinstance(trouble, WrongQuestion | UnreadableInput | WrongRecord):
        return 400, str(trouble)
    journal.error("%s", trouble)
    return 500, "The ledger cannot be read or written just now. The desk's own log says why."
