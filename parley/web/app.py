"""The desk as one ASGI application: `make_app(ledger, settings)`."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from parley import __version__
from parley.errors import ParleyError, WrongQuestion
from parley.ledger import Ledger
from parley.web.asking import Asked
from parley.web.desk import Desk, Refused, as_json, page
from parley.web.guard import App, Guard, Receive, Scope, Send
from parley.web.pages import (
    briefing,
    charts,
    documents,
    entry,
    export,
    map,
    method,
    parties,
    questions,
    versions,
)
from parley.web.people import Doors, users_file
from parley.web.settings import Settings

ROUTERS = tuple(
    module.router
    for module in (briefing, questions, charts, map, versions, documents, parties, export, method, entry)
)
OPEN_TO_ALL = ("/login", "/static/")  # of a closed desk


def make_app(ledger: Ledger, settings: Settings | None = None) -> FastAPI:
    """A desk over an open ledger; it neither opens nor closes it."""
    settings = settings or Settings()
    app = FastAPI(
        title="Parley", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json"
    )
    app.state.desk = Desk(ledger, Doors(users_file(settings.users)), settings)
    app.mount("/static", StaticFiles(directory=str(files("parley.web") / "static")), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Door, desk=app.state.desk)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, settings=settings)
    for kind in (ParleyError, Refused, HTTPException):
        app.add_exception_handler(kind, wrong)
    return app


class Door:
    """A closed desk lets nobody read who is not logged in."""

    def __init__(self, app: App, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        barred = scope["type"] == "http" and self.desk.settings.closed and self.barred(Request(scope))
        await (barred or self.app)(scope, receive, send)

    def barred(self, request: Request) -> Response | None:
        path = request.url.path
        if path.startswith(OPEN_TO_ALL) or self.desk.session(request):
            return None
        if path.startswith("/api/") or path.endswith((".json", ".csv")):
            return as_json({"error": "log in first"}, 401)
        return RedirectResponse(f"/login?next={path}", 303)


TITLES = {
    400: "This cannot be asked so",
    401: "Log in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not allowed",
    409: "Changed meanwhile",
}


def wrong(request: Request, trouble: Exception) -> Response:
    """What went wrong as a page, or as JSON where JSON was asked for; never a traceback."""
    status, words = told(trouble)
    if request.url.path.startswith("/api/") or request.url.path.endswith((".json", ".csv")):
        return as_json({"error": words}, status)
    title = TITLES.get(status, "Something went wrong")
    return page(
        request, "wrong.html", Asked("/", None, "unrejected", {}), status=status, title=title, words=words
    )


def told(trouble: Exception) -> tuple[int, str]:
    if isinstance(trouble, Refused):
        return trouble.status, trouble.words
    if isinstance(trouble, HTTPException):
        return trouble.status_code, "There is no such page here." if trouble.status_code == 404 else str(
            trouble.detail
        )
    return (400 if isinstance(trouble, WrongQuestion) else 500), str(trouble)
