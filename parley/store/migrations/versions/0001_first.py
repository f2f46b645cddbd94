"""The first tables, full-text search over dispatches and claims, and the refusal to change what is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "dispatches",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wire", sa.String(), nullable=True),
        sa.Column("kills", sa.String(), nullable=True),
        sa.Column("embargo", sa.String(), nullable=True),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_dispatches")),
        sa.UniqueConstraint("id", name=op.f("uq_dispatches_id")),
    )
    op.create_index("ix_dispatches_agency_slug", "dispatches", ["agency", "slug"], unique=False)
    op.create_index(op.f("ix_dispatches_published"), "dispatches", ["published"], unique=False)
    op.create_table(
        "links",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("a", sa.String(), nullable=False),
        sa.Column("b", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_a"), "links", ["a"], unique=False)
    op.create_index(op.f("ix_links_b"), "links", ["b"], unique=False)
    op.create_index(op.f("ix_links_id"), "links", ["id"], unique=False)
    op.create_table(
        "names",
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("block", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("party", "name", "kind", name=op.f("pk_names")),
    )
    op.create_index(op.f("ix_names_block"), "names", ["block"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("undoes", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_reviews")),
        sa.UniqueConstraint("id", name=op.f("uq_reviews_id")),
    )
    op.create_index(op.f("ix_reviews_target"), "reviews", ["target"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_blocks_dispatch")),
        sa.PrimaryKeyConstraint("block", "dispatch", name=op.f("pk_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_readings_dispatch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_dispatch"), "readings", ["dispatch"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_sightings_dispatch")),
        sa.PrimaryKeyConstraint("dispatch", "source_id", name=op.f("pk_sightings")),
    )
    op.create_table(
        "agreements",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("authority_name", sa.String(), nullable=False),
        sa.Column("authority_kind", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begins", sa.String(), nullable=True),
        sa.Column("ends", sa.String(), nullable=True),
        sa.Column("duration", sa.String(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_agreements_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_agreements_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_agreements")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_agreements_reading_id")),
    )
    op.create_index(op.f("ix_agreements_dispatch"), "agreements", ["dispatch"], unique=False)
    op.create_index(op.f("ix_agreements_id"), "agreements", ["id"], unique=False)
    op.create_index("ix_agreements_published", "agreements", ["published"], unique=False)
    op.create_table(
        "claims",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("authority_name", sa.String(), nullable=False),
        sa.Column("authority_kind", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("via", sa.String(), nullable=True),
        sa.Column("within", sa.String(), nullable=True),
        sa.Column("affiliation", sa.String(), nullable=True),
        sa.Column("anonymity", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_claims_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_claims_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_claims")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_claims_reading_id")),
    )
    op.create_index("ix_claims_authority_published", "claims", ["authority", "published"], unique=False)
    op.create_index(op.f("ix_claims_dispatch"), "claims", ["dispatch"], unique=False)
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_table(
        "counts",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("authority_name", sa.String(), nullable=False),
        sa.Column("authority_kind", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("population", sa.String(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("believed", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("part_of", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_counts_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_counts_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_counts")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_counts_reading_id")),
    )
    op.create_index(op.f("ix_counts_dispatch"), "counts", ["dispatch"], unique=False)
    op.create_index(op.f("ix_counts_id"), "counts", ["id"], unique=False)
    op.create_index("ix_counts_published", "counts", ["published"], unique=False)
    op.create_index(
        "ix_counts_status_population", "counts", ["status", "population", "published"], unique=False
    )
    op.create_table(
        "entities",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("published", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_entities_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_entities_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_entities")),
    )
    op.create_index(op.f("ix_entities_dispatch"), "entities", ["dispatch"], unique=False)
    op.create_index("ix_entities_party_published", "entities", ["party", "published"], unique=False)
    op.create_table(
        "events",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("authority_name", sa.String(), nullable=False),
        sa.Column("authority_kind", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_events_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_events_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_events")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_events_reading_id")),
    )
    op.create_index(op.f("ix_events_dispatch"), "events", ["dispatch"], unique=False)
    op.create_index(op.f("ix_events_id"), "events", ["id"], unique=False)
    op.create_index("ix_events_published", "events", ["published"], unique=False)
    op.create_index("ix_events_type_published", "events", ["type", "published"], unique=False)
    op.create_table(
        "latest",
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_latest_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_latest_reading")),
        sa.PrimaryKeyConstraint("dispatch", name=op.f("pk_latest")),
        sa.UniqueConstraint("reading", name=op.f("uq_latest_reading")),
    )
    op.create_table(
        "parts",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("published", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_parts_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_parts")),
    )
    op.create_index(op.f("ix_parts_fact"), "parts", ["fact"], unique=False)
    op.create_index("ix_parts_party_layer", "parts", ["party", "layer", "published"], unique=False)
    op.create_table(
        "positions",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("authority_name", sa.String(), nullable=False),
        sa.Column("authority_kind", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=True),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("toward", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_positions_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_positions_reading")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_positions")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_positions_reading_id")),
    )
    op.create_index(op.f("ix_positions_dispatch"), "positions", ["dispatch"], unique=False)
    op.create_index(op.f("ix_positions_id"), "positions", ["id"], unique=False)
    op.create_index("ix_positions_party_issue", "positions", ["party", "issue", "published"], unique=False)
    op.create_index("ix_positions_published", "positions", ["published"], unique=False)
    for statement in SEARCH_AND_REFUSAL[op.get_bind().dialect.name]:
        op.execute(statement)


KEPT = (
    "dispatches", "sightings", "readings", "claims", "counts", "events", "positions", "agreements", "parts", "entities",
    "names", "links", "reviews",
)  # fmt: skip
SEARCHED = (("dispatches", "text"), ("claims", "words"))


def sqlite() -> list[str]:
    made = []
    for table, column in SEARCHED:
        made += [
            f'CREATE VIRTUAL TABLE {table}_fts USING fts5("{column}", content="{table}", content_rowid="n", '
            "tokenize='porter unicode61 remove_diacritics 2')",
            f"CREATE TRIGGER {table}_found AFTER INSERT ON {table} BEGIN "
            f"INSERT INTO {table}_fts(rowid, {column}) VALUES (new.n, new.{column}); END",
        ]
    for table in KEPT:
        for act in ("UPDATE", "DELETE"):
            made.append(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, 'a ledger only grows: {table} takes no {act.lower()}'); END"
            )
    return made


def postgresql() -> list[str]:
    made = [
        f"CREATE INDEX {table}_fts ON {table} USING gin (to_tsvector('english', {column}))"
        for table, column in SEARCHED
    ]
    made.append(
        "CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a ledger only grows: % takes no %', TG_TABLE_NAME, lower(TG_OP); END $$"
    )
    made += [
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
        for table in KEPT
    ]
    return made


SEARCH_AND_REFUSAL = {"sqlite": sqlite(), "postgresql": postgresql()}
