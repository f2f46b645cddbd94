"""The tables of a ledger. Facts are appended, never changed; the database itself refuses to.

Four clocks stand on every fact: `first`..`last` (when it happened, ISO 8601 days, inclusive), `said`,
`published` (UTC) and `read_at` (UTC). `start` and `end` are code points into the dispatch's text.
A fact's `id` is a hash of what it says and of the dispatch that says it, so that reading the dispatch again by
other rules finds the same fact under the same id; its row is told by `reading` and `id` together.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint, text,
)  # fmt: skip

tables = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PLACED = text("place IS NOT NULL")


def placed(table: str) -> Index:
    """The rows that name a place, by the day they were published."""
    return Index(f"ix_{table}_placed", "published", sqlite_where=PLACED, postgresql_where=PLACED)


dispatches = Table(
    "dispatches", tables,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("published", String, index=True),  # not before an embargo ends
    Column("agency", String),
    Column("place", String),
    Column("slug", String),
    Column("version", Integer, nullable=False),  # 0: the first; "2nd Ld" is 2
    Column("wire", String),  # update, correction, take, kill, or nothing
    Column("kills", String),  # the slug that a kill names
    Column("embargo", String),
    Column("read_at", String, nullable=False),
    Index("ix_dispatches_agency_slug", "agency", "slug"),
    placed("dispatches"),
)  # fmt: skip

sightings = Table(
    "sightings", tables,
    Column("dispatch", ForeignKey("dispatches.id"), primary_key=True),
    Column("source_id", String, primary_key=True),  # the file or the agency's own number it came by
    Column("read_at", String, nullable=False),
)  # fmt: skip

readings = Table(
    "readings", tables,
    Column("id", String, primary_key=True),
    Column("dispatch", ForeignKey("dispatches.id"), nullable=False, index=True),
    Column("made_by", String, nullable=False),
    Column("read_at", String, nullable=False),
    Column("record", LargeBinary, nullable=False),  # the whole record as JSON, by zlib, without the text
)  # fmt: skip

# Which reading of each dispatch answers. An index that can be made anew, not a fact.
latest = Table(
    "latest", tables,
    Column("dispatch", ForeignKey("dispatches.id"), primary_key=True),
    Column("reading", ForeignKey("readings.id"), nullable=False, unique=True),
)  # fmt: skip


def facts(name: str, *columns: Column[object], indexes: tuple[Index, ...] = ()) -> Table:
    """A table of facts: what all of them have, then what is their own."""
    return Table(
        name, tables,
        Column("n", Integer, primary_key=True),
        Column("reading", ForeignKey("readings.id"), nullable=False),
        Column("id", String, nullable=False, index=True),
        Column("dispatch", ForeignKey("dispatches.id"), nullable=False),  # found by `reading`
        Column("local", String, nullable=False),  # its id inside the record
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("words", Text, nullable=False),
        Column("rule", String, nullable=False),
        Column("claim", String),  # id of the claim that answers for it; none: the dispatch itself
        Column("authority", String, nullable=False),  # key of who answers for it
        Column("authority_name", String, nullable=False),
        Column("authority_kind", String, nullable=False),
        Column("time", String),  # TIMEX3 value
        Column("first", String),
        Column("last", String),
        Column("said", String),
        Column("published", String),
        Column("read_at", String, nullable=False),
        *columns,
        UniqueConstraint("reading", "id"),
        Index(f"ix_{name}_published", "published", "last", "first"),  # spans of days are answered by it alone
        *indexes,
    )  # fmt: skip


claims = facts(
    "claims",
    Column("act", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("told", String),
    Column("via", String),
    Column("within", String),
    Column("affiliation", String),
    Column("anonymity", Text),
    indexes=(Index("ix_claims_authority_published", "authority", "published"),),
)
counts = facts(
    "counts",
    Column("status", String, nullable=False),
    Column("who", String, nullable=False),
    Column(
        "population", String, nullable=False
    ),  # `who` as one series knows it: singular, without modifiers of time
    Column("low", Integer),
    Column("high", Integer),
    Column("approximate", Boolean, nullable=False),
    Column("believed", Boolean, nullable=False),
    Column("by", String),
    Column("place", String),
    Column("part_of", String),
    indexes=(
        Index("ix_counts_authority_published", "authority", "published"),
        Index("ix_counts_status_population", "status", "population", "published"),
        placed("counts"),
    ),
)
events = facts(
    "events",
    Column("type", String, nullable=False),
    Column("mode", String),
    Column("state", String, nullable=False),
    Column("place", String),
    indexes=(
        Index("ix_events_type_published", "type", "published", "last", "first"),
        placed("events"),
    ),
)
positions = facts(
    "positions",
    Column("party", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("issue", String, nullable=False),
    Column("condition", Text),
    Column("toward", String),
    indexes=(Index("ix_positions_party_issue", "party", "issue", "published"),),
)
agreements = facts(
    "agreements",
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("begins", String),
    Column("ends", String),
    Column("duration", String),
    Column("terms", Text, nullable=False),  # JSON: gives, what, for, low, high
)

# Who takes part in a fact, and as what: actor, recipient, party, mediator, by, toward, source, of.
parts = Table(
    "parts", tables,
    Column("n", Integer, primary_key=True),
    Column("reading", ForeignKey("readings.id"), nullable=False, index=True),
    Column("fact", String, nullable=False),
    Column("layer", String, nullable=False),
    Column("role", String, nullable=False),
    Column("party", String, nullable=False),  # a key of `names`
    Column("published", String),
    Index("ix_parts_party_published", "party", "published", "layer", "fact"),  # answers alone
)  # fmt: skip

entities = Table(
    "entities", tables,
    Column("n", Integer, primary_key=True),
    Column("reading", ForeignKey("readings.id"), nullable=False),
    Column("dispatch", ForeignKey("dispatches.id"), nullable=False, index=True),
    Column("local", String, nullable=False),
    Column("party", String, nullable=False),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String),
    Column("start", Integer, nullable=False),  # of its first mention
    Column("end", Integer, nullable=False),
    Column("roles", Text, nullable=False),  # JSON: title, of, former, start, end
    Column("published", String),
    Index("ix_entities_party_published", "party", "published"),
)  # fmt: skip

# Every spelling of a name once; keys are made from names (see store.keys).
names = Table(
    "names", tables,
    Column("party", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("block", String, nullable=False, index=True),  # where its aliases would lie
)  # fmt: skip

# Readings by hand: each has one fact, which a reviewer added; see store.additions.
additions = Table(
    "additions", tables,
    Column("reading", ForeignKey("readings.id"), primary_key=True),
    Column("dispatch", ForeignKey("dispatches.id"), nullable=False, index=True),
)  # fmt: skip

# Fingerprints by which copies find each other.
blocks = Table(
    "blocks", tables,
    Column("block", String, primary_key=True),
    Column("dispatch", ForeignKey("dispatches.id"), primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

# Judgements. A row with active = false takes an earlier one back; the last row of an id counts.
links = Table(
    "links", tables,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("kind", String, nullable=False),  # lineage, reuse, name
    Column("a", String, nullable=False, index=True),
    Column("b", String, nullable=False, index=True),
    Column("relation", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("published", String),  # when the later of the two became known
    Column("until", String),  # … and when a second candidate did, if one has
    Column("active", Boolean, nullable=False),
    Column("made_at", String, nullable=False),
)  # fmt: skip

reviews = Table(
    "reviews", tables,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("target", String, nullable=False, index=True),  # id of a fact or a link
    Column("verdict", String, nullable=False),  # accept, reject, correct, settle, note, assign, undo, add
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("undoes", String),  # id of the review that an undo takes back
)  # fmt: skip

LAYERS = {
    "claims": claims,
    "counts": counts,
    "events": events,
    "positions": positions,
    "agreements": agreements,
}
KEPT = (dispatches, sightings, readings, *LAYERS.values(), parts, entities, names, links, reviews, additions)
