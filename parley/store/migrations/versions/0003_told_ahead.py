"""An index of the facts that are told ahead of their day, so that a span of days is looked up without walking through
all that was published before it; and one of the figures that somebody gives."""

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"

LAYERS = ("claims", "counts", "events", "positions", "agreements")
AHEAD = text("last > published")


def upgrade() -> None:
    for layer in LAYERS:
        op.create_index(f"ix_{layer}_ahead", layer, ["last"], sqlite_where=AHEAD, postgresql_where=AHEAD)
    op.create_index("ix_counts_authority_published", "counts", ["authority", "published"])
