"""Logging in and out; what a page tells a visitor and a user."""

from __future__ import annotations

import pytest

from .conftest import PASSWORD, USERS, Desk, Served, token


@pytest.mark.parametrize("name", USERS)
def test_who_logs_in_is_named_on_every_page(desk: Desk, name: str) -> None:
    assert f"{name} ({USERS[name]})" in desk(name).get("/").text


def test_a_visitor_has_no_token(desk: Desk) -> None:
    assert not token(desk(), "/")


def test_a_wrong_password_lets_nobody_in(desk: Desk) -> None:
    client = desk()
    assert client.post("/login", data={"name": "Ada", "password": PASSWORD + "!"}).status_code == 401
    assert not token(client, "/")


@pytest.mark.slow
def test_a_desk_on_a_port_answers(served: Served) -> None:
    from urllib.request import urlopen

    with urlopen(served.url + "/") as answer:
        assert answer.status == 200


def test_a_browser_that_keeps_its_address_to_itself_may_log_in(desk: Desk) -> None:
    heads = {"origin": "null", "sec-fetch-site": "same-origin"}
    answer = desk().post("/login", data={"name": "Ada", "password": PASSWORD}, headers=heads)
    assert answer.status_code == 303
