"""The same ledger in PostgreSQL, on a server of our own on loopback: the same answers, the same refusals."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from parley.errors import WrongLedger
from parley.ledger import Ledger
from parley.record import Record
from parley.show.view import View
from parley.store.rows import dispatch_id

from .key import DATES, answers

pytestmark = pytest.mark.slow


def program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database; the server ends with the tests."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    if not (initdb and pg_ctl):
        assert not os.environ.get("CI"), "CI needs PostgreSQL: apt-get install postgresql"
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    folder = Path("/tmp") / f"parley-pg-{os.getpid()}"
    folder.mkdir(mode=0o700)
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "user": user, "cwd": "/"}
    subprocess.run([initdb, "-D", data, "-U", "parley", "-A", "trust", "-E", "UTF8"], **quiet)  # type: ignore[call-overload]
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    subprocess.run([pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"], **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgresql://parley@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([pg_ctl, "-D", data, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def there(server: str, records: tuple[Record, ...]) -> Iterator[Ledger]:
    with Ledger.open(server, make=True) as opened:
        for record in reversed(records):
            opened.add(record)
        yield opened


def test_it_answers_as_sqlite_does(there: Ledger, ledger: Ledger) -> None:
    assert all(answers(there, day) == answers(ledger, day) for day in DATES)
    assert there.brief(as_of=DATES[-1]) == ledger.brief(as_of=DATES[-1])


@pytest.mark.parametrize(
    "query", ["hostages", "five-day truce", '"condition of anonymity"', "o'clock \" ) & |", "prisoner"]
)
def test_search_finds_the_same(there: Ledger, ledger: Ledger, query: str) -> None:
    assert {h.id for h in there.search(query, most=99)} == {h.id for h in ledger.search(query, most=99)}


def test_it_refuses_change(there: Ledger) -> None:
    with pytest.raises(WrongLedger, match="only grows"), there.writing() as connection:
        connection.execute(text("DELETE FROM claims"))


def test_adding_again_changes_nothing(there: Ledger, records: tuple[Record, ...]) -> None:
    before = there.tally()
    assert not any(there.add(r) for r in records[:5])
    assert there.tally() == before


def test_opening_again_finds_the_same_version(server: str, there: Ledger) -> None:
    with Ledger.open(server) as again:
        assert again.tally() == there.tally()


def test_what_is_added_by_hand_and_settled_answers_there_too(
    there: Ledger, records: tuple[Record, ...]
) -> None:
    text_, told = records[0].text[:5], {"act": "say", "mode": "indirect"}
    id = there.add_by_hand(dispatch_id(records[0].document), "claims", 0, 5, text_, told, who="A")
    there.review(id, "reject", who="B")
    there.review(id, "assign", who="A", after={"to": "C"})
    assert [item.id for item in there.queue(queue="contested", to="C")] == [id]
    there.review(id, "settle", who="C", after={"verdict": "accept"})
    assert id in [fact["id"] for fact in View(there).facts("claims", common=True)]
    with pytest.raises(WrongLedger, match="only grows"), there.writing() as connection:
        connection.execute(text("DELETE FROM additions"))
