"""The fingerprints of copies by their stretch of days first: those of a day stand together in the file, so that a day's
dispatches, which come together, are kept on few pages. "t0:5af3@92443" becomes "92443:t0:5af3"."""

from alembic import op

revision = "0005"
down_revision = "0004"

SWAPPED = {
    "sqlite": "substr(block, instr(block, '@') + 1) || ':' || substr(block, 1, instr(block, '@') - 1)",
    "postgresql": "split_part(block, '@', 2) || ':' || split_part(block, '@', 1)",
}


def upgrade() -> None:
    op.execute(f"UPDATE blocks SET block = {SWAPPED[op.get_bind().dialect.name]} WHERE block LIKE '%@%'")
