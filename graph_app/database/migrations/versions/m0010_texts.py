"""Texts from which people take facts."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("graph", sa.String(32), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("run", sa.String(40)),
        sa.Column("made_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_texts"),
        sa.UniqueConstraint("graph", "source", name="uq_texts_graph_source"),
    )


def downgrade() -> None:
    """Remove it; what was taken from the texts stays in the graph, with its lines and quotes."""
    op.drop_table("texts")
