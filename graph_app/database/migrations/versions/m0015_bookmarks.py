"""What was written to the graph last, for processes that share a Neo4j cluster."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "bookmarks",
        sa.Column("bookmark", sa.Text, nullable=False),
        sa.Column("graph", sa.String(63), nullable=False),
        sa.Column("left_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("bookmark", name="pk_bookmarks"),
    )
    op.create_index("ix_bookmarks_left_at", "bookmarks", ["left_at"])


def downgrade() -> None:
    """Remove it; processes know only of their own writes again."""
    op.drop_table("bookmarks")
