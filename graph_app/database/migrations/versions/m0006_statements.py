"""Statements that people keep, and those they asked last."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "statements",
        sa.Column("key", sa.String(22), nullable=False),
        sa.Column("owner", sa.Integer),
        sa.Column("name", sa.String(120)),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("text", "given")),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_statements"),
        sa.ForeignKeyConstraint(["owner"], ["users.id"], name="fk_statements_owner", ondelete="CASCADE"),
    )
    op.create_index("ix_statements_owner", "statements", ["owner"])


def downgrade() -> None:
    """Remove it; what was kept is lost."""
    op.drop_table("statements")
