"""Indexes of publication that hold both days of a fact, so that a span of days is found without looking at rows, and
what was told ahead needs no index of its own; and those of the rows that name a place, which may be few."""

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"

LAYERS = ("claims", "counts", "events", "positions", "agreements")
SPAN = ["published", "last", "first"]
PLACED = text("place IS NOT NULL")


def upgrade() -> None:
    for layer in LAYERS:
        op.drop_index(f"ix_{layer}_ahead", layer)
        op.drop_index(f"ix_{layer}_published", layer)
        op.create_index(f"ix_{layer}_published", layer, SPAN)
    op.drop_index("ix_events_type_published", "events")
    op.create_index("ix_events_type_published", "events", ["type", *SPAN])
    for table in ("dispatches", "counts", "events"):
        op.create_index(
            f"ix_{table}_placed", table, ["published"], sqlite_where=PLACED, postgresql_where=PLACED
        )
