"""What people watch."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "watches",
        sa.Column("key", sa.String(22), nullable=False),
        sa.Column("owner", sa.Integer),
        sa.Column("question", sa.String(200), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("given", "seen")),
        sa.Column("seen_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_watches"),
        sa.ForeignKeyConstraint(["owner"], ["users.id"], name="fk_watches_owner", ondelete="CASCADE"),
    )
    op.create_index("ix_watches_owner", "watches", ["owner"])


def downgrade() -> None:
    """Remove it; what was watched is forgotten."""
    op.drop_table("watches")
