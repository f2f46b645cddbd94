"""A path or URL → an open database of our version; what can go wrong there, told as what to do."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from parley.errors import WrongLedger

HEAD = "0006"  # the newest of migrations/versions
DEFAULT = "parley.db"
WAIT_MS = 60_000  # for another writer to finish

ADVICE = (
    (
        "readonly",
        "it can be read but not written; copy it to a folder you may write to, or change its permissions",
    ),
    ("permission denied", "you may not open it; change its permissions or use another file"),
    ("read-only", "it can be read but not written; copy it to a folder you may write to"),
    ("disk is full", "the disk is full; make room and run the same command again: nothing is half done"),
    ("no space left", "the disk is full; make room and run the same command again: nothing is half done"),
    (
        "disk i/o error",
        "the disk does not write; check its space and health, then run the same command again",
    ),
    ("locked", "another program holds it; wait for it, then run the same command again"),
    ("unable to open", "its folder is missing or closed to you; check the path"),
    ("not a database", "it is no SQLite file; give another path with --ledger"),
    ("malformed", "it is damaged; go back to a copy"),
    ("password authentication", "user or password is wrong; check the URL"),
    ("could not translate host", "there is no such host; check the URL"),
    ("connection refused", "no server answers there; start it, or check host and port in the URL"),
    ("connection failed", "no server answers there, or it refuses you; check the URL"),
    ("does not exist", "there is no such database; make it with createdb, or check the URL"),
)


def ledger_url(given: str | None = None) -> URL:
    """`--ledger`, else PARLEY_LEDGER, else ./parley.db; a path or a database URL."""
    place = given or os.environ.get("PARLEY_LEDGER") or DEFAULT
    if "://" not in place:
        return URL.create("sqlite", database=place)
    try:
        url = make_url(place)
    except ArgumentError:
        shown = place.split("@")[-1]
        raise WrongLedger(f"{shown}: no database URL; write postgresql://user@host/name") from None
    if url.drivername.split("+")[0] not in ("sqlite", "postgresql", "postgres"):
        raise WrongLedger(f"{told(url)}: only sqlite and postgresql are known")
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    return url


def opened(given: str | None = None, *, make: bool = False) -> Engine:
    """The engine of a ledger of this version; an older one is brought up to it, a new one is made if `make`."""
    url = ledger_url(given)
    name = told(url)
    missing = url.drivername == "sqlite" and not Path((url.database or "").removeprefix("file:")).exists()
    if missing and not make:
        raise WrongLedger(
            f"{name}: there is no ledger; `parley add FILE…` makes one, or name another with --ledger"
        )
    with explained(name):
        engine = engine_of(url, name)
        with engine.connect() as connection:
            found = version(connection, name)
        if found != HEAD:
            bring_up(engine, found)
    return engine


def engine_of(url: URL, name: str) -> Engine:
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as trouble:
        raise WrongLedger(f"{name}: needs {trouble.name}; pip install 'parley-record[postgres]'") from trouble
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", prepare)
        event.listen(engine, "begin", begin)
    return engine


def prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # we begin ourselves: IMMEDIATE where we write
    for pragma in (
        f"busy_timeout = {WAIT_MS}",
        "foreign_keys = ON",
        "synchronous = NORMAL",
        "cache_size = -65536",
        "wal_autocheckpoint = 32000",  # pages: writing back less often writes each page less often
    ):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with contextlib.suppress(sqlite3.OperationalError):  # a file for reading alone is read as it is
            connection.execute("PRAGMA journal_mode = WAL")


def begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def version(connection: Connection, name: str) -> str | None:
    """The version of the ledger there; None where there is an empty database. Raises for anything else."""
    known = set(inspect(connection).get_table_names())
    if "alembic_version" not in known or "dispatches" not in known:
        if known - {"alembic_version"}:
            raise WrongLedger(f"{name}: a database of something else (it has {', '.join(sorted(known)[:3])}); "
                              "name another file with --ledger")  # fmt: skip
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None or str(found) > HEAD:
        raise WrongLedger(
            f"{name}: made by a newer Parley (ledger {found}, this one knows {HEAD}); update Parley"
        )
    return str(found)


def bring_up(engine: Engine, found: str | None, *, to: str = HEAD) -> None:
    """Alembic's migrations up to a version, in one transaction; two processes at once do it one after the other."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "parley.store:migrations")
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20240902)"))
        if version(connection, told(engine.url)) == found:
            config.attributes["connection"] = connection
            command.upgrade(config, to)


def told(url: URL) -> str:
    """The ledger's name for messages: the path, or the URL without its password."""
    return (
        url.database or "sqlite" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)
    )


@contextlib.contextmanager
def explained(name: str) -> Iterator[None]:
    """Trouble of the database as a WrongLedger that says what to do."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as trouble:
        raise WrongLedger(f"{name}: {advice(trouble)}") from trouble
    except (SQLAlchemyError, OSError) as trouble:
        raise WrongLedger(f"{name}: {first_line(trouble)}") from trouble


def advice(trouble: BaseException) -> str:
    words = str(getattr(trouble, "orig", None) or trouble).casefold()
    return next((told for cue, told in ADVICE if cue in words), first_line(trouble))


def first_line(trouble: Any) -> str:
    return str(getattr(trouble, "orig", None) or trouble).strip().splitlines()[0]
