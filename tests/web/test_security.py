"""What a desk must hold against: forged requests, hostile dispatches, guessed passwords, and its own mistakes."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import argon2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from parley.errors import WrongLedger
from parley.ledger import Ledger
from parley.web import people
from parley.web.app import make_app
from parley.web.guard import POLICY
from parley.web.pages.entry import local
from parley.web.settings import Settings

from .conftest import PASSWORD, Desk, token
from .walking import paths_of

ANY = dict.fromkeys(("read", "write", "login", "add"), (10**9, 1))
SEALED = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def sealed(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in SEALED} == SEALED
    assert answer.headers["cache-control"] in (
        *("no-store", "no-cache", "private, no-cache"),
        "private, max-age=86400",  # scripts of others, which say nothing of the ledger
    )
    assert "server" not in answer.headers


def made(ledger: Ledger, **given: Any) -> TestClient:
    return TestClient(
        make_app(ledger, Settings(**given)), base_url="http://localhost", follow_redirects=False
    )


# ── headers ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address, status",
    [
        ("/", 200), ("/figures", 200), ("/figures.json", 200), ("/figures.csv", 200), ("/briefing.md", 200), ("/login", 200),
        ("/static/desk.css", 200), ("/static/none.css", 404), ("/none", 404), ("/documents/abcdef", 404), ("/r/abcdef", 404),
        ("/figures?trust=none", 400), ("/figures?as_of=yesterday", 400), ("/figures.csv?as_of=yesterday", 400),
        ("/api/v1/figures", 200), ("/api/v1/figures?limit=0", 422), ("/api/none", 404), ("/openapi.json", 200),
        ("/figures?who=%00", 400),
    ],
)  # fmt: skip
def test_every_kind_of_answer_leaves_with_the_headers(desk: Desk, address: str, status: int) -> None:
    answer = desk().get(address)
    assert answer.status_code == status
    sealed(answer)
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_refusals_leave_with_the_headers(desk: Desk, ledger: Ledger) -> None:
    client = desk()
    sealed(client.get("/", headers={"host": "evil.example"}))
    sealed(client.post("/login", headers={"origin": "http://evil.example"}))
    sealed(client.post("/figures"))
    rates = {"read": (1, 60), "write": (1, 60), "login": (1, 60), "add": (1, 60)}
    few = made(ledger, rates=rates)
    few.get("/")
    for address, kind in {
        "/": "text/plain",
        "/figures.json": "application/json",
        "/api/v1/log": "application/json",
    }.items():
        late = few.get(address)
        assert (
            late.status_code == 429
            and late.headers["content-type"].startswith(kind)
            and late.headers["retry-after"]
        )
        sealed(late)


def test_a_mistake_of_ours_shows_neither_where_nor_how(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise RuntimeError("/home/somebody/parley.db is broken")

    desk.app.add_api_route("/broken", broken)
    desk.app.add_api_route("/api/v1/broken", broken)
    for address in ("/broken", "/api/v1/broken"):
        answer = desk().get(address)
        assert answer.status_code == 500 and "/home" not in answer.text and "Traceback" not in answer.text
        sealed(answer)
    assert "/home/somebody" in caplog.text


def test_trouble_of_the_ledger_names_no_place_of_the_machine(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Ledger) -> None:
        raise WrongLedger("/home/somebody/parley.db: the disk is full")

    monkeypatch.setattr(Ledger, "reading", broken)
    for address in ("/figures", "/figures.json", "/api/v1/figures", "/documents/abcdef"):
        answer = desk().get(address)
        assert answer.status_code == 500 and "/home" not in answer.text and "log" in answer.text
        sealed(answer)


# ── where a request comes from ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example:8700", "", "localhost@evil.example"],
)
def test_a_desk_answers_to_its_own_names_alone(desk: Desk, host: str) -> None:
    assert desk().get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8700", "[::1]:8700", "LOCALHOST:1"])
def test_its_own_names_are_these(desk: Desk, host: str) -> None:
    assert desk().get("/login", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "heads, let",
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://localhost"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://localhost:9999"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://localhost", "sec-fetch-site": "cross-site"}, False),
    ],
)
def test_a_form_is_taken_from_this_desk_alone(desk: Desk, heads: dict[str, str], let: bool) -> None:
    client = desk("Ben")
    answer = client.post("/logout", data={"token": token(client)}, headers=heads)
    assert answer.status_code == (303 if let else 403)


@pytest.mark.parametrize("sent", ["", "x", "ÿ", "0" * 5000])
def test_a_form_without_its_token_changes_nothing(desk: Desk, sent: str) -> None:
    client = desk("Ben")
    assert client.post("/logout", data={"token": sent}).status_code == 403
    assert token(client)


def test_the_token_of_another_session_does_not_do(desk: Desk) -> None:
    ada, ben = desk("Ada"), desk("Ben")
    assert ben.post("/logout", data={"token": token(ada)}).status_code == 403


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    ledger: Ledger, users: Path, secure: bool
) -> None:
    client = made(ledger, users=users, secure=secure)
    cookie = (
        client.post("/login", data={"name": "Ben", "password": PASSWORD}).headers["set-cookie"].casefold()
    )
    assert "httponly" in cookie and "samesite=strict" in cookie and ("; secure" in cookie) is secure


# ── how much and how often ───────────────────────────────────────────────────────────────────────


def test_what_is_too_large_is_not_read_announced_or_not(ledger: Ledger) -> None:
    client = made(ledger, most_bytes=1000)
    assert client.post("/login", content=b"x" * 1001).status_code == 413
    assert client.post("/login", content=iter([b"x" * 200] * 100)).status_code == 413
    sealed(client.post("/login", content=b"x" * 1001))


def test_passwords_cannot_be_tried_without_end(ledger: Ledger, users: Path) -> None:
    client = made(ledger, users=users)
    tries = [
        client.post("/login", data={"name": "Ben", "password": f"guess {n}"}).status_code for n in range(11)
    ]
    assert tries == [401] * 10 + [429]


@pytest.mark.parametrize("name", ["Ben", "Nobody", "", "\x00", "Ben\n"])
def test_a_name_that_nobody_has_takes_as_long(desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    verify = argon2.PasswordHasher.verify

    def counted(self: Any, hash: str, password: str) -> bool:
        verified.append(hash)
        return bool(verify(self, hash, password))

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    answer = desk().post("/login", data={"name": name, "password": "no such password"})
    assert answer.status_code == 401 and len(verified) == 1
    assert "Name and password do not belong together" in answer.text


def test_who_is_taken_out_or_changed_is_out_at_once(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    people.add(path, "Dora", "editor", PASSWORD)
    client = made(ledger, users=path)
    client.post("/login", data={"name": "Dora", "password": PASSWORD})
    assert "Dora (editor)" in client.get("/login").text
    people.add(path, "Dora", "reader", PASSWORD)
    assert "Dora" not in client.get("/login").text
    people.remove(path, "Dora")
    assert client.post("/login", data={"name": "Dora", "password": PASSWORD}).status_code == 401
    assert oct(path.stat().st_mode & 0o777) in ("0o600", "0o666")  # the second where there are no such rights


# ── a closed desk ────────────────────────────────────────────────────────────────────────────────


def test_a_closed_desk_shows_nothing_but_its_door(ledger: Ledger, users: Path) -> None:
    client = made(ledger, users=users, closed=True)
    app: FastAPI = client.app  # type: ignore[assignment]
    for path in sorted(paths_of(app.routes)):
        answer = client.get(path.replace("{", "").replace("}", "") + "?q=1&x=2")
        if path == "/login":
            assert answer.status_code == 200 and "Pin this page" not in answer.text
        elif path.startswith("/api/v1") or path.endswith((".json", ".csv")):
            assert (answer.status_code, answer.json()) == (401, {"error": "log in first"})
        else:
            where = urlsplit(answer.headers["location"])
            assert answer.status_code == 303 and where.path == "/login"
            assert parse_qs(where.query)["next"][0].endswith("?q=1&x=2")
        sealed(answer)
    assert client.get("/static/desk.css").status_code == 200
    assert client.get("/loginx").status_code == 303 and client.get("/static/../figures").status_code in (
        303,
        404,
    )
    client.post("/login", data={"name": "Rex", "password": PASSWORD})
    assert client.get("/figures").status_code == 200


@pytest.mark.slow
def test_a_desk_for_others_needs_a_user(told: Path, tmp_path: Path) -> None:
    with parley(
        "serve", "--host", "0.0.0.0", "--ledger", str(told), "--users", str(tmp_path / "none.json")
    ) as done:
        said, complained = done.communicate(timeout=60)
    assert done.returncode == 2 and not said and "make a user first" in complained


def parley(*words: str) -> Any:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "parley", *words]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.slow
def test_a_running_desk_keeps_secrets_out_of_its_log(told: Path, users: Path) -> None:
    with parley("serve", "--port", "0", "--quiet", "--ledger", str(told), "--users", str(users)) as served:
        try:
            url = served.stdout.readline().strip().rstrip("/")
            wrong, right = (
                fetched(f"{url}/login", b"name=Ben&password=S3CRET-guess"),
                "name=Ben&password=" + PASSWORD.replace(" ", "+"),
            )
            cookie = fetched(f"{url}/login", right.encode())[1]
            fetched(f"{url}/logout?token=S3CRET-query", b"token=S3CRET-token", cookie)
            fetched(f"{url}/figures?as_of=S3CRET-day", None, cookie)
            fetched(f"{url}/none/S3CRET-path", None, cookie)
        finally:
            served.send_signal(signal.SIGINT)
        said = served.stdout.read() + served.stderr.read()
    assert wrong[0] == 401 and cookie
    for secret in ("S3CRET", PASSWORD, cookie.partition("=")[2].partition(";")[0], "parley-session"):
        assert secret not in said


def fetched(url: str, sent: bytes | None, cookie: str = "") -> tuple[int, str]:
    asked = Request(url, sent, {"Cookie": cookie.partition(";")[0]} if cookie else {})
    try:
        with build_opener(Stay).open(asked, timeout=30) as answer:
            return answer.status, answer.headers.get("set-cookie", "")
    except HTTPError as trouble:
        return trouble.code, trouble.headers.get("set-cookie", "")


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Nobody is followed: the answer itself is looked at."""


def test_pages_and_logs_tell_no_secret(
    desk: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = desk("Ben")
    secret = next(iter(client.cookies.values()))
    said = client.post("/login", data={"name": "Ben", "password": "S3CRET-password"}).text
    said += client.post("/logout", data={"token": "S3CRET-token"}).text + client.get("/none").text
    out = capsys.readouterr()
    for found in (said, caplog.text, out.out, out.err):
        assert "S3CRET" not in found and secret not in found and PASSWORD not in found


# ── addresses ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil", "", "/\t/evil.example",
                "/\n/evil.example", "\\\\evil.example", "///evil.example", "http:evil.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(desk: Desk, address: str) -> None:
    assert local(address) == "/"
    gone = desk().post("/login", data={"name": "Ben", "password": PASSWORD, "next": address})
    assert gone.headers["location"] == "/"
    assert 'name="next" value="/"' in desk().get("/login", params={"next": address}).text


def test_one_is_sent_on_to_where_one_was(desk: Desk) -> None:
    there = "/figures?status=held&as_of=2024-09-20"
    gone = desk().post("/login", data={"name": "Ben", "password": PASSWORD, "next": there})
    assert gone.headers["location"] == there


@pytest.mark.parametrize(
    "way", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "%2e%2e%2fapp.py", "..%5capp.py", "/etc/passwd", "%2fetc%2fpasswd",
            "....//app.py", ".%00./app.py", "%252e%252e/app.py"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["static", "assets"])
def test_no_way_leads_out_of_the_folders_that_are_served(desk: Desk, folder: str, way: str) -> None:
    answer = desk().get(f"/{folder}/{way}")
    assert answer.status_code in (400, 404) and "make_app" not in answer.text and "root:" not in answer.text


def test_an_absurd_day_is_refused_or_shown_but_breaks_nothing(desk: Desk) -> None:
    for day in (
        "0001-01-01",
        "1000-01-01",
        "2999-12-31",
        "9999-12-31",
        "20240101",
        "2024-W01-1",
        "2024-01-01T00",
        "2024-01-01T0000",
        "-1",
        "x" * 5000,
    ):
        for path in ("/", "/login", "/figures", "/documents", "/briefing.md", "/meetings.json"):
            assert desk().get(path, params={"as_of": day}).status_code in (200, 400), (path, day)
