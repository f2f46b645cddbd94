"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from parley.web.desk import COOKIE, Refused, asked_of, checked_form, desk_of, page
from parley.web.people import HOURS

router = APIRouter(include_in_schema=False)


def local(address: str | None) -> str:
    """An address of this desk to go on to; anything else is the start page."""
    plain = (
        address
        and address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and address.isprintable()
    )
    return address if address and plain else "/"


@router.get("/login")
def form(request: Request, next: str = "/") -> Response:
    return page(request, "login.html", asked_of(request), next=local(next), wrong=False)


@router.post("/login")
def enter(
    request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:  # fmt: skip
    desk = desk_of(request)
    secret = desk.doors.enter(name, password)
    if secret is None:
        return page(request, "login.html", asked_of(request), status=401, next=local(next), wrong=True)
    answer = RedirectResponse(local(next), 303)
    answer.set_cookie(
        COOKIE, secret, max_age=HOURS * 3600, httponly=True, samesite="strict", secure=desk.settings.secure
    )
    return answer


@router.post("/logout")
def leave(request: Request, token: Annotated[str, Form()] = "") -> Response:
    desk = desk_of(request)
    session = desk.session(request)
    if session is None:
        raise Refused(401, "You are not logged in.")
    checked_form(session, {"token": token})
    desk.doors.leave(request.cookies.get(COOKIE))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer
