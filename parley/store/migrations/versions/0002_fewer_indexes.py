"""Fewer and wider indexes: each fact touched some twenty pages scattered over a large ledger, which is what adding cost.

Facts of a dispatch are found by their reading, through `latest`; the parts of a party by an index that answers alone.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

LAYERS = ("claims", "counts", "events", "positions", "agreements")


def upgrade() -> None:
    for layer in LAYERS:
        op.drop_index(f"ix_{layer}_dispatch", layer)
        if layer != "claims":
            op.drop_index(f"ix_{layer}_published", layer)
        op.create_index(f"ix_{layer}_published", layer, ["published", "last"])
    op.drop_index("ix_parts_fact", "parts")
    op.create_index("ix_parts_reading", "parts", ["reading"])
    op.drop_index("ix_parts_party_layer", "parts")
    op.create_index("ix_parts_party_published", "parts", ["party", "published", "layer", "fact"])
