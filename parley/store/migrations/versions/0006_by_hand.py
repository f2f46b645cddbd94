"""Readings by hand: each holds one fact that a reviewer added to a dispatch."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

REFUSED = {
    "sqlite": [
        f"CREATE TRIGGER additions_no_{act.lower()} BEFORE {act} ON additions BEGIN "
        f"SELECT RAISE(ABORT, 'a ledger only grows: additions takes no {act.lower()}'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE TRIGGER additions_only_grows BEFORE UPDATE OR DELETE ON additions "
        "FOR EACH ROW EXECUTE FUNCTION only_grows()"
    ],
}


def upgrade() -> None:
    op.create_table(
        "additions",
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("dispatch", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dispatch"], ["dispatches.id"], name=op.f("fk_additions_dispatch")),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_additions_reading")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_additions")),
    )
    op.create_index(op.f("ix_additions_dispatch"), "additions", ["dispatch"], unique=False)
    for statement in REFUSED[op.get_bind().dialect.name]:
        op.execute(statement)
