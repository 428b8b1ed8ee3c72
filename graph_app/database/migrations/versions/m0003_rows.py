"""The rows that were loaded, and the files that changed nothing."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0003"
down_revision = "0002"

_HASHES = ("identity", "raw", "content")
_RUNS = ("first", "last", "gone")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "load_rows",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("graph", sa.String(32), nullable=False),
        sa.Column("mapping", sa.String(80), nullable=False),
        sa.Column("table", sa.String(200), nullable=False),
        *(sa.Column(name, sa.LargeBinary(16), nullable=False) for name in _HASHES),
        sa.Column("file", sa.String(400), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("repeated", sa.Boolean, nullable=False),
        sa.Column("claims", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer) for name in _RUNS),
        sa.PrimaryKeyConstraint("number", name="pk_load_rows"),
        *(_of_load("load_rows", name) for name in _RUNS),
    )
    op.create_index("ix_load_rows_graph_mapping_table", "load_rows", ["graph", "mapping", "table"])
    op.create_table(
        "load_scans",
        sa.Column("graph", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("load", sa.Integer),
        sa.Column("serial", sa.Integer),
        sa.Column("balance", sa.Text, nullable=False),
        sa.Column("rejects", sa.Text, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("graph", "digest", name="pk_load_scans"),
        _of_load("load_scans", "load"),
    )


def downgrade() -> None:
    """Remove them; the next loads read every row anew and know of no absent one."""
    for table in ("load_scans", "load_rows"):
        op.drop_table(table)


def _of_load(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["loads.number"], name=f"fk_{table}_{column}_loads")
