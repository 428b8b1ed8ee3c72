"""Decisions about pairs of entities that may be one thing."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0004"
down_revision = "0003"

_DECISIONS = ("same", "different", "later")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("first", "second")),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("kept", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("run", sa.String(40)),
        sa.Column("undone_at", Moment),
        sa.Column("undone_by", sa.String(200)),
        sa.Column("undone_run", sa.String(40)),
        sa.PrimaryKeyConstraint("number", name="pk_decisions"),
        sa.CheckConstraint(f"decision IN ({', '.join(map(repr, _DECISIONS))})", name=op.f("ck_decisions_decision")),
    )
    for name in ("first", "second"):
        op.create_index(f"ix_decisions_{name}", "decisions", [name])


def downgrade() -> None:
    """Remove it; what was merged stays merged, and who decided it is forgotten."""
    op.drop_table("decisions")
