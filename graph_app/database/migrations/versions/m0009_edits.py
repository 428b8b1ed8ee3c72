"""What people recorded in the app."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "edits",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("who", sa.String(200), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("why", "tables")),
        sa.Column("made_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_edits"),
    )
    op.create_index("ix_edits_plan", "edits", ["plan"])
    op.create_index("ix_edits_about", "edits", ["about"])


def downgrade() -> None:
    """Remove it; what was recorded stays in the graph, and cannot be exported any more."""
    op.drop_table("edits")
