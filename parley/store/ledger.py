"""Store: records into the tables of a ledger, whole or not at all, and each only once."""

from __future__ import annotations

import contextlib
import functools
import json
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import compress
from operator import itemgetter
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Dialect, Engine, Table, bindparam, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from parley.document import Document
from parley.errors import WrongLedger
from parley.record import Record
from parley.store import schema
from parley.store.opening import explained, opened, told
from parley.store.rows import Row, Rows, dispatch_id, reading_id, rows

INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
WEIGHED = 2_000  # dispatches added, after which the tables are looked at anew
GROWING = ("readings", "sightings", "links", "reviews")  # whatever is added, one of these grows
NEWEST = select(
    select(func.max(schema.links.c.n)).scalar_subquery(),
    select(func.max(schema.reviews.c.n)).scalar_subquery(),
)
T = TypeVar("T")
AfterAdding = Callable[[Connection, Sequence[Rows]], None]
ID, NAME, FACT = itemgetter("id"), itemgetter("party", "name", "kind"), itemgetter("reading", "id")


def now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each a ledger holds."""

    dispatches: int
    readings: int
    claims: int
    counts: int
    events: int
    positions: int
    agreements: int
    links: int
    reviews: int


class Store:
    """An open ledger. Use it as a context manager, or close it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = told(engine.url)
        self.added = 0
        self.inside = threading.local()
        self.judged: dict[str, tuple[Any, Any]] = {}

    @classmethod
    def open(cls, place: str | None = None, *, make: bool = False) -> Self:
        """The ledger at a path or URL; raises WrongLedger, saying what to do. `make` makes a missing one."""
        return cls(opened(place, make=make))

    def close(self) -> None:
        if self.added:
            self.weigh()
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; inside of another `reading` the same one, and so the same state of the ledger."""
        held: Connection | None = getattr(self.inside, "connection", None)
        if held is not None:
            yield held
            return
        with explained(self.name), self.engine.connect() as connection:
            self.inside.connection = connection
            try:
                yield connection
            finally:
                self.inside.connection = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, one writer at a time; an error inside leaves the ledger as it was."""
        begun = self.engine.connect().execution_options(writes=True)
        with explained(self.name), begun as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20240902)"))
            yield connection

    # ── in ───────────────────────────────────────────────────────────────────────────────────────

    def holds(self, document: Document, made_by: str) -> bool:
        """Is there a reading of this dispatch by these rules?"""
        wanted = reading_id(dispatch_id(document), made_by)
        with self.reading() as connection:
            found = connection.execute(select(schema.readings.c.id).where(schema.readings.c.id == wanted))
            return found.first() is not None

    def known(self, readings: Iterable[str]) -> set[str]:
        """Those of these readings that are in the ledger."""
        asked = select(schema.readings.c.id).where(schema.readings.c.id.in_(list(readings)))
        with self.reading() as connection:
            return set(connection.scalars(asked))

    def add(self, record: Record, after: AfterAdding | None = None, *, read_at: str | None = None) -> bool:
        """Keep a record, in a transaction of its own; False if it is there already. `after` is done in the same
        transaction, given the connection and the rows."""
        return self.add_all([record], after, read_at=read_at)[0]

    def add_all(
        self, records: Iterable[Record], after: AfterAdding | None = None, *, read_at: str | None = None
    ) -> list[bool]:
        """Keep some records in one transaction: all of them are there afterwards, or none; which of them were new."""
        stamp = read_at or now()
        made = [rows(record, stamp) for record in records]
        with self.writing() as connection:
            new = self.put_in(connection, made)
            if after and any(new):
                after(connection, list(compress(made, new)))
        before, self.added = self.added, self.added + sum(new)
        if before // WEIGHED < self.added // WEIGHED:
            self.weigh()
        return new

    def put_in(self, connection: Connection, made: Sequence[Rows]) -> list[bool]:
        """Insert what is new, table by table: a statement for many rows costs little more than for one."""
        known = among(connection, schema.dispatches, gathered(made, "dispatches"))
        new = firsts(
            gathered(made, "readings"), among(connection, schema.readings, gathered(made, "readings"))
        )
        put(connection, schema.dispatches, once_each(gathered(made, "dispatches"), known))
        put(connection, schema.sightings, gathered(made, "sightings"))
        fresh = list(compress(made, new))
        readings = gathered(fresh, "readings")
        put(connection, schema.readings, readings, once=False)
        self.keep(connection, fresh)
        point_to(connection, readings, known)
        return new

    def weigh(self) -> None:
        """Let SQLite look at its tables, so that it knows which index is the shorter way; PostgreSQL does so itself.
        It is a hint and no more: where it cannot be written, what was added is there all the same."""
        if self.engine.dialect.name == "sqlite":
            with contextlib.suppress(WrongLedger), self.writing() as connection:
                connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
                connection.exec_driver_sql("ANALYZE")

    def sighted(self, document: Document) -> None:
        """Note under which name a dispatch came by once more."""
        self.seen(dispatch_id(document), document.source_id)

    def seen(self, dispatch: str, source_id: str | None) -> None:
        """The same of a dispatch by its id."""
        if source_id is None:
            return
        row = {"dispatch": dispatch, "source_id": source_id, "read_at": now()}
        s = schema.sightings.c
        with self.reading() as connection:
            known = connection.scalar(
                select(s.dispatch).where(s.dispatch == row["dispatch"], s.source_id == row["source_id"])
            )
        if known is None:
            with self.writing() as connection:
                put(connection, schema.sightings, [row])

    def keep(self, connection: Connection, made: Sequence[Rows]) -> None:
        put(connection, schema.names, once_each(gathered(made, "names"), key=NAME))
        put(connection, schema.entities, gathered(made, "entities"), once=False)
        put(connection, schema.parts, gathered(made, "parts"), once=False)
        for layer, table in schema.LAYERS.items():
            put(connection, table, once_each(gathered(made, layer), key=FACT), once=False)

    # ── out ──────────────────────────────────────────────────────────────────────────────────────

    def once(self, name: str, make: Callable[[Connection], T]) -> T:
        """What is made of links and reviews alone: made again only when one was added."""
        with self.reading() as connection:
            newest = tuple(connection.execute(NEWEST).one())
            if name not in self.judged or self.judged[name][0] != newest:
                self.judged[name] = newest, make(connection)
            found: T = self.judged[name][1]
        return found

    def stamp(self) -> str:
        """Words that change whenever something is added, and cost nothing to look up."""
        sqlite = self.engine.dialect.name == "sqlite"
        newest = ", ".join(f"(SELECT max(rowid) FROM {table})" for table in GROWING)
        asked = f"SELECT {newest}" if sqlite else "SELECT txid_current_snapshot()"
        with self.reading() as connection:
            return " ".join(str(n) for n in connection.execute(text(asked)).one())

    def tally(self) -> Tally:
        with self.reading() as connection:
            found = {
                field: connection.execute(select(func.count()).select_from(getattr(schema, field))).scalar()
                or 0
                for field in Tally.__dataclass_fields__
            }
        return Tally(**found)

    def records(self, *, all_readings: bool = False) -> Iterator[Record]:
        """Every record kept, as it was read; the latest reading of each dispatch, or all of them."""
        for _, plain in self.plain_records(all_readings=all_readings):
            yield Record.from_json(json.dumps(plain))

    def plain_records(self, *, all_readings: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        """(reading's id, record as a dictionary), a few at a time, in the order of their dispatches."""
        at = ""
        while found := self.some_records(at, all_readings):
            for reading, packed, words in found:
                yield reading, unpacked(packed, words)
            at = found[-1][0]

    def some_records(self, after: str, all_readings: bool) -> list[tuple[str, bytes, str]]:
        r, d = schema.readings.c, schema.dispatches.c
        wanted = select(r.id, r.record, d.text).join_from(
            schema.readings, schema.dispatches, r.dispatch == d.id
        )
        if not all_readings:
            wanted = wanted.join(schema.latest, schema.latest.c.reading == r.id)
        with self.reading() as connection:
            return [
                tuple(row) for row in connection.execute(wanted.where(r.id > after).order_by(r.id).limit(200))
            ]

    def record(self, dispatch: str) -> Record | None:
        """The latest record of a dispatch, given its id or how that begins; None if there is none, or several."""
        r, d, latest = schema.readings.c, schema.dispatches.c, schema.latest
        wanted = (
            select(r.record, d.text)
            .join_from(latest, schema.readings, latest.c.reading == r.id)
            .join(schema.dispatches, r.dispatch == d.id)
            .where(d.id >= dispatch, d.id < dispatch + "g")
            .limit(2)
        )
        with self.reading() as connection:
            found = connection.execute(wanted).all()
        return Record.from_json(json.dumps(unpacked(*found[0]))) if len(found) == 1 else None

    def stale(self, made_by: str) -> Iterator[tuple[str, Document]]:
        """Dispatches that have no reading by these rules: (id, the document as it was read)."""
        r, latest = schema.readings.c, schema.latest.c
        done = select(r.dispatch).where(r.made_by == made_by)
        with self.reading() as connection:
            wanted = connection.scalars(
                select(latest.dispatch).where(latest.dispatch.not_in(done)).order_by(latest.dispatch)
            )
            ids = list(wanted)
        for each in ids:
            if found := self.record(each):
                yield each, found.document


def unpacked(packed: bytes, words: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return plain | {"text": words}


def put(connection: Connection, table: Table, made: Iterable[Row], *, once: bool = True) -> None:
    """Insert rows; with `once`, those whose key is there already are left as they are."""
    given = list(made)
    if not given:
        return
    words, names = insertion(connection.dialect, table, tuple(given[0]), once)
    rows = [tuple(map(row.__getitem__, names)) for row in given] if names else given
    connection.exec_driver_sql(words, rows)


@functools.lru_cache(maxsize=256)
def insertion(
    dialect: Dialect, table: Table, columns: tuple[str, ...], once: bool
) -> tuple[str, tuple[str, ...] | None]:
    """The driver's own words of an insertion, and the order of its values where it asks for them by place: made
    once, since making them costs more than inserting."""
    statement = INSERTS[dialect.name](table)
    made = (statement.on_conflict_do_nothing() if once else statement).compile(
        dialect=dialect, column_keys=columns
    )
    return str(made), tuple(made.positiontup or ()) or None


def gathered(made: Iterable[Rows], table: str) -> list[Row]:
    return [row for each in made for row in each[table]]


def among(connection: Connection, table: Table, given: Iterable[Row]) -> set[str]:
    """Which of these rows' ids are there already."""
    return set(connection.scalars(held_of(table), {"ids": [row["id"] for row in given]}))


@functools.cache
def held_of(table: Table) -> Any:
    return select(table.c.id).where(table.c.id.in_(bindparam("ids", expanding=True)))


def firsts(given: Iterable[Row], known: Iterable[str]) -> list[bool]:
    """For each row, whether its id is neither known nor that of a row before it."""
    seen, found = set(known), []
    for row in given:
        found.append(row["id"] not in seen)
        seen.add(row["id"])
    return found


def once_each(
    given: Iterable[Row], known: Iterable[Any] = (), *, key: Callable[[Row], Any] = ID
) -> list[Row]:
    """The rows, each key once, without those known; facts stay in the order of their record."""
    left_out, found = set(known), {key(row): row for row in given}
    return [row for k, row in found.items() if k not in left_out]


def point_to(connection: Connection, readings: Iterable[Row], known: set[str]) -> None:
    """Let the new readings answer for their dispatches, where no later one does."""
    fresh = {row["dispatch"]: row["id"] for row in readings if row["dispatch"] not in known}
    put(connection, schema.latest, [{"dispatch": d, "reading": r} for d, r in fresh.items()], once=False)
    for row in readings:
        if fresh.get(row["dispatch"]) != row["id"]:
            point_to_latest(connection, row["dispatch"])


def point_to_latest(connection: Connection, dispatch: str) -> None:
    """Of two readings the later answers; read in the same second, the one whose id is greater."""
    r, latest = schema.readings.c, schema.latest
    by_hand = select(schema.additions.c.reading)
    newest = connection.scalars(
        select(r.id)
        .where(r.dispatch == dispatch, r.id.not_in(by_hand))
        .order_by(r.read_at.desc(), r.id.desc())
        .limit(1)
    ).one()
    connection.execute(latest.update().where(latest.c.dispatch == dispatch), {"reading": newest})
